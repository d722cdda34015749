"""`refcite bbl`: the bibliography of a LaTeX document."""

from __future__ import annotations

from pathlib import Path

from refcite.cli.input import STANDARD_OUTPUT
from refcite.cli.report import report
from refcite.cli.terminal import echo
from refcite.problems import Severity

__all__ = ["write_bbl"]


def write_bbl(
    aux: str, output: str | None, style: str | None, locale: str | None, *, links: bool
) -> bool:
    """Write the bibliography of a LaTeX document; return whether a file could not be read.

    Args:
        aux: The auxiliary file.
        output: The file to write, `-` for standard output; by default `aux` with the extension
            `.bbl`.
        style: The style, None for that of the document.
        locale: The locale, None for that of the style.
        links: Whether DOIs and URLs are links.
    """
    from refcite.documents.bbl import bbl
    from refcite.formats.output import write_file

    done = bbl(aux, style=style, locale=locale, links=links)
    report(done.problems)
    if done.has_sources:
        if output == STANDARD_OUTPUT:
            echo([done.text.removesuffix("\n")])
        else:
            path = Path(output) if output else _bbl_of(Path(aux))
            write_file(path, done.text)
    return any(problem.severity is Severity.ERROR for problem in done.problems)


def _bbl_of(aux: Path) -> Path:
    """Return the path that BibTeX would write."""
    return aux.with_suffix(".bbl") if aux.suffix == ".aux" else aux.with_name(f"{aux.name}.bbl")
