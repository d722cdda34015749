"""The pandoc filter `refcite-pandoc`: `pandoc --filter refcite-pandoc` in place of `--citeproc`."""

from __future__ import annotations

import sys
from typing import Final

__all__ = ["main"]

_USAGE: Final = """\
Usage: pandoc paper.md --filter refcite-pandoc -o paper.docx

A filter for pandoc: it formats citations and the bibliography with refcite, in place of --citeproc,
by the same metadata (bibliography, csl, lang, nocite, ...). It reads pandoc's JSON from standard
input and writes it to standard output.
"""


def main() -> int:
    """Run the filter; return the exit status.

    Pandoc calls it with the output format as its argument. A message about a problem is one line
    on standard error. The status is 1 if the document, a bibliography file or the style cannot be
    read; keys that are not defined are warnings.
    """
    if {"-h", "--help"}.intersection(sys.argv[1:]) or sys.stdin is None or sys.stdin.isatty():
        sys.stderr.write(_USAGE)
        return 0 if len(sys.argv) > 1 else 2
    if "--version" in sys.argv[1:]:
        from importlib.metadata import version

        sys.stdout.write(f"refcite-pandoc {version('refcite')}\n")
        return 0
    from refcite.documents.pandoc import filtered
    from refcite.problems import RefciteError

    try:
        text, problems = filtered(sys.stdin.buffer.read())
    except RefciteError as error:
        _report(f"error: {error}")
        return 1
    for problem in problems:
        _report(str(problem))
    sys.stdout.buffer.write(text.encode(errors="replace"))
    sys.stdout.buffer.write(b"\n")
    return 0


def _report(message: str) -> None:
    line = f"refcite-pandoc: {' '.join(message.split())}\n"
    sys.stderr.buffer.write(line.encode(errors="replace"))


if __name__ == "__main__":
    sys.exit(main())
