"""Time RIS in memory, both ways, on records of 15 tags on average.

Run it as `python -m benchmarks.ris [RECORDS]`.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator

from refcite.formats import csl_json, ris
from refcite.formats.ris.lines import blocks_of
from refcite.record import Record

FAMILIES = ("Alvarez", "Brontë", "van der Berg", "Curie", "Dvořák", "Eco", "Fanon", "Gödel")
GIVEN = ("Ana", "B. C.", "Dmitri", "Élise", "Farid", "Grace H.", "Ines", "Jun")
WORDS = (
    *("asylum", "border", "country", "data", "ethics", "forest", "gender", "health"),
    *("island", "justice", "kinship", "law"),
)


def entries(count: int, seed: int = 1) -> Iterator[str]:
    """Yield so many entries of RIS, the same each time."""
    chance = random.Random(seed)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))

    def entry(number: int) -> str:
        year = chance.randint(1950, 2024)
        start = chance.randint(1, 900)
        authors = [
            f"AU  - {chance.choice(FAMILIES)}, {chance.choice(GIVEN)}"
            for _ in range(chance.randint(1, 3))
        ]
        tags = [
            "TY  - JOUR",
            *authors,
            f"TI  - {words(5, 12).capitalize()}",
            f"T2  - Journal of {words(1, 3).title()}",
            f"PY  - {year}/{chance.randint(1, 12):02}/{chance.randint(1, 28):02}/",
            f"VL  - {chance.randint(1, 120)}",
            f"IS  - {chance.randint(1, 12)}",
            f"SP  - {start}",
            f"EP  - {start + chance.randint(1, 40)}",
            f"SN  - {chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}",
            f"DO  - 10.{chance.randint(1000, 9999)}/x.{number}",
            f"AB  - {words(40, 90).capitalize()}.",
            f"KW  - {words(1, 2)}",
            "ER  - ",
        ]
        return "\n".join(tags) + "\n\n"

    yield from map(entry, range(count))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    text = "".join(entries(count))
    print(f"{count:,} records, {len(text) / 1e6:.1f} MB")

    def timed(what: str, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        print(f"{what:<34}{count / (time.perf_counter() - start):>9,.0f} records/s")

    def converted() -> None:
        found = ris.read_stream(blocks_of(text))
        records = (one for one in found if isinstance(one, Record))
        for _ in csl_json.write_stream(records, lines=True):
            pass

    timed("RIS to CSL-JSON, record by record", converted)
    timed("RIS to a library", lambda: ris.read(text))
    library = ris.read(text)
    bare = [record.replace(origin=None) for record in library]
    timed("library to CSL-JSON", lambda: csl_json.write(library, lines=True))
    timed("library to RIS, unchanged", lambda: ris.write(library))
    timed("library to RIS, formatted again", lambda: ris.write(bare))


if __name__ == "__main__":
    main()
