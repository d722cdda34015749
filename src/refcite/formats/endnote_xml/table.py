"""The table of types and roles, made ready for reading, for writing and for being shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Row, Spec, TypeRow, gathered
from refcite.formats.endnote_xml.types import (
    COMMON,
    GROUPS,
    TYPES,
    WRITTEN_AS,
    EndNoteType,
    Reading,
)
from refcite.vocabulary import ITEM_TYPES

__all__ = ["PATHS", "Role", "mapping", "roles_of", "type_named", "written_type"]


@frozen
class Role:
    """What an element means in a type.

    Attributes:
        element: The element, without the group in which it stands.
        variable: The CSL variable that it fills.
        reading: How it is read.
        rank: 1 for what is written too.
    """

    element: str
    variable: str
    reading: Reading
    rank: int = 1


PATHS: Final = {name: f"{group}/{name}" for group, names in GROUPS.items() for name in names}
"""The paths of elements that stand in a group."""

_BY_NAME: Final = {"".join(one.name.casefold().split()): one for one in TYPES}
_BY_NUMBER: Final = {str(one.number): one for one in TYPES if not one.is_new}
_NAMED: Final = {one.name: one for one in TYPES}
_NOTES: Final = {
    Reading.ISSUED: "with pub-dates",
    Reading.EPUB: "a date, else the edition",
    Reading.EXTENT: "a range is the page",
    Reading.SERIAL: "by form or name, one a line",
    Reading.LINK: "the first",
    Reading.PROCEEDINGS: "the container-title without custom3",
}


@lru_cache(maxsize=256)
def type_named(name: str, number: str = "") -> EndNoteType | None:
    """Return the type of a name, or else of a number; None where there is none.

    Example:
        >>> type_named("Journal Article").number, type_named("", "6").name
        (17, 'Book')
    """
    return _BY_NAME.get("".join(name.casefold().split())) or _BY_NUMBER.get(number)


def written_type(csl_type: str) -> EndNoteType:
    """Return the type that is written for a CSL type.

    Example:
        >>> written_type("thesis").name, written_type("figure").name
        ('Thesis', 'Figure')
    """
    name = WRITTEN_AS.get(csl_type)
    if name:
        return _NAMED[name]
    return next((one for one in TYPES if one.type == csl_type), _NAMED["Generic"])


@cache
def roles_of(own: EndNoteType) -> Mapping[str, Role]:
    """Return what the elements mean in a type, those that are written first."""
    roles: dict[str, Role] = {}
    for word in f"{COMMON} {own.roles}".split():
        element, _, meaning = word.partition("=")
        place, _, how = meaning.partition("@")
        variable, _, rank = place.partition(":")
        roles.pop(element, None)
        if variable:
            reading = Reading(how) if how else Reading.TEXT
            roles[element] = Role(element, variable, reading, int(rank or 1))
    return dict(sorted(roles.items(), key=lambda item: item[1].rank))


def mapping() -> Spec:
    """Return the types and elements beside CSL's types and variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "translator" and row.writes]
        ['contributors/subsidiary-authors']
    """
    rows = {csl_type: tuple(_fields(csl_type)) for csl_type in ITEM_TYPES}
    return Spec(tuple(_types()), gathered(rows))


def _types() -> Iterator[TypeRow]:
    for own in TYPES:
        yield TypeRow(own.name, own.type, writes=written_type(own.type) is own)
    for csl_type in ITEM_TYPES:
        own = written_type(csl_type)
        if own.type != csl_type:
            yield TypeRow(own.name, csl_type, reads=False)


def _fields(csl_type: str) -> Iterator[Row]:
    for role in roles_of(written_type(csl_type)).values():
        own = PATHS.get(role.element, role.element)
        yield Row(own, role.variable, writes=role.rank == 1, note=_NOTES.get(role.reading, ""))
        if role.reading is Reading.SERIAL:
            for name in ("ISBN", "ISSN"):
                if name != role.variable:
                    yield Row(own, name, note="with its name before it")
        elif role.reading is Reading.EXTENT:
            yield Row(own, "page", writes=False, note="a range")
        elif role.reading is Reading.EPUB:
            yield Row(own, "edition", writes=False, note="what is no date")
        elif role.reading is Reading.PROCEEDINGS:
            yield Row(own, "container-title", writes=False, note="without custom3")
