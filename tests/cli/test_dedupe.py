"""`refcite dedupe`, as a user runs it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from refcite import load
from tests.cli.terminal import on_a_terminal, without_styles
from tests.cli.test_cli import run
from tests.shared import shared_or_none

BIB = """\
% my library
@article{roe2019, author={Roe, A. and Doe, Jo}, title={Lamps of Old Houses},
  journal={J. Light Res.}, year=2019, pages={12-5}, doi={10.1000/abc}}

% the other
@book { other , title="Of Paths and Other Ways",year=2000, author={Kay, B.}}
"""
RIS = """\
TY  - JOUR
AU  - Roe, Ann
AU  - Doe, Jo
TI  - Lamps of old houses: a history
JO  - Journal of Light Research
PY  - 2019
SP  - 12
EP  - 15
DO  - 10.1000/ABC
KW  - lamps
AB  - We looked at lamps. They were old.
ID  - s1
ER  -
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "b.ris").write_text(RIS, encoding="utf-8")
    return tmp_path


def test_groups_are_listed_and_nothing_is_written(folder: Path) -> None:
    done = run("dedupe", "a.bib", "b.ris", cwd=folder)
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[1].startswith("Group 1: certain: same DOI")
    assert "  2*  b.ris:1 s1" in lines
    assert any(line.split() == ["1", "12-5"] or line.endswith("1  12-5") for line in lines)
    assert any(line.endswith("2* 12-15") for line in lines)
    assert "a.bib: 2 records" in lines
    assert "all: 3 records" in lines
    assert "duplicates: 1 record, in 1 group (1 certain)" in lines
    assert sorted(path.name for path in folder.iterdir()) == ["a.bib", "b.ris"]


def test_a_terminal_shows_two_columns_that_fit(folder: Path) -> None:
    shown = without_styles(on_a_terminal("dedupe", "a.bib", "b.ris", columns=80, cwd=folder))
    lines = [line for line in shown.splitlines() if not line.startswith("Group")]
    assert max(map(len, lines)) <= 80
    (pages,) = (line for line in lines if " page" in line)
    assert pages.index("12-5") < pages.index("* 12-15")
    (authors,) = (line for line in lines if " author" in line)
    assert "Roe, A.; Doe, Jo" in authors
    assert "* Roe, Ann; Doe, Jo" in authors


def test_many_records_are_below_each_other_on_a_terminal(folder: Path) -> None:
    command = ("dedupe", *["b.ris"] * 5)
    shown = without_styles(on_a_terminal(*command, cwd=folder))
    lines = [line for line in shown.splitlines() if not line.startswith("Group")]
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines if "b.ris:1 " in line] == ["1*", "2", "3", "4", "5"]


def test_apply_writes_the_merged_records(folder: Path) -> None:
    done = run(
        *("dedupe", "a.bib", "b.ris", "--apply", "certain", "-o", "out.bib"),
        *("--keep", "order"),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    assert "Group 1: certain" in done.stdout
    assert "decided: 1 merged; 1 record removed\nout.bib: 2 records\n" in done.stdout
    written = (folder / "out.bib").read_text(encoding="utf-8")
    assert BIB[BIB.index("\n% the other") :] in written
    merged = load(folder / "out.bib")["roe2019"]
    assert merged.page == "12-15"
    assert merged.container_title_short == "J. Light Res."
    assert merged.extra["ids"] == "s1"


def test_only_chosen_records_are_compared_and_written(folder: Path) -> None:
    arguments = ("dedupe", "a.bib", "b.ris", "--apply=certain", "--output=-", "--to=csl-jsonl")
    done = run(
        *arguments, "--where", "year>=2010", "--sort", "-year", "--drop", "abstract", cwd=folder
    )
    (record,) = map(json.loads, done.stdout.splitlines())
    assert (record["id"], "abstract" in record) == ("s1", False)
    assert "a.bib: 1 record" in done.stderr
    done = run(*arguments, "--only", "s", cwd=folder)
    assert (done.returncode, "no record has the id 's'" in done.stderr) == (1, True)


def test_standard_output_contains_only_the_records(folder: Path) -> None:
    arguments = ("--apply=certain", "--output=-", "--to=csl-jsonl")
    done = run("dedupe", "a.bib", "b.ris", *arguments, cwd=folder)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["other", "s1"]
    assert "Group 1: certain" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.bib", "-o", "x.bib"], "add --apply certain, --apply likely or --interactive"),
        (["a.bib", "--apply", "likely"], "add --output OUT"),
        (["a.bib", "--apply", "likely", "-o", "./a.bib"], "add --overwrite to replace it"),
        (["a.bib", "--report", "a.bib"], "must end in .csv or .json"),
        (["a.bib", "--interactive", "-o", "x.bib", "-"], "reads keys from standard input"),
        (["--undo", "r.json"], "add --output OUT"),
        (["--undo", "r.json", "a.bib", "-o", "x.bib"], "--undo needs only --output"),
        ([], "name at least one FILE"),
    ],
)
def test_a_wrong_use_is_explained(folder: Path, arguments: list[str], message: str) -> None:
    done = run("dedupe", *arguments, cwd=folder)
    assert message in done.stderr
    assert done.returncode == 2
    assert (folder / "a.bib").read_text(encoding="utf-8") == BIB
    assert not (folder / "x.bib").exists()


def test_an_input_is_replaced_only_with_overwrite(folder: Path) -> None:
    (folder / "a.bib").write_text(f"{BIB}{BIB}", encoding="utf-8")
    done = run(*("dedupe", "a.bib", "--apply", "likely", "-o", "a.bib", "--overwrite"), cwd=folder)
    assert done.returncode == 0, done.stderr
    assert load(folder / "a.bib").ids == ("roe2019", "other")
    # Equal records are one record, which does not change.
    assert "@article{roe2019, author={Roe, A. and Doe, Jo}" in (folder / "a.bib").read_text("utf-8")


@pytest.mark.parametrize(
    ("pressed", "ids", "decided"),
    [
        ("m", ("other", "s1"), "1 merged; 1 record removed"),
        ("k", ("roe2019", "other", "s1"), "1 all kept; 0 records removed"),
        ("s", ("roe2019", "other", "s1"), "1 skipped; 0 records removed"),
        ("q", ("roe2019", "other", "s1"), "nothing; 0 records removed"),
        ("", ("roe2019", "other", "s1"), "nothing; 0 records removed"),
        ("x1", ("roe2019", "other"), "1 one record kept; 1 record removed"),
    ],
)
def test_one_key_decides_about_a_group(
    folder: Path, pressed: str, ids: tuple[str, ...], decided: str
) -> None:
    done = run("dedupe", "a.bib", "b.ris", "-i", "-o", "out.bib", stdin=pressed, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert f"decided: {decided}" in done.stdout
    assert load(folder / "out.bib").ids == ids
    assert ("'x' is not one of the keys" in done.stderr) == ("x" in pressed)
    if pressed == "x1":
        assert (folder / "out.bib").read_text(encoding="utf-8") == BIB


def test_a_report_lists_each_pair(folder: Path) -> None:
    run("dedupe", "a.bib", "b.ris", "b.ris", "--report", "report.csv", cwd=folder)
    with (folder / "report.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["position_1"], row["position_2"]) for row in rows] == [
        ("0", "2"),
        ("0", "3"),
        ("2", "3"),
    ]
    assert {row["certainty"] for row in rows} == {"certain"}
    assert rows[0]["file_1"] == "a.bib"
    assert rows[0]["reason"].startswith("same DOI")


def test_undo_writes_the_inputs_again_letter_for_letter(folder: Path) -> None:
    run("dedupe", "a.bib", "--apply=certain", "-o", "out.bib", "--report=r.json", cwd=folder)
    assert run("dedupe", "--undo", "r.json", "-o", "back.bib", cwd=folder).returncode == 0
    assert (folder / "back.bib").read_bytes() == (folder / "a.bib").read_bytes()


@pytest.mark.long
def test_undo_writes_the_records_of_real_files(tmp_path: Path) -> None:
    base = shared_or_none("corpora")
    if base is None:
        pytest.skip("the shared data were not found: set REFCITE_SHARED")
    files = [*sorted(base.glob("bib/*.bib")), *sorted(base.glob("exports/*.*"))]
    assert len(files) > 20
    report = tmp_path / "report.json"
    for file in files:
        ending = ".bib" if file.suffix == ".bib" else ".json"
        out, back = tmp_path / f"out{ending}", tmp_path / f"back{ending}"
        run("dedupe", file, "--apply", "likely", "-o", out, "--report", report)
        assert run("dedupe", "--undo", report, "-o", back).returncode == 0
        assert list(load(back)) == list(load(file))
        if ending == ".bib":
            assert back.read_bytes() == file.read_bytes()


def test_undo_writes_the_records_of_several_inputs(folder: Path) -> None:
    with ZipFile(folder / "c.zip", "w") as file:
        file.writestr("c.ris", RIS.replace("s1", "s2").encode("utf-16"))
    inputs = ("a.bib", "b.ris", "c.zip")
    run("dedupe", *inputs, "--apply=likely", "-o", "out.bib", "--report", "r.json", cwd=folder)
    assert len(load(folder / "out.bib")) == 2
    (folder / "a.bib").unlink()
    done = run("dedupe", "--undo", "r.json", "-o", "back.bib", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "back.bib").read_text(encoding="utf-8").startswith(BIB)
    back = load(folder / "back.bib")
    ris = load(folder / "b.ris")[0]
    assert back.ids == ("roe2019", "other", "s1", "s2")
    assert back["s1"] == ris
    assert back["s2"] == ris.replace(id="s2")


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        ("{", "r.json: is not JSON"),
        ("[]", "is not a report of refcite dedupe"),
        ('{"report": "refcite dedupe", "version": 9}', "version 9, which is not supported"),
        ('{"report": "refcite dedupe", "version": 1}', "does not contain the inputs"),
    ],
)
def test_another_file_is_not_a_report(folder: Path, contents: str, message: str) -> None:
    (folder / "r.json").write_text(contents, encoding="utf-8")
    done = run("dedupe", "--undo", "r.json", "-o", "back.bib", cwd=folder)
    assert message in done.stderr
    assert done.returncode == 1
    assert not (folder / "back.bib").exists()


def test_json_contains_groups_and_counts(folder: Path) -> None:
    done = run("dedupe", "a.bib", "b.ris", "--json", cwd=folder)
    document = json.loads(done.stdout)
    assert document["counts"]["records"] == 3
    assert document["counts"]["groups"] == {"certain": 1, "likely": 0, "possible": 0}
    (group,) = document["groups"]
    assert group["positions"] == [0, 2]
    assert group["files"] == ["a.bib", "b.ris"]
    assert group["decision"] == "listed"
    page = next(one for one in group["choices"] if one["field"] == "page")
    assert page["value"] == "12-15"
    assert page["not_taken"] == [{"position": 0, "value": "12-5"}]


def test_a_file_that_cannot_be_read_is_reported(folder: Path) -> None:
    done = run("dedupe", "a.bib", "none.bib", cwd=folder)
    assert done.returncode == 1
    assert "none.bib" in done.stderr
    assert "a.bib: 2 records" in done.stdout
