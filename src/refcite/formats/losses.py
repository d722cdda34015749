"""What a format could not hold: found by reading what was written, so that it is never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from refcite.comparison import changes
from refcite.formats.base import Format
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["grouped", "losses"]

_LONGEST: Final = 60
_NO_OPTIONS: Final[Mapping[str, Any]] = MappingProxyType({})


def losses(
    records: Iterable[Record], text: str, format_: Format, options: Mapping[str, Any] = _NO_OPTIONS
) -> Iterator[Problem]:
    """Yield a problem for each value that a written text does not say again.

    Args:
        records: What was written.
        text: The text that `format_` wrote of them.
        format_: The format; one that holds everything, or that is only written, is not asked.
        options: What its writer took; some leave things out of a format that holds everything.

    Yields:
        `not-carried`, where a value is gone; `changed-value`, where another stands in its place;
        `not-read-back`, where the whole record is gone.

    Example:
        >>> from refcite import Record
        >>> from refcite.formats import get_format, losses
        >>> nbib, records = get_format("nbib"), [Record(id="a", type="map", scale="1:10")]
        >>> for problem in losses(records, nbib.write(records), nbib):
        ...     print(problem.code, "|", problem.message)
        not-carried | nbib has no place for scale
    """
    if format_.carries_all_with(options) or not format_.reads:
        return
    name = f"{format_.name}, with these options," if format_.carries_all else format_.name
    records = list(records)
    for record, found in _pairs(records, format_.read(text), format_, options):
        if found is None:
            message = f"{name} does not hold the entry in a form that can be read again"
            yield _problem("not-read-back", message, record)
        else:
            yield from _differences(record, found, name)


def _pairs(
    records: list[Record], back: Library, format_: Format, options: Mapping[str, Any]
) -> Iterator[tuple[Record, Record | None]]:
    """Yield each record with what was read of it."""
    if len(records) == len(back):
        yield from zip(records, back, strict=True)
        return
    # Something came back as two, or not at all. Each alone shows which.
    for record in records:
        alone = format_.read(format_.write([record], **options))
        yield record, alone[0] if alone else None


def _differences(record: Record, found: Record, name: str) -> Iterator[Problem]:
    for change in changes(record, found):
        if change.before is None:
            continue  # what the format takes for granted, and says of every entry
        if change.after is None:
            yield _problem("not-carried", f"{name} has no place for {change.field}", record)
        else:
            message = f"{name} holds {change.field} in another form"
            hint = f"{_shown(change.before)} comes back as {_shown(change.after)}"
            yield _problem("changed-value", message, record, hint)


def _problem(code: str, message: str, record: Record, hint: str | None = None) -> Problem:
    """Return what is said of a loss, at the place from which the record comes."""
    origin = record.origin
    return Problem(
        severity=Severity.WARNING,
        code=code,
        message=message,
        line=origin.line if origin else None,
        hint=hint,
        file=origin.file if origin else None,
        key=record.id or None,
    )


def _shown(value: object) -> str:
    text = " and ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


_NAMED: Final = 3
"""So many entries are named where several have the same problem."""


def grouped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems of several entries that say the same as one, which names the entries.

    It has no place, since there are several.
    """
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.message), []).append(problem)
    for group in groups.values():
        first = group[0]
        keys = [problem.key for problem in group if problem.key]
        rest = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
        where = f" ({', '.join(keys[:_NAMED])}{rest})" if keys else ""
        yield first.replace(message=f"{first.message}{where}", line=None, file=None)
