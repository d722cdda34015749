"""One cell as a value, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from refcite.dates import Date
from refcite.names import Name, is_et_al, is_organisation
from refcite.problems import Problem
from refcite.vocabulary import DATE_VARIABLES, NAME_VARIABLES

__all__ = ["DATES", "ET_AL", "MARK", "NAMES", "read_cell", "read_names", "write_cell"]

MARK: Final = "csl:"
"""What stands before a variable's name in the column `extra`."""

ET_AL: Final = "et al."
"""What stands in the place of the last name where a list goes on."""

NAMES: Final = frozenset(NAME_VARIABLES)
DATES: Final = frozenset(DATE_VARIABLES)
_SAYS_PARTS: Final = re.compile("[,{}=]")
_SEPARATOR: Final = re.compile(r'[{}";]')


def read_names(text: str) -> tuple[tuple[Name, ...], bool]:
    """Return the names of a cell, which semicolons separate, and whether there are more.

    A name without a comma is that of an organisation where its words say so, and beside names that
    have commas.

    Example:
        >>> names, goes_on = read_names("Roe, Ann; {Doe; Sons}; World Bank; et al.")
        >>> [str(name) for name in names], goes_on
        (['Roe, Ann', '{Doe; Sons}', '{World Bank}'], True)
        >>> read_names("Ann Roe")
        ((Name(family='Roe', given='Ann'),), False)
    """
    parts = [part.strip() for part in _names_of(text) if part.strip()]
    goes_on = len(parts) > 1 and is_et_al(parts[-1])
    if goes_on:
        parts.pop()
    has_commas = any("," in part and "{" not in part for part in parts)
    return tuple(_name_of(part, has_commas) for part in parts), goes_on


def _name_of(text: str, is_inverted: bool) -> Name:
    name = Name.parse(text)
    is_guessed = name.family and name.given and not _SAYS_PARTS.search(text)
    return Name(literal=text) if is_guessed and (is_inverted or is_organisation(text)) else name


def _names_of(text: str) -> Iterator[str]:
    """Split at semicolons outside braces and quotation marks."""
    if not ("{" in text or '"' in text) or text.count("{") != text.count("}"):
        yield from text.split(";")
        return
    depth = start = 0
    quoted = False
    for mark in _SEPARATOR.finditer(text):
        character = mark[0]
        if character == '"' and (quoted or text[mark.start() - 1 : mark.start()] == "="):
            is_escaped = text[mark.start() - 1] == "\\" and text[mark.start() - 2] != "\\"
            quoted = (quoted and is_escaped) or not quoted
        elif quoted:
            continue
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == ";" and depth <= 0:
            yield text[start : mark.start()]
            start = mark.end()
    yield text[start:]


def read_cell(
    name: str, text: str, day_first: bool | None = None, problems: list[Problem] | None = None
) -> Any:
    """Return the value that a cell gives to a variable.

    Args:
        name: The CSL variable.
        text: The cell.
        day_first: How to read `01/02/2017`.
        problems: List to which doubts are added.
    """
    if name in NAMES:
        return read_names(text)[0]
    if name in DATES:
        return Date.parse(text, day_first=day_first, problems=problems)
    return text


def write_cell(name: str, value: Any, *, et_al: bool = False) -> str | None:
    """Return a variable's value as a cell; None where it would not be read back.

    Args:
        name: The CSL variable.
        value: Its value.
        et_al: Whether a list of names goes on.

    Example:
        >>> write_cell("issued", Date.parse("Spring 2001")), write_cell("title", " ")
        ('2001-21', None)
    """
    is_list = name in NAMES
    text = "; ".join([*map(str, value), *([ET_AL] if et_al else [])]) if is_list else str(value)
    if not text or text != text.strip() or text[0] == "\ufeff":
        return None
    back = read_names(text) == (value, et_al) if is_list else read_cell(name, text) == value
    return text if back else None
