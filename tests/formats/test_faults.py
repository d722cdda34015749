"""Small inputs that were once read or written wrongly, each with the call that showed it.

A row states what is right, or only why the recorded result is wrong; then another result is
expected. `DEVIATIONS` lists the rows whose recorded result is kept, with the reason, which is in
docs/formats.md too. The test reads this list both ways.
"""

from __future__ import annotations

import ast
import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

import refcite
from refcite.identifier_kinds import identify
from refcite.problems import RefciteError
from tests.shared import shared_or_none, shared_path

DEVIATIONS: Final[dict[str, str]] = {}
FORMATS: Final = {
    ".ris": "ris",
    ".yaml": "hayagriva",
    ".csv": "csv",
    ".tsv": "tsv",
    ".html": "html",
}
OPTIONS: Final = re.compile(r"\{.*\}", re.DOTALL)
READS: Final = "bcd"
"""Rows of the readers and writers; the others are those of the processor."""


@cache
def rows() -> dict[str, dict[str, str]]:
    table = shared_or_none("faults", "faults.tsv")
    if table is None:
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        found = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["file"]: row for row in found if row["file"][0] in READS}


def value(cell: str) -> Any:
    """Return the value of a cell: JSON, or text whose backslashes, then line ends, are escaped."""
    try:
        return json.loads(cell)
    except ValueError:
        text = cell.replace(r"\\", "\\")
        return text.replace(r"\n", "\n") if text.startswith("@") else text


def outcome(path: Path, call: str) -> Any:
    """Return the result of the call of a row, in the form in which the rows have it."""
    text = path.read_text(encoding="utf-8")
    found = OPTIONS.search(call)
    options = ast.literal_eval(found[0]) if found else {}
    if "lookup" in call:
        try:
            return identify(text).kind
        except RefciteError as error:
            return f"EXC {type(error).__name__}"
    if "dumps" in call:
        return refcite.dumps(refcite.loads(text, "csl-json"), "bibtex", problems=[], **options)
    library = refcite.loads(text, FORMATS.get(path.suffix, "bibtex"), **options)
    items = library.to_dicts()
    if "refcite cite" in call:
        return str(refcite.bibliography(library, style="apa"))
    if "record 's" in call:
        return items[0].get(call.rsplit("'s ", 1)[1])
    if path.suffix == ".html":
        return items[0]
    if path.suffix == ".yaml":
        return [items[0].get("author"), [problem.code for problem in library.problems]]
    return items if path.suffix != ".bib" else [problem.code for problem in library.problems]


def is_right(row: dict[str, str]) -> bool:
    result = outcome(shared_path("faults", row["file"]), row["command_or_call"])
    got, right = value(row["got"]), value(row["right"])
    if row["right"] == row["reason"]:
        return bool(result != got) and not str(result).startswith("EXC")
    if isinstance(right, int):
        result = len(result)
    return bool(result == right)


@pytest.mark.skipif(not rows(), reason="the shared data are not here: set REFCITE_SHARED")
@pytest.mark.parametrize("file", rows())
def test_a_fault_of_the_past_is_none_any_more(file: str) -> None:
    assert is_right(rows()[file]) != (file in DEVIATIONS)


@pytest.mark.skipif(not rows(), reason="the shared data are not here: set REFCITE_SHARED")
def test_each_deviation_is_a_row() -> None:
    assert DEVIATIONS.keys() <= rows().keys()
