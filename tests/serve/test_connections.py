"""Clients that send a part of a request do not keep others from their responses."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from refcite.serve.connections import MOST_CONNECTIONS, Connection
from tests.serve.browsing import started
from tests.waiting import HANG, until

HEAD = "POST /records HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\n"
PARTS = {
    "nothing": "",
    "half of the head": HEAD,
    "half of the body": f"{HEAD}content-length: 1000\r\n\r\n@book",
    "half of a chunk": f"{HEAD}transfer-encoding: chunked\r\n\r\nff\r\n@book",
}


@contextmanager
def half_sent(address: str, count: int) -> Iterator[list[socket.socket]]:
    """Open connections and send a part of a request over each."""
    host, port = address.removeprefix("http://").rstrip("/").split(":")
    parts = [part.format(host=f"{host}:{port}").encode() for part in PARTS.values()]
    with ExitStack() as stack:
        clients = []
        for number in range(count):
            client = stack.enter_context(socket.create_connection((host, int(port)), HANG))
            with suppress(ConnectionError):  # the server may have closed it for a newer one
                client.sendall(parts[number % len(parts)])
            clients.append(client)
        yield clients


def open_sockets(pid: int) -> int:
    """Return how many sockets a process has open."""
    count = 0
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed by now
            count += str(file.readlink()).startswith("socket:")
    return count


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
def test_half_sent_requests_hold_up_no_other() -> None:
    with started() as (server, address):

        def records() -> int:
            done = httpx.post(
                f"{address}records",
                content="@book{a, title={One}}",
                headers={"origin": address.rstrip("/")},
                timeout=HANG,
                trust_env=False,
            )
            return int(done.json()["count"])

        assert records() == 1
        before = open_sockets(server.pid)
        with half_sent(address, 200):
            assert [records() for _ in range(3)] == [1, 1, 1]
            until(
                lambda: open_sockets(server.pid) <= before + MOST_CONNECTIONS, "closed connections"
            )
        until(lambda: open_sockets(server.pid) <= before, "the end of all connections")
        server.terminate()
        assert server.stderr is not None
        assert server.stderr.read() == ""


class Hasty(Connection):
    """A connection with no patience."""

    seconds = 0.05


@asynccontextmanager
async def serving(app: Callable[..., Awaitable[None]]) -> Any:
    """Serve an application in this process; yield the port."""
    config = uvicorn.Config(app, http=Hasty, ws="none", lifespan="off", log_level="warning")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(config)
        task = asyncio.create_task(server._serve([listener]))
        yield server, listener.getsockname()[1]
        server.should_exit = True
        await task


async def read_and_respond(scope: Any, receive: Any, send: Any) -> None:
    """Read a request to its end and respond with its size, many times."""
    size, goes_on = 0, True
    while goes_on:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message["body"])
        goes_on = message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(size):
        await send({"type": "http.response.body", "body": b"x" * 1_000_000, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize("part", [part for part in PARTS.values() if part])
def test_a_connection_is_closed_if_the_rest_does_not_come(part: str) -> None:
    async def told() -> bytes:
        async with serving(read_and_respond) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(part.format(host=f"127.0.0.1:{port}").encode())
            answer = await asyncio.wait_for(reader.read(), HANG)
            writer.close()
            return answer

    assert asyncio.run(told()).startswith(b"HTTP/1.1 408 ")


def test_a_connection_is_closed_if_its_client_does_not_read() -> None:
    async def left() -> int:
        async with serving(read_and_respond) as (server, port):
            _reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
            body = "x" * 1000
            head = f"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}\r\n\r\n"
            writer.write(f"{head}{body}".encode())
            await asyncio.sleep(0)
            while not server.server_state.total_requests and not server.server_state.connections:
                await asyncio.sleep(0)
            while server.server_state.connections:
                await asyncio.sleep(0)
            writer.transport.abort()
            return len(server.server_state.tasks)

    assert asyncio.run(asyncio.wait_for(left(), HANG)) <= 1


def test_a_whole_request_is_answered_over_one_connection_again_and_again() -> None:
    async def statuses() -> list[int]:
        async with (
            serving(read_and_respond) as (_, port),
            httpx.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}") as client,
        ):
            return [(await client.post("/", content=b"x" * size)).status_code for size in (0, 1, 2)]

    assert asyncio.run(statuses()) == [200, 200, 200]
