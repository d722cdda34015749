"""The keys in the Markdown cells of a Jupyter notebook, with their places in its JSON.

The JSON is divided into its strings and not decoded as a whole, so that each key has a place in the
file, and a change of keys leaves all other bytes as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from attrs import define, field

from refcite.documents import markdown
from refcite.documents.clusters import CitedKey, CitedKeys, line_at, line_starts

__all__ = ["cited_keys", "spelled"]

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"(?P<colon>\s*+:)?|[{}\[\]]', re.DOTALL)
_PAIR: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_UNIT: Final = re.compile(rf"{_PAIR}|\\u[0-9a-fA-F]{{4}}|\\.|.", re.DOTALL)
_IN_CELLS: Final = ("", "cells", "")
"""The names of the objects and lists around the values of a cell."""


@define
class _Cell:
    """A cell.

    Attributes:
        kind: The value of `cell_type`.
        sources: The places of the strings of its source, without their quotation marks.
    """

    kind: str = ""
    sources: list[tuple[int, int]] = field(factory=list)


def cited_keys(text: str) -> CitedKeys:
    """Return the keys that the Markdown cells of a notebook use.

    Example:
        >>> found = cited_keys('{"cells": [{"cell_type": "markdown", "source": ["As @a"]}]}')
        >>> [one.key for one in found.keys]
        ['a']
    """
    lines = line_starts(text)
    keys: list[CitedKey] = []
    cites_all = False
    bibliographies: list[str] = []
    defined: set[str] = set()
    for cell in _cells(text):
        if cell.kind != "markdown":
            continue
        source, places = _decoded(text, cell.sources)
        found = markdown.cited_keys(source)
        for key in found.keys:
            start, end = places[key.start], places[key.end]
            keys.append(CitedKey(key.key, start, end, line_at(lines, start), key.is_citation))
        cites_all |= found.cites_all
        bibliographies += found.bibliographies
        defined |= found.defined
    return CitedKeys(
        keys=tuple(keys),
        cites_all=cites_all,
        bibliographies=tuple(bibliographies),
        defined=frozenset(defined),
    )


def spelled(key: str) -> str:
    """Return a key as it is written in the JSON of a notebook.

    Raises:
        FormatError: Pandoc's Markdown has no form for the key.

    Example:
        >>> spelled("smith2001")
        'smith2001'
    """
    return json.dumps(markdown.spelled(key), ensure_ascii=False)[1:-1]


def _cells(text: str) -> Iterator[_Cell]:
    path: list[str] = []
    name = ""
    cell = _Cell()
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            path.append(name)
            name = ""
            if tuple(path) == _IN_CELLS:
                cell = _Cell()
        elif sign in "}]":
            if tuple(path) == _IN_CELLS and sign == "}":
                yield cell
            if path:
                path.pop()
            name = ""
        elif token["colon"] is not None:
            name = json.loads(sign[: -len(token["colon"])], strict=False)
        else:
            if tuple(path) == _IN_CELLS and name == "cell_type":
                cell.kind = json.loads(sign, strict=False)
            elif (tuple(path) == _IN_CELLS and name == "source") or tuple(path) == (
                *_IN_CELLS,
                "source",
            ):
                cell.sources.append((token.start() + 1, token.end() - 1))


def _decoded(text: str, sources: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """Return the text of strings, and the place of each character, and of the end."""
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for start, end in sources:
        if "\\" not in text[start:end]:
            pieces.append(text[start:end])
            places += range(start, end)
            continue
        for unit in _UNIT.finditer(text, start, end):
            decoded = json.loads(f'"{unit[0]}"', strict=False) if unit[0][0] == "\\" else unit[0]
            pieces.append(decoded)
            places.append(unit.start())
    return "".join(pieces), [*places, end]
