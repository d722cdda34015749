"""Name particles that stand inside the family or given name.

Most data keeps `van Gogh` in the family name and `Ludwig van` in the given name. citeproc-js and
Zotero take the particles out: leading words in lower case of the family name become the
non-dropping particle, trailing ones of the given name the dropping particle. A family name in
straight quotation marks is kept whole.
"""

from __future__ import annotations

__all__ = ["leading_particles", "trailing_particles"]


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
    if space < 0:
        end = max(text.rfind(mark, start) for mark in "-'\u2019\u02bb") + 1
        return end if start < end < len(text) else 0
    while text[space : space + 1] == " ":
        space += 1
    return space if space < len(text) else 0


def trailing_particles(given: str) -> tuple[str, str]:
    """Split a given name into the rest and its trailing particles.

    Example:
        >>> trailing_particles("Ludwig van"), trailing_particles("Jean de la")
        (('Ludwig', 'van'), ('Jean', 'de la'))
        >>> trailing_particles("John Robert")
        ('John Robert', '')
    """
    end = len(given)
    while (space := given.rfind(" ", 0, end)) > 0 and _is_lower(given[space + 1 : end]):
        end = len(given[:space].rstrip(" "))
    return given[:end], given[end:].strip()


def _is_lower(word: str) -> bool:
    first = word.lstrip("-'\u2019\u02bb \t")[:1]
    return bool(first) and first.upper() != first
