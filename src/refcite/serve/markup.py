"""Formatted text for the page: the HTML of the citation processor as trees of known elements.

The page's Content-Security-Policy disables `style` attributes, and the page never creates elements
from text. Therefore it gets trees, in which only the markup in the tables below becomes elements;
anything else is text.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final, TypeAlias

__all__ = ["Tree", "tree_of"]

Tree: TypeAlias = "str | list[Tree]"
"""A text, or an element: its name, as `i`, `span.small-caps` or `a https://…`, then content."""

_TAG: Final = re.compile(r"<[^<>]*>")
_NAMES: Final = {
    **{f"<{name}>": name for name in ("i", "em", "b", "sup", "sub")},
    '<span style="font-style:normal;">': "span.upright",
    '<span style="font-variant:small-caps;">': "span.small-caps",
    '<span style="font-variant:normal;">': "span.no-caps",
    '<span style="font-weight:lighter;">': "span.light",
    '<span style="font-weight:normal;">': "span.regular",
    '<span style="text-decoration:underline;">': "span.underlined",
    '<span style="text-decoration:none;">': "span.plain",
    '<span style="baseline">': "span.baseline",
    **{
        f'<div class="csl-{name}">': f"div.csl-{name}"
        for name in ("block", "left-margin", "right-inline", "indent")
    },
}
_LINK: Final = re.compile(r'<a href="((?:https?|ftp)://[^"]*|mailto:[^"]*)">', re.IGNORECASE)
_ENDS: Final = frozenset({"</i>", "</em>", "</b>", "</sup>", "</sub>", "</span>", "</div>", "</a>"})
_DEEPEST: Final = 50


def tree_of(html: str) -> list[Tree]:
    """Return the contents of an entry in HTML as trees.

    Args:
        html: The output of the processor in the format `html`.

    Example:
        >>> tree_of('Knuth, <i>The <b>art</b></i> &#38; <script>')
        ['Knuth, ', ['i', 'The ', ['b', 'art']], ' & ', '<script>']
        >>> tree_of('<a href="https://doi.org/10.1/x">here</a>')
        [['a https://doi.org/10.1/x', 'here']]
    """
    top: list[Tree] = []
    open_: list[list[Tree]] = [top]
    skipped = 0
    position = 0
    for tag in _TAG.finditer(html):
        _add_text(open_[-1], html[position : tag.start()])
        position = tag.end()
        name = _name_of(tag[0])
        if tag[0] in _ENDS:
            if skipped:
                skipped -= 1
            elif len(open_) > 1:
                open_.pop()
        elif name is None:
            _add_text(open_[-1], tag[0])
        elif len(open_) > _DEEPEST:
            skipped += 1
        else:
            element: list[Tree] = [name]
            open_[-1].append(element)
            open_.append(element)
    _add_text(open_[-1], html[position:])
    return top


def _name_of(tag: str) -> str | None:
    link = _LINK.fullmatch(tag)
    return f"a {unescape(link[1])}" if link else _NAMES.get(tag)


def _add_text(content: list[Tree], text: str) -> None:
    if text:
        content.append(unescape(text))
