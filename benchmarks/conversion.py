"""BibTeX to CSL-JSON, side by side: refcite, pandoc, citation-js, pybtex, bibtexparser's splitting.

Run it with `make bench-conversion`. The programs take turns in one run, each in a process of its
own, and the best of several rounds counts, so that a busy machine disturbs all of them alike. Each
is measured by the clock and by the time that it used the processors, which other programs disturb
less. Both kinds of generated files are read (`bibtex_works.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bibtex_works import KINDS, bibtex

HERE = Path(__file__).resolve().parent
Measured = dict[str, Any]


def python(name: str) -> Callable[[Path], Measured]:
    command = [sys.executable, str(HERE / "conversion_one.py"), name]
    return lambda path: printed([*command, str(path)])


def printed(command: list[str]) -> Measured:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: Measured = json.loads(done.stdout)
    return measured


def citation_js(path: Path) -> Measured:
    return printed(["node", "--max-old-space-size=8000", str(HERE / "citation_js.js"), str(path)])


def pandoc(path: Path) -> Measured:
    import pypandoc

    out = path.with_suffix(".pandoc.json")
    command = [pypandoc.get_pandoc_path(), "-f", "bibtex", "-t", "csljson", str(path)]
    started, used = time.perf_counter(), _used_by_children()
    subprocess.run([*command, "-o", str(out)], check=True, capture_output=True)
    seconds, cpu = time.perf_counter() - started, _used_by_children() - used
    entries = len(json.loads(out.read_text(encoding="utf-8")))
    return {"seconds": seconds, "cpu": cpu, "entries": entries}


def _used_by_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def programs() -> dict[str, Callable[[Path], Measured]]:
    """Return the programs that are here, with how each is measured."""
    found = {"refcite": python("refcite"), "bibtexparser, splitting only": python("splitting")}
    if has_module("pybtex"):
        found["pybtex, parsing only"] = python("pybtex")
    if shutil.which("node") and (HERE / "node_modules" / "@citation-js").exists():
        found["citation-js"] = citation_js
    if has_module("pypandoc"):
        found["pandoc"] = pandoc
    return found


def has_module(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def measure(
    entries: int, kind: str, rounds: int, names: list[str] | None
) -> list[tuple[str, Measured]]:
    chosen = {
        name: run
        for name, run in programs().items()
        if names is None or name.split(",")[0] in names
    }
    best: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "works.bib"
        path.write_text(bibtex(entries, kind), encoding="utf-8")
        for _ in range(rounds):
            for name, run in chosen.items():
                measured = run(path)
                assert measured["entries"] == entries, f"{name} read {measured['entries']}"
                before = best.setdefault(name, measured)
                for what in ("seconds", "cpu"):
                    before[what] = min(before[what], measured[what])
    return sorted(best.items(), key=lambda item: item[1]["cpu"])


def print_table(entries: int, kind: str, measured: list[tuple[str, Measured]]) -> None:
    ours = dict(measured)["refcite"]
    print(f"\n{entries:,} entries, {kind}:\n")
    print("| program | time | CPU | entries/s | memory | time to refcite's | CPU to refcite's |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, one in measured:
        memory = f"{one['megabytes']:.0f} MB" if "megabytes" in one else ""
        seconds, cpu = one["seconds"], one["cpu"]
        print(
            f"| {name} | {seconds:.2f} s | {cpu:.2f} s | {entries / cpu:,.0f} | {memory} "
            f"| {seconds / ours['seconds']:.2f} | {cpu / ours['cpu']:.2f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entries", nargs="*", type=int, default=[10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", help="refcite, bibtexparser, pandoc …")
    parser.add_argument("--kind", action="append", choices=KINDS, help="by default all kinds")
    arguments = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} processors, "
        f"{platform.machine()}; best of {arguments.rounds} rounds."
    )
    for entries in arguments.entries:
        for kind in arguments.kind or KINDS:
            measured = measure(entries, kind, arguments.rounds, arguments.only)
            print_table(entries, kind, measured)


if __name__ == "__main__":
    main()
