"""Paragraphs as notes, and notes as the pieces that contain one citation each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from refcite.formats.refworld.availability import ACCESSED, ACCESSED_BARE
from refcite.formats.refworld.lines import Line
from refcite.formats.refworld.marks import Mark, mark_at
from refcite.formats.refworld.names import is_body, is_person
from refcite.formats.refworld.publishers import Publishers
from refcite.formats.refworld.sentences import (
    begins_with_publisher,
    citation_start,
    is_locator,
    is_repetition,
    without_signal,
)
from refcite.formats.refworld.symbols import is_date

__all__ = ["Piece", "notes_of"]


@frozen(kw_only=True)
class Piece:
    """A line of a note, or a part of one.

    Attributes:
        line: The line, without the number of the note.
        mark: The number of the note that begins here.
        begins: Whether a note or a citation begins here.
        ends: Whether a citation ends here, so that the next text belongs to another one.
    """

    line: Line
    mark: Mark | None = None
    begins: bool = False
    ends: bool = False


_DIVIDED: Final = re.compile(r"(?<![^\W\d_])(?P<prefix>[^\W\d_]+)-$")
# After these, a hyphen is part of the word.
_PREFIX_WORDS: Final = (
    "anti co counter cross ex inter intra long mid multi non post pre re self semi short so socio"
    " sub trans vice well"
)
_PREFIXES: Final = frozenset(_PREFIX_WORDS.split())
_MOST_LINES: Final = 15
_URL: Final = re.compile(r"<?(?:https?://|www\.)\S*[\w/>)]", re.IGNORECASE)
_JOINT: Final = re.compile(
    r"[ ,;.)\]]*(?:(?:and(?: in)?|as well as|also|&) )*(?=\S)|[ ,;.)\]]*$", re.IGNORECASE
)
_END_OF_REPETITION: Final = re.compile(
    r"; (?=\S)|(?<!\bp)(?<!pp)(?<!para)(?<!paras)(?<!\bn)(?<!cit)(?<!note)(?<!\bart)(?<!\bid)"
    r"\. (?=(?-i:[^\W_a-z]))",
    re.IGNORECASE,
)
# A sentence that continues, or another one.
_PROSE: Final = re.compile(r"[\])]*(?:, [^\W\d_A-Z][^\W\d_]* [^\W\d_]|[^.;]{0,60}[.;] \S)")
_END_OF_PART: Final = re.compile(r"[;.,] |[;.]?$")
# After a URL, this begins another citation if a date and a second address follow.
_ANOTHER: Final = re.compile(r"[>)\"”]*(?:;| ?\.| and\b) ?(?=\S)", re.IGNORECASE)
# A longer text after a citation is not a remark on it.
_LONGEST_REMARK: Final = 60
# The number of characters after a citation in which another one is searched.
_FARTHEST: Final = 400


def notes_of(paragraph: Sequence[Line], publishers: Publishers) -> Iterator[list[Piece]]:
    """Divide a paragraph at the numbers of notes, and each note after its citations.

    Args:
        paragraph: Consecutive lines, none of them empty.
        publishers: The known publishers.
    """
    note: list[Line] = []
    mark: Mark | None = None
    number: int | None = None
    waiting: Mark | None = None
    paragraph = _mended(paragraph)
    for index, line in enumerate(paragraph):
        alone = _mark_alone(line, paragraph[index + 1 : index + 2], number, publishers)
        if alone is not None:
            waiting = alone
            continue
        found = mark_at(line.text)
        following = paragraph[index + 1 : index + 1 + _MOST_LINES]
        if found is not None and not _is_mark(found, following, number, publishers, first=not note):
            found = None
        if waiting is not None and found is None:
            found = evolve(waiting, rest=line.text)
        waiting = None
        if found is not None:
            if note:
                yield _pieces(note, mark, publishers)
            number = found.number
            mark, note = found, [evolve(line, text=found.rest)]
        else:
            note.append(line)
    if note:
        yield _pieces(note, mark, publishers)


def _mended(paragraph: Sequence[Line]) -> Sequence[Line]:
    """Join the words that a hyphen divides at the ends of lines."""
    if not any(line.text.endswith("-") for line in paragraph):
        return paragraph
    lines = list(paragraph)
    for at in range(len(lines) - 1):
        found = _DIVIDED.search(lines[at].text)
        word, _, rest = lines[at + 1].text.partition(" ")
        if not found or not word[:1].islower():
            continue
        prefix = found["prefix"].casefold()
        # In a URL, a hyphen is part of it, except inside the name of the site.
        is_address = "/" in lines[at].text.rsplit(" ", 1)[-1] and prefix != "ref"
        is_kept = prefix in _PREFIXES or is_address
        start = lines[at].text if is_kept else lines[at].text[:-1]
        lines[at] = evolve(lines[at], text=start + word)
        lines[at + 1] = evolve(lines[at + 1], text=rest)
    return [line for line in lines if line.text]


def _mark_alone(
    line: Line, following: Sequence[Line], number: int | None, publishers: Publishers
) -> Mark | None:
    """Return the number of a note that is on a separate line."""
    if len(line.text) > 12 or not following:
        return None
    mark = mark_at(f"{line.text} A")
    if mark is None or mark.rest != "A":
        return None
    behind = following[0].text
    return mark if _begins_note(behind, publishers) or _follows(mark.number, number) else None


def _follows(number: int | None, before: int | None) -> bool:
    return number is not None and before is not None and 0 < number - before <= 2


def _goes_on(number: int | None, following: Sequence[Line]) -> bool:
    """Return whether one of the next lines has the next number."""
    marks = (mark_at(line.text) for line in following)
    return any(mark is not None and _follows(mark.number, number) for mark in marks)


def _begins_note(text: str, publishers: Publishers) -> bool:
    text = without_signal(text)
    return begins_with_publisher(text, publishers) or is_repetition(text[:40])


def _is_mark(
    mark: Mark,
    following: Sequence[Line],
    before: int | None,
    publishers: Publishers,
    *,
    first: bool,
) -> bool:
    """Return whether a number at the start of a line is that of a note."""
    if not mark.is_bare:
        return True
    if _begins_note(mark.rest, publishers) or without_signal(mark.rest) != mark.rest:
        return True
    if _follows(mark.number, before) or (first and _goes_on(mark.number, following)):
        return True
    # A title may also begin with a number, but rarely if its next words name a body.
    head = mark.rest.split(", ", 1)[0]
    words = [word for word in head.split() if len(word) > 3]
    is_title_case = bool(words) and not any(word[0].islower() for word in words)
    is_name = is_person(head) or is_body(head, publishers)
    return first and "," in mark.rest and is_title_case and is_name


def _pieces(note: Sequence[Line], mark: Mark | None, publishers: Publishers) -> list[Piece]:
    """Divide a note after each of its citations, independent of its line ends."""
    text = " ".join(line.text for line in note)
    starts = [0]
    for line in note[:-1]:
        starts.append(starts[-1] + len(line.text) + 1)
    cuts = set(_cuts(text, starts, publishers))
    cuts.update([cut for start in (0, *cuts) for cut in _repetitions(text, start)])
    places = sorted(cuts)
    pieces: list[Piece] = []
    for line, start in zip(note, starts, strict=True):
        end = start + len(line.text)
        inside = places[bisect_right(places, start) : bisect_left(places, end)]
        for begin, stop in pairwise([start, *inside, end]):
            part = text[begin:stop]
            is_new = not pieces or pieces[-1].ends
            if pieces and is_new:
                part = _JOINT.sub("", part, count=1)
                inner = mark_at(part)
                if inner is not None and (
                    not inner.is_bare or _begins_note(inner.rest, publishers)
                ):
                    part = inner.rest
            pieces.append(
                Piece(
                    line=evolve(line, text=part.strip()),
                    begins=is_new,
                    ends=stop in cuts,
                )
            )
    pieces[0] = evolve(pieces[0], mark=mark, begins=True)
    return [piece for piece in pieces if piece.line.text or piece.mark]


def _cuts(text: str, starts: Sequence[int], publishers: Publishers) -> Iterator[int]:
    """Yield the ends of citations after which the text continues."""
    for pattern in (ACCESSED, ACCESSED_BARE):
        for accessed in pattern.finditer(text):
            end = accessed.end()
            line_end = _line_end(end, starts, len(text))
            rest = text[end : min(line_end, end + _FARTHEST)]
            if not rest:
                continue
            located = _locator_end(rest)
            end, rest = end + located, rest[located:]
            if rest and _is_more_than_remark(rest, publishers):
                yield end
    for url in _URL.finditer(text):
        end = url.end() + _locator_end(text[url.end() : url.end() + _FARTHEST])
        joint = _ANOTHER.match(text, end)
        if joint and _begins_another(text[joint.end() : joint.end() + _FARTHEST], publishers):
            yield end


def _locator_end(text: str) -> int:
    """Return the index after the page or paragraph with which a text begins."""
    ends = [found.start() for found in _END_OF_PART.finditer(text)]
    return next((end for end in reversed(ends) if is_locator(text[:end])), 0)


def _line_end(at: int, starts: Sequence[int], length: int) -> int:
    index = bisect_right(starts, at)
    return starts[index] - 1 if index < len(starts) else length


def _is_more_than_remark(text: str, publishers: Publishers) -> bool:
    """Return whether the rest of a line after a citation is no remark such as `[French]`."""
    begin = _JOINT.sub("", text, count=1)
    return (
        len(text) > _LONGEST_REMARK
        or _PROSE.match(text) is not None
        or _begins_note(begin, publishers)
        or citation_start(text, publishers) > 0
    )


def _begins_another(text: str, publishers: Publishers) -> bool:
    """Return whether another citation begins after a URL."""
    begin = _JOINT.sub("", text, count=1)
    if _begins_note(begin, publishers):
        return True
    another = _URL.search(begin)
    head = begin[: another.start()] if another else ""
    return any(is_date(part.strip()) for part in head.split(", ")[1:])


def _repetitions(text: str, start: int) -> Iterator[int]:
    """Yield the end of the *ibid.* or short form at an index, if the text continues after it."""
    for found in _END_OF_REPETITION.finditer(text, start, start + _FARTHEST):
        said = text[start : found.start()]
        if is_repetition(said):
            yield found.start() + 1
            return
        if len(said) > _LONGEST_REMARK:
            return
