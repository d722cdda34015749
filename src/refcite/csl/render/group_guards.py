"""`reject` and `require` of `cs:group` (CSL-M): groups that depend on how their output begins.

Legal styles print a locator after a comma or after a space: `Title 1000, 123` but `Title 123`, and
`Title, fol. 123`. They have the group twice, once with each attribute.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from refcite.csl.render.context import EMPTY, SUCCESS, Context, Render
from refcite.csl.text.stream import Stream, plain_text

__all__ = ["guarded"]

_NUMBER_LAST: Final = re.compile(r"[0-9]\Z")


def guarded(
    body: Render, reject: str | None, require: str | None, variables: frozenset[str]
) -> Render:
    """Return a group that prints nothing if its output has a property, or has not.

    Args:
        body: Prints the group.
        reject: The property that it must not have.
        require: The property that it must have.
        variables: What is printed in the group. It is not printed again in the same cite.
    """
    rejected = None if reject is None else _TESTS.get(reject)
    required = None if require is None else _TESTS.get(require)

    def render(ctx: Context, stream: Stream) -> int:
        start, printed = len(stream), ctx.printed
        outer, ctx.label_start = ctx.label_start, -1
        status = body(ctx, stream)
        label, ctx.label_start = ctx.label_start, outer
        if status != SUCCESS or len(stream) == start:
            return status
        text = plain_text(stream, start)
        labelled = label == start or not plain_text(stream[start:label] if label > 0 else [" "])
        before = plain_text(stream[:start])
        if (rejected is not None and rejected(before, text, labelled)) or (
            required is not None and not required(before, text, labelled)
        ):
            del stream[start:]
            ctx.printed = printed
            return EMPTY
        ctx.printed_numbers |= variables
        return status

    return render


def _joins_numbers(before: str, text: str, _labelled: bool) -> bool:
    """Whether two numbers would follow each other without a comma."""
    return bool(_NUMBER_LAST.search(before.rstrip(" ,"))) and text[:1].isdigit()


def _is_comma_safe(before: str, text: str, labelled: bool) -> bool:
    return (labelled and text[:1].isalpha()) or _joins_numbers(before, text, labelled)


def _has_no_label(_before: str, text: str, labelled: bool) -> bool:
    return not labelled or not text[:1].isalpha()


_TESTS: Final[dict[str, Callable[[str, str, bool], bool]]] = {
    "comma-safe": _is_comma_safe,
    "comma-safe-numbers-only": _joins_numbers,
    "empty-label": _has_no_label,
    "empty-label-no-decor": _has_no_label,
}
