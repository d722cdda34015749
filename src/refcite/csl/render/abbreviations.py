"""Abbreviation lists: the short forms of journals, series, institutions and places.

The format is that of Zotero and Jurism: by jurisdiction (`default` for all), by kind
(`container-title`, `collection-title`, `institution-part`, `institution-entire`, `title`, `place`,
`number`), each full form with its short form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Final

from refcite.problems import RefciteError

__all__ = ["Abbreviations"]

_KINDS: Final = {
    "archive-place": "place",
    "authority": "institution-entire",
    "collection-title": "collection-title",
    "container-title": "container-title",
    "container-title-short": "container-title",
    "country": "place",
    "event": "title",
    "event-place": "place",
    "event-title": "title",
    "edition": "number",
    "genre": "title",
    "issue": "number",
    "jurisdiction": "place",
    "number": "number",
    "publisher": "institution-entire",
    "publisher-place": "place",
    "title": "title",
    "title-main": "title",
    "title-short": "title",
    "volume": "number",
}
_EVERYWHERE: Final = "default"
# What Jurism puts before a short form, such as the variables that it makes superfluous.
_INSTRUCTION: Final = ">>>"


class Abbreviations:
    """The short forms in one or more lists.

    Args:
        lists: The contents of the lists; the first that has a short form gives it.

    Example:
        >>> from refcite.csl.render.abbreviations import Abbreviations
        >>> lists = Abbreviations(
        ...     {"default": {"container-title": {"Journal of Ports": "J. Ports"}}})
        >>> lists.of_variable("container-title", "journal of ports")
        'J. Ports'
        >>> lists.of_variable("title", "Journal of Ports") is None
        True
    """

    def __init__(self, *lists: Mapping[str, Any]) -> None:
        self._forms: dict[tuple[str, str, str], str] = {}
        for one in lists:
            for jurisdiction, kinds in one.items():
                if jurisdiction == "info" or not isinstance(kinds, Mapping):
                    continue
                for kind, forms in kinds.items():
                    self._add(jurisdiction, kind, forms)

    def _add(self, jurisdiction: str, kind: str, forms: object) -> None:
        if not isinstance(forms, Mapping):
            return
        for full, short in forms.items():
            if isinstance(short, str):
                key = jurisdiction.casefold(), kind, _folded(str(full))
                self._forms.setdefault(key, short.rpartition(_INSTRUCTION)[2])

    @classmethod
    def read(cls, *paths: str | PathLike[str]) -> Abbreviations:
        """Read lists from JSON files.

        Args:
            paths: The files; the first that has a short form gives it.

        Raises:
            RefciteError: A file is no abbreviation list.
        """
        return cls(*map(_read, paths))

    def of(self, kind: str, text: str, jurisdiction: str = "") -> str | None:
        """Return the short form of a text, None if no list has it.

        Args:
            kind: The kind of text, such as `institution-part`.
            text: The full form, in any case.
            jurisdiction: The jurisdiction of the work; its short forms come first.
        """
        folded = _folded(text)
        place = jurisdiction.casefold()
        while place:
            found = self._forms.get((place, kind, folded))
            if found is not None:
                return found
            place = place.rpartition(":")[0]
        return self._forms.get((_EVERYWHERE, kind, folded))

    def of_variable(self, variable: str, text: str, jurisdiction: str = "") -> str | None:
        """Return the short form of a variable's text, None if no list has it."""
        kind = _KINDS.get(variable)
        return None if kind is None else self.of(kind, text, jurisdiction)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _read(path: str | PathLike[str]) -> dict[str, Any]:
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise RefciteError(f"{path}: cannot be read as an abbreviation list: {error}") from None
    if not isinstance(found, dict):
        raise RefciteError(f"{path}: is not an abbreviation list; it must be a JSON object")
    return found
