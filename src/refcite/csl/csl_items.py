"""The conversion of a record to the item that a CSL style formats."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from attrs import evolve

from refcite.csl.manual_wording import ManualWording
from refcite.dates import Date, Point
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.record import Record
from refcite.surrogates import clean_record
from refcite.vocabulary import DATE_VARIABLES, NAME_VARIABLES, attribute_of

__all__ = ["Keys", "csl_item"]

_ON_SITES: Final = frozenset({"webpage", "post", "post-weblog"})
_DATES: Final = tuple(map(attribute_of, DATE_VARIABLES))
_DATES_OF: Final = attrgetter(*_DATES)
_NAMES: Final = tuple(map(attribute_of, NAME_VARIABLES))
_NAMES_OF: Final = attrgetter(*_NAMES)
_CLOSING: Final = frozenset('’”"»)]')
_NO_INITIALS: Final = frozenset({"II", "III", "IV", "MD"})


def csl_item(
    record: Record, *, repeat_publisher: bool = False, wording: ManualWording | None = None
) -> Record:
    """Return the record as an item for a style.

    The item contains what CSL cannot express, because it depends on several variables:

    - A publisher that is also the only author is omitted: no style prints it twice (APA 7, section
      9.29; the manuals of Chicago and MLA agree). So is the site of a web page that is its only
      author (APA 7, section 10.16), and the publisher of a web page that is also its site.
    - An event has both names of its variable, since most styles use the former one, `event`.
    - A translated title in square brackets, as in PubMed, follows the original title (APA 7,
      section 9.38; NLM, *Citing Medicine*, chapter 1).
    - Genres and publishers have the words of the style's manual: see `manual_wording`.
    - A decade or century (EDTF `199X`) becomes the range of its years.
    - A status that is also the text of the date, such as `in press`, is omitted: styles print the
      date.
    - Initials without full stops, as databases write them (`Roe, AB`), are separated: styles
      initialise them as one name, which is `Roe, A.`
    - A full stop at the end of a title is omitted, as some databases add it: styles print their own
      sign after the title.
    - The place of an article in PubMed, which is only a country, is omitted.
    - A DOI loses the address of its resolver, which styles print before it.
    - Half of a surrogate pair becomes U+FFFD.

    Args:
        record: The record.
        repeat_publisher: Keep publishers, sites, events, titles, places and initials, as in plain
            CSL.
        wording: The words of the style's manual for genres and publishers; None keeps the record's,
            as in plain CSL.

    Example:
        >>> from refcite import Name, Record
        >>> report = Record(type="report", publisher="Freedom House",
        ...                 author=(Name(literal="Freedom House"),))
        >>> print(csl_item(report).publisher)
        None
        >>> from refcite import Date
        >>> str(csl_item(Record(issued=Date.parse("199X"))).issued)
        '1990/1999'
    """
    record = clean_record(record)
    changes: dict[str, object] = wording.changes(record) if wording is not None else {}
    if not repeat_publisher:
        _omit_repeated(record, changes)
        if record.event != record.event_title and not record.container_title:
            changes["event"] = record.event or record.event_title
            changes["event_title"] = record.event_title or record.event
        if record.publisher_place and record.pmid and record.type == "article-journal":
            changes["publisher_place"] = None
        for attribute, names in zip(_NAMES, _NAMES_OF(record), strict=True):
            if names and any(map(_has_joined_initials, names)):
                changes[attribute] = tuple(map(_with_separate_initials, names))
        title, original = record.title, record.original_title
        if title and title[-1] == "." and _ends_in_word(title):
            changes["title"] = title = title[:-1]
        if title and original and title[0] == "[" and title[-1] == "]":
            changes["title"] = f"{original} {title}"
            changes["original_title"] = None
    if record.doi and not record.doi.startswith("10."):
        changes["doi"] = normal_doi(record.doi)
    as_date = record.issued.literal if record.issued is not None else None
    if record.status and as_date and _folded(as_date) == _folded(record.status):
        changes["status"] = None
    for attribute, date in zip(_DATES, _DATES_OF(record), strict=True):
        if date is not None:
            spread = _spread(date)
            if spread is not date:
                changes[attribute] = spread
    return record.replace(**changes) if changes else record


def _omit_repeated(record: Record, changes: dict[str, object]) -> None:
    """Omit a publisher or a site that is also the only author, and a publisher that is the site."""
    publisher, site = record.publisher, None
    if record.type in _ON_SITES and record.container_title:
        site = _house(record.container_title)
    if publisher and site and _house(publisher) == site:
        changes["publisher"] = None
    if len(record.author) == 1:
        author = _house(_whole(record.author[0]))
        if publisher and _house(publisher) == author:
            changes["publisher"] = None
        if site and site == author:
            changes["container_title"] = None


def _ends_in_word(title: str) -> bool:
    """Return whether the full stop of a title is after a word, and not after an abbreviation."""
    if title[-2:-1] in _CLOSING:
        return True
    last = title[-6:-1]
    return len(last) == 5 and last.isalpha() and last.islower()


def _has_joined_initials(name: Name) -> bool:
    """Return whether a given name has initials without full stops: `Roe, AB`, `Roe, Ann BC`."""
    given, family = name.given, name.family
    if not given or not family:
        return False
    # A name in capitals is no initials: `ROE, ANN`.
    return family != family.upper() and any(map(_are_initials, given.split()))


def _are_initials(word: str) -> bool:
    return 1 < len(word) < 4 and word.isalpha() and word.isupper() and word not in _NO_INITIALS


def _with_separate_initials(name: Name) -> Name:
    if not _has_joined_initials(name):
        return name
    words = (name.given or "").split()
    return name.replace(
        given=" ".join([" ".join(word) if _are_initials(word) else word for word in words])
    )


class Keys:
    """Assigns a key to each record: its id, with a number if another record has this id.

    Attributes:
        records: The records that have keys, by key.

    Example:
        >>> from refcite import Record
        >>> one, other = Record(id="a", title="One"), Record(id="a", title="Other")
        >>> keys = Keys()
        >>> keys.of(one), keys.of(other), keys.of(one)
        ('a', 'a#2', 'a')
    """

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self._keys: dict[Record, str] = {}
        self._last: dict[str, int] = {}

    def of(self, record: Record) -> str:
        """Return a record's key; a record always gets the same key."""
        if record.id not in self._last and record.id not in self.records:
            # The id is new, so the record is: its hash, which is that of all its values, is needed
            # only if another record has the same id.
            self._last[record.id] = 1
            self.records[record.id] = record
            return record.id
        first = self.records.get(record.id)
        if first is record or (first is not None and first.id == record.id and first == record):
            return record.id
        if record in self._keys:
            return self._keys[record]
        key, number = record.id, self._last.get(record.id, 0) + 1
        if number > 1:
            key = f"{record.id}#{number}"
        while key in self.records:  # another record may have this key as its id
            number += 1
            key = f"{record.id}#{number}"
        self._last[record.id] = number
        self._keys[record] = key
        self.records[key] = record
        return key


def _spread(date: Date) -> Date:
    """Return a date whose years are all specified, as a range if some were not."""
    first, last = date.start, date.end or date.start
    if isinstance(first, Point) and first.unspecified_digits:
        first = evolve(first, unspecified_digits=0)
    if isinstance(last, Point) and last.unspecified_digits:
        year = last.year + 10**last.unspecified_digits - 1
        last = evolve(last, year=year, unspecified_digits=0)
    if (first, last) == (date.start, date.end or date.start):
        return date
    return evolve(date, start=first, end=last)


def _whole(name: Name) -> str:
    return name.literal or (name.family if name.family and not name.given else None) or ""


def _house(text: str) -> str:
    """Return the name of an organisation for comparison: `The World Bank` is `World Bank`."""
    return _folded(text).removeprefix("the ")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
