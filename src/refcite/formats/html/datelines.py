"""The date of publication that a page shows, or that its URL contains.

The date of publication among several dates is recognised only by the position and the text next to
each date: it is a guess, and is reported as one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Final
from urllib.parse import unquote, urlsplit

from attrs import evolve, frozen
from lxml import etree

from refcite.datephrases import (
    FILLERS,
    MONTH,
    YEAR,
    has_phrases,
    month_of_phrase,
    western_year,
    with_figures,
)
from refcite.dates import Date
from refcite.datewords import MONTHS, fold
from refcite.formats.html.page import text_of
from refcite.formats.html.shown import ASIDE_MARK, ASIDES, Shown, Text, marks_of, tag_of
from refcite.problems import InvalidDateError

__all__ = ["DateLine", "date_line", "day_of_address", "days_in", "own_day"]

_EARLIEST: Final = 1990
_LONGEST: Final = 400
_MOST: Final = 150
_DATE: Final = re.compile(
    r"""
    (?<![\w/.\-])(?:
      (?P<y1>(?:19|20)\d\d) (?P<s1>[-/.]) (?P<m1>0?[1-9]|1[0-2]) (?P=s1)
        (?P<d1>[12]\d|3[01]|0?[1-9]) (?!\d)
    | (?P<y2>(?:19|20)\d\d)\s?[年년]\s?(?P<m2>\d\d?)\s?[月월]\s?(?P<d2>\d\d?)\s?[日일]
    | (?P<a3>\d\d?) (?P<s3>[-/]|\.\ ?) (?P<b3>\d\d?) (?P=s3) (?P<y3>(?:19|20)\d\d|[0-3]\d)
        (?!\d|[./-]\d)
    | (?P<d4>\d\d?) (?:\.|st|nd|rd|th|er|º|°|ª)? \s?-? (?:de\ |of\ )?
        (?P<m4>[^\W\d_]{3,14}) [.,]?\s?-? (?:de\ |del\ )? (?P<y4>(?:19|20)\d\d) (?!\d)
    | (?P<m5>[^\W\d_]{3,14}) \.?\  (?P<d5>\d\d?) (?:st|nd|rd|th)? ,?\  (?P<y5>(?:19|20)\d\d) (?!\d)
    )""",
    re.VERBOSE,
)
_BETWEEN: Final = rf"[.,]?\ ?(?:{FILLERS}\ ?){{0,2}}"
_PHRASED: Final = re.compile(
    rf"""
    (?<![\w/.\-])(?:
      (?P<d1>\d\d?)(?!\d) {_BETWEEN} (?P<m1>{MONTH}) {_BETWEEN} (?P<y1>{YEAR}) (?!\d)
    | (?P<m2>{MONTH}) \  (?P<d2>\d\d?) ,?\  (?P<y2>{YEAR}) (?!\d)
    | (?P<y3>{YEAR}) {_BETWEEN} (?P<m3>{MONTH}) {_BETWEEN} (?P<d3>\d\d?) (?!\d)
    )""",
    re.VERBOSE,
)
_HINT: Final = re.compile(r"\d\D{1,30}\d")

# Labels of a date. `Datum` and `vom` are only weak evidence.
_PUBLISHED: Final = re.compile(
    r"publi(?:shed|cation|ziert|é|cad|kov)|pubblicat|posted|veröffentlich|erschienen|erstellt|datum"
    r"|\bdate\b|\bvom\b|\bmis en ligne|\bcreated|\bwritten|geschrieben|\bpublié|geplaatst"
    r"|gepubliceerd|опубликован|дата|julkaistu|publicerad|udgivet|dodano|objavljeno|fecha|pressemitteilung"
    r"|press release|communiqué|дата публикации|發布|发布|投稿|公開"
    r"|เผยแพร่|प्रकाशित|\bđăng\b|xuất bản|нийтэлсэн|нийтлэгдсэн|ផ្សាយ",
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(
    r"updat|modif|aktualisiert|geändert|bearbeitet|mise? à jour|actualiz|aggiornat|revis|bijgewerkt"
    r"|обновлен|изменен|cập nhật|अपडेट|อัปเดต|แก้ไข|шинэчл"
    r"|zuletzt|last |edited|\bseit\b|\bsince\b|\bbis\b|\buntil\b|copyright|©"
    r"|gestorben|geboren|\bborn\b|registr|joined|dabei seit|mitglied|accessed|abgerufen",
    re.IGNORECASE,
)
_DATE_MARK: Final = re.compile(
    r"publi(?!c\b)|pub-?date|posted|post(?:ed)?-(?:date|on|time)|entry-(?:date|time)|dateline"
    r"|article-+(?:date|time)|veroeffentlich|veröffentlich|date-?(?:publi|creat|post)|timestamp"
    r"|(?:news|blog|page|story|item|content|header|upload(?:ed)?)-+(?:list-)?date",
)
_SOME_MARK: Final = re.compile(
    r"date|datum|fecha|time|meta|info|byline|posted|submitted|author|autor|calendar|clock|subline"
    r"|\bby\b|details|kicker|subtitle|created|data\b",
)
_CHANGED_MARK: Final = re.compile(r"updat|modif|revis|\bstand\b|expire|deadline")
_DEEPEST: Final = 12


@frozen
class DateLine:
    """A date on a page.

    Attributes:
        date: The date.
        shown: The text that contains it.
        score: The evidence that it is the date of publication.
        is_marked: Whether the page marks it as such in its HTML.
        is_shown: Whether a reader sees it.
    """

    date: Date
    shown: str
    score: int
    is_marked: bool = False
    is_shown: bool = True


def days_in(text: str, day_first: bool | None = None) -> Iterator[tuple[Date, int, int]]:
    """Yield the days in a text, with their start and end.

    Args:
        text: The text, on one line.
        day_first: Whether `01/02/2017` is 1 February; None omits such dates.

    Example:
        >>> text = "Posted 5. Mai 2019, 10:30; May 6, 2019; 7.5.19; 2019年5月8日; 05/09/2019; 2001"
        >>> [str(date) for date, _, _ in days_in(text)]
        ['2019-05-05', '2019-05-06', '2019-05-07', '2019-05-08']
    """
    if has_phrases(text):
        yield from _days_in_phrases(text, day_first)
    else:
        yield from _days(_DATE, text, day_first)


def _days_in_phrases(text: str, day_first: bool | None) -> Iterator[tuple[Date, int, int]]:
    text = with_figures(text)
    both = [*_days(_PHRASED, text, day_first), *_days(_DATE, text, day_first)]
    yield from sorted(both, key=itemgetter(1))


def _days(
    pattern: re.Pattern[str], text: str, day_first: bool | None
) -> Iterator[tuple[Date, int, int]]:
    place = 0
    while found := pattern.search(text, place):
        date = _phrased_day(found) if pattern is _PHRASED else _day(found, day_first)
        if date is None:
            # Text in the form of a date may begin before a date: `12 5. Mai 2019`.
            place = found.start() + 1
            while place < found.end() and text[place - 1].isalnum():
                place += 1
            continue
        yield date, found.start(), found.end()
        place = found.end()


def _phrased_day(found: re.Match[str]) -> Date | None:
    form = next(form for form in "123" if found[f"y{form}"])
    word = found[f"m{form}"]
    return _date_of(
        western_year(int(found[f"y{form}"]), word), month_of_phrase(word), int(found[f"d{form}"])
    )


def _date_of(year: int, month: int, day: int) -> Date | None:
    if not (month and day and year >= _EARLIEST):
        return None
    try:
        return Date.of(year, month, day)
    except InvalidDateError:
        return None


def _day(found: re.Match[str], day_first: bool | None) -> Date | None:
    year, month, day = 0, 0, 0
    if found["y1"]:
        year, month, day = int(found["y1"]), int(found["m1"]), int(found["d1"])
    elif found["y2"]:
        year, month, day = int(found["y2"]), int(found["m2"]), int(found["d2"])
    elif found["y3"]:
        year, first, second = int(found["y3"]), int(found["a3"]), int(found["b3"])
        if year < 100:
            if found["s3"] == "-":
                return None
            year += 2000
        if found["s3"][0] == ".":
            day_first = True
        if first > 12 or second > 12:
            day_first = first > 12
        if day_first is None and first != second:
            return None
        day, month = (first, second) if day_first else (second, first)
    else:
        word = found["m4"] or found["m5"]
        month = MONTHS.get(fold(word), 0)
        year, day = int(found["y4"] or found["y5"]), int(found["d4"] or found["d5"])
    return _date_of(year, month, day)


# The URL

_IN_PATH: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/_.]?(0[1-9]|1[0-2])[-/_.]?([0-2]\d|3[01])(?!\d)"
)
_SURE_PATH: Final = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/([0-2]?\d|3[01])(?:/|$)")
_OTHER_PATH: Final = re.compile(
    r"(?<!\d)([0-2]\d|3[01])[-_.]?(0[1-9]|1[0-2])[-_.]?((?:19|20)\d\d)(?!\d)"
)
_MONTH_PATH: Final = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?:/|$)")


def day_of_address(address: str) -> tuple[Date | None, bool]:
    """Return the date in a URL, and whether it has the form of blogs and newspapers.

    Example:
        >>> day_of_address("https://example.org/2019/05/04/border/")
        (Date.parse('2019-05-04'), True)
        >>> day_of_address("https://example.org/press/20190504_border.html")
        (Date.parse('2019-05-04'), False)
        >>> day_of_address("https://example.org/2019/05/border/"), day_of_address("/a/1")
        ((Date.parse('2019-05'), True), (None, False))
    """
    path = unquote(urlsplit(address[:2_000]).path)
    for pattern, is_sure in ((_SURE_PATH, True), (_IN_PATH, False), (_OTHER_PATH, False)):
        found = pattern.search(path)
        if found:
            parts = [int(part) for part in found.groups()]
            year, month, day = parts if parts[0] > 31 else reversed(parts)
            try:
                return Date.of(year, month, day), is_sure
            except InvalidDateError:
                continue
    found = _MONTH_PATH.search(path)
    return (Date.of(int(found[1]), int(found[2])), True) if found else (None, False)


# The page


def date_line(
    shown: Shown, address: str, day_first: bool | None, without: frozenset[Date]
) -> DateLine | None:
    """Return the date of publication that a page shows; None if it cannot be recognised.

    Args:
        shown: The text of the page.
        address: Its URL.
        day_first: Whether `01/02/2017` is 1 February.
        without: Days on which the page may have been printed.
    """
    of_address, is_sure = day_of_address(address)
    best: DateLine | None = None
    for line in _lines(shown, of_address, day_first):
        if line.date in without and not line.is_marked:
            continue
        if best is None or line.score > best.score:
            best = line
    least = _ENOUGH_BESIDE_ADDRESS if is_sure and of_address and of_address.day else _ENOUGH
    return best if best is not None and best.score >= least else None


def own_day(shown: Shown, day: Date, day_first: bool | None) -> Date:
    """Return the local day of publication that a page shows, for a day in UTC.

    Args:
        shown: The text of the page.
        day: The day in UTC.
        day_first: Whether `01/02/2017` is 1 February.

    Returns:
        The day itself, or the day before or after it if only that is shown.
    """
    one = datetime.date(day.year or 1, day.month or 1, day.day or 1)
    near = {str(one + datetime.timedelta(days=step)) for step in (-1, 0, 1)}
    best, score = day, _ENOUGH - 1
    for line in _lines(shown, None, day_first):
        # Of two equally likely days, the one in the metadata.
        is_better = line.score > score or (line.score == score and line.date == day)
        if is_better and line.is_shown and str(line.date) in near:
            best, score = line.date, line.score
    return best


_ENOUGH: Final = 3
_ENOUGH_BESIDE_ADDRESS: Final = 7


def _lines(shown: Shown, of_address: Date | None, day_first: bool | None) -> Iterator[DateLine]:
    latest = datetime.date.today() + datetime.timedelta(days=1)
    count = 0
    seen: set[int] = set()
    for line, element, offset in shown.texts:
        if id(element) in seen:
            continue
        stamp = _stamp_of(element)
        if not stamp and not _HINT.search(line):
            continue
        count += 1
        if count > _MOST:
            return
        whole, days = line, list(days_in(line[: 10 * _LONGEST], day_first))
        if not days and len(whole) < 40:
            # The parts of a date may be in separate elements.
            parent = element.getparent() if tag_of(element) in _SMALL else element
            whole = text_of(element if parent is None else parent, _LONGEST)
            days = list(days_in(whole, day_first)) if len(whole) < 120 else []
        is_shown = True
        if stamp:
            seen.add(id(element))
            is_shown = bool(days)
            if not days:
                days = [(date, 0, len(whole)) for date, _, _ in days_in(stamp[:30])][:1]
        for date, start, end in days[:3]:
            if (date.year or 0, date.month or 0, date.day or 0) > (
                latest.year,
                latest.month,
                latest.day,
            ):
                continue
            found = _line(
                shown, (whole, element, offset), (start, end), date, of_address, bool(stamp)
            )
            yield found if is_shown else evolve(found, is_shown=False)


_SMALL: Final = frozenset({"span", "b", "strong", "em", "i", "a", "abbr", "small", "time", "sup"})


def _stamp_of(element: etree._Element) -> str:
    """Return the date in an element's attributes."""
    if element.tag == "time":
        return (element.get("datetime") or "").strip()
    return (element.get("title") or "").strip() if element.tag == "abbr" else ""


def _line(
    shown: Shown,
    text: Text,
    place: tuple[int, int],
    date: Date,
    of_address: Date | None,
    has_stamp: bool,
) -> DateLine:
    whole, element, offset = text
    start, end = place
    before, behind = whole[max(start - 60, 0) : start], whole[end : end + 60]
    score = 3 if has_stamp else 0
    rest = len(whole) - (end - start)
    score += 2 if rest <= 40 else 1 if rest <= 120 else 0 if start < 60 else -3
    label = before if before.strip(" :|•·,-–—(") else _label_before(element)
    if _CHANGED.search(label):
        score -= 5
    elif _PUBLISHED.search(label):
        score += 3
    elif _PUBLISHED.search(behind[:20]) and not _CHANGED.search(behind):
        score += 1
    marked, is_marked = _score_of_marks(element)
    score += marked
    score += _score_of_place(shown, offset)
    if of_address is not None and date.year is not None:
        same = (of_address.year, of_address.month) == (date.year, date.month)
        if of_address.day is None:
            score += 2 if same else -3
        elif of_address == date:
            score += 5
    return DateLine(date, whole, score, is_marked and has_stamp and score >= _ENOUGH)


def _label_before(element: etree._Element) -> str:
    """Return the label before a text that consists only of the date."""
    for _ in range(2):
        before = element.getprevious()
        if before is not None:
            found = text_of(before, 60) + (before.tail or "")[:60]
            if tag_of(before) in _SMALL or tag_of(before) in {"dt", "label", "th"}:
                return found if len(found) < 60 else ""
            return ""
        outer = element.getparent()
        if outer is None:
            return ""
        lead = (outer.text or "").strip()
        if lead:
            return lead[-60:]
        element = outer
    return ""


def _score_of_marks(element: etree._Element) -> tuple[int, bool]:
    score, is_marked = 0, False
    one: etree._Element | None = element
    for depth in range(_DEEPEST):
        if one is None or one.tag in {"body", "html"}:
            break
        marks = marks_of(one)
        if depth < 3 and marks and not is_marked:
            if _CHANGED_MARK.search(marks) and not re.search("publish|entry-date", marks):
                score -= 3
            elif _DATE_MARK.search(marks):
                is_marked = True
                score += 3
            elif depth < 2 and score < 2 and _SOME_MARK.search(marks):
                score += 2
        if one.tag in ASIDES:
            score -= 4
        elif one.tag == "footer":
            score -= 2
        if marks and ASIDE_MARK.search(marks):
            score -= 4 if depth > 1 or "comment" in marks else 2
        if score < -12:
            break
        one = one.getparent()
    return score, is_marked


def _score_of_place(shown: Shown, offset: int) -> int:
    if shown.start is None:
        return 1 if offset < 3_000 else 0
    if offset < shown.start:
        return 3 if shown.start - offset < 150 else 1 if shown.start - offset < 600 else -1
    behind = offset - shown.end
    return 4 if behind < 300 else 3 if behind < 1_000 else 1 if behind < 4_000 else 0
