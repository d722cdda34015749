"""`refcite check`: explanations, outputs and repairs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from refcite.codes import CODES
from tests.cli.test_cli import run
from tests.lookup import answers
from tests.lookup.server import CSL, answer, serving

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


def test_problems_as_workflow_commands(tmp_path: Path) -> None:
    folder = tmp_path / "a,b"
    folder.mkdir()
    (folder / "50%.bib").write_text(BROKEN, encoding="utf-8")
    done = run("check", "50%.bib", "-o", "github", cwd=folder)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines
    assert all(re.fullmatch(r"::(error|warning|notice) .*title=[a-z-]+::.+", one) for one in lines)
    assert lines[0].startswith("::error file=50%25.bib,line=")
    assert run("check", "-", "-o", "github", cwd=folder, stdin=BROKEN).stdout.startswith(
        "::error title="
    )


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


# Rules

UNCLEAN = """\
@article{a, author = {Roe, Ann}, title = {The repair of DNA}, journal = {Light}, year = 2019,
  volume = 1, pages = {20--10}, url = {https://doi.org/10.1000/1}}
"""
HYPHENS = "".join(
    f"@misc{{k{number}, title = {{Lamp {number}}}, pages = {{1-{number}}}}}\n"
    for number in range(2, 8)
)


@pytest.fixture
def unclean(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(UNCLEAN, encoding="utf-8")
    return path


def _codes(*arguments: str | Path, cwd: Path | None = None) -> list[str]:
    """Return the codes that a check reports."""
    done = run("check", *arguments, "-o", "json", cwd=cwd)
    files = json.loads(done.stdout)["files"]
    return [problem["code"] for file in files for problem in file["problems"]]


def test_codes_are_selected_and_ignored(unclean: Path) -> None:
    found = ["unprotected-capitals", "reversed-pages", "doi-in-url"]
    assert sorted(_codes(unclean)) == sorted(found)
    assert _codes(unclean, "--select", "doi-in-url") == ["doi-in-url"]
    assert _codes(unclean, "--select", "titles,urls-and-dois", "--ignore", "doi") == [
        "unprotected-capitals"
    ]
    assert _codes(unclean, "--severity", "error") == []
    wrong = run("check", unclean, "--ignore", "doi-in-ulr")
    assert wrong.returncode == 2
    assert "did you mean 'doi-in-url'" in wrong.stderr


def test_the_exit_status_follows_fail_on(unclean: Path) -> None:
    assert run("check", unclean).returncode == 0
    assert run("check", unclean, "--fail-on", "warning").returncode == 1
    assert run("check", unclean, "--fail-on", "warning", "--select", "keys").returncode == 0
    missing = run("check", unclean.with_name("none.bib"), "--select", "keys")
    assert missing.returncode == 1


def test_details_are_one_line_unless_they_are_selected(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(HYPHENS, encoding="utf-8")
    done = run("check", path)
    (line,) = done.stderr.splitlines()
    assert "6 times in lines 1, 2, 3, 4, 5 and others" in line
    assert line.endswith("--select single-hyphen lists them [single-hyphen]")
    assert done.stdout == f"{path}: 6 records, 6 info\n"
    assert len(run("check", path, "--select", "single-hyphen").stderr.splitlines()) == 6


def test_the_most_severe_problems_are_first(unclean: Path) -> None:
    unclean.write_text(UNCLEAN + "@misc{b c, title = {B}}\n" + HYPHENS, encoding="utf-8")
    lines = [line for line in run("check", unclean).stderr.splitlines() if line.endswith("]")]
    severities = [line.split(": ")[1] for line in lines]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert severities[0] == "error"


def test_statistics_are_counts_by_code(unclean: Path) -> None:
    done = run("check", unclean, "--statistics")
    assert done.stderr == ""
    assert [line.split() for line in done.stdout.splitlines()[1:]] == [
        ["1", "warning", "doi-in-url"],
        ["1", "warning", "reversed-pages"],
        ["1", "warning", "unprotected-capitals"],
    ]
    rows = json.loads(run("check", unclean, "--statistics", "-o", "json").stdout)["statistics"]
    assert rows[0] == {"code": "doi-in-url", "severity": "warning", "count": 1}


def test_json_contains_counts_and_the_class_of_each_repair(unclean: Path) -> None:
    (file,) = json.loads(run("check", unclean, "-o", "json").stdout)["files"]
    assert file["counts"]["doi-in-url"] == 1
    assert {one["code"]: one.get("fix") for one in file["problems"]} == {
        "doi-in-url": "safe",
        "unprotected-capitals": "safe",
        "reversed-pages": None,
    }


# Configuration


def test_the_nearest_configuration_is_used(unclean: Path) -> None:
    root = unclean.parent
    folder = root / "sub"
    folder.mkdir()
    inner = folder / "inner.bib"
    inner.write_text(UNCLEAN, encoding="utf-8")
    (root / "pyproject.toml").write_text(
        '[tool.refcite.check]\nignore = ["titles"]\nfail-on = "warning"\n'
        '[tool.refcite.check.per-file."sub/*.bib"]\nselect = ["reversed-pages"]\n',
        encoding="utf-8",
    )
    assert sorted(_codes(unclean)) == ["doi-in-url", "reversed-pages"]
    assert run("check", unclean).returncode == 1
    assert _codes(inner) == ["reversed-pages"]
    assert len(_codes(unclean, "--no-config")) == 3
    assert _codes(unclean, "--select", "doi-in-url") == ["doi-in-url"]
    (folder / "refcite.toml").write_text('[check]\nignore = ["pages-and-years"]', encoding="utf-8")
    assert "reversed-pages" not in _codes(inner)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[check]\nignor = ["titles"]', "[check] has no key 'ignor'; did you mean 'ignore'?"),
        ("[chek]\n", "there is no table [chek]; did you mean 'check'?"),
        ('[check]\nignore = "titles"', "'ignore' in [check] is not a list of texts"),
        ('[check]\nignore = ["title"]', "is named 'title'"),
        ('[check]\ndialect = "latex"', "'latex' is not a dialect"),
        ("[check\n", "the configuration cannot be read"),
        ('[check.per-file."*.bib"]\nfail-on = "info"', "has no key 'fail-on'"),
    ],
)
def test_wrong_configurations_are_errors(text: str, message: str, unclean: Path) -> None:
    (unclean.parent / "refcite.toml").write_text(text, encoding="utf-8")
    done = run("check", unclean)
    assert done.returncode == 2
    assert message in done.stderr


# Repairs of rules


def test_a_diff_changes_no_file(unclean: Path) -> None:
    done = run("check", "--diff", unclean)
    assert done.returncode == 1
    assert "-@article{a, author = {Roe, Ann}, title = {The repair of DNA}" in done.stdout
    assert "+  volume = 1, pages = {20--10}, doi = {10.1000/1}}" in done.stdout
    assert unclean.read_text(encoding="utf-8") == UNCLEAN
    assert run("check", "--fix", unclean).returncode == 0
    assert "{The repair of {DNA}}" in unclean.read_text(encoding="utf-8")
    assert run("check", "--diff", unclean).returncode == 0


def test_unsafe_repairs_are_only_made_if_requested(unclean: Path) -> None:
    entry = "@misc{b, title = {B}, doi = {10.1000/2}, url = {https://doi.org/10.1000/2}}\n"
    unclean.write_text(entry, encoding="utf-8")
    run("check", "--fix", "--extend-select", "repeated-doi", unclean)
    assert unclean.read_text(encoding="utf-8") == entry
    run("check", "--fix", "--unsafe-fixes", "--extend-select", "repeated-doi", unclean)
    assert unclean.read_text(encoding="utf-8") == "@misc{b, title = {B}, doi = {10.1000/2}}\n"
    assert run("check", "--unsafe-fixes", unclean).returncode == 2


def test_retracted_works_are_found_in_a_list(unclean: Path) -> None:
    unclean.write_text("@misc{b, title = {B}, doi = {10.1000/2}}\n", encoding="utf-8")
    rows = unclean.with_name("list.csv")
    rows.write_text("OriginalPaperDOI,RetractionNature\n10.1000/2,Retraction\n", encoding="utf-8")
    assert _codes(unclean, "--retractions", rows) == ["retracted-work"]


def test_retracted_works_are_looked_up_online(unclean: Path) -> None:
    entry = "@misc{{{}, title = {{T{}}}, doi = {{10.5555/{}}}}}\n"
    unclean.write_text(
        entry.format("a", 1, "Lamp.1") + entry.format("b", 2, "chapter"), encoding="utf-8"
    )
    with serving() as server:
        server.on("/doi/10.5555/lamp.1", answer(answers.CONTENT_NEGOTIATION, CSL))
        server.on("/doi/10.5555/chapter", answer(answers.CROSSREF["message"], CSL))
        environment = server.environment(unclean.parent / "cache")
        done = run("check", unclean, "--online", env=environment)
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{unclean}:1:24: warning: the work was retracted (notice: 10.5555/")
