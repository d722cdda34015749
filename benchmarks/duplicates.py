"""Time the search for duplicates: `python -m benchmarks.duplicates [RECORDS…]`.

The records are generated articles, of which a quarter is a second record of an earlier work, in
another form. There are two kinds. The titles of `alike` have few different words, so many records
have a key in common, as those on one narrow subject. The titles of `varied` have words of 30,000,
as a library of all subjects. Each size is measured in a process of its own, so that its memory is
its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from random import Random

SIZES = (10_000, 50_000, 100_000)
KINDS = ("alike", "varied")
_SYLLABLES_TEXT = (
    "ba bel cor da den el fa gan hor il jun ka lem mo nar ol pel qui ra sed tor ul ven wa yor zan"
    " tri sol min ger pha"
)
SYLLABLES = _SYLLABLES_TEXT.split()
"""Three of them are a word: there are 30,000 words."""


def main(sizes: list[int]) -> None:
    print("| kind | records | groups | CPU s | ms a record | MB, whole process |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        for size in sizes:
            command = [sys.executable, "-m", "benchmarks.duplicates", "--one", kind, str(size)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            print(done.stdout, end="", flush=True)


def one(kind: str, size: int) -> None:
    from tests.collection.variations import SAME, works

    from refcite import Library, duplicates

    random = Random(size)
    library = Library()
    for work in works(size * 3 // 4, seed=size):
        if kind == "varied":
            work = work.replace(title=_title(random))
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
        f"| {kind} | {count:,} | {len(groups):,} | {spent:.1f} | {1000 * spent / count:.3f}"
        f" | {memory:.0f} |"
    )


def _title(random: Random) -> str:
    words = ["".join(random.choices(SYLLABLES, k=3)) for _ in range(random.randrange(5, 12))]
    return " ".join(words).capitalize()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
