"""The search for styles on the page, best matches first."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from refcite.csl import search_styles

__all__ = ["MOST", "find", "title_of"]

MOST: Final = 50
"""The maximum number of listed styles."""


def find(query: str) -> tuple[int, list[tuple[str, str]]]:
    """Return the number of styles with all words of a query in id or title, and the first of them.

    Punctuation is ignored, because titles are abbreviated in many ways.

    Example:
        >>> find("chicago notes")[1][0][0]
        'chicago-notes'
        >>> find("no such style")
        (0, [])
    """
    words = re.findall(r"[^\W_]+", query)
    if query.strip() and not words:
        return 0, []
    found = list(search_styles(words))
    return len(found), found[:MOST]


def title_of(style: str) -> str:
    """Return a style's title, or the id if there is no such style.

    Example:
        >>> title_of("apa")
        'APA Style 7th edition'
    """
    return _titles().get(style, style)


@cache
def _titles() -> dict[str, str]:
    return dict(search_styles(()))
