"""Text of fields: quotation marks, apostrophes, punctuation, brackets, links."""

from __future__ import annotations

import pytest

from tests.csl.small import book, cluster, engine_for, style_xml

TITLE = '<text variable="title" quotes="true" suffix=". "/><text value="End"/>'


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Who?", "“Who?” End"),
        ("Stop.", "“Stop.” End"),
        ("Plain", "“Plain.” End"),
        ('A "word"', "“A ‘word.’” End"),
        ("d'Artagnan's", "“d’Artagnan’s.” End"),
        ('An "odd mark', '“An "odd mark.” End'),
        ("5 < 6", "“5 < 6.” End"),
    ],
)
def test_a_quoted_title_ends_well(title: str, wanted: str) -> None:
    engine = engine_for(style_xml(TITLE), book("a", title=title))
    assert engine.cite(cluster("a")) == wanted


def test_quotation_marks_can_be_left_alone() -> None:
    engine = engine_for(
        style_xml('<text variable="title"/>'), book("a", title='It\'s "so"'), typographic=False
    )
    assert engine.cite(cluster("a")) == 'It\'s "so"'


def test_italics_in_italics_are_upright() -> None:
    engine = engine_for(
        style_xml('<text variable="title" font-style="italic"/>'),
        book("a", title="On <i>E. coli</i>"),
        backend="html",
    )
    assert engine.cite(cluster("a")) == (
        '<i>On <span style="font-style:normal;">E. coli</span></i>'
    )


def test_markup_of_strangers_is_text() -> None:
    engine = engine_for(
        style_xml('<text variable="title"/>'),
        book("a", title="<script>alert(1)</script> & <b onclick='x'>"),
        backend="html",
    )
    text = engine.cite(cluster("a"))
    assert "<" not in text
    assert "&#60;script&#62;" in text


@pytest.mark.parametrize(
    ("url", "is_link"),
    [("https://example.org/a", True), ("javascript:alert(1)", False), ("data:text/html,x", False)],
)
def test_only_safe_addresses_become_links(url: str, is_link: bool) -> None:
    engine = engine_for(
        style_xml('<text variable="URL"/>'), book("a", url=url), backend="html", links=True
    )
    assert engine.cite(cluster("a")).startswith("<a href=") is is_link


@pytest.mark.parametrize(
    ("affixes", "wanted"),
    [
        ('prefix=" doi: " suffix="."', " doi: <a>10.1/x</a>."),
        ('prefix="[https://doi.org/" suffix="]"', "[<a>https://doi.org/10.1/x</a>]"),
        ('font-style="italic"', "<i><a>10.1/x</a></i>"),
    ],
)
def test_a_link_is_the_address_and_not_what_stands_around_it(affixes: str, wanted: str) -> None:
    style = style_xml(f'<group><text value="In"/><text variable="DOI" {affixes}/></group>')
    engine = engine_for(style, book("a", doi="10.1/x"), backend="html", links=True)
    opening = '<a href="https://doi.org/10.1/x">'
    assert engine.cite(cluster("a")) == f"In{wanted.replace('<a>', opening)}"


def test_brackets_in_brackets_are_square_in_notes() -> None:
    inner = '<group prefix=" (" suffix=")"><text variable="title"/></group>'
    layout = f'<group prefix="(" suffix=")"><text value="a"/>{inner}</group>'
    for class_, wanted in [("note", "(a [T])"), ("in-text", "(a (T))")]:
        engine = engine_for(style_xml(layout, class_=class_), book("a", title="T"))
        assert engine.cite(cluster("a")) == wanted


@pytest.mark.parametrize("backend", ["markdown", "rst", "latex", "typst", "text"])
def test_line_breaks_in_a_field_begin_no_blocks(backend: str) -> None:
    style = style_xml('<text variable="title"/>')
    engine = engine_for(style, book("a", title="One\n\n two \tthree\n"), backend=backend)
    assert engine.cite(cluster("a")) == "One two three"


def test_a_comma_goes_into_the_format_of_what_is_quoted() -> None:
    title = '<text variable="title" quotes="true" font-style="italic"/>'
    style = style_xml(f'<group delimiter=", ">{title}<text value="End"/></group>')
    engine = engine_for(style, book("a", title="plain"), backend="html")
    assert engine.cite(cluster("a")) == "“<i>plain,</i>” End"


@pytest.mark.parametrize(("locator", "wanted"), [("12-15", "12~15"), ("12–15", "12~15")])
def test_hyphens_and_dashes_of_pages_become_the_delimiter(locator: str, wanted: str) -> None:
    terms = '<terms><term name="page-range-delimiter">~</term></terms>'
    style = style_xml('<text variable="locator"/>', head=f"<locale>{terms}</locale>")
    assert engine_for(style, book("a")).cite(cluster("a", locator=locator)) == wanted


def test_curly_marks_of_the_writer_stay_until_they_stand_in_a_quotation() -> None:
    plain, quoted = '<text variable="title"/>', '<text variable="title" quotes="true"/>'
    work = book("a", title="a “curly” and ‘single’ word")
    british = '<locale><terms><term name="open-quote">‘</term><term name="close-quote">’</term>'
    british += '<term name="open-inner-quote">“</term><term name="close-inner-quote">”</term>'
    british += "</terms></locale>"
    engine = engine_for(style_xml(plain, head=british), work)
    assert engine.cite(cluster("a")) == "a “curly” and ‘single’ word"
    engine = engine_for(style_xml(quoted, head=british), work)
    assert engine.cite(cluster("a")) == "‘a “curly” and “single” word’"


MACRO = (
    '<macro name="where"><text variable="container-title" suffix=". "/>'
    '<text variable="DOI" prefix="doi."/></macro>'
)


@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ('strip-periods="true"', "J Ex example.org. doi.10.1/x.y"),
        ('text-case="uppercase"', "J. Ex. example.org. doi.10.1/x.y"),
        ('font-style="italic"', "J. Ex. example.org. doi.10.1/x.y"),
    ],
)
def test_what_a_call_of_a_macro_changes(attributes: str, wanted: str) -> None:
    engine = engine_for(
        style_xml(f'<text macro="where" {attributes}/>', head=MACRO),
        book("a", container_title="J. Ex. example.org", doi="10.1/x.y"),
    )
    assert engine.cite(cluster("a")) == wanted


def test_curly_marks_within_a_quotation_are_those_of_the_locale() -> None:
    xml = style_xml('<text variable="title" quotes="true"/>')
    engine = engine_for(xml, book("a", title="Ein “zitiertes” Wort"), locale="de-DE")
    assert engine.cite(cluster("a")) == "„Ein ‚zitiertes‘ Wort“"


@pytest.mark.parametrize("dash", ["-", "–", "--", " - "])
def test_pages_of_a_locator_are_shortened_whatever_the_dash_is(dash: str) -> None:
    xml = style_xml('<text variable="locator"/>').replace(
        "<style ", '<style page-range-format="minimal" '
    )
    engine = engine_for(xml, book("a"))
    assert engine.cite(cluster("a", locator=f"101{dash}108")) == "101–8"


def test_addresses_are_printed_as_they_are() -> None:
    layout = '<text variable="URL" quotes="true"/> <text variable="DOI"/>'
    work = book("a", url="https://ex.org/a'b?c=<i>", doi="10.1000/x'y--z")
    engine = engine_for(style_xml(layout), work)
    assert engine.cite(cluster("a")) == "“https://ex.org/a'b?c=<i>”10.1000/x'y--z"
