"""Run both comparisons and print their figures as the last lines.

    python -m tests.csl.conformance [--report]

The exit status is 1 where a comparison and its list of deviations disagree. `--report` measures
citeproc-py too, renders every published style, and writes the figures into `docs/conformance.md`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from click import echo

from tests.csl.deviations import disagreements, golden_deviations, suite_deviations
from tests.csl.engines import ENGINES
from tests.csl.fixture import suite_folder
from tests.csl.golden import GoldenResult, golden_folder, run_golden
from tests.csl.styles import render_all
from tests.csl.suite import SuiteResult, run_suite
from tests.shared import ROOT

__all__ = ["golden_disagreements", "suite_disagreements"]


def suite_disagreements(result: SuiteResult) -> list[str]:
    """Return where the suite and the list of deviations disagree."""
    failed = (outcome.name for outcome in result.failed)
    return disagreements(suite_deviations(), failed, (outcome.name for outcome in result.outcomes))


def golden_disagreements(result: GoldenResult) -> list[str]:
    """Return where the golden comparison and the list of deviations disagree."""
    failed = (difference.place for difference in result.differences)
    return disagreements(golden_deviations(), failed, result.places)


def _main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.csl.conformance")
    parser.add_argument("--report", action="store_true", help="write docs/conformance.md")
    options = parser.parse_args(arguments)
    suite, golden = suite_folder(), golden_folder()
    if suite is None or golden is None:
        echo("the test data is not here: set REFCITE_CSL_SUITE and REFCITE_GOLDEN")
        return 2
    fixtures = run_suite(suite, ENGINES["refcite"])
    strings = run_golden(golden, ENGINES["refcite"])
    if options.report:
        _write_report(fixtures, strings, suite, golden)
    wrong = [*suite_disagreements(fixtures), *golden_disagreements(strings)]
    for line in wrong:
        echo(line)
    echo(fixtures.figures)
    echo(strings.figures)
    return int(bool(wrong))


_PAGE: Final = ROOT / "docs" / "conformance.md"
_FIGURES: Final = re.compile("(<!-- figures: begin -->\n).*(<!-- figures: end -->)", re.DOTALL)
_PAIR: Final = re.compile(r"(\d+)/(\d+)")


def _write_report(fixtures: SuiteResult, strings: GoldenResult, suite: Path, golden: Path) -> None:
    """Put the figures of both engines into the page on conformance."""
    peer = ENGINES["citeproc-py"]
    columns = {
        "refcite": _pairs(fixtures.figures, strings.figures),
        "citeproc-py": _pairs(run_suite(suite, peer).figures, run_golden(golden, peer).figures),
    }
    rows = [
        "| comparison | " + " | ".join(columns) + " |",
        "|---|" + "---:|" * len(columns),
        *(
            f"| {name} | " + " | ".join(column[number] for column in columns.values()) + " |"
            for number, name in enumerate(_COMPARISONS)
        ),
        "",
        f"`make test-styles` ends with `{render_all(golden)}`.",
    ]
    page = _PAGE.read_text(encoding="utf-8")
    table = "\n".join(rows)
    page = _FIGURES.sub(lambda found: f"{found[1]}{table}\n{found[2]}", page)
    _PAGE.write_text(page, encoding="utf-8")


_COMPARISONS: Final = (
    "CSL test suite, standard fixtures",
    "CSL test suite, all fixtures",
    "golden strings, text",
    "golden strings, HTML",
)


def _pairs(*figures: str) -> list[str]:
    return [
        f"{int(passed):,} of {int(total):,} ({int(passed) / int(total):.1%})"
        for line in figures
        for passed, total in _PAIR.findall(line)
    ]


if __name__ == "__main__":
    sys.exit(_main())
