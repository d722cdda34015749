"""Time the search for duplicates: `python -m benchmarks.duplicates [RECORDS…]`.

The records are generated articles, of which a third is a second record of an earlier work, in
another form. Each size is measured in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from random import Random

SIZES = (10_000, 50_000, 100_000)


def main(sizes: list[int]) -> None:
    print("| records | groups | CPU s | ms a record | MB, whole process |")
    print("|---:|---:|---:|---:|---:|")
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.duplicates", "--one", str(size)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def one(size: int) -> None:
    from tests.collection.variations import SAME, works

    from refcite import Library, duplicates

    random = Random(size)
    library = Library()
    for work in works(size * 3 // 4, seed=size):
        library.append(work)
        if random.random() < 1 / 3 and len(library) < size:
            change = random.choice(list(SAME.values()))
            library.append(change(random, work).replace(id=f"{work.id}b"))
    start = time.process_time()
    groups = duplicates(library)
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len(library)
    print(
        f"| {count:,} | {len(groups):,} | {spent:.1f} | {1000 * spent / count:.3f} | {memory:.0f} |"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
