"""Docstrings for Sphinx: their Markdown becomes reStructuredText, before napoleon reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*(?:\(\))?")
_ITEM = re.compile(r"\s*- ")


def as_rst(lines: Iterable[str]) -> Iterator[str]:
    """Yield a docstring's lines with its code spans and lists as reStructuredText has them.

    Names in code spans become references, which Sphinx resolves where it knows the name; all else
    is literal text. Examples stay as they are.

    Example:
        >>> list(as_rst(["A `Record` of `<i>`:", "- one", "", ">>> '`a`'"]))
        ['A :py:obj:`Record` of ``<i>``:', '', '- one', '', ">>> '`a`'"]
    """
    paragraph: list[str] = []
    is_example = False
    for line in lines:
        if not line.strip():
            is_example = False
        elif line.lstrip().startswith(">>> "):
            is_example = True
        if line.strip() and not is_example:
            paragraph.append(line)
            continue
        yield from _paragraph(paragraph)
        paragraph.clear()
        yield line
    yield from _paragraph(paragraph)


def _paragraph(lines: list[str]) -> Iterator[str]:
    before = "- "
    for line in _CODE.sub(_code, "\n".join(lines)).splitlines():
        if _ITEM.match(line) and not _ITEM.match(before):
            yield ""  # a list is a paragraph of its own
        before = line
        yield line


def _code(match: re.Match[str]) -> str:
    text = re.sub(r"\s*\n\s*", " ", match[2]).strip()
    return f":py:obj:`{text}`" if _NAME.fullmatch(text) else f"``{text}``"


def _process(
    app: Sphinx, what: str, name: str, obj: object, options: Any, lines: list[str]
) -> None:
    lines[:] = as_rst(lines)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the transform, ahead of napoleon."""
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-process-docstring", _process, priority=100)
    return {"parallel_read_safe": True}
