"""The table of known publishers, and rules for other names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from refcite.formats.refworld.text import fold

__all__ = ["Publisher", "Publishers", "is_country", "is_court", "is_same_name", "known_publishers"]

_HERE: Final = Path(__file__).parent

# A bracket after a name contains its acronym: `UN Children's Fund (UNICEF)`.
_ACRONYM: Final = re.compile(r" \([^()]{1,60}\)$")
_HYPHEN: Final = re.compile(r" ?[‐‑–—-] ?")
_SLASH: Final = re.compile(r" ?/ ?")
_BETWEEN_WORDS: Final = re.compile(r"[ /‐‑–—-]+")
_ABBREVIATIONS: Final = {"un": "un", "us": "us", "uk": "uk", "the": ""}
_ABBREVIATED: Final = re.compile(
    r"(?P<un>\bunited nations\b|\bu\. ?n\.)|(?P<uk>\bunited kingdom\b|\bu\. ?k\.)"
    r"|(?P<us>\bunited states(?: of america)?\b|\bu\. ?s\.(?: ?a\.)?|\busa\b)|(?P<the>^the )"
)
# Regional organisations are before their organs, as countries are before their courts.
_UNIONS: Final = frozenset(
    map(
        fold,
        (
            "African Union",
            "Council of Europe",
            "European Union",
            "Organization for Security and Co-operation in Europe",
            "Organization of American States",
            "UN",
            "United Nations",
        ),
    )
)
_SMALL_WORDS_TEXT: Final = (
    "a and auf aux au de del della der des di do dos du e el en et für for i in l la las le "
    "les los of on och og the to und van voor y à"
)
_SMALL_WORDS: Final = frozenset(_SMALL_WORDS_TEXT.split())
_COURT: Final = re.compile(
    r"court|tribunal|appeals?\b|house of lords|privy council|conseil d'[ée]tat|\bcour\b|\bcorte\b"
    r"|judicial|gericht|domstol|rechtbank|raad van state|raad voor|contentieux"
    r"|commission des recours|oikeus|audiencia|status (?:appeals )?authority"
    r"|immigration and protection|\bs[aą]d\b",
    re.IGNORECASE,
)
_BODY: Final = re.compile(
    _COURT.pattern + r"|\b(?:agency|assembly|authorit|board|bureau|chancell|commission|committee"
    r"|council|conseil|department|directorate|embassy|government|institute|minist|mission|office"
    r"|ombudsman|parliament|secretariat|service|senate|congress|inspectorate|prosecutor)",
    re.IGNORECASE,
)
_WORK: Final = re.compile(
    r"\b(?:act|case|code|constitution|convention|decision|decree|guidance|guidelines|information"
    r"|judgment|law|order|ordinance|practice|proceedings|protocol|regulations?|reports?|resolution"
    r"|rules?|statute|treatment|update)\b",
    re.IGNORECASE,
)
_GOVERNMENT: Final = re.compile(r"(?:royal )?government of (?:the )?(.+)", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_ELISION: Final = re.compile(r"^[dl]['’](?=\w)")
# `Congo, Democratic Republic of the: Ministry of Justice`.
_COMMAS_OF_COUNTRIES: Final = 2
_MOST_WORDS: Final = 14


@frozen
class Publisher:
    """A publisher: its name in the source, and its kind (a table name of `publishers.toml`)."""

    name: str
    kind: str


@frozen
class Publishers:
    """A table of known publishers.

    Attributes:
        kinds: Each name, folded and without acronym, with its kind.
        codes: Each code of the site's URLs with its name.
        most_commas: The maximum number of commas in the names.
        last_words: The last word of each name, folded.
    """

    kinds: Mapping[str, str]
    codes: Mapping[str, str]
    most_commas: int
    last_words: frozenset[str]

    def with_names(self, names: Iterable[str], kind: str = "other") -> Publishers:
        """Return the table with further names, which may be of any kind.

        Args:
            names: The names; existing names are not changed.
            kind: `other` if the names are known to be publishers', `unknown` if this is not known.

        Example:
            >>> table = known_publishers().with_names(["Institute of Clear Thinking"])
            >>> table.find("Institute of Clear Thinking").kind
            'other'
        """
        names = list(names)
        added = {_key(name): kind for name in names if _key(name)}
        if not added:
            return self
        most_commas = max(self.most_commas, *(name.count(",") for name in added))
        return evolve(
            self,
            kinds={**added, **self.kinds},
            most_commas=most_commas,
            last_words=self.last_words | _last_words(names),
        )

    def find(self, name: str) -> Publisher | None:
        """Return the publisher of this name, from the table or by the rule of `Country: Body`.

        Example:
            >>> known_publishers().find("UN High Commissioner for Refugees").kind
            'intergovernmental'
            >>> known_publishers().find("Canada: Federal Court").kind
            'court'
            >>> known_publishers().find("Georgia: Law of 1998 on Refugees (annulled)")
        """
        kind = self.kinds.get(_key(name)) or _kind_of_organ(name)
        return Publisher(name, kind) if kind else None

    def may_end(self, text: str) -> bool:
        """Return whether a text may end with a known name, by its last word.

        This is much faster than a search for the name.

        Example:
            >>> known_publishers().may_end("as Freedom House"), known_publishers().may_end("as of")
            (True, False)
        """
        last = _BETWEEN_WORDS.split(fold(_ACRONYM.sub("", text)).rstrip("*_ "))[-1]
        # The names of organs and governments are found by a rule.
        return last in self.last_words or ": " in text or "overnment of" in text

    def of_code(self, code: str | None) -> Publisher | None:
        """Return the publisher of a code in a URL.

        Example:
            >>> known_publishers().of_code("unhcr").name
            'UN High Commissioner for Refugees (UNHCR)'
        """
        name = self.codes.get(_code_key(code)) if code else None
        return self.find(name) if name else None


@cache
def known_publishers() -> Publishers:
    """Return the table that ships with the package."""
    with (_HERE / "publishers.toml").open("rb") as file:
        tables = tomllib.load(file)
    kinds = {_key(name): kind for kind, table in tables.items() for name in table["names"]}
    codes = {
        _code_key(code): name
        for table in tables.values()
        for code, name in table.get("codes", {}).items()
    }
    most_commas = max(_COMMAS_OF_COUNTRIES, *(name.count(",") for name in kinds))
    names = [name for table in tables.values() for name in table["names"]]
    return Publishers(
        MappingProxyType(kinds), MappingProxyType(codes), most_commas, _last_words(names)
    )


def _last_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word
        for name in names
        for text in (fold(_ACRONYM.sub("", name)), _key(name))
        if (word := _BETWEEN_WORDS.split(text)[-1])
    )


@cache
def _countries() -> frozenset[str]:
    text = (_HERE / "countries.txt").read_text(encoding="utf-8")
    return frozenset(fold(line) for line in text.splitlines() if line and line[0] != "#")


def is_country(name: str) -> bool:
    """Return whether a name is a country's or territory's.

    Example:
        >>> is_country("Georgia"), is_country("Dahuk")
        (True, False)
    """
    return fold(name) in _countries()


def is_court(name: str) -> bool:
    """Return whether a body's name is a court's or tribunal's.

    Example:
        >>> is_court("Court of Appeal (Civil Division)"), is_court("Ministry of Justice")
        (True, False)
    """
    return _COURT.search(name) is not None


def is_same_name(one: str, other: str) -> bool:
    """Return whether two texts are the same name, without regard to spacing and case.

    Example:
        >>> is_same_name("U.S. Department of State", "United States  Department of State")
        True
        >>> is_same_name("Radio Free Europe / Radio Liberty", "Radio Free Europe/Radio Liberty")
        True
    """
    return _key(one) == _key(other)


# Names are searched at each comma of a string, and again when a line is joined to it.
@lru_cache(maxsize=1_024)
def _key(name: str) -> str:
    """Return the form in which names are compared; abbreviations are expanded."""
    key = _SLASH.sub("/", fold(_ACRONYM.sub("", name)).replace("&", "and"))
    key = _HYPHEN.sub(" ", key)
    return _ABBREVIATED.sub(lambda found: _ABBREVIATIONS[found.lastgroup or ""], key)


def _code_key(code: str) -> str:
    return code.upper().replace("_", "")


def _kind_of_organ(name: str) -> str | None:
    """Apply the rules: `Government of Chad`, or a country or union, a colon and a body's name."""
    government = _GOVERNMENT.fullmatch(name)
    if government and is_country(government[1]):
        return "government"
    owner, colon, organ = name.partition(": ")
    if not colon or not (is_country(owner) or fold(owner) in _UNIONS):
        return None
    # The title begins after a comma; names with a comma are in the table.
    if "," in organ or not _is_title_case(organ) or not _BODY.search(organ):
        return None
    if _WORK.search(_ACRONYM.sub("", organ)):
        return None
    if is_court(organ):
        return "court"
    return "government" if is_country(owner) else "intergovernmental"


def _is_title_case(text: str) -> bool:
    """Return whether a text has the form of a name: only small words begin in lower case."""
    words = [_ELISION.sub("", word) for word in _BRACKETS.sub(" ", text).split()]
    return 0 < len(words) <= _MOST_WORDS and all(
        word in _SMALL_WORDS or not (word[0].islower() or word[0].isdigit()) for word in words
    )
