"""The cells of a Jupyter notebook, with the places of their parts in its JSON.

Only the changed parts are written again, so that all other bytes remain as they were.

Source: the documentation of nbformat, "The notebook file format".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import define, field, frozen

from refcite.problems import InputError

__all__ = ["Cell", "Layout", "Notebook", "read_notebook"]

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]|[^\s"{}\[\]:,]++', re.DOTALL)
_CLOSING: Final = frozenset("}]")
_INDENT: Final = re.compile(r"\n([ \t]*)\Z")


@define
class Cell:
    """A cell.

    Attributes:
        start: Where it starts in the JSON.
        end: Where it ends.
        spans: The places of its values, by their keys.
        values: Its values, without outputs.
    """

    start: int
    end: int = 0
    spans: dict[str, tuple[int, int]] = field(factory=dict)
    values: dict[str, Any] = field(factory=dict)

    @property
    def kind(self) -> str:
        """The kind of the cell, such as `markdown`."""
        return str(self.values.get("cell_type", ""))

    @property
    def metadata(self) -> dict[str, Any]:
        """The metadata."""
        found = self.values.get("metadata")
        return found if isinstance(found, dict) else {}

    @property
    def source(self) -> str:
        """The text."""
        found = self.values.get("source", "")
        if isinstance(found, list):
            return "".join(one for one in found if isinstance(one, str))
        return found if isinstance(found, str) else ""


@frozen
class Layout:
    """The spelling of a notebook's JSON.

    Attributes:
        unit: The indentation of one level; None if all is on one line.
        ascii: Whether other characters are written as escapes.
    """

    unit: str | None
    ascii: bool

    def dumped(self, value: Any, indent: str) -> str:
        """Return a value as JSON.

        Args:
            value: The value.
            indent: The indentation of the line on which it starts.
        """
        text = json.dumps(value, indent=self.unit, ensure_ascii=self.ascii)
        return text if self.unit is None else text.replace("\n", f"\n{indent}")


@frozen(kw_only=True)
class Notebook:
    """A notebook.

    Attributes:
        text: Its JSON.
        cells: Its cells.
        cells_end: Where the list of cells ends, before its bracket.
        metadata: Its metadata.
        has_ids: Whether its cells have ids.
        layout: The spelling of its JSON.
    """

    text: str
    cells: Sequence[Cell]
    cells_end: int
    metadata: dict[str, Any]
    has_ids: bool
    layout: Layout

    def indent_at(self, place: int) -> str:
        """Return the indentation of the line with a place."""
        start = self.text.rfind("\n", 0, place) + 1
        line = self.text[start:place]
        return line[: len(line) - len(line.lstrip(" \t"))]


def read_notebook(text: str) -> Notebook:
    """Read a notebook.

    Raises:
        InputError: The text is not JSON, or not a notebook.

    Example:
        >>> found = read_notebook('{"cells": [{"cell_type": "markdown", "source": ["a"]}]}')
        >>> found.cells[0].source, found.cells[0].spans["source"]
        ('a', (47, 52))
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the notebook is not JSON: {error}; save it again in Jupyter") from None
    if not isinstance(tree, dict) or not isinstance(tree.get("cells"), list):
        raise InputError(
            "the file is no notebook, or one of Jupyter's format 3; open and save it in Jupyter"
        )
    cells, end = _cells(text)
    for cell, values in zip(cells, tree["cells"], strict=True):
        if isinstance(values, dict):
            cell.values = {key: value for key, value in values.items() if key != "outputs"}
    metadata = tree.get("metadata")
    has_ids = any("id" in cell.values for cell in cells)
    return Notebook(
        text=text,
        cells=cells,
        cells_end=end,
        metadata=metadata if isinstance(metadata, dict) else {},
        has_ids=has_ids or tree.get("nbformat_minor", 0) >= 5,
        layout=_layout(text),
    )


def _layout(text: str) -> Layout:
    found = re.search(r"\{\r?\n([ \t]+)", text)
    return Layout(found[1] if found is not None else None, text.isascii() and "\\u" in text)


def _cells(text: str) -> tuple[list[Cell], int]:
    """Return the cells with their places, and where their list ends."""
    cells: list[Cell] = []
    end = 0
    tokens = _TOKEN.finditer(text)
    for key, place in _members(tokens):
        if key == "cells" and text[place.start()] == "[":
            cells.clear()  # of two equal keys, JSON's readers use the last
            for token in tokens:
                if token[0] == "{":
                    cell = Cell(token.start())
                    for name, value in _members(tokens, is_open=True):
                        stop = _end_of(value, tokens)
                        cell.spans[name] = value.start(), stop.end()
                    cell.end = _last_end(text, cell)
                    cells.append(cell)
                elif token[0] == "[":
                    _end_of(token, tokens)
                    cells.append(Cell(token.start()))
                elif token[0] == "]":
                    end = token.start()
                    break
                elif token[0] != ",":
                    cells.append(Cell(token.start()))
        else:
            _end_of(place, tokens)
    return cells, end


def _last_end(text: str, cell: Cell) -> int:
    last = max((end for _, end in cell.spans.values()), default=cell.start + 1)
    return text.index("}", last) + 1


def _members(
    tokens: Iterator[re.Match[str]], *, is_open: bool = False
) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the keys of an object with the first token of each value, which the caller reads."""
    if not is_open:
        next(tokens, None)
    for token in tokens:
        if token[0] in _CLOSING:
            return
        if token[0] == ",":
            continue
        next(tokens, None)  # the colon
        value = next(tokens, None)
        if value is None:
            return
        yield json.loads(token[0], strict=False), value


def _end_of(first: re.Match[str], tokens: Iterator[re.Match[str]]) -> re.Match[str]:
    """Return the last token of a value."""
    if first[0] not in ("{", "["):
        return first
    depth = 1
    for token in tokens:
        if token[0] in ("{", "["):
            depth += 1
        elif token[0] in _CLOSING:
            depth -= 1
            if not depth:
                return token
    return first
