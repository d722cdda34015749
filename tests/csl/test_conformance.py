"""The CSL test suite and the golden comparison agree with the list of deviations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.csl.conformance import (
    csl_js_below,
    csl_m_below,
    golden_disagreements,
    suite_disagreements,
)
from tests.csl.deviations import disagreements
from tests.csl.engines import ENGINES
from tests.csl.fixture import Fixture, csl_js_folder, suite_folder
from tests.csl.golden import golden_folder, golden_m_folder, run_golden
from tests.csl.suite import run_fixture, run_suite
from tests.share import long_but


def test_the_suite_passes_but_for_the_listed_deviations() -> None:
    folder = suite_folder()
    if folder is None:
        pytest.skip("shared data not found (csl-suite): set REFCITE_CSL_SUITE or REFCITE_SHARED")
    assert suite_disagreements(run_suite(folder, ENGINES["refcite"])) == []


@pytest.mark.parametrize(
    "filters",
    long_but(bool, [["ieee", "chicago-author-date"], []]),
    ids=["some styles", "all styles"],
)
def test_golden_strings_are_the_same_but_for_the_listed_deviations(
    filters: list[str],
) -> None:
    folder = golden_folder()
    if folder is None:
        pytest.skip("shared data not found (golden): set REFCITE_GOLDEN or REFCITE_SHARED")
    assert golden_disagreements(run_golden(folder, ENGINES["refcite"], filters)) == []


def test_citeproc_js_fixtures_do_not_fall_below_their_floor() -> None:
    folder = csl_js_folder()
    if folder is None:
        pytest.skip("shared data not found (csl-suite-js): set REFCITE_CSL_JS or REFCITE_SHARED")
    assert csl_js_below(run_suite(folder, ENGINES["refcite"])) == []


@pytest.mark.long
def test_styles_of_csl_m_do_not_fall_below_their_floor() -> None:
    folder = golden_m_folder()
    if folder is None:
        pytest.skip("shared data not found (golden-m): set REFCITE_GOLDEN_M or REFCITE_SHARED")
    assert csl_m_below(run_golden(folder, ENGINES["refcite"])) == []


def test_a_list_is_checked_both_ways() -> None:
    found = disagreements(listed=["a", "b", "elsewhere"], failed=["b", "c"], run=["a", "b", "c"])
    assert found == ["fails and is on no list: c", "is on the list and passes: a"]


FIXTURE = """\
>>===== MODE =====>>
citation
<<===== MODE =====<<

>>===== RESULT =====>>
>>[0] Title One
..[1] Title Two
<<===== RESULT =====<<

>>===== CITATIONS =====>>
[
  [{"citationID": "two", "citationItems": [{"id": "b"}], "properties": {"noteIndex": 1}}, [], []],
  [{"citationID": "one", "citationItems": [{"id": "a"}], "properties": {"noteIndex": 1}},
   [], [["two", 2]]]
]
<<===== CITATIONS =====<<

>>===== CSL =====>>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title/><id/><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
</style>
<<===== CSL =====<<

>>===== INPUT =====>>
[{"id": "a", "type": "book", "title": "Title One"},
 {"id": "b", "type": "book", "title": "Title Two"}]
<<===== INPUT =====<<
"""


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_marks_say_which_citations_changed_in_the_last_step(engine: str, tmp_path: Path) -> None:
    path = tmp_path / "sample_Fixture.txt"
    path.write_text(FIXTURE, encoding="utf-8")
    fixture = Fixture.read(path)
    assert run_fixture(fixture, ENGINES[engine]) == fixture.result
