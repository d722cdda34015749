"""Titles without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.formats.html.authors import Site
from refcite.formats.html.text import letters

__all__ = ["before_heading", "has_line_above", "is_heading_of", "segments", "without_site"]

_BORDER: Final = re.compile(
    r"(?<!\s)\s+(?:[|–—·•»«:-]|::|//|/|>|<)\s+|(?:(?<!\s)\s+)?\|\s*|(?<=\S):\s+(?=[A-Z]\w+$)"
)
_MOST_BORDERS: Final = 12


def segments(title: str) -> list[str]:
    """Return the parts of a window's title.

    Example:
        >>> segments("Border reopened | World - Daily Planet")
        ['Border reopened', 'World', 'Daily Planet']
    """
    return [part for part in (part.strip() for part in _BORDER.split(title)) if part]


def without_site(
    title: str,
    site: Site,
    others: Iterable[str] = (),
    sections: frozenset[str] = frozenset(),
) -> str:
    """Cut the name of the site, and of its section before it, from a title.

    Text after a border is cut only if it is the site's name, or if another
    source has the title without it.

    Args:
        title: The title.
        site: The site of the page.
        others: Titles from other sources, such as the page's heading.
        sections: The names of the site's sections, as letters only.

    Example:
        >>> site = Site("news.example.org", frozenset({"bbcnews", "newyorktimes"}))
        >>> without_site("Border reopened | BBC News", site)
        'Border reopened'
        >>> without_site("Poland - the New Border - The New York Times", site)
        'Poland - the New Border'
        >>> without_site("Title - Subtitle", site)
        'Title - Subtitle'
    """
    known = {
        letters(other) for other in others if len(letters(other)) > 3 and not site.is_name(other)
    }
    borders = list(_BORDER.finditer(title))[-_MOST_BORDERS:]
    if not borders:
        return title
    for border in borders:
        if letters(title[: border.start()]) in known and letters(title) not in known:
            return title[: border.start()].rstrip()
    found = title
    while borders:
        border = borders.pop()
        last = found[border.end() :]
        if not (_is_site(last, site) or letters(last) in sections or _DATE.fullmatch(last)):
            break
        found = found[: border.start()].rstrip()
    first = _BORDER.search(found)
    while first:
        start = found[: first.start()]
        is_section = letters(start) in sections or _DATE.fullmatch(start) is not None
        is_section = is_section or letters(start) in _ARCHIVES
        if not (is_section or (found == title and _is_site(start, site))):
            break
        found = found[first.end() :].lstrip()
        first = _BORDER.search(found)
    return found or title


_ARCHIVES: Final = frozenset({"blogarchive", "blogarchiv", "archive", "archiv"})
"""The text that WordPress puts before the titles of its pages."""
_DATE: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d\d-\d\d")
_MOST_WORDS: Final = 6


def _is_site(text: str, site: Site) -> bool:
    """Return whether a part of a title is the name of the site, or contains that of its host."""
    if site.is_name(text):
        return True
    return len(text.split()) <= _MOST_WORDS and bool(site.label) and site.label in letters(text)


def is_heading_of(heading: str, others: Iterable[str]) -> bool:
    """Return whether a page's heading is the title of the work, of which others are versions.

    Search engines and social networks get shorter titles than readers. A heading that begins with a
    line above the title is not the title, nor is a heading that is only a word of it.

    Args:
        heading: The heading.
        others: The titles from other sources.

    Example:
        >>> is_heading_of("The border has been opened again", ["Border opened again"])
        True
        >>> is_heading_of("World news The border is open", ["The border is open"])
        False
        >>> is_heading_of("Border", ["The border is open"])
        False
    """
    others = list(others)
    if has_line_above(heading, others):
        return False
    bare, own = letters(heading), _words(heading)
    found = False
    for other in others:
        told = letters(other)
        if not told or told == bare:
            continue
        if bare in told:
            found = found or (len(own) >= _FEWEST and told.endswith(bare))
        elif len(own) >= _FEWEST:
            words = _words(other)
            found = found or 2 * len(own & words) >= min(len(own), len(words)) > 1
    return found


def has_line_above(heading: str, others: Iterable[str]) -> bool:
    """Return whether a heading begins with a line that is not part of the title.

    Args:
        heading: The heading.
        others: The titles from other sources.

    Example:
        >>> has_line_above("World news The border is open", ["The border is open"])
        True
    """
    bare = letters(heading)
    told = (letters(other) for other in others)
    return any(_SHORTEST < len(one) < len(bare) and bare.endswith(one) for one in told)


_SHORTEST: Final = 10
_FEWEST: Final = 3


def _words(text: str) -> set[str]:
    return set(filter(None, map(letters, text.split())))


def before_heading(title: str, heading: str) -> str:
    """Return a window's title without the part that begins with the heading, the site's name.

    Args:
        title: The title.
        heading: The page's only heading.

    Example:
        >>> before_heading("Border reopened | Steppe Notes | Since 2005", "Steppe Notes")
        'Border reopened'
        >>> before_heading("Border reopened", "Border reopened")
        'Border reopened'
    """
    bare = letters(heading)
    borders = list(_BORDER.finditer(title))[:_MOST_BORDERS]
    ends = [border.start() for border in borders[1:]] + [len(title)]
    for border, end in zip(borders, ends, strict=False):
        is_longer = border.start() > len(heading)
        if is_longer and letters(title[border.end() : end]) == bare:
            return title[: border.start()].rstrip()
    return title
