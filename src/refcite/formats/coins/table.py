"""The table of OpenURL's metadata formats: their genres and keys beside CSL's types and variables.

Source: the matrices of the KEV formats book, journal, dissertation, patent and dc in the registry
of ANSI/NISO Z39.88-2004. What has no genre is written in Dublin Core, whose `type` is then CSL's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.mapping import FieldRow, MappingTable, TypeRow
from refcite.vocabulary import ITEM_TYPES

__all__ = ["KEYS", "PREFIX", "Shape", "keys_of", "mapping", "shape_named", "shape_of"]

PREFIX: Final = "info:ofi/fmt:kev:mtx:"
"""What stands before the name of a metadata format."""


@frozen
class Shape:
    """How works of a type are described.

    Attributes:
        format: The metadata format: `book`, `journal`, `dissertation`, `patent` or `dc`.
        genre: The genre in that format; the `type` in `dc`.
    """

    format: str
    genre: str = ""

    def __str__(self) -> str:
        return f"{self.format}/{self.genre}" if self.genre else self.format


_GENRES: Final = {
    "article-journal": Shape("journal", "article"),
    "article": Shape("journal", "preprint"),
    "periodical": Shape("journal", "journal"),
    "book": Shape("book", "book"),
    "chapter": Shape("book", "bookitem"),
    "paper-conference": Shape("book", "proceeding"),
    "report": Shape("book", "report"),
    "document": Shape("book", "document"),
    "thesis": Shape("dissertation"),
    "patent": Shape("patent"),
}
_READ: Final = {
    Shape("journal", "issue"): "periodical",
    Shape("journal", "proceeding"): "paper-conference",
    Shape("journal", "conference"): "paper-conference",
    Shape("journal", "unknown"): "article-journal",
    Shape("journal"): "article-journal",
    Shape("book", "conference"): "book",
    Shape("book", "unknown"): "book",
    Shape("book"): "book",
}
_DC: Final = tuple(name for name in ITEM_TYPES if name not in _GENRES)

_JOURNAL: Final = ("article", "article-journal", "periodical")
_ARTICLES: Final = ("article", "article-journal")
_PARTS: Final = ("chapter", "paper-conference")
_WHOLES: Final = ("book", "document", "report")
_BOOKS: Final = _PARTS + _WHOLES

_FIELDS: Final = (
    FieldRow("rft.atitle", "title", _ARTICLES + _PARTS),
    FieldRow("rft.jtitle", "title", ("periodical",)),
    FieldRow("rft.btitle", "title", _WHOLES),
    FieldRow("rft.title", "title", ("patent", "thesis", *_DC)),
    FieldRow("rft.title", "title", _BOOKS + _JOURNAL, writes=False, note="where no other is there"),
    FieldRow("rft.jtitle", "container-title", _ARTICLES),
    FieldRow("rft.btitle", "container-title", _PARTS),
    FieldRow("rft.jtitle", "container-title", ("paper-conference",), writes=False),
    FieldRow("rft.source", "container-title", _DC),
    FieldRow("rft.stitle", "container-title-short", _ARTICLES),
    FieldRow("rft.stitle", "title-short", ("periodical",)),
    FieldRow(
        "rft.aulast, rft.aufirst, rft.ausuffix, rft.au, rft.aucorp",
        "author",
        (*_BOOKS, *_JOURNAL, "thesis"),
        note="the first person, all persons, an organisation",
    ),
    FieldRow("rft.invlast, rft.invfirst, rft.inventor", "author", ("patent",)),
    FieldRow("rft.creator", "author", _DC, note="a name without a comma is a literal"),
    FieldRow("rft.contributor", "contributor", _DC),
    FieldRow("rft.date", "issued", note="a year, a month or a day"),
    FieldRow("rft.ssn", "issued", _JOURNAL, note="the season, beside the year"),
    FieldRow("rft.appldate", "submitted", ("patent",), note="a year, a month or a day"),
    FieldRow("rft.volume", "volume", _JOURNAL),
    FieldRow("rft.issue", "issue", _JOURNAL),
    FieldRow("rft.part", "part-number", _JOURNAL),
    FieldRow("rft.artnum", "number", _JOURNAL),
    FieldRow("rft.number", "number", ("patent",)),
    FieldRow("rft.applnumber", "call-number", ("patent",)),
    FieldRow("rft.pages", "page", _BOOKS + _JOURNAL),
    FieldRow("rft.spage, rft.epage", "page", _BOOKS + _JOURNAL, note="beside rft.pages"),
    FieldRow("rft.series", "collection-title", _BOOKS),
    FieldRow("rft.edition", "edition", _BOOKS),
    FieldRow("rft.tpages", "number-of-pages", (*_BOOKS, "thesis")),
    FieldRow("rft.pub", "publisher", _BOOKS),
    FieldRow("rft.inst", "publisher", ("thesis",)),
    FieldRow("rft.publisher", "publisher", _DC),
    FieldRow("rft.place", "publisher-place", _BOOKS),
    FieldRow("rft.degree", "genre", ("thesis",)),
    FieldRow("rft.co", "jurisdiction", ("patent",)),
    FieldRow("rft.issn", "ISSN", _BOOKS + _JOURNAL),
    FieldRow("rft.eissn", "ISSN", _JOURNAL, writes=False),
    FieldRow("rft.isbn", "ISBN", (*_BOOKS, *_JOURNAL, "thesis")),
    FieldRow("rft.description", "abstract", _DC),
    FieldRow("rft.subject", "keyword", _DC, note="one for each word"),
    FieldRow("rft.language", "language", _DC),
    FieldRow("rft.rights", "license", _DC),
    FieldRow("rft.format", "medium", _DC),
    FieldRow("rft_id", "DOI", note="info:doi/…"),
    FieldRow("rft_id", "PMID", note="info:pmid/…"),
    FieldRow("rft_id", "URL", note="an address"),
    FieldRow("rft.identifier", "URL", _DC, writes=False, note="an address"),
)

_AUTHORS: Final = "aulast aufirst auinit auinit1 auinitm ausuffix au aucorp"
_KEYS: Final = {
    "journal": (
        f"{_AUTHORS} genre atitle jtitle title stitle date chron ssn quarter volume part issue"
        " spage epage pages artnum issn eissn isbn coden sici"
    ),
    "book": (
        f"{_AUTHORS} genre atitle btitle title place pub date edition tpages series spage epage"
        " pages isbn issn bici"
    ),
    "dissertation": f"{_AUTHORS} title co cc inst advisor tpages date isbn degree",
    "patent": (
        "inventor invlast invfirst title co cc kind applcc applnumber number date appldate assignee"
        " pubdate prioritydate"
    ),
    "dc": (
        "title creator subject description publisher contributor date type format identifier source"
        " language relation coverage rights"
    ),
}
KEYS: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(keys.split()) for name, keys in _KEYS.items()
}
"""The keys of each metadata format, without `rft.`."""


def mapping() -> MappingTable:
    """Return the genres and keys beside CSL's types and variables.

    Example:
        >>> sorted(mapping().carried("thesis"))[:4]
        ['DOI', 'ISBN', 'PMID', 'URL']
    """
    written = tuple(TypeRow(str(shape_of(name)), name) for name in ITEM_TYPES)
    read = tuple(
        TypeRow(str(shape), name, writes=False) for shape, name in _READ.items() if shape.genre
    )
    return MappingTable((*written, *read), _FIELDS)


def shape_of(csl_type: str) -> Shape:
    """Return how works of a CSL type are described.

    Example:
        >>> str(shape_of("chapter")), str(shape_of("map"))
        ('book/bookitem', 'dc/map')
    """
    return _GENRES.get(csl_type) or Shape("dc", csl_type)


@cache
def shape_named(format_: str, genre: str) -> str | None:
    """Return the CSL type of a metadata format's genre; None where it is not known."""
    types = {shape: name for name, shape in _GENRES.items()} | _READ
    shape = Shape(format_, genre if format_ in ("book", "journal", "dc") else "")
    if format_ == "dc":
        return genre if genre in ITEM_TYPES else None
    return types.get(shape)


@cache
def keys_of(csl_type: str) -> Mapping[str, str]:
    """Return for each plain key the variable that it holds in works of a type.

    Example:
        >>> keys_of("chapter")["btitle"]
        'container-title'
    """
    rows = [row for row in _FIELDS if row.is_for(csl_type) and row.own.startswith("rft.")]
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: not row.writes):
        found.setdefault(row.own.removeprefix("rft."), row.variable)
    return {key: variable for key, variable in found.items() if ", " not in key}
