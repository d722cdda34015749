"""Compare the CPU time of checking a library with that of reading it.

Run it as `python -m benchmarks.checks [RECORDS]`. Both kinds of generated BibTeX files are read and
checked by turns. The check includes the search for duplicate works, whose time is also printed
separately.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from time import process_time

from benchmarks.bibtex_works import KINDS, bibtex

from refcite.collection.checks import Checks, Selection, check_library
from refcite.formats import get_format

TURNS = 3


def main(count: int) -> None:
    """Print the times."""
    reader = get_format("bibtex")
    without_works = Checks(selection=Selection.of(ignore=["duplicate-work"]))
    for kind in KINDS:
        text = bibtex(count, kind)
        library = reader.read(text)
        steps: dict[str, Callable[[], object]] = {
            "read": partial(reader.read, text),
            "check": partial(check_library, library, Checks()),
            "check without duplicates": partial(check_library, library, without_works),
        }
        best = dict.fromkeys(steps, float("inf"))
        for _ in range(TURNS):
            for name, step in steps.items():
                start = process_time()
                step()
                best[name] = min(best[name], process_time() - start)
        found = len(check_library(library, Checks()).problems)
        print(f"{kind}: {count} records, {found} problems")
        for name, seconds in best.items():
            print(f"  {name:26} {seconds:6.2f} s  {seconds / best['read']:5.2f} of reading")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
