"""One cell as a value, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.common_problems import guessed_names
from refcite.formats.namelists import ET_AL, NamesOfTexts, names_of
from refcite.names import Name, NameList, is_et_al, is_organisation
from refcite.problems import Problem
from refcite.vocabulary import DATE_VARIABLES, NAME_VARIABLES

__all__ = ["DATES", "MARK", "NAMES", "read_cell", "read_names", "write_cell"]

MARK: Final = "csl:"
"""The text that is before a variable's name in the column `extra`."""

NAMES: Final = frozenset(NAME_VARIABLES)
DATES: Final = frozenset(DATE_VARIABLES)
_SAYS_PARTS: Final = re.compile("[,{}=]")
_SAYS_MORE: Final = re.compile(r"[{}=\"\\]")
_SEMICOLONS: Final = "write 'Roe, Ann; Poe, Bob', and braces around an organisation"
_OTHER_SIGNS: Final = re.compile(r"[|\r\n]+")
_SEPARATOR: Final = re.compile(r'[{}";]')


def read_names(text: str) -> NamesOfTexts:
    """Return the names of a cell, which semicolons separate.

    A name without a comma is that of an organisation if its words state so, and next to names that
    have commas.

    Example:
        >>> [str(name) for name in read_names("Roe, Ann; {Doe; Sons}; van Gogh, Vincent").names]
        ['Roe, Ann', '{Doe; Sons}', 'van Gogh, Vincent']
        >>> [str(name) for name in read_names("Roe, Ann; World Bank").names]
        ['Roe, Ann', '{World Bank}']
        >>> read_names("Ann Roe; et al.").names, read_names("Ann Roe; et al.").et_al
        ((Name(family='Roe', given='Ann'),), True)
    """
    parts = [part.strip() for part in _names_of(text) if part.strip()]
    others = _in_other_signs(parts)
    if others:
        found = read_names(";".join(others))
        doubt = guessed_names(text, NameList(found.names, is_guess=True), _SEMICOLONS)
        return NamesOfTexts(found.names, found.et_al, (*doubt, *found.problems))
    has_commas = any("," in part and "{" not in part for part in parts)
    read = _of_inverted if has_commas else _of_straight
    read_of: list[NamesOfTexts] = []
    et_al = False
    for part in parts:
        if read_of and is_et_al(part):
            et_al = True
        elif _SAYS_MORE.search(part):
            read_of.append(NamesOfTexts((Name.parse(part),)))
        else:
            read_of.append(names_of([part], _SEMICOLONS, read, is_straight=True))
    return NamesOfTexts(
        tuple(name for one in read_of for name in one.names),
        et_al or any(one.et_al for one in read_of),
        tuple(problem for one in read_of for problem in one.problems),
    )


def _in_other_signs(parts: list[str]) -> list[str]:
    """Return the names between which bars or line ends are in the place of semicolons."""
    if len(parts) != 1 or not _OTHER_SIGNS.search(parts[0]) or "{" in parts[0]:
        return []
    return [part for part in map(str.strip, _OTHER_SIGNS.split(parts[0])) if part]


def _of_inverted(text: str) -> Name:
    return _name_of(text, True)


def _of_straight(text: str) -> Name:
    return _name_of(text, False)


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
    """Return the value of a cell for a variable.

    Args:
        name: The CSL variable.
        text: The cell.
        day_first: How to read `01/02/2017`.
        problems: List to which doubts are added.
    """
    if name in NAMES:
        return read_names(text).names
    if name in DATES:
        return Date.parse(text, day_first=day_first, problems=problems)
    return text


def write_cell(name: str, value: Any, *, et_al: bool = False) -> str | None:
    """Return a variable's value as a cell; None if it would not be read back.

    Example:
        >>> write_cell("issued", Date.parse("Spring 2001")), write_cell("title", " ")
        ('2001-21', None)
    """
    if name in NAMES:
        return _write_names(value, et_al)
    text = str(value)
    if not text or text != text.strip() or text[0] == "\ufeff":
        return None
    return text if read_cell(name, text) == value else None


def _write_names(names: tuple[Name, ...], et_al: bool) -> str | None:
    text = "; ".join([*map(str, names), *([ET_AL] if et_al else [])])
    if not text or text != text.strip() or text[0] == "\ufeff":
        return None
    return text if read_names(text) == NamesOfTexts(names, et_al) else None
