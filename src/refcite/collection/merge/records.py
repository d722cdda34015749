"""The merge of records that describe the same work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from attrs import frozen

from refcite.collection.merge.names import NameList, better_names
from refcite.collection.merge.rules import (
    abbreviates,
    rule_of,
    united_keywords,
    united_notes,
)
from refcite.dates import Date
from refcite.identifiers import normal_doi
from refcite.keys import REFERENCES, is_by_place
from refcite.problems import RecordValueError
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES, VARIABLE_OF, attribute_of

__all__ = ["Choice", "Keep", "Merged", "merge"]


class Keep(StrEnum):
    """The record that a merge prefers: its id is kept, and its value if no rule decides.

    - `complete`: the record with the most variables.
    - `newest`: the record that was changed last according to its source (`date-modified`,
      `timestamp`, `LR` and similar fields, otherwise the date of access or of issue).
    - `order`: the first record.

    Of several, the first is preferred.

    Example:
        >>> from refcite.collection.merge import Keep
        >>> Keep("newest") is Keep.NEWEST
        True
    """

    COMPLETE = "complete"
    NEWEST = "newest"
    ORDER = "order"


@frozen
class Choice:
    """The value of a field in a merged record, if the records do not all have the same value.

    Attributes:
        field: CSL's name of the variable, `type`, or a key of `extra`; `extra type` for a key of
            `extra` that is also the name of a variable.
        value: The value in the merged record.
        source: The position of the record with this value, counted from 0; None if the value was
            put together from several.
        rule: The rule in words.
        others: The values that were not taken, each with the position of its record.

    Example:
        >>> from refcite import Record, merge
        >>> (choice,) = merge([Record(title="Lamps"), Record(title="Lamps: a history")]).choices
        >>> choice.field, choice.source, choice.others
        ('title', 1, ((0, 'Lamps'),))
    """

    field: str
    value: Any
    source: int | None
    rule: str
    others: tuple[tuple[int, Any], ...] = ()


@frozen
class Merged:
    """A merged record, and how it was created.

    Attributes:
        record: The record.
        preferred: The position of the record whose id and origin it has, counted from 0.
        choices: The fields in which the records differ.

    Example:
        >>> from refcite import Record, merge
        >>> found = merge([Record(title="Lamps"), Record(title="Lamps", volume="3")])
        >>> found.preferred, found.record.volume
        (1, '3')
    """

    record: Record
    preferred: int
    choices: tuple[Choice, ...]


_NAMES: Final = tuple(map(attribute_of, NAME_VARIABLES))
_PLAIN: Final = tuple(
    attribute
    for attribute in ("type", *ATTRIBUTES.values())
    if attribute not in {*_NAMES, "container_title_short", "keyword", "note", "annote", "doi"}
)
_PARTS: Final[Mapping[str, str]] = {
    "subtitle": "title",
    "titleaddon": "title",
    "maintitle": "container_title",
    "mainsubtitle": "container_title",
    "booktitle": "container_title",
    "booksubtitle": "container_title",
    "booktitleaddon": "container_title",
    "journalsubtitle": "container_title",
    "date": "issued",
    "type": "type",
}
"""Fields of `extra` that describe the form of a variable; they are only valid with its value."""
_IDS: Final = "ids"
_VARIABLES: Final = frozenset({"type", *ATTRIBUTES})
_NO_UNION: Final = frozenset({*_PARTS, *REFERENCES, _IDS})


def merge(
    records: Iterable[Record], *, keep: Keep | str = Keep.COMPLETE, preferred: int | None = None
) -> Merged:
    """Merge records that describe the same work into one.

    The value of a field is taken by these rules:

    - type: the most specific: any other before `webpage`, `article` and `document`
    - title: not cut off, not a translation in brackets, not in capitals; the most words
    - names: the complete list before one with "et al.", the longest, that with full given
      names; initials are replaced with the full names of the same persons in the others
    - container-title: the full title before its abbreviation, which becomes the short
      form
    - issued: the most precise date of the year that most records have
    - accessed: the latest
    - other dates: the most precise
    - page: the full range before `123-5` and before one page
    - DOI: without URL and label
    - abstract: the longest that is not cut off
    - URL: another URL before that of the DOI
    - ISBN, ISSN: the value with the most numbers
    - keyword, note, annote: all, each once
    - language: the most precise tag
    - others: that of the preferred record, otherwise of the next record that has one

    If values are equally good, that of the preferred record is taken. Fields in `extra` are united;
    `extra["ids"]` contains the ids of the other records, separated by commas, as in biblatex. All
    other values that are not taken are in `choices`. The merge of equal records is the record.

    Args:
        records: The records, one or more.
        keep: The rule for the preferred record.
        preferred: The position of the preferred record, counted from 0, instead of a rule.

    Raises:
        RecordValueError: There is no record, or no record at this position.
        ValueError: There is no such rule.

    Example:
        >>> from refcite import Record, merge
        >>> one = Record(id="a", title="Lamps", author="A. Roe", page="12-5")
        >>> two = Record(id="b", title="Lamps: a history", author="Ann Roe", page="12-15")
        >>> found = merge([one, two])
        >>> found.record
        Record(id='a', type='document', author=(Name(family='Roe', given='Ann'),),
               title='Lamps: a history', page='12-15', extra={'ids': 'b'})
        >>> for choice in found.choices[:2]:
        ...     print(choice.field, choice.rule, choice.others, sep="; ")
        title; the more complete title; ((0, 'Lamps'),)
        page; the full range of pages; ((0, '12-5'),)
    """
    given = list(records)
    if not given:
        raise RecordValueError("there is no record to merge")
    order = _order(given, Keep(keep))
    if preferred is not None:
        if not 0 <= preferred < len(given):
            raise RecordValueError(
                f"there is no record {preferred} to prefer; there are {len(given)} records"
            )
        order = [preferred, *(place for place in order if place != preferred)]
    base = given[order[0]]
    if all(record is base or record == base for record in given):
        return Merged(base, order[0], ())
    merging = _Merging(given, order)
    return merging.merged()


class _Merging:
    """A merge of several records; the values are those of the merged record.

    Args:
        records: The records.
        order: Their positions, the preferred one first.
    """

    def __init__(self, records: Sequence[Record], order: Sequence[int]) -> None:
        self._records = records
        self._order = order
        self._base = records[order[0]]
        self._changes: dict[str, Any] = {}
        self._choices: list[Choice] = []
        self._sources: dict[str, int | None] = {}

    def merged(self) -> Merged:
        """Return the merged record."""
        for attribute in _PLAIN:
            found = self._found(attribute)
            if not self._is_settled(attribute, found):
                self._take(attribute, found)
        for attribute in _NAMES:
            self._take_names(attribute)
        self._take_short_title()
        self._unite("keyword", united_keywords)
        self._unite("note", united_notes)
        self._unite("annote", united_notes)
        self._take_doi()
        extra = self._extra()
        if extra != self._base.extra:
            self._changes["extra"] = extra
        record = self._base.replace(**self._changes) if self._changes else self._base
        return Merged(record, self._order[0], tuple(self._choices))

    def _found(self, attribute: str) -> list[tuple[int, Any]]:
        """Return the positions of the records that have a value, with it, in their order."""
        pairs = ((place, getattr(self._records[place], attribute)) for place in self._order)
        return [(place, value) for place, value in pairs if value]

    def _is_settled(self, attribute: str, found: Sequence[tuple[int, Any]]) -> bool:
        """Return whether the preferred record has the only value."""
        if not found:
            return True
        place, value = found[0]
        return place == self._order[0] and all(other == value for _, other in found[1:])

    def _take(self, attribute: str, found: Sequence[tuple[int, Any]]) -> None:
        if all(value == found[0][1] for _, value in found):
            self._set(attribute, found, found[0][1], found[0][0], "the only value")
            return
        rule = rule_of(attribute)
        place, value = found[rule.choose([value for _, value in found])]
        self._set(attribute, found, value, place, rule.words)

    def _set(
        self,
        attribute: str,
        found: Iterable[tuple[int, Any]],
        value: Any,
        source: int | None,
        rule: str,
    ) -> None:
        self._sources[attribute] = source
        if value != getattr(self._base, attribute):
            self._changes[attribute] = value
        others = tuple(sorted((place, other) for place, other in found if other != value))
        name = VARIABLE_OF.get(attribute, attribute)
        self._choices.append(Choice(name, value, source, rule, others))

    def _take_names(self, attribute: str) -> None:
        found = self._found(attribute)
        marks = {place: attribute in self._records[place].et_al for place, _ in found}
        if self._is_settled(attribute, found) and len({*marks.values()}) < 2:
            return
        lists = [NameList(value, marks[place]) for place, value in found]
        best, chosen = better_names(lists)
        source = found[best][0] if chosen.names == found[best][1] else None
        words = "the most complete names" if len(found) > 1 else "the only value"
        self._set(attribute, found, chosen.names, source, words)
        et_al = self._changes.get("et_al", self._base.et_al) - {attribute}
        if chosen.is_cut:
            et_al |= {attribute}
        self._changes["et_al"] = et_al

    def _take_short_title(self) -> None:
        found = self._found("container_title_short")
        if self._is_settled("container_title_short", found) and found:
            return
        if found:
            self._take("container_title_short", found)
            return
        title = self._changes.get("container_title", self._base.container_title) or ""
        for place, value in self._found("container_title"):
            if value != title and abbreviates(value, title):
                words = "the abbreviation of the title"
                self._set("container_title_short", (), value, place, words)
                return

    def _take_doi(self) -> None:
        found = self._found("doi")
        normal = [(place, normal_doi(value)) for place, value in found]
        if self._is_settled("doi", found) and normal == found:
            return
        place, value = normal[0]
        is_one = len({one.casefold() for _, one in normal}) == 1
        self._set(
            "doi", found, value, place, "the only value" if is_one else "the preferred record"
        )

    def _unite(self, attribute: str, unite: Any) -> None:
        found = self._found(attribute)
        if self._is_settled(attribute, found):
            return
        united = unite([value for _, value in found])
        source = next((place for place, value in found if value == united), None)
        self._set(attribute, (), united, source, "all" if len(found) > 1 else "the only value")

    # Fields without a variable

    def _extra(self) -> dict[str, Any]:
        """Return the united fields; those that describe a value come from its record."""
        extra = dict(self._base.extra)
        for key, attribute in _PARTS.items():
            source = self._sources.get(attribute, self._order[0])
            if source == self._order[0]:
                continue
            extra.pop(key, None)
            if source is not None and key in self._records[source].extra:
                extra[key] = self._records[source].extra[key]
        for key in dict.fromkeys(
            key for place in self._order for key in self._records[place].extra
        ):
            self._take_extra(key, extra)
        ids = self._ids()
        if ids and ids != extra.get(_IDS):
            extra[_IDS] = ids
            self._choices.append(Choice(_IDS, ids, None, "all"))
        return extra

    def _take_extra(self, key: str, extra: dict[str, Any]) -> None:
        found = [
            (place, self._records[place].extra[key])
            for place in self._order
            if key in self._records[place].extra
        ]
        if key == _IDS:
            return
        source: int | None = found[0][0]
        if key not in extra and key not in _NO_UNION:
            extra[key] = found[0][1]
        elif key not in extra:
            source = None
        value = extra.get(key)
        others = tuple(sorted((one for one in found if one[1] != value), key=lambda one: one[0]))
        if others or source != self._order[0]:
            rule = "the preferred record" if others else "the only value"
            if source is None:
                rule = "only valid with a value that is not taken"
            name = f"extra {key}" if key in _VARIABLES else key
            self._choices.append(Choice(name, value, source, rule, others))

    def _ids(self) -> str:
        """Return the ids of the other records, and those that are already listed."""
        ids: dict[str, None] = {}
        for place in self._order:
            record = self._records[place]
            listed = record.extra.get(_IDS)
            known = listed.split(",") if isinstance(listed, str) else ()
            for one in (record.id, *map(str.strip, known)):
                if one and one != self._base.id and not is_by_place(one):
                    ids[one] = None
        return ",".join(ids)


# The preferred record

_CHANGED: Final = (
    *("date-modified", "dateModified", "modified", "timestamp", "date-added", "dateAdded"),
    *("LR", "lr", "DCOM", "modificationdate", "creationdate"),
)
_DAY: Final = re.compile(r"(\d{4})[-./]?(\d{2})[-./]?(\d{2})")


def _order(records: Sequence[Record], keep: Keep) -> list[int]:
    """Return the positions of records, the preferred one first."""
    places = list(range(len(records)))
    if keep is Keep.COMPLETE:
        places.sort(key=lambda place: -len(records[place].variables()))
    elif keep is Keep.NEWEST:
        places.sort(key=lambda place: _newness(records[place]), reverse=True)
    return places


def _newness(record: Record) -> tuple[str, str, str]:
    return _changed_on(record), _day(record.accessed), _day(record.issued)


def _changed_on(record: Record) -> str:
    days = (
        _DAY.search(value[:40])
        for value in map(record.extra.get, _CHANGED)
        if isinstance(value, str)
    )
    return max(("".join(day.groups()) for day in days if day), default="")


def _day(date: Date | None) -> str:
    """Return a date as text that can be compared; an unknown one is the oldest."""
    if date is None or date.literal is not None or date.year is None:
        return ""
    return f"{date.year:04d}{date.month or 0:02d}"
