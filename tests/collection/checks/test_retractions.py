"""Retracted works, from lists and from a call."""

from __future__ import annotations

from pathlib import Path

import pytest

from refcite import Library, Record, check
from refcite.collection.checks import Notice
from refcite.problems import InputError

COLUMNS = (
    "Record ID,Title,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDOI,"
    "OriginalPaperPubMedID,RetractionNature,Reason"
)
ROWS = [
    COLUMNS,
    '1,Lamps,1/31/2020 0:00,10.5555/n1,0,10.5555/A1,0,Retraction,"+Error in Data;+Plagiarism;"',
    "2,Lights,2/1/2020 0:00,10.5555/n2,0,unavailable,77,Expression of concern,",
    "3,Shades,2/1/2020 0:00,10.5555/n3,0,10.5555/a3,0,Correction,",
    "4,Suns,2/1/2019 0:00,10.5555/n4,0,10.5555/a4,0,Retraction,",
    "5,Suns,3/1/2021 0:00,10.5555/n5,0,10.5555/a4,0,Reinstatement,",
    "6,The lamps of the old houses in our town,2/1/2020 0:00,,0,,0,Retraction,",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "retractions.csv"
    path.write_text("\n".join(ROWS), encoding="utf-8-sig")
    return path


def _messages(file: Path, **fields: str) -> list[str]:
    record = Record(id="a", type="document", **fields)  # type: ignore[arg-type]  # only texts
    found = check(Library([record]), retractions=[file], select=["retracted-work"])
    return [one.message for one in found]


def test_works_are_found_by_doi_pmid_or_long_title(file: Path) -> None:
    assert _messages(file, doi="10.5555/a1") == [
        "the work was retracted on 2020-01-31 (retraction): Error in Data, Plagiarism"
    ]
    assert _messages(file, pmid="77") == [
        "the work was doubted on 2020-02-01 (expression of concern, found by its PMID)"
    ]
    assert len(_messages(file, title="The Lamps of the Old Houses in our Town")) == 1
    assert _messages(file, title="Lamps") == []
    assert _messages(file, doi="10.5555/n1") == []


def test_corrected_and_reinstated_works_are_valid(file: Path) -> None:
    assert _messages(file, doi="10.5555/a3") == []
    assert _messages(file, doi="10.5555/a4") == []


def test_a_list_without_the_columns_is_an_error(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("OriginalPaperDoi,RetractionNature\n", encoding="utf-8")
    with pytest.raises(InputError, match="did you mean 'OriginalPaperDoi'"):
        _messages(wrong, doi="10.5555/a1")


def test_a_call_is_used_instead_of_a_list() -> None:
    requested: list[str] = []

    def find(dois: object) -> dict[str, Notice]:
        requested.extend(dois)  # type: ignore[arg-type]  # a sequence of texts
        return {"10.5555/a1": Notice("retraction", doi="10.5555/n1")}

    library = Library([Record(id="a", doi="10.5555/A1"), Record(id="b", title="No DOI")])
    found = check(library, find_notices=find, select=["retracted-work"])
    assert requested == ["10.5555/a1"]
    assert [(one.key, one.hint) for one in found] == [
        ("a", "read the notice https://doi.org/10.5555/n1 before you cite the work")
    ]
