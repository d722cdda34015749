"""Databases of Zotero for the tests, with the tables and columns that a reader needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["Item", "Person", "write_database"]

Person = tuple[str, str, str]
"""The kind of a creator, the first name and the last name; without a first name it is one field."""

NEW = """
    CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT);
    CREATE TABLE groups (groupID INTEGER PRIMARY KEY, libraryID INT, name TEXT);
    CREATE TABLE itemTypesCombined (itemTypeID INT, typeName TEXT);
    CREATE TABLE fieldsCombined (fieldID INT, fieldName TEXT);
    CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT,
        fieldMode INT);
    CREATE TABLE itemNotes (itemID INT, parentItemID INT, note TEXT, title TEXT);
    CREATE TABLE itemAttachments (itemID INT, parentItemID INT, linkMode INT, contentType TEXT,
        path TEXT);
"""
OLD = """
    CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, libraryType TEXT);
    CREATE TABLE groups (groupID INTEGER PRIMARY KEY, libraryID INT, name TEXT);
    CREATE TABLE creatorData (creatorDataID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT,
        fieldMode INT);
    CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, creatorDataID INT);
    CREATE TABLE itemNotes (itemID INT, sourceItemID INT, note TEXT, title TEXT);
    CREATE TABLE itemAttachments (itemID INT, sourceItemID INT, linkMode INT, mimeType TEXT,
        path TEXT);
"""
BOTH = """
    CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT, dateAdded TEXT,
        dateModified TEXT, libraryID INT, key TEXT);
    CREATE TABLE itemTypes (itemTypeID INT, typeName TEXT);
    CREATE TABLE fields (fieldID INT, fieldName TEXT);
    CREATE TABLE itemData (itemID INT, fieldID INT, valueID INT);
    CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value);
    CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
    CREATE TABLE itemCreators (itemID INT, creatorID INT, creatorTypeID INT, orderIndex INT);
    CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE itemTags (itemID INT, tagID INT);
    CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT,
        parentCollectionID INT);
    CREATE TABLE collectionItems (collectionID INT, itemID INT);
    CREATE TABLE deletedItems (itemID INT);
"""


class Item:
    """An item of a database.

    Args:
        kind: Its type.
        key: Its key.
        people: Its creators.
        tags: Its tags.
        inside: The numbers of its collections.
        library: The number of its library.
        deleted: Whether it is in the trash.
        parent: The number of the item to which a note or an attachment belongs.
        path: The path of an attachment.
        mode: The kind of an attachment; 3 is a link.
        note: The text of a note.
        fields: Its fields.
    """

    def __init__(
        self,
        kind: str,
        key: str,
        people: Sequence[Person] = (),
        *,
        tags: Iterable[str] = (),
        inside: Iterable[int] = (),
        library: int | None = 1,
        deleted: bool = False,
        parent: int | None = None,
        path: str | None = None,
        mode: int = 0,
        note: str | None = None,
        **fields: str,
    ) -> None:
        self.kind, self.key, self.people, self.tags = kind, key, people, tuple(tags)
        self.inside, self.library, self.deleted, self.parent = inside, library, deleted, parent
        self.path, self.mode, self.note, self.fields = path, mode, note, fields


def write_database(
    path: Path,
    items: Iterable[Item],
    *,
    collections: Iterable[tuple[int, str, int | None]] = (),
    groups: Mapping[int, str] | None = None,
    is_old: bool = False,
) -> sqlite3.Connection:
    """Write a database, and return it open.

    Args:
        path: Its path.
        items: Its items, numbered from 1.
        collections: The number and the name of each collection, with the one that contains it.
        groups: The names of the libraries of groups, by their numbers.
        is_old: Whether it is one of Zotero 4.
    """
    base = sqlite3.connect(path)
    base.executescript((OLD if is_old else NEW) + BOTH)
    numbers: dict[tuple[str, str], int] = {}

    def number(table: str, name: str) -> int:
        return numbers.setdefault((table, name), len(numbers) + 1)

    def add(table: str, *values: Any) -> None:
        base.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(values))})", values)

    for one, name, parent in collections:
        add("collections", one, name, parent)
    add("libraries", 1, "user")
    for one, name in (groups or {}).items():
        add("libraries", one, "group")
        add("groups", one + 100, one, name)
    for one, item in enumerate(items, 1):
        add("items", one, number("types", item.kind), "2024-01-02 03:04:05", None,
            None if is_old else item.library, item.key)  # fmt: skip
        for field, text in item.fields.items():
            add("itemDataValues", None, text)
            (value,) = base.execute("SELECT max(valueID) FROM itemDataValues").fetchone()
            add("itemData", one, number("fields", field), value)
        for place, (kind, first, last) in enumerate(item.people):
            person = number("people", f"{one} {place}")
            add("creatorData" if is_old else "creators", person, first, last, int(not first))
            if is_old:
                add("creators", person, person)
            add("itemCreators", one, person, number("creators", kind), place)
        for tag in item.tags:
            add("itemTags", one, number("tags", tag))
        for collection in item.inside:
            add("collectionItems", collection, one)
        if item.deleted:
            add("deletedItems", one)
        if item.note is not None:
            add("itemNotes", one, item.parent, item.note, "")
        if item.kind == "attachment":
            add("itemAttachments", one, item.parent, item.mode, "application/pdf", item.path)
    for (table, name), one in numbers.items():
        if table == "types":
            add("itemTypes", one, name)
            if not is_old:
                add("itemTypesCombined", one, name)
        elif table == "fields":
            add("fields", one, name)
            if not is_old:
                add("fieldsCombined", one, name)
        elif table == "creators":
            add("creatorTypes", one, name)
        elif table == "tags":
            add("tags", one, name)
    base.commit()
    return base
