"""`refcite diff`: two libraries, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any, Final
from unicodedata import category

from refcite.cli.input import read_files
from refcite.cli.terminal import Line, console, echo, echo_document, on_terminal, printable
from refcite.comparison import Difference, compare
from refcite.dates import Date
from refcite.names import Name
from refcite.richtext import plain as without_markup

__all__ = ["show_differences"]

_SIGNS = {"removed": ("-", "red"), "added": ("+", "green"), "changed": ("~", "yellow")}
_LINES: Final = 4
"""The maximum number of lines for a value on a terminal."""
_MARGIN: Final = len("    - : ……")
_BLOCK: Final = 1 << 12
_MARKS: Final = 8
"""The maximum number of combining marks that are kept with their letter."""


def show_differences(before: str, after: str, source: str | None, *, as_json: bool) -> int:
    """Print the differences between the entries of two files; return the exit status.

    Args:
        before: Path of the first file, or `-`.
        after: Path of the second.
        source: Name of the format of both, or None to detect it from the files.
        as_json: Print JSON, one object for each entry in an array.
    """
    read = [read_files([file], source) for file in (before, after)]
    failed = any(has_failed for _, has_failed in read)
    if any(has_failed and not library for library, has_failed in read):
        return 2  # entries that were not read are not removed entries
    differences = list(compare(read[0][0], read[1][0]))
    if as_json:
        shown = [_as_json(one) for one in differences]
        echo_document([json.dumps(shown, ensure_ascii=False, indent=2), "\n"])
    else:
        room = _LINES * console().width - _MARGIN if on_terminal() else None
        echo(_lines(differences, room))
    return 2 if failed else int(bool(differences))


def _lines(differences: Iterable[Difference], room: int | None) -> Iterator[Line]:
    """Yield the printed lines; if the length is limited, longer values are shortened."""
    for found in differences:
        sign, colour = _SIGNS[found.kind]
        name = f"{found.id} → {found.new_id}" if found.new_id else found.id
        yield ((f"{sign} {printable(name)}", f"bold {colour}"),)
        for change in found.changes:
            before, after = (_text(value) for value in (change.before, change.after))
            if without_markup(before) != without_markup(after):  # otherwise only the markup differs
                before, after = without_markup(before), without_markup(after)
            if room is not None:
                before, after = excerpts(before, after, max(room - len(change.field), room // 2))
            field = printable(change.field)
            if change.before is not None:
                yield ((f"    - {field}: {printable(before)}", "red"),)
            if change.after is not None:
                yield ((f"    + {field}: {printable(after)}", "green"),)


def excerpts(before: str, after: str, room: int) -> tuple[str, str]:
    """Return the parts of two texts around the first difference, if a text is too long.

    Args:
        before: The first text.
        after: The second text.
        room: Maximum number of characters of each.

    Example:
        >>> excerpts("the quick brown fox jumps", "the quick brown dog jumps", 12)
        ('…brown fox ju…', '…brown dog ju…')
    """
    longest = max(len(before), len(after))
    if longest <= room:
        return before, after
    start = max(min(_first_difference(before, after) - room // 2, longest - room), 0)
    return _excerpt(before, start, room), _excerpt(after, start, room)


def _first_difference(before: str, after: str) -> int:
    """Return the index at which two texts first differ, at most the length of the shorter."""
    start = 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start : start + _BLOCK] == after[start : start + _BLOCK]:
        start += _BLOCK
    pairs = zip(before[start : start + _BLOCK], after[start : start + _BLOCK], strict=False)
    return start + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _excerpt(text: str, start: int, room: int) -> str:
    """Return a part of a text, with a few more characters if a letter has marks."""
    start, end = _whole_letters(text, start), _whole_letters(text, start + room)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _whole_letters(text: str, place: int) -> int:
    """Return the index of a letter with marks, if it is among the last few characters."""
    for near in range(min(place, len(text)), max(place - _MARKS, 0), -1):
        if near == len(text) or not category(text[near]).startswith("M"):
            return near
    return min(place, len(text))


def _as_json(found: Difference) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": found.id, "kind": found.kind}
    if found.new_id:
        shown["new_id"] = found.new_id
    shown["changes"] = {
        change.field: {"before": _plain(change.before), "after": _plain(change.after)}
        for change in found.changes
    }
    return shown


def _text(value: object) -> str:
    plain = _plain(value)
    if plain is None:
        return ""
    return " and ".join(map(str, plain)) if isinstance(plain, list) else str(plain)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Name | Date):
        return str(value)
    return value
