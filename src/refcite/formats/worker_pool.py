"""The processes that convert the blocks of a file, and the order of their results."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from threading import Condition, Thread
from typing import IO, Final, TypeAlias, cast

from refcite.formats.blocks import BlockWork, Converted, Found, Settings
from refcite.formats.blocktext import Block
from refcite.formats.worker_messages import receive, send
from refcite.problems import RefciteError

__all__ = ["Names", "WorkerError", "Workers"]

_AHEAD: Final = 2
"""The number of blocks for each worker that are converted before the next result is used."""

Names: TypeAlias = Callable[[Block, Found], tuple[Mapping[int, str], Sequence[str] | None]]
"""A function that is called with each block in their order, and returns the ids of its records
without an id, and the keys of all."""


class WorkerError(RefciteError):
    """A process that converts a part of a file has ended unexpectedly."""


class Workers:
    """The processes that convert the blocks of a file, perhaps in several passes over it.

    They are started when they are first needed, and end with the `with` block.

    Args:
        jobs: The number of processes. With 1, this process does the work.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._started: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *raised: object) -> None:
        self._kill()
        for worker in self._started:
            worker.close()

    def converted(
        self, settings: Settings, blocks: Iterable[Block], names: Names
    ) -> Iterator[tuple[Block, Converted]]:
        """Yield the blocks in their order, each with its result.

        The processes also end if the iterator is closed before its end.

        Args:
            settings: How the blocks are converted.
            blocks: The blocks.
            names: Returns the ids and keys of the records of a block.

        Raises:
            WorkerError: A process has ended unexpectedly.
        """
        if self._jobs == 1:
            yield from _in_this_process(settings, blocks, names)
            return
        self._start()
        pool = _Pool(settings, blocks, names, self._started)
        try:
            yield from pool.results()
        except BaseException:
            pool.abandon()
            self._kill()  # the threads wait for them
            raise
        finally:
            pool.join()

    def _start(self) -> None:
        try:
            while len(self._started) < self._jobs:
                self._started.append(_Worker())
        except OSError as error:
            raise WorkerError(
                f"the program {sys.executable}, which converts parts of the file, cannot be"
                f" started: {error.strerror}; use jobs=1"
            ) from error

    def _kill(self) -> None:
        for worker in self._started:
            worker.kill()


def _in_this_process(
    settings: Settings, blocks: Iterable[Block], names: Names
) -> Iterator[tuple[Block, Converted]]:
    work = BlockWork(settings)
    remaining = iter(blocks)
    for block in remaining:
        found = work.read(block)
        while not found.is_whole and not block.is_last:
            block = block.joined(next(remaining))
            found = work.read(block)
        yield block, work.written(*names(block, found))


class _Pool:
    """One pass over the blocks: a thread for each worker, which waits for it.

    The ids of a block depend on the blocks before, so that `names` is called in their order. A
    thread waits for its turn with this, while its worker holds the records.
    """

    def __init__(
        self,
        settings: Settings,
        blocks: Iterable[Block],
        names: Names,
        workers: Sequence[_Worker],
    ) -> None:
        self._settings = settings
        self._blocks = iter(blocks)
        self._names = names
        self._most = _AHEAD * len(workers)
        self._changed = Condition()
        self._taken: dict[int, Block] = {}
        """Blocks whose ids are not set yet."""
        self._next = self._turn = self._used = 0
        """The numbers of the blocks that are taken, whose ids are set, and whose result is used
        next."""
        self._merged: set[int] = set()
        """Blocks that belong to the one before."""
        self._ownerless: set[int] = set()
        """Those of them that no thread has taken."""
        self._is_ended = self._is_closed = False
        self._results: dict[int, tuple[Block, Converted] | None] = {}
        self._error: BaseException | None = None
        self._threads = [Thread(target=self._run, args=(one,), daemon=True) for one in workers]
        for thread in self._threads:
            thread.start()

    def results(self) -> Iterator[tuple[Block, Converted]]:
        """Yield the results in the order of the blocks."""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._error or self._used in self._results or self._is_done()
                )
                if self._error is not None:
                    raise self._error
                if self._used not in self._results:
                    return
                result = self._results.pop(self._used)
                self._used += 1
                self._changed.notify_all()
            if result is not None:
                yield result

    def _is_done(self) -> bool:
        return self._is_ended and self._used == self._next

    def abandon(self) -> None:
        """Let the threads end before all blocks are converted; their workers must be killed."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait until the threads have ended."""
        for thread in self._threads:
            thread.join()

    # In a thread

    def _run(self, worker: _Worker) -> None:
        try:
            worker.prepare(self._settings)
            while (block := self._take()) is not None:
                self._convert(worker, block)
        except _ClosedError:
            pass
        except BaseException as error:
            with self._changed:
                self._error = self._error or error
                self._changed.notify_all()

    def _convert(self, worker: _Worker, block: Block) -> None:
        number = block.number
        found = cast("Found", worker.result_of(block))
        self._wait_for(lambda: self._turn == number)
        if number in self._merged:
            with self._changed:
                self._results[number] = None
                self._pass_on()
            return
        last = number
        while not found.is_whole and not block.is_last:
            last += 1
            block = block.joined(self._following(last))
            found = cast("Found", worker.result_of(block))
        names = self._names(block, found)
        with self._changed:
            self._taken.pop(number, None)
            self._pass_on()
        result = cast("Converted", worker.result_of(names))
        with self._changed:
            self._results[number] = block, result
            self._changed.notify_all()

    def _pass_on(self) -> None:
        """Let the thread with the next block set its ids."""
        self._turn += 1
        while self._turn in self._ownerless:
            self._turn += 1
        self._changed.notify_all()

    def _take(self) -> Block | None:
        """Return the next block; None if there are no more."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_closed or self._is_ended or self._next < self._used + self._most
            )
            if self._is_closed:
                raise _ClosedError
            return self._read()

    def _read(self) -> Block | None:
        block = None if self._is_ended else next(self._blocks, None)
        if block is None:
            self._is_ended = True
            self._changed.notify_all()
            return None
        self._taken[block.number] = block
        self._next += 1
        return block

    def _following(self, number: int) -> Block:
        """Return a block that is a part of the one before, and is not converted separately."""
        with self._changed:
            self._merged.add(number)
            if number in self._taken:
                return self._taken.pop(number)
            block = cast("Block", self._read())  # the block before is not the last
            self._taken.pop(number)
            # No thread has it, and none will pass on its turn.
            self._results[number] = None
            self._ownerless.add(number)
            return block

    def _wait_for(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or condition())
            if self._is_closed:
                raise _ClosedError


class _ClosedError(Exception):
    """The results are not used any more."""


class _Worker:
    """A process that converts blocks."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "refcite.formats.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # This process may have no standard error.
            stderr=None if sys.stderr is not None else subprocess.DEVNULL,
            # It imports from the same folders as this process, not from the current folder.
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            # Only this process gets an interruption at the terminal; it ends the worker.
            start_new_session=True,
        )

    def prepare(self, settings: Settings) -> None:
        """Send the settings for the next blocks."""
        with suppress(BrokenPipeError):  # reported with the first block
            send(cast("IO[bytes]", self._process.stdin), settings)

    def result_of(self, request: object) -> object:
        """Return the result of a request.

        Raises:
            WorkerError: The process has ended.
        """
        try:
            send(cast("IO[bytes]", self._process.stdin), request)
            result = receive(cast("IO[bytes]", self._process.stdout))
        except (EOFError, OSError, ValueError) as error:
            status = self._process.wait()
            how = f"signal {-status}" if status < 0 else f"exit status {status}"
            raise WorkerError(
                f"a process that converts a part of the file has ended ({how}), perhaps because of"
                " too little memory; nothing was written; use fewer jobs, such as jobs=1"
            ) from error
        if isinstance(result, BaseException):
            raise result
        return result

    def kill(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Close the pipes of a process that has ended."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # a request that was not sent
                    pipe.close()
