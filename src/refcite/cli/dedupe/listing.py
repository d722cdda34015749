"""The groups of duplicates side by side: on a terminal in columns, in a pipe one value per line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from refcite.cli.dedupe.sources import Sources
from refcite.cli.diff import excerpts
from refcite.cli.terminal import Line, Piece, console, echo, on_terminal, printable
from refcite.collection.duplicates import Agreement, Certainty
from refcite.collection.merge.cases import Case, Decision, Found, Row
from refcite.names import Name
from refcite.richtext import plain

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["echo_case", "echo_related", "echo_summary", "shown"]

_SIGNS: Final = {
    Agreement.SAME: ("=", "dim"),
    Agreement.SIMILAR: ("~", "yellow"),
    Agreement.DIFFERENT: ("!", "red"),
    Agreement.MISSING: ("+", "cyan"),
}
_STYLES: Final = {
    Certainty.CERTAIN: "bold green",
    Certainty.LIKELY: "bold yellow",
    Certainty.POSSIBLE: "bold magenta",
}
_LABEL: Final = 20
"""The number of columns for the sign and the name of a field."""
_NARROWEST: Final = 24
"""The smallest width of a column; with more records, the values are below each other."""
_LONGEST: Final = 300
"""The maximum length of a value in a pipe; reports contain the whole values."""
_LINES: Final = 4
"""The maximum number of lines of a value on a terminal."""
_MOST_RELATED: Final = 20
_DONE: Final = {
    Decision.MERGED: "merged",
    Decision.CHOSEN: "one record kept",
    Decision.KEPT: "all kept",
    Decision.SKIPPED: "skipped",
}


def echo_case(case: Case, sources: Sources, *, err: bool = False) -> None:
    """Print a group.

    Args:
        case: The group.
        sources: The inputs.
        err: Print to standard error.
    """
    group = case.group
    done = f" ({_DONE[case.decision]})" if case.decision in _DONE else ""
    heading: Line = (
        (f"Group {case.number}: {group.certainty}", _STYLES[group.certainty]),
        f": {printable(group.reason)}{done}",
    )
    echo(["", heading], err=err)
    if not on_terminal(err=err):
        echo(_lines(case, sources, _LONGEST), err=err)
        return
    terminal = console(err=err)
    width = (terminal.width - _LABEL - 2) // len(case.records) - 1
    if width < _NARROWEST:
        echo(_lines(case, sources, _LINES * (terminal.width - _LABEL - 8)), err=err)
    else:
        terminal.print(_table(case, sources, width))


def _lines(case: Case, sources: Sources, room: int) -> Iterator[Line]:
    """Yield the lines of a group, with one value each."""
    for place, position in enumerate(case.group.positions):
        is_kept = position == case.kept
        yield (f"  {place + 1}{_mark(is_kept)}", " ", *_named(case, sources, place))
    for row in case.rows():
        sign, style = _SIGNS[row.agreement]
        label: Piece = (f"  {sign} {printable(row.field):<{_LABEL - 5}} ", style)
        if row.agreement is Agreement.SAME and len({*map(str, row.values)}) == 1:
            yield (label, _cells(row, room)[0])
            continue
        for place, text in enumerate(_cells(row, room)):
            if text:
                mark = f"{place + 1}{_mark(case.is_taken(row, place))} "
                yield (label, (mark, "bold"), text)
                label = " " * _LABEL
        if row.combined:
            yield (label, ("=> ", "bold"), _shortened(shown(row.combined), room))


def _table(case: Case, sources: Sources, width: int) -> Table:
    """Return the table of a group, with a column for each record."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=_LABEL, overflow="fold")
    for _ in case.records:
        table.add_column(width=width, overflow="fold")
    head = [
        Text.assemble(
            (f"{place + 1}{_mark(position == case.kept)}", "bold"),
            *(
                piece if isinstance(piece, str) else (piece[0], piece[1])
                for piece in _named(case, sources, place)
            ),
        )
        for place, position in enumerate(case.group.positions)
    ]
    table.add_row("", *head)
    for row in case.rows():
        sign, style = _SIGNS[row.agreement]
        cells = []
        for place, text in enumerate(_cells(row, width * _LINES)):
            is_taken = case.is_taken(row, place)
            cells.append(Text(f"* {text}" if is_taken else text, "bold" if is_taken else ""))
        table.add_row(Text(f"{sign} {printable(row.field)}", style), *cells)
        if row.combined:
            text = _shortened(shown(row.combined), width * _LINES)
            table.add_row(Text("  =>", "bold"), Text(text, "bold"))
    return table


def _named(case: Case, sources: Sources, place: int) -> Iterator[Piece]:
    """Yield the name of a record: its file, its line and its id."""
    record = case.records[place]
    file = printable(sources.name_of(case.group.positions[place]))
    line = f":{record.origin.line}" if record.origin and record.origin.line else ""
    yield f" {file}{line} "
    yield (printable(record.id), "bold")


def _mark(is_taken: bool) -> str:
    return "*" if is_taken else " "


def _cells(row: Row, room: int) -> list[str]:
    """Return the values of the records as text, around the first difference if they are long."""
    texts = [shown(value) for value in row.values]
    longest = max(range(len(texts)), key=lambda place: len(texts[place]))
    if len(texts[longest]) <= room:
        return texts
    other = next((text for text in texts if text and text != texts[longest]), "")
    cut = []
    for text in texts:
        before, _ = excerpts(text, texts[longest] if text == other else other, max(room, 8))
        cut.append(before)
    return cut


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"


def shown(value: Any) -> str:
    """Return a value as text in one line, without markup.

    Example:
        >>> shown((Name(family="Roe", given="Ann"), Name(literal="WHO"))), shown(None)
        ('Roe, Ann; WHO', '')
    """
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return "; ".join(map(shown, value))
    if isinstance(value, Name) and value.literal is not None:
        return printable(value.literal)
    return printable(plain(str(value)))


def echo_related(found: Found, sources: Sources, *, err: bool = False) -> None:
    """Print the pairs of related works.

    Args:
        found: The result of the search.
        sources: The inputs.
        err: Print to standard error.
    """
    if not found.related:
        return
    library = sources.library
    lines: list[Line] = ["", (("Related works, which are not merged:", "bold"),)]
    for pair in found.related[:_MOST_RELATED]:
        one, two = (printable(library[place].id) for place in pair.positions)
        title = _shortened(shown(library[pair.positions[0]].title), 60)
        lines.append(f"  {pair.relation}: {one}, {two}: {title}")
    if len(found.related) > _MOST_RELATED:
        lines.append(f"  and {len(found.related) - _MOST_RELATED:,} more, in --report and --json")
    echo(lines, err=err)


def echo_summary(
    found: Found, sources: Sources, written: tuple[int, str] | None, *, err: bool = False
) -> None:
    """Print the counts.

    Args:
        found: The result of the search.
        sources: The inputs.
        written: The number of records that were written, and the name of the output.
        err: Print to standard error.
    """
    echo(["", *_summary(found, sources, written)], err=err)


def _summary(found: Found, sources: Sources, written: tuple[int, str] | None) -> Iterator[Line]:
    for source in sources.inputs:
        yield f"{printable(source.file)}: {_counted(len(source.library), 'record')}"
    if len(sources.inputs) != 1:
        yield f"all: {_counted(len(sources.library), 'record')}"
    kinds = ", ".join(f"{found.count(one)} {one}" for one in Certainty if found.count(one))
    groups = f"{_counted(len(found.cases), 'group')}{f' ({kinds})' if kinds else ''}"
    yield f"duplicates: {_counted(found.duplicates, 'record')}, in {groups}"
    if found.cases:
        yield "signs: = agrees, ~ similar, ! differs, + only in some; * is kept by a merge"
    if written is None:
        return
    decisions = Counter(case.decision for case in found.cases)
    done = ", ".join(f"{decisions[one]} {words}" for one, words in _DONE.items() if decisions[one])
    yield f"decided: {done or 'nothing'}; {_counted(found.removed, 'record')} removed"
    yield f"{printable(written[1])}: {_counted(written[0], 'record')}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
