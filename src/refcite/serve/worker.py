"""The program of a worker: `python -m refcite.serve.worker`, started by `worker_pool.py`.

It is a separate process, so that it can be ended at any moment, and so that its memory is limited
and released at its end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO

from refcite.serve.messages import LENGTH, length_of, with_lengths
from refcite.serve.page_requests import PageRequest, reply_to

__all__ = ["main"]


def main(memory: int) -> None:
    """Handle requests from standard input until it ends.

    Args:
        memory: Maximum memory in bytes, if the system supports a limit.
    """
    _bound(memory)
    # On systems without sessions, an interruption at the terminal arrives here too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Printed text must not be mixed with the replies.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    waiting: SimpleQueue[PageRequest] = SimpleQueue()
    Thread(target=_receive, args=(sys.stdin.buffer, waiting), daemon=True).start()
    while True:
        reply = reply_to(waiting.get())
        with suppress(BrokenPipeError):
            replies.write(with_lengths(str(reply.status).encode(), reply.body))
            replies.flush()


def _receive(page_requests: IO[bytes], waiting: SimpleQueue[PageRequest]) -> None:
    while True:
        try:
            head, data = _piece(page_requests), _piece(page_requests)
        except MemoryError:
            os._exit(1)  # otherwise the other process would wait for a reply
        if head is None or data is None:
            # The other process has ended, so no process waits for the reply.
            os._exit(0)
        name, query = json.loads(head)
        waiting.put(PageRequest(name, query, data))


def _piece(stream: IO[bytes]) -> bytes | None:
    head = stream.read(LENGTH)
    return stream.read(length_of(head)) if len(head) == LENGTH else None


def _bound(memory: int) -> None:
    try:
        import resource
    except ModuleNotFoundError:  # a system without limits for a process
        return
    # The current limit may be lower, and macOS has no limit for address space.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main(int(sys.argv[1]))
