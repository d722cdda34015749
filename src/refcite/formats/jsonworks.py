"""The works in the JSON of a registry: one, a list in an object, an array, or one in each line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from attrs import frozen

from refcite.formats.common_problems import first_reported, no_entries
from refcite.formats.draft import Draft, library_of
from refcite.formats.jsontext import Reader
from refcite.keys import id_by_place
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["Registry", "not_read", "read_works", "stream_drafts", "stream_works"]

_PAGES: Final = re.compile(
    r"\ufeff?\{(?:(?!\"id\"|\"type\")[^\[\]]){0,4096}?"
    r"\"(?:items|results|data)\"[ \t\n\r]*:[ \t\n\r]*\["
)
"""The start of a page of results: an object with the array of works in it."""


@frozen
class Registry:
    """The JSON of a registry.

    Attributes:
        format: The name of the format.
        name: The name of the registry in messages.
        works: Returns the works in an object of the text: itself, or those that it contains; none
            if it is neither.
        draft_of: Reads a work that starts in a line.
        unread: The key of a list, such as that of the cited works, which is not read, and what it
            contains.
        is_keyed: Whether the works have keys.
    """

    format: str
    name: str
    works: Callable[[dict[str, Any]], Iterable[dict[str, Any]]]
    draft_of: Callable[[dict[str, Any], int | None], Draft]
    unread: tuple[str, str] = ("", "")
    is_keyed: bool = False

    @property
    def missing(self) -> str:
        """The message about a text without a work."""
        return f"there is no work of {self.name} in this text"


class _Works:
    """The works of a text, one by one."""

    def __init__(self, registry: Registry, problems: list[Problem]) -> None:
        self.problems = problems
        self._registry = registry
        self._omitted = 0

    def drafts(self, text: str | Iterable[str]) -> Iterator[Draft]:
        registry = self._registry
        key = registry.unread[0]
        for entry in Reader(text, self.problems, _PAGES).entries():
            is_empty = True
            for work in registry.works(entry.value):
                is_empty = False
                if key and work.get(key):
                    self._omitted += 1
                yield registry.draft_of(work, entry.line)
            if is_empty and not _is_page(entry.value):
                self.problems.append(self._no_work(entry.value, entry.line))
        if self._omitted:
            self.problems.append(not_read(*registry.unread, self._omitted))

    def _no_work(self, value: dict[str, Any], line: int) -> Problem:
        keys = ", ".join(map(repr, islice(value, 5))) or "none"
        return Problem(
            severity=Severity.ERROR,
            code="not-recognised",
            message=f"the object is not a work of {self._registry.name}, and has no record; its"
            f" keys are: {keys[:200]}",
            line=line,
        )


def not_read(key: str, what: str, count: int) -> Problem:
    """Return the problem that lists, such as those of the cited works, are not read.

    Args:
        key: Their name in the source.
        what: Their contents.
        count: The number of works that have one.

    Example:
        >>> not_read("reference", "the cited works", 2).message
        "the cited works of 2 works ('reference') are not read"
    """
    works = "1 work" if count == 1 else f"{count} works"
    return Problem(
        severity=Severity.INFO, code="not-read", message=f"{what} of {works} ({key!r}) are not read"
    )


def _is_page(value: dict[str, Any]) -> bool:
    """Return whether an object is a page of results, which may be empty."""
    inner = value.get("message")
    page = inner if isinstance(inner, dict) else value
    return any(isinstance(page.get(key), list) for key in ("items", "results", "data"))


def read_works(text: str, registry: Registry) -> Library:
    """Return the records of a text.

    Args:
        text: The JSON.
        registry: The form of its works.
    """
    problems: list[Problem] = []
    works = _Works(registry, problems)
    drafts = list(works.drafts(text.removeprefix("\ufeff")))
    return library_of(
        ((draft.record(registry.format), draft) for draft in drafts),
        missing="" if problems and not drafts else registry.missing,
        problems=problems,
        is_keyed=registry.is_keyed,
    )


def stream_works(blocks: Iterable[str], registry: Registry) -> Iterator[Record | Problem]:
    """Yield the records and problems of a text in pieces; a work without a key has an id by place.

    Args:
        blocks: The JSON, in pieces of any length.
        registry: The form of its works.
    """
    problems: list[Problem] = []
    works = _Works(registry, problems)
    yield from stream_drafts(works.drafts(blocks), problems, registry.format, registry.missing)


def stream_drafts(
    drafts: Iterable[Draft], problems: list[Problem], format_: str, missing: str
) -> Iterator[Record | Problem]:
    """Yield the records and problems of drafts.

    Args:
        drafts: The drafts, one by one.
        problems: The list to which their reader adds problems.
        format_: The name of the format.
        missing: The message if there is no draft.
    """
    reported: set[str] = set()
    count = 0
    for count, draft in enumerate(drafts, 1):
        draft.values.setdefault("id", id_by_place(count))
        record = draft.record(format_)
        if draft.problems:
            key, start = record.id, draft.start
            problems += [one.replace(key=key, line=one.line or start) for one in draft.problems]
        if problems:
            yield from first_reported(problems, reported)
            problems.clear()
        yield record
    if not count and not problems:
        problems.append(no_entries(missing))
    yield from problems
