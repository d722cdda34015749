"""The blocks of pandoc's Markdown, as far as they decide where citations can be.

One pass over the lines finds the regions of running text: paragraphs, headings, items, cells. Code,
raw blocks, comments, metadata and definitions of links are not part of any region. A region is what
an inline element, such as a code span, cannot leave.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import define, field, frozen

__all__ = ["BlockReader", "Blocks", "Region", "read_blocks", "width_at"]

_CONTAINERS: Final = re.compile(r"(?:[ ]{0,3}>[ ]?)*+")
_FENCE: Final = re.compile(r"[ \t]*(`{3,}+|~{3,}+)([^\n]*)")
_MARKER: Final = re.compile(
    r"([ \t]*)((?:[-+*:~]|\(?(?:[0-9]{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,9}|\#)[.)]"
    r"|\(?@[\w-]*[.)])(?:[ \t]+|(?=\n|\Z)))"
)
_EXAMPLE: Final = re.compile(r"\(?@([\w-]+)[.)]")
_HEADING: Final = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
_REFERENCE: Final = re.compile(r"[ ]{0,3}(\*?)\[([^\]\n]+)\]:")
_NOTE: Final = re.compile(r"[ ]{0,3}\[\^([^\]\s]+)\]:[ \t]*")
_DIV: Final = re.compile(r"[ ]{0,3}(:{3,})[ \t]*([^\n]*)")
_REFS_ATTRIBUTES: Final = re.compile(r"\{[^{}]*(?<![^\s{])\#refs(?![^\s}])[^{}]*\}")
_HTML_DIV: Final = re.compile(r"<(/?)div\b([^<>]*)>", re.IGNORECASE)
_HTML_REFS: Final = re.compile(r"""\bid\s*=\s*(?:"refs"|'refs'|refs(?=[\s/]|\Z))""", re.IGNORECASE)
_VERBATIM: Final = re.compile(r"[ ]{0,3}<(script|style|pre|textarea)\b", re.IGNORECASE)
_ENVIRONMENT: Final = re.compile(r"[ ]{0,3}\\begin\{([^{}\n]{1,80})\}")
_YAML_END: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_YAML_START: Final = re.compile(r"---[ \t]*\Z")
_YAML_KEY: Final = re.compile(
    r"(?:[ \t]*\#[^\n]*\n|[ \t]*\n)*+[ ]*[^\s#:{\[][^\n:]*:(?=\s|\Z)|[ ]*[{\[]"
)
_TAB: Final = 4


@frozen
class Region:
    """A part of the text in which inline elements are read.

    Attributes:
        start: Where it starts, after the marker of its block.
        end: Where it ends.
        note: The label of the note that it is in, None outside definitions of notes.
        first_in_note: Whether it is the first region of its note.
        quoting: For a value of metadata, how YAML quotes it: a quotation mark, the sign of a block,
            or `plain`.
    """

    start: int
    end: int
    note: str | None = None
    first_in_note: bool = False
    quoting: str | None = None


@define(kw_only=True)
class Blocks:
    """What the lines of a document contain.

    Attributes:
        regions: The regions of running text, in order.
        metadata: The YAML blocks with their places.
        links: The names of defined links, in lower case.
        examples: The labels of example lists.
        notes: The labels of defined notes.
        refs: The place where the bibliography is put, if the document names it.
    """

    regions: list[Region] = field(factory=list)
    metadata: list[tuple[int, str]] = field(factory=list)
    links: set[str] = field(factory=set)
    examples: set[str] = field(factory=set)
    notes: set[str] = field(factory=set)
    refs: int | None = None


def read_blocks(text: str) -> Blocks:
    r"""Return the blocks of a text.

    Example:
        >>> text = "See @a.\n\n    code @b\n\n```\n@c\n```\n"
        >>> [text[one.start : one.end] for one in read_blocks(text).regions]
        ['See @a.']
    """
    return BlockReader(text).read()


class BlockReader:
    """Reads a text line by line.

    Other kinds of Markdown override what a line can start.

    Args:
        text: The text.
    """

    _numbers_examples = True
    """Whether `(@label)` starts an item of a list of examples."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = Blocks()
        self._place = 0
        self._start: int | None = None  # of the current region
        self._end = 0
        self._note: str | None = None
        self._noted: set[str] = set()
        self._items: list[int] = []  # the indents of the contents of the open lists
        self._was_blank = True
        self._divs: list[bool] = []
        # The shortest fences of each kind that are known not to be closed in the rest of the text.
        self._unclosed: dict[str, int] = {}
        self._has_comment_end = self._has_yaml_end = True
        self._missing: set[str] = set()  # ends of raw blocks that the rest does not have

    def read(self) -> Blocks:
        """Return the blocks."""
        text = self._text
        while self._place < len(text):
            end = text.find("\n", self._place)
            if end < 0:
                end = len(text)
            self._line(self._place, end)
        self._close()
        return self._found

    # Regions

    def _close(self) -> None:
        if self._start is None:
            return
        note = self._note
        is_first = note is not None and note not in self._noted
        if note is not None:
            self._noted.add(note)
        self._found.regions.append(Region(self._start, self._end, note, is_first))
        self._start = None

    def _open(self, start: int, end: int) -> None:
        if self._start is None:
            self._start = start
        self._end = end

    # Lines

    def _line(self, start: int, end: int) -> None:
        text = self._text
        line = text[start:end]
        if not line.strip(" \t\r>"):
            self._blank(end)
            return
        if self._yaml(start, line):
            return
        place = start
        if line.lstrip(" ").startswith(">"):
            containers = _CONTAINERS.match(text, start, end)
            place = containers.end() if containers is not None else start
        indent = width_at(text, place, end)
        if self._was_blank:
            self._leave(indent, place, end)
        if self._was_blank and indent - self._base() >= _TAB:
            self._place = end + 1  # indented code
            return
        if (
            self._fence(place, end)
            or self._raw(place, end)
            or self._definition(place, end)
            or self._div(place, end)
        ):
            self._was_blank = True
            return
        self._running(place, end)

    def _blank(self, end: int) -> None:
        self._close()
        self._was_blank = True
        self._place = end + 1

    def _base(self) -> int:
        """Return the indent of the text in the innermost list or note."""
        return self._items[-1] if self._items else _TAB * (self._note is not None)

    def _leave(self, indent: int, place: int, end: int) -> None:
        """Leave the lists and the note that a line after a blank line is not part of."""
        while self._items and indent < min(self._items[-1], _TAB * len(self._items)):
            marker = _MARKER.match(self._text, place, end)
            if marker is not None and indent >= self._items[-1] - _TAB - 1 and indent < _TAB:
                break
            self._items.pop()
        if self._note is not None and indent < _TAB:
            self._close()
            self._note = None
            self._items.clear()

    def _enter(self, indent: int) -> None:
        """Enter a list, or another block whose contents have an indent."""
        while self._items and self._items[-1] >= indent:
            self._items.pop()
        self._items.append(indent)

    def _running(self, place: int, end: int) -> None:
        text = self._text
        heading = _HEADING.match(text, place, end)
        if heading is not None:
            self._close()
            self._open(heading.end(), end)
            self._close()
            self._was_blank = True
            self._place = end + 1
            return
        marker = _MARKER.match(text, place, end)
        if marker is not None and "@" in marker[2] and not self._numbers_examples:
            marker = None
        if marker is not None and (self._start is None or self._starts_item(marker[2])):
            self._close()
            example = _EXAMPLE.match(marker[2])
            if example is not None:
                self._found.examples.add(example[1])
            if self._was_blank or self._items:
                self._enter(width_at(text, place, end) + len(marker[2].rstrip()) + 1)
            place = marker.end()
        else:
            place += len(text[place:end]) - len(text[place:end].lstrip(" \t"))
        comment = self._comment(place, end)
        if comment is not None:
            opening, closing = comment
            if opening > place:
                self._open(place, opening)
            self._close()
            self._was_blank = False
            self._place = closing
            return
        self._open(place, end)
        self._was_blank = False
        self._place = end + 1

    def _starts_item(self, marker: str) -> bool:
        """Return whether a marker starts an item although the line follows running text.

        Only an item of a list can be followed so. A letter is part of the text, as in "p. 3".
        """
        if not self._items or marker[0] in ":~":
            return False
        return "@" in marker or not any(map(str.isalpha, marker))

    def _comment(self, place: int, end: int) -> tuple[int, int] | None:
        """Return the comment that starts in a line and ends in a later one."""
        text = self._text
        opening = text.rfind("<!--", place, end)
        if opening < 0 or not self._has_comment_end or text.find("-->", opening, end) >= 0:
            return None
        if text.count("`", place, opening) % 2:
            return None
        closing = text.find("-->", end)
        if closing < 0:
            self._has_comment_end = False
            return None
        return opening, closing + len("-->")

    # Blocks without running text

    def _yaml(self, start: int, line: str) -> bool:
        text = self._text
        if not line.startswith("---") or _YAML_START.match(line.rstrip("\r")) is None:
            return False
        if self._start is not None or not self._was_blank:
            return False
        body = start + len(line) + 1
        if body >= len(text) or text[body : body + 1] in ("\n", "\r"):
            return False
        if not self._has_yaml_end or _YAML_KEY.match(text, body) is None:
            return False  # a rule
        closing = _YAML_END.search(text, body)
        if closing is None:
            self._has_yaml_end = False
            return False
        self._found.metadata.append((body, text[body : closing.start()]))
        self._place = closing.end() + 1
        return True

    def _fence(self, place: int, end: int) -> bool:
        text = self._text
        marker = _MARKER.match(text, place, end)
        fence = _FENCE.match(text, place if marker is None else marker.end(), end)
        if fence is None or (fence[1][0] == "`" and "`" in fence[2]):
            return False
        sign, length = fence[1][0], len(fence[1])
        if length >= self._unclosed.get(sign, length + 1):
            return False
        pattern = _CLOSING_FENCE[sign]
        for closing in pattern.finditer(text, end):
            if len(closing[1]) >= length:
                self._close()
                self._place = closing.end() + 1
                return True
        self._unclosed[sign] = length
        return False

    def _raw(self, place: int, end: int) -> bool:
        text = self._text
        verbatim = _VERBATIM.match(text, place, end)
        environment = None if verbatim is not None else _ENVIRONMENT.match(text, place, end)
        if verbatim is not None:
            closing = f"</{verbatim[1]}>"
        elif environment is not None:
            closing = f"\\end{{{environment[1]}}}"
        else:
            return False
        stop = -1 if closing in self._missing else text.find(closing, place)
        if stop < 0:
            self._missing.add(closing)
            return False
        self._close()
        line_end = text.find("\n", stop + len(closing))
        self._place = len(text) if line_end < 0 else line_end + 1
        return True

    def _definition(self, place: int, end: int) -> bool:
        text = self._text
        if not text[place:end].lstrip(" *").startswith("["):
            return False
        note = _NOTE.match(text, place, end)
        if note is not None:
            self._close()
            self._items.clear()
            self._note = note[1]
            self._found.notes.add(note[1])
            if note.end() < end:
                self._open(note.end(), end)
            self._place = end + 1
            return self._continue_note()
        if self._start is not None:
            return False
        reference = _REFERENCE.match(text, place, end)
        if reference is None:
            return False
        if not reference[1]:
            self._found.links.add(" ".join(reference[2].lower().split()))
        self._place = end + 1
        return True

    def _continue_note(self) -> bool:
        """Read the lines that directly follow the first line of a note."""
        text = self._text
        while self._place < len(text):
            end = text.find("\n", self._place)
            end = len(text) if end < 0 else end
            line = text[self._place : end]
            if not line.strip() or _NOTE.match(line) or _FENCE.match(line):
                break
            self._open(self._place + len(line) - len(line.lstrip()), end)
            self._place = end + 1
        return True

    def _div(self, place: int, end: int) -> bool:
        text = self._text
        div = _DIV.match(text, place, end)
        if div is not None:
            attributes = div[2].strip().rstrip(":").strip()
            self._close()
            if attributes:
                self._divs.append(_REFS_ATTRIBUTES.search(attributes) is not None)
            elif self._divs and self._divs.pop():
                self._found.refs = place
            self._place = end + 1
            return True
        line = text[place:end]
        if "<" not in line or "div" not in line.lower():
            return False
        for tag in _HTML_DIV.finditer(text, place, end):
            if not tag[1]:
                self._divs.append(_HTML_REFS.search(tag[2]) is not None)
            elif self._divs and self._divs.pop():
                self._found.refs = tag.start()
        return False


_CLOSING_FENCE: Final = {
    sign: re.compile(rf"^[ \t>]*({re.escape(sign)}{{3,}}+)[ \t\r]*$", re.MULTILINE) for sign in "`~"
}


def width_at(text: str, place: int, end: int) -> int:
    """Return the width of the space at a place."""
    width = 0
    while place < end and text[place] in " \t":
        width += 1 if text[place] == " " else _TAB - width % _TAB
        place += 1
    return width
