"""Options for web pages: their URL, and the date of access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["of_pages", "page_options"]

_KEY = "refcite.cli.pages"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta.setdefault(_KEY, {})[param.name] = value


def of_pages(command: _Command) -> _Command:
    """Add the options `--url` and `--accessed` to a command."""
    accessed = click.option(
        "--accessed",
        metavar="DATE",
        expose_value=False,
        callback=_keep,
        help="Date of access to a web page: a date such as 2020-01-31, none, or today (default).",
    )
    url = click.option(
        "--url",
        metavar="URL",
        expose_value=False,
        callback=_keep,
        help="URL of a saved web page, if the page does not contain it.",
    )
    return url(accessed(command))


def page_options(ctx: click.Context) -> dict[str, Any]:
    """Return the options that were set, as arguments of the reader of web pages."""
    options = dict(ctx.meta.get(_KEY, {}))
    if options.get("accessed") == "none":
        options["accessed"] = None
    return options
