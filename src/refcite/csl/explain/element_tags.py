"""The elements of a style as tags, in the form of its file."""

from __future__ import annotations

from typing import Any, Final

from attrs import NOTHING, fields

from refcite.csl.explain.explanation import Where
from refcite.csl.style.attributes import NORMAL, Look
from refcite.csl.style.elements import (
    Alternative,
    AlternativeText,
    Branch,
    Choose,
    DateElement,
    DatePart,
    Element,
    EtAl,
    Group,
    Label,
    Layout,
    NameElement,
    NamePart,
    Names,
    Number,
    Text,
)

__all__ = ["BRANCHES", "longer", "where_of", "where_of_branch", "written"]

BRANCHES: Final = frozenset(("choose", "if", "else-if", "else"))

_TAGS: Final[dict[type[Element], str]] = {
    Alternative: "alternative",
    AlternativeText: "alternative-text",
    Choose: "choose",
    DateElement: "date",
    DatePart: "date-part",
    EtAl: "et-al",
    Group: "group",
    Label: "label",
    Layout: "layout",
    NameElement: "name",
    NamePart: "name-part",
    Names: "names",
    Number: "number",
    Text: "text",
}
# Fields that are not attributes of the element, or differ from its attributes.
_WITHIN: Final = frozenset(
    ("bare", "branches", "children", "et_al", "inner_form", "institution", "label",
     "label_first", "line", "look", "options", "parts", "substitute")
)  # fmt: skip
_WRITTEN: Final = {"variables": "variable", "shown": "date-parts", "and_": "and"}


def where_of(element: Element) -> Where:
    """Return an element's name, line and attributes.

    Example:
        >>> where_of(Text(line=3, variable="title", form="short")).tag
        '<text variable="title" form="short">'
    """
    found = _set_fields(element, _WITHIN if not isinstance(element, Names) else _WITHIN | {"name"})
    if isinstance(element, Names | NameElement):
        for name, value in _set_fields(element.options, frozenset()).items():
            found["delimiter" if name == "names-delimiter" else name] = value
    return Where(
        element=_TAGS[type(element)], line=element.line, attributes=found | _look(element.look)
    )


def where_of_branch(branch: Branch, choose: Choose) -> Where:
    """Return the name, line and conditions of a branch of `cs:choose`."""
    tests: dict[str, str] = {}
    for test in branch.tests:
        tests[test.kind] = f"{tests[test.kind]} {test.value}" if test.kind in tests else test.value
    if branch.tests and branch.match != "all":
        tests["match"] = branch.match
    tag = "else" if not branch.tests else "if" if branch is choose.branches[0] else "else-if"
    return Where(element=tag, line=branch.line, attributes=tests)


def _set_fields(value: Any, without: frozenset[str]) -> dict[str, str]:
    """Return the fields of a value that differ from their defaults, as attributes of XML."""
    found: dict[str, str] = {}
    for one in fields(type(value)):
        now = getattr(value, one.name)
        is_default = one.default is not NOTHING and now == one.default
        if one.name in without or now is None or is_default:
            continue
        found[_WRITTEN.get(one.name, one.name.replace("_", "-"))] = written(now)
    return found


def written(value: object) -> str:
    """Return a value in the form of an XML attribute."""
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _look(look: Look) -> dict[str, str]:
    found = _set_fields(look, frozenset(("format",)))
    return found | _set_fields(look.format, frozenset()) if look.format is not NORMAL else found


def longer(path: tuple[Where, ...], where: Where) -> tuple[Where, ...]:
    """Return a path with one more element, unless it is equal to the last."""
    return path if path[-1:] == (where,) else (*path, where)
