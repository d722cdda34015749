"""Work that takes long, in a thread, so that requests are answered meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

__all__ = ["Delayed", "Worker"]

_Result = TypeVar("_Result")


class Worker:
    """A thread that does one job after another.

    The thread ends with the process, also in the middle of a job: jobs only read.

    Args:
        name: The name of the thread.
    """

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def do(self, job: Callable[[], _Result]) -> asyncio.Future[_Result]:
        """Start a job after those that wait; return its future result in the running event loop.

        Args:
            job: A function that does not use what the event loop changes.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Result] = loop.create_future()
        if not self._thread.is_alive():
            self._thread.start()

        def run() -> None:
            if future.cancelled():
                return
            try:
                result = job()
            except Exception as error:
                _tell(loop, _fail, future, error)
            else:
                _tell(loop, _finish, future, result)

        self._jobs.put(run)
        return future

    def _run(self) -> None:
        while True:
            self._jobs.get()()


def _tell(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *arguments: Any) -> None:
    with suppress(RuntimeError):  # the loop is closed, because the server ends
        loop.call_soon_threadsafe(call, *arguments)


def _finish(future: asyncio.Future[Any], result: object) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


class Delayed:
    """Tasks that start some time after the last request for them, one at a time for each name.

    Args:
        seconds: The time.
        work: Does the task of a name. It is called again if the task was requested meanwhile.
    """

    def __init__(self, seconds: float, work: Callable[[str], Any]) -> None:
        self.seconds = seconds
        self._work = work
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    def request(self, name: str, *, at_once: bool = False) -> None:
        """Request the task of a name.

        Args:
            name: The name.
            at_once: Whether it starts without delay.
        """
        self.cancel(name)
        delay = 0 if at_once else self.seconds
        self._timers[name] = asyncio.get_running_loop().call_later(delay, self._start, name)

    def cancel(self, name: str) -> None:
        """Remove the request for a task that has not started."""
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()

    def _start(self, name: str) -> None:
        self._timers.pop(name, None)
        if name in self._running:
            self._again.add(name)
            return
        task: asyncio.Task[None] = asyncio.ensure_future(self._work(name))
        self._running[name] = task
        task.add_done_callback(lambda _: self._end(name))

    def _end(self, name: str) -> None:
        task = self._running.pop(name)
        if not task.cancelled() and (error := task.exception()) is not None:
            asyncio.get_running_loop().call_exception_handler(
                {"message": f"the work for {name} failed", "exception": error}
            )
        if name in self._again:
            self._again.discard(name)
            self._start(name)
