"""A plugin of mypy for `compiled_wheel.py`: `attrs.field(…)` has the type `Any`.

The types of attrs describe `field(default=1)` as an `int`, so that `count: int = field(default=1)`
is correct for a type checker. It returns another object, which the class decorator replaces. mypyc
checks the types of values when the class is created, and would raise an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mypy.plugin import FunctionContext, Plugin
from mypy.types import AnyType, Type, TypeOfAny

_FIELDS: Final = frozenset({"attr.field", "attrs.field", "attr._next_gen.field"})


def _any(_context: FunctionContext) -> Type:
    return AnyType(TypeOfAny.special_form)


class _Fields(Plugin):
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Return what computes the type of a call of a function."""
        return _any if fullname in _FIELDS else None


def plugin(_version: str) -> type[Plugin]:
    """Return the plugin; mypy calls this function."""
    return _Fields
