"""The command line: `refcite cite`, `convert`, `add`, `check`, `serve`, `styles`, and the others.

Results go to standard output, problems to standard error. To a file or a pipe goes UTF-8, on
every system; to a terminal its own encoding, with escapes for what that lacks. The exit status is
0, or 1 where something of the input could not be read, or 2 for a wrong use.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit."""
    from refcite.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    app(prog_name="refcite")
