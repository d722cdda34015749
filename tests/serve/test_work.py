"""Workers answer; work for which nobody waits any more ends, and so does what takes too long."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import pytest
from starlette.requests import Request

from refcite.serve.questions import Question, Reply
from refcite.serve.work import AbandonedError, Workshop
from tests.serve.library import large

if TYPE_CHECKING:
    from starlette.types import Message

SMALL = Question("records", {}, b"@book{a, title = {One}}")
LONG = Question("bibliography", {"style": "chicago-notes-bibliography"}, large(19_000).encode())
"""What takes a minute."""


def request(seconds: float = 60) -> Request:
    """Return a request whose browser goes away after some seconds."""

    async def receive() -> Message:
        if seconds:
            await anyio.sleep(seconds)
        return {"type": "http.disconnect"}

    return Request({"type": "http"}, receive)


def run(work: Callable[[Workshop], Awaitable[None]], seconds: float = 60) -> None:
    """Do something with a workshop, for no longer than 30 seconds."""

    async def done() -> None:
        workshop = Workshop(1_000_000, seconds)
        with anyio.fail_after(30):
            await workshop.start()
            await work(workshop)
        await workshop.end()

    # Playwright keeps a loop of its own in this thread.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(anyio.run, done).result()


def count(reply: Reply) -> int:
    assert reply.status == 200, reply.body
    found: int = json.loads(reply.body)["count"]
    return found


def test_one_worker_answers_one_question_after_another() -> None:
    async def work(workshop: Workshop) -> None:
        assert count(await workshop.answer(request(), SMALL)) == 1
        (worker,) = workshop._idle
        assert count(await workshop.answer(request(), SMALL)) == 1
        refused = await workshop.answer(request(), Question("export", {"to": "none"}, b"x"))
        assert (refused.status, b"unknown-format" in refused.body) == (422, True)
        assert workshop._idle == [worker]

    run(work)


def test_formatting_ends_when_the_browser_has_gone_and_holds_up_nobody() -> None:
    async def work(workshop: Workshop) -> None:
        started = time.monotonic()
        with pytest.raises(AbandonedError):
            await workshop.answer(request(0.5), LONG)
        assert count(await workshop.answer(request(), SMALL)) == 1
        assert time.monotonic() - started < 10

    run(work)


def test_others_are_answered_beside_what_takes_long() -> None:
    async def work(workshop: Workshop) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(workshop.answer, request(), LONG)
            await anyio.sleep(0.2)
            assert count(await workshop.answer(request(), SMALL)) == 1
            tasks.cancel_scope.cancel()

    run(work)


def test_what_takes_too_long_is_refused() -> None:
    async def work(workshop: Workshop) -> None:
        assert count(await workshop.answer(request(), SMALL)) == 1
        reply = await workshop.answer(request(), LONG)
        assert (reply.status, json.loads(reply.body)["error"]["code"]) == (503, "too-long")
        assert b"longer than 2 seconds" in reply.body
        assert count(await workshop.answer(request(), SMALL)) == 1

    run(work, seconds=2)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's addresses")
def test_what_needs_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refcite.serve.work._LEAST_MEMORY", 250_000_000)
    monkeypatch.setattr("refcite.serve.work._FOR_EACH_BYTE", 0)

    async def work(workshop: Workshop) -> None:
        much = json.dumps([{"id": str(number), "type": "book"} for number in range(300_000)])
        reply = await workshop.answer(request(), Question("records", {}, much.encode()))
        assert reply.status in {422, 500}
        assert b"memory" in reply.body
        assert count(await workshop.answer(request(), SMALL)) == 1

    run(work)


def test_a_worker_that_dies_is_told_and_replaced() -> None:
    async def work(workshop: Workshop) -> None:
        async with anyio.create_task_group() as tasks:

            async def ask() -> None:
                reply = await workshop.answer(request(), LONG)
                assert json.loads(reply.body)["error"]["code"] == "ended"

            process = workshop._idle[0]._process
            tasks.start_soon(ask)
            await anyio.sleep(0.5)
            process.kill()
        assert count(await workshop.answer(request(), SMALL)) == 1

    run(work)


def test_what_has_waited_too_long_is_not_begun() -> None:
    async def work(workshop: Workshop) -> None:
        (worker,) = workshop._idle
        with pytest.raises(AbandonedError):
            await workshop.answer(request(0), SMALL)
        assert workshop._idle == [worker]

    run(work)


def test_a_worker_ends_with_whoever_started_it() -> None:
    async def work(workshop: Workshop) -> None:
        process = workshop._idle[0]._process
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(workshop.answer, request(), LONG)
            await anyio.sleep(0.5)
            assert process.stdin is not None
            await process.stdin.aclose()
            assert await process.wait() == 0
            tasks.cancel_scope.cancel()

    run(work)


def test_a_worker_imports_nothing_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "refcite", "attrs"):
        (tmp_path / f"{name}.py").write_text("import os\nos._exit(3)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    async def work(workshop: Workshop) -> None:
        assert count(await workshop.answer(request(), SMALL)) == 1

    run(work)
