"""Names of persons where a format holds family name, given names and suffix, and no particles.

Such formats write particles with the part beside them: `van der Berg` is a family name, `A. de` are
given names.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from refcite.names import Name

__all__ = ["Parts", "person", "person_of_text", "text_of", "written_parts"]

_PARTICLES: Final = "d' d’ da de del della den der di do dos du la le ten ter van von zu zum zur"
_TRAILING: Final = frozenset(_PARTICLES.split())
"""Particles that may stand behind a given name."""
_APOSTROPHES: Final = frozenset("'’")


@frozen
class Parts:
    """A person's name as such formats hold it; what is empty is not written."""

    family: str = ""
    given: str = ""
    suffix: str = ""


def person(family: str, given: str = "", suffix: str = "") -> Name:
    """Return the name of a person, with the particles that the parts begin or end with.

    Words in lower case before a family name are a non-dropping particle, known particles behind a
    given name a dropping one.

    Example:
        >>> person("van der Berg", "Jan")
        Name(family='Berg', given='Jan', non_dropping_particle='van der')
        >>> person("Koning", "A. de").dropping_particle
        'de'
    """
    first, family = _leading(family.strip())
    given, last = _trailing(given.strip())
    return Name(
        family=family or None,
        given=given or None,
        suffix=suffix.strip() or None,
        non_dropping_particle=first or None,
        dropping_particle=last or None,
    )


def _leading(family: str) -> tuple[str, str]:
    if not family[:1].islower():
        return "", family
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _trailing(given: str) -> tuple[str, str]:
    if not given[-1:].islower() and given[-1:] not in _APOSTROPHES:
        return given, ""
    words = given.split(" ")
    count = len(words)
    while count > 1 and words[count - 1] in _TRAILING:
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])


def written_parts(name: Name) -> Parts:
    """Return the parts of a name that is no literal, its particles beside them.

    Example:
        >>> written_parts(Name(family="Berg", given="Jan", non_dropping_particle="van der"))
        Parts(family='van der Berg', given='Jan', suffix='')
    """
    return Parts(
        " ".join(filter(None, (name.non_dropping_particle, name.family))),
        " ".join(filter(None, (name.given, name.dropping_particle))),
        name.suffix or "",
    )


def person_of_text(text: str) -> Name:
    """Read `Last, First, Suffix`; what has no comma and several words is an organisation.

    Example:
        >>> person_of_text("King, Martin Luther, Jr.").suffix
        'Jr.'
        >>> person_of_text("World Health Organization").literal, person_of_text("Plato").family
        ('World Health Organization', 'Plato')
    """
    family, *others = (part.strip() for part in text.split(","))
    if not others:
        return Name(literal=family) if " " in family else Name(family=family)
    if not family or not any(others):
        return Name(literal=text.strip(", ") or text)
    return person(family, others[0], ", ".join(filter(None, others[1:])))


def text_of(name: Name) -> str:
    """Return a name as `Last, First, Suffix`; an organisation as it is.

    Example:
        >>> text_of(Name(family="King", given="Martin Luther", suffix="Jr."))
        'King, Martin Luther, Jr.'
    """
    if name.literal is not None:
        return name.literal
    parts = written_parts(name)
    if parts.suffix:
        return f"{parts.family}, {parts.given}, {parts.suffix}"
    return f"{parts.family}, {parts.given}" if parts.given else parts.family
