"""The table of types and roles, made ready for reading and for writing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from attrs import frozen

from refcite.formats.ris.types import COMMON, ORDER, TYPES, Reading, RisType
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES

__all__ = ["CODES", "KNOWN_TAGS", "Role", "Slot", "code_named", "code_of", "roles_of", "slots_of"]

CODES: Final[dict[str, RisType]] = {ris_type.code: ris_type for ris_type in TYPES}
KNOWN_TAGS: Final = frozenset(("TY", "ER", *ORDER))
"""The tags of the specifications."""

_ALIASES: Final = {"GRNT": "GRANT", "UNPD": "UNPB", "WEB": "ELEC"}
"""Codes that EndNote and Zotero write for others."""
_TITLES: Final = {
    "".join(ris_type.title.casefold().split()): ris_type.code for ris_type in TYPES
} | {"case": "CASE", "legalcase": "CASE", "websitepage": "ELEC", "website": "ELEC"}

_CODE_OF_TYPE: Final = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "book": "BOOK",
    "broadcast": "MPCT",
    "classic": "CLSWK",
    "dataset": "DATA",
    "entry": "ENCYC",
    "figure": "FIGURE",
    "interview": "PCOMM",
    "manuscript": "MANSCPT",
    "motion_picture": "MPCT",
    "paper-conference": "CONF",
    "performance": "ADVS",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "bill": "BILL",
    "treaty": "LEGAL",
    "document": "GEN",
}
"""The code that is written for a CSL type where there are several, or none of its own."""
_NAMES: Final = frozenset(NAME_VARIABLES)


@frozen
class Role:
    """What a tag means in a type.

    Attributes:
        reading: How its value is read.
        attribute: The record's attribute that it fills; empty for none.
        rank: 1 for the tag that fills it before all others.
        otherwise: The attribute that it fills when a better tag has filled the first.
    """

    reading: Reading
    attribute: str
    rank: int = 1
    otherwise: str | None = None


@frozen
class Slot:
    """A tag that can hold an attribute, when a record is written.

    Attributes:
        tag: The tag.
        role: What it means.
        is_otherwise: Whether the attribute is the role's second.
    """

    tag: str
    role: Role
    is_otherwise: bool


@lru_cache(maxsize=256)
def code_named(text: str) -> str | None:
    """Return the code that the value of `TY` means, or None.

    Example:
        >>> code_named("jour"), code_named("Journal Article"), code_named("XXXX")
        ('JOUR', 'JOUR', None)
    """
    code = text.upper()
    if code in CODES:
        return code
    return _ALIASES.get(code) or _TITLES.get("".join(text.casefold().split()))


@cache
def code_of(csl_type: str) -> str:
    """Return the code that is written for a CSL type.

    Example:
        >>> code_of("thesis"), code_of("article-journal"), code_of("event")
        ('THES', 'JOUR', 'GEN')
    """
    code = _CODE_OF_TYPE.get(csl_type)
    return code or next((known.code for known in TYPES if known.type == csl_type), "GEN")


@cache
def roles_of(code: str) -> Mapping[str, Role]:
    """Return what the tags mean in a type; a tag that is not there means nothing CSL has."""
    roles: dict[str, Role] = {}
    for word in f"{COMMON} {CODES[code].roles}".split():
        tag, _, meaning = word.partition("=")
        if meaning == "@text":
            roles.pop(tag, None)
        else:
            roles[tag] = _role(meaning)
    return roles


def _role(meaning: str) -> Role:
    places, _, how = meaning.partition("@")
    first, _, otherwise = places.partition("|")
    variable, _, rank = first.partition(":")
    reading = Reading(how) if how else Reading.NAMES if variable in _NAMES else Reading.TEXT
    return Role(
        reading,
        ATTRIBUTES[variable] if variable else "",
        int(rank or 1),
        ATTRIBUTES[otherwise] if otherwise else None,
    )


@cache
def slots_of(code: str) -> Mapping[str, tuple[Slot, ...]]:
    """Return for each attribute the tags that can hold it, the one to be written first."""
    roles = roles_of(code)
    slots: dict[str, list[Slot]] = {}
    for tag in ORDER:
        role = roles.get(tag)
        if role is None:
            continue
        if role.attribute:
            slots.setdefault(role.attribute, []).append(Slot(tag, role, is_otherwise=False))
        if role.otherwise:
            slots.setdefault(role.otherwise, []).append(Slot(tag, role, is_otherwise=True))
    return {attribute: tuple(found) for attribute, found in slots.items()}
