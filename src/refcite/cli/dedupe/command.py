"""The search for duplicates in files, the merge, and its undoing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import frozen

from refcite.cli.dedupe.deciding import decide, keys
from refcite.cli.dedupe.listing import echo_case, echo_related, echo_summary
from refcite.cli.dedupe.reports import as_json, read_report, write_report
from refcite.cli.dedupe.sources import Source, Sources, clashing, joined, read_sources
from refcite.cli.input import STANDARD_INPUT, STANDARD_INPUT_NAME, STANDARD_OUTPUT, standard_input
from refcite.cli.progress import Progress
from refcite.cli.report import report
from refcite.cli.terminal import echo_document
from refcite.collection.duplicates import Certainty
from refcite.collection.merge import Keep, merge_groups
from refcite.collection.merge.cases import Case, Decision, Found, decided, search
from refcite.formats import Format, dump, dumps, get_format, guess_format
from refcite.formats.files import read_source
from refcite.formats.losses import grouped
from refcite.formats.output import check_target, write_file
from refcite.library import Library
from refcite.problems import Problem

if TYPE_CHECKING:
    from refcite.collection.choice import Choice

__all__ = ["Wanted", "dedupe_files", "undo"]

_REPORTS: Final = (".csv", ".json")


@frozen(kw_only=True)
class Wanted:
    """The options of the command.

    Attributes:
        output: The file to write, `-` for standard output, or None.
        target: The name of its format, or None to detect it from the file extension.
        apply: The lowest certainty of the groups that are merged; None if none are.
        interactive: Whether the user decides about the other groups.
        report: The file of the report, or None.
        keep: The rule for the preferred record.
        preprints: Whether a preprint and the article are the same work.
        as_json: Print JSON.
        overwrite: Whether the output may be one of the inputs.
        choice: The records that are compared and written; None for all.
    """

    output: str | None
    target: str | None
    apply: str | None
    interactive: bool
    report: str | None
    keep: str
    preprints: bool
    as_json: bool
    overwrite: bool
    choice: Choice | None = None

    @property
    def writes(self) -> bool:
        """Whether merged records are written."""
        return self.apply is not None or self.interactive


def dedupe_files(files: Sequence[str], source: str | None, wanted: Wanted, **options: Any) -> bool:
    """Show the duplicates in files, and merge them; return whether a part could not be read.

    Args:
        files: Paths; `-` is standard input.
        source: The name of their format, or None to detect it.
        wanted: The options of the command.
        **options: The options of the readers.

    Raises:
        click.UsageError: Options contradict each other.
    """
    _check(files, wanted)
    given = {name: value for name, value in options.items() if value is not None}
    sources = read_sources(files, source, wanted.choice, **given)
    target = _target(wanted.target, wanted.output, sources.inputs) if wanted.writes else None
    with Progress("comparing"):
        found = search(sources.library, Keep(wanted.keep), preprints=wanted.preprints)
    # The listing must not be in the middle of the records.
    err = wanted.writes and wanted.output == STANDARD_OUTPUT

    def show(case: Case) -> None:
        echo_case(case, sources, err=err)

    _decide(found, wanted, show)
    if not wanted.as_json:
        if not wanted.interactive:
            for case in found.cases:
                show(case)
        echo_related(found, sources, err=err)
    # The report is first: the merge can always be undone.
    if wanted.report is not None:
        write_report(Path(wanted.report), found, sources, given)
    written = None
    if target is not None and (sources.library or not sources.failed):
        library = _merged(found, sources)
        if wanted.choice is not None and wanted.choice.sort is not None:
            library = library.sorted_as(wanted.choice.sort)
        _write(library, str(wanted.output), target)
        written = len(library), str(wanted.output)
    if wanted.as_json:
        document = as_json(found, sources)
        echo_document([json.dumps(document, ensure_ascii=False, indent=2), "\n"])
    else:
        echo_summary(found, sources, written, err=err)
    return sources.failed


def _check(files: Sequence[str], wanted: Wanted) -> None:
    if wanted.output is not None and not wanted.writes:
        raise click.UsageError(
            "nothing is merged without --apply or --interactive; add --apply certain, --apply"
            " likely or --interactive"
        )
    if wanted.writes and wanted.output is None:
        raise click.UsageError("the output is missing; add --output OUT, or - for standard output")
    if wanted.interactive and STANDARD_INPUT in files:
        raise click.UsageError("--interactive reads keys from standard input; name a file")
    if wanted.as_json and wanted.output == STANDARD_OUTPUT:
        raise click.UsageError("--json and --output - both use standard output; name a file")
    if wanted.report and Path(wanted.report).suffix.lower() not in _REPORTS:
        raise click.UsageError(f"--report {wanted.report} must end in .csv or .json")
    inputs = [file for file in files if file != STANDARD_INPUT]
    for option, path in (("--output", wanted.output), ("--report", wanted.report)):
        if path is None or path == STANDARD_OUTPUT:
            continue
        check_target(Path(path))
        if any(_is_same(path, file) for file in inputs) and not (
            wanted.overwrite and option == "--output"
        ):
            hint = "; add --overwrite to replace it" if option == "--output" else ""
            raise click.UsageError(f"{option} {path} is an input, which is not replaced{hint}")
    if wanted.report and wanted.output and _is_same(wanted.report, wanted.output):
        raise click.UsageError("--output and --report are the same file; use two files")


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return Path(one).absolute() == Path(other).absolute()


def _target(target: str | None, output: str | None, inputs: Sequence[Source]) -> Format:
    """Return the format of the output.

    Raises:
        click.UsageError: It is unknown, or can only be read.
    """
    if target:
        chosen = get_format(target)
    elif output and output != STANDARD_OUTPUT:
        chosen = guess_format(file=output)
    else:
        own = next((one.own_format for one in inputs if one.own_format), None)
        chosen = get_format(own or "csl-json")
    if not chosen.writes:
        raise click.UsageError(
            f"the format {chosen.name!r} can be read, but not written; choose another with --to"
        )
    return chosen


def _decide(found: Found, wanted: Wanted, show: Callable[[Case], None]) -> None:
    least = Certainty(wanted.apply) if wanted.apply else None
    others: list[Case] = []
    for case in found.cases:
        if least is not None and case.group.certainty.is_at_least(least):
            case.decision = Decision.MERGED
            if wanted.interactive and not wanted.as_json:
                show(case)
        else:
            others.append(case)
    if wanted.interactive:
        decide(others, keys(), show)


def _merged(found: Found, sources: Sources) -> Library:
    """Return the records that remain, and report ids of different works that are equal."""
    groups = decided(found.cases)
    result = merge_groups(
        sources.library,
        [one.positions for one in groups],
        keep=found.cases[0].keep if found.cases else Keep.COMPLETE,
        dropped=frozenset().union(*[one.dropped for one in groups]),
    )
    library = clashing(result.library)
    library.containers += result.library.containers
    report(library.problems)
    return library


def _write(library: Library, output: str, target: Format) -> None:
    lost: list[Problem] = []
    if output == STANDARD_OUTPUT:
        echo_document([dumps(library, target.name, problems=lost)])
    else:
        dump(library, output, target.name, problems=lost)
    report(grouped(lost))


def undo(file: str, output: str | None, target: str | None) -> None:
    """Write the records of the inputs again, from a report.

    Args:
        file: The report in JSON, or `-` for standard input.
        output: The file to write, or `-` for standard output.
        target: The name of its format, or None to detect it.

    Raises:
        InputError: The file is not a report, or cannot be read.
        click.UsageError: The output is missing, or is the report.
    """
    if output is None:
        raise click.UsageError("the output is missing; add --output OUT, or - for standard output")
    if output != STANDARD_OUTPUT and file != STANDARD_INPUT and _is_same(file, output):
        raise click.UsageError("--output is the report, which is not replaced; use another file")
    name = STANDARD_INPUT_NAME if file == STANDARD_INPUT else file
    contents = standard_input().read() if file == STANDARD_INPUT else read_source(file)
    sources = read_report(contents.encode() if isinstance(contents, str) else contents, name)
    chosen = _target(target, output, sources)
    only = sources[0] if len(sources) == 1 else None
    if (
        only is not None
        and isinstance(only.contents, bytes)
        and only.own_format == chosen.name
        and output != STANDARD_OUTPUT
    ):
        write_file(Path(output), only.contents)  # every byte, also what is not a record
    else:
        _write(joined(one.library for one in sources), output, chosen)
