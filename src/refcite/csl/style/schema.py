"""The schema of CSL 1.0.2: the attributes of each element, and the values of each attribute.

Source: the RELAX NG schema of CSL 1.0.2, as far as the checks need it.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.vocabulary import (
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
    VARIABLES,
)

__all__ = [
    "AFFIXES",
    "ALTERNATIVES",
    "BIBLIOGRAPHY_ATTRIBUTES",
    "CASES",
    "CITATION_ATTRIBUTES",
    "COLLAPSES",
    "CONDITION_VALUES",
    "DATE_ATTRIBUTES",
    "DATE_PART_ATTRIBUTES",
    "DATE_PART_FORMS",
    "DISPLAYS",
    "ELEMENT_VARIABLES",
    "FONT",
    "FORMATTING",
    "GENDERS",
    "GROUP_ATTRIBUTES",
    "INHERITED_NAME_OPTIONS",
    "KEY_ATTRIBUTES",
    "LABEL_ATTRIBUTES",
    "LOCALE_OPTIONS",
    "LOCATORS",
    "MATCHES",
    "NAMES_ATTRIBUTES",
    "NAME_ATTRIBUTES",
    "NAME_CHOICES",
    "NAME_OPTIONS",
    "NUMBER_ATTRIBUTES",
    "OWN_NAME_OPTIONS",
    "PAGE_RANGE_FORMATS",
    "PRECEDES",
    "RENDERING",
    "RULES",
    "SHORT_LOCATORS",
    "SHOWN",
    "STYLE_ATTRIBUTES",
    "STYLE_CHILDREN",
    "SUBSTITUTE_RULES",
    "TERMS",
    "TERM_ATTRIBUTES",
    "TERM_FORMS",
    "TEST_ATTRIBUTES",
    "TEXT_ATTRIBUTES",
    "is_term",
]

FORMATTING: Final = {
    "font-style": ("normal", "italic", "oblique"),
    "font-variant": ("normal", "small-caps"),
    "font-weight": ("normal", "bold", "light"),
    "text-decoration": ("none", "underline"),
    "vertical-align": ("baseline", "sup", "sub"),
}
CASES: Final = (
    "lowercase",
    "uppercase",
    "capitalize-first",
    "capitalize-all",
    "sentence",
    "title",
)
DISPLAYS: Final = ("block", "left-margin", "right-inline", "indent")
NAME_OPTIONS: Final = {
    "and": "and_",
    "delimiter-precedes-et-al": "delimiter_precedes_et_al",
    "delimiter-precedes-last": "delimiter_precedes_last",
    "et-al-min": "et_al_min",
    "et-al-use-first": "et_al_use_first",
    "et-al-use-last": "et_al_use_last",
    "et-al-subsequent-min": "et_al_subsequent_min",
    "et-al-subsequent-use-first": "et_al_subsequent_use_first",
    "initialize": "initialize",
    "initialize-with": "initialize_with",
    "name-as-sort-order": "name_as_sort_order",
    "sort-separator": "sort_separator",
}
INHERITED_NAME_OPTIONS: Final = {
    **NAME_OPTIONS,
    "name-form": "form",
    "name-delimiter": "delimiter",
    "names-delimiter": "names_delimiter",
}
OWN_NAME_OPTIONS: Final = {**NAME_OPTIONS, "form": "form", "delimiter": "delimiter"}
PRECEDES: Final = ("contextual", "after-inverted-name", "always", "never")
NAME_CHOICES: Final = {
    "and": ("text", "symbol"),
    "delimiter-precedes-et-al": PRECEDES,
    "delimiter-precedes-last": PRECEDES,
    "name-as-sort-order": ("first", "all"),
    "name-form": ("long", "short", "count"),
    "form": ("long", "short", "count"),
}
TERM_FORMS: Final = ("long", "short", "verb", "verb-short", "symbol")

AFFIXES: Final = frozenset(("prefix", "suffix"))
FONT: Final = frozenset(FORMATTING)
RENDERING: Final = frozenset(("choose", "date", "group", "label", "names", "number", "text"))


COLLAPSES: Final = ("citation-number", "year", "year-suffix", "year-suffix-ranged")
RULES: Final = (
    "all-names",
    "all-names-with-initials",
    "primary-name",
    "primary-name-with-initials",
    "by-cite",
)
SUBSTITUTE_RULES: Final = ("complete-all", "complete-each", "partial-each", "partial-first")
# An item has one type and a locator one label: several values are alternatives for any `match`.
ALTERNATIVES: Final = frozenset(("type", "locator"))
SHOWN: Final = ("year-month-day", "year-month", "year")
LOCALE_OPTIONS: Final = frozenset(("punctuation-in-quote", "limit-day-ordinals-to-day-1"))
STYLE_CHILDREN: Final = frozenset(("info", "locale", "macro", "citation", "bibliography"))
STYLE_ATTRIBUTES: Final = frozenset(
    (
        "class",
        "version",
        "default-locale",
        "demote-non-dropping-particle",
        "initialize-with-hyphen",
        "page-range-format",
        *INHERITED_NAME_OPTIONS,
    )
)
CITATION_ATTRIBUTES: Final = frozenset(
    (
        "disambiguate-add-givenname",
        "givenname-disambiguation-rule",
        "disambiguate-add-names",
        "disambiguate-add-year-suffix",
        "cite-group-delimiter",
        "collapse",
        "year-suffix-delimiter",
        "after-collapse-delimiter",
        "near-note-distance",
        *INHERITED_NAME_OPTIONS,
    )
)
BIBLIOGRAPHY_ATTRIBUTES: Final = frozenset(
    (
        "hanging-indent",
        "second-field-align",
        "line-spacing",
        "entry-spacing",
        "subsequent-author-substitute",
        "subsequent-author-substitute-rule",
        *INHERITED_NAME_OPTIONS,
    )
)
KEY_ATTRIBUTES: Final = frozenset(
    ("variable", "macro", "sort", "names-min", "names-use-first", "names-use-last")
)
TEXT_ATTRIBUTES: Final = (
    FONT
    | AFFIXES
    | {"variable", "macro", "term", "value", "form", "plural", "display"}
    | {"quotes", "strip-periods", "text-case"}
)
NUMBER_ATTRIBUTES: Final = FONT | AFFIXES | {"variable", "form", "display", "text-case"}
LABEL_ATTRIBUTES: Final = (
    FONT | AFFIXES | {"variable", "form", "plural", "strip-periods", "text-case"}
)
GROUP_ATTRIBUTES: Final = FONT | AFFIXES | {"delimiter", "display"}
TEST_ATTRIBUTES: Final = frozenset(
    (
        "disambiguate",
        "is-numeric",
        "is-uncertain-date",
        "locator",
        "position",
        "type",
        "variable",
        "match",
    )
)
NAMES_ATTRIBUTES: Final = FONT | AFFIXES | {"variable", "delimiter", "display"}
NAME_ATTRIBUTES: Final = FONT | AFFIXES | frozenset(OWN_NAME_OPTIONS)
DATE_ATTRIBUTES: Final = (
    FONT | AFFIXES | {"variable", "form", "date-parts", "delimiter", "display", "text-case"}
)
DATE_PART_ATTRIBUTES: Final = (
    FONT | AFFIXES | {"name", "form", "range-delimiter", "strip-periods", "text-case"}
)
TERM_ATTRIBUTES: Final = frozenset(("name", "form", "gender", "gender-form", "match"))
GENDERS: Final = ("masculine", "feminine")
MATCHES: Final = ("last-digit", "last-two-digits", "whole-number")
PAGE_RANGE_FORMATS: Final = (
    "expanded",
    "minimal",
    "minimal-two",
    "chicago",
    "chicago-15",
    "chicago-16",
)
DATE_PART_FORMS: Final = {
    "year": ("long", "short"),
    "month": ("long", "short", "numeric", "numeric-leading-zeros"),
    "day": ("numeric", "numeric-leading-zeros", "ordinal"),
}

_NUMBERS: Final = frozenset(NUMBER_VARIABLES)
ELEMENT_VARIABLES: Final = {
    "text": _NUMBERS.union(TITLE_VARIABLES, STRING_VARIABLES),
    "number": _NUMBERS,
    "label": _NUMBERS,
    "date": frozenset(DATE_VARIABLES),
    "names": frozenset(NAME_VARIABLES),
}
"""The variables that each element can print."""

LOCATORS: Final = frozenset(
    """
    act appendix article-locator book canon chapter column elocation equation figure folio issue
    line note opus page paragraph part rule scene section sub-verbo supplement table timestamp
    title-locator verse version volume
    """.split()  # noqa: SIM905 - words are read more easily without quotes
)
"""The terms that a locator can have as its label (specification, "Locators")."""

SHORT_LOCATORS: Final = {
    "article": "article-locator",
    "subverbo": "sub-verbo",
    "title": "title-locator",
}
"""Other names of locators. CSL has longer ones where a type or a variable has the same name."""

CONDITION_VALUES: Final = {
    "disambiguate": frozenset(("true", "false")),
    "is-numeric": frozenset(VARIABLES),
    "is-uncertain-date": frozenset(DATE_VARIABLES),
    "locator": LOCATORS,
    "position": frozenset(("first", "subsequent", "ibid", "ibid-with-locator", "near-note")),
    "type": frozenset(ITEM_TYPES),
    "variable": frozenset(VARIABLES),
}

_SPACED_TERMS: Final = (
    "and others",
    "available at",
    "in press",
    "no date",
    "presented at",
    "sub verbo",
)
TERMS: Final = frozenset(
    """
    accessed ad advance-online-publication album and anonymous at audio-recording bc bce by ce
    circa cited et-al film forthcoming from henceforth ibid in internet interview letter loc-cit
    no-place no-publisher on online op-cit original-work-published personal-communication podcast
    podcast-episode preprint radio-broadcast radio-series radio-series-episode reference retrieved
    review-of scale special-issue special-section television-broadcast television-series
    television-series-episode video working-paper
    open-quote close-quote open-inner-quote close-inner-quote page-range-delimiter colon comma
    semicolon season-01 season-02 season-03 season-04 printing editortranslator
    """.split()  # noqa: SIM905 - the same
).union(
    _SPACED_TERMS,
    LOCATORS,
    _NUMBERS,
    NAME_VARIABLES,
    ITEM_TYPES,
    (f"month-{number:02}" for number in range(1, 13)),
)
_ORDINAL: Final = re.compile(r"ordinal(-\d\d)?|long-ordinal-(0[1-9]|10)")


def is_term(name: str) -> bool:
    """Return whether CSL defines a term.

    Example:
        >>> is_term("no date"), is_term("ordinal-02"), is_term("no dates")
        (True, True, False)
    """
    return name in TERMS or _ORDINAL.fullmatch(name) is not None
