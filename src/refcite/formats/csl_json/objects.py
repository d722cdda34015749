"""CSL-JSON that is parsed already: dictionaries, from any source.

Data frames contain None or NaN for missing values, their own types in place of whole numbers,
and dates in place of texts; these are read as the values that they represent.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from operator import index
from typing import Any, Final, SupportsIndex

from refcite.formats.csl_json.items import decode_item, encode_item, name_by_place
from refcite.handwritten import described
from refcite.library import Library
from refcite.problems import (
    InputError,
    Problem,
    RecordTypeError,
    RecordValueError,
    Severity,
    report_or_warn,
)
from refcite.record import Record

__all__ = ["from_csl", "read_objects", "to_csl"]

_DEEPEST: Final = 200
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
    for key, one in value.items():
        if isinstance(key, str):
            plain = _plain(one, 1)
            if plain is not None:
                item[key] = plain
        else:
            problems.append(
                Problem(
                    severity=Severity.WARNING,
                    code="wrong-kind",
                    message=f"a key must be a text, not {key!r:.60}",
                    hint="its value is not read",
                    key=str(value.get("id") or "") or None,
                )
            )
    return item


def _plain(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, float | datetime.date):
        if value != value:  # NaN, and pandas' missing date
            return None
        return value if isinstance(value, float) else value.isoformat()[: len("2014-03-18")]
    if isinstance(value, Mapping):
        parts = {key: _plain(one, depth + 1) for key, one in value.items()}
        return {key: one for key, one in parts.items() if one is not None}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_plain(one, depth + 1) for one in value]
    return index(value) if isinstance(value, SupportsIndex) else value


def _problem(code: str, message: str) -> Problem:
    return Problem(severity=Severity.ERROR, code=code, message=message)
