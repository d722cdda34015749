"""The position of a cite: first, subsequent, ibid, near its note (specification, "position").

Cites in the text and cites in notes are counted separately, as citeproc-js does.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from refcite.csl.document.cites import Cite
from refcite.csl.document.listed_works import ContainerOf
from refcite.csl.render.context import (
    CONTAINER_SUBSEQUENT,
    FIRST,
    IBID,
    IBID_WITH_LOCATOR,
    NEAR_NOTE,
    SUBSEQUENT,
)

__all__ = ["Place", "PositionTracker"]


@frozen
class Place:
    """The position of one cite.

    Attributes:
        position: A set of bits (`refcite.csl.render.context`).
        first_note: The note that cited the work first, if it is another one.
        first_container_note: The same for the container of the work (CSL-M).
    """

    position: int
    first_note: int | None = None
    first_container_note: int | None = None


class _Run:
    """The citations of the text, or of the notes, so far."""

    def __init__(self) -> None:
        self.first_notes: dict[str, int] = {}
        self.last_notes: dict[str, int] = {}
        self.containers: dict[object, int] = {}
        self.cites_in_note: dict[int, int] = {}
        self.before: Sequence[Cite] = ()
        self.note = 0
        self.last_id: str | None = None
        self.was_author_only = False


class PositionTracker:
    """Assigns positions to the cites of citations, which are passed in document order.

    Args:
        near_note_distance: The style's option of the same name.
        container_of: Returns the container of a work, if the style tracks containers (CSL-M).
        notes_restart: Whether a smaller number of a note begins a new chapter.
    """

    def __init__(
        self,
        near_note_distance: int,
        container_of: ContainerOf | None = None,
        notes_restart: bool = True,
    ) -> None:
        self._notes_restart = notes_restart
        self._distance = near_note_distance
        self._container_of = container_of
        self._text = _Run()
        self._notes = _Run()

    def place(self, cites: Sequence[Cite], note: int | None, author_only: bool) -> list[Place]:
        """Return the places of the cites of the next citation.

        Args:
            cites: The cites, in the order in which they are printed.
            note: The number of the note, None in the text.
            author_only: Whether only authors are printed, which is not a cite.
        """
        number = note or 0
        run = self._notes if number else self._text
        if number and run.note > number and self._notes_restart:
            # The numbers of notes start again, as in a new chapter.
            run = self._notes = _Run()
        counted = run.cites_in_note.get(number, 0)
        run.cites_in_note[number] = counted + len(cites)
        places = [
            self._place_one(cites, index, number, run, author_only) for index in range(len(cites))
        ]
        if self._container_of is not None and not author_only:
            places = [
                _with_container(place, self._container_of(cite.id), number, run)
                for place, cite in zip(places, cites, strict=True)
            ]
        run.before, run.note = cites, number
        if not author_only and cites:
            run.last_id = cites[-1].id
        return places

    def _place_one(
        self, cites: Sequence[Cite], index: int, note: int, run: _Run, author_only: bool
    ) -> Place:
        cite = cites[index]
        key = cite.id
        if key not in run.first_notes:
            if not author_only:
                run.first_notes[key] = run.last_notes[key] = note
            return Place(FIRST)
        position = SUBSEQUENT | self._ibid(cites, index, note, run)
        if author_only:
            position = FIRST
        first = run.first_notes[key]
        if position != FIRST and (not note or note - run.last_notes[key] <= self._distance):
            position |= NEAR_NOTE
        if note:
            run.last_notes[key] = note
        return Place(position, first if first != note else None)

    def _ibid(self, cites: Sequence[Cite], index: int, note: int, run: _Run) -> int:
        cite = cites[index]
        if index:
            before = cites[index - 1]
        elif not run.before:
            return 0
        elif run.note == note and note:
            if run.last_id != cite.id:
                return 0
            before = run.before[-1]
        else:
            alone = run.cites_in_note.get(run.note) == 1 if run.note else len(run.before) == 1
            if not alone or run.note < note - 1:
                return 0
            before = run.before[0]
        if before.id != cite.id:
            return 0
        if not before.locator:
            return IBID | IBID_WITH_LOCATOR if cite.locator else IBID
        if not cite.locator:
            return 0
        same = (before.locator, before.label) == (cite.locator, cite.label)
        return IBID if same else IBID | IBID_WITH_LOCATOR


def _with_container(place: Place, container: object, note: int, run: _Run) -> Place:
    """Return a place with the note that cited the container first.

    A first cite of a work in a container that was cited before is not in the position `first`.
    """
    if container is None:
        return place
    first = run.containers.get(container)
    if first is None:
        run.containers[container] = note
        return place
    position = place.position & ~FIRST | CONTAINER_SUBSEQUENT
    return Place(position, place.first_note, first if first != note else None)
