"""`cs:group`: what elements print together, with delimiters, or not at all (CSL 1.0.2, "Group")."""

from __future__ import annotations

from collections.abc import Sequence

from refcite.csl.render.context import NO_VARIABLE, SUCCESS, Context, Render
from refcite.csl.style.attributes import NORMAL
from refcite.csl.style.elements import Choose, Element
from refcite.csl.text.punctuation import SIGNS, merges
from refcite.csl.text.stream import CLOSE, SEAM, Stream

__all__ = ["delimited", "joined", "nothing", "suppressing"]


def nothing(_ctx: Context, _stream: Stream) -> int:
    """Print nothing."""
    return NO_VARIABLE


def suppressing(body: Render, children: Sequence[Element]) -> Render:
    """Return a group's renderer: nothing is printed when all variables called were empty.

    Args:
        body: Prints the children.
        children: What is in the group.
    """

    def render(ctx: Context, stream: Stream) -> int:
        start, printed = len(stream), ctx.printed
        status = body(ctx, stream)
        if status == SUCCESS or (status == NO_VARIABLE and len(stream) > start):
            ctx.formatted_end = ctx.leaf_end = -1
            return SUCCESS
        if len(stream) > start:
            del stream[start:]
            ctx.formatted_end = -1
        ctx.printed = printed
        return status

    if not _ask_for_level(children):
        return render

    def render_level(ctx: Context, stream: Stream) -> int:
        level, ctx.level = ctx.level, len(stream)
        status = render(ctx, stream)
        ctx.level = level
        return status

    return render_level


def _ask_for_level(children: Sequence[Element]) -> bool:
    """Whether some of the children must know where the group starts (`formatting.dressed`)."""
    return any(
        child.look.format is not NORMAL and child.look.prefix[:1] in SIGNS
        if not isinstance(child, Choose)
        else any(_ask_for_level(branch.children) for branch in child.branches)
        for child in children
    )


def joined(children: tuple[Render, ...]) -> Render:
    """Return the renderer of elements one after the other."""

    def render(ctx: Context, stream: Stream) -> int:
        status = NO_VARIABLE
        for child in children:
            said = child(ctx, stream)
            if said > status:
                status = said
        return status

    return render


def delimited(children: tuple[Render, ...], delimiter: str) -> Render:
    """Return the renderer of elements with a delimiter between those that print something."""
    sign = delimiter[0] if delimiter[0] in SIGNS else ""

    def render(ctx: Context, stream: Stream) -> int:
        status = NO_VARIABLE
        start = len(stream)
        for child in children:
            here = len(stream)
            if here > start:
                if sign and here == ctx.leaf_end and merges(stream, sign):
                    stream += (SEAM, CLOSE)
                stream.append(delimiter)
                content = len(stream)
                said = child(ctx, stream)
                if len(stream) == content:
                    del stream[here:]
            else:
                said = child(ctx, stream)
            if said > status:
                status = said
        return status

    return render
