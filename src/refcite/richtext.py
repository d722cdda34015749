"""The markup that CSL-JSON allows in the text of a field.

A title may contain `<i>E. coli</i>` or `<span class="nocase">NASA</span>` (CSL-JSON, "Markup in
fields"). `tokens` cuts such a text at its tags, `join` writes it again, `plain` removes the
tags. A tag without its partner, or one that crosses another, is not markup but text: `5 < 6` and
`a <i> b` are unchanged. All take time in proportion to the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final, Literal

from attrs import frozen

__all__ = ["END", "End", "Kind", "Open", "Token", "join", "plain", "tokens"]

Kind = Literal["i", "b", "sup", "sub", "sc", "nocase", "nodecor"]
"""The kinds of spans: italic, bold, superscript, subscript, small capitals, fixed case, plain."""


@frozen
class Open:
    """The start of a span.

    Attributes:
        kind: The kind of the span.
    """

    kind: Kind


class End(Enum):
    """The end of the innermost span that is open."""

    END = "end"


END: Final = End.END

Token = str | Open | End

_DEEPEST: Final = 100
"""So many tags may be open; the output formats write them inside out, at a cost for each."""
_TAG: Final = re.compile(r"<(?:/?(?:i|b|sup|sub|sc)|span(?:\s[^<>]*)?|/span)>")
_SPANS: Final = {
    'class="nocase"': Open("nocase"),
    'class="nodecor"': Open("nodecor"),
    "font-variant:small-caps": Open("sc"),
}
_OPENS: Final[dict[str, Open]] = {
    "<i>": Open("i"),
    "<b>": Open("b"),
    "<sup>": Open("sup"),
    "<sub>": Open("sub"),
    "<sc>": Open("sc"),
}
_WRITTEN: Final[dict[str, tuple[str, str]]] = {
    **{kind: (f"<{kind}>", f"</{kind}>") for kind in ("i", "b", "sup", "sub")},
    "sc": ('<span style="font-variant:small-caps;">', "</span>"),
    "nocase": ('<span class="nocase">', "</span>"),
    "nodecor": ('<span class="nodecor">', "</span>"),
}


def tokens(text: str) -> list[Token]:
    """Cut a field at its markup.

    Args:
        text: The field. Character entities such as `&amp;` are text.

    Returns:
        Text, `Open` and `END` in reading order; each `Open` has its `END`. Tags inside 100 others
        are omitted, since output formats nest spans.

    Example:
        >>> tokens("On <i>E. coli</i> and 5 <i> 6")
        ['On ', Open(kind='i'), 'E. coli', <End.END: 'end'>, ' and 5 <i> 6']
    """
    if "<" not in text:
        return [text] if text else []
    pieces, tags = _TAG.split(text), _TAG.findall(text)
    spans = _paired(tags)
    found: list[Token] = []
    run: list[str] = []
    depth = 0
    for piece, tag, token in zip(pieces, [*tags, ""], [*spans, None], strict=True):
        run.append(piece)
        if token is None:
            run.append(tag)
            continue
        if token is END:
            depth -= 1
        is_omitted = depth >= _DEEPEST
        if token is not END:
            depth += 1
        if is_omitted:
            continue
        if any(run):
            found.append("".join(run))
        run = []
        found.append(token)
    if any(run):
        found.append("".join(run))
    return found


def _paired(tags: list[str]) -> list[Open | End | None]:
    """Return the token of each tag, None if it has no partner and is text."""
    meant: list[Open | End | None] = [None] * len(tags)
    waiting: list[tuple[str, int]] = []
    counts: dict[str, int] = {}
    for index, tag in enumerate(tags):
        name = "span" if tag.startswith("<span") else tag.strip("</>")
        if tag[1] != "/":
            waiting.append((name, index))
            counts[name] = counts.get(name, 0) + 1
            continue
        if not counts.get(name):
            continue
        # Tags that were opened since then and not closed cross this span, so they are text.
        while True:
            opened, start = waiting.pop()
            counts[opened] -= 1
            if opened == name:
                break
        meaning = _meaning(tags[start])
        if meaning:
            meant[start], meant[index] = meaning, END
    return meant


def _meaning(tag: str) -> Open | None:
    known = _OPENS.get(tag)
    if known:
        return known
    squeezed = tag.replace(" ", "").replace("'", '"').lower()
    return next((span for mark, span in _SPANS.items() if mark in squeezed), None)


def join(parts: Iterable[Token]) -> str:
    """Write a field from parts such as those from `tokens`.

    Example:
        >>> join([Open("nocase"), "NASA", END, " at work"])
        '<span class="nocase">NASA</span> at work'
    """
    written: list[str] = []
    closing: list[str] = []
    for part in parts:
        if isinstance(part, str):
            written.append(part)
        elif isinstance(part, Open):
            start, end = _WRITTEN[part.kind]
            written.append(start)
            closing.append(end)
        else:
            written.append(closing.pop())
    return "".join(written)


def plain(text: str) -> str:
    """Return a field without its markup.

    Example:
        >>> plain("H<sub>2</sub>O <3")
        'H2O <3'
    """
    if "<" not in text:
        return text
    return "".join([part for part in tokens(text) if isinstance(part, str)])
