"""The metadata block of a page, found from its surest line, "Cite as", outwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from refcite.formats.refworld.citeas import CiteAs, Hints, read_cite_as
from refcite.formats.refworld.fields import (
    Block,
    Context,
    extra_of,
    jurisdiction_of,
    keyword_of,
    title_above,
)
from refcite.formats.refworld.lines import Line
from refcite.formats.refworld.publishers import Publisher
from refcite.formats.refworld.records import Said
from refcite.formats.refworld.text import fold

__all__ = ["read_blocks"]

_ACCESSED: Final = re.compile(r"[\[(][^\[\]()]{0,20}accessed[^\[\]()]*[\])]", re.IGNORECASE)
_FARTHEST: Final = 60
_MOST_LINES: Final = 40
_BELOW: Final = frozenset({"comments", "disclaimer"})


def read_blocks(lines: Sequence[Line], context: Context) -> Iterator[Said]:
    """Read the metadata blocks that end in a "Cite as" line."""
    floor = 0
    for index in range(len(lines)):
        label = lines[index].label if index >= floor else None
        if label is None or label.name != "cite-as":
            continue
        string, after = _string_at(lines, index)
        block = _block_around(lines, index, floor, string, after) if "," in string else None
        parts = _read_string(block, context) if block else None
        if block and parts:
            yield _said(block, parts, lines[index].number, context)
            floor = block.end


def _string_at(lines: Sequence[Line], index: int) -> tuple[str, int]:
    """Return the cite-as string that starts at a line, and the index behind its last line.

    It may go on over several lines and even over empty ones; the day of access ends it. Where
    there is none, the first empty line does.
    """
    texts: list[str] = []
    first_end = None
    for at in range(index, min(len(lines), index + _MOST_LINES)):
        label = lines[at].label
        if label is not None and at > index:
            break
        text = label.value if label else lines[at].text
        if text:
            texts.append(text)
        elif texts and first_end is None:
            first_end = len(texts), at
        accessed = _ACCESSED.search(" ".join(texts[-2:]))
        if accessed:
            behind = len(" ".join(texts[-2:])) - accessed.end()
            whole = " ".join(texts)
            return whole[: len(whole) - behind], at + 1
    count, end = first_end or (len(texts), index + max(1, len(texts)))
    return " ".join(texts[:count]), end


def _block_around(lines: Sequence[Line], index: int, floor: int, string: str, after: int) -> Block:
    values, start = _values_above(lines, index, floor)
    below, end = _values_below(lines, after)
    return Block(
        values={**below, **values},
        start=start,
        end=end,
        title=title_above(lines, start, floor),
        cite_as=string,
    )


def _values_above(lines: Sequence[Line], index: int, floor: int) -> tuple[dict[str, str], int]:
    """Walk upwards to the block's first label.

    No label counts twice, and none above "Publisher" but "Title": a title may begin with a word
    that is a label too.
    """
    values: dict[str, str] = {}
    below: list[str] = []
    start = index
    for at in range(index - 1, max(floor, index - _FARTHEST) - 1, -1):
        label = lines[at].label
        name = label.name if label else ""
        if "title" in values or ("publisher" in values and name != "title"):
            break
        if label is None or name in values or name == "cite-as" or name in _BELOW:
            below.append(lines[at].text)
            continue
        values[name] = _joined([label.value, *reversed(below)], name)
        below.clear()
        start = at
    return values, start


def _joined(texts: Sequence[str], name: str) -> str:
    texts = [text.strip(" |") for text in texts]
    if name == "symbol":
        # A narrow column breaks the label itself: `Citation / Document PAK104254.E … Symbol`.
        texts = [text for text in texts if text != "Symbol"]
    return " ".join(text for text in texts if text)


def _values_below(lines: Sequence[Line], after: int) -> tuple[dict[str, str], int]:
    """Read "Comments" and step over "Disclaimer" behind the string."""
    values: dict[str, str] = {}
    name, end = "", after
    for at in range(after, min(len(lines), after + _FARTHEST)):
        label, text = lines[at].label, lines[at].text
        if label is not None:
            if label.name not in _BELOW or label.name in values:
                break
            name, end = label.name, at + 1
            values[name] = label.value
        elif text and name:
            values[name], end = f"{values[name]} {text}".strip(), at + 1
        elif text or values.get(name):
            break
    values.pop("disclaimer", None)
    return values, end


def _read_string(block: Block, context: Context) -> CiteAs | None:
    values = block.values
    publisher = values.get("publisher") or values.get("court")
    known = context.publishers.find(publisher) if publisher else None
    hints = Hints(
        publisher=publisher,
        symbol=values.get("symbol"),
        title=values.get("title") or block.title or None,
        is_legislation=known is not None and known.kind == "legislature",
    )
    names = [publisher] if publisher else []
    publishers = context.publishers.with_names(names, kind="unknown")
    return read_cite_as(block.cite_as, publishers, hints)


def _said(block: Block, parts: CiteAs, line: int, context: Context) -> Said:
    """Put string and block together: the string decides on what it prints."""
    values = block.values
    publisher = parts.publisher
    named = values.get("publisher") or values.get("court")
    if publisher is None and named and not parts.authors:
        publisher = context.publishers.find(named) or Publisher(named, "unknown")
    is_settled = named is not None and publisher is not None and fold(named) == fold(publisher.name)
    return Said.of_string(
        parts,
        publisher=publisher,
        author=values.get("author"),
        jurisdiction=jurisdiction_of(values),
        named=values.get("document-type"),
        url=parts.tail.url or context.document_url,
        keyword=keyword_of(values.get("topics")),
        extra=_extra(values, parts),
        line=line,
        problems=tuple(
            problem
            for problem in parts.problems
            if not (is_settled and problem.code == "guessed-publisher")
        ),
    )


def _extra(values: Mapping[str, str], parts: CiteAs) -> dict[str, Any]:
    extra = extra_of(values)
    if values.get("symbol") and not parts.symbol:
        # The site does not print it, so it is not the document's number there.
        extra["symbol"] = values["symbol"]
    return extra
