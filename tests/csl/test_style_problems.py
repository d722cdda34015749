"""What a style does not get right: warnings, after which the rest is printed, and all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from refcite import Record, Severity, bibliography
from refcite.csl import Processor, check_style, style_ids, style_xml
from refcite.csl.style.finder import SHIPPED
from tests.csl.small import style_xml as small

BEE = Record(id="bee", type="book", title="Bees", author="Ann Roe", publisher="Hive", issued=2001)
TITLE = '<text variable="title"/>'


def _condition(test: str) -> str:
    return f'<choose><if {test}><text value="never"/></if><else>{TITLE}</else></choose>'


@pytest.mark.parametrize(
    ("layout", "code", "message", "printed"),
    [
        (
            f'<txt value="x"/>{TITLE}',
            "unknown-element",
            "<txt>: is not allowed in <layout>",
            "Bees",
        ),
        (f"<text value='a'>{TITLE}</text>", "unknown-element", "is not allowed in <text>", "a"),
        (
            f'<x:use xmlns:x="http://www.w3.org/2001/XInclude" href="a"/>{TITLE}',
            "unknown-element",
            "<use>: is not in the CSL namespace",
            "Bees",
        ),
        (f"stray {TITLE}", "stray-text", "<layout>: contains the text 'stray'", "Bees"),
        (
            '<text variable="title" fnt="x"/>',
            "unknown-attribute",
            "unknown attribute 'fnt'",
            "Bees",
        ),
        (f"<text/>{TITLE}", "incomplete-element", "needs one of variable", "Bees"),
        (f"<names/>{TITLE}", "incomplete-element", "<names>: needs a variable", "Bees"),
        (f"<date/><number/><label/>{TITLE}", "incomplete-element", "<date>: needs a", "Bees"),
        ('<text variable="title" term="in"/>', "conflicting-attributes", "and term", "Bees"),
        (
            f'<date variable="issued"><date-part name="century"/></date>{TITLE}',
            "unknown-value",
            "name='century' is not one of year, month, day",
            "Bees",
        ),
        (
            '<date variable="issued"><date-part name="year" form="roman"/></date>',
            "unknown-value",
            "<date-part>: form='roman' is not one of long, short",
            "2001",
        ),
        (
            '<text variable="title" font-style="slanted" text-case="shouting" quotes="yes"/>',
            "unknown-value",
            "font-style='slanted' is not one of",
            "Bees",
        ),
        (
            '<names variable="author"><name et-al-min="many" and="plus" form="short"/></names>',
            "unknown-value",
            "et-al-min='many' is not a whole number",
            "Roe",
        ),
        (_condition('type="boook"'), "unknown-value", "type='boook' is never true", "Bees"),
        (_condition('locator="pages"'), "unknown-value", "locator='pages' is never", "Bees"),
        (_condition('position="last"'), "unknown-value", "position='last' is never", "Bees"),
        (
            '<group><text term="by"/><text variable="publsher"/></group>' + TITLE,
            "unknown-variable",
            "CSL has no variable 'publsher'",
            "Bees",
        ),
        (
            f'<names variable="title"/><date variable="title"/><text variable="author"/>{TITLE}',
            "unknown-variable",
            "'title' is not a name variable",
            "Bees",
        ),
        ('<number variable="title"/>', "unknown-variable", "is not a number variable", "Bees"),
        (f'<text term="editors"/>{TITLE}', "unknown-term", "no term 'editors'", "Bees"),
    ],
)
def test_the_rest_of_a_style_is_printed_after_a_warning(
    layout: str, code: str, message: str, printed: str
) -> None:
    style = small(layout)
    processor = Processor(style)
    assert processor.cite(BEE) == printed
    problem = processor.first_citations([BEE]).problems[0]
    assert (problem.severity, problem.code, problem.line) == (Severity.WARNING, code, 4)
    assert message in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    ("style", "code", "message"),
    [
        (
            small(TITLE, sort='<sort><key variable="isued"/></sort>'),
            "unknown-variable",
            "<key>: CSL has no variable 'isued'",
        ),
        (small(TITLE, sort="<sort><key/></sort>"), "incomplete-element", "<key>: needs either"),
        (small(TITLE, sort="<sort/><sort/>"), "repeated-element", "<sort>: occurs twice"),
        (
            small(TITLE, head='<macro name="a"/><macro name="a"><text value="x"/></macro>'),
            "repeated-element",
            "the macro 'a' is already defined on line 3",
        ),
        (small(TITLE, head="<macro/>"), "incomplete-element", "<macro>: needs a name"),
        (
            small(TITLE, head='<locale><terms><term name="in" form="big"/></terms></locale>'),
            "unknown-value",
            "<term>: form='big' is not one of",
        ),
        (
            small(TITLE).replace("version=", 'page-range-format="short" version='),
            "unknown-value",
            "page-range-format='short' is not one of",
        ),
        (small(TITLE, citation='collapse="all"'), "unknown-value", "collapse='all'"),
    ],
)
def test_so_it_is_after_a_warning_about_a_larger_part(style: str, code: str, message: str) -> None:
    processor = Processor(style)
    assert processor.cite(BEE) == "Bees"
    problem = processor.first_citations([BEE]).problems[0]
    assert (problem.severity, problem.code) == (Severity.WARNING, code)
    assert message in problem.message


BROKEN = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>Broken</title><id>broken</id>
<updated>yesterday</updated><colour/></info>
<macro name="a"><text macro="missing"/>
<text variable="titel"/>
<text variable="title" plural="true"/>
<group/></macro>
<macro name="b"><text macro="b"/></macro>
<citation><layout>
<choose><else/></choose>
<text macro="other"/></layout></citation>
<bibliography/>
</style>"""


def test_all_problems_are_found_at_once_with_line_element_severity_and_remedy() -> None:
    found = [(p.line, p.severity, p.code, p.message.partition(":")[0]) for p in check_style(BROKEN)]
    assert found == [
        (3, Severity.WARNING, "unknown-element", "<colour>"),
        (3, Severity.WARNING, "invalid-style", "<updated>"),
        (4, Severity.ERROR, "broken-style", "<text>"),
        (5, Severity.WARNING, "unknown-variable", "<text>"),
        (6, Severity.WARNING, "invalid-style", "<text>"),
        (7, Severity.WARNING, "invalid-style", "<group>"),
        (8, Severity.ERROR, "broken-style", "<text>"),
        (10, Severity.ERROR, "broken-style", "<choose>"),
        (11, Severity.ERROR, "broken-style", "<text>"),
        (12, Severity.ERROR, "broken-style", "<bibliography>"),
    ]
    warnings = [p for p in check_style(BROKEN) if p.severity is Severity.WARNING]
    assert all(problem.hint for problem in warnings)


@pytest.mark.parametrize(
    ("xml", "line", "message"),
    [
        ("<style>\n<a>", 2, "not well-formed XML"),
        ("<page/>", 1, "is not a CSL style"),
        ("\n<!DOCTYPE html>\n<html><p>Not found<br></html>", None, "a web page (HTML)"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', None, "a web page"),
        ('<style version="1.0" class="note"/>', 1, "is in no namespace"),
        ('<style xmlns="urn:x" class="note"/>', 1, "is in the namespace 'urn:x'"),
        (small(TITLE).replace(' class="in-text"', ""), 1, "has no class"),
        ('<!DOCTYPE s [<!ENTITY a "b">]><style/>', None, "document type declaration"),
        (BROKEN.replace("<citation>", "<cites>").replace("</citation>", "</cites>"), 1, "<citat"),
    ],
)
def test_an_unusable_style_is_one_error(xml: str, line: int | None, message: str) -> None:
    errors = [problem for problem in check_style(xml) if problem.severity is Severity.ERROR]
    assert any(problem.line == line and message in problem.message for problem in errors)


def test_a_style_without_a_version_may_be_of_csl_0_8() -> None:
    found = check_style(small(TITLE).replace(' version="1.0"', ""))
    problem = next(one for one in found if one.message == "<style>: has no version")
    assert problem.severity is Severity.WARNING
    assert "CSL 0.8" in str(problem.hint)


def test_published_styles_and_locales_have_no_problems() -> None:
    for style_id in style_ids()[::700]:
        assert check_style(style_id) == ()
    for name in ("en-US", "de-AT"):
        assert check_style(next(SHIPPED.locale_paths(name))) == ()


def test_a_dependent_style_needs_an_independent_parent() -> None:
    xml = style_xml("apa").partition("<macro")[0]
    head, _, info = xml.partition("<info>")
    info = info.partition("</info>")[0]
    dependent = f'{head}<info>{info}<link rel="independent-parent" href="x/PARENT"/></info></style>'
    apa, missing, chain = (
        [p.message for p in check_style(dependent.replace("PARENT", parent)) if p.line]
        for parent in ("apa", "nowhere", "nature-digest")
    )
    assert not any("parent" in message for message in apa)
    assert any("the parent 'nowhere' of this dependent style was not found" in m for m in missing)
    assert any("the parent 'nature-digest' is a dependent style" in message for message in chain)


def test_a_style_of_csl_m_is_not_compared_with_the_schema_of_csl() -> None:
    xml = style_xml("nature").replace("<layout", '<layout locale="de"', 1)
    (problem,) = check_style(xml)
    assert (problem.severity, problem.code) == (Severity.INFO, "csl-m")


def test_a_warning_about_a_locale_of_ones_own_is_in_the_problems(tmp_path: Path) -> None:
    (tmp_path / "locales-de-DE.xml").write_text(
        '<locale xmlns="http://purl.org/net/xbiblio/csl" xml:lang="de-DE" version="1.0"><terms>'
        '<term name="by" form="long">von</term><term form="long">x</term></terms></locale>',
        encoding="utf-8",
    )
    printed = bibliography(BEE, "apa", locale="de", styles=tmp_path)
    assert [problem.code for problem in printed.problems] == ["incomplete-element"]
