"""The elements of a CSL style, typed and immutable.

`style_reader.py` and `element_reader.py` build them from XML; this module renders nothing.
Attributes have the names and meanings of the CSL 1.0.2 specification; None is "not set".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from attrs import field, frozen

from refcite.csl.style.attributes import PLAIN, Look

__all__ = [
    "Area",
    "Bibliography",
    "Branch",
    "Choose",
    "Citation",
    "DateElement",
    "DatePart",
    "Element",
    "EtAl",
    "Group",
    "Key",
    "Label",
    "Layout",
    "LocaleData",
    "Macro",
    "NameElement",
    "NameOptions",
    "NamePart",
    "Names",
    "Number",
    "Style",
    "Test",
    "Text",
    "children_of",
]


@frozen(kw_only=True)
class Element:
    """The data of every element: its line in the style, and its look."""

    line: int = field(default=0, eq=False)
    look: Look = PLAIN


@frozen(kw_only=True, cache_hash=True)
class Text(Element):
    """`cs:text`: exactly one of `variable`, `macro`, `term` and `value` is set."""

    variable: str | None = None
    macro: str | None = None
    term: str | None = None
    value: str | None = None
    form: str = "long"
    plural: bool = False


@frozen(kw_only=True, cache_hash=True)
class Number(Element):
    """`cs:number`."""

    variable: str
    form: Literal["numeric", "ordinal", "long-ordinal", "roman"] = "numeric"


@frozen(kw_only=True, cache_hash=True)
class Label(Element):
    """`cs:label`; within `cs:names` it has no separate variable."""

    variable: str = ""
    form: str = "long"
    plural: Literal["contextual", "always", "never"] = "contextual"


@frozen(kw_only=True, cache_hash=True)
class DatePart(Element):
    """`cs:date-part`."""

    name: Literal["year", "month", "day"]
    form: str | None = None
    range_delimiter: str | None = None


@frozen(kw_only=True, cache_hash=True)
class DateElement(Element):
    """`cs:date`, in a style (with a variable) or in a locale (with a form only)."""

    variable: str = ""
    form: Literal["numeric", "text"] | None = None
    shown: str = "year-month-day"
    delimiter: str = ""
    parts: tuple[DatePart, ...] = ()


@frozen(kw_only=True, cache_hash=True)
class NameOptions:
    """The inheritable name options (specification of that name); None is "inherit"."""

    and_: str | None = None
    delimiter: str | None = None
    names_delimiter: str | None = None
    delimiter_precedes_et_al: str | None = None
    delimiter_precedes_last: str | None = None
    et_al_min: int | None = None
    et_al_use_first: int | None = None
    et_al_use_last: bool | None = None
    et_al_subsequent_min: int | None = None
    et_al_subsequent_use_first: int | None = None
    form: str | None = None
    initialize: bool | None = None
    initialize_with: str | None = None
    name_as_sort_order: str | None = None
    sort_separator: str | None = None

    def under(self, outer: NameOptions) -> NameOptions:
        """Return these options, completed by those of the element around."""
        values = {}
        for attribute in NAME_OPTIONS:
            mine = getattr(self, attribute)
            values[attribute] = getattr(outer, attribute) if mine is None else mine
        return NameOptions(**values)


NAME_OPTIONS: Final = tuple(NameOptions.__annotations__)


@frozen(kw_only=True, cache_hash=True)
class NamePart(Element):
    """`cs:name-part`."""

    name: Literal["given", "family"]


@frozen(kw_only=True, cache_hash=True)
class NameElement(Element):
    """`cs:name`."""

    options: NameOptions = NameOptions()
    parts: tuple[NamePart, ...] = ()


@frozen(kw_only=True, cache_hash=True)
class EtAl(Element):
    """`cs:et-al`."""

    term: str = "et-al"


@frozen(kw_only=True, cache_hash=True)
class Names(Element):
    """`cs:names`. `bare` is the shorthand within `cs:substitute`, without children."""

    variables: tuple[str, ...]
    options: NameOptions = NameOptions()
    name: NameElement | None = None
    et_al: EtAl | None = None
    label: Label | None = None
    label_first: bool = False
    substitute: tuple[Element, ...] = ()
    bare: bool = False


@frozen(kw_only=True, cache_hash=True)
class Group(Element):
    """`cs:group`."""

    delimiter: str = ""
    children: tuple[Element, ...] = ()


@frozen(kw_only=True, cache_hash=True)
class Test:
    """One condition with one value, such as `variable="title"`.

    For `type` and `locator`, the value may be several words; one of them must match.
    """

    kind: str
    value: str


@frozen(kw_only=True, cache_hash=True)
class Branch:
    """`cs:if`, `cs:else-if` or, without tests, `cs:else`."""

    tests: tuple[Test, ...] = ()
    match: Literal["all", "any", "none"] = "all"
    children: tuple[Element, ...] = ()
    line: int = field(default=0, eq=False)


@frozen(kw_only=True, cache_hash=True)
class Choose(Element):
    """`cs:choose`."""

    branches: tuple[Branch, ...] = ()


@frozen(kw_only=True)
class Macro:
    """`cs:macro`."""

    name: str
    children: tuple[Element, ...]
    line: int = field(default=0, eq=False)


@frozen(kw_only=True)
class Key:
    """`cs:key`: a variable or a macro."""

    variable: str | None = None
    macro: str | None = None
    descending: bool = False
    names_min: int | None = None
    names_use_first: int | None = None
    names_use_last: bool | None = None
    line: int = field(default=0, eq=False)


@frozen(kw_only=True)
class Layout(Element):
    """`cs:layout`."""

    delimiter: str = ""
    children: tuple[Element, ...] = ()


@frozen(kw_only=True)
class Area:
    """The common attributes of `cs:citation` and `cs:bibliography`."""

    layout: Layout
    sort: tuple[Key, ...] = ()
    names: NameOptions = NameOptions()
    line: int = field(default=0, eq=False)


@frozen(kw_only=True)
class Citation(Area):
    """`cs:citation` with its options."""

    add_givenname: bool = False
    givenname_rule: str = "by-cite"
    add_names: bool = False
    add_year_suffix: bool = False
    cite_group_delimiter: str | None = None
    collapse: str | None = None
    year_suffix_delimiter: str | None = None
    after_collapse_delimiter: str | None = None
    near_note_distance: int = 5


@frozen(kw_only=True)
class Bibliography(Area):
    """`cs:bibliography` with its options."""

    hanging_indent: bool = False
    second_field_align: Literal["flush", "margin"] | None = None
    line_spacing: int = 1
    entry_spacing: int = 1
    subsequent_author_substitute: str | None = None
    subsequent_author_substitute_rule: str = "complete-all"


@frozen(kw_only=True)
class TermData:
    """`cs:term`, in the form of a locale file."""

    name: str
    form: str = "long"
    single: str = ""
    multiple: str = ""
    gender: str | None = None
    gender_form: str | None = None
    match: str | None = None
    line: int = field(default=0, eq=False)


@frozen(kw_only=True)
class LocaleData:
    """`cs:locale`: a locale file, or a style's overrides. None means "not set"."""

    language: str | None = None
    terms: tuple[TermData, ...] = ()
    dates: tuple[DateElement, ...] = ()
    punctuation_in_quote: bool | None = None
    limit_day_ordinals_to_day_1: bool | None = None


@frozen(kw_only=True)
class Style:
    """A whole independent style."""

    id: str
    title: str
    class_: Literal["in-text", "note"]
    citation: Citation
    bibliography: Bibliography | None
    macros: Mapping[str, Macro]
    locales: tuple[LocaleData, ...] = ()
    default_locale: str | None = None
    names: NameOptions = NameOptions()
    line: int = field(default=0, eq=False)
    demote_non_dropping_particle: str = "display-and-sort"
    initialize_with_hyphen: bool = True
    page_range_format: str | None = None


def children_of(element: Element) -> tuple[Element, ...]:
    """Return the elements within an element; those of a macro that it calls are not within it."""
    if isinstance(element, Group):
        return element.children
    if isinstance(element, Names):
        return element.substitute
    if isinstance(element, Choose):
        return tuple(child for branch in element.branches for child in branch.children)
    return ()
