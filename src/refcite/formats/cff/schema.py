"""The values that the schema of the Citation File Format allows, kind by kind.

A value that the schema would reject is not written, so the output is always valid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

__all__ = ["AGENTS", "ENTITIES", "KEYS", "TOP_KEYS", "allowed", "in_order", "licenses_of"]

AGENTS: Final = [
    "authors",
    "contact",
    "editors",
    "editors-series",
    "recipients",
    "senders",
    "translators",
]
"""The keys of persons and entities."""
ENTITIES: Final = ("conference", "database-provider", "institution", "location", "publisher")
"""The keys of one entity."""

_ORDER: Final = (
    "cff-version message type title abbreviation authors contact senders recipients editors"
    " translators journal collection-type collection-title collection-doi editors-series"
    " volume-title volume issue issue-title issue-date number number-volumes edition version"
    " commit section term entry start end loc-start loc-end pages scope year month date-released"
    " date-published year-original conference publisher institution department location database"
    " database-provider thesis-type data-type medium format filename status patent-states languages"
    " keywords license license-url copyright abstract notes doi isbn issn pmcid nihmsid identifiers"
    " url repository repository-code repository-artifact date-accessed date-downloaded"
    " preferred-citation references"
)
_PLACE: Final = {key: place for place, key in enumerate(_ORDER.split())}
_TOP: Final = (
    "abstract authors commit contact date-released doi identifiers keywords license license-url"
    " repository repository-artifact repository-code title type url version"
)
TOP_KEYS: Final = frozenset(_TOP.split())
"""The keys of a reference that the work itself has too."""

_HERE: Final = Path(__file__).parent

_STATUSES: Final = frozenset(
    {"abstract", "advance-online", "in-preparation", "in-press", "preprint", "submitted"}
)

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


def licenses_of(text: str) -> list[str] | None:
    """Return the licenses of an SPDX expression with OR; None if one is not of the list.

    Example:
        >>> licenses_of("MIT OR Apache-2.0"), licenses_of("my own")
        (['MIT', 'Apache-2.0'], None)
    """
    names = [name.strip() for name in text.split(" OR ")]
    return names if set(names) <= _words("licenses.txt") else None


def allowed(key: str, value: Any) -> Any:
    """Return a value in the form in which the schema allows it under a key, otherwise None.

    Args:
        key: A key of a reference.
        value: Plain data.

    Example:
        >>> allowed("doi", "10.1000/182"), allowed("doi", "doi:10.1000/182")
        ('10.1000/182', None)
        >>> allowed("contact", [{"alias": "me", "shoe-size": "43"}])
        [{'alias': 'me'}]
    """
    check = _CHECKS.get(key)
    return check(value) if check is not None else None


def in_order(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return keys in the order in which they are written.

    Example:
        >>> list(in_order({"title": "A", "type": "book"}))
        ['type', 'title']
    """
    return {key: fields[key] for key in sorted(fields, key=_PLACE.__getitem__)}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _matching(expression: str) -> Callable[[Any], str | None]:
    pattern = re.compile(expression)

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


_url = _matching(r"(?:https?|s?ftp)://\S+")
_doi = _matching(r"10\.[0-9]{4,9}(?:\.[0-9]+)?/[A-Za-z0-9:/_;.()\[\]\\-]+")
_date = _matching(r"[0-9]{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12][0-9]|3[01])")
_spdx = _one_of(lambda: _words("licenses.txt"))
_SPECIAL: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "country": _one_of(lambda: _words("countries.txt")),
    "date-end": _date,
    "date-start": _date,
    "email": _matching(r"\S+@\S+\.\S{2,}"),
    "orcid": _matching(r"https://orcid\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]"),
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
    "swh": _matching(r"swh:1:(?:snp|rel|rev|dir|cnt):[0-9a-fA-F]{40}"),
    "other": _text,
}


def _identifier(value: Any) -> dict[str, str] | None:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(kind, str) or kind not in _IDENTIFIER_CHECKS:
        return None
    found = _IDENTIFIER_CHECKS[kind](value.get("value"))
    if found is None:
        return None
    made = {"type": kind, "value": found}
    description = _text(value.get("description"))
    return made if description is None else {**made, "description": description}


_month = _matching("[1-9]|1[012]")
_TEXTS: Final = (
    "title abbreviation abstract collection-title collection-type commit copyright data-type"
    " database department edition end entry filename format issue issue-date issue-title"
    " journal loc-end loc-start medium nihmsid notes number number-volumes pages scope section"
    " start term thesis-type version volume volume-title year year-original"
)
_URLS: Final = ("license-url", "repository", "repository-artifact", "repository-code", "url")
_DATES: Final = ("date-accessed", "date-downloaded", "date-published", "date-released")
_CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(_TEXTS.split(), _text),
    **dict.fromkeys(("keywords", "patent-states"), _list_of(_text)),
    **dict.fromkeys(AGENTS, _list_of(_agent)),
    **dict.fromkeys(ENTITIES, _entity),
    **dict.fromkeys(_URLS, _url),
    **dict.fromkeys(("collection-doi", "doi"), _doi),
    **dict.fromkeys(_DATES, _date),
    "pmcid": _matching(r"PMC[0-9]{7}"),
    "isbn": _matching(r"[0-9\- ]{10,17}X?"),
    "issn": _matching(r"[0-9]{4}-[0-9]{3}[0-9xX]"),
    "languages": _list_of(_matching("[a-z]{2,3}")),
    "license": _license,
    "status": _one_of(lambda: _STATUSES),
    "year": lambda value: value if isinstance(value, int) else _text(value),
    "month": lambda value: value if isinstance(value, int) else _month(value),
    "identifiers": _list_of(_identifier),
}
KEYS: Final = frozenset((*_CHECKS, *(f"{key}/{part}" for key in ENTITIES for part in _ENTITY_KEYS)))
"""Each key of a reference, besides `type`, and each of an entity in it."""
