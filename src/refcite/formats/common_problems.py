"""Problems that readers of several formats report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from refcite.names import NameList
from refcite.problems import Problem, Severity

__all__ = [
    "empty_input",
    "first_reported",
    "guessed_names",
    "no_entries",
    "not_read",
    "outside_entry",
]

_NAMED: Final = 5
_LONGEST: Final = 60


def empty_input() -> Problem:
    """Return the problem that a text is empty, except for white space."""
    return Problem(severity=Severity.ERROR, code="empty-input", message="the input is empty")


def no_entries(message: str, hint: str = "is it in another format?") -> Problem:
    """Return the problem that a text contains no entry of the format as which it was read.

    Args:
        message: The message, which names the missing text.
        hint: The repair.
    """
    return Problem(
        severity=Severity.ERROR,
        code="no-entries",
        message=message,
        line=1,
        column=1,
        hint=hint,
    )


def outside_entry(text: str, line: int) -> Problem:
    """Return the problem that a line belongs to no entry.

    Args:
        text: The line.
        line: Its number, counted from 1.

    Example:
        >>> outside_entry("  Downloaded today", 3).message
        "the text 'Downloaded today' belongs to no entry"
    """
    return Problem(
        severity=Severity.WARNING,
        code="text-outside-entry",
        message=f"the text {_shortened(text.strip())} belongs to no entry",
        line=line,
        column=1,
    )


def guessed_names(text: str, found: NameList, remedy: str) -> Iterator[Problem]:
    """Yield the problems of a text that was read as a name, or as several, because of its form.

    Args:
        text: The text.
        found: The result of reading it.
        remedy: The hint, which describes an unambiguous form. A single name is its own hint.

    Example:
        >>> from refcite.names import read_list
        >>> for problem in guessed_names("Roe A, Poe B", read_list("Roe A, Poe B"), "use AU twice"):
        ...     print(problem.message)
        'Roe A, Poe B' is read as 2 names: 'Roe, A', 'Poe, B'
    """
    if found.is_guess:
        names = [_shortened(str(name)) for name in found.names[:_NAMED]]
        more = f" and {len(found.names) - _NAMED} more" if len(found.names) > _NAMED else ""
        count = "one name" if len(found.names) == 1 else f"{len(found.names)} names"
        message = f"{_shortened(text)} is read as {count}: {', '.join(names)}{more}"
        one = found.names[0] if len(found.names) == 1 else None
        is_divided = one is not None and one.literal is None and one.given is not None
        yield _guessed(message, f"write {names[0]} if this is right" if is_divided else remedy)
    for left in found.leftovers:
        yield _guessed(f"{_shortened(left)} may be several names; it is kept as one", remedy)


def _guessed(message: str, remedy: str) -> Problem:
    return Problem(severity=Severity.WARNING, code="guessed-names", message=message, hint=remedy)


def _shortened(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def first_reported(problems: Iterable[Problem], reported: set[str]) -> Iterator[Problem]:
    """Yield the problems; those of an unknown tag only once.

    Args:
        problems: The problems of one entry.
        reported: The messages of the entries before it; new ones are added.
    """
    for problem in problems:
        if problem.code != "unknown-tag":
            yield problem
        elif problem.message not in reported:
            reported.add(problem.message)
            yield problem


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
