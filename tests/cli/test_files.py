"""Files that cannot be read or written, under names of any kind: one clear line, no traceback."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.terminal import on_a_terminal, without_styles
from tests.cli.test_cli import KNUTH, ROOT, run

BIB = "@book{knuth,\n  title = {TAOCP},\n}\n"
TYPING_ERROR = "@book{knuth,\n  title = {TAOCP}\n  year = 1968\n}\n"


def nothing(path: Path) -> None:
    """Create no file."""


def loop(path: Path) -> None:
    path.symlink_to(path.name)


FOLDER = "it is a folder without zotero.sqlite; name a file, or Zotero's data folder"


@pytest.mark.parametrize(
    ("make", "name", "reason", "command"),
    [
        (nothing, "refs.bib", "No such file or directory", "check --fix"),
        (nothing, "refs{1}.bib", "No such file or directory", "cite"),
        (nothing, "n" * 300, "File name too long", "check"),
        (nothing, os.fsdecode(b"\xff.bib"), "No such file or directory", "convert -t ris"),
        (nothing, "two\nlines.bib", "No such file or directory", "explain"),
        (Path.mkdir, "refs.bib", FOLDER, "convert -t ris"),
        (Path.mkdir, "refs.bib", FOLDER, "check --fix"),
        (loop, "refs.bib", "Too many levels of symbolic links", "cite"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    make: Callable[[Path], None], name: str, reason: str, command: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    make(path)
    shown = str(path).replace("\n", " ").replace("\udcff", "\\udcff")
    expected = f"{shown}: error: cannot be read: {reason} [unreadable-input]\n"
    done = run(*command.split(), path)
    assert (done.returncode, done.stderr) == (1, expected)


@pytest.mark.parametrize("name", ["two\nlines.bib", os.fsdecode(b"\xff.bib")])
def test_a_terminal_shows_the_name_in_one_line(name: str, tmp_path: Path) -> None:
    shown = on_a_terminal("check", tmp_path / name, columns=900, status=1)
    reported, counted = without_styles(shown).splitlines()
    assert reported.endswith(
        ": error: cannot be read: No such file or directory [unreadable-input]"
    )
    assert counted.endswith(".bib: 0 records, 1 error")


@pytest.mark.parametrize("name", ["two\nlines.bib", os.fsdecode(b"\xff.bib"), "n" * 250 + ".bib"])
def test_a_file_may_have_any_name(name: str, tmp_path: Path) -> None:
    path, output = tmp_path / name, tmp_path / f"new {name[-240:]}"
    path.write_text(TYPING_ERROR, encoding="utf-8")
    done = run("check", path, "-o", "sarif")
    assert (done.returncode, done.stderr) == (1, "")
    assert run("check", "--fix", path).returncode == 0
    assert run("convert", path, "-o", output).returncode == 0
    assert output.read_text(encoding="utf-8").startswith("@book{knuth,")


def test_the_output_may_be_a_descriptor_a_pipe_or_standard_output(tmp_path: Path) -> None:
    source, log = tmp_path / "a.json", tmp_path / "log.txt"
    source.write_text(KNUTH.replace(', "author": [{"family": "Knuth"}]', ""), encoding="utf-8")
    for output in ("-", "/dev/stdout", "/dev/fd/1"):
        assert run("convert", source, "-t", "bibtex", "-o", output).stdout == BIB
        log.write_text("before\n", encoding="utf-8")
        with log.open("a", encoding="utf-8") as file:
            command = ["-m", "refcite", "convert", str(source), "-t", "bibtex", "-o", output]
            subprocess.run([sys.executable, *command], stdout=file, check=True)
        assert log.read_text(encoding="utf-8") == f"before\n{BIB}"
    assert not (Path.cwd() / "-").exists()
    done = run("convert", source, "-t", "bibtex", "-o", "/dev/full")
    assert done.stderr == "Error: /dev/full: cannot be written: No space left on device\n"


def test_a_file_stays_whole_if_the_disk_is_full(tmp_path: Path) -> None:
    source, path = tmp_path / "a.jsonl", tmp_path / "refs.bib"
    entry = '{{"id": "a{}", "type": "book", "title": "One"}}\n'
    source.write_text("".join(map(entry.format, range(500))), encoding="utf-8")
    path.write_text(BIB, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "refcite", "convert", source, "-o", path],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000)),
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        1,
        f"Error: {path}: cannot be written: File too large\n",
    )
    assert path.read_text(encoding="utf-8") == BIB
    assert sorted(tmp_path.iterdir()) == [source, path]


def test_what_cannot_be_repaired_is_reported_and_stays(tmp_path: Path) -> None:
    wide, read_only, pipe = (tmp_path / f"{name}.bib" for name in ("wide", "read-only", "pipe"))
    wide.write_text(TYPING_ERROR, encoding="utf-16-le")
    read_only.write_text(TYPING_ERROR, encoding="utf-8")
    read_only.chmod(0o444)
    for path, reason in (
        (wide, "the encoding is UTF-16-LE; save the file as UTF-8"),
        (read_only, "cannot be written: the file is read-only; make it writable first"),
    ):
        before = path.read_bytes()
        done = run("check", "--fix", path)
        assert done.stderr.startswith(f"{path}: not repaired: {reason}\n")
        assert done.returncode == 1
        assert path.read_bytes() == before
    pipe.symlink_to("/dev/stdin")
    done = run("check", "--fix", pipe, stdin=TYPING_ERROR)
    assert done.stderr.startswith(f"{pipe}: not repaired: it is a pipe or a device")
    assert "[missing-comma]" in done.stderr


def test_a_program_without_standard_input_is_no_traceback(tmp_path: Path) -> None:
    for arguments in ("cite -", "convert - -t ris", "add -"):
        done = subprocess.run(
            ["sh", "-c", f'"$0" -m refcite {arguments} <&-', sys.executable],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "standard input is closed; name a file, or open standard input" in done.stderr
        assert "Traceback" not in done.stderr
