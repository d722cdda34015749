"""Highlighted names."""

from __future__ import annotations

import re

import pytest

import refcite
from refcite import Cite, Name, Processor, Record
from refcite.csl import Cluster, Output
from refcite.problems import RecordTypeError, RecordValueError, RefciteError
from tests.csl.small import book, cluster, engine_for, style_xml

WORKS = [
    book("alone", "Roe, Ann", title="Alone"),
    book("second", "Doe, Jane", "Roe, A. B.", "Fox, Carl", "Lee, Dan", title="Second"),
    book("other", "Roe, Alan", title="Other"),
    Record(
        id="edited", type="chapter", title="Edited", author="Zed, Zoe", editor="Ann Roe",
        container_title="Volume", issued=2003, publisher="P",
    ),
]  # fmt: skip


def is_bold(highlight: str | Name, name: str | Name) -> bool:
    record = Record(id="a", title="a", author=Name.parse(name) if isinstance(name, str) else name)
    shown = refcite.bibliography(record, style="mla", output="html", highlight=highlight)
    return "<b>" in shown[0].text


@pytest.mark.parametrize(
    ("highlight", "agreeing", "others"),
    [
        (
            "Roe, Ann",
            ["Ann Roe", "A. Roe", "Roe, A. B.", "Roe, Ann B.", "Roe, AB", "Roe, ANN", "ROE, ANN"],
            ["Alan Roe", "B. Roe", "Roe, B. A.", "Roe", "Rowe, Ann", "van Roe, Ann", "Roe, Anna"],
        ),
        ("Roe, Ann C.", ["Roe, A.", "Roe, Ann Carla", "Roe, AC"], ["Roe, A. B.", "Roe, Ann B."]),
        ("Roe, A.", ["Roe, Ann", "Roe, Alan", "Roe, A. B."], ["Roe, B.", "Roe"]),
        ("Roe", ["Roe, Ann", "Roe, B.", "Roe"], ["Rowe"]),
        ("Ann Roe", ["Roe, Ann", "Roe, A.", "{Ann Roe}", "{Roe, Ann}"], ["{Alan Roe}"]),
        ("Jean-Luc Godard", ["Godard, J.-L.", "Godard, J.L.", "Godard, Jean"], ["Godard, J.-P."]),
        ("Guo-ping Wu", ["Wu, Guoping", "Wu, G."], ["Wu, Guoqing"]),
        ("Philip Roe", ["Roe, Ph.", "Roe, P."], ["Roe, Pa."]),
        ("van der Berg, Jan", ["Jan van der Berg", "J. van der Berg"], ["Jan Berg"]),
        ("O'Neil, Ann", ["O’Neil, A."], ["Neil, Ann"]),
        ("King, Martin, Jr.", ["King, M.", "King, Martin, Jr"], ["King, Martin, Sr."]),
        ("Müller, Jörg", ["Müller, J."], ["Muller, Jörg"]),
        ("Тарас Шевченко", ["Шевченко, Т."], ["Шевченко, В."]),
        ("王, 小明", ["王, 小明", "{王小明}"], ["王, 小", "王, 大明"]),
        ("World Health Organization", ["{World Health Organization}"], ["{World Bank}"]),
        ("{UNESCO}", ["{UNESCO}", "UNESCO"], ["Unesco, A."]),
    ],
)
def test_the_parts_of_names_are_compared(
    highlight: str, agreeing: list[str], others: list[str]
) -> None:
    assert [name for name in agreeing if not is_bold(highlight, name)] == []
    assert [name for name in others if is_bold(highlight, name)] == []


def test_particles_agree_in_any_part_of_a_name() -> None:
    undivided = Name(family="van Beethoven", given="Ludwig")
    dropping = Name(family="Beethoven", given="Ludwig", dropping_particle="van")
    assert is_bold("Ludwig van Beethoven", undivided)
    assert is_bold(undivided, dropping)
    assert is_bold(dropping, Name.parse("van Beethoven, L."))


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ("text", "Roe, A."),
        ("html", "<b>Roe, A.</b>"),
        ("markdown", "**Roe, A.**"),
        ("rst", r"**Roe, A.**"),
        ("latex", r"\textbf{Roe, A.}"),
        ("typst", "#strong[Roe, A.];"),
    ],
)
def test_a_name_is_bold_in_every_output_format(output: Output, shown: str) -> None:
    found = refcite.bibliography(WORKS[0], output=output, highlight="Roe, Ann")
    assert found[0].text.startswith(f"{shown} (2000). ")


def test_citations_are_highlighted_in_every_mode() -> None:
    processor = Processor("apa", output="html", library=WORKS, highlight=Name.parse("Ann Roe"))
    assert processor.cite(["second", "alone"]) == "(Doe et al., 2000; <b>Roe</b>, 2000)"
    assert processor.cite(Cite("alone", mode="author-only")) == "<b>Roe</b>"
    whole = Cluster(cites=(Cite("alone"),), mode="composite")
    assert processor.cite(whole) == "<b>Roe</b> (2000)"
    assert processor.cite("other") == "(Roe, 2000b)"
    assert processor.citations[1:3] == ("<b>Roe</b>", "<b>Roe</b> (2000a)")
    numbered = Processor("ieee", output="html", library=WORKS, highlight="Ann Roe")
    assert numbered.cite(whole) == "<b>Roe</b> [1]"


def test_a_shortened_list_shows_highlights_before_and_after_the_omission() -> None:
    layout = '<names variable="author"><name et-al-min="4" et-al-use-first="2"{}/></names>'
    for options, wanted in (
        ("", "Jane Doe, <b>A. B. Roe</b>, et al."),
        (' et-al-use-last="true"', "Jane Doe, <b>A. B. Roe</b>, … Dan Lee"),
    ):
        processor = Processor(
            style_xml(layout.format(options)), output="html", library=WORKS, highlight="Roe, A."
        )
        assert processor.cite("second") == wanted
    last = Processor(
        style_xml(layout.format(' et-al-use-last="true"')),
        output="html",
        library=WORKS,
        highlight=["Dan Lee"],
    )
    assert last.cite("second").endswith("… <b>Dan Lee</b>")


def test_affixes_and_formats_of_names_and_their_parts_stay() -> None:
    layout = (
        '<names variable="author"><name prefix="[" suffix="]" font-style="italic"'
        ' name-as-sort-order="all" initialize-with=".">'
        '<name-part name="family" font-variant="small-caps" text-case="uppercase"/></name></names>'
    )
    processor = Processor(
        style_xml(layout), output="html", library=WORKS, highlight=["Ann Roe", "Fox, Carl"]
    )
    small = '<span style="font-variant:small-caps;">{}</span>'
    roe, fox = small.format("ROE"), small.format("FOX")
    assert f"[<i><b>{roe}, A.B.</b></i>]" in processor.cite("second")
    assert f"[<i><b>{fox}, C.</b></i>]" in processor.cite("second")


@pytest.mark.parametrize(
    "style",
    ["apa", "ieee", "mla", "nature", "oscola", "vancouver", "chicago-notes-bibliography",
     "chicago-author-date-16th-edition", "american-medical-association", "din-1505-2"],
)  # fmt: skip
def test_only_the_bold_is_new(style: str) -> None:
    plain, bold = (
        Processor(style, output="html", library=WORKS, highlight=names)
        for names in ((), ["Roe, Ann", "Doe, Jane"])
    )
    for processor in (plain, bold):
        for number, ids in enumerate((["alone", "second"], "other", "alone", "edited"), 1):
            processor.cite(ids, note=number)

    def texts(processor: Processor) -> list[str]:
        return [*processor.citations, str(processor.bibliography())]

    assert "<b>Roe" in str(bold.bibliography()) or "Roe</b>" in str(bold.bibliography())
    assert [re.sub("</?b>", "", one) for one in texts(bold)] == [
        re.sub("</?b>", "", one) for one in texts(plain)
    ]
    explained = bold.explanations(WORKS)
    assert [one.text for one in explained] == [one.text for one in plain.explanations(WORKS)]


def test_a_repeated_author_is_not_bold_and_the_next_is() -> None:
    works = [book("a", "Roe, Ann", title="A"), book("b", "Roe, Ann", "Doe, Jane", title="B")]
    layout = '<names variable="author"/><text variable="title" prefix=". "/>'
    rest = (
        '<bibliography subsequent-author-substitute="—"'
        ' subsequent-author-substitute-rule="partial-each">'
        f"<layout>{layout}</layout></bibliography>"
    )
    found = refcite.bibliography(
        works, style=style_xml(layout, rest=rest), output="html", highlight=["Ann Roe", "Jane Doe"]
    )
    assert [entry.text for entry in found] == ["<b>Ann Roe</b>. A", "—, <b>Jane Doe</b>. B"]


def test_explanations_have_the_format_of_the_name() -> None:
    processor = Processor("apa", library=WORKS, highlight="Roe, Ann")
    spans = processor.explain("alone").spans
    assert [(one.text, one.variable) for one in spans if one.format.font_weight == "bold"] == [
        ("Roe, A.", "author")
    ]


def test_a_notebook_shows_the_highlights_of_a_bibliography_in_plain_text() -> None:
    found = refcite.bibliography(WORKS[0], highlight="Roe, Ann")
    assert "<b>Roe, A.</b>" in (found._repr_html_() or "")
    assert (found._repr_markdown_() or "").startswith("**Roe, A.** (2000)")


def test_sorting_does_not_depend_on_highlights() -> None:
    works = [book("z", "Zed, Zoe"), book("a", "Ant, Adam"), book("b", "Bee, Bea")]
    found = refcite.bibliography(works, highlight=["Zoe Zed", "Bea Bee"])
    assert found.ids == ("a", "b", "z")


# Reports


def codes(found: refcite.csl.Bibliography) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_highlight_that_agrees_with_no_name_is_reported() -> None:
    found = refcite.bibliography(WORKS, highlight=["Roe, Bob", "Poe, Edgar"])
    assert [str(problem) for problem in found.problems] == [
        "warning: no printed name agrees with the highlighted name 'Roe, Bob'; did you mean"
        " 'Roe, A. B.' or 'Roe, Alan' or 'Roe, Ann'? [unmatched-highlight]",
        "warning: no printed name agrees with the highlighted name 'Poe, Edgar'"
        " [unmatched-highlight]",
    ]


def test_a_name_that_agrees_by_its_initials_is_reported() -> None:
    found = refcite.bibliography(WORKS, highlight="Roe, Ann")
    assert [str(problem) for problem in found.problems] == [
        "info: the highlighted name 'Roe, Ann' agrees with 'Roe, A. B.' only by initials; check"
        " that this is the same person [highlighted-by-initials]"
    ]
    assert codes(refcite.bibliography(WORKS, highlight="Roe, A.")) == []


@pytest.mark.parametrize(
    ("highlight", "error", "message"),
    [
        ("", RecordValueError, "highlight contains an empty text"),
        (["Ann Roe", " "], RecordValueError, "highlight contains an empty text"),
        ("Ann Roe and Jane Doe", RecordValueError, r"may be several names; write \['Roe, Ann'"),
        (5, RecordTypeError, "highlight must be names, texts such as 'Jane Doe', or a list"),
        ([5], RecordTypeError, r"highlight must be names, texts .*, not int \(5\)"),
    ],
)
def test_wrong_highlights_are_errors(
    highlight: object, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        Processor("apa", highlight=highlight)  # type: ignore[arg-type]


def test_the_other_engine_rejects_highlights() -> None:
    with pytest.raises(RefciteError, match="cannot highlight names; use the engine 'refcite'"):
        Processor("apa", engine="citeproc-py", highlight="Roe, Ann")
    Processor("apa", engine="citeproc-py", highlight=[])


def test_an_engine_without_highlights_prints_the_same() -> None:
    layout = '<names variable="author"/>'
    assert engine_for(style_xml(layout), WORKS[0], backend="html").cite(cluster("alone")) == (
        "Ann Roe"
    )
