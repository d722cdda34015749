"""Read the items of Zotero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from refcite.formats.base import Objects
from refcite.formats.codecs import join_keywords
from refcite.formats.common_problems import no_entries
from refcite.formats.csl_json import decode_item, encode_date, encode_names
from refcite.formats.draft import Draft
from refcite.formats.jsontext import Reader
from refcite.formats.jsonvalues import mapping, mappings
from refcite.formats.zotero.table import SPEC, variable_of_creator
from refcite.library import Library
from refcite.names import Name
from refcite.problems import FormatError, Problem, Severity, near_matches
from refcite.record import Origin, Record

__all__ = ["read", "read_objects", "split_citation_key"]

_FORMAT: Final = "zotero"
_CITATION_KEY: Final = re.compile(
    r"^[ \t]*(?:citation[ _-]?key|bibtex\*?)[ \t]*:[ \t]*(\S{1,255})[ \t]*$\n?",
    re.IGNORECASE | re.MULTILINE,
)
_ANNOTATION: Final = "annotation"
_NO_WORKS: Final = frozenset({"attachment", "note"})
_NO_FIELDS: Final = frozenset(
    {"itemType", "itemID", "itemKey", "key", "version", "creators", "tags", "relations", "select",
     "uri", "libraryID", "parentItem", "attachments", "notes", "seeAlso", "citationKeyOfDatabase"}
)  # fmt: skip
_KEPT: Final = ("collections", "dateAdded", "dateModified")
_MOST_NAMED: Final = 20


def read(
    text: str,
    *,
    collection: str | None = None,
    group: str | None = None,
    day_first: bool | None = None,
) -> Library:
    r"""Read the items of Zotero: its data folder, its database, or its own JSON.

    A folder or a database is passed to `load` as a path. It is only read, from a copy, also while
    Zotero runs. The JSON is that of Zotero's web API or of Better BibTeX. The items in the trash
    are not read. The id of a record is its citation key, or Zotero's key if it has none.
    Collections, notes, and fields without a variable are in `extra`, the paths of attachments in
    `extra["file"]`, with semicolons between them.

    Args:
        text: The items, in JSON.
        collection: The name of a collection, or its path, such as `Thesis/Chapter 1`. The works
            in it and in its subcollections are read.
        group: The name of a group library. Without it, the own library is read.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Raises:
        FormatError: There is no such collection or group.

    Example:
        >>> from refcite import loads
        >>> text = '''[{"key": "K2VT5RB8", "data": {"itemType": "book", "title": "The Castle",
        ...     "creators": [{"creatorType": "author", "firstName": "Franz", "lastName": "Kafka"}],
        ...     "extra": "Citation Key: kafka1926\\noriginal-date: 1926"}}]'''
        >>> record = loads(text, "zotero")["kafka1926"]
        >>> record.title, str(record.original_date), record.note
        ('The Castle', '1926', None)
    """
    problems: list[Problem] = []
    found = (entry.value for entry in Reader(text.removeprefix("\ufeff"), problems).entries())
    return _library(found, problems, collection, group, day_first)


def read_objects(
    objects: Objects,
    *,
    collection: str | None = None,
    group: str | None = None,
    day_first: bool | None = None,
) -> Library:
    """Read parsed items, such as those that a client of Zotero's web API returns.

    Args:
        objects: The items, or one.
        collection: The name of a collection, or its path.
        group: The name of a group library.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Raises:
        FormatError: There is no such collection or group.

    Example:
        >>> read_objects([{"key": "A", "itemType": "map", "title": "Oslo"}])["A"].type
        'map'
    """
    listed = [objects] if isinstance(objects, Mapping) else objects
    return _library((mapping(one) for one in listed), [], collection, group, day_first)


class _Source:
    """The items of a text, and what its database states about them.

    Attributes:
        items: The works.
        collections: The paths of all collections, of each library.
        omitted: The number of attachments and notes that belong to no work.
        annotations: The number of annotations in attached files.
    """

    def __init__(self, objects: Iterable[dict[str, Any]], problems: list[Problem]) -> None:
        self.items: list[dict[str, Any]] = []
        self.collections: list[str] = []
        self.omitted = self.annotations = 0
        self._problems = problems
        for one in objects:
            self._add(one)

    def _add(self, value: dict[str, Any]) -> None:
        if "source" in value and "itemType" not in value:
            self.collections += [x for x in value.get("collections", ()) if isinstance(x, str)]
            for found in mappings(value.get("problems")):
                message, hint = found.get("message"), found.get("hint")
                if isinstance(message, str):
                    self._problems.append(
                        Problem(
                            severity=Severity.WARNING,
                            code="not-read",
                            message=message,
                            hint=hint if isinstance(hint, str) else None,
                        )
                    )
            return
        if isinstance(value.get("items"), list) and "itemType" not in value:
            for one in mappings(value["items"]):
                self._add_item(one)
            return
        self._add_item(value)

    def _add_item(self, value: dict[str, Any]) -> None:
        data = mapping(value.get("data"))
        item = {**value, **data} if data else value
        item_type = item.get("itemType")
        if not isinstance(item_type, str):
            keys = ", ".join(map(repr, list(value)[:5])) or "none"
            self._problems.append(
                Problem(
                    severity=Severity.ERROR,
                    code="not-recognised",
                    message=f"the object is not an item of Zotero, and has no record; its keys"
                    f" are: {keys[:200]}",
                )
            )
        elif item.get("deleted"):
            return
        elif item_type == _ANNOTATION:
            self.annotations += 1
        elif item_type in _NO_WORKS:
            self.omitted += not item.get("parentItem")
        else:
            item.pop("data", None)
            self.items.append(item)


def _library(
    objects: Iterable[dict[str, Any]],
    problems: list[Problem],
    collection: str | None,
    group: str | None,
    day_first: bool | None,
) -> Library:
    source = _Source(objects, problems)
    items = _of_library(source, group, problems)
    if collection is not None:
        items = _of_collection(items, source.collections, collection)
    library = Library()
    for item in items:
        record, doubts = _record(item, day_first)
        library.adopt(record)
        key = library[-1].id
        problems += [one.replace(line=None, column=None, key=key) for one in doubts]
    if source.omitted:
        is_one = source.omitted == 1
        what = "1 attachment or note" if is_one else f"{source.omitted} attachments and notes"
        problems.append(_not_read(what, "belongs" if is_one else "belong", is_one))
    if source.annotations:
        is_one = source.annotations == 1
        what = "1 annotation" if is_one else f"{source.annotations} annotations"
        problems.append(_not_read(f"{what} in attached files", "", is_one))
    if not source.items and not any(one.severity is Severity.ERROR for one in problems):
        problems.append(no_entries("there is no work of Zotero in this text"))
    library.problems[:0] = problems
    return library


def _not_read(what: str, belong: str, is_one: bool) -> Problem:
    verb = f"{belong} to no work and " if belong else ""
    return Problem(
        severity=Severity.INFO,
        code="not-read",
        message=f"{what} {verb}{'is' if is_one else 'are'} not read",
    )


def _group_of(item: Mapping[str, Any]) -> str:
    """Return the name of the group to whose library an item belongs; empty if it is none."""
    library = mapping(item.get("library"))
    name = library.get("name") if library.get("type") == "group" else None
    return name if isinstance(name, str) else ""


def _of_library(
    source: _Source, group: str | None, problems: list[Problem]
) -> list[dict[str, Any]]:
    """Return the items of one library."""
    sizes: dict[str, int] = {}
    for item in source.items:
        name = _group_of(item)
        sizes[name] = sizes.get(name, 0) + 1
    if group is not None:
        if group not in sizes:
            known = ", ".join(sorted(filter(None, sizes))[:_MOST_NAMED]) or "none"
            near = near_matches(group, filter(None, sizes))
            raise FormatError(
                f"there is no group library {group!r} with works; known: {known}{near}"
            )
        return [item for item in source.items if _group_of(item) == group]
    if "" not in sizes:
        return source.items
    for name, count in sizes.items():
        if name:
            works = "1 work" if count == 1 else f"{count} works"
            problems.append(
                Problem(
                    severity=Severity.INFO,
                    code="not-read",
                    message=f"the group library {name!r} ({works}) is not read",
                    hint=f"set the option group to {name!r} to read it",
                )
            )
    return [item for item in source.items if not _group_of(item)]


def _of_collection(
    items: list[dict[str, Any]], known: list[str], name: str
) -> list[dict[str, Any]]:
    """Return the items of a collection and its subcollections."""
    sought = name.strip("/")
    paths = dict.fromkeys([*known, *(path for item in items for path in _collections(item))])
    chosen = {path for path in paths if path == sought} or {
        path for path in paths if path.endswith(f"/{sought}")
    }
    if not chosen:
        listed = ", ".join(list(paths)[:_MOST_NAMED]) or "none"
        more = ", …" if len(paths) > _MOST_NAMED else ""
        near = near_matches(name, paths)
        raise FormatError(f"there is no collection {name!r}; known: {listed}{more}{near}")
    starts = tuple(f"{path}/" for path in chosen)
    return [
        item
        for item in items
        if any(path in chosen or path.startswith(starts) for path in _collections(item))
    ]


def _collections(item: Mapping[str, Any]) -> list[str]:
    found = item.get("collections")
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _record(item: dict[str, Any], day_first: bool | None) -> tuple[Record, list[Problem]]:
    own = str(item["itemType"])
    csl_type = SPEC.type_of(own)
    draft = Draft(SPEC, own, day_first=day_first)
    csl: dict[str, Any] = {"type": csl_type or "document"}
    if csl_type is None:
        draft.unknown_type(own, of="Zotero")
    elif next(row.own for row in SPEC.types if row.csl == csl_type) != own:
        draft.extra["itemType"] = own
    fields = {key: text for key, text in _texts(item) if key not in _NO_FIELDS}
    key = _citation_key(item, fields)
    for row in SPEC.readers(own):
        text = fields.get(row.own)
        if text is None or row.variable in csl or row.variable == "id":
            continue
        value = row.kind.read(text, draft)
        del fields[row.own]
        csl[row.variable] = encode_date(value) if row.own in _OF_DATES else value
    number = str(item.get("key") or item.get("itemKey") or "")
    csl["id"] = key or number
    draft.extra |= {one: text for one, text in fields.items() if one not in _KEPT}
    if key and number:
        draft.extra["itemKey"] = number
    _add_creators(item, own, csl, draft)
    words = [one.get("tag") if isinstance(one, dict) else one for one in _list(item.get("tags"))]
    keywords = join_keywords(dict.fromkeys(one for one in words if isinstance(one, str) and one))
    if keywords:
        csl["keyword"] = keywords
    _keep(item, draft)
    problems = draft.problems
    record = decode_item(csl, problems, None, day_first, _FORMAT, note_fields=True)
    extra = {**record.extra, **draft.extra}
    return record.replace(extra=extra, origin=Origin(format=_FORMAT)), problems


_OF_DATES: Final = frozenset(
    row.own for row in SPEC.fields if row.variable in ("issued", "accessed", "submitted",
                                                       "original-date")
)  # fmt: skip


def _texts(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = str(value).strip()
            if text:
                yield key, text


def _citation_key(item: Mapping[str, Any], fields: dict[str, str]) -> str:
    """Return the citation key; its line is removed from the field `extra`."""
    key = fields.pop("citationKey", "")
    in_note, left = split_citation_key(fields.get("extra", ""))
    if in_note:
        key = key or in_note
        if left:
            fields["extra"] = left
        else:
            del fields["extra"]
    fallback = item.get("citationKeyOfDatabase")
    return key or (fallback if isinstance(fallback, str) else "")


def split_citation_key(note: str) -> tuple[str, str]:
    r"""Return the citation key that is a line of a note, and the rest of the note.

    Example:
        >>> split_citation_key("Read again\nCitation Key: kafka1926"), split_citation_key("None")
        (('kafka1926', 'Read again'), ('', 'None'))
    """
    found = _CITATION_KEY.search(note) if ":" in note else None
    if found is None:
        return "", note
    return found[1], (note[: found.start()] + note[found.end() :]).strip()


def _add_creators(item: Mapping[str, Any], own: str, csl: dict[str, Any], draft: Draft) -> None:
    names: dict[str, list[Name]] = {}
    for one in mappings(item.get("creators")):
        creator = str(one.get("creatorType") or "author")
        name = _name(one)
        if name is None:
            continue
        variable = variable_of_creator(creator, own)
        if variable is None:
            draft.extra.setdefault(creator, []).append(name.inverted())
        else:
            names.setdefault(variable, []).append(name)
    csl |= {variable: encode_names(found, et_al=False) for variable, found in names.items()}


def _name(creator: Mapping[str, Any]) -> Name | None:
    whole, first, last = (
        str(creator.get(key) or "").strip() for key in ("name", "firstName", "lastName")
    )
    if whole or not (first or last):
        return Name(literal=whole) if whole else None
    return Name.of_parts(last, first)


def _keep(item: Mapping[str, Any], draft: Draft) -> None:
    """Keep the collections, notes, attachments and dates of an item."""
    for key in _KEPT:
        if item.get(key):
            draft.extra[key] = item[key]
    notes = [one.get("note") if isinstance(one, dict) else one for one in _list(item.get("notes"))]
    notes = [one for one in notes if isinstance(one, str) and one]
    if notes:
        draft.extra["notes"] = notes
    paths, links = [], []
    for one in mappings(item.get("attachments")):
        path = one.get("path")
        if isinstance(path, str) and path:
            paths.append(path)
        elif one.get("url"):
            links.append({key: one[key] for key in ("title", "url") if one.get(key)})
    if paths:
        draft.extra["file"] = ";".join(paths)
    if links:
        draft.extra["attachments"] = links


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
