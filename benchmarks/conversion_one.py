"""One measurement of `conversion.py`, in a process of its own: prints times, entries, memory.

The clock runs from the text in memory to the CSL-JSON (or whatever the program makes) in memory;
importing is not counted. Pandoc and citation-js are processes of their own, and are timed whole by
`conversion.py`.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


def refcite() -> Callable[[str], int]:
    from refcite.formats import bibtex, csl_json

    def run(text: str) -> int:
        return csl_json.write(bibtex.read(text)).count('"id":')

    run("@book{k, title = {T}}")  # what is made at the first call, such as tables
    return run


def splitting() -> Callable[[str], int]:
    from bibtexparser.entrypoint import parse_string

    return lambda text: len(parse_string(text, parse_stack=[]).entries)


def pybtex() -> Callable[[str], int]:
    from pybtex.database import parse_string

    return lambda text: len(parse_string(text, "bibtex").entries)


PROGRAMS = {"refcite": refcite, "splitting": splitting, "pybtex": pybtex}


def main() -> None:
    name, path = sys.argv[1:]
    run = PROGRAMS[name]()
    text = Path(path).read_text(encoding="utf-8")
    started, used = time.perf_counter(), time.process_time()
    entries = run(text)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    measured = {"seconds": seconds, "cpu": cpu, "entries": entries, "megabytes": memory / 1024}
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
