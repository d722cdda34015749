"""`refcite serve`: the page in the browser."""

from __future__ import annotations

import click

from refcite.extras import install_command

__all__ = ["serve_page"]


def serve_page(port: int, limit: float, seconds: float, *, opens: bool) -> None:
    """Serve the page until the person interrupts it.

    Args:
        port: The port; 0 is any that is free.
        limit: Maximum size of a text, in megabytes.
        seconds: How long the page may work at one question.
        opens: Whether the page is opened in the browser.

    Raises:
        click.ClickException: The extra is not installed.
        PortError: The port cannot be used.
    """
    try:
        from refcite.serve.body import MEGABYTE
        from refcite.serve.server import serve
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"the package {error.name} is missing; install it with: {install_command('serve')}"
        ) from None
    serve(port, round(limit * MEGABYTE), seconds, opens=opens, tell=_tell)


def _tell(address: str) -> None:
    click.echo(f"refcite is at {address} (press Ctrl+C to stop)")
