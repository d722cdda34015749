"""Cite-as strings in a text: one per line, broken over lines, in notes or in running prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve, frozen

from refcite.dates import Point
from refcite.formats.refworld.availability import ACCESSED
from refcite.formats.refworld.citeas import CiteAs, read_cite_as
from refcite.formats.refworld.document import Document
from refcite.formats.refworld.fields import Context
from refcite.formats.refworld.lines import Line
from refcite.formats.refworld.notes import Piece, notes_of
from refcite.formats.refworld.sentences import (
    begins_with_publisher,
    citation_start,
    is_locator,
    is_repetition,
    without_signal,
)
from refcite.formats.refworld.symbols import is_date
from refcite.formats.refworld.urls import is_cut_address
from refcite.problems import Problem, Severity

__all__ = ["read_strings"]

_MOST_LINES: Final = 15
# A URL and a date of access, each broken once, have three ends.
_MOST_ENDS: Final = 4
_MAY_END: Final = re.compile(r"accessed|https?:|www\.|\d{4}[\])]|\.html?\b", re.IGNORECASE)
_ONLY_IN_NOTES: Final = ("AI",)
"""Publishers by a name that is another word in titles and in running prose."""
_ADDRESS: Final = re.compile(r"https?:|www\.", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_BULLET: Final = re.compile(r"[-–•*] ")
_BRACKET: Final = re.compile(r"[\[(]|accessed", re.IGNORECASE)
_FRAGMENT: Final = re.compile(r"; |(?<=[^\W_]{2})\. (?=[^\W_a-z])")
_LETTER: Final = re.compile(r"[^\W\d_]")
# A longer text is not a short form of a citation.
_LONGEST_SHORT: Final = 300
_LONGEST_SHOWN: Final = 200


@frozen
class _Reading:
    """A citation, and the text before it that is not part of it."""

    parts: CiteAs
    before: str = ""


def read_strings(
    lines: Sequence[Line], context: Context, problems: list[Problem]
) -> Iterator[Document]:
    """Read the cite-as strings of a text, and skip all other text.

    Args:
        lines: The text.
        context: The additional data.
        problems: List to which notes without a full citation are added.
    """
    paragraph: list[Line] = []
    has_addresses = any(_ADDRESS.search(line.text) for line in lines)
    in_notes = evolve(context, publishers=context.publishers.with_names(_ONLY_IN_NOTES, "ngo"))
    for line in (*lines, Line(0, "")):
        if line.text:
            paragraph.append(line)
        elif paragraph:
            for note in notes_of(paragraph, context.publishers):
                known = in_notes if note[0].mark is not None else context
                yield from _Note(
                    note, known, problems, is_list_without_addresses=not has_addresses
                ).read()
            paragraph = []


class _Note:
    """A note, or a paragraph without a number, while its citations are read."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        context: Context,
        problems: list[Problem],
        *,
        is_list_without_addresses: bool = False,
    ) -> None:
        self.is_list_without_addresses = is_list_without_addresses
        self.pieces = pieces
        self.context = context
        self.problems = problems
        self.is_numbered = pieces[0].mark is not None
        self.alone = [self._read_alone(piece.line) for piece in pieces]
        self.ends = [_MAY_END.search(piece.line.text) is not None for piece in pieces]

    def read(self) -> Iterator[Document]:
        """Yield the citations of the note, and report texts that only seem to be citations."""
        at = 0
        passed: list[Line] = []
        has_given = False
        while at < len(self.pieces):
            piece = self.pieces[at]
            found, end = self.alone[at], at + 1
            continues = _is_open(found) or any(self.ends[end : at + _MOST_LINES])
            if continues and not piece.ends and not self._has_ended(at):
                found, end = self._join(at)
            if found is not None and self._lacks_address(found):
                found, end = None, at + 1
            if found is None:
                passed.append(piece.line)
                if piece.ends or end == len(self.pieces) or self.pieces[end].begins:
                    self._report(passed, is_before=has_given)
                    passed = []
            else:
                before = Line(piece.line.number, found.before)
                self._report([*passed, before] if found.before else passed, is_before=True)
                passed = []
                has_given = True
                yield Document.of_string(found.parts, line=piece.line.number)
            at = end
        self._report(passed, is_before=has_given)

    def _read_alone(self, line: Line) -> _Reading | None:
        return self._read(line.text) if _DIGIT.search(line.text) else None

    def _read(self, text: str) -> _Reading | None:
        publishers, day_first = self.context.publishers, self.context.day_first
        start = citation_start(text, publishers)
        if start:
            parts = read_cite_as(text[start:], publishers, day_first=day_first)
            if parts is not None:
                return _Reading(_without_prose(parts), text[:start].strip())
        parts = read_cite_as(text, publishers, day_first=day_first)
        return _Reading(_without_prose(parts)) if parts else None

    def _join(self, at: int) -> tuple[_Reading | None, int]:
        """Return the string that begins at a piece and continues, and the index after its end."""
        best, best_end = self.alone[at], at + 1
        joined, tried = self.pieces[at].line.text, 0
        for end in range(at + 1, min(len(self.pieces), at + _MOST_LINES)):
            piece = self.pieces[end]
            if piece.begins or self._starts_another(end, best, joined):
                break
            joined = f"{joined} {piece.line.text}"
            if not (self.ends[end] or _is_open(best) or piece.ends):
                continue
            tried += 1
            whole = self._read(joined)
            if whole is not None and (_is_certain(whole) or best is not None):
                best, best_end = whole, end + 1
            if piece.ends or _is_whole(whole) or tried == _MOST_ENDS:
                break
        return best, best_end

    def _starts_another(self, at: int, before: _Reading | None, joined: str) -> bool:
        """Return whether a line begins a string, and does not continue the text before it."""
        line, by_itself = self.pieces[at].line, self.alone[at]
        if line.label is not None:
            return True
        bullet = _BULLET.match(line.text)
        if bullet:
            return before is not None or not self._is_begun(joined, line.text[bullet.end() :])
        if _is_open(before):
            return by_itself is not None and _is_certain(by_itself)
        availability = before.parts.availability if before else None
        address = before.parts.address if before else None
        is_cut = (
            address.docid is None
            if address
            else is_cut_address(availability.url if availability else None)
        )
        if availability is not None and availability.url and not is_cut:
            # After a URL, there is only the date of access.
            return not _BRACKET.match(line.text)
        if by_itself is None or not (before is not None or _is_certain(by_itself)):
            return False
        return not self._goes_on_with_name(joined, line.text)

    def _is_begun(self, text: str, behind: str) -> bool:
        """Return whether a hyphen at the start of a line is one of the title before it."""
        publishers = self.context.publishers
        return begins_with_publisher(
            text[citation_start(text, publishers) :], publishers
        ) and not begins_with_publisher(behind, publishers)

    def _goes_on_with_name(self, text: str, line: str) -> bool:
        """Return whether the name of a publisher begins in a text and ends in the next line."""
        publishers = self.context.publishers
        whole = f"{text} {line}"
        start = citation_start(whole, publishers)
        return (
            start < len(text)
            and begins_with_publisher(whole[start:], publishers)
            and not begins_with_publisher(text[start:], publishers)
        )

    def _has_ended(self, at: int) -> bool:
        """Return whether no further text can belong to a piece."""
        if is_repetition(without_signal(self.pieces[at].line.text)[:40]):
            return True
        return _is_whole(self.alone[at]) or ACCESSED.search(self.pieces[at].line.text) is not None

    def _lacks_address(self, found: _Reading) -> bool:
        """Return whether a citation is only a short form, or a note without a URL."""
        availability, description = found.parts.availability, found.parts.description
        if availability.url or availability.accessed or availability.is_announced:
            return False
        is_located = found.parts.locator is not None or is_locator(description.symbol or "")
        if self.is_list_without_addresses and self.is_numbered and _is_full(found):
            return False
        return self.is_numbered or is_located

    def _report(self, lines: Sequence[Line], *, is_before: bool) -> None:
        """Report texts in the form of references in a text without records.

        Args:
            lines: The text.
            is_before: Whether it is before or after a citation that has a record, so that only
                clear references in it are reported.
        """
        if not lines:
            return
        text = " ".join(line.text for line in lines).strip(" ,;([")
        if not _LETTER.search(text):
            return
        fragments = _FRAGMENT.split(text) if is_before or len(text) > _LONGEST_SHORT else [text]
        for fragment in fragments:
            fragment = fragment.strip(" ,;")
            problem = self._problem_of(fragment, is_before=is_before)
            if problem:
                self.problems.append(_not_read(fragment, problem, lines[0].number))

    def _problem_of(self, text: str, *, is_before: bool) -> Problem | None:
        """Return the problem of a text without a record, if there is one."""
        if len(text) > _LONGEST_SHORT:
            return None
        said = without_signal(text)
        if is_repetition(said):
            return _SHORT
        if _TREATY.search(said):
            return _NO_URL
        parts = [part.strip(" .") for part in said.split(", ")]
        located = any(map(is_locator, parts[1:]))
        if begins_with_publisher(said, self.context.publishers):
            dated = any(map(is_date, parts[1:]))
            is_title = not parts[1][:1].islower()
            if (self.is_numbered and is_title) or located or dated:
                return _NO_URL if dated else _SHORT
        if is_before or not self.is_numbered:
            return None
        if located:
            return _SHORT
        mark = self.pieces[0].mark
        is_footnote = mark is not None and (mark.is_footnote or mark.is_bare)
        return _NO_URL if is_footnote or any(map(is_date, parts)) else None


def _without_prose(parts: CiteAs) -> CiteAs:
    """Drop the rest of the sentence that contains a citation."""
    remark = (parts.availability.remark or "").lstrip(")] ,;")
    if not remark or not parts.availability.accessed or is_locator(remark):
        return parts
    if re.search(r"\d|://|www\.", remark) or not remark[:1].islower():
        return parts
    return evolve(parts, availability=evolve(parts.availability, remark=None))


def _is_whole(found: _Reading | None) -> bool:
    """Return whether a string has the end that the site prints."""
    return (
        found is not None and found.parts.availability.accessed is not None and not _is_open(found)
    )


def _is_open(found: _Reading | None) -> bool:
    """Return whether a string ends inside a bracket, which the next line closes."""
    return found is not None and found.parts.availability.is_open


def _is_certain(found: _Reading) -> bool:
    """Return whether a string has the start of strings, and not the middle of a title."""
    description = found.parts.description
    is_known = (
        description.publisher is not None
        or description.country is not None
        or bool(description.authors)
    )
    guesses = (problem.code.startswith("guessed") for problem in found.parts.problems)
    return is_known and not any(guesses)


def _is_full(found: _Reading) -> bool:
    """Return whether a citation without an address has a publisher, a title and a day."""
    issued, description = found.parts.issued, found.parts.description
    return (
        _is_certain(found)
        and not found.before
        and issued is not None
        and isinstance(issued.start, Point)
        and issued.start.month is not None
        and "; " not in description.title
        and not any(is_date(part.strip(" .")) for part in description.title.split(", ")[1:])
    )


# A treaty is cited with the day of its adoption and the volume and page of a series.
_TREATY: Final = re.compile(
    r"\((?:adopted|signed|done|concluded|opened for signature)\b[^()]{0,60}\b(?:19|20)[0-9]{2}\b"
    r"|\b[0-9]{1,5}\s(?:UNTS|U\.N\.T\.S\.|LNTS|ILM|CETS|ETS|UKTS)\s[0-9]"
)
_SHORT: Final = Problem(
    severity=Severity.WARNING,
    code="short-citation",
    message="refers to another note or shortens a citation, and has no record",
    hint="cite the work in full",
)
_NO_URL: Final = Problem(
    severity=Severity.WARNING,
    code="note-without-url",
    message="has no URL and no record",
    hint="add the URL of the document",
)


def _not_read(text: str, problem: Problem, line: int) -> Problem:
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
    return problem.replace(message=f"the note {shown!r} {problem.message}", line=line)
