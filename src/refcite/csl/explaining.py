"""From a traced stream to an explanation: whose each piece of the settled text is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal

from attrs import define, evolve

from refcite.csl.backends import find_backend
from refcite.csl.citations import CitationWriter
from refcite.csl.cites import Cite
from refcite.csl.compile import Compiler
from refcite.csl.context import EMPTY, SUCCESS, Context, Render
from refcite.csl.elements import Branch, Choose, Element, Names, Style, Text
from refcite.csl.entries import EntryWriter
from refcite.csl.explanation import (
    ExplainedSpan,
    Explanation,
    Reason,
    Skipped,
    SpanKind,
    TextSource,
    Where,
)
from refcite.csl.output import CLOSE, FIELD, NORMAL, Block, Format, Mark, Quote, Span, Stream, Tag
from refcite.csl.places import where_of
from refcite.csl.serialise import Serialiser
from refcite.csl.survey import variables_within
from refcite.csl.tracing import Frame, TracedStream
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["Explainer"]

_BRANCHES: Final = frozenset(("choose", "if", "else-if", "else"))
_TAGGED: Final = ("citation-number", "year-suffix")
_OF_DOCUMENT: Final = (*_TAGGED, "first-reference-note-number", "locator")


class Explainer:
    """Renders entries and citations anew and explains them.

    Args:
        style: The style.
        name: What the style is called.
        serialiser: Who settles streams.
        compiler_for: Gives the tracing compiler for a type of item.
    """

    def __init__(
        self,
        style: Style,
        name: str,
        serialiser: Serialiser,
        compiler_for: Callable[[str], Compiler],
    ) -> None:
        self._style = style
        self._name = name
        self._serialiser = serialiser
        self._compiler_for = compiler_for
        self._layouts: dict[str, Render] = {}
        self._within: dict[int, tuple[str, ...]] = {}

    def entries(
        self, keys: Iterable[str], wanted: set[str], context_of: Callable[[str], Context]
    ) -> Iterator[tuple[str, Explanation]]:
        """Yield the explanations of a bibliography's entries.

        Args:
            keys: The works in the bibliography's order.
            wanted: Those that are to be explained.
            context_of: Gives a new context for an entry.
        """
        options = self._style.bibliography
        assert options is not None  # noqa: S101 - callers look for it
        # What stands for repeated authors depends on all entries before.
        is_alone = options.subsequent_author_substitute is None
        root = where_of(options.layout)
        repeated = Where(
            element="bibliography",
            line=options.line,
            attributes={"subsequent-author-substitute": options.subsequent_author_substitute or ""},
        )
        frames: list[Frame] = []
        writer = EntryWriter(
            options, self._compiler_for, self._serialiser, lambda: TracedStream(frames[-1])
        )

        for key in keys:
            if is_alone and key not in wanted:
                continue

            def context(key: str = key) -> Context:
                frames.append(Frame(root, None, "affix"))
                return context_of(key)

            stream = writer.rendered(context)
            if key in wanted:
                ctx = context_of(key)
                yield key, self._explanation(stream, ctx, repeated, "bibliography")
            frames.clear()

    def citation(self, writer: CitationWriter, cite: Cite, ctx: Context) -> Explanation:
        """Return the explanation of a citation of one work."""
        root = where_of(self._style.citation.layout)
        stream = TracedStream(Frame(root, None, "affix"))
        writer.append(cite, ctx, stream)
        if stream:
            writer.frame(stream)
        return self._explanation(stream, ctx, root, "citation")

    def layout(self, item_type: str) -> Render:
        """Return the traced renderer of citations for a type of item."""
        found = self._layouts.get(item_type)
        if found is None:
            children = self._style.citation.layout.children
            found = self._layouts[item_type] = self._compiler_for(item_type).sequence(children)
        return found

    def _explanation(
        self,
        stream: Stream,
        ctx: Context,
        repeated: Where,
        area: Literal["bibliography", "citation"],
    ) -> Explanation:
        assert isinstance(stream, TracedStream)  # noqa: S101 - the writer was given no other
        skipped = list(self._skipped(stream.root, (stream.root.where,)))
        return Explanation(
            id=ctx.record.id,
            style=self._name,
            area=area,
            spans=tuple(_spans(stream, self._serialiser, repeated)),
            skipped=tuple(dict.fromkeys(skipped)),
            variables=variables_of(ctx.record),
        )

    # What was skipped

    def _skipped(self, frame: Frame, path: tuple[Where, ...]) -> Iterator[Skipped]:
        for child in frame.children:
            around = _longer(path, child.where)
            if child.where.element in _BRANCHES:
                if not child.is_open:
                    yield self._closed(child, around)
                    continue
            elif not child.printed:
                found = self._empty(child, around)
                if found is not None:
                    yield found
            elif isinstance(child.element, Names):
                yield from self._replaced(child, child.element, around)
            yield from self._skipped(child, around)

    def _closed(self, frame: Frame, path: tuple[Where, ...]) -> Skipped:
        """Return what says that a branch was not taken."""
        branch = frame.element
        assert isinstance(branch, Branch)  # noqa: S101 - no other frame is closed
        variables = self._variables(branch, branch.children)
        if frame.tests is not None:
            return Skipped(path=path, reason="condition", variables=variables, tests=frame.tests)
        siblings = frame.outer.children if frame.outer else []
        taken = next((one.where for one in siblings if one.is_open), None)
        return Skipped(path=path, reason="not-reached", variables=variables, instead=taken)

    def _empty(self, frame: Frame, path: tuple[Where, ...]) -> Skipped | None:
        """Return what says why an element printed nothing."""
        element = frame.element
        if not isinstance(element, Element):
            return None  # a macro: what calls it says it
        variables = frame.variables or self._variables(element, (element,))
        reason: Reason = "nothing-printed"
        if isinstance(element, Names) and frame.status == SUCCESS:
            reason = "repeated-author"
        elif frame.substituted:
            reason = "substituted"
        elif frame.variables and (frame.status == EMPTY or isinstance(element, Text)):
            reason = "empty"
        elif frame.term is not None:
            reason = "no-term"
        return Skipped(path=path, reason=reason, variables=variables)

    def _replaced(self, frame: Frame, names: Names, path: tuple[Where, ...]) -> Iterator[Skipped]:
        """Yield the names for which a substitute stands, and the substitutes not needed."""
        printed_itself = any(part.kind == "variable" for part in frame.children)
        if not printed_itself:
            reason: Reason = "substituted" if frame.substituted else "empty"
            yield Skipped(path=path, reason=reason, variables=names.variables)
        tried = {id(child.element) for child in frame.children}
        # What `cs:choose` offers is tried piece by piece (`names.py`).
        chosen = {one.where.line for one in frame.children if isinstance(one.element, Choose)}
        for element in names.substitute:
            is_tried = isinstance(element, Choose) and element.line in chosen
            if id(element) not in tried and not is_tried:
                yield Skipped(
                    path=(*path, where_of(element)),
                    reason="not-needed",
                    variables=self._variables(element, (element,)),
                )

    def _variables(self, whole: Element | Branch, elements: tuple[Element, ...]) -> tuple[str, ...]:
        found = self._within.get(id(whole))
        if found is None:
            found = self._within[id(whole)] = variables_within(self._style, elements)
        return found


def variables_of(record: Record) -> tuple[str, ...]:
    """Return the CSL variables that a record has."""
    return tuple(name for name, attribute in ATTRIBUTES.items() if getattr(record, attribute))


def _longer(path: tuple[Where, ...], where: Where) -> tuple[Where, ...]:
    """Return a path with one more element, where that is another than its last."""
    return path if path[-1:] == (where,) else (*path, where)


# What was printed


@define(eq=False)
class _Leaf:
    """A text of the settled stream.

    Attributes:
        text: The text.
        original: What it was before punctuation was settled; None where it came with that.
        frame: What printed it.
        kind: What it is.
        variable: The variable it comes from.
        format: Its formatting.
        place: Its place among all.
    """

    text: str
    original: str | None
    frame: Frame
    kind: SpanKind
    variable: str | None
    format: Format
    place: int = 0


def _spans(stream: TracedStream, serialiser: Serialiser, repeated: Where) -> list[ExplainedSpan]:
    leaves = list(_leaves(stream, serialiser))
    spans: list[ExplainedSpan] = []
    last: _Leaf | None = None
    for place, leaf in enumerate(leaves):
        leaf.place = place
    for index in range(len(leaves)):
        for text, owner in _shares(leaves, index):
            if not text:
                continue
            span = _span(leaves, owner, repeated)
            before = spans[-1] if spans else None
            same = last is not None and last.frame is owner.frame
            if before is not None and same and evolve(before, text="") == span:
                spans[-1] = evolve(before, text=before.text + text)
            else:
                spans.append(evolve(span, text=text))
            last = owner
    return spans


def _leaves(stream: TracedStream, serialiser: Serialiser) -> Iterator[_Leaf]:
    """Settle a stream and yield its texts, quotation marks and what blocks put around them."""
    stream.freeze()
    resolved = serialiser.settled(stream)
    open_marks: list[Mark] = []
    formats = [NORMAL]
    leaves: list[_Leaf] = []
    # Where the blocks that are open start.
    starts: list[int] = []
    for part, final, piece in zip(stream, resolved, stream.pieces, strict=True):
        frame = piece.frame
        if type(part) is str:
            if part:
                leaves.append(
                    _Leaf(
                        part,
                        piece.original,
                        frame,
                        piece.kind or frame.kind,
                        _variable(frame, open_marks),
                        formats[-1],
                    )
                )
            continue
        if part is CLOSE:
            mark = open_marks.pop()
            if isinstance(mark, Span):
                formats.pop()
            elif isinstance(mark, Block):
                _put_around(leaves, starts.pop(), mark, frame)
        else:
            mark = part  # type: ignore[assignment]  # no leaf: a mark
            open_marks.append(mark)
            if isinstance(final, Span):
                formats.append(_over(formats[-1], final.format))
            elif isinstance(mark, Block):
                starts.append(len(leaves))
        if isinstance(mark, Quote) and isinstance(final, str) and final:
            of_text = FIELD in open_marks or not _quotes(frame)
            kind: SpanKind = frame.kind if of_text else "quotes"
            variable = _variable(frame, open_marks) if of_text else None
            leaves.append(_Leaf(final, final, frame, kind, variable, formats[-1]))
    yield from leaves


def _put_around(leaves: list[_Leaf], start: int, block: Block, frame: Frame) -> None:
    """Add the space that plain text has around a block."""
    if start == len(leaves):
        return
    before, after = find_backend("text").block(block.display, "\0").split("\0")
    for place, text in ((start, before), (len(leaves) + bool(before), after)):
        if text:
            leaves.insert(place, _Leaf(text, text, frame, "display", None, NORMAL))


def _quotes(frame: Frame) -> bool:
    return isinstance(frame.element, Element) and frame.element.look.quotes


def _variable(frame: Frame, open_marks: Sequence[Mark]) -> str | None:
    """Return the variable that a text comes from."""
    for mark in reversed(open_marks):
        if isinstance(mark, Tag) and mark.name in _TAGGED:
            return mark.name
    return frame.variables[0] if frame.variables else None


def _over(around: Format, inner: Format) -> Format:
    names = ("font_style", "font_variant", "font_weight", "text_decoration", "vertical_align")
    return Format(*(getattr(inner, name) or getattr(around, name) for name in names))


def _shares(leaves: Sequence[_Leaf], index: int) -> list[tuple[str, _Leaf]]:
    """Return the parts of a text, each with the text it was before punctuation was settled.

    A comma that went into a quotation is still that of the element after it.
    """
    leaf = leaves[index]
    text, original = leaf.text, leaf.original
    if original is None:
        return [(text, _giver(leaves, index, text, ahead=True) or leaf)]
    if text == original or text in original:
        return [(text, leaf)]
    if original.endswith(text[1:]) and not original.startswith(text[:1]):
        return [(text[0], _giver(leaves, index, text[0], ahead=False) or leaf), (text[1:], leaf)]
    kept = 0
    while kept < min(len(text), len(original)) and text[kept] == original[kept]:
        kept += 1
    rest = text[kept:]
    return [(text[:kept], leaf), (rest, _giver(leaves, index, rest[0], ahead=True) or leaf)]


def _giver(leaves: Sequence[_Leaf], index: int, sign: str, *, ahead: bool) -> _Leaf | None:
    """Return the text that a sign was taken from."""
    for place in range(index + 1, len(leaves)) if ahead else range(index - 1, -1, -1):
        other = leaves[place]
        before = other.original
        if before and before != other.text and before[0 if ahead else -1] == sign[0]:
            return other
    return None


def _span(leaves: Sequence[_Leaf], leaf: _Leaf, repeated: Where) -> ExplainedSpan:
    """Return a span without its text."""
    frame, kind = leaf.frame, leaf.kind
    path = _path(frame)
    if kind == "repeated-author":
        path = (repeated,)
    elif kind == "delimiter":
        if isinstance(frame.element, Names):
            path = _path_of_joint(leaves, leaf) or path
        while path[-1].element in _BRANCHES:
            path = path[:-1]
    return ExplainedSpan(
        text="",
        kind=kind,
        variable=leaf.variable if kind in ("variable", "repeated-author") else None,
        term=frame.term if kind == "term" else None,
        source=_source(leaf),
        path=path,
        format=leaf.format,
    )


def _source(leaf: _Leaf) -> TextSource:
    if leaf.kind == "variable":
        return "document" if leaf.variable in _OF_DOCUMENT else "record"
    if leaf.kind == "term" or (leaf.frame.is_localized and leaf.kind in ("affix", "delimiter")):
        return "locale"
    return "style"


def _path(frame: Frame) -> tuple[Where, ...]:
    frames: list[Frame] = []
    around: Frame | None = frame
    while around is not None:
        frames.append(around)
        around = around.outer
    path: tuple[Where, ...] = ()
    for one in reversed(frames):
        path = _longer(path, one.where)
    return path


def _path_of_joint(leaves: Sequence[_Leaf], leaf: _Leaf) -> tuple[Where, ...] | None:
    """Return the path of what stands between two names of one list: `cs:name` says it."""

    def nearest(places: range) -> _Leaf | None:
        side = (leaves[place] for place in places)
        names = (one for one in side if one.frame.outer is leaf.frame and one.kind == "variable")
        return next(names, None)

    before = nearest(range(leaf.place - 1, -1, -1))
    after = nearest(range(leaf.place + 1, len(leaves)))
    if before is None or after is None or before.variable != after.variable:
        return None
    return _path(before.frame)
