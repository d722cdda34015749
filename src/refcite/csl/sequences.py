"""What elements print together: groups, delimiters, alternatives."""

from __future__ import annotations

from refcite.csl.conditions import Condition
from refcite.csl.context import NO_VARIABLE, SUCCESS, Context, Render
from refcite.csl.output import CLOSE, SEAM, Stream
from refcite.csl.punctuation import SIGNS, merges

__all__ = ["chosen", "delimited", "joined", "nothing", "suppressing"]


def nothing(_ctx: Context, _stream: Stream) -> int:
    """Print nothing."""
    return NO_VARIABLE


def suppressing(body: Render) -> Render:
    """Return a group's renderer: nothing is printed when all variables called were empty."""

    def render(ctx: Context, stream: Stream) -> int:
        start, printed, level, formatted_end = (
            len(stream),
            ctx.printed,
            ctx.level,
            ctx.formatted_end,
        )
        ctx.level = start
        status = body(ctx, stream)
        ctx.level = level
        if status == SUCCESS or (status == NO_VARIABLE and len(stream) > start):
            ctx.formatted_end = ctx.leaf_end = -1
            return SUCCESS
        del stream[start:]
        ctx.printed, ctx.formatted_end = printed, formatted_end
        return status

    return render


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


def chosen(branches: list[tuple[Condition, Render]], otherwise: Render) -> Render:
    """Return the renderer of the first branch whose condition is true."""
    if not branches:
        return otherwise
    if len(branches) == 1:
        test, body = branches[0]

        def render_one(ctx: Context, stream: Stream) -> int:
            return body(ctx, stream) if test(ctx) else otherwise(ctx, stream)

        return render_one

    def render(ctx: Context, stream: Stream) -> int:
        for condition, branch in branches:
            if condition(ctx):
                return branch(ctx, stream)
        return otherwise(ctx, stream)

    return render
