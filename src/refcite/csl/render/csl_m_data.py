"""Values of the variables that CSL-M has in addition, from the `extra` of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from refcite.dates import Date, Point
from refcite.names import Name
from refcite.record import Record

__all__ = ["date_beyond", "names_beyond"]

_PARTS: Final = {
    "family": "family",
    "given": "given",
    "suffix": "suffix",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
    "literal": "literal",
}


def names_beyond(record: Record, variable: str, value: object) -> tuple[Name, ...]:
    """Return the names of a variable that is no name variable of CSL 1.0.2.

    Args:
        record: The record, in whose `extra` they are.
        variable: The variable.
        value: The record's own value, such as the text of `authority`.

    Example:
        >>> record = Record(extra={"committee": [{"literal": "Committee on Lights"}]})
        >>> names_beyond(record, "committee", None)
        (Name(literal='Committee on Lights'),)
    """
    found = record.extra.get(variable) if value is None else value
    if isinstance(found, str):
        return (Name(literal=found),) if found else ()
    if not isinstance(found, list | tuple):
        return ()
    return tuple(name for name in map(_name, found) if name is not None)


def _name(given: object) -> Name | None:
    if not isinstance(given, Mapping):
        return Name(literal=given) if isinstance(given, str) and given else None
    parts: dict[str, Any] = {
        attribute: given[key]
        for key, attribute in _PARTS.items()
        if isinstance(given.get(key), str) and given[key]
    }
    if "literal" not in parts and "family" not in parts and "given" in parts:
        parts["family"] = parts.pop("given")
    return Name(**parts) if parts else None


def date_beyond(record: Record, variable: str) -> Date | None:
    """Return the date of a variable that is no date variable of CSL 1.0.2.

    Args:
        record: The record, in whose `extra` it is.
        variable: The variable.

    Example:
        >>> record = Record(extra={"publication-date": {"date-parts": [[2001, 2]]}})
        >>> str(date_beyond(record, "publication-date"))
        '2001-02'
    """
    found = record.extra.get(variable)
    if isinstance(found, Mapping) and "date-parts" not in found:
        found = next((found[key] for key in ("raw", "edtf", "literal") if found.get(key)), None)
    if isinstance(found, str):
        return Date.parse(found)
    parts = found.get("date-parts") if isinstance(found, Mapping) else None
    if not isinstance(parts, list | tuple):
        return None
    points = [_point(one) for one in parts[:2]]
    if not points or points[0] is None:
        return None
    return Date(points[0], points[1] if len(points) > 1 else None)


def _point(numbers: object) -> Point | None:
    if not isinstance(numbers, list | tuple) or not numbers:
        return None
    try:
        year, month, day = [*map(int, numbers[:3]), None, None][:3]
        return None if year is None else Point(year, month, day)
    except ValueError:
        return None
