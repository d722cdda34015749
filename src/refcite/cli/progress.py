"""How far a long work has come, shown on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Final, Self

import click

__all__ = ["Progress"]

_INTERVAL: Final = 0.1
_WIDTH: Final = 30
_MOVING: Final = 5


class Progress:
    """Shows a bar from the second second on, where both outputs are terminals; else nothing.

    A thread draws it, so that nothing waits for it, and work that cannot say how far it has come
    is shown as well.

    Args:
        label: What is worked on.
        share: Returns how much of the work is done, from 0 to 1. Without it, or where it returns
            None since nobody knows, the bar only moves, and the time is told.
        delay: After how many seconds the bar comes.

    Example:
        >>> with Progress("refs.ris", lambda: 0.5):
        ...     pass
    """

    def __init__(
        self, label: str, share: Callable[[], float | None] | None = None, delay: float = 1.0
    ) -> None:
        self._label = label
        self._share = share
        self._delay = delay
        self._is_done = Event()
        self._thread: Thread | None = None
        self._lock = Lock()
        self._drawn = 0

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and sys.stdout.isatty():
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_done.set()
        if self._thread is not None:
            self._thread.join()

    def clear(self) -> None:
        """Take the bar away, so that something else can be printed."""
        with self._lock:
            if self._drawn:
                click.echo(f"\r{' ' * self._drawn}\r", nl=False, err=True)
                self._drawn = 0

    def _run(self) -> None:
        seconds = wait = self._delay
        while not self._is_done.wait(wait):
            text = self._text(seconds)
            with self._lock:
                click.echo(f"\r{text:<{self._drawn}}", nl=False, err=True)
                self._drawn = len(text)
            wait = _INTERVAL
            seconds += wait
        self.clear()

    def _text(self, seconds: float) -> str:
        share = self._share() if self._share is not None else None
        if share is None:
            place = round(seconds / _INTERVAL) % (2 * (_WIDTH - _MOVING))
            before = min(place, 2 * (_WIDTH - _MOVING) - place)
            bar = "-" * before + "#" * _MOVING
            return f"{self._label}  [{bar:-<{_WIDTH}}] {seconds:.0f} s"
        share = min(max(share, 0.0), 1.0)
        bar = "#" * round(share * _WIDTH)
        return f"{self._label}  [{bar:-<{_WIDTH}}] {share:4.0%}"
