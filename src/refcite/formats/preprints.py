"""Preprints and the servers that hold them, by the names that sources give them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

__all__ = ["arxiv_number", "is_preprint", "preprint_server", "read_preprint"]

_NAMES: Final = (
    "arXiv bioRxiv medRxiv ChemRxiv PsyArXiv SocArXiv EarthArXiv EdArXiv LawArXiv MetaArXiv engrXiv"
    " EcoEvoRxiv AfricArXiv TechRxiv viXra ESSOAr Authorea SSRN Preprints.org"
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
    "preprints (basel)": "Preprints.org",
}
_BEHIND: Final = re.compile(
    r"(?: e-?prints?| preprints?)?(?:[ :,]*(?:arxiv ?: ?)?(?:abs/)?"
    r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z.-]{2,16}/[0-9]{7}|20[0-9.]{6,22})(?:v[0-9]+)?"
    r"(?: ?\[[a-z. -]+\])?| ?: the preprint server for [a-z ]+| \([a-z ]+\))?",
    re.IGNORECASE,
)
"""What may be after the name: a number, the subtitle in the list of the National Library of
Medicine, or the owner, as OpenAlex has it."""
_ARXIV: Final = re.compile(
    r"arxiv(?: e-?prints?| preprint)?[ :,]*(?:arxiv ?: ?)?(?:abs/)?"
    r"([0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?|[a-z-]{2,10}(?:\.[A-Z]{2})?/[0-9]{7})",
    re.IGNORECASE,
)
_START: Final = re.compile("|".join(sorted(map(re.escape, _SERVERS), key=len, reverse=True)))
_LONGEST: Final = 80
_KINDS: Final = frozenset({"preprint", "preprints", "pre-print", "e-print", "eprint"})
_NARROWED: Final = frozenset({"article-journal", "document", "manuscript", "report", "webpage"})


@lru_cache(maxsize=4096)
def preprint_server(text: str) -> str | None:
    """Return the server that a text names, with or without the number of a preprint.

    Args:
        text: The text in the place of a journal, a publisher or a kind of number.

    Example:
        >>> [preprint_server(text) for text in ("arXiv preprint arXiv:1706.03762", "biorxiv", "J")]
        ['arXiv', 'bioRxiv', None]
        >>> preprint_server("medRxiv : the preprint server for health sciences")
        'medRxiv'
    """
    if len(text) > _LONGEST:
        return None
    known = text.strip().casefold()
    found = _SERVERS.get(known)
    if found is None and (start := _START.match(known)) and _BEHIND.fullmatch(known, start.end()):
        found = _SERVERS[start[0]]
    return found


def arxiv_number(text: str) -> str | None:
    """Return the number of arXiv that is in a text, as arXiv writes it.

    Example:
        >>> arxiv_number("arXiv preprint arXiv:1706.03762v5"), arxiv_number("arXiv")
        ('arXiv:1706.03762v5', None)
    """
    found = _ARXIV.search(text[:_LONGEST])
    return f"arXiv:{found[1]}" if found else None


def is_preprint(genre: str) -> bool:
    """Return whether a kind of work is that of a preprint.

    Example:
        >>> is_preprint("Preprint"), is_preprint("PsyArXiv preprint"), is_preprint("Letter")
        (True, True, False)
    """
    return genre.strip().casefold() in _KINDS or preprint_server(genre) is not None


def read_preprint(
    type_: str, values: dict[str, Any], extra: dict[str, Any], container: str, publisher: str
) -> None:
    """Make a work a preprint if it is on a server of preprints, also if it has another type.

    Its type is `article`, and the server is its publisher. A work whose kind is that of a preprint,
    and that appeared nowhere else, is one as well.

    Args:
        type_: CSL's type of the work.
        values: The attributes of the work, which are changed.
        extra: What has no attribute. It gets the names that contain more than the server's.
        container: The key of `extra` for the name of a container.
        publisher: The key of `extra` for the name of a publisher.

    Example:
        >>> values, extra = {"container_title": "arXiv preprint arXiv:1706.03762"}, {}
        >>> read_preprint("article-journal", values, extra, "T2", "PB")
        >>> values
        {'number': 'arXiv:1706.03762', 'type': 'article', 'publisher': 'arXiv'}
        >>> extra
        {'T2': 'arXiv preprint arXiv:1706.03762'}
    """
    if type_ not in _NARROWED:
        return
    journal, house = values.get("container_title"), values.get("publisher")
    server = preprint_server(journal or house or "")
    if server is None:
        genre = values.get("genre")
        if journal or not genre or not is_preprint(genre):
            return
        server = preprint_server(genre) or house
    elif journal:
        del values["container_title"]
        if "number" not in values and (number := arxiv_number(journal)):
            values["number"] = number
        if journal.casefold() != server.casefold():
            extra[container] = journal
        if house and house.casefold() != server.casefold():
            extra[publisher] = house
    values["type"] = "article"
    if server:
        values["publisher"] = server
