"""The works that a bibliography lists, and the containers of works (CSL-M).

A style of CSL-M may exclude works from its bibliography by their type or variables
(`exclude-types`, `exclude-with-fields`), test whether a work in the same container comes before
(`track-containers`), and list only the first work of each container (`consolidate-containers`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from attrs import field, frozen

from refcite.csl.render.context import CONTAINER_MULTIPLE, CONTAINER_SUBSEQUENT, Context
from refcite.csl.render.item import Item
from refcite.csl.render.variables import presence_of
from refcite.csl.style.elements import Style

__all__ = ["ContainerOf", "ListedWorks", "WorksToList"]

ContainerOf = Callable[[str], object]
"""Returns what identifies the container of a work, None if it has none that is tracked."""


@frozen
class ListedWorks:
    """The works of a bibliography.

    Attributes:
        keys: The keys of the works, in order.
        places: Bits of `refcite.csl.render.context`, by key, of works that share a container.
        excluded: The keys of the works that the style does not list.
    """

    keys: tuple[str, ...]
    places: Mapping[str, int] = field(factory=dict)
    excluded: tuple[str, ...] = ()


class WorksToList:
    """Selects the works that the bibliography of a style lists.

    Args:
        style: The style.
        items: The works by key; others may be added later.

    Attributes:
        selects: Whether the bibliography can depend on other works, or omit some.
        tracks: Whether containers are tracked.
    """

    def __init__(self, style: Style, items: Mapping[str, Item]) -> None:
        listing = style.bibliography
        self._items = items
        self._consolidated = frozenset(listing.consolidate_containers if listing else ())
        self._tracked = self._consolidated.union(style.track_containers)
        self._types = frozenset(listing.exclude_types if listing else ())
        variables = listing.exclude_with_fields if listing else ()
        self._are_present = tuple(map(presence_of, variables))
        self.tracks = bool(self._tracked)
        self.selects = bool(self._tracked or self._types or variables)

    def container_of(self, key: str) -> object:
        """Return what identifies the container of a work, None if it has none that is tracked.

        Works are in the same container if type, container title, publisher and edition agree. This
        is how citeproc-js compares them. Works without a container title are in no container; in
        citeproc-js they are all in the same.
        """
        item = self._items[key]
        record = item.record
        if item.type not in self._tracked or not record.container_title:
            return None
        return item.type, record.container_title, record.publisher, record.edition

    def select(self, keys: Iterable[str]) -> ListedWorks:
        """Return the works that are listed.

        Args:
            keys: The keys of all works, in the order of the bibliography.
        """
        listed, excluded = [], []
        places: dict[str, int] = {}
        works = list(keys)
        containers = {key: self.container_of(key) for key in works}
        counts = Counter(containers.values())
        met = set()
        for key in works:
            item, container = self._items[key], containers[key]
            place = 0
            if container is not None:
                place = CONTAINER_MULTIPLE if counts[container] > 1 else 0
                place |= CONTAINER_SUBSEQUENT if container in met else 0
                met.add(container)
            if place & CONTAINER_SUBSEQUENT and item.type in self._consolidated:
                continue
            if self._is_excluded(item):
                excluded.append(key)
                continue
            listed.append(key)
            if place:
                places[key] = place
        return ListedWorks(tuple(listed), places, tuple(excluded))

    def _is_excluded(self, item: Item) -> bool:
        if item.type in self._types:
            return True
        return any(is_present(Context(item)) for is_present in self._are_present)
