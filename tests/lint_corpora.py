"""Check every file of the corpora with all rules, and print the counts by code.

`python -m tests.lint_corpora --sample CODE N --seed S` prints N reports of a code at random, each
with the text of its entry, so that a person can judge whether they are right.
"""

from __future__ import annotations

import argparse
import random
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from refcite.collection.checks import Checks, Selection, check_library
from refcite.formats import load
from refcite.formats.files import decode, read_source
from refcite.library import Library
from refcite.problems import Problem, RefciteError
from refcite.record import Record
from tests.shared import shared_or_none

CORPORA = shared_or_none("corpora")
ALL_CODES = Checks(selection=Selection.of(extend=["all"]))
_SKIPPED = (".expected.json", ".md", "gold.json", "pairs.json")
"""The ends of the names of expectations and descriptions, which are no libraries."""
_LONGEST = 2500


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the files of the corpora that are libraries."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(_SKIPPED):
            yield path


def checked_files(folder: Path) -> Iterator[tuple[Library, tuple[Problem, ...]]]:
    """Yield the library of each file that can be read, with its problems."""
    for path in files_of(folder):
        try:
            library = load(path)
        except RefciteError:
            continue
        text, _ = decode(read_source(path))
        yield library, check_library(library, ALL_CODES, text=text).problems


def entry_of(library: Library, problem: Problem) -> str:
    """Return the text of the entry with a problem, or its variables."""
    starts = [record for record in library if record.origin is not None and record.origin.line]
    before = [
        record
        for record in starts
        if record.origin is not None and (record.origin.line or 0) <= (problem.line or 0)
    ]
    record = before[-1] if before else library.get(problem.key or "")
    return "" if record is None else _shown(record)


def _shown(record: Record) -> str:
    kept = record.origin.verbatim.get("entry") if record.origin is not None else None
    if kept is not None and hasattr(kept, "raw"):
        return str(kept.raw)[:_LONGEST]
    values = {**record.to_csl()}
    values.pop("abstract", None)
    return str(values)[:_LONGEST]


def main() -> int:
    """Print the counts, or a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=CORPORA)
    parser.add_argument("--sample", nargs=2, metavar=("CODE", "N"))
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.folder is None:
        print("the folder of the corpora is missing: set REFCITE_SHARED")
        return 0
    warnings.simplefilter("ignore")
    counts: Counter[tuple[str, str]] = Counter()
    found: list[tuple[Library, Problem]] = []
    records = files = 0
    for library, problems in checked_files(arguments.folder):
        files += 1
        records += len(library)
        counts.update((problem.severity.value, problem.code) for problem in problems)
        if arguments.sample:
            found += [(library, one) for one in problems if one.code == arguments.sample[0]]
    if arguments.sample:
        drawn = random.Random(arguments.seed)
        for library, problem in drawn.sample(found, min(int(arguments.sample[1]), len(found))):
            print(problem)
            print(entry_of(library, problem), end="\n\n")
        return 0
    for (severity, code), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"{count:6} {severity:8} {code}")
    print(f"{files} files, {records} records")
    return 0


if __name__ == "__main__":
    sys.exit(main())
