"""Which tests reach which lines, measured once and kept in `build/mutants`.

A test is measured in the processes that it starts too. What changes in tests is measured anew; what
changes in the source, from the beginning.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import coverage
from attrs import frozen

__all__ = ["FOLDER", "ROOT", "Reach", "digest", "file_of", "measured"]

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "build" / "mutants"
TIMES: Final = "REFCITE_MUTANTS_TIMES"
_SETTINGS: Final = """[run]
branch = false
parallel = true
source_pkgs = refcite
data_file = {data}
context = ${{PYTEST_CURRENT_TEST-}}
[paths]
source =
    {root}
"""
_STARTUP: Final = "import coverage\ncoverage.process_startup()\n"


@frozen
class Reach:
    """What the tests reach.

    Attributes:
        tests: For each file and line, the tests that run it, by their node ids.
        seconds: How long each test takes.
    """

    tests: dict[str, dict[int, frozenset[str]]]
    seconds: dict[str, float]

    def of_line(self, path: str, line: int) -> frozenset[str]:
        """Return the tests that run a line."""
        return self.tests.get(path, {}).get(line, frozenset())

    def of_file(self, path: str) -> frozenset[str]:
        """Return the tests that run any line of a file."""
        return frozenset().union(*self.tests.get(path, {}).values())


def digest(text: str) -> str:
    """Return a short name for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _digests(folder: str) -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): digest(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def measured(only: Sequence[str] = ()) -> Reach:
    """Return what the tests reach; measure what is not known or no longer true.

    Args:
        only: Files or folders of tests, from the root of the repository; without any, all tests.
    """
    kept = FOLDER / (f"reach-{digest(' '.join(only))}.json" if only else "reach.json")
    source, tests = _digests("src"), _digests("tests")
    known: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    if known.get("source") != source:
        known = {"source": source, "tests": {}, "lines": {}, "seconds": {}}
        changed = [*only] or ["tests", "src"]
    else:
        changed = [
            file
            for file, name in tests.items()
            if Path(file).name.startswith("test_")
            and known["tests"].get(file) != name
            and (not only or file.startswith(tuple(only)))
        ]
    if changed:
        lines, seconds = _measure(changed)
        # What was known of these files is replaced.
        for found in known["lines"].values():
            for line, names in found.items():
                found[line] = [one for one in names if file_of(one) not in changed]
        for path, found in lines.items():
            kept_lines = known["lines"].setdefault(path, {})
            for line, names in found.items():
                kept_lines[line] = sorted({*kept_lines.get(line, []), *names})
        known["seconds"].update(seconds)
        known["tests"] = tests
        kept.write_text(json.dumps(known), encoding="utf-8")
    return Reach(
        {
            path: {int(line): frozenset(names) for line, names in found.items()}
            for path, found in known["lines"].items()
        },
        known["seconds"],
    )


def file_of(test: str) -> str:
    """Return the file of a test, from its node id."""
    return test.partition("::")[0]


def _measure(what: Sequence[str]) -> tuple[dict[str, dict[str, list[str]]], dict[str, float]]:
    """Run tests; return the tests that reach each line, and how long those that pass take."""
    print(f"Measuring which lines {len(what)} files or folders of tests reach …", flush=True)
    scratch = FOLDER / "measure"
    startup = scratch / "startup"
    startup.mkdir(parents=True, exist_ok=True)
    for old in scratch.glob("data*"):
        old.unlink()
    settings, times = scratch / "settings", scratch / "times.json"
    data = scratch / "data"
    settings.write_text(_SETTINGS.format(data=data, root=ROOT / "src" / "refcite"))
    (startup / "sitecustomize.py").write_text(_STARTUP, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(startup)]),
        "COVERAGE_PROCESS_START": str(settings),
        TIMES: str(times),
    }
    command = [sys.executable, "-m", "pytest", "-n", "2", "-m", "not long"]
    command += ["-p", "tests.mutants.recorder", "-p", "no:cacheprovider", *what]
    subprocess.run(command, cwd=ROOT, env=environment, check=False)
    seconds: dict[str, float] = json.loads(times.read_text(encoding="utf-8"))
    found = coverage.Coverage(data_file=str(data), config_file=str(settings))
    found.combine([str(scratch)])
    lines: dict[str, dict[str, list[str]]] = {}
    result = found.get_data()
    for file in result.measured_files():
        if not Path(file).is_relative_to(ROOT):
            continue
        path = Path(file).relative_to(ROOT).as_posix()
        lines[path] = {
            str(line): sorted({_test_of(one) for one in contexts} & seconds.keys())
            for line, contexts in result.contexts_by_lineno(file).items()
        }
    return lines, seconds


def _test_of(context: str) -> str:
    """Return the test of a context, behind which the phase of the test stands."""
    return context.rpartition(" (")[0]
