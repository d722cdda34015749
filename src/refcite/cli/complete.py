"""What the shell offers when the Tab key is pressed: styles, formats, ids and codes."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from refcite.cli.input import STANDARD_INPUT, read_files
from refcite.codes import CODES
from refcite.problems import RefciteError

__all__ = ["complete_codes", "complete_formats", "complete_ids", "complete_styles"]


def complete_styles(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete ids of styles, or else paths."""
    from refcite.csl import style_ids

    found = [CompletionItem(id_) for id_ in style_ids() if id_.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def complete_formats(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete names of formats."""
    from refcite.formats import formats

    return [
        CompletionItem(format_.name, help=format_.title)
        for format_ in formats()
        if format_.name.startswith(incomplete)
    ]


def complete_ids(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete ids of the entries of the file that is named before."""
    file = ctx.params.get("file")
    if not file or file == STANDARD_INPUT:
        return []
    try:
        library, _ = read_files([file], ctx.params.get("source"), quiet=True)
    except RefciteError:
        return []
    return [
        CompletionItem(record.id, help=record.title or "")
        for record in library
        if record.id.startswith(incomplete)
    ]


def complete_codes(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete names of codes."""
    return [
        CompletionItem(name, help=code.means)
        for name, code in CODES.items()
        if name.startswith(incomplete)
    ]
