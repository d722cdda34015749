"""Places as positions of the protocol, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.uris import from_fs_path, to_fs_path

from refcite.lsp.texts import Encoding, Place, Text

__all__ = ["path_of", "range_of", "uri_of"]


def range_of(text: Text, start: Place, end: Place, encoding: Encoding) -> Any:
    """Return the range of the protocol between two places of a text."""
    return lsp.Range(
        lsp.Position(*text.units(start, encoding)), lsp.Position(*text.units(end, encoding))
    )


def path_of(uri: str) -> Path:
    """Return the path of an address; for a text without a file, a path that does not exist."""
    return Path(to_fs_path(uri) or f"/{uri.rpartition(':')[2].lstrip('/')}")


def uri_of(path: Path) -> str:
    """Return the address of a path."""
    return str(from_fs_path(str(path)))
