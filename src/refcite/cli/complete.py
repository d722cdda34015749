"""Shell completion: styles, locales, formats, ids and other values."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

import click
from click.shell_completion import CompletionItem

from refcite.cli.input import STANDARD_INPUT, read_files
from refcite.problems import RefciteError

__all__ = [
    "complete_codes",
    "complete_formats",
    "complete_ids",
    "complete_locales",
    "complete_options",
    "complete_style_ids",
    "complete_styles",
]


def complete_style_ids(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete ids of styles."""
    from refcite.csl import style_ids

    try:
        ids = style_ids()
    except RefciteError:  # a folder of REFCITE_STYLES does not exist
        return []
    return [CompletionItem(id_) for id_ in ids if id_.startswith(incomplete)]


def complete_styles(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete ids of styles, or paths."""
    found = complete_style_ids(ctx, param, incomplete)
    return found or [CompletionItem(incomplete, type="file")]


def complete_locales(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete tags of locales."""
    from refcite.csl.style.locale_files import locale_names

    try:
        names = locale_names()
    except RefciteError:
        return []
    return [
        CompletionItem(tag, help=name)
        for tag, name in names.items()
        if tag.casefold().startswith(incomplete.casefold())
    ]


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
    """Complete ids of the entries of the file named earlier in the command."""
    file = ctx.params.get("file")
    if not file or file == STANDARD_INPUT:
        return []
    # The shell has not yet expanded the word.
    path = os.path.expanduser(os.path.expandvars(file))  # noqa: PTH111 - for any user
    try:
        library, _ = read_files([path], ctx.params.get("source"), quiet=True)
    except RefciteError:
        return []
    return [
        CompletionItem(record.id, help=record.title or "")
        for record in library
        if record.id.startswith(incomplete)
        # An id that starts like an option is only possible after `--`.
        if incomplete or not record.id.startswith("-")
    ]


def complete_codes(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete names of codes."""
    from refcite.codes import CODES

    return [
        CompletionItem(name, help=code.means)
        for name, code in CODES.items()
        if name.startswith(incomplete)
    ]


def complete_options(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete `NAME=VALUE`: names of the options of the formats chosen, and `yes` and `no`."""
    return [
        CompletionItem(words, help=help_)
        for words, help_ in _settings(ctx)
        if words.startswith(incomplete)
        # Values are offered only if the name is complete.
        if words.endswith("=") != ("=" in incomplete)
    ]


def _settings(ctx: click.Context) -> Iterator[tuple[str, str]]:
    from refcite.cli.named_options import value_of
    from refcite.formats import get_format, guess_format

    # click skips arguments after an option without a value.
    source = ctx.params.get("file") or next(iter(ctx.args), None)
    places: tuple[tuple[Literal["read", "write"], str | None, str | None], ...] = (
        ("write", ctx.params.get("target"), ctx.params.get("output")),
        ("read", ctx.params.get("source"), source),
    )
    for kind, name, file in places:
        try:
            chosen = get_format(name) if name else guess_format(file=file) if file else None
        except RefciteError:
            continue
        for option, annotation in chosen.options_of(kind).items() if chosen else ():
            yield f"{option}=", value_of(annotation)
            if "bool" in annotation:
                yield f"{option}=yes", ""
                yield f"{option}=no", ""
