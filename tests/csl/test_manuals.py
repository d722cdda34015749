"""The examples in the styles' own manuals are printed, except the listed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.csl.manuals import manuals_folder, normalised, run_manuals

CASES = """\
id\tform\tstyle\tinput\tright
lamp\tbibliography\tnlm-citation-sequence\tin/lamp.bib\tRoe A. Lamps; 2001.
lamp\tshort:5-6\tchicago-notes-bibliography\tin/lamp.bib\tRoe, Lamps, 5–6.
lamp\tnote-chapter:2\tchicago-notes-bibliography\tin/lamp.bib\tAnn Roe, Lamps (2001), chap. 2.
lamp\tcite\tapa\tin/lamp.bib\t(Roe, 2002)
"""


def test_the_manuals_examples_are_printed_but_for_the_listed_deviations() -> None:
    folder = manuals_folder()
    if folder is None:
        pytest.skip("shared data not found (manuals): set REFCITE_MANUALS or REFCITE_SHARED")
    assert run_manuals(folder).disagreements == []


def test_each_form_is_compared_with_what_is_right(tmp_path: Path) -> None:
    (tmp_path / "cases.tsv").write_text(CASES, encoding="utf-8")
    (tmp_path / "in").mkdir()
    entry = "@book{a, author={Roe, Ann}, title={Lamps}, year=2001}"
    (tmp_path / "in" / "lamp.bib").write_text(entry, encoding="utf-8")
    result = run_manuals(tmp_path)
    assert [case.name for case in result.failed] == ["lamp bibliography", "lamp cite"]
    assert result.failed[0].got == "1. Roe A. Lamps. 2001."
    assert result.figures == "manuals: 2/4"
    assert run_manuals(tmp_path, ["short"]).share == (1, 1)


def test_numbers_of_entries_and_kinds_of_dashes_are_not_compared() -> None:
    assert normalised("[12]  A,\n4–7") == normalised("3. A, 4-7") == "A, 4-7"
