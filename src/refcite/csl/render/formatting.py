"""An element's affixes, formatting, quotes, display, strip-periods and text-case (`Look`).

Source: CSL 1.0.2, "Formatting", "Affixes", "Display", "Quotes", "Strip-periods" and "Text-case".
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from refcite.csl.render.context import Context, Render
from refcite.csl.render.group import empty, nothing
from refcite.csl.render.scope import Scope
from refcite.csl.render.variables import ADDRESSES
from refcite.csl.style.attributes import NORMAL, PLAIN, Format, Look, TextCase
from refcite.csl.style.elements import Element, Label, Text
from refcite.csl.text.brackets import alternate_brackets, has_brackets
from refcite.csl.text.punctuation import strip_periods
from refcite.csl.text.scripts import has_romanesque
from refcite.csl.text.stream import CLOSE, QUOTE, Block, Mark, Span, Stream, plain_text
from refcite.csl.text.text_case import apply_case

__all__ = [
    "Transform",
    "append_formatted",
    "dressed",
    "dressed_element",
    "transform_of",
]

Transform = Callable[[Context, Stream, int], None]
"""Changes the contents of a stream from an index on."""


def append_formatted(
    append: Callable[[str, Stream], object],
    text: str,
    look: Look,
    stream: Stream,
    language: str = "",
) -> None:
    """Append a text in the format and the case of a look, without its affixes.

    Args:
        append: Appends the text itself.
        text: The text.
        look: The look.
        stream: Where it is appended.
        language: The language of the text, for its case.
    """
    formatted = look.format is not NORMAL
    if formatted:
        stream.append(Span(look.format))
    start = len(stream)
    append(text, stream)
    if look.strip_periods:
        strip_periods(stream, start)
    if look.text_case is not None:
        apply_case(look.text_case, stream, start, language)
    if formatted:
        stream.append(CLOSE)


def dressed(
    inner: Render,
    look: Look,
    language: str,
    *,
    nests: bool = False,
    of_locale: bool = False,
    is_leaf: bool = False,
) -> Render:
    """Return a renderer that applies a look to the output of another; empty output stays empty.

    Args:
        inner: Prints the text to which the look is applied.
        look: The look.
        language: The language of the locale, such as `en-us`.
        nests: Whether brackets within brackets become square, as in notes.
        of_locale: Whether the text is the locale's or the style's, and not the item's.
        is_leaf: Whether no elements are in it: then a script without italics stays upright.
    """
    if look is PLAIN or inner is nothing or inner is empty:
        return inner
    if nests and has_brackets(look.prefix + look.suffix):
        return _bracketed(inner, look, language, of_locale)
    opening, closing = _opening(look), _closing(look)
    transform = transform_of(look, language, of_locale=of_locale)
    upright = _upright(look.format) if is_leaf else None

    def render(ctx: Context, stream: Stream) -> int:
        start = len(stream)
        stream.extend(opening)
        here = len(stream)
        status = inner(ctx, stream)
        if len(stream) == here:
            del stream[start:]
            return status
        if upright is not None and not has_romanesque(plain_text(stream, here)):
            stream[here - 1] = upright
        if transform is not None:
            transform(ctx, stream, here)
        stream.extend(closing)
        return status

    return render


def dressed_element(
    render: Render, element: Element, scope: Scope, *, is_leaf: bool = True
) -> Render:
    """Return a renderer that applies the look of an element to the output of another.

    Args:
        render: Prints the text of the element.
        element: The element.
        scope: Where it is.
        is_leaf: Whether no elements are in it.
    """
    look = scope.placed(element.look)
    # An address without its points would lead nowhere.
    is_address = isinstance(element, Text) and element.variable in ADDRESSES
    strips = is_leaf and (look.strip_periods or scope.strips) and not is_address
    if strips != look.strip_periods:
        look = evolve(look, strip_periods=strips)
    nests = scope.area.nests_brackets and not is_leaf
    of_locale = isinstance(element, Label) or (
        isinstance(element, Text) and (element.term is not None or element.value is not None)
    )
    return dressed(
        render,
        look,
        scope.area.item_language,
        nests=nests,
        of_locale=of_locale,
        is_leaf=is_leaf,
    )


def _upright(format_: Format) -> Span | None:
    """Return the span for texts in scripts that have no italics; None if nothing changes.

    Chinese, Japanese and Korean have none, and neither have numbers and signs within them.
    """
    if format_.font_style not in ("italic", "oblique"):
        return None
    return Span(evolve(format_, font_style=None))


def _bracketed(inner: Render, look: Look, language: str, of_locale: bool) -> Render:
    prefix, suffix = look.prefix, look.suffix
    dress = dressed(inner, evolve(look, prefix="", suffix=""), language, of_locale=of_locale)

    def render(ctx: Context, stream: Stream) -> int:
        start, depth = len(stream), ctx.brackets
        opening, ctx.brackets = alternate_brackets(prefix, depth)
        if opening:
            stream.append(opening)
        here = len(stream)
        status = dress(ctx, stream)
        if len(stream) == here:
            del stream[start:]
            ctx.brackets = depth
            return status
        closing, ctx.brackets = alternate_brackets(suffix, ctx.brackets)
        if closing:
            stream.append(closing)
        return status

    return render


def _opening(look: Look) -> tuple[str | Mark, ...]:
    marks: list[str | Mark] = []
    if look.display is not None:
        marks.append(Block(look.display))
    if look.prefix:
        marks.append(look.prefix)
    if look.quotes:
        marks.append(QUOTE)
    if look.format is not NORMAL:
        marks.append(Span(look.format))
    return tuple(marks)


def _closing(look: Look) -> tuple[str | Mark, ...]:
    marks: list[str | Mark] = []
    if look.format is not NORMAL:
        marks.append(CLOSE)
    if look.quotes:
        marks.append(CLOSE)
    if look.suffix:
        marks.append(look.suffix)
    if look.display is not None:
        marks.append(CLOSE)
    return tuple(marks)


def transform_of(look: Look, language: str, *, of_locale: bool = False) -> Transform | None:
    """Return the function that changes an element's text: periods first, then the case.

    Args:
        look: The look.
        language: The language of the locale, such as `en-us`.
        of_locale: Whether the text is in that language independent of the item's: terms, labels and
            the names of months and seasons.
    """
    case = look.text_case
    if look.strip_periods:
        if case is None:
            return _strip
        return _strip_and(_case_of(case, language, of_locale))
    return None if case is None else _case_of(case, language, of_locale)


def _strip(_ctx: Context, stream: Stream, start: int) -> None:
    strip_periods(stream, start)


def _strip_and(change: Transform) -> Transform:
    def transform(ctx: Context, stream: Stream, start: int) -> None:
        strip_periods(stream, start)
        change(ctx, stream, start)

    return transform


def _case_of(case: TextCase, language: str, of_locale: bool) -> Transform:
    def transform(ctx: Context, stream: Stream, start: int) -> None:
        chosen = language if of_locale else ctx.item.language or language
        # Title case is for English only (specification, "Non-English Items").
        if case != "title" or chosen.startswith("en"):
            apply_case(case, stream, start, chosen)

    return transform
