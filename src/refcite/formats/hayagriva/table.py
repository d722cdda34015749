"""The table of Hayagriva's entry types and fields, and the CSL types and variables they hold.

A work stands in others, its `parent`s: an article in a periodical, a chapter in a book, each of
these in a series. So a CSL type is an entry type with the type of its parent. Source: Hayagriva's
description of its format and its table of CSL's kinds and variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.mapping import FieldRow, MappingTable, TypeRow
from refcite.vocabulary import ITEM_TYPES

__all__ = [
    "DEFAULT_PARENTS",
    "ENTRY_TYPES",
    "ROLES",
    "SERIALS",
    "Shape",
    "mapping",
    "places_of",
    "shape_of",
    "type_of",
]


@frozen
class Shape:
    """An entry type, with the type of the parent that holds the entry.

    Attributes:
        entry: The entry type, in lower case.
        parent: The parent's type; empty for none.
    """

    entry: str
    parent: str = ""

    def __str__(self) -> str:
        return f"{self.entry} > {self.parent}" if self.parent else self.entry


_TYPES: Final = (
    ("article", "article", ""),
    ("article-journal", "article", "periodical"),
    ("article-newspaper", "article", "newspaper"),
    ("book", "book", ""),
    ("broadcast", "video", "video"),
    ("chapter", "chapter", "book"),
    ("collection", "anthology", ""),
    ("document", "misc", ""),
    ("entry", "entry", ""),
    ("entry-encyclopedia", "entry", "reference"),
    ("event", "conference", ""),
    ("figure", "artwork", "article"),
    ("graphic", "artwork", ""),
    ("legal_case", "case", ""),
    ("legislation", "legislation", ""),
    ("manuscript", "manuscript", ""),
    ("motion_picture", "video", ""),
    ("musical_score", "audio", "book"),
    ("paper-conference", "article", "proceedings"),
    ("patent", "patent", ""),
    ("performance", "performance", ""),
    ("periodical", "periodical", ""),
    ("post", "post", "thread"),
    ("post-weblog", "article", "blog"),
    ("report", "report", ""),
    ("software", "repository", ""),
    ("song", "audio", ""),
    ("thesis", "thesis", ""),
    ("webpage", "web", "web"),
)
_READ: Final = (
    ("book", "proceedings", ""),
    ("book", "reference", ""),
    ("broadcast", "audio", "audio"),
    ("broadcast", "scene", ""),
    ("broadcast", "scene", "video"),
    ("chapter", "anthos", ""),
    ("chapter", "anthos", "anthology"),
    ("chapter", "chapter", ""),
    ("chapter", "chapter", "anthology"),
    ("chapter", "chapter", "proceedings"),
    ("document", "original", ""),
    ("entry-encyclopedia", "entry", "book"),
    ("event", "exhibition", ""),
    ("graphic", "artwork", "exhibition"),
    ("paper-conference", "article", "conference"),
    ("periodical", "newspaper", ""),
    ("post", "post", ""),
    ("post", "post", "post"),
    ("post", "tweet", ""),
    ("post", "tweet", "tweet"),
    ("post", "thread", ""),
    ("webpage", "web", ""),
    ("webpage", "web", "blog"),
    ("webpage", "blog", ""),
)
_WRITTEN: Final = (
    ("article-magazine", "article", "periodical"),
    ("bill", "legislation", ""),
    ("classic", "book", ""),
    ("dataset", "repository", ""),
    ("entry-dictionary", "entry", "reference"),
    ("hearing", "legislation", ""),
    ("interview", "misc", ""),
    ("map", "artwork", ""),
    ("pamphlet", "book", ""),
    ("personal_communication", "misc", ""),
    ("regulation", "legislation", ""),
    ("review", "article", "periodical"),
    ("review-book", "article", "periodical"),
    ("speech", "misc", ""),
    ("standard", "report", ""),
    ("treaty", "legislation", ""),
)

ENTRY_TYPES: Final = frozenset(
    {own for _, *shape in (*_TYPES, *_READ, *_WRITTEN) for own in shape if own} - {"tweet"}
)
"""The entry types that Typst knows."""

DEFAULT_PARENTS: Final = {
    "article": "periodical",
    "chapter": "book",
    "entry": "reference",
    "anthos": "anthology",
    "web": "web",
    "scene": "video",
    "artwork": "exhibition",
    "legislation": "anthology",
    "post": "post",
    "tweet": "tweet",
    "video": "video",
    "audio": "audio",
}
"""The type of a parent that has none, by the entry's type."""

ROLES: Final = {
    "translator": "translator",
    "compiler": "compiler",
    "founder": "series-creator",
    "collaborator": "contributor",
    "organizer": "organizer",
    "cast-member": "performer",
    "composer": "composer",
    "producer": "producer",
    "executive-producer": "executive-producer",
    "writer": "script-writer",
    "director": "director",
    "illustrator": "illustrator",
    "narrator": "narrator",
}
"""The variable of each role that an affiliated person may have."""

SERIALS: Final = {
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "serial": "number",
    "version": "version",
    "printing": "printing-number",
}
"""The variable of each serial number."""

_HELD: Final = tuple(csl for csl, _, parent in (*_TYPES, *_WRITTEN) if parent)
_ALONE: Final = tuple(name for name in ITEM_TYPES if name not in _HELD)
_EDITED: Final = ("chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference")
# An article in a conference is a paper.
_NOT_ARTICLE: Final = tuple(name for name in ITEM_TYPES if name != "article")
_OTHERS: Final = tuple(name for name in ITEM_TYPES if name not in _EDITED)

# What is in `parent` without a type is the work that holds the entry; in `series`, a parent of type
# anthology, of the entry itself or of the work that holds it.
_FIELDS: Final = (
    FieldRow("title", "title", note="capitals in braces are protected"),
    FieldRow("title/short", "title-short", note="beside a title"),
    FieldRow("author", "author"),
    FieldRow("editor", "editor", _OTHERS),
    FieldRow("parent/editor", "editor", _EDITED),
    FieldRow("date", "issued", note="a year, a month or a day, with ~ approximate"),
    FieldRow("publisher/name", "publisher", _ALONE),
    FieldRow("publisher/location", "publisher-place", _ALONE),
    FieldRow("parent/publisher/name", "publisher", _HELD),
    FieldRow("parent/publisher/location", "publisher-place", _HELD),
    FieldRow("parent/title", "container-title", _HELD),
    FieldRow("parent/title/short", "container-title-short", _HELD, note="beside a title"),
    FieldRow("parent/author", "container-author", _HELD),
    FieldRow("volume", "volume", _ALONE),
    FieldRow("parent/volume", "volume", _HELD),
    FieldRow("issue", "issue", _ALONE),
    FieldRow("parent/issue", "issue", _HELD),
    FieldRow("edition", "edition", _ALONE),
    FieldRow("parent/edition", "edition", _HELD),
    FieldRow("chapter", "chapter-number"),
    FieldRow("series/title", "collection-title"),
    FieldRow("series/volume", "collection-number"),
    FieldRow("series/editor", "collection-editor"),
    FieldRow("parent (conference)/title", "event-title", _NOT_ARTICLE),
    FieldRow("parent (conference)/location", "event-place", _NOT_ARTICLE),
    FieldRow("parent (conference)/date", "event-date", _NOT_ARTICLE, note="as date"),
    FieldRow("parent (repository)/title", "source"),
    FieldRow("parent (original)/title", "original-title"),
    FieldRow("parent (original)/author", "original-author"),
    FieldRow("parent (original)/date", "original-date", note="as date"),
    FieldRow("parent (original)/publisher/name", "original-publisher"),
    FieldRow("parent (original)/publisher/location", "original-publisher-place"),
    FieldRow("page-range", "page"),
    FieldRow("page-total", "number-of-pages"),
    FieldRow("volume-total", "number-of-volumes", note="a number"),
    FieldRow("organization", "authority"),
    FieldRow("genre", "genre"),
    FieldRow("runtime", "dimensions"),
    FieldRow("url/value", "URL", note="an absolute address"),
    FieldRow("url/date", "accessed", note="beside an address, as date"),
    *(FieldRow(f"serial-number/{key}", variable) for key, variable in SERIALS.items()),
    *(
        FieldRow(key, variable, writes=False, note="in files before version 0.5")
        for key, variable in SERIALS.items()
        if key in ("doi", "isbn", "issn")
    ),
    FieldRow("call-number", "call-number"),
    FieldRow("archive", "archive"),
    FieldRow("archive-location", "archive_location"),
    FieldRow("language", "language", note="a language identifier of Unicode"),
    FieldRow("note", "note"),
    FieldRow("abstract", "abstract"),
    *(FieldRow(f"affiliated/{role}", variable) for role, variable in ROLES.items()),
)


def mapping() -> MappingTable:
    """Return the entry types and fields beside CSL's types and variables.

    Example:
        >>> "container-title" in mapping().carried("article-journal")
        True
    """
    return MappingTable(
        (
            *(TypeRow(str(Shape(entry, parent)), csl) for csl, entry, parent in _TYPES),
            *(TypeRow(str(Shape(*shape)), csl, writes=False) for csl, *shape in _READ),
            *(TypeRow(str(Shape(*shape)), csl, reads=False) for csl, *shape in _WRITTEN),
        ),
        _FIELDS,
    )


@cache
def shape_of(csl_type: str) -> Shape:
    """Return the entry type and its parent's for a CSL type.

    Example:
        >>> str(shape_of("chapter"))
        'chapter > book'
    """
    return next(Shape(entry, of) for csl, entry, of in (*_TYPES, *_WRITTEN) if csl == csl_type)


@cache
def type_of(entry: str, parent: str = "") -> str | None:
    """Return the CSL type of an entry in a parent; None where there is none for both.

    Example:
        >>> type_of("article", "newspaper"), type_of("article", "video"), type_of("anthos")
        ('article-newspaper', None, 'chapter')
    """
    rows = (*_TYPES, *_READ)
    return next((csl for csl, own, of in rows if (own, of) == (entry, parent)), None)


@cache
def places_of(csl_type: str) -> Mapping[str, str]:
    """Return the field of each variable that is written.

    Example:
        >>> places_of("chapter")["volume"], places_of("book")["volume"]
        ('parent/volume', 'volume')
    """
    return {row.variable: row.own for row in _FIELDS if row.writes and row.is_for(csl_type)}
