"""Work in a thread, one at a time, which ends early where nobody waits for it any more."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread

from refcite.formats.progress import listening

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["AbandonedError", "Workshop"]


class AbandonedError(Exception):
    """The browser no longer waits for an answer."""


class Workshop:
    """Runs one piece of work at a time, so that the server answers beside it.

    A page that has changed its text drops the questions it has asked about the text before. What
    waits is then not begun, and what is being read ends at the next entry.
    """

    def __init__(self) -> None:
        self._turn = anyio.Lock()

    async def run(self, request: Request, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return what the work returns.

        Args:
            request: Who waits for it; its body has been read.
            work: What is run in a thread.

        Raises:
            AbandonedError: The browser has gone away.
        """
        async with self._turn:
            if await request.is_disconnected():
                raise AbandonedError
            return await _watched(request, work)


async def _watched(request: Request, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    is_gone = Event()

    def stop_if_gone(_share: float) -> None:
        if is_gone.is_set():
            raise AbandonedError

    def listened() -> dict[str, Any]:
        with listening(stop_if_gone):
            return work()

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        is_gone.set()

    failed: Exception | None = None
    answer: dict[str, Any] = {}
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch)
        try:
            answer = await anyio.to_thread.run_sync(listened)
        except Exception as error:  # raised again outside the group, which would wrap it
            failed = error
        tasks.cancel_scope.cancel()
    if failed is not None:
        raise failed
    return answer
