"""Orphaned and doubled punctuation in printed texts.

A sign is orphaned if the text that it belongs to is missing (`Leiden, , 2020`, `( )`, `Title .`),
and doubled if two elements print it (`sky?. Night`, `2020. .`). Not counted are:

- signs that are in a field of the item, such as an ellipsis or `a , b` in a title;
- a comma, colon or semicolon directly after a full stop, which is usually that of an abbreviation;
- a comma after a title that ends in a question mark (Chicago Manual of Style, 17th edition,
  § 6.125);
- a comma, colon or semicolon at the end, which is an affix of the style;
- a space before a colon or semicolon, as some countries print it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

__all__ = ["orphaned_signs"]

_ORPHANED: Final = re.compile(
    r"""
    (?<![.…])(?<!\.[ ])\.[ ]?\.(?![ ]?\.)     # two full stops; three are an ellipsis
    | [,;:][ ]?[.,;:](?![\w/.])     # a sign after a comma, semicolon or colon
    | [ ],(?!\w) | (?<!\.)[ ]\.(?![\w.]|[ ]\.)   # a space before a comma or full stop
    | [?!][ ]?[.:](?![\w.])         # a full stop after another end of a sentence
    | \.[”"’»]+[ ]?\. | ,[”"’»]+[ ]?[.,]      # a sign on both sides of a quotation mark
    | \([ ]?[\].,;:)] | \[(?!\.{3}\])[ ]?[\].,;:)]  # brackets with nothing, or a sign
    | [ ,;][)\]] | [(\[][ ]         # a sign or space within a bracket
    | \A[.,;:)\]]                   # a sign at the start
    """,
    re.VERBOSE,
)
_MARKUP: Final = re.compile(r"<[^<>]*>")


def orphaned_signs(text: str, item: Mapping[str, Any]) -> list[str]:
    """Return the orphaned and doubled signs of a text, with some context.

    Args:
        text: Plain text on one line.
        item: The CSL-JSON of the printed item.

    Example:
        >>> orphaned_signs("Night sky?. Leiden, , 2020. Well ...", {"title": "Night sky?"})
        ['t sky?. Leid', 'eiden, , 2020']
    """
    own = " ".join(_values(item))
    return [
        text[max(0, found.start() - 5) : found.end() + 5]
        for found in _ORPHANED.finditer(text)
        if len(found[0]) == 1 or found[0] not in own
    ]


def _values(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield _MARKUP.sub("", value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _values(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _values(one)
