"""Repairs of BibTeX files: what is repaired, what is left alone, and that nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refcite.formats.bibtex import fix, read
from tests.shared import shared_or_none

GOOD = "@book{good, title={Good} , YEAR = 2001}"


@pytest.mark.parametrize(
    ("broken", "fixed", "code"),
    [
        ("@book{k, title={T} year=1}", "@book{k, title={T}, year=1}", "missing-comma"),
        ("@book{k, title={T}\n  year=1\n}", "@book{k, title={T},\n  year=1\n}", "missing-comma"),
        ("@book{k title={T}}", "@book{k, title={T}}", "missing-comma"),
        ("@book{k, title={T}, year=1", "@book{k, title={T}, year=1\n}", "unclosed-entry"),
        ("@book(k, title={T}, year=1", "@book(k, title={T}, year=1\n)", "unclosed-entry"),
        ("@book{k, note={N}}, title={T}}", "@book{k, note={N}, title={T}}", "extra-brace"),
        (
            "@book{k, doi={https://doi.org/10.1000/x}}",
            "@book{k, doi={10.1000/x}}",
            "doi-address",
        ),
        ('@book{k, DOI = "doi: 10.1000/x"}', '@book{k, DOI = "10.1000/x"}', "doi-address"),
        ("@book{k, pages={1-10}}", "@book{k, pages={1--10}}", "single-hyphen"),
    ],
)
def test_what_is_safe_is_repaired(broken: str, fixed: str, code: str) -> None:
    text = f"% note\n{GOOD}\n\n{broken}\n\n{GOOD.replace('good', 'last')}\n"
    new, repaired = fix(text)
    assert new == text.replace(broken, fixed)
    assert [(problem.code, problem.severity.value) for problem in repaired] == [(code, "info")]
    assert list(read(new)) == list(read(text))
    assert not read(new).has_errors
    assert fix(new) == (new, [])


@pytest.mark.parametrize(
    "text",
    [
        "@book{k, title={Un{closed, year=1}",
        '@book{k, title="Unclosed, year=1}',
        "@book{k, title={One}, title={Two}}",
        "@book{, title={No key}}",
        "@book{k, title={T}, what is this, year=1}",
        "@book{k, title = , year=1}",
        "@book{k, abstract={write doi={https://doi.org/10.1000/x} or pages={1-2}}}",
        "@book{k, pages={1-1--1-23}}",
        "@book{k, pages={A1-A5}}",
        "@book{k, doi={https://doi.org/10.1000%2Fx}}",
        "@comment{k, doi={https://doi.org/10.1000/x}}",
        "no entries at all",
        "",
    ],
)
def test_what_needs_a_person_is_left_alone(text: str) -> None:
    assert fix(text) == (text, [])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_the_byte_order_mark_stay(newline: str) -> None:
    text = "\ufeff% a\n\n@book{k,\n title={T}\n year=1,\n pages={1-2}\n}\n@book{l, title={T}\n"
    want = "\ufeff% a\n\n@book{k,\n title={T},\n year=1,\n pages={1--2}\n}\n@book{l, title={T}\n}\n"
    new, repaired = fix(text.replace("\n", newline))
    assert new == want.replace("\n", newline)
    assert [(problem.code, problem.line) for problem in repaired] == [
        ("missing-comma", 4),
        ("single-hyphen", 6),
        ("unclosed-entry", 8),
    ]


PIECES = st.sampled_from(
    [
        *"@{}()\"',=#\\\n\r %~-",
        *("@book{k,", "\n@misc{m,", "@comment{", "},\n", "}\n", " title = {T}", ' note = "N"'),
        *(" doi = {doi:10.1/x}", " pages = {1-2}", " year = 2001,", "crossref = {k},"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_a_repair_never_changes_what_a_file_says(text: str) -> None:
    new, repaired = fix(text)
    assert (new != text) == bool(repaired)
    assert list(read(new)) == list(read(text))


def _files() -> list[Path]:
    base = shared_or_none("corpora")
    return sorted(base.glob("*/*.bib")) if base else []


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
def test_files_that_people_wrote_say_the_same_after_a_repair(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="replace")
    new, repaired = fix(text)
    assert list(read(new)) == list(read(text))
    before, after = len(read(text).problems), len(read(new).problems)
    assert before - after == len(repaired)
