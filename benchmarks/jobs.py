"""Time `refcite convert --jobs N` against one process, with the memory and the processor time.

Run it as `python -m benchmarks.jobs [RECORDS] [--jobs N] [--rounds N]`, on a machine that does
nothing else. The two take turns, and the best of several rounds counts. The last columns do not
depend on other programs: the processor time of all processes, the share of it that the process
spends that divides the file, and the factor that follows from both if each process has a processor.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.jsonl import ENDINGS, written

CASES = (("ris", "csl-jsonl"), ("csl-jsonl", "csl-jsonl"), ("bibtex", "csl-jsonl"))
CASES += (("csl-jsonl", "bibtex"),)
MEASURED = """
import atexit, json, resource, sys
from refcite.cli import main
def show():
    own, others = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    times = [one.ru_utime + one.ru_stime for one in (own, others)]
    peak = max(own.ru_maxrss, others.ru_maxrss)
    print(json.dumps([*times, peak / 1024]), file=sys.stderr)
atexit.register(show)
main()
"""


def measured(source: Path, target: Path, jobs: int) -> tuple[float, float, float, float]:
    """Return the seconds, the processor time of the process and of its workers, and megabytes."""
    arguments = ["convert", str(source), "-o", str(target), "--jobs", str(jobs)]
    command = [sys.executable, "-c", MEASURED, *arguments]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    own, others, peak = json.loads(done.stderr.splitlines()[-1])
    return time.perf_counter() - start, own, others, peak


def _number(word: str) -> int:
    return int(word.replace(",", ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", nargs="?", type=_number, default=100_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    jobs = arguments.jobs
    print(f"{arguments.records:,} records, {jobs} processes\n")
    print(
        "| from | to | 1 process | all | factor | memory | CPU, 1 | CPU, all | dividing | bound |"
    )
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for source, target in CASES:
            path = Path(folder, f"in.{ENDINGS[source]}")
            out = Path(folder, f"out.{ENDINGS[target]}")
            written(path, source, arguments.records)
            one: list[tuple[float, float, float, float]] = []
            many: list[tuple[float, float, float, float]] = []
            for _ in range(arguments.rounds):
                one.append(measured(path, out, 1))
                text = out.read_bytes()
                many.append(measured(path, out, jobs))
                assert out.read_bytes() == text, "several processes write another text"
            seconds, single = min(each[0] for each in one), min(each[1] for each in one)
            together = min(each[0] for each in many)
            own, others = min((each[1], each[2]) for each in many)
            bound = single / max((own + others) / jobs, own)
            print(
                f"| {source} | {target} | {seconds:.1f} s | {together:.1f} s"
                f" | {seconds / together:.2f} | {max(each[3] for each in many):.0f} MB"
                f" | {single:.1f} s | {own + others:.1f} s | {own:.1f} s | {bound:.2f} |"
            )


if __name__ == "__main__":
    main()
