"""The command line with its commands."""

from __future__ import annotations

import click

from refcite.cli.commands import citations, conversions, libraries, tools
from refcite.cli.errors import Errors
from refcite.cli.version import version

__all__ = ["app"]


@click.group(cls=Errors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), prog_name="refcite", message="%(prog)s %(version)s")
def app() -> None:
    """Cite, convert, check and look up references.

    FILE may be - for standard input.
    """


for _command in (
    citations.cite,
    citations.explain_entries,
    citations.render,
    citations.write_bibliography,
    citations.styles,
    conversions.convert,
    conversions.add,
    conversions.list_formats,
    libraries.check,
    libraries.dedupe,
    libraries.diff,
    libraries.stats,
    libraries.tidy,
    tools.serve,
    tools.lsp,
    tools.completion,
):
    app.add_command(_command)
