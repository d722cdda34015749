"""The fields of two prepared records, compared."""

from __future__ import annotations

from typing import Final, NamedTuple

from refcite.collection.duplicates.journals import agree_as_titles
from refcite.collection.duplicates.numbering import NumberRelation, compare_pages
from refcite.collection.duplicates.people import PeopleRelation, compare_people
from refcite.collection.duplicates.prepared import Prepared
from refcite.collection.duplicates.titles import TitleRelation, compare_titles

__all__ = ["Evidence", "compare_volumes", "evidence_of", "years_between"]

_DIFFERENT: Final = NumberRelation.DIFFERENT
_MISSING: Final = NumberRelation.MISSING
_SAME: Final = NumberRelation.SAME


class Evidence(NamedTuple):
    """How the fields of two records relate to each other.

    Attributes:
        titles: The titles.
        people: The authors.
        years: The number of years between them, -1 if one is missing.
        container: The titles of the journals or books.
        volumes: The volumes.
        issues: The issues.
        pages: The pages.
        dois: The DOIs.
        pmids: The numbers in PubMed.
        arxiv: The numbers in arXiv.
        isbns: The ISBNs.
    """

    titles: TitleRelation
    people: PeopleRelation
    years: int
    container: NumberRelation
    volumes: NumberRelation
    issues: NumberRelation
    pages: NumberRelation
    dois: NumberRelation
    pmids: NumberRelation
    arxiv: NumberRelation
    isbns: NumberRelation


def evidence_of(one: Prepared, other: Prepared, titles: TitleRelation | None = None) -> Evidence:
    """Return how the fields of two records relate to each other.

    Args:
        one: The first record.
        other: The second record.
        titles: How the titles relate to each other, if they are compared already.
    """
    return Evidence(
        compare_titles(one.titles, other.titles) if titles is None else titles,
        compare_people(one.people, other.people),
        years_between(one.years, other.years),
        _containers(one, other),
        compare_volumes(one, other),
        _compared(one.issue, other.issue),
        compare_pages(one.pages, other.pages),
        _compared(one.doi, other.doi),
        _compared(one.pmid, other.pmid),
        _compared(one.arxiv, other.arxiv),
        _sets(one.isbns, other.isbns),
    )


def _compared(one: str, other: str) -> NumberRelation:
    if not one or not other:
        return _MISSING
    return _SAME if one == other else _DIFFERENT


def _sets(one: frozenset[str], other: frozenset[str]) -> NumberRelation:
    if not one or not other:
        return _MISSING
    return _DIFFERENT if one.isdisjoint(other) else _SAME


def years_between(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Return the fewest years between the years of two records, -1 if one has none."""
    if not one or not other:
        return -1
    if len(one) == len(other) == 1:
        return abs(one[0] - other[0])
    return min([abs(year - partner) for year in one for partner in other])


def _containers(one: Prepared, other: Prepared) -> NumberRelation:
    if not one.issns.isdisjoint(other.issns):
        return _SAME
    if not one.container or not other.container:
        return _MISSING
    for text in one.container:
        for partner in other.container:
            if text == partner or agree_as_titles(text, partner):
                return _SAME
    return _DIFFERENT


def compare_volumes(one: Prepared, other: Prepared) -> NumberRelation:
    """Return how the volumes of two records relate to each other."""
    found = _compared(one.volume, other.volume)
    if found is _DIFFERENT and (_is_year(one) or _is_year(other)):
        return _MISSING  # a journal whose volumes one of the databases names by the year
    return found


def _is_year(one: Prepared) -> bool:
    return len(one.volume) == 4 and int(one.volume) in one.years
