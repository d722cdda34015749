"""What a backend is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from attrs import frozen

from refcite.csl.style.attributes import Display, Format

__all__ = ["Backend", "BibliographyLayout", "nested"]


@frozen(kw_only=True)
class BibliographyLayout:
    """How a style wants its bibliography to look (specification, "Whitespace").

    Attributes:
        hanging_indent: Whether all lines of an entry but the first are indented.
        line_spacing: Distance between lines; 1 is single spacing.
        entry_spacing: Blank space between entries, in lines.
        second_field_align: Whether the first field of an entry, such as its number, is in a
            column of its own: `flush` with the text's margin, or in the `margin`.
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


class Backend(Protocol):
    """Writes one output format, inside out: what is `inner` has been written already."""

    name: str

    def escape(self, text: str) -> str:
        """Return text such that the format prints it as it is."""

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return formatted text; only the attributes to be written are set."""

    def link(self, url: str, inner: str) -> str:
        """Return text that leads to an address, whose scheme is known to be safe."""

    def block(self, display: Display, inner: str) -> str:
        """Return a block of a bibliography entry."""

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return a bibliography entry of finished text."""

    def finish(self, text: str) -> str:
        """Return the text of a citation or an entry, written to its end."""

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return the whole bibliography."""


Table = Mapping[str, Mapping[str, str]]
"""What writes each value of each attribute of a `Format`, the innermost attribute first."""


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
        table: What writes each value of each attribute; a value that is not in it is not written.
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
