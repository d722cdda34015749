"""EndNote's types and elements next to CSL's: the one table, read in both ways.

Source: a field's name for a type in EndNote's table of reference types is its meaning, as in the
RIS specification of 2011, which is EndNote's too.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats.codecs import (
    APART,
    COUNT,
    DATABASE,
    DATE,
    DOI_FIELD,
    KEYWORDS,
    NAMES,
    PAGES,
    PLAIN,
    PMID_OF_DATABASE,
    RANGE,
    labelled,
    only_with,
    read_people,
    with_edition_number,
)
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow, all_but, type_rows
from refcite.formats.draft import Draft
from refcite.formats.endnote_xml.types import HOUSEKEEPING, ORDER, PATHS, WRITTEN_AS
from refcite.formats.endnote_xml.values import read_name, write_issued, write_name
from refcite.formats.endnotetypes import (
    ARCHIVED,
    ARTICLES,
    DEGREE,
    FILMS,
    NO_DEGREE,
    PAPERS,
    PERIODICALS,
    TYPES,
    WHOLES,
    EndNoteType,
)
from refcite.formats.numbers import bare_isbns, bare_issns, is_isbn, is_issn

__all__ = ["CONFERENCE", "ISSUED", "SPEC", "mapping", "type_named"]

# Types

_BY_NAME: Final = {"".join(one.name.casefold().split()): one for one in TYPES}
_BY_NUMBER: Final = {str(one.number): one for one in TYPES if not one.is_new}


@lru_cache(maxsize=256)
def type_named(name: str, number: str = "") -> EndNoteType | None:
    """Return the type of a name, otherwise of a number; None if there is none.

    Example:
        >>> type_named("Journal Article").number, type_named("", "6").name
        (17, 'Book')
    """
    return _BY_NAME.get("".join(name.casefold().split())) or _BY_NUMBER.get(number)


_TYPES: Final = type_rows((one.name, one.type) for one in TYPES)
_IN_SERIES: Final = (*WHOLES, "Computer Program", "Film or Broadcast", "Map", "Report")
_PARTS: Final = ("Book Section", "Dictionary", "Electronic Book Section", "Encyclopedia", "Serial")
_DATA: Final = ("Aggregated Database", "Dataset", "Online Database")
_VERSIONS: Final = (*_DATA, "Chart or Table", "Computer Program", "Equation", "Figure")
_ACTS: Final = ("Bill", "Hearing", "Statute")
_EPISODES: Final = ("Podcast", "Television Episode")
_REPORTS: Final = ("Government Document", "Legal Rule or Regulation", "Patent", "Report",
    "Standard")  # fmt: skip
_WRITTEN_BOOKS: Final = ("Ancient Text", "Book", "Catalog", "Classical Work")
_EDITS_SERIES: Final = (*_WRITTEN_BOOKS, "Computer Program", "Edited Book", "Map", "Report")
_ISSUES: Final = (*PAPERS, *PERIODICALS, "Generic", "Government Document", "Grant",
    "Legal Rule or Regulation", "Press Release", "Social Media")  # fmt: skip


_but = partial(all_but, of=[one.name for one in TYPES])


# Values


def _day(text: str, draft: Draft) -> Date | None:
    date = Date.parse(text, day_first=draft.day_first)
    return date if date.literal is None else None


def _line(text: str, draft: Draft) -> str:
    # EndNote's users may give any field several lines.
    return " ".join(text.split())


def _lines(name: str) -> Codec:
    """Return the codec of numbers without their name, one per line."""
    # A second number of the same kind is that of another edition.
    clean = bare_isbns if name == "ISBN" else bare_issns
    codec = labelled(name, lambda text: True, clean=clean)
    return evolve(codec, write=str, join=", ".join, note="one a line")


CONFERENCE: Final = evolve(
    only_with("container_title", TEXT), note="if custom3 has the proceedings"
)
"""The conference, in an element that most programs write the proceedings to."""
ISSUED: Final = evolve(
    APART, write=lambda date: "\n".join(write_issued(date)), note="with pub-dates"
)
"""A year, and a line with month and day."""
_NAMES: Final = evolve(
    NAMES,
    read=lambda text, draft: read_people(text, draft, read_name),
    write=lambda names: write_name(names[0]),
)
_LINE: Final = Codec(_line)
_EDITION: Final = with_edition_number(TEXT)
_COUNT: Final = evolve(COUNT, read=lambda text, draft: COUNT.read(_line(text, draft), draft))
_NUMBER_LINE: Final = evolve(PLAIN, read=_line)
_RANGE: Final = evolve(RANGE, read=lambda text, draft: RANGE.read(_line(text, draft), draft))
_DAY: Final = Codec(_day, note="a date, otherwise the edition")
_ISBN: Final = evolve(labelled("ISBN", is_isbn, clean=bare_isbns), join=", ".join)
_ISSN: Final = evolve(labelled("ISSN", is_issn, clean=bare_issns), join=", ".join)
# Eight or ten figures may well be a report's number.
_LONG_ISBN: Final = evolve(
    labelled(
        "ISBN",
        lambda text: text.startswith(("978", "979")) and is_isbn(text),
        clean=bare_isbns,
    ),
    join=", ".join,
)
_NAMED_ISSN: Final = evolve(labelled("ISSN", lambda text: False, clean=bare_issns), join=", ".join)
_NUMBER: Final = Codec(join=", ".join, note="one a line")

# Elements


def _row(
    own: str,
    variable: str,
    types: tuple[str, ...] = (),
    kind: Codec = TEXT,
    *,
    writes: bool = True,
    needs: str = "",
) -> Row:
    path = PATHS.get(own, "")
    return Row(own, variable, kind, types, path=path, writes=writes, needs=needs)


_FIELDS: Final = (
    _row("authors", "author", _but("Edited Book", *FILMS, "Music"), _NAMES),
    _row("authors", "editor", ("Edited Book",), _NAMES),
    _row("authors", "director", FILMS, _NAMES),
    _row("authors", "composer", ("Music",), _NAMES),
    _row("secondary-authors", "editor", _but(*_EDITS_SERIES, *FILMS, *_DATA, *_REPORTS[:3],
        "Audiovisual Material", "Case", "Interview", "Personal Communication", "Statute",
        "Thesis"), _NAMES),
    _row("secondary-authors", "collection-editor", _EDITS_SERIES, _NAMES),
    _row("secondary-authors", "producer", _DATA, _NAMES),
    _row("secondary-authors", "performer", ("Audiovisual Material",), _NAMES),
    _row("secondary-authors", "interviewer", ("Interview",), _NAMES),
    _row("secondary-authors", "recipient", ("Personal Communication",), _NAMES),
    _row("tertiary-authors", "collection-editor", _but(*WHOLES, *FILMS, *_EPISODES, "Blog",
        "Case", "Computer Program", "Map", "Patent", "Report", "Thesis"), _NAMES),
    _row("tertiary-authors", "editor", (*_WRITTEN_BOOKS, "Electronic Book"), _NAMES),
    _row("tertiary-authors", "producer", (*FILMS, *_EPISODES), _NAMES),
    _row("tertiary-authors", "illustrator", ("Blog",), _NAMES),
    _row("tertiary-authors", "contributor", ("Thesis",), _NAMES),
    _row("subsidiary-authors", "translator", _but("Case", *PAPERS, *FILMS, "Music"), _NAMES),
    _row("subsidiary-authors", "performer", FILMS, _NAMES),
    _row("subsidiary-authors", "producer", ("Music",), _NAMES),
    _row("title", "title"),
    _row("custom3", "container-title", PAPERS),
    _row("secondary-title", "event-title", PAPERS, CONFERENCE, needs="container-title"),
    _row("secondary-title", "container-title", PAPERS, writes=False),
    _row("secondary-title", "container-title", _but(*_IN_SERIES, *PAPERS, "Hearing",
        "Manuscript", "Thesis", "Unpublished Work")),
    _row("secondary-title", "section", ("Hearing",)),
    _row("secondary-title", "archive_collection", ("Manuscript",)),
    _row("secondary-title", "division", ("Thesis",)),
    _row("tertiary-title", "collection-title", _but(*_IN_SERIES, *_ACTS, "Blog",
        "Legal Rule or Regulation")),
    _row("secondary-title", "collection-title", (*_IN_SERIES, "Unpublished Work")),
    _row("tertiary-title", "authority", ("Bill", "Hearing")),
    _row("tertiary-title", "supplement-number", ("Legal Rule or Regulation",)),
    _row("alt-title", "container-title-short"),
    _row("short-title", "title-short"),
    _row("full-title", "container-title", _but(*_IN_SERIES, *PAPERS, "Hearing", "Manuscript",
        "Serial", "Thesis"), writes=False),
    _row("full-title", "collection-title", (*_IN_SERIES, "Serial"), writes=False),
    _row("abbr-1", "container-title-short", writes=False),
    _row("pages", "page", _but(*WHOLES, *FILMS, "Thesis"), PAGES),
    _row("pages", "page", (*WHOLES, "Thesis"), _RANGE, writes=False),
    _row("pages", "number-of-pages", (*WHOLES, "Thesis"), _COUNT),
    _row("pages", "dimensions", FILMS),
    _row("section", "page", (*WHOLES, "Thesis")),
    _row("section", "page", ARTICLES, writes=False),
    _row("section", "chapter-number", _PARTS),
    _row("section", "submitted", ("Case",), DATE),
    _row("section", "section", _but(*WHOLES, *_PARTS, *ARTICLES, "Case", "Hearing", "Patent",
        "Thesis")),
    _row("volume", "volume", _but("Pamphlet", "Patent", "Thesis")),
    _row("volume", "volume", ("Thesis",), NO_DEGREE, writes=False),
    _row("volume", "genre", ("Thesis",), DEGREE, writes=False),
    _row("volume", "number", ("Pamphlet",)),
    _row("volume", "version", ("Patent",)),
    _row("isbn", "ISBN", PERIODICALS, _ISBN),
    _row("isbn", "ISSN", PERIODICALS, _lines("ISSN")),
    _row("isbn", "ISBN", _REPORTS, _LONG_ISBN),
    _row("isbn", "ISSN", _REPORTS, _NAMED_ISSN),
    _row("isbn", "number", _REPORTS, _NUMBER),
    _row("isbn", "ISSN", _but(*PERIODICALS, *_REPORTS), _ISSN),
    _row("isbn", "ISBN", _but(*PERIODICALS, *_REPORTS), _lines("ISBN")),
    _row("number", "issue", _ISSUES),
    _row("number", "collection-number", (*WHOLES, *_PARTS, "Pamphlet")),
    _row("number", "number", ("Report",), writes=False),
    _row("number", "number", _but(*_ISSUES, *WHOLES, *_PARTS, "Pamphlet", "Patent", "Report",
        "Standard")),
    _row("custom7", "number", ARTICLES),
    _row("issue", "supplement-number", PERIODICALS),
    _row("num-vols", "number-of-volumes", _but("Report")),
    _row("num-vols", "collection-number", ("Report",)),
    _row("edition", "available-date", ARTICLES, _DAY),
    _row("edition", "edition", ARTICLES, _EDITION, writes=False),
    _row("edition", "edition", _but(*ARTICLES, *_VERSIONS, *_ACTS, "Patent"), _EDITION),
    _row("edition", "version", _VERSIONS),
    _row("edition", "chapter-number", _ACTS),
    _row("keywords", "keyword", kind=KEYWORDS),
    _row("year", "issued", kind=ISSUED),
    _row("pub-location", "publisher-place", _but(*PAPERS, "Patent", "Statute")),
    _row("pub-location", "event-place", PAPERS),
    _row("pub-location", "jurisdiction", ("Patent", "Statute")),
    _row("custom1", "publisher-place", PAPERS),
    _row("custom1", "scale", ("Map",)),
    _row("custom1", "medium", ("Music",)),
    _row("publisher", "publisher", _but("Case", "Manuscript")),
    _row("publisher", "authority", ("Case",)),
    _row("publisher", "archive", ("Manuscript",)),
    _row("tertiary-title", "publisher", ("Blog",), writes=False),
    _row("remote-database-name", "archive", (*all_but("Manuscript", of=ARCHIVED), "Thesis")),
    _row("remote-database-name", "archive", ("Manuscript",), writes=False),
    _row("remote-database-name", "source", _but(*ARCHIVED, "Thesis"), DATABASE),
    _row("remote-database-provider", "source"),
    _row("accession-num", "number", ("Thesis",), writes=False),
    _row("accession-num", "archive_location", ARCHIVED),
    _row("accession-num", "PMID", kind=PMID_OF_DATABASE, writes=False),
    _row("call-num", "call-number"),
    _row("electronic-resource-num", "DOI", kind=DOI_FIELD),
    _row("abstract", "abstract"),
    _row("label", "citation-label"),
    _row("notes", "note"),
    _row("research-notes", "annote"),
    _row("custom4", "genre", FILMS),
    _row("work-type", "genre", _but(*FILMS)),
    _row("work-type", "genre", FILMS, writes=False),
    _row("reviewed-item", "reviewed-title"),
    _row("language", "language"),
    _row("related-urls", "URL"),
    _row("web-urls", "URL", writes=False),
    _row("access-date", "accessed", kind=DATE),
    _row("custom2", "PMCID", ARTICLES, _NUMBER_LINE),
    _row("custom2", "submitted", ("Patent",), DATE),
    _row("custom3", "dimensions", ("Artwork", "Audiovisual Material", "Map")),
    _row("custom5", "medium", ("Audiovisual Material", *FILMS, "Online Multimedia")),
    _row("custom5", "references", ("Patent",)),
    _row("custom6", "status", ("Patent",)),
    _row("orig-pub", "references", (*_ACTS, "Case", "Legal Rule or Regulation")),
)  # fmt: skip

SPEC: Final = Spec(
    (
        *_TYPES,
        *(
            TypeRow(WRITTEN_AS.get(csl_type, "Generic"), csl_type, reads=False)
            for csl_type in all_but(*(row.csl for row in _TYPES))
        ),
    ),
    _FIELDS,
    typed_by="own",
    default="Generic",
    known=frozenset((*ORDER, *PATHS)) - HOUSEKEEPING,
    # EndNote states the journal twice, and several addresses.
    quiet=frozenset(("full-title", "abbr-1", "related-urls", "web-urls", "year", "pub-dates")),
)


def mapping() -> Spec:
    """Return the types and elements next to CSL's types and variables.

    Example:
        >>> [row.shown for row in mapping().fields if row.variable == "translator" and row.writes]
        ['contributors/subsidiary-authors']
    """
    return SPEC
