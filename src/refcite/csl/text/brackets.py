"""Brackets of affixes within other brackets, which become square in notes."""

from __future__ import annotations

from typing import Final

__all__ = ["alternate_brackets", "has_brackets"]

_BRACKETS: Final = frozenset("()")


def has_brackets(affixes: str) -> bool:
    """Whether affixes have round brackets."""
    return not _BRACKETS.isdisjoint(affixes)


def alternate_brackets(affix: str, depth: int) -> tuple[str, int]:
    """Return an affix in which nested brackets are square, and the depth of the brackets.

    Example:
        >>> alternate_brackets(" (", 1), alternate_brackets(").", 2)
        ((' [', 2), ('].', 1))
    """
    if not has_brackets(affix):
        return affix, depth
    characters = []
    for character in affix:
        if character == "(":
            characters.append("[" if depth % 2 else "(")
            depth += 1
        elif character == ")":
            depth -= 1
            characters.append("]" if depth % 2 else ")")
        else:
            characters.append(character)
    return "".join(characters), depth
