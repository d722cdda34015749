"""Make a record's attributes from the elements of a MODS record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from refcite.dates import Date
from refcite.formats.iso639 import tag_of_code
from refcite.formats.mods.dates import DateText, read_dates
from refcite.formats.mods.paths import Tree, step_of
from refcite.formats.mods.people import CONFERENCE, name_of, others_of, variables_of
from refcite.formats.mods.source import source_of
from refcite.formats.mods.table import (
    HOST,
    VARIABLES_NAMESPACE,
    Kind,
    Place,
    name_levels,
    steps_of,
)
from refcite.formats.mods.types import AUTHORITY, RESOURCES, kind_of, type_of_genre
from refcite.formats.namelists import of_names
from refcite.formats.xmlread import Entry, XmlElement, child, children, local_name, text_of
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.vocabulary import ITEM_TYPES, attribute_of

__all__ = ["TEXT_TAGS", "Draft"]

TEXT_TAGS: Final = frozenset(
    ("digitalOrigin", "frequency", "internetMediaType", "issuance", "tableOfContents",
     "targetAudience")
)  # fmt: skip
"""Elements that are kept as text where they have no attributes."""

_CONTAINERS: Final = frozenset(
    ("originInfo", "part", "physicalDescription", "location", "recordInfo")
)
"""Elements whose children are kept one by one, since several of them are written as one."""
_ISSUANCES: Final = frozenset(("monographic", "continuing", "serial"))
"""What the type says too."""
_PROSE: Final = ("abstract", "note", "annote")
_TOPICS: Final = frozenset(("topic", "geographic", "temporal", "genre", "occupation"))
_PAGES: Final = re.compile(r"(.*\S)\s*\b(?:p|pp|pages?|S|Seiten)\.?", re.DOTALL)
_VOLUMES: Final = re.compile(r"(.*\S)\s*\b(?:v|vols?|volumes?)\.?", re.DOTALL)


class Draft:
    """The attributes of a record, before it is made.

    Args:
        entry: The record's element.
        day_first: How to read `01/02/2017`.

    Attributes:
        values: The attributes.
        extra: What no attribute holds.
        problems: What is doubtful.
    """

    def __init__(self, entry: Entry, day_first: bool | None = None) -> None:
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._tree = Tree(entry.element)
        self._day_first = day_first
        self._used: set[XmlElement] = set()
        self._read_id()
        self._read_type()
        self._read_names()
        tags = self._tree.tags()
        for tag, attribute, place in steps_of(self.values["type"]):
            if tag not in tags:
                continue
            if attribute not in self.values:
                _READERS.get(place.kind, Draft._text)(self, place, attribute)
            elif place.kind is Kind.DATE:
                self._use_same(place, self.values[attribute])
        self._keep_rest(self._tree.root, "")

    def _use(self, element: XmlElement) -> None:
        self._used.add(element)

    def _free(self, path: str) -> Iterator[XmlElement]:
        """Yield the elements on a path that have not been read yet."""
        return (element for element in self._tree.find(path) if element not in self._used)

    # Id and type

    def _read_id(self) -> None:
        for element in self._tree.find("identifier[type=citekey]"):
            self._use(element)
            self.values.setdefault("id", _line(element))
        named = self._tree.root.get("ID")
        if named and not self.values.get("id"):
            self.values["id"] = str(named)
        if not self.values.get("id"):
            for element in self._tree.find("recordInfo/recordIdentifier"):
                self.values["id"] = _line(element)

    def _read_type(self) -> None:
        csl_type = self._said_type() or self._guessed_type()
        if csl_type is None:
            self.problems.append(_no_type())
            csl_type = "document"
        self.values["type"] = csl_type
        kind = kind_of(csl_type)
        for path, text in (("genre", kind.genre), (f"{HOST}/genre", kind.host)):
            for genre in self._free(path):
                if text and _line(genre) == text and genre.get("authority") == "marcgt":
                    self._use(genre)
        for element in self._tree.find("typeOfResource"):
            if _line(element) == kind.resource and "collection" not in element.attrib:
                self._use(element)
        for path in ("originInfo/issuance", f"{HOST}/originInfo/issuance"):
            for element in self._tree.find(path):
                if _line(element) in _ISSUANCES:
                    self._use(element)

    def _said_type(self) -> str | None:
        host = next(iter(self._tree.find(HOST)), None)
        for genre in self._tree.find("genre"):
            if genre.get("authority") == AUTHORITY and _line(genre) in ITEM_TYPES:
                self._use(genre)
                return _line(genre)
        inner = self._type_of_host()
        for genre in self._tree.find("genre"):
            said = type_of_genre(_line(genre))
            csl_type = said.hosted if host is not None else said.alone
            if csl_type:
                is_vague = csl_type in ("article-journal", "review") and inner
                self._use_genre(genre, csl_type)
                return inner if is_vague and csl_type == "article-journal" else csl_type
        return inner

    def _use_genre(self, genre: XmlElement, csl_type: str) -> None:
        """Take a genre for what the type says; what it says beside stays the genre."""
        self._use(genre)
        text = _line(genre)
        if csl_type == "thesis" and text.casefold() != "thesis":
            self.values["genre"] = text

    def _type_of_host(self) -> str | None:
        found: str | None = None
        for genre in self._tree.find(f"{HOST}/genre"):
            if inner := type_of_genre(_line(genre)).inner:
                self._use(genre)
                found = found or inner
        return found

    def _guessed_type(self) -> str | None:
        host = next(iter(self._tree.find(HOST)), None)
        if host is not None:
            return "article-journal" if self._is_serial(f"{HOST}/") else "chapter"
        for element in self._tree.find("typeOfResource"):
            if _line(element) in RESOURCES:
                return RESOURCES[_line(element)]
            if element.get("manuscript") == "yes":
                return "manuscript"
        if self._is_serial(""):
            return "periodical"
        is_book = bool(self._tree.find("identifier[type=isbn]"))
        issued_once = any(
            _line(one) == "monographic" for one in self._tree.find("originInfo/issuance")
        )
        return "book" if is_book or issued_once else None

    def _is_serial(self, level: str) -> bool:
        issuance = {_line(one) for one in self._tree.find(f"{level}originInfo/issuance")}
        has_issn = bool(self._tree.find(f"{level}identifier[type=issn]"))
        return has_issn or not issuance.isdisjoint(("continuing", "serial"))

    # Names

    def _read_names(self) -> None:
        names: dict[str, list[Name]] = {}
        et_al: set[str] = set()
        for level, variables in name_levels(self.values["type"]).items():
            for element in list(self._free(f"{level}/name" if level else "name")):
                if element.get("type") == CONFERENCE:
                    continue
                roles = [variables.get(role or "") for role in variables_of(element)]
                if next(children(element, "etal"), None) is not None and any(roles):
                    self._use(element)
                    et_al.update(attribute_of(role) for role in roles if role)
                    continue
                name = name_of(element)
                if name is None or not any(roles):
                    continue
                self._use(element)
                for variable in dict.fromkeys(filter(None, roles)):
                    names.setdefault(attribute_of(variable), []).append(name)
                self._keep_details(element, name)
        for attribute, found in names.items():
            of_names(found, et_al=attribute in et_al).put(self.values, attribute)

    def _keep_details(self, element: XmlElement, name: Name) -> None:
        """Keep what is said of a person beside the name, under the name."""
        for inner in others_of(element):
            details = self.extra.setdefault(f"name/{local_name(inner)}", {})
            details.setdefault(str(name), []).append(source_of(inner))

    def _conference(self, place: Place, attribute: str) -> None:
        for element in self._free(place.path):
            name = name_of(element)
            if name is not None:
                self._use(element)
                self.values[attribute] = name.literal or str(name)
                self._keep_details(element, name)
                return

    # Texts

    def _text(self, place: Place, attribute: str) -> None:
        read = _lines if attribute in _PROSE else _line
        for element in self._free(place.path):
            if text := read(element):
                self._use(element)
                self.values[attribute] = text
                return

    def _extended(self, place: Place, attribute: str) -> None:
        for element in self._free(place.path):
            is_own = etree.QName(element).namespace == VARIABLES_NAMESPACE
            if is_own and (text := _line(element)):
                self._use(element)
                self.values[attribute] = text
                return

    def _note(self, place: Place, attribute: str) -> None:
        notes = [element for element in self._free(place.path) if text_of(element)]
        for element in notes:
            self._use(element)
        if notes:
            self.values[attribute] = "\n".join(map(_lines, notes))

    def _title(self, place: Place, attribute: str) -> None:
        for element in self._free(place.path):
            title = child(element, "title")
            if title is None or not text_of(title):
                continue
            parts = [title, child(element, "nonSort"), child(element, "subTitle")]
            for part in parts:
                if part is not None:
                    self._use(part)
            self.values[attribute] = _joined_title(*map(_line, parts))
            return

    def _doi(self, place: Place, attribute: str) -> None:
        self._text(place, attribute)
        if attribute in self.values:
            self.values[attribute] = normal_doi(self.values[attribute])

    def _keywords(self, place: Place, attribute: str) -> None:
        words: list[str] = []
        for subject in self._free("subject"):
            parts = list(children(subject))
            if parts and all(local_name(part) in _TOPICS for part in parts):
                self._use(subject)
                words.append("--".join(filter(None, map(_line, parts))))
        words = list(filter(None, words))
        if words:
            separator = "; " if any("," in word for word in words) else ", "
            self.values[attribute] = separator.join(words)

    def _language(self, place: Place, attribute: str) -> None:
        for language in self._free("language"):
            terms = [term for term in children(language, "languageTerm") if _line(term)]
            if not terms or language.get("objectPart"):
                continue
            self._use(language)
            codes = [term for term in terms if term.get("type") == "code"]
            text = _line((codes or terms)[0])
            self.values[attribute] = (tag_of_code(text) if codes else None) or text
            return

    def _counted(self, place: Place, attribute: str) -> None:
        pattern = _PAGES if attribute == "number_of_pages" else _VOLUMES
        for element in self._free(place.path):
            # "xii, 352 p. : ill. ; 24 cm": illustrations and size stand behind.
            text = re.split(r"\s+[:;+]\s", _line(element), maxsplit=1)[0]
            found = pattern.fullmatch(text)
            if found or (attribute == "number_of_pages" and text.isdigit()):
                self.values[attribute] = found[1] if found else text
                if text == _line(element):
                    self._use(element)
                return

    def _pages(self, place: Place, attribute: str) -> None:
        for element in self._free(place.path):
            start, end = _line(child(element, "start")), _line(child(element, "end"))
            text = "-".join(filter(None, (start, end))) or _line(child(element, "list"))
            if text:
                for tag in ("start", "end") if start or end else ("list",):
                    self._used.update(children(element, tag))
                self.values[attribute] = text
                return

    # Dates

    def _date(self, place: Place, attribute: str) -> None:
        elements = [element for element in self._free(place.path) if text_of(element)]
        texts = [_date_text(element) for element in elements]
        date, used = read_dates(texts, self.problems, day_first=self._day_first)
        if date is not None:
            self.values[attribute] = date
            for index, element in enumerate(elements):
                # Often one date is said twice, once as people and once as machines read it.
                if index in used or read_dates([texts[index]], [])[0] == date:
                    self._use(element)

    def _use_same(self, place: Place, date: Date) -> None:
        """Take dates that say no more than the one that was read."""
        for element in list(self._free(place.path)):
            other, _ = read_dates([_date_text(element)], [])
            if other is not None and str(date).startswith(str(other)):
                self._use(element)

    def _accessed(self, place: Place, attribute: str) -> None:
        for element in self._tree.find(place.path):
            if text := str(element.get("dateLastAccessed", "")).strip():
                self.values[attribute] = Date.parse(
                    text, day_first=self._day_first, problems=self.problems
                )
                return

    # Keeping what has no place

    def _keep_rest(self, element: XmlElement, path: str) -> None:
        for inner in children(element):
            if inner in self._used:
                continue
            tag = local_name(inner)
            is_merged = tag in _CONTAINERS and not inner.attrib
            if is_merged or any(one in self._used for one in inner.iter()):
                self._keep_rest(inner, f"{path}{step_of(inner, tag)}/")
            elif text_of(inner) or any(one.attrib for one in inner.iter()):
                self._keep(f"{path}{tag}", inner)

    def _keep(self, key: str, element: XmlElement) -> None:
        is_text = local_name(element) in TEXT_TAGS and not (len(element) or element.attrib)
        value = text_of(element) if is_text else source_of(element)
        before = self.extra.get(key)
        if before is None:
            self.extra[key] = value
        elif isinstance(before, list):
            before.append(value)
        else:
            self.extra[key] = [before, value]


_READERS: Final[dict[Kind, Callable[[Draft, Place, str], None]]] = {
    Kind.TITLE: Draft._title,
    Kind.DATE: Draft._date,
    Kind.ACCESSED: Draft._accessed,
    Kind.LANGUAGE: Draft._language,
    Kind.PAGES: Draft._pages,
    Kind.COUNTED: Draft._counted,
    Kind.KEYWORD: Draft._keywords,
    Kind.NOTE: Draft._note,
    Kind.DOI: Draft._doi,
    Kind.CONFERENCE: Draft._conference,
    Kind.EXTENDED: Draft._extended,
}


def _line(element: XmlElement | None) -> str:
    return " ".join(text_of(element).split())


def _lines(element: XmlElement) -> str:
    return "\n".join(line.strip() for line in text_of(element).splitlines())


def _joined_title(title: str, article: str, subtitle: str) -> str:
    if article:
        space = "" if article.endswith(("'", "’", "-")) else " "
        title = f"{article}{space}{title}"
    return f"{title}: {subtitle}" if subtitle else title


def _date_text(element: XmlElement) -> DateText:
    said = (str(element.get(name, "")) for name in ("encoding", "point", "qualifier"))
    return DateText(_line(element), *said)


def _no_type() -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="unknown-type",
        message="no genre, host or resource tells what kind of work it is; it is read as document",
        column=1,
    )
