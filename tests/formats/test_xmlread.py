"""Faults of XML that readers of several formats mend."""

from __future__ import annotations

import pytest

from refcite import loads

TITLES = {
    "mods": '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>{}</title></titleInfo>'
    "<genre>book</genre></mods>",
    "endnote-xml": "<xml><records><record><ref-type>6</ref-type><titles><title>{}</title></titles>"
    "</record></records></xml>",
    "word-xml": '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/'
    'bibliography"><b:Source><b:SourceType>Book</b:SourceType><b:Title>{}</b:Title></b:Source>'
    "</b:Sources>",
}


@pytest.mark.parametrize("format_", TITLES)
@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Owls &#xD83E;&#xDD89; at dusk", "Owls \U0001f989 at dusk"),
        ("Owls &#55358;&#56713; at dusk", "Owls \U0001f989 at dusk"),
        ("Owls &#xd83e; at dusk", "Owls \ufffd at dusk"),
        ("Owls &#xDD89;&#xD83E; at dusk", "Owls \ufffd\ufffd at dusk"),
        ("Owls&#xFFFF; at dusk", "Owls at dusk"),
    ],
)
def test_what_is_no_character_costs_only_itself(format_: str, written: str, title: str) -> None:
    library = loads(TITLES[format_].format(written), format_)
    assert [record.title for record in library] == [title]
    [problem] = library.problems
    assert (problem.code, problem.line) == ("mended-xml", 1)


def test_a_reference_to_a_character_is_none_of_these_faults() -> None:
    library = loads(TITLES["mods"].format("&#xD7FF;&#xE000;&#55295;&#x1F989;"), "mods")
    assert library[0].title == "\ud7ff\ue000\ud7ff\U0001f989"
    assert not library.problems
