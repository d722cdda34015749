"""Problems of references, and the exceptions of refcite.

Readers do not stop at the first error: they add a `Problem` to a list and continue. A call that
cannot continue raises an exception, which is a subclass of `RefciteError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final
from unicodedata import combining, east_asian_width

from attrs import fields, frozen

__all__ = [
    "CitationIndexError",
    "ConditionError",
    "FormatError",
    "InputError",
    "InvalidDateError",
    "OutputError",
    "Problem",
    "ReadError",
    "RecordTypeError",
    "RecordValueError",
    "RefciteError",
    "RefciteWarning",
    "Severity",
    "StyleError",
    "UnknownAttributeError",
    "UnknownFormatError",
    "UnknownIdentifierError",
    "UnknownLocaleError",
    "UnknownStyleError",
    "described",
    "did_you_mean",
    "near_matches",
    "report_or_warn",
]


class Severity(StrEnum):
    """The severity of a problem.

    Example:
        >>> from refcite import Severity, loads
        >>> library = loads("@book{a, title = {One}", "bibtex")
        >>> any(problem.severity is Severity.ERROR for problem in library.problems)
        True
    """

    ERROR = "error"
    """A part of the input was not read."""
    WARNING = "warning"
    """The input was read, but its meaning is not certain."""
    INFO = "info"
    """The input was read; the user should know about a detail."""


@frozen(kw_only=True)
class Problem:
    """A problem of the input: an error, a doubt or a piece of information.

    Attributes:
        severity: `Severity.ERROR` if a part of the input was not read, `WARNING` if its meaning
            is not certain, `INFO` for a detail that the user should know.
        code: A stable name in kebab-case, such as `ambiguous-date`.
        message: One sentence that describes the problem.
        line: Line in the input, counted from 1, if it is known.
        column: Column in the line, counted from 1, if it is known.
        hint: The repair, if one is known.
        file: Name of the input, as the caller passed it.
        key: Id of the entry with the problem, if there is one.

    Example:
        >>> from refcite import Problem, Severity
        >>> print(Problem(severity=Severity.WARNING, code="duplicate-id",
        ...               message="the id 'a' is used twice", file="refs.bib", line=3, column=1))
        refs.bib:3:1: warning: the id 'a' is used twice [duplicate-id]
    """

    severity: Severity
    code: str
    message: str
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    file: str | None = None
    key: str | None = None

    def replace(self, **changes: Any) -> Problem:
        """Return a copy in which the named attributes have other values.

        Args:
            **changes: Attributes with their new values.

        Raises:
            TypeError: An attribute does not exist.

        Example:
            >>> from refcite import Problem, Severity
            >>> met = Problem(severity=Severity.INFO, code="row-length", message="6 cells, not 5")
            >>> print(met.replace(file="refs.bib", line=7))
            refs.bib:7: info: 6 cells, not 5 [row-length]
        """
        values = dict(zip(_ATTRIBUTES, _VALUES_OF(self), strict=True))
        return Problem(**(values | changes))

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        start = f"{place}: " if place else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{start}{self.severity}: {self.message}{hint} [{self.code}]"


_ATTRIBUTES: Final = tuple(attribute.name for attribute in fields(Problem))
_VALUES_OF: Final = attrgetter(*_ATTRIBUTES)


class RefciteError(Exception):
    """The base of every exception that refcite raises on purpose."""


class RefciteWarning(UserWarning):
    """A problem, if the caller passed no list `problems` to which it could be added."""


class RecordTypeError(RefciteError, TypeError):
    """A value of a record, name or date has the wrong type; the message names the value."""


class RecordValueError(RefciteError, ValueError):
    """A record or a library cannot hold a value; the message states what to write.

    The value is a text that may be several names, or a record that is set under another id.
    """


class InvalidDateError(RefciteError, ValueError):
    """A date is not in the calendar, such as 31 February; the message names the attribute.

    A record also raises it for the text of a date that is ambiguous or cannot be read.
    """


class ConditionError(RefciteError, ValueError):
    """A condition on records is wrong; the message has a mark under the place.

    Attributes:
        reason: What is wrong, in one line.
        condition: The text of the condition.
        place: The index in the text, from 0.
    """

    def __init__(self, reason: str, condition: str, place: int) -> None:
        super().__init__(reason, condition, place)
        self.reason = reason
        self.condition = condition
        self.place = place

    def __str__(self) -> str:
        shown = "".join(sign if sign.isprintable() else " " for sign in self.condition)
        # Some letters are two columns wide, and combining marks none.
        columns = sum(
            0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1
            for sign in shown[: self.place]
        )
        mark = " " * columns + "^"
        return f"{self.reason} (column {self.place + 1})\n  {shown}\n  {mark}"


class UnknownAttributeError(RefciteError, AttributeError):
    """A record or a library has no attribute of this name; the message names the one to use."""

    def __init__(
        self, owner: str, attribute: str, hint: Callable[[str], str], obj: object = None
    ) -> None:
        # Python adds its own suggestion to an error that has a name and no object.
        super().__init__(owner, attribute, hint, obj=obj)

    def __str__(self) -> str:
        # `hasattr` and `getattr` with a default never show the message, and the hint takes time.
        owner, attribute, hint = self.args
        return f"{owner} has no attribute {attribute!r}{hint(attribute)}"


class InputError(RefciteError):
    """An input cannot be read at all: missing, not text, not decodable."""


class OutputError(RefciteError):
    """A file cannot be written."""


class ReadError(RefciteError):
    """The first error of an input that was read with `strict=True`.

    Attributes:
        problem: The error, with its location.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class FormatError(RefciteError):
    """A format does not support a request, such as writing in a format that can only be read."""


class UnknownFormatError(FormatError):
    """No format has this name, this file extension or this form of text."""


class UnknownIdentifierError(RefciteError, ValueError):
    """A text is not a valid identifier of a known kind; the message states why."""


class CitationIndexError(RefciteError, IndexError):
    """A document has no citation at this index; the message states the number of citations."""


class StyleError(RefciteError):
    """A CSL style or locale is not valid; the message names style, line and element.

    Attributes:
        line: The line in the style or locale, None if it is not known.
    """

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class UnknownStyleError(StyleError):
    """No style has this id; the message names similar ids."""


class UnknownLocaleError(StyleError):
    """No CSL locale has this language."""


def described(value: object) -> str:
    """Return the type of a value, and the value, shortened if it is long.

    Example:
        >>> described(1926)
        'int (1926)'
    """
    shown = repr(value)
    return f"{type(value).__name__} ({shown if len(shown) <= 40 else shown[:39] + '…'})"


def near_matches(word: str, known: Iterable[str], most: int = 3) -> str:
    """Return `; did you mean …?` with the known words most similar to `word`, or nothing.

    The question ends the message: no list and no hint follows it.

    Example:
        >>> near_matches("chicago-autor-date", ["apa", "chicago-author-date"])
        "; did you mean 'chicago-author-date'?"
    """
    # Only needed after an error.
    from difflib import get_close_matches

    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), by_folded, n=most, cutoff=0.6)
    return did_you_mean(by_folded[name] for name in found)


def did_you_mean(names: Iterable[str]) -> str:
    """Return `; did you mean …?` with names, or nothing without names.

    The question ends the message: no list and no hint follows it.

    Example:
        >>> did_you_mean(["apa", "ama"])
        "; did you mean 'apa' or 'ama'?"
    """
    shown = " or ".join(map(repr, names))
    return f"; did you mean {shown}?" if shown else ""


_NAMED: Final = 3
"""The largest number of problems that a warning names."""


def report_or_warn(
    found: Iterable[Problem], problems: list[Problem] | None, *, stacklevel: int
) -> None:
    """Add problems to the list of the caller, or warn if there is no list.

    Args:
        found: The problems.
        problems: The list, or None if the caller passed none.
        stacklevel: The caller whose line a warning names, as for `warnings.warn`, counted from
            this function: 3 is the caller of its caller.

    Example:
        >>> met, found = [], Problem(severity=Severity.INFO, code="a", message="One.")
        >>> report_or_warn([found], met, stacklevel=2)
        >>> len(met)
        1
    """
    if problems is not None:
        problems += found
        return
    messages = list(dict.fromkeys(_in_a_warning(problem) for problem in found))
    if not messages:
        return
    import warnings

    rest = f"; and {len(messages) - _NAMED} more" if len(messages) > _NAMED else ""
    shown = "; ".join(messages[:_NAMED])
    warnings.warn(
        f"{shown}{rest}; pass a list as problems= to get each",
        RefciteWarning,
        stacklevel=stacklevel,
    )


def _in_a_warning(problem: Problem) -> str:
    place = ":".join(str(part) for part in (problem.file, problem.line) if part)
    return f"{place}: {problem.message}" if place else problem.message
