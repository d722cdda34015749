"""HTML with the classes and tags that citeproc-js prints, for which style sheets exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

from refcite.csl.backends.base import BibliographyLayout, Page, Sectioned, one_line, printable
from refcite.csl.style.attributes import Display, Format

__all__ = ["BACKEND", "Html"]

_ENTITIES: Final = {"&": "&#38;", "<": "&#60;", ">": "&#62;", '"': "&#34;"}
# Characters that Unicode defines as a superscript of others (decomposition <super>).
_SUPERSCRIPTS: Final = (
    "\u00aa\u00b2\u00b3\u00b9\u00ba\u02b0-\u02b8\u02e0-\u02e4\u10fc\u1d2c-\u1d2e\u1d30-\u1d3a"
    "\u1d3c-\u1d4d\u1d4f-\u1d61\u1d78\u1d9b-\u1dbf\u2070\u2071\u2074-\u207f\u2120\u2122"
)
_SPECIAL: Final = re.compile(f"[&<>{_SUPERSCRIPTS}]")
_SYNTAX: Final = re.compile('[&<>"]')
# One search finds most texts to be as they are: printable ASCII without syntax and double spaces.
_NOT_PLAIN: Final = re.compile("[^ !-%'-;=?-~]|  ")
_TWO_SPACES: Final = re.compile(r"\s\s")
_TAGS: Final = {
    "font_style": {
        "italic": ("<i>", "</i>"),
        "oblique": ("<em>", "</em>"),
        "normal": ('<span style="font-style:normal;">', "</span>"),
    },
    "font_variant": {
        "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
        "normal": ('<span style="font-variant:normal;">', "</span>"),
    },
    "font_weight": {
        "bold": ("<b>", "</b>"),
        "light": ('<span style="font-weight:lighter;">', "</span>"),
        "normal": ('<span style="font-weight:normal;">', "</span>"),
    },
    "text_decoration": {
        "underline": ('<span style="text-decoration:underline;">', "</span>"),
        "none": ('<span style="text-decoration:none;">', "</span>"),
    },
    "vertical_align": {
        "sup": ("<sup>", "</sup>"),
        "sub": ("<sub>", "</sub>"),
        # Browsers ignore this; style sheets for citeproc-js's output use it.
        "baseline": ('<span style="baseline">', "</span>"),
    },
}
_BLOCKS: Final = {
    "block": ('\n\n    <div class="csl-block">', "</div>\n"),
    "left-margin": ('\n    <div class="csl-left-margin">', "</div>"),
    "right-inline": ('<div class="csl-right-inline">', "</div>\n  "),
    "indent": ('<div class="csl-indent">', "</div>\n  "),
}


def _plain(text: str) -> str:
    return _SYNTAX.sub(lambda found: _ENTITIES[found[0]], printable(text))


def _style_sheet(layout: BibliographyLayout) -> str:
    line = 1.3 * layout.line_spacing
    rules = [
        ":root { color-scheme: light dark; }",
        "body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 42rem;"
        f" font: 1.05rem/{line:g} Georgia, 'Times New Roman', serif; }}",
        "h1, h2, h3 { line-height: 1.3; }",
        "sub, sup { line-height: 0; }",
        f".csl-entry {{ display: flow-root; margin-block: 0 {line * layout.entry_spacing:g}em;"
        " overflow-wrap: anywhere; }",
        # The second property is for scripts that are written from right to left.
        ".csl-left-margin { float: left; float: inline-start;"
        f" min-width: {layout.max_offset or 4}ch; padding-inline-end: 0.5em; }}",
        ".csl-right-inline { display: flow-root; }",
        ".csl-indent { padding-inline-start: 2em; }",
        "@media print { body { max-width: none; padding: 0; } }",
    ]
    if layout.hanging_indent and not layout.second_field_align:
        rules += [
            ".csl-entry { padding-inline-start: 2em; text-indent: -2em; }",
            ".csl-entry * { text-indent: 0; }",
        ]
    return "".join(f"{rule}\n" for rule in rules)


def _entity(found: re.Match[str]) -> str:
    character = found[0]
    return _ENTITIES.get(character) or f"<sup>{normalize('NFKC', character)}</sup>"


class Html(Sectioned):
    """HTML fragments; every value is escaped with numeric entities, so they are XML too."""

    name = "html"
    is_always_whole = False

    def escape(self, text: str) -> str:
        """Return the text; superscript characters, which few fonts have, become `<sup>`."""
        if _NOT_PLAIN.search(text) is None:
            return text
        text = printable(text)
        if _SPECIAL.search(text) is not None:
            text = _SPECIAL.sub(_entity, text)
        if "  " in text or "\n" in text or not text.isascii():
            # A browser would show one space for two.
            return _TWO_SPACES.sub("\u00a0 ", text)
        return text

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return the text in its tags, the style innermost."""
        for attribute, tags in _TAGS.items():
            pair = tags.get(getattr(format, attribute))
            if pair is not None:
                inner = f"{pair[0]}{inner}{pair[1]}"
        return inner

    def link(self, url: str, inner: str) -> str:
        """Return a hyperlink."""
        return f'<a href="{_plain(url)}">{inner}</a>'

    def block(self, display: Display, inner: str) -> str:
        """Return a `div` with citeproc-js's class."""
        start, end = _BLOCKS[display]
        return f"{start}{inner}{end}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return a `div` of class `csl-entry`."""
        return f'  <div class="csl-entry">{inner}</div>\n'

    def finish(self, text: str) -> str:
        """Return the text."""
        return text

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return a `div` of class `csl-bib-body`."""
        return f'<div class="csl-bib-body">\n{"".join(entries)}</div>'

    def document(self, body: str, page: Page) -> str:
        """Return a page with a style sheet; it loads nothing from elsewhere."""
        # An English title of a page in another language is marked as English.
        english = "" if page.language.startswith("en") else ' lang="en"'
        title = _plain(page.title) if page.title else None
        return "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{_plain(page.language)}" dir="{page.direction}">',
                "<head>",
                '<meta charset="utf-8">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{title}</title>" if title else f"<title{english}>Bibliography</title>",
                f"<style>\n{_style_sheet(page.layout)}</style>",
                "</head>",
                "<body>",
                "<main>",
                *([f"<h1>{title}</h1>"] if title else []),
                body,
                "</main>",
                "</body>",
                "</html>\n",
            ]
        )

    def heading(self, text: str) -> str:
        """Return an `h2` of class `csl-heading`."""
        return f'  <h2 class="csl-heading">{self.escape(one_line(text))}</h2>\n'


BACKEND: Final = Html()
"""The backend."""
