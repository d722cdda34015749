"""The type of the work of a MODS record, and its expression in MODS.

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
    "Wording",
    "type_of_genre",
    "wording_of",
]

AUTHORITY: Final = "csl"
"""The authority of genres that are CSL's item types, and of roles that are CSL's variables."""

IN_BOOKS: Final = (
    "chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference",
)  # fmt: skip
"""Types whose editors and ISBN are those of the book that contains them."""

HOSTED: Final = (
    "article", "article-journal", "article-magazine", "article-newspaper", *IN_BOOKS, "review",
    "review-book",
)  # fmt: skip
"""Types whose volume, issue, pages and publisher are those of the work that contains them."""


@frozen
class Wording:
    """The values that are written for a type.

    Attributes:
        resource: Text of `typeOfResource`.
        genre: MARC's genre term, or an empty text.
        host: MARC's genre term for the work that contains it, or an empty text.
        is_manuscript: Whether the resource is marked as a manuscript.
    """

    resource: str = "text"
    genre: str = ""
    host: str = ""
    is_manuscript: bool = False


_WORDINGS: Final = {
    "article": Wording(genre="article"),
    "article-journal": Wording(genre="article", host="periodical"),
    "article-magazine": Wording(genre="article", host="periodical"),
    "article-newspaper": Wording(genre="article", host="newspaper"),
    "bill": Wording(genre="legislation"),
    "book": Wording(genre="book"),
    "broadcast": Wording("moving image"),
    "chapter": Wording(host="book"),
    "dataset": Wording("software, multimedia", "database"),
    "entry-dictionary": Wording(host="dictionary"),
    "entry-encyclopedia": Wording(host="encyclopedia"),
    "figure": Wording("still image", "chart"),
    "graphic": Wording("still image", "picture"),
    "interview": Wording(genre="interview"),
    "legal_case": Wording(genre="law report or digest"),
    "legislation": Wording(genre="legislation"),
    "manuscript": Wording(is_manuscript=True),
    "map": Wording("cartographic", "map"),
    "motion_picture": Wording("moving image", "motion picture"),
    "musical_score": Wording("notated music"),
    "paper-conference": Wording(host="conference publication"),
    "patent": Wording(genre="patent"),
    "performance": Wording("mixed material"),
    "periodical": Wording(genre="periodical"),
    "personal_communication": Wording(genre="letter"),
    "post": Wording("text", "web site"),
    "post-weblog": Wording("text", "web site"),
    "regulation": Wording(genre="legislation"),
    "report": Wording(genre="technical report"),
    "review": Wording(genre="review", host="periodical"),
    "review-book": Wording(genre="review", host="periodical"),
    "software": Wording("software, multimedia", "computer program"),
    "song": Wording("sound recording-musical"),
    "speech": Wording(genre="speech"),
    "standard": Wording(genre="standard or specification"),
    "thesis": Wording(genre="thesis"),
    "treaty": Wording(genre="treaty"),
    "webpage": Wording("text", "web site"),
}


def wording_of(csl_type: str) -> Wording:
    """Return the values that are written for a CSL type.

    Example:
        >>> wording_of("map").resource, wording_of("thesis").genre
        ('cartographic', 'thesis')
    """
    return _WORDINGS.get(csl_type, Wording())


@frozen
class GenreSaid:
    """The types that a genre means.

    Attributes:
        alone: The type of a work that is not in another.
        hosted: The type of a work that is in another.
        inner: The type of the text that is in such a work, if the genre is the other's.
        volume: The type of a work that is whole in another, such as a volume in a set: without
            pages there; otherwise it is that of any work that is in another.
    """

    alone: str = ""
    hosted: str = ""
    inner: str = ""
    volume: str = ""


_BOOK: Final = GenreSaid("book", "chapter", "chapter", "book")
_PERIODICAL: Final = GenreSaid("periodical", "article-journal", "article-journal")
_CONFERENCE: Final = GenreSaid("book", "paper-conference", "paper-conference", "book")

_BY_PLACE: Final = (
    (_BOOK, "book, festschrift, multivolume monograph, collection"),
    (_PERIODICAL, "periodical, series, academic journal"),
    (_CONFERENCE, "conference publication, conference proceedings, proceedings"),
    (GenreSaid("article", "article-journal"), "article"),
    (GenreSaid("book", "entry-dictionary", "entry-dictionary"), "dictionary"),
    (GenreSaid("book", "entry-encyclopedia", "entry-encyclopedia"), "encyclopedia"),
    (GenreSaid("periodical", "article-magazine", "article-magazine"), "magazine"),
    (GenreSaid("periodical", "article-newspaper", "article-newspaper"), "newspaper"),
)
"""Genres with one type for a separate work and another for a text that is in a work."""

_ANYWHERE: Final = {
    "article": "preprint",
    "article-journal": "journal article, journalarticle",
    "article-magazine": "magazine article, magazinearticle",
    "article-newspaper": "newspaper article, newspaperarticle",
    "bill": "bill",
    "broadcast": "podcast, radiobroadcast, tvbroadcast",
    "chapter": "book chapter, booksection",
    "dataset": "database, dataset",
    "entry-dictionary": "dictionaryentry",
    "entry-encyclopedia": "encyclopediaarticle",
    "figure": "chart, graph",
    "graphic": "art original, artwork, drawing, engraving, lithograph, negative, painting, "
    "photograph, photographic print, picture, postcard, poster, print, sculpture, slide",
    "hearing": "hearing",
    "interview": "interview, oral history, oral histories",
    "legal_case": "case, law report or digest, legal case and case notes",
    "legislation": "legislation, statute",
    "manuscript": "diaries, diary, manuscript, unpublished",
    "map": "map",
    "motion_picture": "film, motion picture, video, videorecording",
    "musical_score": "musical score, score, sheet music",
    "pamphlet": "pamphlet",
    "paper-conference": "conference paper, conference item, conferencepaper, proceedings paper",
    "patent": "patent",
    "personal_communication": "airtel, correspondence, email, letter",
    "post": "forumpost",
    "post-weblog": "blogpost",
    "report": "report, technical report",
    "review": "review",
    "software": "computer program, computerprogram",
    "song": "audiorecording",
    "speech": "presentation, speech, speeches",
    "standard": "standard, standard or specification",
    "thesis": "academic theses, academic thesis, diploma thesis, dissertation, "
    "doctoral dissertation, doctoral thesis, habilitation thesis, master's thesis, masters thesis, "
    "ph.d. thesis, theses, thesis",
    "treaty": "treaty",
    "webpage": "electronic, web page, web site, webpage",
}
"""The genres that mean a type, wherever the work is."""

_SAID: Final = {
    genre: said
    for said, genres in (
        *_BY_PLACE,
        *((GenreSaid(name, name), genres) for name, genres in _ANYWHERE.items()),
    )
    for genre in genres.split(", ")
}
_NOTHING: Final = GenreSaid()

RESOURCES: Final = {
    "audio": "song",
    "dataset": "dataset",
    "manuscript": "manuscript",
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
"""The type that a kind of resource shows, if no genre does."""


def type_of_genre(text: str) -> GenreSaid:
    """Return the types that a genre means; none if it only describes the subject.

    Example:
        >>> type_of_genre("article").hosted, type_of_genre("Book").inner
        ('article-journal', 'chapter')
        >>> type_of_genre("Photographs").hosted
        'graphic'
    """
    name = " ".join(text.casefold().split()).rstrip(".")
    return _SAID.get(name) or _SAID.get(name.removesuffix("s"), _NOTHING)
