"""The state of one rendering of one item: the item, its cite, and the output so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from attrs import field, frozen

from refcite.csl.render.item import Item, PreparedName
from refcite.csl.render.labelled_numbers import read_locator
from refcite.csl.text.stream import Stream
from refcite.record import Record

__all__ = [
    "COMPARED",
    "CONTAINER_MULTIPLE",
    "CONTAINER_SUBSEQUENT",
    "EMPTY",
    "FIRST",
    "IBID",
    "IBID_WITH_LOCATOR",
    "NEAR_NOTE",
    "NO_EXPANSION",
    "NO_VARIABLE",
    "SILENCE",
    "SUBSEQUENT",
    "SUCCESS",
    "Context",
    "Expansion",
    "Render",
    "ShownList",
]

# Positions are sets of bits: an ibid is also subsequent (specification, "position").
FIRST: Final = 1
SUBSEQUENT: Final = 2
IBID: Final = 4
IBID_WITH_LOCATOR: Final = 8
NEAR_NOTE: Final = 16
# Not a position: a cite that is compared with others has the shorter list of names of both limits.
COMPARED: Final = 32
# Of a work whose container was cited or listed before, or contains several listed works (CSL-M).
CONTAINER_SUBSEQUENT: Final = 64
CONTAINER_MULTIPLE: Final = 128

# The status of the variables called by a rendered element (specification, "Group").
NO_VARIABLE: Final = 0
EMPTY: Final = 1
SUCCESS: Final = 2

SILENCE: Final = ""
"""The mark among recorded variables for a term that is defined as an empty text."""


@frozen
class Expansion:
    """How far disambiguation has expanded one item's cites.

    Attributes:
        names: Names shown of each name list, counted over the cite; 0 is the number in the style.
        givens: For (list, name): 1 shows initials, 2 the full given name.
        disambiguate: How many conditions of that name are true, in the order of evaluation.
    """

    names: tuple[int, ...] = ()
    givens: Mapping[tuple[int, int], int] = field(factory=dict, hash=False)
    disambiguate: int = 0


NO_EXPANSION: Final = Expansion()


class ShownList(NamedTuple):
    """One list of names, as it is shown in a cite.

    Attributes:
        names: All its names.
        shown: How many of them are printed.
        is_incomplete: Whether the work has more names than the record.
    """

    names: tuple[PreparedName, ...]
    shown: int
    is_incomplete: bool = False


class Context:
    """The state of one rendering.

    Attributes:
        item: The work.
        record: Its record, from which variables are read.
        locator: The cite's locator.
        label: The locator's label: the one that the locator begins with, if it does.
        label_form: The form of labels that are inside a locator or number.
        label_start: Where in the stream the first label of the group around starts.
        printed_numbers: The variables that a group with `reject` or `require` has printed.
        number_label: The variable whose label was printed last.
        number_wrap: A term with a place for the numbers that come next, `%s`.
        position: The cite's position, a set of bits.
        first_note: Number of the note that cited the work first.
        first_container_note: Number of the note that cited the container of the work first; unset
            if there is none (CSL-M).
        number: The work's citation number, 0 if there is none yet.
        expansion: The additions of disambiguation.
        year_suffix: The work's year suffix, or an empty text.
        brackets: How many round brackets of affixes are open.
        suffix_placed: Whether the year suffix was printed.
        substituted: The variables that were printed by `cs:substitute`.
        recorded: The variables that are printed inside `cs:substitute`.
        name_lists: The number of name lists so far.
        names_met: Whether a `cs:names` was printed.
        suppress_author: Whether the first names are to be omitted.
        printed: Whether a variable, term or value was printed.
        lists: The lists of names so far, recorded for disambiguation.
        years: The years that were printed.
        known_years: The years of the cite before, which are not repeated.
        conditions: How often the condition `disambiguate` was tested.
    """

    __slots__ = (
        "brackets",
        "conditions",
        "expansion",
        "first_container_note",
        "first_note",
        "item",
        "known_years",
        "label",
        "label_form",
        "label_start",
        "lists",
        "locator",
        "name_lists",
        "names_met",
        "number",
        "number_label",
        "number_wrap",
        "position",
        "printed",
        "printed_numbers",
        "record",
        "recorded",
        "substituted",
        "suffix_placed",
        "suppress_author",
        "year_suffix",
        "years",
    )

    first_container_note: int

    def __init__(
        self,
        item: Item,
        *,
        expansion: Expansion = NO_EXPANSION,
        position: int = 0,
        locator: str | None = None,
        label: str = "page",
        number: int = 0,
        year_suffix: str = "",
        first_note: int | None = None,
        suppress_author: bool = False,
    ) -> None:
        if locator is not None:
            label, locator = read_locator(locator, label)
        self.item = item
        self.record: Record = item.record
        self.locator = locator
        self.label = label
        self.position = position
        self.first_note = first_note
        self.number = number
        self.expansion = expansion
        self.year_suffix = year_suffix
        self.suffix_placed = False
        self.brackets = 0
        self.substituted: frozenset[str] = frozenset()
        self.recorded: list[str] = []
        self.name_lists = 0
        self.names_met = False
        self.suppress_author = suppress_author
        self.printed = False
        self.lists: list[ShownList] | None = None
        self.years: list[str] = []
        self.known_years: tuple[str, ...] = ()
        self.conditions = 0
        self.label_form = "short"
        self.label_start = -1
        self.printed_numbers: frozenset[str] = frozenset()
        self.number_label = ""
        self.number_wrap: str | None = None

    def is_substituted(self, variable: str) -> bool:
        """Whether a variable was printed in place of names, and must not be printed again."""
        return variable in self.substituted or variable in self.recorded


Render = Callable[[Context, Stream], int]
"""A compiled element: appends its output to a stream, and returns the status of its variables."""
