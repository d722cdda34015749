"""The conversion of a stream to a backend's text: the last step for each citation and entry."""

from __future__ import annotations

from typing import Final

from refcite.csl.backends.base import Backend, Quoting
from refcite.csl.style.attributes import NORMAL, Format
from refcite.csl.text.flipflop import resolve
from refcite.csl.text.punctuation import settle_punctuation
from refcite.csl.text.quotes import QuoteMarks
from refcite.csl.text.stream import CLOSE, Block, Link, Mark, Quote, Span, Stream

__all__ = ["Serialiser"]

_SHORT: Final = 12
"""The length up to which a text is likely to recur."""
_MOST_KNOWN: Final = 4096
"""The maximum number of texts whose escaped form is stored."""


class Serialiser:
    """Finishes streams and writes them through a backend.

    Args:
        backend: Writes the output.
        marks: The locale's quotation marks.
        in_quote: The locale's `punctuation-in-quote`.
    """

    def __init__(self, backend: Backend, marks: QuoteMarks, in_quote: bool) -> None:
        self._backend = backend
        self._marks = marks
        self._in_quote = in_quote
        self._quoting: Quoting | None = backend if isinstance(backend, Quoting) else None
        # Affixes, delimiters and terms are most of the leaves: each is escaped once.
        self._escaped: dict[str, str] = {}

    def write(self, stream: Stream, around: Format = NORMAL) -> str:
        """Return a stream as the backend's text; the stream is finished in place."""
        return self._backend.finish(self._walk(self.settled(stream, around)))

    def settled(self, stream: Stream, around: Format = NORMAL) -> Stream:
        """Finish a stream in place; return it with quotation marks and formats, part by part."""
        settle_punctuation(stream, self._in_quote)
        return resolve(stream, self._marks, around, self._quoting is not None)

    def _walk(self, stream: Stream) -> str:
        escaped = self._escaped
        pieces: list[str] = []
        # The open marks, each with the pieces of the text around it.
        waiting: list[tuple[Mark, list[str]]] = []
        for part in stream:
            if type(part) is str:
                if part:
                    written = escaped.get(part)
                    pieces.append(self._escape(part) if written is None else written)
            elif part is CLOSE:
                mark, outer = waiting.pop()
                inner = "".join(pieces)
                if inner:
                    outer.append(self._written(mark, inner))
                pieces = outer
            else:
                waiting.append((part, pieces))  # type: ignore[arg-type]  # not a leaf, so a mark
                pieces = []
        return "".join(pieces)

    def _escape(self, text: str) -> str:
        written = self._backend.escape(text)
        if len(text) <= _SHORT and len(self._escaped) < _MOST_KNOWN:
            self._escaped[text] = written
        return written

    def _written(self, mark: Mark, inner: str) -> str:
        if isinstance(mark, Span):
            form = mark.format
            return inner if form == NORMAL else self._backend.span(form, inner)
        if isinstance(mark, Link):
            return self._backend.link(mark.url, inner)
        if isinstance(mark, Block):
            return self._backend.block(mark.display, inner)
        if isinstance(mark, Quote) and mark.written is not None and self._quoting is not None:
            opening, closing = mark.written
            return self._quoting.quotation(opening, inner, mark.sign, closing)
        return inner
