"""Commands for the page in the browser and for shells."""

from __future__ import annotations

import click

from refcite.cli.shells import SHELLS, script

__all__ = ["completion", "lsp", "serve"]


@click.command(short_help="Try refcite in the browser.")
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


@click.command(short_help="Print a script that completes commands in a shell.")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
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
    click.echo(script(shell, ctx.find_root().command), nl=False)


@click.command(short_help="Serve an editor: keys, entries, problems.")
@click.option("--stdio", is_flag=True, help="Use standard input and output, as always.")
@click.option(
    "--log",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write messages about the server to FILE.",
)
@click.pass_context
def lsp(ctx: click.Context, stdio: bool, log: str | None) -> None:
    """Serve an editor by the Language Server Protocol, on standard input and output.

    Editors start this command themselves. It completes the keys of citations, shows entries, finds
    them, and reports undefined keys and the problems that `refcite check` finds.
    """
    from refcite.cli.lsp import serve

    ctx.exit(serve(log))
