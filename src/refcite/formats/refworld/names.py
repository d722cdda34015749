"""Persons and bodies in an Author field or at the head of a string.

Both are read by one function, `leaders_at`: a known body, a person, or several of them joined by
"and".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from refcite.formats.common_problems import guessed_names
from refcite.formats.namelists import ET_AL
from refcite.formats.refworld.publishers import Publisher, Publishers, is_country
from refcite.names import Name, read_list
from refcite.names.lists import without_et_al
from refcite.problems import Problem, Severity

__all__ = ["Leader", "is_body", "is_person", "leaders_at", "read_authors"]


@frozen
class Leader:
    """A name that leads a string or is in an Author field.

    Attributes:
        text: The name in its original form.
        body: The known body of this name, if it is one.
        is_person: Whether it has the form of a person's name.
    """

    text: str
    body: Publisher | None = None
    is_person: bool = False

    @property
    def name(self) -> Name:
        """The name, divided if it is a person's."""
        return Name.parse(self.text) if self.is_person else Name(literal=self.text)


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
_AND: Final = re.compile(r"( and | & )")
_MOST_JOINED: Final = 12


def is_body(text: str, publishers: Publishers) -> bool:
    """Return whether a name is an organisation's.

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
    """Return whether a text has the form of a person's name.

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


def leaders_at(
    parts: Sequence[str], start: int, stop: int, publishers: Publishers
) -> tuple[Sequence[Leader], int] | None:
    """Return the names that begin at one of the parts of a text, and the index after them.

    Args:
        parts: The texts between the commas of a text.
        start: The first index; the longest known name is used, since names may have commas.
        stop: The index that no name may reach beyond.
        publishers: The known bodies.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> names, end = leaders_at(["Jane Doe and Freedom House", "Title"], 0, 2,
        ...                         known_publishers())
        >>> [(name.text, name.is_person) for name in names], end
        ([('Jane Doe', True), ('Freedom House', False)], 1)
    """
    for end in range(min(stop, start + publishers.most_commas + 1), start, -1):
        text = ", ".join(parts[start:end])
        body = publishers.find(text)
        if body:
            return [Leader(text, body)], end
    joined = _joined_names(parts[start], publishers) if start < stop else ()
    return (joined, start + 1) if joined else None


def _joined_names(text: str, publishers: Publishers) -> Sequence[Leader]:
    """Return the names of `A, B and C`'s last part, if it consists only of names."""
    pieces = _AND.split(text)
    if len(pieces) > 2 * _MOST_JOINED:
        return ()
    found: list[Leader] = []
    at = 0
    while at < len(pieces):
        # A body's name may contain "and".
        for end in range(len(pieces), at, -2):
            name = "".join(pieces[at:end])
            body = publishers.find(name)
            if body or (end == at + 1 and is_person(name)):
                found.append(Leader(name, body, is_person=body is None))
                at = end + 1
                break
        else:
            return ()
    return found


def read_authors(
    text: str, publishers: Publishers, problems: list[Problem] | None = None
) -> tuple[Name, ...]:
    """Read the names of an Author field; an unknown organisation is never split.

    A last name `et al.` is kept among the names.

    Args:
        text: The field.
        publishers: The known bodies.
        problems: List to which doubtful names are added.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> [name.literal for name in read_authors(
        ...     "Research Directorate, Immigration and Refugee Board, Canada", known_publishers())]
        ['Research Directorate, Immigration and Refugee Board, Canada']
        >>> read_authors("John Aglionby, East Africa Correspondent", known_publishers())[0].family
        'Aglionby'
    """
    text, et_al = without_et_al(_BY.sub("", text.strip(" .,;|")))
    if not text:
        return ()
    if et_al:
        return (*read_authors(text, publishers, problems), Name(literal=ET_AL))
    if len(text) > _LONGEST:
        return (Name(literal=text),)
    if ";" in text:
        pieces = [piece for piece in (part.strip() for part in text.split(";")) if piece]
        return tuple(name for piece in pieces for name in read_authors(piece, publishers, problems))
    person = text if publishers.find(text) else _ROLE.sub("", text)
    parts = [part.removeprefix("and ").strip() for part in person.split(", ") if part.strip()]
    leaders = _all_leaders(parts, publishers)
    if leaders:
        if problems is not None and _is_mixed(leaders):
            problems.append(_doubt(text, "was read as several authors"))
        return tuple(leader.name for leader in leaders)
    if _is_inverted(person):
        return (Name.parse(person),)
    several = read_list(person)
    if several.is_guess and len(several.names) > 1:
        if problems is not None:
            remedy = "separate the names by semicolons"
            problems += guessed_names(person, several, remedy)
        return several.names
    if problems is not None and len(parts) > 1 and any(map(is_person, parts)):
        problems.append(_doubt(text, "was kept as the name of one author"))
    return (Name(literal=text),)


def _all_leaders(parts: Sequence[str], publishers: Publishers) -> Sequence[Leader]:
    """Return the names of a text that consists only of names."""
    found: list[Leader] = []
    at = 0
    while at < len(parts):
        names = leaders_at(parts, at, len(parts), publishers)
        if not names:
            return ()
        found.extend(names[0])
        at = names[1]
    return found


def _is_mixed(leaders: Sequence[Leader]) -> bool:
    """Return whether persons are after bodies; `Freedom House, New York` has the same form."""
    bodies = [leader for leader in leaders if leader.body]
    return 0 < len(bodies) < len(leaders)


def _doubt(text: str, what: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="guessed-author",
        message=f"{text!r} {what}",
        hint="separate the names by semicolons",
    )


def _is_inverted(text: str) -> bool:
    """Return whether a name is written `Sharpe, Marina`."""
    family, comma, given = text.partition(", ")
    return bool(comma) and "," not in given and is_person(f"{given} {family}")
