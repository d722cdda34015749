"""The works in the JSON of a registry: one, a list in an object, an array, or one in each line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from attrs import frozen

from refcite.formats.common_problems import not_read
from refcite.formats.draft import Draft, library_of, stream_drafts
from refcite.formats.jsontext import Reader
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["Registry", "read_works", "stream_works"]

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
