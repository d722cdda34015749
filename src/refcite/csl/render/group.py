"""`cs:group`: elements that are printed or omitted together (CSL 1.0.2, "Group")."""

from __future__ import annotations

from refcite.csl.render.context import EMPTY, NO_VARIABLE, SUCCESS, Context, Render
from refcite.csl.text.stream import Stream

__all__ = ["delimited", "empty", "joined", "nothing", "suppressing"]


def nothing(_ctx: Context, _stream: Stream) -> int:
    """Print nothing."""
    return NO_VARIABLE


def empty(_ctx: Context, _stream: Stream) -> int:
    """Print nothing, for a variable that has no value."""
    return EMPTY


def suppressing(body: Render) -> Render:
    """Return a group's renderer: nothing is printed when all variables called were empty.

    Args:
        body: Prints the children.
    """
    if body is nothing or body is empty:
        return body

    def render(ctx: Context, stream: Stream) -> int:
        start, printed = len(stream), ctx.printed
        status = body(ctx, stream)
        if status == SUCCESS or (status == NO_VARIABLE and len(stream) > start):
            return SUCCESS
        if len(stream) > start:
            del stream[start:]
        ctx.printed = printed
        return status

    return render


def joined(children: tuple[Render, ...], least: int = NO_VARIABLE) -> Render:
    """Return the renderer of elements one after the other.

    Args:
        children: Print the elements.
        least: The status of elements that were omitted, since they print nothing.
    """

    def render(ctx: Context, stream: Stream) -> int:
        status = least
        for child in children:
            found = child(ctx, stream)
            if found > status:
                status = found
        return status

    return render


def delimited(children: tuple[Render, ...], delimiter: str, least: int = NO_VARIABLE) -> Render:
    """Return the renderer of elements with a delimiter between those that print something.

    Args:
        children: Print the elements.
        delimiter: The delimiter.
        least: The status of elements that were omitted, since they print nothing.
    """

    def render(ctx: Context, stream: Stream) -> int:
        status = least
        start = len(stream)
        for child in children:
            here = len(stream)
            if here > start:
                stream.append(delimiter)
                content = len(stream)
                found = child(ctx, stream)
                if len(stream) == content:
                    del stream[here:]
            else:
                found = child(ctx, stream)
            if found > status:
                status = found
        return status

    return render
