"""What readers of several formats have to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from refcite.problems import Problem, Severity

__all__ = ["first_told", "no_entries"]


def no_entries(message: str) -> Problem:
    """Return the problem that a text holds no entry of the format as which it was read.

    Args:
        message: What the text lacks.
    """
    return Problem(
        severity=Severity.ERROR,
        code="no-entries",
        message=message,
        line=1,
        column=1,
        hint="is it in another format?",
    )


def first_told(problems: Iterable[Problem], told: set[str]) -> Iterator[Problem]:
    """Yield the problems; what is said of a tag in general, only once.

    Args:
        problems: The problems of one entry.
        told: What was said of the entries before it; it grows.
    """
    for problem in problems:
        if problem.code != "unknown-tag":
            yield problem
        elif problem.message not in told:
            told.add(problem.message)
            yield problem
