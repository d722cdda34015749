"""Pairs of records that their numbers already show to be different works.

Most pairs with a key in common are different works. A comparison of two titles takes much longer
than one of two numbers, so pairs are excluded by numbers first. A pair is only excluded if
`judgement.judge` would find neither one work nor related works with any titles and names.
"""

from __future__ import annotations

from typing import Final

from refcite.collection.duplicates.evidence import compare_volumes, years_between
from refcite.collection.duplicates.numbering import NumberRelation, compare_pages
from refcite.collection.duplicates.prepared import Prepared

__all__ = ["are_excluded", "have_one_identifier"]

_UNRELATED: Final = frozenset(("article", "conference", "chapter", "news", "review", ""))
"""Kinds of which two works are not related by the numbers of editions, volumes or versions."""
_MOST_YEARS: Final = 1
"""Years between online and print publication."""


def are_excluded(one: Prepared, other: Prepared) -> bool:
    """Return whether numbers show that two records are neither one work nor related works.

    Args:
        one: The first record.
        other: The second record.

    Example:
        >>> from refcite import Record
        >>> from refcite.collection.duplicates.prepared import prepare
        >>> record = Record(type="article-journal", title="Lamps", issued=2001, volume=1, page="12")
        >>> one, two = prepare(record), prepare(record.replace(issued=2009, volume=9, page="7"))
        >>> are_excluded(one, two), are_excluded(one, one)
        (True, False)
    """
    if one.kind != other.kind or one.kind not in _UNRELATED or one.notice != other.notice:
        return False
    pages, partners = one.pages, other.pages
    if (
        one.years
        and other.years
        and one.years != other.years
        and years_between(one.years, other.years) > _MOST_YEARS
    ):
        is_placed = pages is not None and partners is not None and pages.figure == partners.figure
        return not is_placed and not _may_be_registered_alike(one, other)
    if pages is None or partners is None or pages.figure == partners.figure:
        return False
    if compare_pages(pages, partners) is not NumberRelation.DIFFERENT:
        return False
    are_apart = (one.doi and other.doi and one.doi != other.doi) or compare_volumes(
        one, other
    ) is NumberRelation.DIFFERENT
    return bool(are_apart) and not _may_be_registered_alike(one, other)


def have_one_identifier(one: Prepared, other: Prepared) -> bool:
    """Return whether two records have a DOI, or a number in PubMed or arXiv, in common."""
    return bool(
        (one.doi and one.doi == other.doi)
        or (one.pmid and one.pmid == other.pmid)
        or (one.arxiv and one.arxiv == other.arxiv)
    )


def _may_be_registered_alike(one: Prepared, other: Prepared) -> bool:
    """Return whether two records have an identifier in common, or are one Cochrane review."""
    if have_one_identifier(one, other):
        return True
    return bool(one.cochrane) and one.cochrane == other.cochrane
