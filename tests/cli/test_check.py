"""`refcite check`: explanations, outputs and repairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from refcite.codes import CODES
from tests.cli.test_cli import run

BROKEN = "% kept\r\n@book{a, title = {A} year = 2001}\r\n@book{b, title = {B}, isbn = {12}}\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my refs.bib"
    path.write_bytes(BROKEN.encode())
    return path


def test_a_code_is_explained_without_any_file() -> None:
    done = run("check", "--explain", "missing-comma")
    assert (done.returncode, done.stderr) == (0, "")
    code = CODES["missing-comma"]
    assert done.stdout.startswith("missing-comma\n")
    assert code.means in done.stdout
    assert code.do in done.stdout
    assert "--fix" in done.stdout


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    done = run("check", "--explain", "mising-comma")
    assert done.returncode == 2
    assert "did you mean 'missing-comma'" in done.stderr


def test_problems_as_json(file: Path) -> None:
    done = run("check", file, "--output", "json")
    assert (done.returncode, done.stderr) == (1, "")
    (checked,) = json.loads(done.stdout)["files"]
    assert (checked["file"], checked["records"]) == (str(file), 2)
    comma, isbn = checked["problems"]
    assert (comma["code"], comma["line"], comma["column"], comma["key"]) == (
        "missing-comma",
        2,
        22,
        "a",
    )
    assert (isbn["code"], isbn["severity"]) == ("bad-isbn", "info")


def test_problems_as_sarif(file: Path) -> None:
    done = run("check", file, "-o", "sarif")
    assert (done.returncode, done.stderr) == (1, "")
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    (one_run,) = log["runs"]
    rules = one_run["tool"]["driver"]["rules"]
    results = one_run["results"]
    assert [result["level"] for result in results] == ["error", "note"]
    for result in results:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"].endswith("/my%20refs.bib")
        assert place["region"]["startLine"] in (2, 3)
        assert place["region"]["startColumn"] > 0
    assert all(rule["help"]["text"] for rule in rules)


def test_a_right_file_gives_an_empty_log(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@book{a, title = {A}}", encoding="utf-8")
    done = run("check", path, "-o", "sarif")
    assert done.returncode == 0
    assert json.loads(done.stdout)["runs"][0]["results"] == []


def test_fix_repairs_says_what_and_keeps_every_other_byte(file: Path) -> None:
    done = run("check", "--fix", file)
    assert done.returncode == 0
    assert file.read_bytes().decode() == BROKEN.replace("{A} year", "{A}, year")
    assert f"{file}:2:21: info: put a comma where one was missing [missing-comma]" in done.stderr
    assert done.stdout == f"{file}: 2 records, 1 info\n"


def test_fix_does_not_write_what_needs_no_repair(tmp_path: Path) -> None:
    right = tmp_path / "refs.bib"
    right.write_text("@book{a, title = {A}}", encoding="utf-8")
    latin = tmp_path / "old.bib"
    latin.write_bytes("@book{a, title = {É} year = 1}".encode("latin-1"))
    items = tmp_path / "refs.json"
    items.write_text('[{"id": "a", "type": "book"}]', encoding="utf-8")
    before = [(path.read_bytes(), path.stat().st_ino) for path in (right, latin, items)]
    run("check", "--fix", right, latin, items)
    assert [(path.read_bytes(), path.stat().st_ino) for path in (right, latin, items)] == before
    done = run("check", "--fix", "-", stdin="@book{a, title = {A}}")
    assert done.returncode == 2
    assert "--fix repairs files" in done.stderr
