"""Commands that print citations and bibliographies, and list styles."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import click

from refcite.cli.choosing import choice_of, choosing
from refcite.cli.complete import (
    complete_ids,
    complete_locales,
    complete_style_ids,
    complete_styles,
)
from refcite.cli.destination import OUTPUTS, destination_of
from refcite.cli.input import STANDARD_INPUT, STANDARD_OUTPUT, read_files
from refcite.cli.options import (
    OutputKind,
    in_style,
    input_files,
    input_format,
    output_file,
    reading,
)
from refcite.cli.pages import of_pages, page_options
from refcite.cli.progress import Progress
from refcite.cli.report import report
from refcite.cli.sections import about_highlights, chosen_sections, in_sections
from refcite.cli.terminal import echo, echo_table, on_terminal

__all__ = ["cite", "explain_entries", "render", "styles", "write_bibliography"]


@click.command(short_help="Print references as a bibliography.")
@input_files
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
@input_format
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


@click.command("explain", short_help="Explain how entries are formatted.")
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
@input_format
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


@click.command(short_help="Format the citations of a document.")
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@output_file("File to write; by default, or with -, standard output.")
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
    help="Syntax of FILE: markdown, myst or notebook; by default according to its file extension"
    " and its text.",
)
@click.option(
    "--lookup",
    "looks_up",
    is_flag=True,
    help="Look up the works of DOIs that no reference has, in MyST; needs the extra 'web'.",
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
    looks_up: bool,
    watch: bool,
) -> None:
    """Format the citations of a document in pandoc's Markdown, Quarto or MyST.

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
            looks_up=looks_up,
        )

    if not watch:
        ctx.exit(int(write()))
    if file == STANDARD_INPUT:
        raise click.UsageError("--watch cannot watch standard input; name a file", ctx)
    from refcite.cli.watch import again_on_change

    again_on_change(watched_files(file, bibliography, syntax), write)


@click.command("bbl", short_help="Write the bibliography of a LaTeX document.")
@click.argument("aux", metavar="AUX", type=click.Path())
@click.option(
    "-s",
    "--style",
    metavar="STYLE",
    shell_complete=complete_style_ids,
    help="CSL style; by default that of \\bibliographystyle{csl:STYLE} in the document.",
)
@click.option("-l", "--locale", metavar="TAG", help="Locale, such as fr-FR.")
@output_file(
    "File to write, or - for standard output; by default AUX with the extension .bbl.",
    metavar="FILE",
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


@click.command(short_help="List, search and check styles.")
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
