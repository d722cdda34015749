"""Which of many cases `make test` runs; all the others are left to `make test-long`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

__all__ = ["long_but"]


def long_but(kept: Callable[[Any], bool], cases: Iterable[Any]) -> list[Any]:
    """Return cases for `parametrize`, with the mark `long` on those that are not kept."""
    return [
        case
        if kept(case)
        else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
        for case in cases
    ]
