"""What can be wrong with references, and how it is said.

Readers do not stop at the first fault: they collect a `Problem` for each and go on. What cannot
go on raises an exception of the one family under `RefciteError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final

from attrs import fields, frozen

__all__ = [
    "CitationIndexError",
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
    "did_you_mean",
    "near_matches",
    "tell",
]


class Severity(StrEnum):
    """How much a problem matters.

    Example:
        >>> from refcite import Severity, loads
        >>> library = loads("@book{a, title = {One}", "bibtex")
        >>> any(problem.severity is Severity.ERROR for problem in library.problems)
        True
    """

    ERROR = "error"
    """Something was not read."""
    WARNING = "warning"
    """It was read, with a doubt."""
    INFO = "info"
    """A user may want to know it."""


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    Attributes:
        severity: `Severity.ERROR` when something of the input was not read, `WARNING` when
            it was read with a doubt, `INFO` for what a user may want to know.
        code: A stable name in kebab-case, such as `ambiguous-date`.
        message: One sentence for a person.
        line: Line in the input, counted from 1, where it is known.
        column: Column in the line, counted from 1, where it is known.
        hint: What to do about it, where there is something to do.
        file: Name of the input, as the caller gave it.
        key: Id of the entry that is concerned, where there is one.

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
            TypeError: There is no such attribute.

        Example:
            >>> from refcite import Problem, Severity
            >>> met = Problem(severity=Severity.INFO, code="other-source", message="It is said.")
            >>> print(met.replace(file="refs.bib", line=7))
            refs.bib:7: info: It is said. [other-source]
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
    """Something was lost or doubted, and there was no list `problems` to add it to."""


class RecordTypeError(RefciteError, TypeError):
    """A record, name or date was given a value of the wrong type; the message names it."""


class RecordValueError(RefciteError, ValueError):
    """A record or a library was given what it cannot take; the message says what to write.

    It is a text that may be several names, or a record under another id than its own.
    """


class InvalidDateError(RefciteError, ValueError):
    """A date that no calendar has, such as 31 February; the message names the attribute.

    Text that is given to a record as a date is one too where it has several readings, or none.
    """


class UnknownAttributeError(RefciteError, AttributeError):
    """A record or a library has no attribute of this name; the message names the one to use."""

    def __init__(
        self, owner: str, attribute: str, hint: Callable[[str], str], obj: object = None
    ) -> None:
        # Python adds a suggestion of its own to an error that has a name and no object.
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
        problem: What was wrong, with its place.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class FormatError(RefciteError):
    """A format cannot do what was asked of it, such as write where it only reads."""


class UnknownFormatError(FormatError):
    """No format has this name, file ending or look."""


class UnknownIdentifierError(RefciteError, ValueError):
    """A text is no identifier of a work that is known, or a broken one; the message says why."""


class CitationIndexError(RefciteError, IndexError):
    """A document has no citation at this index; the message says how many it has."""


class StyleError(RefciteError):
    """A CSL style or locale is broken; the message says style, line and element."""


class UnknownStyleError(StyleError):
    """No style has this id; the message names those that are nearest."""


class UnknownLocaleError(StyleError):
    """There is no CSL locale of this language."""


def near_matches(word: str, known: Iterable[str], most: int = 3) -> str:
    """Return `; did you mean …?` with the known words nearest to `word`, or nothing.

    A question is the end of what is said: nothing follows it, no list and no hint.

    Example:
        >>> near_matches("chicago-autor-date", ["apa", "chicago-author-date"])
        "; did you mean 'chicago-author-date'?"
    """
    # difflib is only needed once something has gone wrong.
    from difflib import get_close_matches

    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), by_folded, n=most, cutoff=0.6)
    return did_you_mean(by_folded[name] for name in found)


def did_you_mean(names: Iterable[str]) -> str:
    """Return `; did you mean …?` with names, or nothing where there is none.

    A question is the end of what is said: nothing follows it, no list and no hint.

    Example:
        >>> did_you_mean(["apa", "ama"])
        "; did you mean 'apa' or 'ama'?"
    """
    shown = " or ".join(map(repr, names))
    return f"; did you mean {shown}?" if shown else ""


_TOLD: Final = 3
"""So many problems are named in a warning."""


def tell(found: Iterable[Problem], problems: list[Problem] | None, *, stacklevel: int) -> None:
    """Add problems to the caller's list, or warn where there is none.

    Args:
        found: The problems.
        problems: The list, where the caller gave one.
        stacklevel: Whose line a warning names, as for `warnings.warn`, counted from here: 3 is the
            caller of who calls this.

    Example:
        >>> met, found = [], Problem(severity=Severity.INFO, code="a", message="It is said.")
        >>> tell([found], met, stacklevel=2)
        >>> len(met)
        1
    """
    if problems is not None:
        problems += found
        return
    messages = list(dict.fromkeys(_said_in_a_warning(problem) for problem in found))
    if not messages:
        return
    import warnings

    rest = f"; and {len(messages) - _TOLD} more" if len(messages) > _TOLD else ""
    said = "; ".join(messages[:_TOLD])
    warnings.warn(
        f"{said}{rest}; give a list as problems= to see each",
        RefciteWarning,
        stacklevel=stacklevel,
    )


def _said_in_a_warning(problem: Problem) -> str:
    place = ":".join(str(part) for part in (problem.file, problem.line) if part)
    return f"{place}: {problem.message}" if place else problem.message
