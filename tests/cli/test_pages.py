"""Web pages on the command line, as a user has them: saved files and pipes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from refcite import Date
from tests.cli.test_cli import run
from tests.shared import ROOT

PAGES = ROOT / "tests" / "formats" / "pages"


def item(*arguments: str | Path, stdin: bytes = b"") -> dict[str, Any]:
    done = run("convert", *arguments, "-t", "csl-json", stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    (found,) = json.loads(done.stdout)
    return dict(found)


def test_a_saved_page_becomes_an_entry() -> None:
    done = run("convert", PAGES / "newspaper.html", "-t", "biblatex", "--accessed", "2021-03-05")
    assert (done.returncode, done.stderr) == (0, "")
    assert "urldate" in done.stdout
    assert "2021-03-05" in done.stdout
    assert "title           = {Aral Sea village waits for water – and for news}" in done.stdout


def test_the_day_of_access_is_today_or_none() -> None:
    today = Date.today()
    parts = [today.year, today.month, today.day]
    assert item(PAGES / "blog.html")["accessed"]["date-parts"] == [parts]
    assert "accessed" not in item(PAGES / "blog.html", "--accessed", "none")


def test_a_page_comes_through_a_pipe_with_its_address() -> None:
    text = (PAGES / "law.html").read_bytes()
    found = item("-", "--url", "https://laws.example/act/2014/21", stdin=text)
    assert (found["type"], found["URL"]) == ("legislation", "https://laws.example/act/2014/21")


def test_a_wrong_day_or_address_is_a_wrong_use() -> None:
    for option, value in (("--accessed", "yesterday"), ("--url", "nonsense")):
        done = run("convert", PAGES / "blog.html", "-t", "ris", option, value)
        assert (done.returncode, done.stdout) == (2, "")
        assert option.strip("-") in done.stderr


def test_a_page_is_cited_at_once() -> None:
    done = run("cite", PAGES / "rferl.html", "--accessed", "2021-05-07")
    assert done.stdout == (
        "Radio Free Europe/Radio Liberty, Well Poisoned In Mountain Village, 6 May 2021,"
        " available at: https://www.rferl.org/a/well-poisoned-village/31234567.html"
        " [accessed 7 May 2021]\n"
    )
