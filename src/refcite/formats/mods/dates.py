"""Dates of MODS: an encoding, points of a range, a qualifier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from refcite.dates import Bound, Date, Point
from refcite.datetext import is_no_date
from refcite.problems import Problem

__all__ = ["DateText", "read_dates", "write_dates"]

_EXACTNESS: Final = ("edtf", "w3cdtf", "iso8601", "marc", "temper", "")
"""The encodings, the most precise first; a date without one is only transcribed."""
_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_FOREVER: Final = "9999"
"""MARC's year for works that are still continued."""


@frozen
class DateText:
    """A date in the form of an element.

    Attributes:
        text: The text.
        encoding: `w3cdtf`, `edtf`, `iso8601`, `marc`, `temper` or an empty text.
        point: `start` or `end` of a range, or an empty text.
        qualifier: `approximate`, `questionable`, `inferred` or an empty text.
        is_key: Whether it is the one to sort by.
    """

    text: str
    encoding: str = ""
    point: str = ""
    qualifier: str = ""
    is_key: bool = False

    def attributes(self) -> dict[str, str]:
        """Return the attributes that state so."""
        said = {
            "encoding": self.encoding,
            "point": self.point,
            "qualifier": self.qualifier,
            "keyDate": "yes" if self.is_key else "",
        }
        return {name: text for name, text in said.items() if text}


def read_dates(
    texts: Sequence[DateText], problems: list[Problem], *, day_first: bool | None = None
) -> tuple[Date | None, tuple[int, ...]]:
    """Return the date that elements of one name state, and the places of those that state it.

    Args:
        texts: The elements; of several, the key date is used, then one that is coded.
        problems: List to which doubts are added.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Example:
        >>> start, end = DateText("1998", "marc", "start"), DateText("9999", "marc", "end")
        >>> str(read_dates([start, end], [])[0])
        '1998/..'
        >>> date, used = read_dates([DateText("c1950."), DateText("1950", "w3cdtf")], [])
        >>> str(date), used
        ('1950', (1,))
    """
    order = sorted(range(len(texts)), key=lambda index: _rank(texts[index]))
    for index in order:
        first = texts[index]
        if first.point == "end":
            continue
        date = _read(first, problems, day_first)
        last = next(
            (other for other in order if texts[other].point == "end"
             and texts[other].encoding == first.encoding),
            None,
        )  # fmt: skip
        if first.point != "start" or last is None or date.start is None:
            return date, (index,)
        end = _read(texts[last], problems, day_first)
        side = Bound.OPEN if texts[last].text == _FOREVER else end.start
        if side is None or date.is_range or end.is_range:
            return date, (index,)
        return Date(date.start, side), (index, last)
    return None, ()


def _rank(text: DateText) -> tuple[bool, int]:
    known = text.encoding in _EXACTNESS
    rank = _EXACTNESS.index(text.encoding) if known else len(_EXACTNESS)
    return not text.is_key, rank


def _read(text: DateText, problems: list[Problem], day_first: bool | None) -> Date:
    is_sentence = not text.encoding and not is_no_date(text.text)
    bare = text.text.strip().rstrip(".") if is_sentence else text.text
    date = Date.parse(bare, day_first=day_first, problems=problems)
    flags = {"approximate": {"approximate": True}, "questionable": {"uncertain": True}}
    said = flags.get(text.qualifier)
    if said is None or not isinstance(date.start, Point):
        return date
    end = evolve(date.end, **said) if isinstance(date.end, Point) else date.end
    return Date(evolve(date.start, **said), end)


def write_dates(date: Date) -> tuple[DateText, ...]:
    """Return the elements that state a date.

    Example:
        >>> write_dates(Date.parse("c. 1950"))
        (DateText(text='1950', encoding='w3cdtf', point='', qualifier='approximate', is_key=False),)
        >>> [text.point for text in write_dates(Date.parse("1998/2001"))]
        ['start', 'end']
        >>> write_dates(Date.of(2001, season=1))[0].text
        '2001-21'
    """
    found = _written(date)
    if found and read_dates(found, [])[0] == date:
        return found
    is_edtf = date.literal is None and date.season_name is None
    return (DateText(str(date), "edtf" if is_edtf else ""),)


def _written(date: Date) -> tuple[DateText, ...]:
    if date.literal is not None:
        return (DateText(date.literal),)
    start = _point(date.start)
    if date.end is None:
        return (start,) if start else ()
    end = _point(date.end)
    if not (start and end):
        return ()
    return evolve(start, point="start"), evolve(end, point="end")


def _point(side: Point | Bound | None) -> DateText | None:
    if not isinstance(side, Point):
        return None
    text = str(evolve(side, approximate=False, uncertain=False))
    if not _DAY.fullmatch(text) or side.season or (side.approximate and side.uncertain):
        return None
    qualifier = "approximate" if side.approximate else "questionable" if side.uncertain else ""
    return DateText(text, "w3cdtf", "", qualifier)
