"""The part of the comparison that runs in the environment of bib-dedupe, without refcite.

It reads rows of a table as JSON from standard input, and writes the groups that bib-dedupe finds,
as numbers of rows, with the CPU time that it needed, without that of imports.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import time
from importlib import import_module


def main() -> None:
    rows = json.load(sys.stdin)
    pandas = import_module("pandas")
    program = import_module("bib_dedupe.bib_dedupe")
    with contextlib.redirect_stdout(sys.stderr):
        start = _spent()
        prepared = program.prep(pandas.DataFrame(rows), verbosity_level=0, cpu=1)
        blocked = program.block(prepared, verbosity_level=0, cpu=1)
        matched = program.match(blocked, verbosity_level=0, cpu=1)
        groups = program.cluster(matched, verbosity_level=0)
        seconds = _spent() - start
    found = [[int(one) for one in group] for group in groups]
    json.dump({"groups": found, "seconds": seconds}, sys.stdout)


def _spent() -> float:
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


if __name__ == "__main__":
    main()
