"""Punctuation between two pieces of text, and the choice of the sign that remains.

A style adds a full stop after a title that ends with a question mark. If an element between two
affixes prints nothing, the signs around it meet. Tables determine the signs that remain, at
each boundary of two leaves, with any formatting between them. Within one field, punctuation is
the writer's and is not changed.

CSL 1.0.2 prints affixes and delimiters unchanged ("Affixes", "Delimiter"). It leaves the rest to
the processor, and its test suite has the pairs without a space between them
(`punctuation_FullMonty…`). The pairs with a space follow the manuals: no sentence has two signs
in sequence, except after an abbreviation or after a title with its own "?" or "!" (Chicago Manual
of Style, 17th edition, §§ 6.9, 6.14, 6.125; APA manual, 7th edition, § 9.5).
"""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.text.stream import CLOSE, FIELD, Block, Mark, Quote, Span, Stream

__all__ = ["settle_punctuation", "strip_periods"]

_MET: Final = {
    # A sentence that ends in "?" or "!" needs no second end.
    "!.": "!",
    "?.": "?",
    # What "?" and "!" end needs no colon.
    "!:": "!",
    "?:": "?",
    # The stronger sign remains.
    ":!": "!",
    ":?": "?",
    ";!": "!",
    ";?": "?",
    ":.": ":",
    ";:": ";",
    ";.": ";",
}
"""The result for two different signs that touch; both are kept if they are not listed."""

_SEPARATED: Final = {
    # A sign that ends an element, a space, and a sign that begins the next one: an element between
    # them printed nothing. The second sign remains, since it belongs to the next text.
    ".,": ",",
    ".;": ";",
    ".:": ":",
    ",.": ".",
    ",;": ";",
    ",:": ":",
    ";.": ".",
    ";,": ",",
    ";:": ":",
    ":.": ".",
    ":;": ";",
    # A colon that introduces something remains: the comma has nothing before it.
    ":,": ":",
}
"""The result for a sign of an affix or delimiter, a space, and a sign after it."""

_SIGNS: Final = frozenset(".,:;!?")
_SPACES: Final = " \u00a0\u202f"
_OPENINGS: Final = {")": "(", "]": "["}
_PAUSES: Final = frozenset(",;:")
# Text that may change next to the text before it.
_MEETING: Final = _SIGNS | {*_SPACES, ")", "]"}
# The first character of an affix that may be before all text.
_LEADING: Final = frozenset({*_PAUSES, *_SPACES, "."})
_GOES_INSIDE: Final = frozenset(".,!?")
_GOES_OUTSIDE: Final = frozenset(",:;")
# Except within a word, as in the name of a web site.
_PERIODS: Final = re.compile(r"\.(?![a-z])")
# A delimiter or affix that consists of signs; three full stops are an ellipsis.
_ONLY_SIGNS: Final = re.compile(r"(?!\.\.|\. \.)[.,;:](?: +[.,;:])* *\Z")


def settle_punctuation(stream: Stream, in_quote: bool) -> None:
    """Resolve the punctuation of a whole citation or entry, in place.

    Args:
        stream: The rendered stream.
        in_quote: The locale's `punctuation-in-quote`.

    Example:
        >>> from refcite.csl.text.stream import QUOTE
        >>> stream = [QUOTE, "Who?", CLOSE, ". ", QUOTE, "Me", CLOSE, ", ", "yes"]
        >>> settle_punctuation(stream, in_quote=True)
        >>> "".join(part for part in stream if isinstance(part, str))
        'Who? Me, yes'
    """
    _Settler(stream, in_quote).run()


def strip_periods(stream: Stream, start: int) -> None:
    """Remove the full stops from the contents of a stream from `start` on.

    Full stops within a word remain, as in the name of a web site.
    """
    for index in range(start, len(stream)):
        part = stream[index]
        if type(part) is str and "." in part:
            stream[index] = _PERIODS.sub("", part)


def _is_of_style(mark: Mark | None) -> bool:
    return type(mark) is Span and not mark.from_text


def _is_loose(text: str) -> bool:
    """Return whether the sign that begins a text belongs to no word and to no ellipsis.

    Example:
        >>> _is_loose(". In"), _is_loose(","), _is_loose(".NET"), _is_loose("...")
        (True, True, False, False)
    """
    if len(text) == 1:
        return True
    after = text[1]
    return not after.isalnum() and not text.startswith(("..", ". ."))


def _is_affix(text: str) -> bool:
    """Return whether a text is made of signs and brackets, as affixes and delimiters are.

    Not included are apostrophes, next to which the test suite has two signs
    (`quotes_QuotesUnderQuotesFalse`).
    """
    return "'" not in text and not any(map(str.isalnum, text))


def _is_apart(text: str, before: str | Mark) -> bool:
    """Return whether a text that begins with a sign or space follows a word as it is.

    Example:
        >>> _is_apart(", ", "Roe"), _is_apart(". ", "Who?"), _is_apart(" .", "Roe")
        (True, False, False)
    """
    return str(before)[-1].isalnum() and (text[0] not in _SPACES or text[1:2] not in _MEETING)


class _Settler:
    def __init__(self, stream: Stream, in_quote: bool) -> None:
        self._stream = stream
        self._in_quote = in_quote
        self._last = -1
        # The places of the closings of quotations since the last text, innermost first.
        self._closings: list[int] = []
        # The texts before the last one, each with the closings after it.
        self._before: list[tuple[int, list[int]]] = []
        self._in_field = self._field_started = False
        # The text at the end of a quotation into which a sign was moved.
        self._moved = -1
        # The last text of the block before.
        self._block_end = -1
        # Whether a block has ended since the last text, so that the next one is in another line.
        self._after_block = False
        # How far the last text is from the end; texts are only inserted before it.
        self._end = next(
            (
                place
                for place, part in enumerate(reversed(stream))
                if type(part) is str and part.strip(_SPACES)
            ),
            -1,
        )

    def run(self) -> None:
        stream = self._stream
        open_marks: list[Mark] = []
        closed: Mark | None = None
        index = 0
        while index < len(stream):
            part = stream[index]
            if type(part) is str:
                last = self._last
                if (
                    part
                    and last >= 0
                    and not self._closings
                    and not self._after_block
                    and (part[0] not in _MEETING or _is_apart(part, stream[last]))
                ):
                    # As `_meet` for most leaves, in which nothing changes, without its calls.
                    self._field_started = True
                    self._before.append((last, self._closings))
                    self._last = index
                    self._closings = []
                elif part:
                    index += self._meet(index, part)
            elif part is CLOSE:
                mark = open_marks.pop()
                if type(mark) is Quote:
                    # A sign gets the format of the quoted element.
                    within = stream[index - 1] is CLOSE and _is_of_style(closed)
                    self._closings.append(index - within)
                elif mark is FIELD:
                    self._in_field = False
                elif type(mark) is Block:
                    self._after_block = True
                closed = mark
            else:
                if type(part) is Block:
                    # Blocks are apart: only a full stop meets the text before them.
                    self._block_end = max(self._block_end, self._last)
                    self._last = -1
                    self._closings = []
                    self._before.clear()
                if part is FIELD:
                    self._in_field, self._field_started = True, False
                open_marks.append(part)  # type: ignore[arg-type]  # not a leaf, so a mark
            index += 1

    def _meet(self, index: int, text: str) -> int:
        """Resolve the boundary before a leaf; return the number of leaves inserted before it."""
        stream, added = self._stream, 0
        if self._in_field and self._field_started:
            self._pass(index)
            return 0
        self._field_started = True
        if self._after_block and text.strip(_SPACES):
            self._after_block = False
            if text[0] in _PAUSES and _ONLY_SIGNS.match(text):
                text = stream[index] = ""
        if self._last >= 0 and text:
            if text[0] in _MEETING:
                ends = text == "." and len(stream) - 1 - index == self._end
                text, added = self._settle(text, ends)
            if text and self._closings and not self._in_quote:
                text = self._moved_out(text)
        elif text[:1] in _LEADING and _ONLY_SIGNS.match(text.lstrip(_SPACES)):
            # What the sign would be after printed nothing, or is in the block before.
            if text[0] == "." and self._block_end >= 0:
                self._end_block()
            text = ""
        stream[index + added] = text
        if text:
            self._pass(index + added)
        return added

    def _end_block(self) -> None:
        """Put a full stop at the end of the block before, unless a sign or number ends it."""
        text = str(self._stream[self._block_end]).rstrip(" ")
        if text and text[-1] not in _SIGNS and text[-1] != "]":
            self._stream[self._block_end] = text + "."
        self._block_end = -1

    def _pass(self, index: int) -> None:
        """Note the last text."""
        self._before.append((self._last, self._closings))
        self._last = index
        self._closings = []

    def _settle(self, text: str, ends: bool) -> tuple[str, int]:
        stream = self._stream
        added, is_apart = 0, False
        while text and self._last >= 0:
            before = str(stream[self._last])
            left, right = before[-1], text[0]
            if right in _SIGNS and not _is_loose(text):
                if left in ".?!" and text.startswith("...") and not self._in_field:
                    # The text before has its own end, so that an ellipsis is not needed.
                    text = text.lstrip(".")
                    continue
                break
            if left in "([" and right in _SPACES:
                text = text[1:]
                continue
            if right in _SPACES and len(text) > 1 and (apart := self._joined(text)) is not None:
                text = apart
                continue
            if left == right and right not in ")]":
                text = text[1:]
                if text[:1] not in _MEETING:
                    break
                continue
            if left in _SPACES and (right in _SIGNS or right in ")]"):
                closed_up = self._closed_up(text)
                if closed_up is None:
                    break
                text, is_apart = closed_up, True
                continue
            if right in ")]":
                if before == f" {_OPENINGS[right]}":
                    # Two elements print the brackets, and the element between them nothing.
                    text = text[1:]
                    self._shorten("")
                    continue
                if not (left in _PAUSES and _is_affix(before)):
                    break
                self._shorten(before[:-1])
                continue
            if right not in _SIGNS:
                break
            if left in "([" and text[1:2] == " " and right not in "!?":
                text = text[1:].lstrip(" ")
                continue
            if ends and left in ",:" and _is_affix(before):
                # What the sign is before printed nothing.
                self._shorten(before[:-1])
                continue
            met = _MET.get(left + right)
            if met is not None:
                stream[self._last] = before[:-1] + met
                text = text[1:]
                if len(before) == 1 and self._in_quote and met in _GOES_INSIDE:
                    added += self._pull_inside(met)
                continue
            if (
                left in _PAUSES
                and _is_affix(before)
                and (len(text) == 1 or self._is_free(left + right))
            ):
                # One of two affixes has no text.
                if _SEPARATED.get(left + right) == left:
                    text = text[1:]
                else:
                    self._shorten(before[:-1])
                continue
            if not (self._in_quote and self._closings and right in _GOES_INSIDE):
                break
            is_apart = is_apart or len(text) == 1
            text = text[1:]
            if self._last == self._moved and is_apart and left + right in _SEPARATED:
                # The sign at the end of the quotation is an affix too, and has no text.
                self._replace_moved(_SEPARATED[left + right])
                continue
            added += self._put_inside(right)
        return text, added

    def _joined(self, text: str) -> str | None:
        """Remove the space before a bracket, comma or full stop, or one of two separated signs.

        In some countries the second sign has a space before it: `in: : A`.

        Returns:
            The text; None if nothing changes.
        """
        rest = text.lstrip(_SPACES)
        if rest[:1] in (")", "]"):
            return rest
        if rest[:1] not in _SIGNS or not _is_loose(rest):
            return None
        core = str(self._stream[self._last]).rstrip(_SPACES)
        sign, second = core[-1:], rest[0]
        if second in ",." and core and (core[-1] not in _SIGNS or not _is_affix(core)):
            # An affix that begins with a space. Before ":" and ";" some countries print it.
            return rest
        if not core or not _is_affix(core) or (sign != second and sign + second not in _SEPARATED):
            return None
        if sign == second or _SEPARATED[sign + second] == sign:
            return rest[1:]
        self._shorten(core[:-1])
        return text if self._last >= 0 else rest

    def _closed_up(self, text: str) -> str | None:
        """Remove the space before a sign or bracket; return the text from the sign on.

        Returns:
            None where the space remains: before ":" and ";" after a word, as some countries
            print them.
        """
        stream, right = self._stream, text[0]
        before = str(stream[self._last])
        core = before.rstrip(_SPACES)
        owner = core or self._text_before()
        if not owner:
            return None
        sign = owner[-1]
        if sign not in _SIGNS and right not in ".,)]":
            return None
        self._shorten(core)
        if not _is_affix(owner) and (not core or sign not in _PAUSES):
            return text
        remaining = _SEPARATED.get(sign + right)
        if remaining == sign:
            return text[1:]
        if remaining is not None:
            self._shorten(owner[:-1])
        return text

    def _is_free(self, pair: str) -> bool:
        """Return whether one of two signs that touch can be removed.

        The test suite has both after a quotation, and a colon and a comma after an abbreviation.
        """
        quoted = self._closings or (self._before and self._before[-1][1])
        return not quoted and (pair != ":," or self._text_before()[-1:] != ".")

    def _text_before(self) -> str:
        last = self._before[-1][0] if self._before else -1
        return str(self._stream[last]) if last >= 0 else ""

    def _shorten(self, text: str) -> None:
        """Replace the last text; an empty one is passed over."""
        self._stream[self._last] = text
        if not text:
            last, closings = self._before.pop() if self._before else (-1, [])
            self._last = last
            self._closings = closings + self._closings

    def _pull_inside(self, sign: str) -> int:
        """Move a sign that is a separate leaf into the quotation that ended before it."""
        if not self._before or not self._before[-1][1] or self._closings:
            return 0
        self._shorten("")
        place = self._closings[0] - 1
        while type(self._stream[place]) is not str:
            place -= 1
        self._last = place
        return self._put_inside(sign)

    def _put_inside(self, sign: str) -> int:
        """Insert a sign before the end of the innermost quotation; return the leaves added."""
        stream, place = self._stream, self._closings[0]
        self._moved = self._last
        if self._last == place - 1:
            stream[self._last] = str(stream[self._last]) + sign
            return 0
        stream[place:place] = (sign,)
        self._last = self._moved = place
        self._closings = [closing + 1 for closing in self._closings]
        return 1

    def _replace_moved(self, sign: str) -> None:
        """Replace the sign that was moved into a quotation, unless a "?" or "!" is before it."""
        stream, place = self._stream, self._last
        stream[place] = str(stream[place])[:-1]
        while type(stream[place]) is not str or not stream[place]:
            place -= 1
        text = str(stream[place])
        stream[place] = text[:-1] + _MET.get(text[-1] + sign, text[-1] + sign)
        self._last = self._moved = place

    def _moved_out(self, text: str) -> str:
        """Return a leaf with the comma before it that was at the end of a quotation."""
        stream, last = self._stream, self._last
        before = str(stream[last])
        if len(before) < 2 or before[-1] not in _GOES_OUTSIDE:
            return text
        stream[last] = before[:-1]
        return text if text[0] == before[-1] else before[-1] + text
