"""Calls upwards, connected from above.

A record can print itself, but the floor that prints stands above the record's. So `record.py`
names only the call it needs (`cite_as`), and the package's top connects that name to the
function that answers it. The function's module is imported at the first call, which keeps
`import refcite` cheap.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["Shown", "connect", "resolve"]

_targets: dict[str, str] = {}


def connect(name: str, target: str) -> None:
    """Let `target`, written `package.module:function`, answer the calls of `name`."""
    _targets[name] = target


def resolve(name: str) -> Callable[..., Any]:
    """Return the function that answers the calls of `name`, importing its module.

    Raises:
        LookupError: Nothing is connected to that name.
    """
    module, _, function = _targets[name].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


class Shown:
    """What shows itself in a notebook, as whoever answers the calls of `shown` makes it look.

    IPython asks for all kinds at once, other notebooks for one after the other.
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
