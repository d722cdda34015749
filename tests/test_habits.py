"""What surrounds the code is kept true: versions, make's targets, the hook, how to cite refcite."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.version import Version

import refcite
from refcite.cli.app import app
from refcite.documents import SYNTAXES
from refcite.formats import formats
from tests.locking import floors, normal

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_one_version_stands_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert refcite.__version__ == project["version"] == str(citation["version"])
    assert project["license"] == citation["license"]


def _locked(name: str) -> dict[str, set[Version]]:
    """Return the releases that a lock file allows of each package, for one Python or another."""
    locked: dict[str, set[Version]] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            one = Requirement(line)
            (pin,) = one.specifier
            assert pin.operator == "==", line
            assert one.url is None, line
            locked.setdefault(normal(one.name), set()).add(Version(pin.version))
    return locked


EXTRAS = ("docx", "yaml", "tables", "web", "serve", "zstd", "dask", "arrow")


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        ("demo", ()),
        ("test", (*EXTRAS, "docs", "dev")),
        ("lowest", (*EXTRAS, "dev")),
    ],
)
def test_a_lock_file_has_all_that_is_needed(lock: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in extras:
        needed += project["project"]["optional-dependencies"][extra]
    locked = _locked(lock)
    for one in map(Requirement, needed):
        releases = locked.get(normal(one.name))
        assert releases, f"{one.name} is not in the lock file: make lock"
        for release in releases:
            assert one.specifier.contains(release, prereleases=True), f"{one}: make lock"


def test_the_floors_are_what_is_tested_as_lowest() -> None:
    locked = _locked("lowest")
    for name, floor in floors().items():
        assert locked[name] == {Version(floor)}, f"{name}: make lock"


def test_the_citation_file_has_what_its_format_requires() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"


def test_refcite_reads_its_own_citation_file() -> None:
    library = refcite.load(ROOT / "CITATION.cff")
    assert not library.has_errors
    assert library[0].type == "software"
    assert library[0].version == refcite.__version__
    assert "refcite" in refcite.bibliography(library, style="apa")[0].text


def test_make_help_names_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE.replace("\\\n", " "), re.MULTILINE)
    assert phony is not None
    helped = set(re.findall(r"^([a-z-]+):.*?## \S", MAKEFILE, re.MULTILINE))
    assert set(phony[1].split()) == helped
    assert set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE)) == helped


@pytest.mark.parametrize(
    ("text", "status"),
    [("@book{a, title = {One}}", 0), ("@book{a, title = {One}", 1)],
    ids=["right", "wrong"],
)
def test_the_hook_runs_the_check(text: str, status: int, tmp_path: Path) -> None:
    hook = _hooks()["refcite-check"]
    program, *arguments = hook["entry"].split()
    assert (program, hook["language"]) == ("refcite", "python")
    file = tmp_path / "refs.bib"
    file.write_text(text, encoding="utf-8")
    assert re.search(hook["files"], str(file))
    assert CliRunner().invoke(app, [*arguments, str(file)]).exit_code == status
    assert hook["verbose"]  # else pre-commit hides the warnings of files that pass


@pytest.mark.parametrize(("text", "status"), [("See [@a].", 0), ("See [@b].", 1)])
def test_the_hook_for_documents_compares_their_keys(
    text: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = _hooks()["refcite-documents"]
    monkeypatch.chdir(tmp_path)
    Path("refs.bib").write_text("@book{a, title = {One}}", encoding="utf-8")
    Path("paper.md").write_text(text, encoding="utf-8")
    program, *arguments = hook["entry"].split()
    assert (program, hook["pass_filenames"]) == ("refcite", False)
    given = [*arguments, "refs.bib", "--documents", "**/*.md"]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == status
    assert "missing-required-field" not in done.output


@pytest.mark.parametrize("name", ["refcite-check", "refcite-documents"])
def test_a_hook_takes_files_of_known_formats(name: str) -> None:
    known = {ending for one in formats() for ending in one.extensions}
    if name == "refcite-documents":
        known |= {ending for one in SYNTAXES for ending in one.extensions}
    endings = re.findall(r"\w+", _hooks()[name]["files"])
    assert endings
    assert {f".{ending}".lower() for ending in endings} <= known


def _hooks() -> dict[str, dict[str, Any]]:
    found = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for hook in found}


def test_the_design_names_every_package_that_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    required = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(one for extra in extras for one in extra),
    ]
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").lower()
    names = {re.split(r"[<>=]", one)[0].lower() for one in required}
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", design)} == set()


def test_the_page_on_the_processor_names_all_its_rooms() -> None:
    page = (ROOT / "docs" / "csl-design.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (ROOT / "src" / "refcite" / "csl").rglob("*.py")}
    missing = {room for room in rooms if not re.search(rf"\b{re.escape(room)}\b", page)}
    assert missing == {"__init__.py"}
