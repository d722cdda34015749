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
        self.identity = object()
        self.comma_suffix = name.comma_suffix
        self.literal = name.literal
        self.family = name.family or ""
        self.given = name.given or ""
        self.dropping = name.dropping_particle or ""
        self.non_dropping = name.non_dropping_particle or ""
        self.suffix = name.suffix or ""
        self.raw = name.literal or "".join(
            (self.non_dropping, self.family, self.given, self.dropping, self.suffix)
        )
        if self.literal is None and not self.family and self.given:
            self.literal, self.given = self.given, ""
        self._order(name, language)

    def _order(self, name: Name, language: str) -> None:
        romanesque = has_romanesque(self.family)
        mixed = not romanesque and is_romanesque(self.given)
        if romanesque and language[:2] in _EAST_ASIAN:
            mixed = True
        self.unspaced = self.literal is None and not romanesque and not mixed
        self.family_first = (
            name.static_ordering or mixed or self.unspaced or language in _FAMILY_FIRST
        )
        self.keeps_given = language[:2] in _EAST_ASIAN or language in _FAMILY_FIRST

    def copy(self) -> PreparedName:
        """Return the same name for another item, with a level of its own."""
        made = PreparedName.__new__(PreparedName)
        made.level = 0
        made.identity = self.identity
        made.comma_suffix = self.comma_suffix
        made.literal = self.literal
        made.family = self.family
        made.given = self.given
        made.dropping = self.dropping
        made.non_dropping = self.non_dropping
        made.suffix = self.suffix
        made.raw = self.raw
        made.unspaced = self.unspaced
        made.family_first = self.family_first
        made.keeps_given = self.keeps_given
        return made


# Authors recur in a library: most names are prepared once, and their output is found again.
@lru_cache(maxsize=16384)
def _prepared(name: Name, language: str) -> PreparedName:
    return PreparedName(name, language)


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
            found = tuple([_prepared(name, language).copy() for name in names])
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
