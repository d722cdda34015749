"""The rules by which a value is equal to that of Zotero: each is small, and has its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from refcite import Date, Record
from refcite.formats.dateparts import agree
from refcite.formats.editions import edition_number
from refcite.formats.iso639 import tag_of_code
from refcite.formats.languages import read_language
from refcite.identifiers import normal_doi
from refcite.keywords import split_keywords
from refcite.richtext import plain

__all__ = ["equal", "equal_creators", "has_tags"]

_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_NUMBER: Final = re.compile(r"[0-9Xx]+")
_ISSN: Final = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]")
_LABEL: Final = re.compile(r"[\w .]{1,40}: ?")


def _text(value: Any) -> str:
    """White space, dashes and markup are equal: they are not part of the value."""
    return " ".join(plain(str(value)).translate(_DASHES).split()).strip()


def _folded(value: Any) -> str:
    """Zotero capitalises names of journals and publishers; the record has the source's spelling."""
    return _text(value).casefold().rstrip(".")


def _unstopped(value: Any) -> str:
    """Zotero adds full stops to initials, and has some abbreviations with, some without them."""
    return " ".join(_text(value).casefold().replace(".", " ").replace(",", " ").split())


def _language(value: Any) -> str:
    """The record has a language's tag, Zotero its code or name in the source."""
    text = _text(value).strip(" .")
    return tag_of_code(text) or read_language(text).casefold()


def _address(value: Any) -> str:
    """Zotero has some addresses with the old scheme."""
    return _text(value).replace("http://", "https://")


def _doi(value: Any) -> str:
    """The case of a DOI, and the resolver before it, are not part of it."""
    return normal_doi(_text(value)).casefold()


def _edition(value: Any) -> str:
    """The record has a number for words that mean one, and the full stop of `ed.`."""
    return edition_number(_text(value)).casefold().rstrip(".")


def _dates(found: Any, expected: str) -> bool:
    """Zotero drops days, and keeps words as they are; the record has the date that they mean."""
    if not isinstance(found, Date):
        return False
    wanted = Date.parse(expected)
    if found == wanted:
        return True
    is_less = (found.month is None and wanted.month) or (found.day is None and wanted.day)
    return (
        wanted.literal is None and found.year is not None and not is_less and agree(found, wanted)
    )


def _numbers(pattern: re.Pattern[str]) -> Callable[[Any, str], bool]:
    """Numbers are equal without hyphens and qualifiers; one of several is enough."""

    def compare(found: Any, expected: str) -> bool:
        one, other = (
            {number.replace("-", "").upper() for number in pattern.findall(str(text))}
            for text in (found, expected)
        )
        return bool(one & other)

    return compare


def _isbn(found: Any, expected: str) -> bool:
    """The hyphens of an ISBN are not part of it."""
    bare = expected.replace("-", "")
    return "".join(_NUMBER.findall(bare.split()[0])) in str(found).replace("-", "")


_COMPARED: Final[dict[str, Callable[[Any, str], bool]]] = {
    "date": _dates,
    "language": lambda found, expected: _language(found) == _language(expected),
    "DOI": lambda found, expected: _doi(found) == _doi(expected),
    "ISSN": _numbers(_ISSN),
    "ISBN": _isbn,
    "journalAbbreviation": lambda found, expected: _unstopped(found) == _unstopped(expected),
    "publicationTitle": lambda found, expected: _folded(found) == _folded(expected),
    "url": lambda found, expected: _address(found) == _address(expected),
    "title": lambda found, expected: _folded(found) == _folded(expected),
    "publisher": lambda found, expected: _folded(found) == _folded(expected),
    "place": lambda found, expected: _folded(found) == _folded(expected),
    "edition": lambda found, expected: _edition(found) == _edition(expected),
    # Zotero drops the last full stop of a field of MARC.
    "abstractNote": lambda found, expected: _text(found).rstrip(".") == _text(expected).rstrip("."),
}  # fmt: skip
_KEPT: Final = frozenset(
    ("rights", "callNumber", "libraryCatalog", "extra", "place", "seriesNumber", "archiveID",
     "archiveLocation", "numPages", "medium")
)  # fmt: skip
"""Fields without a variable of CSL in some types: the value is equal if `extra` contains it.

Zotero uses the call number for the number of a record in its database, and the field "Extra" for
identifiers without a field, after a label. It joins several licences with commas. The number of a
work in OpenAlex is the id of the record, without the address before it.
"""


def equal(field: str, found: Any, expected: str, record: Record) -> bool:
    """Return whether a value of a record is that of an item of Zotero."""
    compare = _COMPARED.get(field)
    if found is not None:
        if compare is not None and compare(found, expected):
            return True
        if _text(found) == _text(expected):
            return True
    if field == "pages" and record.number and not record.page:
        # The number of an article that has no pages is a variable of its own in CSL.
        return _text(record.number) == _text(expected)
    if field not in _KEPT:
        return False
    kept = [_unstopped(text) for text in _texts(record)]
    lines = expected.split(", ") if field == "rights" else expected.splitlines()
    return all(
        any(_unstopped(line) in text or _unstopped(_LABEL.sub("", line)) in text for text in kept)
        or (bool(record.id) and line.endswith(f"/{record.id}"))
        for line in filter(None, lines)
    )


def _texts(record: Record) -> Iterator[str]:
    """Yield all texts of a record: those without a variable, and its numbers."""
    yield from _deep(record.extra)
    for value in (record.note, record.pmid, record.pmcid, record.doi, record.url, record.number,
                  record.call_number, record.source, record.license):  # fmt: skip
        if value:
            yield str(value)


def _deep(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        try:
            value = dict(value).values()
        except (TypeError, ValueError):
            yield str(value)
            return
    for one in value:
        yield from _deep(one)


def equal_creators(found: Iterable[tuple[str, str]], expected: tuple[str, str]) -> bool:
    """Return whether a name is among those of a record, with the same role."""
    name, role = _unstopped(expected[0]), expected[1]
    return any(_unstopped(one) == name and other == role for one, other in found)


def has_tags(record: Record, expected: Iterable[Any]) -> bool:
    """Return whether a record has the tags: as keywords, or as headings of a thesaurus in `extra`.

    Zotero has one list for both. The order of tags is not part of them.
    """
    tags = {_text(one if isinstance(one, str) else one["tag"]).casefold() for one in expected}
    words = {_text(one).casefold() for one in split_keywords(record.keyword or "")}
    if tags <= words:
        return True
    kept = [text.casefold().replace("*", "") for text in _deep(record.extra)]
    return all(any(tag in text for text in kept) for tag in tags - words)
