"""The options of `refcite convert` that are options of readers and writers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from refcite.formats import get_format
from tests.cli.test_cli import run

ITEM = (
    '[{"id": "k", "type": "book", "title": "Ångström & Co", "note": "original-date: 1925",'
    ' "author": [{"family": "Müller"}], "issued": {"date-parts": [[2017]]}}]'
)
BIB = "% Ours\n@Book{one,\n title = {Été}, year=2001}\n\n@book{two, crossref = {one}}\n"


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["--key-pattern", "{author:lower}{year:2}"], "@book{muller17,\n"),
        (["--ascii"], r"{\AA}ngstr{\"o}m \& Co"),
        (["--unicode"], r"Ångström \& Co"),
        (["--layout", "plain"], "\n  year = {2017},\n"),
        (["--layout", "aligned"], "\n  year   = {2017},\n"),
        (["--layout", "compact"], "@book{k, author = {Müller}, title = "),
        (["--note-fields"], "origdate = {1925},"),
        (["-O", "compact=yes", "--option", "ascii=true"], '@book{k, author = {M{\\"u}ller}'),
        (["-O", "key-pattern={title}"], "@book{Angstrom,"),
        (["-O", "note_fields=yes"], "origdate = {1925},"),
    ],
)
def test_options_reach_reader_and_writer(options: list[str], written: str) -> None:
    done = run("convert", "-", "-f", "csl-json", "-t", "bibtex", *options, stdin=ITEM)
    assert (done.stderr, done.returncode) == ("", 0)
    assert written in done.stdout


def test_json_is_indented_as_asked() -> None:
    done = run("convert", "-", "-t", "csl-json", "--indent", "2", stdin=ITEM)
    assert done.stdout.startswith('[\n  {\n    "id": "k",\n')


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-t", "ris", "--layout", "compact"], "the format 'ris' has no option 'compact' to write"),
        (["-t", "bibtex", "--indent", "2"], "the format 'bibtex' has no option 'indent' to write"),
        (["-t", "bibtex", "-O", "compakt=yes"], "the format 'csl-json' has no option 'compakt'"),
        (
            ["-t", "bibtex", "-O", "compact=maybe"],
            "--option compact has the value 'maybe'; use yes or no",
        ),
        (
            ["-t", "csl-json", "-O", "indent=x"],
            "--option indent has the value 'x'; use a whole number",
        ),
        (["-t", "bibtex", "-O", "compact"], "write --option NAME=VALUE"),
        (["-t", "bibtex", "--key-pattern", "{autor}"], "a key pattern has no field 'autor'"),
    ],
)
def test_an_option_that_there_is_not_is_a_wrong_use(
    options: list[str], said: str, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    done = run("convert", "-", "-f", "csl-json", "-o", target, *options, stdin=ITEM)
    assert done.returncode == 2
    assert said in done.stderr
    assert not target.exists()


def test_bibtex_stays_as_it_was_unless_a_layout_is_asked_for() -> None:
    assert run("convert", "-", "-t", "bibtex", stdin=BIB).stdout == BIB
    done = run("convert", "-", "-t", "bibtex", "--layout", "compact", stdin=BIB)
    assert done.stdout == (
        "% Ours\n@book{one, title = {Été}, year = {2001}}\n\n"
        "@book{two, title = {Été}, year = {2001}, crossref = {one}}\n"
    )


def test_columns_of_a_table_are_named_with_commas(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("@book{a, title = {One}, publisher = {P}}", encoding="utf-8")
    done = run("convert", file, "--to", "csv", "-O", "columns=id,type,title")
    assert done.stdout == "id,type,title\na,book,One\n"
    assert "cannot hold publisher" in done.stderr
    assert run("convert", file, "--to", "csv", "-O", "columns=id,titel").returncode == 2


def test_a_format_shows_its_options_with_what_they_mean() -> None:
    shown = run("formats", "csv").stdout
    table = shown[shown.index("option ") :].splitlines()[1:]
    rows = [re.split(r" {2,}", line, maxsplit=3) for line in table]
    assert {(row[0], row[1]) for row in rows} == {
        (option, name)
        for name in ("read", "write")
        for option in get_format("csv").options_of(name)
    }
    assert all(row[2] and row[3].endswith(".") for row in rows)
