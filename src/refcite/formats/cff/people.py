"""Persons and entities of the Citation File Format, as names, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from refcite.formats.draft import Draft
from refcite.formats.namelists import list_in_name, names_of, of_names
from refcite.names import Name
from refcite.problems import Severity

__all__ = ["ANONYMOUS", "place_of", "read_agents", "write_agents"]

ANONYMOUS: Final = {"alias": "anonymous"}
"""The placeholder for a missing author: the schema requires an author."""

_PERSON: Final = ("family-names", "given-names", "name-particle", "name-suffix")
_PLACE: Final = ("city", "region", "country")


def read_agents(value: Any, draft: Draft) -> tuple[Name, ...]:
    """Return the names of persons and entities; their other data are kept.

    Args:
        value: One, or a list of them.
        draft: Collects the other data and the problems.
    """
    agents = value if isinstance(value, list) else [value]
    read = [_read(agent) for agent in agents]
    names: list[Name] = []
    for agent, (name, _) in zip(agents, read, strict=True):
        if isinstance(agent, str) and name is not None:
            names += draft.names(names_of([agent], _EACH, Name.parse, is_straight=True))
        elif name is not None:
            names.append(name)
            if name.literal is not None:
                draft.doubts(list_in_name(name, _EACH))
    if not all(is_whole for _, is_whole in read):
        draft.keep(draft.own, value)
    if any(name is None for name, _ in read):
        message = f"a person of {draft.own} has no name"
        hint = "add family-names, or a name"
        draft.report("invalid-name", message, Severity.WARNING, hint)
    return draft.names(of_names(names))


_EACH: Final = "use a separate item of the list for each person, with family-names and given-names"


def _read(agent: Any) -> tuple[Name | None, bool]:
    """Return the name of a person or an entity, and whether it states all."""
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


def _write(name: Name) -> dict[str, str]:
    """Return a name as a person, or as an entity if it is one literal."""
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
        known: The persons as the source has them, if it states more of them than their names.

    Example:
        >>> king = Name(family="King", given="Martin Luther", suffix="Jr.")
        >>> write_agents([king], None)
        [{'family-names': 'King', 'given-names': 'Martin Luther', 'name-suffix': 'Jr.'}]
    """
    said: list[tuple[Name | None, Any]] = [
        (_read(agent)[0], agent) for agent in (known if isinstance(known, list) else ())
    ]
    made = []
    for name in names:
        agent = next((agent for of, agent in said if of == name), None)
        made.append(dict(agent) if isinstance(agent, Mapping) else _write(name))
    return made


def place_of(entity: Mapping[str, Any]) -> str:
    """Return the place of an entity: its `location`, or its city, region and country.

    Example:
        >>> place_of({"name": "MIT Press", "city": "Cambridge", "region": "MA"})
        'Cambridge, MA'
    """
    place = entity.get("location")
    if isinstance(place, str) and place:
        return str(place)
    parts = (entity.get(key) for key in _PLACE)
    return ", ".join(str(part) for part in parts if isinstance(part, str) and part)
