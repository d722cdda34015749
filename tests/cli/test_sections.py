"""Sections, highlighted names and abbreviation lists of `refcite cite`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import run

WORKS = """
@book{a, author={Roe, Ann}, title={Alpha}, year=2001, publisher={P}, keywords={law, return}}
@techreport{b, author={Doe, Jane and Roe, A.}, title={Beta}, year=2002, institution={UN}}
@jurisdiction{c, title={Gamma v. Delta}, year=2003, langid={german}}
"""
SECTIONS = """
[[section]]
heading = "Cases"
types = ["legal_case"]
[[section]]
heading = "United Nations"
values = { publisher = "UN" }
"""


def headings(out: str) -> list[str]:
    return [line.removeprefix("## ") for line in out.splitlines() if line.startswith("## ")]


def cite(*options: str | Path, status: int = 0, stdin: str = WORKS) -> tuple[str, str]:
    done = run("cite", "-", "-f", "bibtex", "-s", "apa", *options, stdin=stdin)
    assert done.returncode == status
    return done.stdout, done.stderr


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--group-by", "type"], ["Books", "Reports", "Cases"]),
        (["--group-by", "type", "--locale", "de"], ["Bücher", "Berichte", "Rechtsprechung"]),
        (["--group-by", "keyword"], ["law", "Other works"]),
        (["--group-by", "language", "--other-heading", "Rest"], ["German", "Rest"]),
    ],
)
def test_works_are_grouped(options: list[str], found: list[str]) -> None:
    out, err = cite("-o", "markdown", *options)
    assert (headings(out), err) == (found, "")


def test_a_file_defines_sections(tmp_path: Path) -> None:
    file = tmp_path / "sections.toml"
    file.write_text(SECTIONS, encoding="utf-8")
    out, err = cite("--sections", file, "--other-heading", "Secondary sources")
    assert err == ""
    assert out == (
        "Cases\n\nGamma v. Delta (2003).\n\n"
        "United Nations\n\nDoe, J., & Roe, A. (2002). Beta. UN.\n\n"
        "Secondary sources\n\nRoe, A. (2001). Alpha. P.\n"
    )
    style = "review-of-international-studies"
    out, err = cite("--sections", file, "--style", style, "-o", "markdown")
    assert headings(out) == ["Cases", "United Nations", "Other works"]


def test_an_error_in_the_file_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "sections.toml"
    file.write_text(SECTIONS.replace("legal_case", "legal-case"), encoding="utf-8")
    assert cite("--sections", file, status=1) == (
        "",
        f"Error: {file}, line 4: section 1: CSL has no type 'legal-case'; did you mean"
        " 'legal_case'?\n",
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--group-by", "type", "--sections", "x"], "cannot be combined; omit one"),
        (["--other-heading", "x"], "--other-heading needs --group-by or --sections; add one"),
        (["--group-by", "year"], "is not one of 'type', 'keyword', 'language'"),
    ],
)
def test_options_that_contradict_each_other(options: list[str], message: str) -> None:
    assert message in cite(*options, status=2)[1]


def test_names_are_highlighted_and_reported() -> None:
    out, err = cite("-o", "html", "--highlight", "Roe, Ann", "--highlight", "Jane Doe")
    assert [line for line in out.splitlines() if "<b>" in line] == [
        '  <div class="csl-entry"><b>Doe, J.</b>, &#38; <b>Roe, A.</b> (2002). <i>Beta</i>.'
        " UN.</div>",
        '  <div class="csl-entry"><b>Roe, A.</b> (2001). <i>Alpha</i>. P.</div>',
    ]
    assert err == (
        "info: the highlighted name 'Roe, Ann' agrees with 'Roe, A.' only by initials; check that"
        " this is the same person [highlighted-by-initials]\n"
    )
    assert "[unmatched-highlight]" in cite("-o", "html", "--highlight", "Poe, Edgar")[1]
    assert "highlight contains an empty text" in cite("--highlight", "", status=1)[1]


def test_plain_text_has_no_bold() -> None:
    out, err = cite("--highlight", "Jane Doe")
    assert out.startswith("Doe, J., & Roe, A. (2002).")
    assert err == (
        "info: plain text has no bold, so --highlight has no effect; choose another format, such as"
        " --output html [highlight-in-text]\n"
    )


JOURNAL = "@article{a, author={Roe, Ann}, title={Ash}, journaltitle={Journal of Ports}, year=2001}"


def test_abbreviation_lists_shorten_journals(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_text('{"default": {"container-title": {"Journal of Ports": "J. Ports"}}}')
    second.write_text('{"default": {"container-title": {"Journal of Ports": "JP"}}}')
    lists = ("--abbreviations", first, "--abbreviations", second)
    out, err = cite("-s", "ieee", *lists, stdin=JOURNAL)
    assert ("J. Ports, 2001" in out, err) == (True, "")


@pytest.mark.parametrize("text", ["[]", "{", None])
def test_a_file_that_is_no_abbreviation_list_is_an_error(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "list.json"
    if text is not None:
        file.write_text(text)
    out, err = cite("--abbreviations", file, status=1, stdin=JOURNAL)
    assert out == ""
    assert f"{file}: " in err
    assert "abbreviation list" in err
