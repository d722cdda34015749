"""The trace of a rendering: frames of the active elements, and a stream that records them.

The stream is a list like any other, so the elements and the later passes produce exactly the same
output as without a trace. For each part it also stores the `Frame` that was active when the part
was added.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Any, SupportsIndex

from attrs import frozen

from refcite.csl.explain.explanation import Outcome, Setting, SpanKind, Where
from refcite.csl.render.context import SUCCESS
from refcite.csl.style.elements import Branch, Element
from refcite.csl.text.stream import Mark

__all__ = ["Cut", "Frame", "Piece", "TracedStream", "mark_affixes", "part_of"]


@frozen
class Cut:
    """Names that were omitted of a list.

    Attributes:
        variable: The variable of the names.
        left_out: Their number.
        settings: The settings that limit the list.
    """

    variable: str
    left_out: int
    settings: tuple[Setting, ...]


class Frame:
    """One rendering of an element; frames form a tree, as the elements do.

    Attributes:
        where: The element.
        outer: The frame around.
        kind: The kind of the text that the element itself prints.
        element: The element as it was read, if it is a rendered element.
        variables: The variables that it prints itself.
        short_of: The variable whose short form it prints instead.
        term: The locale's term that it prints itself.
        children: The frames within.
        status: The status of its variables.
        printed: Whether it printed something.
        substituted: Whether it printed nothing because its variable was printed in place of names.
        tests: Of a branch: the tests of its condition; None if it was not tried.
        is_open: Of a branch: whether its condition was true.
        of_locale: The kinds of its text that come from the locale.
        settings: The settings that changed its text, by the kind of the text.
        names: Of `cs:names`: the variable of each name.
        listed: Of `cs:names`: the variables of the lists that it printed.
        added: Of a list of names: the indices of the names that only disambiguation shows.
        cut: Of a list of names: the omitted names.
    """

    __slots__ = (
        "added", "children", "cut", "element", "is_open", "kind", "listed", "names", "of_locale",
        "outer", "printed", "settings", "short_of", "status", "substituted", "term", "tests",
        "variables", "where",
    )  # fmt: skip

    def __init__(
        self,
        where: Where,
        outer: Frame | None,
        kind: SpanKind = "delimiter",
        element: Element | Branch | None = None,
    ) -> None:
        self.where = where
        self.outer = outer
        self.kind: SpanKind = kind
        self.element = element
        self.variables: tuple[str, ...] = ()
        self.short_of: str | None = None
        self.term: str | None = None
        self.children: list[Frame] = []
        self.status = 0
        self.printed = False
        self.substituted = False
        self.tests: tuple[Outcome, ...] | None = None
        self.is_open = True
        self.of_locale: tuple[SpanKind, ...] = ()
        self.settings: Mapping[SpanKind, tuple[Setting, ...]] = {}
        self.names: dict[int, str] = {}
        self.listed: set[str] = set()
        self.added = range(0)
        self.cut: Cut | None = None
        if outer is not None:
            outer.children.append(self)


class Piece:
    """The origin of one part of a stream.

    Attributes:
        frame: The frame that was active when the part was added.
        kind: Its kind, if it is not that of the frame.
        original: Its text before punctuation was resolved; None if it was added by that step.
    """

    __slots__ = ("frame", "kind", "original")

    def __init__(self, frame: Frame, kind: SpanKind | None = None) -> None:
        self.frame = frame
        self.kind = kind
        self.original: str | None = None


class TracedStream(list[str | Mark]):
    """A stream that stores a `Piece` for each of its parts.

    Parts are appended by the methods of `list`, which compiled modules call directly. Their pieces
    are created when the active frame changes or the pieces are read. Only deletions and assignments
    are methods of this class.

    Args:
        root: The frame of the layout.
    """

    def __init__(self, root: Frame) -> None:
        super().__init__()
        self.root = self._frame = root
        self._pieces: list[Piece] = []

    @property
    def frame(self) -> Frame:
        """The active frame."""
        return self._frame

    @frame.setter
    def frame(self, frame: Frame) -> None:
        self._add_pieces()
        self._frame = frame

    @property
    def pieces(self) -> list[Piece]:
        """The pieces of all parts."""
        self._add_pieces()
        return self._pieces

    def _add_pieces(self) -> None:
        """Create the pieces of the parts that were appended in the active frame."""
        pieces, frame = self._pieces, self._frame
        appended = len(self) - len(pieces)
        if appended > 0:
            pieces += [Piece(frame) for _ in range(appended)]
        elif appended < 0:  # the stream was cleared
            del pieces[appended:]

    def __delitem__(self, index: SupportsIndex | slice) -> None:
        self._add_pieces()
        super().__delitem__(index)
        del self._pieces[index]

    def __setitem__(self, index: SupportsIndex | slice, part: Any) -> None:
        self._add_pieces()
        if isinstance(index, slice):
            if isinstance(part, TracedStream):
                self._pieces[index] = part.pieces
            else:
                part = list(part)
                self._pieces[index] = self._matched(self[index], self._pieces[index], part)
        super().__setitem__(index, part)

    def _matched(
        self, before: Sequence[str | Mark], pieces: Sequence[Piece], after: Sequence[str | Mark]
    ) -> list[Piece]:
        """Return the pieces of new parts; parts that existed before keep their pieces."""
        if not before:
            return [Piece(self.frame) for _ in after]
        if len(before) == 1 and len(after) > 1 and all(type(part) is str for part in after):
            # A text that is divided.
            return [Piece(pieces[0].frame, pieces[0].kind) for _ in after]
        known: defaultdict[int, deque[Piece]] = defaultdict(deque)
        for part, piece in zip(before, pieces, strict=True):
            known[id(part)].append(piece)
        found: list[Piece] = []
        for part in after:
            if known[id(part)]:
                found.append(known[id(part)].popleft())
            elif type(part) is str and self.frame is self.root:
                # Only the substitute for names is inserted into a finished entry.
                names = (one.frame for one in pieces if one.frame.kind == "variable")
                found.append(Piece(next(names, self.root), "repeated-author"))
            else:
                found.append(Piece(self.frame))
        return found

    def freeze(self) -> None:
        """Record all texts before punctuation is resolved."""
        for part, piece in zip(self, self.pieces, strict=True):
            piece.original = part if type(part) is str else None


def part_of(stream: TracedStream, where: Where | None, kind: SpanKind) -> Frame:
    """Return a frame for a part of the active element, by default with that element's place."""
    outer = stream.frame
    frame = Frame(where or outer.where, outer, kind)
    frame.status, frame.printed = SUCCESS, True
    return frame


def mark_affixes(
    stream: TracedStream, frame: Frame, start: int, affixes: tuple[str, str], owner: Frame
) -> None:
    """Mark the first and last text of a frame as affixes, if it has affixes.

    Args:
        stream: The stream.
        frame: The frame.
        start: Where in the stream its text starts.
        affixes: Its prefix and its suffix.
        owner: The frame of the element that has them.
    """
    own = [
        piece
        for part, piece in zip(stream[start:], stream.pieces[start:], strict=True)
        if piece.frame is frame and type(part) is str and piece.kind is None
    ]
    for affix, place in zip(affixes, (0, -1), strict=True):
        if own and affix:
            own[place].kind, own[place].frame = "affix", owner
