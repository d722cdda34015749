"""The variables that become links, and their URLs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

__all__ = ["IDENTIFIERS", "LinkOf", "link_of", "split_address"]

_SAFE: Final = re.compile(
    r"(?:(?:https?|ftp)://|mailto:)[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE
)
_ESCAPED: Final = str.maketrans({"<": "%3C", ">": "%3E", '"': "%22"})
"""Signs that no URL contains (RFC 3986, appendix C), although people write them in URLs."""
_ADDRESS: Final = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_BASES: Final = {
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}


IDENTIFIERS: Final = ("DOI", "PMCID", "PMID", "URL")
"""The variables that are links, in the order in which a work's address is chosen."""

LinkOf = Callable[[str], str | None]
"""Returns the URL for a variable's text; None is "no link"."""


def link_of(variable: str) -> LinkOf | None:
    """Return the function that returns the URL for a variable's text, None without links.

    Only http, https, ftp and mailto URLs are returned.

    Example:
        >>> link_of("DOI")("10.1000/182"), link_of("URL")("javascript:alert(1)")
        ('https://doi.org/10.1000/182', None)
    """
    if variable == "URL":
        return _safe
    base = _BASES.get(variable)
    if base is None:
        return None

    def link(text: str) -> str | None:
        return _safe(text) or base + quote(text.strip(), safe="/:;.,()@+=!*'$~-_", errors="replace")

    return link


def _safe(text: str) -> str | None:
    return text.translate(_ESCAPED) if _SAFE.fullmatch(text) else None


def split_address(prefix: str) -> tuple[str, str]:
    """Split a prefix before the URL that continues in the text after it.

    Example:
        >>> split_address(" [https://doi.org/"), split_address(" doi: ")
        ((' [', 'https://doi.org/'), (' doi: ', ''))
    """
    found = _ADDRESS.search(prefix)
    return (prefix[: found.start()], found[0]) if found else (prefix, "")
