"""Rendering that remembers: a compiler and a stream that keep the origin of all that is printed.

The stream is a list as any other, so the elements render, and later passes settle, exactly what
they do without it. Beside each part it keeps the `Frame` that was at work when the part came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, SupportsIndex, TypeVar, cast

from refcite.csl.compile import Compiler
from refcite.csl.conditions import Condition, compile_branch
from refcite.csl.context import SUCCESS, Context, Render
from refcite.csl.elements import (
    Branch,
    Choose,
    DateElement,
    Element,
    Label,
    Names,
    Number,
    Text,
)
from refcite.csl.explanation import Outcome, SpanKind, Where
from refcite.csl.output import Mark, Stream
from refcite.csl.places import where_of, where_of_branch
from refcite.csl.sequences import nothing
from refcite.csl.variables import attribute_for

__all__ = ["Frame", "Piece", "TracedStream", "TracingCompiler"]

_Work = TypeVar("_Work", bound=Callable[..., None])


class Frame:
    """An element at work, once; frames make a tree as the elements do.

    Attributes:
        where: The element.
        outer: The frame around.
        kind: What text is that comes from the element itself.
        element: The element as it was read, where it is one that is rendered.
        variables: The variables that it prints itself.
        term: The locale's term that it prints itself.
        children: The frames within.
        status: What it said of its variables.
        printed: Whether it printed something.
        substituted: Whether it printed nothing since its variable stands for names.
        tests: Of a branch: the tests of its condition; None where it was not tried.
        is_localized: Of a date and its parts: whether what they put between is the locale's.
        is_open: Of a branch: whether its condition held.
        names: Of `cs:names`: whose variable each name is.
    """

    __slots__ = (
        "children", "element", "is_localized", "is_open", "kind", "names", "outer", "printed",
        "status", "substituted", "term", "tests", "variables", "where",
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
        self.term: str | None = None
        self.children: list[Frame] = []
        self.status = 0
        self.printed = False
        self.substituted = False
        self.tests: tuple[Outcome, ...] | None = None
        self.is_open = True
        self.is_localized = False
        self.names: dict[int, str] = {}
        if outer is not None:
            outer.children.append(self)


class Piece:
    """What is known of one part of a stream.

    Attributes:
        frame: What was at work when it came.
        kind: What it is, where that is not what the frame says.
        original: Its text before punctuation was settled; None where it came with that.
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

    def __iadd__(self, parts: Iterable[str | Mark]) -> TracedStream:  # type: ignore[override, misc]  # as list, but for its own class
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
        found: list[Piece] = []
        place = 0
        for part in after:
            if place < len(before) and before[place] is part:
                found.append(pieces[place])
                place += 1
            elif type(part) is str and self.frame is self.root:
                # Only what stands for names is ever put into an entry that is done.
                names = (one.frame for one in pieces if one.frame.kind == "variable")
                found.append(Piece(next(names, self.root), "repeated-author"))
            else:
                found.append(Piece(self.frame))
        return found

    def freeze(self) -> None:
        """Note all texts as they are before punctuation is settled."""
        for part, piece in zip(self, self.pieces, strict=True):
            piece.original = part if type(part) is str else None


class TracingCompiler(Compiler):
    """A compiler whose renderers note what they do in a `TracedStream`."""

    def element(self, element: Element, delimiter: str = "") -> Render:
        """Return an element's renderer, which puts up a frame around its work."""
        render = super().element(element, delimiter)
        if isinstance(element, Names):
            return _traced(render, element, _note_names(element))
        return _traced(render, element, _note_element(element))

    def macro(self, name: str) -> Render:
        """Return a macro's renderer, in a frame."""
        macro = self.style.macros[name]
        where = Where(element="macro", line=macro.line, attributes={"name": name})
        return _within(super().macro(name), where)

    def _choose(self, element: Choose, delimiter: str) -> Render:
        # What comes after a branch that every item of this type takes, prints nothing.
        is_settled = False
        branches: list[_TracedBranch] = []
        for branch in element.branches:
            condition = compile_branch(branch, self.item_type, self.in_citation)
            prints = branch.children and condition is not False and not is_settled
            body = self.sequence(branch.children, delimiter) if prints else nothing
            is_settled |= condition is True
            branches.append(self._traced_branch(branch, element, condition, body))

        def render(ctx: Context, stream: Stream) -> int:
            traced = cast(TracedStream, stream)
            taken: _TracedBranch | None = None
            status = 0
            for branch in branches:
                if taken is not None:
                    branch.leave(traced)
                elif branch.holds(ctx, traced):
                    taken = branch
                    status = branch.print(ctx, traced)
            return status

        return render

    def _traced_branch(
        self, branch: Branch, choose: Choose, condition: Condition | bool, body: Render
    ) -> _TracedBranch:
        tests = [
            (
                f'{test.kind}="{test.value}"',
                compile_branch(Branch(tests=(test,)), self.item_type, self.in_citation),
            )
            for test in branch.tests
        ]
        return _TracedBranch(branch, where_of_branch(branch, choose), condition, tests, body)

    def observed(self, element: Element, part: str, work: _Work) -> _Work:
        """Return what appends a part of an element, in a frame."""
        watched: _Work = _WATCHERS[part](element, work)
        return watched


class _TracedBranch:
    """A branch of `cs:choose`."""

    def __init__(
        self,
        branch: Branch,
        where: Where,
        condition: Condition | bool,
        tests: list[tuple[str, Condition | bool]],
        body: Render,
    ) -> None:
        self._branch = branch
        self._where = where
        self._condition = condition
        self._tests = tests
        self._body = body

    def _frame(self, stream: TracedStream, is_open: bool) -> Frame:
        frame = Frame(self._where, stream.frame, element=self._branch)
        frame.is_open = is_open
        return frame

    def leave(self, stream: TracedStream) -> None:
        """Note that the branch was not tried."""
        self._frame(stream, is_open=False)

    def holds(self, ctx: Context, stream: TracedStream) -> bool:
        """Tell, and note, whether the condition holds."""
        counted = ctx.conditions
        tests = tuple(Outcome(test=test, held=_value(found, ctx)) for test, found in self._tests)
        ctx.conditions = counted  # looking at the tests one by one is no test of its own
        held = _value(self._condition, ctx)
        if not held:
            self._frame(stream, is_open=False).tests = tests
        return held

    def print(self, ctx: Context, stream: TracedStream) -> int:
        """Print what stands in the branch."""
        outer, start = stream.frame, len(stream)
        frame = stream.frame = self._frame(stream, is_open=True)
        status = frame.status = self._body(ctx, stream)
        stream.frame, frame.printed = outer, len(stream) > start
        return status


def _value(condition: Condition | bool, ctx: Context) -> bool:
    return condition if isinstance(condition, bool) else condition(ctx)


# Frames

_Note = Callable[[Frame, Context], None]


def _within(render: Render, where: Where) -> Render:
    """Return a renderer that works in a frame."""

    def traced(ctx: Context, stream: Stream) -> int:
        own = cast(TracedStream, stream)
        outer, start = own.frame, len(own)
        frame = own.frame = Frame(where, outer)
        status = frame.status = render(ctx, stream)
        own.frame, frame.printed = outer, len(own) > start
        return status

    return traced


def _traced(render: Render, element: Element, note: _Note) -> Render:
    """Return a renderer that works in an element's frame and tells its affixes from the rest."""
    where, look = where_of(element), element.look

    def traced(ctx: Context, stream: Stream) -> int:
        own = cast(TracedStream, stream)
        outer, start = own.frame, len(own)
        frame = own.frame = Frame(where, outer, element=element)
        note(frame, ctx)
        status = frame.status = render(ctx, stream)
        own.frame, frame.printed = outer, len(own) > start
        if frame.printed:
            _mark_affixes(own, frame, start, look.prefix, look.suffix)
        return status

    return traced


def _mark_affixes(stream: TracedStream, frame: Frame, start: int, prefix: str, suffix: str) -> None:
    """Mark the first and last text of a frame as what they are where it has affixes."""
    own = [
        piece
        for part, piece in zip(stream[start:], stream.pieces[start:], strict=True)
        if piece.frame is frame and type(part) is str and piece.kind is None
    ]
    if own and prefix:
        own[0].kind = "affix"
    if own and suffix:
        own[-1].kind = "affix"


def _note_element(element: Element) -> _Note:
    """Return what tells a frame which variable or term its element prints."""
    kind: SpanKind = "delimiter"
    variable = term = None
    if isinstance(element, Text):
        variable, term = element.variable, element.term
        kind = "variable" if variable else "term" if term else "value" if element.value else kind
    elif isinstance(element, Number):
        kind, variable = "variable", element.variable
    elif isinstance(element, Label):
        kind, variable, term = "term", element.variable, element.variable
    elif isinstance(element, DateElement):
        variable = element.variable
    variables = (variable,) if variable else ()
    is_localized = isinstance(element, DateElement) and element.form is not None

    def note(frame: Frame, ctx: Context) -> None:
        frame.is_localized = is_localized
        frame.kind, frame.variables = kind, variables
        frame.term = ctx.label if term == "locator" else term
        frame.substituted = any(map(ctx.is_substituted, variables))

    return note


def _note_names(element: Names) -> _Note:
    """Return what tells the frame of `cs:names` whose variable each of the item's names is."""
    attributes = [(name, attribute_for(name) or name) for name in element.variables]

    def note(frame: Frame, ctx: Context) -> None:
        frame.variables = element.variables
        frame.substituted = any(map(ctx.is_substituted, element.variables))
        frame.names = {
            id(name): variable
            for variable, attribute in attributes
            for name in ctx.item.names(attribute)
        }

    return note


# Parts of elements


def _part(where: Where, stream: TracedStream, kind: SpanKind) -> Frame:
    """Return a frame for a part of the element at work; its own where it has no element."""
    frame = Frame(where, stream.frame, kind)
    frame.status, frame.printed = SUCCESS, True
    return frame


def _watch_name(element: Element, work: Any) -> Any:
    names = cast(Names, element)
    where = where_of(names.name or names)

    def append(name: Any, index: int, level: int, language: str, stream: TracedStream) -> None:
        outer = stream.frame
        frame = _part(where, stream, "variable")
        variable = _names_of(outer).get(id(name))
        frame.variables = (variable,) if variable else ()
        stream.frame = frame
        work(name, index, level, language, stream)
        stream.frame = outer

    return append


def _names_of(frame: Frame) -> dict[int, str]:
    """Return whose variable names are, by the nearest `cs:names` around."""
    around: Frame | None = frame
    while around is not None and not around.names:
        around = around.outer
    return around.names if around is not None else {}


def _watch_end(element: Element, work: Any) -> Any:
    names = cast(Names, element)
    where = where_of(names.et_al or names.name or names)
    term = names.et_al.term if names.et_al else "et-al"

    def append(shown: Any, last: int, language: str, stream: TracedStream) -> None:
        outer, start = stream.frame, len(stream)
        frame = stream.frame = _part(where, stream, "delimiter")
        work(shown, last, language, stream)
        stream.frame = outer
        own = [
            piece
            for part, piece in zip(stream[start:], stream.pieces[start:], strict=True)
            if piece.frame is frame and type(part) is str
        ]
        if len(own) > 1:
            own[-1].kind, frame.term = "term", term

    return append


def _watch_label(element: Element, work: Any) -> Any:
    label = cast(Label, cast(Names, element).label)
    where = where_of(label)

    def append(variable: str, many: bool, ctx: Context, stream: TracedStream) -> None:
        outer, start = stream.frame, len(stream)
        frame = stream.frame = _part(where, stream, "term")
        frame.term = variable
        work(variable, many, ctx, stream)
        stream.frame = outer
        _mark_affixes(stream, frame, start, label.look.prefix, label.look.suffix)

    return append


def _watch_date_part(element: Element, work: Any) -> Any:
    date = cast(DateElement, element)
    own = {part.name: where_of(part) for part in date.parts}
    whole = where_of(date)

    def append(text: str, dress: Any, stream: TracedStream, ctx: Context | None) -> None:
        outer, start = stream.frame, len(stream)
        frame = stream.frame = _part(own.get(dress.part, whole), stream, "variable")
        frame.variables = (date.variable,)
        frame.is_localized = date.form is not None
        work(text, dress, stream, ctx)
        stream.frame = outer
        _mark_affixes(stream, frame, start, dress.prefix, dress.suffix)

    return append


_WATCHERS: Final[dict[str, Callable[[Element, Any], Any]]] = {
    "name": _watch_name,
    "et-al": _watch_end,
    "label": _watch_label,
    "date-part": _watch_date_part,
}
