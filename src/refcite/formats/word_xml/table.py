"""Word's source types and elements with CSL's: one table for both directions.

Source: ECMA-376, part 1, § 22.6 (Bibliography), and the names of the fields of each source
type in Word's dialogue.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve

from refcite.formats.codecs import APART, DATE_PARTS, DOI_FIELD, PLAIN, with_edition_number
from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow, all_but
from refcite.formats.word_xml.values import NUMBERS, read_language, read_thesis, write_thesis
from refcite.richtext import plain

__all__ = ["DATES", "LONGEST", "NAMESPACE", "ROLES", "SPEC", "mapping"]

NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"

LONGEST: Final = 255
"""The maximum number of characters of an element (ST_String255)."""
DATES: Final = {names[0]: names for names in (
    ("Year", "Month", "Day"), ("YearAccessed", "MonthAccessed", "DayAccessed"),
)}  # fmt: skip
"""The elements of each date."""
_LAST_WORD: Final = re.compile(r"(?<!\s)\s+\S*\Z")


def _cut(text: str) -> str:
    line = " ".join(plain(text).split())
    return line if len(line) <= LONGEST else f"{_LAST_WORD.sub('', line[: LONGEST - 1])}…"


_PROSE: Final = Codec(write=_cut, note="cut if it has over 255 characters")
"""A text that is shortened if it is too long."""
_PLACE: Final = Codec(write=plain, note="with StateProvince and CountryRegion")
_LANGUAGE: Final = Codec(
    lambda text, draft: read_language(text), note="tag, or the number of a locale"
)
_THESIS: Final = Codec(
    lambda text, draft: read_thesis(text), write_thesis, note="states that it is a thesis"
)

_DOI: Final = evolve(DOI_FIELD, note="as in newer releases of Word")

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
    TypeRow("Report", "thesis"),
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
_SPOKEN: Final = ("interview", *_FILMS)
_NO_ARCHIVE: Final = all_but("graphic", "figure")
_CONTAINERS: Final = (
    "JournalName", "PeriodicalTitle", "BookTitle", "PublicationTitle", "InternetSiteTitle",
    "AlbumTitle", "BroadcastTitle", "ConferenceName",
)  # fmt: skip
"""The container of a work; Word's dialogue can show all of these for each type."""
_BY_OTHERS: Final = ("graphic", "figure", "patent", "interview", "song")


def _role(own: str, variable: str, types: tuple[str, ...] = (), *, writes: bool = True) -> Row:
    return Row(own, variable, APART, types, path="Author", writes=writes)


def _read_too(names: tuple[str, ...], variable: str, types: tuple[str, ...]) -> tuple[Row, ...]:
    """Return rows that are read if the type's own element is missing."""
    return tuple(Row(own, variable, PLAIN, types, writes=False) for own in names)


_FIELDS: Final = (
    Row("LCID", "language", _LANGUAGE),
    _role("Author", "author", all_but(*_BY_OTHERS)),
    _role("Artist", "author", ("graphic", "figure", "song")),
    _role("Inventor", "author", ("patent",)),
    _role("Interviewee", "author", ("interview",)),
    _role("Author", "author", _BY_OTHERS, writes=False),
    _role("BookAuthor", "container-author"),
    _role("Editor", "editor"),
    _role("Translator", "translator"),
    _role("Compiler", "compiler"),
    _role("Composer", "composer"),
    _role("Director", "director"),
    _role("Interviewer", "interviewer"),
    _role("Performer", "performer"),
    _role("ProducerName", "producer"),
    _role("Writer", "script-writer"),
    Row("Title", "title", _PROSE),
    Row("ShortTitle", "title-short", PLAIN),
    Row("JournalName", "container-title", _PROSE, _JOURNALS),
    Row("PeriodicalTitle", "container-title", _PROSE, _PERIODICALS),
    Row("BookTitle", "container-title", _PROSE, _PARTS),
    Row("ConferenceName", "container-title", _PROSE, ("paper-conference",)),
    Row("InternetSiteTitle", "container-title", _PROSE, _SITES),
    Row("AlbumTitle", "container-title", _PROSE, ("song",)),
    Row("BroadcastTitle", "container-title", _PROSE, ("interview", *_FILMS)),
    Row("Reporter", "container-title", PLAIN, ("legal_case",)),
    Row(
        "PublicationTitle",
        "container-title",
        _PROSE,
        all_but(
            *_JOURNALS, *_PERIODICALS, *_PARTS, *_SITES, *_WHOLES, *_FILMS, "paper-conference",
            "song", "interview", "legal_case",
        ),
    ),
    *_read_too(_CONTAINERS, "container-title", all_but(*_WHOLES, "legal_case")),
    Row("Year", "issued", DATE_PARTS),
    Row("City", "publisher-place", _PLACE, all_but("performance")),
    Row("City", "event-place", _PLACE, ("performance",)),
    Row("CountryRegion", "jurisdiction", PLAIN, ("patent", "legal_case")),
    Row("ProductionCompany", "publisher", PLAIN, _SHOWN),
    Row("Broadcaster", "publisher", PLAIN, ("interview",)),
    Row("Institution", "publisher", PLAIN, ("thesis",)),
    Row("Publisher", "publisher", PLAIN, all_but(*_SHOWN, "interview", "thesis")),
    Row("Publisher", "publisher", PLAIN, (*_SHOWN, "interview", "thesis"), writes=False),
    *_read_too(("Broadcaster", "Station"), "publisher", _SPOKEN),
    *_read_too(("ProductionCompany", "Institution", "Distributor"), "publisher", _NO_ARCHIVE),
    Row("Institution", "archive", PLAIN, ("graphic", "figure")),
    Row("Department", "division", PLAIN),
    Row("ThesisType", "genre", _THESIS, ("thesis",)),
    Row("ThesisType", "genre", PLAIN, ("report",)),
    Row("Type", "genre", PLAIN, ("patent",)),
    Row("RecordingNumber", "number", PLAIN, ("song",)),
    Row("PatentNumber", "number", PLAIN, ("patent",)),
    Row("CaseNumber", "number", PLAIN, ("legal_case",)),
    Row("Court", "authority", PLAIN, ("legal_case",)),
    Row("Volume", "volume", PLAIN),
    Row("NumberVolumes", "number-of-volumes", PLAIN),
    Row("Issue", "issue", PLAIN),
    Row("Edition", "edition", with_edition_number(PLAIN)),
    Row("ChapterNumber", "chapter-number", PLAIN),
    Row("Pages", "page", PLAIN),
    Row("Version", "version", PLAIN),
    Row("Medium", "medium", PLAIN),
    *(Row("StandardNumber", name, codec) for name, codec in NUMBERS.items()),
    Row("DOI", "DOI", _DOI, writes=False),
    Row("URL", "URL", PLAIN),
    Row("YearAccessed", "accessed", DATE_PARTS),
    Row("Comments", "note", _PROSE),
)  # fmt: skip

_FREE: Final = (
    "AbbreviatedCaseNumber", "Day", "DayAccessed", "Distributor", "Guid", "Month", "MonthAccessed",
    "RefOrder", "StateProvince", "Station", "Theater",
)  # fmt: skip
"""The elements of a source (CT_SourceType) that no row names, or none in most types."""

ROLES: Final = frozenset(
    ("Conductor", "Counsel", *(row.own for row in _FIELDS if row.kind is APART))
)
"""The roles of names (CT_AuthorType)."""

SPEC: Final = Spec(
    (
        *_TYPES,
        *(TypeRow("Misc", name, reads=False) for name in all_but(*(row.csl for row in _TYPES))),
    ),
    _FIELDS,
    default="Misc",
    known=frozenset((*ROLES, *_FREE)),
    quiet=frozenset(("LCID", "StandardNumber")),
)


def mapping() -> Spec:
    """Return the source types and elements next to CSL's types and variables.

    Example:
        >>> [row.shown for row in mapping().fields if row.variable == "container-author"]
        ['Author/BookAuthor']
    """
    return SPEC
