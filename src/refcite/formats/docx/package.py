"""The parts of a Word document, and the places in them with data of reference managers.

Source: ECMA-376, part 1 (fields, content controls, notes) and part 2 (packages); the fields of
Zotero, Mendeley and EndNote as these programs write them.
"""

from __future__ import annotations

import json
from posixpath import dirname, join, normpath
from typing import Any, Final

from refcite.formats.citedworks import (
    Place,
    as_text,
    code_of_bookmarks,
    csl_of_code,
    endnote_of_code,
    is_of_bookmark,
    mendeley_of_tag,
    other_program,
    program_of_link,
    tags_of_code,
    unformatted,
)
from refcite.formats.jsonvalues import mappings
from refcite.formats.xmlread import (
    XmlElement,
    attribute,
    child,
    children,
    local_name,
    text_of,
)
from refcite.formats.zipparts import FlatParts, Parts, PartsOf, as_characters
from refcite.problems import Problem

__all__ = ["document_text"]

_MAIN: Final = "word/document.xml"
_SOURCES: Final = (
    "officeDocument/2006/bibliography",
    "ooxml/officeDocument/bibliography",
    "office/word/2004/10/bibliography",
)
"""The ends of the namespaces of Word's sources: the usual, the strict, and that of Word 2004."""
_NOTES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
"""The references to notes, with the part that has the notes."""
_MARGINS: Final = {"header": "hdr", "footer": "ftr"}
"""The parts next to the text, which are read after it, with their elements."""
_LINK: Final = "link"
_MENDELEY_LIST: Final = "MENDELEY_CITATIONS"


def document_text(data: bytes | str) -> str:
    """Return the text of a document for its reader.

    Args:
        data: The document: an archive, or the XML of its flat form.

    Raises:
        InputError: The document is damaged or too large.
    """
    problems: list[Problem] = []
    parts: PartsOf = (
        FlatParts(data, problems) if isinstance(data, str) else Parts(data, "Word document")
    )
    targets = _targets(parts, "", problems)
    main = next(iter(targets.get("officeDocument", ())), _MAIN)
    walk = _Walk(parts, main, problems)
    for name in parts.names:
        if name.startswith("customXml/") and name.endswith(".xml"):
            held = as_characters(parts.read(name))
            if any(one in held for one in _SOURCES):
                walk.places.append(Place("sources", held))
    walk.read()
    return as_text("docx", walk.places, problems)


def _targets(parts: PartsOf, source: str, problems: list[Problem]) -> dict[str, list[str]]:
    """Return the parts to which a part refers, by the last word of the kind of relationship."""
    folder, name = dirname(source), source.rpartition("/")[2]
    root = parts.xml(join(folder, "_rels", f"{name}.rels"), "Relationships", problems)
    found: dict[str, list[str]] = {}
    for one in children(root, "Relationship") if root is not None else ():
        target = str(one.get("Target", ""))
        if one.get("TargetMode") == "External":
            found.setdefault(_LINK, []).append(target)
            continue
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        found.setdefault(str(one.get("Type", "")).rpartition("/")[2], []).append(path)
    return found


class _Field:
    """A field that has begun.

    Attributes:
        code: The pieces of its code.
        data: The pieces of its data, in base64.
        is_code: Whether its code has not ended.
    """

    __slots__ = ("code", "data", "is_code")

    def __init__(self) -> None:
        self.code: list[str] = []
        self.data: list[str] = []
        self.is_code = True


class _Walk:
    """Finds the places of a document, in reading order: a note is read where it is referred to.

    Args:
        parts: The parts of the document.
        main: The name of the part with the text.
        problems: List to which problems are added.

    Attributes:
        places: The places that were found.
    """

    def __init__(self, parts: PartsOf, main: str, problems: list[Problem]) -> None:
        self.places: list[Place] = []
        self._parts = parts
        self._main = main
        self._problems = problems
        self._targets = _targets(parts, main, problems)
        self._notes: dict[str, dict[str, XmlElement]] = {}
        self._fields: list[_Field] = []
        self._paragraph = 0
        self._is_note = False
        self._bookmarks: dict[str, str] | None = None
        self._mendeley: dict[str, Any] | None = None

    def read(self) -> None:
        """Find the places."""
        root = self._parts.xml(self._main, "document", self._problems)
        if root is not None:
            self._visit(root)
            self._read_unformatted(root)
        for part in _NOTES.values():
            # Notes to which nothing refers are read last.
            for name in list(self._notes_of(part)):
                self._visit_note(part, name)
        for kind, name in _MARGINS.items():
            for path in self._targets.get(kind, ()):
                margin = self._parts.xml(path, name, self._problems)
                if margin is not None:
                    self._visit_apart(margin)
        self._read_links(self._targets)

    def _read_unformatted(self, root: XmlElement) -> None:
        """Count the citations of EndNote that are plain text."""
        found = unformatted("".join(one.text or "" for one in root.iter("{*}t")))
        self.places += [Place("unread", "EndNote")] * len(found)

    def _read_links(self, targets: dict[str, list[str]]) -> None:
        """Count the links that are citations without their works."""
        for address in dict.fromkeys(targets.get(_LINK, ())):
            program = program_of_link(address)
            if program is not None:
                self.places.append(Place("unread", program))

    def _visit(self, element: XmlElement) -> None:
        name = local_name(element)
        if name == "p" and not self._is_note:
            self._paragraph += 1
        elif name == "Fallback":
            return  # the same contents in another form
        elif name == "instrText":
            if self._fields and self._fields[-1].is_code:
                self._fields[-1].code.append(element.text or "")
            return
        elif name == "fldChar":
            self._read_mark(element)
            return
        elif name == "fldSimple":
            data = child(element, "fldData")
            self._read_code(attribute(element, "instr"), text_of(data))
        elif name == "hyperlink":
            self._read_transferred(element)
        elif name == "sdt":
            self._read_control(element)
        elif name == "bookmarkStart":
            self._read_bookmark(attribute(element, "name"))
        elif name in _NOTES:
            self._visit_note(_NOTES[name], attribute(element, "id"))
        for one in element:
            self._visit(one)

    def _read_mark(self, element: XmlElement) -> None:
        """Read the begin, the separation or the end of a field."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            field = _Field()
            field.data += [text_of(one) for one in children(element, "fldData")]
            self._fields.append(field)
        elif self._fields and kind in ("separate", "end"):
            field = self._fields[-1]
            if field.is_code:
                field.is_code = False
                self._end_code(field)
            if kind == "end":
                self._fields.pop()

    def _end_code(self, field: _Field) -> None:
        code = "".join(field.code)
        around = self._fields[-2] if len(self._fields) > 1 else None
        if "EN.CITE.DATA" in code and around is not None and any(around.data):
            return  # EndNote repeats the data of the field around it
        self._read_code(code, "".join(field.data))

    def _read_code(self, code: str, data: str) -> None:
        citation = csl_of_code(code)
        if citation is not None:
            self._add("csl", citation)
            return
        citation = endnote_of_code(code, data)
        if citation is not None:
            self._add("endnote", citation)
            return
        tags = tags_of_code(code)
        if tags:
            self._add("tags", tags)
            return
        program = other_program(code)
        if program is not None:
            self._add("unread", program)

    def _read_transferred(self, element: XmlElement) -> None:
        """Read a link of a document that Zotero has prepared for another word processor."""
        citation = csl_of_code("".join(one.text or "" for one in element.iter("{*}t")))
        if citation is not None:
            self._add("csl", citation)

    def _read_control(self, element: XmlElement) -> None:
        tag = attribute(child(element, "sdtPr", "tag"), "val")
        citation = mendeley_of_tag(tag) if tag else None
        if citation:
            self._add("csl", citation)
        elif citation is not None:
            self._add("csl", self._of_mendeley(tag) or citation)

    def _of_mendeley(self, tag: str) -> Any:
        """Return the citation of a tag in the list that Mendeley Cite stores in a document."""
        if self._mendeley is None:
            self._mendeley = {}
            for name in self._parts.names:
                if not name.startswith("word/webextensions/webextension"):
                    continue
                root = self._parts.xml(name, "webextension", self._problems)
                for one in root.iter("{*}property") if root is not None else ():
                    if one.get("name") == _MENDELEY_LIST:
                        self._mendeley |= _by_id(str(one.get("value", "")))
        return self._mendeley.get(tag)

    def _read_bookmark(self, name: str) -> None:
        if not is_of_bookmark(name):
            return
        if self._bookmarks is None:
            root = self._parts.xml("docProps/custom.xml", "Properties", self._problems)
            found = children(root, "property") if root is not None else ()
            self._bookmarks = code_of_bookmarks(
                (str(one.get("name", "")), text_of(one)) for one in found
            )
        code = self._bookmarks.get(name)
        if code is not None:
            self._read_code(code, "")

    def _notes_of(self, part: str) -> dict[str, XmlElement]:
        """Return the notes of a part that were not read yet, by their ids."""
        if part not in self._notes:
            path = next(iter(self._targets.get(part, ())), f"{dirname(self._main)}/{part}.xml")
            root = self._parts.xml(path, part, self._problems)
            if root is not None:
                self._read_unformatted(root)
                self._read_links(_targets(self._parts, path, self._problems))
            self._notes[part] = {
                attribute(one, "id"): one for one in (children(root) if root is not None else ())
            }
        return self._notes[part]

    def _visit_note(self, part: str, name: str) -> None:
        if self._is_note:
            return
        note = self._notes_of(part).pop(name, None)
        if note is None:
            return
        self._visit_apart(note)

    def _visit_apart(self, element: XmlElement) -> None:
        """Find the places of an element that is outside the text, and has fields of its own."""
        fields, self._fields, self._is_note = self._fields, [], True
        self._visit(element)
        self._fields, self._is_note = fields, False

    def _add(self, kind: str, value: Any) -> None:
        self.places.append(Place(kind, value, self._paragraph))


def _by_id(text: str) -> dict[str, Any]:
    """Return the citations of Mendeley Cite by their tags and ids."""
    try:
        found = mappings(json.loads(text))
    except (ValueError, RecursionError):
        return {}
    return {
        key: one
        for one in found
        for key in (one.get("citationTag"), one.get("citationID"))
        if isinstance(key, str)
    }
