"""Markup inside a field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.richtext import END, Open, Token, join, plain, tokens


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", ["plain"]),
        ("", []),
        ("<i>a</i>", [Open("i"), "a", END]),
        ("H<sub>2</sub>O", ["H", Open("sub"), "2", END, "O"]),
        ("<i>a <b>b</b></i>", [Open("i"), "a ", Open("b"), "b", END, END]),
        ('<span class="nocase">NASA</span>', [Open("nocase"), "NASA", END]),
        ('<span style="font-variant: small-caps;">a</span>', [Open("sc"), "a", END]),
        ("<sc>a</sc>", [Open("sc"), "a", END]),
    ],
)
def test_a_field_is_cut_at_its_markup(text: str, wanted: list[Token]) -> None:
    assert tokens(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["5 < 6", "a <i> b", "a </i> b", "<em>a</em>", '<span lang="de">ja</span>', "<i", "<spanner>"],
)
def test_what_is_no_markup_is_text(text: str) -> None:
    assert tokens(text) == [text]
    assert plain(text) == text


def test_a_tag_that_crosses_a_span_is_text() -> None:
    assert tokens("<b>a<i>b</b>c</i>") == [Open("b"), "a<i>b", END, "c</i>"]


def test_an_unknown_span_does_not_take_the_end_of_a_known_one() -> None:
    text = '<span class="nocase">a <span lang="de">b</span> c</span>'
    assert tokens(text) == [Open("nocase"), 'a <span lang="de">b</span> c', END]


PIECES = st.sampled_from(
    ["<i>", "</i>", "<b>", "</b>", "<sc>", "</sc>", "a", "<", '<span class="nocase">', "</span>"]
)


@given(st.lists(PIECES).map("".join))
def test_every_span_that_opens_ends(text: str) -> None:
    depth = 0
    for part in tokens(text):
        depth += isinstance(part, Open) - (part is END)
        assert depth >= 0
    assert depth == 0


@given(st.lists(PIECES).map("".join))
def test_no_text_is_lost(text: str) -> None:
    spellings = {'<span style="font-variant:small-caps;">': "<sc>", "</span>": "</sc>"}
    written, same = join(tokens(text)), text
    for long, short in spellings.items():
        written, same = written.replace(long, short), same.replace(long, short)
    assert written == same
