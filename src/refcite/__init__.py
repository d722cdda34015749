"""refcite: a typed citation and bibliography toolkit.

Records with every CSL variable, readers and writers for the formats in which references are
kept, "cite as" strings as Refworld prints them, and bibliographies in any CSL style.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from refcite import hooks as _hooks

if TYPE_CHECKING:
    from refcite.csl import bibliography as bibliography
    from refcite.dates import Date as Date
    from refcite.formats import convert as convert
    from refcite.formats import dump as dump
    from refcite.formats import dumps as dumps
    from refcite.formats import load as load
    from refcite.formats import loads as loads
    from refcite.library import Library as Library
    from refcite.names import Name as Name
    from refcite.problems import Problem as Problem
    from refcite.problems import RefciteError as RefciteError
    from refcite.problems import Severity as Severity
    from refcite.record import Record as Record
    from refcite.web import lookup as lookup

# Everything public, with its module, which is imported when the name is first used.
_PUBLIC = {
    "Date": "refcite.dates",
    "Library": "refcite.library",
    "Name": "refcite.names",
    "Problem": "refcite.problems",
    "Record": "refcite.record",
    "RefciteError": "refcite.problems",
    "Severity": "refcite.problems",
    "bibliography": "refcite.csl",
    "convert": "refcite.formats",
    "dump": "refcite.formats",
    "dumps": "refcite.formats",
    "load": "refcite.formats",
    "loads": "refcite.formats",
    "lookup": "refcite.web",
}

__all__ = [
    "Date",
    "Library",
    "Name",
    "Problem",
    "Record",
    "RefciteError",
    "Severity",
    "bibliography",
    "convert",
    "dump",
    "dumps",
    "load",
    "loads",
    "lookup",
]
__version__ = "0.1.0"

_hooks.connect("cite_as", "refcite.csl:cite_as")
_hooks.connect("shown", "refcite.notebook:shown")


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'refcite' has no attribute {name!r}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
