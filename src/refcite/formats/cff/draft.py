"""Make a record's attributes from the keys of a reference, or of the work itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from refcite.dates import Date, Point
from refcite.formats.cff.people import ANONYMOUS, place_of, read_agent
from refcite.formats.cff.table import IN_BOOK, KINDS, PREPRINT, Kind, places_of, type_of
from refcite.formats.cff.values import as_texts, plain
from refcite.formats.csl_yaml.text import line_of
from refcite.formats.namelists import of_names
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.problems import InvalidDateError, Problem, Severity
from refcite.vocabulary import ATTRIBUTES

__all__ = ["CITATION_KEY", "DESCRIBED", "UNTITLED", "Draft", "draft_of"]

UNTITLED: Final = "[untitled]"
"""What is written where there is no title: the schema wants one."""
CITATION_KEY: Final = "citation key"
DESCRIBED: Final = {name: ATTRIBUTES[name] for name in ("DOI", "ISBN", "ISSN", "PMCID", "PMID")}
"""Identifiers that stand, described by their name, where a key of their own cannot hold them."""

_IN_BOOKS: Final = frozenset({"book", "edited-work"})
_REFERENCE_WORKS: Final = frozenset({"dictionary", "encyclopedia"})
_RELEASED: Final = frozenset({"dataset", "software"})
_PAGES: Final = re.compile(r"\w\s*[-–—]\s*\w")
_LINKS: Final = ("url", "repository-code", "repository", "repository-artifact")
_ENTITIES: Final = {
    "conference": ("event_title", "event_place", frozenset({"name", "location"})),
    "publisher": ("publisher", "publisher_place", frozenset({"name", "city"})),
    "location": ("archive", "archive_place", frozenset({"name", "city"})),
}
_AUTHORITY: Final = ("authority", "", frozenset({"name"}))
_CONFERENCE_DATES: Final = ("date-start", "date-end")


@frozen
class Draft:
    """The attributes of a record, before it is made.

    Attributes:
        type: The CSL type.
        values: The attributes.
        extra: What no attribute holds.
        problems: What is doubtful.
    """

    type: str
    values: dict[str, Any] = field(factory=dict)
    extra: dict[str, Any] = field(factory=dict)
    problems: list[Problem] = field(factory=list)


def draft_of(fields: Mapping[str, Any], default: str, day_first: bool | None = None) -> Draft:
    """Return what a reference says.

    Args:
        fields: Its keys.
        default: The type where none is given.
        day_first: How to read `01/02/2017` where a date should be.

    Example:
        >>> draft_of({"type": "thesis", "title": "On Law", "thesis-type": "PhD"}, "generic").values
        {'title': 'On Law', 'genre': 'PhD'}
    """
    return _Reader(fields, default, day_first).draft


class _Reader:
    def __init__(self, fields: Mapping[str, Any], default: str, day_first: bool | None) -> None:
        self._fields: dict[str, Any] = plain(fields)
        self._day_first = day_first
        self._line = line_of(fields)
        own = self._fields.pop("type", default)
        csl_type = self._type(own)
        self.draft = Draft(csl_type or "document")
        if csl_type is None:
            self._unknown_type(own)
        self._own = own
        self._places = places_of(self.draft.type).read
        self._read()

    def _type(self, own: Any) -> str | None:
        if own == "article" and self._fields.get("status") == "preprint":
            del self._fields["status"]
            return type_of(PREPRINT)
        if own in _IN_BOOKS and self._fields.get("collection-type") == "book":
            del self._fields["collection-type"]
            return type_of(IN_BOOK)
        return type_of(own) if isinstance(own, str) else None

    def _unknown_type(self, own: Any) -> None:
        self.draft.extra["type"] = own
        message = f"CSL has no type {str(own)[:60]!r}; it is read as document"
        self._report("unknown-type", message, "it is written back as it was")

    def _report(self, code: str, message: str, hint: str | None = None) -> None:
        self.draft.problems.append(
            Problem(
                severity=Severity.WARNING, code=code, message=message, line=self._line, hint=hint
            )
        )

    def _read(self) -> None:
        self._dates()
        self._links()
        self._identifiers()
        self._pages()
        self._reference_work()
        for key in list(self._fields):
            value = self._fields.pop(key)
            kind = KINDS.get(key)
            if kind is Kind.PERSONS:
                self._persons(key, value)
            elif kind is Kind.ENTITY:
                self._entity(key, value)
            elif key in ("keywords", "languages", "license", "patent-states"):
                self._list(key, value)
            else:
                self._text(key, value)

    # Keeping

    def _keep(self, key: str, value: Any) -> None:
        self.draft.extra[key] = value

    def _put(self, attribute: str, value: Any) -> bool:
        """Fill an attribute, unless that is filled."""
        if attribute in self.draft.values:
            return bool(self.draft.values[attribute] == value)
        self.draft.values[attribute] = value
        return True

    def _text(self, key: str, value: Any) -> None:
        variable = self._places.get(key)
        if variable is None or not isinstance(value, str):
            if variable is not None:
                message = f"{key} must be a text, not {str(value)[:60]!r}"
                self._report("wrong-kind", message, "it is kept as it was")
            self._keep(key, value)
        elif value.strip() and not (key == "title" and value == UNTITLED):
            text = normal_doi(value) if variable == "DOI" else value
            if not self._put(ATTRIBUTES[variable], text):
                self._keep(key, value)

    def _list(self, key: str, value: Any) -> None:
        texts = as_texts(value)
        variable = self._places.get(key)
        if not texts or variable is None:
            self._keep(key, value)
            return
        if key == "languages":
            joined = texts[0]
        elif key == "license":
            joined = " OR ".join(texts)
        else:
            joined = ("; " if any("," in text for text in texts) else ", ").join(texts)
        if not self._put(ATTRIBUTES[variable], joined) or (key == "languages" and len(texts) > 1):
            self._keep(key, value)

    # Persons and entities

    def _persons(self, key: str, value: Any) -> None:
        variable = self._places.get(key)
        if variable is None:
            self._keep(key, value)
            return
        agents = value if isinstance(value, list) else [value]
        read = [read_agent(agent) for agent in agents]
        names: list[Name] = [name for name, _ in read if name is not None]
        if key == "authors" and agents == [ANONYMOUS]:
            return
        if names:
            found = of_names(names)
            self._put(ATTRIBUTES[variable], found.names)
            if found.et_al:
                self.draft.values.setdefault("et_al", set()).add(ATTRIBUTES[variable])
        if not all(is_whole for _, is_whole in read):
            self._keep(key, value)
        if len(names) < len(agents):
            message = f"a person of {key} has no name"
            self._report("invalid-name", message, "give it family-names, or a name")

    def _entity(self, key: str, value: Any) -> None:
        if isinstance(value, str) and value.strip():
            value = {"name": value}
        if not isinstance(value, Mapping):
            self._keep(key, value)
            return
        name_at, place_at, known = self._attributes_of(key)
        name, place = value.get("name"), place_of(value)
        if not name_at or not isinstance(name, str) or not name:
            self._keep(key, value)
            return
        is_whole = self._put(name_at, name)
        if place and place_at and is_whole:
            is_whole = self._put(place_at, place)
        keys = set(value) - known
        if key == "conference" and self._conference_date(value):
            keys -= set(_CONFERENCE_DATES)
        if keys or not is_whole:
            self._keep(key, value)

    def _attributes_of(self, key: str) -> tuple[str, str, frozenset[str]]:
        if key != "institution":
            if key == "publisher" and self.draft.type == "thesis" and "institution" in self._fields:
                return "", "", frozenset()
            return _ENTITIES.get(key, ("", "", frozenset()))
        if self._places.get("institution/name") == "authority":
            return _AUTHORITY
        if self.draft.type != "thesis" and {"publisher"} & {*self._fields, *self.draft.values}:
            return "", "", frozenset()
        return _ENTITIES["publisher"]

    def _conference_date(self, conference: Mapping[str, Any]) -> bool:
        given = [conference[key] for key in _CONFERENCE_DATES if conference.get(key)]
        sides = [Date.parse(text) for text in given if isinstance(text, str)]
        points = [date.start for date in sides if isinstance(date.start, Point) and not date.end]
        if not points or len(points) < len(given):
            return not given
        is_single = len(points) == 1 or points[0] == points[1]
        date = Date(points[0]) if is_single else Date(points[0], points[1])
        return self._put("event_date", date) and "date-start" in conference

    # Dates

    def _dates(self) -> None:
        released, published = "date-released", "date-published"
        first = (released, published) if self.draft.type in _RELEASED else (published, released)
        issued = next((self._date(key) for key in first if key in self._fields), None)
        issued = issued or self._issue_date() or self._year()
        if issued is not None:
            self._put("issued", issued)
            self._drop_year(issued)
        for key in ("date-accessed", "date-downloaded"):
            if key in self._fields and "accessed" not in self.draft.values:
                accessed = self._date(key)
                if accessed is not None:
                    self._put("accessed", accessed)
        year = self._fields.get("year-original")
        if isinstance(year, str) and year.strip():
            del self._fields["year-original"]
            self._put("original_date", self._parsed(year))

    def _date(self, key: str) -> Date | None:
        value = self._fields.get(key)
        if not isinstance(value, str) or not value.strip():
            return None
        del self._fields[key]
        return self._parsed(value)

    def _parsed(self, text: str) -> Date:
        return Date.parse(text, day_first=self._day_first, problems=self.draft.problems)

    def _issue_date(self) -> Date | None:
        text, year = self._fields.get("issue-date"), self._fields.get("year")
        if not isinstance(text, str) or not text.strip():
            return None
        date = Date.parse(text, day_first=self._day_first)
        if year is not None and (date.literal is not None or str(date.year) != year):
            return None
        return self._date("issue-date")

    def _year(self) -> Date | None:
        year, month = self._fields.get("year"), self._fields.get("month")
        if not isinstance(year, str) or not year.strip():
            return None
        if year.isascii() and year.isdigit() and len(year) <= 4 and isinstance(month, str):
            try:
                date = Date.of(int(year), int(month))
            except (InvalidDateError, ValueError):
                return Date.parse(year)
            del self._fields["month"]
            return date
        return self._parsed(year)

    def _drop_year(self, issued: Date) -> None:
        """Forget year and month where they say what the date says."""
        if self._fields.get("year") in (str(issued.year), str(issued)):
            del self._fields["year"]
        month = self._fields.get("month")
        if isinstance(month, str) and month.lstrip("0") == str(issued.month):
            del self._fields["month"]

    # Other keys that belong together

    def _links(self) -> None:
        for key in _LINKS:
            link = self._fields.get(key)
            if isinstance(link, str) and link.strip():
                self._put("url", link)
                if key == "url":
                    del self._fields[key]
                return

    def _identifiers(self) -> None:
        doi = self._fields.pop("doi", None)
        if isinstance(doi, str) and doi.strip():
            self._put("doi", normal_doi(doi))
        elif doi is not None:
            self._text("doi", doi)
        found = self._fields.pop("identifiers", None)
        left = []
        for identifier in found if isinstance(found, list) else ():
            kind, value, described = (
                (identifier.get(key) for key in ("type", "value", "description"))
                if isinstance(identifier, Mapping)
                else ("", "", "")
            )
            if not isinstance(value, str) or not value:
                left.append(identifier)
            elif kind == "other" and described == CITATION_KEY:
                self.draft.values["id"] = value
            elif kind == "other" and described in DESCRIBED:
                self._put(DESCRIBED[described], value)
            else:
                left.append(identifier)
                if kind == "doi":
                    self._put("doi", normal_doi(value))
                elif kind == "url":
                    self._put("url", value)
        if left:
            self._keep("identifiers", left)

    def _pages(self) -> None:
        start, end = self._fields.get("start"), self._fields.get("end")
        if isinstance(start, str) and start:
            del self._fields["start"]
            page = start
            if isinstance(end, str) and end:
                del self._fields["end"]
                page = f"{start}-{end}"
            self._put("page", page)
        pages = self._fields.get("pages")
        if isinstance(pages, str) and pages:
            del self._fields["pages"]
            is_range = "page" not in self.draft.values and _PAGES.search(pages)
            self._put("page" if is_range else "number_of_pages", pages)

    def _reference_work(self) -> None:
        """Take a `term` for the title, where the title is that of the work of reference."""
        if self._own not in _REFERENCE_WORKS or "collection-title" in self._fields:
            return
        for key in ("term", "entry"):
            term, title = self._fields.get(key), self._fields.get("title")
            if isinstance(term, str) and term and isinstance(title, str):
                del self._fields[key]
                self._fields["title"], self._fields["collection-title"] = term, title
                return
