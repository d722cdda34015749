"""The field `SO`, which sums up where a work appeared: each database has its own form.

| database | form |
|---|---|
| Medline, BIOSIS | `Annals of Ebb. 12(3):5-9, 2014 Jan 15.` |
| Journals@Ovid | `Annals of Ebb January 2014;12(3):5-9` |
| Embase | `Annals of Ebb. 12 (3) (pp 5-9), 2014. Date of Publication: January 2014.` |
| PsycInfo | `Annals of Ebb. Vol.12(3), Jan 2014, pp. 5-9.` |
| CAB Abstracts, Global Health | `Annals of Ebb; 2014. 12(3):5-9. 20 ref.` |
| ERIC | `Annals of Ebb. v12 n3 p5-9 Jan 2014` |
| chapters | `Roe, Ann [Ed]; Poe, Bob [Ed]. (2014). On ebb. (pp. 5-9). Oslo: Tide Press.` |
"""

from __future__ import annotations

import re
from typing import Final

from refcite.dates import Date

__all__ = ["parts_of_chapter", "parts_of_source"]

_LONGEST: Final = 2_000
_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Spr|Sum|Fall?|Aut|Win"
_MONTH: Final = rf"(?:{_MONTHS})[a-z]{{0,6}}\.?"
_DATE: Final = (
    rf"(?:{_MONTH}(?:[-/ ]{_MONTH})? (?:[0-9]{{1,2}}(?:-[0-9]{{1,2}})?,? )?[0-9]{{4}}"
    rf"|[0-9]{{1,2}} {_MONTH} [0-9]{{4}}"
    rf"|[0-9]{{4}}(?: {_MONTH}(?:[-/]{_MONTH})?(?: [0-9]{{1,2}}(?:-[0-9]{{1,2}})?)?)?)"
)
_VOLUME: Final = r"(?P<volume>[^\s():;,.]{1,20})"
_ISSUE: Final = r"(?:\s?\((?P<issue>[^()]{1,40}(?:\([^()]{1,9}\))?)\))?"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        # Journals@Ovid
        rf"(?P<date>{_DATE});\s?{_VOLUME}?{_ISSUE}(?:\s?:\s?(?P<page>[^;]{{1,60}}?))?\.?\Z",
        # Embase
        rf"\. (?:{_VOLUME})?{_ISSUE}(?: \((?:pp? (?P<page>[^()]{{1,60}})|no pagination)\))?"
        rf",\s?(?P<date>{_DATE})\.(?=\s|\Z)",
        # Medline and BIOSIS
        rf"\.? (?:{_VOLUME})?{_ISSUE}(?::(?P<page>[^;:]{{1,60}}?))?,\s?(?P<date>{_DATE})"
        r"\.?(?=\s|\Z)",
        # CAB Abstracts
        rf";\s?(?P<date>{_DATE})\.\s{_VOLUME}?{_ISSUE}(?:\s?:\s?(?P<page>[^;:.]{{1,60}}))?"
        r"(?:\.|\Z)",
        # PsycInfo
        rf"\. Vol\.? ?{_VOLUME}{_ISSUE},?\s?(?:(?P<date>{_DATE}))?"
        rf"(?:,\s?(?:pp?\.? ?)?(?:Article (?P<number>[\w-]{{1,20}})"
        rf"|(?P<page>[^;:]{{1,60}}?)))?\.?\Z",
        # ERIC
        rf"\.?,? v(?:ol)?\.?\s?{_VOLUME},?(?: n\s?(?P<issue>[\w/-]{{1,20}}),?)?"
        rf"(?: pp?\.? ?(?P<page>[\w-]{{1,30}}),?)?\.?(?: (?P<date>{_DATE}))?\.?\Z",
        # the start of any of them
        rf"\.? (?:Vol\.? ?|v)?{_VOLUME}\s?\((?P<issue>[^()]{{1,40}}(?:\([^()]{{1,9}}\))?)\)",
    )
)
_CONFERENCE: Final = re.compile(r"\.? Conference: (?P<rest>.*)", re.DOTALL)
_OF_CONFERENCE: Final = re.compile(r"\.? Conference (?:Start|End|Publication): ")
_DATE_LATER: Final = re.compile(rf"Date of Publication: (?P<date>(?:[0-9]{{1,2}} )?{_DATE})")
_ARTICLE: Final = re.compile(r"\bArticle Number: ([^\s,;]{1,40}?)\.?(?:\s|\Z)")
_SERIES: Final = re.compile(r"Series Information:\s*(?P<series>.{1,300}?)\.?\s*\Z")
_NO_PAGES: Final = "no pagination"

_PERSON_END: Final = re.compile(r"\[(?:Ed|Editor|Eds|Editors)\b[^\[\]]{0,80}\]")
_CHAPTER: Final = re.compile(
    r"[.,\s]*(?:\((?P<year>[0-9]{4})\)\.\s*)?(?P<title>.{1,500}?)"
    r"(?:\.?\s*\(pp?\.? (?P<page>[^()]{1,60})\)\.?(?: (?P<house>.{1,300}))?"
    r"|\.?:(?P<page2>[\w-]{1,30}), (?P<date>[^;:]{4,40}?))\.?\Z",
    re.DOTALL,
)
_COUNT: Final = re.compile(r"\A(?:[xivlc]{1,9}, )?[0-9]{1,5} pp?\.\s")
_BOOK: Final = re.compile(
    r"\((?P<year>[0-9]{4})\)\.\s*(?P<title>.{1,500}?)\.\s"
    r"(?:[xivlc]{1,9}, )?(?P<count>[0-9]{1,5}) pp?\.(?: (?P<house>.{1,300}?))?\.?\Z",
    re.DOTALL,
)


def parts_of_source(text: str) -> dict[str, str]:
    """Return journal, volume, issue, page and date of an article.

    Example:
        >>> parts_of_source("Annals of Ebb. 12(3):5-9, November 15, 2004.")
        {'journal': 'Annals of Ebb', 'volume': '12', 'issue': '3', 'page': '5-9', 'date': \
'November 15, 2004'}
        >>> parts_of_source("Annals of Ebb. Vol.12(3), Jan 2014, pp. 5-9.")["page"]
        '5-9'
    """
    text = text[:_LONGEST].strip()
    parts: dict[str, str] = {}
    series = _SERIES.search(text)
    if series:
        parts["series"] = series["series"].strip()
        text = text[: series.start()]
    for form in _FORMS:
        found = form.search(text)
        if found and text[: found.start()].strip():
            before = text[: found.start()]
            conference = _CONFERENCE.search(before)
            parts["journal"] = before[: conference.start() if conference else None].strip(" .,")
            if conference:
                parts |= _parts_of_conference(conference["rest"])
            parts |= {
                name: value.strip()
                for name, value in found.groupdict().items()
                if value and _NO_PAGES not in value.casefold()
            }
            break
    later = _DATE_LATER.search(text)
    if later and Date.parse(later["date"], problems=[]).literal is None:
        parts["date"] = later["date"]
    number = _ARTICLE.search(text)
    if number:
        parts["number"] = number[1]
    return parts


def _parts_of_conference(text: str) -> dict[str, str]:
    """Return title and place of a conference: `Ebb Days 2014. Oslo Norway. Conference Start: …`."""
    later = _OF_CONFERENCE.search(text)
    title, stop, place = text[: later.start() if later else None].strip(" .").rpartition(". ")
    if not stop or any(map(str.isdigit, place)):
        return {"event": f"{title}{stop}{place}"}
    return {"event": title, "event place": place}


def parts_of_chapter(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the editors of the book of a chapter, and title, pages, date and publisher.

    Example:
        >>> names, parts = parts_of_chapter("Roe, Ann [Ed]. (2014). On ebb. (pp. 5-9). Oslo: Tide.")
        >>> names, parts["title"], parts["page"], parts["publisher"]
        (['Roe, Ann'], 'On ebb', '5-9', 'Tide')
    """
    text = text[:_LONGEST].strip()
    parts: dict[str, str] = {}
    series = _SERIES.search(text)
    if series:
        parts["series"] = series["series"].strip()
        text = text[: series.start()]
    names: list[str] = []
    start = 0
    for found in _PERSON_END.finditer(text):
        names.append(text[start : found.start()].strip(" ,;."))
        start = found.end()
    rest = text[start:]
    whole = _CHAPTER.match(rest) or _BOOK.search(rest)
    if whole is None:
        return names, parts
    groups = {name: value for name, value in whole.groupdict().items() if value}
    parts["title"] = groups["title"].strip(" .,")
    for name, value in (
        ("page", groups.get("page") or groups.get("page2")),
        ("date", groups.get("date") or groups.get("year")),
        ("count", groups.get("count")),
    ):
        if value:
            parts[name] = value.strip()
    house = _COUNT.sub("", groups.get("house", "").strip(" ."))
    place, colon, house = house.partition(": ")
    if colon:
        parts |= {"place": place, "publisher": house}
    return names, parts
