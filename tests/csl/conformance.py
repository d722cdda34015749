"""Run the comparisons and print their figures as the last lines.

    python -m tests.csl.conformance [--report]

The exit status is 1 where a comparison and its list of deviations disagree, or where one without a
list is below its floor. The styles of CSL-M, citeproc-js's own fixtures and the manuals' examples
are compared if they are there. `--report` measures citeproc-py too, renders every published style,
and writes the figures into `docs/conformance.md`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from click import echo

from tests.csl.deviations import (
    below_floors,
    disagreements,
    golden_deviations,
    suite_deviations,
)
from tests.csl.engines import ENGINES
from tests.csl.fixture import csl_js_folder, suite_folder
from tests.csl.golden import GoldenResult, golden_folder, golden_m_folder, run_golden
from tests.csl.manuals import manuals_folder, run_manuals
from tests.csl.styles import render_all
from tests.csl.suite import SuiteResult, run_suite
from tests.shared import ROOT

__all__ = ["csl_js_below", "csl_m_below", "golden_disagreements", "suite_disagreements"]


def suite_disagreements(result: SuiteResult) -> list[str]:
    """Return where the suite and the list of deviations disagree."""
    failed = (outcome.name for outcome in result.failed)
    return disagreements(suite_deviations(), failed, (outcome.name for outcome in result.outcomes))


def golden_disagreements(result: GoldenResult) -> list[str]:
    """Return where the golden comparison and the list of deviations disagree."""
    failed = (difference.place for difference in result.differences)
    return disagreements(golden_deviations(), failed, result.places)


def csl_js_below(result: SuiteResult) -> list[str]:
    """Return where the run of citeproc-js's own fixtures is below its floor."""
    return below_floors({"csl-js": len(result.outcomes) - len(result.failed)})


def csl_m_below(result: GoldenResult) -> list[str]:
    """Return where the comparison of the styles of CSL-M is below its floors."""
    shares = result.shares
    return below_floors(
        {"csl-m-citations": shares["citation"][0], "csl-m-entries": shares["entry"][0]}
    )


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
        _write_report(fixtures, strings, suite, golden, _beyond())
    wrong = [*suite_disagreements(fixtures), *golden_disagreements(strings)]
    figures = [fixtures.figures, strings.figures]
    if (csl_m := golden_m_folder()) is not None:
        localized = run_golden(csl_m, ENGINES["refcite"])
        wrong += csl_m_below(localized)
        figures.append(localized.csl_m_figures)
    if (csl_js := csl_js_folder()) is not None:
        own = run_suite(csl_js, ENGINES["refcite"])
        wrong += csl_js_below(own)
        figures.append(own.csl_js_figures)
    if (manuals := manuals_folder()) is not None:
        forms = run_manuals(manuals)
        wrong += forms.disagreements
        figures.append(forms.figures)
    for line in [*wrong, *figures]:
        echo(line)
    return int(bool(wrong))


_PAGE: Final = ROOT / "docs" / "conformance.md"
_FIGURES: Final = re.compile("(<!-- figures: begin -->\n).*(<!-- figures: end -->)", re.DOTALL)
_PAIR: Final = re.compile(r"(\d+)/(\d+)")


def _beyond() -> dict[str, tuple[int, int]]:
    """Return the figures that citeproc-py has none of: how many are the same, of how many."""
    found: dict[str, tuple[int, int]] = {}
    if (csl_m := golden_m_folder()) is not None:
        shares = run_golden(csl_m, ENGINES["refcite"]).shares
        found["styles of CSL-M, bibliography"] = shares["entry"]
        found["styles of CSL-M, citations"] = shares["citation"]
    if (csl_js := csl_js_folder()) is not None:
        own = run_suite(csl_js, ENGINES["refcite"])
        passed = len(own.outcomes) - len(own.failed)
        found["citeproc-js's own fixtures"] = passed, len(own.outcomes)
    if (manuals := manuals_folder()) is not None:
        found["the manuals' own examples"] = run_manuals(manuals).share
    return found


def _write_report(
    fixtures: SuiteResult,
    strings: GoldenResult,
    suite: Path,
    golden: Path,
    beyond: dict[str, tuple[int, int]],
) -> None:
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
        *(f"| {name} | {_share(*figures)} | – |" for name, figures in beyond.items()),
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


def _share(passed: int, total: int) -> str:
    return f"{passed:,} of {total:,} ({passed / total:.1%})"


def _pairs(*figures: str) -> list[str]:
    return [
        _share(int(passed), int(total)) for line in figures for passed, total in _PAIR.findall(line)
    ]


if __name__ == "__main__":
    sys.exit(_main())
