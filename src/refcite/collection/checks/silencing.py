"""Comments in a file that silence the problems of one entry.

`% refcite: ignore doi-in-url` before an entry of BibTeX, `# refcite: ignore …` in YAML, and
`<!-- refcite: ignore … -->` in XML. Without codes, all problems of the entry are silenced.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field

from refcite.codes import CODES
from refcite.collection.checks.selection import Selection, families
from refcite.problems import Problem, Severity, near_matches
from refcite.record import Record

__all__ = ["Silencer", "Silencing", "comments_in", "comments_of"]

_MARK: Final = "refcite:"
_COMMENT: Final = re.compile(
    r"^(?P<before>[^\n]*?)(?:%|\#|<!--)[^\S\n]*+refcite:[^\S\n]*+ignore\b(?P<codes>[^\n]*)",
    re.MULTILINE,
)
_OUTSIDE: Final = frozenset({"text-outside-entry", "unexpected-text"})
_SEPARATOR: Final = re.compile(r"[\s,;]+")


@define(eq=False)
class Silencing:
    """A comment that silences the entry after it.

    Attributes:
        line: Its line, counted from 1.
        codes: The codes, or families of codes; empty for all.
        used: Those that silenced a problem.
    """

    line: int
    codes: tuple[str, ...]
    used: set[str] = field(factory=set)


def comments_in(text: str, first_line: int = 1) -> Iterator[Silencing]:
    r"""Yield the comments in a text that silence problems.

    Args:
        text: The text of a file, or a part of it.
        first_line: The line of its start in the file.

    Example:
        >>> [(one.line, one.codes) for one in comments_in("\n% refcite: ignore bad-doi")]
        [(2, ('bad-doi',))]
    """
    if _MARK not in text:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, first_line):
        if _MARK in line and (found := _COMMENT.match(line)):
            codes = found["codes"].partition("-->")[0].partition(" -- ")[0].strip(" :,")
            yield Silencing(number, tuple(part for part in _SEPARATOR.split(codes) if part))


def comments_of(records: Iterable[Record]) -> Iterator[Silencing]:
    """Yield the comments before the entries of records that were read from BibTeX."""
    for record in records:
        origin = record.origin
        kept = origin.verbatim.get("entry") if origin and origin.format == "bibtex" else None
        if kept is not None and origin is not None and origin.line and _MARK in kept.before:
            yield from comments_in(kept.before, origin.line - kept.before.count("\n"))


class Silencer:
    """The comments of one file, applied to its problems.

    Args:
        comments: The comments.
        starts: The lines at which entries start.
        file: The name of the file.
    """

    def __init__(
        self, comments: Iterable[Silencing], starts: Iterable[int], file: str | None
    ) -> None:
        self._starts = sorted(set(starts))
        self._file = file
        self._by_start: dict[int, list[Silencing]] = {}
        self._without_entry: list[Silencing] = []
        self._lines: set[int] = set()
        for comment in comments:
            self._lines.add(comment.line)
            place = bisect_left(self._starts, comment.line)
            if place < len(self._starts):
                self._by_start.setdefault(self._starts[place], []).append(comment)
            else:
                self._without_entry.append(comment)

    def silences(self, problem: Problem) -> bool:
        """Return whether a comment silences a problem, which is then used."""
        if problem.line is None:
            return False
        if problem.line in self._lines and problem.code in _OUTSIDE:
            return True  # the comment itself, in a format without comments
        place = bisect_right(self._starts, problem.line) - 1
        if place < 0:
            return False
        is_silenced = False
        for comment in self._by_start.get(self._starts[place], ()):
            family = CODES[problem.code].family if problem.code in CODES else ""
            if not comment.codes:
                comment.used.add("")
                is_silenced = True
            for code in comment.codes:
                if code in (problem.code, family):
                    comment.used.add(code)
                    is_silenced = True
        return is_silenced

    def unused(self, selection: Selection) -> Iterator[Problem]:
        """Yield the problems of comments that silenced nothing.

        Args:
            selection: The reported codes: a comment about another code is not reported.
        """
        for comments in (*self._by_start.values(), self._without_entry):
            for comment in comments:
                for code in comment.codes or ("",):
                    if code not in comment.used and (message := _unused(code, selection)):
                        yield Problem(
                            severity=Severity.WARNING,
                            code="unused-ignore",
                            message=message,
                            line=comment.line,
                            column=1,
                            hint="remove it from the comment" if code else "remove the comment",
                            file=self._file,
                        )


def _unused(code: str, selection: Selection) -> str:
    if not code:
        return "the comment silences no problem"
    if code not in CODES and code not in families():
        return f"the comment names {code!r}, which is not a code" + near_matches(
            code, (*CODES, *families())
        ).replace("; did you mean", ", did you mean").rstrip("?")
    if code in CODES and not selection.has(code):
        return ""
    return f"the comment silences {code!r}, which the entry does not have"
