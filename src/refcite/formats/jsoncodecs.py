"""The kinds of values in the JSON of registries, for the rows of their tables."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.codecs import join_keywords
from refcite.formats.crosswalk import Codec
from refcite.formats.csl_json import decode_date, decode_simple_date
from refcite.formats.draft import Draft
from refcite.formats.jatstext import clean, clean_paragraphs, titled
from refcite.formats.jsonvalues import joined, text_of, texts
from refcite.formats.numbers import bare_pages
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.problems import Problem

__all__ = [
    "ABSTRACT",
    "DATE_PARTS",
    "DOI",
    "ISO_DATE",
    "KEYWORDS",
    "LIST",
    "NUMBER_AT_END",
    "PAGES",
    "SUBTITLE",
    "TEXT",
    "person_of",
]

_ISO_DATE: Final = re.compile(r"[1-9][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?")


def _text(value: Any, draft: Draft) -> str | None:
    if type(value) is str:
        return text_of(value) or ""
    if not isinstance(value, str | int | float | list):
        return None
    found = texts(value)
    if not found:
        return None if isinstance(value, list) and value else ""
    if len(found) > 1:
        draft.keep(draft.own, found[1:])
    return found[0]


TEXT: Final = Codec(_text, note="the first")
"""A text, or the first of a list; the others are kept."""


def _list(value: Any, draft: Draft) -> str | None:
    return joined(texts(value))


LIST: Final = Codec(_list, note="all, with commas")


def _number_at_end(value: Any, draft: Draft) -> str | None:
    return joined(text.rpartition("/")[2] for text in texts(value))


NUMBER_AT_END: Final = Codec(_number_at_end, note="all, without the URL before them")
"""Numbers that may be the end of a URL (`http://id.crossref.org/isbn/…`)."""


def _keywords(value: Any, draft: Draft) -> str | None:
    return join_keywords(dict.fromkeys(texts(value))) or None


KEYWORDS: Final = Codec(_keywords, note="joined")
PAGES: Final = Codec(lambda value, draft: bare_pages(text_of(value) or "") or None)
DOI: Final = Codec(lambda value, draft: normal_doi(text_of(value) or "") or None)
ABSTRACT: Final = Codec(
    lambda value, draft: clean_paragraphs(value), note="JATS or HTML as text, a line a paragraph"
)


def _titled(parts: list[str]) -> str:
    title = parts[0]
    for part in parts[1:]:
        title = titled(title, part) or title
    return title


SUBTITLE: Final = Codec(_text, join=_titled, adds=True, note="after a colon")
"""A subtitle, which is added to the title."""


def _date(value: Any, draft: Draft) -> Date | str | None:
    date = decode_simple_date(value)
    if date is not None or not isinstance(value, dict):
        return date
    parts = value.get("date-parts")
    if isinstance(parts, list) and not any(map(_has_number, parts)):
        return ""  # `[[null]]`, which Crossref has for a missing date
    return decode_date(value, draft)


def _iso_date(value: Any, draft: Draft) -> Date | None:
    if type(value) is not str:
        value = text_of(value)
    if not value:
        return None
    date = _plain_date(value) if _ISO_DATE.fullmatch(value) else None
    if date is None:
        doubts: list[Problem] = []
        date = Date.parse(value, problems=doubts)
        draft.doubts(doubts)
    return date


@lru_cache(maxsize=8192)
def _plain_date(text: str) -> Date | None:
    """Return a date that is certain; None for any other."""
    date = Date.parse(text)
    return date if date.literal is None and not date.is_range else None


ISO_DATE: Final = Codec(_iso_date, note="ISO 8601, with its precision")
"""A date as text, nearly always in one of the plain forms of ISO 8601."""


@lru_cache(maxsize=8192)
def person_of(family: str, given: str, suffix: str = "") -> Name:
    """Return a person's name, by `Name.of_parts`; many works have the same authors.

    Example:
        >>> person_of("van Dijk", "Jo", "Jr.").non_dropping_particle
        'van'
    """
    return Name.of_parts(clean(family), clean(given), clean(suffix))


def _has_number(part: object) -> bool:
    return any(part) if isinstance(part, list) else bool(part)


DATE_PARTS: Final = Codec(_date, note="with its precision")
"""A date of Crossref or of CSL-JSON."""
