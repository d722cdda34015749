"""What kind of work a MODS record describes, and how that is said.

Sources: MODS User Guidelines (typeOfResource, genre, issuance); the MARC genre terms (marcgt); the
genres that bibutils and Zotero write.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

__all__ = [
    "AUTHORITY",
    "HOSTED",
    "IN_BOOKS",
    "RESOURCES",
    "GenreSaid",
    "Kind",
    "kind_of",
    "type_of_genre",
]

AUTHORITY: Final = "csl"
"""The authority of genres that are CSL's item types, and of roles that are CSL's variables."""

IN_BOOKS: Final = frozenset(
    ("chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference")
)
"""Types whose editors and ISBN are those of the book in which they stand."""

HOSTED: Final = IN_BOOKS | frozenset(
    (
        "article", "article-journal", "article-magazine", "article-newspaper", "review",
        "review-book",
    )
)  # fmt: skip
"""Types whose volume, issue, pages and publisher are those of the work in which they stand."""


@frozen
class Kind:
    """What is written for a type.

    Attributes:
        resource: Text of `typeOfResource`.
        genre: MARC's genre term, or nothing.
        host: MARC's genre term for the work in which it stands, or nothing.
        is_manuscript: Whether the resource is marked as a manuscript.
    """

    resource: str = "text"
    genre: str = ""
    host: str = ""
    is_manuscript: bool = False


_KINDS: Final = {
    "article": Kind(genre="article"),
    "article-journal": Kind(genre="article", host="periodical"),
    "article-magazine": Kind(genre="article", host="periodical"),
    "article-newspaper": Kind(genre="article", host="newspaper"),
    "bill": Kind(genre="legislation"),
    "book": Kind(genre="book"),
    "broadcast": Kind("moving image"),
    "chapter": Kind(host="book"),
    "dataset": Kind("software, multimedia", "database"),
    "entry-dictionary": Kind(host="dictionary"),
    "entry-encyclopedia": Kind(host="encyclopedia"),
    "figure": Kind("still image", "chart"),
    "graphic": Kind("still image", "picture"),
    "interview": Kind(genre="interview"),
    "legal_case": Kind(genre="law report or digest"),
    "legislation": Kind(genre="legislation"),
    "manuscript": Kind(is_manuscript=True),
    "map": Kind("cartographic", "map"),
    "motion_picture": Kind("moving image", "motion picture"),
    "musical_score": Kind("notated music"),
    "paper-conference": Kind(host="conference publication"),
    "patent": Kind(genre="patent"),
    "performance": Kind("mixed material"),
    "periodical": Kind(genre="periodical"),
    "personal_communication": Kind(genre="letter"),
    "post": Kind("text", "web site"),
    "post-weblog": Kind("text", "web site"),
    "regulation": Kind(genre="legislation"),
    "report": Kind(genre="technical report"),
    "review": Kind(genre="review", host="periodical"),
    "review-book": Kind(genre="review", host="periodical"),
    "software": Kind("software, multimedia", "computer program"),
    "song": Kind("sound recording-musical"),
    "speech": Kind(genre="speech"),
    "standard": Kind(genre="standard or specification"),
    "thesis": Kind(genre="thesis"),
    "treaty": Kind(genre="treaty"),
    "webpage": Kind("text", "web site"),
}


def kind_of(csl_type: str) -> Kind:
    """Return what is written for a CSL type.

    Example:
        >>> kind_of("map").resource, kind_of("thesis").genre
        ('cartographic', 'thesis')
    """
    return _KINDS.get(csl_type, Kind())


@frozen
class GenreSaid:
    """What a genre says about the type.

    Attributes:
        alone: The type of a work that stands alone.
        hosted: The type of a work that stands in another.
        inner: The type of what stands in such a work, where the genre is the other's.
    """

    alone: str = ""
    hosted: str = ""
    inner: str = ""


_BOOK: Final = GenreSaid("book", "chapter", "chapter")
_PERIODICAL: Final = GenreSaid("periodical", "article-journal", "article-journal")
_CONFERENCE: Final = GenreSaid("paper-conference", "paper-conference", "paper-conference")


def _one(csl_type: str) -> GenreSaid:
    return GenreSaid(csl_type, csl_type)


_SAID: Final[dict[str, GenreSaid]] = {
    # MARC genre terms
    "article": GenreSaid("article", "article-journal"),
    "art original": _one("graphic"),
    "book": _BOOK,
    "chart": _one("figure"),
    "computer program": _one("software"),
    "conference publication": _CONFERENCE,
    "database": _one("dataset"),
    "dictionary": GenreSaid("book", "entry-dictionary", "entry-dictionary"),
    "encyclopedia": GenreSaid("book", "entry-encyclopedia", "entry-encyclopedia"),
    "festschrift": _BOOK,
    "graph": _one("figure"),
    "interview": _one("interview"),
    "law report or digest": _one("legal_case"),
    "legal case and case notes": _one("legal_case"),
    "legislation": _one("legislation"),
    "letter": _one("personal_communication"),
    "map": _one("map"),
    "motion picture": _one("motion_picture"),
    "multivolume monograph": _BOOK,
    "newspaper": GenreSaid("periodical", "article-newspaper", "article-newspaper"),
    "patent": _one("patent"),
    "periodical": _PERIODICAL,
    "picture": _one("graphic"),
    "review": _one("review"),
    "series": _PERIODICAL,
    "speech": _one("speech"),
    "standard or specification": _one("standard"),
    "technical report": _one("report"),
    "thesis": _one("thesis"),
    "treaty": _one("treaty"),
    "videorecording": _one("motion_picture"),
    "web site": _one("webpage"),
    # bibutils
    "academic journal": _PERIODICAL,
    "airtel": _one("personal_communication"),
    "book chapter": _one("chapter"),
    "collection": _BOOK,
    "diploma thesis": _one("thesis"),
    "doctoral thesis": _one("thesis"),
    "electronic": _one("webpage"),
    "habilitation thesis": _one("thesis"),
    "journal article": _one("article-journal"),
    "magazine": GenreSaid("periodical", "article-magazine", "article-magazine"),
    "magazine article": _one("article-magazine"),
    "manuscript": _one("manuscript"),
    "masters thesis": _one("thesis"),
    "newspaper article": _one("article-newspaper"),
    "ph.d. thesis": _one("thesis"),
    "report": _one("report"),
    "unpublished": _one("manuscript"),
    "web page": _one("webpage"),
    # Zotero
    "artwork": _one("graphic"),
    "audiorecording": _one("song"),
    "bill": _one("bill"),
    "blogpost": _one("post-weblog"),
    "booksection": _one("chapter"),
    "case": _one("legal_case"),
    "computerprogram": _one("software"),
    "conferencepaper": _one("paper-conference"),
    "dataset": _one("dataset"),
    "dictionaryentry": _one("entry-dictionary"),
    "email": _one("personal_communication"),
    "encyclopediaarticle": _one("entry-encyclopedia"),
    "film": _one("motion_picture"),
    "forumpost": _one("post"),
    "hearing": _one("hearing"),
    "journalarticle": _one("article-journal"),
    "magazinearticle": _one("article-magazine"),
    "newspaperarticle": _one("article-newspaper"),
    "podcast": _one("broadcast"),
    "preprint": _one("article"),
    "presentation": _one("speech"),
    "radiobroadcast": _one("broadcast"),
    "standard": _one("standard"),
    "statute": _one("legislation"),
    "tvbroadcast": _one("broadcast"),
    "webpage": _one("webpage"),
}
_NOTHING: Final = GenreSaid()

RESOURCES: Final = {
    "cartographic": "map",
    "notated music": "musical_score",
    "sound recording-musical": "song",
    "sound recording-nonmusical": "song",
    "sound recording": "song",
    "still image": "graphic",
    "moving image": "motion_picture",
    "three dimensional object": "graphic",
    "software, multimedia": "software",
}
"""The type that a kind of resource tells, where no genre does."""


def type_of_genre(text: str) -> GenreSaid:
    """Return what a genre says about the type; nothing, where it says only what a work is about.

    Example:
        >>> type_of_genre("article").hosted, type_of_genre("Book").inner
        ('article-journal', 'chapter')
    """
    return _SAID.get(" ".join(text.casefold().split()), _NOTHING)
