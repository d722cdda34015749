"""The parts of an OpenDocument text, and the places in it with data of reference managers.

Source: OpenDocument 1.3 (marks, bookmarks, notes, tracked changes); the marks of Zotero and
Mendeley, and the fields of Word in a document that LibreOffice has converted.
"""

from __future__ import annotations

from typing import Final

from refcite.formats.citedworks import (
    Place,
    as_text,
    attribute,
    code_of_bookmarks,
    csl_of_code,
    endnote_of_code,
    is_of_bookmark,
    other_program,
)
from refcite.formats.xmlread import XmlElement, local_name, text_of
from refcite.formats.zipparts import Parts
from refcite.problems import InputError, Problem

__all__ = ["document_text"]

_MARKS: Final = frozenset({"reference-mark", "reference-mark-start"})
_BOOKMARKS: Final = frozenset({"bookmark", "bookmark-start"})
_PARAGRAPHS: Final = frozenset({"p", "h"})
_NOT_READ: Final = frozenset({"tracked-changes", "note-citation"})


def document_text(data: bytes) -> str:
    """Return the text of a document for its reader.

    Args:
        data: The document.

    Raises:
        InputError: The document is damaged, encrypted or too large.
    """
    parts = Parts(data, "OpenDocument text")
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise InputError(
            "the document is encrypted; open it in its program, and save it without a password"
        )
    problems: list[Problem] = []
    walk = _Walk(parts, problems)
    root = parts.xml("content.xml", "document-content", problems)
    if root is not None:
        walk.visit(root)
    return as_text("odt", walk.places, problems)


class _Walk:
    """Finds the places of a document, in reading order; its notes are where they are referred to.

    Args:
        parts: The parts of the document.
        problems: List to which problems are added.

    Attributes:
        places: The places that were found.
    """

    def __init__(self, parts: Parts, problems: list[Problem]) -> None:
        self.places: list[Place] = []
        self._parts = parts
        self._problems = problems
        self._paragraph = 0
        self._notes = 0
        self._codes: dict[str, str] | None = None

    def visit(self, element: XmlElement) -> None:
        """Find the places in an element."""
        name = local_name(element)
        if name in _NOT_READ:
            return
        if name in _PARAGRAPHS and not self._notes:
            self._paragraph += 1
        elif name in _MARKS:
            self._read_code(attribute(element, "name"))
        elif name in _BOOKMARKS:
            self._read_bookmark(attribute(element, "name"))
        elif name == "param":
            self._read_code(attribute(element, "value"))
        elif name == "bibliography-mark":
            fields = {str(key).rpartition("}")[2]: str(one) for key, one in element.attrib.items()}
            self._add("mark", fields)
        is_note = name == "note"
        self._notes += is_note
        for one in element:
            self.visit(one)
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

    def _read_bookmark(self, name: str) -> None:
        if not is_of_bookmark(name):
            return
        if self._codes is None:
            root = self._parts.xml("meta.xml", "document-meta", self._problems)
            found = root.iter("{*}user-defined") if root is not None else ()
            self._codes = code_of_bookmarks((attribute(one, "name"), text_of(one)) for one in found)
        self._read_code(self._codes.get(name, ""))

    def _add(self, kind: str, value: str | dict[str, str]) -> None:
        self.places.append(Place(kind, value, self._paragraph))
