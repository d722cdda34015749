"""A processor for another document, with the style that is compiled already."""

from __future__ import annotations

import pytest

from refcite import Record
from refcite.csl import Cite, Processor

WORKS = [
    Record(id="a", type="book", title="Oars", author="Ann Ash", issued=2001),
    Record(id="b", type="book", title="Masts", author="Ann Ash", issued=2001),
    Record(id="c", type="article-journal", title="Sails", author="Cleo Cole", issued=2003),
    Record(id="d", type="webpage", title="Tar", url="https://example.org/tar", issued=2004),
]
DOCUMENTS = (["a", "c"], ["b"], ["d", "a", "b", "a"], ["c", "c"])
STYLES = ("apa", "ieee", "chicago-notes-bibliography", "modern-language-association", "nature")


def printed(processor: Processor, ids: list[str]) -> tuple[tuple[str, ...], str]:
    for number, one in enumerate(ids, start=1):
        processor.cite(Cite(record=one, locator=str(number)), note=number)
    bibliography = str(processor.bibliography()) if processor.has_bibliography else ""
    return processor.citations, bibliography


@pytest.mark.parametrize("style", STYLES)
def test_each_document_is_printed_as_by_a_processor_of_its_own(style: str) -> None:
    shared = Processor(style, library=WORKS, output="html")
    for ids in DOCUMENTS:
        alone = printed(Processor(style, library=WORKS, output="html"), ids)
        assert printed(shared.new_document(), ids) == alone


def test_a_new_document_has_its_own_links() -> None:
    first = Processor("apa", library=WORKS, output="html", link_of=lambda key: f"#{key}")
    second = first.new_document(link_of=lambda key: f"works.html#{key}")
    assert 'href="#c"' in first.cite("c")
    assert 'href="works.html#c"' in second.cite("c")
    assert 'href="#c"' in first.new_document().cite("c")
