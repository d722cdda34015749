"""Read a block that is broken, as far as it can be read.

This reader handles common errors: a missing comma, a brace or a quotation mark that is not closed,
a missing key, a file that ends in the middle. It reports the error and keeps the valid parts. A
line that starts like an entry ends a broken one, unless the value around it is closed properly
after it.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.bibtex.blocks import (
    BLOCK_START,
    CONTINUATION,
    FIELD_NAME,
    Block,
    Fault,
    Kind,
    Value,
    expression,
    piece_of,
)
from refcite.formats.bibtex.mapping import TYPES
from refcite.problems import Severity

__all__ = ["Recoverer"]

# The number of lines in the form of entries up to which the end of a value is searched.
_MOST_STARTS: Final = 8
# How often a block is searched to its end for a delimiter; then fields are cut by their names.
_MOST_SEARCHES: Final = 4
# The distance in which the end of a comment is searched, and the total if none is found.
_LONGEST_COMMENT: Final = 1_000_000
_ALL_COMMENTS: Final = 10_000_000

_NAME: Final = FIELD_NAME.pattern
_WORD: Final = re.compile(r"""@[ \t]*([^\s"#%'(),={}@\\\[\]<>]++)""")
# A type, a key and a field, with another bracket than BibTeX's before them, or none.
_UNOPENED: Final = re.compile(
    rf"""{_WORD.pattern}\s*+([\[<]?)\s*+(?=[^\s,={{}}"()\[\]<>#%@]+\s*,\s*{_NAME}\s*=)"""
)
_HEAD: Final = rf"^[ \t]*(?:{BLOCK_START.pattern}|{_UNOPENED.pattern})"
_LINE_START: Final = re.compile(_HEAD, re.MULTILINE)
_MARK: Final = re.compile(rf"[{{}}\"]|{_HEAD}", re.MULTILINE)
_FIELD: Final = re.compile(rf"({_NAME})\s*=[\s=]*")
_SPACED: Final = re.compile(
    r"(Early Access Date|ESI Highly Cited Paper|ESI Hot Paper)\s*=[\s=]*", re.IGNORECASE
)
"""Fields of Web of Science whose names BibTeX does not allow."""
_ENTRY: Final = re.compile(rf"{BLOCK_START.pattern}[^,={{}}\"()]*,")
_LINE: Final = re.compile(r"[^\n]*\n?")
_BRACE: Final = re.compile(r"[{}]")
_UNESCAPED_BRACE: Final = re.compile(r"(?<!\\)[{}]")
# A name is searched at its start, and not again at each of its characters.
_NEXT_FIELD: Final = re.compile(rf"(?<!{_NAME[:-1]}){_NAME}+\s*=\s*[{{\"\w]")
_FIELD_BEHIND: Final = re.compile(rf"\s*+,?\s*+(?={_NAME}+\s*=\s*[{{\"\w])")
_BARE: Final = re.compile(r"""[^\s"#%(),={}@\\]+""")
_SPACE: Final = re.compile(r"\s*")
_SPACE_OR_COMMA: Final = re.compile(r"[\s,]*")
_KEY: Final = re.compile(r"""[^,={}"()]*""")
_CLEAR_END: Final = {
    closing: re.compile(rf",\s*(?:{_NAME}\s*=|\{closing})|\{closing}|#") for closing in "})]>"
}
_CLOSING: Final = {"{": "}", "(": ")", "[": "]", "<": ">", "": "}"}
_LINE_HEAD: Final = re.compile(r"(?:\A|\n)[ \t]*\Z")
_INDENT: Final = 100
_OPENED: Final = frozenset(TYPES) | {"string", "preamble"}
_KINDS: Final = {"comment": Kind.COMMENT, "string": Kind.STRING, "preamble": Kind.PREAMBLE}


class Recoverer:
    """Reads the broken blocks of a text; it keeps the results of searches for the next block.

    Args:
        text: The text, or the part of it that has been read.
        settled: An offset; the text before it is read in the same way if more text follows. By
            default, no more text follows.
        comments_left: The number of characters in which the ends of comments are still searched.

    Attributes:
        is_cut: Whether a result may differ if more text follows.
    """

    def __init__(
        self, text: str, settled: int | None = None, comments_left: int = _ALL_COMMENTS
    ) -> None:
        self.text = text
        self.is_ended = settled is None
        self.settled = len(text) if settled is None else settled
        self.is_cut = False
        self.line_starts = _Places(_LINE_START, text)
        self.next_fields = _Places(_NEXT_FIELD, text)
        self.closings = {mark: _Places(re.compile(re.escape(mark)), text) for mark in _CLEAR_END}
        self.comments_left = comments_left

    def cut(self) -> None:
        """Note that a search has come to the end of the text that has been read."""
        self.is_cut = not self.is_ended

    def block(self, start: int, faults: list[Fault]) -> Block:
        """Read the block at an offset, which is that of an `@`; it always ends after its start."""
        return _Recovery(self, start, faults).block()


class _Places:
    """The places of a pattern in a text; the text before the next place is searched only once."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern = pattern
        self._text = text
        self._from = self._to = 0  # nothing is between these two offsets
        self._next: re.Match[str] | None = None

    def behind(self, start: int, end: int) -> re.Match[str] | None:
        """Return the first place at or after an offset that ends before another."""
        if not self._from <= start <= self._to:
            self._next = self._pattern.search(self._text, start)
            self._from = start
            self._to = self._next.start() if self._next else len(self._text)
        return self._next if self._next and self._next.end() <= end else None


class _Recovery:
    def __init__(self, shared: Recoverer, start: int, faults: list[Fault]) -> None:
        self.shared = shared
        self.text = shared.text
        self.start = start
        self.faults = faults
        self.key = ""
        self.closing = "}"
        self.position = start
        self.searches = 0
        self.escaped_searches = 0
        self._limit: int | None = None

    # Where the block must end

    @property
    def limit(self) -> int:
        """The start of the next line in the form of a block, or the end of the text."""
        if self._limit is None:
            self._limit = self._next_line_start(self.start + 1)
        return self._limit

    def _next_line_start(self, start: int) -> int:
        found = self.shared.line_starts.behind(start, len(self.text))
        if found is None:
            self.shared.cut()
        return found.start() if found else len(self.text)

    # Blocks

    def block(self) -> Block:
        header = BLOCK_START.match(self.text, self.start) or self._unopened()
        if not header:
            return self._only_text()
        self.closing = _CLOSING[header[2]]
        self.position = header.end()
        kind = _KINDS.get(header[1].lower(), Kind.ENTRY)
        if kind is Kind.COMMENT:
            return self._comment(header.end() - 1)
        if kind is Kind.PREAMBLE:
            value = self._value()
            self._close()
            return self._block(kind, "preamble", [("", value)])
        fields: list[tuple[str, Value]] = []
        if kind is Kind.ENTRY:
            self._entry_key()
        if header[2] not in {"{", "("}:
            self._no_brace(header[1], "the block was read")
        self._fields(fields)
        if kind is Kind.STRING:
            self.key = fields[0][0] if fields else ""
        return self._block(kind, header[1].lower(), fields)

    def _block(self, kind: Kind, type_: str, fields: list[tuple[str, Value]]) -> Block:
        return Block(kind, type_, self.key, fields, self.start, max(self.position, self.start + 1))

    def _unopened(self) -> re.Match[str] | None:
        """Return the head of an entry that starts its line, but not with a brace."""
        text, start = self.text, self.start
        word = _WORD.match(text, start)
        if not word or not _LINE_HEAD.search(text, max(start - _INDENT, 0), start):
            return None
        head = _UNOPENED.match(text, start)
        if head is None and word[1].lower() in _OPENED:
            self._no_brace(word[1], "it was not read")
        return head

    def _no_brace(self, type_: str, done: str) -> None:
        message, hint = f"no brace follows @{type_}", f"write @{type_}{{…}}; {done}"
        self._fault("missing-brace", self.start, message, hint)

    def _only_text(self) -> Block:
        word = _WORD.match(self.text, self.start)
        self.position = word.end() if word else self.start + 1
        return self._block(Kind.COMMENT, "comment", [])

    def _comment(self, opening: int) -> Block:
        # A comment that is never closed is text between the entries, as in BibTeX.
        depth = end = 0
        reach = min(_LONGEST_COMMENT, self.shared.comments_left)
        for brace in _BRACE.finditer(self.text, opening, opening + reach):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                end = brace.end()
                break
        if not end:
            if opening + reach > len(self.text):
                self.shared.cut()
            self.shared.comments_left -= min(reach, len(self.text) - opening)
            line_end = self.text.find("\n", opening)
            if line_end < 0:
                self.shared.cut()
            end = line_end if line_end >= 0 else len(self.text)
        self.position = end
        return self._block(Kind.COMMENT, "comment", [])

    # Keys

    def _entry_key(self) -> None:
        found = _KEY.match(self.text, self.position, self.limit)
        before = found[0] if found else ""
        end = self.position + len(before)
        mark = self.text[end : end + 1] if end < self.limit else ""
        if mark == "=":
            self._key_before_field(before)
        elif mark in {",", self.closing}:
            self.key = before.strip()
            self.position = end + (mark == ",")
            if not self.key:
                self._no_key()
        else:
            self.key = (before.split() or [""])[0]
            self.position += before.find(self.key) + len(self.key)
            self._fault("missing-comma", self.position, "a comma is missing after the key")

    def _key_before_field(self, before: str) -> None:
        """Read `key name` before a `=`: without a comma, or without a key."""
        words = before.split()
        if len(words) < 2:
            self._no_key()
            return
        self.key = words[0]
        self.position += before.find(words[0]) + len(words[0])
        self._fault("missing-comma", self.position, "a comma is missing after the key")

    def _no_key(self) -> None:
        self._fault(
            "missing-key", self.start, "the entry has no key", "give it one to be able to cite it"
        )

    # Fields

    def _fields(self, fields: list[tuple[str, Value]]) -> None:
        while True:
            self._skip(_SPACE_OR_COMMA)
            if self.position >= self.limit:
                self._unclosed_block()
                return
            if self.text[self.position] == self.closing:
                self.position += 1
                if not CONTINUATION.match(self.text, self.position, self.limit):
                    return
                self._fault(
                    "extra-brace",
                    self.position - 1,
                    "this brace closes the entry, but more of its fields follow",
                    "remove it; the fields were read",
                )
                continue
            if self.text[self.position] == "%":
                self._fault(
                    "comment-in-entry",
                    self.position,
                    "BibTeX has no comments inside an entry",
                    "move it out of the entry; the line was skipped",
                    severity=Severity.WARNING,
                )
                self._skip(_LINE)
                continue
            if _ENTRY.match(self.text, self.position):
                self._limit = self.position
                self._unclosed_block()
                return
            name = _FIELD.match(self.text, self.position, self.limit)
            spaced = None if name else _SPACED.match(self.text, self.position, self.limit)
            if spaced:
                self._fault(
                    "unexpected-text",
                    self.position,
                    f"the name of the field {spaced[1]!r} has spaces",
                    "write it with hyphens; it was read so",
                    severity=Severity.WARNING,
                )
                self.position = spaced.end()
                fields.append(("-".join(spaced[1].split()), self._value()))
                self._check_separator()
                continue
            if not name:
                if not self._skip_unexpected():
                    return
                continue
            self.position = name.end()
            fields.append((name[1], self._value()))
            self._check_separator()

    def _check_separator(self) -> None:
        self._skip(_SPACE)
        if (
            self.text[self.position : self.position + 1] not in {",", self.closing, ""}
            and self.position < self.limit
            and _FIELD.match(self.text, self.position)
        ):
            self._fault(
                "missing-comma",
                self.position,
                "a comma is missing between two fields",
                "put a comma before the second; both were read",
            )

    def _skip_unexpected(self) -> bool:
        """Skip text that is not a field; return whether the block continues after it."""
        start = self.position
        found = self.shared.next_fields.behind(start, self.limit)
        closing = self.shared.closings[self.closing].behind(start, self.limit)
        close = closing.start() if closing else -1
        if close >= 0 and (not found or close < found.start()):
            # The brace that closes the block, or one too many with fields after it.
            behind = _FIELD_BEHIND.match(self.text, close + 1, self.limit)
            end = close if not behind else close + 1
        else:
            end = found.start() if found else self.limit
        shown = _shorten(self.text[start:end])
        if shown:
            self._fault(
                "unexpected-text",
                start,
                f"{shown!r} is in the place of a field",
                "it was skipped; a field is written name = {value}",
            )
        self.position = end
        if end >= self.limit:
            self._unclosed_block()
            return False
        return True

    def _close(self) -> None:
        self._skip(_SPACE)
        if self.text[self.position : self.position + 1] == self.closing:
            self.position += 1
        else:
            self._unclosed_block()

    def _unclosed_block(self) -> None:
        self.position = self.limit
        where = "the file ends" if self.limit == len(self.text) else "another entry starts"
        self._fault(
            "unclosed-entry",
            self.start,
            f"{where} before the entry is closed",
            f"close it with {self.closing!r}; the contents were read",
        )

    # Values

    def _value(self) -> Value:
        pieces: list[tuple[bool, str]] = []
        while True:
            self._skip(_SPACE)
            start = self.position
            mark = self.text[start : start + 1]
            if mark in {"{", '"'} and mark:
                end = self._closing(start)
                if end < 0:
                    return self._unclosed_value(start)
            else:
                bare = _BARE.match(self.text, start, self.limit)
                if not bare:
                    self._fault("missing-value", start, "a field has no value")
                    break
                end = start + len(bare[0].partition(self.closing)[0])
            pieces.append(piece_of(self.text, start, end))
            self.position = end
            self._skip(_SPACE)
            if self.text[self.position : self.position + 1] != "#":
                break
            self.position += 1
        if len(pieces) == 1 and not pieces[0][0]:
            return pieces[0][1]
        return tuple(pieces) if pieces else ""

    def _closing(self, opening: int) -> int:
        """Return the offset after the delimiter that closes the one here, or -1."""
        if self.searches >= _MOST_SEARCHES:
            return -1
        quoted = self.text[opening] == '"'
        depth = starts = 0
        for mark in _MARK.finditer(self.text, opening + 1):
            sign = mark[0]
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if depth < 0:
                    if quoted:
                        break
                    if self._may_end(opening, mark.end(), starts):
                        return self._end(mark.end(), starts)
                    break
            elif sign == '"':
                if quoted and depth == 0 and self._may_end(opening, mark.end(), starts):
                    return self._end(mark.end(), starts)
            else:
                starts += 1
                if starts > _MOST_STARTS:
                    break
                depth += sign[-1] == "{"
        else:
            self.shared.cut()
        self.searches += 1
        return -1

    def _may_end(self, opening: int, end: int, starts: int) -> bool:
        """Return whether a value can end here: a field, a piece or the block's end follows."""
        after = _SPACE.match(self.text, end)
        position = after.end() if after else end
        if position >= self.shared.settled:
            self.shared.cut()
        if starts:  # it contains a line like the start of an entry: only a clear end is accepted
            return bool(_CLEAR_END[self.closing].match(self.text, position))
        mark = self.text[position : position + 1]
        if not mark or _ENTRY.match(self.text, position):
            # Either the entry is not closed, or this value: then fields are inside it.
            same_line = mark and "\n" not in self.text[end:position]
            return bool(same_line) or _cut(self.text, opening, end) is None
        return mark in {",", "#", "%", ";", self.closing} or bool(_FIELD.match(self.text, position))

    def _end(self, end: int, starts: int) -> int:
        if starts:
            self._fault(
                "entry-in-value",
                self.limit,
                "this line has the form of the start of an entry, but is inside a value",
                "if it is an entry, close the one before it",
                severity=Severity.WARNING,
            )
            self._limit = self._next_line_start(end)
        return end

    def _unclosed_value(self, start: int) -> Value:
        """Read a value that is never closed: it ends where the next field starts."""
        escaped = self._escaped_value(start)
        if escaped is not None:
            return escaped
        what = "brace" if self.text[start] == "{" else "quotation mark"
        self._fault(
            "unclosed-value",
            start,
            f"this {what} is never closed",
            "the value was read up to the next field",
        )
        cut = _cut(self.text, start + 1, self.limit)
        end = self._end_of_block(start) if cut is None else cut
        self.position = end
        raw = self.text[start:end].strip().rstrip(",")
        whole = expression(raw)
        if whole is not None:
            return whole
        return raw[1:].replace("{", "").replace("}", "").rstrip('"')

    def _escaped_value(self, start: int) -> Value | None:
        """Read a value whose braces are balanced if those after a backslash are not counted."""
        if self.text[start] != "{" or self.escaped_searches >= _MOST_SEARCHES:
            return None
        self.escaped_searches += 1
        depth = 0
        for brace in _UNESCAPED_BRACE.finditer(self.text, start, self.limit):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                break
        else:
            return None
        if not self._may_end(start, brace.end(), 0):
            return None
        self._fault(
            "escaped-brace",
            start,
            "BibTeX also counts the braces after backslashes, and these are not balanced",
            r"write \textbraceleft or \textbraceright; the value was read",
            severity=Severity.WARNING,
        )
        self.escaped_searches = 0  # it was found: the next one is equally likely
        self.position = brace.end()
        raw = self.text[start + 1 : brace.start()]
        return raw.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")

    def _end_of_block(self, start: int) -> int:
        close = self.text.rfind(self.closing, start + 1, self.limit)
        return close if close > 0 else self.limit

    # Small steps

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()

    def _fault(
        self,
        code: str,
        offset: int,
        message: str,
        hint: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.faults.append(Fault(offset, severity, code, message, hint, self.key or None))


def _shorten(text: str) -> str:
    shown = " ".join(text[:200].split())
    return shown if len(shown) <= 40 else shown[:39] + "…"


def _cut(text: str, start: int, end: int) -> int | None:
    """Return the end of a value that is not closed: the comma or line before the next field."""
    for found in _NEXT_FIELD.finditer(text, start, end):
        place = found.start()
        while place > start and text[place - 1].isspace():
            place -= 1
        if place > start and text[place - 1] == ",":
            return place - 1
        line = text.find("\n", place, found.start())
        if line >= 0:
            return line
    return None
