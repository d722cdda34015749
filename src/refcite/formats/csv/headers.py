"""What the columns of tables of references are called: by CSL, by people, by programs.

Zotero, Scopus, PubMed and Google Scholar export tables; their headers are read beside CSL's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Row, Spec, TypeRow, every_type, every_variable
from refcite.formats.typenames import type_names
from refcite.vocabulary import ATTRIBUTES, ITEM_TYPES, VARIABLES

__all__ = ["EXTRA", "ORDER", "Column", "column_of", "mapping"]

EXTRA: Final = "extra"
"""The column with what no other column can hold, as a JSON object."""

_ALIASES: Final = {
    "id": "key, citekey, cite key, bibtex key, reference id, identifier",
    "type": "item type, document type, reference type, publication type, entry type",
    "author": "authors, author(s), author names, creator, creators, by, author full names:3",
    "editor": "editors, editor(s)",
    "translator": "translators, translator(s)",
    "collection-editor": "series editor, series editors",
    "container-author": "book author, book authors",
    "performer": "cast member, cast members",
    "script-writer": "scriptwriter, words by",
    "contributor": "contributors",
    "title": "article title, document title, name, work",
    "title-short": "short title, shorttitle",
    "container-title": (
        "journal, publication, publication title, source title, journal title, journal name,"
        " journal/book, book title, booktitle, newspaper, magazine, website, website title,"
        " periodical, proceedings title, container, encyclopedia title, dictionary title,"
        " blog title, program title"
    ),
    "container-title-short": (
        "journal abbreviation, abbreviated source title, journalabbreviation, iso abbreviation"
    ),
    "collection-title": "series, series title, book series title",
    "collection-number": "series number",
    "issued": "date, publication date, date published, published, year:2, publication year:2, py:2",
    "accessed": "access date, date accessed, accessed on, retrieved, urldate",
    "original-date": "original year, original publication date",
    "event-title": "conference, conference name, meeting name, event name",
    "event-place": "conference location, conference place, event location",
    "event-date": "conference date, event dates",
    "volume": "vol, vol.",
    "issue": "no, no., issue number",
    "number": "report number, document number, art. no., article number, symbol",
    "page": "pages, page range, pp, pp.",
    "number-of-pages": "num pages, page count, number pages, total pages",
    "number-of-volumes": "num volumes, number volumes",
    "edition": "ed.",
    "publisher": "institution, university, issuing body",
    "publisher-place": "place, place of publication, publisher location, city",
    "authority": "issuing authority, court, legislative body",
    "DOI": "doi link, digital object identifier",
    "URL": "link, web address, address of page, website address",
    "PMID": "pubmed id, pubmedid",
    "PMCID": "pmc, pmc id",
    "language": "language of original document",
    "abstract": "abstract note, summary",
    "note": "notes, comments, comment, remarks",
    "keyword": "keywords, author keywords, tags, manual tags, subjects:3, index keywords:3",
    "license": "rights, copyright",
    "archive_location": "loc. in archive, archive location",
    "source": "library catalog, database",
    "call-number": "callnumber, shelf mark",
    "genre": "thesis type, report type, kind",
    "dimensions": "running time, artwork size, duration",
}
"""Each variable with what else its column may be called; a rank of 2 gives way to one of 1."""

_PARTS: Final = {
    "month": "month, publication month",
    "day": "day",
    "page-start": "page start, first page, start page, from page",
    "page-end": "page end, last page, end page, to page",
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
"""Columns that tell the type of a work which has no other."""

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

_SPACES: Final = re.compile(r"[\s_-]+")


@frozen
class Column:
    """What a column is for.

    Attributes:
        name: A CSL variable, `id`, `type`, `extra`, or a part such as `month`.
        rank: 1 for the column that counts before others of this name.
        type: The type of a work that says something here and has no type.
    """

    name: str
    rank: int = 1
    type: str | None = None


@lru_cache(maxsize=1024)
def column_of(header: str) -> Column | None:
    """Return what a column of this header is for; None where it is unknown.

    Example:
        >>> column_of("Publication Year"), column_of("Colour")
        (Column(name='issued', rank=2, type=None), None)
    """
    return _columns().get(_normal(header))


def _normal(header: str) -> str:
    return _SPACES.sub("-", header.strip().casefold())


@cache
def _columns() -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for name, aliases in {**_ALIASES, **_PARTS}.items():
        for alias in filter(None, aliases.split(", ")):
            header, _, rank = alias.strip().partition(":")
            key = _normal(header)
            columns[key] = Column(name, int(rank or 1), _CONTAINERS.get(key))
    for name in ("id", "type", EXTRA, *ATTRIBUTES):
        columns[_normal(name)] = Column(name)
    return columns


def mapping() -> Spec:
    """Return the columns beside CSL's variables.

    Example:
        >>> mapping().not_carried()
        ()
    """
    others = tuple(
        Row(alias.strip().partition(":")[0], name, writes=False)
        for name, aliases in _ALIASES.items()
        if name in ATTRIBUTES
        for alias in aliases.split(", ")
    )
    parts = (
        Row("month", "issued", writes=False, note="beside a year"),
        Row("day", "issued", writes=False, note="beside a year and a month"),
        Row("page start", "page", writes=False),
        Row("page end", "page", writes=False, note="beside the first page"),
    )
    aliases = tuple(
        TypeRow(alias.strip(), name, writes=False)
        for alias, name in type_names().items()
        if alias not in ITEM_TYPES
    )
    return Spec((*every_type(), *aliases), (*every_variable(), *others, *parts))
