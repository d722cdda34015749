"""The pieces of a finished stream, with their texts and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define, evolve, frozen

from refcite.csl.backends import find_backend
from refcite.csl.explain.element_tags import BRANCHES, longer
from refcite.csl.explain.explanation import ExplainedSpan, Setting, SpanKind, TextSource, Where
from refcite.csl.explain.trace import Frame, TracedStream
from refcite.csl.render.variables import OF_DOCUMENT
from refcite.csl.style.attributes import NORMAL, Format
from refcite.csl.style.elements import Element
from refcite.csl.text.serialiser import Serialiser
from refcite.csl.text.stream import CLOSE, FIELD, Block, Mark, Quote, Span, Tag

__all__ = ["SpanContext", "spans_of", "without_spaces_around"]

_TAGGED: Final = ("citation-number", "year-suffix")


@frozen
class SpanContext:
    """The data about the pieces of an entry that they do not contain themselves.

    Attributes:
        repeated: The element that sets the substitute for repeated authors.
        aligned: The element that separates the first field.
        suffixing: The setting that gave the work its year suffix, if it has one.
        variables: The variables that the record has.
    """

    repeated: Where
    aligned: Where
    suffixing: Setting
    variables: tuple[str, ...]


@define(eq=False)
class _Leaf:
    """A text of the finished stream.

    Attributes:
        text: The text.
        original: Its text before punctuation was resolved; None if it was added by that step.
        frame: The element that printed it.
        kind: The kind of the text.
        variable: Its variable.
        format: Its formatting.
        place: Its index among all texts.
    """

    text: str
    original: str | None
    frame: Frame
    kind: SpanKind
    variable: str | None
    format: Format
    place: int = 0


def spans_of(
    stream: TracedStream, serialiser: Serialiser, context: SpanContext
) -> list[ExplainedSpan]:
    """Finish a stream and return its pieces."""
    leaves = list(_leaves(stream, serialiser))
    spans: list[ExplainedSpan] = []
    last: _Leaf | None = None
    for place, leaf in enumerate(leaves):
        leaf.place = place
    for index in range(len(leaves)):
        for text, owner in _shares(leaves, index):
            if not text:
                continue
            span = _span(owner, context)
            before = spans[-1] if spans else None
            same = last is not None and last.frame is owner.frame
            if before is not None and same and evolve(before, text="") == span:
                spans[-1] = evolve(before, text=before.text + text)
            else:
                spans.append(evolve(span, text=text))
            last = owner
    return spans


def without_spaces_around(spans: Sequence[ExplainedSpan]) -> list[ExplainedSpan]:
    """Remove the spaces at the start and the end of an entry, as the bibliography does."""
    left = list(spans)
    while left and not left[0].text.lstrip(" "):
        del left[0]
    while left and not left[-1].text.rstrip(" "):
        del left[-1]
    if left:
        left[0] = evolve(left[0], text=left[0].text.lstrip(" "))
        left[-1] = evolve(left[-1], text=left[-1].text.rstrip(" "))
    return left


def _leaves(stream: TracedStream, serialiser: Serialiser) -> Iterator[_Leaf]:
    """Finish a stream and yield its texts, quotation marks and the spaces around blocks."""
    stream.freeze()
    resolved = serialiser.settled(stream)
    open_marks: list[Mark] = []
    formats = [NORMAL]
    leaves: list[_Leaf] = []
    # The starts of the open blocks.
    starts: list[int] = []
    for part, final, piece in zip(stream, resolved, stream.pieces, strict=True):
        frame = piece.frame
        if type(part) is str:
            if part:
                kind = piece.kind or frame.kind
                variable = _variable(frame, open_marks)
                leaves.append(_Leaf(part, piece.original, frame, kind, variable, formats[-1]))
            continue
        if part is CLOSE:
            mark = open_marks.pop()
            if isinstance(mark, Span):
                formats.pop()
            elif isinstance(mark, Block):
                _put_around(leaves, starts.pop(), mark, frame)
        else:
            mark = part  # type: ignore[assignment]  # not a leaf, so a mark
            open_marks.append(mark)
            if isinstance(final, Span):
                formats.append(_over(formats[-1], final.format))
            elif isinstance(mark, Block):
                starts.append(len(leaves))
        if isinstance(mark, Quote) and isinstance(final, str) and final:
            of_text = FIELD in open_marks or not _quotes(frame)
            kind = frame.kind if of_text else "quotes"
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
    """Return the variable of a text."""
    for mark in reversed(open_marks):
        if isinstance(mark, Tag) and mark.name in _TAGGED:
            return mark.name
    return frame.variables[0] if frame.variables else None


def _over(around: Format, inner: Format) -> Format:
    names = ("font_style", "font_variant", "font_weight", "text_decoration", "vertical_align")
    return Format(*(getattr(inner, name) or getattr(around, name) for name in names))


def _shares(leaves: Sequence[_Leaf], index: int) -> list[tuple[str, _Leaf]]:
    """Return the parts of a text, each with its text before punctuation was resolved.

    A comma that was moved into a quotation still belongs to the element after it.
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
    """Return the text from which a sign was moved."""
    for place in range(index + 1, len(leaves)) if ahead else range(index - 1, -1, -1):
        other = leaves[place]
        before = other.original
        if before and before != other.text and before[0 if ahead else -1] == sign[0]:
            return other
    return None


def _span(leaf: _Leaf, context: SpanContext) -> ExplainedSpan:
    """Return a span without its text."""
    frame, kind = leaf.frame, leaf.kind
    path = _path(frame)
    if kind == "repeated-author":
        path = (context.repeated,)
    elif kind == "display" and len(path) == 1:
        path = (context.aligned,)
    elif kind == "delimiter":
        while path[-1].element in BRANCHES:
            path = path[:-1]
    settings = frame.settings.get(kind, ())
    if leaf.variable == "year-suffix" and kind == "variable":
        settings = (*settings, context.suffixing)
    return ExplainedSpan(
        text="",
        kind=kind,
        variable=leaf.variable if kind in ("variable", "repeated-author") else None,
        term=frame.term if kind == "term" else None,
        source=_source(leaf, settings, context),
        path=path,
        format=leaf.format,
        settings=settings,
    )


def _source(leaf: _Leaf, settings: tuple[Setting, ...], context: SpanContext) -> TextSource:
    if leaf.kind == "variable":
        is_made = leaf.variable == "citation-label" and leaf.variable not in context.variables
        return "document" if is_made or leaf.variable in OF_DOCUMENT else "record"
    if leaf.kind == "term":
        return "style" if any(one.name == "term" for one in settings) else "locale"
    return "locale" if leaf.kind in leaf.frame.of_locale else "style"


def _path(frame: Frame) -> tuple[Where, ...]:
    frames: list[Frame] = []
    around: Frame | None = frame
    while around is not None:
        frames.append(around)
        around = around.outer
    path: tuple[Where, ...] = ()
    for one in reversed(frames):
        path = longer(path, one.where)
    return path
