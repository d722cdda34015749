"""CSL-JSON 1.0.2: the exchange format of citation processors, Zotero and Crossref.

Reading accepts an array, one object, consecutive objects (JSON lines), or an object with the array
under `items` or `references`. Reading and then writing results in equal JSON: fields without an
attribute are in `extra`, and values with several spellings in CSL-JSON are written as they
were, unless they have changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from refcite.formats.blocktext import Block
from refcite.formats.crosswalk import Spec
from refcite.formats.csl_json.adding import append
from refcite.formats.csl_json.dates import decode_date, decode_simple_date, encode_date
from refcite.formats.csl_json.items import (
    FORMAT,
    SPEC,
    Spelling,
    decode_item,
    describes_work,
    encode_item,
    name_by_place,
    no_variable,
)
from refcite.formats.csl_json.names import encode_names
from refcite.formats.csl_json.objects import from_csl, read_objects, to_csl
from refcite.formats.detection import OF_REGISTRY, registry_of
from refcite.formats.jsontext import Reader, encode, has_objects
from refcite.keys import id_by_place
from refcite.library import Library
from refcite.problems import Problem, UnknownFormatError
from refcite.record import Record

__all__ = [
    "append",
    "block_end",
    "decode_date",
    "decode_item",
    "decode_simple_date",
    "describes_work",
    "encode_date",
    "encode_item",
    "encode_names",
    "from_csl",
    "is_divisible",
    "join_blocks",
    "lines_in",
    "mapping",
    "name_by_place",
    "no_variable",
    "read",
    "read_block",
    "read_objects",
    "read_stream",
    "to_csl",
    "write",
    "write_stream",
]

_HEAD_LENGTH: Final = 65_536
_MOST: Final = 100
"""The number of lines among which one is searched after which a file can be divided."""


def read(text: str, *, day_first: bool | None = None, note_fields: bool = False) -> Library:
    """Read CSL-JSON.

    Args:
        text: The JSON.
        day_first: Whether `01/02/2017` in a `raw` date is 1 February or 2 January.
        note_fields: Read lines such as `original-date: 1925` in a note as variables.

    Returns:
        The records, with the problems in the library. One broken entry does not
        hinder the others.

    Raises:
        UnknownFormatError: The text is the JSON of OpenAlex, Crossref or DataCite.

    Example:
        >>> from refcite import loads
        >>> text = '[{"id": 7, "type": "book", "issued": {"raw": "May 1926"}}]'
        >>> library = loads(text, "csl-json")
        >>> library["7"].issued.month
        5
    """
    library = Library()
    text = text.removeprefix("\ufeff")
    _reject_other(text)
    reader = Reader(text, library.problems)
    for record in _records(reader, library.problems, day_first, note_fields):
        library.append(record)
        if not record.id:
            library.problems.append(name_by_place(record, library[-1].id))
    spelling = _spelling_of(library[0]) if reader.is_single and len(library) else None
    if spelling is not None:
        spelling.is_single = True
    return library


def read_stream(
    blocks: Iterable[str], *, day_first: bool | None = None, note_fields: bool = False
) -> Iterator[Record | Problem]:
    """Read CSL-JSON that comes in blocks; an entry without an id is called by its place.

    Args:
        blocks: The JSON, in pieces of any length.
        day_first: Whether `01/02/2017` in a `raw` date is 1 February or 2 January.
        note_fields: Read lines such as `original-date: 1925` in a note as variables.

    Yields:
        Records and problems, one by one.
    """
    problems: list[Problem] = []
    remaining = iter(blocks)
    first = next(remaining, "")
    _reject_other(first)
    reader = Reader(chain((first,), remaining), problems)
    records = _records(reader, problems, day_first, note_fields)
    for count, record in enumerate(records, 1):
        if not record.id:
            record = record.replace(id=id_by_place(count))
            problems.append(name_by_place(record, record.id))
        if problems:
            yield from problems
            problems.clear()
        yield record
    yield from problems


def block_end(data: bytes) -> int:
    r"""Return the last offset at which a line ends an object and the next starts one; 0 if none.

    Example:
        >>> block_end(b'{"id": "a"}\n{"id": "b"}\n')
        12
    """
    end = len(data)
    for _ in range(_MOST):
        end = data.rfind(b"\n{", 0, max(end, 0))
        if end < 0:
            return 0
        line = data[data.rfind(b"\n", 0, end) + 1 : end]
        # After a line that is broken, the next one is read differently.
        if line[:1] == b"{" and _is_object(line):
            return end + 1
    return 0


def is_divisible(head: bytes) -> bool:
    """Return whether a file can be divided between its entries, by its start: not an array."""
    return has_objects(head.decode(errors="replace"))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def lines_in(data: bytes) -> int:
    """Return the number of lines in a part of a file, as they are counted in problems."""
    return data.count(b"\n")


def read_block(
    block: Block,
    shared: None = None,
    *,
    day_first: bool | None = None,
    note_fields: bool = False,
) -> Iterator[Record | Problem]:
    """Read the objects of a part of a file; entries without an id have none.

    Args:
        block: The part.
        shared: Not used.
        day_first: Whether `01/02/2017` in a `raw` date is 1 February or 2 January.
        note_fields: Read lines such as `original-date: 1925` in a note as variables.
    """
    text = block.data.decode()
    if not block.number:
        _reject_other(text)
    elif not text.strip():
        return
    problems: list[Problem] = []
    reader = Reader(text, problems, is_continued=block.number > 0)
    for record in _records(reader, problems, day_first, note_fields):
        yield from problems
        problems.clear()
        yield record
    yield from problems


def join_blocks(
    texts: Iterable[bytes], *, lines: bool = False, **others: object
) -> Iterator[bytes]:
    """Yield the text of all records, from texts with some of them in UTF-8.

    Args:
        texts: The texts, none of which is empty.
        lines: Whether they contain one object per line.
        **others: The other options of the writer.
    """
    if lines:
        yield from texts
        return
    start, end = b"[\n", b"\n]\n"
    is_empty = True
    for text in texts:
        yield (b"[\n" if is_empty else b",\n") + text.removeprefix(start).removesuffix(end)
        is_empty = False
    yield b"[]\n" if is_empty else end


def _reject_other(text: str) -> None:
    """Raise if a text is the JSON of a registry, whose keys have other meanings than CSL's."""
    format_ = registry_of(text[:_HEAD_LENGTH])
    if format_ is not None:
        raise UnknownFormatError(
            f"this text is {OF_REGISTRY[format_]}'s own JSON; read it in the format {format_!r}"
        )


def _records(
    reader: Reader, problems: list[Problem], day_first: bool | None, note_fields: bool
) -> Iterator[Record]:
    for entry in reader.entries():
        if not describes_work(entry.value):
            problems.append(no_variable(entry.value, entry.line))
            continue
        yield decode_item(entry.value, problems, entry.line, day_first, note_fields=note_fields)


def _spelling_of(record: Record) -> Spelling | None:
    origin = record.origin
    if origin is None or origin.format != FORMAT or not isinstance(origin.verbatim, Spelling):
        return None
    return origin.verbatim


def write(records: Iterable[Record], *, lines: bool = False, indent: int | None = None) -> str:
    """Return records as CSL-JSON.

    Args:
        records: The records.
        lines: Write one object per line (JSON lines) instead of an array.
        indent: The number of spaces for indentation; by default one record of an array per line.

    Returns:
        An array, one record per line; a single object for a single record that was read from a
        single object; an empty array for no record.

    Raises:
        FormatError: A value of `extra` has no form in JSON.

    Example:
        >>> from refcite import Record, dumps
        >>> print(dumps([Record(id="a", type="book", title="One")], "csl-json"), end="")
        [
        {"id": "a", "type": "book", "title": "One"}
        ]
    """
    return "".join(write_stream(records, lines=lines, indent=indent))


def write_stream(
    records: Iterable[Record], *, lines: bool = False, indent: int | None = None
) -> Iterator[str]:
    """Yield records as CSL-JSON, in pieces.

    Args:
        records: The records.
        lines: Write one object per line (JSON lines) instead of an array.
        indent: The number of spaces for indentation; by default one record of an array per line.
    """
    if lines:
        for record in records:
            yield encode(encode_item(record)) + "\n"
        return
    remaining = iter(records)
    first = list(islice(remaining, 2))
    if not first:
        yield "[]\n"
        return
    spelling = _spelling_of(first[0]) if len(first) == 1 else None
    if spelling is not None and spelling.is_single:
        yield encode(encode_item(first[0]), indent) + "\n"
        return
    separator = "[\n"
    for record in chain(first, remaining):
        text = encode(encode_item(record), indent)
        yield separator + (text if indent is None else _indented(text, indent))
        separator = ",\n"
    yield "\n]\n"


def _indented(text: str, indent: int) -> str:
    space = " " * indent
    return "\n".join(space + line for line in text.split("\n"))


def mapping() -> Spec:
    """Return CSL's types and variables: the format has just these.

    Example:
        >>> mapping().not_carried()
        ()
    """
    return SPEC
