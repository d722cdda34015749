"""The parts of an entry in BibTeX up to the cursor: its type, its key, fields and values."""

from __future__ import annotations

import re
from typing import Final, Literal

from attrs import frozen

__all__ = ["REFERRING", "EntryPart", "part_at"]

REFERRING: Final = frozenset({"crossref", "xref", "xdata", "related", "entryset"})
"""The fields that contain keys of other entries."""

_NO_ENTRIES: Final = frozenset({"comment", "string", "preamble"})
_HEAD: Final = re.compile(r"\s*@\s*([A-Za-z]*)(?:\s*([{(]))?\s*")
_FIELD: Final = re.compile(r"[\s,]*([A-Za-z][\w:+-]*)\s*=\s*")
_NAME: Final = re.compile(r"[\s,]*([A-Za-z][\w:+-]*)?\Z")
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTED: Final = re.compile(r"\\.|[{}\"]", re.DOTALL)
_BARE: Final = re.compile(r"[^\s,{}\"#=()]*")
_JOINT: Final = re.compile(r"\s*#\s*")
_REFERENCE: Final = re.compile(r"[^\s,{}\"]*\Z")


@frozen
class EntryPart:
    """The part of an entry that a text ends in.

    Attributes:
        kind: The name of its type, its key, the name of a field, or the key of another entry in the
            value of a field.
        written: What is written of it.
        type: The type of the entry, in lower case.
        fields: The fields before it, in lower case.
    """

    kind: Literal["type", "key", "field", "reference"]
    written: str
    type: str = ""
    fields: tuple[str, ...] = ()


def part_at(text: str) -> EntryPart | None:
    """Return the part that the text of an entry ends in, None if it is another one.

    Args:
        text: The text from the sign `@`.

    Example:
        >>> part_at("@book{a, title = {A {b}}, cross")
        EntryPart(kind='field', written='cross', type='book', fields=('title',))
        >>> part_at("@inbook{a, crossref = {b")
        EntryPart(kind='reference', written='b', type='inbook', fields=('crossref',))
    """
    head = _HEAD.match(text)
    if head is None:
        return None
    type_ = head[1].lower()
    if head[2] is None:
        return EntryPart("type", head[1]) if head.end() == len(text) == head.end(1) else None
    if type_ in _NO_ENTRIES:
        return None
    comma = text.find(",", head.end())
    if comma < 0:
        key = text[head.end() :]
        return None if re.search(r"[\s{}=]", key) else EntryPart("key", key, type_)
    fields: list[str] = []
    place = comma + 1
    while True:
        name = _NAME.match(text, place)
        if name is not None:
            return EntryPart("field", name[1] or "", type_, tuple(fields))
        field = _FIELD.match(text, place)
        if field is None:
            return None  # after the entry, or after a syntax error
        fields.append(field[1].lower())
        place = field.end()
        while True:
            end = _value_end(text, place)
            if end is None or end == len(text):
                is_key = fields[-1] in REFERRING and (end is None or text[-1] not in '}"')
                found = _REFERENCE.search(text, place) if is_key else None
                return (
                    EntryPart("reference", found[0], type_, tuple(fields))
                    if found is not None
                    else None
                )
            joint = _JOINT.match(text, end)
            if joint is None:
                place = end
                break
            place = joint.end()


def _value_end(text: str, place: int) -> int | None:
    """Return where a piece of a value ends, None if it is not closed."""
    opening = text[place : place + 1]
    if opening not in ("{", '"') or not opening:
        found = _BARE.match(text, place)
        return found.end() if found is not None else place
    depth = 0
    for sign in (_BRACE if opening == "{" else _QUOTED).finditer(text, place):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth -= 1
            if opening == "{" and not depth:
                return sign.end()
        elif sign[0] == '"' and not depth and sign.start() > place:
            return sign.end()
    return None
