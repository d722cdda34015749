"""Workers answer; work for which nobody waits any more ends, and so does what takes too long."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import pytest
from starlette.requests import Request

from refcite.serve.page_requests import PageRequest, Reply
from refcite.serve.worker_pool import AbandonedError, WorkerPool, _Worker
from tests.serve.library import large
from tests.waiting import HANG

if TYPE_CHECKING:
    from starlette.types import Message

SMALL = PageRequest("records", {}, b"@book{a, title = {One}}")
LONG = PageRequest("bibliography", {"style": "chicago-notes-bibliography"}, large(19_000).encode())
"""What takes a minute."""


def request(gone: anyio.Event | None = None) -> Request:
    """Return a request whose browser goes away when something happens, or not at all."""

    async def receive() -> Message:
        if gone is None:
            await anyio.sleep_forever()
        elif not gone.is_set():
            await gone.wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http"}, receive)


def asked(monkeypatch: pytest.MonkeyPatch) -> anyio.Event:
    """Return what happens when a worker next has a question and is waited for."""
    event = anyio.Event()
    wait_for_piece = _Worker._piece

    async def piece(worker: _Worker) -> bytes:
        event.set()
        return await wait_for_piece(worker)

    monkeypatch.setattr(_Worker, "_piece", piece)
    return event


def run(work: Callable[[WorkerPool], Awaitable[None]]) -> None:
    """Do something with a workshop."""

    async def done() -> None:
        pool = WorkerPool(1_000_000, HANG)
        with anyio.fail_after(HANG):
            await pool.start()
            await work(pool)
        await pool.end()

    # Playwright keeps a loop of its own in this thread.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(anyio.run, done).result()


def count(reply: Reply) -> int:
    assert reply.status == 200, reply.body
    found: int = json.loads(reply.body)["count"]
    return found


def test_one_worker_answers_one_question_after_another() -> None:
    async def work(pool: WorkerPool) -> None:
        assert count(await pool.run(request(), SMALL)) == 1
        (worker,) = pool._idle
        assert count(await pool.run(request(), SMALL)) == 1
        refused = await pool.run(request(), PageRequest("export", {"to": "none"}, b"x"))
        assert (refused.status, b"unknown-format" in refused.body) == (422, True)
        assert pool._idle == [worker]

    run(work)


def test_formatting_ends_when_the_browser_has_gone_and_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def work(pool: WorkerPool) -> None:
        process = pool._idle[0]._process
        with pytest.raises(AbandonedError):  # and no answer
            await pool.run(request(gone=asked(monkeypatch)), LONG)
        assert process.returncode is not None
        assert count(await pool.run(request(), SMALL)) == 1

    run(work)


def test_others_are_answered_beside_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(pool: WorkerPool) -> None:
        process = pool._idle[0]._process
        is_asked = asked(monkeypatch)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(pool.run, request(), LONG)
            await is_asked.wait()
            process.send_signal(signal.SIGSTOP)  # it takes as long as the others do
            assert count(await pool.run(request(), SMALL)) == 1
            tasks.cancel_scope.cancel()

    run(work)


def test_what_takes_too_long_is_refused() -> None:
    async def work(pool: WorkerPool) -> None:
        assert count(await pool.run(request(), SMALL)) == 1
        pool._seconds = 0.1
        reply = await pool.run(request(), LONG)
        assert (reply.status, json.loads(reply.body)["error"]["code"]) == (503, "too-long")
        assert b"longer than 0.1 seconds" in reply.body
        pool._seconds = HANG
        assert count(await pool.run(request(), SMALL)) == 1

    run(work)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's addresses")
def test_what_needs_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refcite.serve.worker_pool._LEAST_MEMORY", 250_000_000)
    monkeypatch.setattr("refcite.serve.worker_pool._FOR_EACH_BYTE", 0)

    async def work(pool: WorkerPool) -> None:
        much = json.dumps([{"id": str(number), "type": "book"} for number in range(300_000)])
        reply = await pool.run(request(), PageRequest("records", {}, much.encode()))
        assert reply.status in {422, 500}
        assert b"memory" in reply.body
        assert count(await pool.run(request(), SMALL)) == 1

    run(work)


def test_a_worker_that_dies_is_told_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(pool: WorkerPool) -> None:
        is_asked = asked(monkeypatch)
        async with anyio.create_task_group() as tasks:

            async def ask() -> None:
                reply = await pool.run(request(), LONG)
                assert json.loads(reply.body)["error"]["code"] == "ended"

            process = pool._idle[0]._process
            tasks.start_soon(ask)
            await is_asked.wait()
            process.kill()
        assert count(await pool.run(request(), SMALL)) == 1

    run(work)


def test_what_has_waited_too_long_is_not_begun() -> None:
    async def work(pool: WorkerPool) -> None:
        (worker,) = pool._idle
        gone = anyio.Event()
        gone.set()
        with pytest.raises(AbandonedError):
            await pool.run(request(gone), SMALL)
        assert pool._idle == [worker]

    run(work)


def test_a_worker_ends_with_whoever_started_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(pool: WorkerPool) -> None:
        is_asked = asked(monkeypatch)
        process = pool._idle[0]._process
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(pool.run, request(), LONG)
            await is_asked.wait()
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

    async def work(pool: WorkerPool) -> None:
        assert count(await pool.run(request(), SMALL)) == 1

    run(work)
