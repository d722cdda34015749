"""Names in texts, each with one or several names, and their problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from attrs import frozen

from refcite.formats.common_problems import guessed_names
from refcite.names import Name, NameList, is_et_al, read_list
from refcite.names.lists import is_et_al_name
from refcite.problems import Problem

__all__ = ["ET_AL", "NamesOfTexts", "list_in_name", "names_of", "of_names", "read_names"]

ET_AL: Final = "et al."
"""The last name of a list that continues, in formats without a mark for it."""


@frozen
class NamesOfTexts:
    """The names of a field, or of several.

    Attributes:
        names: The names.
        et_al: Whether the list continues.
        problems: The problems of guesses and unclear names.
    """

    names: tuple[Name, ...] = ()
    et_al: bool = False
    problems: tuple[Problem, ...] = ()


def of_names(names: Sequence[Name], *, et_al: bool = False) -> NamesOfTexts:
    """Return names; the last one may represent omitted names.

    Args:
        names: The names, each read by itself.
        et_al: Whether the format has another mark that there are more names.

    Example:
        >>> found = of_names([Name(family="Roe"), Name(literal="et al.")])
        >>> found.names, found.et_al
        ((Name(family='Roe'),), True)
    """
    last = names[-1] if len(names) > 1 else None
    if last is not None and is_et_al_name(last):
        return NamesOfTexts(tuple(names[:-1]), True)
    return NamesOfTexts(tuple(names), et_al)


def names_of(
    texts: Iterable[str],
    remedy: str,
    read: Callable[[str], Name] | None = None,
    *,
    delimiters: str = "",
    is_straight: bool = False,
) -> NamesOfTexts:
    """Read texts of which each should be one name.

    Args:
        texts: The texts, in their order.
        remedy: The hint, which describes an unambiguous form.
        read: Reads one name; otherwise it is read in the inverted form.
        delimiters: Signs that separate names in the format.
        is_straight: Whether several words without a comma are a person's name in the format.

    Example:
        >>> found = names_of(["Roe, Ann", "Poe, Bob", "et al."], "")
        >>> [str(name) for name in found.names], found.et_al
        (['Roe, Ann', 'Poe, Bob'], True)
    """
    names: list[Name] = []
    problems: list[Problem] = []
    et_al = False
    for text in texts:
        if names and is_et_al(text):
            et_al = True
            continue
        found = read_names(text, read, delimiters, is_straight)
        names += found.names
        et_al = et_al or found.et_al
        if found.is_guess or found.leftovers:
            problems += guessed_names(text, found, remedy)
        if not names and found.et_al:  # a mark follows names; without them it is a name itself
            names.append(Name(literal=text.strip(" ,;")))
            et_al = False
    return NamesOfTexts(tuple(names), et_al, tuple(problems))


def list_in_name(name: Name, remedy: str) -> Iterable[Problem]:
    """Yield the problem of a literal, or of a family name, that is a list; it is never split.

    Args:
        name: The name, as it was read.
        remedy: The hint, which describes an unambiguous form.

    Example:
        >>> for problem in list_in_name(Name(literal="Roe, A., Poe, B."), ""):
        ...     print(problem.message)
        'Roe, A., Poe, B.' may be several names; it is kept as one
        >>> list(list_in_name(Name(literal="Department of Health, Education, and Welfare"), ""))
        []
    """
    text = name.literal or ("" if name.given else name.family) or ""
    if "," not in text:
        return ()
    found = read_names(text)
    if len(found.names) < 2 and not found.et_al:
        return ()
    return guessed_names(text, NameList((name,), leftovers=(text,)), remedy)


@lru_cache(maxsize=8192)
def read_names(
    text: str,
    read: Callable[[str], Name] | None = None,
    delimiters: str = "",
    is_straight: bool = False,
) -> NameList:
    """Return the result of `refcite.names.read_list`, cached because libraries repeat names."""
    one = read or Name.of_inverted
    return read_list(text, delimiters=delimiters, is_straight=is_straight, read=one)
