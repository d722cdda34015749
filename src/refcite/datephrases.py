"""Months of languages in which their names are phrases or have vowel signs.

In Vietnamese and Mongolian a month is its number and the word for month. Letters of Thai, Hindi
and Khmer have signs that are no letters, and Thai's abbreviations have full stops. Source of the
names: the CSL locales, and common spellings next to them.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.datewords import fold

__all__ = [
    "FILLERS",
    "MONTH",
    "YEAR",
    "has_phrases",
    "month_of_phrase",
    "western_year",
    "with_figures",
    "with_words",
]

_NAMES: Final = {
    1: "มกราคม|ม.ค.|जनवरी|जन.|មករា|tháng giêng|tháng một|нэгдүгээр сар",
    2: "กุมภาพันธ์|ก.พ.|फ़रवरी|फरवरी|फ़र.|កុម្ភៈ|tháng hai|хоёрдугаар сар",
    3: "มีนาคม|มี.ค.|मार्च|មីនា|tháng ba|гуравдугаар сар",
    4: "เมษายน|เม.ย.|अप्रैल|មេសា|tháng tư|дөрөвдүгээр сар",
    5: "พฤษภาคม|พ.ค.|मई|ឧសភា|tháng năm|тавдугаар сар",
    6: "มิถุนายน|มิ.ย.|जून|មិថុនា|tháng sáu|зургаадугаар сар|зургадугаар сар",
    7: "กรกฎาคม|ก.ค.|जुलाई|កក្កដា|tháng bảy|долдугаар сар|долоодугаар сар",
    8: "สิงหาคม|ส.ค.|अगस्त|अग.|សីហា|tháng tám|наймдугаар сар",
    9: "กันยายน|ก.ย.|सितम्बर|सितंबर|सित.|កញ្ញា|tháng chín|есдүгээр сар",
    10: "ตุลาคม|ต.ค.|अक्टूबर|अक्तूबर|अक्ट.|តុលា|tháng mười|аравдугаар сар",
    11: "พฤศจิกายน|พ.ย.|नवम्बर|नवंबर|नव.|វិច្ឆិកា|tháng mười một|арван нэгдүгээр сар",
    12: "ธันวาคม|ธ.ค.|दिसम्बर|दिसंबर|दिस.|ធ្នូ|tháng mười hai|арван хоёрдугаар сар",
}
_NUMBERS: Final = {
    fold(name): number for number, names in _NAMES.items() for name in names.split("|")
}
_ENGLISH: Final = (
    "",
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def _longest_first(texts: set[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


_SPELLED: Final = {name for names in _NAMES.values() for name in names.split("|")}.union(_NUMBERS)
_WITH_CASE: Final = {name for name in _SPELLED if name != name.upper()}
MONTH: Final = (
    # Patterns that ignore case are slower.
    rf"(?:{_longest_first(_SPELLED - _WITH_CASE)}"
    rf"|(?i:(?:{_longest_first(_WITH_CASE)})(?:ын\b)?"
    r"|\b(?:th[aá]ng|thg\.?)\s?(?:1[0-2]|0?[1-9])(?!\d)"
    r"|(?<!\d)(?:1[0-2]|0?[1-9])(?:-?р|[- ]?д[уү]г[аэ]{2}р)?\sсар(?:ын)?\b))"
)
"""The pattern of a month, in its original spelling or folded."""
YEAR: Final = r"(?:19|20|2[45])[0-9]{2}"
"""The pattern of a year of our era or, in Thai, of the Buddhist era."""
_FILLER_TEXTS: Final = ("วันที่", "พ.ศ.", "ค.ศ.", "ថ្ងៃទី", "ខែ", "ឆ្នាំ")
FILLERS: Final = (
    rf"(?i:{_longest_first({*_FILLER_TEXTS, *map(fold, _FILLER_TEXTS)})}"
    r"|\bngày\b|\bngay\b|\bnăm\b|\bnam\b|\bоны?\b)"
)
"""The pattern of the words between day, month and year."""

_MARKS: Final = ("háng", "thang ", "thg", " сар")
_SCRIPTS: Final = re.compile("[\u0900-\u097f\u0e00-\u0e7f\u1780-\u17ff]")
_FIGURES: Final = {
    zero + value: ord("0") + value for zero in (0x0966, 0x0E50, 0x17E0) for value in range(10)
}
_OTHER_FIGURE: Final = re.compile("[\u0966-\u096f\u0e50-\u0e59\u17e0-\u17e9]")
_MONTH: Final = re.compile(MONTH)
_FILLER: Final = re.compile(FILLERS)
_THAI: Final = re.compile("[\u0e00-\u0e7f]")
_BUDDHIST: Final = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_BEFORE_CHRIST: Final = 543
"""The years of the Buddhist era before the first of ours."""


def has_phrases(text: str) -> bool:
    """Return whether a text may contain a month that is a phrase.

    Example:
        >>> has_phrases("4 tháng 5, 2019"), has_phrases("4 mai 2019")
        (True, False)
    """
    return any(mark in text for mark in _MARKS) or (
        not text.isascii() and _SCRIPTS.search(text) is not None
    )


def with_figures(text: str) -> str:
    """Return a text of the same length in which the figures of Thai, Hindi and Khmer are 0 to 9."""
    return text.translate(_FIGURES) if _OTHER_FIGURE.search(text) else text


def month_of_phrase(phrase: str) -> int:
    """Return the number of a month; 0 if it is none.

    Example:
        >>> month_of_phrase("พ.ค."), month_of_phrase("Tháng 5"), month_of_phrase("5-р сарын")
        (5, 5, 5)
    """
    folded = fold(phrase).removesuffix("ын")
    figures = re.search("[0-9]+", folded)
    return int(figures[0]) if figures else _NUMBERS.get(folded, 0)


def western_year(year: int, month: str) -> int:
    """Return the year of our era; a year after 2400 with a Thai month is one of the Buddhist era.

    Example:
        >>> western_year(2562, "พฤษภาคม"), western_year(2019, "พฤษภาคม")
        (2019, 2019)
    """
    return year - _BEFORE_CHRIST if year >= 2400 and _THAI.search(month) else year


def with_words(text: str) -> str:
    """Return a folded date with the English names of its months and without words between them.

    Example:
        >>> with_words("ngay 4 thang 5 nam 2019").split(), with_words("4 mai 2019")
        (['4', 'may', '2019'], '4 mai 2019')
    """
    if not has_phrases(text):
        return text
    text = with_figures(text)
    found = _MONTH.search(text)
    if found is None:
        return text
    if _THAI.search(found[0]):
        text = _BUDDHIST.sub(lambda year: str(int(year[0]) - _BEFORE_CHRIST), text)
    text = _MONTH.sub(lambda month: f" {_ENGLISH[month_of_phrase(month[0])]} ", text)
    return _FILLER.sub(" ", text)
