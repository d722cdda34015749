"""The tables of Zotero's database, of several versions, as dictionaries by the numbers of items."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from refcite.problems import InputError

__all__ = ["Tables"]

_NEEDED: Final = ("items", "itemData", "itemDataValues", "itemTypes", "fields")
_DEEPEST: Final = 100
"""The maximum number of names in the path of a collection."""
_LONGEST: Final = 50_000_000
"""The maximum length of a value in bytes."""


class Tables:
    """The tables of a database.

    Args:
        connection: The open database.

    Attributes:
        groups: The names of group libraries, by their numbers.

    Raises:
        InputError: The database is not that of Zotero.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        # A view in a file of another person can contain any query.
        self._names = {name for (name,) in rows}
        if not self._names.issuperset(_NEEDED):
            raise InputError(
                "this is an SQLite database, but not that of Zotero; name zotero.sqlite or Zotero's"
                " data folder"
            )
        self._groups_and_feeds()

    def _columns(self, table: str) -> set[str]:
        return {row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")}

    def _rows(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the values of columns, None for each that the table does not have.

        A column may be named by several names of different versions, with `|` between them.
        """
        if table not in self._names:
            return
        known = self._columns(table)
        chosen = [
            next((name for name in column.split("|") if name in known), "NULL")
            for column in columns
        ]
        # Tables and columns are named by this module only.
        query = f"SELECT {', '.join(chosen)} FROM {table}"  # noqa: S608
        for row in self._connection.execute(query):
            yield tuple(
                one.decode("utf-8", "replace") if isinstance(one, bytes) else one for one in row
            )

    def _named(self, tables: tuple[str, ...], number: str, name: str) -> dict[Any, str]:
        """Return the names in the first of several tables that exists, by their numbers."""
        table = next((one for one in tables if one in self._names), "")
        return {one: text for one, text in self._rows(table, number, name) if text}

    def _groups_and_feeds(self) -> None:
        kinds = dict(self._rows("libraries", "libraryID", "type|libraryType"))
        self.groups: dict[Any, str] = {
            one: str(name) for one, name in self._rows("groups", "libraryID", "name")
        }
        self._feeds = {one for one, kind in kinds.items() if kind == "feed"}

    def items(self) -> dict[int, dict[str, Any]]:
        """Return the items that are not in the trash, in the order in which they were added."""
        types = self._named(("itemTypesCombined", "itemTypes"), "itemTypeID", "typeName")
        deleted = {one for (one,) in self._rows("deletedItems", "itemID")}
        rows = self._rows(
            "items", "itemID", "itemTypeID", "libraryID", "key", "dateAdded", "dateModified"
        )
        return {
            number: {
                "itemType": types.get(own, "document"),
                "libraryID": library,
                "key": str(key or ""),
                "dateAdded": added,
                "dateModified": modified,
            }
            for number, own, library, key, added, modified in sorted(
                rows, key=lambda row: row[0] if isinstance(row[0], int) else 0
            )
            if number not in deleted and library not in self._feeds
        }

    def fields(self) -> dict[int, dict[str, str]]:
        """Return the fields of each item, under Zotero's names."""
        names = self._named(("fieldsCombined", "fields"), "fieldID", "fieldName")
        values = dict(self._rows("itemDataValues", "valueID", "value"))
        found: dict[int, dict[str, str]] = {}
        for item, field, value in self._rows("itemData", "itemID", "fieldID", "valueID"):
            text = values.get(value)
            if field in names and text is not None:
                found.setdefault(item, {})[names[field]] = str(text)
        return found

    def creators(self) -> dict[int, list[dict[str, str]]]:
        """Return the creators of each item, in their order."""
        types = self._named(("creatorTypes",), "creatorTypeID", "creatorType")
        people: dict[Any, tuple[Any, ...]] = {}
        if "creatorData" in self._names:
            data = {
                row[0]: row[1:]
                for row in self._rows(
                    "creatorData", "creatorDataID", "firstName", "lastName", "fieldMode"
                )
            }
            for one, place in self._rows("creators", "creatorID", "creatorDataID"):
                people[one] = data.get(place, ("", "", 0))
        else:
            for row in self._rows("creators", "creatorID", "firstName", "lastName", "fieldMode"):
                people[row[0]] = row[1:]
        rows = self._rows("itemCreators", "itemID", "creatorID", "creatorTypeID", "orderIndex")
        found: dict[int, list[dict[str, str]]] = {}
        for item, one, own, _ in sorted(rows, key=_by_order):
            first, last, mode = people.get(one, ("", "", 0))
            kind = {"creatorType": types.get(own, "author")}
            name = (
                {"name": str(last or "")}
                if mode == 1
                else {"firstName": str(first or ""), "lastName": str(last or "")}
            )
            found.setdefault(item, []).append(kind | name)
        return found

    def tags(self) -> dict[int, list[str]]:
        """Return the tags of each item."""
        names = dict(self._rows("tags", "tagID", "name"))
        return {
            item: [str(names[one]) for one in found if one in names]
            for item, found in self._lists("itemTags", "tagID").items()
        }

    def _lists(self, table: str, column: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        for item, one in self._rows(table, "itemID", column):
            found.setdefault(item, []).append(one)
        return found

    def collection_paths(self) -> dict[Any, str]:
        """Return the path of each collection, with the names of the collections that contain it."""
        deleted = {one for (one,) in self._rows("deletedCollections", "collectionID")}
        rows = {
            one: (str(name), parent)
            for one, name, parent in self._rows(
                "collections", "collectionID", "collectionName", "parentCollectionID"
            )
            if one not in deleted
        }
        paths: dict[Any, str] = {}
        depths: dict[Any, int] = {}
        for one in rows:
            chain: dict[Any, None] = {}  # a set, in order
            place = one
            while place in rows and place not in paths and place not in chain:
                chain[place] = None
                place = rows[place][1]
            for link in reversed(chain):
                name, parent = rows[link]
                depth = depths.get(parent, 0)
                is_inner = parent in paths and depth < _DEEPEST
                paths[link] = f"{paths[parent]}/{name}" if is_inner else name
                depths[link] = depth + 1 if is_inner else 1
        return paths

    def collections_of_items(self) -> dict[int, list[Any]]:
        """Return the numbers of the collections of each item."""
        return self._lists("collectionItems", "collectionID")

    def notes(self) -> Iterator[tuple[int, Any, str]]:
        """Yield the notes: their number, that of the item to which they belong, and their HTML."""
        for number, parent, note in self._rows(
            "itemNotes", "itemID", "parentItemID|sourceItemID", "note"
        ):
            yield number, parent, str(note or "")

    def attachments(self) -> Iterator[tuple[int, Any, Any, str]]:
        """Yield the attachments: number, item to which they belong, kind and path."""
        for number, parent, mode, path in self._rows(
            "itemAttachments", "itemID", "parentItemID|sourceItemID", "linkMode", "path"
        ):
            yield number, parent, mode, str(path or "")


def _by_order(row: tuple[Any, ...]) -> tuple[int, int]:
    item, order = row[0], row[3]
    return (
        item if isinstance(item, int) else 0,
        order if isinstance(order, int) else 0,
    )
