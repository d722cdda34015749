"""Make a record's attributes from an entry's tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.faults import guessed_names
from refcite.formats.numbers import is_isbn, is_issn, is_range, read_doi
from refcite.formats.ris.beyond import MARK, Beyond, read_beyond
from refcite.formats.ris.issued import choose_issued
from refcite.formats.ris.lines import Field
from refcite.formats.ris.mapping import KNOWN_TAGS, Role, roles_of
from refcite.formats.ris.types import Reading
from refcite.formats.ris.values import DateRead, read_date, read_name, split_names
from refcite.names import Name, NameList
from refcite.problems import Problem, Severity

__all__ = ["Draft"]

_PROSE: Final = frozenset({"abstract", "annote", "note"})
"""Attributes whose line breaks are the author's; elsewhere a line was only too long."""
_LISTS: Final = frozenset({"L1", "L2", "L3", "L4", "UR"})
_LINKS: Final = re.compile(r"\n|;\s*(?=https?://)")
_YEAR: Final = re.compile(r"\d{4}")
_SHORT_ISSUE: Final = re.compile(r"\w{0,6}\d\w{0,6}")
_SAYS_NOTHING: Final = frozenset({"article", "journal", "journal article", "newspaper article"})
"""Kinds of article that say no more than the type."""

# A member's name is looked up slowly in Python 3.11.
_DOI: Final = Reading.DOI
_END: Final = Reading.END
_EXTENT: Final = Reading.EXTENT
_FIRST_PAGE: Final = Reading.FIRST_PAGE
_GENRE: Final = Reading.GENRE

_FIRST: Final = Role(Reading.TEXT, "", 1)
_SECOND: Final = Role(Reading.TEXT, "", 9)

_Held = list[tuple[Role, Field]]
_Finisher = Callable[["Draft", _Held], None]


class Draft:
    """The attributes of a record, before it is made.

    Args:
        code: The type code.
        fields: The tags.
        day_first: How to read `01/02/2017`.

    Attributes:
        values: The attributes.
        extra: What no attribute holds.
        problems: What is doubtful, with its line.
    """

    __slots__ = ("_day_first", "_held", "_names", "_sources", "extra", "problems", "values")

    def __init__(self, code: str, fields: Sequence[Field], day_first: bool | None = None) -> None:
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._day_first = day_first
        self._sources: dict[str, tuple[Role, Field]] = {}
        self._names: dict[str, _Held] = {}
        self._held: dict[_Finisher, _Held] = {}
        self._read(fields, _steps_of(code))

    def _read(self, fields: Sequence[Field], steps: Mapping[str, tuple[_Finisher, Role]]) -> None:
        values, sources, names, held = self.values, self._sources, self._names, self._held
        for field in fields:
            tag, text, _ = field
            if not text:
                continue
            step = steps.get(tag)
            if step is None:
                self._keep(field)
                continue
            finish, role = step
            attribute = role.attribute
            if finish is _read_text:
                if attribute in values:
                    self._second_text(role, field)
                else:
                    values[attribute] = text if "\n" not in text else _joined(attribute, text)
                    sources[attribute] = role, field
            elif finish is _read_names:
                names.setdefault(attribute, []).append((role, field))
            else:
                held.setdefault(finish, []).append((role, field))
        beyond = held.pop(Draft._notes, None)
        for finish, found in held.items():
            finish(self, found)
        for attribute, found in names.items():
            self._finish_names(attribute, found)
        if beyond:
            self._notes(beyond)

    # Keeping what has no place

    def _keep(self, field: Field) -> None:
        """Keep a value under its tag: one as text, several as a list."""
        tag, text, line = field
        if tag not in KNOWN_TAGS:
            message = f"the tag {tag} is in no specification of RIS; it is kept"
            self._report("unknown-tag", message, line, Severity.INFO)
        for value in text.split("\n") if tag in _LISTS else (text,):
            before = self.extra.get(tag)
            if before is None:
                self.extra[tag] = value
            elif isinstance(before, list):
                before.append(value)
            else:
                self.extra[tag] = [before, value]

    def _keep_second(self, field: Field) -> None:
        tag, text, line = field
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        message = f"another tag says something else than {tag} {shown!r}, which is kept beside it"
        self._report("second-value", message, line, Severity.INFO)
        self._keep(field)

    def _second_text(self, role: Role, field: Field) -> None:
        """Find a place for a value where another tag has filled the attribute before."""
        attribute = role.attribute
        first_role, first = self._sources[attribute]
        text = _joined(attribute, field[1])
        if text == self.values[attribute]:
            return
        if role.rank < first_role.rank:
            self.values[attribute] = text
            self._sources[attribute] = role, field
            role, field = first_role, first
        self._put(role.otherwise, field, source=_SECOND)

    def _put(
        self, attribute: str | None, field: Field, text: str = "", source: Role = _FIRST
    ) -> None:
        """Fill an attribute, or keep the value where that is filled already."""
        if not attribute:
            self._keep_second(field)
            return
        text = text or _joined(attribute, field[1])
        if attribute not in self.values:
            self.values[attribute] = text
            self._sources[attribute] = source, field
        elif self.values[attribute] != text:
            self._keep_second(field)

    def _report(
        self, code: str, message: str, line: int, severity: Severity = Severity.WARNING
    ) -> None:
        self.problems.append(
            Problem(severity=severity, code=code, message=message, line=line, column=1)
        )

    # Names

    def _finish_names(self, attribute: str, found: _Held) -> None:
        best = found[0][0].rank if len(found) == 1 else min(role.rank for role, _ in found)
        names: list[Name] = []
        et_al = False
        for role, field in found:
            if role.rank == best:
                et_al |= self._read_names(field, names)
            else:
                self._keep_second(field)
        self.values[attribute] = tuple(names)
        if et_al:
            self.values.setdefault("et_al", set()).add(attribute)

    def _read_names(self, field: Field, names: list[Name]) -> bool:
        """Read the names of a tag; return whether it says that there are more."""
        tag, text, line = field
        if "\n" in text:
            text = " ".join(text.split("\n"))
        parts = split_names(text) if ";" in text else (text,)
        if len(parts) > 1:
            self._report("several-names", f"{tag} holds {len(parts)} names; each is read", line)
        et_al = False
        for part in parts:
            found = read_name(part)
            if not found.names and not names:
                found = NameList((Name(literal=part),))
            names += found.names
            et_al |= found.et_al
            if found.is_guess or found.leftovers:
                for problem in guessed_names(part, found, f"give each name a line {tag}"):
                    self.problems.append(problem.replace(line=line, column=1))
        return et_al

    def _series_editors(self, held: _Held) -> None:
        # In the first specification `A2` is an editor; only the second has editors of series.
        attribute = "collection_editor" if "collection_title" in self.values else "editor"
        role = Role(Reading.NAMES, attribute)
        self._names.setdefault(attribute, [])[:0] = [(role, field) for _, field in held]

    # Dates

    def _dates(self, held: _Held) -> None:
        issued = [pair for pair in held if pair[0].attribute == "issued"]
        if len(issued) < len(held):
            by_reading: dict[Reading, _Held] = {}
            for pair in held:
                by_reading.setdefault(pair[0].reading, []).append(pair)
            for reading in (Reading.ACCESSED, Reading.DATE):
                self._single_dates(by_reading.get(reading, []))
            self._epub_dates(by_reading.get(Reading.EPUB, []))
            self._access_parts(by_reading.get(Reading.ACCESS_PART, []))
            issued += self._not_accessed(by_reading.get(Reading.LAST_ACCESS, []), issued)
        if issued:
            self._issued([field for _, field in issued])

    def _date(self, field: Field) -> DateRead:
        read = read_date(field[1], self._day_first)
        self._report_dates(field, read)
        return read

    def _report_dates(self, field: Field, read: DateRead) -> None:
        for problem in read.problems:
            self.problems.append(problem.replace(line=field[2], column=1))

    def _single_dates(self, held: _Held) -> None:
        for role, field in held:
            if role.attribute in self.values:
                self._keep_second(field)
                continue
            read = self._date(field)
            if read.date is not None:
                self.values[role.attribute] = read.date
            if not read.is_exact:
                self._keep(field)

    def _epub_dates(self, held: _Held) -> None:
        for role, field in held:
            date = read_date(field[1], self._day_first).date
            if date is None or date.literal is not None:
                self._put(role.otherwise, field)
            else:
                self._single_dates([(role, field)])

    def _access_parts(self, held: _Held) -> None:
        years = [field for _, field in held if _YEAR.fullmatch(field[1])][:1]
        days = [field for _, field in held if field not in years][:1]
        used: list[Field] = []
        if "accessed" not in self.values:
            for fields in (days + years, days, years):
                date = Date.parse(" ".join(field[1] for field in fields))
                if fields and date.literal is None:
                    self.values["accessed"], used = date, fields
                    break
        for role, field in held:
            if field not in used:
                self._put(role.attribute, field) if role.attribute else self._keep(field)

    def _not_accessed(self, held: _Held, issued: _Held) -> _Held:
        """Return those dates that say when a work was issued; the others say when it was seen.

        The second specification has `DA` for the day of access of some types. But most programs
        put the day of issue there for all types: it is one if its year is that of `PY`.
        """
        dates = (read_date(field[1], self._day_first).date for _, field in issued)
        years = {date.year for date in dates if date is not None}
        rest: _Held = []
        for role, field in held:
            date = read_date(field[1], self._day_first).date
            if years and date is not None and date.year not in (None, *years):
                self._single_dates([(role, field)])
            else:
                rest.append((role, field))
        return rest

    def _issued(self, fields: list[Field]) -> None:
        if len(fields) == 1:
            read = self._date(fields[0])
            if read.date is not None:
                self.values["issued"] = read.date
            if not read.is_exact:
                self._keep(fields[0])
            return
        reads = [read_date(field[1], self._day_first) for field in fields]
        chosen = choose_issued(fields, reads, self._day_first)
        if chosen.date is not None:
            self.values["issued"] = chosen.date
        for index in chosen.doubtful:
            self._report_dates(fields[index], reads[index])
        for index in chosen.inexact:
            self._keep(fields[index])
        for index in chosen.others:
            self._keep_second(fields[index])

    # Pages and numbers

    def _pages(self, held: _Held) -> None:
        starts: list[tuple[Role, Field]] = []
        ends: list[Field] = []
        for role, field in held:
            if role.reading is _END:
                ends.append(field)
            else:
                starts.append((role, field))
        if len(starts) > 1:
            # `SP` goes before the other tags that may have the first page.
            starts.sort(key=lambda pair: pair[0].reading is _FIRST_PAGE)
        first = None
        for role, field in starts:
            if role.reading is _EXTENT and not ends and not is_range(field[1]):
                self._put(role.attribute, field)
            elif first is None:
                first = field
            elif first[1] != field[1]:
                self._keep_second(field)
        if first is not None:
            self._put("page", first, self._range(first[1], ends))
        for field in ends:
            self._keep(field)

    def _range(self, start: str, ends: list[Field]) -> str:
        """Join the first page with the last, and take that from `ends`."""
        if not ends:
            return start
        end = ends[0][1]
        if is_range(start) and not start.endswith(end):
            return start
        del ends[0]
        return (
            start if start.endswith(end) and (start == end or is_range(start)) else f"{start}-{end}"
        )

    def _serials(self, held: _Held) -> None:
        for role, field in held:
            text = field[1]
            if role.attribute == "number":
                # Ten figures may well be a report's number.
                is_book = text.startswith(("978", "979")) and is_isbn(text)
                attribute = "isbn" if is_book else "number"
            elif is_isbn(text):
                attribute = "isbn"
            elif is_issn(text):
                attribute = "issn"
            else:
                attribute = role.attribute or "number"
            self._put(attribute, field)

    def _conference_places(self, held: _Held) -> None:
        # A place of publication has a publisher; without one it is where the conference was.
        is_known = "publisher_place" in self.values or "publisher" not in self.values
        for role, field in held:
            self._put(role.otherwise if is_known else role.attribute, field)

    def _short_issues(self, held: _Held) -> None:
        for role, field in held:
            if "issue" not in self.values and _SHORT_ISSUE.fullmatch(field[1]):
                self._put(role.attribute, field)
            else:
                self._keep(field)

    # Other texts

    def _identifiers(self, held: _Held) -> None:
        """Read `DO`, and `M3`, which is a kind of work or, in some files, a DOI."""
        if len(held) > 1:
            held.sort(key=lambda pair: pair[0].reading is _GENRE)
        for role, field in held:
            doi = read_doi(field[1])
            if role.reading is _DOI:
                self._put("doi", field, doi or "")
            elif doi:
                self._put("doi", field, doi)
            elif field[1].casefold() in _SAYS_NOTHING or field[1][:4].casefold() == "doi:":
                self._keep(field)
            else:
                self._put(role.attribute, field)

    def _links(self, held: _Held) -> None:
        links = [
            (tag, link.strip(), line)
            for _, (tag, text, line) in held
            for link in (_LINKS.split(text) if ";" in text or "\n" in text else (text,))
            if link.strip()
        ]
        self.values["url"] = links[0][1]
        for field in links[1:]:
            self._keep(field)

    def _keywords(self, held: _Held) -> None:
        words = [word for _, (_, text, _) in held for word in text.split("\n")]
        separator = "; " if any("," in word for word in words) else ", "
        self.values["keyword"] = separator.join(words)

    def _ids(self, held: _Held) -> None:
        for _, field in held:
            if "id" in self.values:
                self._keep_second(field)
            else:
                self.values["id"] = _joined("id", field[1])

    def _notes(self, held: _Held) -> None:
        """Read the notes, and what the writer put among them for want of a tag."""
        notes: list[str] = []
        beyond: list[Beyond] = []
        for _, field in held:
            found = read_beyond(field[1]) if field[1].startswith(MARK) else None
            if found is None:
                notes.append(field[1])
            else:
                beyond.append(found)
        if notes:
            self.values["note"] = "\n".join(notes)
        for found in beyond:
            if found.attribute == "extra":
                self.extra.update(found.value)
            elif found.value is None:
                self.values.pop(found.attribute, None)
            else:
                self.values[found.attribute] = found.value


def _read_text(draft: Draft, held: _Held) -> None:
    """Stand for what is read at once."""


def _read_names(draft: Draft, held: _Held) -> None:
    """Stand for what is read when all names are known."""


_FINISHERS: Final[dict[Reading, _Finisher]] = {
    Reading.TEXT: _read_text,
    Reading.NAMES: _read_names,
    Reading.SERIES_EDITOR: Draft._series_editors,
    Reading.ISSUED: Draft._dates,
    Reading.ACCESSED: Draft._dates,
    Reading.LAST_ACCESS: Draft._dates,
    Reading.ACCESS_PART: Draft._dates,
    Reading.EPUB: Draft._dates,
    Reading.DATE: Draft._dates,
    Reading.START: Draft._pages,
    Reading.END: Draft._pages,
    Reading.EXTENT: Draft._pages,
    Reading.FIRST_PAGE: Draft._pages,
    Reading.SERIAL: Draft._serials,
    Reading.CONFERENCE_PLACE: Draft._conference_places,
    Reading.SHORT_ISSUE: Draft._short_issues,
    Reading.DOI: Draft._identifiers,
    Reading.GENRE: Draft._identifiers,
    Reading.LINK: Draft._links,
    Reading.KEYWORD: Draft._keywords,
    Reading.ID: Draft._ids,
    Reading.NOTE: Draft._notes,
}


@cache
def _steps_of(code: str) -> dict[str, tuple[_Finisher, Role]]:
    """Return the roles of a type's tags, each with what reads its values."""
    return {tag: (_FINISHERS[role.reading], role) for tag, role in roles_of(code).items()}


def _joined(attribute: str, text: str) -> str:
    """Join the lines of a value, unless they are meant as lines."""
    if "\n" not in text or attribute in _PROSE:
        return text
    return " ".join(filter(None, text.split("\n")))
