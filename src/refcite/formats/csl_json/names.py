"""Names in CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from refcite.names import Name
from refcite.problems import Problem, Severity

__all__ = ["FALSE", "decode_names", "encode_name", "encode_names_anew", "unread_parts"]

_PARTS: Final = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
    "suffix": "suffix",
    "literal": "literal",
}
_FLAGS: Final = {"comma-suffix": "comma_suffix", "static-ordering": "static_ordering"}
_READ: Final = frozenset({*_PARTS, *_FLAGS, "name", "sequence", "parse-names"})
"""Keys of a name that are read, or that say nothing of it."""
FALSE: Final = (None, False, 0, "", "0", "false", "no")
"""The ways to say no: the schema lets a flag be a boolean, a number or a text."""


def decode_names(raw: Any, problems: list[Problem]) -> tuple[tuple[Name, ...], bool]:
    """Read a name variable.

    Args:
        raw: The JSON value.
        problems: List to which doubts are added.

    Returns:
        The names, and whether `encode_name` would write them as they are.

    Example:
        >>> names, exact = decode_names([{"family": "Kafka", "given": "Franz"}], [])
        >>> names[0].family, exact
        ('Kafka', True)
    """
    if not isinstance(raw, list):
        if raw is not None:
            problems.append(_problem("names must stand in an array"))
        raw, exact = ([] if raw is None else [raw]), False
    else:
        exact = bool(raw)
    names = []
    for item in raw:
        name = _simple_name(item)
        if name is None:
            exact = False
            name = _name(item, problems)
        if name is not None:
            names.append(name)
    return tuple(names), exact


def _simple_name(item: Any) -> Name | None:
    """Read a name of known parts, all of them texts: the form in which nearly all names come."""
    if type(item) is not dict or ("literal" in item and len(item) > 1):
        return None
    parts: dict[str, Any] = {}
    for key, value in item.items():
        attribute = _PARTS.get(key)
        if attribute is None or type(value) is not str:
            return None
        parts[attribute] = value
    return Name(**parts)


def _name(item: Any, problems: list[Problem]) -> Name | None:
    if isinstance(item, str):
        problems.append(_problem(f"a name must be an object, not the text {item!r:.60}"))
        return Name.parse(item)
    if not isinstance(item, dict):
        if item is not None:
            problems.append(_problem(f"a name must be an object, not {item!r:.60}"))
        return Name(literal=str(item)) if isinstance(item, int | float) else None
    parts: dict[str, Any] = {
        _PARTS[key]: _text(item[key], key, problems) for key in _PARTS if key in item
    }
    unread = [key for key in item if key not in _READ and item[key]]
    if unread:
        problems.append(unread_parts("a name", unread))
    flags: dict[str, Any] = {_FLAGS[key]: item[key] not in FALSE for key in _FLAGS if key in item}
    if not any(parts.values()) and isinstance(item.get("name"), str):
        # Crossref's organisations
        return Name(literal=item["name"], **flags)
    literal = parts.pop("literal", None)
    if literal:
        if any(parts.values()):
            problems.append(
                _problem(f"beside the literal {literal!r:.60} other parts are not read")
            )
        return Name(literal=literal, **flags)
    if literal is not None and not parts:
        return Name(literal=literal, **flags)
    if not any(parts.values()):
        problems.append(_problem("a name has no part that is known"))
    return Name(**parts, **flags)


def _text(value: Any, key: str, problems: list[Problem]) -> str | None:
    if isinstance(value, str | None):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    problems.append(_problem(f"a name's {key} must be a text, not {value!r:.60}"))
    return None


def encode_name(name: Name) -> dict[str, Any]:
    """Return a name as CSL-JSON.

    Example:
        >>> encode_name(Name(family="Beethoven", non_dropping_particle="van"))
        {'family': 'Beethoven', 'non-dropping-particle': 'van'}
    """
    # One by one: a loop over the parts takes as long as all else that is done for an item.
    value: dict[str, Any] = {}
    if name.family is not None:
        value["family"] = name.family
    if name.given is not None:
        value["given"] = name.given
    if name.dropping_particle is not None:
        value["dropping-particle"] = name.dropping_particle
    if name.non_dropping_particle is not None:
        value["non-dropping-particle"] = name.non_dropping_particle
    if name.suffix is not None:
        value["suffix"] = name.suffix
    if name.literal is not None:
        value["literal"] = name.literal
    if name.comma_suffix:
        value["comma-suffix"] = True
    if name.static_ordering:
        value["static-ordering"] = True
    return value


def encode_names_anew(names: Sequence[Name], raw: Any, read: Sequence[Name]) -> list[Any]:
    """Return names as CSL-JSON, those that have not changed as the source spelled them.

    Args:
        names: The names as they are now.
        raw: The JSON value that was read.
        read: The names that were read from it.
    """
    if not isinstance(raw, list) or len(raw) != len(read):
        return [encode_name(name) for name in names]
    return [raw[read.index(name)] if name in read else encode_name(name) for name in names]


def unread_parts(what: str, keys: Iterable[str]) -> Problem:
    """Return what is said of parts that no attribute holds.

    Args:
        what: What has the parts.
        keys: Their names.
    """
    return Problem(
        severity=Severity.INFO,
        code="unread-part",
        message=f"{what} has parts that are not read: {', '.join(keys):.60}",
        hint="they are written back to the same format, and to no other",
    )


def _problem(message: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="invalid-name",
        message=message,
        hint="it is kept as it was",
    )
