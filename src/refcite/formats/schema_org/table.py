"""Schema.org's types and properties with CSL's types and variables: the one table.

A property may belong to the work itself, or to a thing that it names: its publisher, its
container. Source: the vocabulary of schema.org; a property is written only if its domain allows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from refcite.formats.codecs import with_edition_number
from refcite.formats.crosswalk import Row, Spec, all_but, gathered
from refcite.formats.jsonld import TYPES
from refcite.formats.schema_org.values import (
    COUNT,
    DATE,
    DOI,
    INTEGER,
    ISBN,
    KEYWORDS,
    LANGUAGE,
    LINK,
    NAMES,
    NUMBER,
    PAGES,
    PLACE,
    PLACE_NAME,
    PMCID,
    PMID,
    TEXT,
)  # fmt: skip
from refcite.vocabulary import ITEM_TYPES, VARIABLES

__all__ = [
    "EPISODES", "HOST", "ISSUE", "ORIGINAL", "ORIGINAL_PUBLISHER", "PUBLISHER", "REVIEWED",
    "SERIAL_ARTICLES", "SERIES", "SPEC", "VOLUME", "mapping",
]  # fmt: skip

HOST: Final = "isPartOf"
"""The outermost container of the work: a periodical, a book, a web site."""
VOLUME: Final = "isPartOf (PublicationVolume)"
ISSUE: Final = "isPartOf (PublicationIssue)"
SERIES: Final = "isPartOf (BookSeries)"
PUBLISHER: Final = "publisher"
_PROVIDER: Final = "provider"
REVIEWED: Final = "itemReviewed"
ORIGINAL: Final = "translationOfWork"
ORIGINAL_PUBLISHER: Final = "translationOfWork/publisher"


def _types(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SERIAL_ARTICLES: Final = _types(
    "article article-journal article-magazine article-newspaper paper-conference"
)
EPISODES: Final = _types("broadcast")
_ARTICLES: Final = (*SERIAL_ARTICLES, *_types("post-weblog post"))
_BOOKS: Final = _types("book")
_PARTS: Final = _types("chapter")
_PAGED: Final = (*SERIAL_ARTICLES, *_types("chapter post-weblog post"))
_LAWS: Final = _types("bill legislation regulation treaty")
_REVIEWS: Final = _types("review review-book")
_SCREEN: Final = _types("motion_picture broadcast")
_MUSIC: Final = _types("song")
_HOSTED: Final = all_but("book", "periodical")

# Of several properties for one variable, the first is read and written. Properties that are only
# read are after it, if they are less reliable.
_FIELDS: Final = (
    Row("headline", "title", TEXT, _ARTICLES),
    Row("name", "title", TEXT, all_but(*_ARTICLES)),
    Row("name", "title", TEXT, _ARTICLES, writes=False),
    Row("headline", "title", TEXT, all_but(*_ARTICLES), writes=False),
    Row("alternateName", "title-short", TEXT),
    Row("author", "author", NAMES),
    Row("creator", "author", NAMES, writes=False),
    Row("editor", "editor", NAMES, all_but(*_PARTS)),
    Row("editor", "editor", NAMES, _PARTS, path=HOST),
    Row("editor", "editor", NAMES, _PARTS, writes=False),
    Row("author", "container-author", NAMES, _PARTS, path=HOST),
    Row("translator", "translator", NAMES),
    Row("contributor", "contributor", NAMES),
    Row("producer", "producer", NAMES),
    Row("illustrator", "illustrator", NAMES, _BOOKS),
    Row("readBy", "narrator", NAMES, _BOOKS, writes=False),
    Row("director", "director", NAMES, _SCREEN),
    Row("actor", "performer", NAMES, _SCREEN),
    Row("byArtist", "performer", NAMES, _MUSIC),
    Row("musicBy", "composer", NAMES, _SCREEN),
    Row("composer", "composer", NAMES, _types("musical_score"), writes=False),
    Row("recipient", "recipient", NAMES, _types("personal_communication")),
    Row("name", "publisher", TEXT, path=PUBLISHER),
    Row("location", "publisher-place", PLACE, path=PUBLISHER),
    Row("address", "publisher-place", PLACE, path=PUBLISHER, writes=False),
    Row("sourceOrganization", "publisher", TEXT, _types("thesis report"), writes=False),
    Row("name", "publisher", TEXT, path=_PROVIDER, writes=False),
    Row("datePublished", "issued", DATE),
    Row("uploadDate", "issued", DATE, writes=False),
    Row("legislationDate", "issued", DATE, _LAWS, writes=False),
    Row("dateCreated", "issued", DATE, writes=False),
    Row("copyrightYear", "issued", DATE, writes=False),
    Row("identifier", "DOI", DOI),
    Row("sameAs", "DOI", DOI, writes=False),
    Row("@id", "DOI", DOI, writes=False),
    Row("url", "DOI", DOI, writes=False),
    Row("identifier", "PMID", PMID),
    Row("identifier", "PMCID", PMCID),
    Row("isbn", "ISBN", TEXT, _BOOKS),
    Row("identifier", "ISBN", ISBN, _BOOKS, writes=False),
    Row("isbn", "ISBN", TEXT, _PARTS, path=HOST),
    Row("isbn", "ISBN", TEXT, _PARTS, writes=False),
    Row("issn", "ISSN", TEXT, SERIAL_ARTICLES, path=HOST),
    Row("issn", "ISSN", TEXT, _types("periodical")),
    Row("url", "URL", LINK),
    Row("mainEntityOfPage", "URL", LINK, writes=False),
    Row("codeRepository", "URL", LINK, _types("software"), writes=False),
    Row("inLanguage", "language", LANGUAGE),
    Row("license", "license", LINK),
    Row("keywords", "keyword", KEYWORDS),
    Row("abstract", "abstract", TEXT),
    Row("description", "abstract", TEXT, writes=False),
    Row("genre", "genre", KEYWORDS),
    Row("inSupportOf", "genre", TEXT, _types("thesis"), writes=False),
    Row("encodingFormat", "medium", TEXT),
    Row("creativeWorkStatus", "status", TEXT),
    Row("version", "version", NUMBER),
    Row("softwareVersion", "version", NUMBER, _types("software"), writes=False),
    Row("bookEdition", "edition", with_edition_number(NUMBER), _BOOKS),
    Row("numberOfPages", "number-of-pages", COUNT, _BOOKS),
    Row("pagination", "page", PAGES, _PAGED),
    Row("reportNumber", "number", NUMBER, _types("report")),
    Row("legislationIdentifier", "number", NUMBER, _LAWS),
    Row("episodeNumber", "number", INTEGER, EPISODES),
    Row("legislationJurisdiction", "jurisdiction", PLACE_NAME, _LAWS),
    Row("legislationPassedBy", "authority", TEXT, _LAWS),
    Row("volumeNumber", "volume", INTEGER, SERIAL_ARTICLES, path=VOLUME),
    Row("issueNumber", "issue", INTEGER, SERIAL_ARTICLES, path=ISSUE),
    Row("volumeNumber", "volume", INTEGER, _types("periodical"), writes=False),
    Row("issueNumber", "issue", INTEGER, _types("periodical"), writes=False),
    Row("name", "container-title", TEXT, _HOSTED, path=HOST),
    Row("alternateName", "container-title-short", TEXT, _HOSTED, path=HOST),
    Row("name", "collection-title", TEXT, _BOOKS, path=SERIES),
    Row("position", "collection-number", INTEGER, _BOOKS),
    Row("position", "chapter-number", INTEGER, _PARTS),
    Row("name", "reviewed-title", TEXT, _REVIEWS, path=REVIEWED),
    Row("author", "reviewed-author", NAMES, _REVIEWS, path=REVIEWED),
    Row("name", "original-title", TEXT, path=ORIGINAL),
    Row("author", "original-author", NAMES, path=ORIGINAL),
    Row("datePublished", "original-date", DATE, path=ORIGINAL),
    Row("name", "original-publisher", TEXT, path=ORIGINAL_PUBLISHER),
    Row("location", "original-publisher-place", PLACE, path=ORIGINAL_PUBLISHER),
)


SPEC: Final = Spec(TYPES, _FIELDS)
"""The variables that schema.org can hold."""


def mapping() -> Spec:
    """Return schema.org's types and properties with those of CSL, and CSL's own terms.

    Example:
        >>> [row.shown for row in mapping().fields if row.variable == "original-title"]
        ['translationOfWork/name']
    """
    beyond = gathered({csl_type: tuple(_beyond(csl_type)) for csl_type in ITEM_TYPES})
    return Spec(SPEC.types, (*SPEC.fields, *beyond))


def _beyond(csl_type: str) -> Iterator[Row]:
    written = {row.variable for row in SPEC.writers(csl_type)}
    return (Row(f"csl:{name}", name) for name in VARIABLES if name not in written)
