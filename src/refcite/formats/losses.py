"""Values that a format could not hold, found by reading the output again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from refcite.comparison import changes
from refcite.formats.base import Format
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.surrogates import clean_record

__all__ = ["grouped", "losses"]

_LONGEST: Final = 60
_HALF_PAIR: Final = "half of a surrogate pair, which is not a character; it is written as U+FFFD"
_NO_OPTIONS: Final[Mapping[str, Any]] = MappingProxyType({})


def losses(
    records: Iterable[Record], text: str, format_: Format, options: Mapping[str, Any] = _NO_OPTIONS
) -> Iterator[Problem]:
    """Yield a problem for each value that is not read again from a written text.

    Args:
        records: The written records.
        text: The text in which `format_` holds them.
        format_: The format; a format that is lossless or can only be written is only
            checked for halves of surrogate pairs.
        options: The options of its writer; with some of them, a lossless format has losses.

    Yields:
        `not-carried` for a missing value, `changed-value` for a changed value, `not-read-back` for
        a missing record, `lone-surrogate` for half of a surrogate pair.

    Example:
        >>> from refcite import Record
        >>> from refcite.formats import get_format, losses
        >>> nbib, records = get_format("nbib"), [Record(id="a", type="map", scale="1:10")]
        >>> for problem in losses(records, nbib.write(records), nbib):
        ...     print(problem.code, "|", problem.message)
        not-carried | nbib cannot hold scale
    """
    if "\ufffd" in text or "%EF%BF%BD" in text:
        # Only then can a record have had half of a surrogate pair.
        given, records = list(records), []
        for record in given:
            records.append(clean_record(record))
            if records[-1] is not record:
                yield _problem("lone-surrogate", f"the entry has {_HALF_PAIR}", record)
    if format_.carries_all_with(options) or not format_.reads:
        return
    name = f"{format_.name}, with these options," if format_.carries_all else format_.name
    records = list(records)
    for record, found in _pairs(records, format_.read(text), format_, options):
        if found is None:
            message = f"{name} cannot hold the entry in a form that can be read again"
            yield _problem("not-read-back", message, record)
        else:
            yield from _differences(record, found, name)


def _pairs(
    records: list[Record], back: Library, format_: Format, options: Mapping[str, Any]
) -> Iterator[tuple[Record, Record | None]]:
    """Yield each record with the record that was read from its output."""
    if len(records) == len(back):
        yield from zip(records, back, strict=True)
        return
    # A record was read as two, or not at all. Reading each separately finds it. Some formats hold
    # equal entries only once, as the schema of CFF requires.
    written: set[str] = set()
    for record in records:
        text = format_.write([record], **options)
        alone = format_.read(text)
        is_repeated = len(back) < len(records) and text in written
        written.add(text)
        yield record, alone[0] if len(alone) == 1 and not is_repeated else None


def _differences(record: Record, found: Record, name: str) -> Iterator[Problem]:
    for change in changes(record, found):
        if change.before is None:
            continue  # a value that the format adds to every entry
        if change.after is None:
            yield _problem("not-carried", f"{name} cannot hold {change.field}", record)
        else:
            message = f"{name} holds {change.field} in another form"
            hint = f"{_shown(change.before)} is read back as {_shown(change.after)}"
            yield _problem("changed-value", message, record, hint)


def _problem(code: str, message: str, record: Record, hint: str | None = None) -> Problem:
    """Return the problem of a loss, with the location of the record."""
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
"""The number of entries that are named if several have the same problem."""


def grouped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield equal problems of several entries as one problem, which names the entries.

    It has no location, since there are several.
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
