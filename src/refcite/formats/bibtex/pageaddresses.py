r"""URLs and dates of access in the texts of `howpublished` and `note`.

BibTeX has no fields for them: files have `howpublished = {Available at \url{…}}` and `note =
{Accessed: 2020-05-03}`.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any, Final

from attrs import frozen

from refcite.dates import Date, Point

__all__ = ["PageAddress", "page_address", "read_page_addresses"]

_LONGEST: Final = 400
_URL: Final = re.compile(r"https?://[^\s<>{}\"“”\[\]]+")
_EDGES: Final = " \t\n.,:;()[]<>-–—"
_HERE: Final = "\0"
_INTRODUCTIONS: Final = sorted(
    [
        *("available at", "available from", "available online at", "available online", "available"),
        *("online at", "online", "url", "website", "web site", "web page", "webpage", "internet"),
        *("published at", "retrieved from", "accessed at", "from", "at"),
        *("verfügbar unter", "abrufbar unter", "online verfügbar unter", "online unter"),
        *("disponible sur", "disponible en", "disponible à", "disponibile su", "disponível em"),
    ],
    key=len,
    reverse=True,
)
_INTRODUCTIONS_BY_LETTER: Final = {
    letter: [words for words in _INTRODUCTIONS if words[0] == letter]
    for letter in {words[0] for words in _INTRODUCTIONS}
}
_ACCESS: Final = re.compile(
    r"(?:date of |last |letzter |dernier |último )?"
    r"(?:accessed|access|visited|retrieved|checked|viewed|consulted|zugriff|abgerufen|consultée?"
    r"|consultado|accès|acceso|acesso em|accesso)(?: date)?(?: on| am| le| el| in data)?\b",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"(?<![\s,])[\s,]+(?:from|at)[\s:]*\0\Z", re.IGNORECASE)


@frozen
class PageAddress:
    """What a text states about a page.

    Attributes:
        url: Its URL, or empty.
        accessed: The date of access, if there is one.
    """

    url: str
    accessed: Date | None


def page_address(text: str) -> PageAddress | None:
    """Return the URL and the date of access of a text that states nothing else.

    Args:
        text: The text, without LaTeX. It is not read if its date has two readings.

    Example:
        >>> page_address("Available at https://a.example/b (accessed 3 May 2020)")
        PageAddress(url='https://a.example/b', accessed=Date.parse('2020-05-03'))
        >>> page_address("[Online; accessed 29-September-2012]").accessed
        Date.parse('2012-09-29')
        >>> page_address("Ebb House, https://a.example/b"), page_address("Online")
        (None, None)
    """
    if len(text) > _LONGEST:
        return None
    url = ""
    found = _URL.search(text)
    if found:
        url = _without_end(found[0])
        text = f"{text[: found.start()]}{_HERE}{text[found.start() + len(url) :]}"
    rest = text.strip(_EDGES)
    for _ in range(2):  # "[Online]. Available: …"
        rest = _without_introduction(rest)
    if rest.startswith(_HERE):
        rest = rest[1:].lstrip(_EDGES)
    if not rest:
        return PageAddress(url, None) if url else None
    access = _ACCESS.match(rest)
    if access is None:
        return None
    day = _FROM.sub("", rest[access.end() :]).strip(_EDGES)
    date = Date.parse(day) if any(map(str.isdigit, day)) else None
    if date is None or not isinstance(date.start, Point) or date.start.month is None:
        return None
    return PageAddress(url, date) if date.end is None else None


def read_page_addresses(
    values: dict[str, Any], extra: dict[str, Any], fields: Container[str]
) -> None:
    """Move URLs and dates of access from `howpublished` and `note` to their variables.

    A text that contradicts them, or that contains more, is kept unchanged.

    Args:
        values: The attributes of a work, which are changed.
        extra: What has no attribute, which is changed.
        fields: The names of the fields of the entry.
    """
    for held, name, field in (
        (values, "publisher", "howpublished"),
        (extra, "howpublished", "howpublished"),
        (values, "note", "note"),
    ):
        text = held.get(name) if field in fields else None
        found = page_address(text) if isinstance(text, str) else None
        if found is None:
            continue
        if values.get("url", found.url) != found.url and found.url:
            continue
        if found.accessed and values.get("accessed", found.accessed) != found.accessed:
            continue
        del held[name]
        if found.url:
            values["url"] = found.url
        if found.accessed:
            values["accessed"] = found.accessed


def _without_end(url: str) -> str:
    """Return a URL without the punctuation of the sentence."""
    url = url.rstrip(".,;:")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:")
    return url


def _without_introduction(text: str) -> str:
    for words in _INTRODUCTIONS_BY_LETTER.get(text[:1].casefold(), ()):
        after = text[len(words) : len(words) + 1]
        if text[: len(words)].casefold() == words and not after.isalnum():
            return text[len(words) :].lstrip(_EDGES)
    return text
