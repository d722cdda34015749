"""JSON text as a sequence of entries with their lines; broken entries are reported and skipped.

The standard library's decoder reads one value at a time from a position in the text. So an error
affects only one entry, and the line of each entry is known. The text may be passed in blocks: only
the current part is in memory, so that a file larger than memory can be read.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from json.decoder import JSONDecodeError
from typing import Any, Final

from attrs import frozen

from refcite.characters import HALF_PAIR, first_surrogate, without_surrogates
from refcite.problems import FormatError, Problem, Severity
from refcite.surrogates import clean_value

__all__ = ["Entry", "Reader", "encode", "has_objects"]


@frozen
class Entry:
    """An object of the input and the line it starts on, counted from 1."""

    value: dict[str, Any]
    line: int


_SPACE: Final = re.compile(r"[ \t\n\r]*")
_COMMAS: Final = re.compile(r"[ \t\n\r]*(?:,[ \t\n\r]*)*")
_LINE_OF_ENTRY: Final = re.compile(r"\n(?=\{)")
# Zotero and others wrap the array in an object.
_WRAPPER: Final = re.compile(
    r"\{(?:(?!\"id\"|\"type\")[^\[\]]){0,4096}?\"(?:items|references)\"[ \t\n\r]*:[ \t\n\r]*\["
)
_START: Final = re.compile(r"(?:\[[ \t\n\r]*)?\{[ \t\n\r]*\"")
_OBJECT_START: Final = re.compile(r"\{[ \t\n\r]*\"")
# A string that is closed on its line, a run of brackets, or a quotation mark that is not closed.
_NESTING: Final = re.compile(r'"(?:[^"\\\n]++|\\.)*+"|[\[{]++|[\]}]++|"')
_ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")

_LONGEST_HEAD: Final = 60
_OF_ENTRIES: Final = frozenset({"id", "type", "@id", "@type"})
"""Keys that only entries have, in CSL-JSON and in JSON-LD."""
_MOST_FAULTS: Final = 10_000
"""After this number of errors, and fewer valid entries, reading stops."""
_DEEPEST_ENTRY: Final = 200
_NESTED: Final = frozenset({dict, list})
_DEEPEST_FAULT: Final = 100_000
_KEPT: Final = 1 << 18
"""The number of read characters that are kept before the current position; see `_forget`."""
_AHEAD: Final = 1 << 16
"""The number of characters that must be available before an entry is read."""
_AHEAD_OF_FAULT: Final = 1 << 20
"""The number that must be available before the entry after a broken one is searched."""
_LONGEST_ENTRY: Final = 1 << 26
"""The maximum length of an entry of a text in blocks; a longer one is treated as broken."""
_CUT: Final = 16
"""An error this close to the end of the available text may be caused by that end."""


def has_objects(head: str) -> bool:
    """Return whether a text contains consecutive objects, by its start.

    Example:
        >>> has_objects('{"id": "a"}'), has_objects('[{"id": "a"}]'), has_objects('{"items": [')
        (True, False, False)
    """
    start = head.lstrip(" \t\n\r")
    return start.startswith("{") and _WRAPPER.match(start) is None


class Reader:
    """Reads the entries of a JSON array, of one object, or of consecutive objects (JSON lines).

    Args:
        text: The JSON, whole or in blocks.
        problems: List to which its problems are added.
        pages: The start of an object that contains the array of entries, up to its bracket. Text
            next to the array is then expected, and more objects may follow.
        is_continued: Whether the text is a part of consecutive objects, and not their start.

    Attributes:
        is_single: Whether the text is a single object.
    """

    def __init__(
        self,
        text: str | Iterable[str],
        problems: list[Problem],
        pages: re.Pattern[str] | None = None,
        *,
        is_continued: bool = False,
    ) -> None:
        self._problems = problems
        self._pages = pages
        self._is_continued = is_continued
        self.is_single = False
        self._blocks = iter((text,) if isinstance(text, str) else text)
        self._is_ended = False
        self._text = ""
        self._place = 0
        self._lines = 1
        self._counted = 0
        self._line_start = 0
        # A search for the next valid entry must not take longer than reading a few times.
        self._patience = 100_000
        self._faults = 0
        self._good = 0
        self._is_broken = False
        self._lacks_comma = False
        self._in_array = False
        self._met: list[tuple[str, str]] = []
        self._may_have_surrogates = False
        hooks: dict[str, Any] = {
            "object_pairs_hook": self._object,
            "parse_float": self._float,
            "parse_constant": self._not_finite,
        }
        self._decode = json.JSONDecoder(**hooks).raw_decode
        self._decode_leniently = json.JSONDecoder(
            **hooks, strict=False, parse_int=self._int
        ).raw_decode

    def entries(self) -> Iterator[Entry]:
        """Yield the entries that can be read."""
        self._ensure(_AHEAD)
        self._skip(_SPACE)
        if self._is_continued:
            yield from self._objects()
            return
        if self._text[self._place : self._place + 1] not in ("[", "{") and not self._after_head():
            message = "the text is not valid JSON: it must start with '[' or '{'"
            self._report(message, self._place, hint="is it in another format?")
            return
        start = self._text[self._place : self._place + 1]
        wrapper = (self._pages or _WRAPPER).match(self._text, self._place)
        if start == "[":
            self._place += 1
            yield from self._array()
            yield from self._rest()
        elif wrapper:
            self._place = wrapper.end()
            yield from self._array()
            if self._pages is None:
                self._report_beside(wrapper)
            elif self._resume(self._resume_at_line):
                yield from self._objects()
        else:
            yield from self._objects()

    def _after_head(self) -> bool:
        """Go to the first entry or array after other text; return False if there is none."""
        found = _START.search(self._text, self._place)
        while found is None and self._ensure(2 * (len(self._text) - self._place)):
            found = _START.search(self._text, self._place)
        if found is None:
            return False
        head = " ".join(self._text[self._place : found.start()][:_LONGEST_HEAD].split())
        message = f"the text before the first entry is not JSON: {head!r}"
        self._report(message, self._place, hint="remove it; the entries after it are read")
        self._place = found.start()
        return True

    def _array(self) -> Iterator[Entry]:
        self._in_array = True
        self._skip(_COMMAS)
        while not self._is_given_up():
            character = self._text[self._place : self._place + 1]
            if character == "]":
                self._place += 1
                return
            if not character:
                message = "the text ends before the end of the array"
                self._report(message, self._place, hint="the entries before it are read")
                return
            entry = self._entry()
            if entry is not None:
                yield entry
            elif self._is_broken and not self._resume(self._resume_in_array):
                self._place = len(self._text)
                return
            if "," not in self._skip(_COMMAS):
                self._check_comma()

    def _check_comma(self) -> None:
        """Report an entry after another without a comma, once in a text."""
        if self._lacks_comma or self._text[self._place : self._place + 1] in ("", "]"):
            return
        self._lacks_comma = True
        self._report("a comma is missing before this entry", self._place, lost=False)

    def _is_given_up(self) -> bool:
        if self._faults <= max(_MOST_FAULTS, self._good) and self._patience > 0:
            return False
        message = "there are too many errors; the rest is not read"
        self._report(message, self._place, hint="repair the first problem")
        self._place = len(self._text)
        return True

    def _rest(self) -> Iterator[Entry]:
        """Yield the entries after the end of an array, where none should be."""
        self._skip(_SPACE)
        while self._place < len(self._text) and not self._is_given_up():
            self._report("there is text after the array's end", self._place)
            found = _START.search(self._text, self._place)
            if found is None:
                self._place = len(self._text)
                return
            self._place = found.start()
            if found[0].startswith("["):
                self._place += 1
                yield from self._array()
            else:
                self._in_array = False
                yield from self._objects()
            self._skip(_SPACE)

    def _report_beside(self, wrapper: re.Match[str]) -> None:
        if wrapper[0].count(":") > 1 or self._text[self._place :].strip() not in ("", "}"):
            message = "the text outside the array of entries is not read"
            self._report(message, wrapper.start(), code="not-read", lost=False)

    def _objects(self) -> Iterator[Entry]:
        first = self._entry()
        if self._is_broken and not self._resume(self._resume_at_line):
            self._place = len(self._text)
        self._skip(_COMMAS)
        self.is_single = self._place >= len(self._text)
        if first is not None:
            yield first
        while self._place < len(self._text) and not self._is_given_up():
            entry = self._entry()
            if entry is not None:
                yield entry
            elif self._is_broken and not self._resume(self._resume_at_line):
                return
            self._skip(_COMMAS)

    def _entry(self) -> Entry | None:
        """Read the object at this position; None if there is none, or a broken one.

        The position is then after the object; before it, if it is broken.
        """
        self._ensure(_AHEAD)
        self._is_broken = True
        value: Any
        while True:
            start = self._place
            try:
                value = self._value(start)
                break
            except JSONDecodeError as error:
                if self._is_cut(error) and self._ensure(2 * (len(self._text) - start)):
                    continue
                self._report(*self._explained(error, start))
            except RecursionError:
                self._report("the entry is nested too deeply", start, code="too-deep")
            self._forget()
            return None
        line = self._line_of(start)
        self._is_broken = False
        if not isinstance(value, dict):
            message = f"an entry must be an object, not {value!r:.60}"
            self._report(message, start, code="entry-not-object")
            return None
        self._good += 1
        for code, message in self._met:
            self._report(message, start, code=code, lost=False)
        if self._may_have_surrogates and _has_surrogate(value):
            value = clean_value(value)
            self._report(f"the entry has {HALF_PAIR}", start, code="lone-surrogate", lost=False)
        return Entry(value, line)

    def _value(self, start: int) -> Any:
        self._met.clear()
        try:
            value, self._place = self._decode(self._text, start)
        except JSONDecodeError as error:
            if not error.msg.startswith("Invalid control character"):
                raise
            self._met.clear()
            value, self._place = self._decode_leniently(self._text, start)
            message = "the entry has a line break or another control character inside a text"
            self._met.append(("control-character", message))
        except ValueError:  # an integer of more figures than Python converts
            self._met.clear()
            value, self._place = self._decode_leniently(self._text, start)
        if type(value) in _NESTED and self._is_too_deep(value, start):
            self._place = start
            raise RecursionError
        return value

    def _is_too_deep(self, value: Any, start: int) -> bool:
        """Return whether the value just read is nested too deeply for an entry."""
        end = self._place
        opened = self._text.count("[", start, end) + self._text.count("{", start, end)
        if opened <= _DEEPEST_ENTRY:
            return False
        level = [value]
        for _ in range(_DEEPEST_ENTRY):
            level = [
                inner
                for one in level
                for inner in (one.values() if type(one) is dict else one)
                if type(inner) is dict or type(inner) is list
            ]
            if not level:
                return False
        return True

    def _explained(self, error: JSONDecodeError, start: int) -> tuple[str, int]:
        """Return the error of the entry that starts here, and its position."""
        if not self._in_array:
            following = _LINE_OF_ENTRY.search(self._text, start, error.pos + 1)
            if following:
                return "the line ends inside an entry", following.start()
        rest = _SPACE.match(self._text, error.pos)
        if rest and rest.end() >= len(self._text):
            return "the text ends inside an entry", start + len(self._text[start:].rstrip())
        if error.msg.startswith("Unterminated string"):
            return "a text has no closing quote", error.pos
        found = self._text[error.pos : error.pos + 12].split("\n")[0]
        reason = f"{error.msg[0].lower()}{error.msg[1:]}, found {found!r}"
        return f"the entry is not valid JSON: {reason}", error.pos

    # Functions that the decoder calls

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in value if keys.count(key) > 1)
            self._met.append(("duplicate-key", f"{twice!r} occurs twice; the last value is used"))
        return value

    def _float(self, figures: str) -> float | str:
        value = float(figures)
        return value if math.isfinite(value) else self._too_large(figures)

    def _int(self, figures: str) -> int | str:
        try:
            return int(figures)
        except ValueError:
            return self._too_large(figures)

    def _too_large(self, figures: str) -> str:
        self._met.append(
            ("number-too-large", f"a number of {len(figures)} figures is kept as text")
        )
        return figures

    def _not_finite(self, word: str) -> str:
        self._met.append(("not-a-number", f"{word} is not valid JSON; it is kept as text"))
        return word

    # Continuing after an error

    def _resume(self, find: Callable[[], bool]) -> bool:
        """Go to the next entry; False if there is none."""
        self._ensure(_AHEAD_OF_FAULT)
        while not find():
            if self._patience <= 0 or not self._ensure(2 * (len(self._text) - self._place)):
                return False
        return True

    def _resume_in_array(self) -> bool:
        """Go to the next entry; False if there is none."""
        end = self._balanced_end()
        if end is not None:
            following = _SPACE.match(self._text, end)
            if following and self._text[following.end() : following.end() + 1] in (",", "]"):
                self._place = end
                return True
        for found in _OBJECT_START.finditer(self._text, self._place + 1):
            if self._patience <= 0 or self._is_entry(found.start()):
                self._place = found.start()
                return True
        return False

    def _resume_at_line(self) -> bool:
        found = _LINE_OF_ENTRY.search(self._text, self._place)
        if found:
            self._place = found.end()
        return found is not None

    def _balanced_end(self) -> int | None:
        """Return the end of the brackets that are opened at this position."""
        start = end = self._place
        if self._text[start] not in "[{":
            return None
        depth = 0
        for found in _NESTING.finditer(self._text, start):
            run, end = found[0], found.end()
            if run[0] in "[{":
                depth += len(run)
            elif run[0] in "]}":
                if depth <= len(run):
                    self._patience -= end - start
                    return found.start() + depth
                depth -= len(run)
            if depth > _DEEPEST_FAULT or end - start > self._patience:
                break
        self._patience -= end - start
        return None

    def _is_entry(self, place: int) -> bool:
        """Return whether there is an object here with an id or a type."""
        try:
            value, end = self._decode(self._text, place)
        except JSONDecodeError as error:
            self._patience -= max(error.pos, place) - place + 1_000
            return False
        except (RecursionError, ValueError):
            self._patience -= 100_000
            return False
        self._patience -= end - place
        return not _OF_ENTRIES.isdisjoint(value)

    # Positions

    def _ensure(self, count: int) -> bool:
        """Read ahead to this number of characters; return False if nothing could be added."""
        missing = count - (len(self._text) - self._place)
        if missing <= 0 or self._is_ended or count > _LONGEST_ENTRY:
            return False
        added = []
        missing = max(missing, _AHEAD)
        while missing > 0:
            block = next(self._blocks, None)
            if block is None:
                self._is_ended = True
                break
            added.append(block)
            missing -= len(block)
        self._drop()
        seam = max(len(self._text) - _CUT, 0)
        self._text = "".join((self._text, *added))
        self._patience += 4 * sum(map(len, added))
        self._may_have_surrogates |= _ESCAPED_SURROGATE.search(self._text, seam) is not None
        return bool(added)

    def _is_cut(self, error: JSONDecodeError) -> bool:
        """Return whether an error may be caused by the end of the available text."""
        is_open = error.msg.startswith("Unterminated string")
        return not self._is_ended and (is_open or error.pos >= len(self._text) - _CUT)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Continue after the match of a pattern, and return it."""
        skipped = ""
        while True:
            found = pattern.match(self._text, self._place)
            if found:
                skipped += found[0]
                self._place = found.end()
            if self._place < len(self._text) or not self._ensure(1):
                return skipped

    def _forget(self) -> None:
        """Drop the text already read, because the decoder's errors count all lines before them."""
        if self._place > _KEPT:
            self._drop()

    def _drop(self) -> None:
        self._line_of(self._place)
        self._text = self._text[self._place :]
        self._counted -= self._place
        self._line_start -= self._place
        self._place = 0

    def _line_of(self, place: int) -> int:
        if place >= self._counted:
            self._lines += self._text.count("\n", self._counted, place)
            last = self._text.rfind("\n", self._counted, place)
            self._line_start = last + 1 if last >= 0 else self._line_start
            self._counted = place
        return self._lines

    def _report(
        self,
        message: str,
        place: int,
        *,
        code: str = "invalid-json",
        lost: bool = True,
        hint: str = "the other entries are read",
    ) -> None:
        self._faults += lost
        # An error may be before the counted text; the line is then approximate.
        line = self._line_of(place)
        self._problems.append(
            Problem(
                severity=Severity.ERROR if lost else Severity.WARNING,
                code=code,
                message=message,
                line=line,
                column=max(place - self._line_start, 0) + 1,
                hint=hint if lost else None,
            )
        )


def _has_surrogate(value: Any) -> bool:
    return first_surrogate(json.dumps(value, ensure_ascii=False)) is not None


# A value that contains itself can raise a RecursionError, too.
_DUMP: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, default=str, check_circular=False
).encode


def encode(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON, with characters and not escapes.

    What JSON has no form for (such as a date) is written as text; half of a surrogate pair, which
    no encoding can carry, as U+FFFD.

    Args:
        value: The value.
        indent: The number of spaces for indentation; None for one line.

    Raises:
        FormatError: The value contains NaN, or itself, or is nested too deeply.

    Example:
        >>> encode({"title": "Über alles", "volume": 3})
        '{"title": "Über alles", "volume": 3}'
    """
    try:
        if indent is None:
            text = _DUMP(value)
        else:
            text = json.dumps(
                value, ensure_ascii=False, allow_nan=False, default=str, indent=indent
            )
    except (ValueError, TypeError, RecursionError) as error:
        raise FormatError(f"this cannot be written as JSON: {error}") from error
    return without_surrogates(text)
