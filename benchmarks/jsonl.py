"""Time `refcite convert` on CSL-JSON lines, an array, RIS and BibTeX, with the peak of its memory.

Run it as `python -m benchmarks.jsonl [RECORDS ...]`. Each conversion runs in a process of its own;
the time is that of the whole process.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.ris import entries

from refcite.formats import ris
from refcite.formats.csl_json import write_stream
from refcite.record import Record

CASES = (
    ("csl-jsonl", "csl-jsonl"),
    ("csl-json", "csl-jsonl"),
    ("ris", "csl-jsonl"),
    ("csl-jsonl", "ris"),
    ("csl-jsonl", "bibtex"),
)
ENDINGS = {"csl-jsonl": "jsonl", "csl-json": "json", "ris": "ris", "bibtex": "bib"}


def records(count: int) -> Iterator[Record]:
    """Yield generated records."""
    for found in ris.read_stream(entries(count)):
        assert isinstance(found, Record)
        yield found


def written(path: Path, format_: str, count: int) -> None:
    """Write a file of so many records."""
    pieces: Callable[[], Iterator[str]] = {
        "csl-jsonl": lambda: write_stream(records(count), lines=True),
        "csl-json": lambda: write_stream(records(count)),
        "ris": lambda: entries(count),
    }[format_]
    with path.open("w", encoding="utf-8") as file:
        file.writelines(pieces())


def measured(source: Path, target: Path) -> tuple[float, float]:
    """Return how many seconds a conversion takes, and the peak of its memory in MB."""
    command = [sys.executable, "-m", "refcite", "convert", str(source), "-o", str(target)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, f"{' '.join(command)} failed"
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    counts = [int(word.replace(",", "")) for word in sys.argv[1:]] or [10_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        for source, target in CASES:
            for count in counts:
                path = Path(folder, f"in.{ENDINGS[source]}")
                written(path, source, count)
                seconds, memory = measured(path, Path(folder, f"out.{ENDINGS[target]}"))
                size = path.stat().st_size / 1e6
                print(
                    f"{source:<9} to {target:<9} {count:>9,} records {size:>8.1f} MB"
                    f" {seconds:>7.2f} s {count / seconds:>8,.0f} records/s {memory:>6.0f} MB peak"
                )


if __name__ == "__main__":
    main()
