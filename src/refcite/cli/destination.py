"""Where `refcite cite` writes a bibliography: standard output, or a file."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click
from attrs import frozen

from refcite.cli.input import STANDARD_INPUT, STANDARD_OUTPUT
from refcite.cli.terminal import echo, on_terminal

if TYPE_CHECKING:
    from refcite.csl import Bibliography, Output

__all__ = ["OUTPUTS", "Destination", "destination_of"]

OUTPUTS: Final = ("text", "html", "markdown", "rst", "latex", "typst", "rtf", "docx")
"""The output formats, as in `refcite.csl.backends`, which is not imported for them alone."""
_WHOLE: Final = frozenset({"rtf", "docx"})


@frozen(kw_only=True)
class Destination:
    """Where a bibliography is written, and how.

    Attributes:
        output: The output format.
        file: The file; None for standard output.
        standalone: Whether a whole document is written.
        title: Its title.
    """

    output: Output
    file: Path | None
    standalone: bool
    title: str | None

    @property
    def is_whole(self) -> bool:
        """Whether the output is a whole document, which may have no entries."""
        return self.standalone or self.output in _WHOLE

    def write(self, bibliography: Bibliography) -> None:
        """Write a bibliography.

        Raises:
            RefciteError: The package for the format is not installed, or the file cannot be
                written.
        """
        if self.file is not None:
            bibliography.save(self.file, self.output, standalone=self.standalone, title=self.title)
        elif self.output == "docx":
            data = BytesIO()
            bibliography.save(data, title=self.title)
            click.echo(data.getvalue(), nl=False)
        elif self.is_whole:
            echo([bibliography.document(title=self.title).removesuffix("\n")])
        elif bibliography:
            echo([str(bibliography)])


def destination_of(
    files: Iterable[str],
    output: str | None,
    file: str | None,
    *,
    standalone: bool,
    title: str | None,
    watch: bool,
) -> Destination:
    """Return the destination that the options of `refcite cite` describe.

    Args:
        files: The files that are read.
        output: The output format, None for that of the file.
        file: The file, None or `-` for standard output.
        standalone: Whether a whole document is written.
        title: Its title.
        watch: Whether it is written again after each change.

    Raises:
        click.UsageError: The options contradict each other, or a binary format would be printed on
            a terminal.
    """
    path = None if file is None or file == STANDARD_OUTPUT else Path(file)
    if output is None:
        output = "text" if path is None else _format_of(path)
    if path is not None and any(_is_same(path, one) for one in files if one != STANDARD_INPUT):
        raise click.UsageError(f"{path} would be overwritten while it is read; name another file")
    if output == "docx" and path is None and (watch or on_terminal()):
        raise click.UsageError(
            "docx is not a text and cannot be printed here; add --output-file FILE.docx"
        )
    if title is not None and not standalone and output not in _WHOLE:
        raise click.UsageError("--title is for whole documents; add --standalone")
    return Destination(output=cast("Output", output), file=path, standalone=standalone, title=title)


def _format_of(path: Path) -> str:
    from refcite.csl.backends import EXTENSIONS, output_of

    output = output_of(path.name)
    if output is None:
        raise click.UsageError(
            f"the output format of {path} is not known from its file extension; add --output, or"
            f" use one of {', '.join(EXTENSIONS.values())}"
        )
    return output


def _is_same(path: Path, other: str) -> bool:
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False
