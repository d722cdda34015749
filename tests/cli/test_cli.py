"""The command line, as a user runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from refcite.cli.app import app
from tests.cli.terminal import on_a_terminal
from tests.waiting import HANG

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "examples" / "refworld-page.txt"
CITE_AS = (
    "Radio Free Europe/Radio Liberty, Russia, Turkey conduct first joint air strikes against IS in"
    " Syria, 18 January 2017, available at: https://www.refworld.org/docid/5975a46610.html"
    " [accessed 6 June 2023]"
)
KNUTH = '[{"id": "knuth", "type": "book", "title": "TAOCP", "author": [{"family": "Knuth"}]}]'
TWO_ENTRIES_ONE_BROKEN = '{"id": "a", "type": "book", "title": "One"}\n{"id": "b",\n'


def run(
    *arguments: str | Path,
    stdin: str | bytes = "",
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `refcite` as the shell would; nothing may ever print a traceback.

    The limit of time is no measure of speed: it keeps the tests from waiting for what hangs.
    """
    done = subprocess.run(
        [sys.executable, "-m", "refcite", *map(str, arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        timeout=HANG,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def test_cite_prints_the_string_and_nothing_else() -> None:
    done = run("cite", PAGE)
    assert (done.stdout, done.stderr, done.returncode) == (f"{CITE_AS}\n", "", 0)


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_the_access_date_of_a_page_is_set(ending: str) -> None:
    page = PAGE.with_suffix(f".{ending}")
    assert run("cite", page, "--accessed", "2024-01-01").stdout == (
        CITE_AS.replace("6 June 2023", "1 January 2024") + "\n"
    )
    assert run("cite", page, "--accessed", "none").stdout == CITE_AS.partition(" [")[0] + "\n"


def test_cite_reads_standard_input_in_another_style_locale_and_output() -> None:
    done = run("cite", "-", "--style", "apa", "--locale", "fr-FR", "-o", "html", stdin=KNUTH)
    assert done.stdout == (
        '<div class="csl-bib-body">\n'
        '  <div class="csl-entry">Knuth. (s.\u00a0d.). <i>TAOCP</i>.</div>\n'
        "</div>\n"
    )
    assert done.returncode == 0


AMBIGUOUS = """
@book{a, author={Doe, Jane}, title={Alpha}, year=2001, publisher={P}}
@book{b, author={Doe, John}, title={Beta}, year=2001, publisher={P}}
@book{c, author={Doe, Jane}, title={Gamma}, year=2001, publisher={P}}
"""


def test_cite_tells_works_apart_in_a_style_without_a_bibliography() -> None:
    style = "review-of-international-studies"
    done = run("cite", "-", "-f", "bibtex", "--style", style, stdin=AMBIGUOUS)
    assert done.stdout.splitlines() == [
        "Jane Doe, Alpha (P, 2001a).",
        "John Doe, Beta (P, 2001).",
        "Jane Doe, Gamma (P, 2001b).",
    ]


def test_cite_says_which_work_a_note_style_prints_nothing_of() -> None:
    done = run("cite", "-", "--style", "bluebook-law-review", stdin='[{"id": "bare"}]')
    assert done.stdout == ""
    assert "[empty-entry]" in done.stderr


def test_convert_writes_the_format_that_is_named_or_that_the_ending_tells(tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    assert run("convert", "-", "-o", target, stdin=KNUTH).returncode == 0
    assert "@book{knuth," in target.read_text(encoding="utf-8")
    back = run("convert", target, "-t", "csl-json")
    assert '"title": "TAOCP"' in back.stdout
    nowhere = run("convert", "-", stdin=KNUTH)
    assert (nowhere.returncode, nowhere.stdout) == (2, "")
    assert "the format of the output is missing" in nowhere.stderr


def test_what_can_be_read_is_printed_and_the_rest_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "refs.jsonl"
    path.write_text(TWO_ENTRIES_ONE_BROKEN, encoding="utf-8")
    for command in ("cite {}", "convert {} -t bibtex", "check {}"):
        done = run(*command.format(path).split())
        assert done.returncode == 1
        assert f"{path}:2:" in done.stderr
        assert "error: " in done.stderr
        assert "[invalid-json]" in done.stderr
        assert "One" in done.stdout or "1 record, 1 error" in done.stdout


def test_check_counts_and_is_silent_on_what_is_right(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    author = [{"family": "Knuth", "given": "Donald"}]
    book = {"id": "k", "type": "book", "title": "The Book", "author": author, "publisher": "P"}
    path.write_text(json.dumps([{**book, "issued": {"date-parts": [[1984]]}}]), encoding="utf-8")
    done = run("check", path, path)
    assert done.stdout == f"{path}: 1 record\n" * 2
    assert (done.stderr, done.returncode) == ("", 0)


def test_an_id_in_two_files_is_reported_once(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text(KNUTH, encoding="utf-8")
    done = run("cite", tmp_path / "one.json", tmp_path / "two.json")
    assert done.stdout.count("TAOCP") == 1
    assert done.stderr.count("[equal-records]") == 1
    assert "two.json:1: info: 1 record is equal to those of other files" in done.stderr
    (tmp_path / "two.json").write_text(KNUTH.replace("TAOCP", "Another"), encoding="utf-8")
    done = run("cite", tmp_path / "one.json", tmp_path / "two.json")
    assert ("TAOCP" in done.stdout, "Another" in done.stdout) == (True, True)
    assert "two.json:1: warning: the id 'knuth' is also used in" in done.stderr


def test_an_ambiguous_date_is_settled_by_the_option() -> None:
    entry = '{"id": "a", "type": "book", "title": "T", "issued": {"raw": "01/02/2017"}}'
    assert "[ambiguous-date]" in run("cite", "-", stdin=entry).stderr
    assert run("cite", "-", "--day-first", stdin=entry).stdout == "T, 1 February 2017\n"
    assert run("cite", "-", "--month-first", stdin=entry).stdout == "T, 2 January 2017\n"


def test_styles_and_formats_are_listed() -> None:
    styles = run("styles", "chicago", "author-date", "17th")
    assert styles.stdout.startswith("chicago-author-date-17th-edition\t")
    assert run("styles", "no", "such", "words").returncode == 1
    formats = run("formats").stdout
    assert "refworld     read and write" in formats
    assert ".bib" in formats


def test_the_xml_of_a_style_is_printed_for_a_style_of_ones_own(tmp_path: Path) -> None:
    style = "din-1505-2"  # its XML has letters beyond ASCII
    printed = run("styles", "--xml", style, env={"PYTHONIOENCODING": "ascii"})
    own = tmp_path / "own.csl"
    own.write_text(printed.stdout, encoding="utf-8")
    published = run("cite", PAGE, "-s", style)
    assert run("cite", PAGE, "-s", own).stdout == published.stdout
    unknown, two = run("styles", "--xml", "oscolla"), run("styles", "--xml", "oscola", "apa")
    assert "lists them; did you mean 'oscola'" in unknown.stderr
    assert "--xml cannot be combined with words; remove the words" in two.stderr
    assert (unknown.returncode, two.returncode) == (2, 2)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(shell: str) -> None:
    assert "_REFCITE_COMPLETE" in run("completion", shell).stdout


def test_styles_are_checked_and_own_ones_are_listed(tmp_path: Path) -> None:
    style = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"><info>' + (
        "<title>House notes</title><id>house</id><updated>2026-01-01T00:00:00Z</updated></info>"
        '<citation><layout><text variable="titel"/></layout></citation></style>'
    )
    house, broken = tmp_path / "house.csl", tmp_path / "broken.csl"
    house.write_text(style, encoding="utf-8")
    broken.write_text(style.replace("variable", "macro"), encoding="utf-8")
    folder = {"REFCITE_STYLES": str(tmp_path)}
    listed = run("styles", "house", "notes", env=folder).stdout
    assert listed == "house\tHouse notes\nbroken\tHouse notes\n"
    warned = run("styles", "--check", "house", "apa", env=folder)
    assert (warned.returncode, warned.stdout) == (0, "house: 1 warning\napa: no problems\n")
    assert "house:1: warning: <text>: CSL has no variable 'titel'; did you mean" in warned.stderr
    failed = run("styles", "--check", str(broken), str(tmp_path / "none.csl"))
    assert failed.returncode == 1
    assert f"{broken}:1: error: <text>: there is no macro 'titel' [broken-style]" in failed.stderr
    assert "none.csl: error: the style cannot be read" in failed.stderr
    assert run("styles", "--check").returncode == 2
    missing = run("styles", env={"REFCITE_STYLES": str(tmp_path / "none")})
    assert missing.stderr.startswith("Error: REFCITE_STYLES: there is no folder")


def test_styles_are_completed() -> None:
    line = "refcite cite --style chicago-auth"
    done = run(env={"COMP_LINE": line, "_REFCITE_COMPLETE": "bash_complete"})
    assert "chicago-author-date" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cite", "-", "--style", "appa"], "`refcite styles` lists them; did you mean 'apa'"),
        (["cite", "-", "--locale", "xx"], "there is no CSL locale 'xx'"),
        (["cite", "-", "--from", "bibtext"], "; did you mean 'bibtex' or 'biblatex'?\n"),
        (["convert", "-", "--to", "pdf"], "there is no format 'pdf'"),
        (["convert", "-", "--output", "refs.pdf"], "the file extension '.pdf' does not identify"),
        (["cite"], "Missing argument"),
        (["cit", "-"], "No such command 'cit'"),
    ],
)
def test_wrong_use_is_status_2(arguments: list[str], message: str) -> None:
    done = run(*arguments, stdin=KNUTH)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_a_missing_file_costs_no_other_its_entries(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    path.write_text(KNUTH, encoding="utf-8")
    done = run("cite", tmp_path / "missing.bib", path)
    assert "TAOCP" in done.stdout
    assert "missing.bib: error: cannot be read: No such file or directory" in done.stderr
    assert done.returncode == 1


def test_a_broken_style_is_an_error_with_its_line(tmp_path: Path) -> None:
    style = tmp_path / "broken.csl"
    style.write_text("<style\n", encoding="utf-8")
    done = run("cite", "-", "--style", style, stdin=KNUTH)
    assert done.returncode == 1
    assert "broken.csl: not well-formed XML" in done.stderr


def test_a_closed_pipe_is_no_crash() -> None:
    command = f'"{sys.executable}" -m refcite styles | head -n 1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("refworld\t")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


CYRILLIC = KNUTH.replace("TAOCP", "“Зоя”")


@pytest.mark.parametrize(
    "command",
    [
        ("cite", "-"),
        ("cite", "-", "-o", "html"),
        ("convert", "-", "-t", "bibtex"),
        ("explain", "-", "-o", "json"),
        ("explain", "-", "-o", "html"),
        ("diff", str(ROOT / "examples" / "refs.bib"), "-", "-o", "json"),
        ("check", "Зоя.bib", "-o", "json"),
    ],
    ids=lambda command: f"{command[0]} {command[-1]}",
)
def test_a_pipe_gets_utf_8_whatever_the_system_writes_else(command: tuple[str, ...]) -> None:
    done = run(*command, stdin=CYRILLIC, env={"PYTHONIOENCODING": "cp1252"})  # as on Windows
    assert "Зоя" in done.stdout


def test_a_terminal_gets_what_it_can_show_and_escapes(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    path.write_text(CYRILLIC, encoding="utf-8")
    shown = on_a_terminal(
        "cite", path, env={"PYTHONIOENCODING": "cp1252:strict"}, encoding="cp1252"
    )
    assert "Knuth, “\\u0417\\u043e\\u044f”" in shown


def test_convert_says_which_fields_the_other_format_has_no_place_for() -> None:
    said = "title={One}, institution={UNHCR}, date={2018}, abstract={Short.}"
    reports = "".join(f"@report{{{key}, {said}}}\n" for key in "abcde")
    done = run("convert", "-", "-f", "biblatex", "-t", "refworld", stdin=reports)
    assert done.stdout == "UNHCR, One, 2018\n" * 5
    assert done.stderr == (
        "warning: refworld cannot hold abstract (a, b, c and 2 more) [not-carried]\n"
    )
    assert done.returncode == 0


def test_formats_says_what_each_cannot_carry_and_shows_its_table() -> None:
    listed = run("formats").stdout
    assert "\nris          read and write  .ris" in listed
    assert "cannot hold: author, chair," in listed.split("\nrefworld ")[1]
    table = run("formats", "ris").stdout
    assert [line.split() for line in table.splitlines() if line.startswith("DO ")] == [
        ["DO", "↔", "DOI", "all"]
    ]


def test_the_list_of_commands_has_whole_summaries() -> None:
    listed = run("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert len(listed) == len(app.commands)
    assert [line for line in listed if not re.fullmatch(r"  [a-z]+ +[A-Z][^.]+[a-z]\.", line)] == []
