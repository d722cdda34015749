"""Reports and other documents in the form that the style `oscola-international` requires."""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.legal.names import NUMBER_SIGN, SYMBOL, name_of_body, whole_name
from refcite.names import Name
from refcite.record import Record

__all__ = ["prepared_document"]

_PAPER: Final = re.compile(
    r"(?:C|Cd|Cmd|Cmnd|Cm|CP|HC|HL|SP Paper|(?:Scot )?Law Com)\b\.?(?: No\b\.?)?(?: \d.*)?",
    re.IGNORECASE,
)
_COMMISSION_DOCUMENT: Final = re.compile(
    r"(?P<series>COM|SEC|SWD|JOIN) ?\(?(?P<year>\d{4})\)?[ /]?(?P<number>\d+(?: final.*)?)"
)


def prepared_document(record: Record) -> Record:
    """Return a report or another document with the variables that the style requires.

    Args:
        record: An item for a style.

    Example:
        >>> found = prepared_document(Record(type="report", number="A/HRC/29/42"))
        >>> found.collection_title, found.number
        ('UN Doc', 'A/HRC/29/42')
    """
    author = tuple(map(_printed, record.author))
    publisher = None if record.publisher is None else name_of_body(record.publisher)
    if publisher and len(author) == 1 and _is_named(publisher, whole_name(author[0])):
        publisher = None
    if record.type == "report" and not author and not record.editor:
        # The body that is responsible for a report is its author (3.1.2).
        body = name_of_body(record.authority or "") or publisher
        author = (Name(literal=body),) if body else ()
        publisher = None if body == publisher else publisher
    changes: dict[str, object] = {"author": author, "publisher": publisher}
    if record.title:
        changes["title"] = NUMBER_SIGN.sub("No ", record.title)
    number = (record.number or "").strip()
    if not number and (record.call_number or "").startswith("UN Doc"):
        number = record.call_number or ""
    genre = record.genre or ""
    if not number and _PAPER.fullmatch(genre):
        number, genre = genre, ""
    series = record.collection_title or ""
    symbol = SYMBOL.fullmatch(number)
    commission = _COMMISSION_DOCUMENT.fullmatch(number)
    if symbol is not None:
        changes |= {
            "type": "report",
            "collection_title": "UN Doc",
            "number": f"{symbol['symbol']}{symbol['rest']}",
            # The symbol is enough to find the document.
            "url": None,
            "doi": None,
        }
    elif commission is not None:
        changes |= {
            "type": "report",
            "collection_title": f"{commission['series']} ({commission['year']})",
            "number": commission["number"],
            "issued": None,
            "url": None,
        }
        if [whole_name(name) for name in author] == ["European Commission"]:
            changes["author"] = (Name(literal="Commission"),)
    elif number and any(map(_PAPER.fullmatch, (number, genre, series))):
        # A paper of a parliament or a law commission is cited like a book, without its publisher.
        words = next((text for text in (genre, series) if _PAPER.fullmatch(text)), None)
        changes |= {
            "type": "book",
            "publisher": None,
            "genre": words,
            "number": number.replace(".", ""),
        }
    elif number:
        changes["number"] = NUMBER_SIGN.sub("No ", number)
    return record.replace(**changes)


def _is_named(publisher: str, author: str) -> bool:
    """Return whether the author's name contains the publisher's, or is its full form."""
    short = name_of_body(author.replace("United Nations ", "UN ", 1))
    return publisher == short or _words(publisher) <= _words(author)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - {"of", "the"}


def _printed(name: Name) -> Name:
    whole = whole_name(name)
    if not whole:
        return name
    body = name_of_body(whole)
    return name if body == whole else Name(literal=body)
