"""Merge records that describe the same work.

`merge` returns one record for several, with the rule by which each value was taken and the values
that were not. `merge_groups` merges groups of a library, and redirects references to the records
that are removed. Neither changes its input.
"""

from refcite.collection.merge.libraries import MergedGroup, MergedLibrary, merge_groups
from refcite.collection.merge.records import Choice, Keep, Merged, merge
from refcite.collection.merge.rules import abbreviates

__all__ = [
    "Choice",
    "Keep",
    "Merged",
    "MergedGroup",
    "MergedLibrary",
    "abbreviates",
    "merge",
    "merge_groups",
]
