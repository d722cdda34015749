"""The layout of an item: that of its language, where a style has several (CSL-M, "layout")."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from refcite.csl.render.item import Item
from refcite.csl.render.shapes import kind_of
from refcite.csl.style.elements import Area, Layout
from refcite.csl.style.locale import language_of, locale_tag

__all__ = ["LayoutChoice"]

_type_of: Callable[[Item], object] = attrgetter("type")


class LayoutChoice:
    """Selects the layouts of one area of a style.

    Args:
        area: The area.
        default: The language of items that have none.
        folds: Whether layouts are also compiled for the shapes of items (`render/shapes.py`).

    Attributes:
        default: The layout for languages without one.
        localizes: Whether some languages have a layout of their own.
        key_of: Returns what an item's compiled layout depends on: its shape or type, and its
            layout if there are several.
    """

    def __init__(self, area: Area, default: str, *, folds: bool = True) -> None:
        self.default = area.layout
        self.localizes = bool(area.localized)
        self._localized = area.localized
        self._language = default
        self._found: dict[str, Layout] = {}
        self._kind_of = kind_of if folds else _type_of
        self.key_of = self._kind_and_layout if area.localized else self._kind_of

    def layout_of(self, item: Item) -> Layout:
        """Return the layout for an item."""
        if not self._localized:
            return self.default
        language = item.language
        found = self._found.get(language)
        if found is None:
            found = self._found[language] = self._search(language or self._language)
        return found

    def _kind_and_layout(self, item: Item) -> object:
        return self._kind_of(item), id(self.layout_of(item))

    def _search(self, language: str) -> Layout:
        """Return the first layout for a locale, otherwise for its language, or the default one."""
        tag, primary = locale_tag(language), language_of(language)
        for layout in self._localized:
            for named in layout.locale:
                if locale_tag(named) == tag:
                    return layout
        for layout in self._localized:
            for named in layout.locale:
                if named.lower() == primary:
                    return layout
        return self.default
