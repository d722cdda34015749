"""The reason of a verdict in words."""

from __future__ import annotations

from typing import Final

from refcite.collection.duplicates.evidence import Evidence
from refcite.collection.duplicates.judgement import Verdict
from refcite.collection.duplicates.numbering import NumberRelation
from refcite.collection.duplicates.people import PeopleRelation
from refcite.collection.duplicates.prepared import Prepared
from refcite.collection.duplicates.titles import TitleRelation

__all__ = ["reason_of"]

_IDENTIFIERS: Final = (
    ("dois", "DOI"),
    ("pmids", "PubMed number"),
    ("arxiv", "arXiv number"),
    ("isbns", "ISBN"),
)
_PLACES: Final = (("container", "journals"), ("volumes", "volumes"), ("pages", "pages"))
_TITLES: Final = {
    TitleRelation.NEAR: "titles differ in spelling",
    TitleRelation.SHORTENED: "one title is shortened",
    TitleRelation.SIMILAR: "titles are similar",
    TitleRelation.DIFFERENT: "titles differ",
    TitleRelation.MISSING: "a title is missing",
}
_PEOPLE: Final = {
    PeopleRelation.FEW: "few authors agree",
    PeopleRelation.DIFFERENT: "authors differ",
}


def reason_of(one: Prepared, other: Prepared, verdict: Verdict) -> str:
    """Return why two records describe the same work, or different works.

    Args:
        one: The first record.
        other: The second record.
        verdict: The verdict on them.
    """
    if verdict.relation is not None:
        return verdict.relation
    found = verdict.evidence
    same = [
        f"same {name}" for field, name in _IDENTIFIERS if _is(found, field, NumberRelation.SAME)
    ]
    agreeing, differing = _described(found)
    if one.pages is not None and found.pages is NumberRelation.SAME and _page(one) != _page(other):
        differing.append("pages differ by form")
    text = ", ".join([*same, f"{_listed(agreeing)} agree"]) if agreeing else ", ".join(same)
    return "; ".join(filter(None, [text, *differing]))


def _is(found: Evidence, field: str, relation: NumberRelation) -> bool:
    return getattr(found, field) is relation


def _described(found: Evidence) -> tuple[list[str], list[str]]:
    """Return the fields that agree, and what differs."""
    agreeing, differing = [], []
    if found.titles is TitleRelation.SAME:
        agreeing.append("titles")
    else:
        differing.append(_TITLES[found.titles])
    if found.years == 0:
        agreeing.append("years")
    elif found.years > 0:
        differing.append(f"years differ by {found.years}")
    if found.people is PeopleRelation.ALL:
        agreeing.append("authors")
    elif found.people is PeopleRelation.FIRST:
        agreeing.append("first authors")
    elif found.people in _PEOPLE:
        differing.append(_PEOPLE[found.people])
    for field, name in _PLACES:
        if _is(found, field, NumberRelation.SAME):
            agreeing.append(name)
        elif _is(found, field, NumberRelation.DIFFERENT):
            differing.append(f"{name} differ")
    differing += [
        f"{name}s differ"
        for field, name in _IDENTIFIERS
        if _is(found, field, NumberRelation.DIFFERENT)
    ]
    return agreeing, differing


def _page(one: Prepared) -> str:
    return one.record.page or one.record.page_first or ""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
