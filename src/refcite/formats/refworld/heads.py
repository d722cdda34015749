"""The heads of pages that have neither labels nor a cite-as string."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from refcite.formats.refworld.document import Document
from refcite.formats.refworld.fields import NOTE_OF_SAVER, Context
from refcite.formats.refworld.lines import Line
from refcite.formats.refworld.publishers import Publishers
from refcite.formats.refworld.symbols import kind_of_symbol

__all__ = ["read_head"]

_SYMBOL: Final = re.compile(r"^(?P<title>.+\S) ?\[(?P<symbol>[A-Z][^\[\]\s]{3,40})\]$")
_LONGEST_TITLE: Final = 1_500
_MOST_LINES: Final = 60


def read_head(lines: Sequence[Line], context: Context) -> Document | None:
    """Read a title with its symbol in brackets, or one above notices of the site.

    The first is the form of ecoi.net for responses to information requests; the second remains of a
    page whose metadata was lost.
    """
    head = [
        line for line in lines[:_MOST_LINES] if line.text and not NOTE_OF_SAVER.match(line.text)
    ]
    if not head or len(head[0].text) > _LONGEST_TITLE:
        return None
    title = head[0].text.lstrip("#* ").rstrip("* ")
    numbered = _SYMBOL.match(title)
    if numbered and kind_of_symbol(numbered["symbol"]) is not None:
        return Document(
            title=numbered["title"],
            symbol=numbered["symbol"],
            author=_author_below(head, context.publishers),
            line=head[0].number,
        )
    notices = {label.name: at for at, line in enumerate(head) if (label := line.label)}
    if not {"comments", "disclaimer"} <= notices.keys() or head[0].label:
        return None
    comments = _text_of(head, notices["comments"])
    return Document(
        title=title, extra={"comments": comments} if comments else {}, line=head[0].number
    )


def _author_below(head: Sequence[Line], publishers: Publishers) -> str | None:
    """Return the next line if it is a body's name, such as a directorate of a known one."""
    if len(head) < 2:
        return None
    parts = head[1].text.split(", ")
    tails = (", ".join(parts[start:]) for start in range(min(len(parts), 3)))
    return head[1].text if any(publishers.find(tail) for tail in tails) else None


def _text_of(head: Sequence[Line], at: int) -> str:
    label = head[at].label
    texts = [label.value] if label and label.value else []
    for line in head[at + 1 :]:
        if line.label:
            break
        texts.append(line.text)
    return " ".join(texts)
