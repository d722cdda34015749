"""CSL-M: what this extension of CSL allows beyond CSL 1.0.2.

Source: the grammar of CSL-M (`csl-mlz.rnc`), and the variables that published styles use in
addition. A style is read as CSL-M if it uses anything of it. Every other style is read as CSL
1.0.2, where these elements, attributes and variables are errors.
"""

from __future__ import annotations

from typing import Final

from refcite.csl.style.xml import CSL, XmlElement
from refcite.vocabulary import VARIABLES

__all__ = [
    "ATTRIBUTES",
    "CONDITION_KINDS",
    "DATE_VARIABLES",
    "NAME_VARIABLES",
    "NUMBER_VARIABLES",
    "STATIC",
    "TEXT_VARIABLES",
    "YEAR_RANGE_FORMATS",
    "is_csl_m",
    "mark_of",
]

_ELEMENTS: Final = frozenset(
    ("alternative", "alternative-text", "condition", "conditions", "court-class", "institution")
)
_CONDITIONS: Final = frozenset(
    """
    cite-form container-multiple container-subsequent context country court-class genre has-day
    has-subunit has-to-month-or-season has-year-only is-multiple is-plural jurisdiction locale
    number page
    """.split()  # noqa: SIM905 - words are read more easily without quotes
)
CONDITION_KINDS: Final = _CONDITIONS
"""The attributes of `cs:if` that CSL 1.0.2 does not have."""

_INSTITUTION: Final = frozenset(
    """
    delimiter delimiter-precedes-last form part-separator reverse-order use-first
    substitute-use-first and use-last stop-last institution-parts suppress-min suppress-max
    """.split()  # noqa: SIM905 - the same
)
_LABELS: Final = frozenset(("label-form", "label-capitalize-if-first"))
_DEFAULT: Final = frozenset(("default-locale",))
ATTRIBUTES: Final = {
    "bibliography": frozenset(("consolidate-containers", "exclude-types", "exclude-with-fields")),
    "date": _DEFAULT,
    "date-part": _DEFAULT,
    "group": frozenset(
        """
        layout-delimiter-override no-repeat parallel-delimiter-override
        parallel-delimiter-override-on-suppress parallel-first parallel-last
        parallel-last-to-first quotes reject require subgroup-delimiter
        subgroup-delimiter-precedes-last
        """.split()  # noqa: SIM905 - the same
    ),
    "if": _CONDITIONS,
    "institution": _INSTITUTION,
    "institution-part": frozenset(("name", "if-short", "text-case", "strip-periods")),
    "label": _DEFAULT | {"capitalize-if-first"},
    "layout": frozenset(("locale",)),
    "name": frozenset(("suppress-min", "suppress-max")),
    "names": frozenset(("require-match",)),
    "number": _LABELS | _DEFAULT | {"gender", "substring"},
    "style": frozenset(
        """
        default-locale-sort disable-duplicate-year-suppression require-comma-on-symbol
        track-containers year-range-format
        """.split()  # noqa: SIM905 - the same
    ),
    "style-options": frozenset(
        """
        jurisdiction-preference leading-noise-words name-as-sort-order name-never-short skip-words
        """.split()  # noqa: SIM905 - the same
    ),
    "text": _LABELS | _DEFAULT | {"leading-noise-words"},
}
"""The attributes that elements have in addition to those of CSL 1.0.2."""

YEAR_RANGE_FORMATS: Final = ("expanded", "minimal", "minimal-two", "chicago")
STATIC: Final = "static"
"""The form of a label that has no other form: it is not followed by a sign."""

NAME_VARIABLES: Final = frozenset(
    ("alt-translator", "authority", "commenter", "committee", "dummy")
)
DATE_VARIABLES: Final = frozenset(("alt-issued", "locator-date", "publication-date"))
NUMBER_VARIABLES: Final = frozenset(
    ("call-number", "division", "document-number", "locator-extra", "supplement")
)
TEXT_VARIABLES: Final = frozenset(
    """
    admin-flag alt-container-title alt-title country court-class CSTR document-name dynasty
    first-container-reference-note-number gazette-flag hereinafter language-name
    language-name-original locator-revision nationality original-container-title
    original-container-title-short original-event-title original-genre original-issue
    original-jurisdiction original-status title-main title-sub
    """.split()  # noqa: SIM905 - the same
)
_MARKS: Final = TEXT_VARIABLES | DATE_VARIABLES | NAME_VARIABLES - {"authority"} | NUMBER_VARIABLES
_SHARED: Final = frozenset(("call-number", "division"))
# Attributes that no element of CSL 1.0.2 has; the others are looked for where they are new.
_NEW: Final = frozenset(
    attribute
    for attributes in ATTRIBUTES.values()
    for attribute in attributes
    if attribute
    not in ("default-locale", "delimiter", "form", "gender", "locale", "name", "number", "page")
) - {"and", "delimiter-precedes-last", "name-as-sort-order", "quotes", "strip-periods", "text-case"}


def is_csl_m(root: XmlElement) -> bool:
    """Return whether a style uses what only CSL-M has.

    Args:
        root: The style's `cs:style`.
    """
    return mark_of(root) is not None


def mark_of(root: XmlElement) -> XmlElement | None:
    """Return the first element by which a style is one of CSL-M, None if there is none.

    Args:
        root: The style's `cs:style`.
    """
    if "mlz" in (root.get("version") or ""):
        return root
    return next((element for element in root.iter(f"{CSL}*") if _is_mark(element)), None)


def _is_mark(element: XmlElement) -> bool:
    tag = str(element.tag)[len(CSL) :]
    if tag in _ELEMENTS or (tag == "layout" and element.get("locale")):
        return True
    if not _NEW.isdisjoint(map(str, element.attrib)):
        return True
    variables = (element.get("variable") or "").split()
    if variables and not (_MARKS - _SHARED).isdisjoint(variables):
        return True
    if tag == "names" and "authority" in variables:
        return True
    return any(name.startswith("original-") and name not in VARIABLES for name in variables)
