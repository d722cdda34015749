"""Adding records to a text without changes to its existing contents."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from inspect import signature
from typing import Any

from refcite.formats.base import Format
from refcite.library import Library
from refcite.problems import FormatError, Problem, Severity
from refcite.record import Record

__all__ = ["append", "concatenated"]


def append(text: str, records: Sequence[Record], format_: Format) -> tuple[str, list[Problem]]:
    r"""Return a text with records added at its end.

    In most formats the records are written after the text. The format's module may have
    `append(text, records, **options)`, which returns the new text, or None if it cannot.
    The result is read again: it must contain the old and the new records, and no others. If it does
    not, the whole text is written again, if that loses nothing. The new lines end as the old ones
    do.

    Args:
        text: The existing text, which is not changed.
        records: The records to add.
        format_: The format of both.

    Returns:
        The new text, and a problem if the whole text was written again.

    Raises:
        FormatError: The format is not both read and written, or the text has errors, so that
            data might be lost.

    Example:
        >>> from refcite import Record
        >>> from refcite.formats import append, get_format
        >>> record = Record(id="b", type="book", title="Two")
        >>> new, problems = append("@book{a,title=One}\n", [record], get_format("bibtex"))
        >>> print(new, end="")
        @book{a,title=One}
        <BLANKLINE>
        @book{b,
          title = {Two},
        }
    """
    if not text.strip():
        return format_.write(records), []
    if "\r" in text and "\n" not in text:
        whole, problems = append(text.replace("\r", "\n"), records, format_)
        return whole.replace("\n", "\r"), problems
    if not format_.reads or not format_.writes:
        raise FormatError(
            f"records cannot be appended to the format {format_.name!r}; write another file"
        )
    old = format_.read(text)
    added = format_.read(format_.write(records))
    new = _appended(text, records, format_)
    if new is not None and _is_sum(format_.read(new), old, added):
        return new, []
    if old.has_errors or any(problem.code == "not-read" for problem in old.problems):
        raise FormatError(
            f"records cannot be added to this {format_.name} without a loss: a part cannot be"
            " read; `refcite check` reports it"
        )
    new = format_.write(Library([*old, *records], containers=old.containers))
    if not _is_sum(format_.read(new), old, added):
        raise FormatError(f"records cannot be added to this {format_.name} without a loss")
    return new, [_rewritten()]


def _appended(text: str, records: Sequence[Record], format_: Format) -> str | None:
    if format_.follows:
        return concatenated(text, format_.write(records))
    function = getattr(import_module(format_.module), "append", None)
    if function is None:
        return None
    known = signature(function).parameters
    options: dict[str, Any] = {
        option: value for option, value in format_.write_options.items() if option in known
    }
    found: str | None = function(text, records, **options)
    return found


def _is_sum(whole: Library, old: Library, added: Library) -> bool:
    """Return whether a library is two others, one after the other, with no more errors."""
    errors, old_errors = (
        sum(problem.severity is Severity.ERROR for problem in library.problems)
        for library in (whole, old)
    )
    return list(whole) == [*old, *added] and errors <= old_errors


def _rewritten() -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="written-anew",
        message="the whole file was written again; its layout may differ",
    )


def concatenated(text: str, addition: str, *, blank_line: bool = True) -> str:
    r"""Return a text with another after it, with its kind of line ends.

    Args:
        text: The first.
        addition: The second.
        blank_line: Whether there is a blank line between them.

    Example:
        >>> concatenated("one\r\n", "two\n")
        'one\r\n\r\ntwo\r\n'
    """
    end = "\r\n" if "\r\n" in text else "\n"
    separator = "" if text.endswith("\n") else end
    if blank_line and not text.endswith(("\n\n", "\r\n\r\n")):
        separator += end
    if end != "\n":
        addition = addition.replace("\r\n", "\n").replace("\n", end)
    return text + separator + addition
