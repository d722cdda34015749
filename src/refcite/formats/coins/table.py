"""The table of OpenURL's metadata formats: their genres and keys beside CSL's types and variables.

Source: the matrices of the KEV formats book, journal, dissertation, patent and dc in the registry
of ANSI/NISO Z39.88-2004. What has no genre is written in Dublin Core, whose `type` is then CSL's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Row, Spec, TypeRow
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
    Row("rft.atitle", "title", types=_ARTICLES + _PARTS),
    Row("rft.jtitle", "title", types=("periodical",)),
    Row("rft.btitle", "title", types=_WHOLES),
    Row("rft.title", "title", types=("patent", "thesis", *_DC)),
    Row(
        "rft.title", "title", types=_BOOKS + _JOURNAL, writes=False, note="where no other is there"
    ),
    Row("rft.jtitle", "container-title", types=_ARTICLES),
    Row("rft.btitle", "container-title", types=_PARTS),
    Row("rft.jtitle", "container-title", types=("paper-conference",), writes=False),
    Row("rft.source", "container-title", types=_DC),
    Row("rft.stitle", "container-title-short", types=_ARTICLES),
    Row("rft.stitle", "title-short", types=("periodical",)),
    Row(
        "rft.aulast, rft.aufirst, rft.ausuffix, rft.au, rft.aucorp",
        "author",
        types=(*_BOOKS, *_JOURNAL, "thesis"),
        note="the first person, all persons, an organisation",
    ),
    Row("rft.invlast, rft.invfirst, rft.inventor", "author", types=("patent",)),
    Row("rft.creator", "author", types=_DC, note="a name without a comma is a literal"),
    Row("rft.contributor", "contributor", types=_DC),
    Row("rft.date", "issued", note="a year, a month or a day"),
    Row("rft.ssn", "issued", types=_JOURNAL, note="the season, beside the year"),
    Row("rft.appldate", "submitted", types=("patent",), note="a year, a month or a day"),
    Row("rft.volume", "volume", types=_JOURNAL),
    Row("rft.issue", "issue", types=_JOURNAL),
    Row("rft.part", "part-number", types=_JOURNAL),
    Row("rft.artnum", "number", types=_JOURNAL),
    Row("rft.number", "number", types=("patent",)),
    Row("rft.applnumber", "call-number", types=("patent",)),
    Row("rft.pages", "page", types=_BOOKS + _JOURNAL),
    Row("rft.spage, rft.epage", "page", types=_BOOKS + _JOURNAL, note="beside rft.pages"),
    Row("rft.series", "collection-title", types=_BOOKS),
    Row("rft.edition", "edition", types=_BOOKS),
    Row("rft.tpages", "number-of-pages", types=(*_BOOKS, "thesis")),
    Row("rft.pub", "publisher", types=_BOOKS),
    Row("rft.inst", "publisher", types=("thesis",)),
    Row("rft.publisher", "publisher", types=_DC),
    Row("rft.place", "publisher-place", types=_BOOKS),
    Row("rft.degree", "genre", types=("thesis",)),
    Row("rft.co", "jurisdiction", types=("patent",)),
    Row("rft.issn", "ISSN", types=_BOOKS + _JOURNAL),
    Row("rft.eissn", "ISSN", types=_JOURNAL, writes=False),
    Row("rft.isbn", "ISBN", types=(*_BOOKS, *_JOURNAL, "thesis")),
    Row("rft.description", "abstract", types=_DC),
    Row("rft.subject", "keyword", types=_DC, note="one for each word"),
    Row("rft.language", "language", types=_DC),
    Row("rft.rights", "license", types=_DC),
    Row("rft.format", "medium", types=_DC),
    Row("rft_id", "DOI", note="info:doi/…"),
    Row("rft_id", "PMID", note="info:pmid/…"),
    Row("rft_id", "URL", note="an address"),
    Row("rft.identifier", "URL", types=_DC, writes=False, note="an address"),
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


def mapping() -> Spec:
    """Return the genres and keys beside CSL's types and variables.

    Example:
        >>> sorted(mapping().carried("thesis"))[:4]
        ['DOI', 'ISBN', 'PMID', 'URL']
    """
    written = tuple(TypeRow(str(shape_of(name)), name) for name in ITEM_TYPES)
    read = tuple(
        TypeRow(str(shape), name, writes=False) for shape, name in _READ.items() if shape.genre
    )
    return Spec((*written, *read), _FIELDS)


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
