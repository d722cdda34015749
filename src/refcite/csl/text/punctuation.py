"""Punctuation where two pieces of text meet (no chapter of CSL's; citeproc-js settled the cases).

A style puts a full stop after a title; the title ends in a question mark. Which signs stay is
looked up in a table, at each boundary of two leaves, whatever spans are between them. A comma
or full stop after a quotation is moved inside if the locale specifies it, and otherwise outside.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.text.stream import CLOSE, FIELD, SEAM, Block, Mark, Quote, Span, Stream

__all__ = ["SIGNS", "SIGNS_AND_SPACE", "merges", "settle_punctuation", "strip_periods"]

_MET: Final = {
    "!.": "!",
    "!:": "!",
    "?.": "?",
    "?:": "?",
    ":!": "!",
    ":?": "?",
    ":.": ":",
    ";!": "!",
    ";?": "?",
    ";:": ";",
    ";.": ";",
}
"""The result for two different signs; both are kept if they are not listed."""

SIGNS: Final = frozenset(".,:;!?")
"""The signs of which one may give way to another."""
SIGNS_AND_SPACE: Final = SIGNS | {" ", "\u00a0"}
"""What may be dropped where it meets its like."""
_GOES_INSIDE: Final = frozenset(".,!?")
_GOES_OUTSIDE: Final = frozenset(",:;")
# Not within a word, as in the name of a web site.
_PERIODS: Final = re.compile(r"\.(?![a-z])")


def settle_punctuation(stream: Stream, in_quote: bool) -> None:
    """Settle the punctuation of a whole citation or entry, in place.

    Args:
        stream: What was rendered.
        in_quote: The locale's `punctuation-in-quote`.

    Example:
        >>> from refcite.csl.text.stream import QUOTE
        >>> stream = [QUOTE, "Who?", CLOSE, ". ", QUOTE, "Me", CLOSE, ", ", "yes"]
        >>> settle_punctuation(stream, in_quote=True)
        >>> "".join(part for part in stream if isinstance(part, str))
        'Who? Me, yes'
    """
    _Settler(stream, in_quote).run()


def merges(stream: Stream, sign: str) -> bool:
    """Return whether a sign would merge with another that the stream ends in.

    A sign within a quotation that ends there is none of the stream's own.

    Example:
        >>> merges(["Who?"], "."), merges(["You."], "."), merges(["You,"], ".")
        (True, False, False)
        >>> from refcite.csl.text.stream import QUOTE
        >>> merges([QUOTE, "Who?", CLOSE], ".")
        False
    """
    for index in range(len(stream) - 1, -1, -1):
        part = stream[index]
        if type(part) is str and part:
            return part[-1] + sign in _MET and not _ends_quotation(stream, index)
    return False


def strip_periods(stream: Stream, start: int) -> None:
    """Remove the full stops from what is in a stream from `start` on.

    Those within a word stay, as in the name of a web site.
    """
    for index in range(start, len(stream)):
        part = stream[index]
        if type(part) is str and "." in part:
            stream[index] = _PERIODS.sub("", part)


def _ends_quotation(stream: Stream, last: int) -> bool:
    """Return whether a quotation is closed after the stream's last text."""
    closed, before = sum(part is CLOSE for part in stream[last:]), 0
    for index in range(last - 1, -1, -1):
        part = stream[index]
        if not closed:
            return False
        if part is CLOSE:
            before += 1
        elif type(part) is str:
            continue
        elif before:
            before -= 1
        elif type(part) is Quote:
            return True
        else:
            closed -= 1
    return False


def _is_of_style(mark: Mark | None) -> bool:
    return type(mark) is Span and not mark.from_text


class _Settler:
    def __init__(self, stream: Stream, in_quote: bool) -> None:
        self._stream = stream
        self._in_quote = in_quote
        self._last = -1
        # The places of the closings of quotations since the last text, innermost first.
        self._closings: list[int] = []
        self._before_last: list[int] = []
        self._in_field = self._field_started = False

    def run(self) -> None:
        stream = self._stream
        open_marks: list[Mark] = []
        closed: Mark | None = None
        index = 0
        while index < len(stream):
            part = stream[index]
            if type(part) is str:
                if part:
                    index += self._meet(index, part)
            elif part is CLOSE:
                mark = open_marks.pop()
                if type(mark) is Quote:
                    # A sign goes into the format of the element that is quoted.
                    within = stream[index - 1] is CLOSE and _is_of_style(closed)
                    self._closings.append(index - within)
                elif mark is FIELD:
                    self._in_field = False
                closed = mark
            else:
                if part is SEAM or type(part) is Block:
                    # Blocks are apart: nothing meets across their borders.
                    self._last = -1
                    self._closings = []
                if part is FIELD:
                    self._in_field, self._field_started = True, False
                open_marks.append(part)  # type: ignore[arg-type]  # no leaf: a mark
            index += 1

    def _meet(self, index: int, text: str) -> int:
        """Settle the boundary before a leaf; return how many leaves were put before it."""
        stream, added = self._stream, 0
        if self._in_field and self._field_started:
            self._last = index
            self._closings.clear()
            return 0
        self._field_started = True
        if self._last >= 0:
            if text[0] in SIGNS_AND_SPACE:
                text, added = self._settle(text)
            if text and self._closings and not self._in_quote:
                text = self._moved_out(text)
        stream[index + added] = text
        if text:
            self._last = index + added
            self._before_last = self._closings
            self._closings = []
        return added

    def _settle(self, text: str) -> tuple[str, int]:
        stream = self._stream
        added = 0
        while text:
            before = str(stream[self._last])
            left, right = before[-1:], text[0]
            if left == right:
                text = text[1:]
                if text[:1] not in SIGNS_AND_SPACE:
                    break
                continue
            if right not in SIGNS:
                break
            met = _MET.get(left + right)
            if met is not None:
                stream[self._last] = before[:-1] + met
                text = text[1:]
                if len(before) == 1 and self._in_quote and met in _GOES_INSIDE:
                    added += self._pull_inside(met)
                continue
            if not (self._in_quote and self._closings and right in _GOES_INSIDE):
                break
            text = text[1:]
            added += self._put_inside(right)
        return text, added

    def _pull_inside(self, sign: str) -> int:
        """Move a sign that is a separate leaf into the quotation that ended before it."""
        if not self._before_last or self._closings:
            return 0
        self._stream[self._last] = ""
        self._closings = self._before_last
        self._last = self._closings[0] - 1
        while type(self._stream[self._last]) is not str:
            self._last -= 1
        return self._put_inside(sign)

    def _put_inside(self, sign: str) -> int:
        """Put a sign before the end of the innermost quotation; return the leaves added."""
        stream, place = self._stream, self._closings[0]
        if self._last == place - 1:
            stream[self._last] = str(stream[self._last]) + sign
            return 0
        stream.insert(place, sign)
        self._last = place
        self._closings = [closing + 1 for closing in self._closings]
        return 1

    def _moved_out(self, text: str) -> str:
        """Return a leaf with the comma before it that ended a quotation."""
        stream, last = self._stream, self._last
        before = str(stream[last])
        if len(before) < 2 or before[-1] not in _GOES_OUTSIDE:
            return text
        stream[last] = before[:-1]
        return text if text[0] == before[-1] else before[-1] + text
