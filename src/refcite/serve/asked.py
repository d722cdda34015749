"""A text that was sent, with what was said of it, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal

from attrs import frozen

from refcite.dates import Date
from refcite.formats import Format, get_format, guess_format
from refcite.formats.files import decode
from refcite.library import Library
from refcite.problems import Problem, Severity, UnknownFormatError
from refcite.record import Record

__all__ = ["PAGES", "Asked", "Found", "Told"]

PAGES: Final = ("html", "refworld")
"""The formats that web pages have: a person knows of them what a file does not say."""

Told = Literal["choice", "name", "look"]


@frozen(kw_only=True)
class Found:
    """What was read.

    Attributes:
        library: The records, with the problems met.
        format: The format that was read; None where there was no text.
        told: What told the format: somebody's choice, the file's name, or how the text looks.
    """

    library: Library
    format: Format | None = None
    told: Told = "look"


@frozen(kw_only=True)
class Asked:
    """A text, and what was said of it.

    Attributes:
        data: The text, in any of the usual encodings.
        format: A format's name; None where the text tells.
        name: The name of the file it came from, whose ending may tell the format.
        url: Where a web page is from, which does not say it itself.
        accessed: The day on which it was seen; None for none.
    """

    data: bytes
    format: str | None = None
    name: str | None = None
    url: str | None = None
    accessed: str | None = None

    def read(self) -> Found:
        """Return the records, and the format that was read.

        A file's ending tells the format, unless there are no entries of that format in it and
        there are of another.

        Raises:
            InputError: The bytes are not text.
            UnknownFormatError: Nothing tells the format, or there is none of this name.
        """
        text, problems = decode(self.data)
        if not text.strip():
            return Found(library=Library())
        if self.format:
            found = self._read_as(get_format(self.format), text, "choice")
        else:
            found = self._read_as(guess_format(text, self.name), text, "look")
            if self.name:
                found = self._with_or_without_name(found, text)
        found.library.problems = [*problems, *found.library.problems]
        return found

    def _with_or_without_name(self, found: Found, text: str) -> Found:
        try:
            looks_like = guess_format(text)
        except UnknownFormatError:
            looks_like = None
        if looks_like == found.format:
            return found
        if looks_like is not None and not found.library:
            other = self._read_as(looks_like, text, "look")
            if other.library:
                return other
        return Found(library=found.library, format=found.format, told="name")

    def _read_as(self, chosen: Format, text: str, told: Told) -> Found:
        if chosen.name not in PAGES:
            return Found(library=chosen.read(text), format=chosen, told=told)
        problems: list[Problem] = []
        url, accessed = _address(self.url, problems), _day(self.accessed, problems)
        if chosen.name == "html":
            library = chosen.read(text, url=url, accessed=accessed)
        else:
            read = chosen.read(text)
            library = Library(_completed(read, url, accessed))
            library.problems = read.problems
        library.problems = [*library.problems, *problems, *_without_address(library)]
        return Found(library=library, format=chosen, told=told)


def _completed(
    records: Sequence[Record], url: str | None, accessed: Date | None
) -> Iterator[Record]:
    """Yield records with what they do not say themselves.

    The address is that of one page; the day is that on which an address was seen.
    """
    for record in records:
        changes: dict[str, Any] = {}
        if url and not record.url and len(records) == 1:
            changes["url"] = url
        if accessed and not record.accessed and (record.url or changes):
            changes["accessed"] = accessed
        yield record.replace(**changes) if changes else record


def _address(url: str | None, problems: list[Problem]) -> str | None:
    from refcite.formats.htmltext import web_address

    if not url or web_address(url):
        return url
    problems.append(
        Problem(
            severity=Severity.ERROR,
            code="bad-address",
            message=f"{_shown(url)} is not a URL, and is not used",
            hint="use a URL that starts with https:// or http://",
        )
    )
    return None


def _day(text: str | None, problems: list[Problem]) -> Date | None:
    if not text:
        return None
    date = Date.parse(text)
    if date.literal is None:
        return date
    problems.append(
        Problem(
            severity=Severity.ERROR,
            code="unread-date",
            message=f"{_shown(text)} is not a date, and is not used",
            hint="write the date as in 2020-01-31",
        )
    )
    return None


def _without_address(library: Iterable[Record]) -> Iterator[Problem]:
    for record in library:
        if not record.url:
            yield Problem(
                severity=Severity.INFO,
                code="no-address",
                message="the URL of the page is missing",
                hint="copy the URL from the browser",
                line=record.origin.line if record.origin else None,
                key=record.id or None,
            )


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
