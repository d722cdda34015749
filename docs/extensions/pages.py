"""Pages of the reference that are made from the program: formats, variables, the command line.

They are written beside the pages that people write, before Sphinx reads them, and are not kept in
version control.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refcite import vocabulary
from refcite.cli.app import app as command_line
from refcite.formats import Format, formats
from refcite.formats.crosswalk import Spec
from refcite.formats.tables import START, fields_of, left_out_of, types_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FORMATS = "reference/formats"
_NOTE = "<!-- Made from the program by docs/extensions/pages.py. -->\n"


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each page that is made.

    Example:
        >>> "reference/formats/ris.md" in dict(pages())
        True
    """
    groups = [list(group) for _, group in groupby(_built_in(), lambda one: one.module)]
    for group in groups:
        yield f"{_FORMATS}/{group[0].name}.md", "\n".join([_NOTE, *_format_page(group)])
    yield f"{_FORMATS}/index.md", "\n".join([_NOTE, *_format_index(groups)])
    yield "reference/variables.md", "\n".join([_NOTE, *_variables()])
    yield "reference/command-line.md", "\n".join([_NOTE, *_commands()])


# Formats


def _built_in() -> Iterator[Format]:
    return (one for one in formats() if one.module.startswith("refcite."))


def _format_index(groups: Iterable[list[Format]]) -> Iterator[str]:
    listed = list(groups)
    yield "# Mapping tables\n"
    yield "These pages list the types and fields of each format with those of CSL, and the options"
    yield "of its reader and writer. [Formats](../../formats.md) describes how readers and writers"
    yield "handle cases in which programs differ.\n"
    yield "| format | | extensions |\n|---|---|---|"
    for group in listed:
        for one in group:
            endings = " ".join(f"`{ending}`" for ending in one.extensions)
            yield f"| [`{one.name}`]({group[0].name}.md) | {one.title} | {endings} |"
    yield "\n```{toctree}\n:hidden:\n"
    yield from (f"{group[0].name}" for group in listed)
    yield "```"


def _format_page(group: list[Format]) -> Iterator[str]:
    first = group[0]
    yield f"# {', '.join(f'`{one.name}`' for one in group)}\n"
    for one in group:
        if len(group) > 1:
            yield f"`{one.name}`"
        yield f"{': ' * (len(group) > 1)}{one.title}. {_abilities(one)}\n"
    for who, name, able in (("reader", "load", first.reads), ("writer", "dump", first.writes)):
        if able:
            yield f"Pass the {who}'s options to [](#refcite.{name}) and [](#refcite.{name}s)."
    yield "[Formats](../../formats.md) describes the decisions of the reader and the writer.\n"
    for title, able, function in (
        ("Reading", first.reads, "read"),
        ("Writing", first.writes, "write"),
    ):
        if able:
            yield f"## {title}\n\n```{{eval-rst}}"
            yield f".. autofunction:: {first.module}.{function}\n```\n"
    shown: list[Spec] = []
    for one in group:
        table = one.mapping()
        if table is not None and table not in shown:
            shown.append(table)
            yield from _mapping(one, table, several=len(group) > 1)


def _abilities(one: Format) -> str:
    able = (("read", one.reads), ("written", one.writes))
    endings = ", ".join(f"`{ending}`" for ending in one.extensions)
    known = f" File extensions: {endings}." if endings else ""
    return f"It is {' and '.join(word for word, can in able if can)}.{known}"


def _mapping(one: Format, table: Spec, *, several: bool) -> Iterator[str]:
    if all(row.own == row.variable for row in table.fields):
        yield "## Types and fields\n"
        yield "Its types and fields are [those of CSL](../variables.md).\n"
        return
    of = f" of `{one.name}`" if several else ""
    yield f"## Types{of}\n\n`→` is only read, `←` only written, `↔` both.\n"
    yield from types_of(table)
    yield f"\n## Fields{of}\n"
    yield "A field that is not in the table is kept in `record.extra` when it is read.\n"
    yield from fields_of(table)
    yield f"\n## Variables that cannot be written{of}\n"
    yield from left_out_of(table)


# Variables


def _variables() -> Iterator[str]:
    yield "# Types and variables\n"
    yield "The types and the variables of a [](#refcite.Record) are the item types and variables of"
    yield "CSL 1.0.2 (appendices III and IV of the specification).\n"
    yield "## Types\n"
    yield ", ".join(f"`{name}`" for name in vocabulary.ITEM_TYPES) + ".\n"
    for title, what, names in (
        ("Names", "Tuples of [](#refcite.Name).", vocabulary.NAME_VARIABLES),
        ("Dates", "A [](#refcite.Date), or None.", vocabulary.DATE_VARIABLES),
        ("Titles", "Text, or None.", vocabulary.TITLE_VARIABLES),
        (
            "Numbers",
            "Text, or None, since a number may be `12–15` or `2nd`.",
            vocabulary.NUMBER_VARIABLES,
        ),
        ("Strings", "Text, or None.", vocabulary.STRING_VARIABLES),
    ):
        yield f"## {title}\n\n{what}\n"
        yield "| attribute | CSL |\n|---|---|"
        yield from (f"| `{vocabulary.attribute_of(name)}` | `{name}` |" for name in names)
        yield ""


# The command line


def _commands() -> Iterator[str]:
    context = click.Context(command_line, info_name="refcite", **command_line.context_settings)
    yield "# Command line\n"
    yield _prose(command_line.help or "")
    yield "\nResults go to standard output; problems go to standard error as"
    yield "`file:line:column: severity: message [code]`. The exit status is 0; 1 if some of the"
    yield "input could not be read; or 2 for incorrect usage.\n"
    yield from _options(command_line, context)
    for name in command_line.list_commands(context):
        command = command_line.get_command(context, name)
        if command is not None and not command.hidden:
            yield from _command(command, click.Context(command, info_name=name, parent=context))


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## `{context.command_path}`\n"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```text\n{context.command_path} {usage}\n```\n"
    yield _prose(command.help or "")
    yield ""
    yield from _options(command, context)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        name, what = parameter.get_help_record(context) or ("", "")
        if what:
            yield f"`{name}`\n: {_prose(what)}\n"


def _prose(text: str) -> str:
    """Return a help text without click's own marks."""
    return cleandoc(text.replace("\b\n", "").partition("\f")[0])


# Sphinx


def _write(app: Sphinx) -> None:
    made = {Path(app.srcdir, path): text for path, text in pages()}
    for stale in set(Path(app.srcdir, _FORMATS).glob("*.md")) - set(made):
        stale.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _adapt(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let pages that are read in the repository too lead to pages of the site."""
    text = source[0].replace("](../benchmarks/README.md)", "](benchmarks.md)")
    text = text.replace("\n\n```\n", "\n```\n")  # doctest needs the empty line, a reader does not
    if docname == "formats":
        text = text.partition(START)[0] + (
            "## Mapping tables\n\n[The reference](reference/formats/index.md) lists"
            " the types and fields of each format.\n"
        )
    source[0] = text


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the pages."""
    app.connect("builder-inited", _write)
    app.connect("source-read", _adapt)
    return {"parallel_read_safe": True}
