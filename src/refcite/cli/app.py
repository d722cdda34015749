"""The commands."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import click

from refcite.cli.choosing import choice_of, choosing
from refcite.cli.complete import (
    complete_codes,
    complete_formats,
    complete_ids,
    complete_locales,
    complete_style_ids,
    complete_styles,
)
from refcite.cli.destination import OUTPUTS, destination_of
from refcite.cli.errors import Errors
from refcite.cli.input import STANDARD_INPUT, STANDARD_OUTPUT, read_files
from refcite.cli.options import LAYOUTS, OutputKind, in_style, reading, writing
from refcite.cli.pages import of_pages, page_options
from refcite.cli.progress import Progress
from refcite.cli.report import report
from refcite.cli.sections import about_highlights, chosen_sections, in_sections
from refcite.cli.shells import SHELLS, script
from refcite.cli.terminal import echo, echo_table, on_terminal, printable
from refcite.cli.version import version

__all__ = ["app"]


_files = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True)
)
_from = click.option(
    "-f",
    "--from",
    "source",
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="Format of the input; by default detected from its file extension or contents.",
)


_severities = click.Choice(["info", "warning", "error"])


def _explain(ctx: click.Context, param: click.Parameter, code: str | None) -> None:
    """Print the meaning of a code and end the command."""
    from refcite.cli.check import explain

    explain(ctx, param, code)


def _list_rules(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the rules of the check and end the command."""
    from refcite.cli.check import list_rules

    list_rules(ctx, param, value)


@click.group(cls=Errors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), prog_name="refcite", message="%(prog)s %(version)s")
def app() -> None:
    """Cite, convert, check and look up references.

    FILE may be - for standard input.
    """


@app.command(short_help="Print references as a bibliography.")
@_files
@in_style("refworld")
@click.option(
    "-o",
    "--output",
    type=OutputKind(OUTPUTS, file_option="--output-file"),
    show_default="text",
    help="Format of the output; by default according to the file extension of --output-file.",
)
@click.option(
    "--output-file",
    metavar="FILE",
    type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="File to write, such as refs.docx; by default, or with -, standard output.",
)
@click.option(
    "--standalone",
    is_flag=True,
    help="Write a whole document, such as an HTML page; docx and rtf always are.",
)
@click.option("--title", metavar="TEXT", help="Title of a whole document.")
@click.option("--links", is_flag=True, help="Format URLs and DOIs as links.")
@click.option("--watch", is_flag=True, help="Print again whenever FILE or the style changes.")
@in_sections
@choosing
@_from
@reading
@of_pages
@click.pass_context
def cite(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    style: str,
    locale: str | None,
    output: str | None,
    output_file: str | None,
    standalone: bool,
    title: str | None,
    links: bool,
    repeat_publisher: bool,
    derive_short_titles: bool,
    manual_wording: bool | None,
    watch: bool,
    group_by: str | None,
    sections: str | None,
    other_heading: str | None,
    highlight: tuple[str, ...],
    abbreviations: tuple[str, ...],
    source: str | None,
    **options: Any,
) -> None:
    """Print references as a bibliography, by default as Refworld's "cite as" strings."""
    choice = choice_of(ctx)
    destination = destination_of(
        files, output, output_file, standalone=standalone, title=title, watch=watch
    )

    def print_entries() -> bool:
        from refcite.csl import Processor

        processor = Processor(
            style,
            locale=locale,
            output=destination.output,
            repeat_publisher=repeat_publisher,
            links=links,
            highlight=highlight,
            abbreviations=abbreviations,
            derive_short_titles=derive_short_titles,
            manual_wording=manual_wording,
        )
        chosen = chosen_sections(ctx, group_by, sections, other_heading)
        library, failed = read_files(files, source, choice=choice, **options, **page_options(ctx))
        with Progress("formatting"):
            if processor.has_bibliography:
                processor.nocite(library)
                bibliography = processor.bibliography(sections=chosen, other_heading=other_heading)
            else:
                bibliography = processor.first_citations(
                    library, sections=chosen, other_heading=other_heading
                )
        report(about_highlights(highlight, destination.output))
        # A file is not replaced by an empty one if no entry could be read.
        if bibliography or not failed:
            destination.write(bibliography)
        return report(bibliography.problems) or failed

    if not watch:
        ctx.exit(int(print_entries()))
    if STANDARD_INPUT in files:
        raise click.UsageError("--watch cannot watch standard input; name a file", ctx)
    from refcite.cli.watch import watch_entries

    watched = (*files, *abbreviations, *(() if sections is None else (sections,)))
    watch_entries(watched, style, locale, source, print_entries)


@app.command(short_help="Convert references from one format to another.")
@click.argument("files", nargs=-1, required=True, metavar="IN...", type=click.Path(allow_dash=True))
@_from
@click.option(
    "-t",
    "--to",
    "target",
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="Format of the output; by default according to the file extension of OUT.",
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="File to write; by default, or with -, standard output.",
)
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


@app.command(short_help="Look up works and add them to a file.")
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


@app.command(short_help="Report the problems of references, with their locations.")
@_files
@_from
@choosing
@reading
@click.option(
    "-o",
    "--output",
    type=OutputKind(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="Format of the report; sarif is SARIF 2.1.0.",
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


@app.command("explain", short_help="Explain how entries are formatted.")
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@click.argument("keys", nargs=-1, metavar="[KEY]...", shell_complete=complete_ids)
@in_style("apa")
@click.option(
    "-o",
    "--output",
    type=OutputKind(["text", "html", "json"]),
    default="text",
    show_default=True,
    help="Format of the output; html is a complete page.",
)
@click.option(
    "--citation", is_flag=True, help="Explain the citations of the works, not their entries."
)
@_from
@reading
@of_pages
@click.pass_context
def explain_entries(
    ctx: click.Context,
    /,
    file: str,
    keys: tuple[str, ...],
    style: str,
    locale: str | None,
    output: str,
    citation: bool,
    repeat_publisher: bool,
    derive_short_titles: bool,
    manual_wording: bool | None,
    source: str | None,
    **options: Any,
) -> None:
    """Explain how entries are formatted.

    For each piece of an entry: its source, and the line of the style that printed it. Also the
    omitted variables, with the reason. KEY is an entry's id; without KEY, all are explained.
    """
    from refcite.cli.explain import known_keys, print_explanations
    from refcite.csl import Processor

    library, failed = read_files([file], source, **options, **page_options(ctx))
    processor = Processor(
        style,
        locale=locale,
        library=library,
        repeat_publisher=repeat_publisher,
        derive_short_titles=derive_short_titles,
        manual_wording=manual_wording,
    )
    known = known_keys(keys, library)
    with Progress("explaining"):
        processor.nocite(library)  # numbers and year suffixes depend on all entries
        explanations = processor.explanations(known if keys else library, citation=citation)
    print_explanations(explanations, output)
    ctx.exit(int(failed or len(known) < len(keys)))


@app.command(short_help="Format the citations of a document.")
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="File to write; by default, or with -, standard output.",
)
@click.option(
    "-b",
    "--bibliography",
    metavar="REFS",
    multiple=True,
    type=click.Path(),
    help="Bibliography file, if FILE names none; may be repeated.",
)
@click.option(
    "--style",
    metavar="STYLE",
    shell_complete=complete_styles,
    help="Style, if FILE names none: an id or a .csl file; by default chicago-author-date.",
)
@click.option(
    "--locale",
    metavar="LANGUAGE",
    shell_complete=complete_locales,
    help="Language, if FILE names none; by default that of the style.",
)
@click.option(
    "--syntax",
    metavar="SYNTAX",
    help="Syntax of FILE; by default according to its file extension, or markdown.",
)
@click.option("--watch", is_flag=True, help="Write again when FILE or its references change.")
@click.pass_context
def render(
    ctx: click.Context,
    /,
    file: str,
    output: str | None,
    bibliography: tuple[str, ...],
    style: str | None,
    locale: str | None,
    syntax: str | None,
    watch: bool,
) -> None:
    """Format the citations of a document in pandoc's Markdown, R Markdown or Quarto.

    The metadata of FILE decide first: bibliography, csl, lang, nocite and the other keys of pandoc.
    All other text remains as it is. The exit status is 1 if a key has no reference.
    """
    from refcite.cli.render import render_file, watched_files

    target = None if output == STANDARD_OUTPUT else output
    if target is not None and file != STANDARD_INPUT and PurePath(target) == PurePath(file):
        raise click.UsageError("--output is FILE itself; name another file", ctx)

    def write() -> bool:
        return render_file(
            file,
            output=target,
            bibliography=bibliography,
            style=style,
            locale=locale,
            syntax=syntax,
        )

    if not watch:
        ctx.exit(int(write()))
    if file == STANDARD_INPUT:
        raise click.UsageError("--watch cannot watch standard input; name a file", ctx)
    from refcite.cli.watch import again_on_change

    again_on_change(watched_files(file, bibliography, syntax), write)


@app.command(short_help="List, search and check styles.")
@click.argument("words", nargs=-1, metavar="[WORD]...", shell_complete=complete_style_ids)
@click.option(
    "--xml",
    "style",
    metavar="ID",
    shell_complete=complete_style_ids,
    help="Print the XML of one style, as a start for your own style.",
)
@click.option(
    "--check",
    "checks",
    is_flag=True,
    help="Report the problems of styles and locale files; the words are their paths or ids.",
)
@click.pass_context
def styles(ctx: click.Context, words: tuple[str, ...], style: str | None, checks: bool) -> None:
    """List the CSL styles that match all WORDs, the one that is probably meant first.

    Your own styles and locales are in the folders of the environment variable REFCITE_STYLES. The
    exit status is 1 if there is no such style, or if a checked file cannot be used.
    """
    from refcite.csl import search_styles, style_xml

    if checks:
        if style is not None or not words:
            raise click.UsageError("--check needs one file or several, and no --xml", ctx)
        from refcite.cli.style_check import check_styles

        ctx.exit(int(check_styles(words)))
    if style is not None:
        if words:
            raise click.UsageError("--xml cannot be combined with words; remove the words", ctx)
        click.echo(style_xml(style).encode(), nl=False)  # UTF-8, as declared in its first line
        return
    found = list(search_styles(words))
    if found and on_terminal():
        echo_table([(((id_, "bold"),), title) for id_, title in found], ("id", "title"))
    else:
        echo(f"{id_}\t{title}" for id_, title in found)
    if not found:
        raise click.ClickException(f"no style has {' and '.join(map(repr, words))} in id or title")


@app.command(short_help="Compare two libraries, field by field.")
@click.argument("before", type=click.Path(allow_dash=True))
@click.argument("after", type=click.Path(allow_dash=True))
@_from
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


@app.command(short_help="Find, show and merge records of the same work.")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(allow_dash=True))
@_from
@click.option(
    "-t",
    "--to",
    "target",
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="Format of the output; by default according to the file extension of OUT.",
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="File to write, or - for standard output; needs --apply, --interactive or --undo.",
)
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
    a preprint and its article, are not merged.
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
    )
    ctx.exit(int(dedupe_files(files, source, wanted, **options)))


@app.command("bbl", short_help="Write the bibliography of a LaTeX document.")
@click.argument("aux", metavar="AUX", type=click.Path())
@click.option(
    "-s",
    "--style",
    metavar="STYLE",
    shell_complete=complete_style_ids,
    help="CSL style; by default that of \\bibliographystyle{csl:STYLE} in the document.",
)
@click.option("-l", "--locale", metavar="TAG", help="Locale, such as fr-FR.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="File to write, or - for standard output; by default AUX with the extension .bbl.",
)
@click.option(
    "--links/--no-links",
    default=True,
    help="Format URLs and DOIs as links, in documents with hyperref; the default.",
)
@click.pass_context
def write_bibliography(
    ctx: click.Context,
    aux: str,
    style: str | None,
    locale: str | None,
    output: str | None,
    links: bool,
) -> None:
    """Write the bibliography of a LaTeX document in a CSL style, in place of BibTeX.

    AUX is the file that LaTeX has written, such as main.aux. The exit status is 1 if a file could
    not be read; keys without an entry are warnings, as in BibTeX.
    """
    from refcite.cli.bbl import write_bbl

    ctx.exit(int(write_bbl(aux, output, style, locale, links=links)))


@app.command(short_help="Count the records of libraries by type, year and source.")
@_files
@_from
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


@app.command(short_help="Try refcite in the browser.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8383,
    show_default=True,
    help="Port on 127.0.0.1; 0 selects a free port.",
)
@click.option(
    "--limit",
    metavar="MB",
    type=click.FloatRange(0, 1000, min_open=True),
    default=10,
    show_default=True,
    help="Maximum size of a text, in megabytes.",
)
@click.option(
    "--time-limit",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(0, 86_400, min_open=True),
    default=60,
    show_default=True,
    help="Maximum time for one request, in seconds.",
)
@click.option(
    "--open/--no-open",
    "opens",
    default=True,
    show_default=True,
    help="Whether to open the page in the browser.",
)
def serve(files: tuple[str, ...], port: int, limit: float, seconds: float, opens: bool) -> None:
    """Try refcite in the browser: paste references, see their problems and the bibliography.

    The page shows FILEs, also of several formats, with their duplicates. It is available only on
    this machine. It loads nothing from elsewhere and stores nothing.
    """
    from refcite.cli.serve import serve_page

    serve_page(files, port, limit, seconds, opens=opens)


@app.command("formats", short_help="List the formats, or show the mapping table of one.")
@click.argument("name", required=False, shell_complete=complete_formats)
def list_formats(name: str | None) -> None:
    """List the formats and their abilities, or show the mapping table of the format NAME."""
    from refcite.cli.formats import print_formats, print_mapping

    if name:
        print_mapping(name)
    else:
        print_formats()


@app.command(short_help="Print a script that completes commands in a shell.")
@click.argument("shell", type=click.Choice(list(SHELLS)))
def completion(shell: str) -> None:
    """Print a script that completes refcite's commands, styles and formats in SHELL.

    \b
    bash, in ~/.bashrc:
      eval "$(refcite completion bash)"
    zsh, in ~/.zshrc:
      autoload -Uz compinit && compinit
      eval "$(refcite completion zsh)"
    fish, once:
      refcite completion fish > ~/.config/fish/completions/refcite.fish
    """  # noqa: D301 - click does not reformat lines after a backspace
    click.echo(script(shell, app), nl=False)
