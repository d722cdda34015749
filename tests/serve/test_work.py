"""Work for which nobody waits any more ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import pytest
from starlette.requests import Request

from refcite.formats.progress import told
from refcite.serve.work import AbandonedError, Workshop

if TYPE_CHECKING:
    from starlette.types import Message


def request(seconds: float) -> Request:
    """Return a request whose browser goes away after some seconds."""

    async def receive() -> Message:
        if seconds:
            await anyio.sleep(seconds)
        return {"type": "http.disconnect"}

    return Request({"type": "http"}, receive)


def endless() -> dict[str, Any]:
    for _ in told(iter(int, 1), 1):
        pass
    return {}


async def _run(seconds: float, work: Any) -> Any:
    with anyio.fail_after(20):
        return await Workshop().run(request(seconds), work)


def test_what_is_being_read_ends_when_the_browser_has_gone() -> None:
    with pytest.raises(AbandonedError):
        anyio.run(_run, 0.1, endless)


def test_what_has_waited_too_long_is_not_begun() -> None:
    begun: dict[str, Any] = {}
    with pytest.raises(AbandonedError):
        anyio.run(_run, 0, lambda: begun.setdefault("it", {}))
    assert begun == {}


def test_an_answer_comes_through_and_so_does_an_error() -> None:
    assert anyio.run(_run, 60, lambda: {"a": 1}) == {"a": 1}
    with pytest.raises(ZeroDivisionError):
        anyio.run(_run, 60, lambda: {"a": 1 // 0})
