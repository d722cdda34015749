"""Books and their parts, in the Book Interchange Tag Suite (BITS).

Source: BITS 2.1, which uses the elements of JATS: `book-meta`, `book-part-meta`,
`collection-meta`.
"""

from __future__ import annotations

from typing import Final

from refcite.formats.jats.elements import Work, line_of, read_meta
from refcite.formats.jats.table import GROUP
from refcite.formats.xmlread import XmlElement, child, children, local_name

__all__ = ["Books", "read_book", "read_part"]

Books = dict[XmlElement, Work]
"""The books whose parts have been read, by their `book-meta`."""

_PART: Final = "book-part"
_WRAPPERS: Final = ("book", "book-part-wrapper")
_AUTHOR: Final = GROUP.format("author")
_HOST_AUTHOR: Final = GROUP.format("container-author")
_OF_BOOK: Final = frozenset(
    ("publisher-name", "publisher-loc", "isbn", "issn", "edition", "volume", "series",
     "comment[content-type=collection-number]", "comment[content-type=license]",
     *map(GROUP.format, ("editor", "collection-editor", "translator")))
)  # fmt: skip
"""The fields of a book that also describe its parts."""
_MOST_FIELDS: Final = 1000
"""The maximum number of fields of a book that are repeated in each part."""


def read_book(work: Work, meta: XmlElement) -> bool:
    """Read the data of a book; return whether the text is about the whole book.

    Args:
        work: The work.
        meta: The element `book-meta`.
    """
    read_meta(work, meta)
    book = meta.getparent()
    if book is None:
        return True
    for collection in children(book, "collection-meta"):
        _read_collection(work, collection)
    kind = str(book.get("book-type") or "")
    work.keep("book-type", kind)
    return local_name(book) != "book-part-wrapper" or child(book, _PART) is None


def _read_collection(work: Work, collection: XmlElement) -> None:
    title = child(collection, "title-group", "title")
    work.add("series", line_of(title) if title is not None else "")
    number = child(collection, "volume-in-collection", "volume-number")
    if number is not None:
        work.add("comment[content-type=collection-number]", line_of(number))
    for one in children(collection, "issn"):
        work.add("issn", line_of(one))


def read_part(work: Work, meta: XmlElement, books: Books) -> bool:
    """Read the data of a part of a book, with those of the book; return whether it has a title.

    Args:
        work: The work.
        meta: The element `book-part-meta`.
        books: The books of parts that have been read before; that of this part is added.
    """
    read_meta(work, meta)
    if not any(work.titles.values()):
        return False
    part = meta.getparent()
    if part is not None:
        work.keep("book-part-type", str(part.get("book-part-type") or ""))
    above = next((one for one in meta.iterancestors() if local_name(one) in _WRAPPERS), None)
    data = child(above, "book-meta") if above is not None else None
    if data is None:
        return True
    if data not in books:
        read_book(books.setdefault(data, Work(work.line)), data)
    book = books[data]
    work.source = next(filter(None, book.titles.values()), "")
    work.parts = work.parts or book.parts
    own = {key for key, _, _ in work.fields}
    for key, value, line in book.fields[:_MOST_FIELDS]:
        if key == _AUTHOR:
            work.fields.append((_HOST_AUTHOR if _AUTHOR in own else _AUTHOR, value, line))
        elif key in _OF_BOOK and key not in own:
            work.fields.append((key, value, line))
        elif key.startswith("pub-id"):
            work.keep(f"book/{key}", str(value))
    return True
