"""Time whole bibliographies: refcite, citeproc-js, Typst and citeproc-py side by side.

    python -m benchmarks.bibliography [--quick] [--omit ENGINE] [--write]

prints Markdown tables. Every measurement runs in a process of its own: it reads the works, loads
the style and makes the bibliography, with disambiguation, as HTML. The time is that of the whole
process, from its start to its end, by the clock and as processor time of all its threads. The
memory is its peak. The engines take turns, so that all of them meet the same conditions. `--write`
puts the tables into `benchmarks/README.md`.

`--compiled PYTHON` measures the compiled wheel too, with the interpreter of the environment in
which it is installed; `make test-compiled` creates `build/compiled/bin/python`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter

from benchmarks.works import csl_json

import refcite
from refcite.csl.style.style_source import find_style

HERE = Path(__file__).resolve().parent
STYLES = ("apa", "chicago-author-date", "chicago-notes-bibliography")
ENGINES = ("refcite", "citeproc-js", "typst", "citeproc-py")
COMPILED = "refcite, compiled"
ROUNDS = 3
PACKAGES = HERE.parent / "node_modules"

_INTERPRETERS: dict[str, str] = {}
"""The interpreters of other environments, by the engines that are measured with them."""

Measured = dict[tuple[str, str, int], dict[str, float]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bibliography")
    parser.add_argument(
        "--quick", action="store_true", help="omit 5,000 works for the other engines"
    )
    parser.add_argument(
        "--omit", action="append", choices=ENGINES[1:], default=[], help="do not measure an engine"
    )
    parser.add_argument("--prepare", metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help="write the tables into README.md")
    parser.add_argument(
        "--compiled", metavar="PYTHON", help="the interpreter that has the compiled wheel"
    )
    options = parser.parse_args()
    if options.prepare:
        _prepare(Path(options.prepare))
        return
    engines = [engine for engine in ENGINES if engine not in options.omit and _is_there(engine)]
    if options.compiled:
        _check_compiled(options.compiled)
        _INTERPRETERS[COMPILED] = str(Path(options.compiled).absolute())
        engines.insert(1, COMPILED)
    with TemporaryDirectory() as folder:
        measured = _measure_all(Path(folder), engines, options.quick)
    report = "\n".join(_report(measured, engines))
    print(report)
    if options.write:
        _write(report)


def _check_compiled(python: str) -> None:
    found = subprocess.run(
        [python, "-I", "-m", "refcite", "--version"], capture_output=True, text=True, check=True
    )
    if "(compiled)" not in found.stdout:
        raise SystemExit(f"{python} imports a refcite that is not compiled: {found.stdout.strip()}")


def _is_there(engine: str) -> bool:
    if engine == "typst":
        if find_spec("typst") is None:
            print("Typst is omitted: it needs `pip install typst`", file=sys.stderr)
        return find_spec("typst") is not None
    if engine != "citeproc-js":
        return True
    if shutil.which("node") and (PACKAGES / "citeproc").is_dir():
        return True
    print("citeproc-js is omitted: it needs node and `npm install citeproc`", file=sys.stderr)
    return False


def _measure_all(folder: Path, engines: Iterable[str], quick: bool) -> Measured:
    jobs = [
        (engine, style, count)
        for count in (1000, 5000, 20000)
        for style in STYLES
        for engine in engines
        if engine in ("refcite", COMPILED) or count == 1000 or (count == 5000 and not quick)
    ]
    # In a process of its own: the peak memory of a process includes that of the one that starts it.
    subprocess.run(
        [sys.executable, "-m", "benchmarks.bibliography", "--prepare", str(folder)], check=True
    )
    measured: Measured = {}
    # Rounds, so that what else the machine does for a while cannot spoil all runs of one engine.
    for number in range(ROUNDS):
        for engine, style, count in jobs:
            if number and (engine, count) == ("citeproc-py", 5000):
                continue
            print(f"{number + 1}: {engine}, {style}, {count:,} works …", file=sys.stderr)
            _keep_best(measured, (engine, style, count), _works(folder, count))
        for style in STYLES:
            _keep_best(measured, ("cold", style, 1), _works(folder, 1000))
    return measured


def _prepare(folder: Path) -> None:
    """Write the works, as CSL-JSON and as BibLaTeX."""
    for count in (1000, 5000, 20000):
        works = csl_json(count)
        _works(folder, count).write_text(json.dumps(works), encoding="utf-8")
        # Typst reads no CSL-JSON.
        bib = refcite.dumps(refcite.loads(works, "csl-json"), "biblatex")
        _works(folder, count).with_suffix(".bib").write_text(bib, encoding="utf-8")


def _works(folder: Path, count: int) -> Path:
    return folder / f"{count}.json"


def _keep_best(measured: Measured, job: tuple[str, str, int], works: Path) -> None:
    """Measure once more; keep the least time, processor time and memory of all runs."""
    run = _measure(job[0], job[1], works)
    before = measured.get(job, run)
    measured[job] = {name: min(value, before[name]) for name, value in run.items()}


def _measure(engine: str, style: str, works: Path) -> dict[str, float]:
    """Run one measurement in a process of its own; return its times and peak memory."""
    python = _INTERPRETERS.get(engine)
    name = "refcite" if engine == COMPILED else engine
    command = [python or sys.executable, "-m", "benchmarks.one", name, style, str(works)]
    given = b""
    if engine == "citeproc-js":
        command = ["node", str(HERE / "citeproc_js.js")]
        given = json.dumps(
            {
                "style": find_style(style).xml.decode(),
                "locales": str(files("citeproc") / "data" / "locales"),
                "works": str(works),
            }
        ).encode()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", *sys.path[1:]])}
    if python is not None:
        del environment["PYTHONPATH"]  # its own refcite, not that of the source
    with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
        stdin.write(given)
        stdin.seek(0)
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=HERE.parent, env=environment, stdin=stdin, stdout=stdout, stderr=stderr
        )
        # Unlike `process.wait`, this returns what this process alone has used.
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        stdout.seek(0)
        stderr.seek(0)
        if process.returncode:
            raise SystemExit(f"{engine} failed:\n{stderr.read().decode(errors='replace')}")
        if engine == "cold":
            cold: dict[str, float] = json.loads(stdout.read().splitlines()[-1])
            return cold
    processor = used.ru_utime + used.ru_stime
    return {"seconds": seconds, "processor": processor, "megabytes": used.ru_maxrss / 1024}


def _report(measured: Measured, engines: Iterable[str]) -> Iterable[str]:
    yield f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}."
    for style in STYLES:
        yield from (
            "",
            f"### {style}",
            "",
            "| works | engine | time | CPU | CPU to refcite's | works/s | memory | refcite is |",
        )
        yield "|---:|---|---:|---:|---:|---:|---:|---:|"
        for count in (1000, 5000, 20000):
            base = measured["refcite", style, count]
            for engine in engines:
                one = measured.get((engine, style, count))
                if one is not None:
                    yield _row(count, engine, one, base)
    yield ""
    for style in STYLES:
        small = measured["refcite", style, 1000]["seconds"]
        large = measured["refcite", style, 5000]["seconds"]
        yield f"- {style}: 5,000 works take {large / small:.1f} times the time of 1,000."
    for style in STYLES:
        ours = measured.get((COMPILED, style, 5000))
        peer = measured.get(("citeproc-js", style, 5000))
        if ours and peer:
            by_clock, by_cpu = (peer[name] / ours[name] for name in ("seconds", "processor"))
            yield (
                f"- {style}: with 5,000 works, the compiled wheel is {by_clock:.1f} times as fast"
                f" as citeproc-js, {by_cpu:.1f} times by processor time."
            )
    for style in STYLES:
        cold = measured["cold", style, 1]["seconds"]
        yield f"- {style}: first entry out of a cold `import refcite` after {cold:.2f} s."


def _row(count: int, engine: str, one: dict[str, float], base: dict[str, float]) -> str:
    seconds, processor = one["seconds"], one["processor"]
    ratio = "" if engine == "refcite" else f"{seconds / base['seconds']:.1f} times as fast"
    if engine == COMPILED:
        ratio = f"(it is {base['seconds'] / seconds:.1f} times as fast as refcite)"
    return (
        f"| {count:,} | {engine} | {seconds:.2f} s | {processor:.2f} s |"
        f" {processor / base['processor']:.1f} | {count / seconds:,.0f} |"
        f" {one['megabytes']:,.0f} MB | {ratio} |"
    )


def _write(report: str) -> None:
    page = HERE / "README.md"
    marks = ("<!-- bibliography: begin -->", "<!-- bibliography: end -->")
    pattern = re.compile(f"({re.escape(marks[0])}\n).*({re.escape(marks[1])})", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    written = pattern.sub(lambda found: f"{found[1]}{report}\n{found[2]}", text)
    page.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
