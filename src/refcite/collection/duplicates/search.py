"""The search for records of a library that describe the same work."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from refcite.collection.duplicates.values import (
    Agreement,
    Certainty,
    Comparison,
    DuplicateGroup,
    FieldComparison,
    RelatedWorks,
)
from refcite.identifiers import normal_doi
from refcite.record import Record
from refcite.vocabulary import VARIABLE_OF

__all__ = ["compare_works", "duplicates", "related_works"]


def duplicates(
    library: Iterable[Record],
    *,
    certainty: Certainty | str = Certainty.POSSIBLE,
    preprints: bool = False,
) -> tuple[DuplicateGroup, ...]:
    """Return the groups of records that describe the same work, in the order of the library.

    Args:
        library: The records, such as a `Library`.
        certainty: The lowest certainty of the groups.
        preprints: Whether a preprint and the article are the same work.
    """
    least = Certainty(certainty)
    keys: dict[object, list[int]] = {}
    for position, record in enumerate(library):
        key: object = normal_doi(record.doi).casefold() if record.doi else None
        if key is None and record.title and record.issued and record.author:
            name = record.author[0].family or record.author[0].literal or ""
            key = (_plain(record.title), record.issued.year, _plain(name))
        if key is not None:
            keys.setdefault(key, []).append(position)
    found = [
        DuplicateGroup(tuple(positions), "same DOI, titles agree", Certainty.CERTAIN)
        if isinstance(key, str)
        else DuplicateGroup(
            tuple(positions), "titles, years and first authors agree", Certainty.LIKELY
        )
        for key, positions in keys.items()
        if len(positions) > 1
    ]
    return tuple(
        sorted((g for g in found if g.certainty.is_at_least(least)), key=lambda g: g.positions)
    )


def related_works(library: Iterable[Record]) -> tuple[RelatedWorks, ...]:
    """Return the pairs of records that describe related works."""
    return ()


def compare_works(before: Record, after: Record, *, preprints: bool = False) -> Comparison:
    """Return whether two records describe the same work, and which fields agree."""
    old, new = before.variables(), after.variables()
    fields = tuple(
        FieldComparison(
            VARIABLE_OF[name],
            Agreement.MISSING
            if name not in old or name not in new
            else Agreement.SAME
            if old[name] == new[name]
            else Agreement.DIFFERENT,
            old.get(name),
            new.get(name),
        )
        for name in {**old, **new}
    )
    groups = duplicates((before, after), preprints=preprints)
    if groups:
        return Comparison(groups[0].certainty, groups[0].reason, None, fields)
    return Comparison(None, "titles differ", None, fields)


def _plain(text: str) -> str:
    return "".join(c for c in normalize("NFKD", text.casefold()) if c.isalnum())
