"""Lists of names that are not printed because of their number (CSL-M).

`suppress-min` is the least number of names of a list that is not printed, and `suppress-max` the
greatest. Institutions count as names. Zero has no effect.
"""

from __future__ import annotations

from collections.abc import Callable

from refcite.csl.render.context import Context
from refcite.csl.render.variables import attribute_for
from refcite.csl.style.elements import Names

__all__ = ["suppressed_counts", "suppressed_lists"]


def suppressed_counts(element: Names) -> Callable[[int], bool] | None:
    """Return which numbers of names in one list are suppressed; None if no number is.

    Args:
        element: The `cs:names`.

    Example:
        >>> from refcite.csl.style.elements import NameElement
        >>> names = Names(variables=("author",), name=NameElement(suppress_min=4, suppress_max=1))
        >>> is_suppressed = suppressed_counts(names)
        >>> [count for count in range(6) if is_suppressed(count)]
        [0, 1, 4, 5]
    """
    least = (element.name and element.name.suppress_min) or None
    most = (element.name and element.name.suppress_max) or None
    if least is None and most is None:
        return None
    return lambda count: (least is not None and count >= least) or count <= (most or 0)


def suppressed_lists(element: Names) -> Callable[[Context], bool] | None:
    """Return whether all names of an item are suppressed by their number; None if they never are.

    Args:
        element: The `cs:names`.
    """
    is_suppressed = suppressed_counts(element)
    if is_suppressed is None:
        return None
    attributes = tuple([attribute_for(name) or name for name in element.variables])

    def condition(ctx: Context) -> bool:
        counts = [count for count in map(len, map(ctx.item.names, attributes)) if count]
        return bool(counts) and all(map(is_suppressed, counts))

    return condition
