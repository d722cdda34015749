"""Free-text names of types of works, for formats without fixed types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from refcite.formats.crosswalk import TypeRow
from refcite.vocabulary import ITEM_TYPES

__all__ = ["TYPE_NAMES", "type_named"]

_LETTERS: Final = re.compile(r"[\W\d_]+")


def _normal(text: str) -> str:
    """Return a name without spaces, hyphens and capitals: `Journal Article` is `journalArticle`."""
    return _LETTERS.sub("", text).casefold()


def _called(csl_type: str, *names: str) -> Iterator[TypeRow]:
    return (TypeRow(name, csl_type, writes=False) for name in names)


_OTHERS: Final = (
    *_called("article", "preprint"),
    *_called("article-journal",
        "journalarticle", "article", "journal", "review", "editorial", "articleinpress",
        "scholarlyarticle", "researcharticle", "originalarticle"),
    *_called("article-magazine", "magazinearticle", "magazine"),
    *_called("article-newspaper", "newspaperarticle", "newspaper", "newsarticle", "news"),
    *_called("book", "ebook", "editedbook", "monograph", "books"),
    *_called("broadcast", "radiobroadcast", "tvbroadcast", "podcast", "televisionprogram"),
    *_called("chapter", "booksection", "bookchapter", "inbook", "incollection"),
    *_called("dataset", "data", "database"),
    *_called("document", "misc", "other", "generic"),
    *_called("entry-dictionary", "dictionaryentry"),
    *_called("entry-encyclopedia", "encyclopediaarticle", "encyclopediaentry"),
    *_called("graphic", "artwork", "image"),
    *_called("legal_case", "case", "legalcase", "judgment", "decision", "courtdecision"),
    *_called("legislation", "statute", "law", "act"),
    *_called("manuscript", "unpublished"),
    *_called("motion_picture", "film", "videorecording", "video", "movie"),
    *_called("paper-conference",
        "conferencepaper", "conferenceproceedings", "inproceedings", "proceedings"),
    *_called("personal_communication", "letter", "email", "instantmessage"),
    *_called("post", "forumpost", "socialmediapost", "tweet"),
    *_called("post-weblog", "blogpost", "blogposting", "blog"),
    *_called("report", "techreport", "technicalreport", "governmentreport", "workingpaper"),
    *_called("software", "computerprogram", "code"),
    *_called("song", "audiorecording", "soundrecording", "music"),
    *_called("speech", "presentation", "lecture", "talk"),
    *_called("thesis",
        "dissertation", "phdthesis", "mastersthesis", "masterthesis", "doctoralthesis"),
    *_called("treaty", "convention", "agreement"),
    *_called("webpage", "website", "web", "webpage", "electronic", "online"),
)  # fmt: skip
_BY_NAME: Final = {_normal(name): name for name in ITEM_TYPES} | {
    row.own: row.csl for row in _OTHERS
}

TYPE_NAMES: Final = tuple(
    TypeRow(own, csl, writes=False) for own, csl in _BY_NAME.items() if own not in ITEM_TYPES
)
"""The names next to CSL's own, in the form in which they are looked up."""


@lru_cache(maxsize=256)
def type_named(text: str) -> str | None:
    """Return the CSL type with this name in free text.

    Example:
        >>> type_named("journalArticle"), type_named("Book chapter"), type_named("sculpture")
        ('article-journal', 'chapter', None)
    """
    return text if text in ITEM_TYPES else _BY_NAME.get(_normal(text))
