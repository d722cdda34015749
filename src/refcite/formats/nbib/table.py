"""The tags and publication types of MEDLINE next to CSL's: the one table, read in both ways.

Sources: *MEDLINE/PubMed Data Element (Field) Descriptions* of the National Library of Medicine, and
its list of publication types.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats.codecs import (
    APART,
    DATE,
    ISBN,
    KEYWORDS,
    LANGUAGE,
    NOTES,
    PLAIN,
    with_edition_number,
)
from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow, all_but
from refcite.formats.draft import Draft
from refcite.formats.iso639 import tag_of_code
from refcite.formats.languages import read_language
from refcite.formats.nbib.values import (
    article_number,
    read_pages,
    read_title,
    write_date,
    write_day,
    write_title,
)
from refcite.formats.numbers import bare_isbns, read_doi
from refcite.identifiers import normal_doi
from refcite.richtext import plain
from refcite.vocabulary import ITEM_TYPES

__all__ = [
    "ARTICLES",
    "GENRES",
    "ID",
    "JOURNAL_ARTICLE",
    "ORDER",
    "PUBLICATION_TYPES",
    "SPEC",
    "mapping",
]


_ORDER: Final = (
    "PMID OID OWN STAT DCOM LR DRDT CTDT DA IS ISBN VI VTI IP PB EN DP TI BTI CTI PG LID AB "
    "CI OAB OABL OCI FED ED FAU AU AUID AD CN FIR IR IRAD LA SI GR PT TT DEP PL TA JT JID SB "
    "RN NM CIN CON CRI CRF DDIN DRIN ECI ECF EFR EIN ERI ERF GS MH MHDA MID OTO OT COI COIS "
    "ORI ORF OVI PMC PMCR PRIN PROF PS FPS PUBM RF RIN ROF RPF RPI RRI RRF SFM SPIN UIN UOF "
    "EDAT CRDT CDAT ENDT PHST AID PST GN SO"
)
ORDER: Final = tuple(_ORDER.split())
"""The tags in the order in which they are written."""

JOURNAL_ARTICLE: Final = "Journal Article"

PUBLICATION_TYPES: Final = (
    TypeRow("Preprint", "article"),
    TypeRow("Newspaper Article", "article-newspaper"),
    TypeRow(JOURNAL_ARTICLE, "article-journal"),
    TypeRow("Book", "book"),
    TypeRow("Monograph", "book", writes=False),
    TypeRow("Textbook", "book", writes=False),
    TypeRow("Handbook", "book", writes=False),
    TypeRow("Book Chapter", "chapter"),
    TypeRow("Academic Dissertation", "thesis"),
    TypeRow("Technical Report", "report"),
    TypeRow("Annual Report", "report", writes=False),
    TypeRow("Government Publication", "report", writes=False),
    TypeRow("Dataset", "dataset"),
    TypeRow("Database", "dataset", writes=False),
    TypeRow("Patent", "patent"),
    TypeRow("Map", "map"),
    TypeRow("Lecture", "speech"),
    TypeRow("Address", "speech", writes=False),
    TypeRow("Legal Case", "legal_case"),
    TypeRow("Legislation", "legislation"),
    TypeRow("Manuscript", "manuscript"),
    TypeRow("Unpublished Work", "manuscript", writes=False),
    TypeRow("Video-Audio Media", "motion_picture"),
    TypeRow("Instructional Film and Video", "motion_picture", writes=False),
    TypeRow("Webcast", "broadcast"),
    TypeRow("Blog", "post-weblog"),
    TypeRow("Pictorial Work", "graphic"),
    TypeRow("Photograph", "graphic", writes=False),
    TypeRow("Chart", "figure"),
    TypeRow("Periodical", "periodical"),
)
"""Publication types that determine the type of a work, in order of precedence."""

_WRITTEN: Final = frozenset(row.csl for row in PUBLICATION_TYPES)
_CSL_TYPES: Final = tuple(TypeRow(name, name) for name in ITEM_TYPES if name not in _WRITTEN)
"""CSL's own names, if the library has no publication type; they are read back."""

ARTICLES: Final = ("article-journal", "article", "article-magazine", "review", "review-book")
"""The types whose works may have a number in place of pages."""
GENRES: Final = (
    "Editorial", "Letter", "News", "Comment", "Published Erratum", "Retraction of Publication",
    "Retraction Notice", "Expression of Concern",
)  # fmt: skip
"""Publication types that a citation names next to the title, the most specific first."""
_IN_BOOKS: Final = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia")
_BOOKS: Final = ("book", "classic", "collection")

# Values

_ID_SOURCE: Final = "refcite: "
_SEASONS: Final = {"Spr": "Spring", "Sum": "Summer", "Aut": "Autumn", "Win": "Winter"}
_SHORT_SEASON: Final = re.compile(r"\b(?:Spr|Sum|Aut|Win)\b")
_RECEIVED: Final = re.compile(r"(\d{4}/\d\d/\d\d)(?: 00:00)? \[received\]|(.*) \[received\]")


def _read_id(text: str, draft: Draft) -> str | None:
    return text.removeprefix(_ID_SOURCE) if text.startswith(_ID_SOURCE) else None


def _read_doi(text: str, draft: Draft) -> str | None:
    if text.lower().endswith("[doi]"):
        return normal_doi(text[:-5].rstrip())
    # ERIC writes the resolver's URL.
    return read_doi(text) if text.startswith(("http", "10.")) else None


def _read_address(text: str, draft: Draft) -> str | None:
    if not text.startswith(("http://", "https://")):
        return None
    draft.keep(draft.own, text)  # so that it is written again
    return text


def _read_article_number(text: str, draft: Draft) -> str | None:
    number = None if "page" in draft.values else article_number(text)
    if number:
        draft.keep(draft.own, text)
    return number


def _read_language(text: str, draft: Draft) -> str:
    # ERIC writes its name.
    return tag_of_code(text) or read_language(text)


def _read_isbn(text: str, draft: Draft) -> str:
    return bare_isbns(text)


def _read_date(text: str, draft: Draft) -> Date:
    # ERIC's "Spr 2010"
    whole = _SHORT_SEASON.sub(lambda found: _SEASONS[found[0]], text)
    date: Date = DATE.read(whole, draft)
    return date


def _read_received(text: str, draft: Draft) -> Date | None:
    found = _RECEIVED.fullmatch(text)
    date: Date | None = DATE.read(found[1] or found[2], draft) if found else None
    return date


def _write_received(date: Date) -> str:
    day = write_day(date, "/")
    return f"{day} 00:00 [received]" if "/" in day and len(day) == 10 else f"{day} [received]"


ID: Final = Codec(
    _read_id,
    lambda value: f"{_ID_SOURCE}{value}",
    note=f"after `{_ID_SOURCE.strip()}`, if it is not the PMID",
)
"""The record's own id, if that is not its PMID."""
_PEOPLE: Final = Codec(write=lambda names: None)
"""Names, which are read and written with the text that is next to each."""
_TITLE: Final = Codec(
    lambda text, draft: read_title(text),
    lambda title: write_title(plain(title)),
    note="without the full stop at its end",
)
_DOI: Final = Codec(_read_doi, "{} [doi]".format, note="[doi]")
_ADDRESS: Final = Codec(_read_address, note="a URL, as in ERIC")
_ARTICLE_NUMBER: Final = Codec(_read_article_number, note="such as e123, if there are no pages")
_ISBN: Final = Codec(_read_isbn, plain, note="without its qualifier")
_PAGES: Final = Codec(
    lambda text, draft: read_pages(text), plain, note="with the last numbers written out"
)
_LANGUAGE: Final = evolve(LANGUAGE, read=_read_language)
_GENRE: Final = evolve(APART, note=", ".join(GENRES))
_ISSN: Final = Codec(note="the first that is no linking ISSN")
_DATE: Final = evolve(DATE, read=_read_date, write=write_date, note="year, month or season, day")
_DAY: Final = evolve(DATE, write=write_day, note="eight figures")
_HISTORY: Final = Codec(_read_received, _write_received, note="[received]")
# An asterisk states that the work is mainly about it.
_KEYWORDS: Final = evolve(KEYWORDS, read=lambda text, draft: text.removeprefix("*"))

SPEC: Final = Spec(
    types=PUBLICATION_TYPES + _CSL_TYPES,
    fields=(
        Row("OID", "id", ID),
        Row("PMID", "PMID", PLAIN),
        Row("PMC", "PMCID", PLAIN),
        Row("AID", "DOI", _DOI),
        Row("LID", "DOI", _DOI),
        Row("IS", "ISBN", ISBN, writes=False),
        Row("IS", "ISSN", _ISSN),
        Row("ISSN", "ISSN", PLAIN, writes=False),
        Row("EISSN", "ISSN", PLAIN, writes=False),
        Row("ISBN", "ISBN", _ISBN),
        Row("TI", "title", _TITLE, all_but(*_BOOKS)),
        Row("BTI", "title", PLAIN, _BOOKS),
        Row("BTI", "container-title", PLAIN, _IN_BOOKS),
        Row("JT", "container-title", PLAIN, all_but(*_BOOKS, *_IN_BOOKS)),
        Row("TA", "container-title-short", PLAIN, all_but(*_BOOKS, *_IN_BOOKS)),
        Row("TA", "container-title", APART, all_but(*_BOOKS, *_IN_BOOKS), writes=False,
            note="if there is no JT"),
        Row("TT", "original-title", _TITLE),
        Row("CTI", "collection-title", PLAIN),
        Row("VTI", "volume-title", PLAIN),
        Row("FAU", "author", _PEOPLE),
        Row("AU", "author", _PEOPLE, writes=False),
        Row("CN", "author", _PEOPLE),
        Row("FED", "editor", _PEOPLE),
        Row("ED", "editor", _PEOPLE, writes=False),
        Row("DP", "issued", _DATE),
        Row("DEP", "available-date", _DAY),
        Row("PHST", "submitted", _HISTORY),
        Row("VI", "volume", PLAIN),
        Row("IP", "issue", PLAIN),
        Row("PG", "page", _PAGES),
        Row("LID", "number", _ARTICLE_NUMBER, ARTICLES, writes=False),
        Row("SO", "number", APART, ARTICLES, writes=False, note="if no other tag contains it"),
        Row("PT", "genre", _GENRE, writes=False),
        Row("EN", "edition", with_edition_number(PLAIN)),
        Row("PB", "publisher", PLAIN),
        Row("PL", "publisher-place", PLAIN),
        Row("LID", "URL", _ADDRESS, writes=False),
        Row("AID", "URL", _ADDRESS, writes=False),
        Row("LA", "language", _LANGUAGE),
        Row("AB", "abstract", PLAIN),
        Row("OT", "keyword", _KEYWORDS),
        Row("KW", "keyword", _KEYWORDS, writes=False),
        Row("GN", "note", NOTES),
    ),
    known=frozenset(ORDER),
    quiet=frozenset({"OID", "AID", "LID", "IS", "ISSN", "EISSN", "PHST", "LA"}),
)  # fmt: skip


def mapping() -> Spec:
    """Return the publication types and tags next to CSL's types and variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "DOI" and row.writes]
        ['AID', 'LID']
    """
    return SPEC
