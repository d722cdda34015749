"""Questions are answered by workers, processes that are ended where nobody waits any more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar, cast

import anyio
import anyio.lowlevel
from anyio.streams.buffered import BufferedByteReceiveStream

from refcite.serve.frames import LENGTH, framed, length_of
from refcite.serve.questions import Question, Reply, refusal

if TYPE_CHECKING:
    from anyio.abc import ByteReceiveStream, ByteSendStream, Process
    from starlette.requests import Request

__all__ = ["AbandonedError", "Workshop"]

_T = TypeVar("_T")
_AT_ONCE: Final = 2
"""So many workers: what takes one of them long does not hold up everybody."""
_GRACE: Final = 0.3
"""Seconds in which a worker may end by itself."""
_LEAST_MEMORY: Final = 1_000_000_000
_FOR_EACH_BYTE: Final = 100
"""A library of BibTeX takes about a quarter of this."""


class AbandonedError(Exception):
    """The browser no longer waits for an answer."""


class Workshop:
    """Has questions answered by workers.

    A page that has changed its text drops the questions it has asked about the text before. What
    waits is then not begun, and the worker that is at it is ended; the next question gets a new
    one. So is a worker that takes too long.

    Args:
        limit: The largest text, in bytes; a worker's memory is bounded accordingly.
        seconds: How long a worker may be at a question.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self._memory = _LEAST_MEMORY + _FOR_EACH_BYTE * limit
        self._seconds = seconds
        self._turns = anyio.Semaphore(_AT_ONCE)
        self._idle: list[_Worker] = []

    async def answer(self, request: Request, question: Question) -> Reply:
        """Return the reply to a question.

        Args:
            request: Who waits for it; its body has been read.
            question: What is asked.

        Raises:
            AbandonedError: The browser has gone away.
        """
        return await _unless_gone(request, lambda: self._answer(question))

    async def start(self) -> None:
        """Start a worker, so that the first question need not wait for it."""
        async with self._turns:
            # Where that fails, the first question says so.
            with suppress(OSError):
                self._idle.append(await _Worker.start(self._memory))

    async def end(self) -> None:
        """End all workers."""
        while self._idle:
            await self._idle.pop().end()

    async def _answer(self, question: Question) -> Reply:
        async with self._turns:
            try:
                worker = await self._ready()
            except OSError as error:
                return _not_started(error)
            reply: Reply | None = None
            try:
                with anyio.fail_after(self._seconds):
                    reply = await worker.ask(question)
            except TimeoutError:
                return self._too_long()
            except (anyio.EndOfStream, anyio.IncompleteRead, anyio.BrokenResourceError):
                return _died()
            finally:
                if reply is None:
                    await worker.end()
                else:
                    self._idle.append(worker)
            return reply

    async def _ready(self) -> _Worker:
        """Return a worker that waits for a question, a new one where none does any more."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_running:
                return worker
            await worker.end()
        return await _Worker.start(self._memory)

    def _too_long(self) -> Reply:
        return refusal(
            503,
            "too-long",
            f"the request takes longer than {self._seconds:g} seconds, the limit of this page;"
            " start it with a higher --time-limit, or use the command line, which has no limit",
        )


def _died() -> Reply:
    return refusal(
        500,
        "ended",
        "the process ended without a result, perhaps because of too little memory; try less text",
    )


def _not_started(error: OSError) -> Reply:
    return refusal(
        500,
        "not-started",
        f"the program {sys.executable}, which does the work, cannot be started: {error.strerror}",
    )


class _Worker:
    def __init__(self, process: Process) -> None:
        self._process = process
        self._questions = cast("ByteSendStream", process.stdin)
        self._replies = BufferedByteReceiveStream(cast("ByteReceiveStream", process.stdout))

    @classmethod
    async def start(cls, memory: int) -> _Worker:
        # It finds what this process finds, but nothing more: not what lies in the current folder.
        path = os.pathsep.join(filter(None, sys.path))
        return cls(
            await anyio.open_process(
                [sys.executable, "-P", "-m", "refcite.serve.worker", str(memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Without one of its own, this process has none to pass on.
                stderr=None if sys.stderr is not None else subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                # An interruption at the terminal is for this process, which ends the worker.
                start_new_session=True,
            )
        )

    @property
    def is_running(self) -> bool:
        """Whether the process is still there; the system may have ended it for its memory."""
        return self._process.returncode is None

    async def ask(self, question: Question) -> Reply:
        head = json.dumps([question.name, dict(question.query)]).encode()
        await self._questions.send(framed(head, question.data))
        status = await self._piece()
        return Reply(int(status), await self._piece())

    async def _piece(self) -> bytes:
        length = length_of(await self._replies.receive_exactly(LENGTH))
        return await self._replies.receive_exactly(length)

    async def end(self) -> None:
        with anyio.CancelScope(shield=True):
            # It ends when its questions do. To kill one that is ending already would take its exit
            # status from under asyncio, which then warns of an unknown child process.
            await self._questions.aclose()
            with anyio.move_on_after(_GRACE):
                await self._process.wait()
            if self._process.returncode is None:
                self._process.kill()
            await self._process.aclose()


async def _unless_gone(request: Request, work: Callable[[], Awaitable[_T]]) -> _T:
    """Return what the work returns, or cancel it when the browser goes away."""
    done: list[_T] = []
    failed: Exception | None = None
    async with anyio.create_task_group() as tasks:

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            tasks.cancel_scope.cancel()

        tasks.start_soon(watch)
        await anyio.lowlevel.checkpoint()  # who has gone already asks for nothing
        try:
            done.append(await work())
        except Exception as error:  # raised again outside the group, which would wrap it
            failed = error
        tasks.cancel_scope.cancel()
    if failed is not None:
        raise failed
    if not done:
        raise AbandonedError
    return done[0]
