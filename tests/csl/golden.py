"""Compare with what citeproc-js prints for real items in published styles.

    python -m tests.csl.golden [FILTER …] [-v] [--csl-m] [--engine citeproc-py]

prints the strings that differ, of the styles whose ids contain one of the filters, and the
figures as the last line. With `--csl-m` the styles are those of CSL-M.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from click import echo

from refcite.csl.document.cites import Cite, Cluster
from tests.csl.engines import ENGINES, Job, Render
from tests.csl.records import records_of
from tests.shared import shared_or_none

__all__ = [
    "Difference",
    "GoldenResult",
    "clusters_of",
    "golden_folder",
    "golden_m_folder",
    "run_golden",
]

OUTPUTS: Final = ("text", "html")
PARTS: Final = ("citation", "entry")


@frozen
class Difference:
    """One string that is not what citeproc-js prints.

    Attributes:
        place: Style, output, and which string: `apa text citation 3`, `apa html entry 0`.
        wanted: What citeproc-js prints.
        got: What was printed.
    """

    place: str
    wanted: str
    got: str


@frozen
class GoldenResult:
    """The outcome of a run.

    Attributes:
        places: The strings that were compared.
        differences: Those that differ.
    """

    places: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def shares(self) -> dict[str, tuple[int, int]]:
        """How many strings of citations and of the bibliography are the same, of how many."""
        wrong = Counter(_part_of(difference.place) for difference in self.differences)
        totals = Counter(map(_part_of, self.places))
        return {part: (totals[part] - wrong[part], totals[part]) for part in PARTS}

    @property
    def csl_m_figures(self) -> str:
        """The figures of a comparison of CSL-M styles, as one line."""
        citations, entries = (f"{same}/{total}" for same, total in self.shares.values())
        return f"csl-m: bibliography {entries}, citations {citations}"

    @property
    def figures(self) -> str:
        """The two figures, as one line."""
        totals = Counter(place.split(" ")[1] for place in self.places)
        failed = Counter(difference.place.split(" ")[1] for difference in self.differences)
        passed = [f"{out} {totals[out] - failed[out]}/{totals[out]}" for out in OUTPUTS]
        return f"golden: {', '.join(passed)}"


def golden_folder() -> Path | None:
    """Return the folder of golden files: `$REFCITE_GOLDEN`, else the shared one, else None."""
    if chosen := os.environ.get("REFCITE_GOLDEN"):
        return Path(chosen)
    return shared_or_none("golden")


def golden_m_folder() -> Path | None:
    """Return the folder of CSL-M styles: `$REFCITE_GOLDEN_M`, else the shared one, else None."""
    if chosen := os.environ.get("REFCITE_GOLDEN_M"):
        return Path(chosen)
    return shared_or_none("golden-m")


def _part_of(place: str) -> str:
    return place.rsplit(" ", 2)[1]


def run_golden(folder: Path, render: Render, filters: Sequence[str] = ()) -> GoldenResult:
    """Compare the styles whose ids contain one of the filters.

    A style is the file of that name in the folder `styles`, if there is one, or a published style.
    """
    items = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    wanted = json.loads((folder / "citeproc-js.json").read_text(encoding="utf-8"))
    places: list[str] = []
    differences: list[Difference] = []
    for style, outputs in wanted.items():
        if filters and not any(part in style for part in filters):
            continue
        path = folder / "styles" / f"{style}.csl"
        source = path.read_text(encoding="utf-8") if path.exists() else style
        for output in OUTPUTS:
            expected = dict(_strings(outputs[output]))
            places.extend(f"{style} {output} {place}" for place in expected)
            got = _rendered(source, output, items, render)
            differences.extend(
                Difference(f"{style} {output} {place}", text, got.get(place, got.get("error", "")))
                for place, text in expected.items()
                if got.get(place) != text
            )
    return GoldenResult(tuple(places), tuple(differences))


def clusters_of(items: Sequence[dict[str, Any]]) -> list[Cluster]:
    """Return what the golden files cite: each item, a locator twice, three items together."""
    ids = [item["id"] for item in items]
    plain = [(Cite(record=id_),) for id_ in ids]
    located = (Cite(record=ids[0], locator="12"),)
    several = tuple(Cite(record=ids[number]) for number in (2, 6, 7))
    cited = [*plain, located, located, several]
    return [Cluster(cites=cites, note=note) for note, cites in enumerate(cited, start=1)]


def _strings(printed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(printed["citations"]):
        yield f"citation {number}", text
    bibliography = printed["bibliography"]
    if bibliography:
        # Entries are known by their place, so an entry that is sorted wrongly differs.
        for number, text in enumerate(bibliography["entries"]):
            yield f"entry {number}", text.strip("\n")


def _rendered(
    style: str, output: str, items: list[dict[str, Any]], render: Render
) -> dict[str, str]:
    job = Job(style=style, records=records_of(items), clusters=clusters_of(items), output=output)
    try:
        done = render(job)
    except Exception:
        return {"error": traceback.format_exc()}
    return dict(_strings({"citations": done.citations, "bibliography": {"entries": done.entries}}))


def _main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.csl.golden")
    parser.add_argument("filters", nargs="*", metavar="FILTER", help="part of a style's id")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="refcite")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what was wanted and got")
    parser.add_argument("--csl-m", action="store_true", help="compare styles of CSL-M")
    parser.add_argument("--groups", action="store_true", help="count differences by style and item")
    options = parser.parse_args(arguments)
    folder = golden_m_folder() if options.csl_m else golden_folder()
    if folder is None:
        echo("the golden files are not here: set REFCITE_GOLDEN, or REFCITE_GOLDEN_M")
        return 2
    result = run_golden(folder, ENGINES[options.engine], options.filters)
    for difference in result.differences:
        echo(f"DIFFERS {difference.place}")
        if options.verbose:
            echo(f"  wanted: {difference.wanted}\n  got:    {difference.got}\n")
    if options.groups:
        words = [difference.place.split(" ") for difference in result.differences]
        for counts in (
            Counter(word[0] for word in words),
            Counter(" ".join(word[2:]) for word in words),
        ):
            echo("\n".join(f"{count:5} {name}" for name, count in counts.most_common()))
    echo(result.csl_m_figures if options.csl_m else result.figures)
    return int(bool(result.differences))


if __name__ == "__main__":
    sys.exit(_main())
