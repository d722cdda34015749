"""The citations of a document in order, and the works that they cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from refcite.csl.document.cited import Citation
from refcite.csl.document.cites import Cite, Cluster, leading_mode
from refcite.csl.document.listed_works import ContainerOf
from refcite.csl.document.positions import Place, PositionTracker
from refcite.csl.render.context import FIRST
from refcite.problems import CitationIndexError

__all__ = ["Document", "Placed"]

_FIRST: Final = Place(FIRST)

SortCites = Callable[[Cluster], tuple[Cite, ...]]
"""Puts the cites of a citation into the order in which they are printed."""


class Placed:
    """A citation in the document.

    Attributes:
        cluster: The requested cluster.
        sorted: Its cites in the order in which they are printed.
        places: Their positions.
        text: Its text, None if it must be rendered.
        returned: The text that was returned last.
        rests_on: The other data on which the text depends: the text is valid until they change.
    """

    __slots__ = ("cluster", "places", "rests_on", "returned", "sorted", "text")

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.sorted: tuple[Cite, ...] = cluster.cites
        self.places: list[Place] = []
        self.text: Citation | None = None
        self.returned: Citation | None = None
        self.rests_on: object = None


class Document:
    """The citations of a document.

    Args:
        near_note_distance: The style's option of the same name.
        has_positions: Whether the style uses positions; otherwise all cites are first cites.
        container_of: Returns the container of a work, if the style tracks containers (CSL-M).
    """

    def __init__(
        self,
        near_note_distance: int,
        has_positions: bool,
        container_of: ContainerOf | None = None,
    ) -> None:
        self._has_positions = has_positions
        self._near_note_distance = near_note_distance
        self._container_of = container_of
        self._placed: list[Placed] = []
        self._citing: dict[str, set[Placed]] = {}
        self._notes_restart = True
        self._tracker = self._new_tracker()
        self.first_notes: dict[str, int] = {}

    def restart_notes(self, restart: bool) -> None:
        """Set whether a smaller number of a note begins a new chapter, before any citation."""
        self._notes_restart = restart
        self._tracker = self._new_tracker()

    def _new_tracker(self) -> PositionTracker:
        return PositionTracker(self._near_note_distance, self._container_of, self._notes_restart)

    def __len__(self) -> int:
        return len(self._placed)

    def __iter__(self) -> Iterator[Placed]:
        return iter(self._placed)

    def append(self, cluster: Cluster) -> tuple[Placed, list[str]]:
        """Append a citation; return it with the works that are first cited in its note."""
        placed = Placed(cluster)
        self._placed.append(placed)
        self._enter(placed)
        new = [cite.id for cite in cluster.cites if cite.id not in self.first_notes]
        if not cluster.note or not new:
            return placed, []
        self.first_notes.update(dict.fromkeys(new, cluster.note))
        return placed, new

    def insert(self, index: int, cluster: Cluster) -> None:
        """Insert a citation before the one at `index`, or at the end, as `list.insert` does."""
        placed = Placed(cluster)
        self._placed.insert(index, placed)
        self._enter(placed)

    def replace(self, index: int, cluster: Cluster) -> None:
        """Replace a citation."""
        index = self._index(index)
        before, placed = self._placed[index], Placed(cluster)
        placed.returned = before.returned
        self._placed[index] = placed
        self._leave(before)
        self._enter(placed)

    def remove(self, index: int) -> None:
        """Remove a citation."""
        self._leave(self._placed.pop(self._index(index)))

    def move(self, index: int, to: int) -> None:
        """Move a citation to the index `to`."""
        index, to = self._index(index), self._index(to)
        self._placed.insert(to, self._placed.pop(index))

    def _index(self, index: int) -> int:
        """Return an index counted from the start; a negative one counts from the end."""
        count = len(self._placed)
        if not -count <= index < count:
            has = "1 citation" if count == 1 else f"{count or 'no'} citations"
            raise CitationIndexError(f"there is no citation {index}; the document has {has}")
        return index % count

    def rewrite(self, clusters: Iterable[Cluster]) -> None:
        """Replace all citations."""
        self._citing.clear()
        self._placed = [Placed(cluster) for cluster in clusters]
        for placed in self._placed:
            self._enter(placed)

    def _enter(self, placed: Placed) -> None:
        for cite in placed.cluster.cites:
            self._citing.setdefault(cite.id, set()).add(placed)

    def _leave(self, placed: Placed) -> None:
        for cite in placed.cluster.cites:
            self._citing[cite.id].discard(placed)

    def cited(self) -> list[str]:
        """Return the keys of the works in the order in which they are first cited."""
        return list(
            dict.fromkeys(cite.id for placed in self._placed for cite in placed.cluster.cites)
        )

    def citing(self, keys: Iterable[str]) -> set[Placed]:
        """Return the citations that cite any of the works."""
        found: set[Placed] = set()
        for key in keys:
            found |= self._citing.get(key, set())
        return found

    def find_first_notes(self) -> set[str]:
        """Find again the notes that cite works first; return the citations that changed."""
        before, now = self.first_notes, dict[str, int]()
        for placed in self._placed:
            note = placed.cluster.note
            if note:
                for cite in placed.cluster.cites:
                    now.setdefault(cite.id, note)
        self.first_notes = now
        return {key for key, _ in before.items() ^ now.items()}

    # Positions

    def place(self, placed: Placed, sort: SortCites) -> bool:
        """Find the positions of the last citation's cites; return whether they changed."""
        before = placed.sorted, placed.places
        cluster = placed.cluster
        placed.sorted = sort(cluster)
        if self._has_positions:
            placed.places = self._tracker.place(
                placed.sorted, cluster.note, leading_mode(cluster) == "author-only"
            )
        else:
            placed.places = [_FIRST] * len(placed.sorted)
        if before == (placed.sorted, placed.places):
            return False
        placed.text = None
        return True

    def place_all(self, sort: SortCites) -> list[Placed]:
        """Find the positions of all cites again; return the citations whose positions changed."""
        self._tracker = self._new_tracker()
        return [placed for placed in self._placed if self.place(placed, sort)]
