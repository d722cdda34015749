"""The program that answers questions: `python -m refcite.serve.worker`, started by `work.py`.

It is one of its own so that whoever started it can end it at any moment, whatever it is at, and so
that what it needs of memory is bounded, and given back when it ends.
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

from refcite.serve.frames import LENGTH, framed, length_of
from refcite.serve.questions import Question, reply_to

__all__ = ["main"]


def main(memory: int) -> None:
    """Answer questions from standard input until it ends.

    Args:
        memory: How much may be used, in bytes, where the system can bound it.
    """
    _bound(memory)
    # Where the system knows no sessions, an interruption at the terminal comes here as well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What anything prints must not stand between the replies.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    waiting: SimpleQueue[Question] = SimpleQueue()
    Thread(target=_receive, args=(sys.stdin.buffer, waiting), daemon=True).start()
    while True:
        reply = reply_to(waiting.get())
        with suppress(BrokenPipeError):
            replies.write(framed(str(reply.status).encode(), reply.body))
            replies.flush()


def _receive(questions: IO[bytes], waiting: SimpleQueue[Question]) -> None:
    while True:
        try:
            head, data = _piece(questions), _piece(questions)
        except MemoryError:
            os._exit(1)  # else whoever asked would wait for an answer
        if head is None or data is None:
            # Whoever asked is gone, even if it was killed: nobody waits for what is being done.
            os._exit(0)
        name, query = json.loads(head)
        waiting.put(Question(name, query, data))


def _piece(stream: IO[bytes]) -> bytes | None:
    head = stream.read(LENGTH)
    return stream.read(length_of(head)) if len(head) == LENGTH else None


def _bound(memory: int) -> None:
    try:
        import resource
    except ModuleNotFoundError:  # a system without limits for a process
        return
    # A limit that is set already may be lower, and macOS knows none for addresses.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main(int(sys.argv[1]))
