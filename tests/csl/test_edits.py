"""Edits: an edited document is as one that was written so from the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

import pytest

from refcite.csl import Processor
from refcite.csl.document.cites import Cite, Cluster
from refcite.dates import Date
from refcite.names import Name
from refcite.problems import CitationIndexError
from refcite.record import Record
from tests.share import long_but

STYLES = ("apa", "chicago-author-date", "ieee", "oscola", "mimbar-hukum")
NOTES = ("oscola", "mimbar-hukum")


def _works(chance: Random) -> list[Record]:
    """Return works that are hard to tell apart."""
    works = []
    for number in range(9):
        names = [
            Name(
                family=chance.choice(("Doe", "Roe")),
                given=chance.choice(("Jane", "John", "J.", "James B.", "Al")),
            )
            for _ in range(chance.choice((1, 1, 2, 4)))
        ]
        works.append(
            Record(
                id=f"r{number}",
                type="book",
                title=chance.choice("ABC") + str(number),
                author=tuple(names),
                issued=Date.of(chance.choice((2000, 2000, 2001))),
            )
        )
    return works


def _cluster(works: list[Record], chance: Random, note: int | None) -> Cluster:
    chosen = chance.sample(works, chance.choice((1, 1, 2, 3)))
    locators = (None, None, "3")
    return Cluster(
        cites=tuple(Cite(record=work, locator=chance.choice(locators)) for work in chosen),
        note=note,
    )


class _Draft:
    """A document that is edited step by step, and what it must look like."""

    def __init__(self, style: str, chance: Random) -> None:
        self.style = style
        self.chance = chance
        self.works = _works(chance)
        self.processor = Processor(style)
        self.clusters: list[Cluster] = []
        # What was listed without being cited, before and after the first citation.
        self.listed: tuple[list[Record], list[Record]] = ([], [])

    def edit(self) -> tuple[list[str | None], Mapping[int, str]]:
        """Make an edit; return the texts as they were, in the new order, and what is told."""
        texts: list[str | None] = list(self.processor.citations)
        index = self.chance.randrange(len(texts) + 1)
        note = self.chance.choice((1, 2)) if self.style in NOTES else None
        new = _cluster(self.works, self.chance, note)
        action = self.chance.choice(("cite", "insert", "replace", "remove", "move", "nocite"))
        if action == "nocite":
            work = self.chance.choice(self.works)
            self.listed[bool(texts)].append(work)
            self.processor.nocite([work])
            return texts, self.processor.changes()
        if action == "cite" or index == len(texts):
            self.clusters.append(new)
            return [*texts, self.processor.cite(new)], self.processor.changes()
        if action == "insert":
            self.clusters.insert(index, new)
            texts.insert(index, None)
            return texts, self.processor.insert(index, new)
        if action == "replace":
            self.clusters[index] = new
            return texts, self.processor.replace(index, new)
        if action == "remove":
            del self.clusters[index], texts[index]
            return texts, self.processor.remove(index)
        self.clusters.insert(0, self.clusters.pop(index))
        texts.insert(0, texts.pop(index))
        return texts, self.processor.move(index, 0)

    def fresh(self) -> Processor:
        """Return a processor that was given the document as it is now."""
        processor = Processor(self.style)
        before, after = self.listed
        processor.nocite(before)
        for cluster in self.clusters:
            processor.cite(cluster)
        processor.nocite(after)
        return processor


@pytest.mark.parametrize("style", long_but({"apa", "oscola"}.__contains__, STYLES))
@pytest.mark.parametrize("seed", long_but((0).__eq__, range(4)))
def test_an_edited_document_is_as_if_written_so(style: str, seed: int) -> None:
    draft = _Draft(style, Random(f"{style} {seed}"))
    for _ in range(20):
        before, told = draft.edit()
        fresh = draft.fresh()
        now = draft.processor.citations
        assert now == fresh.citations
        assert str(draft.processor.bibliography()) == str(fresh.bibliography())
        assert told == {
            index: text
            for index, (old, text) in enumerate(zip(before, now, strict=True))
            if text != old
        }


def test_a_listed_work_that_is_cited_in_a_note_is_told_apart_by_it() -> None:
    first, second = (
        Record(id=key, type="book", title=key, author=(Name(family="Doe"),)) for key in "AB"
    )
    texts = []
    for listed in ([], [first, second]):
        processor = Processor("mimbar-hukum")
        processor.nocite(listed)
        for note, work in enumerate((first, second, first, second), start=1):
            processor.cite(work, note=note)
        texts.append(processor.citations)
    assert texts[0] == texts[1]


def test_names_shrink_again_when_their_rival_goes() -> None:
    doe, john, four = (
        Record(
            id=str(number),
            type="book",
            title="T",
            issued=Date.of(2000),
            author=tuple(map(Name.parse, names)),
        )
        for number, names in enumerate(
            (("Doe, Jane",), ("Doe, John",), ("Roe, A", "Roe, B", "Roe, C", "Roe, D"))
        )
    )
    processor = Processor("chicago-author-date")
    processor.cite([four, doe])
    processor.cite(john)
    assert processor.changes() == {0: "(Roe et al. 2000; Jane Doe 2000)"}
    assert processor.remove(1) == {0: "(Roe et al. 2000; Doe 2000)"}


def test_given_names_in_full_are_so_in_the_bibliography() -> None:
    processor = Processor("journal-of-the-american-academy-of-audiology")
    for number, given in enumerate(("Jane", "John", "Al")):
        name = Name(family="Doe" if number < 2 else "Roe", given=given)
        processor.cite(
            Record(id=str(number), type="book", title="T", author=(name,), issued=Date.of(2000))
        )
    assert processor.citations == ("(Jane Doe, 2000)", "(John Doe, 2000)", "(Roe, 2000)")
    assert [entry.text[:8] for entry in processor.bibliography()] == [
        "Doe Jane",
        "Doe John",
        "Roe A. (",
    ]


def _titled(*titles: str) -> Processor:
    processor = Processor("apa")
    for title in titles:
        processor.cite(Record(id=title, type="book", title=title))
    return processor


def _order(processor: Processor) -> str:
    return "".join(text[1] for text in processor.citations)


@pytest.mark.parametrize(
    "edit",
    [
        lambda document: document.replace(2, Record(id="C", title="C")),
        lambda document: document.replace(-3, Record(id="C", title="C")),
        lambda document: document.remove(2),
        lambda document: document.remove(-3),
        lambda document: document.move(2, 0),
        lambda document: document.move(0, 2),
        lambda document: document.move(0, -3),
    ],
)
def test_an_index_without_a_citation_is_refused_and_changes_nothing(
    edit: Callable[[Processor], object],
) -> None:
    document = _titled("A", "B")
    with pytest.raises(CitationIndexError, match=r"there is no citation -?\d; .* has 2 citations"):
        edit(document)
    assert _order(document) == "AB"
    assert document.bibliography().ids == ("A", "B")


def test_an_empty_document_says_so() -> None:
    with pytest.raises(IndexError, match="there is no citation 0; the document has no citations"):
        Processor("apa").remove(0)


@pytest.mark.parametrize("index", [-9, -1, 0, 2, 3, 9])
def test_citations_are_inserted_as_into_a_list(index: int) -> None:
    document, letters = _titled("A", "B", "C"), list("ABC")
    document.insert(index, Record(id="X", type="book", title="X"))
    letters.insert(index, "X")
    assert _order(document) == "".join(letters)


@pytest.mark.parametrize(("index", "to"), [(0, 2), (0, -1), (-1, 0), (1, -3), (-2, -2)])
def test_a_citation_that_is_moved_stands_where_it_was_sent(index: int, to: int) -> None:
    document, moved = _titled("A", "B", "C"), "ABC"[index]
    document.move(index, to)
    assert _order(document)[to] == moved
    assert _order(document).replace(moved, "") == "ABC".replace(moved, "")
