r"""BibTeX and biblatex.

Policies, where programs differ:

- **Case** is never changed. Braces around capitals in titles become `<span class="nocase">`; a
  group that starts with a command (`{\'E}tude`, `{\TeX}`) protects nothing, as in BibTeX.
- **Names** are split before LaTeX is read. Particles in lower case are non-dropping, unless
  `useprefix=false` says otherwise. A braced name is a literal. `and others` is the literal name
  `others`, and is written as `and others` again.
- **`~`** is a no-break space, in names a space; an apostrophe stays one; `` `x' `` is quoted.
- **Titles** are joined with their `subtitle` (`: `) and `titleaddon` (`. `), notes with their
  `addendum`; the parts stay in `extra`, and are taken apart again when the record is written.
  With a `maintitle`, a book's `title` is the title of a volume; with an `issuetitle`, a
  periodical's `title` is the container's. No short title is invented.
- **`part`** is not joined to the volume, `issue` is joined to the number (`4, Spring`).
- **Names** for which CSL has no role (`annotator`, `foreword`, `holder`) stay in `extra`.
- **Languages** become BCP 47 tags; a region is given only where the name says one.
- **`and`** separates publishers and places in biblatex only (the entry has `date`, `location` or
  the like); houses are joined as biblatex prints them (`A, B and C`), places by `; `.
- **Pages**: `--` between two numbers is CSL's hyphen, and is written as `--`.
- **`number`** is the issue of an article, the number in a series of a book, else the number.
- **Entries that are no works** (`@xdata`, `@set`) are `Library.containers`, whose fields stay in
  `extra`; what an entry takes from them, whole or item by item, is the entry's.
- **Comments**: what `@comment` encloses in braces is not read, even where it holds entries.
- **Unknown fields** go to `extra` as they are written, LaTeX and all; unknown commands stay in the
  text, and are reported.
"""

from __future__ import annotations

from refcite.formats.bibtex.fix import fix
from refcite.formats.bibtex.read import read
from refcite.formats.bibtex.table import mapping
from refcite.formats.bibtex.write import write

__all__ = ["fix", "mapping", "read", "write"]
