"""The metadata block of a page: labels and their values, found from its surest line outwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from refcite.dates import Date
from refcite.formats.refworld.citeas import CiteAs, Hints, read_cite_as
from refcite.formats.refworld.labels import Label, label_at
from refcite.formats.refworld.publishers import Publisher, Publishers, is_country
from refcite.formats.refworld.records import Said
from refcite.formats.refworld.text import Line, fold
from refcite.formats.refworld.urls import read_address
from refcite.problems import Problem

__all__ = ["Context", "read_blocks", "read_groups"]


@frozen(kw_only=True)
class Context:
    """What readers of pages are given beside the lines.

    Attributes:
        publishers: The known publishers.
        day_first: How `01/02/2017` is read.
        url: The page's own address, where its HTML gives it.
    """

    publishers: Publishers
    day_first: bool | None = None
    url: str | None = None


@frozen(kw_only=True)
class _Block:
    """Labels with their values, where they begin and end, and the title above them."""

    values: dict[str, str] = field(factory=dict)
    start: int = 0
    end: int = 0
    title: str = ""
    cite_as: str = ""


_ACCESSED: Final = re.compile(r"accessed[^\[\]()]*[\])]", re.IGNORECASE)
_UPDATED: Final = re.compile(r"^Last Update ?d:? *(?P<date>.+)$", re.IGNORECASE)
_NOTE_OF_SAVER: Final = re.compile(r"^# ?[\w-]+:")
_MOST_CITE_AS_LINES: Final = 40
_FARTHEST: Final = 80
_GAP: Final = 3
# What stands above the first of these is the title.
_TOP: Final = frozenset({"title", "publisher"})
_OPENING: Final = frozenset({"title", "publisher", "author", "court"})
_TELLING: Final = frozenset({"date", "plain-date", "story-date", "symbol", "publisher"})


def read_blocks(lines: Sequence[Line], context: Context) -> Iterator[Said]:
    """Read the metadata blocks that end in a "Cite as" line."""
    floor = 0
    for index in range(len(lines)):
        label = label_at(lines[index].text) if index >= floor else None
        if label is None or label.name != "cite-as":
            continue
        block = _block_around(lines, index, label, floor)
        parts = _read_block_string(block, context)
        if parts is not None:
            yield _said_of_block(block, parts, lines[index].number, context)
            floor = block.end


def _block_around(lines: Sequence[Line], index: int, label: Label, floor: int) -> _Block:
    values, start = _values_above(lines, index, floor)
    cite_as, after = _string_at(lines, index, label)
    below, end = _values_below(lines, after)
    return _Block(
        values={**below, **values},
        start=start,
        end=end,
        title=_title_above(lines, start, floor),
        cite_as=cite_as,
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
        text = lines[at].text
        label = label_at(text)
        is_top = "title" in values or ("publisher" in values and (label or _NONE).name != "title")
        if is_top:
            break
        if label is None or label.name in values or label.name in {"cite-as", "disclaimer"}:
            below.append(text)
            continue
        values[label.name] = _joined([label.value, *reversed(below)], label.name)
        below.clear()
        start = at
    return values, start


_NONE: Final = Label(name="", value="", is_marked=False)


def _joined(texts: Sequence[str], name: str) -> str:
    texts = [text.strip(" |") for text in texts]
    if name == "symbol":
        # A narrow column breaks the label itself: `Citation / Document PAK104254.E … Symbol`.
        texts = [text for text in texts if text != "Symbol"]
    return " ".join(text for text in texts if text)


def _string_at(lines: Sequence[Line], index: int, label: Label) -> tuple[str, int]:
    """Return the cite-as string, which may go on over several lines, and the line behind it."""
    texts = [label.value]
    ends_at = None
    for at in range(index, min(len(lines), index + _MOST_CITE_AS_LINES)):
        if at > index:
            if label_at(lines[at].text) is not None:
                break
            texts.append(lines[at].text)
        if _ACCESSED.search(" ".join(texts[-2:])):
            ends_at = at
            break
    if ends_at is None:
        # Without a day of access, it ends at the first empty line.
        texts = texts[:1] if texts[0] else []
        at = index + 1
        while at < len(lines) and (lines[at].text or not texts):
            if label_at(lines[at].text) is not None or len(texts) > _MOST_CITE_AS_LINES:
                break
            texts.extend([lines[at].text] if lines[at].text else [])
            at += 1
        return " ".join(texts), at
    return " ".join(text for text in texts if text), ends_at + 1


def _values_below(lines: Sequence[Line], after: int) -> tuple[dict[str, str], int]:
    """Read "Comments" and step over "Disclaimer" behind the string."""
    values: dict[str, str] = {}
    name, at = "", after
    for at in range(after, min(len(lines), after + _FARTHEST)):
        text = lines[at].text
        label = label_at(text)
        if label is not None and label.name in {"comments", "disclaimer"}:
            if label.name in values:
                break
            name = label.name
            values[name] = label.value
        elif label is not None or (not text and values.get(name)) or (text and not name):
            break
        elif text:
            values[name] = f"{values[name]} {text}".strip()
    values.pop("disclaimer", None)
    return values, max(at, after)


def _title_above(lines: Sequence[Line], start: int, floor: int) -> str:
    """Return the paragraph above a block."""
    title: list[str] = []
    for at in range(start - 1, max(floor, start - _FARTHEST) - 1, -1):
        text = lines[at].text
        if _UPDATED.match(text) or _NOTE_OF_SAVER.match(text):
            break
        if text:
            title.append(text.lstrip("#* ").rstrip("*| "))
        elif title:
            break
    return " ".join(reversed(title))


def _read_block_string(block: _Block, context: Context) -> CiteAs | None:
    values = block.values
    publisher = values.get("publisher") or values.get("court")
    hints = Hints(
        publisher=publisher,
        symbol=values.get("symbol"),
        title=values.get("title") or block.title or None,
        is_legislation=_is_legislature(publisher, context),
    )
    publishers = context.publishers.with_names([publisher]) if publisher else context.publishers
    return read_cite_as(block.cite_as, publishers, hints)


def _is_legislature(publisher: str | None, context: Context) -> bool:
    found = context.publishers.find(publisher) if publisher else None
    return found is not None and found.kind == "legislature"


def _said_of_block(block: _Block, parts: CiteAs, line: int, context: Context) -> Said:
    """Put string and block together: the string decides on what it prints."""
    values = block.values
    publisher = parts.publisher
    named = values.get("publisher") or values.get("court")
    problems = parts.problems
    if publisher is None and named and not parts.authors:
        publisher = context.publishers.find(named) or Publisher(named, "other")
    if named and publisher and fold(named) == fold(publisher.name):
        problems = tuple(problem for problem in problems if problem.code != "guessed-publisher")
    return Said.of_string(
        parts,
        publisher=publisher,
        author=values.get("author"),
        jurisdiction=_jurisdiction(values),
        named=values.get("document-type"),
        url=parts.tail.url or _own_url(context),
        keyword=_keyword(values.get("topics")),
        extra=_block_extra(values, parts),
        line=line,
        problems=problems,
    )


def _own_url(context: Context) -> str | None:
    address = read_address(context.url) if context.url else None
    return context.url if address and address.docid else None


def _keyword(topics: str | None) -> str | None:
    if not topics:
        return None
    listed = topics.split("|") if "|" in topics else topics.split(" - ")
    return "; ".join(topic.strip() for topic in listed if topic.strip())


_EXTRA: Final = ("reference", "languages", "related", "comments", "instrument")


def _extra(values: Mapping[str, str]) -> dict[str, Any]:
    extra: dict[str, Any] = {name: values[name] for name in _EXTRA if values.get(name)}
    country = values.get("country")
    if country and not is_country(country) and all(map(is_country, _listed(country))):
        extra["countries"] = country
    return extra


def _block_extra(values: Mapping[str, str], parts: CiteAs) -> dict[str, Any]:
    extra = _extra(values)
    if values.get("symbol") and not parts.symbol:
        # The site does not print it, so it is not the document's number there.
        extra["symbol"] = values["symbol"]
    return extra


def _jurisdiction(values: Mapping[str, str]) -> str | None:
    """Return the page's country; "Countries" in plural are not a jurisdiction."""
    country = values.get("country")
    return country if country and is_country(country) else None


def _listed(text: str) -> list[str]:
    separator = "|" if "|" in text else " - "
    return [part.strip() for part in text.split(separator) if part.strip()]


def read_groups(lines: Sequence[Line], context: Context) -> Iterator[Said]:
    """Read blocks without a "Cite as" line: labels close together, under a title."""
    floor = 0
    for index in range(len(lines)):
        label = label_at(lines[index].text) if index >= floor else None
        if label is None or label.name not in _OPENING:
            continue
        block = _group_from(lines, index, floor)
        if _TELLING & block.values.keys() and len(block.values) > 1 and block.title:
            yield _said_of_group(block, lines[block.start].number, context)
            floor = block.end


def _group_from(lines: Sequence[Line], index: int, floor: int) -> _Block:
    values: dict[str, str] = {}
    name, gap, end = "", 0, index
    for at in range(index, len(lines)):
        text = lines[at].text
        label = label_at(text)
        if label is not None and label.name not in values:
            name, gap, end = label.name, 0, at + 1
            values[name] = label.value
        elif label is not None:
            break
        elif text.strip("-–•* "):
            if values[name] or gap >= _GAP:
                break
            values[name], end = text, at + 1
        else:
            gap += 1
            if gap > _GAP:
                break
    given = {name: value for name, value in values.items() if value}
    title = given.get("title") or _title_above(lines, index, floor)
    return _Block(values=given, start=index, end=end, title=title)


def _said_of_group(block: _Block, line: int, context: Context) -> Said:
    values = block.values
    problems: list[Problem] = []
    date = values.get("date") or values.get("story-date") or values.get("plain-date")
    issued = Date.parse(date, day_first=context.day_first, problems=problems) if date else None
    name = values.get("publisher") or values.get("court")
    publisher = (context.publishers.find(name) or Publisher(name, "other")) if name else None
    if publisher and "story-date" in values and "publisher" in values:
        # "Story date" is the label of UNHCR's daily press review.
        publisher = evolve(publisher, kind="news")
    url = _own_url(context)
    address = read_address(url) if url else None
    if publisher is None and address:
        publisher = context.publishers.of_code(address.publisher)
    country = _jurisdiction(values)
    is_law = publisher is not None and publisher.kind == "legislature"
    return Said(
        title=block.title,
        author=values.get("author"),
        publisher=publisher,
        leads=False,
        country=country if is_law else None,
        jurisdiction=country,
        symbol=values.get("symbol"),
        issued=issued,
        url=url,
        keyword=_keyword(values.get("topics")),
        language=_language(values.get("language")),
        named=values.get("document-type"),
        line=line,
        extra=_extra(values),
        problems=tuple(problems),
    )


_LANGUAGES: Final = {
    "arabic": "ar",
    "chinese": "zh",
    "english": "en",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
}


def _language(name: str | None) -> str | None:
    return _LANGUAGES.get(name.casefold(), name) if name else None
