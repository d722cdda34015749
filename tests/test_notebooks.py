"""What a notebook shows of records, libraries and bibliographies."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from lxml import html

import refcite
from refcite import Date, Library, Name, Problem, Record, Severity, notebook
from refcite.csl import Bibliography, Entry, Explanation, Output, Processor
from refcite.csl.backends import BACKENDS
from tests.csl.small import style_xml

CASTLE = Record(
    id="kafka",
    type="book",
    title="The Castle",
    author=(Name(family="Kafka", given="Franz"),),
    issued=Date.of(1926),
    url="https://example.org/castle",
)


def parsed(shown: str | None) -> html.HtmlElement:
    assert shown is not None
    page = html.fromstring(shown)
    assert isinstance(page, html.HtmlElement)
    return page


@pytest.fixture(autouse=True)
def _as_at_first() -> Iterator[None]:
    yield
    notebook.use("apa", most=50)


def test_a_record_shows_its_entry_with_a_hanging_indent_and_links() -> None:
    page = parsed(CASTLE._repr_html_())
    (entry,) = page.find_class("csl-entry")
    assert entry.text_content() == ("Kafka, F. (1926). The Castle. https://example.org/castle")
    assert entry.getparent().get("class") == "csl-bib-body hanging"
    assert [link.get("href") for link in entry.iter("a")] == ["https://example.org/castle"]


def test_markdown_and_latex_are_for_documents_made_of_a_notebook() -> None:
    shown = CASTLE._repr_mimebundle_() or {}
    assert shown["text/markdown"].startswith("Kafka, F. (1926). *The Castle*.")
    assert r"\textit{The Castle}" in shown["text/latex"]


def test_the_sections_of_a_bibliography_have_headings_in_all_kinds() -> None:
    works = [CASTLE, CASTLE.replace(id="map", type="map", title="A <map>", url=None)]
    sections = [("Maps & plans", lambda record: record.type == "map")]
    for output in ("text", "html"):
        shown = in_all_kinds(refcite.bibliography(works, sections=sections, output=output))
        (body,) = parsed(shown["text/html"]).find_class("csl-bib-body")
        assert [(part.get("class"), part.text_content()[:12]) for part in body] == [
            ("csl-heading", "Maps & plans"),
            ("csl-entry", "Kafka, F. (1"),
            ("csl-heading", "Other works"),
            ("csl-entry", "Kafka, F. (1"),
        ]
        assert shown["text/markdown"].startswith("## Maps & plans\n\nKafka")
        assert shown["text/latex"].startswith("\\subsection*{Maps \\& plans}\n")


def in_all_kinds(what: Record | Library | Bibliography) -> dict[str, str]:
    """Return what a notebook shows, which is the same whether it is asked at once or for each."""
    bundle = what._repr_mimebundle_()
    assert bundle is not None
    assert [*bundle.values()] == [
        what._repr_html_(),
        what._repr_markdown_(),
        what._repr_latex_(),
    ]
    return bundle


def parts(count: int) -> Library:
    return Library([CASTLE.replace(id=f"k{n}", title=f"Part {n}") for n in range(1, count + 1)])


def test_a_library_shows_its_first_entries_and_its_problems() -> None:
    library = parts(3)
    library.problems.append(
        Problem(severity=Severity.WARNING, code="unread-date", message="'<soon>_' is no\ndate")
    )
    notebook.use(most=2)
    shown = in_all_kinds(library)
    page = parsed(shown["text/html"])
    assert [entry.get("title") for entry in page.find_class("csl-entry")] == ["k1", "k2"]
    assert "… and 1 more" in page.text_content()
    assert "warning: '<soon>_' is no date [unread-date]" in page.text_content()
    assert shown["text/markdown"].endswith(
        "\n\n*… and 1 more*\n\n- warning: \\'\\<soon\\>\\_\\' is no date \\[unread-date\\]"
    )
    assert shown["text/latex"].endswith(
        "\\end{list}\n\n\\emph{… and 1 more}\n\n\\begin{itemize}\n"
        "\\item warning: \\textquotesingle{}\\textless{}soon\\textgreater{}\\_"
        "\\textquotesingle{} is no date {[}unread-date{]}\n\\end{itemize}"
    )


def test_no_problem_is_dropped_in_silence() -> None:
    problem = Problem(severity=Severity.INFO, code="x", message="One")
    for text in in_all_kinds(Library([CASTLE], [problem] * 12)).values():
        assert text.count("One") == 10
        assert "… and 2 more problems" in text


def test_the_entries_shown_are_those_of_the_whole_bibliography() -> None:
    library = parts(30)
    library.append(CASTLE.replace(id="first", author=(Name(family="Adams"),)))
    notebook.use(most=5)
    whole = refcite.bibliography(library, output="markdown", links=True)
    shown = library._repr_markdown_() or ""
    assert shown.split("\n\n") == [*(entry.text for entry in whole[:5]), "*… and 26 more*"]
    assert whole.ids[0] == "first"
    assert "1926ad" in whole[-1].text


def test_of_a_huge_library_it_is_said_what_was_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "_LARGEST", 20)
    notebook.use(most=5)
    shown = parts(30)._repr_markdown_() or ""
    assert shown.split("\n\n")[5:] == [
        "*… and 25 more*",
        "*Only the first 20 records were sorted and disambiguated;"
        " use refcite.bibliography for any number.*",
    ]


def test_an_empty_library_says_so_and_why() -> None:
    problem = Problem(severity=Severity.WARNING, code="no-entries", message="nothing was found")
    for text in in_all_kinds(Library(problems=[problem])).values():
        assert "No records." in text
        assert "nothing was found" in text
    for text in in_all_kinds(refcite.bibliography([])).values():
        assert "No entries." in text
        assert "list" not in text


def test_a_style_without_a_bibliography_shows_its_citations() -> None:
    notebook.use("bluebook-law-review")
    assert "Castle" in (CASTLE._repr_html_() or "")


def test_a_style_without_a_bibliography_tells_works_apart() -> None:
    notebook.use("review-of-international-studies")
    library = Library([CASTLE, CASTLE.replace(id="again", title="The Trial")])
    first, second = parsed(library._repr_html_()).find_class("csl-entry")
    assert "1926a" in first.text_content()
    assert "1926b" in second.text_content()


def test_what_prints_nothing_is_named() -> None:
    notebook.use("bluebook-law-review")
    for text in in_all_kinds(Record(id="bare")).values():
        assert "the style prints nothing for the entry" in text
        assert 'csl-entry"' not in text


@pytest.mark.parametrize("output", BACKENDS)
@pytest.mark.parametrize("style", ["apa", "ieee", "review-of-international-studies"])
def test_a_bibliography_shows_itself_whatever_it_was_made_for(output: Output, style: str) -> None:
    def made(output: Output) -> Bibliography:
        processor = Processor(style, output=output, links=True)
        library = [*parts(3), CASTLE.replace(title="$1 & <i>more</i>")]
        if not processor.has_bibliography:
            return processor.first_citations(library)
        for record in library:
            processor.cite(record)
        return processor.bibliography()

    shown = in_all_kinds(made(output))
    for entry in made("html"):
        assert entry.text in shown["text/html"]
    assert shown["text/markdown"] == str(made("markdown"))
    assert shown["text/latex"] == str(made("latex"))


def test_a_bibliography_as_text_has_links_and_another_only_those_it_was_made_with() -> None:
    assert "<a href=" in (refcite.bibliography([CASTLE])._repr_html_() or "")
    as_rst = refcite.bibliography([CASTLE], output="rst")
    assert "<a href=" not in (as_rst._repr_html_() or "")


def test_a_bibliography_stays_as_it_was_when_its_document_goes_on() -> None:
    processor = Processor("apa")
    processor.cite(CASTLE)
    bibliography = processor.bibliography()
    before = in_all_kinds(bibliography)
    processor.cite(CASTLE.replace(id="other", title="Amerika"))
    assert in_all_kinds(bibliography) == before
    assert "(1926)" in before["text/markdown"]


def test_a_note_that_tells_works_apart_still_does() -> None:
    """Bibliographies of such a style depend on the notes of the document."""
    style = style_xml(
        """<names variable="author"><name form="short" initialize-with=". "/></names>
        <text variable="first-reference-note-number" prefix=" n. "/>""",
        class_="note",
        citation='disambiguate-add-givenname="true" givenname-disambiguation-rule="by-cite"',
        rest="""<bibliography><layout><names variable="author"><name form="short"
        initialize-with=". "/></names></layout></bibliography>""",
    )

    def made(output: Output) -> Bibliography:
        processor = Processor(style, output=output)
        processor.cite(CASTLE, note=1)
        processor.cite(CASTLE.replace(id="b", author=(Name.parse("Kafka, Ottla"),)), note=2)
        return processor.bibliography()

    assert made("text")._repr_markdown_() == str(made("markdown"))


def test_a_bibliography_is_the_same_with_and_without_what_it_can_show() -> None:
    bibliography = refcite.bibliography([CASTLE])
    assert copy.copy(bibliography)._repr_markdown_() == bibliography._repr_markdown_()
    assert copy.deepcopy(bibliography)._repr_markdown_() == bibliography._repr_markdown_()
    stored = pickle.dumps(bibliography)
    assert stored.count(b"example.org") == 1, "the entry is stored, and no record"
    again = pickle.loads(stored)
    assert again == bibliography
    assert "(1926). The Castle." in again._repr_html_()
    assert again._repr_markdown_() is None
    assert [*again._repr_mimebundle_()] == ["text/html"]
    changed = evolve(bibliography, entries=(Entry("a", "<Mine>"),))
    assert "&lt;Mine&gt;" in (changed._repr_html_() or "")
    assert changed._repr_latex_() is None


def test_what_another_engine_made_is_shown_as_it_is() -> None:
    made = refcite.bibliography([CASTLE], engine="citeproc-py", output="html")
    assert "<i>The Castle</i>" in (made._repr_html_() or "")
    assert made._repr_markdown_() is None


def test_a_dollar_sign_begins_no_formula() -> None:
    """JupyterLab typesets HTML; MathJax passes over elements of these classes."""
    record = CASTLE.replace(title="$5 or $10")
    for what in (record, Library([record]), refcite.bibliography([record])):
        page = parsed(in_all_kinds(what)["text/html"])
        assert {"tex2jax_ignore", "mathjax_ignore"} <= set(page.get("class", "").split())
        assert "$5 or $10" in page.text_content()
        assert r"\$5 or \$10" in in_all_kinds(what)["text/markdown"]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "&lt;b"]
)
def test_every_value_is_escaped(hostile: str) -> None:
    record = Record(id=hostile, type="book", title=hostile, publisher=hostile, note=hostile)
    library = Library([record, record])
    for shown in (record, library, refcite.bibliography([record])):
        page = parsed(shown._repr_html_())
        assert {element.tag for element in page.iter()} <= {"div", "style", "i", "ul", "li", "p"}
        assert hostile in page.text_content()


def test_a_link_is_never_a_script() -> None:
    record = CASTLE.replace(url="javascript:alert(1)")
    assert "<a " not in (record._repr_html_() or "")


def test_a_wrong_style_is_said_at_once() -> None:
    with pytest.raises(refcite.RefciteError, match="there is no style"):
        notebook.use("no-such-style-at-all")


def test_the_language_can_be_chosen_alone() -> None:
    record = Record(id="k", type="book", title="The Castle")
    notebook.use("chicago-notes-bibliography")
    notebook.use(locale="es-ES")
    assert "s.\u00a0f." in (record._repr_markdown_() or "")
    notebook.use("chicago-notes-bibliography")
    assert "n.d." in (record._repr_markdown_() or "")
    with pytest.raises(refcite.RefciteError, match="xx-XX"):
        notebook.use(locale="xx-XX")
    assert "n.d." in (record._repr_markdown_() or "")


@pytest.mark.parametrize("most", [-1, 0, "x", 1.5])
def test_a_wrong_number_is_said_at_once_and_nothing_changes(most: Any) -> None:
    with pytest.raises(refcite.RefciteError, match="most must be a whole number of at least 1"):
        notebook.use("ieee", most=most)
    assert "(1926)" in (CASTLE._repr_markdown_() or "")


@pytest.mark.parametrize("broken", [None, "<style"])
def test_a_style_that_is_lost_is_shown_as_a_problem(tmp_path: Path, broken: str | None) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(style_xml('<text variable="title"/>'), encoding="utf-8")
    notebook.use(path)
    assert "The Castle" in (CASTLE._repr_html_() or "")
    if broken is None:
        path.unlink()
    else:
        path.write_text(broken, encoding="utf-8")
    for what in (CASTLE, Library([CASTLE])):
        for text in in_all_kinds(what).values():
            assert "mine.csl" in text
            assert "choose another style with refcite.notebook.use" in text.replace("\\_", "_")
    notebook.use(most=3)  # says nothing of the style
    assert "(1926)" in (refcite.bibliography([CASTLE])._repr_markdown_() or "")


def explained(record: Record) -> Explanation:
    return Processor("apa").explain(record)


def test_an_explanation_shows_its_pieces() -> None:
    explanation = explained(CASTLE)
    page = parsed(explanation._repr_html_())
    pieces = page.find_class("piece")
    assert [piece.text for piece in pieces] == [span.text for span in explanation]
    for piece, span in zip(pieces, explanation, strict=True):
        tip = page.get_element_by_id(piece.get("aria-describedby"))
        assert f"line {span.where.line}" in tip.text_content()
    assert [*(explanation._repr_mimebundle_() or {})] == ["text/html"]
    assert explanation._repr_markdown_() is None
    assert (
        repr(explanation) == f"<Explanation of 'kafka' (bibliography of apa): {str(explanation)!r}>"
    )


def test_no_two_explanations_share_an_id() -> None:
    """The same one may be shown twice, and two may differ in the style alone."""
    one, other = explained(CASTLE), Processor("ieee").explain(CASTLE)
    pages = [parsed(what._repr_html_()) for what in (one, one, other)]
    found = [id_ for page in pages for id_ in page.xpath("//@id")]
    assert found
    assert len(found) == len(set(found))
    for page in pages:
        named = page.xpath("//@aria-describedby | //@aria-labelledby")
        assert sorted(named) == sorted(page.xpath("//@id"))


def test_an_explanation_is_text_and_begins_no_formula() -> None:
    hostile = "<script>alert(1)</script> $5 or $10"
    page = parsed(explained(CASTLE.replace(id=hostile, title=hostile))._repr_html_())
    assert {"tex2jax_ignore", "mathjax_ignore"} <= set(page.get("class", "").split())
    assert not page.xpath("//script | //@src | //@href")
    assert "$5 or $10" in page.text_content()


def test_no_display_has_control_characters() -> None:
    record = Record(id="a\x00<b>", type="book", title="One\x7f\x1b[1m <script>")
    for text in in_all_kinds(record).values():
        assert not set(text) & set("\x00\x7f\x1b")
        assert "<script" not in text.replace(r"\<", "")
