r"""Rich Text Format, version 1.9, in ASCII: other characters are written as `\u` with their number.

Source: Rich Text Format (RTF) Specification, version 1.9.1, Microsoft 2008.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from locale import windows_locale
from typing import Final
from urllib.parse import urlsplit

from refcite.csl.backends.base import (
    BibliographyLayout,
    Page,
    Sectioned,
    Sections,
    nested,
    one_line,
    printable,
)
from refcite.csl.style.attributes import Display, Format

__all__ = ["BACKEND", "Rtf", "column_width", "link_address"]

# All but the printable characters of ASCII, of which three have a meaning.
_SPECIAL: Final = re.compile(r"[^ -\[\]-z|~]")
_CONTROLS: Final = {
    "\\": "\\\\",
    "{": "\\{",
    "}": "\\}",
    "\u00a0": "\\~",
    "\n": "\\line ",
    "\r": "",
    # A tab of a value would move to the column of the text.
    "\t": " ",
}
_WORDS: Final = {
    "font_style": {"italic": "i", "oblique": "i", "normal": "i0"},
    "font_variant": {"small-caps": "scaps", "normal": "scaps0"},
    "font_weight": {"bold": "b", "normal": "b0", "light": "b0"},
    "text_decoration": {"underline": "ul", "none": "ulnone"},
    "vertical_align": {"sup": "super", "sub": "sub", "baseline": "nosupersub"},
}
_BREAKS_FIRST: Final = re.compile(r"\A(?:\\line (?:\\tab )?)+")
_LINE: Final = 240
"""The height of a line of 12 points, in twips: a twip is a twentieth of a point."""
_INDENT: Final = 720
_DIGIT: Final = 120
"""The width of a digit of 12 points, in twips."""
_HEADING_2: Final = "\\pard\\plain\\s4\\sb240\\sa120\\keepn\\outlinelevel1\\b\\f0\\fs28"
_PAPER: Final = {"a4": (11906, 16838), "letter": (12240, 15840)}
_LANGUAGES: Final = {tag.replace("_", "-"): number for number, tag in windows_locale.items()}
_AMERICAN: Final = 1033


_NOT_IN_ADDRESS: Final = re.compile(r"[\\{}<>|^`\"]|[^!-~]")
_LONGEST_ADDRESS: Final = 2079
"""The maximum number of characters of an address in Word."""


def link_address(url: str) -> str | None:
    """Return a URL as word processors accept it, or None if they would reject a document with it.

    Args:
        url: A URL with a scheme.

    Example:
        >>> link_address('https://example.org/"a b"')
        'https://example.org/%22a%20b%22'
        >>> link_address("https://[x/y") is None
        True
    """
    address = _NOT_IN_ADDRESS.sub(_percent, printable(url))
    try:
        parts = urlsplit(address)
        is_complete = parts.port != 0 and bool(parts.hostname or parts.scheme == "mailto")
    except ValueError:
        return None
    return address if is_complete and len(address) <= _LONGEST_ADDRESS else None


def column_width(layout: BibliographyLayout) -> int:
    """Return the width of the column of the first field in twips, or 0 if there is no column."""
    return (layout.max_offset + 1) * _DIGIT if layout.max_offset else 0


class Rtf(Sectioned):
    """RTF; formatted text is a group, an entry is a paragraph."""

    name = "rtf"
    is_always_whole = True

    def escape(self, text: str) -> str:
        """Return the text in ASCII, with RTF's signs escaped."""
        return _SPECIAL.sub(_control, printable(text))

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return groups with a control word, the style innermost."""
        return nested(format, inner, _WORDS, lambda word, text: f"{{\\{word} {text}}}")

    def link(self, url: str, inner: str) -> str:
        """Return a field, which word processors show as a link."""
        address = link_address(url)
        if address is None:
            return inner
        # The character style; programs that do not use styles need its formatting too.
        shown = f"{{\\cs2\\ul\\cf1 {inner}}}"
        return f'{{\\field{{\\*\\fldinst{{HYPERLINK "{address}"}}}}{{\\fldrslt{shown}}}}}'

    def block(self, display: Display, inner: str) -> str:
        """Return a block; a tab separates a margin's text from the text."""
        if display == "left-margin":
            return f"{inner.strip(' ')}\\tab "
        if display == "right-inline":
            return inner.lstrip(" ")
        return f"\\line {inner}" if display == "block" else f"\\line \\tab {inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return the entry."""
        return inner

    def finish(self, text: str) -> str:
        """Return the text; the first line break of a block is omitted."""
        return _BREAKS_FIRST.sub("", text)

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return a paragraph for each entry; `document` is needed for a file."""
        width = column_width(layout)
        if width:
            left = 0 if layout.second_field_align == "margin" else width
            indents = f"\\li{left}\\fi-{width}\\tx{left}"
        elif layout.hanging_indent:
            indents = f"\\li{_INDENT}\\fi-{_INDENT}"
        else:
            indents = "\\li0\\fi0"
        line = _LINE * layout.line_spacing
        spacing = f"\\sl{line}\\slmult1\\sb0\\sa{line * layout.entry_spacing}"
        start = f"\\pard\\plain\\s1{indents}{spacing}\\widctlpar\\f0\\fs24 "
        return "".join(f"{start}{entry}\\par\n" for entry in entries)

    def heading(self, text: str) -> str:
        """Return a paragraph with the style of headings of the second level."""
        return f"{_HEADING_2} {self.escape(one_line(text))}\\par\n"

    def in_sections(self, sections: Sections, layout: BibliographyLayout) -> str:
        """Return the headings and entries as paragraphs."""
        return "".join(
            f"{self.heading(heading)}{self.bibliography(entries, layout)}"
            for heading, entries in sections
        )

    def document(self, body: str, page: Page) -> str:
        """Return a file of RTF."""
        number = _language(page.language)
        width, height = _PAPER[page.paper]
        title = self.escape(" ".join(page.title.split())) if page.title else ""
        parts = [
            f"{{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0\\deflang{number}",
            "{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}",
            "{\\colortbl;\\red5\\green99\\blue193;}",
            "{\\stylesheet{\\s0\\f0\\fs24 Normal;}{\\s1\\f0\\fs24\\sbasedon0 Bibliography;}"
            "{\\*\\cs2\\additive\\ul\\cf1 Hyperlink;}"
            "{\\s3\\sa240\\keepn\\b\\f0\\fs32\\sbasedon0 heading 1;}"
            "{\\s4\\sb240\\sa120\\keepn\\b\\f0\\fs28\\sbasedon0 heading 2;}}",
            *([f"{{\\info{{\\title {title}}}}}"] if title else []),
            f"\\paperw{width}\\paperh{height}\\margl1440\\margr1440\\margt1440\\margb1440",
            *(
                [f"\\pard\\plain\\s3\\sa240\\keepn\\outlinelevel0\\b\\f0\\fs32 {title}\\par"]
                if title
                else []
            ),
            f"{body}}}",
        ]
        return "\n".join(parts) + "\n"


def _control(found: re.Match[str]) -> str:
    control = _CONTROLS.get(found[0])
    if control is not None:
        return control
    # The numbers are those of UTF-16's units, with a sign; a program without Unicode shows "?".
    units = found[0].encode("utf-16-le", "replace")
    return "".join(
        f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?"
        for at in range(0, len(units), 2)
    )


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _language(tag: str) -> int:
    """Return Windows's number of a language; if there is none, that of American English."""
    of_language = (number for known, number in _LANGUAGES.items() if known.partition("-")[0] == tag)
    return _LANGUAGES.get(tag) or next(of_language, _AMERICAN)


BACKEND: Final = Rtf()
"""The backend."""
