"""Many files: one result each, nothing converted twice, and no file affects another."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

import refcite
from refcite.cli.app import app
from refcite.jobs import Conversion, FileResult, convert_one
from refcite.jobs.manifest import MANIFEST
from refcite.jobs.outputs import outputs_of
from refcite.jobs.processes import in_processes
from refcite.problems import FormatError, OutputError
from tests.waiting import until


def ris(*titles: str) -> str:
    return "".join(f"TY  - BOOK\nID  - {title}\nTI  - {title}\nER  - \n\n" for title in titles)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return five files, of which the third cannot be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    texts = {
        "a.ris": ris("One", "Two"),
        "b.jsonl": '{"id": "b", "type": "book"}\n{"id": \n',
        "c.dat": "\0\1\2\3",
        "d.bib": "@book{d, title = {Three}}\n",
        "e.ris": ris("Four"),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def converted(files: list[Path], folder: Path, **options: object) -> list[FileResult]:
    given = {"to": "csl-jsonl", "workers": 1} | options
    return refcite.map_files(files, folder, **given).in_order()  # type: ignore[arg-type]


def test_there_is_one_result_for_each_file(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    results = converted(files, out)
    assert [result.input for result in results] == [str(file) for file in files]
    assert [result.records for result in results] == [2, 1, 0, 1, 1]
    assert [result.errors for result in results] == [0, 1, 1, 0, 0]
    assert [result.error is None for result in results] == [True, True, False, True, True]
    assert sorted(path.name for path in out.iterdir()) == [
        *("a.ris.jsonl", "b.jsonl.jsonl", "d.bib.jsonl", "e.ris.jsonl", MANIFEST)
    ]
    assert refcite.load(out / "a.ris.jsonl").ids == ("One", "Two")
    (problem,) = results[1].examples
    assert (problem.file, problem.line) == (str(files[1]), 2)
    assert all(pickle.loads(pickle.dumps(result)) == result for result in results)


def test_only_new_and_changed_files_are_converted_again(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = converted(files, out)
    again = converted(files, out)
    assert [one.is_unchanged for one in again] == [True, True, False, True, True]
    assert [one.records for one in again] == [one.records for one in before]

    text = files[0].read_text(encoding="utf-8")
    files[0].write_text(text.replace("Two", "Six"), encoding="utf-8")  # of the same size
    (out / "e.ris.jsonl").write_text("", encoding="utf-8")
    (out / "d.bib.jsonl").unlink()
    again = converted(files, out)
    assert [one.is_unchanged for one in again] == [False, True, False, False, False]
    assert refcite.load(out / "a.ris.jsonl").ids == ("One", "Six")
    assert refcite.load(out / "e.ris.jsonl").ids == ("Four",)


def test_other_options_are_another_conversion(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = {"to": "bibtex", "key_pattern": "{title:lower}"}
    converted(files, out, to="bibtex")
    assert not any(one.is_unchanged for one in converted(files, out, **options))
    assert converted(files, out, **options)[0].is_unchanged
    assert refcite.load(out / "a.ris.bib").ids == ("one", "two")


def test_an_interrupted_run_is_continued(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    results = refcite.map_files(files, out, to="csl-jsonl", workers=1)
    assert next(results).input == str(files[0])
    results.close()
    # The process was killed while it wrote the next line.
    with (out / MANIFEST).open("a", encoding="utf-8") as file:
        file.write('{"output": "b.jsonl.jsonl", "input_si')
    again = converted(files, out)
    assert [one.is_unchanged for one in again] == [True, False, False, False, False]
    lines = [json.loads(line) for line in (out / MANIFEST).read_text("utf-8").splitlines()]
    assert [line["output"] for line in lines] == sorted(
        Path(one.output).name for one in again if one.output
    )


def test_files_of_the_same_name_are_in_subfolders(tmp_path: Path) -> None:
    files = []
    for year in ("2023", "2024"):
        (tmp_path / year).mkdir()
        files.append(tmp_path / year / "part.ris")
        files[-1].write_text(ris(year), encoding="utf-8")
    out = tmp_path / "out"
    results = converted([*files, files[0]], out)
    assert [one.output for one in results] == [
        str(out / year / "part.ris.jsonl") for year in ("2023", "2024")
    ]
    assert refcite.load(out / "2024" / "part.ris.jsonl").ids == ("2024",)
    (result,) = converted(files[:1], tmp_path / "based", base=tmp_path)
    assert result.output == str(tmp_path / "based" / "2023" / "part.ris.jsonl")


def test_names_that_differ_in_case_are_the_same_name() -> None:
    paths = outputs_of(["x/A.ris", "y/a.ris"], Path("out"), ".bib")
    assert [path.as_posix() for path in paths] == ["out/x/A.ris.bib", "out/y/a.ris.bib"]


def test_an_input_is_not_replaced(tmp_path: Path) -> None:
    for name in ("a.ris", "a.ris.ris"):
        (tmp_path / name).write_text(ris("One"), encoding="utf-8")
    with pytest.raises(OutputError, match="would be replaced"):
        refcite.map_files(sorted(tmp_path.iterdir()), tmp_path, to="ris")


def test_each_link_to_a_file_has_its_own_output(tmp_path: Path) -> None:
    source = tmp_path / "a.ris"
    source.write_text(ris("One"), encoding="utf-8")
    (tmp_path / "z.ris").symlink_to(source)
    results = converted([source, tmp_path / "z.ris"], tmp_path / "out")
    assert [Path(one.output or "").name for one in results] == ["a.ris.jsonl", "z.ris.jsonl"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems reject such names")
def test_a_name_that_is_not_utf_8_is_in_the_manifest(tmp_path: Path) -> None:
    source = tmp_path / os.fsdecode(b"caf\xe9.ris")
    source.write_text(ris("One"), encoding="utf-8")
    out = tmp_path / "out"
    assert [one.error for one in converted([source], out)] == [None]
    assert (out / MANIFEST).read_text(encoding="utf-8").isascii()
    assert [one.is_unchanged for one in converted([source], out)] == [True]


def test_lines_of_the_manifest_that_are_not_of_refcite_are_ignored(tmp_path: Path) -> None:
    for name in ("a.ris", "b.ris"):
        (tmp_path / name).write_text(ris("One"), encoding="utf-8")
    out = tmp_path / "out"
    inputs = [tmp_path / "a.ris", tmp_path / "b.ris"]
    converted(inputs, out)
    first, second = (out / MANIFEST).read_text(encoding="utf-8").splitlines()
    changed = first.replace('"records": 1', '"records": "one"')
    junk = ["[" * 100_000, "null", '{"output": 3}', "\0"]
    (out / MANIFEST).write_text("\n".join([*junk, changed, second]), encoding="utf-8")
    assert [one.is_unchanged for one in converted(inputs, out)] == [False, True]
    assert len((out / MANIFEST).read_text(encoding="utf-8").splitlines()) == 2


def test_a_manifest_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out" / MANIFEST).mkdir(parents=True)
    with pytest.raises(OutputError, match=f"{MANIFEST}: cannot be read"):
        converted([tmp_path / "a.ris"], tmp_path / "out")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_rejected_since_it_is_read_twice(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.ris")
    (result,) = converted([tmp_path / "a.ris"], tmp_path / "out")
    assert result.error is not None
    assert "pipe" in result.error


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (gzip.compress(b"\n", mtime=0), "is empty"),
        (b"\x1f\x8b\x08\0", "is cut off"),
    ],
)
def test_a_file_without_text_is_reported(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.gz").write_bytes(data)
    (result,) = converted([tmp_path / "a.gz"], tmp_path / "out")
    assert result.error is not None
    assert message in result.error
    assert result.output is None


def test_wrong_settings_are_an_error_before_the_first_file(tmp_path: Path) -> None:
    for wrong in (
        {"to": "xlsx"},
        {"to": "bibtexx"},
        {"to": "ris", "format": "nbib", "key_patern": "a"},
        {"to": "ris", "workers": 0},
    ):
        with pytest.raises(FormatError):
            refcite.map_files([], tmp_path / "out", **wrong)


def test_a_file_that_cannot_be_written_is_its_own_error(tmp_path: Path) -> None:
    source = tmp_path / "a.ris"
    source.write_text(ris("One"), encoding="utf-8")
    (tmp_path / "out" / "a.ris.jsonl").mkdir(parents=True)
    (result,) = converted([source], tmp_path / "out")
    assert result.error is not None
    assert "directory" in result.error


def test_anything_with_submit_is_an_executor(files: list[Path], tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        results = converted(files, tmp_path / "out", executor=pool, compress="gz")
    assert [result.records for result in results] == [2, 1, 0, 1, 1]
    assert refcite.load(tmp_path / "out" / "e.ris.jsonl.gz").ids == ("Four",)


def test_an_executor_that_accepts_no_more_files_costs_only_these(
    files: list[Path], tmp_path: Path
) -> None:
    pool = ThreadPoolExecutor(1)
    results = refcite.map_files(files, tmp_path / "out", to="ris", executor=pool)
    pool.shutdown()
    found = results.in_order()
    assert len(found) == len(files)
    assert all("does not accept" in str(one.error) for one in found)


# Processes


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="finds the process in /proc")
def test_a_killed_process_affects_only_its_file(files: list[Path], tmp_path: Path) -> None:
    """A pipe that is read blocks the conversion until the process is killed."""
    pipe = tmp_path / "pipe.ris"
    os.mkfifo(pipe)
    conversions = [
        Conversion(input=str(path), output=str(tmp_path / path.name) + ".jsonl", to="csl-jsonl")
        for path in (pipe, *files)
    ]
    results = in_processes(enumerate(conversions), 2)
    found = [next(results) for _ in files]
    assert sorted(number for number, _ in found) == [1, 2, 3, 4, 5]
    assert sum(result.records for _, result in found) == 5
    with ThreadPoolExecutor(1) as killer:
        killer.submit(_kill_readers_of, pipe, 2)
        ((number, result),) = results
    assert number == 0
    assert result.error is not None
    assert "killed 2 times" in result.error


def _kill_readers_of(pipe: Path, count: int) -> None:
    """Kill so many processes, each when it has opened a pipe for reading."""
    for _ in range(count):
        with pipe.open("wb"):  # it waits for a reader
            until(lambda: bool(_readers_of(pipe)), "a reader of the pipe")
            for process in _readers_of(pipe):
                os.kill(process, signal.SIGKILL)
            # A killed process still has the pipe open for a moment, and is not the next reader.
            until(lambda: not _readers_of(pipe), "the end of the process")


def _readers_of(pipe: Path) -> list[int]:
    """Return the other processes that have opened a pipe."""
    others = (one for one in Path("/proc").glob("[0-9]*") if int(one.name) != os.getpid())
    return [int(one.name) for one in others if str(pipe) in _opened_by(one)]


def _opened_by(process: Path) -> Iterator[str]:
    try:
        for link in (process / "fd").iterdir():
            yield str(link.readlink())
    except OSError:
        return


# The command


def test_the_command_prints_a_line_for_each_file(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = ["convert", "--to", "csl-jsonl", "--out-dir", str(out), str(files[0])]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{files[0]} -> {out / 'a.ris.jsonl'}: 2 records, 0 problems, ")
    done = CliRunner().invoke(app, call)
    assert done.stdout.endswith("unchanged\n")
    done = CliRunner().invoke(app, [*call[:-1], str(files[2])])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{files[2]}: not converted: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.ris", "--out-dir", "out"], "needs --to"),
        (["-", "--to", "ris", "--out-dir", "out"], "standard input"),
    ],
)
def test_the_command_names_the_missing_option(arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(app, ["convert", *arguments])
    assert done.exit_code == 2
    assert message in done.stderr


def test_a_conversion_is_a_function_of_its_values(files: list[Path], tmp_path: Path) -> None:
    conversion = Conversion(input=str(files[0]), output=str(tmp_path / "x"), to="ris")
    result = convert_one(pickle.loads(pickle.dumps(conversion)))
    assert (result.records, result.output) == (2, str(tmp_path / "x"))
