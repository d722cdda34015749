"""The type codes of RIS, and what each tag means in each: the one table, read in both ways.

Sources: the RIS format specification of Reference Manager (tags `A1`, `T1`, `Y1`, `JF`, `N2` …) and
its revision of 2011, shared with EndNote, which gives the tags a meaning of their own in each type
(`T2` is a journal, a book or a series). What both leave open follows what programs write; each such
choice stands in the documentation of the format.

A role is written `TAG=variable:rank|otherwise@how`:

- `variable` is the CSL variable that the tag fills.
- `rank` tells which tag wins where two fill one variable; 1, the best, is not written.
- `otherwise` is the variable that takes the value when a better tag has filled the first.
- `how` names a way of reading that is more than taking the text (see `Reading`).
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import frozen

__all__ = ["COMMON", "ORDER", "TYPES", "Reading", "RisType"]


class Reading(Enum):
    """How a tag's value is read, where its text is not simply taken."""

    TEXT = "text"
    NAMES = "names"
    DOI = "doi"
    GENRE = "genre"
    """A kind of work; some programs put the DOI here."""
    LINK = "link"
    KEYWORD = "keyword"
    NOTE = "note"
    ISSUED = "issued"
    """A date that says when, with others, the work was issued."""
    EPUB = "epub"
    """A date, or an edition."""
    ACCESSED = "accessed"
    LAST_ACCESS = "last-access"
    """A date of access by the specification, a date of issue in many files."""
    ACCESS_PART = "access-part"
    """The day or the year of access, without the other."""
    DATE = "date"
    START = "start"
    END = "end"
    EXTENT = "extent"
    """A number of pages, or a range of them."""
    FIRST_PAGE = "first-page"
    """A start page, where `SP` gives none."""
    SERIAL = "serial"
    """An ISSN, an ISBN or a number, as its form tells."""
    SERIES_EDITOR = "series-editor"
    """Editor of the series where there is one, else of the work."""
    CONFERENCE_PLACE = "conference-place"
    SHORT_ISSUE = "short-issue"
    ID = "id"


@frozen
class RisType:
    """A type code.

    Attributes:
        code: The code, such as `JOUR`.
        type: The CSL type that it is read as.
        title: What EndNote calls it; some programs write this in place of the code.
        roles: What its tags mean, where that is not what they mean in `COMMON`.
    """

    code: str
    type: str
    title: str
    roles: str = ""


COMMON: Final = """
    AU=author A1=author A2=editor ED=editor A3=collection-editor A4=translator
    TI=title T1=title CT=title T2=container-title:2 BT=container-title:2 JF=container-title
    JO=container-title:3|container-title-short J2=container-title-short JA=container-title-short
    J1=container-title-short:2 T3=collection-title ST=title-short
    PY=issued@issued DA=issued@issued Y1=issued@issued Y2=accessed@accessed
    VL=volume IS=issue CP=issue:2 NV=number-of-volumes ET=edition SE=section M1=number
    M3=genre@genre SP=page@start EP=page@end PB=publisher CY=publisher-place PP=publisher-place:2
    SN=@serial DO=DOI@doi UR=URL@link LA=language DB=archive DP=source AN=archive_location
    AV=archive_location:2 CN=call-number LB=citation-label N2=abstract AB=abstract:2
    KW=keyword@keyword N1=note@note RN=annote RI=reviewed-title ID=@id
"""

_ARTICLE: Final = """
    C2=PMCID C7=number ET=available-date|edition@epub M1=issue:2@short-issue M2=page@first-page
    SN=ISSN@serial
"""
_ELECTRONIC: Final = "C1=@access-part C2=@access-part DA=accessed@last-access"
_BOOK: Final = """
    A2=collection-editor@series-editor A3=editor A4=translator T2=collection-title
    T3=collection-title:2 BT=title:2 M1=collection-number SP=number-of-pages@extent
    SE=page@first-page SN=ISBN@serial
"""
_PART: Final = "SV=collection-number BT=container-title SN=ISBN@serial"
_RECORDING: Final = """
    A2=performer C1=performer:2 C3=dimensions C5=medium SN=ISBN@serial
"""
_IMAGE: Final = "ET=version SP=page@start"
_LETTER: Final = "A2=recipient NV=number:2"
_ACT: Final = "ET=chapter-number OP=references A2=author:2"

TYPES: Final = (
    RisType("ABST", "article-journal", "Abstract", _ARTICLE),
    RisType("ADVS", "motion_picture", "Audiovisual Material", _RECORDING),
    RisType(
        "AGGR",
        "dataset",
        "Aggregated Database",
        "ET=issued@issued M1=number DA=accessed@last-access",
    ),
    RisType("ANCIENT", "classic", "Ancient Text", "T3=volume-title"),
    RisType("ART", "graphic", "Artwork", "C3=dimensions M1=dimensions:2"),
    RisType("BILL", "bill", "Bill", f"{_ACT} T3=authority"),
    RisType(
        "BLOG",
        "post-weblog",
        "Blog",
        "A3=illustrator T3=publisher:2 SE=number:2 VL=volume@access-part SN=ISBN@serial",
    ),
    RisType("BOOK", "book", "Book", _BOOK),
    RisType(
        "CASE",
        "legal_case",
        "Case",
        """A2=@text A3=@text A4=@text T3=@text JF=container-title M3=genre
        NV=container-title-short:2 OP=references PB=authority SE=submitted@date SV=number
        SN=@serial""",
    ),
    RisType(
        "CHAP",
        "chapter",
        "Book Section",
        f"{_PART} C1=section SE=chapter-number IS=number-of-volumes C2=container-author",
    ),
    RisType("CHART", "figure", "Chart or Table", _IMAGE),
    RisType("CLSWK", "classic", "Classical Work", f"{_BOOK} A3=editor"),
    RisType(
        "COMP",
        "software",
        "Computer Program",
        """A2=collection-editor@series-editor T2=collection-title ET=version VL=edition M1=medium
        SP=dimensions SN=ISBN@serial""",
    ),
    RisType(
        "CONF",
        "paper-conference",
        "Conference Proceedings",
        """A4=@text C1=publisher-place CY=publisher-place:2|event-place@conference-place
        C3=container-title T2=container-title:2|event-title M1=issue:2 SN=ISBN@serial""",
    ),
    RisType(
        "CPAPER",
        "paper-conference",
        "Conference Paper",
        """C1=publisher-place CY=publisher-place:2|event-place@conference-place
        C3=container-title T2=container-title:2|event-title SN=ISBN@serial""",
    ),
    RisType(
        "CTLG",
        "book",
        "Catalog",
        """A2=publisher:2 T2=collection-title M1=collection-number NV=number SE=number-of-pages
        SN=ISBN@serial""",
    ),
    RisType(
        "DATA",
        "dataset",
        "Dataset",
        "A2=producer A4=@text C3=genre ET=version NV=number SE=original-date@date RI=@text",
    ),
    RisType(
        "DBASE",
        "dataset",
        "Online Database",
        "ET=issued@issued SN=number@serial DA=accessed@last-access",
    ),
    RisType("DICT", "entry-dictionary", "Dictionary", f"{_PART} SE=version"),
    RisType(
        "EBOOK",
        "book",
        "Electronic Book",
        f"""{_BOOK} {_ELECTRONIC} A2=editor A3=collection-editor C7=PMCID NV=version M1=number
        SE=section""",
    ),
    RisType(
        "ECHAP",
        "chapter",
        "Electronic Book Section",
        f"{_PART} C1=section C7=PMCID M1=chapter-number DA=accessed@last-access",
    ),
    RisType("EDBOOK", "book", "Edited Book", f"{_BOOK} AU=editor A1=editor A3=author"),
    RisType(
        "EJOUR",
        "article-journal",
        "Electronic Article",
        f"""{_ARTICLE} {_ELECTRONIC} C3=PMCID C5=volume-title ET=edition M1=issue:2 NV=number:2
        SE=available-date@date T3=@text""",
    ),
    RisType(
        "ELEC",
        "webpage",
        "Web Page",
        """A2=collection-editor@series-editor VL=volume@access-part M1=number@access-part
        SN=ISBN@serial C1=@access-part C2=@access-part""",
    ),
    RisType("ENCYC", "entry-encyclopedia", "Encyclopedia", _PART),
    RisType("EQUA", "figure", "Equation", _IMAGE),
    RisType("FIGURE", "figure", "Figure", f"{_IMAGE} CT=@text"),
    RisType("GEN", "document", "Generic"),
    RisType(
        "GOVDOC",
        "report",
        "Government Document",
        "A2=division C1=authority M1=issue:2 SN=number@serial",
    ),
    RisType("GRANT", "document", "Grant", "M1=status NV=@text VL=@text SE=@text ET=@text"),
    RisType(
        "HEAR",
        "hearing",
        "Hearing",
        "T2=section T3=authority OP=references ET=chapter-number SE=section:2 SN=ISBN@serial",
    ),
    RisType("ICOMM", "personal_communication", "Internet Communication", _LETTER),
    RisType("INPR", "article-journal", "In Press", _ARTICLE),
    RisType("JFULL", "periodical", "Journal", _ARTICLE),
    RisType("JOUR", "article-journal", "Journal Article", _ARTICLE),
    RisType(
        "LEGAL",
        "regulation",
        "Legal Rule or Regulation",
        """A2=authority M1=page@first-page NV=@text OP=references SN=number@serial
        T3=supplement-number VL=volume""",
    ),
    RisType(
        "MANSCPT",
        "manuscript",
        "Manuscript",
        """NV=number M1=number:2 PB=archive DB=archive:2 T2=archive_collection
        SE=page@first-page""",
    ),
    RisType(
        "MAP",
        "map",
        "Map",
        """A2=collection-editor@series-editor T2=collection-title C1=scale C3=dimensions
        SP=dimensions:2 SN=ISBN@serial""",
    ),
    RisType(
        "MGZN",
        "article-magazine",
        "Magazine Article",
        "M1=issue:2 NV=@text SE=page@first-page SN=ISSN@serial",
    ),
    RisType(
        "MPCT",
        "motion_picture",
        "Film or Broadcast",
        """AU=director A1=director A2=@text A3=producer A4=performer C1=performer:2 C4=genre
        C5=medium M3=medium:2 SP=dimensions T2=collection-title""",
    ),
    RisType(
        "MULTI",
        "motion_picture",
        "Online Multimedia",
        f"{_ELECTRONIC} A2=collection-editor@series-editor C5=medium T2=collection-title",
    ),
    RisType(
        "MUSIC",
        "musical_score",
        "Music",
        """AU=composer A1=composer A4=producer C1=medium C2=genre M3=genre:2 BT=container-title""",
    ),
    RisType(
        "NEWS",
        "article-newspaper",
        "Newspaper Article",
        "C2=issue:2 M1=page@first-page NV=@text SN=ISSN@serial",
    ),
    RisType(
        "PAMP",
        "pamphlet",
        "Pamphlet",
        "A2=publisher:2 M1=collection-number M2=number-of-pages VL=number SN=ISBN@serial",
    ),
    RisType(
        "PAT",
        "patent",
        "Patent",
        """A2=authority A3=@text C2=submitted@date C5=references C6=status CY=jurisdiction ET=@text
        M1=call-number CN=call-number:2 NV=@text SE=@text SN=number@serial T3=@text VL=version""",
    ),
    RisType("PCOMM", "personal_communication", "Personal Communication", _LETTER),
    RisType(
        "RPRT",
        "report",
        "Report",
        """A2=collection-editor@series-editor A3=publisher:2 A4=division T2=collection-title
        T3=collection-title:2 C6=issue:2 M1=number:2 NV=collection-number SN=number@serial""",
    ),
    RisType(
        "SER",
        "book",
        "Serial",
        f"""{_PART} A4=editor C1=section C2=number M1=collection-number SE=chapter-number
        BT=title:2 T2=collection-title:2""",
    ),
    RisType("SLIDE", "speech", "Slide", f"{_RECORDING} A2=@text T2=event-title"),
    RisType("SOUND", "song", "Sound Recording", _RECORDING),
    RisType(
        "STAND", "standard", "Standard", "M1=page@first-page NV=@text SN=number@serial T3=@text"
    ),
    RisType(
        "STAT",
        "legislation",
        "Statute",
        f"""{_ACT} A2=@text C5=publisher C6=volume:2 CY=jurisdiction NV=@text PB=publisher:2
        RI=@text T3=@text""",
    ),
    RisType(
        "THES",
        "thesis",
        "Thesis",
        """A2=contributor A3=contributor T2=division VL=genre:2 SP=number-of-pages@extent
        SN=ISBN@serial""",
    ),
    RisType("UNBILL", "bill", "Unenacted Bill", f"{_ACT} T3=authority"),
    RisType(
        "UNPB",
        "manuscript",
        "Unpublished Work",
        """A2=collection-editor@series-editor T2=collection-title T3=division BT=title:2""",
    ),
    RisType("VIDEO", "motion_picture", "Video Recording", _RECORDING),
)
"""The types of the specification of 2011, which has all of those before it."""

_ORDER: Final = (
    "AU A2 A3 A4 A1 ED TI T1 CT T2 T3 C3 BT JF J2 JA JO J1 ST PY DA Y1 VL IS CP NV SV ET SE M1 M2 "
    "SP EP PB CY PP C1 C2 C4 C5 C6 C7 C8 SN DO UR L1 L2 L3 L4 Y2 LA DB DP AN AV CN LB M3 OP RI RP "
    "TT TA CA AD AB N2 KW RN U1 U2 U3 U4 U5 N1 ID"
)
ORDER: Final = tuple(_ORDER.split())
"""The tags of the specifications in the order in which they are written.

Of two that mean the same, the one that is written stands first."""
