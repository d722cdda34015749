"""Names in a cell of a table that is known: each database delimits and orders them in its own way.

Names in another form are read like a cell of any other table, as a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, Literal

from attrs import frozen

from refcite.formats.common_problems import guessed_names
from refcite.formats.csv.values import read_names
from refcite.formats.namelists import NamesOfTexts
from refcite.names import (
    Name,
    NameList,
    family_first,
    is_et_al,
    is_initials,
    is_organisation,
)
from refcite.names.grammar import is_lower, is_suffix
from refcite.problems import Problem

__all__ = ["Form", "Order", "read_people"]

Order = Literal["comma", "initials", "family", "straight"]
"""`comma` is `Quist, Ann`; `initials` is `Quist A`; `family` is that or `Quist Ann`; `straight` is
`Ann Quist`. Each may have names of the first kind among others."""

_REMEDY: Final = "write 'Quist, A.', or '{Harbour Office}' for an organisation"
_AND: Final = re.compile(r"(?<!\s)\s+and\s+")
_NULL: Final = "null"
"""The text that a program writes for an unknown given name."""


@frozen
class Form:
    """How a database writes the names of a cell.

    Attributes:
        order: The order of a name's parts.
        separators: The separators of two names: a sign, one of several signs, or `and`.
            The first that a cell contains is used.
        ends_in_stop: Whether a full stop is after the last name.
        aside: Text next to a name that is not a part of it, as a regular expression.
        is_mixed: Whether names come as others wrote them, so that one in another form is a
            person's as well as an organisation's.

    Example:
        >>> form = Form("initials", (";", ","))
        >>> [str(name) for name in read_people("Quist A.; van der Roe B.C.", form).names]
        ['Quist, A.', 'van der Roe, B.C.']
    """

    order: Order
    separators: tuple[str, ...] = (";",)
    ends_in_stop: bool = False
    aside: str = ""
    is_mixed: bool = False


@lru_cache(maxsize=4096)
def read_people(text: str, form: Form) -> NamesOfTexts:
    """Return the names of a cell.

    Args:
        text: The cell.
        form: How the database writes names.

    Example:
        >>> found = read_people("Ann Quist|Bob van der Roe|et al.", Form("straight", ("|",)))
        >>> [str(name) for name in found.names], found.et_al
        (['Quist, Ann', 'van der Roe, Bob'], True)
    """
    if form.aside:
        text = re.sub(form.aside, "", text).strip()
    if not text:
        return NamesOfTexts()
    if form.ends_in_stop:
        text = text.rstrip(" .")
    parts = list(_parted(text, form))
    if not parts:
        return read_names(text)
    read = _READERS[form.order]
    names: list[Name] = []
    problems: list[Problem] = []
    et_al = False
    for part in parts:
        if names and is_et_al(part):
            et_al = True
            continue
        name = read(part)
        if name is not None:
            names.append(name)
            continue
        if "," not in part and "{" not in part:
            names.append(_out_of_form(part, form))
            problems += _doubt(part, names[-1])
            continue
        other = read_names(part)
        names += other.names
        et_al = et_al or other.et_al
        problems += other.problems
    return NamesOfTexts(tuple(names), et_al, tuple(problems))


def _out_of_form(text: str, form: Form) -> Name:
    """Read a name of several words without comma and initials, if the form requires them."""
    if is_organisation(text) or not (form.is_mixed or form.order == "family"):
        return Name(literal=text)
    return Name.parse(text) if form.is_mixed else _turned(text)


def _doubt(part: str, name: Name) -> Iterator[Problem]:
    """Yield the problems of a person's name that the database would write otherwise."""
    if not is_organisation(part):
        yield from guessed_names(part, NameList((name,), is_guess=True), _REMEDY)


def _parted(text: str, form: Form) -> Iterator[str]:
    """Yield the texts of single names; nothing if the cell has another form."""
    separator = next((sign for sign in form.separators if _stands_in(sign, text)), None)
    if separator == "and":
        yield from _around_and(text)
        return
    if separator is None:
        parts = [text]
    elif len(separator) == 1:
        parts = text.split(separator)
    else:
        parts = re.split(f"[{separator}]", text)
    parts = [part.strip() for part in parts]
    parts = [part.strip(",").rstrip() if part[-1:] == "," else part for part in parts if part]
    if separator is not None and "," in separator:
        if any(map(is_initials, parts)) and not any(map(family_first, parts)):
            return  # `Quist, A., Roe, B.`
        parts = list(_with_suffixes(parts))
    yield from parts


def _stands_in(sign: str, text: str) -> bool:
    return _AND.search(text) is not None if sign == "and" else any(map(text.__contains__, sign))


def _with_suffixes(parts: list[str]) -> Iterator[str]:
    """Yield names of which a comma may be before the suffix: `Quist A., Jr.`."""
    held = ""
    for part in parts:
        if held and is_suffix(part.split()):
            held = f"{held} {part}"
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _around_and(text: str) -> Iterator[str]:
    """Yield names between which `and` is, which may be a word of an organisation's as well."""
    held: list[str] = []
    for part in map(str.strip, _AND.split(text)):
        if "," in part or family_first(part) is not None:
            if held:
                yield " and ".join(held)
            held = []
            yield part
        elif part and (held or not _is_person(part)):
            held.append(part)
        elif part:
            yield part
    if held:
        yield " and ".join(held)


def _is_person(part: str) -> bool:
    return " " in part and not is_organisation(part)


def _comma(text: str) -> Name | None:
    """Read `Quist, Ann`, `Quist, Ann, Jr.` and `Quist,Ann,B.`."""
    if "{" in text:
        return None
    family, comma, rest = text.partition(",")
    if not comma:
        return _alone(text) if " " not in text else family_first(text)
    parts = [part for part in map(str.strip, rest.split(",")) if part and part != _NULL]
    given = [part for part in parts if not is_suffix(part.split())]
    suffixes = [part for part in parts if is_suffix(part.split())]
    # A second given name is initials; otherwise these are several names, as in `Quist A, Roe B`.
    are_several = family_first(family) is not None and family_first(given[0] if given else "")
    if are_several or len(suffixes) > 1 or not all(map(is_initials, given[1:])):
        return None
    return Name.of_parts(family.strip(), " ".join(given), " ".join(suffixes))


def _initials(text: str) -> Name | None:
    before, comma, behind = text.partition(",")
    if comma:
        # `Quist A., Jr.`
        with_suffix = family_first(f"{before} {behind}") if is_suffix(behind.split()) else None
        return with_suffix or _comma(text)
    return _alone(text) if " " not in text else family_first(text)


def _turned(text: str) -> Name:
    """Read `van der Roe Bob Carl`, in which only the order shows the family name."""
    words = text.split()
    end = next((place for place, word in enumerate(words) if not is_lower(word)), 0) + 1
    return Name.of_parts(" ".join(words[:end]), " ".join(words[end:]))


def _alone(word: str) -> Name:
    return Name(literal=word) if is_organisation(word) else Name(family=word)


def _straight(text: str) -> Name | None:
    before, comma, behind = text.partition(",")
    if comma:
        if not is_suffix(behind.split()):
            return _comma(text)
        name = Name.parse(before)
        return Name.of_parts(name.family or before, name.given or "", behind.strip())
    if "{" in text:
        return Name.parse(text)
    return Name(literal=text) if is_organisation(text) else Name.parse(text)


_READERS: Final[dict[Order, Callable[[str], Name | None]]] = {
    "comma": _comma,
    "initials": _initials,
    "family": _initials,
    "straight": _straight,
}
