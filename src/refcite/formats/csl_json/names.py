"""Names in CSL-JSON.

A name that has a particle, even an empty one, is used unchanged. In other names, the particles
and the suffix in `family` and `given` are separated, as in citeproc-js and Zotero, by
the policy of `refcite.names`; a family name in straight quotation marks is kept whole. A last name
that is the literal `others` states that the list continues. Other programs write "et al." in the
parts of a last name, or after it. A real name of this form has `static-ordering`, which has no
other meaning if it is false.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from refcite.formats.draft import Draft
from refcite.formats.namelists import list_in_name
from refcite.names import Name
from refcite.names.grammar import TAILS, is_taken_apart
from refcite.names.lists import is_et_al, is_et_al_name, may_go_on, without_et_al
from refcite.problems import Severity

__all__ = [
    "FALSE",
    "KEPT",
    "NamesRead",
    "decode_names",
    "encode_names",
    "encode_names_anew",
    "report_unread",
]

_OTHERS: Final = {"literal": "others"}
_STATIC: Final = "static-ordering"

_PARTS: Final = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
    "suffix": "suffix",
    "literal": "literal",
}
_PARTICLES: Final = ("non-dropping-particle", "dropping-particle")
_FLAGS: Final = {"comma-suffix": "comma_suffix", "static-ordering": "static_ordering"}
_READ: Final = frozenset({*_PARTS, *_FLAGS, "name", "sequence", "parse-names"})
"""Keys of a name that are read, or that contain no part of it."""
FALSE: Final = (None, False, 0, "", "0", "false", "no")
"""The ways to state no: the schema lets a flag be a boolean, a number or a text."""


KEPT: Final = "it is kept unchanged"
"""The message about a value with a wrong form."""


class NamesRead(NamedTuple):
    """The contents of a name variable.

    Attributes:
        names: The names.
        et_al: Whether the list continues.
        exact: Whether `encode_names` would write the two unchanged.
    """

    names: tuple[Name, ...]
    et_al: bool
    exact: bool


def decode_names(raw: Any, draft: Draft) -> NamesRead:
    """Read a name variable.

    Args:
        raw: The JSON value.
        draft: Collects problems.

    Example:
        >>> from refcite.formats.crosswalk import Spec
        >>> draft = Draft(Spec((), ()), "")
        >>> names = [{"family": "Kafka", "given": "Franz"}, {"literal": "others"}]
        >>> found = decode_names(names, draft)
        >>> found.names[0].family, found.et_al, found.exact
        ('Kafka', True, True)
    """
    if not isinstance(raw, list):
        if raw is not None:
            _report("names must be in an array", draft)
        raw, exact = ([] if raw is None else [raw]), False
    else:
        exact = bool(raw)
    names = []
    for item in raw:
        name = _simple_name(item)
        if name is None:
            exact = False
            name = _name(item, draft)
        if name is not None:
            names.append(name)
            if name.given is None and "," in (name.literal or name.family or ""):
                draft.doubts(list_in_name(name, _EACH))
    if names:
        last = raw[-1]
        if type(last) is not dict or _STATIC not in last:
            end, et_al = _without_et_al(names[-1])
            if end is None and len(names) == 1:
                _report(
                    f"{str(names[0])!r} represents more names, but there is no name before it",
                    draft,
                )
            elif et_al:
                names[-1:] = [] if end is None else [end]
                return NamesRead(tuple(names), True, exact and last == _OTHERS)
    return NamesRead(tuple(names), False, exact)


_EACH: Final = "write an object with 'family' and 'given' for each name"


def _without_et_al(name: Name) -> tuple[Name | None, bool]:
    """Return a last name without the "et al." that is in its place or after it.

    Returns:
        The name, None if it only states that there are more, and whether it states so.
    """
    if not may_go_on(name.suffix or name.given or name.family or name.literal or ""):
        return name, False
    if is_et_al_name(name):
        return None, True
    if name.suffix:
        if is_et_al(name.suffix):
            return name.replace(suffix=None, comma_suffix=False), True
    elif name.literal is None:
        part = "given" if name.given else "family"
        text, found = without_et_al(name.given or name.family or "")
        if found:
            return name.replace(**{part: text.rstrip(", ")}), True
    return name, False


def _simple_name(item: Any) -> Name | None:
    """Read a name of known parts, all of them texts: the form in which nearly all names come."""
    if type(item) is not dict or ("literal" in item and len(item) > 1):
        return None
    for key, value in item.items():
        if key not in _PARTS or type(value) is not str or not value:
            return None
    return _name_of_texts(tuple(item.items()))


# Authors recur in a library, and a name cannot change.
@lru_cache(maxsize=16384)
def _name_of_texts(item: tuple[tuple[str, str], ...]) -> Name | None:
    parts: dict[str, Any] = {_PARTS[key]: value for key, value in item}
    family, given = parts.get("family"), parts.get("given", "")
    # As `is_taken_apart`, which costs a call.
    if family and (
        not family[0].isupper() or given[given.rfind(" ") + 1 :] in TAILS or "," in given
    ):
        # Names that the policy changes are written in the source's form, so they are not exact.
        name = Name(**parts)
        return name if _person(dict(item), parts) == name else None
    return Name(**parts)


def _person(item: dict[str, Any], parts: dict[str, Any]) -> Name:
    """Return the name of parts, unchanged if there is a particle among the keys."""
    family = parts.get("family") or ""
    if any(particle in item for particle in _PARTICLES):
        return Name(**parts)
    if len(family) > 1 and family[0] == family[-1] == '"':
        return Name(**{**parts, "family": family[1:-1]})
    name = Name.of_parts(family, parts.get("given") or "", parts.get("suffix") or "")
    is_comma = name.comma_suffix or parts.get("comma_suffix", False)
    is_static = parts.get("static_ordering", False)
    if (is_comma, is_static) == (name.comma_suffix, False):
        return name
    return name.replace(comma_suffix=is_comma, static_ordering=is_static)


def _name(item: Any, draft: Draft) -> Name | None:
    if isinstance(item, str):
        _report(f"a name must be an object, not the text {item!r:.60}", draft)
        return Name.parse(item)
    if not isinstance(item, dict):
        if item is not None:
            _report(f"a name must be an object, not {item!r:.60}", draft)
        return Name(literal=str(item)) if isinstance(item, int | float) else None
    parts: dict[str, Any] = {
        _PARTS[key]: _text(item[key], key, draft) for key in _PARTS if key in item
    }
    unread = [key for key in item if key not in _READ and item[key]]
    if unread:
        report_unread("a name", unread, draft)
    flags: dict[str, Any] = {_FLAGS[key]: item[key] not in FALSE for key in _FLAGS if key in item}
    if not any(parts.values()) and isinstance(item.get("name"), str):
        # Crossref's organisations
        return Name(literal=item["name"], **flags)
    literal = parts.pop("literal", None)
    if literal:
        if any(parts.values()):
            _report(f"parts next to the literal {literal!r:.60} are not read", draft)
        return Name(literal=literal, **flags)
    if literal is not None and not parts:
        return Name(literal=literal, **flags)
    if not any(parts.values()):
        _report("a name has no known part", draft)
    return _person(item, {**parts, **flags})


def _text(value: Any, key: str, draft: Draft) -> str | None:
    if isinstance(value, str | None):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    _report(f"a name's {key} must be a text, not {value!r:.60}", draft)
    return None


def encode_name(name: Name) -> dict[str, Any]:
    """Return a name as CSL-JSON.

    Example:
        >>> encode_name(Name(family="Beethoven", non_dropping_particle="van"))
        {'family': 'Beethoven', 'non-dropping-particle': 'van'}
    """
    # One by one: a loop over the parts would double the time for an item.
    value: dict[str, Any] = {}
    family, given = name.family, name.given
    if family is not None:
        value["family"] = family
    if given is not None:
        value["given"] = given
    if name.dropping_particle is not None:
        value["dropping-particle"] = name.dropping_particle
    if name.non_dropping_particle is not None:
        value["non-dropping-particle"] = name.non_dropping_particle
    if name.suffix is not None:
        value["suffix"] = name.suffix
    if name.literal is not None:
        value["literal"] = name.literal
    if name.comma_suffix:
        value["comma-suffix"] = True
    if name.static_ordering:
        value["static-ordering"] = True
    # Most names are certain by this test.
    is_certain = not family or (family[0] != '"' and not is_taken_apart(family, given or ""))
    if not is_certain and not _is_read_back(name):
        value["non-dropping-particle"] = ""
    return value


def _is_read_back(name: Name) -> bool:
    """Return whether a name without particles is read as having none."""
    family, given = name.family or "", name.given or ""
    if name.dropping_particle or name.non_dropping_particle:
        return True
    read = _person({}, {"family": family, "given": given, "suffix": name.suffix})
    return (read.family, read.given, read.suffix) == (name.family, name.given, name.suffix)


def encode_names(names: Sequence[Name], et_al: bool) -> list[dict[str, Any]]:
    """Return names as CSL-JSON, with a mark if the list continues.

    Example:
        >>> encode_names([Name(family="Kafka", given="Franz")], et_al=True)
        [{'family': 'Kafka', 'given': 'Franz'}, {'literal': 'others'}]
    """
    value = [encode_name(name) for name in names]
    if et_al:
        value.append(dict(_OTHERS))
    elif names:
        end, is_read = _without_et_al(names[-1])
        if is_read and (end is not None or len(names) > 1):
            value[-1].setdefault(_STATIC, False)  # a name that only looks like the end of a list
    return value


def encode_names_anew(
    names: Sequence[Name], et_al: bool, raw: Any, read: Sequence[Name]
) -> list[Any]:
    """Return names as CSL-JSON, those that have not changed as the source spelled them.

    Args:
        names: The current names.
        et_al: Whether their list continues now.
        raw: The JSON value that was read.
        read: The names that were read from it.
    """
    value: list[Any] = encode_names(names, et_al)
    if isinstance(raw, list) and len(raw) == len(read):
        for place, name in enumerate(names):
            if name in read:
                value[place] = raw[read.index(name)]
    return value


def report_unread(what: str, keys: Iterable[str], draft: Draft) -> None:
    """Report parts without an attribute.

    Args:
        what: The name of the object with the parts.
        keys: Their names.
        draft: Collects the problem.
    """
    message = f"{what} has parts that are not read: {', '.join(keys):.60}"
    hint = "they are written back to the same format, and to no other"
    draft.report("unread-part", message, hint=hint)


def _report(message: str, draft: Draft) -> None:
    draft.report("invalid-name", message, Severity.WARNING, KEPT)
