"""Conversions on executors of other packages, such as a cluster's."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from functools import partial
from queue import SimpleQueue
from typing import Any, Final, Protocol

from refcite.jobs.conversion import Conversion, FileResult, convert_one, failed

__all__ = ["Executor", "on_executor"]

_AHEAD: Final = 1_000
"""The maximum number of conversions that are submitted and not finished."""


class Executor(Protocol):
    """An executor: `submit` returns a future with `result`, `cancel` and `add_done_callback`."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Any:
        """Start the call of a function elsewhere, and return its future."""


def on_executor(
    executor: Executor, conversions: Iterable[tuple[int, Conversion]]
) -> Generator[tuple[int, FileResult], None, None]:
    """Yield the results of conversions as they finish, each with its number.

    Args:
        executor: The executor, which is not shut down.
        conversions: The conversions with their numbers.
    """
    waiting = iter(conversions)
    finished: SimpleQueue[tuple[int, Any]] = SimpleQueue()
    running: dict[int, tuple[Any, Conversion]] = {}
    # A client of Dask has one with the futures of the standard library, and without a cache of
    # results: a file may have changed since the last call.
    submit = (
        executor.get_executor().submit if hasattr(executor, "get_executor") else executor.submit
    )
    try:
        while True:
            while len(running) < _AHEAD and (following := next(waiting, None)) is not None:
                number, conversion = following
                try:
                    future = submit(convert_one, conversion)
                except Exception as error:  # it has been shut down, or has lost its processes
                    rejected = f"the executor does not accept the file: {error or repr(error)}"
                    yield number, failed(conversion, rejected)
                    continue
                running[number] = (future, conversion)
                future.add_done_callback(partial(_put, finished, number))
            if not running:
                return
            number, future = finished.get()
            _, conversion = running.pop(number)
            try:
                result = future.result()
            except Exception as error:
                result = failed(conversion, f"{type(error).__name__}: {error}")
            yield number, result
    finally:
        for future, _ in running.values():
            future.cancel()


def _put(finished: SimpleQueue[tuple[int, Any]], number: int, future: Any) -> None:
    finished.put((number, future))
