"""CSL-JSON that is parsed already: dictionaries, from any source.

Data frames contain None or NaN for missing values, their own types in place of whole numbers,
and dates in place of texts; these are read as the values that they represent.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from math import isinf
from operator import index
from typing import Any, Final, SupportsIndex

from refcite.characters import HALF_PAIR, first_surrogate, plain_text, without_surrogates
from refcite.formats.csl_json.items import (
    decode_item,
    describes_work,
    encode_item,
    name_by_place,
    no_variable,
)
from refcite.library import Library
from refcite.problems import (
    InputError,
    Problem,
    RecordTypeError,
    RecordValueError,
    Severity,
    described,
    report_or_warn,
)
from refcite.record import Record

__all__ = ["from_csl", "read_objects", "to_csl"]

_DEEPEST: Final = 200
_LONGEST_INTEGER: Final = 14_000
"""Number of bits of an integer from which it is kept as text."""
_WRAPPERS: Final = ("items", "references")


def read_objects(
    objects: Mapping[str, Any] | Iterable[Mapping[str, Any]],
    *,
    day_first: bool | None = None,
    note_fields: bool = False,
) -> Library:
    """Read CSL-JSON that is parsed already.

    Args:
        objects: The items; one item; or a mapping with them under `items` or `references`.
        day_first: Whether `01/02/2017` in a `raw` date is 1 February or 2 January.
        note_fields: Read lines such as `original-date: 1925` in a note as variables.

    Raises:
        InputError: It is neither a mapping nor several.

    Example:
        >>> read_objects([{"id": 7, "type": "book", "volume": 3}])["7"].volume
        '3'
    """
    library = Library()
    for number, value in enumerate(_items(objects), 1):
        try:
            item = _item(value, library.problems)
        except RecursionError:
            library.problems.append(_problem("too-deep", f"entry {number} is nested too deeply"))
            continue
        if item is None:
            message = f"entry {number} must be an object, not {value!r:.60}"
            library.problems.append(_problem("entry-not-object", message))
            continue
        if not describes_work(item):
            library.problems.append(no_variable(item, None))
            continue
        record = decode_item(item, library.problems, None, day_first, note_fields=note_fields)
        library.append(record)
        if not record.id:
            library.problems.append(name_by_place(record, library[-1].id))
    return library


def _items(objects: object) -> Iterator[Any]:
    if isinstance(objects, Mapping):
        wrapped = [objects[key] for key in _WRAPPERS if isinstance(objects.get(key), list)]
        if wrapped and "id" not in objects and "type" not in objects:
            yield from wrapped[0]
        else:
            yield objects
    elif isinstance(objects, Iterable):
        yield from objects
    else:
        raise InputError(f"text, or objects of CSL-JSON, are read, not {described(objects)}")


def from_csl(item: Mapping[str, Any], problems: list[Problem] | None) -> Record:
    """Return the record of an item; called by `Record.from_csl`.

    Args:
        item: The item.
        problems: A list to which doubts are added; without one, they are a warning.

    Raises:
        RecordTypeError: It is no mapping.
        RecordValueError: It is nested too deeply.

    Example:
        >>> from_csl({"id": "a", "type": "book", "volume": 3}, None).volume
        '3'
    """
    met: list[Problem] = []
    try:
        plain = _item(item, met)
    except RecursionError:
        raise RecordValueError("Record.from_csl: the item is nested too deeply") from None
    if plain is None:
        raise RecordTypeError(
            "Record.from_csl needs a mapping such as {'type': 'book', 'title': 'One'},"
            f" not {described(item)}"
        )
    record = decode_item(plain, met, None)
    report_or_warn(met, problems, stacklevel=4)
    return record


def to_csl(record: Record) -> dict[str, Any]:
    """Return a record as an item that shares no objects with it; called by `Record.to_csl`.

    Example:
        >>> to_csl(Record(id="a", type="book"))
        {'id': 'a', 'type': 'book'}
    """
    return {key: _copied(value) for key, value in encode_item(record).items()}


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list | tuple) else value


def _item(value: Any, problems: list[Problem]) -> dict[str, Any] | None:
    """Return an item as JSON would have it; None if it is no mapping."""
    if not isinstance(value, Mapping):
        return None
    item: dict[str, Any] = {}
    halves: list[str] = []
    for key, one in value.items():
        if isinstance(key, str):
            plain = _plain(one, 1, halves)
            if plain is not None:
                item[_text(key, halves)] = plain
        else:
            problems.append(
                Problem(
                    severity=Severity.WARNING,
                    code="wrong-kind",
                    message=f"a key must be a text, not {key!r:.60}",
                    hint="its value is not read",
                    key=str(item.get("id") or "") or None,
                )
            )
    if halves:
        problems.append(
            Problem(
                severity=Severity.WARNING,
                code="lone-surrogate",
                message=f"the entry has {HALF_PAIR}",
                key=str(item.get("id") or "") or None,
            )
        )
    return item


def _digits(number: int) -> str:
    """Return the digits of an integer that `str` rejects as too long."""
    from decimal import Decimal  # rarely needed

    return str(Decimal(number))


def _text(text: str, halves: list[str]) -> str:
    """Return a text as JSON could have it; one with half of a surrogate pair is added to a list."""
    clean = without_surrogates(plain_text(text))
    if clean is not text and "\ufffd" in clean and first_surrogate(text) is not None:
        halves.append(clean)
    return clean


def _plain(value: Any, depth: int, halves: list[str]) -> Any:
    kind = type(value)
    if kind is str and value.isascii():
        return value
    if kind is int:
        # Python writes no integer of more than 4,300 digits.
        return value if value.bit_length() < _LONGEST_INTEGER else _digits(value)
    if value is None or kind is bool:
        return value
    if isinstance(value, str):
        return _text(value, halves)
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, float | datetime.date):
        if value != value:  # NaN, and pandas' missing date
            return None
        if isinstance(value, float) and isinf(value):
            return "Infinity" if value > 0 else "-Infinity"  # as the reader of JSON text keeps it
        return float(value) if isinstance(value, float) else value.isoformat()[: len("2014-03-18")]
    if isinstance(value, Mapping):
        parts = {
            _text(key, halves) if isinstance(key, str) else key: _plain(one, depth + 1, halves)
            for key, one in value.items()
        }
        return {key: one for key, one in parts.items() if one is not None}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_plain(one, depth + 1, halves) for one in value]
    if isinstance(value, SupportsIndex):
        return _plain(index(value), depth, halves)
    if kind.__module__ == "numpy":  # a number, a truth value or a time without a type of Python
        found = value.item()
        return _plain(found, depth + 1, halves) if type(found) is not kind else value
    return value


def _problem(code: str, message: str) -> Problem:
    return Problem(severity=Severity.ERROR, code=code, message=message)
