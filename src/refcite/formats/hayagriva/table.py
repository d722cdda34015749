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

from refcite.formats.crosswalk import Row, Spec, TypeRow
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
    Row("title", "title", note="capitals in braces are protected"),
    Row("title/short", "title-short", note="beside a title"),
    Row("author", "author"),
    Row("editor", "editor", types=_OTHERS),
    Row("parent/editor", "editor", types=_EDITED),
    Row("date", "issued", note="a year, a month or a day, with ~ approximate"),
    Row("publisher/name", "publisher", types=_ALONE),
    Row("publisher/location", "publisher-place", types=_ALONE),
    Row("parent/publisher/name", "publisher", types=_HELD),
    Row("parent/publisher/location", "publisher-place", types=_HELD),
    Row("parent/title", "container-title", types=_HELD),
    Row("parent/title/short", "container-title-short", types=_HELD, note="beside a title"),
    Row("parent/author", "container-author", types=_HELD),
    Row("volume", "volume", types=_ALONE),
    Row("parent/volume", "volume", types=_HELD),
    Row("issue", "issue", types=_ALONE),
    Row("parent/issue", "issue", types=_HELD),
    Row("edition", "edition", types=_ALONE),
    Row("parent/edition", "edition", types=_HELD),
    Row("chapter", "chapter-number"),
    Row("series/title", "collection-title"),
    Row("series/volume", "collection-number"),
    Row("series/editor", "collection-editor"),
    Row("parent (conference)/title", "event-title", types=_NOT_ARTICLE),
    Row("parent (conference)/location", "event-place", types=_NOT_ARTICLE),
    Row("parent (conference)/date", "event-date", types=_NOT_ARTICLE, note="as date"),
    Row("parent (repository)/title", "source"),
    Row("parent (original)/title", "original-title"),
    Row("parent (original)/author", "original-author"),
    Row("parent (original)/date", "original-date", note="as date"),
    Row("parent (original)/publisher/name", "original-publisher"),
    Row("parent (original)/publisher/location", "original-publisher-place"),
    Row("page-range", "page"),
    Row("page-total", "number-of-pages"),
    Row("volume-total", "number-of-volumes", note="a number"),
    Row("organization", "authority"),
    Row("genre", "genre"),
    Row("runtime", "dimensions"),
    Row("url/value", "URL", note="an absolute address"),
    Row("url/date", "accessed", note="beside an address, as date"),
    *(Row(f"serial-number/{key}", variable) for key, variable in SERIALS.items()),
    *(
        Row(key, variable, writes=False, note="in files before version 0.5")
        for key, variable in SERIALS.items()
        if key in ("doi", "isbn", "issn")
    ),
    Row("call-number", "call-number"),
    Row("archive", "archive"),
    Row("archive-location", "archive_location"),
    Row("language", "language", note="a language identifier of Unicode"),
    Row("note", "note"),
    Row("abstract", "abstract"),
    *(Row(f"affiliated/{role}", variable) for role, variable in ROLES.items()),
)


def mapping() -> Spec:
    """Return the entry types and fields beside CSL's types and variables.

    Example:
        >>> "container-title" in mapping().carried("article-journal")
        True
    """
    return Spec(
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
