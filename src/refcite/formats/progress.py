"""The progress of reading or writing, which is reported to a listener.

A reader reports it by iterating over `reporting(items, count)` and not over `items`, or by calling
the result of `current_listener()`. Without a listener, both take no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

__all__ = ["Listener", "current_listener", "listening", "part", "reporting"]

_T = TypeVar("_T")

Listener = Callable[[float], None]
"""A function that receives the finished share of the work, from 0 to 1."""

_LISTENER: Final[ContextVar[Listener | None]] = ContextVar("refcite-progress", default=None)


@contextmanager
def listening(listener: Listener | None) -> Iterator[None]:
    """Report the progress of reading and writing inside the block to a listener.

    Example:
        >>> heard = []
        >>> with listening(heard.append):
        ...     for item in reporting("abcd", 4):
        ...         pass
        >>> heard
        [0.25, 0.5, 0.75, 1.0]
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextmanager
def part(start: float, end: float) -> Iterator[None]:
    """Report the progress inside the block as a part of the whole.

    Example:
        >>> heard = []
        >>> with listening(heard.append), part(0.5, 1.0):
        ...     current_listener()(0.5)
        >>> heard
        [0.75]
    """
    whole = _LISTENER.get()
    with listening(whole and (lambda share: whole(start + (end - start) * share))):
        yield


def current_listener() -> Listener | None:
    """Return the listener, or None if there is none."""
    return _LISTENER.get()


def reporting(items: Iterable[_T], count: int) -> Iterable[_T]:
    """Return the same items; after each, the finished share of the count is reported."""
    listener = _LISTENER.get()
    return items if listener is None else _reporting(items, count, listener)


def _reporting(items: Iterable[_T], count: int, listener: Listener) -> Iterator[_T]:
    for number, item in enumerate(items, 1):
        yield item
        listener(min(number / count, 1.0) if count else 1.0)
