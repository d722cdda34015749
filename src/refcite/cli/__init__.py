"""The command line: `refcite cite`, `convert`, `add`, `check`, `serve`, `styles`, and the others.

Results are written to standard output, problems to standard error. The encoding of a file or pipe
is UTF-8 on every system; a terminal has its own encoding, with escapes for missing characters. The
exit status is 0, or 1 if a part of the input could not be read, or 2 for a wrong use.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from refcite.cli.version import version

        sys.stdout.write(f"refcite {version()}\n")  # without the commands and what they import
        return
    from refcite.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    app(prog_name="refcite")
