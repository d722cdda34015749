"""Tidy a library in BibTeX: named steps, keys from a pattern, the order of entries, journals.

What is about BibTeX's own spelling is in `refcite.formats.bibtex.tidying`; here is what needs the
records, or other lists.
"""

from refcite.collection.tidying.journals import JournalNames, read_journal_list
from refcite.collection.tidying.tidied import Tidied, TidySettings, steps_of, tidy, tidy_with
from refcite.formats.bibtex import STEPS, Step

__all__ = [
    "STEPS",
    "JournalNames",
    "Step",
    "Tidied",
    "TidySettings",
    "read_journal_list",
    "steps_of",
    "tidy",
    "tidy_with",
]
