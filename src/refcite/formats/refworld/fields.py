"""The meaning of the fields of a page's metadata, in any form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import field, frozen

from refcite.formats.refworld.lines import Line
from refcite.formats.refworld.publishers import Publishers, is_country
from refcite.formats.refworld.urls import read_address

__all__ = [
    "NOTE_OF_SAVER",
    "Block",
    "Context",
    "extra_of",
    "jurisdiction_of",
    "keyword_of",
    "title_above",
]


@frozen(kw_only=True)
class Context:
    """The input of readers of pages in addition to the lines.

    Attributes:
        publishers: The known publishers.
        day_first: How `01/02/2017` is read.
        url: The page's own URL, if it is one of Refworld's documents.
        heading: The page's heading, if its HTML marks one.
    """

    publishers: Publishers
    day_first: bool | None = None
    url: str | None = None
    heading: str | None = None

    @property
    def document_url(self) -> str | None:
        """The page's own URL, if it is that of a document."""
        address = read_address(self.url) if self.url else None
        return self.url if address and address.docid else None


@frozen(kw_only=True)
class Block:
    """Labels with their values.

    Attributes:
        values: Each label's name with its value.
        start: The index of the first of its lines.
        end: The index after the last line.
        title: The title above it.
        cite_as: The cite-as string in it.
    """

    values: Mapping[str, str] = field(factory=dict)
    start: int = 0
    end: int = 0
    title: str = ""
    cite_as: str = ""


_UPDATED: Final = re.compile(r"^Last Update ?d\b", re.IGNORECASE)
NOTE_OF_SAVER: Final = re.compile(r"^# ?[\w-]+:")
"""A note above the page by the person who saved it: `# kind: news`."""
# Lines of a page's menu that are directly above its title.
_MENU: Final = re.compile(
    r"(?:home|menu|search|share|print|e-?mail|back|skip to (?:main )?content|refworld(?: home)?"
    r"|document sources?|collections?|countries|topics|legal|policy|reference)"
    r"|home ?[>»›/|].*",
    re.IGNORECASE,
)
_FARTHEST: Final = 12
_IN_EXTRA: Final = ("reference", "languages", "related", "comments", "instrument")


def title_above(lines: Sequence[Line], start: int, floor: int) -> str:
    """Return the paragraph above a line, if there is one, without the page's menu."""
    title: list[str] = []
    for at in range(start - 1, max(floor, start - _FARTHEST) - 1, -1):
        text = lines[at].text
        if _UPDATED.match(text) or NOTE_OF_SAVER.match(text):
            break
        if text:
            title.append(text.lstrip("#* ").rstrip("*| "))
        elif title:
            break
    title.reverse()
    while len(title) > 1 and _MENU.fullmatch(title[0]):
        del title[0]
    return " ".join(title)


def keyword_of(topics: str | None) -> str | None:
    """Return a page's topics, separated like keywords.

    Example:
        >>> keyword_of("Statelessness | Right to a nationality")
        'Statelessness; Right to a nationality'
    """
    return "; ".join(_listed(topics)) if topics else None


def jurisdiction_of(values: Mapping[str, str]) -> str | None:
    """Return the page's country; several countries are not a jurisdiction."""
    country = values.get("country")
    return country if country and is_country(country) else None


def extra_of(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields without a variable."""
    extra: dict[str, Any] = {name: values[name] for name in _IN_EXTRA if values.get(name)}
    country = values.get("country")
    if country and not is_country(country) and all(map(is_country, _listed(country))):
        extra["countries"] = country
    return extra


def _listed(text: str) -> list[str]:
    separator = "|" if "|" in text else " - "
    return [part.strip() for part in text.split(separator) if part.strip()]
