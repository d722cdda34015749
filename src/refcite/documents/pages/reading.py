"""A page in Python-Markdown, with the extensions that MkDocs and its themes use.

The text is read as pandoc's Markdown is, except for the blocks that only Python-Markdown has:
admonitions, foldable blocks and tabs, whose contents are indented by four spaces.

Source: the documentation of Python-Markdown ("Admonition", "Footnotes") and of PyMdown Extensions
("Details", "Tabbed", "SuperFences", "Arithmatex").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping
from typing import Final

from refcite.documents.markdown.blocks import BlockReader, Blocks, Region, width_at
from refcite.documents.markdown.document import MarkdownDocument
from refcite.documents.markdown.inlines import InlineReader, Inlines
from refcite.documents.markdown.texts import Kept

__all__ = ["PageDocument"]

_INDENT: Final = 4
_CONTAINER: Final = re.compile(
    r"[ \t]*(?P<sign>!!!|\?\?\?)\+?(?:[ \t]+[\w-]+)*[ \t]*(?:\"(?P<title>[^\"\n]*)\")?[ \t]*$"
    r"|[ \t]*(?P<tabs>===)[!+]?[ \t]+\"(?P<tab>[^\"\n]*)\"[ \t]*$",
    re.MULTILINE,
)
_DIV: Final = re.compile(r"[ ]{0,3}:{3,}[ \t]*([^\n]*)")
_REFS: Final = re.compile(r"\{[^{}]*(?<![^\s{])#refs(?![^\s}])[^{}]*\}")


class _Blocks(BlockReader):
    """Reads the blocks of a page.

    Args:
        text: The text.
        containers: The signs that start blocks with indented contents.

    Attributes:
        lists: The places of fenced divs for the bibliography.
    """

    _numbers_examples = False

    def __init__(self, text: str, containers: Container[str]) -> None:
        super().__init__(text)
        self._containers = containers
        self.lists: list[tuple[int, int]] = []

    def _yaml(self, start: int, line: str) -> bool:
        return False  # the host has read the metadata

    def _fence(self, place: int, end: int) -> bool:
        return super()._fence(place, end) or self._container(place, end)

    def _container(self, place: int, end: int) -> bool:
        found = _CONTAINER.match(self._text, place, end)
        if found is None or (found["sign"] or found["tabs"]) not in self._containers:
            return False
        self._close()
        name = "title" if found["title"] is not None else "tab"
        if found[name] is not None:
            self._open(found.start(name), found.end(name))
            self._close()
        self._enter(width_at(self._text, place, end) + _INDENT)
        self._place = end + 1
        return True

    def _div(self, place: int, end: int) -> bool:
        """Read the fenced div of the bibliography; all others are extensions' own."""
        text = self._text
        found = _DIV.match(text, place, end)
        if found is None or _REFS.search(found[1]) is None:
            return False
        closing = end + 1
        while closing < len(text):
            line_end = text.find("\n", closing)
            line_end = len(text) if line_end < 0 else line_end
            line = text[closing:line_end].strip()
            if line:
                break
            closing = line_end + 1
        is_closed = closing < len(text) and set(line) == {":"} and len(line) >= len(":::")
        self._close()
        stop = line_end if is_closed else end
        self.lists.append((place, stop))
        self._place = stop + 1
        return True


class _Inlines(InlineReader):
    """Reads the citations of a region: there are no notes in the text, and not always formulas."""

    has_math = False

    def _take(self, sign: str, place: int) -> int:
        if sign == "^" or (sign == "$" and not self.has_math):
            return place + 1
        return super()._take(sign, place)


class _InlinesWithMath(_Inlines):
    has_math = True


class PageDocument(MarkdownDocument):
    r"""A page, read.

    Args:
        text: Its text, without the metadata at its start.
        has_math: Whether `$…$` is a formula.
        containers: The signs that start blocks with indented contents.

    Attributes:
        lists: The places of fenced divs for the bibliography.

    Example:
        >>> page = PageDocument('!!! note "A title"\n\n    See [@a].\n\n        code @b\n')
        >>> [one.key for one in page.all_keys()]
        ['a']
    """

    def __init__(
        self,
        text: str,
        *,
        has_math: bool = False,
        containers: Container[str] = ("!!!", "???", "==="),
    ) -> None:
        self._containers = containers
        self.lists: list[tuple[int, int]] = []
        self._inline_reader = _InlinesWithMath if has_math else _Inlines
        super().__init__(text, is_pandoc=False)

    def _read_blocks(self) -> Blocks:
        reader = _Blocks(self.text, self._containers)
        self.lists = reader.lists
        return reader.read()

    def _read_inlines(self, start: int, end: int) -> Inlines:
        return self._inline_reader(self.text, start, end, self._blocks.links, ()).read()

    @property
    def regions(self) -> Mapping[int, Region]:
        """The region of each citation, by its start."""
        return self._regions

    @property
    def leaders(self) -> Container[int]:
        """The starts of citations that are the first text of a note."""
        return self._leaders

    @property
    def kept(self) -> Kept:
        """The pieces of source in the texts of cites."""
        return self._kept

    @property
    def note_labels(self) -> Collection[str]:
        """The labels of the notes of the page."""
        return self._blocks.notes

    def is_in_text(self, start: int) -> bool:
        """Return whether the citation at a place has no brackets."""
        return self.text[start] != "["

    def commands(self, command: str) -> Iterator[tuple[int, int]]:
        r"""Yield the places of a command that is a line of running text.

        Args:
            command: The command, such as `\bibliography`.
        """
        if not command or command not in self.text:
            return
        for region in self._blocks.regions:
            place = region.start
            while place < region.end:
                end = self.text.find("\n", place, region.end)
                end = region.end if end < 0 else end
                line = self.text[place:end]
                if line.strip() == command:
                    start = place + line.index(command)
                    yield start, start + len(command)
                place = end + 1
