"""The tags and publication types of MEDLINE beside CSL's: the one table, read in both ways.

Sources: *MEDLINE/PubMed Data Element (Field) Descriptions* of the National Library of Medicine, and
its list of publication types.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Row, Spec, TypeRow
from refcite.vocabulary import ITEM_TYPES

__all__ = [
    "JOURNAL_ARTICLE",
    "KNOWN_TAGS",
    "ORDER",
    "TYPE_OF",
    "Kind",
    "Tag",
    "mapping",
    "publication_type",
    "tags_of",
]


class Kind(Enum):
    """How a tag's value is read, where its text is not simply taken."""

    TEXT = "text"
    TITLE = "title"
    """A title with a full stop at its end."""
    NAMES = "names"
    DATE = "date"
    DAY = "day"
    """A date in eight figures."""
    RECEIVED = "received"
    """A line of the publication's history."""
    LANGUAGE = "language"
    DOI = "doi"
    ISSN = "issn"
    KEYWORD = "keyword"
    NOTE = "note"


_NOTES: Final = {
    Kind.TITLE: "without the full stop at its end",
    Kind.DATE: "year, month or season, day",
    Kind.DAY: "eight figures",
    Kind.RECEIVED: "[received]",
    Kind.LANGUAGE: "code of three letters",
    Kind.DOI: "[doi]",
    Kind.ISSN: "the first that is no linking ISSN",
    Kind.KEYWORD: "one a line",
    Kind.NOTE: "one a line",
}


@frozen
class Tag:
    """A tag beside the variable that it fills.

    Attributes:
        name: The tag.
        variable: The CSL variable.
        kind: How its value is read.
        types: The CSL types in which it has this meaning; empty for all.
        writes: Whether the variable is written with it.
    """

    name: str
    variable: str
    kind: Kind = Kind.TEXT
    types: tuple[str, ...] = ()
    writes: bool = True


JOURNAL_ARTICLE: Final = "Journal Article"

_IN_BOOKS: Final = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia")
_BOOKS: Final = ("book", "classic", "collection")
_OTHERS: Final = tuple(name for name in ITEM_TYPES if name not in (*_IN_BOOKS, *_BOOKS))
_NOT_BOOKS: Final = tuple(name for name in ITEM_TYPES if name not in _BOOKS)

_TAGS: Final = (
    Tag("PMID", "PMID"),
    Tag("PMC", "PMCID"),
    Tag("AID", "DOI", Kind.DOI),
    Tag("LID", "DOI", Kind.DOI),
    Tag("IS", "ISSN", Kind.ISSN),
    Tag("ISBN", "ISBN"),
    Tag("TI", "title", Kind.TITLE, _NOT_BOOKS),
    Tag("BTI", "title", types=_BOOKS),
    Tag("BTI", "container-title", types=_IN_BOOKS),
    Tag("JT", "container-title", types=_OTHERS),
    Tag("TA", "container-title-short", types=_OTHERS),
    Tag("TT", "original-title", Kind.TITLE),
    Tag("CTI", "collection-title"),
    Tag("VTI", "volume-title"),
    Tag("FAU", "author", Kind.NAMES),
    Tag("AU", "author", Kind.NAMES, writes=False),
    Tag("CN", "author", Kind.NAMES),
    Tag("FED", "editor", Kind.NAMES),
    Tag("ED", "editor", Kind.NAMES, writes=False),
    Tag("DP", "issued", Kind.DATE),
    Tag("DEP", "available-date", Kind.DAY),
    Tag("PHST", "submitted", Kind.RECEIVED),
    Tag("VI", "volume"),
    Tag("IP", "issue"),
    Tag("PG", "page"),
    Tag("EN", "edition"),
    Tag("PB", "publisher"),
    Tag("PL", "publisher-place"),
    Tag("LA", "language", Kind.LANGUAGE),
    Tag("AB", "abstract"),
    Tag("OT", "keyword", Kind.KEYWORD),
    Tag("GN", "note", Kind.NOTE),
)

_TYPES: Final = (
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
"""Publication types that say more than what an article is about, the strongest first."""

TYPE_OF: Final[dict[str, str]] = {row.own: row.csl for row in _TYPES} | {
    name: name for name in ITEM_TYPES
}
"""The CSL type of each publication type."""

_WRITTEN: Final = {row.csl: row.own for row in _TYPES if row.writes}

_ORDER: Final = (
    "PMID OID OWN STAT DCOM LR DRDT CTDT DA IS ISBN VI VTI IP PB EN DP TI BTI CTI PG LID AB "
    "CI OAB OABL OCI FED ED FAU AU AUID AD CN FIR IR IRAD LA SI GR PT TT DEP PL TA JT JID SB "
    "RN NM CIN CON CRI CRF DDIN DRIN ECI ECF EFR EIN ERI ERF GS MH MHDA MID OTO OT COI COIS "
    "ORI ORF OVI PMC PMCR PRIN PROF PS FPS PUBM RF RIN ROF RPF RPI RRI RRF SFM SPIN UIN UOF "
    "EDAT CRDT CDAT ENDT PHST AID PST GN SO"
)
ORDER: Final = tuple(_ORDER.split())
"""The tags in the order in which they are written."""

KNOWN_TAGS: Final = frozenset(ORDER)


@cache
def tags_of(csl_type: str) -> dict[str, Tag]:
    """Return what the tags mean in a type; a tag that is not there means nothing CSL has."""
    return {tag.name: tag for tag in _TAGS if not tag.types or csl_type in tag.types}


def publication_type(csl_type: str) -> str:
    """Return the publication type that is written for a CSL type.

    Where the library has none, it is CSL's own name, which is read back.

    Example:
        >>> publication_type("article-journal"), publication_type("webpage")
        ('Journal Article', 'webpage')
    """
    return _WRITTEN.get(csl_type, csl_type)


def mapping() -> Spec:
    """Return the publication types and tags beside CSL's types and variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "DOI" and row.writes]
        ['AID', 'LID']
    """
    beside = tuple(TypeRow(name, name) for name in ITEM_TYPES if name not in _WRITTEN)
    fields = tuple(
        Row(
            tag.name,
            tag.variable,
            types=tag.types,
            writes=tag.writes,
            note=_NOTES.get(tag.kind, ""),
        )
        for tag in _TAGS
    )
    return Spec(_TYPES + beside, fields)
