"""Texts with the markup of a record, as elements of XML that mark words by their look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from refcite.formats.jatstext import clean
from refcite.formats.xmlread import XmlElement, local_name
from refcite.formats.xmlwrite import Element, element_text
from refcite.richtext import END, Kind, Open, tokens

__all__ = ["marked_element", "marked_text"]

_LEFT_OUT: Final = frozenset(("fn", "xref", "tex-math", "annotation", "annotation-xml"))
"""Notes and references to them, and other forms of a formula."""


def marked_text(element: XmlElement, kind_of: Callable[[XmlElement], Kind | None]) -> str:
    r"""Return the text of an element in one line, with the markup of CSL.

    Args:
        element: The element.
        kind_of: Returns the markup that an element inside it means, or None.

    Example:
        >>> from lxml import etree
        >>> title = etree.fromstring("<t>On <hi>E. coli</hi>\n in <u>water</u></t>")
        >>> marked_text(title, lambda one: "i" if one.tag == "hi" else None)
        'On <i>E. coli</i> in water'
    """
    text = "".join(_pieces(element, kind_of)) if len(element) else str(element.text or "")
    return " ".join(text.split())


def _pieces(element: XmlElement, kind_of: Callable[[XmlElement], Kind | None]) -> Iterator[str]:
    yield str(element.text or "")
    for inner in element:
        name = local_name(inner)
        if name == "math":
            yield clean(str(etree.tostring(inner, encoding=str, with_tail=False)))
        elif not name:
            yield str(inner.text or "")  # an entity
        elif name == "break" or name == "lb":
            yield " "
        elif name not in _LEFT_OUT:
            kind = kind_of(inner)
            text = "".join(_pieces(inner, kind_of))
            yield f"<{kind}>{text}</{kind}>" if kind and text.strip() else text
        yield str(inner.tail or "")


def marked_element(
    text: str, tag: str, tag_of: Callable[[Kind], Element | None], attributes: dict[str, str]
) -> Element:
    """Return an element with a text of a record, whose markup becomes elements.

    Args:
        text: The text, with the markup of CSL.
        tag: The name of the element.
        tag_of: Returns an empty element for a kind of markup; None if there is none.
        attributes: The attributes of the element.

    Example:
        >>> element = marked_element("On <i>E. coli</i>", "t", lambda kind: Element("hi"), {})
        >>> element.xml()
        '<t>On <hi>E. coli</hi></t>'
    """
    found = tokens(text)
    if all(isinstance(token, str) for token in found):
        return Element(tag, attributes, "".join(map(str, found)))
    root = Element(tag, attributes, is_mixed=True)
    open_ = [root]
    for token in found:
        if isinstance(token, Open):
            inner = tag_of(token.kind)
            if inner is None:
                open_.append(open_[-1])
                continue
            inner.is_mixed = True
            open_[-1].children.append(inner)
            open_.append(inner)
        elif token is END:
            open_.pop()
        else:
            open_[-1].children.append(Element(source=element_text(str(token))))
    return root
