"""The records of a text in ISO 2709, by its delimiters, so that a wrong length costs nothing.

A record is a leader, a directory with tag, length and start of each field, and the fields. The
lengths count bytes, which a decoded text has no more. So the n-th field by its start is the n-th of
the text; the lengths are only used if the numbers of fields differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.marc.fields import CONTROL, MarcField, MarcRecord
from refcite.problems import Problem, Severity

__all__ = ["records_of"]

RECORD_END: Final = "\x1d"
_FIELD_END: Final = "\x1e"
_SUBFIELD: Final = "\x1f"
_LEADER_LENGTH: Final = 24
_ENTRY_LENGTH: Final = 12
_START: Final = re.compile(
    r"[0-9 ]{5}[a-z ]{3}[^\x1d-\x1f]{2}2[2 ][0-9 ]{5}[^\x1d-\x1f]{7}(?=[0-9A-Za-z]{3}[0-9]{9}|\Z)"
)
"""The leader of a record of MARC 21 or UNIMARC, before the directory."""
_ENTRY: Final = re.compile(r"([0-9A-Za-z]{3})([0-9]{4})([0-9]{5})")
_BLANK: Final = " \t\r\n\0\ufeff"


def records_of(blocks: Iterable[str], problems: list[Problem]) -> Iterator[MarcRecord]:
    r"""Yield the records of a text.

    Args:
        blocks: The text, in pieces of any length.
        problems: List to which problems are added.

    Example:
        >>> text = "00046nam a2200037   4500001000300000\x1eo1\x1e\x1d"
        >>> [record.control("001") for record in records_of([text], [])]
        ['o1']
    """
    number = 0
    for piece in _pieces(blocks):
        parts = piece.strip(_BLANK).split(_FIELD_END)
        place = 0
        while place < len(parts) and (place == 0 or _START.match(parts[place].lstrip(_BLANK))):
            if not parts[place].strip(_BLANK):
                break
            number += 1
            record, place = _record(parts, place, number, problems)
            if record is not None:
                yield record


def _pieces(blocks: Iterable[str]) -> Iterator[str]:
    """Yield the texts between the ends of records."""
    held: list[str] = []
    for block in blocks:
        first, *others = block.split(RECORD_END)
        held.append(first)
        for other in others:
            yield "".join(held)
            held = [other]
    yield "".join(held)


def _record(
    parts: list[str], place: int, number: int, problems: list[Problem]
) -> tuple[MarcRecord | None, int]:
    """Return the record whose leader is at a place, and the place after it."""
    head = parts[place].lstrip(_BLANK)
    if not _START.match(head):
        problems.append(_broken(number, "it has no leader; it is not read", Severity.ERROR))
        return None, len(parts)
    directory = head[_LEADER_LENGTH:]
    entries = [_ENTRY.match(directory, start) for start in range(0, len(directory), _ENTRY_LENGTH)]
    end = place + 1 + len(entries)
    is_whole = (end == len(parts) - 1 and not parts[end].strip(_BLANK)) or end == len(parts)
    is_followed = end < len(parts) and _START.match(parts[end].lstrip(_BLANK)) is not None
    starts = [entry[3] for entry in entries if entry]
    record = MarcRecord(head[:_LEADER_LENGTH])
    if (is_whole or is_followed) and len(set(starts)) == len(entries):
        found = sorted(entries, key=lambda entry: entry[3] if entry else "")
        fields = zip(found, parts[place + 1 : end], strict=True)
        _fill(record, [(entry[1], text) for entry, text in fields if entry])
        return record, end
    end = place + 1
    while end < len(parts) and not _START.match(parts[end].lstrip(_BLANK)):
        end += 1
    texts = parts[place + 1 : end]
    by_place = _by_place(entries, texts)
    _fill(record, by_place)
    if not by_place:
        message = "its directory does not fit its fields; it is not read"
        problems.append(_broken(number, message, Severity.ERROR))
        return None, end
    lost = sum(bool(text.strip(_BLANK)) for text in texts) - len(by_place)
    if lost > 0:
        message = f"its directory does not fit its fields; {lost} of them are not read"
        problems.append(_broken(number, message, Severity.WARNING))
    return record, end


def _by_place(entries: list[re.Match[str] | None], texts: list[str]) -> list[tuple[str, str]]:
    """Return the fields that start at a place which the directory states."""
    tags = {int(entry[3]): entry[1] for entry in entries if entry}
    found = []
    place = 0
    for text in texts:
        tag = tags.get(place)
        if tag is not None and text:
            found.append((tag, text))
        place += len(text.encode("utf-8", "replace")) + 1
    return found


def _fill(record: MarcRecord, fields: Iterable[tuple[str, str]]) -> None:
    for tag, text in fields:
        start, *parts = text.split(_SUBFIELD)
        if CONTROL.fullmatch(tag) or not parts:
            record.controls.append((tag, text))
            continue
        indicators = f"{start[:2]:2}"
        subfields = [(part[0], part[1:]) for part in parts if len(part) > 1 and part[1:].strip()]
        record.fields.append(MarcField(tag, indicators, subfields))


def _broken(number: int, message: str, severity: Severity) -> Problem:
    return Problem(
        severity=severity,
        code="broken-record",
        message=f"record {number} is broken: {message}",
        hint="export the record again",
    )
