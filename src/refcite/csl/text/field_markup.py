"""The text of fields, appended to a stream: markup, quotation marks, apostrophes.

CSL-JSON's tags become spans. Straight quotation marks that have a partner become quotations, so
that the locale's marks are printed and nested ones alternate; an apostrophe becomes typographic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from refcite.csl.style.attributes import Format
from refcite.csl.text.stream import (
    CLOSE,
    FIELD,
    INNER_QUOTE,
    NOCASE,
    QUOTE,
    Mark,
    Quote,
    Span,
    Stream,
)
from refcite.richtext import End, Open, tokens

__all__ = ["append_raw", "append_text"]

_BREAKS: Final = "\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029"
_BREAK: Final = re.compile(f"[{_BREAKS}]")
_SPACES_AND_BREAKS: Final = re.compile(f"[ {_BREAKS}]+")
_SPECIAL: Final = re.compile(f"[{_BREAKS}<\"'\u2018\u201c\u201d]| [:;?!\u00bb]|\u00ab ")
_QUOTES: Final = re.compile("[\"'\u2018\u2019\u201c\u201d]")
# French spacing: no line break is allowed before these signs.
_HIGH_SIGN: Final = re.compile(" (?=[:;?!\u00bb])|(?<=\u00ab) ")
_BEFORE_OPENING: Final = frozenset(" \t\n\u00a0\u202f([{<-\u2010\u2013\u2014/\u00ab\"'\u2018\u201c")
_SPANS: Final[dict[str, Mark]] = {
    "i": Span(Format(font_style="italic"), from_text=True),
    "b": Span(Format(font_weight="bold"), from_text=True),
    "sup": Span(Format(vertical_align="sup"), from_text=True),
    "sub": Span(Format(vertical_align="sub"), from_text=True),
    "sc": Span(Format(font_variant="small-caps"), from_text=True),
    "nocase": NOCASE,
    "nodecor": Span(Format("normal", "normal", "normal"), from_text=True),
}
_MOST_OPEN: Final = 200
"""So many tags and quotation marks may be open when a quotation begins; the time stays linear."""
_WRITTEN: Final = {"\u2018": ("\u2018", "\u2019"), "\u201c": ("\u201c", "\u201d")}
_PARTNERS: Final = {'"': '"', "'": "'", "\u201d": "\u201c", "\u2019": "\u2018"}


def append_raw(text: str, stream: Stream, keeps_breaks: bool = False) -> None:
    """Append a field's text with its markup, without changing its quotation marks."""
    if not keeps_breaks:
        text = _in_one_line(text)
    if "<" not in text:
        stream.append(text)
        return
    for token in tokens(text):
        if isinstance(token, str):
            stream.append(token)
        elif isinstance(token, Open):
            stream.append(_SPANS[token.kind])
        else:
            stream.append(CLOSE)


def _in_one_line(text: str) -> str:
    """Return a text without line breaks and tabs, which would begin blocks in some formats."""
    if _BREAK.search(text) is None:
        return text
    return _SPACES_AND_BREAKS.sub(" ", text).strip(" ")


def append_text(text: str, stream: Stream, keeps_breaks: bool = False) -> None:
    """Append a field's text with its markup, quotation marks and apostrophes.

    Line breaks become spaces, except those that the style itself contains (`keeps_breaks`).

    Example:
        >>> stream = []
        >>> append_text("The true d'Artagnan", stream)
        >>> stream
        ['The true d’Artagnan']
    """
    if _SPECIAL.search(text) is None:
        stream.append(text)
        return
    text = _HIGH_SIGN.sub("\u202f", text if keeps_breaks else _in_one_line(text))
    start = len(stream)
    stream.append(FIELD)
    reader = _QuoteReader(stream)
    if "<" in text:
        _read_markup(text, reader)
    else:
        reader.read(text, "")
    reader.end()
    if len(stream) == start + 2:
        del stream[start]
    elif len(stream) == start + 1:
        del stream[-1]
    else:
        stream.append(CLOSE)


def _read_markup(text: str, reader: _QuoteReader) -> None:
    pieces = tokens(text)
    following = _first_characters(pieces)
    for token, after in zip(pieces, following, strict=True):
        if isinstance(token, str):
            reader.read(token, after)
        elif isinstance(token, Open):
            reader.open(_SPANS[token.kind])
        elif isinstance(token, End):
            reader.close()


def _first_characters(pieces: Sequence[str | Open | End]) -> list[str]:
    """Return for each piece the first character of the text after it."""
    found = [""] * len(pieces)
    character = ""
    for place in range(len(pieces) - 1, -1, -1):
        found[place] = character
        piece = pieces[place]
        if isinstance(piece, str) and piece:
            character = piece[0]
    return found


class _QuoteReader:
    """Finds quotations; a quotation never crosses a tag."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._before = ""
        # If a text begins with single marks, these are its outer ones.
        self._single_is_outer: bool | None = None
        # The open tags and quotation marks, with their indices in the stream.
        self._open: list[tuple[str, int]] = []

    def open(self, mark: Mark) -> None:
        self._open.append(("tag", len(self._stream)))
        self._stream.append(mark)

    def close(self) -> None:
        while self._open:
            kind, place = self._open.pop()
            if kind == "tag":
                break
            self._give_up(kind, place)
        self._stream.append(CLOSE)

    def end(self) -> None:
        while self._open:
            kind, place = self._open.pop()
            if kind != "tag":
                self._give_up(kind, place)

    def _give_up(self, mark: str, place: int) -> None:
        self._stream[place] = "\u2019" if mark == "'" else mark

    def read(self, text: str, after: str) -> None:
        """Read a text without tags; `after` is the character that follows it."""
        stream, position = self._stream, 0
        kept: list[str] = []

        def flush(end: int) -> None:
            kept.append(text[position:end])
            joined = "".join(kept)
            kept.clear()
            if joined:
                stream.append(joined)

        for found in _QUOTES.finditer(text):
            mark, place = found[0], found.start()
            before = text[place - 1] if place else self._before
            following = text[place + 1] if place + 1 < len(text) else after
            if self._single_is_outer is None:
                self._single_is_outer = mark in "'\u2018" and self._opens(mark, before, following)
            if self._closes(mark, before, following):
                flush(place)
                self._close_quotation(_PARTNERS[mark])
                position = place + 1
            elif len(self._open) < _MOST_OPEN and self._opens(mark, before, following):
                flush(place)
                self._open.append((mark, len(stream)))
                single = mark in "'\u2018"
                inner = single != self._single_is_outer and single
                written = _WRITTEN.get(mark)
                if written is None:
                    stream.append(INNER_QUOTE if inner else QUOTE)
                else:
                    stream.append(Quote(inner, written))
                position = place + 1
            elif mark == "'":
                kept.append(text[position:place] + "\u2019")
                position = place + 1
        flush(len(text))
        self._before = text[-1:] or self._before

    def _opens(self, mark: str, before: str, following: str) -> bool:
        if mark in "\u2019\u201d" or not following:
            return False
        if mark in "\u2018\u201c":
            return True
        return (not before or before in _BEFORE_OPENING) and not following.isspace()

    def _closes(self, mark: str, before: str, following: str) -> bool:
        partner = _PARTNERS.get(mark)
        if partner is None or not before:
            return False
        for kind, _ in reversed(self._open):
            if kind == "tag":
                return False
            if kind == partner:
                break
        else:
            return False
        if mark == '"':
            return not before.isspace()
        # An apostrophe inside a word does not close a quotation.
        return not before.isspace() and not following.isalnum()

    def _close_quotation(self, partner: str) -> None:
        while True:
            kind, place = self._open.pop()
            if kind == partner:
                break
            self._give_up(kind, place)
        self._stream.append(CLOSE)
