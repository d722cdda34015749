"""The elements of PubMed's XML next to CSL's variables.

Sources: the DTD of PubMed (https://dtd.nlm.nih.gov/ncbi/pubmed/out/), *MEDLINE/PubMed XML Element
Descriptions and their Attributes*, and the list of publication types.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats.codecs import DATE, KEYWORDS, NAMES, with_edition_number
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, all_but
from refcite.formats.dateparts import read_date
from refcite.formats.draft import Draft
from refcite.formats.iso639 import tag_of_code
from refcite.formats.nbib import (
    ARTICLES,
    GENRES,
    PUBLICATION_TYPES,
    article_number,
    read_pages,
    read_title,
)
from refcite.formats.numbers import read_doi
from refcite.problems import Problem

__all__ = ["KNOWN", "SPEC", "mapping"]

_BOOKS: Final = ("book",)
_CHAPTERS: Final = ("chapter",)
_IN_PERIODICALS: Final = all_but(*_BOOKS, *_CHAPTERS)
_ARXIV: Final = re.compile(r"arXiv:\S+")
_PLACE: Final = re.compile(r"(.*\S) \([A-Z][^():,]{1,40}, [A-Z][^():,]{1,40}(?: : [0-9]{4})?\)")
_CHAPTER: Final = re.compile(r"(?:chapter )?(\S{1,10})", re.IGNORECASE)
_PMC: Final = re.compile(r"PMC[0-9]+")
_BOOKSHELF: Final = "https://www.ncbi.nlm.nih.gov/books/"


def _read_date(parts: Any, draft: Draft) -> Date | None:
    """Read the parts of a date, or the text of `MedlineDate`."""
    if isinstance(parts, str):
        date: Date = DATE.read(parts, draft)
        return date
    found, doubts = _date_of(*parts)
    if doubts:
        draft.doubts(doubts)
    return found


@lru_cache(maxsize=8192)
def _date_of(year: str, month: str, day: str) -> tuple[Date | None, tuple[Problem, ...]]:
    """Return a date, with its problems; those of a file are often the same."""
    doubts: list[Problem] = []
    found = read_date(year, month, day, doubts)
    return found, tuple(doubts)


def _read_journal(text: str, draft: Draft) -> str:
    """Read the title of a journal without the place that distinguishes it from another."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return text
    draft.keep(draft.own, text)
    return found[1]


def _read_number(text: str, draft: Draft) -> str | None:
    found = _ARXIV.fullmatch(text)
    number = text if found else None if "page" in draft.values else article_number(text)
    if number and not found:
        draft.keep(draft.own, text)
    return number


def _read_pmcid(text: str, draft: Draft) -> str | None:
    found = _PMC.search(text)
    return found[0] if found else None


def _read_chapter(text: str, draft: Draft) -> str | None:
    found = _CHAPTER.fullmatch(text)
    return found[1] if found else None


_PEOPLE: Final = evolve(NAMES, note="LastName, ForeName, Suffix; or CollectiveName")
_TITLE: Final = Codec(
    lambda text, draft: read_title(text), note="with markup, without the full stop at its end"
)
_DATE: Final = Codec(_read_date, note="Year, Month or Season, Day; or MedlineDate")
_DAY: Final = Codec(_read_date, note="Year, Month, Day")
_DOI: Final = Codec(lambda text, draft: read_doi(text))
_PAGES: Final = Codec(
    lambda text, draft: read_pages(text), note="with the last numbers written out"
)
_LANGUAGE: Final = Codec(
    lambda text, draft: tag_of_code(text) or text, note="code of three letters"
)
_JOURNAL: Final = Codec(_read_journal, note="without the place in parentheses after it")
_NUMBER: Final = Codec(_read_number, note="such as e123, if there are no pages; of arXiv")
_PMCID: Final = Codec(_read_pmcid)
_ADDRESS: Final = Codec(
    lambda text, draft: f"{_BOOKSHELF}{text}/", note="the page of the book in the Bookshelf"
)
_CHAPTER_NUMBER: Final = Codec(_read_chapter, note="of a chapter")

_KNOWN_TEXT: Final = """
    Affiliation ArticleId ArticleDate Author BeginningDate Chemical CitationString CitationSubset
    CoiStatement CommentsCorrections ContributionDate CopyrightInformation Country DataBank
    DateCompleted DateCreated DateRevised ELocationID EndingDate GeneSymbol Grant History
    ISSNLinking Identifier Investigator ItemList LocationLabel MeshHeading NlmUniqueID
    NumberOfReferences ObjectList OtherAbstract OtherID PersonalNameSubject PublicationStatus
    PublicationType Reference SectionTitle SpaceFlightMission SupplMeshName
"""
KNOWN: Final = frozenset(_KNOWN_TEXT.split())
"""Elements without a variable of CSL, which are kept."""

SPEC: Final = Spec(
    types=tuple(evolve(row, writes=False) for row in PUBLICATION_TYPES),
    fields=tuple(
        evolve(row, writes=False)
        for row in (
            Row("PMID", "PMID", TEXT),
            Row("ArticleId pmc", "PMCID", _PMCID),
            Row("ArticleId pmcid", "PMCID", _PMCID),
            Row("ELocationID doi", "DOI", _DOI),
            Row("ArticleId doi", "DOI", _DOI),
            Row("ArticleId bookaccession", "URL", _ADDRESS),
            Row("Author", "author", _PEOPLE),
            Row("Author", "editor", _PEOPLE, note="in an AuthorList of editors"),
            Row("Author", "container-author", _PEOPLE, _CHAPTERS, note="in Book"),
            Row("ArticleTitle", "title", _TITLE, all_but(*_BOOKS)),
            Row("BookTitle", "title", _TITLE, _BOOKS),
            Row("BookTitle", "container-title", _TITLE, _CHAPTERS),
            Row("Title", "container-title", _JOURNAL, _IN_PERIODICALS),
            Row("MedlineTA", "container-title", TEXT, _IN_PERIODICALS, note="if there is no Title"),
            Row("ISOAbbreviation", "container-title-short", TEXT, _IN_PERIODICALS),
            Row("MedlineTA", "container-title-short", TEXT, _IN_PERIODICALS),
            Row("VernacularTitle", "original-title", _TITLE),
            Row("CollectionTitle", "collection-title", _TITLE),
            Row("VolumeTitle", "volume-title", TEXT),
            Row("PubDate", "issued", _DATE),
            Row("ArticleDate Electronic", "available-date", _DAY),
            Row("History received", "submitted", _DAY),
            Row("Volume", "volume", TEXT),
            Row("Issue", "issue", TEXT),
            Row("MedlinePgn", "page", _PAGES),
            Row("StartPage", "page", TEXT, note="with EndPage"),
            Row("ELocationID pii", "number", _NUMBER, ARTICLES),
            Row("ReportNumber", "number", TEXT),
            Row("ISSN", "ISSN", TEXT),
            Row("Isbn", "ISBN", TEXT),
            Row("Edition", "edition", with_edition_number(TEXT)),
            Row("LocationLabel chapter", "chapter-number", _CHAPTER_NUMBER, _CHAPTERS),
            Row("PublisherName", "publisher", TEXT),
            Row("PublisherLocation", "publisher-place", TEXT),
            Row("Medium", "medium", TEXT),
            Row("Language", "language", _LANGUAGE),
            Row("AbstractText", "abstract", TEXT, note="with the label of each section"),
            Row("Keyword", "keyword", KEYWORDS),
            Row("GeneralNote", "note", Codec(join="\n".join, note="one a line")),
            Row("PublicationType", "genre", TEXT, note=", ".join(GENRES)),
        )
    ),
    known=KNOWN,
    is_open=True,
    quiet=frozenset(
        ("MedlineTA", "ArticleId doi", "ArticleId bookaccession", "ArticleId pmcid", "Language",
         "ELocationID pii", "ELocationID doi", "Isbn", "StartPage", "LocationLabel chapter",
         "PMID", "ISSN")
    ),
)  # fmt: skip


def mapping() -> Spec:
    """Return the elements and publication types next to CSL's variables and types.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "container-title"]
        ['BookTitle', 'Title', 'MedlineTA']
    """
    return SPEC
