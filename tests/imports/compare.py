"""The comparison of one file, and of all."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import define, field, frozen

from refcite import Library, Record, load
from refcite.formats import formats, guess_format
from refcite.problems import RefciteError
from tests.csl.deviations import disagreements
from tests.imports.rules import equal, equal_creators, has_tags
from tests.imports.zotero import base_field, creators_of, item_of
from tests.shared import shared_or_none

__all__ = ["Difference", "Result", "cases", "compared", "deviations", "faults", "folder"]

_DEVIATIONS: Final = Path(__file__).with_name("deviations.toml")
_NUMBER: Final = re.compile(r"-[0-9]+\Z")
_OTHER_NAMES: Final = {
    "crossref-json": "crossref",
    "datacite-json": "datacite",
    "openalex-json": "openalex",
    "oai_dc": "oai-dc",
}
"""Names of files whose format has another name."""
_NO_VALUES: Final = frozenset(("itemType", "creators", "tags", "attachments", "notes", "seeAlso",
    "itemID", "version", "complete", "key", "collections", "relations"))  # fmt: skip
"""What is compared otherwise, or is no value of the work. Zotero mines notes and attachments."""


@frozen
class Difference:
    """A value that differs.

    Attributes:
        place: The file, the number of the item and the field: `wos-00/1/title`.
        found: The value of the record.
        expected: The value of Zotero's item.
    """

    place: str
    found: str
    expected: str


@define
class Result:
    """The figures of a format."""

    files: int = 0
    unread: int = 0
    items: int = 0
    items_expected: int = 0
    equal: int = 0
    values: int = 0
    unrecognised: int = 0
    differences: list[Difference] = field(factory=list)


def folder() -> Path | None:
    """Return the folder of the tests, or None."""
    named = os.environ.get("REFCITE_IMPORTS")
    if named:
        return Path(named) if Path(named).is_dir() else None
    return shared_or_none("corpora", "imports")


def cases(base: Path) -> Iterator[tuple[str, Path, list[dict[str, Any]]]]:
    """Yield the format of each file, the file, and the items that Zotero reads in it."""
    for path in sorted(base.glob("*.input")):
        name = _NUMBER.sub("", path.stem)
        expected = path.with_name(f"{path.stem}.expected.json")
        if expected.exists():
            yield _OTHER_NAMES.get(name, name), path, json.loads(expected.read_text("utf-8"))


def compared(base: Path) -> dict[str, Result]:
    """Return the figures of each format."""
    known = {one.name for one in formats() if one.reads}
    results: dict[str, Result] = {}
    for name, path, expected in cases(base):
        result = results.setdefault(name, Result())
        result.files += 1
        if name not in known:
            result.unread += 1
            continue
        library = load(path, format=name)
        result.unrecognised += not _is_recognised(path, name)
        result.items += min(len(library), len(expected))
        result.items_expected += len(expected)
        for number, item in enumerate(expected):
            record = _record_for(item, number, library, len(expected))
            for place, is_equal, found, value in _values(record, item):
                result.values += 1
                result.equal += is_equal
                if not is_equal:
                    result.differences.append(
                        Difference(f"{path.stem}/{number}/{place}", str(found), str(value))
                    )
    return results


def _is_recognised(path: Path, name: str) -> bool:
    try:
        return guess_format(path.read_bytes().decode("utf-8", "replace")).name == name
    except RefciteError:
        return False


def _record_for(
    item: Mapping[str, Any], number: int, library: Library, count: int
) -> Record | None:
    """Return the record at the place of an item, or that of its title if one is missing."""
    if len(library) == count:
        return library[number]
    title = str(item.get("title", ""))
    return next((one for one in library if one.title == title), None)


def _values(
    record: Record | None, item: Mapping[str, Any]
) -> Iterator[tuple[str, bool, object, object]]:
    """Yield the values that Zotero's item has, each with whether that of the record is equal."""
    own = item_of(record) if record is not None else {"creators": []}
    yield "itemType", own.get("itemType") == item["itemType"], own.get("itemType"), item["itemType"]
    for place, creator in enumerate(creators_of(item)):
        found = record is not None and equal_creators(own["creators"], creator)
        yield f"creators/{place}", found, own["creators"], creator
    if item.get("tags"):
        found = record is not None and has_tags(record, item["tags"])
        yield "tags", found, own.get("keyword"), item["tags"]
    for name, value in item.items():
        if name in _NO_VALUES or not value:
            continue
        base = base_field(name)
        found = record is not None and equal(base, own.get(base), str(value), record)
        yield name, found, own.get(base), value


def faults(base: Path, results: Mapping[str, Result]) -> list[str]:
    """Return the differences that are not judged, and judged ones that are none (any more)."""
    read = {name for name, one in results.items() if one.values}
    stems = {path.stem for name, path, _ in cases(base) if name in read}
    judged = [place for place in deviations() if place.partition("/")[0] in stems]
    differences = [one.place for result in results.values() for one in result.differences]
    return disagreements(judged, differences, [*judged, *differences])


def deviations() -> dict[str, str]:
    """Return the places at which a record differs on purpose, each with the reason."""
    groups = tomllib.loads(_DEVIATIONS.read_text(encoding="utf-8")).get("group", ())
    return {place: group["reason"] for group in groups for place in group["places"]}
