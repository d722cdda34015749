"""What a reader sees of a page: its title, its heading, who wrote it and when.

What is only seen is a guess, and reported as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import field, frozen

from refcite.dates import Date
from refcite.formats.html.authors import names_in_byline
from refcite.formats.html.datelines import date_line, day_of_address
from refcite.formats.html.metadata import Metadata, language_code, text_in
from refcite.formats.html.page import Page
from refcite.formats.html.shown import Shown, shown_on
from refcite.formats.html.text import is_placeholder, letters, tidy
from refcite.formats.htmltext import web_address
from refcite.names import Name
from refcite.problems import Problem, Severity

__all__ = ["Seen", "read_seen"]


def read_seen(page: Page) -> Iterator[Metadata]:
    """Yield what a page says of itself in its HTML, beside its metadata.

    Args:
        page: The page.
    """
    canonical = web_address(page.canonical, page.base) if page.canonical else None
    if canonical and not _is_home(canonical, page):
        yield Metadata(source="canonical", values={"URL": canonical})
    heading = _heading(page)
    if heading:
        yield Metadata(source="heading", values={"title": heading})
    authors, byline = _authors(page)
    values: dict[str, Any] = {
        "title": text_in(page.title),
        "language": language_code(page.language),
        "license": page.license,
        "author": authors,
    }
    given = {variable: value for variable, value in values.items() if value}
    if given:
        doubts = {"author": (_guessed("author", byline),)} if byline else {}
        yield Metadata(source="page", values=given, doubts=doubts)


def _guessed(what: str, shown: str) -> Problem:
    text = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}…"
    return Problem(
        severity=Severity.INFO,
        code="guessed-from-page",
        message=f"the {what} is not in the page's metadata; it was read from {text!r}",
        hint=f"see whether that is the page's {what}",
    )


_LONGEST_SHOWN: Final = 80


def _is_home(canonical: str, page: Page) -> bool:
    """Tell whether an address is only that of the site, though the page's own is known."""
    if urlsplit(canonical).path.strip("/"):
        return False
    own = web_address(page.first("og:url"), page.base) or web_address(page.base)
    return bool(own and urlsplit(own).path.strip("/"))


def _heading(page: Page) -> str | None:
    found = [tidy(heading) for heading in page.headings]
    found = [heading for heading in found if not is_placeholder(heading)]
    if len(found) <= 1:
        return found[0] if found else None
    # Of several headings the one that the window's title has too.
    title = letters(tidy(page.title))
    return next((heading for heading in found if letters(heading) in title), None)


def _authors(page: Page) -> tuple[tuple[Name, ...], str]:
    """Return the authors, and the byline from which they were read."""
    # Of links to authors the first is the page's; others may be those of its neighbours.
    for byline in (*page.bylines, *page.author_links[:1]):
        text = tidy(byline)
        if text and not is_placeholder(text):
            names = names_in_byline(text)
            if names:
                return names, text
    written_by = _card(page, "written by")
    return (names_in_byline(written_by), "") if written_by else ((), "")


def _card(page: Page, label: str) -> str:
    """Return what a Twitter card says under a label of its own."""
    for number in ("1", "2"):
        if page.first(f"twitter:label{number}").lower() == label:
            return page.first(f"twitter:data{number}")
    return ""


@frozen(slots=False)
class Seen:
    """What a page shows, looked at when it is needed.

    Attributes:
        page: The page.
        address: Its address.
        day_first: Whether `01/02/2017` is 1 February.
        days: The days on which it may have been printed.
    """

    page: Page
    address: str
    day_first: bool | None
    days: frozenset[Date] = field(default=frozenset())

    @cached_property
    def shown(self) -> Shown:
        """What it shows."""
        texts = (self.page.first("og:title"), self.page.title)
        titles = frozenset(letters(tidy(text)) for text in texts if text)
        if self.page.root is None:
            return Shown((), None, 0)
        return shown_on(self.page.root, titles)

    @property
    def puts_day_first(self) -> bool | None:
        """Whether day or month comes first in figures, as far as the page's language tells."""
        if self.day_first is not None:
            return self.day_first
        language = (language_code(self.page.language) or "").lower()
        if language in {"", "en"}:
            return None
        return language not in {"en-us", "en-ca", "en-ph"}

    def date(self, sources: Sequence[Metadata]) -> Metadata | None:
        """Return the date that is seen, where the sources have none as exact.

        Args:
            sources: What the metadata say.
        """
        if any(_is_exact(one.values.get("issued")) for one in sources):
            return None
        line = date_line(self.shown, self.address, self.puts_day_first, self.days)
        if line is not None:
            doubts = () if line.is_marked else (_guessed("date", line.shown),)
            return _of_date(line.date, doubts)
        date, _ = day_of_address(self.address)
        if date is not None and date.day is not None:
            return _of_date(date, (_guessed("date", self.address),))
        return None


def _is_exact(date: Date | None) -> bool:
    return date is not None and date.literal is None and date.day is not None


def _of_date(date: Date, doubts: tuple[Problem, ...]) -> Metadata:
    return Metadata(source="seen", values={"issued": date}, doubts={"issued": doubts})
