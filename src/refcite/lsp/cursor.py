"""What is at the cursor: the key of a citation, or what can be written there.

Only the text near the cursor is read, by the readers of documents, so that the time does not depend
on the length of the document. To find what can be written, the reader gets the text with a key at
the cursor, and must find it there.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from attrs import frozen

from refcite.documents import latex
from refcite.documents.markdown import MarkdownDocument
from refcite.lsp.documents import Document
from refcite.lsp.entries import EntryPart, part_at
from refcite.lsp.texts import Place, Text

__all__ = ["KeyAt", "Wanted", "key_at", "wanted_at"]


@frozen
class KeyAt:
    """A key at the cursor.

    Attributes:
        key: The key.
        start: Where it starts.
        end: Where it ends.
    """

    key: str
    start: Place
    end: Place


@frozen(kw_only=True)
class Wanted:
    """What can be written at the cursor.

    Attributes:
        kind: A key, a type of entries, or a field.
        query: What is written of it before the cursor.
        start: Where that starts.
        cursor: The cursor.
        end: Where the written word ends after the cursor.
        closing: A text that must follow a key, if it is not there yet.
        part: The part of the entry, in BibTeX.
    """

    kind: Literal["key", "type", "field"]
    query: str
    start: Place
    cursor: Place
    end: Place
    closing: str = ""
    part: EntryPart | None = None


def wanted_at(document: Document, place: Place) -> Wanted | None:
    """Return what can be written at a place, None if it is nothing that refcite knows.

    Args:
        document: The document.
        place: The cursor.
    """
    if document.kind == "markdown":
        return _wanted_in_markdown(document, place)
    if document.kind == "latex":
        return _wanted_in_latex(document.text, place)
    if document.kind == "bibtex":
        return _wanted_in_bibtex(document.text, place)
    return None


def key_at(document: Document, place: Place) -> KeyAt | None:
    """Return the key of a citation at a place, or of an entry in BibTeX; None if there is none.

    Args:
        document: The document.
        place: The cursor.
    """
    if document.kind == "markdown":
        return _key_in_markdown(document, place)
    if document.kind == "latex":
        return _key_in_latex(document.text, place)
    if document.kind == "bibtex":
        return _key_in_bibtex(document.text, place)
    return None


# The text near the cursor

_NEAR: Final = 400
"""The number of lines before and after the cursor that are read at most."""


@frozen
class _Window:
    """The text near the cursor.

    Attributes:
        text: The text, with line feeds as its only line ends.
        first: The number of its first line.
        offset: The cursor in it.
    """

    text: str
    first: int
    offset: int

    def place(self, offset: int) -> Place:
        before = self.text.rfind("\n", 0, offset)
        return Place(self.first + self.text.count("\n", 0, offset), offset - before - 1)


def _window(text: Text, first: int, last: int, place: Place) -> _Window:
    lines = [line.rstrip("\r\n") for line in text.lines[first : last + 1]]
    offset = sum(len(line) + 1 for line in lines[: place.line - first]) + place.column
    return _Window("\n".join(lines), first, offset)


def _paragraph(text: Text, place: Place) -> _Window:
    """Return the paragraph around a place."""
    lines = text.lines
    first = place.line
    while first and place.line - first < _NEAR and lines[first - 1].strip():
        first -= 1
    return _window(text, first, _paragraph_end(text, place.line), place)


def _paragraph_end(text: Text, line: int) -> int:
    last = line
    while last + 1 < len(text.lines) and last - line < _NEAR and text.lines[last + 1].strip():
        last += 1
    return last


# Markdown

_KEY_START: Final = re.compile(r"@(\{[^{}\s]*|[^\s@\[\]{};,`]*)$")
_KEY_REST: Final = re.compile(r"(?:\w|[:.#$%&\-+?<>~/](?=\w))*")
_BRACED_REST: Final = re.compile(r"[^\s{}]*")
_ROLE: Final = re.compile(r"\{cite[\w:]*\}`([^`]*)`?")
_ROLE_KEY: Final = re.compile(r"[^\s,;`{}]+(?=\s*(?:[,;`{]|$))")
_ROLE_START: Final = re.compile(r"\{cite[\w:]*\}`(?:[^`]*[,;}])?\s*([^`,;{}]*)$")
_ROLE_REST: Final = re.compile(r"[^\s`,;{}]*")
_FENCE: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(.*)$")
_IN_METADATA: Final = re.compile(r"@([\w:.#$%&+?<>~/-]*)")


def _wanted_in_markdown(document: Document, place: Place) -> Wanted | None:
    line = document.text.lines[place.line].rstrip("\r\n")
    before, after = line[: place.column], line[place.column :]
    role = _ROLE_START.search(before)
    key = None if role is not None else _KEY_START.search(before)
    found = role or key
    if found is None:
        return None
    hidden = _hidden(document)
    inside = hidden.around(place.line)
    if inside is not None and not (inside == hidden.front and _has_nocite(document, hidden)):
        return None
    start = Place(place.line, found.start(1))
    if role is not None:
        rest = _ROLE_REST.match(after)
    else:
        is_braced = found[1].startswith("{")
        rest = (_BRACED_REST if is_braced else _KEY_REST).match(after)
    end = Place(place.line, place.column + (rest.end() if rest is not None else 0))
    if role is None and inside is None and not _is_citation(document.text, hidden, start, end):
        return None
    query = found[1].removeprefix("{")
    start = Place(place.line, place.column - len(query))
    closing = ""
    if key is not None and found[1].startswith("{") and not line[end.column :].startswith("}"):
        closing = "}"
    return Wanted(kind="key", query=query, start=start, cursor=place, end=end, closing=closing)


def _is_citation(text: Text, hidden: _Hidden, start: Place, end: Place) -> bool:
    """Return whether a key between two places of a line would be read as one of a citation."""
    window = _block(text, hidden, start)
    stop = window.offset + end.column - start.column
    rest = window.text[stop:].removeprefix("}") if _is_brace(window) else window.text[stop:]
    document = MarkdownDocument(f"{window.text[: window.offset]}x{rest}")
    return any(one.start == window.offset for one in document.all_keys())


def _is_brace(window: _Window) -> bool:
    return window.text.startswith("{", window.offset)


def _key_in_markdown(document: Document, place: Place) -> KeyAt | None:
    hidden = _hidden(document)
    inside = hidden.around(place.line)
    line = document.text.lines[place.line].rstrip("\r\n")
    if inside is not None:
        if inside != hidden.front or not _has_nocite(document, hidden):
            return None
        for found in _IN_METADATA.finditer(line):
            if found.start() <= place.column <= found.end() and found[1]:
                return KeyAt(found[1], *_in_line(place.line, found.span(1)))
        return None
    for role in _ROLE.finditer(line):
        for found in _ROLE_KEY.finditer(line, *role.span(1)):
            if found.start() <= place.column <= found.end():
                return KeyAt(found[0], *_in_line(place.line, found.span()))
    if "@" not in line:
        return None
    window = _block(document.text, hidden, place)
    for one in MarkdownDocument(window.text).all_keys():
        if one.start - 1 <= window.offset <= one.end:
            return KeyAt(one.key, window.place(one.start), window.place(one.end))
    return None


def _in_line(line: int, span: tuple[int, int]) -> tuple[Place, Place]:
    return Place(line, span[0]), Place(line, span[1])


def _block(text: Text, hidden: _Hidden, place: Place) -> _Window:
    """Return the text from the last line that starts a new block at the margin.

    There, no list, note or quotation continues, so that the reader needs nothing before it.
    """
    lines = text.lines
    first = place.line
    while first and place.line - first < _NEAR:
        is_margin = not lines[first].startswith((" ", "\t")) and not lines[first - 1].strip()
        if is_margin and hidden.around(first) is None:
            break
        first -= 1
    return _window(text, first, _paragraph_end(text, place.line), place)


@frozen
class _Hidden:
    """The lines of a document that are no running text.

    Attributes:
        front: The lines of the metadata, None if there are none.
        ranges: The first and the last line of each part, with the metadata.
    """

    front: tuple[int, int] | None
    ranges: list[tuple[int, int]]

    def around(self, line: int) -> tuple[int, int] | None:
        """Return the part that a line is in, None if it is in none."""
        return next((one for one in self.ranges if one[0] <= line <= one[1]), None)


def _hidden(document: Document) -> _Hidden:
    text = document.text
    return document.once("hidden", text.breaks, lambda: _find_hidden(text.lines))


def _find_hidden(lines: list[str]) -> _Hidden:
    ranges: list[tuple[int, int]] = []
    front = None
    start = 0
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.rstrip() in ("---", "..."):
                front = (0, number)
                ranges.append(front)
                start = number + 1
                break
    opened: tuple[int, str] | None = None  # the line of an open part, and what closes it
    for number in range(start, len(lines)):
        line = lines[number]
        if opened is not None:
            first, closing = opened
            if closing == "-->":
                is_end = closing in line
            else:
                stripped = line.strip(" \t>\r\n")
                is_end = stripped.startswith(closing) and not stripped.strip(closing[0])
            if is_end:
                ranges.append((first, number))
                opened = None
        elif "```" in line or "~~~" in line:
            fence = _FENCE.match(line.rstrip("\r\n"))
            if fence is not None and not (fence[1][0] == "`" and "`" in fence[2]):
                opened = number, fence[1]
        elif "<!--" in line and "-->" not in line[line.rfind("<!--") :]:
            opened = number, "-->"
    if opened is not None:
        ranges.append((opened[0], len(lines)))
    return _Hidden(front, ranges)


def _has_nocite(document: Document, hidden: _Hidden) -> bool:
    if hidden.front is None:
        return False
    return any("nocite" in line for line in document.text.lines[: hidden.front[1]])


# LaTeX

_PARTIAL: Final = re.compile(r"[^{},\n]*\Z")
_LATEX_REST: Final = re.compile(r"[^\s,{}%\\\[\]]*")
_VERBATIM: Final = ("verbatim", "verbatim*", "lstlisting", "Verbatim", "minted", "comment")


def _wanted_in_latex(text: Text, place: Place) -> Wanted | None:
    window = _paragraph(text, place)
    before = window.text[: window.offset]
    partial = _PARTIAL.search(before)
    if partial is None:
        return None
    query = partial[0].lstrip()
    start = window.offset - len(query)
    # The argument is closed here, whether it is in the text or not yet.
    found = latex.cited_keys(f"{before[:start]}x}}{window.text[window.offset :]}").keys
    if not any(one.start == start for one in found):
        return None
    if _is_verbatim(text, window):
        return None
    rest = _LATEX_REST.match(window.text, window.offset)
    end = Place(place.line, place.column + (len(rest[0]) if rest is not None else 0))
    return Wanted(
        kind="key",
        query=query,
        start=Place(place.line, place.column - len(query)),
        cursor=place,
        end=end,
    )


def _key_in_latex(text: Text, place: Place) -> KeyAt | None:
    window = _paragraph(text, place)
    for one in latex.cited_keys(window.text).keys:
        if one.start <= window.offset <= one.end:
            if _is_verbatim(text, window):
                return None
            return KeyAt(one.key, window.place(one.start), window.place(one.end))
    return None


def _is_verbatim(text: Text, window: _Window) -> bool:
    """Return whether the paragraph is inside an environment that begins before it."""
    before = "".join(text.lines[: window.first])
    for name in _VERBATIM:
        begin = before.rfind(f"\\begin{{{name}}}")
        if begin >= 0 and before.find(f"\\end{{{name}}}", begin) < 0:
            return True
    return False


# BibTeX

_WORD_REST: Final = re.compile(r"[A-Za-z-]*")
_REFERENCE_REST: Final = re.compile(r"[^\s,{}\"#=]*")


def _entry_window(text: Text, place: Place) -> _Window | None:
    """Return the entry before and around a place, from its first line."""
    lines = text.lines
    first = place.line
    while first >= 0 and place.line - first < _NEAR * 5:
        if lines[first].lstrip().startswith("@"):
            last = place.line
            while (
                last + 1 < len(lines)
                and last - place.line < _NEAR
                and not lines[last + 1].lstrip().startswith("@")
            ):
                last += 1
            return _window(text, first, last, place)
        first -= 1
    return None


def _wanted_in_bibtex(text: Text, place: Place) -> Wanted | None:
    window = _entry_window(text, place)
    if window is None:
        return None
    part = part_at(window.text[: window.offset])
    if part is None or part.kind == "key":
        return None
    pattern = _REFERENCE_REST if part.kind == "reference" else _WORD_REST
    rest = pattern.match(window.text, window.offset)
    return Wanted(
        kind="key" if part.kind == "reference" else part.kind,
        query=part.written,
        start=Place(place.line, place.column - len(part.written)),
        cursor=place,
        end=Place(place.line, place.column + (len(rest[0]) if rest is not None else 0)),
        part=part,
    )


def _key_in_bibtex(text: Text, place: Place) -> KeyAt | None:
    window = _entry_window(text, place)
    if window is None:
        return None
    rest = _REFERENCE_REST.match(window.text, window.offset)
    stop = rest.end() if rest is not None else window.offset
    part = part_at(window.text[:stop])
    if part is None or part.kind not in ("key", "reference") or not part.written:
        return None
    start = stop - len(part.written)
    if start > window.offset:
        return None
    return KeyAt(part.written, window.place(start), window.place(stop))
