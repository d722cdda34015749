"""refcite: a typed citation and bibliography toolkit.

Records with every CSL variable, readers and writers for the formats in which references are
kept, "cite as" strings as Refworld prints them, and bibliographies in any CSL style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcite import hooks as _hooks

if TYPE_CHECKING:
    from refcite.dates import Date as Date
    from refcite.library import Library as Library
    from refcite.names import Name as Name
    from refcite.record import Record as Record

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
}

__all__ = [*sorted(_PUBLIC), "__version__"]
__version__ = "0.1.0"

_hooks.connect("cite_as", "refcite.csl:cite_as")


def __getattr__(name: str) -> object:
    """Import a public name's module when the name is first used."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'refcite' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
