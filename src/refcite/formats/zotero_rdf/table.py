"""The types and elements of Zotero's RDF next to those of CSL.

Sources: Zotero's documentation of its export formats; its published schema of items
(https://api.zotero.org/schema); the vocabularies that it uses: Bibliontology's predecessor `bib`,
Dublin Core, PRISM, FOAF and vCard.
"""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

from refcite.formats.codecs import DATE, NOTES, join_keywords
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow
from refcite.formats.draft import Draft
from refcite.formats.editions import edition_number
from refcite.formats.languages import read_language
from refcite.formats.numbers import bare_isbns, bare_issns
from refcite.formats.zotero import SPEC as ZOTERO
from refcite.identifiers import normal_doi

__all__ = ["CREATORS", "ELEMENT_TYPES", "NO_ITEMS", "SPEC", "mapping"]

_TYPES: Final = {
    "artwork": "graphic",
    "audioRecording": "song",
    "bill": "bill",
    "blogPost": "post-weblog",
    "book": "book",
    "bookSection": "chapter",
    "case": "legal_case",
    "computerProgram": "software",
    "conferencePaper": "paper-conference",
    "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary",
    "document": "document",
    "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture",
    "forumPost": "post",
    "hearing": "hearing",
    "instantMessage": "personal_communication",
    "interview": "interview",
    "journalArticle": "article-journal",
    "letter": "personal_communication",
    "magazineArticle": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "newspaperArticle": "article-newspaper",
    "patent": "patent",
    "podcast": "broadcast",
    "preprint": "article",
    "presentation": "speech",
    "radioBroadcast": "broadcast",
    "report": "report",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "tvBroadcast": "broadcast",
    "videoRecording": "motion_picture",
    "webpage": "webpage",
}

ELEMENT_TYPES: Final = {
    "Article": "journalArticle",
    "Book": "book",
    "BookSection": "bookSection",
    "Data": "dataset",
    "Document": "document",
    "Illustration": "artwork",
    "Image": "artwork",
    "Interview": "interview",
    "Legislation": "statute",
    "Letter": "letter",
    "Manuscript": "manuscript",
    "MotionPicture": "film",
    "Patent": "patent",
    "Recording": "audioRecording",
    "Report": "report",
    "Thesis": "thesis",
}
"""Elements of `bib`, for items without `z:itemType`."""

NO_ITEMS: Final = frozenset(("attachment", "note", "annotation"))
"""Types of Zotero that are parts of other items."""

CREATORS: Final = {
    "bib:authors": "author",
    "bib:editors": "editor",
    "bib:contributors": "contributor",
    "z:artists": "author",
    "z:cartographers": "author",
    "z:interviewees": "author",
    "z:inventors": "author",
    "z:presenters": "author",
    "z:programmers": "author",
    "z:sponsors": "author",
    "z:bookAuthors": "container-author",
    "z:castMembers": "performer",
    "z:chairs": "chair",
    "z:commenters": "contributor",
    "z:composers": "composer",
    "z:contributors": "contributor",
    "z:cosponsors": "contributor",
    "z:counsels": "contributor",
    "z:directors": "director",
    "z:editors": "editor",
    "z:executiveProducers": "executive-producer",
    "z:guests": "guest",
    "z:hosts": "host",
    "z:illustrators": "illustrator",
    "z:interviewers": "interviewer",
    "z:narrators": "narrator",
    "z:organizers": "organizer",
    "z:originalCreators": "original-author",
    "z:performers": "performer",
    "z:podcasters": "author",
    "z:producers": "producer",
    "z:recipients": "recipient",
    "z:reviewedAuthors": "reviewed-author",
    "z:scriptwriters": "script-writer",
    "z:seriesEditors": "collection-editor",
    "z:translators": "translator",
    "z:wordsBys": "contributor",
}
"""The elements of creators, each with the variable of its names."""

_NAMES: Final = Codec(
    read=lambda names, draft: names,
    join=lambda lists: tuple(chain.from_iterable(lists)),
    adds=True,
    note="foaf:Person; a surname alone is an undivided name",
)
_KEYWORDS: Final = Codec(join=join_keywords, note="one a tag")
_ISBN: Final = Codec(lambda text, draft: bare_isbns(text))
_ISSN: Final = Codec(lambda text, draft: bare_issns(text))
_DOI: Final = Codec(lambda text, draft: normal_doi(text))
_EDITION: Final = Codec(lambda text, draft: edition_number(text), note="a number, or words")
_LANGUAGE: Final = Codec(lambda text, draft: read_language(text))


def _accessed(text: str, draft: Draft) -> Any:
    return DATE.read(text.replace("T", " ").partition(" ")[0], draft)


_DAY: Final = Codec(_accessed, note="without the time of day")

_LEGAL: Final = ("legal_case", "legislation", "bill", "hearing")


def _row(own: str, variable: str, kind: Codec = TEXT, types: tuple[str, ...] = ()) -> Row:
    return Row(own, variable, kind, types, writes=False)


_OWN: Final = (
        *(_row(own, variable, _NAMES) for own, variable in CREATORS.items()),
        _row("dc:title", "title"),
        _row("z:shortTitle", "title-short"),
        _row("dcterms:abstract", "abstract"),
        _row("dc:date", "issued", DATE),
        _row("dcterms:dateSubmitted", "accessed", _DAY),
        _row("container/dc:title", "container-title"),
        _row("container/dcterms:alternative", "container-title-short"),
        _row("dcterms:alternative", "container-title-short"),
        _row("series/dc:title", "collection-title"),
        _row("series/dc:identifier", "collection-number"),
        _row("z:seriesTitle", "collection-title"),
        _row("prism:volume", "volume"),
        _row("container/prism:volume", "volume"),
        _row("prism:number", "issue", types=("article-journal", "article-magazine")),
        _row("prism:number", "number"),
        _row("container/prism:number", "issue"),
        _row("bib:pages", "page"),
        _row("z:numPages", "number-of-pages"),
        _row("z:numberOfVolumes", "number-of-volumes"),
        _row("prism:edition", "version", types=("software", "dataset")),
        _row("prism:edition", "edition", _EDITION),
        _row("z:version", "version"),
        _row("z:versionNumber", "version"),
        _row("publisher/name", "authority", types=_LEGAL),
        _row("publisher/name", "publisher"),
        _row("publisher/locality", "publisher-place"),
        _row("z:publisher", "publisher"),
        _row("z:place", "publisher-place"),
        _row("conference/dc:title", "event-title"),
        _row("z:meetingName", "event-title"),
        _row("z:court", "authority"),
        _row("z:issuingAuthority", "authority"),
        _row("z:legislativeBody", "authority"),
        _row("z:committee", "section", types=("hearing",)),
        _row("z:section", "section"),
        _row("bib:section", "section"),
        _row("z:session", "chapter-number", types=_LEGAL),
        _row("z:country", "jurisdiction"),
        _row("z:jurisdiction", "jurisdiction"),
        _row("z:filingDate", "submitted", DATE),
        _row("z:references", "references"),
        _row("z:history", "references"),
        _row("z:type", "genre"),
        _row("dc:type", "genre"),
        _row("dcterms:medium", "medium"),
        _row("z:medium", "medium"),
        _row("z:system", "medium"),
        _row("z:scale", "scale"),
        _row("z:runningTime", "dimensions"),
        _row("dcterms:extent", "dimensions"),
        _row("z:artworkSize", "dimensions"),
        _row("z:status", "status"),
        _row("z:number", "number"),
        _row("z:originalDate", "original-date", DATE),
        _row("z:archive", "archive"),
        _row("z:repository", "publisher", types=("article",)),
        _row("z:repository", "archive"),
        _row("dc:coverage", "archive_location"),
        _row("z:archiveLocation", "archive_location"),
        _row("z:archiveCollection", "archive_collection"),
        _row("z:libraryCatalog", "source"),
        _row("identifier/LCC", "call-number"),
        _row("identifier/DOI", "DOI", _DOI),
        _row("container/identifier/DOI", "DOI", _DOI),
        _row("identifier/ISBN", "ISBN", _ISBN),
        _row("container/identifier/ISBN", "ISBN", _ISBN),
        _row("identifier/ISSN", "ISSN", _ISSN),
        _row("container/identifier/ISSN", "ISSN", _ISSN),
        _row("series/identifier/ISSN", "ISSN", _ISSN),
        _row("identifier/PMID", "PMID"),
        _row("identifier/PMCID", "PMCID"),
        _row("identifier/URL", "URL"),
        _row("z:language", "language", _LANGUAGE),
        _row("dc:language", "language", _LANGUAGE),
        _row("dc:rights", "license"),
        _row("dc:subject", "keyword", _KEYWORDS),
        _row("dc:description", "note", NOTES),
        _row("z:citationKey", "citation-key"),
)  # fmt: skip
_KNOWN: Final = frozenset(row.own for row in _OWN)

SPEC: Final = Spec(
    types=tuple(TypeRow(own, csl, writes=False) for own, csl in _TYPES.items()),
    fields=(
        *_OWN,
        # Fields that Zotero writes under their own names.
        *(
            _row(f"z:{row.own}", row.variable, row.kind)
            for row in ZOTERO.fields
            if f"z:{row.own}" not in _KNOWN and not row.types
        ),
    ),
    is_open=True,
)
"""The table. Other elements are kept in `extra` under their names."""


def mapping() -> Spec:
    """Return the table of Zotero's RDF.

    Example:
        >>> mapping().type_of("bookSection")
        'chapter'
    """
    return SPEC
