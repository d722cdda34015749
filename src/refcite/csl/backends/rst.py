"""reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.csl.backends.base import Page, one_line
from refcite.csl.backends.marked import Edit, Marked, Marker, edited, pieces, web_addresses
from refcite.csl.style.attributes import Display

__all__ = ["BACKEND", "RestructuredText"]

# Signs of inline markup; a sign within a word that docutils would read as an address of e-mail; the
# colon after what could be the scheme of an address, such as javascript, of which docutils knows a
# hundred; two colons before a literal block.
_SIGN: Final = re.compile(
    r"[\\`*_|]|(?<=\S)@(?=\S)|(?<!doi)(?<=[A-Za-z])(?P<digits>[0-9]{0,4}):(?=[^\s:])|(?<=:):(?=\s*\Z)",
    re.IGNORECASE,
)
_SPACE: Final = re.compile(r"\A[ \t\n]+|[ \t\n]{2,}|[\t\n]")
# Starts of blocks: lists, fields, options, directives, tables and, if there is nothing else in
# the line, a transition.
_LINE_START: Final = re.compile(
    r"\s*(?P<sign>[-+/:>=•‣⁃]|\.\.|\(?(?:[0-9]+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|#)[.)](?=\s|\Z)"
    r"|([!-/:-@\[-`{-~])\2*\s*\Z)"
)
# An address that docutils links as it is; of others it would link a part.
_STANDALONE: Final = re.compile(
    r"https?://[\w.!~*'()\[\];/:@&=+$,%-]*[\w~*/=+]"
    r"(?:\?[\w.!~*'()\[\];/:@&=+$,%-]*[\w~*/=+])?(?:#[\w.!~*'()\[\];/:@&=+$,%-]*[\w~*/=+])?",
    re.ASCII | re.IGNORECASE,
)
_BEFORE_ADDRESS: Final = ("", *" \t\n'\"([{/:-“‘«")
_AFTER_ADDRESS: Final = ("", *" \t\n.,:;!?)]}'\"”’»")
_UNSAFE_IN_ADDRESS: Final = re.compile(r"[\\`<>\s]")
# Inline markup does not nest in reStructuredText: of several the first here is written.
_ROLES: Final = {
    ("vertical_align", "sup"): (":sup:`", "`"),
    ("vertical_align", "sub"): (":sub:`", "`"),
    ("font_weight", "bold"): ("**", "**"),
    ("font_style", "italic"): ("*", "*"),
    ("font_style", "oblique"): ("*", "*"),
}


class RestructuredText(Marked):
    """reStructuredText; entries are paragraphs."""

    name = "rst"

    def block(self, display: Display, inner: str) -> str:
        """Return a block, in the same paragraph."""
        if display == "left-margin":
            return f"{inner.strip()} "
        return inner.lstrip(" ") if display == "right-inline" else f" {inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return the entry."""
        return inner.strip(" ")

    def heading(self, text: str) -> str:
        """Return a rubric: which underline a section needs depends on the rest of the document."""
        return f".. rubric:: {self.finish(self.escape(one_line(text)))}"

    def finish(self, text: str) -> str:
        """Return the text with its roles, of which none begins a list or a directive."""
        if "\ufdd0" not in text:
            found: list[Marker] = [text]
            return _written(edited(found, _edits(text, [])))
        found = list(pieces(text))
        plain = "".join([piece for piece in found if isinstance(piece, str)])
        return _written(edited(found, _edits(plain, _links(found))))

    def document(self, body: str, page: Page) -> str:
        """Return the entries, after a section title if there is a title."""
        if not page.title:
            return body
        title = " ".join(self.finish(self.escape(page.title)).split())
        # The line must not be shorter than the title, in which a character may take two columns.
        return f"{title}\n{'=' * (2 * len(title))}\n\n{body}"


def _links(found: Iterable[Marker]) -> list[tuple[int, int]]:
    """Return the starts and ends of the links in the text."""
    links: list[tuple[int, int]] = []
    starts: list[int | None] = []
    offset = 0
    for piece in found:
        if isinstance(piece, str):
            offset += len(piece)
        elif piece is not None:
            starts.append(offset if piece[0] == "link" else None)
        elif (start := starts.pop()) is not None:
            links.append((start, offset))
    return links


def _edits(plain: str, links: Iterable[tuple[int, int]]) -> list[Edit]:
    """Return the text with the escapes that it needs to be read unchanged.

    Args:
        plain: The text without marks.
        links: Where it is in links, in which docutils finds no others.
    """
    in_addresses: set[int] = set()
    for start, end in links:
        in_addresses.update(range(start, end))
    if "://" in plain:
        for start, end in web_addresses(plain):
            if (
                plain[max(start - 1, 0) : start] in _BEFORE_ADDRESS
                and plain[end : end + 1] in _AFTER_ADDRESS
                and _STANDALONE.fullmatch(plain, start, end)
            ):
                in_addresses.update(range(start, end))
    edits: dict[int, Edit] = {}
    for sign in _SIGN.finditer(plain):
        place = sign.end() - 1
        if plain[place] not in ":@" or place not in in_addresses:
            edits[place] = (place, place + 1, f"\\{plain[place]}")
    for space in _SPACE.finditer(plain):
        start, end = space.span()
        if not start:
            edits[start] = (start, end, "")
        elif "\n" in space[0] or "\t" in space[0]:
            edits[start] = (start, end, " ")
    start_of_line = _LINE_START.match(plain)
    if start_of_line is not None:
        place = start_of_line.start("sign")
        # A row of escaped backslashes would still be a transition.
        begun = "\\ \\\\" if plain[place] == "\\" else f"\\{plain[place]}"
        edits[place] = (place, place + 1, begun)
    return [edits[place] for place in sorted(edits)]


def _written(found: Iterable[Marker]) -> str:
    open_spans: list[tuple[str, str]] = []
    written: list[str] = []
    was_markup = False
    for piece in found:
        if piece is None:
            open_spans.pop()
        elif not isinstance(piece, str):
            open_spans.append(piece)
        else:
            markup = _markup(open_spans)
            run = piece.strip()
            if markup is None or not run:
                written.append(f"\\ {piece}" if was_markup and piece[0] != " " else piece)
                was_markup = False
                continue
            left = piece[: len(piece) - len(piece.lstrip())]
            last = written[-1][-1:] if written else ""
            if not left and last and not last.isspace():
                left = "\\ "
            right = piece[len(piece.rstrip()) :]
            if right and right[0] != " ":
                # Markup ends only before a space or some punctuation.
                right = f"\\ {right}"
            written.append(f"{left}{markup[0]}{run}{markup[1]}{right}")
            was_markup = not right
    return "".join(written)


def _markup(open_spans: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the markup before and after a text in these spans."""
    url = next((value for kind, value in open_spans if kind == "link"), None)
    if url is not None:
        address = _UNSAFE_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url)
        return "`", f" <{address.replace('_', chr(92) + '_')}>`__"
    in_force = dict(open_spans)
    return next((role for span, role in _ROLES.items() if in_force.get(span[0]) == span[1]), None)


BACKEND: Final = RestructuredText()
"""The backend."""
