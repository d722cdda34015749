"""Text case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.csl.style.attributes import TextCase
from refcite.csl.text.text_case import change_case, change_case_of_parts
from refcite.dates import Date
from refcite.names import Name
from tests.csl.small import book, cluster, engine_for, style_xml


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
        ("α-synuclein and β-cells: γ-rays", "α-Synuclein and β-Cells: γ-Rays"),
        ("a t-test of x-ray e-mail", "A t-Test of x-Ray e-Mail"),
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
        ("capitalize-first", "β-blocker use", "β-blocker use"),
        ("capitalize-first", "η τέχνη", "Η τέχνη"),
        ("sentence", "β-Blocker Use of TGF-β", "β-blocker use of TGF-β"),
        ("capitalize-all", "the α-helical cell", "The α-Helical Cell"),
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


def test_a_letter_before_a_subscript_keeps_its_case() -> None:
    parts = [("values of p", False), ("t", True), (" and ", False), ("carbon", False), ("2", True)]
    assert "".join(change_case_of_parts("title", parts)) == "Values of pt and Carbon2"


def test_a_greek_letter_before_a_hyphen_is_a_word_in_greek() -> None:
    assert change_case("capitalize-first", "ω-ύλη", "el") == "Ω-ύλη"


def test_turkish_has_two_letters_i() -> None:
    assert change_case("title", "istanbul ışığı", "tr") == "İstanbul Işığı"


def test_a_greek_capital_keeps_its_accent_at_the_start_of_a_word() -> None:
    assert change_case("capitalize-first", "ένα βιβλίο", "el") == "Ένα βιβλίο"
    assert change_case("uppercase", "ένα βιβλίο", "el") == "ΕΝΑ ΒΙΒΛΙΟ"


TITLE = '<text variable="title" text-case="title"/>'


@pytest.mark.parametrize(
    ("language", "locale", "wanted"),
    [
        (None, None, "The End of an Era"),
        (None, "en-GB", "The End of an Era"),
        (None, "de-DE", "the end of an era"),
        ("en", "de-DE", "The End of an Era"),
        ("fr", None, "the end of an era"),
    ],
)
def test_title_case_is_for_english_by_the_item_or_else_by_the_locale(
    language: str | None, locale: str | None, wanted: str
) -> None:
    work = book("a", title="the end of an era").replace(language=language)
    engine = engine_for(style_xml(TITLE), work, locale=locale)
    assert engine.cite(cluster("a")) == wanted


def test_terms_have_the_case_of_the_locale_whatever_the_item_is_in() -> None:
    layout = """<group delimiter=" ">
        <names variable="editor">
            <label form="short" text-case="title" prefix="(" suffix=")"/>
        </names>
        <text term="accessed" text-case="title"/>
        <text value="new words" text-case="title"/>
        <date variable="issued"><date-part name="month" text-case="uppercase"/></date>
        <text variable="title" text-case="uppercase"/>
    </group>"""
    work = book("a", title="iki").replace(
        language="tr", editor=(Name.parse("Yıldız, Ali"),), issued=Date.of(2001, 4)
    )
    engine = engine_for(style_xml(layout), work)
    assert engine.cite(cluster("a")) == "Ali Yıldız(Ed.) Accessed New Words APRIL İKİ"


@given(st.sampled_from(["capitalize-first", "capitalize-all", "title"]), st.text())
def test_raising_letters_changes_nothing_else(case: TextCase, text: str) -> None:
    assert change_case(case, text).casefold() == text.casefold()


@given(st.text(), st.integers(0, 9))
def test_cutting_a_text_does_not_change_its_case(text: str, at: int) -> None:
    parts = [(text[:at], False), (text[at:], False)]
    assert "".join(change_case_of_parts("title", parts)) == change_case("title", text)
