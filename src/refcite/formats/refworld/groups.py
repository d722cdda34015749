"""Blocks without a cite-as line: labels close together, under a title.

Such blocks are on the pages of the redesigned site (`- Author:`, `- Document source:`, `Date:`), in
the stories of UNHCR's daily press review, and on old pages whose cite-as line was lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats.languages import read_language
from refcite.formats.refworld.document import Document
from refcite.formats.refworld.fields import (
    Block,
    Context,
    extra_of,
    jurisdiction_of,
    keyword_of,
    title_above,
)
from refcite.formats.refworld.lines import Line
from refcite.formats.refworld.publishers import Publisher, is_court
from refcite.formats.refworld.symbols import kind_of_symbol
from refcite.formats.refworld.urls import read_address
from refcite.problems import Problem

__all__ = ["read_groups"]

_OPENING: Final = frozenset({"title", "publisher", "author", "court"})
_DATES: Final = ("date", "story-date", "plain-date")
_TELLING: Final = frozenset({*_DATES, "symbol", "publisher"})
_MOST_EMPTY_LINES: Final = 3
# Bodies that the redesigned site names as authors of their laws and decisions.
_NO_AUTHORS: Final = frozenset({"court", "legislature"})


def read_groups(lines: Sequence[Line], context: Context) -> Iterator[Document]:
    """Read the blocks without a cite-as line."""
    floor = 0
    for index in range(len(lines)):
        label = lines[index].label if index >= floor else None
        if label is None or label.name not in _OPENING:
            continue
        block = _group_from(lines, index, floor, context)
        if _TELLING & block.values.keys() and len(block.values) > 1 and block.title:
            yield _said(block, lines[block.start].number, context)
            floor = block.end


def _group_from(lines: Sequence[Line], index: int, floor: int, context: Context) -> Block:
    values: dict[str, str] = {}
    name, empty, end = "", 0, index
    for at in range(index, len(lines)):
        label, text = lines[at].label, lines[at].text.strip("-–•* ")
        if label is not None:
            if label.name in values:
                break
            name, empty, end = label.name, 0, at + 1
            values[name] = label.value
        elif text and not values[name]:
            values[name], end = text, at + 1
        elif text or empty == _MOST_EMPTY_LINES:
            break
        else:
            empty += 1
    given = {name: value for name, value in values.items() if value}
    heading = context.heading if floor == 0 else None
    title = given.get("title") or heading or title_above(lines, index, floor)
    return Block(values=given, start=index, end=end, title=title)


def _said(block: Block, line: int, context: Context) -> Document:
    values = block.values
    problems: list[Problem] = []
    date = next((values[name] for name in _DATES if name in values), None)
    author, publisher = _author_and_publisher(values, context)
    country = jurisdiction_of(values)
    is_law = publisher is not None and publisher.kind == "legislature"
    extra = extra_of(values)
    symbol = values.get("symbol")
    if symbol is None and kind_of_symbol(values.get("reference", "")) == "treaty":
        # For a treaty, the place of publication is in the place of a symbol.
        symbol = extra.pop("reference")
    return Document(
        title=block.title,
        author=author,
        publisher=publisher,
        leads=False,
        country=country if is_law else None,
        jurisdiction=country,
        symbol=symbol,
        issued=Date.parse(date, day_first=context.day_first, problems=problems) if date else None,
        url=context.document_url,
        keyword=keyword_of(values.get("topics")),
        language=read_language(values.get("language", "")) or None,
        named=values.get("document-type"),
        extra=extra,
        line=line,
        problems=tuple(problems),
    )


def _author_and_publisher(
    values: Mapping[str, str], context: Context
) -> tuple[str | None, Publisher | None]:
    author, name = values.get("author"), values.get("publisher") or values.get("court")
    if name:
        publisher = context.publishers.find(name) or Publisher(name, "unknown")
        # "Story date" is the label of the press review.
        is_news = "story-date" in values
        return author, evolve(publisher, kind="news") if is_news else publisher
    body = context.publishers.find(author) if author else None
    if author and body is None and is_court(author):
        body = Publisher(author, "court")
    if body is not None and body.kind in _NO_AUTHORS:
        return None, body
    source = context.publishers.find(values.get("source", ""))
    address = read_address(context.url) if context.url else None
    return author, source or (context.publishers.of_code(address.publisher) if address else None)
