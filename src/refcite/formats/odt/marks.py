"""The entries of LibreOffice's own bibliography next to CSL's types and variables.

Source: OpenDocument 1.3, part 3, `text:bibliography-mark`, whose types and fields are those of
BibTeX with a few more.
"""

from __future__ import annotations

from typing import Any, Final

from refcite.dates import Date
from refcite.formats.codecs import DOI_FIELD, ISSN, NAMES, PAGES, with_edition_number
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow, all_but
from refcite.formats.dateparts import read_date
from refcite.formats.draft import Draft
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["SPEC", "read_mark"]

_TYPES: Final = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "conference": "paper-conference",
    "email": "personal_communication",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "journal": "periodical",
    "manual": "report",
    "mastersthesis": "thesis",
    "misc": "document",
    "phdthesis": "thesis",
    "proceedings": "book",
    "techreport": "report",
    "unpublished": "manuscript",
    "www": "webpage",
}
_THESES: Final = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis"}
_PEOPLE: Final = ("author", "editor")
"""The fields with several names, which have semicolons between them."""
_PARTS: Final = ("chapter", "paper-conference")


def _date(text: str, draft: Draft) -> Date | None:
    year, _, month = text.partition("\n")
    doubts: list[Problem] = []
    date = read_date(year, month, "", doubts)
    draft.doubts(doubts)
    return date


_ISSUED: Final = Codec(_date, note="with the month")

SPEC: Final = Spec(
    types=tuple(TypeRow(own, csl, writes=False) for own, csl in _TYPES.items()),
    fields=tuple(
        Row(own, variable, kind, types, writes=False)
        for own, variable, kind, types in (
            ("identifier", "id", TEXT, ()),
            ("author", "author", NAMES, ()),
            ("editor", "editor", NAMES, ()),
            ("title", "title", TEXT, ()),
            ("booktitle", "container-title", TEXT, all_but("book")),
            ("journal", "container-title", TEXT, all_but("book")),
            ("year", "issued", _ISSUED, ()),
            ("publisher", "publisher", TEXT, ()),
            ("school", "publisher", TEXT, ("thesis",)),
            ("institution", "publisher", TEXT, ()),
            ("organizations", "publisher", TEXT, ()),
            ("address", "publisher-place", TEXT, ()),
            ("series", "collection-title", TEXT, ()),
            ("volume", "volume", TEXT, ()),
            ("number", "issue", TEXT, ("article-journal", "periodical")),
            ("number", "number", TEXT, ()),
            ("edition", "edition", with_edition_number(TEXT), ()),
            ("chapter", "chapter-number", TEXT, _PARTS),
            ("pages", "page", PAGES, ()),
            ("report-type", "genre", TEXT, ()),
            ("isbn", "ISBN", TEXT, ()),
            ("issn", "ISSN", ISSN, ()),
            ("url", "URL", TEXT, ()),
            ("doi", "DOI", DOI_FIELD, ()),
            ("howpublished", "medium", TEXT, ()),
            ("annote", "annote", TEXT, ()),
            ("note", "note", TEXT, ()),
        )
    ),
    known=frozenset(
        ("custom1", "custom2", "custom3", "custom4", "custom5", "local-url", "target-type",
         "target-index", "month")
    ),
)  # fmt: skip
"""The table."""


def read_mark(fields: dict[str, Any]) -> tuple[Record, list[Problem]]:
    """Return the record of an entry, and its problems.

    Args:
        fields: The attributes of the element, by their local names.

    Example:
        >>> read_mark({"identifier": "a", "bibliography-type": "www", "title": "One"})[0].type
        'webpage'
    """
    texts = {key: one.strip() for key, one in fields.items() if isinstance(one, str)}
    own = texts.pop("bibliography-type", "")
    csl_type = SPEC.type_of(own)
    draft = Draft(SPEC, csl_type or "document")
    if csl_type is None:
        draft.unknown_type(own, of="LibreOffice", missing="the entry has no type")
    else:
        draft.values["type"] = csl_type
    if own in _THESES and not texts.get("report-type"):
        draft.values["genre"] = _THESES[own]
    if texts.get("year") and texts.get("month"):
        texts["year"] += f"\n{texts.pop('month')}"
    draft.read(
        (key, one, 0)
        for key, text in texts.items()
        for one in (text.split(";") if key in _PEOPLE else (text,))
    )
    draft.line = None
    return draft.record("odt"), draft.problems
