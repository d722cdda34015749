"""EndNote's reference types, which its XML and its tagged format have in common.

Source: EndNote's table of reference types, as in its manual.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from refcite.formats.crosswalk import Codec

__all__ = [
    "ARCHIVED",
    "ARTICLES",
    "DEGREE",
    "FILMS",
    "NO_DEGREE",
    "PAPERS",
    "PERIODICALS",
    "TYPES",
    "WHOLES",
    "EndNoteType",
]


@frozen
class EndNoteType:
    """A reference type.

    Attributes:
        number: Its number.
        name: Its name.
        type: The CSL type as which it is read.
        is_new: Whether only newer editions have it. Its number then is that of the type which
            older ones have for it, which only the name shows.
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

ARTICLES: Final = ("Electronic Article", "Journal Article")
PERIODICALS: Final = (*ARTICLES, "Magazine Article", "Newspaper Article")
PAPERS: Final = ("Conference Paper", "Conference Proceedings")
FILMS: Final = ("Film or Broadcast",)
WHOLES: Final = ("Ancient Text", "Book", "Catalog", "Classical Work", "Edited Book",
    "Electronic Book")  # fmt: skip
"""Books."""
ARCHIVED: Final = ("Ancient Text", "Artwork", "Audiovisual Material", "Chart or Table", "Figure",
    "Film or Broadcast", "Manuscript", "Map", "Music", "Pamphlet", "Personal Communication",
    "Unpublished Work")  # fmt: skip
"""Works that an archive or repository may hold; of others a database only has the record."""

_NUMBER: Final = re.compile(
    r"[^\W\d_]?|[IVXLCDM]+\.?|(?i:vol|bd|band|volume)\b.*|.*\d.*", re.DOTALL
)


def _is_degree(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is None


DEGREE: Final = Codec(
    lambda text, draft: text if _is_degree(text) else None, note="if it is not a number"
)
"""The degree of a thesis, which EndNote shows in place of the volume."""
NO_DEGREE: Final = Codec(
    lambda text, draft: None if _is_degree(text) else text, note="if it is a number"
)
"""The volume of a thesis. It is only read, as EndNote would show it as a degree."""
