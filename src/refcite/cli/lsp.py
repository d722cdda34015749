"""`refcite lsp`: the language server for editors."""

from __future__ import annotations

from pathlib import Path

import click

from refcite.cli.version import version
from refcite.extras import install_command

__all__ = ["serve"]


def serve(log: str | None) -> int:
    """Serve an editor until it ends the server; return the exit status.

    Args:
        log: Path of a file for messages about the server, or None.

    Raises:
        click.ClickException: The extra is not installed.
    """
    try:
        from refcite.lsp.server import serve_editor
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"the package {error.name} is missing; install it with: {install_command('lsp')}"
        ) from None
    return serve_editor(version(), Path(log) if log is not None else None)
