"""Plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from refcite.csl.backends.base import (
    BibliographyLayout,
    Page,
    Sectioned,
    Sections,
    one_line,
    printable,
)
from refcite.csl.style.attributes import Display, Format

__all__ = ["BACKEND", "PlainText"]


class PlainText(Sectioned):
    """Text without any formatting, one line for each entry."""

    name = "text"
    is_always_whole = False

    def escape(self, text: str) -> str:
        """Return the text without control characters, which a terminal would obey."""
        return printable(text)

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return the text."""
        return inner

    def link(self, url: str, inner: str) -> str:
        """Return the text; the address is not shown."""
        return inner

    def block(self, display: Display, inner: str) -> str:
        """Return a block: on a separate line, or with a space after a margin's text."""
        if display == "left-margin":
            return f"{inner} "
        if display == "right-inline":
            return inner
        return f"\n{inner}" if display == "block" else f"\n    {inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return the entry without white space at its end."""
        return inner.rstrip()

    def finish(self, text: str) -> str:
        """Return the text."""
        return text

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return the entries, one per line."""
        return "\n".join(entry.strip("\n") for entry in entries)

    def document(self, body: str, page: Page) -> str:
        """Return the entries, after the title if there is one."""
        return f"{printable(page.title)}\n\n{body}" if page.title else body

    def heading(self, text: str) -> str:
        """Return the text."""
        return one_line(text)

    def in_sections(self, sections: Sections, layout: BibliographyLayout) -> str:
        """Return the sections, with an empty line before and after each heading."""
        return "\n\n".join(
            f"{self.heading(heading)}\n\n{self.bibliography(entries, layout)}"
            for heading, entries in sections
        )


BACKEND: Final = PlainText()
"""The backend."""
