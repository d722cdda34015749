"""The command line: `refcite cite`, `convert`, `add`, `check`, `serve`, `styles`, and the others.

Results go to standard output, problems to standard error. The exit status is 0, or 1 where
something of the input could not be read, or 2 for a wrong use.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit."""
    from refcite.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        # Any text can be printed anywhere: what the terminal's encoding lacks is escaped.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="refcite")
