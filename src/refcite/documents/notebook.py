"""Jupyter notebooks: citations in their Markdown cells, with one numbering and one bibliography.

The Markdown cells are read as one document. The bibliography is in a cell with the tag
`refcite-bibliography`, which is added if there is none, and otherwise written again. A changed cell
keeps its source in its metadata, so that a rendered notebook can be rendered again: if the cell was
not edited since, its source is rendered instead of its text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Container, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from attrs import evolve

from refcite.documents.answers import Answers
from refcite.documents.clusters import CitedKey, DocumentCitation, line_at, line_starts
from refcite.documents.locators import LocatorTerms
from refcite.documents.markdown import MarkdownDocument
from refcite.documents.metadata import Settings
from refcite.documents.notebook_cells import Cell, Notebook, read_notebook
from refcite.documents.notebook_keys import cited_keys, spelled
from refcite.problems import Problem

__all__ = ["TAG", "NotebookDocument", "cited_keys", "read", "spelled"]

TAG: Final = "refcite-bibliography"
"""The tag of the cell with the bibliography."""
_OWN: Final = "refcite"
"""The key of refcite's data in the metadata of the notebook and of cells."""
_SEPARATOR: Final = "\n\n<!-- refcite: cell {} -->\n\n"
_SPLIT: Final = re.compile(r"\n\n<!-- refcite: cell \d+ -->\n\n")
_NOTE: Final = re.compile(r"^\[\^([^\]\s]+)\]: ", re.MULTILINE)
_ATTRIBUTES: Final = re.compile(r"^(# .*) \{#bibliography \.unnumbered\}$", re.MULTILINE)


def read(text: str) -> NotebookDocument:
    """Return a notebook.

    Raises:
        InputError: The text is no notebook.

    Example:
        >>> text = '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["As @a."]}]}'
        >>> read(text).nocite(Settings())
        []
    """
    return NotebookDocument(read_notebook(text))


class NotebookDocument:
    """A notebook, read.

    Args:
        notebook: The notebook.

    Attributes:
        output: The output format of the processor.
    """

    output: Final = "markdown"

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._bibliography = next((cell for cell in notebook.cells if _is_bibliography(cell)), None)
        self._cells = [
            cell
            for index, cell in enumerate(notebook.cells)
            if "source" in cell.spans
            and cell is not self._bibliography
            and (cell.kind == "markdown" or (not index and _is_front_matter(cell)))
        ]
        self._sources = [_source(cell) for cell in self._cells]
        pieces: list[str] = []
        self._starts: list[int] = []
        place = 0
        for index, source in enumerate(self._sources):
            before = _SEPARATOR.format(index) if index else ""
            pieces += (before, source)
            place += len(before)
            self._starts.append(place)
            place += len(source)
        self._text = "".join(pieces)
        self._document = MarkdownDocument(self._text, is_pandoc=False)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The metadata of the first cell, and those of the notebook under `refcite`."""
        own = self._notebook.metadata.get(_OWN)
        return {**(own if isinstance(own, dict) else {}), **self._document.metadata}

    @property
    def problems(self) -> Sequence[Problem]:
        """The problems of the text."""
        return [
            one if one.line is None else one.replace(line=self._line(one.line))
            for one in self._document.problems
        ]

    def nocite(self, settings: Settings) -> Sequence[CitedKey]:
        """Return the keys that are listed and not cited."""
        return [self._placed(key) for key in self._document.nocite(settings)]

    def references(self) -> str:
        """Return CSL-YAML with the references in the first cell, or nothing."""
        return self._document.references()

    def citations(self, terms: LocatorTerms, known: Container[str]) -> Sequence[DocumentCitation]:
        """Return the citations in the order in which they are numbered."""
        return [
            evolve(one, keys=tuple(map(self._placed, one.keys)))
            for one in self._document.citations(terms, known)
        ]

    def _placed(self, key: CitedKey) -> CitedKey:
        return evolve(key, line=self._line(key.line))

    @cached_property
    def _lines(self) -> tuple[list[int], list[int]]:
        return line_starts(self._text), line_starts(self._notebook.text)

    def _line(self, line: int) -> int:
        """Return the line in the notebook's JSON of a line of the Markdown."""
        starts, own = self._lines
        place = starts[min(line, len(starts)) - 1]
        index = max(line_at(self._starts, place) - 1, 0)
        cell = self._cells[index]
        start, end = cell.spans["source"]
        first = line_at(own, start)
        inside = line - line_at(starts, self._starts[index])
        # A list has a line for each string, after that of its bracket.
        offset = inside + 1 if self._notebook.text[start] == "[" else 0
        return min(first + offset, line_at(own, end))

    # Writing

    def write(self, answers: Answers) -> str:
        """Return the notebook with the results in its cells."""
        *written, last = _SPLIT.split(self._document.write(answers) + _SEPARATOR.format("0"))
        if self._sources:
            end = self._end_of_last(written[-1], answers)
            written[-1], last = written[-1][:end], written[-1][end:]
        notes, bibliography = _without_notes(last.strip("\n"))
        edits: list[tuple[int, int, str]] = []
        for cell, source, text in zip(self._cells, self._sources, written, strict=True):
            own_notes = [note for label, note in notes.items() if f"[^{label}]" in text]
            shown = "\n\n".join((text.rstrip("\n"), *own_notes)) if own_notes else text
            edits += self._edits(cell, source, shown)
        edits += self._bibliography_edits(_ATTRIBUTES.sub(r"\1", bibliography))
        pieces: list[str] = []
        place = 0
        for start, end, text in sorted(edits):
            pieces += (self._notebook.text[place:start], text)
            place = end
        return "".join((*pieces, self._notebook.text[place:]))

    def _end_of_last(self, text: str, answers: Answers) -> int:
        """Return where the text of the last cell ends, and the added text starts."""
        found = re.search(r"\n*(?=^(?:# .* \{#bibliography|<div id=\"refs\"))", text, re.MULTILINE)
        ends = [found.start()] if found is not None and answers.bibliography is not None else []
        own = set(_NOTE.findall(self._sources[-1]))
        for note in _NOTE.finditer(text):
            if note[1] not in own:
                ends.append(len(text[: note.start()].rstrip("\n")))
                break
        if not ends:
            return len(text)
        end = min(ends)
        # The line breaks with which the cell itself ends.
        source = self._sources[-1]
        return end + min(len(source) - len(source.rstrip("\n")), len(text) - end)

    def _edits(self, cell: Cell, source: str, text: str) -> list[tuple[int, int, str]]:
        if text == source:
            kept = {key: value for key, value in cell.metadata.items() if key != _OWN}
            metadata = kept if len(kept) < len(cell.metadata) else None
        else:
            metadata = {**cell.metadata, _OWN: {"source": source, "rendered": _checksum(text)}}
        edits: list[tuple[int, int, str]] = []
        if text != cell.source:
            edits.append(self._source_edit(cell, text))
        if metadata is not None and metadata != cell.metadata:
            edits.append(self._metadata_edit(cell, metadata))
        return edits

    def _source_edit(self, cell: Cell, text: str) -> tuple[int, int, str]:
        start, end = cell.spans["source"]
        is_list = self._notebook.text[start] == "["
        value: Any = text.splitlines(keepends=True) if is_list else text
        dumped = self._notebook.layout.dumped(value, self._notebook.indent_at(start))
        return start, end, dumped

    def _metadata_edit(self, cell: Cell, metadata: dict[str, Any]) -> tuple[int, int, str]:
        notebook = self._notebook
        if "metadata" in cell.spans:
            start, end = cell.spans["metadata"]
            return start, end, notebook.layout.dumped(metadata, notebook.indent_at(start))
        start = cell.spans["source"][1]
        indent = notebook.indent_at(cell.spans["source"][0])
        gap = " " if notebook.layout.unit is None else f"\n{indent}"
        return start, start, f',{gap}"metadata": {notebook.layout.dumped(metadata, indent)}'

    def _bibliography_edits(self, text: str) -> list[tuple[int, int, str]]:
        notebook, cell = self._notebook, self._bibliography
        if cell is not None:
            return [] if text == cell.source else [self._source_edit(cell, text)]
        if not text:
            return []
        added: dict[str, Any] = {"cell_type": "markdown"}
        if notebook.has_ids:
            added["id"] = TAG
        added["metadata"] = {"tags": [TAG]}
        added["source"] = text.splitlines(keepends=True)
        place = notebook.cells[-1].end if notebook.cells else notebook.cells_end
        indent = notebook.indent_at(notebook.cells[-1].start) if notebook.cells else ""
        gap = " " if notebook.layout.unit is None else f"\n{indent}"
        before = f",{gap}" if notebook.cells else ""
        return [(place, place, before + notebook.layout.dumped(added, indent))]


def _is_bibliography(cell: Cell) -> bool:
    tags = cell.metadata.get("tags")
    return "source" in cell.spans and isinstance(tags, list) and TAG in tags


def _is_front_matter(cell: Cell) -> bool:
    """Return whether a cell is raw and has metadata, as in notebooks of Quarto."""
    return cell.kind == "raw" and cell.source.startswith("---\n")


def _source(cell: Cell) -> str:
    """Return the text of a cell, or the source that was rendered if it was not edited since."""
    own = cell.metadata.get(_OWN)
    if isinstance(own, dict) and isinstance(own.get("source"), str):
        source: str = own["source"]
        if own.get("rendered") == _checksum(cell.source):
            return source
    return cell.source


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode(errors='replace')):08x}"


def _without_notes(text: str) -> tuple[dict[str, str], str]:
    """Return the notes at the end of a text by their labels, and the text before them."""
    found = list(_NOTE.finditer(text))
    if not found:
        return {}, text
    ends = [one.start() for one in found[1:]] + [len(text)]
    notes = {
        one[1]: text[one.start() : end].rstrip("\n") for one, end in zip(found, ends, strict=True)
    }
    return notes, text[: found[0].start()].rstrip("\n")
