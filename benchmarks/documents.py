"""The time for the citations of a book in Markdown, compared with `pandoc --citeproc`.

The book has about a megabyte and 3,000 citations of 600 works. Both programs run by turns, as
separate processes, on the same files with the same style. The least CPU time of each is compared.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.documents.peers import pandoc_program

from refcite.csl.style.style_source import find_style

__all__ = ["book", "main", "references"]

_WORKS: Final = 600
_CITATIONS: Final = 3_000
_WORDS: Final = (
    "rope",
    "harbour",
    "tar",
    "knot",
    "splice",
    "anchor",
    "sail",
    "wind",
    "tide",
    "ship",
)
_RUNS: Final = 3


def references(count: int = _WORKS) -> list[dict[str, object]]:
    """Return works as items of CSL-JSON; several authors have several works of one year."""
    chance = random.Random(19)
    return [
        {
            "id": f"work{index}",
            "type": "article-journal" if index % 3 else "book",
            "title": " ".join(chance.choices(_WORDS, k=6)).capitalize(),
            "author": [
                {"family": f"Name{chance.randrange(200)}", "given": chance.choice("ABCDE") + "nn"}
                for _ in range(chance.randint(1, 4))
            ],
            "issued": {"date-parts": [[chance.randint(1960, 2024)]]},
            "container-title": "Journal of Ropes",
            "volume": str(chance.randint(1, 40)),
            "page": f"{index + 1}-{index + 20}",
            "publisher": "Harbour Press",
        }
        for index in range(count)
    ]


def book(citations: int = _CITATIONS, works: int = _WORKS) -> str:
    """Return a book of paragraphs with citations."""
    chance = random.Random(7)
    pieces = ["---\nbibliography: refs.json\ncsl: style.csl\n---\n"]
    for index in range(citations):
        if index % 40 == 0:
            pieces.append(f"# Chapter {index // 40 + 1}\n")
        key = f"work{chance.randrange(works)}"
        cite = chance.choice(
            (
                f"[@{key}]",
                f"[see @{key}, pp. {index}--{index + 9}]",
                f"[@{key}; @work{chance.randrange(works)}, chap. 3]",
                f"@{key} [p. 4]",
                f"@{key} says",
                f"[-@{key}]",
            )
        )
        words = " ".join(chance.choices(_WORDS, k=55)).capitalize()
        pieces.append(f"{words} {cite} and *more* `code` of it.\n")
    return "\n".join(pieces)


def _run(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Return the CPU time and the time of a process, in seconds."""
    # An installed package has its bytecode; the run of a working copy writes it once.
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start


def main(style: str = "chicago-author-date") -> int:
    """Print the times."""
    program = pandoc_program()
    if program is None:
        print("pandoc is not installed")
        return 1
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        text = book()
        (folder / "book.md").write_text(text, encoding="utf-8")
        (folder / "refs.json").write_text(json.dumps(references()), encoding="utf-8")
        (folder / "style.csl").write_bytes(find_style(style).xml)
        commands = {
            "refcite": [sys.executable, "-m", "refcite", "render", "book.md", "-o", "a.md"],
            "pandoc": [program, "--citeproc", "book.md", "-t", "markdown", "-o", "b.md"],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(int(os.environ.get("RUNS", _RUNS))):
            for name, command in commands.items():
                times[name].append(_run(command, folder))
        print(f"{style}: {len(text.encode()) / 1e6:.2f} MB, {_CITATIONS} citations")
        best = {name: min(found) for name, found in times.items()}
        for name, (cpu, wall) in best.items():
            print(f"{name}: {cpu:.2f} s of CPU, {wall:.2f} s")
        ratios = (best["pandoc"][place] / best["refcite"][place] for place in (0, 1))
        print("pandoc / refcite: {:.1f} in CPU, {:.1f} in time".format(*ratios))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
