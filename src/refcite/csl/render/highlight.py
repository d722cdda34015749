"""Highlighted names: which names of works are printed in bold.

The parts of a work's name are compared with those of the highlighted name, never the printed text.
Family names must be equal, with their particles. Given names are compared one by one as far as
both names have them: an initial agrees with any name that begins with it, so `Roe, Ann` agrees with
`Roe, Ann B.` and `Roe, A.`, but not with `Roe, Alan` or `Roe, B.`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final
from unicodedata import normalize

from attrs import frozen

from refcite.csl.render.item import PreparedName
from refcite.handwritten import NamesLike, to_names
from refcite.names import Name, is_organisation, read_list
from refcite.names.grammar import joined
from refcite.problems import Problem, Severity, did_you_mean

__all__ = ["Highlights"]

_SAME: Final = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"})
_GIVEN: Final = re.compile(r"[^\s.-]+\.?")
_AFTER_APOSTROPHE: Final = re.compile(r"(?<=')\s+")
# So many capitals without full stops are initials, as databases write them: "Roe AB".
_MOST_INITIALS: Final = 3
_MOST_SHOWN: Final = 3

_Parts = tuple[str | None, str, str, str, str, str]


@frozen
class _Person:
    """The parts of a name in the form in which they are compared.

    Attributes:
        family: The family name with its particles.
        given: The given names and initials.
        initials: The same, with several initials in one word separated.
        suffix: The suffix without its full stop.
    """

    family: str
    given: tuple[str, ...]
    initials: tuple[str, ...]
    suffix: str

    def agrees(self, other: _Person) -> bool:
        """Whether both may be the same person, as far as their parts are known.

        A name without given names agrees with any given names of `other`.
        """
        if self.family != other.family:
            return False
        if self.suffix and other.suffix and self.suffix != other.suffix:
            return False
        if not self.given:
            return True
        return bool(other.given) and (
            _all_agree(self.given, other.given)
            or "".join(self.given) == "".join(other.given)
            or _all_agree(self.initials, other.initials)
        )


class Highlights:
    """The names that are highlighted, and what was found of them.

    Args:
        names: The names; a text is read like the author of a record.

    Raises:
        RecordTypeError: A value is neither a name nor text.
        RecordValueError: A text is empty or may be several names.

    Example:
        >>> highlights = Highlights("Roe, Ann")
        >>> [highlights.matches(PreparedName(Name.parse(name), "en"))
        ...  for name in ("Ann Roe", "A. B. Roe", "Alan Roe", "Roe")]
        [True, True, False, False]
    """

    def __init__(self, names: NamesLike) -> None:
        self._wanted = tuple(_Wanted(name, text) for name, text in _names_of(names))
        self._known: dict[_Parts, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def matches(self, name: PreparedName) -> bool:
        """Whether a name is highlighted."""
        parts = (
            name.literal,
            name.family,
            name.given,
            name.non_dropping,
            name.dropping,
            name.suffix,
        )
        found = self._known.get(parts)
        if found is None:
            found = False
            for one in self._wanted:  # all, so that each has its report
                found = one.matches(name) or found
            self._known[parts] = found
        return found

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of the highlights, as far as names were printed."""
        for one in self._wanted:
            yield from one.problems()


class _Wanted:
    """One highlighted name, and the names with which it was compared."""

    def __init__(self, name: Name, text: str) -> None:
        self._shown = text
        given, family, suffix = name.given or "", _family_of(name), name.suffix or ""
        self._person = None if name.literal else _person(family, given, suffix)
        # A name can also be undivided in a record.
        self._undivided = {
            _folded(form)
            for form in (
                text,
                name.literal or "",
                f"{given} {family}",
                f"{family}, {given}" if given else "",
                f"{family}{given}",
            )
            if form.strip()
        }
        self._is_found = False
        self._by_initials: set[str] = set()
        self._similar: set[str] = set()

    def matches(self, name: PreparedName) -> bool:
        if name.literal is not None:
            found = _folded(name.literal) in self._undivided
        else:
            found = self._is_person(name)
        self._is_found = self._is_found or found
        return found

    def _is_person(self, name: PreparedName) -> bool:
        family = joined(name.dropping, joined(name.non_dropping, name.family))
        if not name.given and _folded(family) in self._undivided:
            return True  # an organisation that its record has as a family name
        if name.unspaced and _folded(f"{family}{name.given}") in self._undivided:
            return True
        wanted = self._person
        if wanted is None:
            return False
        person = _person(family, name.given, name.suffix)
        if wanted.agrees(person):
            if _is_shorter(person, wanted):
                self._by_initials.add(f"{family}, {name.given}")
            return True
        if wanted.family == person.family:
            self._similar.add(f"{family}, {name.given}" if name.given else family)
        return False

    def problems(self) -> Iterator[Problem]:
        if not self._is_found:
            yield Problem(
                severity=Severity.WARNING,
                code="unmatched-highlight",
                message=f"no printed name agrees with the highlighted name {self._shown!r}"
                + did_you_mean(sorted(self._similar)[:_MOST_SHOWN]),
            )
        if self._by_initials:
            forms = ", ".join(map(repr, sorted(self._by_initials)[:_MOST_SHOWN]))
            more = len(self._by_initials) - _MOST_SHOWN
            yield Problem(
                severity=Severity.INFO,
                code="highlighted-by-initials",
                message=f"the highlighted name {self._shown!r} agrees with {forms}"
                f"{f' and {more} more' if more > 0 else ''} only by initials",
                hint="check that this is the same person",
            )


def _names_of(names: NamesLike) -> Iterator[tuple[Name, str]]:
    """Yield the names with their texts."""
    is_several = isinstance(names, Iterable) and not isinstance(names, Name | str | bytes | dict)
    for name in names if is_several else (names,):  # type: ignore[union-attr]  # just checked
        if isinstance(name, str) and _may_be_organisation(name):
            # It is compared with whole names too, so it needs no braces.
            yield Name(literal=" ".join(name.split())), name
            continue
        for read in to_names(name, "highlight"):
            yield read, name if isinstance(name, str) else read.literal or str(read)


def _may_be_organisation(text: str) -> bool:
    if any(sign in text for sign in "{=,") or not is_organisation(text):
        return False
    return read_list(text, read=Name.parse, is_straight=True).is_sure


def _family_of(name: Name) -> str:
    return joined(name.dropping_particle, joined(name.non_dropping_particle, name.family))


def _person(family: str, given: str, suffix: str) -> _Person:
    names = _GIVEN.findall(normalize("NFC", given).translate(_SAME))
    # Only before case is folded can initials be distinguished from a name.
    in_capitals = len(family) > 1 and family.isupper()
    initials = names if in_capitals else list(chain.from_iterable(map(_initials_in, names)))
    return _Person(
        _folded(family),
        tuple(map(_folded, names)),
        tuple(map(_folded, initials)),
        _folded(suffix).rstrip("."),
    )


def _initials_in(name: str) -> str | tuple[str]:
    """Return a few capitals as single letters, and any other name as it is."""
    is_several = 1 < len(name) <= _MOST_INITIALS and name.isalpha() and name.isupper()
    return name if is_several else (name,)


def _folded(text: str) -> str:
    """Return a text in the form in which it is compared."""
    even = " ".join(normalize("NFC", text).translate(_SAME).split()).casefold()
    return _AFTER_APOSTROPHE.sub("", even) if "'" in even else even


def _is_abbreviated(name: str) -> bool:
    # A Chinese character is a whole name.
    return name.endswith(".") or (len(name) == 1 and name.upper() != name.lower())


def _agree(one: str, other: str) -> bool:
    short, long = one.rstrip("."), other.rstrip(".")
    if _is_abbreviated(one):
        return long.startswith(short) or (_is_abbreviated(other) and short.startswith(long))
    return short.startswith(long) if _is_abbreviated(other) else short == long


def _all_agree(some: Iterable[str], others: Iterable[str]) -> bool:
    return all(_agree(one, other) for one, other in zip(some, others, strict=False))


def _is_shorter(person: _Person, wanted: _Person) -> bool:
    """Whether a name has only an initial where the wanted name has the whole name."""
    if not wanted.given or not person.given or _is_abbreviated(wanted.initials[0]):
        return False
    return person.given[0] != wanted.given[0] and _is_abbreviated(person.initials[0])
