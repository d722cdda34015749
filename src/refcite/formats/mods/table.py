"""The places of CSL's variables in a MODS record: the one table, read in both ways.

Source: the MODS schema, version 3.7, and its User Guidelines.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Row, Spec, TypeRow, gathered
from refcite.formats.mods.paths import parse
from refcite.formats.mods.roles import RELATORS
from refcite.formats.mods.types import AUTHORITY, HOSTED, IN_BOOKS
from refcite.vocabulary import ITEM_TYPES, NAME_VARIABLES, attribute_of

__all__ = [
    "EXTENDED",
    "HOST",
    "NAMESPACE",
    "VARIABLES_NAMESPACE",
    "Kind",
    "Place",
    "mapping",
    "name_levels",
    "places_of",
    "steps_of",
]

NAMESPACE: Final = "http://www.loc.gov/mods/v3"
VARIABLES_NAMESPACE: Final = "urn:refcite:csl"
"""The namespace of what stands in `extension`: variables of CSL that MODS has no element for."""

HOST: Final = "relatedItem[type=host]"
_SERIES: Final = "relatedItem[type=series]"
_ORIGINAL: Final = "relatedItem[type=original]"
_REVIEWED: Final = "relatedItem[type=reviewOf]"


class Kind(Enum):
    """How a place is read, where the element's text is not simply taken."""

    TEXT = "text"
    TITLE = "title"
    DATE = "date"
    ACCESSED = "accessed"
    LANGUAGE = "language"
    PAGES = "pages"
    COUNTED = "counted"
    """A number of pages or volumes, with a word behind it."""
    KEYWORD = "keyword"
    SUBJECT = "subject"
    NOTE = "note"
    DOI = "doi"
    CONFERENCE = "conference"
    EXTENDED = "extended"


_NOTES: Final = {
    Kind.TITLE: "with nonSort and subTitle",
    Kind.DATE: "w3cdtf, edtf, marc; points and qualifiers",
    Kind.ACCESSED: "dateCaptured, where there is no address",
    Kind.LANGUAGE: "iso639-2b or rfc5646",
    Kind.PAGES: "start and end, or a list",
    Kind.COUNTED: "with p. or v.",
    Kind.KEYWORD: "one a subject",
    Kind.EXTENDED: "in the namespace urn:refcite:csl",
}


@frozen
class Place:
    """A place of a variable.

    Attributes:
        path: Where it is (see `refcite.formats.mods.paths`).
        variable: The CSL variable.
        kind: How it is read.
        writes: Whether it is written there; else it is only read, where nothing better is there.
    """

    path: str
    variable: str
    kind: Kind = Kind.TEXT
    writes: bool = True


EXTENDED: Final = (
    "archive-place", "archive_collection", "authority", "citation-key", "division", "event",
    "event-place", "jurisdiction", "printing-number", "references", "status",
)  # fmt: skip
"""Variables that MODS has no element for, and that belong to the work all the same."""

_ALWAYS: Final = (
    Place("titleInfo[]", "title", Kind.TITLE),
    Place("titleInfo[type=abbreviated]", "title-short", Kind.TITLE),
    Place("titleInfo[]/partNumber", "part-number"),
    Place("titleInfo[]/partName", "part-title"),
    Place("name[type=conference]", "event-title", Kind.CONFERENCE),
    Place("genre[]", "genre"),
    Place("originInfo/dateIssued", "issued", Kind.DATE),
    Place("originInfo/dateOther[type=available]", "available-date", Kind.DATE),
    Place("originInfo/dateOther[type=submitted]", "submitted", Kind.DATE),
    Place("originInfo/dateOther[type=event]", "event-date", Kind.DATE),
    Place(f"{HOST}/originInfo/dateIssued", "issued", Kind.DATE, writes=False),
    Place(f"{HOST}/part/date", "issued", Kind.DATE, writes=False),
    Place("part/date", "issued", Kind.DATE, writes=False),
    Place("originInfo/copyrightDate", "issued", Kind.DATE, writes=False),
    Place("originInfo/dateCreated", "issued", Kind.DATE, writes=False),
    Place("language/languageTerm", "language", Kind.LANGUAGE),
    Place("physicalDescription/form[]", "medium"),
    Place("physicalDescription/extent", "number-of-pages", Kind.COUNTED),
    Place("physicalDescription/extent", "number-of-volumes", Kind.COUNTED),
    Place("physicalDescription/note[type=dimensions]", "dimensions"),
    Place("abstract", "abstract"),
    Place("note[]", "note", Kind.NOTE),
    Place("note[type=annotation]", "annote"),
    Place("note[type=version identification]", "version"),
    Place("subject/topic", "keyword", Kind.KEYWORD),
    Place("subject/cartographics/scale", "scale", Kind.SUBJECT),
    Place("classification[]", "call-number"),
    Place(f"{HOST}/titleInfo[]", "container-title", Kind.TITLE),
    Place(f"{HOST}/titleInfo[type=abbreviated]", "container-title-short", Kind.TITLE),
    Place(f"{_SERIES}/titleInfo[]", "collection-title", Kind.TITLE),
    Place(f"{_SERIES}/part/detail[type=volume]/number", "collection-number"),
    Place(f"{_SERIES}/titleInfo[]/partNumber", "collection-number", writes=False),
    Place(f"{HOST}/{_SERIES}/titleInfo[]", "collection-title", Kind.TITLE, writes=False),
    Place(f"{HOST}/{_SERIES}/part/detail[type=volume]/number", "collection-number", writes=False),
    Place(f"{HOST}/{HOST}/titleInfo[]", "collection-title", Kind.TITLE, writes=False),
    Place(f"{_ORIGINAL}/titleInfo[]", "original-title", Kind.TITLE),
    Place(f"{_ORIGINAL}/originInfo/publisher", "original-publisher"),
    Place(f"{_ORIGINAL}/originInfo/place/placeTerm[type=text]", "original-publisher-place"),
    Place(f"{_ORIGINAL}/originInfo/dateIssued", "original-date", Kind.DATE),
    Place(f"{_REVIEWED}/titleInfo[]", "reviewed-title", Kind.TITLE),
    Place(f"{_REVIEWED}/genre", "reviewed-genre"),
    Place("identifier[type=doi]", "DOI", Kind.DOI),
    Place("identifier[type=pmid]", "PMID"),
    Place("identifier[type=pubmed]", "PMID", writes=False),
    Place("identifier[type=pmcid]", "PMCID"),
    Place("identifier[type=pmc]", "PMCID", writes=False),
    Place("location/physicalLocation[]", "archive"),
    Place("location/shelfLocator", "archive_location"),
    Place("location/url", "URL"),
    Place("location/url", "accessed", Kind.ACCESSED),
    Place("originInfo/dateCaptured", "accessed", Kind.DATE, writes=False),
    Place("identifier[type=uri]", "URL", writes=False),
    Place("accessCondition[type=use and reproduction]", "license"),
    Place("recordInfo/recordContentSource", "source"),
    Place("part/detail[type=number]/number", "number"),
    Place("part/detail[type=chapter]/number", "chapter-number"),
    Place("part/detail[type=section]/number", "section"),
)
_OF_HOST: Final = (
    Place("originInfo/publisher", "publisher"),
    Place("originInfo/place/placeTerm[type=text]", "publisher-place"),
    Place("originInfo/edition", "edition"),
    Place("identifier[type=issn]", "ISSN"),
    Place("part/detail[type=volume]/number", "volume"),
    Place("part/detail[type=volume]/title", "volume-title"),
    Place("part/detail[type=issue]/number", "issue"),
    Place("part/detail[type=supplement]/number", "supplement-number"),
    Place("part/extent[unit=pages]", "page", Kind.PAGES),
    Place("part/extent", "page", Kind.PAGES, writes=False),
)
"""What is said of the work in which another stands, or of the work itself where it stands alone."""

_ISBN: Final = Place("identifier[type=isbn]", "ISBN")


@cache
def places_of(csl_type: str) -> tuple[Place, ...]:
    """Return the places of a type, those that are written before those that are only read."""
    places = [*_ALWAYS]
    for place in _OF_HOST:
        places += _levels(place, is_in_host=csl_type in HOSTED)
    places += _levels(_ISBN, is_in_host=csl_type in IN_BOOKS)
    places += [Place(f"extension/variables/{name}", name, Kind.EXTENDED) for name in EXTENDED]
    return tuple(sorted(places, key=lambda place: not place.writes))


@cache
def steps_of(csl_type: str) -> tuple[tuple[str, str, Place], ...]:
    """Return the places of a type with the element where each path starts, and its attribute."""
    return tuple(
        (parse(place.path)[0].tag, attribute_of(place.variable), place)
        for place in places_of(csl_type)
    )


def _levels(place: Place, *, is_in_host: bool) -> Iterator[Place]:
    inner = Place(f"{HOST}/{place.path}", place.variable, place.kind, place.writes and is_in_host)
    own = Place(place.path, place.variable, place.kind, place.writes and not is_in_host)
    yield from (inner, own) if is_in_host else (own, inner)


@cache
def name_levels(csl_type: str) -> dict[str, dict[str, str]]:
    """Return for each level of a record the variable of each role there.

    A level is a path; the item's own is empty. A role is named by the variable that it has at the
    item.

    Example:
        >>> name_levels("chapter")[HOST]
        {'author': 'container-author', 'editor': 'editor'}
    """
    others = ("collection-editor", "container-author", "original-author", "reviewed-author")
    own = {name: name for name in NAME_VARIABLES if name not in others}
    host = {"author": "container-author"}
    if csl_type in IN_BOOKS:
        host["editor"] = "editor"
    return {
        "": own,
        HOST: host,
        _SERIES: {"editor": "collection-editor"},
        _ORIGINAL: {"author": "original-author"},
        _REVIEWED: {"author": "reviewed-author"},
    }


def mapping() -> Spec:
    """Return the places of CSL's types and variables in MODS.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "original-author"]
        ['relatedItem[type=original]/name, aut']
    """
    types = tuple(TypeRow(f"genre[authority={AUTHORITY}]: {name}", name) for name in ITEM_TYPES)
    return Spec(types, gathered({name: tuple(_rows(name)) for name in ITEM_TYPES}))


def _rows(csl_type: str) -> Iterator[Row]:
    for place in places_of(csl_type):
        note = _NOTES.get(place.kind, "")
        own = f"{place.path}@dateLastAccessed" if place.kind is Kind.ACCESSED else place.path
        yield Row(own, place.variable, writes=place.writes, note=note)
    for level, variables in name_levels(csl_type).items():
        for role, variable in variables.items():
            if not level and variable == "editor" and csl_type in IN_BOOKS:
                yield Row("name, edt", variable, writes=False)
                continue
            code = RELATORS[role][0] if role in RELATORS else role
            path = f"{level}/name" if level else "name"
            yield Row(f"{path}, {code}", variable)
