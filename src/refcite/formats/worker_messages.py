"""The messages between this process and its workers: pickled, each after its length."""

from __future__ import annotations

import pickle
import struct
from typing import IO, Any, Final

__all__ = ["receive", "send"]

_LENGTH: Final = struct.Struct("<Q")


def send(file: IO[bytes], message: object) -> None:
    """Write a message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    file.write(_LENGTH.pack(len(data)))
    file.write(data)
    file.flush()


def receive(file: IO[bytes]) -> Any:
    """Return the next message.

    Raises:
        EOFError: The other process has ended.
    """
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = file.read(length)
    if len(data) < length:
        raise EOFError
    # Both ends are processes of the same program; nothing else can write to the pipe.
    return pickle.loads(data)  # noqa: S301 - see above
