"""Writing readable XML: one element per line, texts unchanged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import define, field

from refcite.characters import without_surrogates

__all__ = ["Element", "attribute_text", "element_text"]

_ILLEGAL: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT: Final = re.compile(r"[&<>\r]")
_IN_ATTRIBUTE: Final = re.compile(r"[&<>\"\t\r\n]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"&#{ord(found[0])};"


def element_text(text: str) -> str:
    """Return a text unchanged between tags; characters that XML does not allow are omitted.

    Example:
        >>> element_text("R&D < 5")
        'R&amp;D &lt; 5'
    """
    return _IN_TEXT.sub(_escaped, _ILLEGAL.sub("", without_surrogates(text)))


def attribute_text(text: str) -> str:
    """Return a text unchanged between double quotes.

    Example:
        >>> attribute_text('say "a"')
        'say &quot;a&quot;'
    """
    return _IN_ATTRIBUTE.sub(_escaped, _ILLEGAL.sub("", without_surrogates(text)))


@define
class Element:
    """An element to be written.

    Attributes:
        tag: Its name, with a prefix if it has one.
        attributes: Its attributes.
        text: Its text, if it has no children.
        children: Its children.
        source: XML that is written in place of the element.
        is_mixed: Whether the children are text, between which there must be no white space.

    Example:
        >>> print(Element("a", children=[Element("b", {"c": "1"}, "x")]).xml())
        <a>
          <b c="1">x</b>
        </a>
    """

    tag: str = ""
    attributes: Mapping[str, str] = field(factory=dict)
    text: str = ""
    children: list[Element] = field(factory=list)
    source: str = ""
    is_mixed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it is empty."""
        return not (self.text or self.children or self.source)

    def xml(self, indent: str = "") -> str:
        """Return the element as XML, each line after the first indented."""
        if self.source:
            return self.source
        start = "".join([self.tag, *self._written_attributes()])
        if self.children:
            return f"<{start}>{self._inner(indent)}</{self.tag}>"
        if not self.text:
            return f"<{start}/>"
        return f"<{start}>{element_text(self.text)}</{self.tag}>"

    def _written_attributes(self) -> list[str]:
        return [f' {name}="{attribute_text(text)}"' for name, text in self.attributes.items()]

    def _inner(self, indent: str) -> str:
        if self.is_mixed:
            return "".join(inner.xml() for inner in self.children)
        deeper = f"{indent}  "
        return "".join(f"\n{deeper}{inner.xml(deeper)}" for inner in self.children) + f"\n{indent}"
