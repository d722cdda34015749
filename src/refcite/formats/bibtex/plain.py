"""Entries that are clearly well-formed: most entries, in most files.

An entry is plain if every program reads it in the same way: it starts its line, its key is a word,
its braces are balanced in any way of counting, there is a comma between its fields, and none of its
lines could be the start of another entry. Patterns read such an entry several times faster than a
splitter that checks each brace. All other entries are left to `split.py`.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.bibtex.blocks import (
    BRACED,
    CONTINUATION,
    FIELD_NAME,
    QUOTED,
    Block,
    Kind,
    Value,
    expression,
)

__all__ = ["LINE_WITH_AT", "plain_entry"]

_NAME: Final = f"{FIELD_NAME.pattern}+"  # possessive
_PIECE: Final = rf"(?:{BRACED.pattern}|{QUOTED.pattern}|{_NAME})"
_START: Final = re.compile(rf"@({_NAME})\{{\s*+([^\s,={{}}\"()#%'\\@]++)\s*+,\s*+")
_FIELD: Final = re.compile(
    rf"({_NAME})\s*+=\s*+({_PIECE}(?:\s*+\#\s*+{_PIECE})*+)\s*+(?:,\s*+(\}})?|(\}}))"
)
LINE_WITH_AT: Final = re.compile(r"\n[ \t]*@")
"""A line that may start a block."""
_NO_ENTRIES: Final = frozenset({"string", "preamble", "comment"})


def plain_entry(text: str, start: int) -> Block | None:
    """Return the entry that starts at an offset, if it is plain.

    Example:
        >>> plain_entry("@book{k, title = {A {B} C}, year = 2001}", 0).fields
        [('title', 'A {B} C'), ('year', '2001')]
        >>> plain_entry("@book{k, title = {A} year = 2001}", 0)
    """
    if start and text[start - 1] != "\n":
        return None
    head = _START.match(text, start)
    if head is None:
        return None
    type_ = head[1].lower()
    if type_ in _NO_ENTRIES:
        return None
    fields: list[tuple[str, Value]] = []
    position = head.end()
    match = _FIELD.match
    while found := match(text, position):
        name, raw, closing, closed = found.groups()
        position = found.end()
        value: Value | None
        if raw[0] == "{" and "#" not in raw:
            value = raw[1:-1]
        else:
            value = expression(raw)
            if value is None:
                return None
        fields.append((name, value))
        if closing or closed:
            break
    else:
        return None
    if _is_doubtful(text, start, position):
        return None
    return Block(Kind.ENTRY, type_, head[2], fields, start, position)


def _is_doubtful(text: str, start: int, end: int) -> bool:
    """Return whether a program may find another end, or another entry inside."""
    return (
        (text.find("@", start + 1, end) >= 0 and bool(LINE_WITH_AT.search(text, start, end)))
        or text.find("\\{", start, end) >= 0
        or text.find("\\}", start, end) >= 0
        or CONTINUATION.match(text, end) is not None
    )
