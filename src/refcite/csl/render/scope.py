"""The scope of an element that is compiled: its area of the style, and its place there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol, TypeVar

from attrs import evolve, field, frozen

from refcite.csl.render.abbreviations import Abbreviations
from refcite.csl.render.context import Render
from refcite.csl.render.highlight import Highlights
from refcite.csl.render.item import Item
from refcite.csl.render.shapes import ANY_SHAPE, Shape
from refcite.csl.render.style_facts import StyleFacts
from refcite.csl.style.attributes import Look
from refcite.csl.style.elements import Area, Key, NameOptions, Names, Style
from refcite.csl.style.locale import Locale
from refcite.csl.text.field_markup import append_raw, append_text
from refcite.csl.text.stream import Mark

__all__ = ["AreaScope", "KnownNames", "Observe", "ObservedPart", "Scope", "unobserved"]

ObservedPart = Literal[
    "list",
    "name",
    "name-part",
    "name-part-affix",
    "count",
    "delimiter",
    "space",
    "delimiter-precedes-last",
    "delimiter-precedes-et-al",
    "and",
    "et-al",
    "et-al-use-last",
    "label",
    "date-part",
]
"""The parts of elements that an explanation describes separately."""

_Work = TypeVar("_Work", bound=Callable[..., None])


class Observe(Protocol):
    """Returns the function that renders a part of an element; an explanation wraps it."""

    def __call__(self, source: Any, part: ObservedPart, work: _Work, /) -> _Work:
        """Return the function that renders the part.

        Args:
            source: The element, or an object built from it.
            part: The part.
            work: The function that appends the part to a stream.
        """
        ...


def unobserved(_source: Any, _part: ObservedPart, work: _Work, /) -> _Work:
    """Return the function itself: nothing watches the part."""
    return work


KnownNames = dict[object, dict[object, tuple[str | Mark, ...]]]
"""The output of names, by the settings that it depends on and by name."""


@frozen(kw_only=True, eq=False)
class AreaScope:
    """One area of a style, for items of one type: the data that all its elements share.

    Attributes:
        style: The style.
        facts: Facts about the whole style.
        locale: The locale in force.
        item_type: The type of the items to be rendered.
        shape: What is known of their variables.
        in_citation: Whether the area is `cs:citation`.
        key: The sort key that is compiled, None for printing.
        links: Whether addresses and identifiers become links.
        tags_title: Whether the title is tagged, which may become a link.
        typographic: Whether straight quotation marks and apostrophes become typographic.
        observe: What watches the parts of elements at work.
        known_names: The output of names under the settings of their `cs:name`.
        abbreviations: The abbreviation lists.
        highlights: The names that are printed in bold.
        narrates: Whether names are for the running text: not inverted, and without labels.
        spells_and: Whether the term "and" is printed in place of its symbol.
        derive_short_titles: Whether the document's citations derive short titles.
        is_alternative: Whether the layout is that of another edition (CSL-M).
        layout_of_alternative: Returns the renderer of the layout of another edition; None if there
            is none, because the style is not one of CSL-M, or within this layout.
        part: `cs:citation` or `cs:bibliography`.
        sorting: Whether a sort key is compiled.
        shortens_titles: Whether short titles are derived here.
        names: The name options of the area.
        item_language: The language of terms, and of items that state none.
        nests_brackets: Whether brackets within brackets become square.
        places_year_suffix: Whether a year suffix is after the first year, because the style does
            not print it elsewhere.
        notes_years: Whether the years that cites print are recorded, for collapsing.
        tags_names: Whether each name is tagged, for `subsequent-author-substitute`.
        capitalises_terms: Whether a term that begins a cite or entry starts with a capital.
        append: Appends text of fields and terms to a stream.
    """

    style: Style
    facts: StyleFacts
    locale: Locale
    item_type: str
    in_citation: bool
    shape: Shape = ANY_SHAPE
    key: Key | None = None
    links: bool = False
    tags_title: bool = False
    typographic: bool = True
    observe: Observe = unobserved
    known_names: KnownNames = field(factory=dict)
    abbreviations: Abbreviations | None = None
    highlights: Highlights | None = None
    narrates: bool = False
    spells_and: bool = False
    derive_short_titles: bool = False
    is_alternative: bool = False
    layout_of_alternative: Callable[[Item], Render] | None = None
    part: Area = field(init=False)
    sorting: bool = field(init=False)
    shortens_titles: bool = field(init=False)
    names: NameOptions = field(init=False)
    item_language: str = field(init=False)
    nests_brackets: bool = field(init=False)
    places_year_suffix: bool = field(init=False)
    notes_years: bool = field(init=False)
    tags_names: bool = field(init=False)
    capitalises_terms: bool = field(init=False)
    append: Callable[..., None] = field(init=False)

    @part.default
    def _(self) -> Area:
        return (None if self.in_citation else self.style.bibliography) or self.style.citation

    @sorting.default
    def _(self) -> bool:
        return self.key is not None

    @shortens_titles.default
    def _(self) -> bool:
        return self.derive_short_titles and self.in_citation and not self.sorting

    @names.default
    def _(self) -> NameOptions:
        return self.part.names

    @item_language.default
    def _(self) -> str:
        return self.locale.tag.lower()

    @nests_brackets.default
    def _(self) -> bool:
        return self.style.class_ == "note" and self.in_citation

    @places_year_suffix.default
    def _(self) -> bool:
        return not self.facts.prints_year_suffix and not self.sorting

    @notes_years.default
    def _(self) -> bool:
        return self.in_citation and (self.style.citation.collapse or "").startswith("year-suffix")

    @tags_names.default
    def _(self) -> bool:
        if self.in_citation or self.sorting:
            return False
        listing = self.style.bibliography
        return listing is None or listing.subsequent_author_substitute_rule != "complete-all"

    @capitalises_terms.default
    def _(self) -> bool:
        return self.style.class_ == "note" or not self.in_citation

    @append.default
    def _(self) -> Callable[..., None]:
        return append_text if self.typographic and not self.sorting else append_raw


@frozen(kw_only=True, eq=False)
class Scope:
    """The place of an element in its area.

    Attributes:
        area: The area.
        nested: Whether it is within a group or macro.
        strips: Whether a `cs:text` around strips periods from the macro that it calls.
        dates_only: Whether it is in a sort key that is made only from dates and names.
        records_variables: Whether it is in a `cs:substitute`, which records the printed variables.
        names_around: The `cs:names` in whose `cs:substitute` it is.
        label_form: The form of labels whose own form is `static`, of the `cs:text` that calls the
            macro (CSL-M).
    """

    area: AreaScope
    nested: bool = False
    strips: bool = False
    dates_only: bool = False
    records_variables: bool = False
    names_around: Names | None = None
    label_form: str | None = None

    def within(self, **changes: Any) -> Scope:
        """Return the scope of the elements within the element."""
        return evolve(self, **changes)

    def placed(self, look: Look) -> Look:
        """Return a look for the element's place: only direct parts of the layout have blocks."""
        return evolve(look, display=None) if self.nested and look.display else look

    def lacks(self, variable: str, form: str = "long") -> bool:
        """Whether it is known that no item has a value for a variable.

        Args:
            variable: The variable.
            form: `short` is the short form and the long one.
        """
        return self.area.shape.has(variable, form) is False

    def suppresses(self, variable: str) -> bool:
        """Whether a `cs:substitute` of the style may have printed a variable already."""
        return variable in self.area.facts.substituted
