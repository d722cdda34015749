"""The elements of EndNote's DTD in their order, and types that are written for others."""

from __future__ import annotations

from typing import Final

from refcite.formats.endnotetypes import TYPES

__all__ = [
    "GROUPS",
    "HOUSEKEEPING",
    "KEY_OWNER",
    "NAMED",
    "ORDER",
    "PATHS",
    "PUBMED",
    "WRITTEN_AS",
]


NAMED: Final = {one.name: one for one in TYPES}
"""The types by their names."""

WRITTEN_AS: Final = {
    "article": "Unpublished Work",
    "collection": "Book",
    "entry": "Encyclopedia",
    "event": "Conference Paper",
    "performance": "Audiovisual Material",
    "periodical": "Serial",
    "review": "Journal Article",
    "review-book": "Journal Article",
    "song": "Audiovisual Material",
    "speech": "Conference Paper",
    "treaty": "Legal Rule or Regulation",
}
"""The type that is written for a CSL type without an equivalent."""

GROUPS: Final = {
    "contributors": (
        "authors", "secondary-authors", "tertiary-authors", "subsidiary-authors",
        "translated-authors",
    ),
    "titles": (
        "title", "secondary-title", "tertiary-title", "alt-title", "short-title",
        "translated-title",
    ),
    "periodical": ("full-title", "abbr-1", "abbr-2", "abbr-3"),
    "dates": ("year", "pub-dates", "copyright-dates"),
    "urls": ("web-urls", "pdf-urls", "text-urls", "related-urls", "image-urls"),
}  # fmt: skip
"""The elements that contain elements, with these in their order."""

PATHS: Final = {name: group for group, names in GROUPS.items() for name in names}
"""The group of each element that is in one."""

_ORDER: Final = """
    rec-number foreign-keys ref-type contributors auth-address auth-affiliaton titles periodical
    alt-periodical pages volume number issue secondary-volume secondary-issue num-vols edition
    section reprint-edition reprint-status keywords dates pub-location publisher orig-pub isbn
    accession-num
    call-num report-id coden electronic-resource-num abstract label image caption notes
    research-notes work-type reviewed-item availability remote-source meeting-place work-location
    work-extent pack-method size repro-ratio remote-database-name remote-database-provider language
    urls access-date modified-date custom1 custom2 custom3 custom4 custom5 custom6 custom7 misc1
    misc2 misc3
"""
ORDER: Final = tuple(_ORDER.split())
"""The elements of a record in the order of the DTD, without those of EndNote's own housekeeping."""

HOUSEKEEPING: Final = frozenset(
    ["database", "source-app", "rec-number", "foreign-keys", "key", "ref-type", "modified-date"]
)
"""The elements for EndNote's own data."""

KEY_OWNER: Final = "refcite"
"""The name of the program with which a record's id is in the foreign keys."""

PUBMED: Final = frozenset(("nlm", "pubmed", "medline"))
"""Providers, in lower case, whose accession numbers are PMIDs."""
