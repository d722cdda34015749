"""Commands for libraries as wholes: problems, duplicates, differences, counts."""

from __future__ import annotations

from typing import Any

import click

from refcite.cli.choosing import choice_of, choosing
from refcite.cli.complete import (
    complete_codes,
)
from refcite.cli.input import STANDARD_INPUT
from refcite.cli.options import (
    OutputKind,
    input_files,
    input_format,
    output_file,
    output_format,
    reading,
)
from refcite.cli.terminal import printable

__all__ = ["check", "dedupe", "diff", "stats", "tidy"]

_severities = click.Choice(["info", "warning", "error"])


def _explain(ctx: click.Context, param: click.Parameter, code: str | None) -> None:
    """Print the meaning of a code and end the command."""
    from refcite.cli.check import explain

    explain(ctx, param, code)


def _list_rules(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the rules of the check and end the command."""
    from refcite.cli.check import list_rules

    list_rules(ctx, param, value)


@click.command(short_help="Report the problems of references, with their locations.")
@input_files
@input_format
@choosing
@reading
@click.option(
    "-o",
    "--output",
    type=OutputKind(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="Format of the report; sarif is SARIF 2.1.0, github is for logs of GitHub Actions.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    shell_complete=complete_codes,
    help="Report only these: codes, starts of codes (missing), families, or all; with commas.",
)
@click.option(
    "--extend-select",
    multiple=True,
    metavar="CODES",
    shell_complete=complete_codes,
    help="Report these too, such as rules that are not used by default.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    shell_complete=complete_codes,
    help="Do not report these.",
)
@click.option("--severity", type=_severities, help="Lowest severity that is reported.")
@click.option(
    "--fail-on",
    type=_severities,
    help="Lowest severity with which the exit status is 1; error by default.",
)
@click.option(
    "--dialect",
    type=click.Choice(["auto", "bibtex", "biblatex"]),
    help="Data model of BibTeX files; by default determined from their types and fields.",
)
@click.option(
    "--retractions",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="List of retracted works: the CSV file of Retraction Watch.",
)
@click.option("--online", is_flag=True, help="Look up in registries whether works are retracted.")
@click.option("--statistics", is_flag=True, help="Print only the number of problems by code.")
@click.option(
    "--documents",
    metavar="DOCUMENT",
    multiple=True,
    help="Also report keys that DOCUMENT cites and no FILE has, and entries that no DOCUMENT cites;"
    " a path or a pattern such as '**/*.md', may be repeated.",
)
@click.option("--fix", is_flag=True, help="Make the safe repairs in BibTeX files, then check them.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: also repairs that need a review.")
@click.option("--diff", is_flag=True, help="Print the repairs of --fix, and change no file.")
@click.option("--no-config", is_flag=True, help="Read no refcite.toml and no pyproject.toml.")
@click.option(
    "--rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_rules,
    help="List the rules of the check; needs no FILE.",
)
@click.option(
    "--explain",
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    shell_complete=complete_codes,
    help="Explain a code: its meaning, its effect and what to do; needs no FILE.",
)
@click.pass_context
def check(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    source: str | None,
    output: str,
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    fail_on: str | None,
    dialect: str | None,
    retractions: tuple[str, ...],
    online: bool,
    statistics: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    no_config: bool,
    documents: tuple[str, ...],
    **options: Any,
) -> None:
    """Report the problems of references, each with its location, and then a count.

    The settings can also be in refcite.toml, or in [tool.refcite.check] of pyproject.toml. The
    comment `% refcite: ignore CODE` before an entry silences a problem. The exit status is 1 if
    there is an error (--fail-on), or a difference with --diff.
    """
    from refcite.cli.check import check_files, notices_online
    from refcite.cli.check_fixes import fix_files, show_fixes
    from refcite.cli.check_settings import CommandLine
    from refcite.cli.configuration import ConfigurationError
    from refcite.collection.checks import SelectionError

    given = CommandLine(
        select=select,
        extend_select=extend_select,
        ignore=ignore,
        severity=severity,
        fail_on=fail_on,
        dialect=dialect,
        retractions=retractions,
        find_notices=notices_online if online else None,
        unsafe_fixes=unsafe_fixes,
        is_configured=not no_config,
    )
    choice = choice_of(ctx)
    if (fix or diff) and "-" in files:
        raise click.UsageError("--fix cannot repair standard input; name a file", ctx)
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes needs --fix or --diff", ctx)
    try:
        if diff:
            ctx.exit(int(show_fixes(files, source, given)))
        if fix:
            fix_files(files, source, given)
        failed = check_files(
            files,
            source,
            output,
            given,
            statistics=statistics,
            documents=documents,
            choice=choice,
            **options,
        )
    except (ConfigurationError, SelectionError) as error:
        raise click.UsageError(printable(str(error)), ctx) from None
    ctx.exit(int(failed))


@click.command(short_help="Find, show and merge records of the same work.")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(allow_dash=True))
@input_format
@output_format
@output_file("File to write, or - for standard output; needs --apply, --interactive or --undo.")
@click.option(
    "--apply",
    type=click.Choice(["certain", "likely"]),
    help="Merge the groups with at least this certainty.",
)
@click.option(
    "-i",
    "--interactive",
    is_flag=True,
    help="Decide about each group with one key; with --apply, about the others.",
)
@click.option(
    "--keep",
    type=click.Choice(["complete", "newest", "order"]),
    default="complete",
    show_default=True,
    help="The record whose id is kept, and its values if they are not worse: the most complete, the"
    " one that was changed last, or the first in the order of FILEs.",
)
@click.option("--preprints", is_flag=True, help="Regard a preprint and its article as one work.")
@click.option(
    "--report",
    "report_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, readable=False),
    help="Write each pair with its reason to a .csv or .json file; --undo needs .json.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--overwrite", is_flag=True, help="Allow OUT to be one of FILEs.")
@click.option(
    "--undo",
    "undone",
    metavar="REPORT",
    type=click.Path(allow_dash=True),
    help="Write the records of the inputs again, from a report in JSON; needs no FILE.",
)
@choosing
@reading
@click.pass_context
def dedupe(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    source: str | None,
    target: str | None,
    output: str | None,
    apply: str | None,
    interactive: bool,
    keep: str,
    preprints: bool,
    report_file: str | None,
    as_json: bool,
    overwrite: bool,
    undone: str | None,
    **options: Any,
) -> None:
    """Find, show and merge records of the same work.

    Without --apply and --interactive, the groups are only shown. Records of related works, such as
    a preprint and its article, are not merged. With --only or --where, only these records are
    compared and written.
    """
    from refcite.cli.dedupe import Wanted, dedupe_files, undo

    if undone is not None:
        if files or apply or interactive or report_file or as_json:
            raise click.UsageError("--undo needs only --output, and perhaps --to", ctx)
        undo(undone, output, target)
        return
    if not files:
        raise click.UsageError("name at least one FILE, or --undo REPORT", ctx)
    wanted = Wanted(
        output=output,
        target=target,
        apply=apply,
        interactive=interactive,
        report=report_file,
        keep=keep,
        preprints=preprints,
        as_json=as_json,
        overwrite=overwrite,
        choice=choice_of(ctx),
    )
    ctx.exit(int(dedupe_files(files, source, wanted, **options)))


@click.command(short_help="Compare two libraries, field by field.")
@click.argument("before", type=click.Path(allow_dash=True))
@click.argument("after", type=click.Path(allow_dash=True))
@input_format
@click.option(
    "-o",
    "--output",
    type=OutputKind(["text", "json"]),
    default="text",
    show_default=True,
    help="Format of the output.",
)
@click.pass_context
def diff(ctx: click.Context, before: str, after: str, source: str | None, output: str) -> None:
    """Compare two libraries, field by field.

    Entries with the same id are compared; of the rest, those with the same DOI, or with the same
    title and year. The exit status is 0 if the libraries are equal, 1 if they differ, 2 if a file
    could not be read.
    """
    if before == after == STANDARD_INPUT:
        raise click.UsageError("both files are standard input; name a file for one of them", ctx)
    from refcite.cli.diff import show_differences

    ctx.exit(show_differences(before, after, source, as_json=output == "json"))


@click.command(short_help="Count the records of libraries by type, year and source.")
@input_files
@input_format
@choosing
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with all values.")
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="Number of sources in the table; JSON has all.",
)
@click.pass_context
def stats(
    ctx: click.Context, files: tuple[str, ...], source: str | None, as_json: bool, top: int
) -> None:
    """Count records by type, year, source and language, and the fields that they lack.

    Several files are counted as one library, in which equal records are counted once.
    """
    from refcite.cli.stats import print_stats

    ctx.exit(int(print_stats(files, source, choice_of(ctx), as_json=as_json, top=top)))


def _list_steps(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the steps of tidying and end the command."""
    if not value or ctx.resilient_parsing:
        return
    from refcite.cli.tidy import list_steps

    list_steps()
    ctx.exit()


def _names(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return names that are separated by commas, or given by several options."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _indentation(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return the indentation of a number of spaces, or of a tab."""
    if value is None or value == "tab":
        return value and "\t"
    if not value.isdecimal() or int(value) > 40:
        raise click.BadParameter("it is a number of spaces, or tab", ctx, param)
    return " " * int(value)


@click.command(short_help="Tidy BibTeX files: layout, fields, values, keys, order.")
@input_files
@input_format
@output_file("File to write; by default each FILE is changed.")
@click.option("--diff", "is_diff", is_flag=True, help="Print the changes, and change no file.")
@click.option("--check", "is_check", is_flag=True, help="Only report which files would change.")
@click.option("--select", multiple=True, metavar="STEPS", callback=_names, help="Make only these.")
@click.option(
    "--extend-select", multiple=True, metavar="STEPS", callback=_names, help="Make these too."
)
@click.option(
    "--ignore", multiple=True, metavar="STEPS", callback=_names, help="Do not make these."
)
@click.option(
    "--steps",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_steps,
    help="List the steps; needs no FILE.",
)
@click.option("--indent", metavar="N", callback=_indentation, help="Spaces before a field, or tab.")
@click.option("--align/--no-align", default=None, help="Write the equals signs in one column.")
@click.option(
    "--delimiters",
    type=click.Choice(["keep", "braces", "quotes"]),
    help="Delimiters of values; by default they are kept.",
)
@click.option(
    "--bare-numbers/--no-bare-numbers", default=None, help="Write numbers without delimiters."
)
@click.option(
    "--trailing-comma/--no-trailing-comma",
    default=None,
    help="Write a comma after the last field; the default.",
)
@click.option("--wrap", metavar="N", type=click.IntRange(min=20), help="Largest length of a line.")
@click.option(
    "--omit", multiple=True, metavar="FIELDS", callback=_names, help="Remove these fields."
)
@click.option(
    "--sort-fields",
    multiple=True,
    metavar="FIELDS",
    callback=_names,
    help="Order of the fields; default for the usual one.",
)
@click.option("--sort", metavar="FIELDS", help="Order of the entries, such as key or -year,author.")
@click.option(
    "--keys", metavar="PATTERN", help="Pattern of new keys, such as {author:lower}{year}."
)
@click.option(
    "--key-map",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="With --keys: write the new keys under the old ones, in JSON or CSV. Without: read them.",
)
@click.option(
    "--in-documents",
    "documents",
    multiple=True,
    metavar="DOCUMENT",
    help="Change the keys in the citations of DOCUMENT too; a path or a pattern, may be repeated.",
)
@click.option(
    "--title-case",
    type=click.Choice(["sentence", "title"]),
    help="Case of titles; a guess, which is reported.",
)
@click.option(
    "--encoding",
    type=click.Choice(["unicode", "latex"]),
    help="Write accented letters in Unicode, or as commands of LaTeX.",
)
@click.option(
    "--dates",
    type=click.Choice(["biblatex", "bibtex"]),
    help="Write date, or year and month.",
)
@click.option(
    "--journals",
    type=click.Choice(["abbreviate", "expand"]),
    help="Abbreviate journals by lists and ISO 4, or write their full names by lists.",
)
@click.option(
    "--journal-list",
    "journal_lists",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="List of journals: lines of full name = abbreviation, or CSV.",
)
@click.option(
    "--max-authors",
    metavar="N",
    type=click.IntRange(min=1),
    help="Largest number of names; others become `and others`.",
)
@click.option("--no-config", is_flag=True, help="Read no refcite.toml and no pyproject.toml.")
@click.pass_context
def tidy(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    source: str | None,
    output: str | None,
    is_diff: bool,
    is_check: bool,
    key_map: str | None,
    documents: tuple[str, ...],
    journal_lists: tuple[str, ...],
    no_config: bool,
    **values: Any,
) -> None:
    """Tidy BibTeX files: layout, fields, values, keys, order.

    Each FILE is changed, unless --output, --diff or --check is given. Comments, macros and broken
    entries remain as they are, and so do the contents of the entries but for what a step states.
    The settings can also be in refcite.toml, or in [tool.refcite.tidy] of pyproject.toml. The exit
    status is 1 if a file would change with --check or --diff.
    """
    from refcite.cli.configuration import ConfigurationError
    from refcite.cli.tidy import TidyCommand, given_settings, tidy_files
    from refcite.problems import FormatError, RecordTypeError

    if output is not None and len(files) > 1:
        raise click.UsageError("--output needs exactly one FILE", ctx)
    if documents and not (key_map or values["keys"]):
        raise click.UsageError("--in-documents needs --keys or --key-map", ctx)
    command = TidyCommand(
        given=given_settings(**values),
        journal_lists=journal_lists,
        source=source,
        output=output,
        is_diff=is_diff,
        is_check=is_check,
        key_map=key_map,
        documents=documents,
        is_configured=not no_config,
    )
    try:
        ctx.exit(int(tidy_files(files, command)))
    except (ConfigurationError, RecordTypeError, FormatError) as error:
        raise click.UsageError(printable(str(error)), ctx) from None
