"""References taken from where they live, as a user takes them."""

from __future__ import annotations

from pathlib import Path

import pytest

import refcite
from tests.cli.test_cli import ROOT, run

PAGE = """<!doctype html>
<html lang="en">
<head>
  <title>Harbour lamps go electric | The Lantern</title>
  <link rel="canonical" href="https://lantern.example/2021/03/harbour-lamps">
  <meta property="og:site_name" content="The Lantern">
  <meta property="og:type" content="article">
  <meta property="article:published_time" content="2021-03-05T08:00:00Z">
  <meta name="author" content="By Ada Quist">
</head>
<body><h1>Harbour lamps go electric</h1></body>
</html>
"""
CFF = """cff-version: 1.2.0
message: Please cite both.
title: Tidewatch
version: 2.1.0
authors:
  - family-names: Roe
    given-names: Ann
  - name: Harbour Office
preferred-citation:
  type: article
  title: "Tidewatch: how water moves"
  authors:
    - family-names: Roe
      given-names: Ann
  journal: Journal of Water
  year: 2022
  volume: 3
  start: 10
  end: 19
  doi: 10.5555/tide
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(CFF, encoding="utf-8")
    return tmp_path


def test_a_page_becomes_a_template_of_wikipedia(folder: Path) -> None:
    done = run("convert", folder / "page.html", "-t", "wikipedia", "--accessed", "2021-04-01")
    assert (done.stderr, done.returncode) == ("", 0)
    template = done.stdout.strip()
    assert template.startswith("{{cite ")
    assert template.endswith("}}")
    assert set(template.removesuffix("}}").split(" |")[1:]) >= {
        "last=Quist",
        "first=Ada",
        "date=5 March 2021",
        "title=Harbour lamps go electric",
        "url=https://lantern.example/2021/03/harbour-lamps",
        "access-date=1 April 2021",
    }


def test_a_citation_file_becomes_bibtex_with_keys(folder: Path) -> None:
    done = run("convert", folder / "CITATION.cff", "-t", "bibtex")
    assert (done.stderr, done.returncode) == ("", 0)
    library = refcite.loads(done.stdout, "bibtex")
    assert library.ids == ("roe2022tidewatch", "roetidewatch")
    assert [record.type for record in library] == ["article-journal", "software"]
    assert "  pages   = {10--19},\n" in done.stdout
    again = run("convert", "-", "-f", "bibtex", "-t", "cff", stdin=done.stdout)
    assert "citation key" not in again.stdout
    assert refcite.loads(again.stdout, "cff").ids == library.ids


def test_a_library_becomes_hayagriva_and_comes_back(folder: Path) -> None:
    path = folder / "refs.yaml"
    done = run("convert", ROOT / "examples" / "refs.bib", "-t", "hayagriva", "-o", path)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert path.read_text(encoding="utf-8").startswith("hathaway2014:\n  type: book\n")
    back = run("convert", path, "-t", "csl-jsonl")
    assert (done.stderr, done.returncode) == ("", 0)
    found = refcite.loads(back.stdout, "csl-jsonl")
    assert found.ids == refcite.load(ROOT / "examples" / "refs.bib").ids
    assert found["zetter2014"].container_title == "Refugee Protection and the Role of Law"
