"""What people and programs call CSL's item types, where a format has no types of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from refcite.vocabulary import ITEM_TYPES

__all__ = ["type_named", "type_names"]

# Without spaces, hyphens and capitals, so that "Journal Article" and "journalArticle" are one.
_TYPES: Final = {
    "article": "preprint",
    "article-journal": (
        "journalarticle, article, journal, review, editorial, articleinpress, scholarlyarticle,"
        " researcharticle, originalarticle"
    ),
    "article-magazine": "magazinearticle, magazine",
    "article-newspaper": "newspaperarticle, newspaper, newsarticle, news",
    "book": "ebook, editedbook, monograph, books",
    "broadcast": "radiobroadcast, tvbroadcast, podcast, televisionprogram",
    "chapter": "booksection, bookchapter, inbook, incollection",
    "dataset": "data, database",
    "document": "misc, other, generic",
    "entry-dictionary": "dictionaryentry",
    "entry-encyclopedia": "encyclopediaarticle, encyclopediaentry",
    "graphic": "artwork, image",
    "legal_case": "case, legalcase, judgment, decision, courtdecision",
    "legislation": "statute, law, act",
    "manuscript": "unpublished",
    "motion_picture": "film, videorecording, video, movie",
    "paper-conference": "conferencepaper, conferenceproceedings, inproceedings, proceedings",
    "personal_communication": "letter, email, instantmessage",
    "post": "forumpost, socialmediapost, tweet",
    "post-weblog": "blogpost, blog",
    "report": "techreport, technicalreport, governmentreport, workingpaper",
    "software": "computerprogram, code",
    "song": "audiorecording, soundrecording, music",
    "speech": "presentation, lecture, talk",
    "thesis": "dissertation, phdthesis, mastersthesis, masterthesis, doctoralthesis",
    "treaty": "convention, agreement",
    "webpage": "website, web, webpage, electronic, online",
}
_LETTERS: Final = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=256)
def type_named(text: str) -> str | None:
    """Return the CSL type that people or programs call so.

    Example:
        >>> type_named("journalArticle"), type_named("Book chapter"), type_named("sculpture")
        ('article-journal', 'chapter', None)
    """
    if text in ITEM_TYPES:
        return text
    return type_names().get(_LETTERS.sub("", text).casefold())


@cache
def type_names() -> Mapping[str, str]:
    """Return the CSL type of each name, which has no spaces, hyphens and capitals.

    Example:
        >>> type_names()["journalarticle"]
        'article-journal'
    """
    names = {_LETTERS.sub("", name).casefold(): name for name in ITEM_TYPES}
    for name, aliases in _TYPES.items():
        names.update((alias.strip(), name) for alias in aliases.split(","))
    return names
