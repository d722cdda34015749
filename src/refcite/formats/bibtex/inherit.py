"""What an entry takes from others: `crossref` and `xdata`.

The rules are biblatex's defaults (manual, appendix B): a parent's title is the child's book title,
and so on. Where a parent has a `booktitle` beside its title, as BibTeX needs it, that is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import define

__all__ = ["Source", "inherit"]

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
_DATES: Final = frozenset({"date", "year", "month", "day"})
_TITLES: Final = ("title", "subtitle", "titleaddon")
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
_BOOK: Final = ("booktitle", "booksubtitle", "booktitleaddon")
_MAIN: Final = ("maintitle", "mainsubtitle", "maintitleaddon")
_JOURNAL: Final = ("journaltitle", "journalsubtitle", "journaltitleaddon")
_WITH_AUTHOR: Final = frozenset({"inbook", "bookinbook", "suppbook"})
_SAME: Final = (("journal", "journaltitle"), ("address", "location"), ("school", "institution"))
_ALIASES: Final = {name: pair for pair in _SAME for name in pair}


@define(eq=False)
class Source:
    """An entry's fields, which grow by what it inherits."""

    key: str
    type: str
    fields: dict[str, str]
    start: int
    parents: frozenset[str] = frozenset()


Report = Callable[[Source, str, str, str], None]


def inherit(entries: list[Source], report: Report) -> None:
    """Give each entry what it takes from its parents; parents first."""
    if not any("crossref" in entry.fields or "xdata" in entry.fields for entry in entries):
        return
    by_key: dict[str, Source] = {}
    for entry in entries:
        by_key.setdefault(entry.key, entry)
    by_lower = {key.lower(): entry for key, entry in reversed(by_key.items())}
    done: set[int] = set()
    for entry in entries:
        for child in _parents_first(entry, by_key, by_lower, done, report):
            for kind, parent in _parents(child, by_key, by_lower):
                if parent is not None:
                    _take(child, parent, kind)


def _parents(
    entry: Source, by_key: dict[str, Source], by_lower: dict[str, Source]
) -> list[tuple[str, Source | None]]:
    keys = [("xdata", key.strip()) for key in entry.fields.get("xdata", "").split(",")]
    keys.append(("crossref", entry.fields.get("crossref", "").strip()))
    return [(kind, by_key.get(key) or by_lower.get(key.lower())) for kind, key in keys if key]


def _parents_first(
    entry: Source,
    by_key: dict[str, Source],
    by_lower: dict[str, Source],
    done: set[int],
    report: Report,
) -> list[Source]:
    """Return what is not done yet, from the furthest parent to the entry; report cycles."""
    order: list[Source] = []
    path: set[int] = set()
    stack = [(entry, False)]
    while stack:
        current, finished = stack.pop()
        if finished:
            path.discard(id(current))
            order.append(current)
            continue
        if id(current) in done:
            continue
        done.add(id(current))
        path.add(id(current))
        stack.append((current, True))
        for kind, parent in _parents(current, by_key, by_lower):
            if parent is None:
                report(
                    current,
                    "missing-parent",
                    f"the entry that its {kind} names ({current.fields[kind].strip()}) is not here",
                    "what it would give is missing; add it to the file",
                )
            elif id(parent) in path:
                report(
                    current,
                    "inheritance-cycle",
                    f"its {kind} leads back to the entry itself",
                    "remove one of the references; nothing was taken over it",
                )
            else:
                stack.append((parent, False))
    return order


def _take(child: Source, parent: Source, kind: str) -> None:
    child.parents |= {parent.key} | parent.parents
    own = set(child.fields)
    has_date = not _DATES.isdisjoint(own)
    renamed = {} if kind == "xdata" else _renamed(child.type, parent)
    for name, value in parent.fields.items():
        if name in _NOT_INHERITED and not (kind == "xdata" and name == "keywords"):
            continue
        if renamed and name in _NOT_WITH_TITLE:
            continue
        if name in _DATES and has_date:
            continue
        for target in renamed.get(name, (name,)):
            if own.isdisjoint(_ALIASES.get(target, (target,))):
                child.fields.setdefault(target, value)


def _renamed(child: str, parent: Source) -> dict[str, tuple[str, ...]]:
    """Return the parent's fields that have other names in the child."""
    if parent.type in _MULTIVOLUME and (child in _VOLUMES or child in _PARTS_OF_BOOKS):
        names = _MAIN
    elif parent.type in _VOLUMES and child in _PARTS_OF_BOOKS:
        names = _BOOK
    elif parent.type == "periodical" and child in {"article", "suppperiodical"}:
        names = _JOURNAL
    else:
        return {}
    renamed: dict[str, tuple[str, ...]] = {
        title: (name,) for title, name in zip(_TITLES, names, strict=True)
    }
    if names is _BOOK and parent.fields.get("booktitle", "").strip():
        renamed["title"] = ()
    if child in _WITH_AUTHOR and parent.type in {"book", "mvbook"}:
        renamed["author"] = ("author", "bookauthor")
    return renamed
