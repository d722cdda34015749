"""The visible data of a page: its title, its heading, its authors and its date.

Data that are only visible are guesses, and are reported as guesses.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from refcite.dates import Date
from refcite.formats.html.authors import Site, accepted, names_in_byline
from refcite.formats.html.bylines import copyright_owner, shown_byline, starts_byline
from refcite.formats.html.datelines import date_line, day_of_address, own_day
from refcite.formats.html.metadata import Metadata, is_exact, language_code, text_in
from refcite.formats.html.page import Page
from refcite.formats.html.shown import Shown, shown_on
from refcite.formats.html.text import is_placeholder, letters, tidy
from refcite.formats.html.titles import is_heading_of
from refcite.formats.htmltext import web_address
from refcite.names import Name
from refcite.problems import Problem, Severity

__all__ = ["Seen", "read_seen"]


def read_seen(page: Page, site: Site) -> Iterator[Metadata]:
    """Yield the data in a page's HTML outside of its metadata.

    Args:
        page: The page.
        site: Its site, whose name is not an author's.
    """
    canonical = web_address(page.canonical, page.base) if page.canonical else None
    if canonical and not _is_home(canonical, page):
        yield Metadata(source="canonical", values={"URL": canonical})
    heading = _heading(page)
    if heading:
        yield Metadata(source="heading", values={"title": heading})
    authors, byline = _authors(page, site)
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
        hint=f"check whether that is the page's {what}",
    )


_LONGEST_SHOWN: Final = 80


def _is_home(canonical: str, page: Page) -> bool:
    """Return whether a URL is only that of the site, although the page's own is known."""
    if urlsplit(canonical).path.strip("/"):
        return False
    own = web_address(page.first("og:url"), page.base) or web_address(page.base)
    return bool(own and urlsplit(own).path.strip("/"))


def _heading(page: Page) -> str | None:
    found = [tidy(heading) for heading in page.headings]
    found = [heading for heading in found if not is_placeholder(heading)]
    if len(found) <= 1:
        return found[0] if found else None
    # Of several headings, the one that is also in the window's title.
    title = letters(tidy(page.title))
    own = [heading for heading in found if letters(heading) in title]
    told = [tidy(page.title), tidy(page.first("og:title"))]
    own += [heading for heading in found if is_heading_of(heading, told)]
    return max(own, key=len) if own else None


def _authors(page: Page, site: Site) -> tuple[tuple[Name, ...], str]:
    """Return the authors, and the byline from which they were read."""
    for label in _WRITTEN_BY:
        names = accepted(names_in_byline(_card(page, label)), site)
        if names:
            return names, ""
    bylines = [text for text in map(tidy, page.bylines) if not is_placeholder(text)]
    labelled = [text for text in bylines if starts_byline(text)]
    # The first link to authors is the page's; others may belong to other articles.
    others = [
        text for text in (*bylines, *map(tidy, page.author_links[:1])) if text not in labelled
    ]
    titles = frozenset(letters(tidy(text)) for text in page.headings[:_MOST_HEADINGS])
    own = evolve(site, names=site.names | titles)
    for text in (*labelled, *others):
        names = names_in_byline(text)
        usable = accepted(names, own)
        if usable and _is_likely(text, usable):
            return usable, text
        if names and not usable and text in labelled and all(map(site.is_named_as, names)):
            # The site is the author: other bylines belong to other works.
            break
    return (), ""


_WRITTEN_BY: Final = (
    "written by", "geschrieben von", "verfasst von", "écrit par", "escrito por", "scritto da",
    "geschreven door", "napisane przez", "написано автором", "автор",
)  # fmt: skip


_MOST_HEADINGS: Final = 3


def _is_likely(text: str, names: Sequence[Name]) -> bool:
    """Return whether names may be those of authors, and not text next to names."""
    shown = [name.literal or " ".join(filter(None, (name.given, name.family))) for name in names]
    if any(len(one.split()) > 8 or len(one) > 80 for one in shown):
        return False
    # `Culture | 4 May 2019`: one word next to a date or other words is a section and not a name.
    is_plain = starts_byline(text) or letters(text) == letters("".join(shown))
    return is_plain or any(" " in one for one in shown)


def _card(page: Page, label: str) -> str:
    """Return the value that a Twitter card has under its own label."""
    for number in ("1", "2"):
        if page.first(f"twitter:label{number}").lower() == label:
            return page.first(f"twitter:data{number}")
    return ""


_NEAR: Final = 3_000


@frozen(slots=False)
class Seen:
    """The visible text of a page, computed when it is needed.

    Attributes:
        page: The page.
        text: Its HTML.
        address: Its URL.
        day_first: Whether `01/02/2017` is 1 February.
        days: The days on which the page may have been printed.
    """

    page: Page
    text: str
    address: str
    day_first: bool | None
    days: frozenset[Date] = field(default=frozenset())

    @cached_property
    def near(self) -> Shown:
        """The text near its heading."""
        return self._shown(_NEAR)

    @property
    def shown(self) -> Shown:
        """All its visible text."""
        return self._shown(None)

    def _shown(self, behind: int | None) -> Shown:
        texts = (self.page.first("og:title"), self.page.title)
        titles = frozenset(letters(tidy(text)) for text in texts if text)
        if self.page.root is None:
            return Shown((), None, 0)
        return shown_on(self.page.root, titles, behind)

    @property
    def puts_day_first(self) -> bool | None:
        """Whether day or month is first in figures, if the page's language determines it."""
        if self.day_first is not None:
            return self.day_first
        language = (language_code(self.page.language) or "").lower()
        if language in {"", "en"}:
            return None
        return language not in {"en-us", "en-ca", "en-ph"}

    def date(self, sources: Sequence[Metadata]) -> Metadata | None:
        """Return the visible date, if the sources have none that is as exact.

        Args:
            sources: The metadata.
        """
        told = [date for one in sources if (date := one.values.get("issued")) is not None]
        if any(map(is_exact, told)):
            return None
        # A year, or a first of January that means a year, is not replaced by another year.
        years = {date.year for date in told if date.literal is None}
        line = date_line(self.near, self.address, self.puts_day_first, self.days)
        if line is None and self.near.is_cut:
            line = date_line(self.shown, self.address, self.puts_day_first, self.days)
        if line is not None and (not years or line.date.year in years):
            doubts = () if line.is_marked else (_guessed("date", line.shown),)
            return _of_date(line.date, doubts)
        date, _ = day_of_address(self.address)
        if date is not None and date.day is not None and (not years or date.year in years):
            return _of_date(date, (_guessed("date", self.address),))
        return None

    def authors(self, sources: Sequence[Metadata], site: Site) -> Metadata | None:
        """Return the visible authors near the heading, if the sources name none.

        Args:
            sources: The metadata.
            site: The site of the page.
        """
        if any(accepted(one.values.get("author", ()), site) for one in sources):
            return None
        line, people = shown_byline(self.near)
        if not people and (owner := copyright_owner(self.text)):
            line, people = f"© {owner}", (owner,)
        names = accepted((name for one in people for name in names_in_byline(one)), site)
        if not names:
            return None
        doubts = {"author": (_guessed("author", line),)}
        return Metadata(source="seen", values={"author": names}, doubts=doubts)

    def in_own_time(self, sources: Sequence[Metadata]) -> Iterator[Metadata]:
        """Yield the sources; a time in UTC is replaced by the day that the page shows.

        Args:
            sources: The metadata.
        """
        stamps = {one.stamp for one in sources if one.stamp}
        in_utc = {
            one.stamp: one.values["issued"] for one in sources if _UTC.search(one.stamp) is not None
        }
        days = {day: self._own_day(stamp, day, stamps) for stamp, day in in_utc.items()}
        for one in sources:
            day = one.values.get("issued")
            # A day without a time is the start of the same time stamp.
            is_cut = not one.stamp or one.stamp in in_utc
            if day is None or not is_cut or days.get(day, day) == day:
                yield one
            else:
                yield evolve(one, values={**one.values, "issued": days[day]})

    def _own_day(self, stamp: str, day: Date, stamps: set[str]) -> Date:
        instant = _instant(stamp)
        for other in stamps:
            if _UTC.search(other) is None and instant is not None and _instant(other) == instant:
                return Date.parse(other[:10])
        is_european = (language_code(self.page.language) or "")[:2].lower() in _EUROPEAN
        if is_european and instant is not None and instant.hour < _EVENING:
            return day
        return own_day(self.near, day, self.puts_day_first)


_EUROPEAN: Final = frozenset(
    ("bg", "cs", "da", "de", "el", "et", "fi", "hr", "hu", "it", "lt", "lv", "nb", "nl", "no", "pl",
     "ro", "sk", "sl", "sv")
)  # fmt: skip
"""Languages that are used mostly in the time zones of Central or Eastern Europe."""
_EVENING: Final = 20
"""The hour in UTC from which the next day may have begun there."""
# Midnight means a day without a time.
_UTC: Final = re.compile(r"[T ](?!00:00(?::00)?(?:\.0+)?(?:Z|[+-]))[\d:.]{4,16}(?:Z|\+00:?00)$")


def _instant(stamp: str) -> datetime.datetime | None:
    try:
        found = datetime.datetime.fromisoformat(stamp.replace(" ", "T", 1))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _of_date(date: Date, doubts: tuple[Problem, ...]) -> Metadata:
    return Metadata(source="seen", values={"issued": date}, doubts={"issued": doubts})
