"""One library from the libraries of several files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from refcite.library import Library

__all__ = ["combined"]


def combined(libraries: Sequence[Library], **options: Any) -> Library:
    r"""Return one library from those of several files, in their order.

    Equal records are kept once, and ids that are used for different works are changed
    (`refcite.union`). An entry of BibTeX also inherits from an entry of another file.

    Args:
        libraries: The libraries as they were read.
        **options: The options of the readers.

    Example:
        >>> from refcite import loads
        >>> files = [loads("@book{a, title={A}}", file="a.bib"), loads("@book{a, title={B}}")]
        >>> [record.title for record in combined(files)]
        ['A', 'B']
    """
    if len(libraries) == 1:
        return libraries[0]
    if any(problem.code == "missing-parent" for one in libraries for problem in one.problems):
        from refcite.formats.bibtex import with_parents  # imports the reader

        given = {name: value for name, value in options.items() if name == "day_first"}
        libraries = with_parents(libraries, **given)
    from refcite.union import united

    return united(libraries)
