"""The interface of a backend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, Protocol

from attrs import frozen

from refcite.csl.style.attributes import Display, Format

__all__ = [
    "Backend",
    "BibliographyLayout",
    "Page",
    "Quoting",
    "Sectioned",
    "Sections",
    "nested",
    "one_line",
    "printable",
]

# Control characters but tab, line feed and CRLF, other ends of lines, halves of surrogate pairs
# and the characters that Unicode keeps out of texts.
_NOT_PRINTABLE: Final = re.compile(
    r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_BOLD: Final = Format(font_weight="bold")
_INSTEAD: Final = {
    "\r": "\n",
    **dict.fromkeys("\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "),
}

_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_LETTER: Final = frozenset({"CA", "CL", "CO", "MX", "PH", "US"})
"""The regions that use the paper size Letter."""


def printable(text: str) -> str:
    r"""Return a text without the characters that no output format may contain.

    XML and TeX reject control characters, a terminal obeys them, and UTF-8 has no lone
    surrogates. Ends of lines but CRLF become a line feed or a space, a lone surrogate becomes
    U+FFFD, and other such characters are removed.

    Args:
        text: Any text.

    Example:
        >>> printable("a\x00b\x0bc\rd"), printable("\ud800") == "\ufffd"
        ('ab c\nd', True)
    """
    return text if text.isprintable() else _NOT_PRINTABLE.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    character = found[0]
    if 0xD800 <= ord(character) <= 0xDFFF:
        return "\ufffd"
    return _INSTEAD.get(character, "")


def one_line(text: str) -> str:
    r"""Return a text in one line, with single spaces, for a heading.

    Example:
        >>> one_line(" Cases\nand  statutes")
        'Cases and statutes'
    """
    return " ".join(printable(text).split())


@frozen(kw_only=True)
class BibliographyLayout:
    """The layout that a style specifies for its bibliography (specification, "Whitespace").

    Attributes:
        hanging_indent: Whether all lines of an entry but the first are indented.
        line_spacing: Distance between lines; 1 is single spacing.
        entry_spacing: Blank space between entries, in lines.
        second_field_align: Whether the first field of an entry, such as its number, is in a
            separate column: `flush` with the text's margin, or in the `margin`.
        max_offset: Characters of the longest first field.

    Example:
        >>> import refcite
        >>> layout = refcite.bibliography([refcite.Record(title="The Castle")], style="apa").layout
        >>> layout.hanging_indent, layout.line_spacing
        (True, 2)
    """

    hanging_indent: bool = False
    line_spacing: int = 1
    entry_spacing: int = 1
    second_field_align: Literal["flush", "margin"] | None = None
    max_offset: int = 0


Sections = Sequence[tuple[str, Sequence[str]]]
"""The sections of a bibliography: the heading of each, not yet written, and its entries."""


@frozen(kw_only=True)
class Page:
    """The data of a whole document that are not part of the bibliography in it.

    Attributes:
        language: The language of the bibliography, such as `de-AT`.
        title: The title, which is also printed above the entries.
        layout: The layout of the bibliography.

    Example:
        >>> Page(language="fa-IR").direction, Page(language="en-US").paper
        ('rtl', 'letter')
    """

    language: str = "en-US"
    title: str | None = None
    layout: BibliographyLayout = BibliographyLayout()

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of the language's script."""
        return "rtl" if self.language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"

    @property
    def paper(self) -> Literal["a4", "letter"]:
        """The usual size of paper in the language's region."""
        return "letter" if self.language.rpartition("-")[2] in _LETTER else "a4"


class Backend(Protocol):
    """Writes one output format from the inside out: `inner` is already written.

    Attributes:
        name: The name of the format.
        is_always_whole: Whether a bibliography is only usable as a whole document.
    """

    name: str
    is_always_whole: bool

    def escape(self, text: str) -> str:
        """Return text such that the format prints it as it is."""

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return formatted text; only the attributes to be written are set."""

    def link(self, url: str, inner: str) -> str:
        """Return text that links to a URL, whose scheme has been checked."""

    def block(self, display: Display, inner: str) -> str:
        """Return a block of a bibliography entry."""

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return a bibliography entry of finished text."""

    def finish(self, text: str) -> str:
        """Return the text of a citation or an entry, written to its end."""

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return all entries of the bibliography."""

    def document(self, body: str, page: Page) -> str:
        """Return a whole document with a bibliography; `body` is in the format already."""

    def heading(self, text: str) -> str:
        """Return the heading of a section; `text` is not written yet."""

    def in_sections(self, sections: Sections, layout: BibliographyLayout) -> str:
        """Return the whole bibliography in sections, each with its heading."""


class Sectioned:
    """The headings of a backend that does not define them itself.

    A heading is a bold entry, and all sections are in one bibliography. A backend that has
    headings overrides `heading`; if its bibliography can contain only entries, it also overrides
    `in_sections`.

    Example:
        >>> class Stars(Sectioned):
        ...     def escape(self, text): return text
        ...     def span(self, format, inner): return f"*{inner}*"
        ...     def finish(self, text): return text
        ...     def entry(self, inner, id): return inner
        ...     def bibliography(self, entries, layout): return "/".join(entries)
        >>> Stars().in_sections([("Cases", ["Roe v. Wade"])], BibliographyLayout())
        '*Cases*/Roe v. Wade'
    """

    def heading(self: Backend, text: str) -> str:
        """Return a heading as an entry in bold."""
        return self.entry(self.finish(self.span(_BOLD, self.escape(one_line(text)))), "")

    def in_sections(self: Backend, sections: Sections, layout: BibliographyLayout) -> str:
        """Return one bibliography, in which the headings are among the entries."""
        parts: list[str] = []
        for heading, entries in sections:
            parts += (self.heading(heading), *entries)
        return self.bibliography(parts, layout)


class Quoting(Sectioned):
    """A backend in which quotations are elements."""

    def quotation(self, opening: str, inner: str, sign: str, closing: str) -> str:
        """Return a quotation.

        Args:
            opening: The opening quotation mark.
            inner: The text, which is already written.
            sign: The punctuation that the style puts at its end.
            closing: The closing quotation mark.
        """
        raise NotImplementedError


Table = Mapping[str, Mapping[str, str]]
"""The markup of each value of each attribute of a `Format`; the innermost is first."""


def nested(
    format: Format,  # noqa: A002 - CSL's word
    inner: str,
    table: Table,
    write: Callable[[str, str], str],
) -> str:
    """Return formatted text, for formats in which spans nest.

    Args:
        format: The format.
        inner: The text.
        table: The markup of each value of each attribute; other values are not written.
        write: Puts one of the table's entries around a text.

    Example:
        >>> bold = Format(font_weight="bold")
        >>> nested(bold, "x", {"font_weight": {"bold": "b"}}, lambda tag, text: f"<{tag} {text}>")
        '<b x>'
    """
    for attribute, values in table.items():
        found = values.get(getattr(format, attribute))
        if found is not None:
            inner = write(found, inner)
    return inner
