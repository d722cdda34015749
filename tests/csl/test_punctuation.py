"""Signs that meet between elements: which one stays."""

from __future__ import annotations

import pytest

from tests.csl.small import book, cluster, engine_for, style_xml

TITLE = '<text variable="title"/>'
ITALIC = '<text variable="title" font-style="italic"/>'
END = '<text value="End"/>'


def printed(layout: str, title: str, *, head: str = "", **style: str) -> str:
    engine = engine_for(style_xml(layout, head=head, **style), book("a", title=title))
    return engine.cite(cluster("a"))


@pytest.mark.parametrize(
    "layout",
    [
        f'<group delimiter=". ">{TITLE}{END}</group>',
        f'<group delimiter=". ">{ITALIC}{END}</group>',
        f'<text variable="title" font-style="italic" suffix=". "/>{END}',
        f'<group suffix=". ">{ITALIC}</group>{END}',
        f'<group delimiter=". "><text macro="title"/>{END}</group>',
        f'{ITALIC}<text value="End" prefix=". "/>',
        f'{ITALIC}<group><text value="End" prefix=". "/></group>',
        f'{TITLE}<text value="End" prefix=". " font-style="italic"/>',
        f'<group suffix=". ">{TITLE}</group><group prefix=". ">{END}</group>',
    ],
)
@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Who?", "Who? End"),
        ("Help!", "Help! End"),
        ("In the U.S.", "In the U.S. End"),
        ("To be continued...", "To be continued... End"),
        ("Plain", "Plain. End"),
    ],
)
def test_a_full_stop_after_the_end_of_a_title(layout: str, title: str, wanted: str) -> None:
    head = f'<macro name="title">{ITALIC}</macro>'
    assert printed(layout, title, head=head) == wanted


@pytest.mark.parametrize(
    ("suffix", "prefix", "wanted"),
    [
        # An element between two affixes printed nothing.
        (". ", ". ", "Plain. End"),
        (". ", ", ", "Plain, End"),
        (". ", ": ", "Plain: End"),
        (", ", ", ", "Plain, End"),
        (", ", ". ", "Plain. End"),
        ("; ", ": ", "Plain: End"),
        (": ", ", ", "Plain: End"),
        (": ", ". ", "Plain. End"),
        (" ", ", ", "Plain, End"),
        (" ", ". ", "Plain. End"),
        (" ", " ", "Plain End"),
        (", ", " ", "Plain, End"),
        # An abbreviation keeps its full stop.
        (" ed. ", ", ", "Plain ed., End"),
        # Some countries print a space before ":" and ";".
        (" ", ": ", "Plain : End"),
        ("", " ; ", "Plain ; End"),
        ("", " , ", "Plain, End"),
        (" . ", "", "Plain. End"),
        # A sign after a bracket is an affix too.
        ("), ", ". ", "Plain). End"),
        ("):", ", ", "Plain): End"),
        # In France the space is a no-break space.
        (": ", "\u00a0: ", "Plain: End"),
        ("\u00a0: ", ". ", "Plain. End"),
        (", ", "\u00a0; ", "Plain\u00a0; End"),
        (" ed. ", "\u00a0: ", "Plain ed. \u00a0: End"),
        # Three full stops are an ellipsis.
        (" ", "... ", "Plain ... End"),
    ],
)
@pytest.mark.parametrize("style", ['font-style="italic"', ""])
def test_affixes_with_a_space_between_them(
    suffix: str, prefix: str, wanted: str, style: str
) -> None:
    layout = (
        f'<text variable="title" {style} suffix="{suffix}"/><text value="End" prefix="{prefix}"/>'
    )
    assert printed(layout, "Plain") == wanted


@pytest.mark.parametrize(
    ("layout", "wanted"),
    [
        ('<group prefix="(" suffix=")"><text value="in" prefix=", "/></group>', "(in)"),
        ('<group prefix="(" suffix=")"><text value="in" suffix=", "/></group>', "(in)"),
        ('<group prefix="(" suffix=")"><text value="in" suffix=" "/></group>', "(in)"),
        ('<text variable="publisher"/><text value="End" prefix=". "/>', "End"),
        # Two elements print the brackets.
        (
            f'<group suffix=")"><group suffix=" (">{TITLE}</group><text variable="note"/></group>',
            "T",
        ),
    ],
)
def test_signs_beside_brackets_and_at_the_start(layout: str, wanted: str) -> None:
    assert printed(layout, "T") == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        # The element between the colon and the comma printed nothing.
        ("Doe", "Doe: End"),
        # The test suite has both signs after an abbreviation.
        ("Doe, J.", "Doe, J.:, End"),
    ],
)
def test_affixes_that_touch(value: str, wanted: str) -> None:
    layout = f'<text value="{value}" suffix=":"/><text value="End" prefix=", "/>'
    assert printed(layout, "T") == wanted


@pytest.mark.parametrize(
    ("suffix", "wanted"),
    [
        # The quoted title has an affix of its own, and the group around it another one.
        (".", "“Plain.” End"),
        (". ", "“Plain.” End"),
    ],
)
@pytest.mark.parametrize("title", ["Plain", "Who?"])
def test_one_sign_ends_a_quotation(suffix: str, wanted: str, title: str) -> None:
    quoted = '<text variable="title" quotes="true" suffix=", "/>'
    layout = f'<group suffix="{suffix}">{quoted}</group><text value="End" prefix=" "/>'
    end = "Who?" if title == "Who?" else "Plain."
    assert printed(layout, title) == wanted.replace("Plain.", end)


def test_an_entry_of_affixes_only_is_empty() -> None:
    layout = f'<layout suffix="."><group><text value=" , "/>{TITLE}</group></layout>'
    xml = style_xml(TITLE, rest=f"<bibliography>{layout}</bibliography>")
    engine = engine_for(xml, book("a", "Roe, Ann"), book("b", title="Plain"))
    engine.nocite(["a", "b"])
    assert [text for _, text in engine.bibliography().entries] == ["Plain."]


def test_a_sign_does_not_begin_the_line_after_a_block() -> None:
    layout = (
        '<layout><text variable="title" display="block" suffix=". "/>'
        '<text variable="volume" prefix=", "/></layout>'
    )
    xml = style_xml(TITLE, rest=f"<bibliography>{layout}</bibliography>")
    engine = engine_for(xml, book("a", title="Plain", volume="3"))
    engine.nocite(["a"])
    assert engine.bibliography().entries[0][1].split() == ["Plain.", "3"]


def test_the_colon_of_a_word_remains_if_nothing_follows_it() -> None:
    layout = '<text value=", in: "/><text variable="publisher"/><text value="25" prefix=", "/>'
    assert printed(f"{TITLE}{layout}", "Plain") == "Plain, in: 25"


@pytest.mark.parametrize(("title", "wanted"), [("Plain", "Plain..."), ("Who?", "Who?")])
def test_an_ellipsis_is_not_added_to_a_title_with_its_own_end(title: str, wanted: str) -> None:
    assert printed('<text variable="title" suffix="..."/>', title) == wanted


def test_a_word_that_begins_with_a_full_stop_keeps_it() -> None:
    layout = f'<text value="Learning" suffix=". "/>{TITLE}'
    assert printed(layout, ".NET for all") == "Learning. .NET for all"


def test_signs_within_a_title_are_the_writers() -> None:
    assert printed(TITLE, "Yes , no . . . <i>maybe</i> , so") == "Yes , no . . . maybe , so"


def test_a_sign_in_a_quotation_within_a_format_ends_the_sentence() -> None:
    xml = style_xml('<text variable="title" font-style="italic" suffix="."/>')
    engine = engine_for(xml, book("a", title='What is "it?"'), backend="html")
    assert engine.cite(cluster("a")) == "<i>What is “it?”</i>"


@pytest.mark.parametrize(
    ("in_quote", "title", "wanted"),
    [
        ("true", "Who?", "“Who?” End"),
        ("false", "Who?", "“Who?” End"),
        ("true", "Me", "“Me.” End"),
        ("false", "Me", "“Me”. End"),
    ],
)
def test_a_full_stop_after_a_quoted_title(in_quote: str, title: str, wanted: str) -> None:
    head = f'<locale><style-options punctuation-in-quote="{in_quote}"/></locale>'
    layout = '<text variable="title" quotes="true" suffix=" "/><text value="End" prefix=". "/>'
    assert printed(layout, title, head=head) == wanted


def test_a_full_stop_at_the_start_of_a_block_ends_the_block_before() -> None:
    blocks = (
        '<group display="block"><text variable="title"/></group>'
        '<group display="block"><text value="End" prefix=". "/></group>'
    )
    xml = style_xml(TITLE, rest=f"<bibliography><layout>{blocks}</layout></bibliography>")
    engine = engine_for(xml, book("a", title="Plain"))
    engine.cite(cluster("a"))
    [(_, entry)] = engine.bibliography().entries
    assert entry.split() == ["Plain.", "End"]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [("( ", ")", "( End)"), ("(", " )", "(End)"), ("[", " ]", "[End]")],
)
def test_spaces_within_brackets(before: str, after: str, wanted: str) -> None:
    layout = f'<text value="End" prefix="{before}" suffix="{after}"/>'
    assert printed(layout, "T") == wanted


def test_only_direct_parts_of_a_layout_are_blocks() -> None:
    block = '<text variable="title" display="block"/>'

    def entry(layout: str) -> str:
        rest = f"<bibliography><layout>{layout}</layout></bibliography>"
        xml = style_xml(TITLE, head=f'<macro name="title">{block}</macro>', rest=rest)
        engine = engine_for(xml, book("a", title="Plain"), backend="html")
        engine.cite(cluster("a"))
        [(_, made)] = engine.bibliography().entries
        return made

    assert "csl-block" in entry(block)
    assert "csl-block" in entry('<text macro="title" display="block"/>')
    assert "csl-block" not in entry('<text macro="title"/>')
    assert "csl-block" not in entry(f"<group>{block}</group>")
