"""Facts about a whole style that are needed before anything is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from refcite.csl.render.variables import short_of
from refcite.csl.style.elements import (
    Area,
    Choose,
    Element,
    Key,
    Label,
    Names,
    Number,
    Style,
    Text,
    children_of,
    layouts_of,
    tests_of,
)
from refcite.csl.style.elements import DateElement as _Date

__all__ = ["StyleFacts", "follows_apa", "has_date", "style_facts", "variables_within"]

_OF_VARIABLES: Final = frozenset(("variable", "is-numeric", "is-uncertain-date"))
"""The conditions on variables."""
_WORD: Final = re.compile(r"\w+")


_APA: Final = "//apastyle.apa.org/"
_NOTES: Final = frozenset(("first-reference-note-number", "first-container-reference-note-number"))


@frozen(kw_only=True)
class StyleFacts:
    """Facts about a style.

    Attributes:
        substituted: The variables that are in some `cs:substitute`and may be suppressed.
        prints_year_suffix: Whether `cs:text` prints the year suffix anywhere.
        cites_by_number: Whether citations print citation numbers.
        sorts_by_number: Whether a sort key is made from citation numbers.
        counts_down: Whether the bibliography is sorted by descending citation numbers, which are
            then assigned in reverse order.
        tests_disambiguate: Whether citations test the condition `disambiguate`.
        prints_first_note: Whether citations print the number of the note that cited a work first.
        initializes: Whether the names of citations have initials (`initialize-with`).
        uses_position: Whether citations test their positions.
        variables: The variables that the style tests or prints.
    """

    substituted: frozenset[str]
    prints_year_suffix: bool
    cites_by_number: bool
    sorts_by_number: bool
    counts_down: bool
    tests_disambiguate: bool
    prints_first_note: bool
    initializes: bool
    uses_position: bool
    variables: frozenset[str]


def style_facts(style: Style) -> StyleFacts:
    """Look at all elements of a style."""
    in_citation = list(_walk(style, _printed_in(style.citation)))
    everything = list(in_citation)
    if style.bibliography:
        everything += _walk(style, _printed_in(style.bibliography))
    substituted: set[str] = set()
    for element in everything:
        if isinstance(element, Names) and element.substitute:
            for inner in _walk(style, element.substitute):
                substituted.update(_variables_of(inner))
    tests = [
        test.kind
        for element in in_citation
        if isinstance(element, Choose)
        for test in tests_of(element)
    ]
    listing = style.bibliography.sort if style.bibliography else ()
    options = style.citation.names
    names = [
        style.names,
        options,
        *(element.options for element in in_citation if isinstance(element, Names)),
        *(
            element.name.options
            for element in in_citation
            if isinstance(element, Names) and element.name
        ),
    ]
    return StyleFacts(
        substituted=frozenset(substituted),
        prints_year_suffix=any(
            isinstance(element, Text) and element.variable in ("year-suffix", "citation-label")
            for element in everything
        ),
        cites_by_number=any("citation-number" in _variables_of(element) for element in in_citation),
        sorts_by_number=any(
            "citation-number" in _sorted_by(style, key) for key in style.citation.sort + listing
        ),
        counts_down=any(
            key.descending and "citation-number" in _sorted_by(style, key) for key in listing
        ),
        tests_disambiguate="disambiguate" in tests,
        prints_first_note=any(
            "first-reference-note-number" in _variables_of(element) for element in in_citation
        ),
        initializes=any(one.initialize_with is not None for one in names),
        uses_position="position" in tests
        or any(
            one.et_al_subsequent_min is not None or one.et_al_subsequent_use_first is not None
            for one in names
        )
        or any(not _NOTES.isdisjoint(_variables_of(element)) for element in in_citation),
        variables=frozenset(_used_in(style, everything)),
    )


def _used_in(style: Style, printed: Iterable[Element]) -> Iterator[str]:
    """Yield the variables that a style prints, tests and sorts by."""
    called = [child for macro in style.macros.values() for child in macro.children]
    for element in (*printed, *_walk(style, tuple(called))):
        yield from _variables_of(element)
        if isinstance(element, Label):
            yield element.variable
        elif isinstance(element, Choose):
            yield from (test.value for test in tests_of(element) if test.kind in _OF_VARIABLES)


def _printed_in(area: Area) -> tuple[Element, ...]:
    """Return the elements of an area's layouts."""
    return tuple(child for layout in layouts_of(area) for child in layout.children)


def follows_apa(style: Style) -> bool:
    """Return whether a style follows the manual of the American Psychological Association.

    Its id or title contains APA, or it names the manual as its documentation. Many journals have
    the same names in brackets but rules of their own for the running text.

    Example:
        >>> from refcite.csl.style.elements import Citation, Layout
        >>> follows_apa(Style(id="http://www.zotero.org/styles/apa-cv", title="", class_="in-text",
        ...                   citation=Citation(layout=Layout()), bibliography=None, macros={}))
        True
    """
    if style.class_ != "in-text":
        return False
    if any(_APA in address for address in style.documentation):
        return True
    words = _WORD.findall(f"{style.id.rpartition('/')[2]} {style.title}".lower())
    return "apa" in words or "american psychological association" in " ".join(words)


def has_date(elements: tuple[Element, ...]) -> bool:
    """Whether there is a `cs:date` among elements, except those of called macros."""
    waiting = list(elements)
    while waiting:
        element = waiting.pop()
        if isinstance(element, _Date):
            return True
        waiting += children_of(element)
    return False


def variables_within(style: Style, elements: tuple[Element, ...]) -> tuple[str, ...]:
    """Return the variables that elements print, and the macros that they call."""
    found: set[str] = set()
    for element in _walk(style, elements):
        found.update(_variables_of(element))
        if isinstance(element, Text) and element.variable and element.form == "short":
            found.update(filter(None, (short_of(element.variable),)))
    return tuple(sorted(found))


def _variables_of(element: Element) -> tuple[str, ...]:
    if isinstance(element, Names):
        return element.variables
    if isinstance(element, Text | Number | _Date) and element.variable:
        return (element.variable,)
    return ()


def _sorted_by(style: Style, key: Key) -> set[str]:
    """Return the variables of a sort key."""
    if key.macro is None:
        return {str(key.variable)}
    elements = _walk(style, style.macros[key.macro].children)
    return {variable for element in elements for variable in _variables_of(element)}


def _walk(style: Style, elements: tuple[Element, ...]) -> Iterator[Element]:
    """Yield all elements, those of macros too, each macro once."""
    seen: set[str] = set()
    waiting = list(elements)
    while waiting:
        element = waiting.pop()
        yield element
        waiting += children_of(element)
        if isinstance(element, Text) and element.macro is not None and element.macro not in seen:
            seen.add(element.macro)
            waiting += style.macros[element.macro].children
