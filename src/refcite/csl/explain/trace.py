"""What is remembered of rendering: frames of elements at work, and a stream that keeps them.

The stream is a list as any other, so the elements render, and later passes settle, exactly what
they do without it. Beside each part it keeps the `Frame` that was at work when the part came in.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
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
        variable: Whose names.
        left_out: How many.
        settings: What limits the list.
    """

    variable: str
    left_out: int
    settings: tuple[Setting, ...]


class Frame:
    """An element at work, once; frames make a tree as the elements do.

    Attributes:
        where: The element.
        outer: The frame around.
        kind: What text is that comes from the element itself.
        element: The element as it was read, where it is one that is rendered.
        variables: The variables that it prints itself.
        short_of: The variable whose short form it prints instead.
        term: The locale's term that it prints itself.
        children: The frames within.
        status: The status of its variables.
        printed: Whether it printed something.
        substituted: Whether it printed nothing since its variable represents names.
        tests: Of a branch: the tests of its condition; None if it was not tried.
        is_open: Of a branch: whether its condition held.
        of_locale: What kinds of its text are the locale's.
        settings: What shaped its text, by the kind of the text.
        names: Of `cs:names`: whose variable each name is.
        listed: Of `cs:names`: the variables of the lists that it printed.
        added: Of a list of names: the places of those that only disambiguation shows.
        cut: Of a list of names: what was omitted.
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
    """What is known of one part of a stream.

    Attributes:
        frame: What was at work when it came.
        kind: Its kind, if it is not that of the frame.
        original: Its text before punctuation was settled; None if it came with that.
    """

    __slots__ = ("frame", "kind", "original")

    def __init__(self, frame: Frame, kind: SpanKind | None = None) -> None:
        self.frame = frame
        self.kind = kind
        self.original: str | None = None


class TracedStream(list[str | Mark]):
    """A stream that keeps a `Piece` beside each of its parts.

    Args:
        root: The frame of the layout.
    """

    def __init__(self, root: Frame) -> None:
        super().__init__()
        self.root = self.frame = root
        self.pieces: list[Piece] = []

    def append(self, part: str | Mark) -> None:
        """Append a part."""
        super().append(part)
        self.pieces.append(Piece(self.frame))

    def extend(self, parts: Iterable[str | Mark]) -> None:
        """Append parts; those of a traced stream keep their pieces."""
        if isinstance(parts, TracedStream):
            self.pieces += parts.pieces
            super().extend(parts)
            return
        for part in parts:
            self.append(part)

    def __iadd__(self, parts: Iterable[str | Mark]) -> TracedStream:  # type: ignore[override, misc]  # as list, except its own class
        self.extend(parts)
        return self

    def insert(self, index: SupportsIndex, part: str | Mark) -> None:
        """Insert a part."""
        super().insert(index, part)
        self.pieces.insert(index, Piece(self.frame))

    def pop(self, index: SupportsIndex = -1) -> str | Mark:
        """Take a part out and return it."""
        self.pieces.pop(index)
        return super().pop(index)

    def __delitem__(self, index: SupportsIndex | slice) -> None:
        super().__delitem__(index)
        del self.pieces[index]

    def __setitem__(self, index: SupportsIndex | slice, part: Any) -> None:
        if isinstance(index, slice):
            part = list(part)
            self.pieces[index] = self._matched(self[index], self.pieces[index], part)
        super().__setitem__(index, part)

    def _matched(
        self, before: Sequence[str | Mark], pieces: Sequence[Piece], after: Sequence[str | Mark]
    ) -> list[Piece]:
        """Return the pieces of new parts: what was there before keeps its own."""
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
                # Only what represents names is ever put into an entry that is done.
                names = (one.frame for one in pieces if one.frame.kind == "variable")
                found.append(Piece(next(names, self.root), "repeated-author"))
            else:
                found.append(Piece(self.frame))
        return found

    def freeze(self) -> None:
        """Note all texts as they are before punctuation is settled."""
        for part, piece in zip(self, self.pieces, strict=True):
            piece.original = part if type(part) is str else None


def part_of(stream: TracedStream, where: Where | None, kind: SpanKind) -> Frame:
    """Return a frame for a part of the element at work; of its own place where it has none."""
    outer = stream.frame
    frame = Frame(where or outer.where, outer, kind)
    frame.status, frame.printed = SUCCESS, True
    return frame


def mark_affixes(
    stream: TracedStream, frame: Frame, start: int, affixes: tuple[str, str], owner: Frame
) -> None:
    """Mark the first and last text of a frame as what they are where it has affixes.

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
