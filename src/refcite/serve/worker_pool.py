"""The pool of workers: processes that handle requests, and are ended if a request is cancelled."""

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

from refcite.serve.messages import LENGTH, length_of, with_lengths
from refcite.serve.page_requests import PageRequest, Reply, refusal

if TYPE_CHECKING:
    from anyio.abc import ByteReceiveStream, ByteSendStream, Process
    from starlette.requests import Request

__all__ = ["AbandonedError", "WorkerPool"]

_T = TypeVar("_T")
_AT_ONCE: Final = 2
"""The number of workers: a slow request does not block all others."""
_GRACE: Final = 0.3
"""Seconds until a worker that does not end is killed."""
_LEAST_MEMORY: Final = 1_000_000_000
_FOR_EACH_BYTE: Final = 100
"""A library of BibTeX needs about a quarter of this."""


class AbandonedError(Exception):
    """The browser no longer waits for a reply."""


class WorkerPool:
    """A pool of workers that handle requests.

    After a change of its text, a page cancels the requests for the old text. Waiting requests are
    then not started, and the worker of a running request is ended; the next request gets a new
    worker. A worker that needs too long is ended too.

    Args:
        limit: Maximum size of a text, in bytes; it also limits the memory of a worker.
        seconds: Maximum time of a worker for one request.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self._memory = _LEAST_MEMORY + _FOR_EACH_BYTE * limit
        self._seconds = seconds
        self._turns = anyio.Semaphore(_AT_ONCE)
        self._idle: list[_Worker] = []

    async def run(self, request: Request, page_request: PageRequest) -> Reply:
        """Return the reply to a request of the page.

        Args:
            request: The HTTP request; its body has been read.
            page_request: The request.

        Raises:
            AbandonedError: The browser has closed the connection.
        """
        return await _unless_gone(request, lambda: self._run(page_request))

    async def start(self) -> None:
        """Start a worker, so that the first request does not wait for it."""
        async with self._turns:
            # If that fails, the first request reports it.
            with suppress(OSError):
                self._idle.append(await _Worker.start(self._memory))

    async def end(self) -> None:
        """End all workers."""
        while self._idle:
            await self._idle.pop().end()

    async def _run(self, page_request: PageRequest) -> Reply:
        async with self._turns:
            try:
                worker = await self._ready()
            except OSError as error:
                return _not_started(error)
            reply: Reply | None = None
            try:
                with anyio.fail_after(self._seconds):
                    reply = await worker.run(page_request)
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
        """Return an idle worker, or a new one."""
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
        self._requests = cast("ByteSendStream", process.stdin)
        self._replies = BufferedByteReceiveStream(cast("ByteReceiveStream", process.stdout))

    @classmethod
    async def start(cls, memory: int) -> _Worker:
        # The worker imports from the same folders as this process, not from the current folder.
        path = os.pathsep.join(filter(None, sys.path))
        return cls(
            await anyio.open_process(
                [sys.executable, "-P", "-m", "refcite.serve.worker", str(memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # This process may have no standard error.
                stderr=None if sys.stderr is not None else subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                # Only this process gets an interruption at the terminal; it ends the worker.
                start_new_session=True,
            )
        )

    @property
    def is_running(self) -> bool:
        """Whether the process is running; the system may have ended it because of its memory."""
        return self._process.returncode is None

    async def run(self, page_request: PageRequest) -> Reply:
        head = json.dumps([page_request.name, dict(page_request.query)]).encode()
        await self._requests.send(with_lengths(head, page_request.data))
        status = await self._piece()
        return Reply(int(status), await self._piece())

    async def _piece(self) -> bytes:
        length = length_of(await self._replies.receive_exactly(LENGTH))
        return await self._replies.receive_exactly(length)

    async def end(self) -> None:
        with anyio.CancelScope(shield=True):
            # The worker ends after the end of its input. If it were killed while it ends, asyncio
            # would warn about an unknown child process.
            await self._requests.aclose()
            with anyio.move_on_after(_GRACE):
                await self._process.wait()
            if self._process.returncode is None:
                self._process.kill()
            await self._process.aclose()


async def _unless_gone(request: Request, work: Callable[[], Awaitable[_T]]) -> _T:
    """Return the result of the work, or cancel it if the browser disconnects."""
    done: list[_T] = []
    failed: Exception | None = None
    async with anyio.create_task_group() as tasks:

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            tasks.cancel_scope.cancel()

        tasks.start_soon(watch)
        await anyio.lowlevel.checkpoint()  # the connection may be closed already
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
