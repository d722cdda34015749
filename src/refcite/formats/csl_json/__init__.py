"""CSL-JSON 1.0.2: what citation processors, Zotero and Crossref exchange.

Reading takes an array, one object, objects in a row (JSON lines), or an object with the array
under `items` or `references`. Reading and then writing gives equal JSON: what the record has no
place for stands in `extra`, and values that CSL-JSON can spell in several ways are written as they
were, unless they have changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from refcite.formats.csl_json.items import FORMAT, Spelling, decode_item, encode_item
from refcite.formats.csl_json.notes import spread_note
from refcite.formats.csl_json.text import Reader, encode
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["decode_item", "encode_item", "read", "write"]


def read(text: str, *, day_first: bool | None = None, note_fields: bool = False) -> Library:
    """Read CSL-JSON.

    Args:
        text: The JSON.
        day_first: Whether `01/02/2017` in a `raw` date is 1 February or 2 January.
        note_fields: Read lines such as `original-date: 1925` in a note as variables.

    Returns:
        The records, with what is wrong in the library's problems. One broken entry does not
        hinder the others.

    Example:
        >>> library = read('[{"id": 7, "type": "book", "issued": {"raw": "May 1926"}}]')
        >>> library["7"].issued.month
        5
    """
    library = Library()
    reader = Reader(text.removeprefix("\ufeff"), library.problems)
    spelling = None
    for entry in reader.entries():
        item = entry.value
        if note_fields:
            item = spread_note(item, library.problems, entry.line)
        record = decode_item(item, library.problems, entry.line, day_first)
        library.append(record)
        spelling = _spelling_of(record)
        if not record.id and spelling is not None:
            _name_it(library, spelling, entry.line)
    if reader.is_single and spelling is not None:
        spelling.is_single = True
    return library


def _spelling_of(record: Record) -> Spelling | None:
    origin = record.origin
    if origin is None or origin.format != FORMAT or not isinstance(origin.verbatim, Spelling):
        return None
    return origin.verbatim


def _name_it(library: Library, spelling: Spelling, line: int) -> None:
    given = library[-1].id
    spelling.read["id"] = given
    library.problems.append(
        Problem(
            severity=Severity.WARNING,
            code="missing-id",
            message=f"the entry has no id; it is called {given!r}",
            line=line,
            hint="give it an id by which it can be cited",
            key=given,
        )
    )


def write(records: Iterable[Record], *, lines: bool = False, indent: int | None = None) -> str:
    """Return records as CSL-JSON.

    Args:
        records: The records.
        lines: Write one object a line (JSON lines) instead of an array.
        indent: How many spaces to indent by; by default each record of an array has a line.

    Returns:
        An array, one record a line; the object alone for a single record that was read from an
        object alone; an empty array for no record.

    Raises:
        FormatError: A value of `extra` has no form in JSON.

    Example:
        >>> print(write([Record(id="a", type="book", title="One")]), end="")
        [
        {"id": "a", "type": "book", "title": "One"}
        ]
    """
    records = list(records)
    # Each item is let go once it is written: to keep them all takes twice the time.
    if lines:
        return "".join(f"{encode(encode_item(record))}\n" for record in records)
    if len(records) == 1:
        spelling = _spelling_of(records[0])
        if spelling is not None and spelling.is_single:
            return encode(encode_item(records[0]), indent) + "\n"
    if indent is not None or not records:
        return encode([encode_item(record) for record in records], indent) + "\n"
    return "[\n" + ",\n".join(encode(encode_item(record)) for record in records) + "\n]\n"
