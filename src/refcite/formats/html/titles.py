"""Titles without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.formats.html.authors import Site
from refcite.formats.html.text import letters

__all__ = ["without_site"]

_BORDER: Final = re.compile(r"\s+(?:[|–—·•»«:-]|::|//|/|>|<)\s+|\s*\|\s*|(?<=\S):\s+(?=[A-Z]\w+$)")
_MOST_BORDERS: Final = 12


def without_site(title: str, site: Site, others: Iterable[str] = ()) -> str:
    """Cut the name of the site, and of its section before it, from a title.

    What stands behind a border is cut only if it is known to be the site's name, or if another
    source has the title without it.

    Args:
        title: The title.
        site: Where the page stands.
        others: Titles that other sources give, such as the page's heading.

    Example:
        >>> site = Site("news.example.org", frozenset({"bbcnews", "newyorktimes"}))
        >>> without_site("Border reopened | BBC News", site)
        'Border reopened'
        >>> without_site("Poland - the New Border - The New York Times", site)
        'Poland - the New Border'
        >>> without_site("Title - Subtitle", site)
        'Title - Subtitle'
    """
    known = {letters(other) for other in others if len(letters(other)) > 3}
    borders = list(_BORDER.finditer(title))[-_MOST_BORDERS:]
    if not borders:
        return title
    for border in borders:
        if letters(title[: border.start()]) in known and letters(title) not in known:
            return title[: border.start()].rstrip()
    found = title
    while borders:
        border = borders.pop()
        if not site.is_name(found[border.end() :]):
            break
        found = found[: border.start()].rstrip()
    first = _BORDER.search(found)
    if found == title and first and site.is_name(found[: first.start()]):
        found = found[first.end() :].lstrip()
    return found or title
