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

__all__ = ["connect", "resolve"]

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
