"""Calls from a lower layer to a higher layer.

A record can format itself, but the citation processor is in a higher layer than the record. So
`record.py` contains only the name of the call (`cite_as`), and the package connects this name to
the function. The function's module is imported at the first call, so `import refcite` is fast.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["Shown", "connect", "resolve"]

_targets: dict[str, str] = {}


def connect(name: str, target: str) -> None:
    """Connect the calls of `name` to `target`, written `package.module:function`."""
    _targets[name] = target


def resolve(name: str) -> Callable[..., Any]:
    """Return the function for the calls of `name`; import its module.

    Raises:
        LookupError: Nothing is connected to that name.
    """
    module, _, function = _targets[name].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


class Shown:
    """An object with a display in notebooks, created by the function connected to `shown`.

    IPython requests all media types at once, other notebooks one after the other.
    """

    # A slot for weak references in a base class lets `record_of` change the class of an object.
    __slots__ = ("__weakref__",)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str] | None:
        bundle: dict[str, str] = resolve("shown")(self)
        return bundle

    def _repr_html_(self) -> str | None:
        return self._shown_as("text/html")

    def _repr_markdown_(self) -> str | None:
        return self._shown_as("text/markdown")

    def _repr_latex_(self) -> str | None:
        return self._shown_as("text/latex")

    def _shown_as(self, kind: str) -> str | None:
        bundle: dict[str, str] = resolve("shown")(self, kind)
        return bundle.get(kind)
