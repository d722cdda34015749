"""Persons and bodies in an Author field or at the head of a string."""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.refworld.publishers import Publishers, is_country
from refcite.names import Name

__all__ = ["is_body", "is_person", "read_authors"]

_BODY_WORD: Final = re.compile(
    r"\b(?:academy|administration|agency|alliance|assembly|association|authorit(?:y|ies)|bank|board"
    r"|branch|brigade|bureau|campaign|cent(?:er|re)|chamber|clinic|coalition|collective|college"
    r"|commission(?:er)?|committee|confederation|congress|conseil|consortium|convention|council"
    r"|court|cour|department|direction|directorate|division|embassy|federation|force|forum"
    r"|foundation|fund|government|group|headquarters|initiative|institut(?:e|ion|ional)?"
    r"|international|journal|judiciary|league|library|media|ministry|mission|monitor|movement"
    r"|national|network|news|observatory|office|ombudsman|organi[sz]ations?|panel|parliament"
    r"|parliamentary|party|platform|police|press|programme|program|project|radio|rapporteur"
    r"|refugees?|registry|republic|research|rights|school|secretariat|section|senate|service"
    r"|services|society|staff|states|survey|taskforce|team|tribunal|trust|unicef|union|unit"
    r"|united|universit\w+|unhcr|watch)\b",
    re.IGNORECASE,
)
_NO_PERSON: Final = re.compile(r"[\d()\[\]/:;&@\"“”?!_|]|\b(?:of|for|on|in|to|with|against|by)\b")
_PARTICLE: Final = (
    r"(?:al|am|an|af|av|ben|bin|binti|bint|da|das|de|del|della|den|der|di|do|dos|du|el|ibn|la|las"
    r"|le|los|of|ould|ter|ten|van|vom|von|y|zu|zum|zur)"
)
_WORD: Final = (
    r"(?:(?:[a-z]{1,2}['’-])?[^\W\d_a-z](?:[\w'’.]|(?<=\w)[-‑](?=\w))*|"
    rf"{_PARTICLE})"
)
_PERSON: Final = re.compile(rf"(?!(?:The|An?|In|On|Les?|La)\b){_WORD}(?: {_WORD}){{1,5}}")
_ROLE: Final = re.compile(
    r",? \(?(?:[\w&/'’ -]+ )?(?:adviser|advisor|analyst|bureau chief|commentator|correspondent"
    r"|co-?ordinator|director|editor|officer|reporter|researcher|special to [\w /-]+|staff writer"
    r"|writer)s?\b.*$",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"^(?:by|written by) ", re.IGNORECASE)
_LONGEST: Final = 500
_AND: Final = re.compile(r" and | & |; ?|, ")


def is_body(text: str, publishers: Publishers) -> bool:
    """Tell whether a name is an organisation's.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> is_body("Office to Monitor and Combat Trafficking in Persons", known_publishers())
        True
        >>> is_body("Marina Sharpe", known_publishers())
        False
    """
    return (
        publishers.find(text) is not None
        or _BODY_WORD.search(text) is not None
        or not is_person(text)
    )


def is_person(text: str) -> bool:
    """Tell whether a text is written as a person's name is.

    Example:
        >>> [is_person(text) for text in ("Cleo Hansen-Lohrey", "Handbook", "Safe & Sound")]
        [True, False, False]
    """
    return (
        len(text) <= 60
        and _NO_PERSON.search(text) is None
        and _BODY_WORD.search(text) is None
        and _PERSON.fullmatch(text) is not None
        and not text.isupper()
        and not is_country(text)
    )


def read_authors(text: str, publishers: Publishers) -> tuple[Name, ...]:
    """Read the names of an Author field; an organisation is never split.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> [name.literal for name in read_authors(
        ...     "Research Directorate, Immigration and Refugee Board, Canada", known_publishers())]
        ['Research Directorate, Immigration and Refugee Board, Canada']
        >>> read_authors("John Aglionby, East Africa Correspondent", known_publishers())[0].family
        'Aglionby'
    """
    text = _BY.sub("", text.strip(" .,;|"))
    if not text:
        return ()
    if len(text) > _LONGEST:
        return (Name(literal=text),)
    if ";" in text:
        pieces = [piece for piece in (part.strip() for part in text.split(";")) if piece]
        return tuple(name for piece in pieces for name in read_authors(piece, publishers))
    if publishers.find(text) is not None:
        return (Name(literal=text),)
    person = _ROLE.sub("", text)
    pieces = [piece.strip() for piece in _AND.split(person) if piece.strip()]
    if pieces and all(map(is_person, pieces)):
        return tuple(map(Name.parse, pieces))
    if _is_inverted(person):
        return (Name.parse(person),)
    return (Name(literal=text),)


def _is_inverted(text: str) -> bool:
    """Tell whether a name is written `Sharpe, Marina`."""
    family, comma, given = text.partition(", ")
    return bool(comma) and "," not in given and is_person(f"{given} {family}")
