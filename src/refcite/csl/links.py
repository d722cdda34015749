"""Which variables become links, and where those lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

__all__ = ["link_of"]

_SAFE: Final = re.compile(r"(?:https?|ftp)://[^\s<>\"]+|mailto:[^\s<>\"]+", re.IGNORECASE)
_BASES: Final = {
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}


def link_of(variable: str) -> Callable[[str, str], str | None] | None:
    """Return what gives the address for a variable's text and the prefix before it.

    Only http, https, ftp and mailto addresses are given; None is "no link".

    Example:
        >>> link_of("DOI")("10.1000/182", "doi:"), link_of("URL")("javascript:alert(1)", "")
        ('https://doi.org/10.1000/182', None)
    """
    if variable == "URL":
        return lambda text, prefix: text if _SAFE.fullmatch(text) else None
    base = _BASES.get(variable)
    if base is None:
        return None

    def link(text: str, _prefix: str) -> str | None:
        if _SAFE.fullmatch(text):
            return text
        return base + quote(text.strip(), safe="/:;.,()@+=!*'$~-_")

    return link
