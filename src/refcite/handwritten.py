"""What people write in the place of a record's own values: texts, years, dates of Python.

A reader knows what it has read and reports what it doubts. Who writes `Record(author="Jane Doe")`
has no list of problems to look into; so what has more than one reading is an error here, which says
what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import index
from typing import TYPE_CHECKING, SupportsIndex, TypeAlias

from refcite.dates import Date
from refcite.names import Name, NameList, read_list
from refcite.names.shapes import is_organisation
from refcite.problems import (
    InvalidDateError,
    Problem,
    RecordTypeError,
    RecordValueError,
)

if TYPE_CHECKING:
    import datetime

__all__ = [
    "DateLike",
    "NamesLike",
    "NumberLike",
    "described",
    "to_date",
    "to_names",
    "to_number",
]

NamesLike: TypeAlias = "Name | str | Iterable[Name | str] | None"
"""What names may be given as."""
DateLike: TypeAlias = "Date | str | SupportsIndex | datetime.date | None"
"""What a date may be given as; a number is a year."""
NumberLike: TypeAlias = "str | SupportsIndex | None"
"""What the variables that CSL calls numbers may be given as: text, or a whole number."""


def described(value: object) -> str:
    """Return the type of a value, and the value, cut where it is long.

    Example:
        >>> described(1926)
        'int (1926)'
    """
    shown = repr(value)
    return f"{type(value).__name__} ({shown if len(shown) <= 40 else shown[:39] + '…'})"


def to_names(value: NamesLike, attribute: str) -> tuple[Name, ...]:
    """Return the names that were given as names, as texts, or as an iterable of these.

    Args:
        value: What was given; a text is one name, which `Name.parse` reads.
        attribute: What messages call its place, such as `Record.author`.

    Raises:
        RecordTypeError: Something is neither a name nor text.
        RecordValueError: A text may be several names, or an organisation's, or is empty.

    Example:
        >>> [str(name) for name in to_names(["Jane Doe", Name(literal="UNHCR")], "Record.author")]
        ['Doe, Jane', '{UNHCR}']
    """
    if value is None:
        return ()
    if isinstance(value, Name | str):
        return (_to_name(value, attribute),)
    if not isinstance(value, Iterable) or isinstance(value, bytes | dict):
        raise RecordTypeError(
            f"{attribute} must be names, texts such as 'Jane Doe', or a list of these,"
            f" not {described(value)}"
        )
    return tuple(_to_name(name, attribute) for name in value)


def _to_name(value: Name | str, attribute: str) -> Name:
    if isinstance(value, Name):
        return value
    if not isinstance(value, str):
        raise RecordTypeError(
            f"{attribute} must hold names or texts such as 'Jane Doe', not {described(value)}"
        )
    text = value.strip()
    if not text:
        raise RecordValueError(f"{attribute} holds an empty text; leave it out to name nobody")
    if "{" in text or "=" in text:
        return Name.parse(text)  # its parts are marked; there is nothing to guess
    found = read_list(text, read=Name.parse, is_straight=True)
    if not found.is_sure:
        raise RecordValueError(f"{attribute}: {_shown(text)} {_several(found, attribute)}")
    if " " in text and "," not in text and is_organisation(text):
        raise RecordValueError(
            f"{attribute}: {_shown(text)} may be an organisation; write {_shown(f'{{{text}}}')}"
            f" for one, or {_shown(str(found.names[0]))} for a person"
        )
    return found.names[0]


def _several(found: NameList, attribute: str) -> str:
    """Return what is to be written instead of a text that may be several names."""
    names = [str(name) for name in found.names]
    if found.leftovers or not names:
        return "may be several names; write a list with a text for each"
    if found.et_al:
        plain = attribute.rpartition(".")[2]
        return f"says that there are more; write {names!r}, and et_al=[{plain!r}]"
    if len(names) > 1:
        return f"may be several names; write {names!r}"
    return f"has two readings; write {names[0]!r}, or a Name"


def to_date(value: DateLike, attribute: str) -> Date | None:
    """Return the date that was given as a date, as text, as a year or as a date of Python.

    Args:
        value: What was given; text is read by `Date.parse`.
        attribute: What messages call its place, such as `Record.issued`.

    Raises:
        RecordTypeError: It is none of these.
        InvalidDateError: There is no such date, or the text has several readings, or none.

    Example:
        >>> str(to_date("March 2014", "Record.issued")), str(to_date(2014, "Record.issued"))
        ('2014-03', '2014')
    """
    if value is None or isinstance(value, Date):
        return value
    if isinstance(value, str):
        problems: list[Problem] = []
        date = Date.parse(value, problems=problems) if value.strip() else None
        if date is None:
            raise InvalidDateError(f"{attribute} holds an empty text; leave it out for no date")
        if problems:
            raise InvalidDateError(f"{attribute}: {problems[0].message}; {_instead(value)}")
        return date
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return Date.of(index(value))
    import datetime  # needed by few, and not free

    if isinstance(value, datetime.date):
        return Date.from_date(value)
    raise RecordTypeError(
        f"{attribute} must be a Date, a text such as '2014-03', a year such as 2014, or a"
        f" datetime.date, not {described(value)}"
    )


def _instead(text: str) -> str:
    kept = f"Date(literal={_shown(text)})"
    return f"write it as '2014-03-18', '2014-03' or '2014', or as {kept} to keep it as text"


def to_number(value: NumberLike, attribute: str) -> str | None:
    """Return the text of a variable that CSL calls a number, which may be given as one.

    Args:
        value: What was given.
        attribute: What messages call its place, such as `Record.volume`.

    Raises:
        RecordTypeError: It is neither text nor a whole number.

    Example:
        >>> to_number(12, "Record.volume"), to_number("12–13", "Record.volume")
        ('12', '12–13')
    """
    if isinstance(value, str | None):
        return value
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return str(index(value))
    raise RecordTypeError(f"{attribute} must be text or a whole number, not {described(value)}")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
