"""The works that reference managers leave in a document, between its reader and the records.

A document is first converted to a text: a line of JSON for each place of it with data of a
reference manager, in reading order. The readers of the formats of documents read this text. So a
document passes all the functions that expect the text of a file, as the table of a spreadsheet
does.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from attrs import frozen

from refcite.formats.common_problems import no_entries
from refcite.formats.csl_json import decode_item
from refcite.formats.endnote_xml import read as read_endnote
from refcite.formats.jsonvalues import mapping, mappings
from refcite.formats.word_xml import read as read_word
from refcite.formats.xmlread import child, entries, text_of
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record

__all__ = [
    "Place",
    "as_text",
    "code_of_bookmarks",
    "csl_of_code",
    "endnote_of_code",
    "is_of_bookmark",
    "mendeley_of_tag",
    "other_program",
    "program_of_link",
    "read_places",
    "tags_of_code",
    "unformatted",
]

_CSL: Final = re.compile(r"\b(?:CSL_CITATION|ZOTERO_ITEM)\s*(?=\{)")
_ENDNOTE: Final = re.compile(r"\bEN\.CITE(?:\.DATA)?\b")
_END: Final = "</EndNote>"
_MENDELEY: Final = re.compile(r"MENDELEY_CITATION_(?:v[0-9]{1,3}_)?")
_OF_WORD: Final = re.compile(r"\s*CITATION\s+(?:\"([^\"]{1,255})\"|([^\s\\\"]{1,255}))")
_MORE_OF_WORD: Final = re.compile(r"\\m\s+(?:\"([^\"]{1,255})\"|([^\s\\\"]{1,255}))")
_OTHERS: Final = (
    ("CitaviPlaceholder", "Citavi"),
    ("CITAVI.", "Citavi"),
    ("REFMGR.", "Reference Manager"),
    ("PAPERS2_CITATIONS", "Papers"),
    ("PROCITE", "ProCite"),
    ("RW.CITE", "RefWorks"),
    ("JABREF_", "JabRef"),
    ("JR_cite_", "JabRef"),
)
"""Parts of the codes of other programs' citations, which contain no CSL-JSON or EndNote's XML."""
_LINKS: Final = {
    "https://www.zotero.org/google-docs/?": "Zotero in Google Docs",
    "https://paperpile.com/c/": "Paperpile",
    "https://sciwheel.com/work/citation": "Sciwheel",
}
"""The starts of links that are citations, whose works are not in the document."""
_UNFORMATTED: Final = re.compile(r"\{[^{}#]{1,200}[ ,]#[0-9]{1,9}[^{}]{0,400}\}")
"""A citation of EndNote that is plain text: `{Roe, 2021 #42; Doe, 2020 #7}`."""
_BOOKMARKS: Final = ("ZOTERO_BREF_", "Mendeley_Bookmark_")
_SHOWN: Final = 5
_LONGEST: Final = 60
_OTHER_PLACES: Final = frozenset({"id", "note", "citation-key", "citation-label"})
"""The keys of an item that may differ between two citations of one work."""


@frozen
class Place:
    """A place of a document with data of a reference manager.

    Attributes:
        kind: `csl`, a citation of Zotero or Mendeley; `endnote`, a citation of EndNote; `sources`,
            the list of sources of Word; `tags`, the tags of sources that Word cites; `mark`, an
            entry of LibreOffice; `unread`, the name of a program whose citations are not read.
        value: The data, as text or as an object.
        paragraph: The number of the paragraph, counted from 1; 0 if it is outside the text.
    """

    kind: str
    value: Any
    paragraph: int = 0


def as_text(format_: str, places: Iterable[Place], problems: Iterable[Problem]) -> str:
    r"""Return the text of a document for its reader.

    Args:
        format_: The name of the format.
        places: The places, in reading order.
        problems: The problems of reading the document.

    Example:
        >>> as_text("docx", [Place("csl", "{}", 3)], ())
        '{"document": "docx"}\n{"kind": "csl", "paragraph": 3, "value": "{}"}\n'
    """
    lines: list[dict[str, Any]] = [{"document": format_}]
    lines += [{"problem": [one.code, one.message, str(one.severity)]} for one in problems]
    lines += [{"kind": one.kind, "paragraph": one.paragraph, "value": one.value} for one in places]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


# The codes of fields


def csl_of_code(code: str) -> str | None:
    """Return the JSON in the code of a field of Zotero or Mendeley; None if it has none.

    Example:
        >>> csl_of_code(' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": []} RNDa1')
        '{"citationItems": []} RNDa1'
    """
    found = _CSL.search(code)
    return code[found.end() :] if found else None


def endnote_of_code(code: str, data: str) -> str | None:
    """Return EndNote's XML of a field: in its code, or in its data; None if it has none.

    Args:
        code: The code of the field.
        data: Its data (`fldData`), in base64.

    Example:
        >>> endnote_of_code(" ADDIN EN.CITE ", "PEVuZE5vdGU+PC9FbmROb3RlPg==")
        '<EndNote></EndNote>'
    """
    if not _ENDNOTE.search(code):
        return None
    text = code
    if "<EndNote" not in text:
        raw = _decoded(data)
        text = raw.decode("utf-16" if b"\0" in raw[:8] else "utf-8", "replace")
    start, end = text.find("<EndNote"), text.rfind(_END)
    return text[start : end + len(_END) if end > start else None] if start >= 0 else None


def mendeley_of_tag(tag: str) -> str | None:
    """Return the JSON in the tag of a content control of Mendeley Cite; None if it is another.

    The text is empty if the tag only names its citation.

    Example:
        >>> mendeley_of_tag("MENDELEY_CITATION_v3_e30=")
        '{}'
    """
    found = _MENDELEY.match(tag)
    if found is None:
        return None
    return _decoded(tag[found.end() :]).decode("utf-8", "replace").strip("\0")


def _decoded(data: str) -> bytes:
    letters = "".join(data.split()).rstrip("=")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return b""


def tags_of_code(code: str) -> list[str]:
    r"""Return the tags of the sources that a citation field of Word names.

    Example:
        >>> tags_of_code(r' CITATION Kaf26 \l 1033 \m "Roe 21" ')
        ['Kaf26', 'Roe 21']
    """
    first = _OF_WORD.match(code)
    if first is None:
        return []
    return [one[1] or one[2] for one in (first, *_MORE_OF_WORD.finditer(code, first.end()))]


def other_program(code: str) -> str | None:
    """Return the program whose citations are not read, by the code of its field.

    Example:
        >>> other_program(" ADDIN CitaviPlaceholder{eyIk}")
        'Citavi'
    """
    return next((name for part, name in _OTHERS if part in code), None)


def program_of_link(address: str) -> str | None:
    """Return the program of a link that is a citation without its work; None for other links.

    Example:
        >>> program_of_link("https://paperpile.com/c/abc/def")
        'Paperpile'
    """
    return next((name for start, name in _LINKS.items() if address.startswith(start)), None)


def unformatted(text: str) -> set[str]:
    """Return the different citations of EndNote in a text that EndNote has not formatted.

    Example:
        >>> unformatted("As {Roe, 2021 #42} and {others} show, {Roe, 2021 #42}.")
        {'{Roe, 2021 #42}'}
    """
    return set(_UNFORMATTED.findall(text)) if "#" in text else set()


def is_of_bookmark(name: str) -> bool:
    """Return whether a bookmark is that of a citation, whose code is a property of the document."""
    return name.startswith(_BOOKMARKS)


def code_of_bookmarks(properties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the code of each bookmark, which is stored in pieces as properties of a document.

    Args:
        properties: The names and the texts of all properties.

    Example:
        >>> code_of_bookmarks([("ZOTERO_BREF_x_2", "b"), ("ZOTERO_BREF_x_1", "a"), ("Owner", "c")])
        {'ZOTERO_BREF_x': 'ab'}
    """
    pieces: dict[str, dict[int, str]] = {}
    for full, text in properties:
        name, _, number = full.rpartition("_")
        if is_of_bookmark(name) and number.isdecimal():
            pieces.setdefault(name, {})[int(number[:9])] = text
    return {name: "".join(found[key] for key in sorted(found)) for name, found in pieces.items()}


# From the text to records


ReadMark = Callable[[dict[str, Any]], tuple[Record, list[Problem]]]


def read_places(
    text: str, format_: str, what: str, missing: str, read_mark: ReadMark | None = None
) -> Library:
    """Read the works in the text of a document.

    Args:
        text: The text, from `as_text`.
        format_: The name of the format.
        what: The name of such a document in messages.
        missing: The hint if the document has no works.
        read_mark: Reads an entry of LibreOffice.
    """
    works = _Works(format_, read_mark)
    lines = text.split("\n")
    if not lines or _parsed(lines[0]) != {"document": format_}:
        works.library.problems.append(
            no_entries(f"this text is not {what}", f"pass the bytes or the path of {what}")
        )
        return works.library
    sources: list[Place] = []
    for line in lines[1:]:
        if not line.startswith("{"):
            continue
        one = mapping(_parsed(line))
        if "problem" in one:
            works.report_of_document(one["problem"])
            continue
        kind, paragraph = one.get("kind"), one.get("paragraph")
        place = Place(
            kind if isinstance(kind, str) else "",
            one.get("value"),
            paragraph if isinstance(paragraph, int) else 0,
        )
        if place.kind == "sources":
            sources.append(place)
        else:
            works.add(place, sources)
    works.finish(sources)
    library = works.library
    if not len(library) and not library.has_errors:
        library.problems.append(
            no_entries(f"there is no work of a reference manager in {what}", missing)
        )
    return library


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


class _Works:
    """The records of a document.

    Attributes:
        library: The records, each once, in the order of their first citation.
    """

    def __init__(self, format_: str, read_mark: ReadMark | None) -> None:
        self.library = Library(is_keyed=False)
        self._read_mark = read_mark
        self._format = format_
        self._known: dict[str, Any] = {}
        self._missing: list[tuple[tuple[str, ...], Place]] = []
        self._reported: set[str] = set()
        self._unread: dict[str, int] = {}
        self._by_tag: dict[str, Record] | None = None

    def report_of_document(self, found: Any) -> None:
        """Add a problem of reading the document."""
        if isinstance(found, list) and len(found) == 3 and all(isinstance(x, str) for x in found):
            code, message, severity = found
            known = Severity(severity) if severity in set(Severity) else Severity.ERROR
            self.library.problems.append(Problem(severity=known, code=code, message=message))

    def add(self, place: Place, sources: list[Place]) -> None:
        """Add the works of a place."""
        if place.kind == "csl":
            self._add_csl(place)
        elif place.kind == "endnote":
            self._add_endnote(place)
        elif place.kind == "tags":
            self._add_tags(place, sources)
        elif place.kind == "mark" and self._read_mark is not None:
            self._add_mark(place, self._read_mark)
        elif place.kind == "unread" and isinstance(place.value, str):
            self._unread[place.value] = self._unread.get(place.value, 0) + 1

    def finish(self, sources: list[Place]) -> None:
        """Add Word's sources that are not cited, and report what was not read."""
        for names, place in self._missing:
            if not any(name in self._known for name in names):
                self._report(
                    "unread-citation",
                    f"the cited work {names[0][-_LONGEST:]!r} has no data in the document",
                    place,
                    "store the references in the document: an option of the reference manager",
                )
        for tag, record in self._sources(sources).items():
            self._adopt(f"word:{tag}", record, 0)
        for name, count in self._unread.items():
            times = "1 citation" if count == 1 else f"{count} citations"
            are = "is" if count == 1 else "are"
            self.library.problems.append(
                Problem(
                    severity=Severity.WARNING,
                    code="not-read",
                    message=f"{times} of {name} {are} not read",
                    hint=f"export the works from {name}",
                )
            )

    # CSL-JSON: Zotero and Mendeley

    def _add_csl(self, place: Place) -> None:
        citation = place.value
        if isinstance(citation, str):
            try:
                citation, _ = json.JSONDecoder().raw_decode(citation.lstrip())
            except (ValueError, RecursionError) as error:
                self._report(
                    "unread-citation",
                    f"the data of a citation are not valid JSON: {error}",
                    place,
                    "update the citation in its program, or export the works from it",
                )
                return
        items = mappings(mapping(citation).get("citationItems"))
        if not items and mapping(citation).get("citationItems") != []:
            self._report(
                "unread-citation",
                "the data of a citation name no works",
                place,
                "update the citation in its program, or export the works from it",
            )
        for one in items:
            self._add_item(one, place)

    def _add_item(self, cited: dict[str, Any], place: Place) -> None:
        item: Any = cited.get("itemData")
        listed: Any = cited.get("uris") or cited.get("uri")
        uris = [one for one in _as_list(listed) if isinstance(one, str) and one]
        number: Any = cited.get("id") or mapping(item).get("id")
        own = str(number) if number and not uris else ""
        if not isinstance(item, dict) or not item:
            # Another citation of the work may have its data.
            self._missing.append((tuple(uris or [own]), place))
            return
        content = {key: one for key, one in item.items() if key not in _OTHER_PLACES}
        # Without a URI, an id such as ITEM-1 may name other works in other citations.
        names = uris or [own if _is_unique(own) else _frozen(content)]
        before: Any = next((self._known[one] for one in names if one in self._known), None)
        for name in names:
            self._known.setdefault(name, content if before is None else before)
        if before is not None:
            if before != content:
                self._differs(names[0], before, content, place)
            return
        problems: list[Problem] = []
        key = item.get("citation-key")
        record = decode_item(
            {**item, "id": key if isinstance(key, str) else ""}, problems, None, None, self._format
        )
        if uris:
            record = record.replace(extra={**record.extra, "uri": uris[0]})
        self._adopt("", record, place.paragraph, problems)

    def _differs(
        self, name: str, before: dict[str, Any], after: dict[str, Any], place: Place
    ) -> None:
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        shown = ", ".join(keys[:_SHOWN]) + (" and others" if len(keys) > _SHOWN else "")
        self._report(
            "differing-work",
            f"the work {name[-_LONGEST:]!r} has other data here than at its first citation"
            f" ({shown}); those of the first are used",
            place,
            "update the citations in the document with the reference manager",
        )

    # EndNote

    def _add_endnote(self, place: Place) -> None:
        if not isinstance(place.value, str):
            return
        found: list[Problem] = []
        cites = entries(place.value, ("Cite",), found, "citation")
        for problem in found:
            self._report("unread-citation", problem.message, place, problem.hint)
        for cite in cites:
            record = child(cite.element, "record")
            if record is None:
                self._without_record(cite.element, place)
                continue
            number = text_of(child(record, "rec-number"))
            keys = child(record, "foreign-keys", "key")
            base = keys.get("db-id", "") if keys is not None else ""
            data = _xml(record)
            name = f"endnote:{base}:{number}" if base and number else data
            if name in self._known:
                if self._known[name] != data:
                    self._differs(name, {"record": self._known[name]}, {"record": data}, place)
                continue
            self._known[name] = data
            library = read_endnote(f"<xml><records>{data}</records></xml>")
            for one in library:
                self._adopt("", one.replace(id=""), place.paragraph, library.problems)

    def _without_record(self, cite: Any, place: Place) -> None:
        author, year = text_of(child(cite, "Author")), text_of(child(cite, "Year"))
        name = " ".join(filter(None, (author, year))) or "without a name"
        self._report(
            "unread-citation",
            f"the cited work {name[:_LONGEST]!r} has no data in the document",
            place,
            "export the works from EndNote, or let EndNote store them: Traveling Library",
        )

    # Word's sources, and marks of LibreOffice

    def _sources(self, sources: list[Place]) -> dict[str, Record]:
        if self._by_tag is None:
            self._by_tag = {}
            for place in sources:
                if not isinstance(place.value, str):
                    continue
                library = read_word(place.value)
                self.library.problems += [
                    one.replace(line=None, column=None)
                    for one in library.problems
                    if one.code != "no-entries"
                ]
                for record in library:
                    if record.variables():
                        self._by_tag.setdefault(record.id, record)
                    else:
                        self._add_placeholder(record.id, place)
        return self._by_tag

    def _add_placeholder(self, tag: str, place: Place) -> None:
        self._known[f"tag:{tag}"] = True
        self._report(
            "unread-citation",
            f"the source {tag[:_LONGEST]!r} is a placeholder without data",
            place,
            "fill in the source in Word: References, Manage Sources",
        )

    def _add_tags(self, place: Place, sources: list[Place]) -> None:
        tags = place.value if isinstance(place.value, list) else []
        for tag in tags:
            record = self._sources(sources).get(tag) if isinstance(tag, str) else None
            if record is not None:
                self._adopt(f"word:{tag}", record, place.paragraph)
            elif f"tag:{tag}" not in self._known:
                self._known[f"tag:{tag}"] = True
                self._report(
                    "unread-citation",
                    f"the cited source {str(tag)[:_LONGEST]!r} is not in the document",
                    place,
                    "add it to the current list in Word: References, Manage Sources",
                )

    def _add_mark(self, place: Place, read_mark: ReadMark) -> None:
        fields: dict[str, Any] = mapping(place.value)
        name = f"mark:{fields.get('identifier') or _frozen(fields)}"
        before: Any = self._known.get(name)
        if before is not None:
            if before != fields:
                self._differs(str(fields.get("identifier")), before, fields, place)
            return
        self._known[name] = fields
        record, problems = read_mark(fields)
        self._adopt("", record, place.paragraph, problems)

    # Both

    def _adopt(
        self, name: str, record: Record, paragraph: int, problems: Iterable[Problem] = ()
    ) -> None:
        if name:
            if name in self._known:
                return
            self._known[name] = True
        line = paragraph or None
        record = record.replace(origin=Origin(format=self._format, line=line))
        self.library.append(record)
        key = self.library[-1].id
        self.library.problems += [one.replace(line=line, column=None, key=key) for one in problems]

    def _report(self, code: str, message: str, place: Place, hint: str | None) -> None:
        if message in self._reported:
            return
        self._reported.add(message)
        is_lost = code == "unread-citation"
        self.library.problems.append(
            Problem(
                severity=Severity.ERROR if is_lost else Severity.WARNING,
                code=code,
                message=message,
                line=place.paragraph or None,
                hint=hint,
            )
        )


_LOCAL: Final = re.compile(r"ITEM-[0-9]{1,9}|[0-9]{1,12}|")


def _is_unique(own: str) -> bool:
    """Return whether an id names one work in a whole document, such as a UUID."""
    return _LOCAL.fullmatch(own) is None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _frozen(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True)


def _xml(element: Any) -> str:
    from lxml import etree

    return etree.tostring(element, encoding="unicode", with_tail=False)
