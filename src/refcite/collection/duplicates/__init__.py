"""Find the records of a library that describe the same work.

`duplicates` returns groups of positions, each with a reason in words and a certainty. It changes
nothing. `compare_works` compares two records field by field, and `related_works` lists works that
are related but not the same, such as a preprint and the article.
"""

from refcite.collection.duplicates.comparing import compare_works
from refcite.collection.duplicates.search import duplicates, related_works
from refcite.collection.duplicates.values import (
    Agreement,
    Certainty,
    Comparison,
    DuplicateGroup,
    FieldComparison,
    RelatedWorks,
)

__all__ = [
    "Agreement",
    "Certainty",
    "Comparison",
    "DuplicateGroup",
    "FieldComparison",
    "RelatedWorks",
    "compare_works",
    "duplicates",
    "related_works",
]
