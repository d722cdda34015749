"""The processor: finding styles, documents and bibliographies, in both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import refcite
from refcite import Date, Library, Name, Record
from refcite.csl import Cite, EngineName, Processor, cite_as, search_styles, style_ids, style_xml
from refcite.csl.style.locale_files import find_locale
from refcite.csl.style.style_source import find_style
from refcite.problems import RefciteError, StyleError, UnknownLocaleError, UnknownStyleError

KNUTH = Record(
    id="knuth",
    type="book",
    title="The art of computer programming",
    author=(Name.parse("Knuth, Donald E."),),
    issued=Date.of(1968),
    publisher="Addison-Wesley",
)
SURVEY = Record(
    id="survey",
    type="report",
    title="Freedom in the World 2018",
    author=(Name(literal="Freedom House"),),
    publisher="Freedom House",
    issued=Date.of(2018, 8, 1),
)
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
  <info><title>A</title><id>a</id><updated>2020-01-01T00:00:00Z</updated></info>
  <citation><layout><text variable="title"/></layout></citation>{bibliography}
</style>"""
TITLES = STYLE.format(
    bibliography='<bibliography><layout suffix="."><text variable="title"/></layout></bibliography>'
)


def test_a_style_is_found_by_id_url_path_and_text(tmp_path: Path) -> None:
    path = tmp_path / "titles.csl"
    path.write_text(TITLES, encoding="utf-8")
    for style in (TITLES, path, str(path), f"\ufeff\n{TITLES}"):
        assert str(refcite.bibliography([KNUTH], style=style)) == f"{KNUTH.title}."
    assert find_style("https://www.zotero.org/styles/apa").name == "apa"


def test_a_dependent_style_is_its_parent_with_its_own_locale() -> None:
    assert find_style("nature-digest").xml == find_style("nature").xml
    dependent = '<style xmlns="http://purl.org/net/xbiblio/csl" default-locale="de-DE"><info>' + (
        '<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>'
    )
    found = find_style(dependent)
    assert (found.name, found.default_locale) == ("apa", "de-DE")
    with pytest.raises(StyleError, match="needs the style 'nowhere'"):
        find_style(dependent.replace("styles/apa", "styles/nowhere"))


def test_the_xml_of_a_style_prints_what_the_style_prints() -> None:
    ids = style_ids()
    chapter = KNUTH.replace(
        type="chapter", editor=(Name.parse("Ann Doe"),), page="1-9", edition="2"
    )
    for style_id in ("refworld", "abi-technik", "herz", *ids[7::600], *ids[11::600]):
        assert cite_as(chapter, style_xml(style_id)) == cite_as(chapter, style_id), style_id


def test_the_xml_of_a_style_is_as_published_but_for_a_dependent_styles_locale() -> None:
    published = find_style("springer-basic-brackets").xml.decode()
    assert style_xml("springer-basic-brackets") == published
    assert style_xml("http://www.zotero.org/styles/springer-basic-brackets") == published
    german = style_xml("herz").replace(' default-locale="de-DE"', "", 1)
    assert german == published.replace(' default-locale="en-US"', "", 1) != published
    with pytest.raises(UnknownStyleError, match=r"no style 'natur'; .*; did you mean 'nature'"):
        style_xml("natur")


def test_own_styles_come_first_and_all_published_ones_follow() -> None:
    ids = style_ids()
    assert ids[:3] == ("oscola-international", "refworld", "refworld-2023")
    assert len(ids) > 10_000
    assert ("apa", "APA Style 7th edition") in search_styles("apa")


def test_unknown_styles_and_locales_name_their_neighbours() -> None:
    with pytest.raises(UnknownStyleError, match="did you mean 'chicago-author-date'"):
        Processor("chicago-autor-date")
    with pytest.raises(UnknownLocaleError, match="no CSL locale 'fri-FR'; did you mean 'fr-FR'"):
        Processor("apa", locale="fri-FR")
    assert [find_locale(tag) for tag in ("fr", "FR_fr", "de-BE", "eu")] == [
        "fr-FR",
        "fr-FR",
        "de-DE",
        "eu",
    ]


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<style", "not well-formed XML: .*line 1"),
        ("<page/>", "line 1, <page>: is not a CSL style"),
        (
            '<style xmlns="http://purl.org/net/xbiblio/csl"/>',
            "line 1, <style>: has neither a <citation>",
        ),
        ('<!DOCTYPE s [<!ENTITY a "b">]>' + TITLES, "document type declaration"),
        (
            '<!DOCTYPE s SYSTEM "http://example.invalid/x.dtd">' + TITLES,
            "document type declaration",
        ),
    ],
)
def test_a_broken_style_is_refused_with_its_place(xml: str, message: str) -> None:
    with pytest.raises(StyleError, match=message):
        Processor(xml)


def test_a_missing_style_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match=r"no\.csl: the style cannot be read: No such file"):
        Processor(tmp_path / "no.csl")


def test_a_document_cites_and_ends_with_its_bibliography() -> None:
    processor = Processor("apa", library=Library([KNUTH, SURVEY]))
    assert processor.cite("survey") == "(Freedom House, 2018)"
    assert processor.cite([Cite(record=KNUTH, locator="12"), "survey"]) == (
        "(Freedom House, 2018; Knuth, 1968, p. 12)"
    )
    bibliography = processor.bibliography()
    assert bibliography.ids == ("survey", "knuth")
    assert [entry.id for entry in bibliography] == ["survey", "knuth"]
    assert str(bibliography) == (
        "Freedom House. (2018). Freedom in the World 2018.\n"
        "Knuth, D. E. (1968). The art of computer programming. Addison-Wesley."
    )
    with pytest.raises(RefciteError, match="no record 'surway' in the library; did you mean"):
        processor.cite("surway")


def test_the_language_is_the_caller_s() -> None:
    web = KNUTH.replace(type="webpage", url="https://example.org", accessed=Date.of(2023, 6, 6))
    style = TITLES.replace("<text variable=", '<text term="accessed"/><text variable=')
    assert str(refcite.bibliography([web], style=style, locale="de")).startswith("Zugegriffen")


def test_a_publisher_that_is_the_only_author_is_not_printed_twice() -> None:
    def printed(**options: Any) -> str:
        return str(refcite.bibliography([SURVEY], style="apa", **options))

    assert printed() == "Freedom House. (2018). Freedom in the World 2018."
    assert printed(repeat_publisher=True) == (
        "Freedom House. (2018). Freedom in the World 2018. Freedom House."
    )
    two = SURVEY.replace(author=(*SURVEY.author, Name(literal="USAID")))
    assert "Freedom House." in str(refcite.bibliography([two], style="apa")).split("2018.")[-1]


@pytest.mark.parametrize("item_type", ["webpage", "post-weblog"])
def test_a_site_that_is_the_only_author_is_not_printed_twice(item_type: Any) -> None:
    page = Record(
        id="a",
        type=item_type,
        title="Tides",
        container_title="Quay",
        author=(Name(literal="Quay"),),
    )
    assert str(refcite.bibliography(page, style="apa")) == "Quay. (n.d.). Tides."
    repeated = refcite.bibliography(page, style="apa", repeat_publisher=True)
    assert str(repeated) == "Quay. (n.d.). Tides. Quay."
    of_journal = page.replace(type="article-journal")
    assert str(refcite.bibliography(of_journal, style="apa")) == "Quay. (n.d.). Tides. Quay."
    explanation = refcite.Processor("apa", library=page).explain(page)
    assert "same-as-author" in {skipped.reason for skipped in explanation.skipped}


@pytest.mark.parametrize(
    ("status", "end"), [("In press", "Ebb. Quay."), ("accepted", "Ebb. Quay. Accepted.")]
)
def test_a_status_in_the_place_of_the_year_is_printed_once(status: str, end: str) -> None:
    record = Record(
        id="a", type="article-journal", title="Ebb", container_title="Quay", issued="in press"
    ).replace(author="Ann Roe", status=status)
    assert str(refcite.bibliography(record, style="apa")) == f"Roe, A. (in press). {end}"


def test_html_is_escaped_and_wrapped() -> None:
    record = KNUTH.replace(title="Fish & <chips>")
    bibliography = refcite.bibliography([record], style=TITLES, output="html")
    assert str(bibliography) == (
        '<div class="csl-bib-body">\n'
        '  <div class="csl-entry">Fish &#38; &#60;chips&#62;.</div>\n'
        "</div>"
    )


@pytest.mark.parametrize("engine", ["refcite", "citeproc-py"])
def test_nothing_a_record_or_cite_says_is_html(engine: EngineName) -> None:
    evil = "<script>alert(1)</script>"
    record = Record(
        id="evil",
        type="article-journal",
        title=evil,
        container_title=evil,
        author=(Name(family=evil, given="A"), Name(literal=evil)),
        issued=Date(literal=evil),
        url=f"javascript:{evil}",
        volume=evil,
    )
    for style in ("apa", "chicago-author-date", "modern-language-association"):
        processor = Processor(style, output="html", engine=engine)
        cited = processor.cite(Cite(record=record, prefix=evil, suffix=evil, locator=evil))
        assert "<script" not in cited
        assert "<script" not in str(processor.bibliography())


def test_two_records_of_one_id_both_stand_in_the_bibliography() -> None:
    other = SURVEY.replace(id="knuth")
    bibliography = refcite.bibliography(Library([KNUTH, other, KNUTH]), style=TITLES)
    assert [(e.id, e.text) for e in bibliography] == [
        ("knuth", "The art of computer programming."),
        ("knuth", "Freedom in the World 2018."),
    ]


def test_a_style_without_a_bibliography_says_so() -> None:
    style = STYLE.format(bibliography="")
    assert Processor(style).cite(KNUTH) == KNUTH.title
    assert KNUTH.cite_as(style) == KNUTH.title
    with pytest.raises(RefciteError, match="has no bibliography"):
        Processor(style).bibliography()
    printed = refcite.bibliography([KNUTH], style=style)
    assert [entry.text for entry in printed] == [KNUTH.title]


def test_works_are_cited_first_as_in_a_document_that_cites_them_all() -> None:
    """Each is told apart from all others, stands once, and none of them is an ibid."""
    works = [
        Record(
            id=name, type="book", title=name, author=(Name.parse(author),),
            issued=Date.of(2001), publisher="Hive",
        )
        for name, author in (("Ants", "Jane Doe"), ("Bats", "John Doe"), ("Bees", "Jane Doe"))
    ]  # fmt: skip
    again = works[0].replace(title="Cats")
    listed = [*works, works[0], again, again]
    found = Processor("review-of-international-studies").first_citations(listed)
    assert [(entry.id, entry.text) for entry in found] == [
        ("Ants", "Jane Doe, Ants (Hive, 2001a)."),
        ("Bats", "John Doe, Bats (Hive, 2001)."),
        ("Bees", "Jane Doe, Bees (Hive, 2001b)."),
        ("Ants", "Jane Doe, Cats (Hive, 2001c)."),
    ]
    for style in ("bluebook-law-review", "chicago-notes", "oscola", "apa"):
        document = Processor(style)
        for work in works:
            document.cite(work)
        texts = tuple(entry.text for entry in Processor(style).first_citations(works))
        assert texts == document.citations
        assert tuple(entry.text for entry in document.first_citations(works)) == texts
        assert document.citations == texts


def test_what_is_cited_and_prints_nothing_is_named() -> None:
    found = Processor("bluebook-law-review").first_citations([Record(id="bare"), KNUTH])
    assert found.ids == ("knuth",)
    problems = [(problem.code, problem.key) for problem in found.problems]
    assert problems == [("no-bibliography", None), ("empty-entry", "bare")]


def test_citeproc_py_cites_each_work_once() -> None:
    style = STYLE.format(bibliography="")
    processor = Processor(style, engine="citeproc-py")
    found = processor.first_citations([KNUTH, SURVEY, KNUTH])
    assert [entry.text for entry in found] == [KNUTH.title, SURVEY.title]
    assert processor.citations == ()


def test_wrong_outputs_and_engines_are_refused() -> None:
    with pytest.raises(RefciteError, match=r"no output format 'htm'.*html"):
        Processor("apa", output="htm")  # type: ignore[arg-type]  # the mistake that is tested
    with pytest.raises(RefciteError, match="no engine 'citeproc'"):
        Processor("apa", engine="citeproc")  # type: ignore[arg-type]  # the same


def test_an_entry_that_the_engine_fails_at_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(style: object, items: list[Any]) -> list[str]:
        if str(items[0].reference["title"]) == "Odd":
            raise KeyError("no such term")
        return [str(items[0].reference["title"])]

    monkeypatch.setattr("citeproc.CitationStylesStyle.render_bibliography", failing)
    odd = Record(id="odd", type="book", title="Odd")
    bibliography = refcite.bibliography([odd, KNUTH], style=TITLES, engine="citeproc-py")
    assert bibliography.ids == ("knuth",)
    assert [(p.severity, p.code, p.key) for p in bibliography.problems] == [
        ("error", "engine-failure", "odd")
    ]


def test_an_entry_of_which_nothing_is_printed_is_reported() -> None:
    empty = Record(id="empty", type="book", publisher="P")
    bibliography = refcite.bibliography([empty, KNUTH], style=TITLES.replace(' suffix="."', ""))
    assert bibliography.ids == ("knuth",)
    assert [(p.severity, p.code, p.key) for p in bibliography.problems] == [
        ("warning", "empty-entry", "empty")
    ]


def test_citeproc_py_stays_selectable() -> None:
    processor = Processor("apa", engine="citeproc-py", library=[KNUTH])
    assert processor.cite("knuth") == "(Knuth, 1968)"
    assert processor.citations == ("(Knuth, 1968)",)
    assert str(processor.bibliography()) == (
        "Knuth, D. E. (1968). The art of computer programming. Addison-Wesley."
    )
    with pytest.raises(RefciteError, match="can only append"):
        processor.remove(0)
    with pytest.raises(RefciteError, match="writes text and html, not latex"):
        Processor("apa", engine="citeproc-py", output="latex")


@pytest.mark.parametrize("engine", ["refcite", "citeproc-py"])
@pytest.mark.parametrize(
    ("date", "printed"),
    [("44 BC", "44"), ("199X", "1990–1999"), ("c. 1950", "1950"), ("in press", "in press")],
)
def test_dates_say_what_the_source_says(engine: EngineName, date: str, printed: str) -> None:
    record = KNUTH.replace(issued=Date.parse(date))
    for style in ("apa", "chicago-author-date"):
        assert printed in str(refcite.bibliography([record], style=style, engine=engine))


@pytest.mark.parametrize("engine", ["refcite", "citeproc-py"])
@pytest.mark.parametrize("date", ["2017-01/2017-02", "2017-01-18/2017-01-20", "2001/..", "../2001"])
def test_no_style_loses_a_range(engine: EngineName, date: str) -> None:
    record = KNUTH.replace(issued=Date.parse(date), type="article-newspaper")
    year = "2001" if "2001" in date else "2017"
    assert year in str(refcite.bibliography([record], style="apa", engine=engine))


def test_an_edit_tells_which_citations_changed() -> None:
    first = KNUTH.replace(id="first", title="A")
    processor = Processor("apa")
    assert processor.cite(KNUTH) == "(Knuth, 1968)"
    assert processor.cite(SURVEY) == "(Freedom House, 2018)"
    assert processor.changes() == {}
    assert processor.insert(0, first) == {0: "(Knuth, 1968a)", 1: "(Knuth, 1968b)"}
    assert processor.move(0, 2) == {}
    assert processor.citations == ("(Knuth, 1968b)", "(Freedom House, 2018)", "(Knuth, 1968a)")
    assert processor.remove(2) == {0: "(Knuth, 1968)"}
    assert processor.replace(1, first) == {0: "(Knuth, 1968b)", 1: "(Knuth, 1968a)"}
    assert processor.bibliography().ids == ("first", "knuth")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("mla", "modern-language-association"),
        ("chicago", "chicago-author-date"),
        ("harvard", "harvard-cite-them-right"),
        ("nature", "nature"),
        ("Chicago notes", "chicago-notes"),
        ("", "refworld"),
        ("APA 7", "apa"),
        ("APA, 6th ed.", "apa-6th-edition"),
        ("apa7", "apa"),
        ("MLA 9", "modern-language-association"),
        ("Chicago 17 notes", "chicago-notes-bibliography-17th-edition"),
        ("chicago fullnote", "chicago-notes-bibliography"),
        ("Vancouver", "nlm-citation-sequence"),
        ("AMA", "american-medical-association"),
        ("RSC", "royal-society-of-chemistry"),
        ("Bluebook", "bluebook-law-review"),
        ("AGLC", "australian-guide-to-legal-citation"),
        ("harvard elsevier", "elsevier-harvard"),
        ("elsevier-harvard2", "elsevier-harvard2"),
    ],
)
def test_the_style_that_is_meant_comes_first(words: str, first: str) -> None:
    assert search_styles(words)[0][0] == first


@pytest.mark.parametrize(
    ("style", "meant"),
    [("Chicago", "chicago-author-date"), ("appa", "apa")],
)
def test_an_unknown_style_names_those_that_may_be_meant(style: str, meant: str) -> None:
    with pytest.raises(UnknownStyleError, match=f"did you mean '{meant}'"):
        find_style(style)
