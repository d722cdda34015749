"""A text from the page, with its options, and its reading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal

from attrs import frozen

from refcite.dates import Date
from refcite.formats import Format, get_format, guess_format
from refcite.formats.files import decode, in_file
from refcite.library import Library
from refcite.problems import InputError, Problem, Severity, UnknownFormatError
from refcite.record import Record

__all__ = ["PAGES", "Detection", "Found", "FoundFile", "SentText", "SentTexts"]

PAGES: Final = ("html", "refworld")
"""The formats of web pages, for which the page also requests URL and date of access."""

Detection = Literal["choice", "name", "look"]


@frozen(kw_only=True)
class FoundFile:
    """One of several files.

    Attributes:
        name: Its name.
        format: The format that was read; None if it could not be read.
        count: The number of its records.
    """

    name: str
    format: Format | None
    count: int


@frozen(kw_only=True)
class Found:
    """The records of a text.

    Attributes:
        library: The records, with the problems.
        format: The format that was read; None without a text.
        detected_by: How the format was found: a choice, the file name, or the contents.
        files: The files, if there are several.
    """

    library: Library
    format: Format | None = None
    detected_by: Detection = "look"
    files: tuple[FoundFile, ...] = ()


@frozen(kw_only=True)
class SentText:
    """A text, and the options for its reading.

    Attributes:
        data: The text, in any of the usual encodings.
        format: A format's name; None to detect it from the text.
        name: The name of its file, whose file extension may determine the format.
        url: The URL of a web page that does not contain it.
        accessed: The date of access; None for none.
    """

    data: bytes
    format: str | None = None
    name: str | None = None
    url: str | None = None
    accessed: str | None = None

    def read(self) -> Found:
        """Return the records, and the format that was read.

        The file extension determines the format, unless the text has no entries in that format
        but has entries in another.

        Raises:
            InputError: The bytes are not text.
            UnknownFormatError: The format cannot be detected, or there is no format of this name.
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
        return Found(library=found.library, format=found.format, detected_by="name")

    def _read_as(self, chosen: Format, text: str, detected_by: Detection) -> Found:
        if chosen.name not in PAGES:
            return Found(library=chosen.read(text), format=chosen, detected_by=detected_by)
        problems: list[Problem] = []
        url, accessed = _address(self.url, problems), _day(self.accessed, problems)
        if chosen.name == "html":
            library = chosen.read(text, url=url, accessed=accessed)
        else:
            read = chosen.read(text)
            library = Library(_completed(read, url, accessed))
            library.problems = read.problems
        library.problems = [*library.problems, *problems, *_without_address(library)]
        return Found(library=library, format=chosen, detected_by=detected_by)


@frozen(kw_only=True)
class SentTexts:
    """The texts of several files, which are one library.

    Attributes:
        texts: The texts, each with a different name.
    """

    texts: tuple[SentText, ...]

    @classmethod
    def of(cls, data: bytes) -> SentTexts:
        """Return the texts in a request: a list of objects with `name`, `text` and `format`.

        Raises:
            InputError: The request has another form.
        """
        try:
            texts = tuple(
                SentText(
                    data=str(one["text"]).encode(errors="replace"),
                    name=str(one["name"]),
                    format=one.get("format") or None,
                )
                for one in json.loads(data)
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            raise InputError("the request does not contain a list of files") from None
        return cls(texts=texts)

    @property
    def format(self) -> str | None:
        """The format of all; None, since each has its own."""
        return None

    def read(self) -> Found:
        """Return the records of all files; a file that cannot be read is a problem."""
        library = Library()
        files: list[FoundFile] = []
        problems: list[Problem] = []
        for sent in self.texts:
            name = sent.name or ""
            try:
                found = sent.read()
            except (InputError, UnknownFormatError) as error:
                code = "unreadable-input"
                if isinstance(error, UnknownFormatError):
                    code = "unknown-format"
                problem = Problem(severity=Severity.ERROR, code=code, message=str(error))
                found = Found(library=Library(problems=[problem]))
            format_name = found.format.name if found.format else ""
            problems += [one.replace(file=name) for one in found.library.problems]
            library.containers += found.library.containers
            for record in found.library:
                library.append(in_file(record, name, format_name))
            files.append(FoundFile(name=name, format=found.format, count=len(found.library)))
        library.problems = problems  # an id in two files often has the same work
        return Found(library=library, files=tuple(files))


def _completed(
    records: Sequence[Record], url: str | None, accessed: Date | None
) -> Iterator[Record]:
    """Yield records with the URL and the date of access that they lack.

    The URL is only used for a single record; the date only for a record with a URL.
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
