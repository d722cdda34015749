"""The plain text of what the three processors print.

Only markup is removed, so that the texts can be compared:

- elements of HTML and nodes of pandoc's documents, so italics, small capitals and links;
- the boundaries of blocks, such as the number and the text of an entry: they become a space;
- runs of white space, and no-break spaces: they become one space;
- the error text that citeproc-js prints for a cite without output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import lxml.html

__all__ = ["text_of_html", "text_of_nodes"]

_BLOCKS: Final = frozenset({"div", "p", "br"})
_BLOCK_CLASSES: Final = frozenset(
    {"csl-left-margin", "csl-right-inline", "csl-block", "csl-indent"}
)
_SPACES: Final = re.compile(r"[ \t\r\n\u00a0\u202f]+")
_NO_OUTPUT: Final = re.compile(r"\[CSL STYLE ERROR: reference with no printed form\.\]")


def text_of_html(html: str) -> str:
    """Return the text of the HTML that refcite or citeproc-js prints.

    Example:
        >>> text_of_html("<div>[1]</div><div>On <i>T. rex</i> &#38; co.</div>")
        '[1] On T. rex & co.'
    """
    page = lxml.html.fromstring(f"<div>{html}</div>")
    for element in page.iter():
        if element.tag in _BLOCKS:
            element.text = f" {element.text or ''}"
            element.tail = f" {element.tail or ''}"
    return _one_line(_NO_OUTPUT.sub("", "".join(map(str, page.itertext()))))


def text_of_nodes(nodes: object) -> str:
    """Return the text of nodes of a pandoc document.

    Example:
        >>> text_of_nodes([{"t": "Emph", "c": [{"t": "Str", "c": "On"}]}, {"t": "Space"}])
        'On'
    """
    return _one_line("".join(_texts(nodes)))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _texts(one)
        return
    if not isinstance(node, dict):
        return
    kind: str = node["t"]
    contents: Any = node.get("c")
    if kind == "Str":
        yield contents
    elif kind in {"Space", "SoftBreak", "LineBreak"}:
        yield " "
    elif kind in {"Code", "RawInline", "Math"}:
        yield contents[1]
    elif kind == "Quoted":
        left, right = "‘’" if contents[0]["t"] == "SingleQuote" else "“”"
        yield left
        yield from _texts(contents[1])
        yield right
    elif kind in {"Span", "Div", "Link", "Cite"}:
        edge = " " if kind == "Div" or _is_block(kind, contents) else ""
        yield edge
        yield from _texts(contents[1])
        yield edge
    elif kind in {"Para", "Plain"}:
        yield " "
        yield from _texts(contents)
        yield " "
    else:
        yield from _texts(contents)


def _is_block(kind: str, contents: list[Any]) -> bool:
    return kind == "Span" and not _BLOCK_CLASSES.isdisjoint(contents[0][1])


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
