"""Edits: an edited document is as one that was written so from the start."""

from __future__ import annotations

from random import Random

import pytest

from refcite.csl import Processor
from refcite.csl.cites import Cite, Cluster
from refcite.dates import Date
from refcite.names import Name
from refcite.record import Record

STYLES = ("apa", "chicago-author-date", "ieee", "oscola")


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


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(6))
def test_an_edited_document_is_as_if_written_so(style: str, seed: int) -> None:
    chance = Random(f"{style} {seed}")
    works = _works(chance)
    edited = Processor(style)
    clusters: list[Cluster] = []
    told: list[str] = []
    for _ in range(20):
        index = chance.randrange(len(clusters) + 1)
        note = chance.choice((1, 2)) if style == "oscola" else None
        new = _cluster(works, chance, note)
        action = chance.choice(("cite", "insert", "replace", "remove", "move"))
        if action == "cite" or index == len(clusters):
            clusters.append(new)
            told.append(edited.cite(new))
            changes = edited.changes()
        elif action == "insert":
            clusters.insert(index, new)
            told.insert(index, "")
            changes = edited.insert(index, new)
        elif action == "replace":
            clusters[index] = new
            changes = edited.replace(index, new)
        elif action == "remove":
            del clusters[index], told[index]
            changes = edited.remove(index)
        else:
            clusters.insert(0, clusters.pop(index))
            told.insert(0, told.pop(index))
            changes = edited.move(index, 0)
        for number, text in changes.items():
            told[number] = text
        fresh = Processor(style)
        for cluster in clusters:
            fresh.cite(cluster)
        assert edited.citations == fresh.citations == tuple(told)
        assert str(edited.bibliography()) == str(fresh.bibliography())


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
