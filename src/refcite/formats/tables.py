"""The mapping tables as text: for the documentation and for the terminal.

`python -m refcite.formats.tables docs/formats.md` adds them to the end of a page of Markdown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from refcite.formats.base import Format
from refcite.formats.crosswalk import Spec
from refcite.formats.registry import formats

__all__ = [
    "START",
    "as_markdown",
    "fields_of",
    "left_out_of",
    "markdown_of",
    "types_of",
    "with_tables",
]

START: Final = "<!-- The rest is made by: python -m refcite.formats.tables docs/formats.md -->"

_INTRODUCTION: Final = """\
## Mapping tables

What each format calls CSL's types and variables. `→` is only read, `←` only written, `↔` both.
A field that is not in a format's table is kept in `record.extra` when it is read. A variable for
which a format has no place is reported when it is written (`not-carried`).
"""


def as_markdown() -> str:
    """Return the mapping tables of all built-in formats that have one."""
    parts = [START, "", _INTRODUCTION]
    shown: dict[Spec, str] = {}
    for format_ in formats():
        table = format_.mapping() if format_.module.startswith("refcite.") else None
        if table is None:
            continue
        if table in shown:
            parts += [_heading(format_), f"As `{shown[table]}`.", ""]
        else:
            shown[table] = format_.name
            parts += [_heading(format_), *markdown_of(table)]
    return "\n".join(parts)


def _heading(format_: Format) -> str:
    return f"### {format_.title} (`{format_.name}`)\n"


def markdown_of(table: Spec) -> Iterator[str]:
    """Yield the lines that show a table in Markdown."""
    if all(row.own == row.variable for row in table.fields):
        yield "Its types and variables are those of CSL.\n"
        return
    yield from types_of(table)
    yield ""
    yield from fields_of(table)
    yield ""
    yield from left_out_of(table)


def types_of(table: Spec) -> Iterator[str]:
    """Yield the lines of a table of types."""
    yield "| type | | CSL |\n|---|---|---|"
    for row in table.types:
        yield f"| {_code(row.shown)} | {row.arrow} | `{row.csl}` |"


def fields_of(table: Spec) -> Iterator[str]:
    """Yield the lines of a table of fields."""
    yield "| field | | CSL | in | how |\n|---|---|---|---|---|"
    for field in table.fields:
        yield (
            f"| {_code(field.shown)} | {field.arrow} | `{field.variable}` |"
            f" {table.types_of(field)} | {field.how.replace('|', chr(92) + '|')} |"
        )


def left_out_of(table: Spec) -> Iterator[str]:
    """Yield lines with the names of the variables that the format cannot hold."""
    yield f"Not carried: {_listed(table.not_carried())}."
    yield f"Types that come back as others: {_listed(table.types_not_carried())}.\n"


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def with_tables(page: str) -> str:
    """Return a page with the tables at its end, replacing existing tables."""
    return f"{page.partition(START)[0].rstrip()}\n\n{as_markdown()}"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(with_tables(target.read_text(encoding="utf-8")), encoding="utf-8")
