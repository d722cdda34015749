"""The places of the fields in the text of an entry, and changes of single values.

Only the values that are changed are written: all other characters of the file stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from refcite.formats.bibtex.blocks import FIELD_NAME, piece_end
from refcite.formats.bibtex.keep import Kept
from refcite.library import Library

__all__ = [
    "Edit",
    "FieldPlace",
    "applied",
    "applied_as_written",
    "entry_offsets",
    "field_place",
    "field_places",
]

_HEAD: Final = re.compile(r"@\s*+[^\s{(]++\s*+[{(]\s*+[^,]*+,")
_FIELD_START: Final = re.compile(rf"[\s,]*+({FIELD_NAME.pattern})\s*+=\s*+")
_JOINT: Final = re.compile(r"\s*+#\s*+")
_END: Final = re.compile(r"\s*+,?\s*+[})]\s*+\Z")


@frozen
class FieldPlace:
    """The offsets of a field in the text of its entry.

    Attributes:
        start: That of its name.
        value: That of its value, with the brace or the quotation mark.
        end: That after its value.
        is_literal: Whether the value is one text in braces or quotation marks, and no macro.
    """

    start: int
    value: int
    end: int
    is_literal: bool


@frozen
class Edit:
    """A change of a text: the part between two offsets is replaced."""

    start: int
    end: int
    text: str


def field_place(raw: str, field: str) -> FieldPlace | None:
    """Return the place of a field in the text of an entry; the first if it occurs twice.

    After a syntax error, no more fields are found.

    Args:
        raw: The text of the entry.
        field: The name of the field, in lower case.

    Example:
        >>> raw = "@book{k, title = {A {B}}, year = 2001}"
        >>> place = field_place(raw, "title")
        >>> raw[place.value : place.end], place.is_literal
        ('{A {B}}', True)
    """
    return next((place for name, place in _places(raw) if name == field), None)


def field_places(raw: str) -> list[tuple[str, FieldPlace]] | None:
    """Return the fields of an entry with their places; None if it has a syntax error.

    Args:
        raw: The text of the entry.

    Example:
        >>> [name for name, _ in field_places("@book{k, Title = {A}, year = 2001}")]
        ['title', 'year']
        >>> field_places("@book{k, title = {A} year = 2001}")
    """
    places = list(_places(raw))
    end = places[-1][1].end if places else 0
    is_whole = places and all(
        raw[one.end : other.start].strip() == "," for (_, one), (_, other) in pairwise(places)
    )
    return places if is_whole and _END.match(raw, end) else None


def _places(raw: str) -> Iterator[tuple[str, FieldPlace]]:
    head = _HEAD.match(raw)
    position = head.end() if head else len(raw)
    while found := _FIELD_START.match(raw, position):
        start = found.end()
        end = piece_end(raw, start)
        is_literal = raw[start : start + 1] in ("{", '"')
        while end > 0 and (joint := _JOINT.match(raw, end)):
            is_literal = False
            end = piece_end(raw, joint.end())
        if end < 0:
            break
        yield found[1].lower(), FieldPlace(found.start(1), start, end, is_literal)
        position = end


def entry_offsets(text: str, library: Library) -> dict[int, int] | None:
    """Return the offsets of the entries of a file in its text, under their positions in the file.

    Args:
        text: The text, with line feeds as its only line ends.
        library: The library that was read from it.

    Returns:
        The offsets, or None if the entries are not those of the text.
    """
    kept = [
        entry
        for record in (*library, *library.containers)
        if record.origin is not None
        and isinstance(entry := record.origin.verbatim.get("entry"), Kept)
    ]
    offsets: dict[int, int] = {}
    position = 0
    for one in sorted(kept, key=lambda one: one.index):
        position += len(one.before)
        if not text.startswith(one.raw, position):
            return None
        offsets[one.index] = position
        position += len(one.raw)
    return offsets


def applied(text: str, edits: Iterable[Edit], offset: int = 0) -> str:
    """Return the changed text.

    Args:
        text: The text.
        edits: The changes in their order; they do not overlap.
        offset: The offset of the start of the text.

    Example:
        >>> applied("one two", [Edit(4, 7, "three")])
        'one three'
    """
    out: list[str] = []
    done = 0
    for edit in edits:
        out += [text[done : edit.start - offset], edit.text]
        done = edit.end - offset
    return "".join([*out, text[done:]])


def applied_as_written(text: str, edits: Iterable[Edit]) -> str:
    r"""Change a text with its own line ends.

    Args:
        text: The text.
        edits: The changes, with the offsets in the text with line feeds as its only line ends.

    Example:
        >>> applied_as_written("a\r\nb c", [Edit(2, 3, "d")])
        'a\r\nd c'
    """
    newline = "\r\n" if "\r\n" in text else "\r" if "\r" in text else "\n"
    # If a line ends in two characters, all offsets after it increase by one.
    pairs = [found.start() - index for index, found in enumerate(re.finditer("\r\n", text))]

    def moved(offset: int) -> int:
        return offset + bisect_right(pairs, offset - 1)

    return applied(
        text,
        [
            evolve(
                edit,
                start=moved(edit.start),
                end=moved(edit.end),
                text=edit.text.replace("\n", newline),
            )
            for edit in edits
        ],
    )
