"""Tidy a BibTeX file: named steps that change its entries, and nothing else.

An entry that cannot be divided into fields, such as a broken one, remains as it is. So does an
entry whose contents a step would change in another way than it states. Comments, `@string` and
`@preamble` remain letter for letter.
"""

from __future__ import annotations

from refcite.formats.bibtex.tidying.entries import Entry, Field, Form, entry_in
from refcite.formats.bibtex.tidying.options import STEPS, Step, Tidying
from refcite.formats.bibtex.tidying.text import Renewed, TidiedText, tidy_text
from refcite.formats.bibtex.tidying.titles import BARE_WORD, unbraced

__all__ = [
    "BARE_WORD",
    "STEPS",
    "Entry",
    "Field",
    "Form",
    "Renewed",
    "Step",
    "TidiedText",
    "Tidying",
    "entry_in",
    "tidy_text",
    "unbraced",
]
