"""Values of parsed JSON as texts and objects, of any type that a source may have written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from refcite.formats.jatstext import clean

__all__ = ["joined", "mapping", "mappings", "text_of", "texts"]


def mapping(value: Any) -> dict[str, Any]:
    """Return a value that is an object; for any other value an empty object."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; a single object is read as a list of it."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """Return the texts and numbers of a list, as clean texts; a single value is a list of one.

    Example:
        >>> texts(["A &amp; B", 3, None, {}]), texts("A")
        (['A & B', '3'], ['A'])
    """
    values = value if isinstance(value, list) else [value]
    plain = [str(one) for one in values if type(one) in {str, int, float}]
    return [text for text in map(clean, plain) if text]


def text_of(value: Any) -> str | None:
    """Return a text, or the first of a list, or None."""
    if type(value) is str:
        return clean(value) or None
    return next(iter(texts(value)), None) if value is not None else None


def joined(values: Iterable[str], separator: str = ", ") -> str | None:
    """Return texts joined to one, without duplicates, or None."""
    return separator.join(dict.fromkeys(values)) or None
