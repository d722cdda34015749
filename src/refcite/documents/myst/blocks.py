"""The blocks of MyST Markdown: directives, of which some contain text, and others code."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from refcite.documents.markdown.blocks import BlockReader

__all__ = ["BibliographyDirective", "MystBlocks"]

_DIRECTIVE: Final = re.compile(
    r"[ \t]*(?P<fence>`{3,}+|~{3,}+|:{3,}+)[ \t]*\{(?P<name>[^\s{}`]+)\}[ \t]*(?P<argument>[^\n]*)"
)
_CLOSING: Final = re.compile(r"[ \t]*(?P<fence>`{3,}+|~{3,}+|:{3,}+)[ \t\r]*\Z")
_OPTION: Final = re.compile(r"[ \t]*:(?P<name>[\w-]+):[ \t]*(?P<value>[^\n]*)")
_SKIPPED: Final = re.compile(r"(?:%|\+\+\+|\([^()\n]+\)=[ \t\r]*\Z)")
"""Comments, breaks between blocks, and targets."""
_LITERAL: Final = frozenset(
    {
        *("code", "code-block", "code-cell", "sourcecode", "literalinclude", "parsed-literal"),
        *("math", "raw", "mermaid", "graphviz", "digraph", "plot", "doctest", "testcode"),
        *("eval-rst", "include", "image", "iframe", "embed", "video", "anywidget", "toc"),
        *("toctree", "tableofcontents", "contents", "myst", "mystdemo", "mdast", "csv-table"),
        *("highlight", "index", "genindex", "autofunction", "autoclass", "automodule"),
        *("raw:latex", "raw:tex", "raw:typst", "any:bundle", "widget", "footbibliography"),
    }
)
"""Directives whose contents are no running text."""
_NO_TEXT: Final = frozenset(
    {"figure", "prf:proof", "subfigure", "div", "grid", "table-of-contents"}
)
"""Directives whose argument is no running text, but whose contents are."""


@frozen
class BibliographyDirective:
    """A directive `bibliography`.

    Attributes:
        start: Where it starts.
        end: Where it ends.
        argument: The text after its name.
        options: Its options.
    """

    start: int
    end: int
    argument: str
    options: dict[str, str]


@frozen
class _Open:
    """A directive with text, which is not closed yet."""

    sign: str
    length: int


class MystBlocks(BlockReader):
    """Reads the blocks of a text.

    Args:
        text: The text.

    Attributes:
        directives: The directives `bibliography`, in order.
        arguments: Where the arguments of directives start that are fenced by backticks.
    """

    _numbers_examples = False

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.directives: list[BibliographyDirective] = []
        self.arguments: set[int] = set()
        self._open_directives: list[_Open] = []

    def _yaml(self, start: int, line: str) -> bool:
        return start == 0 and super()._yaml(start, line)

    def _fence(self, place: int, end: int) -> bool:
        text = self._text
        if _SKIPPED.match(text[place:end]) is not None:
            self._close()
            self._place = end + 1
            return True
        if self._closes(place, end):
            return True
        found = _DIRECTIVE.match(text, place, end)
        if found is None:
            return super()._fence(place, end)
        name = found["name"]
        fence = found["fence"]
        if name == "bibliography" or name in _LITERAL:
            body = end + 1
            stop = self._literal_end(fence, body)
            if name == "bibliography":
                self._bibliography(place, body, stop, found["argument"])
            self._close()
            self._place = stop + 1
            return True
        self._close()
        self._open_directives.append(_Open(fence[0], len(fence)))
        if found["argument"].strip() and name not in _NO_TEXT:
            self._open(found.start("argument"), found.end("argument"))
            self._close()
            if fence[0] == "`":
                self.arguments.add(found.start("argument"))
        self._place = self._after_options(end + 1)
        return True

    def _closes(self, place: int, end: int) -> bool:
        """Close the innermost directive, if the line does."""
        if not self._open_directives:
            return False
        found = _CLOSING.match(self._text[place:end])
        last = self._open_directives[-1]
        if found is None or found["fence"][0] != last.sign or len(found["fence"]) < last.length:
            return False
        self._open_directives.pop()
        self._close()
        self._place = end + 1
        return True

    def _literal_end(self, fence: str, place: int) -> int:
        """Return where the line that closes a block of code ends; it may be the whole rest."""
        for closing in _CLOSING_LINE[fence[0]].finditer(self._text, place):
            if len(closing[1]) >= len(fence):
                return closing.end()
        return len(self._text)

    def _bibliography(self, place: int, body: int, stop: int, argument: str) -> None:
        options = {
            option["name"]: option["value"].strip()
            for line in self._text[body:stop].split("\n")
            if (option := _OPTION.match(line)) is not None
        }
        self.directives.append(BibliographyDirective(place, stop, argument.strip(), options))

    def _after_options(self, place: int) -> int:
        """Return where the contents of a directive start, after its options."""
        text = self._text
        end = text.find("\n", place)
        if text[place : end if end >= 0 else len(text)].strip() == "---":
            closing = re.compile(r"^[ \t]*---[ \t\r]*$", re.MULTILINE).search(text, end)
            return place if closing is None or end < 0 else closing.end() + 1
        while place < len(text) and _OPTION.match(text, place) is not None:
            end = text.find("\n", place)
            place = len(text) if end < 0 else end + 1
        return place

    def _div(self, place: int, end: int) -> bool:
        return False  # a fence of colons is a directive


_CLOSING_LINE: Final = {
    sign: re.compile(rf"^[ \t>]*({re.escape(sign)}{{3,}}+)[ \t\r]*$", re.MULTILINE)
    for sign in "`~:"
}
