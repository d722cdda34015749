"""Text case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.csl.style.attributes import TextCase
from refcite.csl.text.text_case import change_case, change_case_of_parts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the art of computer programming", "The Art of Computer Programming"),
        ("what is it made of", "What Is It Made Of"),
        ("war and peace: an appraisal", "War and Peace: An Appraisal"),
        ("who is there? a study", "Who Is There? A Study"),
        ("the two-thirds rule", "The Two-Thirds Rule"),
        ("an in-house method of out-of-date design", "An In-House Method of Out-of-Date Design"),
        ("on the UN and iPhones", "On the UN and iPhones"),
        ("THE WHOLE TITLE", "THE WHOLE TITLE"),
        ("the ‘new man’ and l’homme nouveau", "The ‘New Man’ and l’homme Nouveau"),
        ("don't stop", "Don't Stop"),
        ("cat/mouse games—in prose", "Cat/Mouse Games—in Prose"),
        ("(a) first step", "(A) First Step"),
        ("plan b", "Plan b"),
        ("strikes against a town", "Strikes against a Town"),
        ("élan vital", "Élan Vital"),
        ("", ""),
    ],
)
def test_title_case(text: str, wanted: str) -> None:
    assert change_case("title", text) == wanted


@pytest.mark.parametrize(
    ("case", "text", "wanted"),
    [
        ("sentence", "The Structure of DNA in McDonald", "The structure of DNA in McDonald"),
        ("sentence", "THE WHOLE TITLE", "The whole title"),
        ("sentence", "lower case", "Lower case"),
        ("capitalize-first", "“in press”", "“In press”"),
        ("capitalize-first", "iPhone", "iPhone"),
        ("capitalize-all", "a pen of gold", "A Pen Of Gold"),
        ("uppercase", "straße", "STRASSE"),
        ("lowercase", "ÉCOLE", "école"),
    ],
)
def test_other_cases(case: TextCase, text: str, wanted: str) -> None:
    assert change_case(case, text) == wanted


def test_protected_parts_keep_their_case_and_count_as_words() -> None:
    parts = [("in ", True), ("the growth of ", False), ("mRNA", True), (" in", False)]
    assert change_case_of_parts("title", parts) == ["in ", "the Growth of ", "mRNA", " In"]
    assert change_case_of_parts("lowercase", [("A ", False), ("NASA", True)]) == ["a ", "NASA"]


def test_a_word_goes_on_across_markup() -> None:
    assert change_case_of_parts("title", [("e", False), ("co", True), ("li cells", False)]) == [
        "E",
        "co",
        "li Cells",
    ]


def test_turkish_has_two_letters_i() -> None:
    assert change_case("title", "istanbul ışığı", "tr") == "İstanbul Işığı"


@given(st.sampled_from(["capitalize-first", "capitalize-all", "title"]), st.text())
def test_raising_letters_changes_nothing_else(case: TextCase, text: str) -> None:
    assert change_case(case, text).casefold() == text.casefold()


@given(st.text(), st.integers(0, 9))
def test_cutting_a_text_does_not_change_its_case(text: str, at: int) -> None:
    parts = [(text[:at], False), (text[at:], False)]
    assert "".join(change_case_of_parts("title", parts)) == change_case("title", text)
