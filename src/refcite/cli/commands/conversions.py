"""Commands that convert references, look them up, and list formats."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import click

from refcite.cli.choosing import choice_of, choosing
from refcite.cli.complete import (
    complete_formats,
)
from refcite.cli.input import STANDARD_INPUT, STANDARD_OUTPUT
from refcite.cli.options import (
    LAYOUTS,
    input_format,
    output_file,
    output_format,
    reading,
    writing,
)
from refcite.cli.pages import of_pages, page_options

__all__ = ["add", "convert", "list_formats"]


@click.command(short_help="Convert references from one format to another.")
@click.argument("files", nargs=-1, required=True, metavar="IN...", type=click.Path(allow_dash=True))
@input_format
@output_format
@output_file("File to write; by default, or with -, standard output.")
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Number of processes for a file of 4 MB or more in RIS, BibTeX or JSON lines; by default"
    " one for each processor if the file has 20 MB, and with --out-dir.",
)
@click.option(
    "--out-dir",
    metavar="FOLDER",
    type=click.Path(file_okay=False),
    help="Write a file for each IN into this folder, such as a.ris.jsonl for a.ris; files that are"
    " converted already and unchanged are not converted again.",
)
@click.option(
    "--cited-in",
    metavar="DOCUMENT",
    multiple=True,
    help="Write only the entries that DOCUMENT cites: a path, or a pattern such as '**/*.md'. Other"
    " documents may follow it.",
)
@click.option(
    "--compress",
    type=click.Choice(["gz", "zst"]),
    help="Compress the files in --out-dir.",
)
@choosing
@writing
@reading
@of_pages
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    source: str | None,
    target: str | None,
    output: str | None,
    jobs: int | None,
    out_dir: str | None,
    cited_in: tuple[str, ...],
    compress: str | None,
    layout: str | None,
    named: tuple[str, ...],
    **options: Any,
) -> None:
    """Convert references from one format to another.

    Several files become one: equal records are written once, and a record whose id is used for
    another work in an earlier file gets a new id. With --out-dir, each becomes a file of its own,
    on all cores. An option that neither the input format nor the output format has is an error.
    """
    from refcite.cli.convert import convert_file, convert_to_parquet
    from refcite.cli.named_options import named_options
    from refcite.formats import get_format, guess_format

    if cited_in:
        from refcite.documents.syntaxes import guess_syntax

        # The shell expands patterns, so that documents may be among the files.
        documents = tuple(file for file in files if guess_syntax(file) is not None)
        cited_in += documents
        files = tuple(file for file in files if file not in documents)
        if out_dir is not None or len(files) != 1:
            raise click.UsageError("--cited-in needs one file of references, and no --out-dir", ctx)
    choice = choice_of(ctx)
    if out_dir is None and compress:
        raise click.UsageError("--compress needs --out-dir FOLDER", ctx)
    if out_dir is not None and choice is not None:
        raise click.UsageError(
            "--only, --where, --sort and --drop are not used with --out-dir; convert the files one"
            " by one, or to one file",
            ctx,
        )
    if out_dir is not None and (output or STANDARD_INPUT in files or not target):
        raise click.UsageError(
            "--out-dir needs --to FORMAT and files, without --output and standard input", ctx
        )
    if output == STANDARD_OUTPUT:
        output = None
    is_parquet = target == "parquet" if target else PurePath(output or "").suffix == ".parquet"
    chosen = None
    if is_parquet:
        if not output and not out_dir:
            raise click.UsageError("Parquet is not a text; add --output FILE.parquet", ctx)
    elif target:
        chosen = get_format(target)
    elif output:
        chosen = guess_format(file=output)
    else:
        raise click.UsageError(
            "the format of the output is missing; add --to FORMAT or --output OUT", ctx
        )
    if chosen is not None and not chosen.writes:
        raise click.UsageError(
            f"the format {chosen.name!r} can be read, but not written; choose another with --to",
            ctx,
        )
    chosen_source = get_format(source) if source else None
    to_reader, to_writer = named_options(named, chosen_source, chosen)
    to_reader |= page_options(ctx)
    given = {name: value for name, value in options.items() if value is not None}
    for name in ("day_first", "note_fields"):
        if name in given:
            to_reader[name] = given.pop(name)
    to_writer |= given | LAYOUTS.get(layout or "", {})
    if is_parquet and to_writer:
        raise click.UsageError(f"Parquet has no option {', '.join(to_writer)}", ctx)
    if out_dir is not None:
        from refcite.cli.convert_many import convert_files

        options = to_reader | to_writer
        to = chosen.name if chosen else "parquet"
        ctx.exit(int(convert_files(files, out_dir, to, chosen_source, compress, options, jobs)))
    if len(files) > 1:
        from refcite.cli.convert_several import convert_several

        ctx.exit(int(convert_several(files, source, chosen, output, to_reader, to_writer, choice)))
    (file,) = files
    if chosen is None:
        ctx.exit(int(convert_to_parquet(file, chosen_source, str(output), to_reader, choice)))
    ctx.exit(
        int(
            convert_file(
                file, chosen_source, chosen, output, to_reader, to_writer, jobs, choice, cited_in
            )
        )
    )


@click.command(short_help="Look up works and add them to a file.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="File to add to; without it, or with -, the records are printed.",
)
@click.option(
    "-t",
    "--to",
    "target",
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="Format of FILE; by default detected from its file extension or contents, or BibTeX.",
)
@click.option(
    "--key",
    "keys",
    metavar="PATTERN",
    default="{author:lower}{year}{title:lower}",
    show_default=True,
    help="Pattern of the keys of new records.",
)
@click.option(
    "--mailto", metavar="ADDRESS", help="Your e-mail address, which is sent to the services."
)
@click.option("--offline", is_flag=True, help="Use only the cache, not the network.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Allow requests to private networks, such as localhost.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    help="Maximum time of a request; 60 by default.",
)
@click.option(
    "--retries",
    metavar="COUNT",
    type=click.IntRange(0),
    help="How often to repeat a request after a temporary failure; 3 by default.",
)
@click.pass_context
def add(
    ctx: click.Context,
    ids: tuple[str, ...],
    output: str | None,
    target: str | None,
    keys: str,
    mailto: str | None,
    offline: bool,
    no_cache: bool,
    allow_private: bool,
    timeout: float | None,
    retries: int | None,
) -> None:
    """Look up works and add them to a file; its other contents do not change.

    ID is a DOI, an arXiv identifier, a PMID, a PMCID, an ISBN or the URL of a page; - reads ids
    from standard input, one per line. Only this command uses the network. A work that is already
    in the file, with the same DOI or URL, is not added again.
    """
    from refcite.cli.add import add_works
    from refcite.web import Settings, SettingsError

    given = {
        "mailto": mailto,
        "total_timeout": timeout,
        "retries": retries,
        "offline": offline or None,
        "allow_private": allow_private or None,
    }
    changes = {key: value for key, value in given.items() if value is not None}
    try:
        settings = Settings.from_environment().replace(**changes)
    except SettingsError as error:
        raise click.UsageError(str(error), ctx) from None
    if no_cache:
        settings = settings.replace(cache=None)
    ctx.exit(int(add_works(ids, output, target, settings, keys)))


@click.command("formats", short_help="List the formats, or show the mapping table of one.")
@click.argument("name", required=False, shell_complete=complete_formats)
def list_formats(name: str | None) -> None:
    """List the formats and their abilities, or show the mapping table of the format NAME."""
    from refcite.cli.formats import print_formats, print_mapping

    if name:
        print_mapping(name)
    else:
        print_formats()
