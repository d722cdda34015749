"""Paths to elements of MODS, along which values are found and put.

A path is like `relatedItem[type=host]/part/detail[type=volume]/number`: a step with an attribute in
brackets is an element with that attribute; one with empty brackets has neither `type` nor
`authority`; one without any may have all.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.xmlread import XmlElement, children, local_name
from refcite.formats.xmlwrite import Element

__all__ = ["Step", "Tree", "parse", "place", "step_of"]

_STEP: Final = re.compile(r"(?P<tag>[\w-]+)(?P<is_said>\[(?:(?P<name>\w+)=(?P<text>[^\]]*))?\])?")
_TELLING: Final = ("type", "authority")
_ONLY_FIRST: Final = "relatedItem"
"""Of several, the first is used; the others are separate works."""


@frozen
class Step:
    """A step of a path.

    Attributes:
        tag: Local name of the element.
        name: Name of the attribute that it has, or an empty text.
        text: Value of that attribute.
        is_bare: Whether it has none of the attributes that change its meaning.
    """

    tag: str
    name: str = ""
    text: str = ""
    is_bare: bool = False

    def fits(self, element: XmlElement) -> bool:
        """Return whether an element of this name is meant."""
        if self.name:
            said = element.get(self.name)
            return said == self.text or (said or "").casefold() == self.text.casefold()
        return not (self.is_bare and any(element.get(name) for name in _TELLING))

    def is_of(self, element: Element) -> bool:
        """Return whether an element that is to be written is the one that is meant."""
        if element.tag != self.tag or element.source:
            return False
        if self.name:
            return element.attributes.get(self.name) == self.text
        return not any(name in element.attributes for name in _TELLING)


@cache
def parse(path: str) -> tuple[Step, ...]:
    """Return the steps of a path; none, if it is no path.

    Example:
        >>> parse("part/detail[type=volume]")[1]
        Step(tag='detail', name='type', text='volume', is_bare=False)
    """
    steps: list[Step] = []
    for part in path.split("/"):
        found = _STEP.fullmatch(part)
        if found is None:
            return ()
        is_bare = found["is_said"] == "[]"
        steps.append(Step(found["tag"], found["name"] or "", found["text"] or "", is_bare))
    return tuple(steps)


class Tree:
    """An element whose descendants are found along paths, with each level read once.

    Args:
        root: The element.

    Example:
        >>> from lxml import etree
        >>> tree = Tree(etree.fromstring("<mods><part><date>1998</date></part></mods>"))
        >>> [element.text for element in tree.find("part/date")]
        ['1998']
    """

    def __init__(self, root: XmlElement) -> None:
        self.root = root
        self._children: dict[XmlElement, dict[str, list[XmlElement]]] = {}

    def find(self, path: str) -> list[XmlElement]:
        """Return the elements at the end of a path, in their order."""
        level = [self.root]
        for step in parse(path):
            if not level:
                break
            level = [
                inner
                for element in level
                for inner in self._by_tag(element).get(step.tag, ())
                if step.fits(inner)
            ]
            if step.tag == _ONLY_FIRST:
                del level[1:]
        return level

    def tags(self) -> Set[str]:
        """Return the names of the root's children."""
        return self._by_tag(self.root).keys()

    def _by_tag(self, element: XmlElement) -> dict[str, list[XmlElement]]:
        found = self._children.get(element)
        if found is None:
            found = {}
            for inner in children(element):
                found.setdefault(local_name(inner), []).append(inner)
            self._children[element] = found
        return found


def step_of(element: XmlElement, tag: str) -> str:
    """Return the step that leads to an element."""
    text = element.get("type")
    return f"{tag}[type={text}]" if text and "]" not in text and "/" not in text else tag


def place(root: Element, path: str) -> Element:
    """Return a new element at the end of a path, in those that are there already.

    Example:
        >>> mods = Element("mods")
        >>> place(mods, "part/detail[type=volume]/number").text = "3"
        >>> place(mods, "part/detail[type=issue]/number").text = "2"
        >>> len(mods.children), len(mods.children[0].children)
        (1, 2)
    """
    *steps, last = parse(path)
    for step in steps:
        inner = next((one for one in reversed(root.children) if step.is_of(one)), None)
        if inner is None:
            inner = _new(step)
            root.children.append(inner)
        root = inner
    new = _new(last)
    root.children.append(new)
    return new


def _new(step: Step) -> Element:
    return Element(step.tag, {step.name: step.text} if step.name else {})
