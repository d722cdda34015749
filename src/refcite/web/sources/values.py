"""Values from responses, for any structure of the data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from attrs import field, frozen

from refcite.dates import Date
from refcite.formats.draft import Draft
from refcite.formats.refworld import is_person
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.web.cache import Response
from refcite.web.failures import UnusableResponseError

__all__ = [
    "Found",
    "date_of",
    "json_of",
    "people",
    "person_or_body",
    "record_of",
]


@frozen
class Found:
    """The record of a work from a source.

    Attributes:
        record: The work.
        problems: Its problems.
    """

    record: Record
    problems: list[Problem] = field(factory=list)


def record_of(draft: Draft) -> Found:
    """Return the record of a draft, without the data about the registry's own entry.

    Args:
        draft: The data of the work, from the reader of a registry's format.
    """
    draft.values["id"] = "found"
    record = draft.record("lookup").replace(origin=None, extra={})
    return Found(record, [one.replace(line=None, column=None) for one in draft.problems])


def json_of(response: Response) -> Any:
    """Return a response's JSON.

    Raises:
        UnusableResponseError: The response is not JSON.
    """
    start = response.body[:200].lstrip().lower()
    if response.media_type in {"text/html", "application/xhtml+xml"} or start.startswith(b"<"):
        raise UnusableResponseError("the response is a page or XML, not JSON")
    if not start:
        raise UnusableResponseError("the response is empty")
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        raise UnusableResponseError("the response is not valid JSON") from None


# Names and dates

_BODY: Final = re.compile(
    r"\b(?:collaboration|consortium|team|working group|editors?|press|publishing|publications?"
    r"|verlag|inc|ltd|llc|gmbh|s\.a\.)\b",
    re.IGNORECASE,
)


def person_or_body(text: str) -> Name:
    """Read a name that is one text in the source; an organisation's is not split.

    Example:
        >>> for name in ("Donald E. Knuth", "The CMS Collaboration"):
        ...     print(person_or_body(name))
        Knuth, Donald E.
        {The CMS Collaboration}
    """
    if not _BODY.search(text) and (is_person(text) or text.count(",") == 1):
        return Name.parse(text)
    return Name(literal=text)


def people(names: Iterable[str], problems: list[Problem]) -> tuple[Name, ...]:
    """Read names that are one text each in the source, and report that they were split."""
    found = tuple(map(person_or_body, names))
    if any(name.literal is None for name in found):
        problems.append(
            Problem(
                severity=Severity.INFO,
                code="guessed-names",
                message="the source does not divide names; the start of the family name is guessed",
                hint="check the names",
            )
        )
    return found


def date_of(text: str | None, problems: list[Problem]) -> Date | None:
    """Read a date, if there is one."""
    return Date.parse(text, problems=problems) if text else None
