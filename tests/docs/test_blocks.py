"""Every block of the documentation does what it says (doctest has those with `>>>`)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from tests.docs.blocks import ROOT, Block, Folder, agrees, blocks_of, commands_of
from tests.docs.services import answering

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
MADE = {"variables.md", "command-line.md"}
WRITTEN = [page for page in PAGES if page.name not in MADE and page.parent.name != "formats"]
"""The pages that people write; docs/extensions/pages.py makes the others."""
TARGETS = set(
    re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def mirrors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with answering(tmp_path_factory.mktemp("services")) as environment:
        yield environment


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_commands_have_the_output_that_is_shown(
    page: Path, tmp_path: Path, mirrors: dict[str, str]
) -> None:
    folder = Folder(tmp_path / "page", mirrors=mirrors)
    for block in blocks_of(page.read_text(encoding="utf-8")):
        for shown, had in folder.run(block):
            assert agrees(shown, had), (
                f"$ {shown.line}\n{had.output}(exit status {had.status})\n"
                f"to write this into the page: python -m tests.docs.blocks {_name(page)}"
            )


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_what_is_run_elsewhere_exists(page: Path) -> None:
    for block in blocks_of(page.read_text(encoding="utf-8")):
        for command in commands_of(block.body) if block.language == "console" else ():
            words = command.line.split()
            if words[0] == "make":
                assert set(words[1:2]) <= TARGETS, command.line
            elif words[0] == "pytest":
                assert (ROOT / words[1]).exists(), command.line
            elif words[:2] == ["python", "-m"] and words[2] != "pip":
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
        case "bibtex":
            assert block.caption, "a file that commands use has its name as caption"
        case "console":
            assert list(commands_of(block.body)), block.body
        case "text":
            pass  # pictures and usage
        case other:
            pytest.fail(f"nothing checks blocks of {other}")
