"""Zotero's types and fields next to those of CSL.

Source: Zotero's published schema (https://api.zotero.org/schema): the types of items with their
fields, the fields that are forms of one base field, and the types, fields and creators of CSL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from refcite.dates import Date
from refcite.formats.codecs import NAMES
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow
from refcite.formats.draft import Draft
from refcite.formats.zotero.dates import date_of

__all__ = ["BASE_OF", "CREATORS", "PRIMARY", "SPEC", "mapping", "variable_of_creator"]

_TYPES: Final = {
    "article": ("preprint",),
    "article-journal": ("journalArticle",),
    "article-magazine": ("magazineArticle",),
    "article-newspaper": ("newspaperArticle",),
    "bill": ("bill",),
    "book": ("book",),
    "broadcast": ("tvBroadcast", "radioBroadcast", "podcast"),
    "chapter": ("bookSection",),
    "dataset": ("dataset",),
    "document": ("document",),
    "entry-dictionary": ("dictionaryEntry",),
    "entry-encyclopedia": ("encyclopediaArticle",),
    "graphic": ("artwork",),
    "hearing": ("hearing",),
    "interview": ("interview",),
    "legal_case": ("case",),
    "legislation": ("statute",),
    "manuscript": ("manuscript",),
    "map": ("map",),
    "motion_picture": ("film", "videoRecording"),
    "paper-conference": ("conferencePaper",),
    "patent": ("patent",),
    "personal_communication": ("letter", "email", "instantMessage"),
    "post": ("forumPost",),
    "post-weblog": ("blogPost",),
    "report": ("report",),
    "software": ("computerProgram",),
    "song": ("audioRecording",),
    "speech": ("presentation",),
    "standard": ("standard",),
    "thesis": ("thesis",),
    "webpage": ("webpage",),
}
_OF_BASE: Final = {
    "title": ("subject", "caseName", "nameOfAct"),
    "publicationTitle": (
        "bookTitle", "proceedingsTitle", "encyclopediaTitle", "dictionaryTitle", "blogTitle",
        "forumTitle", "websiteTitle", "programTitle",
    ),
    "publisher": (
        "university", "institution", "label", "company", "distributor", "studio", "network",
        "repository",
    ),
    "place": ("repositoryLocation",),
    "date": ("issueDate", "dateDecided", "dateEnacted"),
    "number": (
        "patentNumber", "reportNumber", "billNumber", "docketNumber", "publicLawNumber",
        "archiveID", "identifier", "documentNumber", "episodeNumber",
    ),
    "type": (
        "thesisType", "reportType", "letterType", "manuscriptType", "mapType", "genre", "postType",
        "websiteType", "presentationType",
    ),
    "medium": (
        "audioRecordingFormat", "videoRecordingFormat", "artworkMedium", "interviewMedium",
        "audioFileType", "format",
    ),
    "volume": ("codeVolume", "reporterVolume"),
    "pages": ("codePages", "firstPage"),
    "authority": ("court", "legislativeBody", "issuingAuthority", "organization"),
    "status": ("legalStatus",),
}  # fmt: skip
"""The base fields, with the fields of single types that are forms of them."""
BASE_OF: Final = {own: base for base, names in _OF_BASE.items() for own in names}
"""The base field of each field that is a form of another."""

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("citationKey",),
    "title": ("title",),
    "title-short": ("shortTitle",),
    "abstract": ("abstractNote",),
    "container-title": ("publicationTitle", "reporter", "code"),
    "container-title-short": ("journalAbbreviation",),
    "collection-title": ("series", "seriesTitle"),
    "collection-number": ("seriesNumber",),
    "volume": ("volume", "codeNumber"),
    "issue": ("issue", "priorityNumbers"),
    "page": ("pages",),
    "number-of-pages": ("numPages",),
    "number-of-volumes": ("numberOfVolumes",),
    "number": ("number",),
    "part-number": ("partNumber",),
    "part-title": ("partTitle",),
    "edition": ("edition",),
    "version": ("versionNumber",),
    "publisher": ("publisher",),
    "publisher-place": ("place",),
    "original-publisher": ("originalPublisher",),
    "original-publisher-place": ("originalPlace",),
    "event-title": ("conferenceName", "meetingName"),
    "event-place": ("eventPlace",),
    "division": ("division",),
    "genre": ("type", "programmingLanguage"),
    "medium": ("medium", "system"),
    "dimensions": ("artworkSize", "runningTime"),
    "scale": ("scale",),
    "DOI": ("DOI",),
    "ISBN": ("ISBN",),
    "ISSN": ("ISSN",),
    "PMID": ("PMID",),
    "PMCID": ("PMCID",),
    "URL": ("url",),
    "language": ("language",),
    "license": ("rights",),
    "archive": ("archive",),
    "archive_location": ("archiveLocation",),
    "call-number": ("callNumber", "applicationNumber"),
    "source": ("libraryCatalog",),
    "authority": ("authority",),
    "chapter-number": ("session",),
    "section": ("section", "committee"),
    "references": ("history", "references"),
    "status": ("status",),
    "note": ("extra",),
}
"""The text variables, each with the base fields that fill it, the first one first."""
_DATES: Final = {
    "issued": "date",
    "accessed": "accessDate",
    "submitted": "filingDate",
    "original-date": "originalDate",
}
CREATORS: Final = {
    "author": "author",
    "bookAuthor": "container-author",
    "castMember": "performer",
    "chair": "chair",
    "composer": "composer",
    "contributor": "contributor",
    "director": "director",
    "editor": "editor",
    "executiveProducer": "executive-producer",
    "guest": "guest",
    "host": "host",
    "interviewer": "interviewer",
    "narrator": "narrator",
    "organizer": "organizer",
    "originalCreator": "original-author",
    "performer": "performer",
    "producer": "producer",
    "recipient": "recipient",
    "reviewedAuthor": "reviewed-author",
    "scriptwriter": "script-writer",
    "seriesCreator": "series-creator",
    "seriesEditor": "collection-editor",
    "translator": "translator",
}
"""Zotero's creators with the variable of each."""
PRIMARY: Final = {
    "artwork": "artist",
    "audioRecording": "performer",
    "bill": "sponsor",
    "computerProgram": "programmer",
    "film": "director",
    "hearing": "contributor",
    "interview": "interviewee",
    "map": "cartographer",
    "patent": "inventor",
    "podcast": "podcaster",
    "presentation": "presenter",
    "radioBroadcast": "director",
    "tvBroadcast": "director",
    "videoRecording": "director",
}
"""The name that Zotero has for the author of a work of a type."""


def variable_of_creator(creator: str, item_type: str) -> str | None:
    """Return the variable of a creator in items of a type; None if CSL has none.

    Example:
        >>> variable_of_creator("inventor", "patent"), variable_of_creator("counsel", "case")
        ('author', None)
    """
    return "author" if PRIMARY.get(item_type) == creator else CREATORS.get(creator)


def _date(text: str, draft: Draft) -> Date:
    date, doubts = date_of(text, draft.day_first)
    draft.doubts(doubts)
    return date


_DATE: Final = Codec(_date, note="Zotero's form of two parts, or any usual form")
_ACCESSED: Final = Codec(lambda text, draft: _date(text[:10], draft), note="without the time")


def _text_rows() -> tuple[Row, ...]:
    rows = [Row("place", "event-place", TEXT, ("presentation",), writes=False)]
    for variable, bases in _FIELDS.items():
        rows += [
            Row(own, variable, TEXT, writes=False)
            for base in bases
            for own in (base, *_OF_BASE.get(base, ()))
        ]
    return tuple(rows)


def _date_rows() -> tuple[Row, ...]:
    return tuple(
        Row(own, variable, _ACCESSED if variable == "accessed" else _DATE, writes=False)
        for variable, base in _DATES.items()
        for own in (base, *_OF_BASE.get(base, ()))
    )


def _creator_rows() -> tuple[Row, ...]:
    primary: dict[str, list[str]] = {}
    for item_type, creator in PRIMARY.items():
        primary.setdefault(creator, []).append(item_type)
    return (
        *(
            Row(creator, "author", NAMES, tuple(types), path="creators", writes=False)
            for creator, types in primary.items()
        ),
        *(
            Row(creator, variable, NAMES, path="creators", writes=False)
            for creator, variable in CREATORS.items()
        ),
    )


SPEC: Final = Spec(
    types=tuple(TypeRow(own, csl, writes=False) for csl, names in _TYPES.items() for own in names),
    fields=(*_text_rows(), *_date_rows()),
    typed_by="own",
    is_open=True,
)
"""The table by which the fields of an item are read; creators have fields of their own."""
_SHOWN: Final = Spec(
    types=SPEC.types, fields=(*SPEC.fields, *_creator_rows()), typed_by="own", is_open=True
)


def mapping() -> Spec:
    """Return the table of types, fields and creators.

    Example:
        >>> mapping().type_of("bookSection")
        'chapter'
    """
    return _SHOWN
