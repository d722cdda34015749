"""The data of a page or a cite-as string about a document, before it becomes a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from refcite.dates import Date
from refcite.formats.refworld.citeas import CiteAs
from refcite.formats.refworld.names import Leader
from refcite.formats.refworld.publishers import Publisher
from refcite.problems import Problem

__all__ = ["Document"]


@frozen(kw_only=True)
class Document:
    """The data of one source about a document, in the source's words.

    Attributes:
        title: The title.
        authors: The leading names of a string.
        author: A page's Author field.
        publisher: The publisher.
        leads: Whether the publisher is before the title.
        country: The country in brackets after the title of a law.
        jurisdiction: The country that the page names.
        symbol: The document symbol.
        issued: The date.
        url: The URL.
        accessed: The date of access.
        note: The text in brackets after the URL.
        keyword: The topics.
        language: The language, in the page's words.
        named: The type of document, in the page's words.
        extra: The fields without a variable.
        line: Its line.
        problems: The problems found.
    """

    title: str
    authors: Sequence[Leader] = ()
    author: str | None = None
    publisher: Publisher | None = None
    leads: bool = True
    country: str | None = None
    jurisdiction: str | None = None
    symbol: str | None = None
    issued: Date | None = None
    url: str | None = None
    accessed: Date | None = None
    note: str | None = None
    keyword: str | None = None
    language: str | None = None
    named: str | None = None
    extra: Mapping[str, Any] = {}
    line: int | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def has_author(self) -> bool:
        """Whether the leading author is not the publisher."""
        return bool(self.authors) or (self.author is not None and not self.publisher)

    @classmethod
    def of_string(cls, parts: CiteAs, **more: Any) -> Document:
        """Return the data of a cite-as string, completed by those around it."""
        description = parts.description
        said = {
            "title": description.title,
            "authors": description.authors,
            "publisher": description.publisher,
            "leads": description.leads,
            "country": description.country,
            "symbol": description.symbol,
            "issued": parts.issued,
            "url": parts.availability.url,
            "accessed": parts.availability.accessed,
            "note": "; ".join(
                filter(None, (parts.locator, parts.availability.note, parts.availability.remark))
            )
            or None,
            "problems": parts.problems,
        }
        return cls(**{**said, **more})
