"""The authors of a page: the names in its texts, without text that is not a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from refcite.formats.common_problems import guessed_names
from refcite.formats.html.bylines import (
    bare_byline,
    is_agency,
    is_body_beside,
    is_no_name,
    is_of_pictures,
    without_role,
)
from refcite.formats.html.text import letters, tidy
from refcite.formats.namelists import ET_AL, NamesOfTexts
from refcite.formats.people import name_of_text, person
from refcite.names import Name, NameList, is_et_al, is_organisation, read_list
from refcite.names.givennames import GIVEN_NAMES
from refcite.names.grammar import PARTICLES, is_suffix
from refcite.names.lists import is_single_letters, without_et_al
from refcite.names.shapes import has_words_of_organisation
from refcite.problems import Problem

__all__ = ["Site", "accepted", "is_inverted", "names_in_byline", "names_in_list"]

_TAIL: Final = re.compile(
    r"\s*(?:[|•·]|\s[–—/-]\s|\bfor\s+(?=[A-Z])|\bin\s+(?=[A-Z])|\bpublished\b|\bupdated\b|\bposted\b"
    r"|\bon\s+(?:\w+\s+)?\d|@|\(|(?:\d{1,2}\.?\s+)?\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]{0,6}\.?\s+\d|,\s*(?:(?:staff|senior|chief|special|our)\s+)?"
    r"(?:correspondent|reporter|editor|writer|contributor|columnist|photographer|analyst"
    r"|producer|staff|director|professor|fellow|researcher)\b"
    r"|(?<=\s)(?:staff|senior|chief|special|guest|contributing|political)\s+"
    r"(?:correspondent|reporter|editor|writer|contributor|columnist)s?\b|(?<=\s)is\s+(?:an?|the)\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN: Final = re.compile(
    r"\s*(?:;|&|\band\b|\bund\b|\bet\b|(?<=\w)\s+y\s+(?=[A-ZÁÉÍÓÚ])|,\s*(?:and|&)?|\+|\n"
    r"|(?<=[^\W\d_]{3})/(?=[A-Z][a-z]{3}))\s*"
)
_OF_THE_SITE: Final = re.compile(
    r"(?:['’]s)?(?<!\s)\s+(?:staff|team|editors?|editorial|newsroom|desk|reporters?|correspondents?"
    r"|writers?)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_WITH_Y: Final = re.compile(r"\w \w[\w.]* y \w[\w.]* \w")
_MOST: Final = 5_000


@frozen
class Site:
    """The site of a page.

    Attributes:
        host: Its host, without `www.`.
        names: The names of the site, as letters only.
    """

    host: str = ""
    names: frozenset[str] = field(default=frozenset())

    def is_name(self, text: str) -> bool:
        """Return whether a text is a name of the site.

        Example:
            >>> site = Site("news.example.org", frozenset({"dailyplanet"}))
            >>> site.is_name("The Daily Planet"), site.is_name("news.example.org")
            (True, True)
        """
        bare = letters(text).removeprefix("the")
        if not bare:
            return False
        hosts = {letters(self.host), letters("www." + self.host), *self._labels()}
        return bare in self.names or bare in hosts

    @property
    def label(self) -> str:
        """The part of the host that names the site; empty if it is too short to identify it."""
        labels = [label for label in self.host.split(".")[:-1] if len(label) > 3]
        return letters(labels[-1]) if labels and len(labels[-1]) > 4 else ""

    def is_named_as(self, name: Name) -> bool:
        """Return whether a name is that of the site, or of its staff."""
        text = bare_byline(tidy(name.literal if name.literal is not None else _displayed(name)))
        return self.is_name(text) or self.is_name(_OF_THE_SITE.sub("", text))

    def _labels(self) -> Iterator[str]:
        labels = self.host.split(".")
        for label in labels[:-1]:
            if len(label) > 3:
                yield letters(label)


def accepted(
    names: Iterable[Name], site: Site, *, keeps_site: bool = False, has_label: bool = True
) -> tuple[Name, ...]:
    """Return the names that may be those of authors, without the text that is next to them.

    Args:
        names: The names, as they were read.
        site: The page's site, whose name is not an author's.
        keeps_site: Whether the site's name may be that of the author: an organisation's report.
        has_label: Whether `by` may be before the names.

    Example:
        >>> site = Site("example.org")
        >>> accepted((Name(family="Doe", given="By Ann"), Name(family="admin")), site)
        (Name(family='Doe', given='Ann'),)
    """
    found: list[Name] = []
    for name in list(names)[:_MOST]:
        whole = tidy(name.literal if name.literal is not None else _displayed(name))
        if found and name.literal is not None and is_et_al(whole):
            found.append(_OTHERS)
            continue
        bare = bare_byline(whole, has_label=has_label)
        is_site = site.is_name(bare) or site.is_name(_OF_THE_SITE.sub("", bare))
        # Catalogues invert names: a given name may begin with a lower-case word, `Trần, thị Hoa`.
        shown = bare if has_label or not name.family else f"{name.family} {name.given or ''}"
        if is_no_name(shown) or (is_site and not keeps_site):
            continue
        if bare == whole:
            found.append(_tidied(name))
        else:
            found.extend(accepted(names_in_byline(bare), site, keeps_site=keeps_site))
    return tuple(dict.fromkeys(found))


def _displayed(name: Name) -> str:
    parts = (name.given, name.dropping_particle, name.non_dropping_particle, name.family)
    return " ".join(filter(None, (*parts, name.suffix)))


def _tidied(name: Name) -> Name:
    if name.literal is not None:
        return Name(literal=tidy(name.literal))
    return name.replace(
        family=tidy(name.family) if name.family else None,
        given=tidy(name.given) if name.given else None,
    )


# The sources of a page, and the links in it, repeat the same names.
@lru_cache(maxsize=256)
def names_in_byline(text: str) -> tuple[Name, ...]:
    """Return the names of a byline, in their order.

    Example:
        >>> names_in_byline("By Ann Doe and John Roe, staff writers")
        (Name(family='Doe', given='Ann'), Name(family='Roe', given='John'))
        >>> names_in_byline("Ministry of Health and Social Affairs")
        (Name(literal='Ministry of Health and Social Affairs'),)
    """
    text, et_al = without_et_al(bare_byline(tidy(text)[:2_000]))
    if et_al:
        return (*names_in_byline(text), _OTHERS)
    text = _BRACKETS.sub(_beside, without_role(text))
    if is_agency(text):
        return (Name(literal=text),)
    family, comma, _ = text.partition(",")
    if comma and " " not in family and is_inverted(text) and _is_person_with_comma(text):
        return (person(text),)
    cut = text if _is_body(text) else _without_tail(text)
    parts = [part.strip(" ,.:;") for part in _BETWEEN.split(cut)]
    parts = [bare_byline(part) for part in parts if part and not is_of_pictures(part)]
    if len(parts) > 1 and not all(map(_is_person, parts)):
        persons = [part for part in parts if _is_person(part) or is_body_beside(part)]
        if not any(map(_is_person, persons)) or not (_is_person(parts[0]) or is_agency(parts[0])):
            return (Name(literal=text),)
        # `Ann Doe, Lagos`: text that is neither person nor agency is the place.
        parts = persons
    if len(parts) > 1:
        return tuple(Name(literal=one) if is_body_beside(one) else _name(one) for one in parts)
    return tuple(map(_name, parts))


_BRACKETS: Final = re.compile(r"(?:(?<!\s)\s+)?[(\[]([^()\[\]]{0,100})[)\]]")


def _beside(found: re.Match[str]) -> str:
    """Keep an organisation in brackets after a name: `Ann Doe (Daily Planet)`."""
    return f", {found[1]}" if is_body_beside(found[1].strip()) else ""


def _has_agency(text: str) -> bool:
    return is_agency(text.rpartition(",")[2])


def _name(text: str) -> Name:
    return Name(literal=text) if is_agency(text) else name_of_text(text)


def _without_tail(text: str) -> str:
    """Return a byline without the text after the names; `for` may be part of a body's name."""
    cut = _TAIL.sub("", text)
    tail = text[len(cut) :].lstrip().casefold()
    is_whole = tail.startswith(("for ", "in ")) and has_words_of_organisation(cut)
    return text if is_whole else cut


def _is_body_with_comma(text: str) -> bool:
    """Return whether a text is an organisation's: `Great Britain, Home Office`.

    The words before the comma and after it are checked separately: `Giscard d'Estaing, Valéry`.
    """
    parts = text.split(",")
    if len(parts) == 3 and is_suffix(parts[2].split()):
        del parts[2]
    if has_words_of_organisation(" ".join(parts)):
        return True
    return any(len(part.split()) > 1 and is_organisation(part) for part in parts)


def _is_person_with_comma(text: str, is_catalogue: bool = False) -> bool:
    is_lower = text.partition(",")[2].lstrip()[:1].islower()
    return not _is_body_with_comma(text) and (is_catalogue or not is_lower)


def _is_body(text: str) -> bool:
    return is_organisation(text) and not _BETWEEN.search(text) and not _TAIL.search(text)


def _is_person(text: str) -> bool:
    return 2 <= len(text.split()) <= 5 and not is_organisation(text)


def is_inverted(text: str, is_usual: bool = False) -> bool:
    """Return whether a comma is between family and given name, and not between two names."""
    parts = text.split(",")
    if len(parts) == 3 and not (is_usual or is_suffix(parts[2].split())):
        return False
    if len(parts) not in {2, 3} or is_body_beside(parts[-1].strip()):
        return False
    first = parts[0].split()
    if is_agency(parts[0].strip()):
        return False  # `Reuters, Ann Doe`
    if not is_usual and len(first) > 1 and first[0].lower() in GIVEN_NAMES:
        return False
    if is_usual or any(len(part.split()) == 1 for part in parts):
        return True
    # `von Roe, A B`; `von der Roe, Ann Zoe`.
    return is_single_letters(parts[1].strip()) or first[0] in PARTICLES


def names_in_list(values: Iterable[str], *, is_catalogue: bool = True) -> NamesOfTexts:
    """Return the names of fields that hold one name each, or several with semicolons between.

    A last name `et al.` is kept among the names.

    Args:
        values: The fields.
        is_catalogue: Whether a comma is between family and given name.

    Example:
        >>> names_in_list(["Doe, Ann; Roe, John", "World Bank"]).names
        (Name(family='Doe', given='Ann'), Name(family='Roe', given='John'),
         Name(literal='World Bank'))
    """
    found: list[Name] = []
    problems: list[Problem] = []
    for value in values:
        for part in _parted(tidy(value)):
            bare = bare_byline(part.strip(" ,"), has_label=not is_catalogue)
            text, et_al = without_et_al(without_role(bare))
            if not text or len(found) >= _MOST:
                continue
            several = read_list(text, read=name_of_text, is_straight=True)
            if is_et_al(text):
                found.append(_OTHERS)
            elif _is_known_person(text) and (_BESIDE.search(text) or _is_beside_body(text)):
                names = names_in_byline(_WITH.sub(" and ", text))
                found.extend(names)
                if sum(name.literal is None for name in names) > 1:
                    problems += guessed_names(text, NameList(names, is_guess=True), _EACH)
            elif several.is_guess and (len(several.names) > 1 or "," not in text):
                found.extend(several.names)
                problems += guessed_names(text, several, _EACH)
            elif is_inverted(text, is_catalogue) and _is_person_with_comma(text, is_catalogue):
                found.append(person(text))
            elif is_catalogue and _is_body_with_comma(text) and not _has_agency(text):
                found.append(Name(literal=text))
            elif "," in text or "(" in text or several.leftovers or _WITH_Y.search(text):
                names = names_in_byline(text)
                found.extend(names)
                if several.leftovers and names:
                    is_split = len(names) > 1
                    doubt = NameList(names, is_guess=True) if is_split else several
                    problems += guessed_names(text, doubt, _EACH)
            else:
                found.append(_name(text))
            if et_al:
                found.append(_OTHERS)
    return NamesOfTexts(tuple(dict.fromkeys(found)), problems=tuple(problems))


def _parted(value: str) -> list[str]:
    """Return the parts of a field with several names; a sign may part a name from a body, too."""
    parts = [part.strip() for part in _SIGN.split(value)]
    return parts if all(map(_is_known_person, parts)) else value.split(";")


def _is_known_person(text: str) -> bool:
    """Return whether a text begins with a person's name whose given name is a usual one."""
    first, _, rest = text.partition(" ")
    return first.casefold() in GIVEN_NAMES and rest[:1].isupper()


def _is_beside_body(text: str) -> bool:
    return is_body_beside(text.rpartition(",")[2].strip()) if "," in text else False


_SIGN: Final = re.compile(r"(?:(?<!\s)\s+)?[|•·]\s*")
_WITH: Final = re.compile(r"(?<=\w) with (?=[A-Z])")
_BESIDE: Final = re.compile(r"\w (?:for|in|with) [A-Z]")
_OTHERS: Final = Name(literal=ET_AL)
_EACH: Final = "the page should name each author in a separate field"
