"""WordprocessingML, the XML in a Word document (DOCX): a citation is runs, an entry a paragraph.

`word_file.py` writes the document itself, which is not a text.

Source: ECMA-376-1, "WordprocessingML Reference Material".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from refcite.csl.backends.base import BibliographyLayout, Page, Sectioned, one_line, printable
from refcite.csl.backends.marked import marked, marked_link, pieces
from refcite.csl.backends.rtf import link_address
from refcite.csl.style.attributes import Display, Format

__all__ = ["BACKEND", "HYPERLINK", "STYLE", "Docx"]

STYLE: Final = "Bibliography"
"""The id of the style of the paragraphs."""
HYPERLINK: Final = "Hyperlink"
"""The id of the style of links."""
# XML parsers reject texts of more than ten million bytes.
_PART: Final = re.compile("[\n\t]|[^\n\t]{1,1000000}")
_SIGNS: Final = {"\n": "<w:br/>", "\t": "<w:tab/>"}
# In the order that the schema requires.
_PROPERTIES: Final = {
    ("font_weight", "bold"): "<w:b/>",
    ("font_weight", "normal"): '<w:b w:val="0"/>',
    ("font_weight", "light"): '<w:b w:val="0"/>',
    ("font_style", "italic"): "<w:i/>",
    ("font_style", "oblique"): "<w:i/>",
    ("font_style", "normal"): '<w:i w:val="0"/>',
    ("font_variant", "small-caps"): "<w:smallCaps/>",
    ("font_variant", "normal"): '<w:smallCaps w:val="0"/>',
    ("text_decoration", "underline"): '<w:u w:val="single"/>',
    ("text_decoration", "none"): '<w:u w:val="none"/>',
    ("vertical_align", "sup"): '<w:vertAlign w:val="superscript"/>',
    ("vertical_align", "sub"): '<w:vertAlign w:val="subscript"/>',
    ("vertical_align", "baseline"): '<w:vertAlign w:val="baseline"/>',
}


class Docx(Sectioned):
    """WordprocessingML without its namespace, which is the prefix `w`."""

    name = "docx"
    is_always_whole = False

    def escape(self, text: str) -> str:
        """Return the text; `finish` writes it."""
        # A tab of a value would move to the column of the text.
        return printable(text).replace("\r\n", "\n").replace("\t", " ")

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return marked text, which `finish` writes."""
        return marked(format, inner)

    def link(self, url: str, inner: str) -> str:
        """Return marked text, which `finish` writes as a field."""
        address = link_address(url)
        return inner if address is None else marked_link(address, inner)

    def block(self, display: Display, inner: str) -> str:
        """Return a block; a tab separates a margin's text from the text."""
        if display == "left-margin":
            return f"{inner.strip(' ')}\t"
        if display == "right-inline":
            return inner.lstrip(" ")
        return f"\n{inner}" if display == "block" else f"\n\t{inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return a paragraph."""
        return f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/></w:pPr>{inner}</w:p>\n'

    def finish(self, text: str) -> str:
        """Return the text as runs; line breaks at its start are omitted."""
        return "".join(_runs(text))

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return the paragraphs; the document defines the layout of their style."""
        return "".join(entries)

    def heading(self, text: str) -> str:
        """Return a paragraph with Word's style of headings of the second level."""
        shown = self.finish(self.escape(one_line(text)))
        return f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>{shown}</w:p>\n'

    def document(self, body: str, page: Page) -> str:
        """Return the paragraphs: a document is not a text."""
        return body


def _runs(text: str) -> Iterator[str]:
    open_spans: list[tuple[str, str]] = []
    is_linked = is_begun = False
    for piece in pieces(text):
        if piece is None:
            if open_spans.pop()[0] == "link":
                is_linked = any(kind == "link" for kind, _ in open_spans)
                if not is_linked:
                    yield "</w:fldSimple>"
        elif not isinstance(piece, str):
            open_spans.append(piece)
            if piece[0] == "link" and not is_linked:
                is_linked = True
                instruction = f' HYPERLINK "{piece[1]}" '
                yield f"<w:fldSimple w:instr={quoteattr(instruction)}>"
        else:
            shown = piece if is_begun else piece.lstrip("\n\t")
            if shown:
                is_begun = True
                yield f"<w:r>{_properties(open_spans)}{_contents(shown)}</w:r>"


def _properties(open_spans: Sequence[tuple[str, str]]) -> str:
    if not open_spans:
        return ""
    in_force = dict(open_spans)  # the innermost is last
    style = f'<w:rStyle w:val="{HYPERLINK}"/>' if "link" in in_force else ""
    written = [
        markup for (kind, value), markup in _PROPERTIES.items() if in_force.get(kind) == value
    ]
    inner = style + "".join(written)
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def _contents(text: str) -> str:
    return "".join(
        _SIGNS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in _PART.findall(text)
    )


BACKEND: Final = Docx()
"""The backend."""
