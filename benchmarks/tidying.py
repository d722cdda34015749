"""Compare the CPU time of tidying a library with that of reading it.

Run it as `python -m benchmarks.tidying [RECORDS]`. Both kinds of generated BibTeX files are read
and tidied by turns: with the default steps, and with steps that change most values.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from time import process_time

from benchmarks.bibtex_works import KINDS, bibtex

from refcite.collection.tidying import tidy
from refcite.formats import get_format

TURNS = 3


def main(count: int) -> None:
    """Print the times."""
    reader = get_format("bibtex")
    for kind in KINDS:
        text = bibtex(count, kind)
        steps: dict[str, Callable[[], object]] = {
            "read": partial(reader.read, text),
            "tidy": partial(tidy, text),
            "tidy, with many steps": partial(
                tidy,
                text,
                extend_select=["protect-capitals"],
                encoding="unicode",
                sort_fields=["default"],
                dates="biblatex",
            ),
        }
        best = dict.fromkeys(steps, float("inf"))
        for _ in range(TURNS):
            for name, step in steps.items():
                start = process_time()
                step()
                best[name] = min(best[name], process_time() - start)
        print(f"{kind}: {count} records, {len(text) / 1e6:.0f} MB")
        for name, seconds in best.items():
            print(f"  {name:24} {seconds:6.2f} s  {seconds / best['read']:5.2f} of reading")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
