"""`refcite stats`: the contents of libraries in numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from refcite.cli.input import read_files
from refcite.cli.terminal import Line, echo, echo_document, echo_table, printable
from refcite.collection.stats import Stats, stats_of

if TYPE_CHECKING:
    from refcite.collection.choice import Choice

__all__ = ["print_stats"]

_Rows = list[tuple[Line, ...]]


def print_stats(
    files: tuple[str, ...],
    source: str | None,
    choice: Choice | None,
    *,
    as_json: bool,
    top: int,
) -> bool:
    """Print the numbers of files; return whether a part could not be read.

    Args:
        files: Paths; `-` is standard input.
        source: Name of the format of all, or None to detect it from each.
        choice: The records to count; None for all.
        as_json: Print JSON.
        top: The number of sources in the table.
    """
    library, failed = read_files(files, source, choice=choice)
    stats = stats_of(library)
    if as_json:
        echo_document([json.dumps(stats.to_dict(), ensure_ascii=False, indent=2), "\n"])
        return failed
    echo([f"{stats.records} record{'' if stats.records == 1 else 's'}"])
    for headings, rows in _tables(stats, top):
        if rows:
            echo([""])
            echo_table(rows, headings)
    return failed


def _tables(stats: Stats, top: int) -> Iterator[tuple[tuple[str, ...], _Rows]]:
    yield ("type", "records"), _rows(stats.types.items())
    years = ((str(year), count) for year, count in stats.years.items())
    yield ("year", "records"), _rows(years, ("no year", stats.without_year))
    sources = list(stats.sources.items())
    rest = sources[top:]
    others = f"{len(rest)} other{'' if len(rest) == 1 else 's'}", sum(count for _, count in rest)
    yield (
        ("source", "records"),
        _rows(sources[:top], others, ("no source", stats.without_source)),
    )
    languages = stats.languages.items()
    yield ("language", "records"), _rows(languages, ("no language", stats.without_language))
    yield (
        ("type", "missing field", "records"),
        [
            (type_, name, str(count))
            for type_, counts in stats.missing.items()
            for name, count in counts.items()
        ],
    )


def _rows(counts: Iterable[tuple[str, int]], *others: tuple[str, int]) -> _Rows:
    rows: _Rows = [(printable(name), str(count)) for name, count in counts]
    return rows + [(((name, "dim"),), str(count)) for name, count in others if count]
