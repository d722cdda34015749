"""Hayagriva's kinds of values: formattable strings, persons, dates, addresses, numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final
from urllib.parse import urlsplit

from refcite.dates import Date, Point
from refcite.formats.crosswalk import Codec
from refcite.formats.draft import Draft
from refcite.formats.namelists import names_of, of_names, read_names
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.problems import Severity
from refcite.richtext import END, Open, Token, join, plain, tokens

__all__ = [
    "ADDRESS",
    "DATE",
    "DOI",
    "LANGUAGE",
    "NUMBER",
    "PERSONS",
    "PLAIN",
    "STRING",
    "TEXT",
    "TOTAL",
    "one_or_many",
    "read_date",
    "read_person",
    "read_string",
    "write_address",
    "write_date",
    "write_person",
    "write_string",
]

_CONTROLS: Final = re.compile(r"[\\{}$]")
_PIECE: Final = re.compile(r"\\([\\{}$])|([{}])|([^\\{}]+|\\)")
_DATE: Final = re.compile(r"(~?)([+-]?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LANGUAGE: Final = re.compile(
    r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?:[-_](?:[A-Za-z\d]{5,8}|\d\w{3}))*"
)
_SHOWN: Final = 60
_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NUMBER: Final = re.compile(r"0|[1-9]\d{0,8}")


# Formattable strings


def read_string(value: Any) -> str | None:
    r"""Return the text of a formattable string: the text that is in braces keeps its case.

    Example:
        >>> read_string("The {NASA} \\$5 report")
        'The <span class="nocase">NASA</span> $5 report'
        >>> read_string({"value": "iPad {x}", "verbatim": "true"})
        '<span class="nocase">iPad {x}</span>'
    """
    if isinstance(value, Mapping):
        inner = value.get("value")
        if isinstance(inner, str) and str(value.get("verbatim", "")).lower() == "true":
            return join([Open("nocase"), str(inner), END])
        return read_string(inner)
    if not isinstance(value, str):
        return None
    if not _CONTROLS.search(value):
        return str(value)
    parts: list[Token] = []
    depth = 0
    for escaped, brace, text in _PIECE.findall(value):
        if brace == "{":
            depth += 1
            if depth == 1:
                parts.append(Open("nocase"))
        elif brace and depth:
            depth -= 1
            if depth == 0:
                parts.append(END)
        else:
            parts.append(escaped or brace or text)
    return join([*parts, END] if depth else parts)


def write_string(text: str) -> str:
    r"""Return rich text as a formattable string; of its markup only protected case is kept.

    Example:
        >>> write_string('<i>The</i> <span class="nocase">NASA</span> $5 report')
        'The {NASA} \\$5 report'
    """
    made: list[str] = []
    ends: list[str] = []
    for part in tokens(text):
        if isinstance(part, Open):
            is_outer = part.kind == "nocase" and "}" not in ends
            made.append("{" if is_outer else "")
            ends.append("}" if is_outer else "")
        elif isinstance(part, str):
            made.append(_CONTROLS.sub(r"\\\g<0>", part))
        else:
            made.append(ends.pop())
    return "".join(made)


# Persons


def read_person(value: Any) -> tuple[Name | None, bool]:
    """Return a person's name, and whether it states all.

    Example:
        >>> read_person("van Gogh, Vincent")
        (Name(family='Gogh', given='Vincent', non_dropping_particle='van'), True)
        >>> read_person({"name": "Watkins", "given-name": "Gloria Jean", "alias": "bell hooks"})
        (Name(family='Watkins', given='Gloria Jean'), False)
    """
    if isinstance(value, str):
        return _read_text(value.strip())
    if not isinstance(value, Mapping):
        return None, False
    parts = {key: str(part) for key, part in value.items() if isinstance(part, str) and part}
    known = {"name", "given-name", "prefix", "suffix"}
    is_whole = value.keys() <= known and len(parts) == len(value)
    if not parts.keys() & known:
        alias = parts.get("alias")
        return (Name(literal=alias), False) if alias else (None, False)
    if parts.keys() & known == {"name"} and "given-name" not in value:
        return Name(literal=parts["name"]), is_whole
    name = Name.of_parts(
        parts.get("name", ""),
        parts.get("given-name", ""),
        parts.get("suffix", ""),
        particle=parts.get("prefix"),
    )
    return name, is_whole


def _read_text(text: str) -> tuple[Name | None, bool]:
    if not text:
        return None, True
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return Name(literal=text), True
    # Its description has the suffix last, its reader in the middle, as BibTeX has it.
    return Name.of_words([part.split() for part in parts], lambda text: text or None), True


def write_person(name: Name) -> str | dict[str, str]:
    """Return a name as a text if it would be read as the same name, otherwise in its parts.

    Example:
        >>> write_person(Name(family="Kafka", given="Franz"))
        'Kafka, Franz'
        >>> write_person(Name(family="King", given="Martin Luther", suffix="Jr."))
        {'name': 'King', 'given-name': 'Martin Luther', 'suffix': 'Jr.'}
    """
    if name.literal is not None:
        words = name.literal.split()
        is_plain = "," not in name.literal and not any(word[0].islower() for word in words)
        is_sure = is_plain and words and not _is_doubtful(name.literal)
        return name.literal if is_sure else {"name": name.literal}
    if name.family and name.given and not (name.suffix or name.dropping_particle):
        text = f"{name.parts().family}, {name.given}"
        if text.count(",") == 1 and read_person(text)[0] == name:
            return text
    parts = {
        "name": name.family or "",
        "given-name": name.parts().given,
        "prefix": name.non_dropping_particle or "",
        "suffix": name.suffix or "",
    }
    return {key: part for key, part in parts.items() if part or key == "name"}


# Dates


def read_date(value: Any) -> Date | None:
    """Return a date: a year, a month or a day, after a tilde if it is approximate.

    Example:
        >>> str(read_date("~1950-05")), str(read_date("-0043"))
        ('1950-05~', '-0043')
    """
    if not isinstance(value, str) or not value.strip():
        return None
    found = _DATE.fullmatch(value.strip())
    if found is None:
        return Date.parse(value)
    year, rest = int(found[2]), [part for part in found.groups()[2:] if part]
    text = "-".join([f"{year:05}" if year < 0 else f"{year:04}", *rest])
    return Date.parse(f"{text}~" if found[1] else text)


def write_date(date: Date) -> str | None:
    """Return a date in Hayagriva's form; of a range its start, of a season its year.

    Example:
        >>> write_date(Date.parse("1950~")), write_date(Date.parse("1998/2001"))
        ('~1950', '1998')
    """
    start = date.start
    if not isinstance(start, Point) or not -9999 <= start.year <= 9999:
        return None
    year = f"{start.year:05}" if start.year < 0 else f"{start.year:04}"
    parts = [year, *(f"{part:02}" for part in (start.month, start.day) if part)]
    return ("~" if start.approximate else "") + "-".join(parts)


# Others


def write_address(text: str) -> str | None:
    """Return an address that is absolute, as Typst requires; otherwise None.

    Example:
        >>> write_address("https://example.org/a"), write_address("example.org")
        ('https://example.org/a', None)
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    is_safe = text == text.strip() and not re.search(r"\s", text)
    has_host = bool(_HOST.fullmatch(parts.hostname or "")) and (port is None or port > 0)
    if parts.scheme in ("http", "https", "ftp") and has_host and is_safe and "://" in text:
        return text
    return text if parts.scheme in ("urn", "mailto", "doi") and parts.path and is_safe else None


def one_or_many(values: Sequence[Any]) -> Any:
    """Return the only value of a list, or the list."""
    return values[0] if len(values) == 1 else list(values)


# Codecs of the table


def _text(value: Any, draft: Draft) -> str | None:
    return value if isinstance(value, str) else None


def _doi(value: Any, draft: Draft) -> str | None:
    return normal_doi(value) if isinstance(value, str) else None


def _string(value: Any, draft: Draft) -> str | None:
    if isinstance(value, Mapping) and not value.keys() <= {"value", "verbatim"}:
        return None
    return read_string(value) or None


def _date(value: Any, draft: Draft) -> Date | None:
    date = read_date(value)
    if date is not None and date.literal is not None:
        message = f"the date {date.literal[:40]!r} could not be read"
        draft.report("unread-date", message, Severity.WARNING)
    return date


_REMEDY: Final = "write each person as an item of the list"
_FOREIGN: Final = {
    "family": "name", "last": "name", "literal": "name", "surname": "name",
    "given": "given-name", "first": "given-name", "firstname": "given-name",
    "forename": "given-name",
    "non-dropping-particle": "prefix", "dropping-particle": "prefix", "particle": "prefix",
}  # fmt: skip
"""The names of the parts of a person in other formats."""


def _persons(value: Any, draft: Draft) -> tuple[Name, ...] | None:
    names: list[Name] = []
    is_whole = True
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, str) and _is_doubtful(person):
            names += draft.names(names_of([person], _REMEDY, _one_name))
            continue
        name, says_all = read_person(person)
        if person and (name is None or _has_foreign_given(person)):
            name, says_all = _foreign_person(person, draft), False
        if name is not None:
            names.append(name)
        is_whole = is_whole and says_all
    if names and not is_whole:
        draft.keep(draft.own, value)
    return draft.names(of_names(names)) or None


def _is_doubtful(text: str) -> bool:
    """Return whether a text may be several names, or is one of which the parts are a guess."""
    found = read_names(text, _one_name)
    return found.is_guess or found.et_al or bool(found.leftovers)


def _one_name(text: str) -> Name:
    return _read_text(text)[0] or Name(literal=text)


def _has_foreign_given(person: Any) -> bool:
    """Return whether a person with Hayagriva's `name` has a given name under another key."""
    return (
        isinstance(person, Mapping)
        and "given-name" not in person
        and any(_FOREIGN.get(str(key).lower()) == "given-name" for key in person)
    )


def _foreign_person(person: Any, draft: Draft) -> Name | None:
    """Read a person whose parts have the names of another format, and report it."""
    name = None
    if isinstance(person, Mapping):
        parts = {_FOREIGN.get(key.lower(), key): part for key, part in person.items()}
        is_family = "literal" not in person
        name = read_person({"given-name": "", **parts} if is_family else parts)[0]
    lacks = "has no 'name'"
    if isinstance(person, Mapping) and "name" in person:
        lacks = "has no 'given-name', but the key of another format"
    shown = str(person)
    shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
    result = "is omitted" if name is None else f"is read as {str(name)!r}"
    draft.report(
        "invalid-name",
        f"the person {shown} of {draft.own} {lacks}; it {result}",
        Severity.WARNING,
        "write 'name' and 'given-name', or a text 'Family, Given'",
    )
    return name


def _number(text: str) -> int | str:
    text = plain(text)
    return int(text) if _NUMBER.fullmatch(text) else text


def _total(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _language(text: str) -> str | None:
    return text if _LANGUAGE.fullmatch(text) else None


TEXT: Final = Codec(_text)
PLAIN: Final = Codec(_text, plain)
NUMBER: Final = Codec(_text, _number)
TOTAL: Final = Codec(_text, _total, note="a number")
LANGUAGE: Final = Codec(_text, _language, note="a language identifier of Unicode")
ADDRESS: Final = Codec(_text, write_address, note="an absolute address")
DOI: Final = Codec(_doi)
STRING: Final = Codec(_string, write_string)
DATE: Final = Codec(_date, write_date)
PERSONS: Final = Codec(_persons, tuple, join=lambda lists: tuple(chain.from_iterable(lists)))
