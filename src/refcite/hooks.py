"""Calls upwards, connected from above.

A record can be printed with one of its methods, but the layer that prints is above the layer of
records. So `record.py` contains only the name of the call (`cite_as`), and the package connects
that name to a function. The module of the function is imported at the first call, which keeps
`import refcite` fast.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["Shown", "connect", "resolve"]

_targets: dict[str, str] = {}


def connect(name: str, target: str) -> None:
    """Let `target`, written `package.module:function`, handle the calls of `name`."""
    _targets[name] = target


def resolve(name: str) -> Callable[..., Any]:
    """Return the function that handles the calls of `name`, importing its module.

    Raises:
        LookupError: Nothing is connected to that name.
    """
    module, _, function = _targets[name].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


class Shown:
    """A class whose objects are shown in notebooks, by the function that handles `shown`.

    IPython requests all kinds at once, other notebooks one after the other.
    """

    __slots__ = ()

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
