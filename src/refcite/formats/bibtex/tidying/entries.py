"""Entries of a BibTeX file in pieces that can be changed, with all text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

from attrs import define, field

from refcite.formats.bibtex.blocks import (
    BRACED,
    FIELD_NAME,
    QUOTED,
    Block,
    expression,
    piece_end,
)

__all__ = ["Entry", "Field", "Form", "entry_in"]

_HEAD: Final = re.compile(
    rf"@\s*+({FIELD_NAME.pattern}+)\s*+\{{\s*+([^\s,={{}}\"()#%'\\]++)(?=\s*+,)"
)
_NAME: Final = rf"{FIELD_NAME.pattern}+"
_PIECE: Final = rf"(?:{BRACED.pattern}|{QUOTED.pattern}|{_NAME})"
_FIELD: Final = re.compile(
    rf"(\s*+,\s*+)({_NAME})(\s*+=\s*+)({_PIECE}(?:\s*+\#\s*+{_PIECE})*+)(?=\s*+[,}}])"
)
_START: Final = re.compile(rf"(\s*+,\s*+)({_NAME})(\s*+=\s*+)")
_JOINT: Final = re.compile(r"\s*+#\s*+")
_END: Final = re.compile(r"\s*+,?\s*+\}")


class Form(Enum):
    """How a value is written."""

    BRACES = "braces"
    QUOTES = "quotes"
    NUMBER = "number"
    MACRO = "macro"
    JOINED = "joined"
    """An expression of several pieces."""


@define(eq=False)
class Field:
    """A field of an entry.

    Attributes:
        lead: The comma before it, with the white space around the comma.
        name: The name as it is written.
        joint: The equals sign, with the white space around it.
        form: How the value is written.
        text: The value without its delimiters; a macro or an expression as it is written.
        raw: The value as it is written, while `text` and `form` are unchanged.
        key: The name in lower case.
    """

    lead: str
    name: str
    joint: str
    form: Form
    text: str
    raw: str | None = None
    key: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.key = self.name.lower()

    def rename(self, name: str) -> None:
        """Set the name, in capitals if the old one is."""
        self.name = name.upper() if self.name.isupper() else name
        self.key = name

    @property
    def is_literal(self) -> bool:
        """Whether the value is one text, and no macro or expression."""
        return self.form not in (Form.MACRO, Form.JOINED)

    def change(self, text: str, form: Form | None = None) -> None:
        """Set the value."""
        self.text = text
        if form is not None:
            self.form = form
        elif self.form is Form.NUMBER and not text.isdigit():
            self.form = Form.BRACES
        self.raw = None

    def written(self) -> str:
        """Return the value with its delimiters."""
        if self.raw is not None:
            return self.raw
        if self.form is Form.QUOTES and not _has_bare_quote(self.text):
            return f'"{self.text}"'
        if self.form in (Form.BRACES, Form.QUOTES):
            return f"{{{self.text}}}"
        return self.text


def _has_bare_quote(text: str) -> bool:
    """Return whether a text has a quotation mark outside braces, which would end it."""
    if '"' not in text:
        return False
    depth = 0
    for sign in re.findall(r'[{}"]', text):
        if sign == '"' and not depth:
            return True
        depth += (sign == "{") - (sign == "}")
    return False


@define(eq=False)
class Entry:
    """An entry.

    Attributes:
        raw: The entry as it is written.
        type: Its type as it is written.
        key: Its key.
        head: The text up to the key.
        fields: Its fields.
        tail: The text after the last value: perhaps a comma, and the closing brace.
    """

    raw: str
    type: str
    key: str
    head: str
    fields: list[Field] = field(factory=list)
    tail: str = "}"

    def get(self, *names: str) -> Field | None:
        """Return the first field with one of these names in lower case."""
        for one in self.fields:
            if one.key in names:
                return one
        return None

    def add(self, name: str, text: str, form: Form = Form.BRACES) -> None:
        """Add a field, in the layout of the last one."""
        last = self.fields[-1] if self.fields else Field(",\n  ", "", " = ", Form.BRACES, "")
        self.fields.append(Field(last.lead, name, last.joint, form, text))

    def remove(self, one: Field) -> None:
        """Remove a field."""
        self.fields = [other for other in self.fields if other is not one]

    def written(self) -> str:
        """Return the entry; what is unchanged has its own layout."""
        parts = [self.head, self.key]
        for one in self.fields:
            parts += (one.lead, one.name, one.joint, one.written())
        return "".join((*parts, self.tail))


def entry_in(text: str, block: Block) -> Entry | None:
    """Return an entry in pieces; None if its text has anything else between its fields.

    Example:
        >>> from refcite.formats.bibtex.split import split
        >>> text = "@Book{k, title = {A {B}}, year = 2001 }"
        >>> found = entry_in(text, split(text)[0][0])
        >>> [(one.name, one.form.value, one.text) for one in found.fields], found.tail
        ([('title', 'braces', 'A {B}'), ('year', 'number', '2001')], ' }')
        >>> found.written() == text
        True
    """
    head = _HEAD.match(text, block.start, block.end)
    if head is None:
        return None
    entry = Entry(
        text[block.start : block.end], head[1], head[2], text[block.start : head.start(2)]
    )
    position = head.end()
    for one, end in _fields(text, position, block.end):
        entry.fields.append(one)
        position = end
    tail = _END.fullmatch(text, position, block.end)
    if tail is None or not entry.fields:
        return None
    entry.tail = tail[0]
    return entry


def _fields(text: str, position: int, stop: int) -> Iterator[tuple[Field, int]]:
    while True:
        found = _FIELD.match(text, position, stop)
        if found is not None:
            lead, name, joint, raw = found.groups()
            position = found.end()
        else:  # groups that are nested deeper than a pattern reads
            start = _START.match(text, position, stop)
            if start is None:
                return
            lead, name, joint = start.groups()
            position = _value_end(text, start.end())
            if not 0 < position <= stop:
                return
            raw = text[start.end() : position]
        one = _field(lead, name, joint, raw)
        if one is None:
            return
        yield one, position


def _value_end(text: str, position: int) -> int:
    end = piece_end(text, position)
    while end > 0 and (joint := _JOINT.match(text, end)):
        end = piece_end(text, joint.end())
    return end


def _field(lead: str, name: str, joint: str, raw: str) -> Field | None:
    value = expression(raw)
    if value is None:
        return None
    if isinstance(value, str):
        form = {"{": Form.BRACES, '"': Form.QUOTES}.get(raw[0], Form.NUMBER)
        return Field(lead, name, joint, form, value, raw)
    form = Form.MACRO if len(value) == 1 else Form.JOINED
    return Field(lead, name, joint, form, raw, raw)
