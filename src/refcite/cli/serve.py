"""`refcite serve`: the page in the browser."""

from __future__ import annotations

from collections.abc import Sequence

import click

from refcite.extras import install_command

__all__ = ["serve_page"]


def serve_page(
    files: Sequence[str], port: int, limit: float, seconds: float, *, opens: bool
) -> None:
    """Serve the page until the user interrupts it.

    Args:
        files: Paths of the files that the page shows first.
        port: The port; 0 selects a free port.
        limit: Maximum size of a text, in megabytes.
        seconds: Maximum time for one request.
        opens: Whether to open the page in the browser.

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
    size = round(limit * MEGABYTE)
    serve(port, size, seconds, opens=opens, ready=_report_url, files=files)


def _report_url(url: str) -> None:
    click.echo(f"refcite is at {url} (press Ctrl+C to stop)")
