"""The type of work of a ContextObject, according to its format, its genre and its keys."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from refcite.formats.coins.table import KEYS, SPEC

__all__ = ["kind_of"]

_OTHER: Final = {"journal": "book", "book": "journal"}
_OF_JOURNALS: Final = frozenset(("issn", "eissn", "volume", "issue", "artnum"))
_OF_ARTICLES: Final = frozenset(("atitle", "title", "spage", "pages", "artnum"))
_OF_BOOKS: Final = frozenset(("isbn", "pub", "place", "edition", "series"))
_OF_PAPERS: Final = ("proceeding", "conference")
"""Genres of both formats, whose keys are those of either."""


def kind_of(format_: str, genre: str, keys: Collection[str]) -> tuple[str, str, str]:
    """Return the metadata format and the genre of a work, and the problems of a guess.

    Args:
        format_: The metadata format that is named, or an empty text.
        genre: The genre that is named, or an empty text.
        keys: The keys that have a value, without `rft.`.

    Example:
        >>> kind_of("book", "book", ["btitle"])
        ('book', 'book', '')
        >>> kind_of("book", "", ["jtitle", "atitle"])[:2]
        ('journal', 'article')
    """
    told_format, told_genre = _told(keys)
    if format_ not in KEYS:
        # An OpenURL of the first generation names no format.
        of_genre = [name for name in _OTHER if genre and SPEC.type_of(f"{name}/{genre}")]
        is_journal = not _OF_JOURNALS.isdisjoint(keys) and "isbn" not in keys
        by_keys = told_format or ("journal" if is_journal else "book")
        format_ = by_keys if len(of_genre) != 1 else of_genre[0]
    if format_ not in _OTHER:
        return format_, genre, ""
    if not told_format and "atitle" in keys:
        told_format, told_genre = format_, "bookitem" if format_ == "book" else "article"
    named = "" if genre == "unknown" else genre
    if named and SPEC.type_of(f"{format_}/{named}") is None:
        if told_format:
            doubt = f"the genre {named[:40]!r} does not belong to the format {format_}"
            return told_format, told_genre, doubt
        if SPEC.type_of(f"{_OTHER[format_]}/{named}") is not None:
            doubt = f"the genre {named[:40]!r} belongs to the format {_OTHER[format_]}"
            return _OTHER[format_], named, doubt
    if named in _OF_PAPERS or not told_format:
        return format_, genre, "" if named else _no_genre(format_)
    if told_format != format_:
        return (
            told_format,
            told_genre,
            f"keys of the format {told_format} are used in the format {format_}",
        )
    if (named, told_genre) == ("book", "bookitem"):
        return format_, told_genre, "the genre 'book' contains the title of a part"
    return format_, genre if named else told_genre, "" if named else _no_genre(format_)


def _no_genre(format_: str) -> str:
    return f"the genre is missing, and the format is {format_}"


def _told(keys: Collection[str]) -> tuple[str, str]:
    """Return the format and the genre that keys show; empty texts if they show none."""
    if "jtitle" in keys:
        return "journal", "journal" if _OF_ARTICLES.isdisjoint(keys) else "article"
    if "btitle" in keys:
        return "book", "bookitem" if "atitle" in keys else "book"
    if "atitle" in keys:
        if not _OF_JOURNALS.isdisjoint(keys):
            return "journal", "article"
        if not _OF_BOOKS.isdisjoint(keys):
            return "book", "bookitem"
    return "", ""
