"""Signs that meet between elements, where formatting stands between them."""

from __future__ import annotations

import pytest

from tests.csl.small import book, cluster, engine_for, style_xml

ITALIC = '<text variable="title" font-style="italic"/>'
END = '<text value="End"/>'


def printed(layout: str, title: str, macro: str = "") -> str:
    head = f'<macro name="title">{macro}</macro>' if macro else ""
    engine = engine_for(style_xml(layout, head=head), book("a", title=title))
    return engine.cite(cluster("a"))


@pytest.mark.parametrize(
    ("layout", "wanted"),
    [
        (f'<group delimiter=". "><text variable="title"/>{END}</group>', "Who? End"),
        (f'<group delimiter=". ">{ITALIC}{END}</group>', "Who?. End"),
        (f'<text variable="title" font-style="italic" suffix=". "/>{END}', "Who?. End"),
        (f'<group suffix=". ">{ITALIC}</group>{END}', "Who? End"),
        (f'<group delimiter=". "><text macro="title"/>{END}</group>', "Who? End"),
        (f'<group font-style="italic" suffix=". "><text macro="title"/></group>{END}', "Who? End"),
        (f'{ITALIC}<text value="End" prefix=". "/>', "Who?. End"),
        (f'<group>{ITALIC}</group><text value="End" prefix=". "/>', "Who? End"),
        (f'{ITALIC}<group><text value="End" prefix=". "/></group>', "Who?. End"),
        (
            '<text variable="title"/><text value="End" prefix=". " font-style="italic"/>',
            "Who?. End",
        ),
        (
            '<text variable="title"/><group><text value="End" prefix=". " font-style="italic"/>'
            "</group>",
            "Who? End",
        ),
    ],
)
def test_a_formatted_element_keeps_its_sign_from_its_neighbours(layout: str, wanted: str) -> None:
    assert printed(layout, "Who?", macro=ITALIC) == wanted


@pytest.mark.parametrize(
    ("layout", "wanted"),
    [
        (f'<group delimiter=". ">{ITALIC}{END}</group>', "U.S. End"),
        (f'{ITALIC}<text value="End" prefix=". "/>', "U.S.. End"),
        ('<text variable="title" suffix=" "/><text value="End" prefix=" "/>', "U.S. End"),
        (
            '<text variable="title" font-style="italic" suffix=" "/><text value="End" prefix=" "/>',
            "U.S.  End",
        ),
        (
            '<text variable="title"/><text value=" - "/><text value="End" prefix=" "/>',
            "U.S. -  End",
        ),
    ],
)
def test_a_sign_that_is_there_twice(layout: str, wanted: str) -> None:
    assert printed(layout, "U.S.") == wanted


def test_a_sign_in_a_quotation_within_a_format_ends_the_sentence() -> None:
    xml = style_xml('<text variable="title" font-style="italic" suffix="."/>')
    engine = engine_for(xml, book("a", title='What is "it?"'), backend="html")
    assert engine.cite(cluster("a")) == "<i>What is “it?”</i>"


def test_quotations_that_take_no_signs_in_keep_their_own() -> None:
    layout = f'<text variable="title" quotes="true" suffix=". "/>{END}'
    head = '<locale><style-options punctuation-in-quote="false"/></locale>'
    engine = engine_for(style_xml(layout, head=head), book("a", title="Who?"))
    assert engine.cite(cluster("a")) == "“Who?”. End"
