"""Persons and entities of the Citation File Format, as names, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from refcite.names import Name

__all__ = ["ANONYMOUS", "place_of", "read_agent", "write_agent", "write_agents"]

ANONYMOUS: Final = {"alias": "anonymous"}
"""Who stands for the author where there is none: the schema wants one."""

_PERSON: Final = ("family-names", "given-names", "name-particle", "name-suffix")
_PLACE: Final = ("city", "region", "country")


def read_agent(agent: Any) -> tuple[Name | None, bool]:
    """Return the name of a person or an entity, and whether it says all.

    Example:
        >>> read_agent({"family-names": "Gogh", "name-particle": "van", "orcid": "x"})
        (Name(family='Gogh', non_dropping_particle='van'), False)
        >>> read_agent({"name": "The FreeBSD Foundation"})
        (Name(literal='The FreeBSD Foundation'), True)
    """
    if isinstance(agent, str):
        return (Name.parse(agent), True) if agent.strip() else (None, True)
    if not isinstance(agent, Mapping):
        return None, False
    parts = {key: str(part) for key, part in agent.items() if isinstance(part, str) and part}
    literal = parts.get("name")
    known: tuple[str, ...] = ("name",)
    if literal is None and not any(key in parts for key in _PERSON):
        literal, known = parts.get("alias"), ("alias",)
    if literal is not None:
        return Name(literal=literal), parts.keys() <= set(known)
    if not any(key in parts for key in _PERSON):
        return None, False
    name = Name.of_parts(
        parts.get("family-names", ""),
        parts.get("given-names", ""),
        parts.get("name-suffix", ""),
        particle=parts.get("name-particle"),
    )
    return name, parts.keys() <= set(_PERSON)


def write_agent(name: Name) -> dict[str, str]:
    """Return a name as a person, or as an entity where it is one literal.

    Example:
        >>> write_agent(Name(family="King", given="Martin Luther", suffix="Jr."))
        {'family-names': 'King', 'given-names': 'Martin Luther', 'name-suffix': 'Jr.'}
    """
    if name.literal is not None:
        return {"name": name.literal}
    parts = {
        "family-names": name.family,
        "given-names": name.parts().given,
        "name-particle": name.non_dropping_particle,
        "name-suffix": name.suffix,
    }
    return {key: part for key, part in parts.items() if part}


def write_agents(names: Sequence[Name], known: Any) -> list[dict[str, Any]]:
    """Return names as persons and entities.

    Args:
        names: The names.
        known: The persons as the source has them, where it says more of them than their names.
    """
    said: list[tuple[Name | None, Any]] = [
        (read_agent(agent)[0], agent) for agent in (known if isinstance(known, list) else ())
    ]
    made = []
    for name in names:
        agent = next((agent for of, agent in said if of == name), None)
        made.append(dict(agent) if isinstance(agent, Mapping) else write_agent(name))
    return made


def place_of(entity: Mapping[str, Any]) -> str:
    """Return where an entity is: its `location`, or its city, region and country.

    Example:
        >>> place_of({"name": "MIT Press", "city": "Cambridge", "region": "MA"})
        'Cambridge, MA'
    """
    place = entity.get("location")
    if isinstance(place, str) and place:
        return str(place)
    parts = (entity.get(key) for key in _PLACE)
    return ", ".join(str(part) for part in parts if isinstance(part, str) and part)
