"""Records as Arrow tables: every value, one schema, bounded batches, and Parquet."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import refcite
from refcite.cli.app import app
from refcite.problems import RefciteWarning
from refcite.record import Record

pyarrow = pytest.importorskip("pyarrow", reason="needs the extra arrow")
parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra arrow")
RECORDS = [
    Record(
        id="a",
        type="book",
        title="One <i>two</i>",
        author=["Vincent van Gogh", "{Harbour Board}"],
        issued="2019-05~/2020",
        accessed=2021,
        et_al=["author"],
        extra={"lccn": "77", "tags": ["x", "é"]},
    ),
    Record(id="b", type="song", volume="3", issued="no date"),
]


def test_each_value_is_in_its_column() -> None:
    table = refcite.to_frame(RECORDS)
    first, second = table.to_pylist()
    set_ = {name: value for name, value in first.items() if value is not None}
    assert set_ == {
        "id": "a",
        "type": "book",
        "title": "One <i>two</i>",
        "author": [
            {
                "family": "Gogh",
                "given": "Vincent",
                "dropping_particle": None,
                "non_dropping_particle": "van",
                "suffix": None,
                "literal": None,
            },
            dict.fromkeys(
                ("family", "given", "dropping_particle", "non_dropping_particle", "suffix")
            )
            | {"literal": "Harbour Board"},
        ],
        "issued": str(RECORDS[0].issued),
        "issued_year": 2019,
        "accessed": "2021",
        "accessed_year": 2021,
        "et_al": ["author"],
        "extra": [("lccn", "77"), ("tags", '["x", "é"]')],
    }
    assert (second["volume"], second["issued_year"]) == ("3", None)


def test_all_variables_are_columns_of_every_table() -> None:
    assert refcite.to_frame([]).schema == refcite.to_frame(RECORDS).schema
    assert refcite.to_frame([]).schema.field("DOI".lower()).type == pyarrow.string()
    assert set(refcite.vocabulary.ATTRIBUTES.values()) < set(refcite.to_frame([]).column_names)


def test_batches_take_no_more_than_their_size_from_the_source() -> None:
    taken = []

    def source() -> object:
        for number in range(10):
            taken.append(number)
            yield Record(id=str(number), type="book")

    reader = refcite.frames.batches(source(), size=4)  # type: ignore[arg-type]
    assert taken == []
    assert reader.read_next_batch().num_rows == 4
    assert len(taken) == 4
    assert [batch.num_rows for batch in reader] == [4, 2]


def test_problems_of_a_stream_are_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "type": "book"}\n{"id": \n', encoding="utf-8")
    problems: list[refcite.Problem] = []
    assert refcite.to_frame(refcite.stream(path), problems=problems).num_rows == 1
    assert [problem.line for problem in problems] == [2]
    with pytest.warns(RefciteWarning):
        refcite.to_frame(path)


def test_parquet_has_the_same_table_and_is_written_whole_or_not(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    assert refcite.write_parquet(RECORDS, path) == 2
    assert parquet.read_table(path).equals(refcite.to_frame(RECORDS))
    before = path.read_bytes()
    with pytest.raises(refcite.RefciteError):
        refcite.write_parquet([RECORDS[0], "no record"], path)  # type: ignore[list-item]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_half_of_a_surrogate_pair_is_replaced() -> None:
    records = [Record(id="a", title="Zo\ud83d"), Record(id="b", extra={"x": {"y": ["\ude00"]}})]
    table = refcite.to_frame(records)
    assert table["title"].to_pylist() == ["Zo\ufffd", None]
    assert table["id"].to_pylist() == ["a", "b"]


def test_many_files_are_converted_to_parquet(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text("TY  - BOOK\nTI  - One\nER  - \n", encoding="utf-8")
    (result,) = refcite.map_files([tmp_path / "a.ris"], tmp_path / "out", to="parquet", workers=1)
    assert result.output is not None
    assert parquet.read_table(result.output).column("title").to_pylist() == ["One"]


def test_the_command_writes_parquet(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "a.parquet"
    source.write_text('{"id": "a", "type": "book"}\n{"id": \n', encoding="utf-8")
    done = CliRunner().invoke(app, ["convert", str(source), "-o", str(out)])
    assert done.exit_code == 1
    assert f"{source}:2" in done.stderr
    assert parquet.read_table(out).column("id").to_pylist() == ["a"]
    call = ["convert", str(source), "--to", "parquet", "--out-dir", str(tmp_path / "out")]
    CliRunner().invoke(app, call)
    assert parquet.read_table(tmp_path / "out" / "a.jsonl.parquet").num_rows == 1
    done = CliRunner().invoke(app, ["convert", str(source), "--to", "parquet"])
    assert (done.exit_code, "--output FILE.parquet" in done.stderr) == (2, True)
