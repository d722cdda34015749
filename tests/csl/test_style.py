"""Styles that are broken say so, with the style, the line and the element."""

from __future__ import annotations

import pytest

from refcite import bibliography
from refcite.csl.style.locale import load_locale
from refcite.csl.style.locale_files import locale_names
from refcite.csl.style.style_reader import read_dependent, read_style
from refcite.csl.style.xml import Source
from refcite.problems import Severity, StyleError
from tests.csl.small import book, cluster, engine_for, style_xml

DOUBLING = "".join(
    f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>'
    for n in range(40)
)
MANY = " ".join(f'a{n}=""' for n in range(20_000))
CHAIN = "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(2000))


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<style", "not well-formed"),
        ("", "not well-formed"),
        ("<page/>", "<page>: is not a CSL style"),
        (style_xml('<text macro="a"/>'), "line 4, <text>: there is no macro 'a'"),
        (style_xml("<choose><if/></choose>"), "<if>: has no condition"),
        (style_xml("<choose><else/></choose>"), "line 4, <choose>: does not begin with <if>"),
        (
            style_xml('<text value="x"/>').replace('version="1.0"', 'version="2.0"'),
            "line 1, <style>: version='2.0' is not",
        ),
        (style_xml('<text value="x"/>', class_="intext"), "did you mean 'in-text'"),
        (
            style_xml(
                '<text macro="a"/>',
                head='<macro name="a"><text macro="b"/></macro>'
                '<macro name="b"><group><text macro="a"/></group></macro>',
            ),
            "the macro calls itself: a → b → a",
        ),
        (style_xml("<group>" * 200 + "</group>" * 200), "deep"),
        (style_xml(f"<text {MANY}/>"), "line 4, <text>: has more than 100 attributes"),
        (style_xml('<text macro="m0"/>', head=f'{DOUBLING}<macro name="m40"/>'), "expand"),
        (style_xml('<text macro="m0"/>', head=f'{CHAIN}<macro name="m2000"/>'), "expand"),
    ],
)
def test_a_broken_style_is_refused(xml: str, message: str) -> None:
    with pytest.raises(StyleError, match=message):
        read_style(Source(xml, "test.csl"))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY secret SYSTEM "file:///etc/passwd">',
        '<!ENTITY secret SYSTEM "https://example.org/">',
        '<!ENTITY a "ha"><!ENTITY secret "&a;&a;&a;&a;&a;&a;&a;&a;">',
    ],
)
def test_entities_are_refused(declaration: str) -> None:
    xml = f"<!DOCTYPE style [{declaration}]>" + style_xml('<text value="x"/>&secret;')
    with pytest.raises(StyleError, match="document type"):
        read_style(Source(xml, "test.csl"))


def test_a_style_may_have_terms_of_its_own() -> None:
    terms = '<locale><terms><term name="held at">held at</term></terms></locale>'
    engine = engine_for(style_xml('<text term="held at"/>', head=terms), book("a"))
    assert engine.cite(cluster("a")) == "held at"


def test_a_dependent_style_names_its_parent() -> None:
    head = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>'
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/apa"/>'
    dependent = read_dependent(Source(f"{head}{link}</info></style>", "test.csl"))
    assert dependent is not None
    assert dependent.parent == "http://www.zotero.org/styles/apa"
    with pytest.raises(StyleError, match="independent-parent"):
        read_dependent(Source(f"{head}</info></style>", "test.csl"))


def test_a_syntax_error_names_its_line_once() -> None:
    with pytest.raises(StyleError) as error:
        Source("<style>\n</a>", "test.csl")
    assert str(error.value).count("line 2") == 1


def test_references_that_are_escaped_twice_are_characters() -> None:
    engine = engine_for(style_xml('<text value="1&amp;#8211;2 &amp;lt; 3 &amp;amp;"/>'), book("a"))
    assert engine.cite(cluster("a")) == "1–2 < 3 &amp;"


def test_text_is_read_as_it_is_whatever_encoding_it_names() -> None:
    xml = '<?xml version="1.0" encoding="iso-8859-1"?>' + style_xml('<text value="né Łoś"/>')
    assert engine_for(xml, book("a")).cite(cluster("a")) == "né Łoś"


def test_each_shipped_locale_and_each_language_has_terms_of_its_own() -> None:
    english = load_locale("en-US")
    for tag in locale_names():
        assert load_locale(tag).tag == load_locale(tag.lower().replace("-", "_")).tag == tag
        language = tag.partition("-")[0]
        assert load_locale(language).tag.partition("-")[0] == language
        if language != "en":
            assert load_locale(language).term("month-01") != english.term("month-01"), language


@pytest.mark.parametrize(
    ("head", "layout", "wanted"),
    [
        # A term that is defined twice: the last definition is used.
        (
            '<locale><terms><term name="in">one</term><term name="in">two</term></terms></locale>',
            '<text term="in"/>',
            "two",
        ),
        (
            '<locale><terms><term name="in">one</term></terms></locale>'
            '<locale><terms><term name="in">two</term></terms></locale>',
            '<text term="in"/>',
            "two",
        ),
        # The forms of a language are looked up before the terms of American English.
        (
            '<locale xml:lang="xx"><terms>'
            '<term name="editor" form="verb">von</term></terms></locale>',
            '<text term="editor" form="verb-short"/>',
            "von",
        ),
        ('<locale xml:lang="xx"><terms/></locale>', '<text term="in"/>', "in"),
        # An empty short form is the symbol as well; the long form is not.
        (
            '<locale xml:lang="xx"><terms><term name="page" form="short"/>'
            '<term name="page">side</term></terms></locale>',
            '<text term="page" form="symbol" suffix="!"/><text value="x"/>',
            "x",
        ),
    ],
)
def test_which_of_several_terms_is_used(head: str, layout: str, wanted: str) -> None:
    engine = engine_for(style_xml(layout, head=head), book("a"), locale="xx")
    assert engine.cite(cluster("a")) == wanted


@pytest.mark.parametrize(
    ("term", "form", "wanted"),
    [
        ("working-paper", "short", "Arbeitspapier"),
        ("editor", "verb-short", "hrsg. von"),
        # The sign is the same in all languages.
        ("and", "symbol", "&"),
        # The only German form is empty.
        ("composer", "verb", "composed by"),
    ],
)
def test_the_form_of_a_term_that_a_language_does_not_have(
    term: str, form: str, wanted: str
) -> None:
    assert load_locale("de").term(term, form) == wanted


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("MLA", "modern-language-association"),
        ("https://www.zotero.org/styles/harvard1", None),
    ],
)
def test_a_renamed_style_is_found_under_its_former_id_with_an_info(
    old: str, new: str | None
) -> None:
    printed = bibliography([book("a", "Doe, Jane", title="Bees")], style=old)
    assert "Bees" in str(printed)
    found = [problem for problem in printed.problems if problem.code == "renamed-style"]
    assert [problem.severity for problem in found] == [Severity.INFO]
    assert new is None or new in found[0].message


def test_a_style_without_a_bibliography_prints_citations_with_an_info() -> None:
    printed = bibliography(
        [book("a", "Doe, Jane", title="Bees")], style="review-of-international-studies"
    )
    assert "Bees" in str(printed)
    assert [problem.code for problem in printed.problems] == ["no-bibliography"]
