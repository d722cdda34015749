"""The tagged text of Web of Science as a table, with a column for each tag.

Source: "Web of Science Core Collection Field Tags". A field starts with a tag of two characters; a
line that starts with three spaces continues it. `ER` ends a work, `EF` the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from refcite.formats.common_problems import outside_entry
from refcite.formats.csv.cells import Row
from refcite.formats.detection import WEB_OF_SCIENCE
from refcite.problems import Problem

__all__ = ["is_tagged", "tagged_rows"]

_START: Final = re.compile(WEB_OF_SCIENCE)
_FIELD: Final = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|\s*)", re.DOTALL)
_LINE_END: Final = re.compile(r"\r\n?|\n")
_CONTINUED: Final = "   "
_TYPE, _END = "PT", "ER"
_OF_FILE: Final = frozenset(("FN", "VR", "EF"))
_LISTS_TEXT: Final = "AU AF BA BF BE CA GP C1 C3 CR EM RI OI"
_LISTS: Final = frozenset(_LISTS_TEXT.split())
"""Fields with one value on each line; in other fields, a line continues the text."""


def is_tagged(text: str) -> bool:
    r"""Return whether a text is the tagged text of Web of Science.

    Example:
        >>> is_tagged("FN Clarivate Analytics Web of Science\nVR 1.0\n"), is_tagged("PT,AU,TI\n")
        (True, False)
    """
    return _START.match(text) is not None


def tagged_rows(text: str, problems: list[Problem]) -> Iterator[Row]:
    r"""Yield a header with all tags of a text, then a row for each work.

    Args:
        text: The tagged text.
        problems: List to which lines are added that belong to no work.

    Example:
        >>> text = "PT J\nAU Quist, A\n   Roe, B\nTI On ebb\n   and flow\nER\n\nEF\n"
        >>> [row.cells for row in tagged_rows(text, [])]
        [['PT', 'AU', 'TI'], ['J', 'Quist, A; Roe, B', 'On ebb and flow']]
    """
    works: list[tuple[int, dict[str, list[str]]]] = []
    tags: dict[str, None] = {}
    work: dict[str, list[str]] | None = None
    values: list[str] | None = None
    for number, line in enumerate(_LINE_END.split(text), 1):
        found = _FIELD.fullmatch(line.lstrip("\ufeff"))
        if found is None:
            if values is not None and line.startswith(_CONTINUED):
                values.append(line.strip())
            elif line.strip():
                problems.append(outside_entry(line.strip(), number))
            continue
        tag, value = found[1], (found[2] or "").strip()
        values = None
        if tag in _OF_FILE and work is None:
            values = []
        elif tag == _END:
            work = None
        else:
            if work is None or tag == _TYPE:
                work = {}
                works.append((number, work))
            tags[tag] = None
            values = work.setdefault(tag, [])
            if value:
                values.append(value)
    yield Row(list(tags), 1)
    for number, fields in works:
        yield Row([_joined(tag, fields.get(tag, ())) for tag in tags], number)


def _joined(tag: str, values: list[str] | tuple[()]) -> str:
    return ("; " if tag in _LISTS else " ").join(values)
