"""Names that must show more of the given name in every cite.

Source: CSL 1.0.2, `givenname-disambiguation-rule`, all rules but `by-cite`.

Two persons named Doe are told apart by initials, two named J. Doe by their given names in full,
wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from refcite.csl.initials import initials
from refcite.csl.prepared import PreparedName

__all__ = ["NameLevels"]


class _Family:
    """The persons of one family name."""

    __slots__ = ("given_by_initials", "members")

    def __init__(self) -> None:
        self.given_by_initials: dict[str, set[str]] = {}
        self.members: list[tuple[PreparedName, str]] = []


class NameLevels:
    """Finds out how much of each name tells it apart from all others.

    Args:
        rule: The `givenname-disambiguation-rule`.
        keeps_particle: Whether the non-dropping particle belongs to the family name.
        shows_initials: Whether the style has initials at all (`initialize-with`).
    """

    def __init__(self, rule: str, keeps_particle: bool, shows_initials: bool) -> None:
        self.first_only = rule.startswith("primary-name")
        self._at_most = 1 if rule.endswith("-with-initials") else 2
        self._keeps_particle = keeps_particle
        self._shows_initials = shows_initials
        self._families: dict[str, _Family] = {}

    def add(self, names: Iterable[PreparedName], owner: str) -> set[str]:
        """Take an item's names; return the items whose names must now show more.

        Args:
            names: The names that its cites show.
            owner: The item.
        """
        changed: set[str] = set()
        for name in names:
            if name.literal is not None or not name.given:
                continue
            family = self._families.setdefault(self._key_of(name), _Family())
            given = " ".join(name.given.replace(".", " ").split())
            short = initials(given, "")
            family.given_by_initials.setdefault(short, set()).add(given)
            family.members.append((name, owner))
            changed |= self._raise(family)
        return changed

    def _key_of(self, name: PreparedName) -> str:
        return f"{name.non_dropping} {name.family}" if self._keeps_particle else name.family

    def _raise(self, family: _Family) -> set[str]:
        if (
            len(family.given_by_initials) == 1
            and len(next(iter(family.given_by_initials.values()))) == 1
        ):
            return set()
        changed: set[str] = set()
        several = len(family.given_by_initials) > 1
        for name, owner in family.members:
            given = " ".join(name.given.replace(".", " ").split())
            alike = family.given_by_initials[initials(given, "")]
            level = 1 if several else 0
            if len(alike) > 1 or (several and not self._shows_initials):
                level = 2
            if self._at_most == 1:
                level = 1 if several else 0
            if name.level != level:
                name.level = level
                changed.add(owner)
        return changed
