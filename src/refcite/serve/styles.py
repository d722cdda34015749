"""The list of styles in which the page searches, best matches first."""

from __future__ import annotations

from functools import cache
from typing import Final

from refcite.csl import search_styles

__all__ = ["MOST", "find", "title_of"]

MOST: Final = 50
"""So many styles are listed at once."""

_USUAL: Final = (
    "refworld",
    "refworld-2023",
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "modern-language-association",
    "harvard-cite-them-right",
    "oscola",
    "bluebook-law-review",
    "ieee",
    "vancouver-nlm",
    "american-medical-association",
    "nature",
)
"""What is listed first where nothing is searched."""


@cache
def _all() -> tuple[tuple[str, str, str], ...]:
    """Return id, title and what is searched of all styles; reading the titles takes a second."""
    return tuple((id_, title, f"{id_} {title}".casefold()) for id_, title in search_styles(()))


def find(query: str) -> tuple[int, list[tuple[str, str]]]:
    """Return how many styles have all words of a query in id or title, and the first of them.

    A style whose id or title is the query comes first, then those that begin with it; of these,
    the shorter titles, which are rarely variants, before the longer. An empty query gives all,
    beginning with those that are used most.

    Example:
        >>> find("chicago notes")[1][0][0]
        'chicago-notes'
        >>> find("no such style")
        (0, [])
    """
    words = query.casefold().split()
    whole = " ".join(words)
    found = [style for style in _all() if all(word in style[2] for word in words)]
    if words:
        found.sort(key=lambda style: _rank(style, whole))
    else:
        found.sort(key=lambda style: style[0] not in _USUAL)
    return len(found), [(id_, title) for id_, title, _ in found[:MOST]]


def _rank(style: tuple[str, str, str], query: str) -> tuple[int, int]:
    id_, title, _ = style
    names = (id_.casefold(), title.casefold(), id_.casefold().replace("-", " "))
    if query in names:
        return 0, 0
    return (1 if any(name.startswith(query) for name in names) else 2), len(title)


def title_of(style: str) -> str:
    """Return a style's title, or its id where there is no such style.

    Example:
        >>> title_of("apa")
        'APA Style 7th edition'
    """
    return next((title for id_, title, _ in _all() if id_ == style), style)
