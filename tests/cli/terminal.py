"""A terminal to run `refcite` on."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

from tests.waiting import HANG

__all__ = ["on_a_terminal", "without_styles"]

_RUN = """
import sys
from refcite.cli import main, progress
progress.DELAY = float(sys.argv.pop(1))
sys.argv[0] = "refcite"
sys.exit(main())
"""
_COMMAND = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_a_terminal(
    *command: str | Path,
    columns: int = 80,
    status: int = 0,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    encoding: str = "utf-8",
    delay: float = HANG,
    watch: Callable[[str], object] | None = None,
) -> str:
    """Run `refcite` with both outputs on a terminal; return what it is sent.

    Args:
        command: The arguments.
        columns: How wide the terminal is.
        status: The exit status that it must have.
        env: What is added to the environment.
        cwd: The folder that it runs in.
        encoding: How it writes.
        delay: After how many seconds it shows bars; as it is, none are shown.
        watch: Is called with all that was sent, whenever there is more.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    given = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(delay), *map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=slave,
        env={**given, "TERM": "xterm-256color", **(env or {})},
        cwd=cwd,
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            block = os.read(master, 4096)
        except OSError:  # Linux says so when the other side is closed
            break
        if not block:
            break
        shown += block
        if watch is not None:
            watch(shown.decode(encoding, errors="replace"))
    os.close(master)
    assert process.wait(HANG) == status
    return shown.decode(encoding).replace("\r\n", "\n")


def without_styles(shown: str) -> str:
    """Return what was sent to a terminal without colours and moves; a bar drawn anew is a line."""
    return _COMMAND.sub("", shown.replace("\r", "\n"))
