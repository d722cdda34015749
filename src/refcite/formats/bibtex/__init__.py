r"""BibTeX and biblatex.

Policies, where programs differ:

- **Case** is never changed. Braces around capitals in titles become `<span class="nocase">`; a
  group that starts with a command (`{\'E}tude`, `{\TeX}`) protects nothing, as in BibTeX.
- **Names** are split before LaTeX is read. Particles in lower case are non-dropping, unless
  `useprefix=false` is set. A braced name is a literal. `and others` is the literal name
  `others`, and is written as `and others` again.
- **`~`** is a no-break space, in names a space; an apostrophe is kept; `` `x' `` is quoted.
- **Titles** are joined with their `subtitle` (`: `) and `titleaddon` (`. `), notes with their
  `addendum`; the parts are kept in `extra`, and are separated again when the record is written.
  With a `maintitle`, a book's `title` is the title of a volume; with an `issuetitle`, a
  periodical's `title` is the container's. No short title is invented.
- **`part`** is not joined to the volume, `issue` is joined to the number (`4, Spring`).
- **Names** for which CSL has no role (`annotator`, `foreword`, `holder`) stay in `extra`.
- **Languages** become BCP 47 tags; a region is set only if the name contains one.
- **`and`** separates publishers and places in biblatex only (the entry has `date`, `location` or
  a similar field); publishers are joined as biblatex prints them (`A, B and C`), places by `; `.
- **Pages**: `--` between two numbers is CSL's hyphen, and is written as `--`.
- **`number`** is the issue of an article, the number in a series of a book, otherwise the number.
- **Entries that are not works** (`@xdata`, `@set`) are `Library.containers`, whose fields stay in
  `extra`; inherited fields and items belong to the entry.
- **Comments**: the text in the braces of `@comment` is not read, even if it contains entries.
- **Unknown fields** are kept in `extra` unchanged, as LaTeX; unknown commands remain in the
  text, and are reported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from refcite.formats.bibtex.fileparts import (
    block_end,
    read_block,
    survey,
    survey_block,
    with_contexts,
)
from refcite.formats.bibtex.fix import Repair, fix, repairs
from refcite.formats.bibtex.keep import with_texts_of_removed
from refcite.formats.bibtex.latex_write import with_math_signs
from refcite.formats.bibtex.otherfiles import with_parents
from refcite.formats.bibtex.places import (
    Edit,
    FieldPlace,
    applied,
    applied_as_written,
    entry_offsets,
    field_place,
)
from refcite.formats.bibtex.read import read
from refcite.formats.bibtex.streams import read_stream
from refcite.formats.bibtex.table import mapping
from refcite.formats.bibtex.write import (
    free_keys,
    join_blocks,
    write,
    write_block,
    write_stream,
)

if TYPE_CHECKING:
    from refcite.formats.bibtex.tidying import STEPS as STEPS
    from refcite.formats.bibtex.tidying import Renewed as Renewed
    from refcite.formats.bibtex.tidying import Step as Step
    from refcite.formats.bibtex.tidying import Tidying as Tidying
    from refcite.formats.bibtex.tidying import tidy_text as tidy_text

__all__ = [
    "STEPS",
    "Edit",
    "FieldPlace",
    "Renewed",
    "Repair",
    "Step",
    "Tidying",
    "applied",
    "applied_as_written",
    "block_end",
    "entry_offsets",
    "field_place",
    "fix",
    "free_keys",
    "join_blocks",
    "mapping",
    "read",
    "read_block",
    "read_stream",
    "repairs",
    "survey",
    "survey_block",
    "tidy_text",
    "with_contexts",
    "with_math_signs",
    "with_parents",
    "with_texts_of_removed",
    "write",
    "write_block",
    "write_stream",
]

_TIDYING: Final = frozenset({"STEPS", "Renewed", "Step", "Tidying", "tidy_text"})
"""Names that are imported when they are used: readers and writers do not need them."""


def __getattr__(name: str) -> object:
    if name not in _TIDYING:
        raise AttributeError(f"module 'refcite.formats.bibtex' has no attribute {name!r}")
    return getattr(import_module("refcite.formats.bibtex.tidying"), name)
