"""The metadata block of a page, found from its most reliable line, "Cite as", outwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.dateparts import agree
from refcite.formats.refworld.availability import ACCESSED
from refcite.formats.refworld.citeas import CiteAs, Hints, read_cite_as
from refcite.formats.refworld.description import Description
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
from refcite.formats.refworld.publishers import Publisher, is_same_name
from refcite.problems import Problem, Severity

__all__ = ["read_blocks"]

_FARTHEST: Final = 60
_MOST_LINES: Final = 40
_BELOW: Final = frozenset({"comments", "disclaimer"})


def read_blocks(lines: Sequence[Line], context: Context) -> Iterator[Document]:
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
    """Return the cite-as string that starts at a line, and the index after its last line.

    It may continue over several lines and even over empty ones, and ends with the date of access.
    Without a date of access, it ends at the first empty line.
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
        accessed = ACCESSED.search(" ".join(texts[-2:]))
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
    """Go upwards to the block's first label.

    No label is used twice, and no label above "Publisher" except "Title": a title may begin with a
    word that is also a label.
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
    # The rule below the first row of a Markdown table is not text.
    return " ".join(text for text in texts if text.strip("-:| "))


def _values_below(lines: Sequence[Line], after: int) -> tuple[dict[str, str], int]:
    """Read "Comments" and skip "Disclaimer" after the string."""
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
    return read_cite_as(block.cite_as, publishers, hints, day_first=context.day_first)


def _said(block: Block, parts: CiteAs, line: int, context: Context) -> Document:
    """Combine string and block; the values in the string take precedence."""
    values, description = block.values, parts.description
    publisher = description.publisher
    named = values.get("publisher") or values.get("court")
    if publisher is None and named and not description.authors:
        publisher = context.publishers.find(named) or Publisher(named, "unknown")
    is_settled = named is not None and publisher is not None and is_same_name(named, publisher.name)
    settled = {"guessed-publisher"} if is_settled else set()
    issued = _date_of(values, context)
    if parts.issued is None and issued is not None:
        settled.add("no-date")
    return Document.of_string(
        parts,
        publisher=publisher,
        author=values.get("author"),
        jurisdiction=jurisdiction_of(values),
        issued=parts.issued or issued,
        named=values.get("document-type"),
        url=parts.availability.url or context.document_url,
        keyword=keyword_of(values.get("topics")),
        extra=_extra(values, parts),
        line=line,
        problems=(
            *(problem for problem in parts.problems if problem.code not in settled),
            *_disagreements(block, parts, issued),
        ),
    )


def _date_of(values: Mapping[str, str], context: Context) -> Date | None:
    given = values.get("date")
    date = Date.parse(given, day_first=context.day_first) if given else None
    return date if date and date.start else None


def _extra(values: Mapping[str, str], parts: CiteAs) -> dict[str, Any]:
    extra = extra_of(values)
    if values.get("symbol") and not parts.description.symbol:
        # The site does not print it, so it is not the document's number there.
        extra["symbol"] = values["symbol"]
    return extra


def _disagreements(block: Block, parts: CiteAs, issued: Date | None) -> Iterator[Problem]:
    """Report the differences between the block and its own cite-as line."""
    values, description = block.values, parts.description
    title = values.get("title") or block.title
    if title and not _is_same_title(title, description, is_labelled="title" in values):
        yield _disagreement("title", title, description.title)
    named = values.get("publisher")
    if named and description.publisher and not is_same_name(named, description.publisher.name):
        yield _disagreement("publisher", named, description.publisher.name)
    if issued and parts.issued and not agree(issued, parts.issued):
        yield _disagreement("date", str(issued), str(parts.issued))
    symbol = values.get("symbol")
    if symbol and description.symbol and _letters(symbol) != _letters(description.symbol):
        yield _disagreement("symbol", symbol, description.symbol)


def _is_same_title(title: str, description: Description, *, is_labelled: bool) -> bool:
    one, other = _letters(title), _letters(description.title)
    if one in {other, other + _letters(description.country or "")}:
        return True
    # A title above the block may be broken into paragraphs, or have the page's menu before it.
    return not is_labelled and (one.endswith(other) or other.endswith(one))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _disagreement(what: str, in_block: str, in_string: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="disagreement",
        message=f"the {what} is {in_block!r} on the page and {in_string!r} in its cite-as line;"
        " the line was used",
    )
