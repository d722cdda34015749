"""`refcite check`: explanations, outputs and repairs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from refcite.codes import CODES
from tests.cli.test_cli import run

BROKEN = "% kept\r\n@misc{a, title = {A} year = 2001}\r\n@misc{b, title = {B}, isbn = {12}}\r\n"


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


def _one_of(*properties: str, **schemas: object) -> dict[str, object]:
    """Return a schema of an object with these properties, of which the first ones it must have."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": schemas,
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer", "minimum": 1}
MESSAGE = _one_of("text", text=TEXT)
RULE = _one_of("id", id=TEXT, shortDescription=MESSAGE, fullDescription=MESSAGE, help=MESSAGE)
PLACE = _one_of(
    "artifactLocation",
    artifactLocation=_one_of("uri", uri={"type": "string", "pattern": r"^(file:///)?[\w%/.~-]+$"}),
    region=_one_of("startLine", startLine=NUMBER, startColumn=NUMBER),
)
LOCATION = _one_of(
    physicalLocation=PLACE,
    logicalLocations={"type": "array", "items": _one_of("name", name=TEXT)},
)
RESULT = _one_of(
    *("ruleId", "level", "message"),
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level={"enum": ["none", "note", "warning", "error"]},
    message=MESSAGE,
    locations={"type": "array", "minItems": 1, "items": LOCATION},
)
DRIVER = _one_of("name", name=TEXT, version=TEXT, rules={"type": "array", "items": RULE})
RUN = _one_of(
    *("tool", "results"),
    tool=_one_of("driver", driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": RESULT},
)
SARIF = {
    **_one_of("version", "runs", version={"const": "2.1.0"}, runs={"type": "array", "items": RUN}),
    "patternProperties": {r"^\$schema$": TEXT},
}
"""What SARIF 2.1.0 says of the objects that are written here."""


def _sarif(*arguments: str | Path, cwd: Path, stdin: str = "") -> list[dict[str, Any]]:
    """Return the results of a check in a folder, in a log that is valid."""
    done = run("check", *arguments, "-o", "sarif", cwd=cwd, stdin=stdin)
    log = json.loads(done.stdout)
    validate(log, SARIF)
    results: list[dict[str, Any]] = log["runs"][0]["results"]
    return results


@pytest.mark.parametrize(
    ("folder", "file", "address"),
    [
        ("repo", "./b.bib", "b.bib"),
        ("repo", "sub/../b.bib", "b.bib"),
        ("repo", "sub/c d:e.bib", "sub/c%20d%3Ae.bib"),
        ("repo/sub", "../b.bib", "b.bib"),
        ("repo/sub", "c d:e.bib", "sub/c%20d%3Ae.bib"),
        ("other", "b.bib", "b.bib"),
        ("repo", "{}/repo/b.bib", "b.bib"),
        ("repo", "../other/b.bib", "file://{}/other/b.bib"),
        ("repo", "missing\udcff.bib", "missing%FF.bib"),
    ],
)
def test_addresses_are_those_of_the_repository(
    folder: str, file: str, address: str, tmp_path: Path
) -> None:
    for name in ("repo/b.bib", "repo/sub/c d:e.bib", "other/b.bib", "repo/.git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BROKEN, encoding="utf-8")
    results = _sarif(file.format(tmp_path), cwd=tmp_path / folder)
    assert {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results
    } == {address.format(tmp_path)}


def test_standard_input_is_no_artifact(tmp_path: Path) -> None:
    results = _sarif("-", cwd=tmp_path, stdin=BROKEN)
    assert [result["locations"] for result in results] == [
        [{"logicalLocations": [{"name": "a"}]}],
        [{"logicalLocations": [{"name": "b"}]}],
    ]
    assert results[0]["message"]["text"].startswith("line 2: a comma is missing")


def test_a_right_file_gives_an_empty_log(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title = {A}}", encoding="utf-8")
    done = run("check", path, "-o", "sarif")
    assert done.returncode == 0
    assert json.loads(done.stdout)["runs"][0]["results"] == []


def test_fix_repairs_says_what_and_keeps_every_other_byte(file: Path) -> None:
    done = run("check", "--fix", file)
    assert done.returncode == 0
    assert file.read_bytes().decode() == BROKEN.replace("{A} year", "{A}, year")
    assert f"{file}:2:21: info: added a missing comma [missing-comma]" in done.stderr
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
    assert "--fix cannot repair standard input" in done.stderr
