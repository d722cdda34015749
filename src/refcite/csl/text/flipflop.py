"""The flip-flop of nested formatting: italics within italics are upright.

Markup in a field reverses formatting that is already active (specification, "Formatting"). The same
walk replaces quotations by quotation marks (`quotes.py`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from attrs import evolve

from refcite.csl.style.attributes import NORMAL, Format
from refcite.csl.text.quotes import QuoteMarks
from refcite.csl.text.stream import CLOSE, Quote, Span, Stream

__all__ = ["resolve"]

# The attributes of `Format`, in its order, with the values that undo them.
_ATTRIBUTES: Final = (
    ("font_style", "normal"),
    ("font_variant", "normal"),
    ("font_weight", "normal"),
    ("text_decoration", "none"),
    ("vertical_align", "baseline"),
)


def resolve(
    stream: Stream,
    marks: QuoteMarks,
    around: Format = NORMAL,
    keeps_quotations: bool = False,
) -> Stream:
    """Return a stream with quotation marks, in which each span has its final format.

    Args:
        stream: The rendered stream, with its punctuation resolved.
        marks: The quotation marks.
        around: The format of the surrounding text.
        keeps_quotations: Whether quotations remain marks, which have their quotation marks; except
            those with the marks of the writer, which are text.
    """
    done: Stream = []
    formats = [around]
    # For each open mark: the closing quotation mark, True for a span, False for any other.
    open_marks: list[str | bool] = []
    # Whether the open quotations have inner marks.
    quotes: list[bool] = []
    # Where they start if they remain marks, otherwise -1.
    kept: list[int] = []
    for part in stream:
        if type(part) is str:
            done.append(part)
        elif part is CLOSE:
            closing = open_marks.pop()
            if type(closing) is str:
                quotes.pop()
                start = kept.pop()
                if start < 0:
                    done.append(closing)
                else:
                    _close_quotation(done, start)
                continue
            if closing:
                formats.pop()
            done.append(CLOSE)
        elif type(part) is Quote:
            outermost = not any(type(mark) is str for mark in open_marks)
            inner, (opening, closing_mark) = marks.around(
                part, quotes[-1] if quotes else None, outermost
            )
            quotes.append(inner)
            if keeps_quotations and not (outermost and part.written is not None):
                kept.append(len(done))
                done.append(Quote(written=(opening, closing_mark)))
            else:
                kept.append(-1)
                done.append(opening)
            open_marks.append(closing_mark)
        elif type(part) is Span:
            shown = _flipped(part.format, formats[-1], part.from_text)
            formats.append(_merged(formats[-1], shown))
            done.append(part if shown is part.format else Span(shown))
            open_marks.append(True)
        else:
            done.append(part)
            open_marks.append(False)
    return done


def _close_quotation(done: Stream, start: int) -> None:
    """Close a quotation that remains a mark; a sign that was moved into it is in the mark."""
    last, opened = done[-1], done[start]
    if type(last) is str and type(opened) is Quote and len(done) > start + 1:
        if last in (".", ","):
            done[start] = evolve(opened, sign=last)
            del done[-1]
        elif last.endswith(","):
            # No quoted text ends with a comma of its own.
            done[start] = evolve(opened, sign=",")
            done[-1] = last[:-1]
    done.append(CLOSE)


# A style has few formats, in few combinations.
@lru_cache(maxsize=1024)
def _flipped(wanted: Format, around: Format, from_text: bool) -> Format:
    """Return the format that a span must set for the intended appearance."""
    changes: dict[str, str | None] = {}
    for attribute, default in _ATTRIBUTES:
        value, outer = getattr(wanted, attribute), getattr(around, attribute)
        if value is None:
            continue
        if value == default == "normal" and outer in (default, None):
            # "none" and "baseline" are always written: the surrounding output, such as a link, may
            # be underlined or raised.
            changes[attribute] = None
        elif from_text and value == outer and attribute != "vertical_align":
            changes[attribute] = default
    return evolve(wanted, **changes) if changes else wanted


@lru_cache(maxsize=1024)
def _merged(around: Format, inner: Format) -> Format:
    return Format(
        *(getattr(inner, attribute) or getattr(around, attribute) for attribute, _ in _ATTRIBUTES)
    )
