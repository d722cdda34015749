"""Bibliographies in sections, and the files that define sections."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt

import refcite
from refcite import Date, Library, Name, Processor, Record, RefciteError
from refcite.csl import Output, SectionCondition, load_sections
from refcite.csl.backends import BACKENDS, find_backend
from refcite.csl.backends.base import printable
from refcite.csl.sections import divided
from refcite.problems import InputError, RecordTypeError, RecordValueError
from refcite.vocabulary import ITEM_TYPES, ItemType
from tests.csl.reading import READERS, read_typst
from tests.csl.small import book
from tests.csl.test_reading_back import TEXTS

ROOT = Path(__file__).resolve().parents[2]


def is_a(*types: str) -> SectionCondition:
    return lambda record: record.type in types


def work(key: str, type_: ItemType, year: int = 2001, author: str = "Doe, Jane") -> Record:
    return Record(id=key, type=type_, title=key, author=author, issued=year, publisher="P")


CASES = ("Cases", is_a("legal_case"))
REPORTS = ("Reports", is_a("report"))
WORKS = [
    work("Zoo", "report"),
    work("Web", "webpage"),
    work("Air", "report"),
    work("Roe", "legal_case"),
]


def test_entries_are_in_the_order_of_the_style_within_their_sections() -> None:
    found = refcite.bibliography(WORKS, sections=[CASES, REPORTS])
    assert [(entry.section, entry.id) for entry in found] == [
        ("Cases", "Roe"),
        ("Reports", "Air"),
        ("Reports", "Zoo"),
        ("Other works", "Web"),
    ]
    assert [(heading, len(entries)) for heading, entries in found.sections] == [
        ("Cases", 1),
        ("Reports", 2),
        ("Other works", 1),
    ]
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_work_is_in_the_first_section_to_which_it_belongs() -> None:
    asked: list[str] = []

    def later(record: Record) -> bool:
        asked.append(record.id)
        return True

    found = refcite.bibliography(WORKS, sections=[("Law", is_a("legal_case")), ("Rest", later)])
    assert [heading for heading, _ in found.sections] == ["Law", "Rest"]
    assert sorted(asked) == ["Air", "Web", "Zoo"]


def test_sections_with_one_heading_are_one_and_empty_sections_are_not_printed() -> None:
    sections = [("A", is_a("webpage")), ("B", is_a("map")), ("C", is_a("report")), ("A", CASES[1])]
    found = refcite.bibliography(WORKS, sections=sections)
    assert [(heading, [one.id for one in entries]) for heading, entries in found.sections] == [
        ("A", ["Web", "Roe"]),
        ("C", ["Air", "Zoo"]),
    ]
    others = refcite.bibliography(WORKS, sections=sections[:1], other_heading=" A ")
    assert [heading for heading, _ in others.sections] == ["A"]


def test_numbers_and_year_suffixes_continue_in_the_printed_order() -> None:
    numbered = refcite.bibliography(WORKS, style="ieee", sections=[CASES, REPORTS])
    assert [entry.text.partition("]")[0] for entry in numbered] == ["[1", "[2", "[3", "[4"]
    assert numbered.ids == ("Roe", "Zoo", "Air", "Web")
    suffixed = refcite.bibliography(WORKS, sections=[CASES, REPORTS])
    assert [re.findall(r"2001(\w)", entry.text) for entry in suffixed if entry.id != "Roe"] == [
        ["a"],
        ["b"],
        ["c"],
    ]


@pytest.mark.parametrize("style", ["ieee", "apa", "council-of-science-editors", "acs-nano"])
def test_citations_follow_the_sections_and_follow_them_no_more(style: str) -> None:
    processor = Processor(style, library=WORKS)
    for one in WORKS:
        processor.cite(one.id)
    before = list(processor.citations)
    plain = processor.bibliography()
    divided_ = processor.bibliography(sections=[CASES, REPORTS])
    changes = processor.changes()
    shown = {**dict(enumerate(before)), **changes}
    assert list(processor.citations) == [shown[index] for index in range(len(WORKS))]
    fresh = Processor(style, library=WORKS)
    fresh.bibliography(sections=[CASES, REPORTS])
    for one in WORKS:
        fresh.cite(one.id)
    assert list(fresh.citations) == list(processor.citations)
    assert divided_ == fresh.bibliography(sections=[CASES, REPORTS])
    assert processor.bibliography() == plain
    assert list(processor.citations) == before


def test_a_work_that_is_cited_later_gets_the_number_of_its_section() -> None:
    processor = Processor("ieee", library=WORKS)
    processor.cite("Web")
    processor.bibliography(sections=[CASES])
    assert processor.cite("Roe") == "[1]"
    assert processor.changes() == {0: "[2]"}


def test_a_new_section_does_not_repeat_the_author_before_it() -> None:
    works = [work("A", "report"), work("B", "report"), work("C", "legal_case", 2002)]
    style = "chicago-author-date-16th-edition"
    if "subsequent-author-substitute" not in refcite.csl.style_xml(style):
        pytest.fail("the style has no substitute for repeated authors")
    whole = refcite.bibliography(works, style=style)
    assert [entry.text[:3] for entry in whole] == ["Doe", "———", "———"]
    found = refcite.bibliography(works, style=style, sections=[REPORTS])
    assert [entry.text[:3] for entry in found if entry.id != "C"] == ["Doe", "———"]
    assert [entry.text[:3] for entry in found if entry.id == "C"] != ["———"]
    processor = Processor(style, library=works)
    processor.nocite(works)
    entries = processor.bibliography(sections=[REPORTS])
    explained = processor.explanations(works)
    assert [one.text for one in explained] == [entry.text for entry in entries]


def test_a_style_without_a_bibliography_has_sections_of_first_citations() -> None:
    style = "review-of-international-studies"
    found = refcite.bibliography(WORKS, style=style, sections=[REPORTS])
    assert [entry.id for entry in found] == ["Zoo", "Air", "Web", "Roe"]
    assert [entry.section for entry in found] == [
        "Reports",
        "Reports",
        "Other works",
        "Other works",
    ]


def test_the_other_engine_prints_sections_too() -> None:
    found = refcite.bibliography(WORKS, engine="citeproc-py", sections=[CASES])
    assert [entry.section for entry in found] == ["Cases", *["Other works"] * 3]


# Groups


def test_types_have_headings_in_the_plural_in_the_order_of_the_table() -> None:
    found = refcite.bibliography(WORKS, sections="type")
    assert [heading for heading, _ in found.sections] == ["Reports", "Cases", "Web pages"]


def test_the_page_lists_the_headings_of_all_types() -> None:
    page = (ROOT / "docs" / "how-to" / "sections.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| ([A-Z].*) \|$", page, re.MULTILINE)
    assert dict(rows).keys() == set(ITEM_TYPES)
    works = {type_: Record.from_csl({"type": type_, "title": type_}) for type_ in ITEM_TYPES}
    division = divided("type", works)
    assert [(type_, division.heading_of(type_)) for type_, _ in rows] == rows
    assert list(division.headings[:-1]) == [heading for _, heading in rows]


@pytest.mark.parametrize("locale", ["en-US", "de-AT", "fr-FR", "es-ES", "nb-NO"])
def test_every_type_has_a_heading_of_its_own(locale: str) -> None:
    works = {type_: Record.from_csl({"type": type_}) for type_ in ITEM_TYPES}
    division = divided("type", works, locale=locale)
    assert len({division.heading_of(key) for key in works}) == len(ITEM_TYPES)
    assert (division.heading_of("book") == "Books") is (locale[:2] in ("en", "nb"))


def test_the_headings_are_in_the_language_of_the_style() -> None:
    works = [work("a", "report"), Record(id="b", title="b", language="eo"), book("c", "Roe")]
    found = refcite.bibliography(works, sections="language", locale="fr-FR")
    assert [heading for heading, _ in found.sections] == ["Espéranto", "Autres ouvrages"]
    found = refcite.bibliography(works, style="din-1505-2", sections="type")
    assert [heading for heading, _ in found.sections][:1] == ["Bücher"]


def test_a_work_is_in_the_section_of_its_first_keyword() -> None:
    keywords = {"a": "Law; Geneva, city", "b": "return, law", "c": "law", "d": None, "e": " ; "}
    works = [Record(id=key, title=key, keyword=text) for key, text in keywords.items()]
    found = refcite.bibliography(works, sections="keyword")
    assert [(heading, [one.id for one in entries]) for heading, entries in found.sections] == [
        ("Law", ["a", "c"]),
        ("return", ["b"]),
        ("Other works", ["d", "e"]),
    ]


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en-GB", "English"), ("EN", "English"), ("pt_BR", "Portuguese"), ("tlh", "tlh")],
)
def test_a_language_has_its_name_or_its_tag(language: str, heading: str) -> None:
    found = refcite.bibliography(Record(title="a", language=language), sections="language")
    assert [one for one, _ in found.sections] == [heading]


# Output formats


def test_headings_in_all_output_formats() -> None:
    shown = {
        output: str(refcite.bibliography(WORKS[:2], output=output, sections=[REPORTS]))
        for output in ("text", "html", "markdown", "rst", "latex", "typst")
    }
    assert shown["text"] == (
        "Reports\n\nDoe, J. (2001a). Zoo. P.\n\nOther works\n\nDoe, J. (2001b). Web. P."
    )
    assert shown["html"] == (
        '<div class="csl-bib-body">\n'
        '  <h2 class="csl-heading">Reports</h2>\n'
        '  <div class="csl-entry">Doe, J. (2001a). <i>Zoo</i>. P.</div>\n'
        '  <h2 class="csl-heading">Other works</h2>\n'
        '  <div class="csl-entry">Doe, J. (2001b). <i>Web</i>. P.</div>\n'
        "</div>"
    )
    assert shown["markdown"].split("\n\n")[::2] == ["## Reports", "## Other works"]
    assert shown["rst"].split("\n\n")[::2] == [".. rubric:: Reports", ".. rubric:: Other works"]
    assert shown["latex"].count(r"\begin{list}") == 2
    assert shown["latex"].startswith("\\subsection*{Reports}\n\\begin{list}")
    assert "\n\n#heading(level: 2, numbering: none)[Reports];\n\nDoe" in shown["typst"]


@pytest.mark.parametrize("output", BACKENDS)
def test_every_output_format_prints_each_heading_before_its_entries(output: Output) -> None:
    shown = str(refcite.bibliography(WORKS, output=output, sections=[CASES, REPORTS]))
    parts = ["Cases", "Roe", "Reports", "Air", "Zoo", "Other works", "Web"]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("name", READERS)
@given(TEXTS)
@settings(deadline=None)
@example("C# ##")
@example("#")
@example("\\# a\\#")
@example(":name: x")
@example("1. The {#law}::")
def test_a_heading_is_read_as_it_is(name: str, text: str) -> None:
    text = f"a{text}" if not printable(text).split() else text
    heading = find_backend(name).heading(text)
    assert len(heading.strip().splitlines()) == 1
    reading = READERS[name](heading)
    assert reading.text.removeprefix("§.§ ") == " ".join(printable(text).split())
    allowed = {"html": {"h2"}, "markdown": {"h2"}, "rst": {"rubric"}, "docx": {"pPr", "pStyle"}}
    assert set(reading.others) == allowed.get(name, set())


def test_headings_are_read_as_they_are_by_typst(tmp_path: Path) -> None:
    texts = ["1. Cases", "- a", "= b", "#let x [c] $d$", "// e", "C#"]
    typst = find_backend("typst")
    readings = read_typst([typst.heading(text) for text in texts], tmp_path)
    assert [reading.text for reading in readings] == texts


def test_markdown_reads_the_entries_of_a_section_as_paragraphs() -> None:
    shown = str(refcite.bibliography(WORKS, output="markdown", sections=[CASES]))
    tokens = [one.tag for one in MarkdownIt().parse(shown) if one.nesting == 1]
    assert tokens == ["h2", "p", "h2", "p", "p", "p"]


# Wrong sections


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ([("Cases",)], r"a section must be a heading with a function, not \('Cases',\); write"),
        ([("Cases", "legal_case")], "the section 'Cases' has 'legal_case' instead of a function"),
        ([(1, len)], "the heading of a section must be text, not 1"),
        ([(" ", len)], "the heading of a section is empty; write a heading"),
        ("typ", "there are no sections by 'typ'; did you mean 'type'?"),
        ("x", "there are no sections by 'x'; use one of type, keyword, language"),
        (5, "sections must be a list of headings with functions, not 5"),
    ],
)
def test_wrong_sections_are_errors(sections: object, message: str) -> None:
    with pytest.raises((RecordTypeError, RecordValueError), match=message) as caught:
        refcite.bibliography(WORKS, sections=sections)  # type: ignore[arg-type]
    assert isinstance(caught.value, RefciteError)


# Files


def loaded(folder: Path, text: str) -> list[tuple[str, SectionCondition]]:
    file = folder / "sections.toml"
    file.write_text(text, encoding="utf-8")
    return load_sections(file)


def test_a_file_of_sections(tmp_path: Path) -> None:
    sections = loaded(
        tmp_path,
        """
        [[section]]
        heading = "Archives"
        values = { archive = "*", language = ["de*", "FR"] }
        [[section]]
        heading = "United Nations"
        types = ["report", "treaty"]
        [section.values]
        author = ["UNHCR", "Roe, Ann"]
        issued = 1951
        [[section]]
        heading = "Return"
        keywords = "return"
        [[section]]
        heading = "Everything"
        """,
    )
    unhcr = Name(literal="UNHCR")
    works = {
        "a": Record(archive="Bern", language="de-CH"),
        "b": Record(archive="Bern", language="en"),
        "c": Record(archive="Bern", language="fr"),
        "d": Record(type="treaty", author=unhcr, issued=Date.parse("1951-07-28")),
        "e": Record(type="report", author="Ann Roe", issued=1951),
        "f": Record(type="report", author="A. Roe", issued=1951, keyword="asylum, Return"),
        "g": Record(type="treaty", author=unhcr, issued=1967),
    }
    division = divided(sections, works)
    assert {key: division.heading_of(key) for key in works} == {
        "a": "Archives",
        "b": "Everything",
        "c": "Archives",
        "d": "United Nations",
        "e": "United Nations",
        "f": "Return",
        "g": "Everything",
    }


@pytest.mark.parametrize(
    ("pattern", "text", "holds"),
    [
        ("a*", "abc", True),
        ("*c", "abc", True),
        ("a*c", "ac", True),
        ("a*a", "a", False),
        ("*b*", "abc", True),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("*", "", False),
        ("A  b", "a b", True),
        ("<i>a</i>", "<i>a</i>", False),
        ("a", "<i>a</i>", True),
    ],
)
def test_a_star_replaces_any_text(tmp_path: Path, pattern: str, text: str, holds: bool) -> None:
    ((_, condition),) = loaded(tmp_path, f"[[section]]\nheading = 'x'\nvalues.title = '{pattern}'")
    assert bool(condition(Record(title=text))) is holds


SECTION = '[[section]]\nheading = "Cases"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"\.toml: the file has no sections; write \[\[section\]\], and below"),
        ("section = 5", r"the file has no sections"),
        (
            "sektion = 1",
            r", line 1: the file has the unknown key 'sektion'; did you mean 'section'",
        ),
        (
            SECTION + 'typ = ["bill"]',
            r", line 3: section 1: unknown key 'typ'; did you mean 'types",
        ),
        (
            SECTION + 'publisher = "UN"',
            r", line 3: .*'publisher'; write values = { publisher = … }",
        ),
        (SECTION + 'types = ["bil"]', r", line 3: section 1: CSL has no type 'bil'; did you mean"),
        (SECTION + "types = []", r", line 3: .*'types' is neither text nor a list of texts; write"),
        (SECTION + "types = [1.5]", r", line 3: .*'types' is neither text nor a list of texts"),
        (SECTION + 'values = "x"', r", line 3: section 1: 'values' is not a table; write values"),
        (
            SECTION + 'types = "bill"\n' + SECTION + "values = { publisher_place = 'x' }",
            r", line 6: section 2: CSL has no variable 'publisher_place'; write 'publisher-place'",
        ),
        (SECTION + '[section.values]\ntype = "bill"', r", line 4: .*; write types = \[ … \] next"),
        (SECTION + '[section.values]\ndoi = "x"', r", line 4: .*variable 'doi'; write 'DOI'"),
        (
            SECTION + '[section.values]\npublisher = ""',
            r", line 4: section 1: 'publisher' is neither text nor",
        ),
        (
            '[[section]]\ntypes = ["bill"]',
            r", line 1: section 1: the section has no heading; write",
        ),
        (
            SECTION + SECTION.replace("Cases", "Bills"),
            r", line 1: section 1: the section 'Cases' has no conditions, .*; add types",
        ),
        ("section = [1]", r"\.toml: section 1 is not a table"),
        ("[[section]\n", r"the file is not valid TOML: .*line 1"),
        ("x = " + "[" * 5000, r"the file is not valid TOML"),
    ],
)
def test_an_error_names_the_line_and_what_to_write(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        loaded(tmp_path, text)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: the sections cannot be read: No such file"):
        load_sections(tmp_path / "none.toml")
    file = tmp_path / "latin.toml"
    file.write_bytes(b"\xe9")
    with pytest.raises(InputError, match=r"latin\.toml: the file is not UTF-8; save it as UTF-8"):
        load_sections(file)
    file.write_bytes(b'\xef\xbb\xbf[[section]]\r\nheading = "A"\r\n')
    assert [heading for heading, _ in load_sections(file)] == ["A"]


def test_a_library_keeps_its_order_in_a_section_without_a_sort() -> None:
    library = Library(WORKS)
    found = refcite.bibliography(library, style="ieee", sections=[("All", lambda _: True)])
    assert found.ids == tuple(library.ids)
