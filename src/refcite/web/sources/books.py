"""Books by ISBN: Open Library's Books API, and Google Books."""

from __future__ import annotations

from typing import Any

from refcite.formats.jatstext import clean_paragraphs, titled
from refcite.formats.jsonvalues import joined, mapping, mappings, text_of, texts
from refcite.identifier_kinds import Identifier
from refcite.identifiers import fault_in_isbn, isbn_13
from refcite.problems import Problem
from refcite.record import Record
from refcite.web.cache import Response
from refcite.web.failures import NotFoundError, UnusableResponseError
from refcite.web.sources.values import Found, date_of, json_of, people

__all__ = ["read_google_books", "read_open_library"]


def read_open_library(response: Response, identifier: Identifier) -> Found:
    """Read a response of `/api/books?bibkeys=ISBN:…&jscmd=data`: books by the key requested."""
    found = json_of(response)
    if not isinstance(found, dict):
        raise UnusableResponseError("the response contains no books")
    book = mapping(found.get(f"ISBN:{identifier.value}"))
    if not book:
        raise NotFoundError("Open Library has no work with this identifier")
    problems: list[Problem] = []
    numbers = mapping(book.get("identifiers"))
    known = [*texts(numbers.get("isbn_13")), *texts(numbers.get("isbn_10"))]
    isbns = {isbn_13(number) for number in known if fault_in_isbn(number) is None}
    record = Record(
        id="found",
        type="book",
        title=_title(book),
        author=people(_named(book.get("authors")), problems),
        issued=date_of(text_of(book.get("publish_date")), problems),
        publisher=joined(_named(book.get("publishers")), "; "),
        publisher_place=joined(_named(book.get("publish_places")), "; "),
        number_of_pages=text_of(book.get("number_of_pages")),
        # The service looks a book up by any ISBN of its edition.
        isbn=joined(sorted(isbns)) if isbns and identifier.value not in isbns else identifier.value,
    )
    return Found(record, problems)


def read_google_books(response: Response, identifier: Identifier) -> Found:
    """Read a response of `/volumes?q=isbn:…`: the first volume that has this ISBN."""
    volumes = [
        mapping(one.get("volumeInfo")) for one in mappings(mapping(json_of(response)).get("items"))
    ]
    book = next((one for one in volumes if identifier.value in _isbns(one)), None)
    if book is None:
        raise NotFoundError("Google Books has no work with this identifier")
    problems: list[Problem] = []
    record = Record(
        id="found",
        type="book",
        title=_title(book),
        author=people(texts(book.get("authors")), problems),
        issued=date_of(text_of(book.get("publishedDate")), problems),
        publisher=text_of(book.get("publisher")),
        number_of_pages=text_of(book.get("pageCount")),
        language=text_of(book.get("language")),
        keyword=joined(texts(book.get("categories"))),
        abstract=clean_paragraphs(book.get("description")),
        isbn=identifier.value,
    )
    return Found(record, problems)


def _title(book: dict[str, Any]) -> str:
    title = titled(text_of(book.get("title")), text_of(book.get("subtitle")))
    if not title:
        raise UnusableResponseError("the response contains no title")
    return title


def _named(value: Any) -> list[str]:
    return texts([one.get("name") for one in mappings(value)])


def _isbns(book: dict[str, Any]) -> set[str]:
    numbers = texts([one.get("identifier") for one in mappings(book.get("industryIdentifiers"))])
    return {isbn_13(number) for number in numbers if fault_in_isbn(number) is None}
