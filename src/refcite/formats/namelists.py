"""Names that a format gives as texts, one or several in each, with what is to be said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from attrs import frozen

from refcite.formats.faults import guessed_names
from refcite.names import Name, NameList, is_et_al, read_list
from refcite.problems import Problem

__all__ = ["ET_AL", "NamesOfTexts", "names_of", "of_names", "read_names"]

ET_AL: Final = "et al."
"""What is written in the place of a name where a list goes on, in formats without a word for it."""


@frozen
class NamesOfTexts:
    """The names of a field, or of several.

    Attributes:
        names: The names.
        et_al: Whether the list goes on.
        problems: What was guessed, or could not be told.
    """

    names: tuple[Name, ...] = ()
    et_al: bool = False
    problems: tuple[Problem, ...] = ()


def of_names(names: Sequence[Name], *, et_al: bool = False) -> NamesOfTexts:
    """Return names of which the last may stand for all that are not said.

    Args:
        names: The names, each read by itself.
        et_al: Whether the format says otherwise that there are more.

    Example:
        >>> found = of_names([Name(family="Roe"), Name(literal="et al.")])
        >>> found.names, found.et_al
        ((Name(family='Roe'),), True)
    """
    last = names[-1] if len(names) > 1 else None
    if last is not None and not last.given and is_et_al(last.literal or last.family or ""):
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
        remedy: What to write so that nothing is to be guessed.
        read: Reads one name; else it is read in the inverted form.
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
    return NamesOfTexts(tuple(names), et_al, tuple(problems))


@lru_cache(maxsize=8192)
def read_names(
    text: str,
    read: Callable[[str], Name] | None = None,
    delimiters: str = "",
    is_straight: bool = False,
) -> NameList:
    """Return what `refcite.names.read_list` reads, once for each text: libraries repeat names."""
    one = read or Name.of_inverted
    return read_list(text, delimiters=delimiters, is_straight=is_straight, read=one)
