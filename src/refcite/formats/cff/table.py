"""The table of the Citation File Format: its types and keys, and the CSL variables they hold.

Source: the JSON schema of version 1.2.0 and the guide to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Row, Spec, TypeRow
from refcite.vocabulary import ITEM_TYPES

__all__ = [
    "IN_BOOK",
    "KINDS",
    "ORDER",
    "PREPRINT",
    "TOP_KEYS",
    "Kind",
    "Place",
    "mapping",
    "own_type",
    "places_of",
    "type_of",
]

PREPRINT: Final = "article (status: preprint)"
IN_BOOK: Final = "book (collection-type: book)"
"""Two types for which the format has no word of its own, but another key tells them."""

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

_IN_COLLECTION: Final = (
    "broadcast",
    "chapter",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "paper-conference",
    "song",
    "speech",
    "webpage",
)
"""Types whose container is the format's "collection"; a series of them has no place."""
_BY_AUTHORITY: Final = (
    "bill",
    "hearing",
    "legal_case",
    "legislation",
    "patent",
    "regulation",
    "standard",
    "treaty",
)


def _all_but(*types: str) -> tuple[str, ...]:
    return tuple(type_ for type_ in ITEM_TYPES if type_ not in types)


_ALONE: Final = _all_but(*_IN_COLLECTION)
_FIELDS: Final = (
    Row("title", "title"),
    Row("abbreviation", "title-short"),
    Row("authors", "author", note="an alias alone, or an entity, is a literal name"),
    Row("editors", "editor"),
    Row("translators", "translator"),
    Row("recipients", "recipient"),
    Row("journal", "container-title", types=_ALONE),
    Row("journal", "container-title", types=_IN_COLLECTION, writes=False),
    Row("collection-title", "container-title", types=_IN_COLLECTION),
    Row("collection-title", "collection-title", types=_ALONE),
    Row("editors-series", "collection-editor"),
    Row("volume-title", "volume-title"),
    Row("volume", "volume"),
    Row("issue", "issue"),
    Row("number", "number"),
    Row("number-volumes", "number-of-volumes"),
    Row("edition", "edition"),
    Row("version", "version"),
    Row("section", "section"),
    Row("start, end", "page"),
    Row("pages", "number-of-pages", note="a range is read as the pages themselves"),
    Row(
        "date-released, date-published, issue-date, year, month",
        "issued",
        note="full dates in the first two; what no other key can say in issue-date, as EDTF",
    ),
    Row("year-original", "original-date", writes=False, note="a year, and written as that"),
    Row("date-accessed", "accessed", note="full dates"),
    Row("date-downloaded", "accessed", writes=False),
    Row("conference/name", "event-title"),
    Row("conference/location", "event-place", note="beside a name", beside="event-title"),
    Row(
        "conference/date-start, date-end",
        "event-date",
        note="full dates, beside a name",
        beside="event-title",
    ),
    Row("publisher/name", "publisher", types=_all_but("thesis")),
    Row(
        "publisher/city",
        "publisher-place",
        types=_all_but("thesis"),
        note="beside a name",
        beside="publisher",
    ),
    Row("institution/name", "publisher", types=("thesis",)),
    Row(
        "institution/city",
        "publisher-place",
        types=("thesis",),
        note="beside a name",
        beside="publisher",
    ),
    Row("institution/name", "authority", types=_BY_AUTHORITY),
    Row("location/name", "archive"),
    Row("location/city", "archive-place", note="beside a name", beside="archive"),
    Row("database", "source"),
    Row("thesis-type", "genre", types=("thesis",)),
    Row("data-type", "genre", types=("dataset",)),
    Row("medium", "medium"),
    Row("status", "status", writes=False, note="written where it is a word of the schema"),
    Row("patent-states", "jurisdiction", types=("patent",)),
    Row("languages", "language", note="codes of ISO 639; regions are lost"),
    Row("keywords", "keyword"),
    Row("license", "license", note="SPDX identifiers, several joined by OR"),
    Row("license-url", "license", writes=False, note="written where it is an address"),
    Row("abstract", "abstract"),
    Row("notes", "note"),
    Row("doi", "DOI"),
    Row("isbn", "ISBN"),
    Row("issn", "ISSN"),
    Row("pmcid", "PMCID"),
    Row("identifiers", "PMID", note="type other, described as PMID"),
    Row("url", "URL"),
    Row("repository-code", "URL", writes=False, note="where there is no url"),
    Row("repository", "URL", writes=False, note="where there is no url"),
    Row("repository-artifact", "URL", writes=False, note="where there is no url"),
)


class Kind(Enum):
    """What the schema wants of a key's value."""

    TEXT = "text"
    TEXTS = "texts"
    PERSONS = "persons"
    ENTITY = "entity"
    URL = "url"
    DOI = "doi"
    DATE = "date"
    PMCID = "pmcid"
    ISBN = "isbn"
    ISSN = "issn"
    LANGUAGES = "languages"
    LICENSE = "license"
    STATUS = "status"
    MONTH = "month"
    IDENTIFIERS = "identifiers"


_KEYS_OF_KIND: Final = {
    Kind.TEXT: (
        "title abbreviation abstract collection-title collection-type commit copyright data-type"
        " database department edition end entry filename format issue issue-date issue-title"
        " journal loc-end loc-start medium nihmsid notes number number-volumes pages scope section"
        " start term thesis-type version volume volume-title year year-original"
    ),
    Kind.TEXTS: "keywords patent-states",
    Kind.PERSONS: "authors contact editors editors-series recipients senders translators",
    Kind.ENTITY: "conference database-provider institution location publisher",
    Kind.URL: "license-url repository repository-artifact repository-code url",
    Kind.DOI: "collection-doi doi",
    Kind.DATE: "date-accessed date-downloaded date-published date-released",
    Kind.PMCID: "pmcid",
    Kind.ISBN: "isbn",
    Kind.ISSN: "issn",
    Kind.LANGUAGES: "languages",
    Kind.LICENSE: "license",
    Kind.STATUS: "status",
    Kind.MONTH: "month",
    Kind.IDENTIFIERS: "identifiers",
}
KINDS: Final[Mapping[str, Kind]] = {
    key: kind for kind, keys in _KEYS_OF_KIND.items() for key in keys.split()
}
"""Each key of a reference, besides `type`, with its kind."""

_TOP: Final = (
    "abstract authors commit contact date-released doi identifiers keywords license license-url"
    " repository repository-artifact repository-code title type url version"
)
TOP_KEYS: Final = frozenset(_TOP.split())
"""The keys of a reference that the work itself has too."""

_ORDER: Final = (
    "cff-version message type title abbreviation authors contact senders recipients editors"
    " translators journal collection-type collection-title collection-doi editors-series"
    " volume-title volume issue issue-title issue-date number number-volumes edition version"
    " commit section term entry start end loc-start loc-end pages scope year month date-released"
    " date-published year-original conference publisher institution department location database"
    " database-provider thesis-type data-type medium format filename status patent-states languages"
    " keywords license license-url copyright abstract notes doi isbn issn pmcid nihmsid identifiers"
    " url repository repository-code repository-artifact date-accessed date-downloaded"
    " preferred-citation references"
)
ORDER: Final = tuple(_ORDER.split())
"""The order in which keys are written."""


def mapping() -> Spec:
    """Return which types and fields of the format hold which of CSL's.

    Example:
        >>> "DOI" in mapping().carried("software")
        True
    """
    return Spec(types=_TYPES, fields=_FIELDS)


@frozen
class Place:
    """Where the variables of a CSL type stand.

    Attributes:
        written: The key of each variable that is written.
        read: The variables of each key that is read.
    """

    written: Mapping[str, str]
    read: Mapping[str, str]


@cache
def places_of(csl_type: str) -> Place:
    """Return where the variables of a type stand.

    Example:
        >>> places_of("chapter").written["container-title"]
        'collection-title'
    """
    rows = [row for row in _FIELDS if not row.types or csl_type in row.types]
    return Place(
        written={row.variable: row.own for row in rows if row.writes},
        read={row.own: row.variable for row in rows if row.reads},
    )


_TYPE_OF: Final = {row.own: row.csl for row in _TYPES if row.reads}
_OWN_OF: Final = {row.csl: row.own for row in reversed(_TYPES) if row.writes}


def type_of(own: str) -> str | None:
    """Return the CSL type of one of the format's; None where CSL has none.

    Example:
        >>> type_of("newspaper-article"), type_of("grant")
        ('article-newspaper', None)
    """
    return _TYPE_OF.get(own)


def own_type(csl_type: str) -> str:
    """Return the type that is written for a CSL type."""
    return _OWN_OF[csl_type]
