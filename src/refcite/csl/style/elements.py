"""The elements of a CSL style, typed and immutable.

`style_reader.py` and `element_reader.py` build them from XML; this module renders nothing.
Attributes have the names and meanings of the CSL 1.0.2 specification; None is "not set".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from attrs import field, frozen

from refcite.csl.style.attributes import PLAIN, Look
from refcite.problems import Problem

__all__ = [
    "Alternative",
    "AlternativeText",
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
    "Institution",
    "InstitutionPart",
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
    "TestGroup",
    "Text",
    "children_of",
    "layouts_of",
    "tests_of",
]


@frozen(kw_only=True)
class Element:
    """The data of every element: its line in the style, and its look."""

    line: int = field(default=0, eq=False)
    look: Look = PLAIN


@frozen(kw_only=True, cache_hash=True)
class Text(Element):
    """`cs:text`: exactly one of `variable`, `macro`, `term` and `value` is set.

    `label_form` and `default_locale` are CSL-M's.
    """

    variable: str | None = None
    macro: str | None = None
    term: str | None = None
    value: str | None = None
    form: str = "long"
    plural: bool = False
    label_form: str | None = None
    default_locale: bool = False


@frozen(kw_only=True, cache_hash=True)
class Number(Element):
    """`cs:number`; `label_form` and `gender` are CSL-M's."""

    variable: str
    form: Literal["numeric", "ordinal", "long-ordinal", "roman"] = "numeric"
    label_form: str | None = None
    gender: str | None = None


@frozen(kw_only=True, cache_hash=True)
class Label(Element):
    """`cs:label`; within `cs:names` it has no variable of its own.

    `inner_form` is the form of the labels inside a locator or number.
    """

    variable: str = ""
    form: str = "long"
    inner_form: str = "short"
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
class InstitutionPart(Element):
    """`cs:institution-part` (CSL-M)."""

    name: Literal["long", "short"]
    if_short: bool = False


@frozen(kw_only=True, cache_hash=True)
class Institution(Element):
    """`cs:institution` (CSL-M): how the institutions among the names of a `cs:names` are printed.

    Attributes:
        and_: `text`, `symbol` or `none`; None as `cs:name` has it.
        delimiter: Between institutions.
        separator: Between the units of one; None for the delimiter.
        shown: `long`, `short`, `long-short` or `short-long`.
        use_first: How many units are printed from the largest on; None for all.
        use_last: How many units are printed up to the smallest.
        substitute_use_first: The same as `use_first`, of an institution without persons.
        stop_last: How many of the smallest units are left out.
        reverse_order: Whether the smallest unit comes first.
        parts: The looks of long and short forms.
    """

    and_: str | None = None
    delimiter: str | None = None
    separator: str | None = None
    shown: str = "long"
    use_first: int | None = None
    use_last: int | None = None
    substitute_use_first: int | None = None
    stop_last: int = 0
    reverse_order: bool = False
    parts: tuple[InstitutionPart, ...] = ()


@frozen(kw_only=True, cache_hash=True)
class NameElement(Element):
    """`cs:name`.

    A list of `suppress_min` names or more is not printed, nor one of `suppress_max` names or fewer;
    both are CSL-M's.
    """

    options: NameOptions = NameOptions()
    parts: tuple[NamePart, ...] = ()
    suppress_min: int | None = None
    suppress_max: int | None = None


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
    institution: Institution | None = None
    substitute: tuple[Element, ...] = ()
    bare: bool = False


@frozen(kw_only=True, cache_hash=True)
class Group(Element):
    """`cs:group`; `reject` and `require` are CSL-M's."""

    delimiter: str = ""
    reject: str | None = None
    require: str | None = None
    children: tuple[Element, ...] = ()


@frozen(kw_only=True, cache_hash=True)
class Alternative(Element):
    """`cs:alternative` (CSL-M): what is printed of a translation or reprint."""

    delimiter: str = ""
    children: tuple[Element, ...] = ()


@frozen(kw_only=True, cache_hash=True)
class AlternativeText(Element):
    """`cs:alternative-text` (CSL-M): the layout once more, with the data of the alternative."""


@frozen(kw_only=True, cache_hash=True)
class Test:
    """One condition with one value, such as `variable="title"`.

    For `type` and `locator`, the value may be several words; one of them must match.
    """

    kind: str
    value: str


@frozen(kw_only=True, cache_hash=True)
class TestGroup:
    """`cs:condition` (CSL-M): tests that are one test of their branch."""

    tests: tuple[Test, ...]
    match: str = "all"
    kind: str = field(default="condition", init=False)

    @property
    def value(self) -> str:
        """The tests as text."""
        tests = " ".join(f'{test.kind}="{test.value}"' for test in self.tests)
        return f'match="{self.match}" {tests}'


@frozen(kw_only=True, cache_hash=True)
class Branch:
    """`cs:if`, `cs:else-if` or, without tests, `cs:else`."""

    tests: tuple[Test | TestGroup, ...] = ()
    match: str = "all"
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
    """`cs:layout`; one with a `locale` is for the items in one of these languages (CSL-M)."""

    delimiter: str = ""
    locale: tuple[str, ...] = ()
    children: tuple[Element, ...] = ()


@frozen(kw_only=True)
class Area:
    """What `cs:citation` and `cs:bibliography` have in common.

    `localized` are the layouts for the items in some languages (CSL-M).
    """

    layout: Layout
    localized: tuple[Layout, ...] = ()
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
    """`cs:bibliography` with its options; the last three are CSL-M's."""

    hanging_indent: bool = False
    second_field_align: Literal["flush", "margin"] | None = None
    line_spacing: int = 1
    entry_spacing: int = 1
    subsequent_author_substitute: str | None = None
    subsequent_author_substitute_rule: str = "complete-all"
    exclude_types: tuple[str, ...] = ()
    exclude_with_fields: tuple[str, ...] = ()
    consolidate_containers: tuple[str, ...] = ()


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
    problems: tuple[Problem, ...] = field(default=(), eq=False)


@frozen(kw_only=True)
class Style:
    """A whole independent style, and the problems in it that do not prevent printing.

    `addresses` and `documentation` are the addresses in its `cs:link` with `rel="self"` and with
    `rel="documentation"`. The attributes from `is_csl_m` to `track_containers` are CSL-M's.
    """

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
    is_csl_m: bool = False
    default_locale_sort: str | None = None
    year_range_format: str | None = None
    track_containers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    documentation: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), eq=False)


def layouts_of(area: Area) -> tuple[Layout, ...]:
    """Return all layouts of an area, those for some languages last."""
    return (area.layout, *area.localized)


def tests_of(choose: Choose) -> tuple[Test, ...]:
    """Return all tests in the branches of a `cs:choose`."""
    return tuple(
        test
        for branch in choose.branches
        for one in branch.tests
        for test in (one.tests if isinstance(one, TestGroup) else (one,))
    )


def children_of(element: Element) -> tuple[Element, ...]:
    """Return the elements within an element; those of a macro that it calls are not within it."""
    if isinstance(element, Group | Alternative):
        return element.children
    if isinstance(element, Names):
        return element.substitute
    if isinstance(element, Choose):
        return tuple(child for branch in element.branches for child in branch.children)
    return ()
