"""The names of the columns of tables: in CSL, in common use, in programs.

The names that only one database uses are in `databases`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Row, Spec, every_type, every_variable
from refcite.formats.csv.databases import DATABASES, Database, normal
from refcite.formats.typenames import TYPE_NAMES
from refcite.vocabulary import ATTRIBUTES, VARIABLES

__all__ = ["EXTRA", "ORDER", "SPEC", "Column", "column_of", "mapping"]

EXTRA: Final = "extra"
"""The column for values that no other column can hold, as a JSON object."""


def _called(variable: str, *names: str) -> Iterator[Row]:
    return (Row(name, variable, writes=False) for name in names)


_FIRST: Final = (
    *_called("id", "key", "citekey", "cite key", "bibtex key", "reference id", "identifier"),
    *_called("type",
        "item type", "document type", "reference type", "publication type", "entry type"),
    *_called("author",
        "authors", "author(s)", "author/s", "author names", "creator", "creators", "by"),
    *_called("editor", "editors", "editor(s)"),
    *_called("translator", "translators", "translator(s)"),
    *_called("collection-editor", "series editor", "series editors"),
    *_called("container-author", "book author", "book authors"),
    *_called("performer", "cast member", "cast members"),
    *_called("script-writer", "scriptwriter", "words by"),
    *_called("contributor", "contributors"),
    *_called("title", "article title", "document title", "name", "work"),
    *_called("title-short", "short title", "shorttitle"),
    *_called("container-title",
        "journal", "publication", "publication title", "source title", "journal title",
        "journal name", "journal/book", "book title", "booktitle", "newspaper", "magazine",
        "website", "website title", "periodical", "proceedings title", "container",
        "encyclopedia title", "dictionary title", "blog title", "program title"),
    *_called("container-title-short",
        "journal abbreviation", "abbreviated source title", "journalabbreviation",
        "iso abbreviation"),
    *_called("collection-title", "series", "series title", "book series title"),
    *_called("collection-number", "series number"),
    *_called("issued", "date", "publication date", "date published", "published"),
    *_called("accessed", "access date", "date accessed", "accessed on", "retrieved", "urldate"),
    *_called("original-date", "original year", "original publication date"),
    *_called("event-title", "conference", "conference name", "meeting name", "event name"),
    *_called("event-place", "conference location", "conference place", "event location"),
    *_called("event-date", "conference date", "event dates"),
    *_called("volume", "vol", "vol."),
    *_called("issue", "no", "no.", "issue number"),
    *_called("number", "report number", "document number", "art. no.", "article number", "symbol"),
    *_called("page", "pages", "page range", "pp", "pp."),
    *_called("number-of-pages", "num pages", "page count", "number pages", "total pages"),
    *_called("number-of-volumes", "num volumes", "number volumes"),
    *_called("edition", "ed."),
    *_called("publisher", "institution", "university", "issuing body"),
    *_called("publisher-place", "place", "place of publication", "publisher location", "city"),
    *_called("authority", "issuing authority", "court", "legislative body"),
    *_called("DOI", "doi link", "digital object identifier"),
    *_called("URL", "link", "web address", "address of page", "website address"),
    *_called("PMID", "pubmed id", "pubmedid"),
    *_called("PMCID", "pmc", "pmc id"),
    *_called("language", "language of original document"),
    *_called("abstract", "abstract note", "summary"),
    *_called("note", "notes", "comments", "comment", "remarks"),
    *_called("keyword", "keywords", "author keywords", "tags", "manual tags"),
    *_called("license", "rights", "copyright"),
    *_called("archive_location", "loc. in archive", "archive location"),
    *_called("source", "library catalog", "database"),
    *_called("call-number", "callnumber", "shelf mark"),
    *_called("genre", "thesis type", "report type", "kind"),
    *_called("dimensions", "running time", "artwork size", "duration"),
)  # fmt: skip
"""Other names of the columns for variables, for the id and for the type."""

_SECOND: Final = (
    *_called("author", "author full names"),
    *_called("issued", "year", "publication year", "published year", "pub year", "pubyear", "py"),
    *_called("keyword", "subjects", "index keywords"),
)  # fmt: skip
"""Columns over which those above and CSL's take precedence."""

_PARTS: Final = {
    "month": ("month", "publication month", "published month"),
    "day": ("day",),
    "page-start": ("page start", "first page", "start page", "from page"),
    "page-end": ("page end", "last page", "end page", "to page"),
}
"""Columns that are a part of a variable."""

_CONTAINERS: Final = {
    "journal": "article-journal",
    "journal-title": "article-journal",
    "journal-name": "article-journal",
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "book-title": "chapter",
    "booktitle": "chapter",
    "proceedings-title": "paper-conference",
    "website": "webpage",
    "website-title": "webpage",
    "encyclopedia-title": "entry-encyclopedia",
    "dictionary-title": "entry-dictionary",
    "blog-title": "post-weblog",
}
"""Columns with the type of a work that has no other type."""

ORDER: Final = tuple(
    dict.fromkeys(
        (
            *("id", "type", "author", "editor", "translator", "issued", "title", "title-short"),
            *("container-title", "collection-title", "collection-number", "volume", "issue"),
            *("number", "page", "edition", "publisher", "publisher-place", "event-title"),
            *("event-place", "event-date", "DOI", "ISBN", "ISSN", "PMID", "PMCID", "URL"),
            *("accessed", "language"),
            *VARIABLES,
        )
    )
)
"""The order of columns that are written."""


@frozen
class Column:
    """The meaning of a column.

    Attributes:
        name: A CSL variable, `id`, `type`, `extra`, or a part such as `month`. Empty where the
            column has no variable in the table of a database, though its name shows one elsewhere.
        rank: 1 for the column that takes precedence over others of this name.
        type: The type of a work that states something here and has no type.
    """

    name: str
    rank: int = 1
    type: str = ""


@lru_cache(maxsize=1024)
def column_of(header: str, database: Database | None = None) -> Column | None:
    """Return the meaning of a column with this header; None if it is unknown.

    Args:
        header: The header.
        database: The database of the table, if it is known.

    Example:
        >>> column_of("Publication Year"), column_of("Colour")
        (Column(name='issued', rank=2, type=''), None)
    """
    key = normal(header)
    variable = database.column(key) if database is not None else None
    if variable is None:
        return _columns().get(key)
    name, _, rank = variable.rpartition("-")
    return Column(name, int(rank)) if rank.isdigit() else Column(variable)


@cache
def _columns() -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for rank, rows in ((1, _FIRST), (2, _SECOND)):
        for row in rows:
            key = normal(row.own)
            columns[key] = Column(row.variable, rank, _CONTAINERS.get(key, ""))
    for part, headers in _PARTS.items():
        columns.update((normal(header), Column(part)) for header in headers)
    for name in ("id", "type", EXTRA, *ATTRIBUTES):
        columns[normal(name)] = Column(name)
    return columns


def _of_databases() -> Iterator[Row]:
    """Yield the columns of databases that have their own names for variables."""
    for database in DATABASES:
        for header, variable in database.columns.items():
            name = variable.rpartition("-")[0] if variable[-1:].isdigit() else variable
            general = _columns().get(normal(header))
            if name in ATTRIBUTES and (general is None or general.name != name):
                yield Row(header, name, writes=False, note=database.name)


SPEC: Final = Spec(
    (*every_type(), *TYPE_NAMES),
    (
        *every_variable(),
        *(row for row in (*_FIRST, *_SECOND) if row.variable in ATTRIBUTES),
        *_of_databases(),
        Row("month", "issued", writes=False, note="with a year"),
        Row("day", "issued", writes=False, note="with a year and a month"),
        Row("page start", "page", writes=False),
        Row("page end", "page", writes=False, note="with the first page"),
    ),
)


def mapping() -> Spec:
    """Return the columns next to CSL's variables.

    Example:
        >>> mapping().not_carried()
        ()
    """
    return SPEC
