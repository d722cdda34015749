"""What CSL allows, compared with the RELAX NG schema of CSL 1.0.2 that citeproc-py contains."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Final

import citeproc
import pytest
from lxml import etree

from refcite.csl.style import schema

_R: Final = "{http://relaxng.org/ns/structure/1.0}"
_GRAMMAR: Final = etree.parse(
    str(Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles" / "csl.rng")
)
_DEFINITIONS: Final = {one.get("name"): one for one in _GRAMMAR.iter(f"{_R}define")}


def _values(pattern: etree._Element, seen: frozenset[str | None] = frozenset()) -> set[str]:
    found = {str(one.text) for one in pattern.iter(f"{_R}value")}
    for one in pattern.iter(f"{_R}ref"):
        name = one.get("name")
        if name not in seen:
            found |= _values(_DEFINITIONS[name], seen | {name})
    return found


def _choices() -> dict[str, set[str]]:
    """Return the values of each attribute, of all elements together."""
    found: dict[str, set[str]] = defaultdict(set)
    for attribute in _GRAMMAR.iter(f"{_R}attribute"):
        name = attribute.find(f"{_R}name")
        if name is not None:
            found[str(name.text)] |= _values(attribute)
    return found


CHOICES: Final = _choices()
OURS: Final = {
    **{name.replace("_", "-"): set(values) for name, values in schema.FORMATTING.items()},
    "text-case": set(schema.CASES),
    "display": set(schema.DISPLAYS),
    "collapse": set(schema.COLLAPSES),
    "givenname-disambiguation-rule": set(schema.RULES),
    "subsequent-author-substitute-rule": set(schema.SUBSTITUTE_RULES),
    "delimiter-precedes-last": set(schema.PRECEDES),
    "delimiter-precedes-et-al": set(schema.PRECEDES),
    "date-parts": set(schema.SHOWN),
    "gender": set(schema.GENDERS),
    "gender-form": set(schema.GENDERS),
    "page-range-format": set(schema.PAGE_RANGE_FORMATS),
    **{name: set(values) for name, values in schema.CONDITION_VALUES.items()},
}


@pytest.mark.parametrize("name", OURS)
def test_an_attribute_has_the_values_of_the_schema(name: str) -> None:
    # `disambiguate="false"` is not in the schema. Some styles have it.
    also = {"false"} if name == "disambiguate" else set()
    assert OURS[name] == CHOICES[name] | also


def test_each_value_of_the_schema_is_allowed_in_terms_and_parts_of_dates() -> None:
    assert set(schema.MATCHES) == CHOICES["match"] - {"all", "any", "none"}
    forms = {form for allowed in schema.DATE_PART_FORMS.values() for form in allowed}
    assert forms <= CHOICES["form"]
    assert set(schema.TERM_FORMS) == CHOICES["form"] - forms - {
        "count",
        "long-ordinal",
        "roman",
        "text",
    } | {"long", "short"}


def test_the_terms_are_those_of_the_schema() -> None:
    names = CHOICES["term"]
    assert {name for name in names if not schema.is_term(name)} == set()
    # Locale files and styles have these; the schema does not.
    beyond = {"locator", "part-number", "printing-number", "sub verbo", "supplement-number"}
    assert schema.TERMS - CHOICES["name"] == beyond
