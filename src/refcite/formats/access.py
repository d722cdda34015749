"""The option `accessed` of the readers of pages."""

from __future__ import annotations

import datetime

from refcite.dates import Date
from refcite.problems import FormatError, RecordTypeError

__all__ = ["Accessed", "day_of"]

Accessed = str | Date | datetime.date | None


def day_of(accessed: Accessed) -> Date | None:
    """Return the date of the option `accessed`.

    Args:
        accessed: A date, a text such as `2020-01-31`, `today`, or None for none.

    Raises:
        RecordTypeError: It is of another type.
        FormatError: The text is not a date.

    Example:
        >>> str(day_of("2020-01-31")), day_of(None)
        ('2020-01-31', None)
    """
    if accessed is None or isinstance(accessed, Date):
        return accessed
    if isinstance(accessed, datetime.date):
        return Date.of(accessed.year, accessed.month, accessed.day)
    if not isinstance(accessed, str):
        raise RecordTypeError(f"accessed must be a date, not {type(accessed).__name__}")
    if accessed == "today":
        return Date.today()
    date = Date.parse(accessed)
    if date.literal is not None:
        raise FormatError(f"accessed must be a date such as 2020-01-31, not {accessed!r}")
    return date
