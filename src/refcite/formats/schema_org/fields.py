"""Schema.org's properties beside CSL's variables: the one table, read in both ways.

A property may stand on the work itself, or on a thing that it names: its publisher, what it is part
of. Source: the vocabulary of schema.org; each property is written only where its domain allows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Final

from attrs import frozen

from refcite.vocabulary import ITEM_TYPES

__all__ = ["EPISODES", "SERIAL_ARTICLES", "Kind", "Place", "Row", "rows_of"]


class Place(Enum):
    """On what a property stands."""

    WORK = ""
    HOST = "isPartOf"
    """What the work is part of in the end: a periodical, a book, a web site."""
    VOLUME = "isPartOf (PublicationVolume)"
    ISSUE = "isPartOf (PublicationIssue)"
    SERIES = "isPartOf (BookSeries)"
    PUBLISHER = "publisher"
    PROVIDER = "provider"
    REVIEWED = "itemReviewed"
    ORIGINAL = "translationOfWork"
    ORIGINAL_PUBLISHER = "translationOfWork/publisher"


class Kind(Enum):
    """How a value is read and written, where it is not simply text."""

    TEXT = "text"
    NAMES = "names"
    DATE = "date"
    NUMBER = "number"
    KEYWORDS = "keywords"
    LANGUAGE = "language"
    PAGES = "pages"
    PLACE = "place"
    LINK = "link"
    """An address, or a thing that has one."""
    DOI = "DOI"
    PMID = "PMID"
    PMCID = "PMCID"
    ISBN = "ISBN"


@frozen
class Row:
    """A property beside a variable.

    Attributes:
        name: The property.
        variable: CSL's variable.
        kind: How its value is read.
        place: On what it stands.
        types: The CSL types in which it has this meaning; empty for all.
        writes: Whether the variable is written to it.
    """

    name: str
    variable: str
    kind: Kind = Kind.TEXT
    place: Place = Place.WORK
    types: frozenset[str] = frozenset()
    writes: bool = True

    @property
    def own(self) -> str:
        """The property's path, as users of schema.org write it."""
        return f"{self.place.value}/{self.name}" if self.place.value else self.name


def _types(text: str) -> frozenset[str]:
    return frozenset(text.split())


SERIAL_ARTICLES: Final = _types(
    "article article-journal article-magazine article-newspaper paper-conference"
)
EPISODES: Final = _types("broadcast")
_ARTICLES: Final = SERIAL_ARTICLES | _types("post-weblog post")
_BOOKS: Final = _types("book")
_PARTS: Final = _types("chapter")
_PAGED: Final = SERIAL_ARTICLES | _types("chapter post-weblog post")
_LAWS: Final = _types("bill legislation regulation treaty")
_REVIEWS: Final = _types("review review-book")
_SCREEN: Final = _types("motion_picture broadcast")
_MUSIC: Final = _types("song")
_NO_HOST: Final = _types("book periodical")
_HOSTED: Final = frozenset(ITEM_TYPES) - _NO_HOST

# Of several properties that give one variable the first is read and written. What is only read
# stands behind, as far as it says less surely what the variable means.
_ROWS: Final = (
    Row("headline", "title", types=_ARTICLES),
    Row("name", "title", types=frozenset(ITEM_TYPES) - _ARTICLES),
    Row("name", "title", types=_ARTICLES, writes=False),
    Row("headline", "title", types=frozenset(ITEM_TYPES) - _ARTICLES, writes=False),
    Row("alternateName", "title-short"),
    Row("author", "author", Kind.NAMES),
    Row("creator", "author", Kind.NAMES, writes=False),
    Row("editor", "editor", Kind.NAMES, types=frozenset(ITEM_TYPES) - _PARTS),
    Row("editor", "editor", Kind.NAMES, Place.HOST, _PARTS),
    Row("editor", "editor", Kind.NAMES, types=_PARTS, writes=False),
    Row("author", "container-author", Kind.NAMES, Place.HOST, _PARTS),
    Row("translator", "translator", Kind.NAMES),
    Row("contributor", "contributor", Kind.NAMES),
    Row("producer", "producer", Kind.NAMES),
    Row("illustrator", "illustrator", Kind.NAMES, types=_BOOKS),
    Row("readBy", "narrator", Kind.NAMES, types=_BOOKS, writes=False),
    Row("director", "director", Kind.NAMES, types=_SCREEN),
    Row("actor", "performer", Kind.NAMES, types=_SCREEN),
    Row("byArtist", "performer", Kind.NAMES, types=_MUSIC),
    Row("musicBy", "composer", Kind.NAMES, types=_SCREEN),
    Row("composer", "composer", Kind.NAMES, types=_types("musical_score"), writes=False),
    Row("recipient", "recipient", Kind.NAMES, types=_types("personal_communication")),
    Row("name", "publisher", place=Place.PUBLISHER),
    Row("location", "publisher-place", Kind.PLACE, Place.PUBLISHER),
    Row("address", "publisher-place", Kind.PLACE, Place.PUBLISHER, writes=False),
    Row("sourceOrganization", "publisher", types=_types("thesis report"), writes=False),
    Row("name", "publisher", place=Place.PROVIDER, writes=False),
    Row("datePublished", "issued", Kind.DATE),
    Row("uploadDate", "issued", Kind.DATE, writes=False),
    Row("legislationDate", "issued", Kind.DATE, types=_LAWS, writes=False),
    Row("dateCreated", "issued", Kind.DATE, writes=False),
    Row("copyrightYear", "issued", Kind.DATE, writes=False),
    Row("identifier", "DOI", Kind.DOI),
    Row("sameAs", "DOI", Kind.DOI, writes=False),
    Row("@id", "DOI", Kind.DOI, writes=False),
    Row("url", "DOI", Kind.DOI, writes=False),
    Row("identifier", "PMID", Kind.PMID),
    Row("identifier", "PMCID", Kind.PMCID),
    Row("isbn", "ISBN", types=_BOOKS),
    Row("identifier", "ISBN", Kind.ISBN, types=_BOOKS, writes=False),
    Row("isbn", "ISBN", place=Place.HOST, types=_PARTS),
    Row("isbn", "ISBN", types=_PARTS, writes=False),
    Row("issn", "ISSN", place=Place.HOST, types=SERIAL_ARTICLES),
    Row("issn", "ISSN", types=_types("periodical")),
    Row("url", "URL", Kind.LINK),
    Row("mainEntityOfPage", "URL", Kind.LINK, writes=False),
    Row("codeRepository", "URL", Kind.LINK, types=_types("software"), writes=False),
    Row("inLanguage", "language", Kind.LANGUAGE),
    Row("license", "license", Kind.LINK),
    Row("keywords", "keyword", Kind.KEYWORDS),
    Row("abstract", "abstract"),
    Row("description", "abstract", writes=False),
    Row("genre", "genre", Kind.KEYWORDS),
    Row("inSupportOf", "genre", types=_types("thesis"), writes=False),
    Row("encodingFormat", "medium"),
    Row("creativeWorkStatus", "status"),
    Row("version", "version", Kind.NUMBER),
    Row("softwareVersion", "version", Kind.NUMBER, types=_types("software"), writes=False),
    Row("bookEdition", "edition", Kind.NUMBER, types=_BOOKS),
    Row("numberOfPages", "number-of-pages", Kind.NUMBER, types=_BOOKS),
    Row("pagination", "page", Kind.PAGES, types=_PAGED),
    Row("reportNumber", "number", Kind.NUMBER, types=_types("report")),
    Row("legislationIdentifier", "number", Kind.NUMBER, types=_LAWS),
    Row("episodeNumber", "number", Kind.NUMBER, types=EPISODES),
    Row("legislationJurisdiction", "jurisdiction", Kind.PLACE, types=_LAWS),
    Row("legislationPassedBy", "authority", types=_LAWS),
    Row("volumeNumber", "volume", Kind.NUMBER, Place.VOLUME, SERIAL_ARTICLES),
    Row("issueNumber", "issue", Kind.NUMBER, Place.ISSUE, SERIAL_ARTICLES),
    Row("volumeNumber", "volume", Kind.NUMBER, types=_types("periodical"), writes=False),
    Row("issueNumber", "issue", Kind.NUMBER, types=_types("periodical"), writes=False),
    Row("name", "container-title", place=Place.HOST, types=_HOSTED),
    Row("alternateName", "container-title-short", place=Place.HOST, types=_HOSTED),
    Row("name", "collection-title", place=Place.SERIES, types=_BOOKS),
    Row("position", "collection-number", Kind.NUMBER, types=_BOOKS),
    Row("position", "chapter-number", Kind.NUMBER, types=_PARTS),
    Row("name", "reviewed-title", place=Place.REVIEWED, types=_REVIEWS),
    Row("author", "reviewed-author", Kind.NAMES, Place.REVIEWED, _REVIEWS),
    Row("name", "original-title", place=Place.ORIGINAL),
    Row("author", "original-author", Kind.NAMES, Place.ORIGINAL),
    Row("datePublished", "original-date", Kind.DATE, Place.ORIGINAL),
    Row("name", "original-publisher", place=Place.ORIGINAL_PUBLISHER),
    Row("location", "original-publisher-place", Kind.PLACE, Place.ORIGINAL_PUBLISHER),
)


def _of(csl_type: str) -> Iterator[Row]:
    return (row for row in _ROWS if not row.types or csl_type in row.types)


@cache
def rows_of(csl_type: str) -> tuple[Row, ...]:
    """Return the properties that have a meaning in works of a CSL type.

    Example:
        >>> [row.own for row in rows_of("article-journal") if row.variable == "volume"]
        ['isPartOf (PublicationVolume)/volumeNumber']
    """
    return tuple(_of(csl_type))
