"""Disambiguation of names: given names that are shown in every cite.

Source: CSL 1.0.2, `givenname-disambiguation-rule`, all rules but `by-cite`.

Two persons named Doe are distinguished by initials, two named J. Doe by their given names in full,
wherever they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from refcite.csl.render.initials import initials
from refcite.csl.render.item import PreparedName

__all__ = ["NameLevels"]


class _Family:
    """The persons of one family name: by their initials, by their given names."""

    __slots__ = ("by_initials", "members")

    def __init__(self) -> None:
        self.by_initials: dict[str, set[str]] = {}
        self.members: dict[str, list[tuple[PreparedName, str]]] = {}


class NameLevels:
    """Finds the part of each name that distinguishes it from all others.

    Args:
        rule: The `givenname-disambiguation-rule`.
        keeps_particle: Whether the non-dropping particle belongs to the family name.
        shows_initials: Whether the style uses initials (`initialize-with`).
    """

    def __init__(self, rule: str, keeps_particle: bool, shows_initials: bool) -> None:
        self.first_only = rule.startswith("primary-name")
        self._at_most = 1 if rule.endswith("-with-initials") else 2
        self._keeps_particle = keeps_particle
        self._shows_initials = shows_initials
        self._families: dict[str, _Family] = {}

    def expect(self, names: Iterable[PreparedName]) -> list[PreparedName]:
        """Set the levels that names will have when they are added; return those that show more.

        Args:
            names: Names that cites are likely to show.
        """
        raised: list[PreparedName] = []
        for name in names:
            family = None if name.literal is not None else self._families.get(self._key_of(name))
            if family is None or not name.given:
                continue
            given = _spelled(name)
            short = initials(given, "")
            same = family.by_initials.get(short, set())
            several = len(family.by_initials) > (short in family.by_initials)
            name.level = self._level_for(several, len(same) + (given not in same))
            if name.level:
                raised.append(name)
        return raised

    def add(self, names: Iterable[PreparedName], owner: str) -> set[str]:
        """Add an item's names; return the items whose names must now show more.

        Args:
            names: The names that its cites show.
            owner: The item.
        """
        changed: set[str] = set()
        for name in names:
            if name.literal is not None or not name.given:
                continue
            family = self._families.setdefault(self._key_of(name), _Family())
            given = _spelled(name)
            short = initials(given, "")
            family.members.setdefault(short, []).append((name, owner))
            same = family.by_initials.setdefault(short, set())
            is_new = given not in same
            same.add(given)
            changed |= self._raised(family, short, name, owner, is_new)
        return changed

    def remove(self, names: Iterable[PreparedName], owner: str) -> set[str]:
        """Remove an item's names; return the items whose names may now show less."""
        changed: set[str] = set()
        for name in names:
            if name.literal is not None or not name.given:
                continue
            family = self._families[self._key_of(name)]
            short = initials(_spelled(name), "")
            left = [member for member in family.members[short] if member != (name, owner)]
            if left:
                family.members[short] = left
                family.by_initials[short] = {_spelled(member) for member, _ in left}
            else:
                del family.members[short], family.by_initials[short]
            changed |= self._settled(family, family.by_initials)
        return changed

    def _raised(
        self, family: _Family, short: str, name: PreparedName, owner: str, is_new: bool
    ) -> set[str]:
        """Set the levels that one more name changes; return the items with these names."""
        same = family.by_initials[short]
        if is_new and len(same) == 1 and len(family.by_initials) == 2:
            shorts = list(family.by_initials)
        elif is_new and len(same) == 2:
            shorts = [short]
        else:
            level = self._level(family, short)
            if level == name.level:
                return set()
            name.level = level
            return {owner}
        return self._settled(family, shorts)

    def _settled(self, family: _Family, shorts: Iterable[str]) -> set[str]:
        """Set the levels of the names with some initials; return the items whose levels change."""
        changed: set[str] = set()
        for short in shorts:
            level = self._level(family, short)
            for name, owner in family.members[short]:
                if name.level != level:
                    name.level = level
                    changed.add(owner)
        return changed

    def _level(self, family: _Family, short: str) -> int:
        return self._level_for(len(family.by_initials) > 1, len(family.by_initials[short]))

    def _level_for(self, several: bool, same: int) -> int:
        """Return the level of a name.

        Args:
            several: Whether others of the family have other initials.
            same: The number of given names that have the same initials.
        """
        if self._at_most == 1:
            return 1 if several else 0
        if same > 1 or (several and not self._shows_initials):
            return 2
        return 1 if several else 0

    def _key_of(self, name: PreparedName) -> str:
        return f"{name.non_dropping} {name.family}" if self._keeps_particle else name.family


def _spelled(name: PreparedName) -> str:
    """Return given names in one spelling."""
    return " ".join(name.given.replace(".", " ").split())
