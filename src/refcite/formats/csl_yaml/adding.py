"""Add items to CSL-YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.formats.adding import concatenated
from refcite.formats.csl_yaml.items import yaml_item
from refcite.formats.yamltext import written
from refcite.record import Record

__all__ = ["append"]

_ITEM: Final = re.compile(r"^( *)-(?= )", re.MULTILINE)
_END: Final = re.compile(r"^(?:\.\.\.|---)[ \t]*\r?\n?\Z", re.MULTILINE)


def append(text: str, records: Iterable[Record]) -> str | None:
    r"""Return a list with items after its last, indented as its first is.

    Args:
        text: A list of items, or a mapping that ends with one.
        records: The records to add.

    Returns:
        The new text; None if there is no list in block style.

    Example:
        >>> print(append("references:\n  - id: a  # mine\n", [Record(id="b", type="book")]))
        references:
          - id: a  # mine
          - id: b
            type: book
        <BLANKLINE>
    """
    first = _ITEM.search(text)
    if first is None:
        return None
    end = _END.search(text)
    body, tail = (text[: end.start()], text[end.start() :]) if end else (text, "")
    items = written({"references": [yaml_item(record) for record in records]})
    lines = items.partition("\n")[2].splitlines()
    indented = "".join(f"{first[1]}{line}\n" if line else "\n" for line in lines)
    return concatenated(body, indented, blank_line=False) + tail
