"""Compare refcite with citeproc-js and pandoc over our own items in sixty styles.

    python -m tests.csl.peers [ITEMS] [--style ID …] [-v] [--report]

prints the strings on which both agree and refcite differs, and the strings of refcite with orphaned
signs. The last lines are the figures. ITEMS is another file of CSL-JSON; so is the environment
variable `REFCITE_PEERS_ITEMS`. The exit status is 1 if the comparison of our own items and the list
of deviations disagree. `--report` writes the figures into `docs/conformance.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from click import echo

from tests.csl.peers.comparison import STYLES, Comparison, compare, peers_figures
from tests.csl.peers.engines import missing_programs
from tests.shared import ROOT

_OWN: Final = Path(__file__).with_name("items.json")
_PAGE: Final = ROOT / "docs" / "conformance.md"
_FIGURES: Final = re.compile("(<!-- peers: begin -->\n).*(<!-- peers: end -->)", re.DOTALL)


def _main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.csl.peers")
    parser.add_argument("items", nargs="?", metavar="ITEMS", help="a file of CSL-JSON")
    parser.add_argument("--style", action="append", help="compare only this style")
    parser.add_argument("-v", "--verbose", action="store_true", help="print listed differences too")
    parser.add_argument("--report", action="store_true", help="write docs/conformance.md")
    options = parser.parse_args(arguments)
    if missing := missing_programs():
        echo("\n".join(missing))
        return 2
    path = Path(options.items or os.environ.get("REFCITE_PEERS_ITEMS") or _OWN)
    comparison = compare(json.loads(path.read_text(encoding="utf-8")), options.style or STYLES)
    is_own = path.resolve() == _OWN.resolve()
    disagreements = comparison.disagreements if is_own else []
    _show(comparison, shows_all=options.verbose or not is_own, unlisted="\n".join(disagreements))
    if options.report:
        table = "\n".join(peers_figures(comparison))
        page = _PAGE.read_text(encoding="utf-8")
        page = _FIGURES.sub(lambda found: f"{found[1]}{table}\n{found[2]}", page)
        _PAGE.write_text(page, encoding="utf-8")
    for line in [*disagreements, *comparison.figures]:
        echo(line)
    return int(bool(disagreements))


def _show(comparison: Comparison, *, shows_all: bool, unlisted: str) -> None:
    for omitted in comparison.omitted:
        echo(f"NOT PRINTED {omitted}")
    for difference in comparison.differences:
        if shows_all or difference.place in unlisted:
            echo(f"DIFFERS {difference.place}")
            echo(f"  both:    {difference.agreed}\n  refcite: {difference.got}\n")
    for place, signs in comparison.signs["refcite"].items():
        echo(f"ORPHANED {place}: {signs}")


if __name__ == "__main__":
    sys.exit(_main())
