"""The sections of a bibliography: their headings, and the section of each work.

A work is in the first section whose condition it meets. Works that meet none are in a last
section with its own heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final, Literal, get_args

from refcite.csl.text.collation import collator
from refcite.keywords import split_keywords
from refcite.problems import RecordTypeError, RecordValueError, near_matches
from refcite.record import Record
from refcite.richtext import plain

__all__ = ["Division", "GroupBy", "SectionCondition", "Sections", "divided"]

SectionCondition = Callable[[Record], object]
"""The condition of a section: whether a record belongs to it."""

GroupBy = Literal["type", "keyword", "language"]
"""A property of records by which sections are formed."""

Sections = GroupBy | Iterable[tuple[str, SectionCondition]]
"""The sections of a bibliography: headings with their conditions, or a property of records."""

_HOW: Final = "write ('Cases', lambda record: record.type == 'legal_case')"


class Division:
    """The division of works into sections.

    Args:
        headings: The headings in order, each once. The last section contains the other works if
            no section has its heading.
        place_of: Returns the index of the section of a record.
        records: The records of the works by key; works can be added to it.

    Example:
        >>> works = {"a": Record(type="bill"), "b": Record(type="map")}
        >>> division = divided([("Maps", lambda record: record.type == "map")], works)
        >>> division.section_of("a"), division.heading_of("a"), division.heading_of("b")
        (1, 'Other works', 'Maps')
    """

    def __init__(
        self,
        headings: tuple[str, ...],
        place_of: Callable[[Record], int],
        records: Mapping[str, Record],
    ) -> None:
        self.headings = headings
        self._place_of = place_of
        self._records = records
        self._places: dict[str, int] = {}

    def section_of(self, key: str) -> int:
        """Return the index of the section of a work; its condition is evaluated once."""
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._place_of(self._records[key])
        return found

    def heading_of(self, key: str) -> str:
        """Return the heading of the section of a work."""
        return self.headings[self.section_of(key)]


def divided(
    sections: Sections,
    records: Mapping[str, Record],
    *,
    other: str | None = None,
    locale: str = "en-US",
) -> Division:
    """Return the division of works into sections.

    Args:
        sections: The sections, or the property by which they are formed.
        records: The records of the works by key.
        other: The heading for works that fit no section; by default that of the locale.
        locale: The locale, for the headings that refcite writes.

    Raises:
        RecordTypeError: A section is not a heading with a function.
        RecordValueError: A heading is empty, or there is no such property.
    """
    table = _headings_for(locale)
    rest = _heading(table["other"] if other is None else other)
    if isinstance(sections, str):
        headings_of = _grouping(sections, table)
        names = _in_order(sections, records.values(), headings_of, table, locale)
        return _by_heading(names, headings_of, rest, records)
    return _by_conditions(sections, rest, records)


# By conditions


def _by_conditions(
    sections: Iterable[tuple[str, SectionCondition]], rest: str, records: Mapping[str, Record]
) -> Division:
    places: dict[str, int] = {}
    conditions: list[tuple[int, SectionCondition]] = []
    for section in _pairs(sections):
        heading, condition = _checked(section)
        # Sections with the same heading are one.
        conditions.append((places.setdefault(heading, len(places)), condition))
    last = places.setdefault(rest, len(places))

    def place_of(record: Record) -> int:
        return next((place for place, holds in conditions if holds(record)), last)

    return Division(tuple(places), place_of, records)


def _pairs(sections: Any) -> Iterable[Any]:
    if isinstance(sections, Mapping):
        return sections.items()
    if not isinstance(sections, Iterable):
        raise RecordTypeError(
            f"sections must be a list of headings with functions, not {sections!r:.60}; {_HOW}"
        )
    return sections


def _checked(section: Any) -> tuple[str, SectionCondition]:
    if not isinstance(section, tuple | list) or len(section) != 2:
        raise RecordTypeError(
            f"a section must be a heading with a function, not {section!r:.60}; {_HOW}"
        )
    heading, condition = section
    if not callable(condition):
        raise RecordTypeError(
            f"the section {heading!r} has {condition!r:.60} instead of a function; {_HOW}"
        )
    return _heading(heading), condition


def _heading(text: Any) -> str:
    if not isinstance(text, str):
        raise RecordTypeError(f"the heading of a section must be text, not {text!r:.60}")
    heading = " ".join(text.split())
    if not heading:
        raise RecordValueError("the heading of a section is empty; write a heading")
    return heading


# By a property


_HeadingOf = Callable[[Record], str | None]


def _grouping(by: str, table: Mapping[str, Any]) -> _HeadingOf:
    """Return the function that gives the heading of a record, None if it has none."""
    types, languages = table["types"], table["languages"]
    if by == "type":
        return lambda record: types.get(record.type)
    if by == "language":
        return lambda record: _language(record.language, languages)
    if by == "keyword":
        return _first_keyword
    near = near_matches(by, get_args(GroupBy)) or f"; use one of {', '.join(get_args(GroupBy))}"
    raise RecordValueError(f"there are no sections by {by!r}{near}")


def _language(text: str | None, names: Mapping[str, str]) -> str | None:
    tag = (text or "").strip()
    return names.get(tag.replace("_", "-").partition("-")[0].lower(), tag) or None


def _first_keyword(record: Record) -> str | None:
    words = split_keywords(plain(record.keyword or ""))
    return next((" ".join(word.split()) for word in words if word.strip()), None)


def _in_order(
    by: str,
    records: Iterable[Record],
    heading_of: _HeadingOf,
    table: Mapping[str, Any],
    locale: str,
) -> list[str]:
    """Return the headings in order: types in that of their table, others in that of letters."""
    if by == "type":
        return list(dict.fromkeys(table["types"].values()))
    found: dict[str, str] = {}
    for record in records:
        heading = heading_of(record)
        if heading:
            found.setdefault(heading.casefold(), heading)
    return sorted(found.values(), key=collator(locale))


def _by_heading(
    headings: Iterable[str], heading_of: _HeadingOf, rest: str, records: Mapping[str, Record]
) -> Division:
    places: dict[str, int] = {}
    shown: list[str] = []
    for heading in (*headings, rest):
        # Keywords are compared without case, so that a work is in one section.
        if places.setdefault(heading.casefold(), len(shown)) == len(shown):
            shown.append(heading)
    last = places[rest.casefold()]

    def place_of(record: Record) -> int:
        return places.get((heading_of(record) or rest).casefold(), last)

    return Division(tuple(shown), place_of, records)


@cache
def _tables() -> dict[str, Any]:
    # Only bibliographies with sections need them.
    import tomllib
    from importlib.resources import files

    text = files("refcite.csl").joinpath("headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _headings_for(locale: str) -> dict[str, Any]:
    tables = _tables()
    found: dict[str, Any] = tables.get(locale.partition("-")[0].lower(), tables["en"])
    return found
