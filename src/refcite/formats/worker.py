"""The program of a worker process, which converts blocks: `python -m refcite.formats.worker`.

The process ends at the end of its input, and therefore also if the process that started it is
killed.
"""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import suppress

from refcite.formats.blocks import BlockWork, Settings
from refcite.formats.worker_messages import receive, send

__all__ = ["main"]


def main() -> None:
    """Convert one block after the other.

    A request is a block, whose records are read, or a tuple of ids and keys, with which they are
    written. The response is the result or an exception. Settings come first, and may come again
    for another pass over the file; they have no response.
    """
    # An interruption at the terminal is handled by the process that started this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 1_000)
    requests, responses = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError):
        work = BlockWork(receive(requests))
        while True:
            request = receive(requests)
            if type(request) is Settings:
                work = BlockWork(request)
                continue
            result: object
            try:
                result = work.written(*request) if type(request) is tuple else work.read(request)
            except Exception as error:
                result = error
            send(responses, result)


if __name__ == "__main__":
    main()
