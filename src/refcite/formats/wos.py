"""The tagged text of Web of Science (`.ciw`, `.isi`): `PT J`, `AU Roe, Ann`, `TI On light`.

Source: "Web of Science Core Collection Field Tags", with the tags that its other databases add. A
field starts with a tag of two characters; a line that starts with spaces continues it. `ER` ends a
work, `EF` the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats.codecs import DATE, ISSN, NAMES, join_keywords, read_people
from refcite.formats.common_problems import outside_entry
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow, all_but
from refcite.formats.draft import Draft, Field, library_of
from refcite.formats.htmltext import entities_of
from refcite.formats.languages import read_language
from refcite.formats.nbib import read_short_name
from refcite.formats.numbers import bare_isbns, bare_issns, read_doi
from refcite.formats.preprints import read_preprint
from refcite.formats.statuses import read_status
from refcite.formats.typenames import type_named
from refcite.keywords import split_keywords
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["mapping", "read"]

_LINE_END: Final = re.compile(r"\r\n?|\n")
_FIELD: Final = re.compile(r"([A-Z][A-Z0-9])(?:[ \t]+(.*)|\s*)", re.DOTALL)
_INDENTED: Final = re.compile(r"^   *\S", re.MULTILINE)
_TYPE, _END, _KIND = "PT", "ER", "DT"
_OF_FILE: Final = frozenset(("FN", "VR", "EF"))
_LISTS_TEXT: Final = "AU AF BA BF BE CA GP ED AE C1 C3 CR EM RI OI"
_LISTS: Final = frozenset(_LISTS_TEXT.split())
"""Fields with one value on each line; in other fields, a line continues the text."""
_TAGS_TEXT: Final = """
    AB AD AE AF AR AU BA BE BF BN BP BS C1 C3 CA CL CI CP CR CT CY D2 DA DC DE DI DN DS DT EA ED
    EF EI EM EP ER EY FD FN FS FP FT FU FX GA GP HC HO HP ID IP IS J9 JI LA MA MC MH MI MN MQ NR
    NT OA OI OR P2 PA PD PG PI PM PN PS PT PU PV PY RG RI RN RP S1 SA SC SE SI SN SO SP SU TA TC
    TI TN U1 U2 UR UT VL VR WC WE X1 X4 X5 Y1 Y4 Y5 Z1 Z2 Z3 Z4 Z5 Z8 Z9 ZA ZB ZR ZS
"""
_KNOWN: Final = frozenset(_TAGS_TEXT.split())
_FULL_NAMES: Final = {"AU": "AF", "BA": "BF"}
"""Tags of names with initials, each with that of the names in full, which replaces it."""
_NAMED: Final = frozenset(("AU", "AF", "BA", "BF"))
_ASIDE: Final = re.compile(r"\([^()@]*@[^()@]*\)")
_NO_NAMES: Final = frozenset({"[Anonymous]", "Anonymous"})
_YEAR: Final = re.compile(r"\b[0-9]{4}\b")
_SEASONS: Final = {"SPR": "Spring", "SUM": "Summer", "FAL": "Autumn", "AUT": "Autumn",
    "WIN": "Winter"}  # fmt: skip
_SEASON: Final = re.compile(r"\b(?:SPR|SUM|FAL|AUT|WIN)(?=\b|-)")
_DAY_OF_PATENT: Final = re.compile(r"\b[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}\b")
_PMID: Final = re.compile(r"MEDLINE:([0-9]+)")
_ARTICLE_NUMBER: Final = re.compile(r"(?:UNSP|ARTN|Artn|Unsp)\.? (\S.*)")
_OF_DERWENT: Final = re.compile(r"(\S.*?)((?: [A-Z]){1,4})")

_BOOKS: Final = ("book",)
_IN_BOOKS: Final = ("chapter", "paper-conference", "entry-encyclopedia")


def _read_name(text: str, draft: Draft) -> tuple[Name, ...]:
    if draft.values["type"] == "patent" and "," not in text:
        # Derwent writes spaces between initials.
        found = _OF_DERWENT.fullmatch(text)
        return (Name.of_parts(found[1], found[2].strip()) if found else read_short_name(text),)
    return read_people(_ASIDE.sub("", text).strip() if "@" in text else text, draft)


def _read_group(text: str, draft: Draft) -> tuple[Name, ...]:
    return (Name(literal=text),)


def _read_doi(text: str, draft: Draft) -> str | None:
    return read_doi(text)


def _read_isbn(text: str, draft: Draft) -> str:
    return bare_isbns(text)


def _read_language(text: str, draft: Draft) -> str:
    return read_language(text.rstrip("."))


def _read_keywords(text: str, draft: Draft) -> str:
    return join_keywords(split_keywords(text) if ";" in text else [text])


def _read_article_number(text: str, draft: Draft) -> str:
    """Read the number of an article without the word before it, such as "unspecified"."""
    found = _ARTICLE_NUMBER.fullmatch(text)
    return found[1] if found else text


def _read_patents(text: str, draft: Draft) -> str:
    """Read the first of the numbers that an invention has in several countries."""
    number, more, _ = text.partition(";")
    if more:
        draft.keep(draft.own, text)
    return number.strip()


_NAMES: Final = evolve(NAMES, read=_read_name, note="one a line: last, first")
_GROUP: Final = evolve(NAMES, read=_read_group, adds=True, note="an organisation, one a line")
_DOI: Final = Codec(_read_doi)
_ISBN: Final = Codec(_read_isbn)
_ISSN: Final = Codec(lambda text, draft: bare_issns(text))
_LANGUAGE: Final = Codec(_read_language, note="its name in English")
_KEYWORDS: Final = Codec(_read_keywords, note="with semicolons between")
_PATENTS: Final = Codec(_read_patents, note="the first")
_ARTICLE: Final = Codec(_read_article_number, note="without ARTN or UNSP before it")
_DATE: Final = evolve(DATE, note="with the year of PY")

_TYPES: Final = {
    "Article": "article-journal",
    "Review": "article-journal",
    "Letter": "article-journal",
    "Note": "article-journal",
    "Editorial Material": "article-journal",
    "News Item": "article-journal",
    "Correction": "article-journal",
    "Retraction": "article-journal",
    "Data Paper": "article-journal",
    "Book Review": "review-book",
    "Art Exhibit Review": "review",
    "Dance Performance Review": "review",
    "Film Review": "review",
    "Music Performance Review": "review",
    "Music Score Review": "review",
    "Record Review": "review",
    "Software Review": "review",
    "TV Review, Radio Review": "review",
    "Theater Review": "review",
    "Proceedings Paper": "paper-conference",
    "Meeting Abstract": "paper-conference",
    "Book": "book",
    "Book Chapter": "chapter",
    "Music Score": "musical_score",
    "Preprint": "article",
    "Dissertation/Thesis": "thesis",
    "Data set": "dataset",
    "Data study": "dataset",
    "Software": "software",
    "Patent": "patent",
    "Policy Document": "report",
}
_GENRES: Final = ("Editorial Material", "Letter", "News Item", "Correction", "Retraction")
"""Document types that a citation names next to the title."""
_OF_MEDIA: Final = {
    "J": "article-journal",
    "B": "book",
    "S": "chapter",
    "C": "paper-conference",
    "P": "patent",
}
"""The kinds of publications, each with the type of its works if no document type shows it."""
_MEDIA: Final = {"J": "journal", "B": "book", "S": "book series", "C": "conference", "P": "patent"}

_SPEC: Final = Spec(
    types=(
        *(TypeRow(own, csl, writes=False) for own, csl in _TYPES.items()),
        *(
            TypeRow(f"PT {own}", csl, writes=False, label=f"PT {own} ({_MEDIA[own]})")
            for own, csl in _OF_MEDIA.items()
        ),
    ),
    fields=tuple(
        evolve(row, writes=False)
        for row in (
            Row("AF", "author", _NAMES, note="in full"),
            Row("AU", "author", _NAMES),
            Row("BF", "author", _NAMES, _BOOKS, note="in full"),
            Row("BA", "author", _NAMES, _BOOKS),
            Row("BF", "container-author", _NAMES, all_but(*_BOOKS), note="in full"),
            Row("BA", "container-author", _NAMES, all_but(*_BOOKS)),
            Row("CA", "author", _GROUP),
            Row("GP", "author", _GROUP, _BOOKS),
            Row("GP", "container-author", _GROUP, all_but(*_BOOKS)),
            Row("BE", "editor", _NAMES),
            Row("ED", "editor", _NAMES),
            Row("TI", "title", TEXT),
            Row("SO", "container-title", TEXT, all_but(*_BOOKS)),
            Row("SO", "title", TEXT, _BOOKS),
            Row("JI", "container-title-short", TEXT, all_but(*_BOOKS)),
            Row("J9", "container-title-short", TEXT, all_but(*_BOOKS)),
            Row("SE", "collection-title", TEXT),
            Row("Z1", "original-title", TEXT),
            Row("PD", "issued", _DATE),
            Row("PY", "issued", DATE),
            Row("EA", "available-date", DATE),
            Row("VL", "volume", TEXT),
            Row("IS", "issue", TEXT),
            Row("SU", "supplement-number", TEXT),
            Row("BP", "page", TEXT, note="with EP"),
            Row("PS", "page", TEXT),
            Row("AR", "number", _ARTICLE),
            Row("MA", "number", TEXT, ("paper-conference",)),
            Row("PN", "number", _PATENTS, ("patent",)),
            Row("PN", "part-number", TEXT, all_but("patent")),
            Row("PG", "number-of-pages", TEXT, _BOOKS),
            Row("DI", "DOI", _DOI),
            Row("D2", "DOI", _DOI, _BOOKS),
            Row("PM", "PMID", TEXT),
            Row("UT", "PMID", Codec(lambda text, draft: _pmid(text), note="of MEDLINE:")),
            Row("BN", "ISBN", _ISBN),
            Row("SN", "ISSN", _ISSN),
            Row("EI", "ISSN", ISSN),
            Row("UR", "URL", TEXT),
            Row("PU", "publisher", TEXT),
            Row("PI", "publisher-place", TEXT),
            Row("CT", "event-title", TEXT),
            Row("CY", "event-date", DATE),
            Row("CL", "event-place", TEXT),
            Row("LA", "language", _LANGUAGE),
            Row("DE", "keyword", _KEYWORDS),
            Row("ID", "keyword", _KEYWORDS, note="if there is no DE"),
            Row("AB", "abstract", TEXT),
            Row("FN", "source", TEXT, note="Web of Science, by the name of its owner"),
            Row("DT", "genre", TEXT, note=", ".join(_GENRES)),
        )
    ),
    known=_KNOWN,
    quiet=frozenset(("J9", "PY", "EI", "ID", "SO", "UT", "D2", "PS", "DT", "PG")),
)  # fmt: skip


def mapping() -> Spec:
    """Return the tags and document types next to CSL's variables and types.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "editor"]
        ['BE', 'ED']
    """
    return _SPEC


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read the tagged text of Web of Science.

    A tag that CSL has no variable for is in the record's `extra` under its own name, such as `UT`,
    the number of the work: as text, or as a list if it has several values.

    Args:
        text: The lines, with any line ends.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> text = "PT J\nAU Quist, A\n   Roe, B\nTI On ebb\n   and flow\nPD MAR 5\nPY 2019\nER\n"
        >>> library = loads(text, "wos")
        >>> library[0].title, str(library[0].author[1]), str(library[0].issued)
        ('On ebb and flow', 'Roe, B', '2019-03-05')
    """
    problems: list[Problem] = []
    entries = list(_entries(text.removeprefix("\ufeff"), problems))
    return library_of(
        (_record(fields, day_first) for fields in entries),
        missing="there is no work of Web of Science in this text: no line starts with 'PT '",
        problems=problems,
    )


# Lines


def _entries(text: str, problems: list[Problem]) -> Iterator[list[Field]]:
    """Yield the fields of each work; values of lists are separate fields.

    A line without a tag continues the field before it. If a text indents no such lines, a word of
    two capitals at the start of a line is a tag only if it is a known one.
    """
    is_indented = _INDENTED.search(text) is not None
    source: Field | None = None
    work: list[tuple[str, list[str], int]] = []
    is_reported = False
    in_file = False
    for number, line in enumerate(_LINE_END.split(text), 1):
        found = _FIELD.fullmatch(line.rstrip())
        if found is not None and not is_indented and work and found[1] not in _KNOWN:
            found = None
        if found is None:
            line = line.strip().lstrip("\ufeff")
            if not line:
                continue
            if work:
                work[-1][1].append(line)
            elif not (in_file or is_reported):
                problems.append(outside_entry(line, number))
                is_reported = True
            continue
        tag, value = found[1], (found[2] or "").strip()
        in_file = is_reported = False
        if tag in _OF_FILE and (tag != "FN" or not work):
            in_file = not work
            if tag == "FN" and "Web of" in value:
                source = (tag, value, number)
        elif tag == _END:
            if work:
                yield _joined(work, source)
            work = []
        else:
            if tag == _TYPE and work:
                yield _joined(work, source)
                work = []
            work.append((tag, [value], number))
    if work:
        yield _joined(work, source)


def _joined(found: Iterable[tuple[str, list[str], int]], source: Field | None) -> list[Field]:
    fields: list[Field] = [] if source is None else [source]
    for tag, lines, number in found:
        if tag in _LISTS:
            fields += [(tag, line, number + place) for place, line in enumerate(lines) if line]
        else:
            fields.append((tag, " ".join(filter(None, lines)), number))
    return fields


# Works


def _record(fields: Sequence[Field], day_first: bool | None) -> tuple[Record, Draft]:
    said = entities_of(fields)
    first = {tag: text for tag, text, _ in reversed(said) if text}
    kinds = [kind.strip() for kind in first.get(_KIND, "").split(";") if kind.strip()]
    medium = first.get(_TYPE, "")
    type_ = _type_of(medium, kinds, first)
    start = next((line for tag, _, line in fields if tag not in _OF_FILE), fields[0][2])
    draft = Draft(_SPEC, type_ or "document", day_first=day_first, line=start)
    draft.values["type"] = type_ or "document"
    if type_ is None:
        shown = medium or first.get(_KIND, "")
        draft.unknown_type(shown, of="Web of Science", missing="the type ('PT') is missing")
    draft.read(_prepared(draft, said, first, kinds))
    read_preprint(draft.values["type"], draft.values, draft.extra, "SO", "PU")
    read_status(draft.values)
    return draft.record("wos"), draft


def _type_of(medium: str, kinds: Sequence[str], first: dict[str, str]) -> str | None:
    """Return the CSL type of a work, None if nothing shows it."""
    named = [_SPEC.type_of(kind) or type_named(kind) for kind in kinds]
    of_articles = ("article-journal", None)
    special = next((one for one in reversed(named) if one not in of_articles), None)
    letter = medium[:1].upper()
    if letter == "J":
        in_books = ("paper-conference", "chapter", "book")
        return "article-journal" if special in (None, *in_books) else special
    if special is not None or letter not in _OF_MEDIA:
        return special or (named[0] if named else None)
    if letter in "BS" and "CT" in first:
        return "paper-conference"
    # A chapter has its own title, and that of its book as its source.
    is_whole = _bare(first.get("SO", "")) in ("", _bare(first.get("TI", "")))
    if letter == "B" and not is_whole:
        return "chapter"
    return "book" if letter == "S" and is_whole and "SO" in first else _OF_MEDIA[letter]


def _bare(title: str) -> str:
    return " ".join(title.casefold().split()).rstrip(".")


def _prepared(
    draft: Draft, fields: Sequence[Field], first: dict[str, str], kinds: Sequence[str]
) -> Iterator[Field]:
    """Yield the fields that the table reads: whole pages and dates, no title that is repeated."""
    genre = next((kind for kind in kinds if kind in _GENRES), "")
    is_book = draft.values["type"] == "book"
    year = first.get("PY") or first.get("EY") or ""
    day = _day(first.get("PD", ""), year, draft)
    has_day = bool(day) and _YEAR.search(day) is not None
    for field in fields:
        tag, text, line = field
        draft.line = line
        if tag == _TYPE or not text:
            continue
        if tag == _KIND:
            if genre:
                yield tag, genre, line
            if kinds not in ([genre], ["Article"]) and text not in _SPEC_NAMES.get(
                draft.values["type"], ()
            ):
                draft.extra[tag] = text
        elif tag == "BP":
            end = first.get("EP", "")
            yield tag, f"{text}-{end}" if end and end != text else text, line
        elif tag == "EP":
            if "BP" not in first:
                yield "BP", text, line
        elif tag == "PS" and "BP" in first:
            if text != "-".join(filter(None, (first["BP"], first.get("EP")))):
                draft.keep(tag, text)
        elif tag == "PD":
            if has_day and ("(" in text or draft.values["type"] == "patent"):
                draft.keep(tag, text)
            if has_day or not year:
                yield tag, day or text, line
            else:
                draft.keep(tag, text)
        elif tag == "PY" and has_day:
            continue  # a part of the date
        elif tag == "SO" and is_book and _bare(text) == _bare(first.get("TI", "")):
            continue  # the title again
        elif tag in _FULL_NAMES and _FULL_NAMES[tag] in first:
            continue  # the same names, shorter
        elif tag in _NAMED and text in _NO_NAMES:
            draft.keep(tag, text)
        else:
            yield field


_SPEC_NAMES: Final = {
    "book": ("Book",),
    "chapter": ("Book Chapter",),
    "paper-conference": ("Proceedings Paper",),
    "patent": ("Patent",),
    "review-book": ("Book Review",),
    "thesis": ("Dissertation/Thesis",),
    "article": ("Preprint",),
}
"""Document types that contain no more than the type of the work."""


def _day(text: str, year: str, draft: Draft) -> str:
    """Return a date of publication with its year, which is another field: `MAR 5`, `SPR`.

    It is empty if the text is no date, or one of another year.
    """
    words = _SEASON.sub(lambda found: _SEASONS[found[0]], text)
    if draft.values["type"] == "patent" and (found := _DAY_OF_PATENT.search(text)):
        words = found[0]
    elif " (" in words:
        words = words.partition(" (")[0]  # of Medline: 2011 Jan (Epub 2010 Dec 1)
    whole = words if not year or _YEAR.search(words) else f"{words} {year}"
    date = Date.parse(whole, day_first=draft.day_first) if words else None
    return whole if date is not None and date.literal is None and year in whole else ""


def _pmid(text: str) -> str | None:
    found = _PMID.fullmatch(text)
    return found[1] if found else None
