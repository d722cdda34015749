"""Read Hayagriva's YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from refcite.formats.draft import Draft
from refcite.formats.hayagriva.table import DEFAULT_PARENTS, HOLDERS, SERIALS, SPEC, in_parent
from refcite.formats.yamltext import line_of, line_of_key, mapping, plain
from refcite.library import Library
from refcite.problems import Problem, Severity

__all__ = ["FORMAT", "draft_of", "read"]

FORMAT: Final = "hayagriva"

Entry = dict[str, Any]

_WHOLE: Final = {
    "title": "title",
    "publisher": "publisher/name",
    "url": "url/value",
    "serial-number": "serial-number/serial",
}
"""Fields that may be divided, with their names if they are not."""
_DIVIDED: Final = {
    "title": {"value"},
    "publisher": {"name", "location"},
    "url": {"value"},
    "serial-number": SERIALS.keys(),
}
"""Parts by which it is known that they are."""
_TYPES_OF_PARENTS: Final = ("conference", "exhibition")


def read(text: str) -> Library:
    """Read Hayagriva's YAML: a mapping of keys to entries.

    Args:
        text: The YAML.

    Returns:
        The records, with the problems in the library.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> from refcite import loads
        >>> library = loads('''
        ... ebb:
        ...   type: Article
        ...   title: On ebb
        ...   author: ["Roe, Ann", "Doe, Jan"]
        ...   date: 2020-10
        ...   parent: {type: Periodical, title: Journal of Water, volume: 3}
        ... ''', "hayagriva")
        >>> library["ebb"].type, library["ebb"].container_title, library["ebb"].volume
        ('article-journal', 'Journal of Water', '3')
    """
    library = Library()
    entries = mapping(text.removeprefix("\ufeff"), library.problems, joins_documents=True)
    for key, entry in entries.items():
        if not isinstance(entry, Mapping):
            library.problems.append(_not_an_entry(key, entry, line_of_key(entries, key)))
            continue
        draft = draft_of(plain(entry), line_of(entry))
        draft.values["id"] = str(key)
        library.problems.extend(problem.replace(key=key) for problem in draft.problems)
        own = str(entry.get("type", "misc")).lower()
        library.append(draft.record(FORMAT, {"type": own}))
    return library


def _not_an_entry(key: str, entry: Any, line: int) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="entry-not-object",
        message=f"the entry {key[:40]!r} must contain fields, not {str(entry)[:40]!r}",
        line=line,
        key=key,
    )


def draft_of(fields: Mapping[str, Any], line: int | None = None) -> Draft:
    """Return the data of an entry.

    Args:
        fields: Its fields, as plain data.
        line: The line on which it starts.

    Example:
        >>> parent = {"type": "Blog", "title": "Tides", "location": "Oslo"}
        >>> draft = draft_of({"type": "Article", "title": "Ebb", "parent": parent, "runtime": "5"})
        >>> draft.values["container_title"], draft.values["publisher_place"]
        ('Tides', 'Oslo')
    """
    entry = dict(fields)
    own = str(entry.pop("type", "misc")).lower()
    odd = _odd_parents(entry)
    parents = list(_parents_of(entry, own))
    csl_type, container = _find_type(own, parents)
    draft = Draft(SPEC, csl_type or "document", line=line)
    draft.values["type"] = csl_type or "document"
    if csl_type is None:
        draft.unknown_type(own, of="Hayagriva")
    for text in odd:
        message = f"a parent must contain fields; {str(text)[:40]!r} is read as its title"
        draft.report("entry-not-object", message, Severity.WARNING, "write 'title:' before it")
    holders = {"": entry}
    for parent in parents:
        # An entry with the id of another, or without an id, is not read.
        holders.setdefault("parent" if parent is container else _holder(parent), parent)
    inner = [] if container is None else list(_parents_of(container, "", "anthology"))
    for parent in inner:
        holders.setdefault(_holder(parent) if parent["type"] == "anthology" else "", parent)
    # The date of access of one URL would be read as that of the other.
    other = container.pop("url", None) if container is not None and "url" in entry else None
    draft.read(
        (key, value, line or 1)
        for name, holder in holders.items()
        for key, value in _fields(holder, name)
    )
    left = _left(draft, holders)
    if container is not None:
        more = {"url": other, "parent": _rest(inner, left)}
        left[id(container)] |= {key: value for key, value in more.items() if value}
    draft.extra |= left[id(entry)]
    rest = _rest(parents, left)
    if rest:
        draft.extra["parent"] = rest
    return draft


# Types and parents


def _parents_of(entry: Entry, own: str, default: str = "") -> Iterator[Entry]:
    """Remove the parents from an entry, and return each with its type."""
    parents = entry.pop("parent", None)
    for parent in parents if isinstance(parents, list) else [parents]:
        if isinstance(parent, dict):
            kind = parent.get("type", default or DEFAULT_PARENTS.get(own, "misc"))
            yield {**parent, "type": str(kind).lower()}


def _odd_parents(entry: Entry) -> list[str]:
    """Convert the parents of an entry that are only texts to titles, and return these."""
    given = entry.get("parent")
    parents = given if isinstance(given, list) else [given]
    odd = [parent for parent in parents if isinstance(parent, str) and parent]
    if odd:
        entry["parent"] = [{"title": one} if isinstance(one, str) else one for one in parents]
    return odd


def _find_type(own: str, parents: list[Entry]) -> tuple[str | None, Entry | None]:
    """Return the type, by the parents, and the parent that contains the entry."""
    found = [(SPEC.type_of(in_parent(own, parent["type"])), parent) for parent in parents]
    told = [(csl_type, parent) for csl_type, parent in found if csl_type is not None]
    for csl_type, parent in told:
        if parent["type"] not in _TYPES_OF_PARENTS:
            return csl_type, parent
    return told[0][0] if told else SPEC.type_of(own), None


def _holder(parent: Entry) -> str:
    return HOLDERS.get(parent["type"], "")


# Fields


def _fields(holder: Entry, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an entry or a parent, those in other fields separately."""
    prefix = f"{name}/" if name else ""
    for key, value in holder.items():
        if key == "affiliated":
            for role, group in _groups(value):
                yield f"{prefix}affiliated/{role}", group.get("names") or group if role else group
        elif isinstance(value, dict) and key in _WHOLE and value.keys() & _DIVIDED[key]:
            yield from ((prefix + part, inner) for part, inner in _parts(key, value))
        elif key != "type":
            yield prefix + _WHOLE.get(key, key), value


def _parts(key: str, value: Entry) -> Iterator[tuple[str, Any]]:
    parts = dict(value)
    if key == "title":
        inner = parts.pop("value")
        is_verbatim = "verbatim" in parts
        yield key, {"value": inner, "verbatim": parts.pop("verbatim")} if is_verbatim else inner
        if "shorthand" in parts:
            parts.setdefault("short", parts.pop("shorthand"))
    yield from ((f"{key}/{part}", inner) for part, inner in parts.items())


def _groups(affiliated: Any) -> Iterator[tuple[str, Any]]:
    """Yield each group of affiliated persons, with its role."""
    for group in affiliated if isinstance(affiliated, list) else [affiliated]:
        role = str(group.get("role", "")).lower() if isinstance(group, dict) else ""
        yield role.replace("castmember", "cast-member"), group


# Remaining data


def _left(draft: Draft, holders: Mapping[str, Entry]) -> dict[int, Entry]:
    """Remove the rest of each parent from `extra`, and return it in the source's form."""
    left: dict[int, Entry] = {id(holder): {} for holder in holders.values()}
    for own in list(draft.extra):
        head, _, rest = own.partition("/")
        name, key = (head, rest.partition("/")[0]) if rest and head in holders else ("", head)
        holder = holders[name]
        if key not in holder:
            continue
        del draft.extra[own]
        if own == f"affiliated/{rest}":
            groups = [group for role, group in _groups(holder[key]) if role == rest]
            left[id(holder)].setdefault(key, []).extend(groups)
        else:
            left[id(holder)][key] = holder[key]
    return left


def _rest(parents: list[Entry], left: Mapping[int, Entry]) -> list[Entry]:
    """Return the rest of parents, each with its type."""
    found = ({"type": parent["type"], **left.get(id(parent), parent)} for parent in parents)
    return [parent for parent in found if parent.keys() - {"type"}]
