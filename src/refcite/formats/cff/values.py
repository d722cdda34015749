"""What the schema of the Citation File Format allows as a value, kind by kind.

A value that the schema would refuse is not written; so what is written is always valid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from refcite.formats.cff.table import KINDS, Kind
from refcite.formats.csl_yaml.text import is_nothing

__all__ = ["allowed", "as_texts", "licenses_of", "plain"]

_HERE: Final = Path(__file__).parent

STATUSES: Final = frozenset(
    {"abstract", "advance-online", "in-preparation", "in-press", "preprint", "submitted"}
)
_MONTHS: Final = frozenset(map(str, range(1, 13)))

_URL: Final = re.compile(r"(?:https?|s?ftp)://\S+")
_DOI: Final = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)?/[A-Za-z0-9:/_;.()\[\]\\-]+")
_DATE: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12][0-9]|3[01])")
_PMCID: Final = re.compile(r"PMC[0-9]{7}")
_ISBN: Final = re.compile(r"[0-9\- ]{10,17}X?")
_ISSN: Final = re.compile(r"[0-9]{4}-[0-9]{3}[0-9xX]")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_ORCID: Final = re.compile(r"https://orcid\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
_EMAIL: Final = re.compile(r"\S+@\S+\.\S{2,}")
_SWH: Final = re.compile(r"swh:1:(?:snp|rel|rev|dir|cnt):[0-9a-fA-F]{40}")

_PERSON: Final = (
    "address affiliation alias city country email family-names fax given-names name-particle"
    " name-suffix orcid post-code region tel website"
)
_ENTITY: Final = (
    "address alias city country date-end date-start email fax location name orcid post-code region"
    " tel website"
)
_PERSON_KEYS: Final = frozenset(_PERSON.split())
_ENTITY_KEYS: Final = frozenset(_ENTITY.split())


@cache
def _words(file: str) -> frozenset[str]:
    rows = (_HERE / file).read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(" ".join(rows).split())


def plain(value: Any) -> Any:
    """Return a value of YAML with each scalar as plain text, as it is written, without nulls."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items() if not is_nothing(inner)}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value if not is_nothing(inner)]
    return value


def as_texts(value: Any) -> list[str]:
    """Return a text, or the texts of a list, without those that are empty.

    Example:
        >>> as_texts(["one", "", {}]), as_texts("one")
        (['one'], ['one'])
    """
    found = value if isinstance(value, list) else [value]
    return [str(text).strip() for text in found if isinstance(text, str) and text.strip()]


def licenses_of(text: str) -> list[str] | None:
    """Return the licenses of an SPDX expression with OR; None where one is not of the list.

    Example:
        >>> licenses_of("MIT OR Apache-2.0"), licenses_of("my own")
        (['MIT', 'Apache-2.0'], None)
    """
    names = [name.strip() for name in text.split(" OR ")]
    return names if set(names) <= _words("licenses.txt") else None


def allowed(key: str, value: Any) -> Any:
    """Return a value in the form in which the schema allows it under a key, else None.

    Args:
        key: A key of a reference.
        value: Plain data.

    Example:
        >>> allowed("doi", "10.1000/182"), allowed("doi", "doi:10.1000/182")
        ('10.1000/182', None)
        >>> allowed("contact", [{"alias": "me", "shoe-size": "43"}])
        [{'alias': 'me'}]
    """
    kind = KINDS.get(key)
    return _CHECKS[kind](value) if kind is not None else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        return value if isinstance(value, str) and pattern.fullmatch(value) else None

    return check


def _one_of(words: Callable[[], frozenset[str]]) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        return value if isinstance(value, str) and value in words() else None

    return check


def _list_of(check: Callable[[Any], Any]) -> Callable[[Any], list[Any] | None]:
    def check_all(value: Any) -> list[Any] | None:
        found: list[Any] = []
        for part in value if isinstance(value, list) else [value]:
            made = check(part)
            if made is not None and made not in found:
                found.append(made)
        return found or None

    return check_all


_url = _matching(_URL)
_doi = _matching(_DOI)
_date = _matching(_DATE)
_spdx = _one_of(lambda: _words("licenses.txt"))
_SPECIAL: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "country": _one_of(lambda: _words("countries.txt")),
    "date-end": _date,
    "date-start": _date,
    "email": _matching(_EMAIL),
    "orcid": _matching(_ORCID),
    "website": _url,
}


def _entity(value: Any) -> dict[str, str] | None:
    found = _parts(value, _ENTITY_KEYS)
    return found if "name" in found else None


def _agent(value: Any) -> dict[str, str] | None:
    if isinstance(value, Mapping) and "name" in value:
        return _entity(value)
    return _parts(value, _PERSON_KEYS) or None


def _parts(value: Any, keys: frozenset[str]) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    checked = {key: _SPECIAL.get(key, _text)(part) for key, part in value.items() if key in keys}
    return {key: part for key, part in checked.items() if part is not None}


def _license(value: Any) -> Any:
    if isinstance(value, str):
        return _spdx(value)
    return _list_of(_spdx)(value)


_IDENTIFIER_CHECKS: Final = {
    "doi": _doi,
    "url": _url,
    "swh": _matching(_SWH),
    "other": _text,
}


def _identifier(value: Any) -> dict[str, str] | None:
    if not isinstance(value, Mapping) or value.get("type") not in _IDENTIFIER_CHECKS:
        return None
    found = _IDENTIFIER_CHECKS[value["type"]](value.get("value"))
    if found is None:
        return None
    made = {"type": value["type"], "value": found}
    description = _text(value.get("description"))
    return made if description is None else {**made, "description": description}


_CHECKS: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    Kind.TEXT: _text,
    Kind.TEXTS: _list_of(_text),
    Kind.PERSONS: _list_of(_agent),
    Kind.ENTITY: _entity,
    Kind.URL: _url,
    Kind.DOI: _doi,
    Kind.DATE: _date,
    Kind.PMCID: _matching(_PMCID),
    Kind.ISBN: _matching(_ISBN),
    Kind.ISSN: _matching(_ISSN),
    Kind.LANGUAGES: _list_of(_matching(_LANGUAGE)),
    Kind.LICENSE: _license,
    Kind.STATUS: _one_of(lambda: STATUSES),
    Kind.MONTH: _one_of(lambda: _MONTHS),
    Kind.IDENTIFIERS: _list_of(_identifier),
}
