"""Servers of preprints, by their names in sources."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["preprint_server"]

_NAMES: Final = (
    "arXiv bioRxiv medRxiv ChemRxiv PsyArXiv SocArXiv EarthArXiv EdArXiv LawArXiv MetaArXiv engrXiv"
    " TechRxiv viXra ESSOAr Authorea SSRN Preprints.org"
)
_SERVERS: Final = {
    **{name.casefold(): name for name in _NAMES.split()},
    "osf preprints": "OSF Preprints",
    "osf": "OSF Preprints",
    "research square": "Research Square",
    "cryptology eprint archive": "Cryptology ePrint Archive",
    "corr": "arXiv",
    "arxiv.org": "arXiv",
    "ssrn electronic journal": "SSRN",
}
_BEHIND: Final = re.compile(
    r"(?: e-?prints?| preprints?)?(?:[ :,]*(?:arxiv ?: ?)?(?:abs/)?"
    r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z.-]{2,16}/[0-9]{7}|20[0-9.]{6,22})(?:v[0-9]+)?"
    r"(?: ?\[[a-z. -]+\])?)?\Z",
    re.IGNORECASE,
)
_LONGEST: Final = 80


@lru_cache(maxsize=4096)
def preprint_server(text: str) -> str | None:
    """Return the server that a text names, with or without the number of a preprint.

    Args:
        text: The text in the place of a journal, a publisher or a kind of number.

    Example:
        >>> [preprint_server(text) for text in ("arXiv preprint arXiv:1706.03762", "biorxiv", "J")]
        ['arXiv', 'bioRxiv', None]
    """
    if len(text) > _LONGEST:
        return None
    known = text.strip().casefold()
    found = _SERVERS.get(known)
    if found is None and known.startswith(("arxiv", "biorxiv", "medrxiv")):
        start = known.partition("xiv")[0] + "xiv"
        found = _SERVERS.get(start) if _BEHIND.match(known[len(start) :]) else None
    return found
