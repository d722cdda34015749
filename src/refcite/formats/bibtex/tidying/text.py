"""Tidy the text of a BibTeX file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

from attrs import define, field, frozen

from refcite.formats.bibtex.blocks import Block, Fault, Kind
from refcite.formats.bibtex.read import read
from refcite.formats.bibtex.split import split
from refcite.formats.bibtex.tidying.entries import Entry, Form, entry_in
from refcite.formats.bibtex.tidying.layout import delimit, laid_out, sort_fields, written_in_case
from refcite.formats.bibtex.tidying.options import STEPS, Tidying
from refcite.formats.bibtex.tidying.values import VALUE_STEPS
from refcite.keys import REFERENCES
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["Renewed", "TidiedText", "tidy_text"]

_COMPARED: Final = (*ATTRIBUTES.values(), "type", "extra", "et_al")
_CHANGES: Final = {step.name: step.changes for step in STEPS}
_ANYTHING: Final = frozenset({"omit", "duplicate-fields"})
"""Steps that remove fields with any contents."""
_REFERENCES: Final = frozenset(REFERENCES)
_BLOCK_KINDS: Final = (Kind.STRING, Kind.PREAMBLE)


@frozen
class Renewed:
    """New keys, and a new order of the entries of a file.

    Attributes:
        keys: The new keys under the positions of the entries in the file, counted from 0.
        names: The new keys under the old ones, for the fields that refer to other entries.
        order: The positions of the entries in their new order; None if they keep theirs.
    """

    keys: Mapping[int, str] = {}
    names: Mapping[str, str] = {}
    order: Sequence[int] | None = None


@frozen
class TidiedText:
    """A tidied text.

    Attributes:
        text: The text.
        counts: The number of entries that each step changed, under the names of the steps.
        problems: What is a guess, and which entries remain as they are.
    """

    text: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]


@define(eq=False)
class _Work:
    """An entry that is tidied.

    Attributes:
        block: Its block.
        entry: Its pieces; None if it remains as it is.
        steps: The steps that have changed its values.
        text: What is written.
    """

    block: Block
    entry: Entry | None
    steps: list[str] = field(factory=list)
    text: str = ""


def tidy_text(text: str, options: Tidying, renewed: Renewed | None = None) -> TidiedText:
    """Tidy a text, with line feeds as its only line ends.

    Args:
        text: The text.
        options: The steps.
        renewed: New keys, and the order of the entries.

    Example:
        >>> print(tidy_text("@BOOK{k, TITLE={A}, MONTH={January}, DOI={https://doi.org/10.1/x}}",
        ...                 Tidying()).text)
        @book{k,
          title = {A},
          month = jan,
          doi = {10.1/x},
        }
    """
    renewed = renewed or Renewed()
    blocks, faults = split(text)
    works = list(_works(text, blocks, faults))
    steps = [step for step in VALUE_STEPS if step in options.steps]
    if "isbn" in steps and "isbn-13" in steps:
        steps.remove("isbn-13")  # one function makes both
    problems: list[Problem] = []
    for work in works:
        if work.entry is not None:
            _change_values(work, steps, options)
    places = _Places(text)
    _undo_unexpected(places, blocks, works, problems)
    counts: Counter[str] = Counter()
    for number, work in enumerate(works):
        if work.entry is None:
            work.text = text[work.block.start : work.block.end]
        else:
            _write(work, number, options, renewed, counts)
    _report(places, works, problems)
    result = "".join(_joined(text, blocks, works, options, renewed, counts))
    return TidiedText(result, dict(counts), tuple(problems))


def _works(text: str, blocks: Sequence[Block], faults: Sequence[Fault]) -> Iterator[_Work]:
    broken = sorted(fault.offset for fault in faults)
    for block in blocks:
        if block.kind is Kind.ENTRY:
            is_broken = bisect_left(broken, block.start) < bisect_left(broken, block.end)
            yield _Work(block, None if is_broken else entry_in(text, block))


# Values


def _change_values(work: _Work, steps: Sequence[str], options: Tidying) -> None:
    entry = work.entry
    if entry is None:
        return
    state = _state_of(entry)
    for step in steps:
        VALUE_STEPS[step](entry, options)
        now = _state_of(entry)
        if now != state:
            work.steps.append(step)
            state = now


def _state_of(entry: Entry) -> list[tuple[str, str, Form]]:
    return [(one.name, one.text, one.form) for one in entry.fields]


def _undo_unexpected(
    places: _Places, blocks: Sequence[Block], works: Sequence[_Work], problems: list[Problem]
) -> None:
    """Undo the changes of values of the entries that would be read as something else."""
    text = places.text
    changed = [work for work in works if work.steps and work.entry is not None]
    if not changed:
        return
    macros = [text[block.start : block.end] for block in blocks if block.kind is Kind.STRING]
    entries = [work.entry for work in changed if work.entry is not None]
    before = _records(macros, [_alone(one.raw, one, place) for place, one in enumerate(entries)])
    after = _records(
        macros, [_alone(one.written(), one, place) for place, one in enumerate(entries)]
    )
    for number, work in enumerate(changed):
        if _ANYTHING & {*work.steps}:
            continue
        allowed = frozenset().union(*(_CHANGES[step] for step in work.steps))
        differing = (
            ["id"]
            if before is None or after is None
            else _differing(before[number], after[number], allowed)
        )
        if differing:
            entry = entry_in(text, work.block)
            names = ", ".join(work.steps)
            problems.append(
                places.problem(
                    work.block,
                    Severity.WARNING,
                    "not-tidied",
                    f"the steps {names} would also change {', '.join(differing)}; they were not"
                    " made in this entry",
                    "change the entry by hand",
                )
            )
            work.entry, work.steps = entry, []


def _alone(text: str, entry: Entry, place: int) -> str:
    """Return an entry under a key to which no other refers, so that none inherits from it."""
    return f"{entry.head}tidied-{place}-{text[len(entry.head) :]}"


def _records(macros: Sequence[str], entries: Sequence[str]) -> list[Record | None] | None:
    """Return the records of entries, in their order; None if they are read as other entries."""
    library = read("\n".join((*macros, *entries)))
    found = {_index(record): record for record in (*library, *library.containers)}
    if len(found) != len(entries):
        return None
    return [found.get(number) for number in range(len(entries))]


def _index(record: Record) -> int:
    return int(record.origin.verbatim["entry"].index) if record.origin is not None else -1


def _differing(old: Record | None, new: Record | None, allowed: frozenset[str]) -> list[str]:
    if old is None or new is None:
        return ["id"]
    found: list[str] = []
    for name in _COMPARED:
        if name in allowed:
            continue
        one, other = getattr(old, name), getattr(new, name)
        if one == other:
            continue
        if name == "extra" and _spaced(one) == _spaced(other):
            continue
        if isinstance(one, str) and isinstance(other, str) and one.split() == other.split():
            continue
        found.append(name)
    return found


def _spaced(extra: Mapping[str, object]) -> dict[str, object]:
    """Return the values that LaTeX typesets as it would read them; they are kept unread."""
    from refcite.formats.bibtex.latex_read import read_latex

    return {
        name: read_latex(value) if isinstance(value, str) else value
        for name, value in extra.items()
        if value != ""
    }


# Writing


def _write(
    work: _Work, number: int, options: Tidying, renewed: Renewed, counts: Counter[str]
) -> None:
    entry = work.entry
    if entry is None:
        return
    key = renewed.keys.get(number)
    if key is not None and key != entry.key:
        entry.key = key
        work.steps.append("keys")
    if renewed.names and _redirect(entry, renewed.names) and "keys" not in work.steps:
        work.steps.append("keys")
    counts.update(work.steps)
    if "sort-fields" in options.steps:
        order = [id(one) for one in entry.fields]
        sort_fields(entry, options)
        counts["sort-fields"] += order != [id(one) for one in entry.fields]
    if "case" in options.steps:
        before = entry.head, [one.name for one in entry.fields]
        written_in_case(entry)
        counts["case"] += before != (entry.head, [one.name for one in entry.fields])
    if "layout" in options.steps:
        before_layout = entry.written()
        work.text = laid_out(entry, options)
        counts["layout"] += work.text != before_layout
    else:
        if options.delimiters != "keep" or options.bare_numbers:
            for one in entry.fields:
                delimit(one, options)
        work.text = entry.written()


def _redirect(entry: Entry, names: Mapping[str, str]) -> bool:
    is_changed = False
    for one in entry.fields:
        if one.key in _REFERENCES and one.is_literal:
            keys = [key.strip() for key in one.text.split(",")]
            now = [names.get(key, key) for key in keys]
            if now != keys:
                one.change(",".join(now))
                is_changed = True
    return is_changed


def _report(places: _Places, works: Sequence[_Work], problems: list[Problem]) -> None:
    for work in works:
        if work.entry is None:
            problems.append(
                places.problem(
                    work.block,
                    Severity.WARNING,
                    "not-tidied",
                    "the entry has a syntax error, or text between its fields; it was not changed",
                    "refcite check shows the error",
                )
            )
        elif "title-case" in work.steps:
            title = work.entry.get("title")
            shown = title.text if title is not None else ""
            problems.append(
                places.problem(
                    work.block,
                    Severity.INFO,
                    "guessed-case",
                    f"the case of the titles was changed by guess: {shown!r}",
                    "put braces around names that lost their capital",
                )
            )
    problems.sort(key=lambda one: one.line or 0)


class _Places:
    """The lines and columns of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = []

    def problem(
        self, block: Block, severity: Severity, code: str, message: str, hint: str
    ) -> Problem:
        """Return a problem with the place of an entry."""
        if not self._starts:
            self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        line = bisect_right(self._starts, block.start)
        return Problem(
            severity=severity,
            code=code,
            message=message,
            hint=hint,
            line=line,
            column=block.start - self._starts[line - 1] + 1,
            key=block.key or None,
        )


# The text around the entries


def _joined(
    text: str,
    blocks: Sequence[Block],
    works: Sequence[_Work],
    options: Tidying,
    renewed: Renewed,
    counts: Counter[str],
) -> Iterator[str]:
    parts, after = _divided(text, blocks, works, options)
    order = range(len(works)) if renewed.order is None else renewed.order
    if list(order) != list(range(len(works))):
        counts["sort"] += sum(place != number for place, number in enumerate(order))
        start, parts = _moved(parts)
        yield start
        is_first = not start
    else:
        is_first = True
    is_after_broken = False
    for number in order:
        before, entry = parts[number]
        if "blank-lines" in options.steps and not is_after_broken:
            spaced = _spaced_before(before, is_first=is_first)
            counts["blank-lines"] += spaced != before
            before = spaced
        elif not is_first and not before.startswith("\n") and not is_after_broken:
            before = f"\n\n{before}"
        is_first = False
        # Such an entry ends where the next one starts.
        is_after_broken = works[number].entry is None and entry[-1:] != "}"
        yield before
        yield entry
    if "blank-lines" in options.steps and works and not after.strip() and not is_after_broken:
        counts["blank-lines"] += after not in ("\n", "")
        after = "\n" if after else ""
    yield after


def _divided(
    text: str, blocks: Sequence[Block], works: Sequence[_Work], options: Tidying
) -> tuple[list[tuple[str, str]], str]:
    """Return each entry with the text before it, and the text after the last one."""
    parts: list[tuple[str, str]] = []
    done = 0
    kept: list[str] = []
    remaining = iter(works)
    are_removed = "comments" in options.steps
    for block in blocks:
        between = text[done : block.start]
        kept.append(_line_ends(between) if are_removed else between)
        if block.kind is Kind.ENTRY:
            parts.append(("".join(kept), next(remaining).text))
            kept.clear()
        elif not are_removed or block.kind in _BLOCK_KINDS:
            kept.append(text[block.start : block.end])
        done = block.end
    rest = text[done:]
    kept.append(_line_ends(rest) if are_removed else rest)
    return parts, "".join(kept)


def _line_ends(text: str) -> str:
    return text if not text.strip() else "\n\n" if "\n" in text else " "


def _moved(parts: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """Separate the text that stays at the start of a file when its entries are sorted.

    It contains the start of the file, and all macros: they must be defined before their use.
    Other text before an entry is a comment about it, and moves with it.

    Returns:
        The text, and the entries, each with the text before it.
    """
    start: list[str] = []
    moved: list[tuple[str, str]] = []
    for number, (before, entry) in enumerate(parts):
        if number and "@" not in before:
            moved.append((before, entry))
        else:
            start.append(before if not start else before.lstrip("\n"))
            moved.append(("\n\n", entry))
    return "".join(start).rstrip(), moved


def _spaced_before(before: str, *, is_first: bool) -> str:
    """Return the text before an entry with one blank line before it, or before its comment."""
    if not before.strip():
        return "" if is_first else "\n\n"
    lead = len(before) - len(before.lstrip("\n"))
    start = before[lead:] if is_first else f"\n\n{before[lead:]}"
    bare = start.rstrip(" \t\n")
    ends = start[len(bare) :].count("\n")
    # A comment that is directly before an entry belongs to it.
    return bare + ("\n" if ends == 1 else "\n\n")
