"""Real web pages whose dates, titles and authors people wrote down, as `make pages` reads them."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.pages import FIELDS, judged, page_text, verdict

from tests.shared import shared_path

LEAST = {"date": 0.88, "title": 0.85, "author": 0.70}
"""How much must be right."""
MOST = {"date": 0.05, "title": 0.15, "author": 0.10}
"""How much may be wrong."""


@pytest.mark.parametrize(
    ("field", "gold", "found", "wanted"),
    [
        ("date", "2020-01-31", "2020-01-31", "right"),
        ("date", "2020-01-31", "2020", "none"),
        ("date", "2020-01-31", "2019", "wrong"),
        ("title", "“A Border”, opened", "A border opened", "right"),
        ("author", "ANN ROE; Bob Poe", "Bob Poe; Ann Roe", "right"),
        ("author", "Ann Roe", "Ann Roe; Reuters", "wrong"),
        ("author", "Ann Roe", "", "none"),
    ],
)
def test_values_are_compared_by_letters_and_people_in_any_order(
    field: str, gold: str, found: str, wanted: str
) -> None:
    assert verdict(field, gold, found) == wanted


@pytest.mark.long
def test_real_pages_are_read_as_well_as_is_promised() -> None:
    folder = shared_path("corpora", "pages")
    everything = json.loads((folder / "gold.json").read_text("utf-8"))
    gold = {
        name: {key: value for key, value in known.items() if isinstance(value, str)}
        for name, known in everything.items()
    }
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for field, kind, _ in judged(gold, {name: page_text(folder / name) for name in gold}):
        counts[field][kind] += 1
    for field, found in counts.items():
        assert found["right"] >= LEAST[field] * sum(found.values()), (field, found)
        assert found["wrong"] <= MOST[field] * sum(found.values()), (field, found)


def test_the_list_of_errors_of_the_gold_says_what_the_gold_has() -> None:
    folder = shared_path("corpora", "pages")
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    listed = tomllib.loads(Path(__file__).with_name("pages_gold.toml").read_text("utf-8"))["page"]
    assert [str(gold[one["file"]][one["field"]]) for one in listed] == [
        one["gold"] for one in listed
    ]
