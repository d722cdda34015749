"""Documents: texts with citations at known places, in several syntaxes."""

from __future__ import annotations

from refcite.documents.clusters import CitedKey, CitedKeys
from refcite.documents.renaming import rename_keys
from refcite.documents.rendering import Rendered, render
from refcite.documents.syntaxes import SYNTAXES, Syntax, find_syntax, guess_syntax

__all__ = [
    "SYNTAXES",
    "CitedKey",
    "CitedKeys",
    "Rendered",
    "Syntax",
    "find_syntax",
    "guess_syntax",
    "rename_keys",
    "render",
]
