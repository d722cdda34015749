"""Data of a source without a variable, in a form that Typst accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from refcite.formats.hayagriva.table import ENTRY_TYPES
from refcite.formats.hayagriva.values import (
    one_or_many,
    read_date,
    read_person,
    read_string,
    write_address,
    write_date,
    write_person,
    write_string,
)

__all__ = ["kept_affiliated", "kept_field", "kept_parent", "kept_person"]

_ROLES: Final = frozenset(
    {
        "afterword",
        "annotator",
        "cinematography",
        "commentator",
        "foreword",
        "holder",
        "introduction",
    }
)
"""The roles for which CSL has no variable."""
_PARTS: Final = ("name", "given-name", "prefix", "suffix", "alias")


def kept_person(person: Any) -> Any:
    """Return a person with all that is known of it; None if it has no name.

    Example:
        >>> kept_person({"name": "Watkins", "alias": "bell hooks", "age": "69"})
        {'name': 'Watkins', 'alias': 'bell hooks'}
    """
    if isinstance(person, Mapping):
        parts = {key: person[key] for key in _PARTS if isinstance(person.get(key), str)}
        return parts if parts.get("name") else None
    name = read_person(person)[0]
    return write_person(name) if name is not None else None


def _persons(value: Any) -> Any:
    found = [kept_person(one) for one in (value if isinstance(value, list) else [value])]
    found = [person for person in found if person]
    return one_or_many(found) if found else None


def kept_affiliated(group: Any) -> dict[str, Any] | None:
    """Return persons of a role for which CSL has no variable; None for all others."""
    if not isinstance(group, Mapping) or str(group.get("role")) not in _ROLES:
        return None
    names = _persons(group.get("names"))
    return {"role": group["role"], "names": names} if names else None


def _string(value: Any) -> Any:
    if isinstance(value, Mapping):
        parts = {key: _string(part) for key, part in value.items() if key in ("value", "short")}
        return parts if parts.get("value") and all(parts.values()) else None
    text = read_string(value)
    return write_string(text) if text and text.strip() else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _date(value: Any) -> str | None:
    date = read_date(value)
    return write_date(date) if date is not None else None


def _url(value: Any) -> str | None:
    return write_address(value) if isinstance(value, str) else None


_CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("title", "publisher", "location", "organization", "genre"), _string),
    **dict.fromkeys(("archive", "archive-location", "call-number", "note", "abstract"), _string),
    **dict.fromkeys(("page-range", "volume", "issue", "edition", "chapter"), _text),
    **dict.fromkeys(("runtime", "time-range"), _text),
    **dict.fromkeys(("author", "editor"), _persons),
    "date": _date,
    "url": _url,
}


def kept_field(key: str, value: Any) -> Any:
    """Return a field's value in a form that Typst accepts; None if there is none.

    Example:
        >>> kept_field("runtime", "00:13:42"), kept_field("date", "soon")
        ('00:13:42', None)
    """
    check = _CHECKS.get(key)
    return check(value) if check is not None else None


def kept_parent(parent: Any) -> dict[str, Any] | None:
    """Return a parent with the fields that Typst accepts; None if it has none."""
    if not isinstance(parent, Mapping) or str(parent.get("type")) not in ENTRY_TYPES:
        return None
    made = {key: kept_field(key, value) for key, value in parent.items() if key != "type"}
    inner = kept_parent(parent["parent"]) if isinstance(parent.get("parent"), Mapping) else None
    fields = {key: value for key, value in made.items() if value is not None}
    if inner is not None:
        fields["parent"] = inner
    return {"type": parent["type"], **fields} if fields else None
