"""Options of the bibliography that `refcite cite` prints: sections, names in bold, short forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from refcite.problems import Problem, Severity

if TYPE_CHECKING:
    from refcite.csl import Sections

__all__ = ["about_highlights", "chosen_sections", "in_sections"]

_C = TypeVar("_C", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--group-by",
        type=click.Choice(["type", "keyword", "language"]),
        help="Print a section for each type, first keyword or language, with its heading.",
    ),
    click.option(
        "--sections",
        metavar="FILE",
        type=click.Path(dir_okay=False),
        help="TOML file of sections: the heading of each, with types, keywords or values.",
    ),
    click.option(
        "--other-heading",
        metavar="TEXT",
        help="Heading of the last section, for works that fit no other; by default Other works.",
    ),
    click.option(
        "--highlight",
        metavar="NAME",
        multiple=True,
        help='Print a name in bold, such as "Roe, Ann"; may be repeated.',
    ),
    click.option(
        "--abbreviations",
        metavar="FILE",
        multiple=True,
        type=click.Path(dir_okay=False),
        help="Abbreviation list of Zotero or Jurism (.json), for styles that print the short forms"
        " of journals; may be repeated.",
    ),
)


def in_sections(command: _C) -> _C:
    """Add the options for sections, highlighted names and abbreviation lists to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen_sections(
    ctx: click.Context, group_by: str | None, file: str | None, other_heading: str | None
) -> Sections | None:
    """Return the sections that the options describe, None for none.

    Raises:
        click.UsageError: The options contradict each other.
        InputError: The file of sections is not correct.
    """
    if group_by is not None and file is not None:
        raise click.UsageError("--group-by and --sections cannot be combined; omit one", ctx)
    if file is not None:
        from refcite.csl import load_sections

        return load_sections(file)
    if group_by is None and other_heading is not None:
        raise click.UsageError("--other-heading needs --group-by or --sections; add one", ctx)
    return group_by  # type: ignore[return-value]  # click has checked the choice


def about_highlights(highlight: tuple[str, ...], output: str) -> Iterator[Problem]:
    """Yield the problem of highlighted names in an output format without bold text."""
    if highlight and output == "text":
        yield Problem(
            severity=Severity.INFO,
            code="highlight-in-text",
            message="plain text has no bold, so --highlight has no effect",
            hint="choose another format, such as --output html",
        )
