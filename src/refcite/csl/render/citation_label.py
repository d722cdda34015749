"""The variable `citation-label` for works without one: `Doe65`, `DoRo65`.

The specification does not define the form of labels ("citation-label"). These are citeproc-js's:
the first letters of up to four family names (fewer letters of each if there are more names) and the
year.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.render.item import Item, PreparedName
from refcite.dates import Point
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES

__all__ = ["citation_label"]

_LETTERS: Final = ((4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))
_OF_TITLE: Final = 4
_PARTICLES: Final = re.compile(r"^[ '\u2019a-z]+\s+")
_ARTICLE: Final = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_STOPS: Final = frozenset(("a", "an", "the"))


def citation_label(item: Item) -> str:
    """Return a label for a work.

    Example:
        >>> from refcite import Date, Name, Record
        >>> record = Record(id="a", author=(Name(family="Asthma"), Name(family="Bronchitis")),
        ...                 issued=Date.of(1990))
        >>> citation_label(Item("a", record, 0))
        'AsBr90'
    """
    if item.record.citation_label:
        return item.record.citation_label
    label = _of_names(item) or _of_title(item.record.title or "")
    date = item.record.issued
    start = date.start if date is not None else None
    year = "0000"
    if isinstance(start, Point):
        year = str(start.year if start.year > 0 else 1 - start.year)
    return label + year[-2:]


def _of_names(item: Item) -> str:
    for role in NAME_VARIABLES:
        names = item.names(ATTRIBUTES[role])
        if names:
            counts = _LETTERS[min(len(names), len(_LETTERS)) - 1]
            return "".join(
                _start_of(name, count) for name, count in zip(names, counts, strict=False)
            )
    return ""


def _start_of(name: PreparedName, count: int) -> str:
    text = _PARTICLES.sub("", name.family) if name.literal is None else name.literal
    letters = "".join(filter(str.isalnum, _ARTICLE.sub("", text)))
    return letters[:count].capitalize()


def _of_title(title: str) -> str:
    words = (word for word in title.split() if word.lower() not in _STOPS)
    return "".join(words)[:_OF_TITLE].capitalize()
