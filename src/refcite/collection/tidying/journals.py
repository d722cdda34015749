"""The names of journals, abbreviated or in full: users' lists, and the words of ISO 4 (LTWA)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Final

from refcite.extras import install_command
from refcite.formats.files import decode, read_source
from refcite.problems import InputError, RefciteError

__all__ = ["JournalNames", "read_journal_list"]

_LARGEST: Final = 400
"""The length of a name, in characters, from which on it is no journal's."""


def read_journal_list(path: Path) -> list[tuple[str, str]]:
    """Read a list of journals, each with its full name and its abbreviation.

    A line is `full name = abbreviation`, as in older lists of JabRef, or a row of a CSV file with
    commas, semicolons or tabs, whose first two cells are the name and the abbreviation. Lines that
    start with `#` are comments.

    Args:
        path: The file, in UTF-8 or another encoding that can be detected.

    Raises:
        InputError: A line has no abbreviation, or the file cannot be read.

    Example:
        >>> from pathlib import Path
        >>> from refcite.collection.tidying import read_journal_list
        >>> file = Path("journals.txt")
        >>> _ = file.write_text("Journal of Lamps = J. Lamps")
        >>> read_journal_list(file)
        [('Journal of Lamps', 'J. Lamps')]
    """
    text, _ = decode(read_source(path))
    found: list[tuple[str, str]] = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        pair = _pair(line)
        if pair is None:
            raise InputError(
                f"{path}:{number}: the line has no name of a journal with its abbreviation;"
                " write: full name = abbreviation"
            )
        found.append(pair)
    return found


def _pair(line: str) -> tuple[str, str] | None:
    if " = " in line:
        name, _, short = line.partition(" = ")
    else:
        delimiter = next((sign for sign in "\t;," if sign in line), ",")
        cells = next(csv.reader([line], delimiter=delimiter), [])
        if len(cells) < 2:
            return None
        name, short = cells[0], cells[1]
    name, short = name.strip(), short.strip()
    return (name, short) if name and short else None


class JournalNames:
    """Finds the abbreviation of a journal, or its full name.

    A user's list precedes the words of ISO 4.

    Args:
        pairs: Full names with their abbreviations.
        target: `abbreviate` or `expand`.

    Example:
        >>> from refcite.collection.tidying import JournalNames
        >>> names = JournalNames([("Journal of Lamps", "J. Lamps")], "expand")
        >>> names("J Lamps"), names("J. Suns")
        ('Journal of Lamps', None)
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], target: str) -> None:
        self._target = target
        self._known: dict[str, str] = {}
        self._done: dict[str, str | None] = {}
        for name, short in pairs:
            if target == "abbreviate":
                self._known.setdefault(_folded(name), short)
                self._known.setdefault(_folded(short), short)
            else:
                self._known.setdefault(_folded(short), name)
                self._known.setdefault(_folded(name), name)

    @cached_property
    def _iso_4(self) -> Callable[[str], str]:
        try:
            from pyiso4.ltwa import Abbreviate
        except ImportError:
            raise RefciteError(
                "abbreviations of ISO 4 need the package pyiso4; install it with:"
                f" {install_command('journals')}"
            ) from None
        abbreviate: Callable[[str], str] = Abbreviate.create()
        return abbreviate

    def __call__(self, name: str) -> str | None:
        """Return the new name of a journal; None if it is not known.

        Args:
            name: The name as it is printed.

        Raises:
            RefciteError: The name is to be abbreviated, and the extra `journals` is missing.
        """
        if name not in self._done:
            self._done[name] = self._found(name)
        return self._done[name]

    def _found(self, name: str) -> str | None:
        known = self._known.get(_folded(name))
        if known is not None or self._target == "expand" or len(name) > _LARGEST:
            return known
        if any(word.endswith(".") for word in name.split()):
            return name  # it is abbreviated already
        return self._iso_4(name)


def _folded(name: str) -> str:
    """Return a name without the differences of two spellings of the same words."""
    text = name.casefold().replace("&", " and ").replace(".", " ")
    return " ".join(text.removeprefix("the ").split())
