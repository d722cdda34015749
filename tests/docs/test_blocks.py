"""Every block of the documentation does what it says."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from attrs import evolve

from tests.docs.blocks import (
    ENVIRONMENT,
    ROOT,
    Block,
    Command,
    Folder,
    agrees,
    blocks_of,
    commands_of,
)
from tests.docs.services import answering

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
MADE = {"variables.md", "command-line.md"}
WRITTEN = [page for page in PAGES if page.name not in MADE and page.parent.name != "formats"]
"""The pages that people write; docs/extensions/pages.py makes the others."""
MORE_LIBRARIES = {
    "data-frames.md": ("pandas", "polars", "duckdb", "pyarrow"),
    "cluster.md": ("distributed",),
}
"""Libraries that the recipes of a page use, and that are too heavy to be locked for its sake."""
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _extras() -> dict[str, set[str]]:
    """Return the modules that each extra brings, directly or not, where refcite needs them not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["optional-dependencies"]
    # Other packages need typing_extensions too, in some versions of Python.
    there = {*_modules(project["dependencies"]), "typing_extensions"}
    extras = ("docx", "yaml", "tables", "web", "serve")
    return {extra: set(_modules(wanted[extra])) - there for extra in extras}


_MODULES = {"PyYAML": "yaml", "python-calamine": "python_calamine", "python-docx": "docx"}


def _modules(wanted: Iterable[str]) -> Iterator[str]:
    for package in wanted:
        name = re.split(r"[^\w-]", package)[0]
        yield _MODULES.get(name, name)
        yield from _modules(one for one in requires(name) or () if ";" not in one)


EXTRAS = _extras()


@pytest.fixture(scope="module")
def mirrors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with answering(tmp_path_factory.mktemp("services")) as environment:
        yield environment


def _named_extras(text: str) -> set[str]:
    """Return the extras that a page says are needed."""
    listed = ",".join(re.findall(r"'\.\[([a-z,]+)\]'", text))
    return {*listed.split(","), *re.findall(r"extra `([a-z]+)`", text)}


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_blocks_do_what_is_shown_with_the_extras_that_the_page_names(
    page: Path, tmp_path: Path, mirrors: dict[str, str]
) -> None:
    wanted = [name for name in MORE_LIBRARIES.get(page.name, ()) if find_spec(name) is None]
    if wanted:
        pytest.skip(f"its recipes need {' and '.join(wanted)}, which are not installed")
    text = page.read_text(encoding="utf-8")
    named = _named_extras(text)
    absent = set[str]().union(*(EXTRAS[extra] for extra in EXTRAS.keys() - named))
    absent -= set[str]().union(*(EXTRAS[extra] for extra in EXTRAS.keys() & named))
    if page.name in MORE_LIBRARIES:
        absent = set()  # the libraries may need packages that extras bring too
    with Folder(tmp_path / "page", mirrors=mirrors, without=absent) as folder:
        for block in blocks_of(text):
            if block.has_examples:
                wrong = folder.wrong_examples(block)
                assert not wrong, wrong
            for shown, had in folder.run(block):
                assert agrees(shown, had), (
                    f"$ {shown.line}\n{had.output}(exit status {had.status})\n"
                    f"to write this into the page: python -m tests.docs.blocks {_name(page)}"
                )


HELP = "Commands:\n  add      Add works...\n  convert  Convert references.\n"


@pytest.mark.parametrize(
    ("shown", "agree"),
    [
        (HELP, True),
        (HELP.replace("  convert  Convert references.\n", ""), False),
        (HELP.replace("works", "all"), False),
        ("...\n  convert  Convert references.\n", True),
        ("Commands:\n...\n", True),
        ("Commands:\n...\n  add      Add works...\n", False),
    ],
)
def test_only_a_line_of_dots_stands_for_others(shown: str, agree: bool) -> None:
    command = Command("refcite --help", shown)
    assert agrees(command, evolve(command, output=HELP)) is agree


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_each_file_is_used_by_a_command(page: Path) -> None:
    blocks = list(blocks_of(page.read_text(encoding="utf-8")))
    words = {
        word
        for block in blocks
        if block.language == "console"
        for command in commands_of(block.body)
        for word in re.split(r"[\s/]+", command.line)
    }
    for block in blocks:
        if block.caption and block.language in (
            "python",
            "bibtex",
            "html",
            "markdown",
            "text",
            "xml",
        ):
            assert block.caption.split("/")[0] in words, f"no command uses {block.caption}"


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_what_is_run_elsewhere_exists(page: Path) -> None:
    for block in blocks_of(page.read_text(encoding="utf-8")):
        for command in commands_of(block.body) if block.language == "console" else ():
            words = command.line.split()
            if ENVIRONMENT in command.line:
                assert f"VENV := {ENVIRONMENT}".rstrip("/") in MAKEFILE, command.line
            if words[0] == "make":
                assert set(words[1:2]) <= TARGETS, command.line
            elif words[0] == "pytest":
                assert (ROOT / words[1]).exists(), command.line
            elif words[1:2] == ["-m"] and words[2] != "pip":
                assert find_spec(words[2]), command.line


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_every_block_is_of_a_kind_that_is_checked(page: Path) -> None:
    for block in blocks_of(page.read_text(encoding="utf-8")):
        _check(block)


def _check(block: Block) -> None:
    match block.language:
        case "python":
            compile_only = block.caption is not None
            assert compile_only or ">>> " in block.body, block.body
            if compile_only:
                compile(block.body, block.caption or "", "exec")
        case "json":
            json.loads(block.body)
        case "yaml":
            yaml.safe_load(block.body)
        case "toml":
            tomllib.loads(block.body)
        case "xml":
            ET.fromstring(block.body)
        case "html":
            assert block.body.startswith("<!doctype html>")
            assert block.caption, "a page that commands read has its name as caption"
        case "latex" | "markdown":
            assert block.caption, "a document that commands use has its name as caption"
        case "bibtex":
            assert block.caption, "a file that commands use has its name as caption"
        case "console":
            assert list(commands_of(block.body)), block.body
        case "text" | "lua":
            pass  # pictures, usage, and the configuration of an editor
        case other:
            pytest.fail(f"nothing checks blocks of {other}")
