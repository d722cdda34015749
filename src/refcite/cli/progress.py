"""The progress of a long operation, shown on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING, Self

from refcite.cli.terminal import on_terminal, printable

if TYPE_CHECKING:
    from refcite.cli.bar import Bar

__all__ = ["DELAY", "Progress"]

DELAY = 1.0
"""Seconds until the bar is shown: shorter work needs no bar."""


class Progress:
    """Shows a bar after the delay, if both outputs are terminals; otherwise nothing.

    A thread draws it, so that nothing waits for it. For work that cannot report its progress, the
    bar only moves and shows the time. Output in the meantime is printed above the bar.

    Args:
        label: The name of the work.
        share: Returns the share of the work that is done, from 0 to 1. Without it, call `update`.
        delay: The seconds after which the bar is shown; None is `DELAY`.
        count: The number of items, if the bar shows the number of done items.

    Example:
        >>> with Progress("refs.ris") as progress:
        ...     progress.update(0.5)
    """

    def __init__(
        self,
        label: str,
        share: Callable[[], float] | None = None,
        delay: float | None = None,
        count: int | None = None,
    ) -> None:
        self._label = printable(label)
        self._share = share
        self._count = count
        self._told: float | None = None
        self._timer = Timer(DELAY if delay is None else delay, self._show)
        self._timer.daemon = True
        self._bar: Bar | None = None

    def update(self, share: float) -> None:
        """Set the share of the work that is done, from 0 to 1."""
        self._told = share

    def __enter__(self) -> Self:
        if on_terminal() and on_terminal(err=True):
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._timer.ident is not None:
            self._timer.join()
        if self._bar is not None:
            self._bar.stop()

    def _done(self) -> float | None:
        return self._share() if self._share is not None else self._told

    def _show(self) -> None:
        from refcite.cli.bar import Bar

        bar = Bar(self._label, self._done, self._count)
        bar.start()
        self._bar = bar
