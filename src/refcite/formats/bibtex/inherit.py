"""The fields that an entry inherits from others: `crossref` and `xdata`.

Besides whole entries, biblatex inherits single fields and single items of lists from `@xdata`:
`author = {xdata=people-author-2 and Roe, Ann}` (manual, § 3.13.6). The rules are biblatex's
defaults (manual, appendix B): a parent's title is the child's book title, and so on.
If a parent has a `booktitle` besides its title, as BibTeX requires, this is inherited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from refcite.formats.bibtex.mapping import DATE_FIELDS, titled
from refcite.formats.bibtex.people import read_names, split_list
from refcite.formats.bibtex.references import (
    Keys,
    Report,
    Source,
    furthest_first,
    keys_in,
    report_pointers,
)

__all__ = ["REFERRING", "Inheritance", "inherit", "keys_named"]

_INHERITING: Final = frozenset({"crossref", "xdata"})
_LISTS: Final = ("xdata", "xref", "related", "entryset")
REFERRING: Final = frozenset({"crossref", *_LISTS})
"""The fields whose values are keys of other entries."""

_NOT_INHERITED: Final = frozenset(
    [
        "crossref",
        "xref",
        "xdata",
        "ids",
        "entryset",
        "entrysubtype",
        "execute",
        "label",
        "options",
        "presort",
        "related",
        "relatedoptions",
        "relatedstring",
        "relatedtype",
        "shorthand",
        "shorthandintro",
        "sortkey",
        "keywords",
        "refcite",
    ]
)
_NOT_WITH_TITLE: Final = frozenset({"shorttitle", "sorttitle", "indextitle", "indexsorttitle"})
_MULTIVOLUME: Final = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})
_VOLUMES: Final = frozenset({"book", "collection", "proceedings", "reference"})
_PARTS_OF_BOOKS: Final = frozenset(
    [
        "inbook",
        "bookinbook",
        "suppbook",
        "incollection",
        "suppcollection",
        "inreference",
        "inproceedings",
        "conference",
    ]
)
_WITH_AUTHOR: Final = frozenset({"inbook", "bookinbook", "suppbook"})
_ITEM: Final = re.compile(
    r"\bxdata\s*=\s*\{?([^\s,{}=]+?)-([a-z]+)(?:-([0-9]{1,4}))?(?![^\s,{}])\}?", re.IGNORECASE
)
_SAME: Final = (("journal", "journaltitle"), ("address", "location"), ("school", "institution"))
_ALIASES: Final = {name: pair for pair in _SAME for name in pair}


class Inheritance:
    """The entries to which others refer, with their inherited fields.

    They refer to each other, perhaps in cycles, so that they are completed first and in the order
    of the file. All other entries are completed one by one. Missing entries and cycles are
    reported; a reference that closes a cycle is ignored.

    Args:
        referenced: The entries to which others refer, in the order of the file.
        by_key: Finds these entries.
        report: Reports a problem of an entry.
    """

    def __init__(self, referenced: Sequence[Source], by_key: Keys, report: Report) -> None:
        self._by_key = by_key
        self._report = report
        report_pointers(referenced, by_key, report)
        for entry in referenced:
            _fill_in(entry, by_key, report)
        done: set[int] = set()
        for entry in referenced:
            if not _INHERITING.isdisjoint(entry.fields):
                closing: set[tuple[int, int]] = set()
                for child in furthest_first(entry, self._parents, done, closing):
                    self._take_all(child, closing)
        for entry in referenced:
            entry.is_complete = True

    def complete(self, entry: Source) -> None:
        """Add the inherited fields to an entry, unless it is one of those with references to it."""
        if entry.is_complete:
            return
        report_pointers((entry,), self._by_key, self._report)
        _fill_in(entry, self._by_key, self._report)
        if not _INHERITING.isdisjoint(entry.fields):
            self._take_all(entry, frozenset())

    def _parents(self, child: Source) -> list[Source]:
        return [one for _, _, one in _parents(child, self._by_key) if one is not None]

    def _take_all(self, child: Source, closing: Set[tuple[int, int]]) -> None:
        for kind, key, parent in _parents(child, self._by_key):
            if parent is None:
                _report_missing(child, kind, key, self._report)
            elif (id(child), id(parent)) in closing:
                _report_cycle(child, kind, key, self._report)
            else:
                _take(child, parent, kind)


def inherit(entries: Sequence[Source], report: Report) -> None:
    """Add the inherited fields to all entries of a file."""
    by_key = Keys(entries)
    named = {key for entry in entries for key in keys_named(entry)}
    found = {id(by_key.find(key)) for key in named}
    inheritance = Inheritance([one for one in entries if id(one) in found], by_key, report)
    for entry in entries:
        inheritance.complete(entry)


def keys_named(entry: Source) -> Iterator[str]:
    """Yield the keys of the entries to which an entry refers.

    Example:
        >>> fields = {"crossref": "p", "author": "{xdata=people-author-2} and Roe, Ann"}
        >>> list(keys_named(Source("a", "book", fields, 0)))
        ['p', 'people']
    """
    fields = entry.fields
    if not REFERRING.isdisjoint(fields):
        if key := fields.get("crossref", "").strip():
            yield key
        for name in _LISTS:
            if name in fields:
                yield from keys_in(fields[name])
    for value in fields.values():
        if "xdata" in value:
            yield from (found[1] for found in _ITEM.finditer(value))
            for part in _PART.finditer(value):
                if found := _OF_NAME.fullmatch(part[2]):
                    yield found[1]


# Single items


def _fill_in(entry: Source, by_key: Keys, report: Report) -> None:
    """Replace `xdata=key-field-number` by the named value, in fields, names and lists."""
    for name, value in entry.fields.items():
        if "xdata" not in value or not (_ITEM.search(value) or _PART.search(value)):
            continue
        taken = [_item(entry, item, by_key, report) for item in split_list(value)]
        entry.fields[name] = " and ".join(taken)


def _item(entry: Source, item: str, by_key: Keys, report: Report) -> str:
    """Return the value that an item of a list names; the item itself if the value is missing."""
    found = _ITEM.fullmatch(_unbraced(item))
    if found is None:
        return _PART.sub(lambda part: _part(entry, part, by_key, report), item)
    key, name, number = found.groups()
    parent = by_key.find(key)
    value = parent.fields.get(name.lower(), "") if parent is not None else ""
    if value and number:
        items = split_list(value)
        value = items[int(number) - 1] if 0 < int(number) <= len(items) else ""
    if parent is None or not value or _ITEM.search(value):
        _report_missing(entry, "xdata", found[0].partition("=")[2].strip("{} "), report)
        return item
    entry.parents |= {parent.key}
    return value


def _part(entry: Source, part: re.Match[str], by_key: Keys, report: Report) -> str:
    """Return a part of a name, `given={xdata=key-author-1-given}`, with the value that it names."""
    found = _OF_NAME.fullmatch(part[2])
    parent = by_key.find(found[1]) if found is not None else None
    value = ""
    if found is not None and parent is not None:
        _, name, number, kind = found.groups()
        value = parent.fields.get(name.lower(), "")
        if number:
            items = split_list(value)
            value = items[int(number) - 1] if 0 < int(number) <= len(items) else ""
        if kind and value:
            names = read_names(value).names
            value = getattr(names[0], _KINDS[kind.lower()]) or "" if len(names) == 1 else ""
    if parent is None or not value or "xdata" in value:
        _report_missing(entry, "xdata", part[2], report)
        return part[0]
    entry.parents |= {parent.key}
    return f"={{{value}}}"


_PART: Final = re.compile(r"=\s{0,9}(\{\s{0,9})?xdata\s{0,9}=\s{0,9}([^\s,{}=]+)(?(1)\s{0,9}\})")
_OF_NAME: Final = re.compile(
    r"(.+?)-([a-z]+)(?:-([0-9]{1,4})(?:-(family|given|prefix|suffix))?)?", re.IGNORECASE
)
_KINDS: Final = {
    "family": "family",
    "given": "given",
    "prefix": "non_dropping_particle",
    "suffix": "suffix",
}


def _unbraced(item: str) -> str:
    return item[1:-1] if item[:1] == "{" and item[-1:] == "}" else item


def _parents(entry: Source, by_key: Keys) -> list[tuple[str, str, Source | None]]:
    fields = entry.fields
    named = [("xdata", key) for key in keys_in(fields["xdata"])] if "xdata" in fields else []
    key = fields.get("crossref", "").strip()
    if key:
        named.append(("crossref", key))
    return [(kind, key, by_key.find(key)) for kind, key in named]


def _report_missing(child: Source, kind: str, key: str, report: Report) -> None:
    message = f"the entry that its {kind} names ({key}) is missing"
    report(child, "missing-parent", message, "its fields are not inherited; add it to the file")


def _report_cycle(child: Source, kind: str, key: str, report: Report) -> None:
    message = f"its {kind} ({key}) refers back to the entry itself"
    hint = "remove one of the references; nothing was inherited through this one"
    report(child, "inheritance-cycle", message, hint)


def _take(child: Source, parent: Source, kind: str) -> None:
    child.parents |= {parent.key}
    own = set(child.fields)
    has_date = not own.isdisjoint(DATE_FIELDS)
    renamed = {} if kind == "xdata" else _renamed(child.type, parent)
    for name, value in parent.fields.items():
        if name in _NOT_INHERITED and not (kind == "xdata" and name == "keywords"):
            continue
        if renamed and name in _NOT_WITH_TITLE:
            continue
        if has_date and name in DATE_FIELDS:
            continue
        for target in renamed.get(name, (name,)):
            if own.isdisjoint(_ALIASES.get(target, (target,))):
                child.fields.setdefault(target, value)


def _renamed(child: str, parent: Source) -> dict[str, tuple[str, ...]]:
    """Return the parent's fields that have other names in the child."""
    if parent.type in _MULTIVOLUME and (child in _VOLUMES or child in _PARTS_OF_BOOKS):
        prefix = "main"
    elif parent.type in _VOLUMES and child in _PARTS_OF_BOOKS:
        prefix = "book"
    elif parent.type == "periodical" and child in {"article", "suppperiodical"}:
        prefix = "journal"
    else:
        return {}
    renamed: dict[str, tuple[str, ...]] = {
        title: (name,) for title, name in zip(titled(""), titled(prefix), strict=True)
    }
    if prefix == "book" and parent.fields.get("booktitle", "").strip():
        renamed["title"] = ()
    if child in _WITH_AUTHOR and parent.type in {"book", "mvbook"}:
        renamed["author"] = ("author", "bookauthor")
    return renamed
