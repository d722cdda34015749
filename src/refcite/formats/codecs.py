"""The kinds of value that several formats write alike: text to value and value to text.

A format's table names one for each row. What one format alone writes so is a `Codec` of its module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.crosswalk import Codec
from refcite.formats.draft import Draft
from refcite.formats.iso639 import bibliographic_code, tag_of_code
from refcite.formats.numbers import is_isbn, is_issn, is_range, read_doi
from refcite.names import Name
from refcite.richtext import plain

__all__ = [
    "APART",
    "DATE",
    "DOI",
    "ISBN",
    "ISSN",
    "KEYWORDS",
    "LANGUAGE",
    "NAMES",
    "NOTES",
    "PLAIN",
    "RANGE",
    "split_keywords",
]

_BOOK_NUMBER: Final = re.compile(r"(?:ISBN:? ?)?97[89](?:[- ]?[0-9]){9}[- ]?[0-9](?![0-9])")
_LINE_END: Final = re.compile(r"\r\n?|\n")


def _joined_names(lists: list[tuple[Name, ...]]) -> tuple[Name, ...]:
    return tuple(chain.from_iterable(lists))


def _each_name(names: tuple[Name, ...]) -> Iterable[tuple[Name, ...]]:
    return ((name,) for name in names)


NAMES: Final = Codec(
    read=lambda text, draft: (Name.of_inverted(text),),
    write=lambda names: names[0].inverted(),
    join=_joined_names,
    split=_each_name,
    others="et al.",
    note="one a field: last, first, suffix",
)
"""A person a field, in the sort form; what has no comma and several words is an organisation."""


def _date(text: str, draft: Draft) -> Date:
    doubts: list[Any] = []
    date = Date.parse(text, day_first=draft.day_first, problems=doubts)
    draft.doubts(doubts)
    return date


DATE: Final = Codec(read=_date, write=str, note="EDTF")
"""A date as people write it; written as EDTF."""

PLAIN: Final = Codec(write=plain, note="without markup")
"""Text whose markup the format cannot hold."""

DOI: Final = Codec(read=lambda text, draft: read_doi(text))
"""A DOI, whatever stands before it; other text is none."""


def _isbn(text: str, draft: Draft) -> str | None:
    # A number of books stays one though its check digit is wrong.
    return text if is_isbn(text) or _BOOK_NUMBER.match(text) else None


ISBN: Final = Codec(read=_isbn, note="by its form")
ISSN: Final = Codec(read=lambda text, draft: text if is_issn(text) else None, note="by its form")
RANGE: Final = Codec(read=lambda text, draft: text if is_range(text) else None, note="a range")
"""A range of pages; other text is none."""


def split_keywords(text: str) -> list[str]:
    """Return the keywords of a text: between semicolons, else between commas.

    Example:
        >>> split_keywords("asylum; Geneva, city"), split_keywords("asylum, Geneva")
        (['asylum', 'Geneva, city'], ['asylum', 'Geneva'])
    """
    return [word for word in re.split(r";\s*" if ";" in text else r",\s*", text) if word]


def _joined_keywords(words: list[str]) -> str:
    return ("; " if any("," in word for word in words) else ", ").join(words)


KEYWORDS: Final = Codec(join=_joined_keywords, split=split_keywords, note="one a field")

NOTES: Final = Codec(join="\n".join, split=_LINE_END.split, note="one a field")
"""Notes, a line of text each."""

LANGUAGE: Final = Codec(
    read=lambda text, draft: tag_of_code(text) or text,
    write=lambda tag: bibliographic_code(tag) or tag,
    note="code of three letters",
)

APART: Final = Codec(read=lambda text, draft: None, write=lambda value: None)
"""What the format's own code reads and writes, since several fields say it together."""
