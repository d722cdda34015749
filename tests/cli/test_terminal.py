"""What a person sees on a terminal, and what a pipe gets in its place."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from refcite.cli import bar as bar_module
from refcite.cli.progress import Progress
from tests.cli.terminal import on_a_terminal, without_styles
from tests.cli.test_cli import run
from tests.waiting import HANG

ENTRY = "@article{{k{0}, author = {{A and B}}, title = {{Title {0} of {{DNA}}}}, year = 2001}}\n\n"
BROKEN = "@misc{a, title = {東京\tA} year = 2001}\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(BROKEN, encoding="utf-8")
    return path


def test_a_problem_is_shown_with_its_line_and_a_mark_below_its_column(broken: Path) -> None:
    shown = on_a_terminal("check", broken, columns=200, status=1)
    place, line, mark, hint, counts = without_styles(shown).splitlines()
    assert place.endswith(
        "refs.bib:1:25: error: a comma is missing between two fields [missing-comma]"
    )
    assert line == "     1 │ @misc{a, title = {東京 A} year = 2001}"
    before = line[: line.index("year")]
    assert mark == "       │ ".ljust(cell_len(before)) + "^"
    assert hint == "  → put a comma before the second; both were read"
    assert counts == f"{broken}: 1 record, 1 error"
    assert "\x1b[1;31merror" in shown


def test_a_long_line_is_cut_around_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "long.bib"
    filler = "x" * 500
    path.write_text(f"@book{{a, title = {{{filler}}} year = {{{filler}}}}}\n", encoding="utf-8")
    shown = without_styles(on_a_terminal("check", path, columns=60, status=1)).splitlines()
    line, mark = shown[1:3]
    assert re.fullmatch(r" +1 │ …x+} year = {x+…", line)
    assert len(line) < 60
    assert line[mark.index("^") :].startswith("year")


@pytest.mark.parametrize("columns", [60, 200])
@pytest.mark.parametrize(
    "command", [("formats",), ("formats", "bibtex"), ("styles", "oscola")], ids=" ".join
)
def test_a_table_fits(command: tuple[str, ...], columns: int) -> None:
    shown = without_styles(on_a_terminal(*command, columns=columns)).splitlines()
    assert max(map(cell_len, shown)) <= columns
    assert len(shown) > 3


def test_a_table_of_styles_has_whole_ids_and_titles() -> None:
    shown = without_styles(on_a_terminal("styles", "oscola", columns=200))
    rows = [re.split(r" {2,}", line.strip()) for line in shown.splitlines()[2:]]
    piped = run("styles", "oscola").stdout.splitlines()
    assert rows == [line.split("\t") for line in piped]


HOSTILE = "\x1b]0;owned\x07\x1b[31mred"


NAME = {"family": HOSTILE, "given": "A\x9b31m"}
ITEM = {
    "id": f"k{HOSTILE}",
    "type": "book",
    "title": HOSTILE,
    "author": [NAME],
    "issued": HOSTILE,
    "x": HOSTILE,
    f"x{HOSTILE}": "\r\x9b2J",
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps([ITEM]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("cite", "-s", "apa"),
        ("cite", "-o", "html"),
        ("check",),
        ("check", "-o", "json"),
        ("explain",),
        ("explain", "-o", "html"),
        ("explain", "-o", "json"),
        ("convert", "-t", "csl-json"),
        ("convert", "-t", "bibtex"),
        ("convert", "-t", "tsv"),
    ],
    ids=" ".join,
)
def test_a_file_cannot_command_the_terminal(command: tuple[str, ...], hostile: Path) -> None:
    assert _commands(on_a_terminal(*command, hostile)) == set()


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("changed", [{}, {"id": "k"}, {"id": f"n{HOSTILE}", "title": "Other"}])
def test_differences_cannot_command_the_terminal(
    changed: dict[str, str], output: str, hostile: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    item = {**ITEM, "author": [], "DOI": "10.5555/1", "x2": HOSTILE, **changed}
    other.write_text(json.dumps([item, ITEM | {"id": HOSTILE}]), encoding="utf-8")
    for files in ((hostile, other), (other, hostile)):
        assert _commands(on_a_terminal("diff", *files, "-o", output, status=1)) == set()


def _commands(shown: str) -> set[str]:
    """Return what of the commands to a terminal is none of those with which colours are made."""
    return set(re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", re.sub(r"\x1b\[[\d;]*m", "", shown)))


def test_a_pipe_gets_every_character(hostile: Path) -> None:
    assert json.loads(run("convert", hostile, "-t", "csl-json").stdout)[0]["title"] == HOSTILE


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_differences_have_no_colours_where_they_are_not_wanted(
    env: dict[str, str], broken: Path, hostile: Path
) -> None:
    colour = r"\x1b\[[0-9;]*3[0-9]m"
    assert re.search(colour, on_a_terminal("diff", hostile, hostile.parent / "refs.bib", status=1))
    shown = on_a_terminal("diff", hostile, broken, status=1, env=env)
    assert not re.search(colour, shown)


def test_long_values_are_cut_around_their_difference(tmp_path: Path) -> None:
    filler = "lorem ipsum " * 400_000
    files = tmp_path / "a.json", tmp_path / "b.json"
    for path, word in zip(files, ("one", "two"), strict=True):
        item = {"id": "a", "type": "book", "abstract": f"{filler}{word} {filler}"}
        path.write_text(json.dumps([item]), encoding="utf-8")
    _, before, after = on_a_terminal("diff", *files, status=1).splitlines()
    for line, sign, word in ((before, "-", "one"), (after, "+", "two")):
        assert re.search(rf"    \{sign} abstract: ….*ipsum {word} lorem.*…", line)
        assert len(without_styles(line)) <= 4 * 80
    assert len(run("diff", *files).stdout) > 4 * len(filler)


def test_colours_are_left_out_where_they_are_not_wanted(broken: Path) -> None:
    shown = on_a_terminal("check", broken, status=1)
    bare = on_a_terminal("check", broken, status=1, env={"NO_COLOR": "1"})
    assert re.search(r"\x1b\[[0-9;]*3[0-9]m", shown)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", bare)
    assert without_styles(bare) == without_styles(shown)


@pytest.mark.parametrize(
    "command", [("check",), ("explain",), ("cite", "-s", "apa"), ("diff", "-")], ids=" ".join
)
def test_a_pipe_gets_plain_text(command: tuple[str, ...], broken: Path) -> None:
    done = run(*command, broken, stdin="@book{b, title = {B}}", env={"FORCE_COLOR": "1"})
    assert done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert "│" not in done.stdout + done.stderr


# Progress


@pytest.mark.long
def test_a_bar_shows_how_much_is_done_and_goes_away(tmp_path: Path) -> None:
    path = tmp_path / "long.bib"
    path.write_text("".join(map(ENTRY.format, range(120_000))), encoding="utf-8")
    shown = on_a_terminal("convert", path, "-o", tmp_path / "out.json", columns=200, delay=0)
    shares = [int(share) for share in re.findall(r"long\.bib\S* .*?(\d+)%", without_styles(shown))]
    assert len(set(shares)) > 2
    assert shares == sorted(shares)
    assert shown.endswith("\x1b[2K")  # the last that is sent wipes the bar's line


@pytest.mark.long
def test_what_is_printed_meanwhile_stands_above_the_bar(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    good = "".join(
        json.dumps({"id": f"a{n}", "type": "book", "title": f"Title {n}", "note": "x" * 900}) + "\n"
        for n in range(60_000)
    )
    path.write_text(f'{good}{{"id":\n', encoding="utf-8")
    out = tmp_path / "out.jsonl"
    shown = on_a_terminal("convert", path, "-o", out, columns=200, status=1, delay=0)
    assert re.search(r"long\.jsonl .*\d+%", without_styles(shown))
    assert re.search(r"^\S*long\.jsonl:60001:\d+: error: ", without_styles(shown), re.MULTILINE)


def test_short_work_shows_no_bar(tmp_path: Path) -> None:
    path = tmp_path / "short.bib"
    path.write_text(ENTRY.format(1), encoding="utf-8")
    assert on_a_terminal("convert", path, "-o", tmp_path / "out.json") == ""


class Terminal:
    """An output that somebody looks at, and that nothing should be written to."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("out", "err", "is_shown"), [(1, 1, True), (0, 1, False), (1, 0, False)])
def test_a_bar_shows_only_where_both_outputs_are_terminals(
    out: int, err: int, is_shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []

    class Bar:
        def __init__(self, *what: object) -> None:
            made.append(what)

        def start(self) -> None: ...

        def stop(self) -> None: ...

    monkeypatch.setattr(bar_module, "Bar", Bar)
    with monkeypatch.context() as patch:
        if out:
            patch.setattr(sys, "stdout", Terminal())
        if err:
            patch.setattr(sys, "stderr", Terminal())
        progress = Progress("a.bib", delay=0.0)
        with progress:
            progress._timer.join(HANG) if is_shown else None
    assert bool(made) is is_shown


@pytest.mark.parametrize(("closed", "status"), [(">&-", 0), ("2>&-", 0), (">&- 2>&-", 0)])
def test_an_output_that_is_closed_is_no_error(closed: str, status: int, tmp_path: Path) -> None:
    path = tmp_path / "good.bib"
    path.write_text("@misc{a, title = {A}}\n", encoding="utf-8")
    for command in ("formats", "check good.bib", "cite good.bib", "convert good.bib -t csl-json"):
        done = subprocess.run(
            ["bash", "-c", f"{shlex.quote(sys.executable)} -m refcite {command} {closed}"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            timeout=HANG,
        )
        assert (done.returncode, done.stderr) == (status, b""), command


def test_the_mark_stands_under_its_place_behind_wide_letters(tmp_path: Path) -> None:
    path = tmp_path / "wide.bib"
    path.write_text(f"@book{{a, title = {{{'東' * 90}}} year = 2001}}\n", encoding="utf-8")
    shown = without_styles(on_a_terminal("check", path, columns=70, status=1)).splitlines()
    line, mark = next((one, two) for one, two in itertools.pairwise(shown) if "1 │" in one)
    assert cell_len(line) < 70
    assert cell_len(line[: line.index("year")]) == mark.index("^")
