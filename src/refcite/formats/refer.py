"""EndNote's tagged format (`.enw`), also called Refer: `%0 Journal Article`, `%A Roe, Ann`.

Sources: "Creating a Tagged EndNote Import File" in EndNote's manual, with its list of tags and
types; the manual page of refer(1) for entries without `%0`. Tags have the meaning that EndNote's
table of reference types gives their field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
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
    LANGUAGE,
    NAMES,
    NOTES,
    PAGES,
    PLAIN,
    PMID_OF_DATABASE,
    RANGE,
    only_with,
    read_people,
    with_edition_number,
)
from refcite.formats.common_problems import outside_entry
from refcite.formats.crosswalk import Codec, Row, Spec, all_but, kept, type_rows, written
from refcite.formats.draft import Draft, Field, library_of
from refcite.formats.endnotetypes import (
    ARCHIVED,
    ARTICLES,
    DEGREE,
    FILMS,
    NO_DEGREE,
    PAPERS,
    PERIODICALS,
    TYPES,
    WHOLES,
)
from refcite.formats.preprints import read_preprint
from refcite.formats.statuses import read_status
from refcite.library import Library
from refcite.names import Name, is_et_al
from refcite.problems import Problem
from refcite.record import Record
from refcite.richtext import plain

__all__ = ["mapping", "read", "write"]

_APART_TYPES: Final = {
    "Journal": "periodical",
    "Serial": "periodical",
    "Music": "song",
    "Audio": "song",
    "Conference Paper": "paper-conference",
    "Podcast": "broadcast",
}
"""The differences from EndNote's XML, and the written types if that writes another."""
_TYPES: Final = _APART_TYPES | {one.name: one.type for one in TYPES if one.name not in _APART_TYPES}
_WITH_PARTS: Final = (*WHOLES, "Pamphlet", "Map", "Report", "Government Document",
    "Computer Program", "Standard")  # fmt: skip
_PARTS: Final = ("Book Section", "Electronic Book Section", "Dictionary", "Encyclopedia")
_NUMBERED: Final = ("Report", "Government Document", "Standard", "Patent", "Case", "Statute",
    "Bill", "Legal Rule or Regulation", "Hearing")  # fmt: skip
_BOOKS: Final = ("Book", "Edited Book")
_BY_SERIES: Final = ("Report", "Computer Program", "Map")
_TALKS: Final = ("Interview", "Personal Communication")
_but = partial(all_but, of=_TYPES)


def _read_name(text: str, draft: Draft) -> tuple[Name, ...]:
    if text.endswith(",") and not is_et_al(text):
        return (Name(literal=text.rstrip(", ")),)  # EndNote's sign of an organisation
    return read_people(text, draft, _one_name, is_straight=True)


def _one_name(text: str) -> Name:
    return Name.of_inverted(text) if "," in text else Name.parse(text)


def _write_name(names: tuple[Name, ...]) -> str:
    literal = names[0].literal
    return names[0].inverted() if literal is None else f"{literal},"


_NAMES: Final = evolve(NAMES, read=_read_name, write=_write_name, note="one a line")


_EDITION: Final = with_edition_number(PLAIN)
_YEAR: Final = Codec(DATE.read, str, note="the year; a day or month in %8")

_SPEC: Final = Spec(
    types=type_rows(_TYPES.items()),
    fields=(
        Row("%F", "id"),
        Row("%A", "author", _NAMES, _but("Edited Book", *FILMS)),
        Row("%A", "editor", _NAMES, ("Edited Book",), writes=False),
        Row("%A", "director", _NAMES, FILMS),
        Row("%E", "collection-editor", _NAMES, _BY_SERIES),
        Row("%E", "interviewer", _NAMES, ("Interview",)),
        Row("%E", "recipient", _NAMES, ("Personal Communication",)),
        Row("%E", "editor", _NAMES, _but(*_BY_SERIES, *_TALKS, *FILMS)),
        Row("%Y", "collection-editor", _NAMES, _PARTS),
        Row("%Y", "collection-editor", only_with("editor", _NAMES), PAPERS, needs="editor"),
        Row("%Y", "editor", _NAMES, PAPERS, writes=False),
        Row("%Y", "producer", _NAMES, FILMS),
        Row("%?", "translator", _NAMES, _but(*FILMS)),
        Row("%Y", "translator", _NAMES, _BOOKS, writes=False),
        Row("%?", "performer", _NAMES, FILMS),
        Row("%T", "title", PLAIN),
        Row("%!", "title-short", PLAIN),
        Row("%J", "container-title", PLAIN, PERIODICALS),
        Row("%B", "container-title", PLAIN, _but(*_WITH_PARTS, *FILMS, *PERIODICALS, *PAPERS)),
        Row("%3", "container-title", PLAIN, PAPERS),
        Row(
            "%B", "event-title", only_with("container_title", PLAIN), PAPERS,
            needs="container-title",
        ),
        Row("%B", "container-title", PLAIN, PAPERS, writes=False),
        Row("%J", "container-title", PLAIN, writes=False),
        Row("%B", "container-title", PLAIN, PERIODICALS, writes=False),
        Row("%B", "collection-title", PLAIN, _WITH_PARTS),
        Row("%O", "container-title-short", PLAIN, PERIODICALS),
        Row("%S", "collection-title", PLAIN, _but(*_WITH_PARTS, *PAPERS)),
        Row(
            "%S", "collection-title", only_with("container_title", PLAIN), PAPERS,
            needs="container-title",
        ),
        Row("%S", "container-title", PLAIN, PAPERS, writes=False),
        Row("%S", "collection-title", PLAIN, _WITH_PARTS, writes=False),
        Row("%Q", "original-title", PLAIN),
        Row("%*", "reviewed-title", PLAIN),
        Row("%D", "issued", _YEAR),
        Row("%[", "accessed", DATE),
        Row("%V", "volume", PLAIN, _but("Thesis")),
        Row("%V", "volume", NO_DEGREE, ("Thesis",), writes=False),
        Row("%V", "genre", DEGREE, ("Thesis",), writes=False),
        Row("%6", "number-of-volumes", PLAIN),
        Row("%N", "number", PLAIN, _NUMBERED),
        Row("%N", "collection-number", PLAIN, (*_BOOKS, *_PARTS)),
        Row("%N", "issue", PLAIN, _but(*_BOOKS, *_PARTS, *_NUMBERED)),
        Row("%7", "edition", _EDITION, _but(*ARTICLES, "Computer Program", "Dataset")),
        Row("%7", "available-date", DATE, ARTICLES),
        Row("%7", "version", PLAIN, ("Computer Program", "Dataset")),
        Row("%P", "page", RANGE, _but(*_BOOKS), writes=False),
        Row("%P", "page", PAGES, _but(*_BOOKS)),
        Row("%P", "number-of-pages", COUNT, _BOOKS),
        Row("%]", "number", PLAIN, ARTICLES),
        Row("%&", "chapter-number", PLAIN, _PARTS),
        Row("%&", "section", PLAIN, _but(*_PARTS, *ARTICLES)),
        Row("%I", "publisher", PLAIN, _but("Case")),
        Row("%I", "authority", PLAIN, ("Case",)),
        Row("%C", "event-place", PLAIN, PAPERS),
        Row("%1", "publisher-place", PLAIN, PAPERS),
        Row("%C", "publisher-place", PLAIN, _but(*PAPERS)),
        Row("%9", "genre", PLAIN),
        Row("%@", "ISBN", ISBN),
        Row("%@", "ISSN", ISSN),
        Row("%R", "DOI", DOI),
        Row("%2", "PMCID", PLAIN, ARTICLES),
        Row("%U", "URL", PLAIN),
        Row("%G", "language", LANGUAGE),
        Row("%K", "keyword", KEYWORDS),
        Row("%X", "abstract", PLAIN),
        Row("%Z", "note", NOTES),
        Row("%<", "annote", NOTES),
        Row("%L", "call-number", PLAIN),
        Row("%~", "archive", PLAIN, (*ARCHIVED, "Thesis")),
        Row("%~", "source", DATABASE, _but(*ARCHIVED, "Thesis")),
        Row("%W", "source", PLAIN),
        Row("%M", "number", PLAIN, ("Thesis",), writes=False),
        Row("%M", "archive_location", PLAIN, ARCHIVED),
        Row("%M", "PMID", PMID_OF_DATABASE, writes=False),
    ),
    typed_by="own",
    default="Generic",
    known=frozenset(f"%{character}" for character in "0148#$()+=>^HN8"),
)  # fmt: skip
_BY_NAME: Final = {own.casefold(): own for own in _TYPES}
_TAG: Final = re.compile(r"(%[A-Za-z0-9?@!#$&()*+\[\]^<>=~])(?:[ \t]+(.*)|)")
_ANY_TAG: Final = re.compile(r"%[A-Za-z0-9?@!#$&()*+\[\]^<>=~]")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_PROSE: Final = frozenset({"%X", "%Z", "%<"})


def mapping() -> Spec:
    """Return the types and tags next to CSL's types and variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "DOI"]
        ['%R']
    """
    return _SPEC


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read entries of EndNote or refer.

    A tag without a CSL variable is in the record's `extra` under its own name: as text,
    or as a list if it is several times.

    Args:
        text: The lines, with any line ends.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> text = "%0 Journal Article\n%A Roe, Ann\n%T Lamps\n%D 2019\n%8 5 March\n"
        >>> library = loads(text, "refer")
        >>> library[0].type, library[0].title, str(library[0].issued)
        ('article-journal', 'Lamps', '2019-03-05')
    """
    problems: list[Problem] = []
    entries = list(_entries(text, problems))
    return library_of(
        (_record(fields, day_first) for fields in entries),
        missing="there is no entry of EndNote's tagged format: no line starts with '%0 ' or '%T '",
        problems=problems,
    )


def _entries(text: str, problems: list[Problem]) -> Iterator[list[Field]]:
    """Yield the fields of each entry; an empty line, or another `%0`, starts the next."""
    found: list[tuple[str, list[str], int]] = []
    after_blank = has_more = False
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        tag = _TAG.fullmatch(line)
        if not line.strip():
            after_blank = True
            continue
        if tag:
            if found and (after_blank or (tag[1] == "%0" and has_more)):
                yield _joined(found)
                found = []
            has_more = tag[1] != "%0"
            found.append((tag[1], [tag[2] or ""], number))
        elif found:
            found[-1][1].append(line)
        else:
            problems.append(outside_entry(line, number))
        after_blank = False
    if found:
        yield _joined(found)


def _joined(found: Iterable[tuple[str, list[str], int]]) -> list[Field]:
    """Return fields with the lines of each joined."""
    return [
        (tag, ("\n" if tag in _PROSE else " ").join(map(str.strip, lines)).strip(), number)
        for tag, lines, number in found
    ]


def _record(fields: Sequence[Field], day_first: bool | None) -> tuple[Record, Draft]:
    named = [field for field in fields if field[0] == "%0" and field[1]]
    own = _BY_NAME.get(named[0][1].casefold()) if named else _guessed(fields)
    draft = Draft(_SPEC, own or "Generic", day_first=day_first, line=fields[0][2])
    draft.values["type"] = _SPEC.type_of(own or "Generic")
    if own is None:
        said = named[0][1] if named else ""
        draft.unknown_type(said, of="EndNote", missing="the type ('%0') is missing")
    elif named and (len(named) > 1 or own != _SPEC.own_type(draft.values["type"])):
        draft.extra["%0"] = own
    for _, text, _ in named[1:]:
        draft.keep("%0", text)
    draft.read(_dated(draft, [field for field in fields if field[0] != "%0"]))
    read_preprint(draft.values["type"], draft.values, draft.extra, "%J", "%I")
    read_status(draft.values)
    return draft.record("refer"), draft


def _guessed(fields: Sequence[Field]) -> str | None:
    """Return the type of an entry without one, by refer's rule; None if nothing shows."""
    tags = {own for own, text, _ in fields if text}
    for tag, own in (("%J", "Journal Article"), ("%B", "Book Section"), ("%I", "Book")):
        if tag in tags:
            return own
    return None


def _dated(draft: Draft, fields: list[Field]) -> list[Field]:
    """Return fields in which `%D` has the whole date, if `%8` contains the day or the month."""
    first = next((field for field in fields if field[0] == "%D" and field[1]), None)
    year = first[1] if first else ""
    for field in fields:
        own, text, draft.line = field
        if own != "%8" or not text:
            continue
        for whole in (text, f"{text} {year}", f"{year} {text}"):
            date = Date.parse(whole, day_first=draft.day_first, problems=[])
            if date.year is not None and (not year or str(date.year) in year):
                day = ("%D", whole, draft.line)
                return [day if one is field else one for one in fields if one is not first]
        draft.second_value(own, text)
    return fields


def write(records: Iterable[Record]) -> str:
    r"""Return records in EndNote's tagged format.

    Args:
        records: The records.

    Example:
        >>> from refcite import Date, Name, Record, dumps
        >>> print(dumps([Record(id="k", type="book", title="The Castle", issued=Date.of(1926, 5),
        ...                     author=(Name(family="Kafka", given="Franz"),))], "refer"))
        %0 Book
        %F k
        %A Kafka, Franz
        %T The Castle
        %D 1926
        %8 1926-05
    """
    return "\n".join("".join(f"{line}\n" for line in _lines(record)) for record in records)


def _lines(record: Record) -> Iterator[str]:
    # A type that was read as another is written unchanged.
    named = [text for tag, text in kept(record, "%0".__eq__)]
    if not named or _SPEC.type_of(named[0]) != record.type:
        named.insert(0, _SPEC.own_type(record.type))
    yield from (f"%0 {own}" for own in named)
    for row, text in written(_SPEC, record, named[0]):
        if (
            row.variable == "issued"
            and record.issued is not None
            and record.issued.year is not None
        ):
            year = str(record.issued.year)
            yield f"%D {year}"
            if text != year:
                yield f"%8 {text}"
            continue
        yield _line(row.own, text)
    for tag, text in kept(record, _ANY_TAG.fullmatch):
        if tag != "%0":
            yield _line(tag, plain(text))


def _line(tag: str, text: str) -> str:
    if tag not in _PROSE:
        return f"{tag} {' '.join(text.split())}"
    lines = filter(None, (line.strip() for line in _LINE_END.split(text)))
    # Text in the form of a tag would begin another field.
    return f"{tag} " + "\n".join(f" {line}" if _TAG.match(line) else line for line in lines)
