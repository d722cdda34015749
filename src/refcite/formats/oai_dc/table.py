"""The elements of Dublin Core next to CSL's variables.

The kind of an identifier, a source or a relation is only in its text. The reader determines it, and
adds it to the key: `identifier doi`.

Sources: DCMI Metadata Terms; the schema of `oai_dc`; the OpenAIRE Guidelines for literature
repositories; the resource types of COAR 3.0.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats import codecs
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow
from refcite.formats.draft import Draft
from refcite.formats.iso639 import tag_of_code
from refcite.formats.namelists import names_of
from refcite.formats.numbers import bare_isbns, bare_issns
from refcite.formats.people import name_of_text, without_years
from refcite.formats.typenames import type_named
from refcite.identifiers import normal_doi
from refcite.names import Name, is_et_al

__all__ = ["SPEC", "mapping", "type_of"]

_EACH: Final = "use a separate element for each name"
_TIME: Final = re.compile(r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})T.*")
_COUNT: Final = re.compile(
    r"([0-9ivxlc][\w, +]{0,30}?)\s*\b(?:p|pp|pages?|S|leaves)\b\.?", re.IGNORECASE
)


def _read_names(text: str, draft: Draft) -> tuple[Name, ...]:
    if is_et_al(text):
        draft.read_et_al(text)
        return ()
    bare, years = without_years(text)
    if years:
        draft.report("unread-part", f"the years {years!r} after {text!r} are not part of the name")
    read = Name.of_inverted if "," in bare else name_of_text
    return draft.names(names_of([bare], _EACH, read, is_straight=True))


_NAMES: Final = evolve(codecs.NAMES, read=_read_names, note="last, first; or an organisation")


def _read_date(text: str, draft: Draft) -> Date:
    date: Date = codecs.DATE.read(_TIME.sub("", text), draft)
    return date


_DATE: Final = Codec(_read_date, note="without the time of day")


def _read_count(text: str, draft: Draft) -> str | None:
    found = _COUNT.fullmatch(text)
    return found[1] if found else None


def _read_language(text: str, draft: Draft) -> str:
    return tag_of_code(text) or text.replace("_", "-")


_TYPES: Final = {
    "article-journal": "article journalArticle researchArticle reviewArticle review editorial"
    " contributionToPeriodical c_6501 c_2df8fbb1 c_dcae04bc c_b239 c_3e5a c_beb9 letterToTheEditor",
    "article": "preprint c_816b",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle c_998f",
    "book": "book monograph editedBook c_2f33",
    "chapter": "bookPart bookChapter bookSection chapter c_3248",
    "dataset": "dataset c_ddb1 statisticalDataset",
    "graphic": "image stillImage photograph c_c513 c_ecc8",
    "legal_case": "case",
    "manuscript": "manuscript c_0040 unpublished",
    "map": "map cartographicMaterial c_12cd",
    "motion_picture": "movingImage video film c_12ce c_8a7e",
    "musical_score": "musicalNotation score c_18cw",
    "paper-conference": "conferenceObject conferencePaper conferenceItem conferenceContribution"
    " conferenceProceedings conferencePoster c_5794 c_c94f c_6670 c_f744 conferenceArticle",
    "patent": "patent c_15cd",
    "periodical": "journal periodical c_0640 serial",
    "report": "report technicalReport workingPaper researchReport internalReport"
    " reportPart c_93fc c_8042 c_18gh c_18ws c_18hj technicalDocumentation",
    "review-book": "bookReview c_ba08",
    "software": "software computerProgram c_5ce6",
    "song": "sound audio musicRecording c_18cc c_18cd",
    "speech": "lecture speech presentation c_8544 c_c94f_1",
    "thesis": "thesis doctoralThesis masterThesis bachelorThesis dissertation doctoralDissertation"
    " phdThesis c_46ec c_db06 c_bdcc c_7a1f masterDissertation etd electronicThesisOrDissertation"
    " thesisOrDissertation",
    "webpage": "website webPage interactiveResource c_7ad9",
}  # fmt: skip
"""The last words of the types of DCMI, `info:eu-repo`, COAR and repositories."""
_LETTERS: Final = re.compile(r"[\W_]+")
_OF_WORD: Final = {
    word.casefold(): csl_type for csl_type, words in _TYPES.items() for word in words.split()
}
_VAGUE: Final = frozenset(("text", "collection", "other", "physicalobject", "event", "service"))
"""Types of DCMI that many kinds of works have."""


def type_of(text: str) -> str | None:
    """Return the CSL type of a value of `type`; None for others, such as `Text`.

    Example:
        >>> type_of("info:eu-repo/semantics/doctoralThesis"), type_of("Text")
        ('thesis', None)
        >>> type_of("http://purl.org/coar/resource_type/c_6501"), type_of("Journal Article")
        ('article-journal', 'article-journal')
    """
    last = text.rsplit("/", 1)[-1].strip().casefold()
    letters = _LETTERS.sub("", last)
    if letters in _VAGUE:
        return None
    return _OF_WORD.get(last) or _OF_WORD.get(letters) or type_named(text)


SPEC: Final = Spec(
    types=tuple(
        TypeRow(word, csl_type, writes=False)
        for csl_type, words in _TYPES.items()
        for word in words.split()
    ),
    fields=tuple(
        evolve(row, writes=False)
        for row in (
            Row("title", "title", TEXT),
            Row("creator", "author", _NAMES),
            Row("contributor", "contributor", _NAMES),
            Row("issued", "issued", _DATE, label="dcterms:issued"),
            Row("date", "issued", _DATE, note="of several, the first without a time of day"),
            Row("created", "issued", _DATE, label="dcterms:created"),
            Row("available", "available-date", _DATE, label="dcterms:available"),
            Row("dateSubmitted", "submitted", _DATE, label="dcterms:dateSubmitted"),
            Row("publisher", "publisher"),
            Row("institution", "publisher", types=("thesis",), label="uketdterms:institution"),
            Row("grantor", "publisher", types=("thesis",), label="thesis.degree.grantor"),
            Row("source journal", "container-title", label="source", note="the name of a journal"),
            Row("isPartOf", "container-title", label="dcterms:isPartOf"),
            Row("source volume", "volume", label="source", note="of Open Journal Systems"),
            Row("source issue", "issue", label="source", note="likewise"),
            Row("source page", "page", label="source", note="likewise"),
            Row("source issn", "ISSN", Codec(lambda text, draft: bare_issns(text)), label="source"),
            Row("identifier issn", "ISSN", Codec(lambda text, draft: bare_issns(text)),
                label="identifier, relation"),
            Row("identifier isbn", "ISBN", Codec(lambda text, draft: bare_isbns(text)),
                label="identifier, relation"),
            Row("identifier doi", "DOI", Codec(lambda text, draft: normal_doi(text)),
                label="identifier"),
            Row("relation doi", "DOI", Codec(lambda text, draft: normal_doi(text)),
                label="relation", note="another identifier of the work"),
            Row("identifier pmid", "PMID", label="identifier"),
            Row("identifier pmcid", "PMCID", label="identifier"),
            Row("identifier arxiv", "number", label="identifier", note="of a preprint"),
            Row("identifier url", "URL", label="identifier", note="an address"),
            Row("abstract", "abstract", label="dcterms:abstract"),
            Row("description", "abstract"),
            Row("subject", "keyword", codecs.KEYWORDS),
            Row("language", "language", Codec(_read_language, note="code of two or three letters")),
            Row("license", "license", label="dcterms:license"),
            Row("rights", "license"),
            Row("extent", "number-of-pages", Codec(_read_count, note="with p."),
                label="dcterms:extent, format"),
            Row("medium", "medium", label="dcterms:medium"),
        )
    ),
    is_open=True,
    quiet=frozenset(
        ("date", "created", "identifier url", "identifier doi", "identifier issn", "source issn",
         "relation doi", "rights", "publisher", "language", "identifier isbn", "identifier arxiv")
    ),
)  # fmt: skip


def mapping() -> Spec:
    """Return the elements of Dublin Core next to CSL's types and variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "author"]
        ['creator']
    """
    return SPEC
