"""Cite-as strings in a text: one a line, broken over lines, or several on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from refcite.formats.refworld.citeas import CiteAs, read_cite_as
from refcite.formats.refworld.document import Document
from refcite.formats.refworld.fields import Context
from refcite.formats.refworld.lines import Line
from refcite.formats.refworld.tail import ACCESSED

__all__ = ["read_strings"]

_MOST_LINES: Final = 15
# An address and a day of access, each broken once, make three ends.
_MOST_ENDS: Final = 4
_MAY_END: Final = re.compile(r"accessed|https?:|www\.|\d{4}[\])]|\.html?\b", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_NUMBERED: Final = re.compile(r"(?:\[\^?\d{1,4}\]|\(?\d{1,3}[.)]|[-–•*]) ")
_BRACKET: Final = re.compile(r"[\[(]|accessed", re.IGNORECASE)
_JOINT: Final = re.compile(r"^[ ,;.]*(?:(?:and|see(?: also)?|also|cf\.) )*", re.IGNORECASE)
# What is longer than this behind a string is not a remark on it.
_LONGEST_REMARK: Final = 60


def read_strings(lines: Sequence[Line], context: Context) -> Iterator[Document]:
    """Read the cite-as strings of a text, and pass over all else."""
    paragraph: list[Line] = []
    for line in (*lines, Line(0, "")):
        if line.text:
            paragraph.extend(_pieces(line))
        elif paragraph:
            yield from _read_paragraph(paragraph, context)
            paragraph = []


def _pieces(line: Line) -> Iterator[Line]:
    """Take apart a line with several strings: each ends with its day of access."""
    start = 0
    for accessed in ACCESSED.finditer(line.text):
        if len(line.text) - accessed.end() > _LONGEST_REMARK:
            yield evolve(line, text=_JOINT.sub("", line.text[start : accessed.end()]))
            start = accessed.end()
    yield evolve(line, text=_JOINT.sub("", line.text[start:])) if start else line


def _read_paragraph(paragraph: Sequence[Line], context: Context) -> Iterator[Document]:
    alone = [_read_alone(line, context) for line in paragraph]
    ends = [_MAY_END.search(line.text) is not None for line in paragraph]
    at = 0
    while at < len(paragraph):
        found, end = alone[at], at + 1
        goes_on = _is_open(found) or any(ends[end : at + _MOST_LINES])
        if goes_on and not _has_ended(paragraph[at], found):
            found, end = _join(paragraph, at, alone, ends, context)
        if found is not None:
            yield Document.of_string(found, line=paragraph[at].number)
        at = end


def _read_alone(line: Line, context: Context) -> CiteAs | None:
    return _read(line.text, context) if _DIGIT.search(line.text) else None


def _read(text: str, context: Context) -> CiteAs | None:
    return read_cite_as(text, context.publishers, day_first=context.day_first)


def _join(
    paragraph: Sequence[Line],
    at: int,
    alone: Sequence[CiteAs | None],
    ends: Sequence[bool],
    context: Context,
) -> tuple[CiteAs | None, int]:
    """Return the string that starts at a line and goes on, and the index behind its last line."""
    best, best_end = alone[at], at + 1
    joined, tried = paragraph[at].text, 0
    for end in range(at + 1, min(len(paragraph), at + _MOST_LINES)):
        line = paragraph[end]
        if _starts_another(line, alone[end], best):
            break
        joined = f"{joined} {line.text}"
        if not (ends[end] or _is_open(best)):
            continue
        tried += 1
        whole = _read(joined, context)
        if whole is not None and (_is_certain(whole) or best is not None):
            best, best_end = whole, end + 1
        if _is_whole(whole) or tried == _MOST_ENDS:
            break
    return best, best_end


def _starts_another(line: Line, by_itself: CiteAs | None, before: CiteAs | None) -> bool:
    """Tell whether a line begins a string, rather than going on with the one before."""
    if line.label is not None or _NUMBERED.match(line.text):
        return True
    if _is_open(before):
        return by_itself is not None and _is_certain(by_itself)
    is_cut = before is not None and before.address is not None and not before.address.docid
    if before is not None and before.tail.url and not is_cut:
        # Behind an address there is only the day of access.
        return not _BRACKET.match(line.text)
    return by_itself is not None and (before is not None or _is_certain(by_itself))


def _has_ended(line: Line, found: CiteAs | None) -> bool:
    """Tell whether nothing that follows can belong to what a line says."""
    return _is_whole(found) or ACCESSED.search(line.text) is not None


def _is_whole(parts: CiteAs | None) -> bool:
    """Tell whether a string has the end that the site gives it."""
    return parts is not None and parts.tail.accessed is not None and not parts.tail.is_open


def _is_open(parts: CiteAs | None) -> bool:
    """Tell whether a string ends inside a bracket, which the next line closes."""
    return parts is not None and parts.tail.is_open


def _is_certain(parts: CiteAs) -> bool:
    """Tell whether a string begins as strings do, and not in the middle of a title."""
    left = parts.left
    is_known = left.publisher is not None or left.country is not None or bool(left.authors)
    return is_known and not any(problem.code.startswith("guessed") for problem in parts.problems)
