"""RefWorks' tagged format: `RT Journal Article`, `A1 Roe,Ann`, `T1 On light`.

Sources: "RefWorks Tagged Format" in the help of RefWorks, with its list of tags and of reference
types; the legend of tags at the start of each export.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats.codecs import (
    COUNT,
    DATABASE,
    DATE,
    DOI,
    ISBN,
    ISSN,
    KEYWORDS,
    NAMES,
    NOTES,
    RANGE,
    with_edition_number,
)
from refcite.formats.common_problems import outside_entry
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow, all_but
from refcite.formats.draft import Draft, Field, library_of
from refcite.formats.htmltext import entities_of
from refcite.formats.languages import read_language
from refcite.formats.numbers import read_doi
from refcite.formats.preprints import read_preprint
from refcite.formats.statuses import read_status
from refcite.formats.typenames import type_named
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["mapping", "read"]

_LINE_END: Final = re.compile(r"\r\n?|\n")
_FIELD: Final = re.compile(r"([A-Z][A-Z0-9]|U1[0-5]|PMID|PMCID)(?:[ \t]+(.*))?", re.DOTALL)
_TYPE: Final = "RT"
_YEAR: Final = re.compile(r"\b[0-9]{4}\b")
_MONTH_DAY: Final = re.compile(r"(0?[1-9]|1[0-2])/(0?[1-9]|[12][0-9]|3[01])")
_DOI_NOTE: Final = re.compile(r"doi:?\s*(10\.\S+)", re.IGNORECASE)
_PROSE: Final = frozenset(("AB", "NO"))

_TYPES: Final = {
    "Abstract": "article-journal",
    "Artwork": "graphic",
    "Bills/Resolutions": "bill",
    "Book, Edited": "book",
    "Book, Section": "chapter",
    "Book, Whole": "book",
    "Case/Court Decisions": "legal_case",
    "Computer Program": "software",
    "Conference Proceedings": "paper-conference",
    "Dissertation/Thesis": "thesis",
    "Dissertation/Thesis, Unpublished": "thesis",
    "Generic": "document",
    "Grant": "document",
    "Hearing": "hearing",
    "Journal": "periodical",
    "Journal Article": "article-journal",
    "Journal, Electronic": "article-journal",
    "Laws/Statutes": "legislation",
    "Magazine Article": "article-magazine",
    "Map": "map",
    "Monograph": "book",
    "Motion Picture": "motion_picture",
    "Music Score": "musical_score",
    "Newspaper Article": "article-newspaper",
    "Online Discussion Forum/Blogs": "post",
    "Patent": "patent",
    "Personal Communication": "personal_communication",
    "Report": "report",
    "Sound Recording": "song",
    "Unpublished Material": "manuscript",
    "Video/DVD": "motion_picture",
    "Video/ DVD": "motion_picture",
    "Web Page": "webpage",
}
_BY_NAME: Final = {"".join(name.casefold().split()): csl for name, csl in _TYPES.items()}
_EDITED: Final = "Book, Edited"
_FILMS: Final = ("motion_picture",)
_LETTERS: Final = ("personal_communication",)
_IN_SERIES: Final = ("book", "report", "map", "software", "thesis", "graphic", "musical_score",
    "motion_picture", "song")  # fmt: skip
_WHOLES: Final = ("book", "thesis", "report")
_NUMBERED: Final = ("report", "patent", "bill", "legislation", "standard")


def _read_language(text: str, draft: Draft) -> str:
    return read_language(text)


def _read_doi_note(text: str, draft: Draft) -> str | None:
    found = _DOI_NOTE.fullmatch(text)
    return read_doi(found[1]) if found else None


_LANGUAGE: Final = Codec(_read_language, note="its name in English")
_DATE: Final = evolve(DATE, note="with the month and day of FD")
_DOI_NOTE_CODEC: Final = Codec(_read_doi_note, note="after doi:")
_NAMES: Final = evolve(NAMES, note="one a line: last, first")

_SPEC: Final = Spec(
    types=tuple(TypeRow(own, csl, writes=False) for own, csl in _TYPES.items()),
    fields=tuple(
        evolve(row, writes=False)
        for row in (
            Row("A1", "author", _NAMES, all_but(*_FILMS)),
            Row("A1", "director", _NAMES, _FILMS),
            Row("A1", "editor", _NAMES, ("book",), note=f"of {_EDITED} without A2"),
            Row("A2", "recipient", _NAMES, _LETTERS),
            Row("A2", "producer", _NAMES, _FILMS),
            Row("A2", "editor", _NAMES, all_but(*_LETTERS, *_FILMS)),
            Row("A6", "editor", _NAMES),
            Row("A3", "collection-editor", _NAMES),
            Row("A4", "translator", _NAMES),
            Row("A5", "compiler", _NAMES),
            Row("T1", "title", TEXT),
            Row("ST", "title-short", TEXT),
            Row("OT", "original-title", TEXT),
            Row("JF", "container-title", TEXT),
            Row("T2", "container-title", TEXT, all_but(*_IN_SERIES)),
            Row("WT", "container-title", TEXT),
            Row("JO", "container-title-short", TEXT),
            Row("T3", "collection-title", TEXT),
            Row("T2", "collection-title", TEXT, _IN_SERIES),
            Row("YR", "issued", _DATE),
            Row("FD", "issued", DATE),
            Row("WP", "available-date", DATE),
            Row("RD", "accessed", DATE),
            Row("VO", "volume", TEXT),
            Row("IS", "number", TEXT, _NUMBERED),
            Row("IS", "issue", TEXT, all_but(*_NUMBERED)),
            Row("SP", "page", RANGE, note="with OP"),
            Row("SP", "number-of-pages", COUNT, _WHOLES),
            Row("SP", "page", TEXT, all_but(*_WHOLES)),
            Row("ED", "version", TEXT, ("software",)),
            Row("ED", "edition", with_edition_number(TEXT), all_but("software")),
            Row("WV", "version", TEXT),
            Row("PB", "authority", TEXT, ("legal_case",)),
            Row("PB", "publisher", TEXT, all_but("legal_case")),
            Row("PP", "publisher-place", TEXT),
            Row("SN", "ISBN", ISBN),
            Row("SN", "ISSN", ISSN),
            Row("DO", "DOI", DOI),
            Row("NO", "DOI", _DOI_NOTE_CODEC),
            Row("PMID", "PMID", TEXT),
            Row("PMCID", "PMCID", TEXT),
            Row("UL", "URL", TEXT),
            Row("LK", "URL", TEXT),
            Row("LA", "language", _LANGUAGE),
            Row("K1", "keyword", KEYWORDS),
            Row("AB", "abstract", TEXT),
            Row("NO", "note", NOTES),
            Row("CN", "call-number", TEXT),
            Row("DB", "source", DATABASE),
            Row("DS", "source", DATABASE),
        )
    ),
    known=frozenset(
        ["AD", "AN", "AV", "CL", "CR", "ID", "IP", "LL", "OL", "SF", "SL", "SR", "OP", "NT"]
        + [f"U{number}" for number in range(1, 16)]
    ),
    quiet=frozenset(("LK", "DS", "JO")),
)  # fmt: skip


def mapping() -> Spec:
    """Return the tags and reference types next to CSL's variables and types.

    Example:
        >>> mapping().type_of("Book, Section")
        'chapter'
    """
    return _SPEC


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read RefWorks' tagged format; the legend at the start of an export is ignored.

    A tag that CSL has no variable for is in the record's `extra` under its own name: as text,
    or as a list if it is several times.

    Args:
        text: The lines, with any line ends.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January. The date without
            a year in `FD` always has the month first.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads("RT Journal Article\nA1 Roe,Ann\nT1 On light\nYR 2003\nFD 01/05\n"
        ...                 "SP 5\nOP 9\n", "refworks")
        >>> str(library[0].author[0]), str(library[0].issued), library[0].page
        ('Roe, Ann', '2003-01-05', '5-9')
    """
    problems: list[Problem] = []
    entries = list(_entries(text.removeprefix("\ufeff"), problems))
    return library_of(
        (_record(fields, day_first) for fields in entries),
        missing="there is no reference of RefWorks in this text: no line starts with 'RT '",
        problems=problems,
    )


def _entries(text: str, problems: list[Problem]) -> Iterator[list[Field]]:
    """Yield the tags of each reference; a line without a tag continues the value before it."""
    found: list[tuple[str, list[str], int]] = []
    lines = _LINE_END.split(text)
    start = next((n for n, line in enumerate(lines) if line.startswith("BEGIN EXPORTED")), -1) + 1
    is_reported = False
    for number, line in enumerate(lines[start:], start=start + 1):
        tagged = _FIELD.fullmatch(line.rstrip())
        if tagged and (tagged[1] == _TYPE or (found and _is_tag(tagged[1]))):
            if tagged[1] == _TYPE and found:
                yield _joined(found)
                found = []
            found.append((tagged[1], [(tagged[2] or "").strip()], number))
        elif found:
            found[-1][1].append(line.strip())
        elif line.strip() and not is_reported:
            problems.append(outside_entry(line, number))
            is_reported = True
    if found:
        yield _joined(found)


def _is_tag(text: str) -> bool:
    """Return whether the start of a line is a tag, and not a word in capitals."""
    return _SPEC.knows(text) or text[1:].isdecimal()


def _joined(found: Iterable[tuple[str, list[str], int]]) -> list[Field]:
    return [
        (tag, ("\n" if tag in _PROSE else " ").join(filter(None, lines)), number)
        for tag, lines, number in found
    ]


def _record(fields: Sequence[Field], day_first: bool | None) -> tuple[Record, Draft]:
    said = [field for field in entities_of(fields) if field[1]]
    first = {tag: text for tag, text, _ in reversed(said)}
    own = first.get(_TYPE, "")
    type_ = _BY_NAME.get("".join(own.casefold().split())) or type_named(own)
    draft = Draft(_SPEC, type_ or "document", day_first=day_first, line=fields[0][2])
    draft.values["type"] = type_ or "document"
    if type_ is None:
        draft.unknown_type(own, of="RefWorks", missing="the type ('RT') is missing")
    elif own not in (_first_name(type_), "Journal, Electronic"):
        draft.extra[_TYPE] = own
    draft.read(_prepared(said, first, draft))
    values = draft.values
    if own == _EDITED and "author" in values and "editor" not in values:
        values["editor"] = values.pop("author")
    if "container_title" not in values and "container_title_short" in values:
        values["container_title"] = values.pop("container_title_short")
    read_preprint(values["type"], values, draft.extra, "JF", "PB")
    read_status(values)
    return draft.record("refworks"), draft


def _first_name(csl_type: str) -> str:
    """Return the most common name of a type: the others are kept."""
    common = {"book": "Book, Whole", "article-journal": "Journal Article"}
    return common.get(csl_type) or next(own for own, csl in _TYPES.items() if csl == csl_type)


def _prepared(fields: Iterable[Field], first: dict[str, str], draft: Draft) -> Iterator[Field]:
    """Yield the fields that the table reads: with whole pages, and with whole dates."""
    year = first.get("YR", "")
    whole = _whole_date(first.get("FD", ""), year, draft.day_first)
    for tag, text, line in fields:
        if tag == _TYPE:
            continue
        if tag == "SP":
            last = first.get("OP", "")
            yield tag, f"{text}-{last}" if last and last != text else text, line
        elif tag == "OP":
            if "SP" not in first:
                yield "SP", text, line
        elif tag == "YR" and whole:
            yield tag, whole, line
        elif tag == "FD" and year:
            if not whole:
                draft.keep(tag, text)
        else:
            yield tag, text, line


def _whole_date(text: str, year: str, day_first: bool | None) -> str:
    """Return a date with its year, which is in another field; empty if the text adds nothing."""
    if not text or not _YEAR.fullmatch(year):
        return ""
    numbers = _MONTH_DAY.fullmatch(text)
    if numbers:
        return f"{year}-{int(numbers[1]):02}-{int(numbers[2]):02}"
    whole = text if _YEAR.search(text) else f"{text} {year}"
    date = Date.parse(whole, day_first=day_first, problems=[])
    return whole if date.year == int(year) else ""
