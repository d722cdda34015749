"""Compare with the examples in the styles' own manuals.

    python -m tests.csl.manuals [FILTER …] [-v]

prints the forms that differ, of the cases whose names contain one of the filters, and the figure as
the last line. The exit status is 1 where the run and the list of deviations disagree.

A folder has a table `cases.tsv` with the columns `id`, `form`, `style`, `input` and `right`. A form
is `bibliography`; `note`, `short` or `cite`, with `:LOCATOR`; or `note-LABEL:LOCATOR`. A `short`
form comes after a first note and one of another work by the same author.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from attrs import define
from click import echo

import refcite
from refcite.csl import Cite, Processor
from refcite.problems import RefciteError
from refcite.record import Record
from tests.csl.deviations import disagreements, manual_deviations
from tests.shared import shared_or_none

__all__ = ["Case", "ManualsResult", "manuals_folder", "normalised", "printed", "run_manuals"]

_DASHES: Final = re.compile("[‐‑–—-]+")
_NUMBER: Final = re.compile(r"^(?:\[\d+\]|\d+\.) *")
_PMID: Final = re.compile(r" PubMed PMID: \d+\.$")
_FORM: Final = re.compile(r"([a-z]+)(?:-([a-z-]+))?(?::(.+))?")


@define(slots=False)
class Case:
    """One form that a manual prints.

    Attributes:
        name: Its id and form.
        form: What is printed, with the locator.
        style: A style's id.
        path: The file with the work.
        right: The text in the manual.
    """

    name: str
    form: str
    style: str
    path: Path
    right: str

    @cached_property
    def got(self) -> str:
        """What refcite prints, or its error."""
        try:
            library = refcite.load(self.path)
            return printed(list(library), self.style, self.form)
        except RefciteError as error:
            return f"{type(error).__name__}: {error}"

    @property
    def passed(self) -> bool:
        """Whether both are the same, without numbers in a list and kinds of dashes."""
        return normalised(self.got) == normalised(self.right)


@define
class ManualsResult:
    """The outcome of a run.

    Attributes:
        cases: The forms that were compared.
    """

    cases: tuple[Case, ...]

    @property
    def failed(self) -> tuple[Case, ...]:
        """Those that differ."""
        return tuple(case for case in self.cases if not case.passed)

    @property
    def share(self) -> tuple[int, int]:
        """How many are the same, of how many."""
        return len(self.cases) - len(self.failed), len(self.cases)

    @property
    def figures(self) -> str:
        """The figure, as one line."""
        return "manuals: {}/{}".format(*self.share)

    @property
    def disagreements(self) -> list[str]:
        """Where the run and the list of deviations disagree."""
        names = [case.name for case in self.cases]
        return disagreements(manual_deviations(), [case.name for case in self.failed], names)


def manuals_folder() -> Path | None:
    """Return the folder of the cases: `$REFCITE_MANUALS`, else the shared one, else None."""
    if chosen := os.environ.get("REFCITE_MANUALS"):
        return Path(chosen)
    return shared_or_none("manuals")


def run_manuals(folder: Path, filters: Sequence[str] = ()) -> ManualsResult:
    """Compare the cases of a folder whose names contain one of the filters."""
    with (folder / "cases.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        cases = [
            Case(
                name=f"{row['id']} {row['form']}",
                form=row["form"],
                style=row["style"],
                path=folder / row["input"],
                right=row["right"],
            )
            for row in rows
        ]
    return ManualsResult(
        tuple(case for case in cases if not filters or any(part in case.name for part in filters))
    )


def printed(records: Sequence[Record], style: str, form: str) -> str:
    """Return a form of some works, as a manual prints it.

    Args:
        records: The works.
        style: A style's id.
        form: The form; see the module.
    """
    if form == "bibliography":
        return str(refcite.bibliography(records, style=style))
    found = _FORM.fullmatch(form)
    if found is None or found[1] not in ("note", "short", "cite"):
        raise ValueError(f"there is no form {form!r}")
    kind, label, locator = found.groups()
    processor = Processor(style, library=records)
    cites = [Cite(record, locator=locator, label=label or "page") for record in records]
    if kind == "cite":
        return "\n".join(map(processor.cite, cites))
    first = 1
    if kind == "short":
        other = records[0].replace(id="another", title="Another Work", title_short=None)
        for first, work in enumerate([*records, other], start=2):
            processor.cite(work, note=first - 1)
    return "\n".join(processor.cite(cite, note=note) for note, cite in enumerate(cites, first))


def normalised(text: str) -> str:
    """Return a text as it is compared.

    Example:
        >>> normalised("[1] A.  B, 12–14. PubMed PMID: 1234.")
        'A. B, 12-14.'
    """
    text = " ".join(_DASHES.sub("-", text).split())
    return _PMID.sub("", _NUMBER.sub("", text))


def _main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.csl.manuals")
    parser.add_argument("filters", nargs="*", metavar="FILTER", help="part of a case's name")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what is right and got")
    options = parser.parse_args(arguments)
    folder = manuals_folder()
    if folder is None:
        echo("the manuals' examples are not here: set REFCITE_MANUALS or REFCITE_SHARED")
        return 2
    result = run_manuals(folder, options.filters)
    for case in result.failed:
        echo(f"DIFFERS {case.name}")
        if options.verbose:
            echo(f"  right: {case.right}\n  got:   {case.got}\n")
    wrong = result.disagreements
    for line in [*wrong, result.figures]:
        echo(line)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(_main())
