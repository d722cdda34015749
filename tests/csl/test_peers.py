"""The comparison with citeproc-js and pandoc: its texts, its signs, its list."""

from __future__ import annotations

import pytest

from tests.csl.peers.comparison import STYLES, compare, listed_deviations, peers_figures
from tests.csl.peers.engines import missing_programs
from tests.csl.peers.plain_text import text_of_html, text_of_nodes
from tests.csl.peers.signs import orphaned_signs


@pytest.mark.parametrize(
    "text",
    [
        "2020. . Example",
        "Night sky?. Leiden",
        "vol. 2 , Leiden",
        "Leiden,, 2020",
        "Leiden, . 2020",
        "2011; : 12–17",
        "In: : Leiden",
        "Title .",
        "“Title.”. In",
        "Title (, 2020)",
        "Title ()",
        "Title (2020 )",
        ". Leiden",
    ],
)
def test_orphaned_signs_are_found(text: str) -> None:
    assert orphaned_signs(text, {})


@pytest.mark.parametrize(
    "text",
    [
        "2nd ed., Leiden: Example, 2020.",
        "Who?, in Leiden",
        "Yes … no. Well ... perhaps . . . maybe",
        "Leiden : Example ; Example",
        "A. B. C., and .NET",
        "[w:] Leiden",
        "1998;",
    ],
)
def test_other_signs_are_not_orphaned(text: str) -> None:
    assert orphaned_signs(text, {}) == []


def test_signs_of_the_item_are_not_orphaned() -> None:
    assert orphaned_signs("Well , no. Leiden", {"title": "Well <i>, no</i>"}) == []


def test_blocks_of_both_kinds_are_the_same_text() -> None:
    html = '<div class="csl-left-margin">1.</div><div class="csl-right-inline">A<i>b</i></div>'
    number = {"t": "Span", "c": [["", ["csl-left-margin"], []], [{"t": "Str", "c": "1."}]]}
    emphasis = {"t": "Emph", "c": [{"t": "Str", "c": "b"}]}
    rest = {
        "t": "Span",
        "c": [["", ["csl-right-inline"], []], [{"t": "Str", "c": "A"}, emphasis]],
    }
    assert text_of_html(html) == text_of_nodes([number, rest]) == "1. Ab"


def test_each_listed_deviation_is_in_a_style_that_is_compared() -> None:
    assert {place.split(" ")[0] for place in listed_deviations()} <= set(STYLES)
    assert len(STYLES) == len(set(STYLES)) == 60


def test_three_processors_print_the_same_book() -> None:
    if missing := missing_programs():
        pytest.skip("; ".join(missing))
    author = {"family": "Stone", "given": "Eleanor"}
    book = {"id": "a", "type": "book", "title": "Bridges", "author": [author]}
    comparison = compare([book], ["apa", "chicago-notes-bibliography"])
    assert len(comparison.places) == 6
    assert not comparison.differences
    assert not comparison.omitted
    assert "| 6 of 6 (100.0%) | 6 | 6 |" in "\n".join(peers_figures(comparison))
