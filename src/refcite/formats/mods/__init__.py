"""MODS, the Metadata Object Description Schema of the Library of Congress."""

from __future__ import annotations

from refcite.formats.mods.people import RELATORS, divided_terms, variable_of_role
from refcite.formats.mods.read import read
from refcite.formats.mods.table import mapping
from refcite.formats.mods.types import HOSTED
from refcite.formats.mods.write import write

__all__ = [
    "HOSTED",
    "RELATORS",
    "divided_terms",
    "mapping",
    "read",
    "variable_of_role",
    "write",
]
