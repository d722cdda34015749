"""Name particles that stand inside the family or given name.

Most data keeps `van Gogh` in the family name and `Ludwig van` in the given name. citeproc-js and
Zotero take the particles out: leading words in lower case of the family name become the
non-dropping particle, trailing ones of the given name the dropping particle. A family name in
straight quotation marks is kept whole.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["leading_particles", "trailing_particles"]

# Words are joined by a space, or end in an apostrophe or (in family names) a hyphen.
_LEADING: Final = re.compile("([^ ]+?(?:-|[\u02bb\u2019'] ?| ) *)(?=.)", re.DOTALL)
_APOSTROPHES: Final = "'\u2019\u02bb"


def leading_particles(family: str) -> tuple[str, str]:
    """Split a family name into its leading particles and the rest.

    Example:
        >>> leading_particles("van der Rohe"), leading_particles("d'Alembert")
        (('van der', 'Rohe'), ("d'", 'Alembert'))
        >>> leading_particles("La Fontaine"), leading_particles("al-Hakim")
        (('', 'La Fontaine'), ('al-', 'Hakim'))
    """
    position = 0
    while found := _longest_word(family, position):
        if not _is_lower(family[position:found]):
            break
        position = found
    particles, rest = family[:position], family[position:]
    stripped = particles.strip()
    # A space after an apostrophe was written on purpose.
    if particles.endswith(" ") and stripped.endswith(("'", "\u2019")):
        stripped += " "
    return stripped, rest


def _longest_word(text: str, start: int) -> int:
    """Return where the next particle would end, or 0 where none can stand."""
    space = text.find(" ", start)
    word = text[start:] if space < 0 else text[start:space]
    joint = max(word.rfind(mark) for mark in "-'\u2019\u02bb")
    if 0 < joint < len(word) - 1:
        end = start + joint + 1
    elif space >= 0:
        end = space
        while end < len(text) and text[end] == " ":
            end += 1
    else:
        return 0
    return end if end < len(text) else 0


def trailing_particles(given: str) -> tuple[str, str]:
    """Split a given name into the rest and its trailing particles.

    Example:
        >>> trailing_particles("Ludwig van"), trailing_particles("Jean de la")
        (('Ludwig', 'van'), ('Jean', 'de la'))
        >>> trailing_particles("John Robert")
        ('John Robert', '')
    """
    end = len(given)
    while True:
        space = given.rfind(" ", 0, end)
        apostrophe = max(given.rfind(mark, 0, end - 1) for mark in _APOSTROPHES) if end else -1
        cut = max(space, apostrophe)
        if cut <= 0 or not _is_lower(given[cut:end]):
            break
        end = len(given[:cut].rstrip(" ")) if cut == space else cut + 1
        if cut == apostrophe:
            break
    return given[:end].rstrip(" "), given[end:].strip()


def _is_lower(word: str) -> bool:
    first = word.lstrip("-'\u2019\u02bb \t")[:1]
    return bool(first) and first.upper() != first
