"""Run both comparisons and print their figures as the last lines.

    python -m tests.csl.conformance [--peers]

The exit status is 1 where a comparison and its list of deviations disagree.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from click import echo

from tests.csl.deviations import disagreements, golden_deviations, suite_deviations
from tests.csl.engines import ENGINES
from tests.csl.fixture import suite_folder
from tests.csl.golden import GoldenResult, golden_folder, run_golden
from tests.csl.suite import SuiteResult, run_suite

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
    parser.add_argument("--peers", action="store_true", help="measure citeproc-py too")
    options = parser.parse_args(arguments)
    suite, golden = suite_folder(), golden_folder()
    if suite is None or golden is None:
        echo("the test data is not here: set REFCITE_CSL_SUITE and REFCITE_GOLDEN")
        return 2
    if options.peers:
        peer = ENGINES["citeproc-py"]
        echo("citeproc-py:")
        echo(run_suite(suite, peer).figures)
        echo(run_golden(golden, peer).figures)
        echo("refcite:")
    fixtures = run_suite(suite, ENGINES["refcite"])
    strings = run_golden(golden, ENGINES["refcite"])
    wrong = [*suite_disagreements(fixtures), *golden_disagreements(strings)]
    for line in wrong:
        echo(line)
    echo(fixtures.figures)
    echo(strings.figures)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(_main())
