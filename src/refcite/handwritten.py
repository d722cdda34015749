"""Values that users write in Python code: texts, years and dates.

Readers report ambiguous values as problems. For `Record(author="Jane Doe")` there is no list of
problems, so an ambiguous value is an error here; its message states what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import index
from typing import TYPE_CHECKING, SupportsIndex, TypeAlias

from refcite.characters import plain_text
from refcite.dates import Date
from refcite.names import Name, NameList, read_list
from refcite.names.shapes import is_organisation
from refcite.problems import (
    InvalidDateError,
    Problem,
    RecordTypeError,
    RecordValueError,
    Severity,
    described,
)

if TYPE_CHECKING:
    import datetime

__all__ = [
    "DateLike",
    "NamesLike",
    "NumberLike",
    "to_date",
    "to_names",
    "to_number",
]

NamesLike: TypeAlias = "Name | str | Iterable[Name | str] | None"
"""The values that attributes for names accept."""
DateLike: TypeAlias = "Date | str | SupportsIndex | datetime.date | None"
"""The values that attributes for dates accept; a number is a year."""
NumberLike: TypeAlias = "str | SupportsIndex | None"
"""The values that the number variables of CSL accept: text, or a whole number."""


def to_names(value: NamesLike, attribute: str) -> tuple[Name, ...]:
    """Return the names for one name or text, or for an iterable of them.

    Args:
        value: The value; a text is one name, which `Name.parse` reads.
        attribute: The name of the attribute in messages, such as `Record.author`.

    Raises:
        RecordTypeError: A value is neither a name nor text.
        RecordValueError: A text may be several names or an organisation, or is empty.

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
        raise RecordValueError(f"{attribute} contains an empty text; omit it for no name")
    if "{" in text or "=" in text:
        return Name.parse(text)  # its parts are marked, so nothing is guessed
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
    """Return the replacement for a text that may be several names."""
    names = [str(name) for name in found.names]
    plain = attribute.rpartition(".")[2]
    if found.et_al and not names:
        return f"states that there are more names; omit it, and write et_al=[{plain!r}]"
    if found.leftovers or not names:
        return "may be several names; write a list with a text for each"
    if found.et_al:
        return f"states that there are more names; write {names!r}, and et_al=[{plain!r}]"
    if len(names) > 1:
        return f"may be several names; write {names!r}"
    return f"has two readings; write {names[0]!r}, or a Name"


def to_date(value: DateLike, attribute: str) -> Date | None:
    """Return the date for a date, a text, a year or a date of Python.

    Args:
        value: The value; a text is read by `Date.parse`.
        attribute: The name of the attribute in messages, such as `Record.issued`.

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
            raise InvalidDateError(f"{attribute} contains an empty text; omit it for no date")
        problems = [problem for problem in problems if problem.severity is not Severity.INFO]
        if problems:
            raise InvalidDateError(f"{attribute}: {problems[0].message}; {_instead(value)}")
        return date
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return Date.of(index(value))
    import datetime  # slow to import, and rarely needed

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
    """Return the text of a number variable, whose value may be a number.

    Args:
        value: The value.
        attribute: The name of the attribute in messages, such as `Record.volume`.

    Raises:
        RecordTypeError: It is neither text nor a whole number.
        RecordValueError: The number has more digits than Python converts.

    Example:
        >>> to_number(12, "Record.volume"), to_number("12–13", "Record.volume")
        ('12', '12–13')
    """
    if value is None or isinstance(value, str):
        return value if value is None else plain_text(value)
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        try:
            return str(index(value))
        except ValueError:  # Python converts no integer of more than 4,300 digits
            raise RecordValueError(
                f"{attribute} must have at most 4,300 digits as a number; set it as text"
            ) from None
    raise RecordTypeError(f"{attribute} must be text or a whole number, not {described(value)}")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
