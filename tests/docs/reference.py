"""What stands in the reference: the objects whose docstrings its pages show.

The pages are read as far as Sphinx reads them for this, so that nothing has to be built.
"""

from __future__ import annotations

import inspect
import re
import runpy
from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

from attrs import frozen

import refcite
from refcite import problems
from tests.docs.blocks import ROOT

MODULES = (
    "codes",
    "collection.duplicates",
    "comparison",
    "csl",
    "dates",
    "documents",
    "formats",
    "frames",
    "identifier_kinds",
    "jobs",
    "notebook",
    "record",
    "web",
)
"""The modules, beside refcite itself, whose names are public."""
NOT_FOR_USERS = {
    "refcite.codes.as_markdown",  # makes docs/problems.md
}

_DIRECTIVE = re.compile(
    r"^\.\. (?P<kind>auto\w+|py:data|py:currentmodule):: (?P<name>[\w.]+)(?:\([^\n]*\))?\n"
    r"(?P<options>(?: +:[^\n]*\n)*)",
    re.MULTILINE,
)
_OPTION = re.compile(r" +:([\w-]+):([^\n]*)\n")
_SECTION = re.compile(r"^(?:Args|Attributes):\n((?:(?: .*)?(?:\n|\Z))*)", re.MULTILINE)
_DESCRIBED = re.compile(r"^ {4}(\*{0,2}\w+(?:, \w+)*):", re.MULTILINE)


@frozen
class Entry:
    """An object of the reference, under the name under which it stands there."""

    name: str
    subject: Any

    @property
    def is_called(self) -> bool:
        """Whether users call it: functions, methods and classes, but no exceptions."""
        if inspect.isclass(self.subject):
            return not issubclass(self.subject, BaseException)
        return inspect.isroutine(self.subject)

    @property
    def docstring(self) -> str:
        return inspect.getdoc(self.subject) or ""

    @property
    def parameters(self) -> frozenset[str]:
        if inspect.isclass(self.subject) and issubclass(self.subject, Enum | dict):
            return frozenset()  # one is taken from its members, the other made by a record
        return frozenset(inspect.signature(self.subject).parameters) - {"self", "cls"}

    @property
    def described(self) -> frozenset[str]:
        """The parameters and attributes that its docstring describes."""
        return frozenset(
            name.lstrip("*")
            for section in _SECTION.findall(self.docstring)
            for names in _DESCRIBED.findall(section)
            for name in names.split(", ")
        )


@cache
def entries() -> tuple[Entry, ...]:
    """Return all objects of the reference, members of classes too."""
    return tuple(entry for page in _pages() for entry in _entries_of(page))


def public_names() -> set[str]:
    """Return what must stand in the reference."""
    at_the_top = {f"refcite.{name}" for name in refcite.__all__ if not name.endswith("Error")}
    errors = {f"refcite.problems.{name}" for name in problems.__all__ if name.endswith("Error")}
    below = {
        f"refcite.{module}.{name}"
        for module in MODULES
        for name in import_module(f"refcite.{module}").__all__
        if f"refcite.{name}" not in at_the_top
    }
    return (at_the_top | errors | below | {"refcite.vocabulary.ItemType"}) - NOT_FOR_USERS


def _pages() -> Iterator[str]:
    pages = dict(runpy.run_path(str(ROOT / "docs" / "extensions" / "pages.py"))["pages"]())
    for path in sorted((ROOT / "docs" / "reference").glob("*.md")):
        pages.setdefault(f"reference/{path.name}", path.read_text(encoding="utf-8"))
    yield from pages.values()


def _entries_of(page: str) -> Iterator[Entry]:
    module = ""
    for found in _DIRECTIVE.finditer(page):
        kind, name = found["kind"], found["name"]
        if kind == "py:currentmodule":
            module = name
            continue
        if not name.startswith("refcite"):
            name = f"{module}.{name}"
        subject = _resolved(name)
        if kind != "automodule":
            yield Entry(name, subject)
        for member in _members(subject, dict(_OPTION.findall(found["options"]))):
            yield Entry(f"{name}.{member}", getattr(subject, member))


def _resolved(name: str) -> Any:
    """Return what a dotted name means; an attribute goes before a module of the same name."""
    first, *rest = name.split(".")
    subject: Any = import_module(first)
    for part in rest:
        if not hasattr(subject, part):
            import_module(f"{subject.__name__}.{part}")
        subject = getattr(subject, part)
    return subject


def _members(subject: Any, options: dict[str, str]) -> Iterator[str]:
    if "members" not in options:
        return
    listed = options["members"].replace(",", " ").split()
    left_out = options.get("exclude-members", "").replace(",", " ").split()
    for name in listed or vars(subject):
        if not name.startswith("_") and name not in left_out:
            yield name
