"""Word's source types and elements beside CSL's: the one table, read in both ways.

Source: ECMA-376, part 1, § 22.6 (Bibliography), and what Word's dialogue calls the fields of each
source type.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Row, Spec, TypeRow
from refcite.vocabulary import ITEM_TYPES

__all__ = [
    "ELEMENTS",
    "LONGEST",
    "NAMESPACE",
    "ROLES",
    "SOURCE_TYPES",
    "STANDARD_NUMBERS",
    "Field",
    "Kind",
    "fields_of",
    "mapping",
    "source_type",
]

NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
LONGEST: Final = 255
"""The most characters that an element may hold (ST_String255)."""


class Kind(Enum):
    """How an element is read, where its text is not simply taken."""

    TEXT = "text"
    PROSE = "prose"
    """A text of which the beginning is better than nothing."""
    NAMES = "names"
    DATE = "date"
    PLACE = "place"
    LANGUAGE = "language"
    NUMBERS = "numbers"
    THESIS = "thesis"


_NOTES: Final = {
    Kind.PROSE: "cut where it has over 255 characters",
    Kind.DATE: "with month and day, each in an element",
    Kind.PLACE: "with StateProvince and CountryRegion",
    Kind.LANGUAGE: "tag, or the number of a locale",
    Kind.NUMBERS: "each with its name before it",
    Kind.THESIS: "says that it is a thesis",
}


@frozen
class Field:
    """An element beside the variable that it fills.

    Attributes:
        element: The element; for names the role.
        variable: The CSL variable.
        kind: How it is read.
        types: The CSL types in which it has this meaning; empty for all.
        reads: Whether the element is read into the variable.
        writes: Whether the variable is written to the element. What is only read gives way to
            what is written too.
    """

    element: str
    variable: str
    kind: Kind = Kind.TEXT
    types: tuple[str, ...] = ()
    reads: bool = True
    writes: bool = True


_TYPES: Final = (
    TypeRow("Art", "graphic"),
    TypeRow("Art", "figure", reads=False),
    TypeRow("ArticleInAPeriodical", "article-magazine"),
    TypeRow("ArticleInAPeriodical", "article-newspaper", reads=False),
    TypeRow("Book", "book"),
    TypeRow("Book", "classic", reads=False),
    TypeRow("Book", "collection", reads=False),
    TypeRow("Book", "musical_score", reads=False),
    TypeRow("Book", "pamphlet", reads=False),
    TypeRow("BookSection", "chapter"),
    TypeRow("BookSection", "entry", reads=False),
    TypeRow("BookSection", "entry-dictionary", reads=False),
    TypeRow("BookSection", "entry-encyclopedia", reads=False),
    TypeRow("Case", "legal_case"),
    TypeRow("ConferenceProceedings", "paper-conference"),
    TypeRow("DocumentFromInternetSite", "webpage", writes=False),
    TypeRow("ElectronicSource", "document", writes=False),
    TypeRow("ElectronicSource", "dataset", reads=False),
    TypeRow("ElectronicSource", "software", reads=False),
    TypeRow("Film", "motion_picture"),
    TypeRow("Film", "broadcast", reads=False),
    TypeRow("InternetSite", "webpage"),
    TypeRow("InternetSite", "post", reads=False),
    TypeRow("InternetSite", "post-weblog", reads=False),
    TypeRow("Interview", "interview"),
    TypeRow("JournalArticle", "article-journal"),
    TypeRow("JournalArticle", "article", reads=False),
    TypeRow("JournalArticle", "review", reads=False),
    TypeRow("JournalArticle", "review-book", reads=False),
    TypeRow("Misc", "document"),
    TypeRow("Patent", "patent"),
    TypeRow("Performance", "performance"),
    TypeRow("Report", "report"),
    TypeRow("Report, ThesisType", "thesis"),
    TypeRow("Report", "standard", reads=False),
    TypeRow("SoundRecording", "song"),
)

_JOURNALS: Final = ("article-journal", "article", "review", "review-book")
_PERIODICALS: Final = ("article-magazine", "article-newspaper")
_PARTS: Final = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia")
_SITES: Final = ("webpage", "post", "post-weblog")
_FILMS: Final = ("motion_picture", "broadcast")
_WHOLES: Final = ("book", "classic", "collection", "musical_score", "pamphlet")
_SHOWN: Final = (*_SITES, *_FILMS, "song", "performance")
_BY_OTHERS: Final = ("graphic", "figure", "patent", "interview", "song")


def _all_but(*types: str) -> tuple[str, ...]:
    return tuple(name for name in ITEM_TYPES if name not in types)


_FIELDS: Final = (
    Field("LCID", "language", Kind.LANGUAGE),
    Field("Author", "author", Kind.NAMES, _all_but(*_BY_OTHERS)),
    Field("Artist", "author", Kind.NAMES, ("graphic", "figure", "song")),
    Field("Inventor", "author", Kind.NAMES, ("patent",)),
    Field("Interviewee", "author", Kind.NAMES, ("interview",)),
    Field("Author", "author", Kind.NAMES, _BY_OTHERS, writes=False),
    Field("BookAuthor", "container-author", Kind.NAMES),
    Field("Editor", "editor", Kind.NAMES),
    Field("Translator", "translator", Kind.NAMES),
    Field("Compiler", "compiler", Kind.NAMES),
    Field("Composer", "composer", Kind.NAMES),
    Field("Director", "director", Kind.NAMES),
    Field("Interviewer", "interviewer", Kind.NAMES),
    Field("Performer", "performer", Kind.NAMES),
    Field("ProducerName", "producer", Kind.NAMES),
    Field("Writer", "script-writer", Kind.NAMES),
    Field("Title", "title", Kind.PROSE),
    Field("ShortTitle", "title-short"),
    Field("JournalName", "container-title", Kind.PROSE, _JOURNALS),
    Field("PeriodicalTitle", "container-title", Kind.PROSE, _PERIODICALS),
    Field("BookTitle", "container-title", Kind.PROSE, _PARTS),
    Field("ConferenceName", "container-title", Kind.PROSE, ("paper-conference",)),
    Field("InternetSiteTitle", "container-title", Kind.PROSE, _SITES),
    Field("AlbumTitle", "container-title", Kind.PROSE, ("song",)),
    Field("BroadcastTitle", "container-title", Kind.PROSE, ("interview", *_FILMS)),
    Field("Reporter", "container-title", types=("legal_case",)),
    Field(
        "PublicationTitle",
        "container-title",
        Kind.PROSE,
        _all_but(
            *_JOURNALS, *_PERIODICALS, *_PARTS, *_SITES, *_WHOLES, *_FILMS, "paper-conference",
            "song", "interview", "legal_case",
        ),
    ),
    Field("Year", "issued", Kind.DATE),
    Field("City", "publisher-place", Kind.PLACE, _all_but("performance")),
    Field("City", "event-place", Kind.PLACE, ("performance",)),
    Field("CountryRegion", "jurisdiction", types=("patent", "legal_case")),
    Field("ProductionCompany", "publisher", types=_SHOWN),
    Field("Broadcaster", "publisher", types=("interview",)),
    Field("Institution", "publisher", types=("thesis",)),
    Field("Publisher", "publisher", types=_all_but(*_SHOWN, "interview", "thesis")),
    Field("Publisher", "publisher", types=(*_SHOWN, "interview", "thesis"), writes=False),
    Field("Institution", "publisher", types=("report", "standard"), writes=False),
    Field("Distributor", "publisher", types=_FILMS, writes=False),
    Field("Institution", "archive", types=("graphic", "figure")),
    Field("Department", "division"),
    Field("ThesisType", "genre", Kind.THESIS, ("thesis",)),
    Field("ThesisType", "genre", types=("report",)),
    Field("Type", "genre", types=("patent",)),
    Field("RecordingNumber", "number", types=("song",)),
    Field("PatentNumber", "number", types=("patent",)),
    Field("CaseNumber", "number", types=("legal_case",)),
    Field("Court", "authority", types=("legal_case",)),
    Field("Volume", "volume"),
    Field("NumberVolumes", "number-of-volumes"),
    Field("Issue", "issue"),
    Field("Edition", "edition"),
    Field("ChapterNumber", "chapter-number"),
    Field("Pages", "page"),
    Field("Version", "version"),
    Field("Medium", "medium"),
    Field("StandardNumber", "DOI", Kind.NUMBERS),
    Field("StandardNumber", "ISBN", Kind.NUMBERS),
    Field("StandardNumber", "ISSN", Kind.NUMBERS),
    Field("StandardNumber", "PMID", Kind.NUMBERS),
    Field("StandardNumber", "PMCID", Kind.NUMBERS),
    Field("DOI", "DOI", writes=False),
    Field("URL", "URL"),
    Field("YearAccessed", "accessed", Kind.DATE),
    Field("Comments", "note", Kind.PROSE),
)  # fmt: skip

STANDARD_NUMBERS: Final = ("ISBN", "ISSN", "DOI", "PMID", "PMCID")
"""What `StandardNumber` may hold, in the order in which it is written."""

_WRITTEN: Final = {row.csl: row.own.partition(",")[0] for row in _TYPES if row.writes}

SOURCE_TYPES: Final[dict[str, str]] = {
    row.own: row.csl for row in _TYPES if row.reads and "," not in row.own
}
"""The CSL type of each source type."""

_ROLES: Final = """
    Artist Author BookAuthor Compiler Composer Conductor Counsel Director Editor Interviewee
    Interviewer Inventor Performer ProducerName Translator Writer
"""
ROLES: Final = frozenset(_ROLES.split())
"""The roles of names (CT_AuthorType)."""

_ELEMENTS: Final = """
    AbbreviatedCaseNumber AlbumTitle BookTitle BroadcastTitle Broadcaster CaseNumber ChapterNumber
    City Comments ConferenceName CountryRegion Court Day DayAccessed Department Distributor Edition
    Guid Institution InternetSiteTitle Issue JournalName LCID Medium Month MonthAccessed
    NumberVolumes Pages PatentNumber PeriodicalTitle ProductionCompany PublicationTitle Publisher
    RecordingNumber RefOrder Reporter ShortTitle StandardNumber StateProvince Station Theater
    ThesisType Title Type URL Version Volume Year YearAccessed
"""
ELEMENTS: Final = frozenset(_ELEMENTS.split())
"""The elements of a source that hold a text (CT_SourceType), without its tag and type."""


@cache
def fields_of(csl_type: str) -> tuple[Field, ...]:
    """Return the fields of a type, those that are written before those that are only read."""
    fields = [field for field in _FIELDS if not field.types or csl_type in field.types]
    return tuple(sorted(fields, key=lambda field: not field.writes))


def source_type(csl_type: str) -> str:
    """Return the source type that is written for a CSL type.

    Example:
        >>> source_type("thesis"), source_type("treaty")
        ('Report', 'Misc')
    """
    return _WRITTEN.get(csl_type, "Misc")


def mapping() -> Spec:
    """Return the source types and elements beside CSL's types and variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "container-author"]
        ['Author/BookAuthor']
    """
    others = (TypeRow("Misc", name, reads=False) for name in ITEM_TYPES if name not in _WRITTEN)
    fields = tuple(
        Row(
            f"Author/{field.element}" if field.kind is Kind.NAMES else field.element,
            field.variable,
            types=field.types,
            reads=field.reads,
            writes=field.writes,
            note=_NOTES.get(field.kind, ""),
        )
        for field in _FIELDS
    )
    return Spec((*_TYPES, *others), fields)
