"""The commands."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, get_completion_class

from refcite import __version__
from refcite.cli.check import check_files, complete_codes, explain, fix_files
from refcite.cli.input import read_files, report
from refcite.problems import (
    FormatError,
    RefciteError,
    UnknownLocaleError,
    UnknownStyleError,
)

if TYPE_CHECKING:
    from refcite.csl import Bibliography

__all__ = ["app"]


class _Errors(click.Group):
    """A group whose commands end a `RefciteError` with one line and the right exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (UnknownStyleError, UnknownLocaleError, FormatError) as error:
            raise click.UsageError(str(error), ctx) from None
        except RefciteError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends quietly where nobody reads on
            raise click.ClickException(f"cannot write: {error.strerror or error}") from None


def _complete_styles(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from refcite.csl import style_ids

    found = [CompletionItem(id_) for id_ in style_ids() if id_.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def _complete_formats(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from refcite.formats import formats

    return [
        CompletionItem(format_.name, help=format_.title)
        for format_ in formats()
        if format_.name.startswith(incomplete)
    ]


_files = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True)
)
_from = click.option(
    "-f",
    "--from",
    "source",
    metavar="FORMAT",
    shell_complete=_complete_formats,
    help="Format of the input; by default its ending or content tells.",
)
_day_first = click.option(
    "--day-first/--month-first",
    default=None,
    help="How to read a date such as 01/02/2017; by default it is reported and left as it is.",
)


@click.group(cls=_Errors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="refcite", message="%(prog)s %(version)s")
def app() -> None:
    """Cite, convert and check references.

    FILE may be - for standard input.
    """


@app.command()
@_files
@click.option(
    "-s",
    "--style",
    default="refworld",
    show_default=True,
    shell_complete=_complete_styles,
    help="A CSL style: an id (`refcite styles` lists them) or the path of a .csl file.",
)
@click.option("-l", "--locale", metavar="TAG", help="Language, such as fr-FR.")
@click.option(
    "-o",
    "--output",
    type=click.Choice(["text", "html", "markdown", "rst", "latex", "typst"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option(
    "--repeat-publisher", is_flag=True, help="Print a publisher that is also the only author."
)
@_from
@_day_first
@click.pass_context
def cite(
    ctx: click.Context,
    files: tuple[str, ...],
    style: str,
    locale: str | None,
    output: str,
    repeat_publisher: bool,
    source: str | None,
    day_first: bool | None,
) -> None:
    """Print references as a bibliography, by default as Refworld's "cite as" strings."""
    from refcite.csl import Processor

    processor = Processor(
        style,
        locale=locale,
        output=output,  # type: ignore[arg-type]  # click has checked the choice
        repeat_publisher=repeat_publisher,
    )
    library, failed = read_files(files, source, day_first=day_first)
    if processor.has_bibliography:
        processor.nocite(library)
        failed |= _print_bibliography(processor.bibliography())
    else:
        for record in library:
            click.echo(processor.cite(record))
    ctx.exit(int(failed))


def _print_bibliography(bibliography: Bibliography) -> bool:
    if bibliography:
        click.echo(str(bibliography))
    return report(bibliography.problems)


@app.command()
@click.argument("file", metavar="IN", type=click.Path(allow_dash=True))
@_from
@click.option(
    "-t",
    "--to",
    "target",
    metavar="FORMAT",
    shell_complete=_complete_formats,
    help="Format of the output; by default the ending of OUT tells.",
)
@click.option(
    "-o", "--output", metavar="OUT", type=click.Path(dir_okay=False), help="File to write."
)
@_day_first
@click.pass_context
def convert(
    ctx: click.Context,
    file: str,
    source: str | None,
    target: str | None,
    output: str | None,
    day_first: bool | None,
) -> None:
    """Convert references from one format to another."""
    from refcite.cli.convert import convert_file
    from refcite.formats import get_format, guess_format

    if target:
        chosen = get_format(target)
    elif output:
        chosen = guess_format(file=output)
    else:
        raise click.UsageError("say which format to write: --to FORMAT, or --output OUT", ctx)
    if not chosen.writes:
        raise click.UsageError(f"the format {chosen.name!r} can be read, but not written", ctx)
    chosen_source = get_format(source) if source else None
    ctx.exit(int(convert_file(file, chosen_source, chosen, output, day_first=day_first)))


@app.command()
@_files
@_from
@_day_first
@click.option(
    "-o",
    "--output",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="What to print; sarif is SARIF 2.1.0.",
)
@click.option(
    "--fix", is_flag=True, help="Repair what is safe to repair in BibTeX files, then check."
)
@click.option(
    "--explain",
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=explain,
    shell_complete=complete_codes,
    help="Say what a code means, why it matters and what to do; needs no FILE.",
)
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[str, ...],
    source: str | None,
    day_first: bool | None,
    output: str,
    fix: bool,
) -> None:
    """Say what is wrong with references: each problem with its place, then a count."""
    if fix:
        if "-" in files:
            raise click.UsageError("--fix repairs files; standard input is none", ctx)
        fix_files(files, source)
    ctx.exit(int(check_files(files, source, output, day_first=day_first)))


@app.command()
@click.argument("words", nargs=-1)
@click.pass_context
def styles(ctx: click.Context, words: tuple[str, ...]) -> None:
    """List the CSL styles whose id or title has all WORDS."""
    from refcite.csl import search_styles

    found = False
    for style_id, title in search_styles(words):
        found = True
        click.echo(f"{style_id}\t{title}")
    ctx.exit(0 if found else 1)


@app.command()
@click.argument("before", type=click.Path(allow_dash=True))
@click.argument("after", type=click.Path(allow_dash=True))
@_from
@click.option(
    "-o",
    "--output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the differences are printed.",
)
@click.pass_context
def diff(ctx: click.Context, before: str, after: str, source: str | None, output: str) -> None:
    """Compare two libraries, field by field.

    Entries are the same where their ids are; of the rest, those with one DOI, or with one title
    and year. The exit status is 0 where both say the same, 1 where they differ, 2 where a file
    could not be read.
    """
    from refcite.cli.diff import show_differences

    ctx.exit(show_differences(before, after, source, as_json=output == "json"))


@app.command("formats")
@click.argument("name", required=False, shell_complete=_complete_formats)
def list_formats(name: str | None) -> None:
    """List the formats with what each can do, or show the mapping table of the format NAME."""
    from refcite.cli.formats import format_lines, table_lines

    for line in table_lines(name) if name else format_lines():
        click.echo(line)


@app.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that completes refcite's commands, styles and formats in SHELL.

    For bash, add this to ~/.bashrc: eval "$(refcite completion bash)"
    """
    completer = get_completion_class(shell)
    assert completer is not None  # noqa: S101 - the choice above names click's own shells
    click.echo(completer(app, {}, "refcite", "_REFCITE_COMPLETE").source())
