"""The time in which the language server answers, with a large library and a long document.

The library has 10,000 entries of BibTeX; the document has about a megabyte of Markdown with 3,000
citations of them. The editor of the tests is the client. Times are those of the server: by the
clock, from the request to the answer at the client, and its CPU time, as Linux counts it.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.bibtex_works import bibtex
from tests.lsp.editor import Editor

__all__ = ["main"]

_ENTRIES: Final = 10_000
_PARAGRAPHS: Final = 3_000
_WORDS: Final = ("rope", "harbour", "knot", "splice", "anchor", "sail", "wind", "tide", "ship")
_QUERIES: Final = ("smith", "muller", "theory", "quantum", "growth", "1994", "a77", "refugees")
"""What is typed after the sign `@`, letter by letter."""
_ROUNDS: Final = 6
_HOVERS: Final = 100


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=_ENTRIES, help="entries of the library")
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        library = bibtex(entries)
        (folder / "refs.bib").write_text(library, encoding="utf-8")
        keys = [
            line.partition("{")[2].rstrip(",\n")
            for line in library.splitlines()
            if line.startswith("@")
        ]
        (folder / "book.md").write_text(_book(keys), encoding="utf-8")
        print(f"{entries:,} entries ({len(library) / 1e6:.1f} MB), ", end="")
        print(f"document of {(folder / 'book.md').stat().st_size / 1e6:.1f} MB\n")
        _measure(folder)


def _book(keys: Sequence[str]) -> str:
    chance = random.Random(7)
    pieces = ["---\nbibliography: refs.bib\n---\n\n"]
    for number in range(_PARAGRAPHS):
        words = " ".join(chance.choices(_WORDS, k=50))
        pieces.append(f"{words.capitalize()} [@{chance.choice(keys)}, p. {number}].\n\n")
    return "".join(pieces)


def _measure(folder: Path) -> None:
    print("| what | times | CPU, mean | CPU, total | clock, 50 % | 95 % | longest |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    started = time.perf_counter()
    with Editor(folder) as editor:
        cpu = _Cpu(editor.process.pid)
        _print("start", [time.perf_counter() - started], cpu.spent())
        text = editor.open("book.md")
        lines = text.split("\n")
        line = 4 + _PARAGRAPHS // 2 * 2  # of a paragraph: each second line is empty
        _row(
            "first completion, with reading the library", cpu, [lambda: _type(editor, line, "", 0)]
        )
        _row("first diagnostics of the document", cpu, [lambda: editor.diagnostics("book.md")])
        _row("completion while typing, with each change", cpu, _typing(editor, line))
        _row("diagnostics after the changes", cpu, [lambda: editor.diagnostics("book.md")])
        keys = [(place, _find_column(lines, place)) for place in range(4, 4 + 2 * _HOVERS, 2)]
        _row("hover", cpu, [partial(_hover, editor, place) for place in keys])
        _row("definition", cpu, [partial(_define, editor, place) for place in keys])
        editor.open("refs.bib")
        editor.diagnostics("refs.bib")
        cpu.spent()
        editor.change("refs.bib", "% a comment\n", (0, 0))
        _row("completion while a changed library is read", cpu, _typing(editor, line))
        _row("diagnostics of the library", cpu, [lambda: editor.diagnostics("refs.bib")])


def _typing(editor: Editor, line: int) -> list[Callable[[], object]]:
    """Return the steps of a user who types words after `@` in the middle of the document."""
    return [
        partial(_type, editor, line, query, end)
        for _ in range(_ROUNDS)
        for query in _QUERIES
        for end in range(len(query) + 1)
    ]


def _type(editor: Editor, line: int, query: str, end: int) -> None:
    if end == 0:
        editor.change("book.md", "@", (line, 0), (line, 100_000))
    else:
        editor.change("book.md", query[end - 1], (line, end))
    found = editor.keys("book.md", (line, end + 1))
    assert found, f"no key for {query[:end]!r}"


def _find_column(lines: Sequence[str], line: int) -> int:
    """Return a column in the key of a line of the document."""
    return lines[line].index("[@") + 3


def _hover(editor: Editor, place: tuple[int, int]) -> None:
    assert editor.at("hover", "book.md", place)["contents"]["value"]


def _define(editor: Editor, place: tuple[int, int]) -> None:
    assert editor.at("definition", "book.md", place)["uri"].endswith("refs.bib")


class _Cpu:
    """The CPU time of a process, from one call to the next."""

    def __init__(self, pid: int) -> None:
        self._stat = Path(f"/proc/{pid}/stat")
        self._last = 0.0

    def spent(self) -> float | None:
        """Return the seconds since the last call; None on systems without `/proc`."""
        if not self._stat.exists():
            return None
        fields = self._stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        total = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        spent, self._last = total - self._last, total
        return spent


def _row(what: str, cpu: _Cpu, steps: Sequence[Callable[[], object]]) -> None:
    cpu.spent()
    times: list[float] = []
    for step in steps:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    _print(what, times, cpu.spent())


def _print(what: str, times: Sequence[float], cpu: float | None) -> None:
    ordered = sorted(times)
    clock = [ordered[min(int(len(ordered) * part), len(ordered) - 1)] for part in (0.5, 0.95)]
    each, total = ("–", "–") if cpu is None else (_ms(cpu / len(times)), _ms(cpu))
    shown = " | ".join(map(_ms, (*clock, ordered[-1])))
    print(f"| {what} | {len(times)} | {each} | {total} | {shown} |", flush=True)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.{1 if seconds < 0.1 else 0}f} ms"


if __name__ == "__main__":
    main()
