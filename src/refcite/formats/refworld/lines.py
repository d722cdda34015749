"""The lines of a saved page, each with the label at its start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from attrs import frozen

from refcite.formats.refworld.labels import Label, label_at
from refcite.formats.refworld.text import plain

__all__ = ["Line", "lines_of"]


@frozen
class Line:
    """One line of a saved page.

    Attributes:
        number: Its number, counted from 1.
        text: Its text, without extra white space.
        label: The label at its start, if there is one.
    """

    number: int
    text: str
    label: Label | None = None


_CITE_AS: Final = re.compile(r"(?<=\S) ?Cite as(?=[ :|]*[^\W_])")
_PUBLISHER: Final = re.compile(r"(?<![^\W_a-z]) ?Publisher(?=[ :|]*(?-i:[^\W\d_a-z]))")
# The labels that may be between "Publisher" and "Cite as".
_BETWEEN: Final = re.compile(
    r" ?(?:(?:Author|Country|Topics|Reference)(?=[ :|]*[^\W\d_a-z])|Publication Date"
    r"|Citation ?/ ?Document Symbol|Other Languages ?/ ?Attachments|Related Document(?:\(s\))?)"
)
_ACCESSED: Final = re.compile(r"\[accessed [^\[\]]{0,60}\]")
_HEAD: Final = re.compile(r"^Last Updated: .{0,40}? GMT ?")
_FARTHEST: Final = 8_000


def lines_of(text: str) -> list[Line]:
    r"""Return the lines of a text, empty ones included; a page on one line is divided.

    Example:
        >>> [line.text for line in lines_of("Title  of it\n\nPublisher |\xa0Someone |")]
        ['Title of it', '', 'Publisher | Someone |']
    """
    return [
        Line(number, part, label_at(part))
        for number, line in enumerate(text.splitlines(), 1)
        for part in _unfolded(plain(line))
    ]


def _unfolded(line: str) -> Iterator[str]:
    """Put the labels of a line that contains a whole page on separate lines."""
    cite_as = _CITE_AS.search(line)
    if not cite_as:
        yield line
        return
    floor = max(0, cite_as.start() - _FARTHEST)
    publishers = list(_PUBLISHER.finditer(line, floor, cite_as.start()))
    if not publishers:
        yield line
        return
    start = publishers[-1].start()
    yield _HEAD.sub("", line[:start].strip())
    yield ""
    between = _BETWEEN.finditer(line, publishers[-1].end(), cite_as.start())
    cuts = [start, *(label.start() for label in between), cite_as.start()]
    for begin, end in pairwise(cuts):
        yield line[begin:end].strip()
    rest = line[cite_as.start() :]
    accessed = _ACCESSED.search(rest[:_FARTHEST])
    if accessed:
        yield rest[: accessed.end()].strip()
        yield ""
        yield rest[accessed.end() :].strip()
    else:
        yield rest.strip()
