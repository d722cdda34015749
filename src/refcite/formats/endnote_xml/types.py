"""EndNote's reference types, and what the elements mean in each: the one table, read in both ways.

Sources: the order of elements is that of EndNote's DTD; what a field means in a type is what
EndNote's table of reference types calls it, as in the RIS specification of 2011, which is EndNote's
too.

A role is written `element=variable:rank@how`:

- `variable` is the CSL variable that the element fills; nothing, where it fills none in this type.
- `rank`, where it is not 1, says that the element is only read, and only where no better one is
  there.
- `how` names a way of reading that is more than taking the text (see `Reading`).
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import frozen

__all__ = ["COMMON", "GROUPS", "ORDER", "TYPES", "WRITTEN_AS", "EndNoteType", "Reading"]


class Reading(Enum):
    """How an element is read, where its text is not simply taken."""

    TEXT = "text"
    PLAIN = "plain"
    """A text without markup."""
    NAMES = "names"
    DATE = "date"
    ISSUED = "issued"
    EPUB = "epub"
    """A date of publication on the web, or else an edition."""
    EXTENT = "extent"
    """A number of pages, or a range of them."""
    SERIAL = "serial"
    """ISSN, ISBN and numbers, one a line."""
    DOI = "doi"
    KEYWORD = "keyword"
    LINK = "link"
    PROCEEDINGS = "proceedings"
    """The proceedings, or the conference where another element has the proceedings."""


@frozen
class EndNoteType:
    """A reference type.

    Attributes:
        number: Its number.
        name: Its name.
        type: The CSL type that it is read as.
        roles: What its elements mean, where that is not what they mean in `COMMON`.
        is_new: Whether only newer editions know it. Its number then is that of the type which
            older ones have for it, and the name alone tells.
    """

    number: int
    name: str
    type: str
    roles: str = ""
    is_new: bool = False


PUBMED: Final = frozenset({"nlm", "pubmed", "medline"})
"""Providers, in lower case, whose accession numbers are PMIDs."""

COMMON: Final = """
    authors=author@names secondary-authors=editor@names tertiary-authors=collection-editor@names
    subsidiary-authors=translator@names title=title secondary-title=container-title
    tertiary-title=collection-title alt-title=container-title-short short-title=title-short
    full-title=container-title:2 abbr-1=container-title-short:2
    pages=page volume=volume number=issue num-vols=number-of-volumes edition=edition section=section
    keywords=keyword@keyword year=issued@issued pub-location=publisher-place publisher=publisher
    isbn=ISBN@serial accession-num=archive_location call-num=call-number
    electronic-resource-num=DOI@doi abstract=abstract label=citation-label notes=note
    research-notes=annote work-type=genre reviewed-item=reviewed-title remote-database-name=archive
    remote-database-provider=source language=language related-urls=URL@link
    web-urls=URL:2@link access-date=accessed@date
"""

_ARTICLE: Final = """
    isbn=ISSN@serial issue=supplement-number section=page:2 custom2=PMCID@plain custom7=number
    edition=available-date@epub
"""
_PERIODICAL: Final = "isbn=ISSN@serial issue=supplement-number"
_BOOK: Final = """
    secondary-authors=collection-editor@names tertiary-authors=editor@names
    secondary-title=collection-title tertiary-title= number=collection-number
    pages=number-of-pages@extent section=page full-title=collection-title:2
"""
_PART: Final = "number=collection-number section=chapter-number"
_CONFERENCE: Final = """
    pub-location=event-place custom1=publisher-place secondary-title=event-title@proceedings
    custom3=container-title number=issue subsidiary-authors= full-title=
"""
_RECORDING: Final = (
    "secondary-authors=performer@names custom3=dimensions custom5=medium number=number"
)
_FILM: Final = """
    authors=director@names secondary-authors= tertiary-authors=producer@names
    subsidiary-authors=performer@names secondary-title=collection-title tertiary-title=
    full-title=collection-title:2 custom4=genre work-type=genre:2 custom5=medium pages=dimensions
    number=number
"""
_EPISODE: Final = "tertiary-authors=producer@names number=number"
_ACT: Final = "edition=chapter-number orig-pub=references number=number"
_DATA: Final = "edition=version secondary-authors=producer@names number=number"

TYPES: Final = (
    EndNoteType(55, "Aggregated Database", "dataset", _DATA),
    EndNoteType(51, "Ancient Text", "classic", _BOOK),
    EndNoteType(2, "Artwork", "graphic", "custom3=dimensions number=number"),
    EndNoteType(3, "Audiovisual Material", "motion_picture", _RECORDING),
    EndNoteType(4, "Bill", "bill", f"{_ACT} tertiary-title=authority"),
    EndNoteType(
        56,
        "Blog",
        "post-weblog",
        "tertiary-authors=illustrator@names tertiary-title=publisher:2 number=number",
    ),
    EndNoteType(6, "Book", "book", _BOOK),
    EndNoteType(5, "Book Section", "chapter", _PART),
    EndNoteType(
        7,
        "Case",
        "legal_case",
        """publisher=authority number=number orig-pub=references section=submitted@date
        secondary-authors= tertiary-authors= subsidiary-authors=""",
    ),
    EndNoteType(8, "Catalog", "book", _BOOK),
    EndNoteType(38, "Chart or Table", "figure", "edition=version number=number"),
    EndNoteType(49, "Classical Work", "classic", _BOOK),
    EndNoteType(
        9,
        "Computer Program",
        "software",
        """secondary-authors=collection-editor@names tertiary-authors= edition=version
        secondary-title=collection-title tertiary-title= full-title=collection-title:2
        number=number""",
    ),
    EndNoteType(47, "Conference Paper", "paper-conference", _CONFERENCE),
    EndNoteType(10, "Conference Proceedings", "paper-conference", _CONFERENCE),
    EndNoteType(59, "Dataset", "dataset", _DATA),
    EndNoteType(52, "Dictionary", "entry-dictionary", _PART),
    EndNoteType(13, "Discussion Forum", "post", "number=number", is_new=True),
    EndNoteType(28, "Edited Book", "book", f"{_BOOK} authors=editor@names tertiary-authors="),
    EndNoteType(43, "Electronic Article", "article-journal", _ARTICLE),
    EndNoteType(44, "Electronic Book", "book", f"{_BOOK} secondary-authors=editor@names"),
    EndNoteType(60, "Electronic Book Section", "chapter", _PART),
    EndNoteType(53, "Encyclopedia", "entry-encyclopedia", _PART),
    EndNoteType(39, "Equation", "figure", "edition=version number=number"),
    EndNoteType(37, "Figure", "figure", "edition=version number=number"),
    EndNoteType(21, "Film or Broadcast", "motion_picture", _FILM),
    EndNoteType(13, "Generic", "document"),
    EndNoteType(46, "Government Document", "report", "isbn=number@serial secondary-authors="),
    EndNoteType(54, "Grant", "document"),
    EndNoteType(
        14,
        "Hearing",
        "hearing",
        f"{_ACT} secondary-title=section tertiary-title=authority section= full-title=",
    ),
    EndNoteType(
        13,
        "Interview",
        "interview",
        "secondary-authors=interviewer@names number=number",
        is_new=True,
    ),
    EndNoteType(17, "Journal Article", "article-journal", _ARTICLE),
    EndNoteType(
        50,
        "Legal Rule or Regulation",
        "regulation",
        """secondary-authors= orig-pub=references isbn=number@serial
        tertiary-title=supplement-number""",
    ),
    EndNoteType(19, "Magazine Article", "article-magazine", _PERIODICAL),
    EndNoteType(
        36,
        "Manuscript",
        "manuscript",
        """publisher=archive remote-database-name=archive:2 secondary-title=archive_collection
        full-title= number=number""",
    ),
    EndNoteType(
        20,
        "Map",
        "map",
        """secondary-authors=collection-editor@names tertiary-authors= custom1=scale
        custom3=dimensions secondary-title=collection-title tertiary-title=
        full-title=collection-title:2 number=number""",
    ),
    EndNoteType(
        61,
        "Music",
        "musical_score",
        """authors=composer@names subsidiary-authors=producer@names custom1=medium number=number""",
    ),
    EndNoteType(23, "Newspaper Article", "article-newspaper", _PERIODICAL),
    EndNoteType(45, "Online Database", "dataset", _DATA),
    EndNoteType(48, "Online Multimedia", "motion_picture", "custom5=medium number=number"),
    EndNoteType(24, "Pamphlet", "pamphlet", "number=collection-number volume=number"),
    EndNoteType(
        25,
        "Patent",
        "patent",
        """secondary-authors= tertiary-authors= isbn=number@serial custom2=submitted@date
        custom5=references custom6=status pub-location=jurisdiction volume=version number=
        edition= section=""",
    ),
    EndNoteType(
        26,
        "Personal Communication",
        "personal_communication",
        "secondary-authors=recipient@names number=number",
    ),
    EndNoteType(21, "Podcast", "broadcast", _EPISODE, is_new=True),
    EndNoteType(13, "Press Release", "document", is_new=True),
    EndNoteType(
        27,
        "Report",
        "report",
        """secondary-authors=collection-editor@names tertiary-authors= isbn=number@serial
        secondary-title=collection-title tertiary-title= full-title=collection-title:2
        num-vols=collection-number number=number:2""",
    ),
    EndNoteType(57, "Serial", "book", f"{_PART} full-title=collection-title:2"),
    EndNoteType(13, "Social Media", "post", is_new=True),
    EndNoteType(58, "Standard", "standard", "isbn=number@serial number="),
    EndNoteType(
        31,
        "Statute",
        "legislation",
        f"{_ACT} secondary-authors= pub-location=jurisdiction tertiary-title=",
    ),
    EndNoteType(21, "Television Episode", "broadcast", _EPISODE, is_new=True),
    EndNoteType(
        32,
        "Thesis",
        "thesis",
        """secondary-authors= tertiary-authors=contributor@names secondary-title=division
        full-title= number=number pages=number-of-pages@extent section=page""",
    ),
    EndNoteType(
        34, "Unpublished Work", "manuscript", "secondary-title=collection-title number=number"
    ),
    EndNoteType(12, "Web Page", "webpage", "number=number"),
)

WRITTEN_AS: Final = {
    "article": "Unpublished Work",
    "article-journal": "Journal Article",
    "book": "Book",
    "broadcast": "Television Episode",
    "chapter": "Book Section",
    "classic": "Classical Work",
    "collection": "Book",
    "dataset": "Dataset",
    "document": "Generic",
    "entry": "Encyclopedia",
    "event": "Conference Paper",
    "figure": "Figure",
    "manuscript": "Manuscript",
    "motion_picture": "Film or Broadcast",
    "paper-conference": "Conference Proceedings",
    "performance": "Audiovisual Material",
    "periodical": "Serial",
    "post": "Discussion Forum",
    "report": "Report",
    "review": "Journal Article",
    "review-book": "Journal Article",
    "song": "Audiovisual Material",
    "speech": "Conference Paper",
    "treaty": "Legal Rule or Regulation",
}
"""The type that is written for a CSL type where there are several, or none of its own."""

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
