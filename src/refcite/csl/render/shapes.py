"""The shapes of items: which variables of the style are set.

The items of a library have few shapes: journal articles with a volume and a DOI, books with an
edition. A style tests and prints dozens of variables, of which one item has ten. For a shape that
many items have, the elements are therefore compiled once more (*folded*): a variable that no item
of the shape has prints nothing, and a condition on a variable is true or false, so that most
elements and branches disappear before anything is printed.

What is known of a shape is only whether a variable has a value. All other conditions remain:
`is-numeric` and `is-uncertain-date` of a value, positions, locators, `disambiguate`. Rare shapes
use the elements that are compiled for their type only, since compiling costs as much as printing
dozens of items. So do explanations, which describe the elements that print nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final

from refcite.csl.render.item import Item
from refcite.csl.render.variables import sources_of
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["ANY_SHAPE", "Shape", "Shapes", "kind_of", "shape_of"]

_COMMON: Final = 20
"""The number of items from which on compiling for their shape costs less than it saves."""
_MOST: Final = 64
"""The maximum number of shapes for which a style is compiled, which limits the memory."""
_MOST_COUNTED: Final = 4096
"""The maximum number of shapes whose items are counted."""


class Shape:
    """What all items of a shape have.

    Attributes:
        items: The number of items that have this shape.
        is_common: Whether elements are compiled for it.
    """

    __slots__ = ("_known", "_values", "is_common", "items")

    def __init__(self, known: tuple[str, ...], values: tuple[bool, ...]) -> None:
        self._known = known
        self._values: tuple[bool, ...] | dict[str, bool] = values
        self.items = 0
        self.is_common = False

    def has(self, variable: str, form: str = "long") -> bool | None:
        """Return whether the items have a value for a variable, None if it is not known.

        Args:
            variable: The variable.
            form: `short` is the short form, or else the long one.

        Example:
            >>> shape = Shape(("page", "title", "title-short"), (False, True, False))
            >>> shape.has("title", "short"), shape.has("page"), shape.has("volume")
            (True, False, None)
        """
        if type(self._values) is tuple:
            # Only the shapes that are compiled need the table.
            self._values = dict(zip(self._known, self._values, strict=True))
        sources = sources_of(variable, form)
        if sources is None:
            return None
        found = [self._values.get(source) for source in sources]  # type: ignore[union-attr]
        return True if True in found else None if None in found else False


ANY_SHAPE: Final = Shape((), ())
"""The shape of which nothing is known."""


class Shapes:
    """The shapes of the items that are formatted in one style.

    Args:
        variables: The variables that the style tests or prints.
    """

    def __init__(self, variables: Iterable[str]) -> None:
        known = {
            source
            for variable in variables
            for form in ("long", "short")
            for source in sources_of(variable, form) or ()
        }
        self._known = tuple(sorted(known))
        attributes = [ATTRIBUTES[variable] for variable in self._known]
        # With a single name, `attrgetter` would return a value and not a tuple.
        self._values_of: Callable[[Record], tuple[Any, ...]] = attrgetter("type", "id", *attributes)
        self._shapes: dict[tuple[str, tuple[bool, ...]], Shape] = {}
        self._compiled = 0

    def add(self, item: Item) -> None:
        """Determine the shape of an item, and count the item."""
        _, _, *values = self._values_of(item.record)
        has = tuple(map(bool, values))
        shape = self._shapes.get((item.type, has))
        if shape is None:
            if len(self._shapes) >= _MOST_COUNTED:
                return
            shape = self._shapes[item.type, has] = Shape(self._known, has)
        shape.items += 1
        if shape.items == _COMMON and self._compiled < _MOST:
            self._compiled += 1
            shape.is_common = True
        item.shape = shape


def shape_of(item: Item) -> Shape:
    """Return the shape for which the elements of an item are compiled; that may be any shape."""
    shape: Shape | None = item.shape
    return shape if shape is not None and shape.is_common else ANY_SHAPE


def kind_of(item: Item) -> object:
    """Return what an item's compiled elements depend on: its shape, or its type if that is rare."""
    shape: Shape | None = item.shape
    return shape if shape is not None and shape.is_common else item.type
