"""What two formats both have a place for goes from one to the other and back."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest

from refcite import Problem, Record
from refcite.formats import Format, dumps, formats, get_format
from refcite.formats.crosswalk import Spec
from refcite.formats.tables import with_tables
from refcite.richtext import plain
from refcite.vocabulary import VARIABLES, ItemType, attribute_of
from tests.formats.exports import EXPORTS
from tests.formats.samples import sample
from tests.share import long_but
from tests.shared import ROOT

BOTH_WAYS = [format_ for format_ in formats() if format_.reads and format_.writes]


def _table(format_: Format) -> Spec:
    table = format_.mapping()
    assert table is not None, f"{format_.name} has no mapping table"
    return table


def _record(csl_type: ItemType, variables: frozenset[str]) -> Record:
    values = {attribute_of(name): sample(name) for name in VARIABLES if name in variables}
    return Record(id=csl_type.replace("_", "-"), type=csl_type, **values)


def _carried(first: Format, second: Format) -> list[Record]:
    """Return, for each type that both formats carry, a record with every field that both carry."""
    tables = _table(first), _table(second)
    return [
        _record(csl_type, _of_both(csl_type, tables))
        for csl_type in tables[0].carried_types()
        if csl_type in tables[1].carried_types()
    ]


def _of_both(csl_type: str, tables: tuple[Spec, Spec]) -> frozenset[str]:
    variables = tables[0].carried(csl_type)
    while (fewer := tables[1].carried_of(csl_type, tables[0].carried_of(csl_type, variables))) != (
        variables
    ):
        variables = fewer
    return variables


def _through(records: list[Record], *way: Format) -> list[Record]:
    for format_ in way:
        read = format_.read(format_.write(records))
        assert not read.has_errors, read.problems
        records = list(read)
    return records


def _same(wanted: Record, found: Record) -> bool:
    """Tell whether a record says what it said; a format may add what it takes for granted."""
    said = found.variables()
    return wanted.type == found.type and all(
        said.get(attribute) == value for attribute, value in wanted.variables().items()
    )


def _are_neighbours(pair: tuple[Format, Format]) -> bool:
    """Tell whether one format comes just behind the other: each format has a pair in the share."""
    first, second = pair
    return BOTH_WAYS.index(second) - BOTH_WAYS.index(first) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    long_but(_are_neighbours, combinations(BOTH_WAYS, 2)),
    ids=lambda one: one.name,
)
def test_what_both_carry_survives_there_and_back(first: Format, second: Format) -> None:
    records = _carried(first, second)
    back = _through(records, first, second, first)
    assert len(back) == len(records)
    for wanted, found in zip(records, back, strict=True):
        assert _same(wanted, found), (wanted, found)


@pytest.mark.parametrize("format_", BOTH_WAYS, ids=lambda one: one.name)
def test_what_is_not_carried_is_reported_by_name(format_: Format) -> None:
    table = _table(format_)
    for csl_type in get_args(ItemType):
        record = _record(csl_type, frozenset(VARIABLES))
        problems: list[Problem] = []
        text = dumps([record], format_.name, problems=problems)
        told = " ".join(map(str, problems))
        back = next(iter(format_.read(text)), None)
        if back is None:
            assert "not-written" in told
            continue
        for name in VARIABLES:
            attribute = attribute_of(name)
            if getattr(back, attribute) != getattr(record, attribute):
                assert f" {name} " in f"{told} ", name
        if csl_type in table.carried_types():
            kept = {name for name in VARIABLES if f" {name} " not in f"{told} "}
            assert table.carried(csl_type) <= kept


def test_a_format_that_carries_all_says_so_in_its_table() -> None:
    for format_ in BOTH_WAYS:
        table = _table(format_)
        assert format_.carries_all == (not table.not_carried()), format_.name


def test_the_names_that_people_use_are_there() -> None:
    for name in ("bibtex", "biblatex", "csl-json", "csl-yaml", "ris", "refworld"):
        assert get_format(name).name == name


def test_the_mapping_tables_of_the_documentation_are_up_to_date() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert page == with_tables(page), (
        "make them anew: python -m refcite.formats.tables docs/formats.md"
    )


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize(
    "other",
    [one for one in BOTH_WAYS if one.name != "refworld"],  # whose strings need an organisation
    ids=lambda one: one.name,
)
def test_exports_go_to_every_format_and_losses_are_reported(name: str, other: Format) -> None:
    for text in EXPORTS[name]:
        records = list(get_format(name).read(text))
        problems: list[Problem] = []
        found = list(other.read(dumps(records, other.name, problems=problems)))
        assert len(found) == len(records)
        lost = " ".join(problem.message for problem in problems)
        for record, back in zip(records, found, strict=True):
            assert plain(record.title or "") == plain(back.title or "") or "title" in lost
            assert back.author or not record.author or "author" in lost
