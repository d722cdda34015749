"""Zotero's database as a text: its items in JSON, a line for each.

Source: Zotero's published definition of its tables (userdata.sql, system.sql), of the versions 4
to 8. The database is opened as a copy, in which SQLite also finds the changes that are in its
journal or its write-ahead log. So nothing is written next to it, and a running Zotero, which locks
it, does not matter.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from refcite.formats.zotero.copies import copied
from refcite.formats.zotero.keys import citation_keys
from refcite.formats.zotero.tables import Tables
from refcite.problems import InputError

__all__ = ["SOURCE", "database_text"]

SOURCE: Final = "zotero.sqlite"
_STORED: Final = "storage:"
_LINKED_URL: Final = 3


def database_text(source: Path | bytes) -> str:
    """Return the items of a database as a text for the reader of the format.

    Args:
        source: Zotero's data folder, the path of a database, or its bytes.

    Raises:
        InputError: It is not Zotero's, is damaged or cannot be read.
    """
    folder: Path | None = None
    path: Path | None = None
    if isinstance(source, Path):
        path = source / SOURCE if source.is_dir() else source
        folder = path.parent
        if source.is_dir() and not path.is_file():
            raise InputError(
                f"cannot be read: it is a folder without {SOURCE}; name a file, or Zotero's data"
                " folder"
            )
    problems: list[dict[str, str]] = []
    try:
        with _opened(path if path is not None else source) as connection:
            tables = Tables(connection)
            keys = citation_keys(folder, problems) if folder is not None else {}
            lines = list(_lines(tables, keys, folder, problems))
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        # Messages about a damaged schema may contain bytes that are not text.
        raise InputError(
            f"the database cannot be read: {error}; close Zotero, and let it repair its database"
        ) from None
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[sqlite3.Connection]:
    """Open a copy of a database."""
    with copied(source) as copy, closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        yield connection


def _lines(
    tables: Tables,
    keys: dict[tuple[int, str], str],
    folder: Path | None,
    problems: list[dict[str, str]],
) -> Iterator[dict[str, Any]]:
    """Yield what is known about all items, then each item."""
    paths = tables.collection_paths()
    yield {"source": SOURCE, "collections": list(paths.values()), "problems": problems}
    items = tables.items()
    fields = tables.fields()
    creators = tables.creators()
    tags = tables.tags()
    members = tables.collections_of_items()
    names = {number: item["key"] for number, item in items.items()}
    notes: dict[int, list[str]] = {}
    attachments: dict[int, list[dict[str, Any]]] = {}
    children: set[int] = set()
    for number, parent, note in tables.notes():
        if parent is not None:
            children.add(number)  # also of an item in the trash
        if number in items and parent in items:
            notes.setdefault(parent, []).append(note)
    for number, parent, mode, path in tables.attachments():
        if parent is not None:
            children.add(number)
        if number in items and parent in items:
            own = fields.get(number, {})
            place = "" if mode == _LINKED_URL else _place(path, names[number], folder)
            attachments.setdefault(parent, []).append(
                {"title": own.get("title"), "path": place, "url": own.get("url")}
            )
    for number, item in items.items():
        if number in children:
            continue
        library = item.pop("libraryID")
        line: dict[str, Any] = {**fields.get(number, {}), **item}
        group = tables.groups.get(library)
        if group is not None:
            line["library"] = {"type": "group", "name": group}
        key = keys.get((number, item["key"]))
        parts = {
            "creators": creators.get(number),
            "tags": tags.get(number),
            "collections": [paths[one] for one in members.get(number, ()) if one in paths],
            "notes": notes.get(number),
            "attachments": attachments.get(number),
            "citationKeyOfDatabase": key,
        }
        yield line | {name: value for name, value in parts.items() if value}


def _place(path: str, key: str, folder: Path | None) -> str:
    """Return the path of an attachment: one that Zotero stores is in a folder of its key."""
    if not path.startswith(_STORED):
        return path
    name = f"storage/{key}/{path.removeprefix(_STORED)}"
    return name if folder is None else str(folder.absolute() / name)
