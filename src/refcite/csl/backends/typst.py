"""Typst markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from refcite.csl.backends.base import (
    BibliographyLayout,
    Page,
    Sectioned,
    nested,
    one_line,
    printable,
)
from refcite.csl.style.attributes import Display, Format

__all__ = ["BACKEND", "Typst"]

# Lists, headings, ties, comments, quotes and dashes too: nothing in a value is markup.
_SPECIAL: Final = re.compile(r"[\\*_`$#@<>\[\]~/=+\"'-]|\.(?=\.\.)")
# A number and a full stop that begin a content block begin a numbered list.
_NUMBERED: Final = re.compile(r"(?m)^([^\S\n]*[0-9]+)(?=\.(?:\s|$))")
_REGION: Final = re.compile("[A-Z]{2}")
_FUNCTIONS: Final = {
    "font_style": {
        "italic": "#emph",
        "oblique": '#text(style: "oblique")',
        "normal": '#text(style: "normal")',
    },
    "font_variant": {"small-caps": "#smallcaps"},
    "font_weight": {
        "bold": "#strong",
        "light": '#text(weight: "light")',
        "normal": '#text(weight: "regular")',
    },
    "text_decoration": {"underline": "#underline"},
    "vertical_align": {"sup": "#super", "sub": "#sub"},
}


class Typst(Sectioned):
    """Typst markup; formatting is written as functions, which need no space around them."""

    name = "typst"
    is_always_whole = False

    def escape(self, text: str) -> str:
        """Return the text with a backslash before each sign that has a meaning."""
        # A backslash at the end of a line breaks it.
        return _SPECIAL.sub(r"\\\g<0>", printable(text)).replace("\r\n", "\n").replace("\n", "\\\n")

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return the text as the argument of functions, the style innermost."""
        return nested(format, inner, _FUNCTIONS, _call)

    def link(self, url: str, inner: str) -> str:
        """Return a call of `link`."""
        address = printable(url).replace("\\", "\\\\").replace('"', '\\"')
        return _call(f'#link("{address}")', inner)

    def block(self, display: Display, inner: str) -> str:
        """Return a block; a margin's text is in a box."""
        if display == "left-margin":
            return _call("#box(width: 2.5em)", inner.strip())
        if display == "right-inline":
            return inner.lstrip(" ")
        return f"\\ {inner}" if display == "block" else f"\\ #h(2em);{inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return the entry; the first line break of a block is omitted."""
        return inner.removeprefix("\\ ")

    def finish(self, text: str) -> str:
        """Return the text, which begins no list."""
        return _unnumbered(text)

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return a paragraph for each entry, with the style's indent."""
        if layout.second_field_align:
            hanging = "2.5em"
        else:
            hanging = "1.5em" if layout.hanging_indent else "0em"
        # Typst's lines are 0.65 em apart; the height of a line with this distance is about 1.2 em.
        lines = 0.65 + 1.2 * (layout.line_spacing - 1)
        leading = f", leading: {lines:g}em" if layout.line_spacing > 1 else ""
        spacing = lines + 1.2 * layout.line_spacing * layout.entry_spacing
        rules = f"#set par(hanging-indent: {hanging}, spacing: {spacing:g}em{leading})"
        return f"#[\n{rules}\n\n" + "\n\n".join(entries) + "\n]"

    def document(self, body: str, page: Page) -> str:
        """Return a document with its paper, language and title."""
        title = self.escape(" ".join(page.title.split())) if page.title else ""
        language, *others = page.language.split("-")
        region = others[-1] if others and _REGION.fullmatch(others[-1]) else None
        lines = [
            f"#set document(title: [{title}])" if title else "",
            f'#set page(paper: "{"us-letter" if page.paper == "letter" else "a4"}")',
            f'#set text(lang: "{language}"' + (f', region: "{region}")' if region else ")"),
            f"\n#heading(level: 1)[{_unnumbered(title)}]\n" if title else "",
            body,
        ]
        return "\n".join(filter(None, lines)) + "\n"

    def heading(self, text: str) -> str:
        """Return a heading of the second level, without a number."""
        return _call("#heading(level: 2, numbering: none)", self.escape(one_line(text)))


def _call(function: str, inner: str) -> str:
    """Return a call; its semicolon keeps a bracket or full stop that follows out of it."""
    return f"{function}[{_unnumbered(inner)}];"


def _unnumbered(inner: str) -> str:
    """Return a content block that begins no numbered list."""
    return _NUMBERED.sub(r"\1\\", inner)


BACKEND: Final = Typst()
"""The backend."""
