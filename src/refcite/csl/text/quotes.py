"""Quotation marks: those of a locale, outer and inner ones alternately, or those of the writer.

Source: CSL 1.0.2, "Quotes".
"""

from __future__ import annotations

from attrs import frozen

from refcite.csl.style.locale import Locale
from refcite.csl.text.stream import Quote

__all__ = ["QuoteMarks"]


@frozen
class QuoteMarks:
    """The quotation marks of a locale: outer and inner, opening and closing."""

    outer: tuple[str, str]
    inner: tuple[str, str]

    @classmethod
    def of(cls, locale: Locale) -> QuoteMarks:
        """Return the marks of a locale."""
        return cls(
            (locale.term("open-quote") or "", locale.term("close-quote") or ""),
            (locale.term("open-inner-quote") or "", locale.term("close-inner-quote") or ""),
        )

    def around(
        self, quote: Quote, within: bool | None, outermost: bool
    ) -> tuple[bool, tuple[str, str]]:
        """Return whether a quotation has inner marks, and its marks, opening and closing.

        Args:
            quote: The quotation.
            within: Whether the outer quotation has inner marks; None if there is none.
            outermost: Whether it is not within another quotation.
        """
        written = quote.written
        if written is not None and outermost:
            return written == self.inner, written
        inner = quote.inner if within is None else not within
        return inner, self.inner if inner else self.outer
