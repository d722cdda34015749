"""`refcite convert` with files larger than memory, and its progress bar."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from refcite.cli import convert as convert_module
from refcite.formats import get_format, loads
from refcite.formats.progress import listening, part
from tests.cli.test_cli import run
from tests.share import long_but
from tests.waiting import HANG


def lines(count: int) -> Iterator[str]:
    for number in range(count):
        item = {"id": f"a{number}", "type": "book", "title": f"Title {number}", "note": "x" * 900}
        yield json.dumps(item) + "\n"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.jsonl"
    path.write_text("".join(lines(5_000)), encoding="utf-8")
    assert path.stat().st_size > convert_module.LARGE
    return path


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        ("@book{a, title = {A} year = 2001}", 0),  # reported, and the whole entry is read
        ("@book{a, title = {A}}, year = 2001}", 0),
        ("@book{a, title = {A}, year = 2001", 1),
        ("@book{a, title = {A, year = 2001}", 1),
    ],
)
def test_the_status_is_1_if_a_part_could_not_be_read(entry: str, status: int) -> None:
    done = run("convert", "-", "--to", "csl-json", stdin=entry)
    assert "error: " in done.stderr
    assert done.returncode == status
    assert run("check", "-", stdin=entry).returncode == 1


def test_a_large_file_is_converted_as_a_small_one_is(large: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.jsonl"
    small.write_text("".join(lines(50)), encoding="utf-8")
    for target in ("jsonl", "json", "ris"):
        for path in (large, small):
            done = run("convert", path, "-o", tmp_path / f"{path.stem}.out.{target}")
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        whole = (tmp_path / f"large.out.{target}").read_text(encoding="utf-8")
        start = (tmp_path / f"small.out.{target}").read_text(encoding="utf-8")
        assert whole.startswith(start.removesuffix("\n]\n"))
        assert whole.count("a4999") == 1
    assert (tmp_path / "large.out.jsonl").read_bytes() == large.read_bytes()


def test_a_large_file_comes_through_a_pipe(large: Path) -> None:
    done = run("convert", "-", "-t", "csl-jsonl", stdin=large.read_bytes())
    assert done.returncode == 0
    assert done.stdout.encode() == large.read_bytes()


def test_problems_of_a_large_file_are_told_and_the_rest_is_converted(large: Path) -> None:
    with large.open("a", encoding="utf-8") as file:
        file.write('{"id": "b", "type": "boook"}\n{"id": "c",\n{"id": "d", "type": "book"}\n')
    done = run("convert", large, "-t", "csl-jsonl")
    assert done.returncode == 1
    assert done.stdout.count("\n") == 5_002
    assert f"{large}:5001: warning: 'boook' is not a type of CSL" in done.stderr
    assert f"{large}:5002:12: error: the line ends inside an entry" in done.stderr


def test_where_nothing_is_read_the_file_that_was_there_stays(tmp_path: Path) -> None:
    source, target = tmp_path / "a.ris", tmp_path / "b.jsonl"
    target.write_text("before", encoding="utf-8")
    for text in ("nothing\n", "nothing\n" * 600_000):
        source.write_text(text, encoding="utf-8")
        done = run("convert", source, "-o", target)
        assert done.returncode == 1
        assert "no-entries" in done.stderr
        assert target.read_text(encoding="utf-8") == "before"


def test_a_reader_that_goes_away_ends_it_quietly(large: Path) -> None:
    command = f'"{sys.executable}" -m refcite convert "{large}" -t ris | head -n 1'
    done = subprocess.run(command, shell=True, capture_output=True, check=False, timeout=HANG)
    assert (done.stdout, done.stderr) == (b"TY  - BOOK\n", b"")


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs a system that tells a child's memory")
@pytest.mark.parametrize("ending", long_but("json".__eq__, ["jsonl", "json", "ris"]))
def test_memory_does_not_grow_with_the_file(ending: str, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"in.{ending}"
        with path.open("w", encoding="utf-8") as file:
            if ending == "ris":
                rows = (f"TY  - BOOK\nTI  - {n}\nAB  - {'x' * 900}\nER  - \n" for n in range(count))
                file.writelines(rows)
            elif ending == "json":
                file.write("[")
                file.writelines(line.replace("\n", ",") for line in lines(count - 1))
                file.write("{}]")
            else:
                file.writelines(lines(count))
        target = str(tmp_path / "out.jsonl")
        command = [sys.executable, "-m", "refcite", "convert", str(path), "-o", target]
        pid = os.posix_spawn(sys.executable, command, os.environ)
        return os.wait4(pid, 0)[2].ru_maxrss

    few, many = peak(6_000), peak(40_000)
    assert many < 1.2 * few


# Progress


ENTRY = "@article{{k{0}, author = {{A and B}}, title = {{Title {0} of {{DNA}}}}, year = 2001}}\n\n"
ITEM = "- id: a{0}\n  type: book\n  title: Title {0}\n  note: {1}\n"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("bibtex", "".join(map(ENTRY.format, range(30)))),
        ("csl-yaml", "references:\n" + "".join(ITEM.format(n, "x" * 99) for n in range(30))),
    ],
)
@pytest.mark.parametrize("target", ["bibtex", "csl-json", "csl-yaml", "ris"])
def test_what_is_read_as_a_whole_says_how_far_it_has_come(
    source: str, text: str, target: str
) -> None:
    heard: list[float] = []
    with listening(heard.append), part(0.0, 0.5):
        library = loads(text, source)
    assert len(heard) >= 30
    assert heard == sorted(heard)
    assert heard[-1] >= 0.49
    with listening(heard.append), part(0.5, 1.0):
        out = convert_module.Out(get_format(target), None, {})
        out.text(library)
    assert heard == sorted(heard)
    assert len(heard) >= 60
    assert heard[-1] == 1.0


def test_the_formats_of_the_memory_test_are_read_in_pieces() -> None:
    assert all(get_format(name).reads_streams for name in ("csl-json", "csl-jsonl", "ris"))


def test_an_option_without_use_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.ris"
    path.write_text("TY  - BOOK\nID  - a\nTI  - One\nER  - \n", encoding="utf-8")
    done = run("convert", path, "-t", "csl-jsonl", "--accessed", "2020-01-01")
    assert (done.returncode, loads(done.stdout, "csl-jsonl").ids) == (0, ("a",))
    assert "'accessed'" in done.stderr
    assert "unused-option" in done.stderr
