"""What a notebook shows of records, libraries and bibliographies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import html

import refcite
from refcite import Date, Library, Name, Problem, Record, Severity, notebook

CASTLE = Record(
    id="kafka",
    type="book",
    title="The Castle",
    author=(Name(family="Kafka", given="Franz"),),
    issued=Date.of(1926),
    url="https://example.org/castle",
)


def parsed(shown: str) -> html.HtmlElement:
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
    assert CASTLE._repr_markdown_().startswith("Kafka, F. (1926). *The Castle*.")
    assert r"\emph{The Castle}" in CASTLE._repr_latex_() or r"\textit{The" in CASTLE._repr_latex_()


def test_a_library_shows_its_first_entries_and_its_problems() -> None:
    library = Library([CASTLE.replace(id=f"k{number}", title=f"Part {number}") for number in "123"])
    library.problems.append(
        Problem(severity=Severity.WARNING, code="unread-date", message="'<soon>' is no date")
    )
    notebook.use(most=2)
    page = parsed(library._repr_html_())
    assert [entry.get("title") for entry in page.find_class("csl-entry")] == ["k1", "k2"]
    assert "… and 1 more" in page.text_content()
    assert "warning: '<soon>' is no date [unread-date]" in page.text_content()


def test_a_style_without_a_bibliography_shows_its_citations() -> None:
    notebook.use("bluebook-law-review")
    assert "Castle" in CASTLE._repr_html_()


def test_a_style_without_a_bibliography_tells_works_apart() -> None:
    notebook.use("review-of-international-studies")
    library = Library([CASTLE, CASTLE.replace(id="again", title="The Trial")])
    first, second = parsed(library._repr_html_()).find_class("csl-entry")
    assert "1926a" in first.text_content()
    assert "1926b" in second.text_content()


def test_a_bibliography_shows_itself_whatever_it_was_made_for() -> None:
    text = refcite.bibliography([CASTLE], output="text")
    assert "(1926). The Castle." in text._repr_html_()
    assert text._repr_markdown_() is None
    assert text._repr_latex_() is None
    markdown = refcite.bibliography([CASTLE], output="markdown")
    assert "*The Castle*" in (markdown._repr_markdown_() or "")


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
    assert "<a " not in record._repr_html_()


def test_a_wrong_style_is_said_at_once() -> None:
    with pytest.raises(refcite.RefciteError, match="there is no style"):
        notebook.use("no-such-style-at-all")
