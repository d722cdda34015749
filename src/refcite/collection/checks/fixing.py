"""Make the repairs of findings in the text of a BibTeX file, and keep every other byte unchanged.

A repair is made only if the entry has the same values before and after it, except for those that
the repair names, and if no other entry of the file changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

from refcite.collection.checks.checking import Checks, check_library
from refcite.collection.checks.rules import FieldEdit, Finding
from refcite.formats.base import Format
from refcite.formats.bibtex import (
    Edit,
    applied,
    applied_as_written,
    entry_offsets,
    field_place,
)
from refcite.formats.bibtex import fix as fix_syntax
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["Fixed", "edits_of", "fix_text"]

_COMPARED: Final = (*ATTRIBUTES.values(), "id", "type", "extra")


@frozen
class Fixed:
    """The result of repairs.

    Attributes:
        text: The repaired text.
        repairs: A problem of severity `info` for each repair, with its place before the repair.
        unsafe: The number of repairs that were not made because they are not safe.
    """

    text: str
    repairs: tuple[Problem, ...]
    unsafe: int = 0


def fix_text(text: str, found: Format, checks: Checks, *, unsafe: bool = False) -> Fixed:
    r"""Repair the text of a file.

    Args:
        text: The text, with its line ends and its byte-order mark.
        found: The format. Only texts in BibTeX are repaired.
        checks: The settings: problems that are not reported are not repaired.
        unsafe: Whether repairs are made that may change the meaning of an entry.

    Example:
        >>> from refcite.formats.registry import get_format
        >>> text = "@misc{a, title = {One}, url = {https://doi.org/10.1000/1}}"
        >>> fix_text(text, get_format("bibtex"), Checks()).text
        '@misc{a, title = {One}, doi = {10.1000/1}}'
    """
    if found.name != "bibtex":
        return Fixed(text, ())
    text, repairs = fix_syntax(text, _Chosen(checks))
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    library = found.read(plain)
    findings = check_library(library, checks, text=plain).findings
    chosen = [one for one in findings if one.fix is not None and (one.fix.is_safe or unsafe)]
    left = sum(one.fix is not None for one in findings) - len(chosen)
    offsets = entry_offsets(plain, library) if chosen else None
    if offsets is None:
        return Fixed(text, tuple(repairs), left)
    made = _made(plain, library, chosen, offsets, found)
    edits = sorted((edit for _, edit in made), key=lambda edit: edit.start)
    repaired = [*repairs, *(_repair(finding) for finding in dict.fromkeys(one for one, _ in made))]
    return Fixed(applied_as_written(text, edits), tuple(repaired), left)


class _Chosen:
    """The codes that are reported, as a container."""

    def __init__(self, checks: Checks) -> None:
        self._selection = checks.selection

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._selection.has(code)


def _made(
    text: str, library: Library, chosen: Iterable[Finding], offsets: dict[int, int], found: Format
) -> list[tuple[Finding, Edit]]:
    """Return the changes of the text that change only what the repairs name."""
    made: list[tuple[Finding, Edit]] = []
    allowed: dict[int, set[str]] = {}
    taken: set[tuple[int, str]] = set()
    for finding in chosen:
        record, fix = finding.entry.record, finding.fix
        if fix is None or record.origin is None:
            continue
        index = record.origin.verbatim["entry"].index
        names = {(index, edit.field) for edit in fix.edits}
        if names & taken:
            continue  # of two repairs of one field, the second is made in the next run
        edits = edits_of(finding, found)
        if edits is None:
            continue
        taken |= names
        allowed.setdefault(finding.entry.position, set()).update(fix.changes)
        start = offsets[index]
        made += [(finding, Edit(one.start + start, one.end + start, one.text)) for one in edits]
    after = found.read(applied(text, sorted((edit for _, edit in made), key=lambda e: e.start)))
    if len(after) != len(library) or not all(
        _is_same(old, new, _allowed(old, position, allowed, library))
        for position, (old, new) in enumerate(zip(library, after, strict=True))
    ):
        return []
    return made


def edits_of(finding: Finding, found: Format) -> list[Edit] | None:
    """Return the changes of an entry that repair one finding.

    Args:
        finding: The finding.
        found: The format of the file, which is BibTeX.

    Returns:
        The changes, with offsets in the text of the entry; None if it cannot be repaired without
        changing something else.

    Example:
        >>> from refcite.formats.registry import get_format
        >>> bibtex = get_format("bibtex")
        >>> library = bibtex.read("@misc{a, title = {One}, url = {https://doi.org/10.1000/1}}")
        >>> finding, = (one for one in check_library(library, Checks()).findings if one.fix)
        >>> [edit.text for edit in edits_of(finding, bibtex)]
        ['doi', '10.1000/1']
    """
    if finding.fix is None or not finding.entry.raw:
        return None
    edits = _edits(finding.entry.raw, finding.fix.edits)
    return edits if edits is not None and _is_sound(finding, edits, found) else None


def _allowed(
    record: Record, position: int, allowed: dict[int, set[str]], library: Library
) -> set[str]:
    """Return the attributes that may change: also those that an entry inherits."""
    own = allowed.get(position, set())
    origin = record.origin
    parents = origin.verbatim["entry"].parents if origin is not None else ()
    for parent in parents:
        if parent in library:
            own = own | allowed.get(library.index(parent), set()) | {"container_title"}
    return own


def _edits(raw: str, changes: Sequence[FieldEdit]) -> list[Edit] | None:
    edits: list[Edit] = []
    for change in changes:
        place = field_place(raw, change.field)
        if place is None:
            return None
        if change.value is None:
            edits.append(_removal(raw, place.start, place.end))
            continue
        if not place.is_literal:
            return None
        edits.append(Edit(place.value + 1, place.end - 1, change.value))
        if change.name:
            edits.append(Edit(place.start, place.start + len(change.field), change.name))
    return sorted(edits, key=lambda edit: edit.start)


def _removal(raw: str, start: int, end: int) -> Edit:
    """Return the change that removes a field, its comma and its line."""
    after = end
    while after < len(raw) and raw[after] in " \t":
        after += 1
    if raw[after : after + 1] == ",":
        after += 1
        line = len(raw[:start].rstrip(" \t"))
        if raw[line - 1 : line] == "\n":
            start = line - 1
        else:
            while after < len(raw) and raw[after] in " \t":
                after += 1
        return Edit(start, after, "")
    before = len(raw[:start].rstrip())
    if raw[before - 1] == ",":
        before -= 1  # it is the last field, which has no comma after it
    return Edit(before, end, "")


def _is_sound(finding: Finding, edits: Sequence[Edit], found: Format) -> bool:
    raw = finding.entry.raw
    before, after = found.read(raw), found.read(applied(raw, edits))
    if len(before) != 1 or len(after) != 1 or finding.fix is None:
        return False
    errors = [
        sum(one.severity is Severity.ERROR for one in read.problems) for read in (before, after)
    ]
    return errors[1] <= errors[0] and _is_same(before[0], after[0], set(finding.fix.changes))


def _is_same(old: Record, new: Record, changes: set[str]) -> bool:
    return all(
        getattr(old, name) == getattr(new, name) for name in _COMPARED if name not in changes
    )


def _repair(finding: Finding) -> Problem:
    message = finding.fix.message if finding.fix is not None else ""
    return finding.problem.replace(severity=Severity.INFO, message=message, hint=None)
