"""The items that the engine renders: data about a work, computed once for all cites."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from refcite.csl.render.csl_m_data import names_beyond
from refcite.csl.text.scripts import has_romanesque, is_romanesque
from refcite.names import Name
from refcite.record import Record

__all__ = ["Item", "PreparedName"]

# Languages whose names are written family first in any script.
_FAMILY_FIRST: Final = ("hu", "vi")
_EAST_ASIAN: Final = ("ja", "zh")


class PreparedName:
    """The parts of a name that styles use, and the result of its disambiguation.

    Attributes:
        family: Family name without particles.
        given: Given names without particles.
        dropping: Dropping particle.
        non_dropping: Non-dropping particle.
        suffix: Suffix such as `Jr.`.
        literal: The whole name, if it is not a person's.
        comma_suffix: Whether there is a comma before the suffix.
        family_first: Whether the family name comes first in every position.
        unspaced: Whether there is no space between the names, as in Chinese.
        keeps_given: Whether given names are never turned into initials.
        level: How much of the given name all cites must show: 0 as the style specifies, 1 initials,
            2 in full. Set by the disambiguation of names.
        raw: All parts as one text; names with equal texts are the same.
        identity: Is the same object for names with the same parts, under which their output is
            stored.
    """

    __slots__ = (
        "comma_suffix",
        "dropping",
        "family",
        "family_first",
        "given",
        "identity",
        "keeps_given",
        "level",
        "literal",
        "non_dropping",
        "raw",
        "suffix",
        "unspaced",
    )

    def __init__(self, name: Name, language: str) -> None:
        self.level = 0
        (
            self.identity,
            self.raw,
            self.literal,
            self.family,
            self.given,
            self.dropping,
            self.non_dropping,
            self.suffix,
            self.comma_suffix,
            self.unspaced,
            self.family_first,
            self.keeps_given,
        ) = _prepared(name, language)


# The attributes of a `PreparedName` but its level, in the order in which it sets them.
_Parts = tuple[object, str, str | None, str, str, str, str, str, bool, bool, bool, bool]


# Authors recur in a library: most names are prepared once, and their output is found again.
@lru_cache(maxsize=16384)
def _prepared(name: Name, language: str) -> _Parts:
    literal, given = name.literal, name.given or ""
    family, suffix = name.family or "", name.suffix or ""
    dropping, non_dropping = name.dropping_particle or "", name.non_dropping_particle or ""
    raw = literal or "".join((non_dropping, family, given, dropping, suffix))
    if literal is None and not family and given:
        literal, given = given, ""
    romanesque = has_romanesque(family)
    mixed = not romanesque and is_romanesque(given)
    if romanesque and language[:2] in _EAST_ASIAN:
        mixed = True
    unspaced = literal is None and not romanesque and not mixed
    family_first = name.static_ordering or mixed or unspaced or language in _FAMILY_FIRST
    keeps_given = language[:2] in _EAST_ASIAN or language in _FAMILY_FIRST
    return (
        object(),
        raw,
        literal,
        family,
        given,
        dropping,
        non_dropping,
        suffix,
        name.comma_suffix,
        unspaced,
        family_first,
        keeps_given,
    )


class Item:
    """A record with the additional data that the engine needs.

    Attributes:
        key: The key under which the engine stores it.
        record: The record.
        type: Its CSL type, or the one its source used.
        language: Its language in lower case, or an empty text.
        other_language: The language of its other edition, as it is written, or an empty text: `de`
            in `en>de` and in `de<en` (CSL-M).
        index: Its position in the order of registration.
        shape: Its shape, for which elements may be compiled (`shapes.py`); None if it is unknown.
    """

    __slots__ = (
        "_names",
        "index",
        "key",
        "language",
        "other_language",
        "record",
        "shape",
        "type",
    )

    def __init__(self, key: str, record: Record, index: int) -> None:
        self.key = key
        self.record = record
        self.index = index
        extra_type = record.extra.get("type") if record.extra else None
        self.type: str = extra_type if isinstance(extra_type, str) else record.type
        language = record.language or ""
        self.other_language = ""
        if "<" in language or ">" in language:
            language, self.other_language = _languages_of(language)
        self.language = language.lower()
        self.shape: Any = None
        self._names: dict[str, tuple[PreparedName, ...]] = {}

    def names(self, attribute: str) -> tuple[PreparedName, ...]:
        """Return the prepared names of a name variable."""
        found = self._names.get(attribute)
        if found is None:
            names: Any = getattr(self.record, attribute, None)
            if type(names) is not tuple:
                names = names_beyond(self.record, attribute, names)
            language = self.language
            found = tuple([PreparedName(name, language) for name in names])
            self._names[attribute] = found
        return found

    @property
    def levels(self) -> tuple[tuple[str, int, int], ...]:
        """The result of disambiguation for the names: variable, index in it, level."""
        return tuple(
            (attribute, index, name.level)
            for attribute, names in sorted(self._names.items())
            for index, name in enumerate(names)
            if name.level
        )

    def forget_levels(self) -> None:
        """Remove the result of disambiguation for the names."""
        for names in self._names.values():
            for name in names:
                name.level = 0


def _languages_of(languages: str) -> tuple[str, str]:
    """Return the language of a work and of its other edition: `en` and `de` of `de<en`."""
    this, sign, other = languages.partition(">")
    if not sign:
        other, _, this = languages.partition("<")
    return this.strip(), other.strip()
