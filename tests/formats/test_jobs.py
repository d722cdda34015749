"""Large texts that several processes convert: the result is that of one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refcite import Problem, convert
from refcite.formats import blocks, get_format, parallel
from refcite.formats.blocks import blocks_in
from refcite.formats.parallel import HeldText, convert_blocks
from refcite.formats.worker_pool import WorkerError, Workers
from refcite.problems import FormatError
from tests.cli.test_cli import run
from tests.formats.test_bibtex_streams import BROKEN, REFERRING, SOUND
from tests.share import long_but
from tests.waiting import HANG, until

TARGETS = ("csl-jsonl", "csl-json", "ris", "bibtex")
RIS = (
    "TY  - JOUR\nAU  - Roe, Ann\nTI  - Lamps\nPY  - 2019\nER  - \n\n",
    "TY  - JOUR\nAU  - Roe, Ann\nTI  - Lamps\nPY  - 2019\nVL  - 3\nER  - \n\n",
    "TY  - BOOK\nID  - roe2019lampsa\nTI  - An id that may be made\nER  - \n",
    "TY  - BOOK\nID  - x\nTI  - One\nZZ  - an unknown tag\nER  - \n",
    "TY  - BOOK\nTI  - No end\n",
    "text between\n",
    "ER  - \n",
)
ITEMS = (
    '{"id": "a", "type": "book", "title": "Ä"}\n',
    '{"id": "a", "type": "book", "title": "B"}\n',
    '{"type": "book", "title": "no id"}\n',
    '{"id": "item-3", "type": "boook"}\n',
    '{"id": "b", "type": "book", "title": "never closed}\n',
    '{"references": [{"id": "c"}], "title": "T"}\n',
    "[1, 2]\n",
    "\n",
)
TEXTS: dict[str, st.SearchStrategy[str]] = {
    "ris": st.lists(st.sampled_from(RIS), min_size=2, max_size=30).map("".join),
    "csl-jsonl": st.lists(st.sampled_from(ITEMS), min_size=2, max_size=30).map("".join),
    "bibtex": st.lists(
        st.sampled_from((*SOUND * 4, *REFERRING * 4, *BROKEN)), min_size=5, max_size=40
    ).map("".join),
}


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process convert the blocks, so that hundreds of texts can be tried."""

    def alone(jobs: int) -> Workers:
        assert jobs > 1
        return Workers(1)

    monkeypatch.setattr(parallel, "Workers", alone)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("source", TEXTS)
def test_blocks_are_converted_as_the_whole(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    divided = 0

    @settings(deadline=None)
    @given(
        TEXTS[source],
        st.sampled_from([target for target in TARGETS if target != source or source != "bibtex"]),
        st.sampled_from((60, 200, 900)),
        st.sampled_from(("\n", "\r\n")),
    )
    def check(text: str, target: str, size: int, line_end: str) -> None:
        nonlocal divided
        monkeypatch.setattr(blocks, "BLOCK", size)
        text = text.replace("\n", line_end)
        held = HeldText(text.encode())
        divided += parallel.can_divide(held, get_format(source), get_format(target), {})
        found: list[tuple[str, list[Problem]]] = []
        for jobs in (1, 2):
            problems: list[Problem] = []
            written = convert(text, to=target, format=source, problems=problems, jobs=jobs)
            found.append((written, problems))
        assert found[0] == found[1]

    check()
    assert divided > 10


def large(source: str, count: int, title: str = "T") -> str:
    if source == "ris":
        return "".join(RIS[n % 4].replace("Lamps", f"Lamps {n} {title}") for n in range(count))
    if source == "csl-jsonl":
        return "".join(
            json.dumps({"id": f"k{n % 99}", "type": "book", "title": f"{title} {n}"}) + "\n"
            for n in range(count)
        )
    return "".join(
        f"@book{{p{n}, title = {{P {n}}}, publisher = m # {{ & Sons}}, crossref = {{p{n + 45}}}}}\n"
        if n % 9 == 0
        else f"@inbook{{k{n}, title = {{{title} {n}}}, crossref = {{p{n + 9 - n % 9}}}}}\n"
        if n % 50
        else f"@string{{m = {{House {n}}}}}\n@misc{{p9, title = {{Twice}}, month = foo}}\n"
        for n in range(1, count)
    )


@pytest.mark.parametrize("source", TEXTS)
@pytest.mark.parametrize("target", ["csl-json", "ris"])
def test_two_processes_write_what_one_writes(
    source: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 2_000)
    text = large(source, 400)
    found = []
    for jobs in (1, 2, 3):
        problems: list[Problem] = []
        written = convert(text, to=target, format=source, problems=problems, jobs=jobs)
        found.append((written, problems))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("source", "target"),
    long_but(
        ("bibtex", "jsonl").__eq__,
        [("bibtex", "jsonl"), ("ris", "bib"), ("csl-jsonl", "ris"), ("ris", "json")],
    ),
)
def test_the_command_line_writes_what_one_process_writes(
    source: str, target: str, tmp_path: Path
) -> None:
    path = tmp_path / f"in.{'bib' if source == 'bibtex' else source.removeprefix('csl-')}"
    path.write_text(large(source, 12_000, "x" * 800), encoding="utf-8")
    assert path.stat().st_size > 1 << 22
    found = []
    for jobs in (1, 2):
        out = tmp_path / f"out.{target}"
        done = run("convert", path, "-o", out, "--jobs", str(jobs))
        found.append((done.returncode, done.stderr, out.read_bytes()))
    assert found[0] == found[1]


def test_a_long_entry_is_one_block() -> None:
    entry = f"TY  - BOOK\nTI  - {'x' * 1000}\nER  - \n"
    found = list(blocks_in([entry.encode() * 3], get_format("ris"), 100))
    assert b"".join(block.data for block in found) == entry.encode() * 3
    assert [block.line for block in found] == [3 * number for number in range(len(found))]
    assert len(found) >= 2


# Errors


def pieces_of(text: str, jobs: int = 2) -> Iterator[Any]:
    ris, lines = get_format("ris"), get_format("csl-jsonl")
    return convert_blocks(HeldText(text.encode()), ris, lines, {}, {}, jobs=jobs)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Return the list of the processes that will be started."""
    processes: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def noted(*given: Any, **named: Any) -> subprocess.Popen[bytes]:
        processes.append(start(*given, **named))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr(blocks, "BLOCK", 2_000)
    return processes


def test_a_process_that_is_killed_is_reported(started: list[subprocess.Popen[bytes]]) -> None:
    pieces = pieces_of(large("ris", 4_000))
    next(pieces)
    started[0].kill()
    with pytest.raises(WorkerError, match=r"has ended .* use fewer jobs"):
        list(pieces)
    assert all(process.poll() is not None for process in started)


def test_processes_end_if_the_result_is_not_used(started: list[subprocess.Popen[bytes]]) -> None:
    pieces = pieces_of(large("ris", 4_000))
    next(pieces)
    assert len(started) == 2
    pieces.close()  # type: ignore[attr-defined]  # it is a generator
    assert all(process.poll() is not None for process in started)


def test_both_passes_over_bibtex_use_the_same_processes(
    started: list[subprocess.Popen[bytes]],
) -> None:
    convert(large("bibtex", 400), to="ris", format="bibtex", jobs=2)
    assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_an_error_of_the_writer_is_raised_as_with_one_process(
    started: list[subprocess.Popen[bytes]],
) -> None:
    text = large("csl-jsonl", 400)
    for jobs in (1, 2):
        with pytest.raises(FormatError, match="no dialect 'x'"):
            convert(text, to="bibtex", format="csl-jsonl", dialect="x", jobs=jobs)  # type: ignore[arg-type]
    assert all(process.poll() is not None for process in started)


def test_a_program_that_cannot_be_started_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 2_000)
    monkeypatch.setattr(sys, "executable", "/no/python")
    with pytest.raises(WorkerError, match="cannot be started"):
        list(pieces_of(large("ris", 400)))


@pytest.mark.parametrize("jobs", [0, -1, "2", None])
def test_a_wrong_number_of_jobs_is_rejected(jobs: Any) -> None:
    with pytest.raises(FormatError, match="at least 1"):
        convert("", to="ris", format="ris", jobs=jobs)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent to a process")
def test_an_interruption_ends_all_processes_and_leaves_the_file(tmp_path: Path) -> None:
    source, target = tmp_path / "in.ris", tmp_path / "out.jsonl"
    source.write_text(large("ris", 200) * 2_000, encoding="utf-8")
    target.write_text("before", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "refcite", "convert", source, "-o", target, "--jobs", "2"],
        stderr=subprocess.PIPE,
    )
    # The temporary file is created when the first block has been converted.
    until(lambda: any(tmp_path.glob(".out.jsonl*.part")), "the temporary file")
    workers = children_of(process.pid)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=HANG)
    assert process.returncode not in (0, None)
    assert target.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.ris", "out.jsonl"]
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def children_of(process: int) -> list[str]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    return listed.read_text(encoding="ascii").split() if listed.exists() else []
