"""The citation keys that Better BibTeX stores next to Zotero's database.

Source: the databases of Better BibTeX: `better-bibtex.sqlite` with a table `citationkey`, before
with one text of JSON; `better-bibtex-search.sqlite` with a table `citekeys`. Newer versions of
Zotero have the keys as a field.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from refcite.formats.jsonvalues import mapping, mappings
from refcite.formats.zotero.copies import copied

__all__ = ["citation_keys"]

_MAIN: Final = "better-bibtex.sqlite"
_SEARCH: Final = "better-bibtex-search.sqlite"
_JSON_TABLE: Final = "better-bibtex"
_TABLES: Final = {"citationkey": "citationKey", "citekeys": "citekey"}
"""The tables with keys, and the column of the key in each."""


def citation_keys(folder: Path, problems: list[dict[str, str]]) -> dict[tuple[int, str], str]:
    """Return the citation keys of items, by their number and Zotero's key.

    Args:
        folder: Zotero's data folder.
        problems: List to which a message is added if a database cannot be read.
    """
    keys: dict[tuple[int, str], str] = {}
    for name in (_SEARCH, _MAIN):
        path = folder / name
        if not path.is_file():
            continue
        try:
            with copied(path) as copy, closing(sqlite3.connect(copy)) as connection:
                connection.execute("PRAGMA trusted_schema = OFF")
                keys |= {(number, key): own for number, key, own in _rows(connection)}
        except (OSError, sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            problems.append(
                {
                    "message": f"the citation keys in {name} are not read: {error}",
                    "hint": "close Zotero, and read again",
                }
            )
    return keys


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = {name for (name,) in listed}
    for table, column in _TABLES.items():
        if table in names:
            query = f"SELECT itemID, itemKey, {column} FROM {table}"  # noqa: S608 - from _TABLES
            yield from filter(all, connection.execute(query))
    if _JSON_TABLE in names:
        for (text,) in connection.execute(f'SELECT data FROM "{_JSON_TABLE}"'):  # noqa: S608
            yield from _in_json(text)


def _in_json(text: Any) -> Iterator[tuple[int, str, str]]:
    try:
        found = mapping(json.loads(text))
    except (TypeError, ValueError, RecursionError):
        return
    for one in mappings(found.get("data")):
        number, key, own = (one.get(name) for name in ("itemID", "itemKey", "citekey"))
        if isinstance(number, int) and isinstance(key, str) and isinstance(own, str) and own:
            yield number, key, own
