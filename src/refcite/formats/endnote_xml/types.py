"""EndNote's reference types, and the elements of its DTD in their order."""

from __future__ import annotations

from typing import Final

from attrs import frozen

__all__ = [
    "GROUPS",
    "HOUSEKEEPING",
    "KEY_OWNER",
    "NAMED",
    "ORDER",
    "PATHS",
    "PUBMED",
    "TYPES",
    "WRITTEN_AS",
    "EndNoteType",
]


@frozen
class EndNoteType:
    """A reference type.

    Attributes:
        number: Its number.
        name: Its name.
        type: The CSL type that it is read as.
        is_new: Whether only newer editions know it. Its number then is that of the type which
            older ones have for it, and the name alone shows.
    """

    number: int
    name: str
    type: str
    is_new: bool = False


TYPES: Final = (
    EndNoteType(59, "Dataset", "dataset"),
    EndNoteType(55, "Aggregated Database", "dataset"),
    EndNoteType(49, "Classical Work", "classic"),
    EndNoteType(51, "Ancient Text", "classic"),
    EndNoteType(2, "Artwork", "graphic"),
    EndNoteType(21, "Film or Broadcast", "motion_picture"),
    EndNoteType(3, "Audiovisual Material", "motion_picture"),
    EndNoteType(4, "Bill", "bill"),
    EndNoteType(56, "Blog", "post-weblog"),
    EndNoteType(6, "Book", "book"),
    EndNoteType(5, "Book Section", "chapter"),
    EndNoteType(7, "Case", "legal_case"),
    EndNoteType(8, "Catalog", "book"),
    EndNoteType(37, "Figure", "figure"),
    EndNoteType(38, "Chart or Table", "figure"),
    EndNoteType(9, "Computer Program", "software"),
    EndNoteType(10, "Conference Proceedings", "paper-conference"),
    EndNoteType(47, "Conference Paper", "paper-conference"),
    EndNoteType(52, "Dictionary", "entry-dictionary"),
    EndNoteType(13, "Discussion Forum", "post", is_new=True),
    EndNoteType(28, "Edited Book", "book"),
    EndNoteType(17, "Journal Article", "article-journal"),
    EndNoteType(43, "Electronic Article", "article-journal"),
    EndNoteType(44, "Electronic Book", "book"),
    EndNoteType(60, "Electronic Book Section", "chapter"),
    EndNoteType(53, "Encyclopedia", "entry-encyclopedia"),
    EndNoteType(39, "Equation", "figure"),
    EndNoteType(13, "Generic", "document"),
    EndNoteType(27, "Report", "report"),
    EndNoteType(46, "Government Document", "report"),
    EndNoteType(54, "Grant", "document"),
    EndNoteType(14, "Hearing", "hearing"),
    EndNoteType(13, "Interview", "interview", is_new=True),
    EndNoteType(50, "Legal Rule or Regulation", "regulation"),
    EndNoteType(19, "Magazine Article", "article-magazine"),
    EndNoteType(36, "Manuscript", "manuscript"),
    EndNoteType(20, "Map", "map"),
    EndNoteType(61, "Music", "musical_score"),
    EndNoteType(23, "Newspaper Article", "article-newspaper"),
    EndNoteType(45, "Online Database", "dataset"),
    EndNoteType(48, "Online Multimedia", "motion_picture"),
    EndNoteType(24, "Pamphlet", "pamphlet"),
    EndNoteType(25, "Patent", "patent"),
    EndNoteType(26, "Personal Communication", "personal_communication"),
    EndNoteType(21, "Television Episode", "broadcast", is_new=True),
    EndNoteType(21, "Podcast", "broadcast", is_new=True),
    EndNoteType(13, "Press Release", "document", is_new=True),
    EndNoteType(57, "Serial", "book"),
    EndNoteType(13, "Social Media", "post", is_new=True),
    EndNoteType(58, "Standard", "standard"),
    EndNoteType(31, "Statute", "legislation"),
    EndNoteType(32, "Thesis", "thesis"),
    EndNoteType(34, "Unpublished Work", "manuscript"),
    EndNoteType(12, "Web Page", "webpage"),
)
"""Of several with one CSL type the first is written."""

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
"""The type that is written for a CSL type that has none of its own."""

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
"""The elements that hold elements, with these in their order."""

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
"""What EndNote keeps for itself."""

KEY_OWNER: Final = "refcite"
"""The program in whose name a record's id is among the foreign keys."""

PUBMED: Final = frozenset(("nlm", "pubmed", "medline"))
"""Providers, in lower case, whose accession numbers are PMIDs."""
