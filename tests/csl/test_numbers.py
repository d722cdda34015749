"""Numbers, ordinals and plurals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.csl.document.cites import Cite, Cluster
from refcite.csl.render.numbers import (
    NumberForm,
    format_number,
    format_text_number,
    is_numeric,
    is_plural,
    roman,
)
from refcite.csl.style.locale import load_locale
from refcite.csl.style.ordinals import long_ordinal, ordinal
from refcite.problems import RecordValueError
from tests.csl.small import book, cluster, engine_for, style_xml


@pytest.mark.parametrize(
    "text",
    [
        *("5", "5th", "D2", "2b", "2, 3", "2,3", "2-4", "2–4", "2 & 4", "L2d-L3", "1/2"),
        *("2 and 3", "1, 2, and 3", "iv", "iv and v", "ii–iv"),
    ],
)
def test_what_is_numeric(text: str) -> None:
    assert is_numeric(text)


@pytest.mark.parametrize("text", ["", "second", "2nd edition", "2 3", "mix", "12.", "2-", "2 and"])
def test_what_is_not_numeric(text: str) -> None:
    assert not is_numeric(text)


@pytest.mark.parametrize(
    ("text", "variable", "plural"),
    [
        ("7", "page", False),
        ("7-9", "page", True),
        ("S213-S235", "page", True),
        ("213, and 235", "locator", True),
        ("213 et 235", "locator", True),
        ("12a-c", "locator", False),
        (r"12\-4", "locator", False),
        ("iv–vi", "page", True),
        ("iv and v", "page", True),
        ("12–15 passim", "page", True),
        ("1,234", "page", False),
        ("1,234", "number-of-pages", True),
        ("1", "number-of-pages", False),
        ("240", "number-of-pages", True),
        ("240", "volume", False),
        ("i-xii, 5", "page", True),
        ("1-2", "volume", True),
        ("II-IV", "volume", True),
        ("ISO 9001-1", "number", False),
        ("WP 19-05", "number", False),
        ("US 6,285,999 B1", "number", False),
        ("C-145/18", "number", False),
        ("p. 1,234", "locator", False),
    ],
)
def test_labels_are_plural_beside_several_numbers(text: str, variable: str, plural: bool) -> None:
    assert is_plural(text, variable) is plural


@pytest.mark.parametrize(
    ("language", "gender", "number", "wanted"),
    [
        ("en-US", None, 2, "2nd"),
        ("en-US", None, 111, "111th"),
        ("fr-FR", "feminine", 1, "1ʳᵉ"),
        ("fr-FR", "masculine", 1, "1ᵉʳ"),
        ("fr-FR", "feminine", 21, "21ᵉ"),
        ("de-DE", None, 3, "3."),
        ("pt-PT", None, 2, "2.ª"),
        ("ca-AD", "masculine", 11, "11r"),
    ],
)
def test_ordinals_follow_the_locale(
    language: str, gender: str | None, number: int, wanted: str
) -> None:
    assert ordinal(number, load_locale(language), gender) == wanted


def test_long_ordinals_end_at_ten() -> None:
    english = load_locale("en-US")
    assert long_ordinal(10, english, None) == "tenth"
    assert long_ordinal(42, english, None) == "42nd"


def test_long_ordinals_are_never_those_of_another_language() -> None:
    assert long_ordinal(1, load_locale("pt-BR"), None) == "primeira"
    # A language without a locale has no words, and is not printed in English words.
    assert long_ordinal(2, load_locale("xx"), None) == "2nd"


@pytest.mark.parametrize(
    ("form", "text", "wanted"),
    [
        ("ordinal", "2, 3", "2nd, 3rd"),
        ("ordinal", "2nd", "2nd"),
        ("ordinal", "revised", "revised"),
        ("roman", "23", "xxiii"),
        ("numeric", "3-4", "3–4"),
        ("long-ordinal", "3-4", "third–fourth"),
        ("long-ordinal", "1" * 5000, "1" * 5000),
    ],
)
def test_numbers(form: NumberForm, text: str, wanted: str) -> None:
    assert format_number(text, form, load_locale("en-US"), "edition") == wanted


@given(st.integers(1, 5999))
def test_roman_numerals_can_be_read_back(number: int) -> None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    digits = [values[letter] for letter in roman(number)]
    following = [*digits[1:], 0]
    assert sum(-a if a < b else a for a, b in zip(digits, following, strict=True)) == number


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("2,3&4", "numeric", "2, 3 & 4"),
        ("2 and 3", "ordinal", "2nd and 3rd"),
        ("3 , 4a", "roman", "iii, 4a"),
        ("1/2", "ordinal", "1/2"),
        ("1,234", "roman", "1,234"),
        ("iv", "ordinal", "iv"),
    ],
)
def test_each_number_of_a_list_is_changed(text: str, form: NumberForm, wanted: str) -> None:
    assert format_number(text, form, load_locale("en-US"), "volume") == wanted


@pytest.mark.parametrize(
    ("locator", "printed"),
    [
        ("ch. 3", "chap. 3"),
        ("ch. 3 para. 5-6", "chap. 3 paras. 5–6"),
        ("10 para. 1-6", "p. 10 paras. 1–6"),
        ("p. 5, n. 12", "p. 5, n. 12"),
        ("sec. 3, sec. 5", "secs. 3, 5"),
        ("10 pos. 1-6", "p. 10 pos. 1–6"),
        ("see p. 5", "p. see p. 5"),
    ],
)
def test_labels_inside_a_locator(locator: str, printed: str) -> None:
    layout = (
        '<group delimiter=" "><label variable="locator" form="short"/>'
        '<number variable="locator"/></group>'
    )
    engine = engine_for(style_xml(layout), book("a"))
    assert engine.cite(cluster("a", locator=locator)) == printed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1-2", "1–2"),
        ("S1-S4, 7", "S1–S4, 7"),
        ("iv-x", "iv–x"),
        ("ISO 9001-1", "ISO 9001-1"),
        ("WP 19-05", "WP 19-05"),
        ("Cm 1234-5", "Cm 1234-5"),
        ("C-145/18", "C-145/18"),
        ("A/RES/60-1", "A/RES/60-1"),
    ],
)
def test_only_numeric_values_have_dashes(text: str, wanted: str) -> None:
    english = load_locale("en-US")
    assert format_text_number(text, "number", english) == wanted
    assert format_number(text, "numeric", english, "number") == wanted


def test_a_locator_has_the_term_of_its_label() -> None:
    layout = (
        '<group delimiter=" "><label variable="locator" form="short"/>'
        '<text variable="locator"/></group>'
    )
    engine = engine_for(style_xml(layout), book("a"))
    for label, printed in {"article": "art. 3", "sub verbo": "s.v. 3", "title": "tit. 3"}.items():
        cite = Cite(record="a", locator="3", label=label)
        assert engine.cite(Cluster(cites=(cite,))) == printed


def test_a_label_that_csl_does_not_have_is_refused() -> None:
    for label in (None, 5):
        with pytest.raises(RecordValueError, match=f"no locator {label}"):
            Cite(record="a", label=label)  # type: ignore[arg-type]  # it is no text
    with pytest.raises(RecordValueError, match=r"no locator 'articel'; did you mean 'article'"):
        Cite(record="a", locator="3", label="articel")


@pytest.mark.parametrize(
    ("type_", "number", "as_text", "as_number"),
    [
        ("legal_case", "12-17", "no. 12-17", "no. 12-17"),
        ("legislation", "104-208", "no. 104-208", "no. 104–208"),
        ("standard", "9001-1", "no. 9001-1", "no. 9001–1"),
        ("report", "12-17", "nos. 12–17", "nos. 12–17"),
        ("report", "12-307", "no. 12-307", "no. 12–307"),
        ("report", "2022-07", "no. 2022-07", "no. 2022–07"),
        ("report", "07-12", "no. 07-12", "no. 07–12"),
    ],
)
def test_numbers_that_are_identifiers_are_no_range(
    type_: str, number: str, as_text: str, as_number: str
) -> None:
    for element, wanted in (("text", as_text), ("number", as_number)):
        layout = f'<label variable="number" form="short" suffix=" "/><{element} variable="number"/>'
        engine = engine_for(style_xml(layout), book("a", type=type_, number=number))
        assert engine.cite(cluster("a")) == wanted


def test_numbers_of_works_in_chinese_have_dashes() -> None:
    report = book("a", type="report", number="2022-07", language="zh-CN")
    engine = engine_for(style_xml('<text variable="number"/>'), report)
    assert engine.cite(cluster("a")) == "2022–07"
