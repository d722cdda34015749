"""`refcite cite --output-file` and `--standalone`: files, whole documents, and DOCX."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

from refcite.cli.destination import OUTPUTS
from refcite.csl.backends import BACKENDS
from tests.cli.terminal import on_a_terminal
from tests.cli.test_cli import KNUTH, run
from tests.waiting import HANG

needs_docx = pytest.mark.skipif(
    find_spec("docx") is None, reason="the package python-docx is not installed"
)


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    path = tmp_path / "refs.json"
    path.write_text(KNUTH, encoding="utf-8")
    return path


def test_the_command_has_every_output_format() -> None:
    assert OUTPUTS == BACKENDS


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out.txt", "Knuth. (n.d.). TAOCP."),
        ("out.htm", '<div class="csl-bib-body">'),
        ("out.MD", "Knuth. (n.d.). *TAOCP*."),
        ("out.rtf", "{\\rtf1\\ansi"),
    ],
)
def test_the_format_of_a_file_is_that_of_its_extension(
    refs: Path, tmp_path: Path, name: str, start: str
) -> None:
    path = tmp_path / name
    done = run("cite", refs, "-s", "apa", "--output-file", path)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert path.read_text(encoding="utf-8").startswith(start)
    assert run("cite", refs, "-s", "apa", "-o", "rst", "--output-file", path).returncode == 0
    assert path.read_text(encoding="utf-8") == "Knuth. (n.d.). *TAOCP*\\ .\n"


@needs_docx
def test_a_word_document_is_written_to_a_file_or_a_pipe(refs: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    assert run("cite", refs, "-s", "apa", "--output-file", path, "--title", "All").returncode == 0
    piped = tmp_path / "piped.docx"
    piped.write_bytes(
        subprocess.run(
            [sys.executable, "-m", "refcite", "cite", refs, "-s", "apa", "-o", "docx"],
            capture_output=True,
            check=True,
            timeout=HANG,
        ).stdout
    )
    for file in (path, piped):
        with ZipFile(file) as archive:
            assert b"TAOCP" in archive.read("word/document.xml")


def test_a_word_document_is_never_sent_to_a_terminal(refs: Path) -> None:
    shown = on_a_terminal("cite", refs, "-o", "docx", status=2)
    assert "add --output-file FILE.docx" in shown
    assert "PK" not in shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "out.docx"), "To write a file: --output-file out.docx"),
        (("--output-file", "out.pdf"), "the output format of out.pdf is not known"),
        (("--output-file", "refs.json", "-o", "html"), "refs.json would be overwritten"),
        (("--title", "All"), "--title is for whole documents; add --standalone"),
        (("-o", "docx", "--watch"), "cannot be printed here; add --output-file"),
    ],
)
def test_options_that_do_not_fit(refs: Path, options: tuple[str, ...], said: str) -> None:
    done = run("cite", refs.name, *options, cwd=refs.parent)
    assert said in done.stderr
    assert (done.stdout, done.returncode) == ("", 2)
    assert refs.read_text(encoding="utf-8") == KNUTH


def test_addresses_are_links_on_request(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text("@online{a, title = {Tides}, url = {https://example.org/t}}", encoding="utf-8")
    link = '<a href="https://example.org/t">'
    assert link in run("cite", refs, "-s", "apa", "-o", "html", "--links").stdout
    assert link not in run("cite", refs, "-s", "apa", "-o", "html").stdout


def test_a_whole_page_on_request(refs: Path) -> None:
    page = run("cite", refs, "-s", "apa", "-l", "de-DE", "-o", "html", "--standalone")
    assert page.stdout.startswith('<!DOCTYPE html>\n<html lang="de-DE"')
    assert page.stdout.endswith("</html>\n")
    tex = run("cite", refs, "-s", "apa", "-o", "latex", "--standalone", "--title", "All & more")
    assert tex.stdout.startswith("\\documentclass")
    assert "\\section*{All \\& more}" in tex.stdout


def test_a_file_is_kept_if_nothing_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "out.html"
    path.write_text("kept", encoding="utf-8")
    done = run("cite", tmp_path / "missing.bib", "--standalone", "--output-file", path)
    assert (done.returncode, path.read_text(encoding="utf-8")) == (1, "kept")


def test_a_style_without_a_bibliography_is_printed_whole(refs: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.rtf"
    done = run("cite", refs, "-s", "review-of-international-studies", "--output-file", path)
    assert done.returncode == 0
    assert "has no bibliography" in done.stderr
    assert "Knuth, TAOCP." in path.read_text(encoding="utf-8").replace("{\\i TAOCP}", "TAOCP")
