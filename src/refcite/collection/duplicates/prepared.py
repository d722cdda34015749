"""A record in the form in which it is compared: normalised once."""

from __future__ import annotations

import re
from typing import Final

from attrs import define

from refcite.collection.duplicates.folding import Title, title_of, variants_of
from refcite.collection.duplicates.kinds import bare_title, is_generic, kind_of
from refcite.collection.duplicates.numbering import Pages, number_of, pages_of
from refcite.collection.duplicates.people import People, people_of
from refcite.formats.editions import edition_number
from refcite.identifiers import isbn_13, normal_doi
from refcite.record import Record

__all__ = ["Prepared", "prepare"]

_TRAILING: Final = " .,;:)]}>\"'"
_WHOLE_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S*[^\W_]")
_ISBN: Final = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dxX]")
_ISSN: Final = re.compile(r"\b(\d{4})[-–]?(\d{3}[\dxX])\b")
_FIGURES: Final = re.compile(r"\d+")
_ARXIV: Final = re.compile(
    r"(?:arxiv[:./ ]|arxiv\.org/(?:abs|pdf)/)(\d{4}\.\d{4,5}|[a-z-]{2,12}/\d{7})", re.IGNORECASE
)
_COCHRANE_PREFIX: Final = "10.1002/14651858."
_COCHRANE: Final = re.compile(r"10\.1002/14651858\.([a-z]{2}\d{6})(?:\.pub(\d+))?", re.IGNORECASE)


@define(eq=False)
class Prepared:
    """A record in the form in which it is compared.

    Attributes:
        record: The record itself.
        titles: The forms of its title: as it is, and its translation.
        content: The words of its title without articles.
        is_generic: Whether many works have this title.
        notice: The kind of a work about another one, such as `erratum`.
        kind: The kind of the work, such as `preprint`.
        doi: Its DOI in lower case; empty if it is missing or not whole.
        cochrane: The number of a Cochrane review, whose updates have DOIs that differ at the end.
        pmid: Its number in PubMed.
        arxiv: Its number in arXiv.
        isbns: Its ISBNs, as 13 figures.
        issns: Its ISSNs, as 8 figures.
        people: Its authors.
        years: The years in which it was published, online and in print.
        container: The titles of the journal or book, long and short.
        volume: The number of the volume.
        issue: The number of the issue.
        pages: The pages.
        edition: The number of the edition.
    """

    record: Record
    titles: tuple[Title, ...]
    content: tuple[str, ...]
    is_generic: bool
    notice: str
    kind: str
    doi: str
    cochrane: str
    pmid: str
    arxiv: str
    isbns: frozenset[str]
    issns: frozenset[str]
    people: People | None
    years: tuple[int, ...]
    container: tuple[str, ...]
    volume: str
    issue: str
    pages: Pages | None
    edition: str


_NONE: Final[frozenset[str]] = frozenset()


def prepare(record: Record) -> Prepared:
    """Return a record in the form in which it is compared."""
    doi = _doi(record)
    titles: list[Title] = []
    notice = ""
    if record.title:
        bare, notice = bare_title(record.title)
        for text in variants_of(bare):
            title = title_of(text)
            if title is not None:
                titles.append(title)
    if record.original_title and (title := title_of(record.original_title)):
        titles.append(title)
    content = titles[0].content if titles else ()
    genre = record.genre.casefold() if record.genre else ""
    if not notice and genre and ("erratum" in genre or "corrig" in genre) and "published" in genre:
        notice = "erratum"
    page = record.page or record.page_first
    return Prepared(
        record,
        tuple(titles),
        content,
        not titles or is_generic(titles[0].joined, content),
        notice,
        kind_of(record, doi),
        doi,
        _cochrane_number(doi) if doi.startswith(_COCHRANE_PREFIX) else "",
        _digits(record.pmid),
        _arxiv(record),
        _isbns(record.isbn),
        _issns(record.issn),
        people_of(record),
        _years(record),
        tuple([text for text in (record.container_title, record.container_title_short) if text]),
        number_of(record.volume) if record.volume else "",
        number_of(record.issue) if record.issue else "",
        pages_of(page) if page else None,
        edition_number(record.edition).casefold().strip(" .") if record.edition else "",
    )


def _doi(record: Record) -> str:
    text = record.doi
    if not text:
        url = record.url
        if not url or "doi" not in url:
            return ""
        text = normal_doi(url)
        if text == url:
            return ""
    doi = normal_doi(text).casefold().strip(_TRAILING)
    return doi if _WHOLE_DOI.fullmatch(doi) else ""


def _digits(text: str | None) -> str:
    found = _FIGURES.search(text) if text else None
    return found[0].lstrip("0") if found else ""


def _arxiv(record: Record) -> str:
    for text in (
        record.number,
        record.doi,
        record.url,
        record.container_title,
        record.archive_location,
    ):
        if text and "arxiv" in text.casefold() and (found := _ARXIV.search(text)):
            return found[1].casefold()
    return ""


def _isbns(text: str | None) -> frozenset[str]:
    return frozenset(map(isbn_13, _ISBN.findall(text[:300]))) if text else _NONE


def _issns(text: str | None) -> frozenset[str]:
    if not text:
        return _NONE
    return frozenset([(one + two).casefold() for one, two in _ISSN.findall(text[:300])])


def _years(record: Record) -> tuple[int, ...]:
    years = []
    for date in (record.issued, record.available_date):
        if date is not None and date.year is not None and date.year not in years:
            years.append(date.year)
    return tuple(years)


def _cochrane_number(doi: str) -> str:
    found = _COCHRANE.fullmatch(doi)
    return found[1].casefold() if found else ""
