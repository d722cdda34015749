"""Add items to CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.formats.adding import concatenated
from refcite.formats.csl_json.items import encode_item
from refcite.formats.jsontext import encode
from refcite.record import Record

__all__ = ["append"]

_INDENTED: Final = re.compile(r"\s*\[\s*\n( {1,8})\{[ \t]*\r?\n")


def append(text: str, records: Iterable[Record], *, lines: bool = False) -> str | None:
    r"""Return an array with items before its closing bracket, laid out as its first one is.

    Args:
        text: The array, or objects in lines.
        records: The records to add.
        lines: Whether the text is JSON lines.

    Returns:
        The new text; None if it is no array.

    Example:
        >>> print(append('[\n{"id": "a"}\n]\n', [Record(id="b", type="book")]), end="")
        [
        {"id": "a"},
        {"id": "b", "type": "book"}
        ]
    """
    if lines:
        written = "".join(f"{encode(encode_item(record))}\n" for record in records)
        return concatenated(text, written, blank_line=False)
    body = text.rstrip()
    inner = body[:-1].rstrip()
    if not body.endswith("]") or not body.lstrip().startswith("["):
        return None
    end = "\r\n" if "\r\n" in text else "\n"
    indented = _INDENTED.match(text)
    space = indented[1] if indented else ""
    items = [_laid_out(record, len(space)) for record in records]
    separator = "" if inner.endswith("[") else ","
    addition = ",\n".join(items).replace("\n", end)
    return f"{inner}{separator}{end}{addition}{end}]{text[len(body) :]}"


def _laid_out(record: Record, indent: int) -> str:
    written = encode(encode_item(record), indent or None)
    return "\n".join(" " * indent + line for line in written.split("\n"))
