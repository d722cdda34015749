"""Make the safe repairs in a BibTeX file, and keep every other byte unchanged.

A repair is made only if the entry has the same contents before and after it: every program must
read from the repaired entry the values recovered from the broken one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from typing import Final

from attrs import frozen

from refcite.formats.bibtex.blocks import Block, Fault, Kind, piece_end
from refcite.formats.bibtex.places import Edit, applied, applied_as_written
from refcite.formats.bibtex.read import read
from refcite.formats.bibtex.spelling import SPELLINGS
from refcite.formats.bibtex.split import split
from refcite.problems import Problem, Severity

__all__ = ["Repair", "fix", "repairs"]

_PLACES: Final = tuple(
    (
        spelling,
        re.compile(rf"\b{spelling.field}\s*=\s*[{{\"]{spelling.pattern.pattern}", re.IGNORECASE),
    )
    for spelling in SPELLINGS
)
_NAMES: Final = re.compile(r"\b(?:author|editor|translator)\s*=\s*[{\"]", re.IGNORECASE)
_ET_AL: Final = re.compile(
    r"(?:(?<=\s)and\s+|,\s*|(?<=\s))et\.?\s+al\.?(?=\s*[}\"]\s*[,})\n])", re.IGNORECASE
)
_SPELLINGS: Final = frozenset((*(spelling.code for spelling in SPELLINGS), "typed-et-al"))
# No repair is safe in a broken entry that is longer than this.
_LONGEST: Final = 1_000_000


@frozen
class Repair(Edit):
    """One repair, with its code and its message in the past tense."""

    code: str
    message: str


def fix(text: str, codes: Container[str] | None = None) -> tuple[str, list[Problem]]:
    """Repair a BibTeX file.

    Missing commas, extra braces and entries that are not closed are repaired, URLs before
    DOIs removed, and single hyphens in ranges of pages doubled. What needs a person to decide
    (a brace that is never closed, a field that occurs twice) is not changed.

    Args:
        text: The file's text, with its line ends and its byte-order mark.
        codes: The codes of the problems that are repaired; None for all.

    Returns:
        The text, and the repairs: a problem of severity `info` for each, with its place.

    Example:
        >>> text, repaired = fix("@book{k, title = {T} year = 2001, doi = {doi:10.1/x}}")
        >>> text
        '@book{k, title = {T}, year = 2001, doi = {10.1/x}}'
        >>> [problem.code for problem in repaired]
        ['missing-comma', 'doi-address']
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks, faults = split(plain)
    edits = [
        edit
        for block, found in _with_faults(blocks, faults)
        for edit in _safe(plain, block, _chosen(_edits(plain, block, found), codes))
    ]
    if not edits or list(read(applied(plain, edits))) != list(read(plain)):
        return text, []
    return applied_as_written(text, edits), _reported(plain, edits)


def repairs(text: str, start: int, end: int) -> list[Repair]:
    """Return the safe repairs of the entries in a part of a file, which are not made.

    Args:
        text: The file's text, with line feeds as its only line ends.
        start: Where the part starts.
        end: Where it ends.

    Example:
        >>> text = "@book{k, title = {T} year = 2001}"
        >>> [(one.start, one.text) for one in repairs(text, 0, len(text))]
        [(20, ',')]
    """
    blocks, faults = split(text)
    return [
        edit
        for block, found in _with_faults(blocks, faults)
        if block.start <= end and start <= block.end and block.end - block.start <= _LONGEST
        for edit in _edits(text, block, found)
        if _is_safe(text, block, [edit])
    ]


def _with_faults(blocks: list[Block], faults: list[Fault]) -> Iterator[tuple[Block, list[Fault]]]:
    starts = [block.start for block in blocks]
    found: dict[int, list[Fault]] = {}
    for fault in faults:
        index = bisect_right(starts, fault.offset) - 1
        found.setdefault(index, []).append(fault)
    for index, block in enumerate(blocks):
        if block.kind is Kind.ENTRY:
            yield block, found.get(index, [])


# Possible repairs


def _edits(text: str, block: Block, faults: Iterable[Fault]) -> list[Repair]:
    edits = [edit for fault in faults if (edit := _mended(text, block, fault)) is not None]
    for spelling, place in _PLACES:
        found = place.search(text, block.start, block.end)
        if found:
            start, end = found.span(1)
            edits.append(Repair(start, end, spelling.better, spelling.code, spelling.repaired))
    edits += _written_lists(text, block)
    return sorted(edits, key=lambda edit: edit.start)


def _written_lists(text: str, block: Block) -> Iterator[Repair]:
    """Yield the repairs of lists of names that end with a typed "et al."."""
    for names in _NAMES.finditer(text, block.start, block.end):
        end = piece_end(text, names.end() - 1)
        found = _ET_AL.search(text, names.end(), min(end + 2, block.end)) if end > 0 else None
        if found is not None:
            start, stop = found.span()
            space = "" if text[start - 1].isspace() else " "
            message = "wrote 'and others' for 'et al.'"
            yield Repair(start, stop, f"{space}and others", "typed-et-al", message)


def _chosen(edits: list[Repair], codes: Container[str] | None) -> list[Repair]:
    return edits if codes is None else [edit for edit in edits if edit.code in codes]


def _mended(text: str, block: Block, fault: Fault) -> Repair | None:
    if fault.code == "missing-comma":
        place = len(text[block.start : fault.offset].rstrip()) + block.start
        return Repair(place, place, ",", fault.code, "added a missing comma")
    if fault.code == "extra-brace":
        end = fault.offset + 1
        return Repair(fault.offset, end, "", fault.code, "removed a brace that closed it too early")
    if fault.code == "unclosed-entry":
        opening = re.compile("[{(]").search(text, block.start, block.end)
        closing = ")" if opening and opening[0] == "(" else "}"
        place = len(text[block.start : block.end].rstrip()) + block.start
        return Repair(place, place, f"\n{closing}", fault.code, "closed the entry")
    return None


# Safe repairs


def _safe(text: str, block: Block, edits: list[Repair]) -> list[Repair]:
    """Return the repairs of an entry that do not change its contents and leave fewer errors."""
    if not edits or block.end - block.start > _LONGEST:
        return []
    if _is_safe(text, block, edits):
        return edits
    return [edit for edit in edits if _is_safe(text, block, [edit])] if len(edits) < 20 else []


def _is_safe(text: str, block: Block, edits: list[Repair]) -> bool:
    before = read(text[block.start : block.end])
    after = read(applied(text[block.start : block.end], edits, block.start))
    mends = sum(edit.code not in _SPELLINGS for edit in edits)
    return list(before) == list(after) and _errors(after.problems) <= (
        _errors(before.problems) - mends
    )


def _errors(problems: Iterable[Problem]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)


# Changing the text


def _reported(text: str, edits: list[Repair]) -> list[Problem]:
    problems: list[Problem] = []
    line, counted = 1, 0
    for edit in edits:
        line += text.count("\n", counted, edit.start)
        counted = edit.start
        column = edit.start - (text.rfind("\n", 0, edit.start) + 1) + 1
        problems.append(
            Problem(
                severity=Severity.INFO,
                code=edit.code,
                message=edit.message,
                line=line,
                column=column,
            )
        )
    return problems
