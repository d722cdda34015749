"""The parts of an OpenDocument text, and the places in it with data of reference managers.

Source: OpenDocument 1.3 (marks, bookmarks, notes, tracked changes); the marks of Zotero and
Mendeley, and the fields of Word in a document that LibreOffice has converted.
"""

from __future__ import annotations

from typing import Final

from refcite.formats.citedworks import (
    Place,
    as_text,
    code_of_bookmarks,
    csl_of_code,
    endnote_of_code,
    is_of_bookmark,
    other_program,
    program_of_link,
    unformatted,
)
from refcite.formats.xmlread import (
    XmlElement,
    attribute,
    child,
    entries,
    local_name,
    text_of,
)
from refcite.formats.zipparts import Parts
from refcite.problems import InputError, Problem

__all__ = ["document_text"]

_MARKS: Final = frozenset({"reference-mark", "reference-mark-start"})
_BOOKMARKS: Final = frozenset({"bookmark", "bookmark-start"})
_PARAGRAPHS: Final = frozenset({"p", "h"})
_NOT_READ: Final = frozenset({"tracked-changes", "note-citation"})


def document_text(data: bytes | str) -> str:
    """Return the text of a document for its reader.

    Args:
        data: The document: an archive, or the XML of its flat form.

    Raises:
        InputError: The document is damaged, encrypted or too large.
    """
    problems: list[Problem] = []
    if isinstance(data, str):
        flat = next((one.element for one in entries(data, ("document",), problems, "part")), None)
        content = styles = meta = flat
    else:
        content, styles, meta = _parts(Parts(data, "OpenDocument text"), problems)
    walk = _Walk(meta)
    if content is not None:
        walk.read(content, styles)
    return as_text("odt", walk.places, problems)


def _parts(parts: Parts, problems: list[Problem]) -> tuple[XmlElement | None, ...]:
    """Return the parts of an archive with the text, the page headers and the properties."""
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise InputError(
            "the document is encrypted; open it in its program, and save it without a password"
        )
    return (
        parts.xml("content.xml", "document-content", problems),
        parts.xml("styles.xml", "document-styles", problems),
        parts.xml("meta.xml", "document-meta", problems),
    )


class _Walk:
    """Finds the places of a document, in reading order; its notes are where they are referred to.

    Args:
        meta: The element with the properties of the document.

    Attributes:
        places: The places that were found.
    """

    def __init__(self, meta: XmlElement | None) -> None:
        self.places: list[Place] = []
        self._meta = meta
        self._paragraph = 0
        self._notes = 0
        self._codes: dict[str, str] | None = None

    def read(self, content: XmlElement, styles: XmlElement | None) -> None:
        """Find the places of the text, then those of the headers and footers of its pages.

        Args:
            content: The element with the text.
            styles: The element with the headers and footers.
        """
        body = child(content, "body")
        self._visit(content if body is None else body)
        pages = child(styles, "master-styles") if styles is not None else None
        if pages is not None:
            self._notes += 1
            self._visit(pages)
        found = unformatted(text_of(content if body is None else body))
        self.places += [Place("unread", "EndNote")] * len(found)

    def _visit(self, element: XmlElement) -> None:
        name = local_name(element)
        if name in _NOT_READ:
            return
        if name in _PARAGRAPHS and not self._notes:
            self._paragraph += 1
        elif name in _MARKS:
            self._read_code(attribute(element, "name"))
        elif name in _BOOKMARKS:
            self._read_bookmark(attribute(element, "name"))
        elif name == "a":
            self._read_link(element)
        elif name == "param":
            self._read_code(attribute(element, "value"))
        elif name == "bibliography-mark":
            fields = {str(key).rpartition("}")[2]: str(one) for key, one in element.attrib.items()}
            self._add("mark", fields)
        is_note = name == "note"
        self._notes += is_note
        for one in element:
            self._visit(one)
        self._notes -= is_note

    def _read_code(self, code: str) -> None:
        citation = csl_of_code(code)
        if citation is not None:
            self._add("csl", citation)
            return
        citation = endnote_of_code(code, "")
        if citation is not None:
            self._add("endnote", citation)
            return
        program = other_program(code)
        if program is not None:
            self._add("unread", program)

    def _read_link(self, element: XmlElement) -> None:
        # Zotero prepares a document for another word processor with links.
        citation = csl_of_code(text_of(element))
        if citation is not None:
            self._add("csl", citation)
        program = program_of_link(attribute(element, "href"))
        if program is not None:
            self._add("unread", program)

    def _read_bookmark(self, name: str) -> None:
        if not is_of_bookmark(name):
            return
        if self._codes is None:
            found = self._meta.iter("{*}user-defined") if self._meta is not None else ()
            self._codes = code_of_bookmarks((attribute(one, "name"), text_of(one)) for one in found)
        self._read_code(self._codes.get(name, ""))

    def _add(self, kind: str, value: str | dict[str, str]) -> None:
        self.places.append(Place(kind, value, self._paragraph))
