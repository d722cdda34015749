"""The table of Hayagriva's entry types and fields, with CSL's types and variables.

A work is in others, its `parent`s: an article in a periodical, a chapter in a book, each of
these in a series. So a CSL type is an entry type with the type of its parent. Source: Hayagriva's
description of its format and its table of CSL's kinds and variables.
"""

from __future__ import annotations

from typing import Final

from refcite.formats.codecs import with_edition_number
from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow, all_but
from refcite.formats.hayagriva.values import (
    ADDRESS,
    DATE,
    DOI,
    LANGUAGE,
    NUMBER,
    PERSONS,
    PLAIN,
    STRING,
    TEXT,
    TOTAL,
)

__all__ = ["DEFAULT_PARENTS", "ENTRY_TYPES", "HOLDERS", "SERIALS", "SPEC", "in_parent", "mapping"]

_TYPES: Final = (
    TypeRow("article", "article"),
    TypeRow("article > periodical", "article-journal"),
    TypeRow("article > newspaper", "article-newspaper"),
    TypeRow("book", "book"),
    TypeRow("video > video", "broadcast"),
    TypeRow("chapter > book", "chapter"),
    TypeRow("anthology", "collection"),
    TypeRow("misc", "document"),
    TypeRow("entry", "entry"),
    TypeRow("entry > reference", "entry-encyclopedia"),
    TypeRow("conference", "event"),
    TypeRow("artwork > article", "figure"),
    TypeRow("artwork", "graphic"),
    TypeRow("case", "legal_case"),
    TypeRow("legislation", "legislation"),
    TypeRow("manuscript", "manuscript"),
    TypeRow("video", "motion_picture"),
    TypeRow("audio > book", "musical_score"),
    TypeRow("article > proceedings", "paper-conference"),
    TypeRow("patent", "patent"),
    TypeRow("performance", "performance"),
    TypeRow("periodical", "periodical"),
    TypeRow("post > thread", "post"),
    TypeRow("article > blog", "post-weblog"),
    TypeRow("report", "report"),
    TypeRow("repository", "software"),
    TypeRow("audio", "song"),
    TypeRow("thesis", "thesis"),
    TypeRow("web > web", "webpage"),
    TypeRow("proceedings", "book", writes=False),
    TypeRow("reference", "book", writes=False),
    TypeRow("audio > audio", "broadcast", writes=False),
    TypeRow("scene", "broadcast", writes=False),
    TypeRow("scene > video", "broadcast", writes=False),
    TypeRow("anthos", "chapter", writes=False),
    TypeRow("anthos > anthology", "chapter", writes=False),
    TypeRow("chapter", "chapter", writes=False),
    TypeRow("chapter > anthology", "chapter", writes=False),
    TypeRow("chapter > proceedings", "chapter", writes=False),
    TypeRow("original", "document", writes=False),
    TypeRow("entry > book", "entry-encyclopedia", writes=False),
    TypeRow("exhibition", "event", writes=False),
    TypeRow("artwork > exhibition", "graphic", writes=False),
    TypeRow("article > conference", "paper-conference", writes=False),
    TypeRow("newspaper", "periodical", writes=False),
    TypeRow("post", "post", writes=False),
    TypeRow("post > post", "post", writes=False),
    TypeRow("tweet", "post", writes=False),
    TypeRow("tweet > tweet", "post", writes=False),
    TypeRow("thread", "post", writes=False),
    TypeRow("web", "webpage", writes=False),
    TypeRow("web > blog", "webpage", writes=False),
    TypeRow("blog", "webpage", writes=False),
    TypeRow("article > periodical", "article-magazine", reads=False),
    TypeRow("legislation", "bill", reads=False),
    TypeRow("book", "classic", reads=False),
    TypeRow("repository", "dataset", reads=False),
    TypeRow("entry > reference", "entry-dictionary", reads=False),
    TypeRow("legislation", "hearing", reads=False),
    TypeRow("misc", "interview", reads=False),
    TypeRow("artwork", "map", reads=False),
    TypeRow("book", "pamphlet", reads=False),
    TypeRow("misc", "personal_communication", reads=False),
    TypeRow("legislation", "regulation", reads=False),
    TypeRow("article > periodical", "review", reads=False),
    TypeRow("article > periodical", "review-book", reads=False),
    TypeRow("misc", "speech", reads=False),
    TypeRow("report", "standard", reads=False),
    TypeRow("legislation", "treaty", reads=False),
)

ENTRY_TYPES: Final = frozenset(
    own for row in _TYPES for own in row.own.split(" > ") if own != "tweet"
)
"""The entry types of Typst."""

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

_ROLES: Final = {
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

HOLDERS: Final = {
    "conference": "parent (conference)",
    "exhibition": "parent (conference)",
    "repository": "parent (repository)",
    "original": "parent (original)",
    "anthology": "series",
}
"""The name in the table of a parent that does not contain the entry, by its type.

A `parent` without a type is the work that contains the entry; in `series`, it is a parent of type
anthology, of the entry itself or of the work that contains it.
"""

_HELD: Final = tuple(row.csl for row in _TYPES if row.writes and ">" in row.own)
_ALONE: Final = all_but(*_HELD)
_EDITED: Final = ("chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference")
# An article in a conference is a paper.
_NOT_ARTICLE: Final = all_but("article")


def _either(key: str, variable: str, kind: Codec, note: str = "") -> tuple[Row, Row]:
    """Return the rows of the data of an entry, otherwise of the work that contains it."""
    return (
        Row(key, variable, kind, note=note),
        Row(f"parent/{key}", variable, kind, writes=False),
    )


def _of_holder(
    key: str, variable: str, kind: Codec, types: tuple[str, ...] = _HELD
) -> tuple[Row, Row, Row]:
    """Return the rows of the data of the work that contains an entry, if there is one."""
    return (
        Row(key, variable, kind, all_but(*types)),
        Row(key, variable, kind, writes=False),
        Row(f"parent/{key}", variable, kind, types),
    )


_FIELDS: Final = (
    Row("title", "title", STRING, note="capitals in braces are protected"),
    Row("title/short", "title-short", STRING, note="with a title"),
    Row("author", "author", PERSONS),
    *_of_holder("editor", "editor", PERSONS, _EDITED),
    Row("parent/editor", "editor", PERSONS, writes=False),
    *_either("date", "issued", DATE, "a year, a month or a day, with ~ approximate"),
    *_of_holder("publisher/name", "publisher", STRING),
    *_of_holder("publisher/location", "publisher-place", STRING),
    Row("location", "publisher-place", STRING, writes=False),
    Row("parent/location", "publisher-place", STRING, writes=False),
    Row("parent/title", "container-title", STRING, _HELD),
    Row("parent/title/short", "container-title-short", STRING, _HELD, note="with a title"),
    Row("parent/author", "container-author", PERSONS, _HELD),
    *_of_holder("volume", "volume", NUMBER),
    *_of_holder("issue", "issue", NUMBER),
    *_of_holder("edition", "edition", with_edition_number(NUMBER)),
    *_either("chapter", "chapter-number", NUMBER),
    Row("series/title", "collection-title", STRING),
    Row("series/volume", "collection-number", NUMBER),
    Row("series/editor", "collection-editor", PERSONS),
    Row("parent (conference)/title", "event-title", STRING, _NOT_ARTICLE),
    Row("parent (conference)/location", "event-place", STRING, _NOT_ARTICLE),
    Row("parent (conference)/date", "event-date", DATE, _NOT_ARTICLE, note="as date"),
    Row("parent (repository)/title", "source", STRING),
    Row("parent (original)/title", "original-title", STRING),
    Row("parent (original)/author", "original-author", PERSONS),
    Row("parent (original)/date", "original-date", DATE, note="as date"),
    Row("parent (original)/publisher/name", "original-publisher", STRING),
    Row("parent (original)/publisher/location", "original-publisher-place", STRING),
    *_either("page-range", "page", PLAIN),
    *_either("page-total", "number-of-pages", NUMBER),
    *_either("volume-total", "number-of-volumes", TOTAL),
    *_either("organization", "authority", STRING),
    *_either("genre", "genre", STRING),
    *_either("runtime", "dimensions", PLAIN),
    *_either("url/value", "URL", ADDRESS),
    *_either("url/date", "accessed", DATE, "with a URL, as date"),
    *(
        row
        for key, variable in SERIALS.items()
        for row in _either(f"serial-number/{key}", variable, DOI if key == "doi" else TEXT)
    ),
    *(
        Row(f"{holder}{key}", SERIALS[key], DOI if key == "doi" else TEXT, writes=False,
            note="in files before version 0.5")
        for key in ("doi", "isbn", "issn")
        for holder in ("", "parent/")
    ),
    *_either("call-number", "call-number", STRING),
    *_either("archive", "archive", STRING),
    *_either("archive-location", "archive_location", STRING),
    *_either("language", "language", LANGUAGE),
    *_either("note", "note", STRING),
    *_either("abstract", "abstract", STRING),
    *(Row(f"affiliated/{role}", variable, PERSONS) for role, variable in _ROLES.items()),
)  # fmt: skip

_KNOWN: Final = {row.own for row in _FIELDS if not row.own.startswith(("parent", "series"))}

SPEC: Final = Spec(
    _TYPES,
    _FIELDS,
    known=frozenset(
        f"{holder}{key}"
        for holder in ("", "parent/", *(f"{name}/" for name in HOLDERS.values()))
        for key in (*_KNOWN, "time-range", "publisher", "url", "serial-number", "affiliated")
    ),
)


def mapping() -> Spec:
    """Return the entry types and fields next to CSL's types and variables.

    Example:
        >>> "container-title" in mapping().carried("article-journal")
        True
    """
    return SPEC


def in_parent(entry: str, parent: str) -> str:
    """Return the name in the table of an entry type in a parent, whose type may be empty.

    Example:
        >>> SPEC.type_of(in_parent("article", "newspaper")), SPEC.type_of(in_parent("anthos", ""))
        ('article-newspaper', 'chapter')
    """
    return f"{entry} > {parent}" if parent else entry
