"""The table of the Citation File Format: its types and keys, and their CSL variables.

Source: the JSON schema of version 1.2.0 and the guide to it.
"""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve

from refcite.dates import Bound, Date, Point
from refcite.formats.cff.people import read_agents
from refcite.formats.cff.schema import KEYS, allowed, licenses_of
from refcite.formats.codecs import (
    DATE,
    DOI_FIELD,
    KEYWORDS,
    PLAIN,
    RANGE,
    with_edition_number,
)
from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow, all_but
from refcite.formats.draft import Draft
from refcite.formats.numbers import split_range
from refcite.keywords import split_keywords

__all__ = ["BY_AUTHORITY", "IN_BOOK", "PERSONS", "PREPRINT", "SPEC", "mapping"]

PREPRINT: Final = "article (status: preprint)"
IN_BOOK: Final = "book (collection-type: book)"
"""Two types that the format cannot express, but that another key shows."""

_TYPES: Final = (
    TypeRow("article", "article-journal"),
    TypeRow(PREPRINT, "article"),
    TypeRow("magazine-article", "article-magazine"),
    TypeRow("newspaper-article", "article-newspaper"),
    TypeRow("bill", "bill"),
    TypeRow("book", "book"),
    TypeRow("catalogue", "book", writes=False),
    TypeRow("edited-work", "book", writes=False),
    TypeRow("manual", "book", writes=False),
    TypeRow("proceedings", "book", writes=False),
    TypeRow("film-broadcast", "broadcast"),
    TypeRow(IN_BOOK, "chapter"),
    TypeRow("historical-work", "classic"),
    TypeRow("generic", "collection", reads=False),
    TypeRow("data", "dataset"),
    TypeRow("dataset", "dataset"),
    TypeRow("database", "dataset", writes=False),
    TypeRow("generic", "document"),
    TypeRow("encyclopedia", "entry", reads=False),
    TypeRow("dictionary", "entry-dictionary"),
    TypeRow("encyclopedia", "entry-encyclopedia"),
    TypeRow("conference", "event"),
    TypeRow("art", "figure", reads=False),
    TypeRow("art", "graphic"),
    TypeRow("hearing", "hearing"),
    TypeRow("generic", "interview", reads=False),
    TypeRow("legal-case", "legal_case"),
    TypeRow("statute", "legislation"),
    TypeRow("unpublished", "manuscript"),
    TypeRow("map", "map"),
    TypeRow("video", "motion_picture"),
    TypeRow("audiovisual", "motion_picture", writes=False),
    TypeRow("music", "musical_score"),
    TypeRow("pamphlet", "pamphlet"),
    TypeRow("conference-paper", "paper-conference"),
    TypeRow("patent", "patent"),
    TypeRow("generic", "performance", reads=False),
    TypeRow("serial", "periodical"),
    TypeRow("personal-communication", "personal_communication"),
    TypeRow("blog", "post", reads=False),
    TypeRow("blog", "post-weblog"),
    TypeRow("legal-rule", "regulation"),
    TypeRow("report", "report"),
    TypeRow("government-document", "report", writes=False),
    TypeRow("article", "review", reads=False),
    TypeRow("article", "review-book", reads=False),
    TypeRow("software", "software"),
    TypeRow("software-code", "software", writes=False),
    TypeRow("software-container", "software", writes=False),
    TypeRow("software-executable", "software", writes=False),
    TypeRow("software-virtual-machine", "software", writes=False),
    TypeRow("sound-recording", "song"),
    TypeRow("slides", "speech"),
    TypeRow("standard", "standard"),
    TypeRow("thesis", "thesis"),
    TypeRow("statute", "treaty", reads=False),
    TypeRow("website", "webpage"),
)


# The values of the format


def _texts(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [text.strip() for text in found if isinstance(text, str) and text.strip()]


def _read_keywords(value: Any, draft: Draft) -> str | None:
    texts = _texts(value)
    return KEYWORDS.join(texts) if texts and KEYWORDS.join else None


def _read_license(value: Any, draft: Draft) -> str | None:
    return " OR ".join(_texts(value)) or None


def _write_license(text: str) -> str | list[str] | None:
    names = licenses_of(text)
    return names[0] if names and len(names) == 1 else names


def _read_languages(value: Any, draft: Draft) -> str | None:
    texts = _texts(value)
    if len(texts) > 1:
        draft.keep(draft.own, value)
    return texts[0] if texts else None


def _write_languages(tag: str) -> list[str]:
    return [tag.replace("_", "-").partition("-")[0].lower()]


def _read_year(text: str, draft: Draft) -> Date:
    """Return the date of a year, or that of which it is the year."""
    said = draft.values.get("issued")
    if said is not None and text in (str(said), str(said.year), str(said)[:7]):
        return said  # type: ignore[no-any-return]  # `issued` is a date
    return DATE.read(text, draft)  # type: ignore[no-any-return]  # so are the codec's values


def _full(date: Date) -> str | None:
    text: str | None = allowed("date-published", str(date))
    return text


def _month(date: Date) -> list[int] | None:
    """Return year and month, or the year, of a date that states no more."""
    start = date.start
    if isinstance(start, Point) and 1 <= start.year <= 9999:
        for parts in ([start.year], [start.year, start.month or 1]):
            if str(date) == str(Date.of(*parts)):
                return parts
    return None


def _write_year(date: Date) -> list[int] | None:
    if not isinstance(date.start, Point) or _full(date):
        return None
    return _month(date) or [date.start.year]


def _read_days(text: str, draft: Draft) -> Date | None:
    date = Date.parse(text)
    return date if isinstance(date.start, Point) else None


def _write_days(date: Date) -> list[str] | None:
    if not isinstance(date.start, Point) or isinstance(date.end, Bound):
        return None
    return [str(Date(side)) for side in (date.start, date.end) if side]


PERSONS: Final = Codec(read_agents, tuple)
_KEYWORDS: Final = Codec(_read_keywords, split_keywords)
_LANGUAGES: Final = Codec(
    _read_languages, _write_languages, note="codes of ISO 639; regions are lost"
)
_LICENSE: Final = Codec(
    _read_license, _write_license, note="SPDX identifiers, several joined by OR"
)
_LICENSE_URL: Final = Codec(
    write=lambda text: None if licenses_of(text) else text, note="if it is a URL"
)
_DAY: Final = evolve(DATE, write=_full, note="full dates")
_ISSUE_DATE: Final = evolve(
    DATE,
    write=lambda date: None if _full(date) or _month(date) else str(date),
    note="as EDTF, if no other key can hold it",
)
_YEAR: Final = Codec(_read_year, _write_year, note="in addition to issue-date")
_DAYS: Final = Codec(_read_days, _write_days, note="full dates, with a name")
_PAGES: Final = Codec(write=split_range)
_DESCRIBED: Final = Codec(write=lambda text: None, note="type other, described as PMID")
"""A number without a key; the writer describes it."""

# The table

_IN_COLLECTION: Final = ("broadcast", "chapter", "entry", "entry-dictionary", "entry-encyclopedia",
    "paper-conference", "song", "speech", "webpage")  # fmt: skip
"""Types whose container is the format's "collection"; the format cannot hold a series of them."""
BY_AUTHORITY: Final = ("bill", "hearing", "legal_case", "legislation", "patent", "regulation",
    "standard", "treaty")  # fmt: skip
"""Types whose institution is an authority."""
_ALONE: Final = all_but(*_IN_COLLECTION)
_RELEASED: Final = ("dataset", "software")
_THESIS: Final = ("thesis",)
_NO_THESIS: Final = all_but("thesis")


def _entity(
    key: str, name: str, place: str, *, types: tuple[str, ...] = (), writes: bool = True
) -> tuple[Row, Row]:
    """Return the rows of an entity's name and of its place."""
    return (
        Row(f"{key}/name", name, PLAIN, types, writes=writes),
        Row(f"{key}/city", place, types=types, writes=writes, note="with a name", needs=name),
    )


SPEC: Final = Spec(
    types=_TYPES,
    fields=(
        Row("title", "title", PLAIN),
        Row("abbreviation", "title-short", PLAIN),
        Row("authors", "author", PERSONS, note="an entity, or only an alias, is a literal"),
        Row("editors", "editor", PERSONS),
        Row("translators", "translator", PERSONS),
        Row("recipients", "recipient", PERSONS),
        Row("journal", "container-title", PLAIN, _ALONE),
        Row("collection-title", "container-title", PLAIN, _IN_COLLECTION),
        Row("journal", "container-title", PLAIN, _IN_COLLECTION, writes=False),
        Row("collection-title", "collection-title", PLAIN, _ALONE),
        Row("editors-series", "collection-editor", PERSONS),
        Row("volume-title", "volume-title", PLAIN),
        Row("volume", "volume", PLAIN),
        Row("issue", "issue", PLAIN),
        Row("number", "number", PLAIN),
        Row("number-volumes", "number-of-volumes", PLAIN),
        Row("edition", "edition", with_edition_number(PLAIN)),
        Row("version", "version", PLAIN),
        Row("section", "section", PLAIN),
        Row("start+end", "page", _PAGES, label="start, end"),
        Row("pages", "page", RANGE, writes=False),
        Row("pages", "number-of-pages", PLAIN),
        Row("date-released", "issued", _DAY, _RELEASED),
        Row("date-published", "issued", _DAY, _RELEASED, writes=False),
        Row("date-published", "issued", _DAY, all_but(*_RELEASED)),
        Row("date-released", "issued", _DAY, all_but(*_RELEASED), writes=False),
        Row("issue-date", "issued", _ISSUE_DATE),
        Row("year+month", "issued", _YEAR, label="year, month"),
        Row("year-original", "original-date", DATE, writes=False,
            note="a year, and written as that"),
        Row("date-accessed", "accessed", _DAY),
        Row("date-downloaded", "accessed", _DAY, writes=False),
        Row("conference/name", "event-title", PLAIN),
        Row("conference/location", "event-place", note="with a name", needs="event-title"),
        Row("conference/date-start+date-end", "event-date", _DAYS,
            label="conference/date-start, date-end", needs="event-title"),
        *_entity("publisher", "publisher", "publisher-place", types=_NO_THESIS),
        *_entity("institution", "publisher", "publisher-place", types=_THESIS),
        *_entity("publisher", "publisher", "publisher-place", types=_THESIS, writes=False),
        Row("institution/name", "authority", PLAIN, BY_AUTHORITY),
        *_entity("institution", "publisher", "publisher-place",
            types=all_but("thesis", *BY_AUTHORITY), writes=False),
        *_entity("location", "archive", "archive-place"),
        Row("database", "source", PLAIN),
        Row("thesis-type", "genre", PLAIN, ("thesis",)),
        Row("data-type", "genre", PLAIN, ("dataset",)),
        Row("medium", "medium", PLAIN),
        Row("status", "status", writes=False, note="written if it is a word of the schema"),
        Row("patent-states", "jurisdiction", _KEYWORDS, ("patent",)),
        Row("languages", "language", _LANGUAGES),
        Row("keywords", "keyword", _KEYWORDS),
        Row("license", "license", _LICENSE),
        Row("license-url", "license", _LICENSE_URL),
        Row("abstract", "abstract", PLAIN),
        Row("notes", "note", PLAIN),
        Row("doi", "DOI", DOI_FIELD),
        Row("isbn", "ISBN"),
        Row("issn", "ISSN"),
        Row("pmcid", "PMCID"),
        Row("identifiers", "PMID", _DESCRIBED),
        Row("url", "URL"),
        *(Row(key, "URL", writes=False, note="if there is no url")
            for key in ("repository-code", "repository", "repository-artifact")),
    ),
    known=KEYS,
)  # fmt: skip


def mapping() -> Spec:
    """Return the types and fields of the format with those of CSL.

    Example:
        >>> "DOI" in mapping().carried("software")
        True
    """
    return SPEC
