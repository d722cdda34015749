"""refcite: a typed citation and bibliography toolkit.

Records with every CSL variable, readers and writers for the common formats of references, "cite as"
strings in the form of Refworld, and bibliographies in any CSL style.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from refcite import hooks as _hooks

if TYPE_CHECKING:
    from refcite import codes as codes
    from refcite import collection as collection
    from refcite import comparison as comparison
    from refcite import csl as csl
    from refcite import dates as dates
    from refcite import documents as documents
    from refcite import formats as formats
    from refcite import frames as frames
    from refcite import identifier_kinds as identifier_kinds
    from refcite import jobs as jobs
    from refcite import names as names
    from refcite import notebook as notebook
    from refcite import problems as problems
    from refcite import record as record
    from refcite import vocabulary as vocabulary
    from refcite import web as web
    from refcite.collection.checks import check as check
    from refcite.collection.duplicates import Certainty as Certainty
    from refcite.collection.duplicates import DuplicateGroup as DuplicateGroup
    from refcite.collection.duplicates import duplicates as duplicates
    from refcite.collection.merge import merge as merge
    from refcite.collection.merge import merge_groups as merge_groups
    from refcite.collection.tidying import Tidied as Tidied
    from refcite.collection.tidying import tidy as tidy
    from refcite.csl import Cite as Cite
    from refcite.csl import Cluster as Cluster
    from refcite.csl import Processor as Processor
    from refcite.csl import bibliography as bibliography
    from refcite.dates import Date as Date
    from refcite.documents import Rendered as Rendered
    from refcite.documents import render as render
    from refcite.formats import convert as convert
    from refcite.formats import dump as dump
    from refcite.formats import dumps as dumps
    from refcite.formats import load as load
    from refcite.formats import loads as loads
    from refcite.formats import stream as stream
    from refcite.frames import to_frame as to_frame
    from refcite.frames import write_parquet as write_parquet
    from refcite.jobs import map_files as map_files
    from refcite.library import Library as Library
    from refcite.names import Name as Name
    from refcite.problems import Problem as Problem
    from refcite.problems import RefciteError as RefciteError
    from refcite.problems import RefciteWarning as RefciteWarning
    from refcite.problems import Severity as Severity
    from refcite.record import Record as Record
    from refcite.web import lookup as lookup

# The public names with their modules; a module is imported when a name is first used.
_PUBLIC = {
    "Certainty": "refcite.collection.duplicates",
    "Cite": "refcite.csl",
    "Cluster": "refcite.csl",
    "Date": "refcite.dates",
    "DuplicateGroup": "refcite.collection.duplicates",
    "Library": "refcite.library",
    "Name": "refcite.names",
    "Problem": "refcite.problems",
    "Processor": "refcite.csl",
    "Record": "refcite.record",
    "RefciteError": "refcite.problems",
    "RefciteWarning": "refcite.problems",
    "Rendered": "refcite.documents",
    "Severity": "refcite.problems",
    "Tidied": "refcite.collection.tidying",
    "bibliography": "refcite.csl",
    "check": "refcite.collection.checks",
    "convert": "refcite.formats",
    "dump": "refcite.formats",
    "dumps": "refcite.formats",
    "duplicates": "refcite.collection.duplicates",
    "load": "refcite.formats",
    "loads": "refcite.formats",
    "lookup": "refcite.web",
    "map_files": "refcite.jobs",
    "merge": "refcite.collection.merge",
    "merge_groups": "refcite.collection.merge",
    "render": "refcite.documents",
    "stream": "refcite.formats",
    "tidy": "refcite.collection.tidying",
    "to_frame": "refcite.frames",
    "write_parquet": "refcite.frames",
}
# Public modules, imported in the same way, so that `import refcite` is enough for all of them.
_MODULES = frozenset(
    {
        "codes",
        "collection",
        "comparison",
        "csl",
        "dates",
        "documents",
        "formats",
        "frames",
        "names",
        "notebook",
        "identifier_kinds",
        "jobs",
        "problems",
        "record",
        "vocabulary",
        "web",
    }
)

__all__ = [
    "Certainty",
    "Cite",
    "Cluster",
    "Date",
    "DuplicateGroup",
    "Library",
    "Name",
    "Problem",
    "Processor",
    "Record",
    "RefciteError",
    "RefciteWarning",
    "Rendered",
    "Severity",
    "Tidied",
    "bibliography",
    "check",
    "convert",
    "dump",
    "dumps",
    "duplicates",
    "load",
    "loads",
    "lookup",
    "map_files",
    "merge",
    "merge_groups",
    "render",
    "stream",
    "tidy",
    "to_frame",
    "write_parquet",
]
__version__ = "0.1.0"

_hooks.connect("cite_as", "refcite.csl:cite_as")
_hooks.connect("from_csl", "refcite.formats.csl_json:from_csl")
_hooks.connect("to_csl", "refcite.formats.csl_json:to_csl")
_hooks.connect("where", "refcite.collection.where:chosen_among")
_hooks.connect("shown", "refcite.notebook:shown")
_hooks.connect("write_file", "refcite.formats.output:write_file")


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"refcite.{name}")
    if name not in _PUBLIC:
        raise AttributeError(f"module 'refcite' has no attribute {name!r}{_meant(name)}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def _meant(name: str) -> str:
    """Return the module of a public name that is not in this one, or a similar name."""
    if name.startswith("_"):
        return ""
    from refcite.hints import top_hint

    meant = top_hint(name)
    if meant:
        return meant
    for module in ("csl", "formats"):
        if name in import_module(f"refcite.{module}").__all__:
            return f"; it is refcite.{module}.{name}"
    from refcite.problems import near_matches

    return near_matches(name, (*_PUBLIC, *_MODULES))


def __dir__() -> list[str]:
    return [*__all__, *sorted(_MODULES), "__version__"]
