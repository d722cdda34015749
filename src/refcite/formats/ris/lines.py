"""RIS text as a row of entries, each with its tags and their lines.

A tag is at the start of a line: a capital, a capital or a figure, two spaces, a hyphen. Text
on the next lines belongs to it. An entry goes from `TY` to `ER`.

Other forms that programs write are read if they are unambiguous: one space or none before
the hyphen, indented tags, `ER` or `TY` omitted, headings between the entries. The text may come in
blocks, so that a file larger than memory can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.draft import Field
from refcite.formats.ris.table import SPEC, code_named
from refcite.problems import Problem, Severity

__all__ = ["Entry", "Splitter", "blocks_of", "looks_like_tag"]

_TAG: Final = re.compile(r"\n([A-Z][A-Z0-9])  -")
_JOINED_TAG: Final = re.compile(r"(?<! ) {4,}+([A-Z][A-Z0-9])  - ")
_LOOSE_TAG: Final = re.compile(r"([ \t]*)([A-Z][A-Z0-9])([ \t]*)-(?:[ \t]+(.*)|(.*))")
_ENTRY_START: Final = re.compile(r"\nTY(?:  -| ?-([^\n]*)\n)")
_LONGEST_START: Final = len("\nTY  -")
_BLOCK: Final = 1 << 20
_SHOWN: Final = 40
_TITLE_TAGS: Final = frozenset({"BT", "CT", "T1", "TI"})
_OWN_TITLE_TAGS: Final = _TITLE_TAGS - {"BT"}
_WITHOUT_SPACES: Final = frozenset({"DO", "UR"})
"""Tags whose values have none, so that a tag after one on its line is no part of it."""
_SPECIAL: Final = _WITHOUT_SPACES | {"TY", "ER"}
_NAME_TAGS: Final = frozenset({"A1", "AU"})


class Entry:
    """The tags of one entry, in order.

    Attributes:
        line: Line on which it starts, counted from 1.
        type: Value of `TY`; None if there is none.
        fields: The other tags, each with its value, without space around it, and its line.
        has_end: Whether `ER` ends it.
    """

    __slots__ = ("fields", "has_end", "line", "type")

    def __init__(self, line: int, type: str | None) -> None:  # noqa: A002 - RIS's own word
        self.line = line
        self.type = type
        self.fields: list[Field] = []
        self.has_end = False

    def has_any(self, tags: frozenset[str]) -> bool:
        """Return whether the entry has one of some tags."""
        return any(tag in tags for tag, _, _ in self.fields)


def _have_titles(first: Entry, second: Entry) -> bool:
    """Return whether both have a title; that of a book and that of a part of it are one work's."""
    tags = {tag for tag, _, _ in first.fields} & _TITLE_TAGS
    others = {tag for tag, _, _ in second.fields} & _TITLE_TAGS
    if not tags or not others:
        return False
    return bool(tags & _OWN_TITLE_TAGS) == bool(others & _OWN_TITLE_TAGS)


def _are_two(first: Entry, second: Entry) -> bool:
    """Return whether two lines `TY` without an `ER` between them start an entry each."""
    if not first.fields or not second.fields:
        return False
    if _have_titles(first, second):
        return True
    if not first.has_any(_TITLE_TAGS) and not second.has_any(_TITLE_TAGS):
        return True
    return first.has_any(_NAME_TAGS) and second.has_any(_NAME_TAGS)


def looks_like_tag(line: str) -> bool:
    """Return whether a line could be read as a tag, in any dialect."""
    return _LOOSE_TAG.match(line) is not None


def blocks_of(text: str) -> Iterator[str]:
    """Yield a text in pieces."""
    for start in range(0, len(text), _BLOCK):
        yield text[start : start + _BLOCK]


class Splitter:
    r"""Splits text into entries.

    Args:
        problems: List to which the problems of the lines are added.

    Example:
        >>> splitter = Splitter([])
        >>> for entry in splitter.entries(["TY  - JOUR\nTI  - One\nER  - \n"]):
        ...     print(entry.line, entry.type, entry.fields)
        1 JOUR [('TI', 'One', 2)]
    """

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._line = 1
        self._entry: Entry | None = None
        self._is_dense = False
        self._indent = ""

    def entries(self, blocks: Iterable[str]) -> Iterator[Entry]:
        """Yield the entries of a text that comes in blocks."""
        open_entry: Entry | None = None
        for entry in self._pieces(blocks):
            if open_entry is not None:
                yield from self._before(open_entry, entry)
                open_entry = None
            if entry.has_end:
                if not entry.fields:
                    message = f"the entry of type {str(entry.type)[:_SHOWN]!r} has no tags"
                    hint = "add the tags of the work, or remove the entry"
                    self._report("no-tags", Severity.WARNING, message, entry.line, hint)
                yield entry
            else:
                open_entry = entry
        if open_entry is not None:
            yield from self._last(open_entry)

    def _before(self, first: Entry, second: Entry) -> Iterator[Entry]:
        """Yield an entry without `ER`, unless it and the next are one entry, or it is not an entry.

        RIS requires `TY` first, once, and `ER` last. If a program puts `TY` between the tags, or
        twice, the tags before and after it are one entry: two would be two incomplete works.
        """
        if first.type is None:
            is_next_line = second.line == first.fields[-1][2] + 1
            is_whole = first.has_any(_TITLE_TAGS) and (
                not is_next_line or _have_titles(first, second)
            )
            if is_whole:
                yield first
            elif is_next_line:
                message = "the entry has tags before 'TY'; they are read as part of it"
                hint = "put 'TY' on the first line of the entry"
                self._report("late-type", Severity.WARNING, message, first.line, hint)
                second.fields[:0] = first.fields
                second.line = first.line
            else:
                self._report_stray(first)
        elif _are_two(first, second):
            message = "an entry starts before the one above has ended"
            hint = "end each entry with 'ER  - '"
            self._report("missing-er", Severity.WARNING, message, second.line, hint)
            yield first
        else:
            # Of two types, the one with the first tags after its line is used.
            kept, other = (first, second) if first.fields else (second, first)
            message = "the type of the entry occurs twice"
            if kept.type != other.type:
                shown = repr(str(other.type)[:_SHOWN])
                message = f"the entry has a second type, {shown}, which is not read"
            hint = "keep one line 'TY' in each entry, or end the first entry with 'ER  - '"
            self._report("second-type", Severity.WARNING, message, second.line, hint)
            second.type, second.line = kept.type, first.line
            second.fields[:0] = first.fields

    def _last(self, entry: Entry) -> Iterator[Entry]:
        """Yield the entry in which the text ends, if it is one."""
        if entry.type is None and not entry.has_any(_TITLE_TAGS | _NAME_TAGS):
            self._report_stray(entry)
            return
        message = "the text ends inside an entry"
        hint = "end the entry with 'ER  - '"
        self._report("missing-er", Severity.WARNING, message, self._line - 1, hint)
        yield entry

    def _report_stray(self, entry: Entry) -> None:
        for tag, text, line in entry.fields:
            self._report_unread([f"{tag}  - {text}"], line, Severity.WARNING)

    def _pieces(self, blocks: Iterable[str]) -> Iterator[Entry]:
        """Yield the lines from a `TY` or another tag to the next `ER` or `TY`."""
        for text in _whole_entries(blocks):
            yield from self._split(f"\n{text}")
        if self._entry is not None:
            yield self._entry
            self._entry = None

    def _split(self, text: str) -> Iterator[Entry]:
        parts = _TAG.split(text)
        line = self._line + parts[0].count("\n")
        if parts[0].strip():
            yield from self._loose("", parts[0][1:], self._line)
        entry = self._entry
        for tag, raw in zip(parts[1::2], parts[2::2], strict=True):
            if "\n" not in raw and entry is not None:
                if tag not in _SPECIAL:
                    entry.fields.append((tag, raw.strip(), line))
                    line += 1
                    continue
                if tag in _WITHOUT_SPACES:
                    entry.fields += _apart(tag, raw, line)
                    line += 1
                    continue
            lines = raw.count("\n")
            if tag == "ER" and entry is not None and raw.isspace():
                entry.has_end = True
                yield entry
                entry = self._entry = None
            elif tag == "TY" and entry is None and not lines:
                self._is_dense, self._indent = False, ""
                entry = self._entry = Entry(line, raw.strip())
            else:
                if tag == "TY":
                    self._is_dense, self._indent = False, ""
                yield from self._loose(tag, raw, line)
                entry = self._entry
            line += lines + 1
        self._line = line

    def _loose(self, tag: str, raw: str, line: int) -> Iterator[Entry]:
        """Read a tag with all lines down to the next, some of which may be tags themselves."""
        rows = raw.split("\n")
        start = 0
        for index, row in enumerate(rows):
            if not row or (index == 0 and tag):
                continue
            found = _LOOSE_TAG.match(row)
            if found and self._is_tag(found):
                yield from self._tag(tag, rows[start:index], line + start)
                tag, start = found[2], index
                rows[index] = found[4] or found[5] or ""
        yield from self._tag(tag, rows[start:], line + start)

    def _is_tag(self, found: re.Match[str]) -> bool:
        """Return whether a line that is not exactly a tag is intended as one."""
        indent, tag, space = found[1], found[2], found[3]
        value = found[4] or found[5] or ""
        if not SPEC.knows(tag):
            return False
        if tag == "TY":
            is_start = code_named(value.strip()) is not None or (len(space) == 2 and not indent)
            if is_start:
                self._is_dense, self._indent = not space, indent
            return is_start
        if indent != self._indent:
            return False
        if not space:
            return self._is_dense
        return len(space) <= 2 and (found[4] is not None or not value)

    def _tag(self, tag: str, rows: list[str], line: int) -> Iterator[Entry]:
        if tag == "TY":
            yield from self._start(rows, line)
        elif tag == "ER":
            yield from self._end(rows, line)
        elif not tag:
            self._report_unread(rows, line)
        else:
            if self._entry is None:
                self._entry = Entry(line, None)
            value = "\n".join(row.strip() for row in rows).strip()
            self._entry.fields.append((tag, value, line))

    def _start(self, rows: list[str], line: int) -> Iterator[Entry]:
        if self._entry is not None:
            yield self._entry
        self._entry = Entry(line, rows[0].strip())
        self._report_unread(rows[1:], line + 1, Severity.WARNING, "has no tag")

    def _end(self, rows: list[str], line: int) -> Iterator[Entry]:
        if self._entry is None:
            self._report(
                "stray-er", Severity.WARNING, "'ER' ends an entry that has not started", line
            )
        else:
            self._entry.has_end = True
            yield self._entry
            self._entry = None
        self._report_unread(rows, line)

    def _report_unread(
        self,
        rows: list[str],
        line: int,
        severity: Severity = Severity.INFO,
        reason: str = "is not in an entry",
    ) -> None:
        texts = [row.strip().lstrip("\ufeff") for row in rows]
        places = [index for index, text in enumerate(texts) if text]
        if not places:
            return
        text = texts[places[0]]
        shown = repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
        more = f" (lines: {len(places)})" if len(places) > 1 else ""
        message = f"the text {shown}{more} {reason}; it is not read"
        self._report("text-outside-entry", severity, message, line + places[0])

    def _report(
        self, code: str, severity: Severity, message: str, line: int, hint: str | None = None
    ) -> None:
        self._problems.append(
            Problem(severity=severity, code=code, message=message, line=line, column=1, hint=hint)
        )


def _apart(tag: str, raw: str, line: int) -> Iterator[Field]:
    """Yield a tag and those that a program has put after it on the same line, with spaces."""
    if "  - " not in raw:
        yield tag, raw.strip(), line
        return
    parts = _JOINED_TAG.split(raw)
    yield tag, parts[0].strip(), line
    for other, text in zip(parts[1::2], parts[2::2], strict=True):
        yield other, text.strip(), line


def _whole_entries(blocks: Iterable[str]) -> Iterator[str]:
    """Yield the text in pieces that start at the start of an entry, with equal line ends."""
    held: list[str] = []
    ends_in_cr = False
    for block in blocks:
        text = f"\r{block}" if ends_in_cr else block
        ends_in_cr = text.endswith("\r")
        if ends_in_cr:
            text = text[:-1]
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        # The end of the kept text may be the start of a tag that continues in this block.
        joint = held.pop() if held else ""
        text = joint + text
        cut = _last_start(text)
        if cut >= 0:
            held.append(text[:cut])
            yield "".join(held)
            held = []
            text = text[cut + 1 :]
        if len(text) > _LONGEST_START:
            held += [text[:-_LONGEST_START], text[-_LONGEST_START:]]
        else:
            held.append(text)
    yield "".join(held)


def _last_start(text: str) -> int:
    """Return the place of the last line that starts an entry, or -1."""
    end = len(text)
    while True:
        place = text.rfind("\nTY", 0, end)
        found = _ENTRY_START.match(text, place) if place >= 0 else None
        if place < 0 or (found and (found[1] is None or code_named(found[1].strip()))):
            return place
        end = place + 1
