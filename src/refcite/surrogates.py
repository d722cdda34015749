"""Halves of surrogate pairs in the values of records (`refcite.characters`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any, Final

from attrs import evolve

from refcite.characters import first_surrogate, without_surrogates
from refcite.dates import Date
from refcite.names import Name
from refcite.record import Record
from refcite.vocabulary import DATE_VARIABLES, NAME_VARIABLES, VARIABLES, attribute_of

__all__ = ["clean_record", "clean_value"]

_NAMES: Final = tuple(map(attribute_of, NAME_VARIABLES))
_DATES: Final = tuple(map(attribute_of, DATE_VARIABLES))
_OTHERS: Final = frozenset((*_NAMES, *_DATES))
_TEXTS: Final = ("id", *(name for name in map(attribute_of, VARIABLES) if name not in _OTHERS))
_NAMES_OF: Final = attrgetter(*_NAMES)
_DATES_OF: Final = attrgetter(*_DATES)
_TEXTS_OF: Final = attrgetter(*_TEXTS)
_PARTS: Final = (
    *("family", "given", "literal", "suffix", "dropping_particle", "non_dropping_particle"),
)
_PARTS_OF: Final = attrgetter(*_PARTS)
_WORDS: Final = ("literal", "season_name")


def clean_record(record: Record) -> Record:
    r"""Return a record whose texts UTF-8 can express; usually the same record.

    Readers return only such records. In Python, a record may be created from any text.

    Args:
        record: The record. Values of `extra` that are not text, lists or mappings are not changed.

    Example:
        >>> clean_record(Record(id="a", title="Zo\ud83d")).title == "Zo\ufffd"
        True
    """
    # All texts are checked at once; only a record that has halves is then changed value by value.
    if not _has_surrogates(record):
        return record
    attributes = (*_TEXTS, *_NAMES, *_DATES, "extra")
    return record.replace(
        **{attribute: clean_value(getattr(record, attribute)) for attribute in attributes}
    )


def _has_surrogates(record: Record) -> bool:
    if first_surrogate("".join(filter(None, _TEXTS_OF(record)))) is not None:
        return True
    for names in _NAMES_OF(record):
        for name in names:
            if first_surrogate("".join(filter(None, _PARTS_OF(name)))) is not None:
                return True
    for date in _DATES_OF(record):
        if date is not None and any(map(_is_broken, (date.literal, date.season_name))):
            return True
    return bool(record.extra) and any(map(_is_broken, _texts_in(dict(record.extra))))


def _is_broken(text: str | None) -> bool:
    return text is not None and first_surrogate(text) is not None


def _texts_in(value: Any) -> Iterator[str]:
    """Yield the texts in a value, however deeply it is nested."""
    waiting = [value]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list | tuple) and id(one) not in seen:
            seen.add(id(one))
            if isinstance(one, dict):
                waiting.extend(one)
                waiting.extend(one.values())
            else:
                waiting.extend(one)


def clean_value(value: Any) -> Any:
    r"""Return a value whose texts UTF-8 can express.

    Args:
        value: A text, a `Name`, a `Date`, or lists and mappings of these; any other value is
            returned unchanged.

    Example:
        >>> clean_value({"a": ["\ud83d\ude00"]}) == {"a": ["😀"]}
        True
    """
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, Name | Date):
        fields = _PARTS if isinstance(value, Name) else _WORDS
        found = {field: getattr(value, field) for field in fields}
        if not any(map(_is_broken, found.values())):
            return value
        changed: dict[str, Any] = {
            field: without_surrogates(text) for field, text in found.items() if text
        }
        return evolve(value, **changed)
    if isinstance(value, tuple):
        return tuple(map(clean_value, value))
    if isinstance(value, list):
        return list(map(clean_value, value))
    if isinstance(value, Mapping):
        return {clean_value(key): clean_value(one) for key, one in value.items()}
    return value
