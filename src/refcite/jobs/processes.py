"""Conversions in processes of this machine.

Each process has its own pool (`ProcessPoolExecutor` with one worker). If a process is killed, its
pool cannot be used any more; the file that it converted is known, and the other pools continue.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from types import FrameType
from typing import Final

from refcite.jobs.conversion import Conversion, FileResult, convert_one, failed
from refcite.problems import RefciteError

__all__ = ["in_processes", "reject_import"]

_ATTEMPTS: Final = 2
_GUARD: Final = "call map_files below `if __name__ == '__main__':`"
_KILLED: Final = (
    f"the process of the file was killed {_ATTEMPTS} times, such as for lack of memory; convert the"
    " file with fewer processes, or divide it"
)


def reject_import() -> None:
    """Raise an exception in a process that imports a script again which starts processes.

    Raises:
        RefciteError: This is such a process.
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise RefciteError(f"a process imports this script again; {_GUARD}")


def in_processes(
    conversions: Iterable[tuple[int, Conversion]], count: int
) -> Generator[tuple[int, FileResult], None, None]:
    """Yield the results of conversions as they finish, each with its number.

    Args:
        conversions: The conversions with their numbers.
        count: The number of processes.

    Raises:
        RefciteError: No process can be started.
    """
    waiting = iter(conversions)
    idle = [_Worker() for _ in range(count)]
    workers = list(idle)
    running: dict[Future[FileResult], tuple[_Worker, int, Conversion, int]] = {}
    try:
        for worker in idle:
            worker.wait_until_ready()
        while True:
            while idle and (following := next(waiting, None)) is not None:
                worker = idle.pop()
                running[worker.start(following[1])] = (worker, *following, 1)
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                worker, number, conversion, attempt = running.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    worker.restart()
                    if attempt < _ATTEMPTS:
                        again = worker.start(conversion)
                        running[again] = (worker, number, conversion, attempt + 1)
                        continue
                    result = failed(conversion, _KILLED)
                idle.append(worker)
                yield number, result
    finally:
        busy = {worker for worker, *_ in running.values()}
        for worker in workers:
            worker.stop(is_busy=worker in busy)


class _Worker:
    """A process that converts one file at a time."""

    def __init__(self) -> None:
        self._start_process()

    def _start_process(self) -> None:
        # A copy of this process (fork) would have locks that other threads of it hold.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_prepare)
        self._process = self._pool.submit(os.getpid)

    def wait_until_ready(self) -> None:
        try:
            self._process.result()
        except BrokenProcessPool:
            raise RefciteError(
                f"the processes cannot be started; in a script, {_GUARD}, or set workers=1"
            ) from None

    def start(self, conversion: Conversion) -> Future[FileResult]:
        return self._pool.submit(_convert, conversion)

    def restart(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._start_process()
        self.wait_until_ready()

    def stop(self, *, is_busy: bool) -> None:
        """End the process; a conversion that it has begun removes its temporary file."""
        if is_busy and self._process.done() and self._process.exception() is None:
            with suppress(OSError):
                os.kill(self._process.result(), signal.SIGTERM)
        self._pool.shutdown(wait=True, cancel_futures=True)


# In the process


class _StoppedError(BaseException):
    """The conversion ends before its time."""


_STATE: Final = {"is_busy": False}


def _prepare() -> None:
    """Leave Ctrl-C to the first process, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _stop(number: int, frame: FrameType | None) -> None:
    if _STATE["is_busy"]:
        _STATE["is_busy"] = False
        raise _StoppedError


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _convert(conversion: Conversion) -> FileResult:
    _STATE["is_busy"] = True
    try:
        return convert_one(conversion)
    finally:
        _STATE["is_busy"] = False
