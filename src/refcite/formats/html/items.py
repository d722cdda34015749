"""Microdata and RDFa Lite, converted to the nodes of JSON-LD.

Sources: the HTML standard, "Microdata"; RDFa Lite 1.1 (W3C). Both are read with the words of
schema.org only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from refcite.formats.html.page import text_of
from refcite.formats.jsonld import is_schema_org

__all__ = ["items_of"]

_MOST_ITEMS: Final = 2_000
_MOST_PROPERTIES: Final = 4_000
_ADDRESSES: Final = {
    "a": "href",
    "area": "href",
    "link": "href",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "source": "src",
    "track": "src",
    "video": "src",
    "object": "data",
    "data": "value",
    "meter": "value",
    "time": "datetime",
}
Item = dict[str, Any]


def items_of(root: etree._Element, kind: str) -> list[Item]:
    """Return the outermost items of a page, each with its properties and the items in them.

    Args:
        root: The page.
        kind: `microdata` or `rdfa`.

    Example:
        >>> root = etree.HTML('<div itemscope itemtype="https://schema.org/Book">'
        ...                   '<b itemprop=name>One</b></div>')
        >>> items_of(root, "microdata")
        [{'@type': ['https://schema.org/Book'], 'name': 'One'}]
    """
    return _Walker(kind).items(root)


class _Walker:
    def __init__(self, kind: str) -> None:
        is_microdata = kind == "microdata"
        self._scope = "itemscope" if is_microdata else "typeof"
        self._property = "itemprop" if is_microdata else "property"
        self._is_microdata = is_microdata
        self._count = 0
        self._properties = 0

    def items(self, root: etree._Element) -> list[Item]:
        found: list[Item] = []
        # The items that are open, with the element to which each belongs.
        open_items: list[tuple[etree._Element, Item]] = []
        scope, mark = self._scope, self._property
        for element in root.iter(etree.Element):
            names = element.get(mark)
            is_scope = element.get(scope) is not None and self._count < _MOST_ITEMS
            if names is None and not is_scope:
                continue
            while open_items and not _is_in(element, open_items[-1][0]):
                open_items.pop()
            item = self._item(element) if is_scope else None
            if names is not None and open_items and self._properties < _MOST_PROPERTIES:
                self._properties += 1
                value = item if item is not None else self._value(element)
                for name in list(self._names(names))[:5]:
                    _put(open_items[-1][1], name, value)
            elif item is not None:
                found.append(item)
            if item is not None:
                open_items.append((element, item))
        return found

    def _item(self, element: etree._Element) -> Item:
        self._count += 1
        types = element.get("itemtype" if self._is_microdata else "typeof") or ""
        item: Item = {}
        names = [self._whole(name) for name in types.split()[:5]]
        if names:
            item["@type"] = names
        name = element.get("itemid" if self._is_microdata else "resource")
        if name:
            item["@id"] = name
        return item

    def _whole(self, name: str) -> str:
        """Return the whole name of a type; RDFa's may have a prefix, or be in a vocabulary."""
        prefix, colon, rest = name.partition(":")
        if is_schema_org(name) or not colon:
            return name
        return rest if prefix in {"schema", "s"} else name

    def _names(self, names: str) -> Iterator[str]:
        for name in names.split():
            prefix, colon, rest = name.partition(":")
            if not colon:
                yield name
            elif prefix in {"schema", "s"}:
                yield rest
            elif is_schema_org(name):
                yield name.rstrip("/").rpartition("/")[2]

    def _value(self, element: etree._Element) -> str:
        content = element.get("content")
        if content is not None:
            return content
        attribute = _ADDRESSES.get(str(element.tag))
        value = element.get(attribute) if attribute else None
        return value if value is not None else text_of(element)


def _is_in(element: etree._Element, outer: etree._Element) -> bool:
    """Return whether an element is in one of some others that is not too far away."""
    for step, one in enumerate(element.iterancestors()):
        if one is outer:
            return True
        if step > _DEEPEST:
            break
    return False


_DEEPEST: Final = 300


def _put(item: Item, name: str, value: Any) -> None:
    before = item.get(name)
    if before is None:
        item[name] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        item[name] = [before, value]
