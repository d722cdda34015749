"""The forms of document symbols and dates in a cite-as string."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from refcite.datewords import MONTHS, fold

__all__ = ["date_end", "is_date", "is_symbol", "kind_of_symbol", "symbol_start"]

# The site writes its dates in English; users who cite in another language may not.
_MONTH: Final = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th|er|[.º°])?"
_DAYS: Final = rf"{_DAY}(?:\s*(?:[-–/&]|and|to)\s*{_DAY})?"
_POINT: Final = (
    rf"(?:(?:{_DAYS} (?:de )?)?{_MONTH} (?:del? )?|(?:spring|summer|autumn|fall|winter) )?\d{{4}}"
)
# The patterns of dates are matched against folded text.
_DATE: Final = re.compile(
    rf"(?:(?:circa|ca?\.) ?)?{_POINT}(?: ?(?:[-–/]|to) ?{_POINT})?"
    rf"|(?:{_DAYS} )?{_MONTH} ?(?:[-–/]|and|to) ?(?:{_DAYS} )?{_MONTH} \d{{4}}"
    r"|\d{4}-\d\d(?:-\d\d)?|\d{1,2}[./]\d{1,2}[./]\d{4}|n\. ?d\.?|undated|no date"
    r"|date unknown|unknown date|s\. ?[df]\.?|o\. ?[dj]\.?|sans date|sin fecha|ohne datum"
)
# A year, `n.d.`, `undated`, `no date`: most parts of a string are none of these.
_ENDS_OF_DATES: Final = frozenset("0123456789.deafnjmDEAFNJM")
_DAY_FIRST: Final = re.compile(rf"{_DAYS} (?:de )?{_MONTH} (?:del? )?\d{{4}}")
# `January 18, 2017`, `18 January, 2017`, `January, 2017`: the year is after a comma.
_BEFORE_YEAR: Final = re.compile(rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|(?:{_DAYS} )?{_MONTH}")
_WEEKDAY: Final = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_YEAR: Final = re.compile(r"\d{4}")

_ROMAN: Final = r"\([IVXLCDM]+\)"
_NUMBER: Final = r"[Nn](?:os?|o\.s|r)\.? ?°?"
_SERIES: Final = (
    r"Application|Appl|App|Appeal|Case|Cases|Communication|Complaint|Petition|File|Docket|Decision"
    r"|Judgment|Request|Research Paper|Working Paper|Policy Paper|Paper|Briefing Paper|Report"
    r"|Series|Index"
)

# Each kind of symbol with its pattern; they are tried in this order.
_PATTERNS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("response", r"[A-Z]{3} ?\d{4,6}(?:\.[A-Z]{1,3})?"),
        (
            "treaty",
            r"(?:(?:United Nations|UN|League of Nations), )?Treaty Series(?: No\.? ?\d+|, .+)",
        ),
        ("treaty", r"(?:\d+ )?(?:UNTS|U\.N\.T\.S\.|LNTS|ILM|I\.L\.M\.|C?ETS|OASTS)[ ,].*\d"),
        ("treaty", r"C?ETS (?:No\.? ?)?\d+"),
        ("resolution", r"(?:[AS]|E)/RES/.+"),
        ("resolution", rf"(?:Resolution |Res\.? )?\d{{1,4}}(?: ?[A-Z])? ?{_ROMAN}"),
        ("resolution", rf"(?:Conclusion )?{_NUMBER}\d{{1,3}} {_ROMAN}(?: ?[-–,]? ?\d{{4}})?"),
        ("guidelines", r"HCR/(?:GIP|GS|1P|IP)/.+"),
        ("case", r"\[\d{4}\] .+|\(\d{4}\) \d+ [A-Z][A-Z. ]+ ?\d+"),
        ("case", r"[CTF][-–‑]\d{1,4}/\d\d(?: .+)?|(?:Joined )?Cases? [CT][-–‑]\d.+"),
        ("case", r"(?:CCPR|CAT|CEDAW|CRC|CERD|CESCR|E|CED|CRPD)/C/(?:[\w.]+/)+D/.+"),
        (
            "case",
            r"(?:Application|Appl|App|Communication|Complaint|Petition|Docket)s?\.?"
            rf" {_NUMBER}.*\d.*",
        ),
        ("legislation", r"\d{4}/\d+/(?:EC|EU|JHA|CFSP)|(?:OJ|O\.J\.) [LC].+"),
        (
            "other",
            r"(?=.*\d)(?:(?:UN |U\.N\. )?Doc\.? )?[A-Z][A-Za-z0-9.]*(?:/[\w.,()&‑–-]+)+"
            r"(?: .{1,40})?",
        ),
        ("other", r"\d{4}/[A-Z]{1,3} \d+(?:/\d+)+"),
        ("other", rf"(?:(?:{_SERIES})s? ?)?{_NUMBER}[\d(][^:]*"),
        ("other", rf"(?:{_SERIES})s? \d[\w./-]*|ISBN[ :].+|[A-Z]{{2,}}[ -]?\d{{3,}}[\w./-]*"),
        ("other", r"[A-Z]{1,4} ?\d{2}[ /]\d{2,3}[ /]\d{2,4}(?:[ /]\d+)?"),
    )
)
_MOST_PARTS: Final = 7
_LONGEST: Final = 120


def is_date(text: str) -> bool:
    """Return whether a part of a string is only a date.

    Example:
        >>> [is_date(text) for text in ("18 January 2017", "mai 2020", "2012", "in 2012")]
        [True, True, True, False]
    """
    if text[:1] + text[-1:] in ("()", "[]"):
        text = text[1:-1]
    return text[-1:] in _ENDS_OF_DATES and _is(_DATE, text)


def _is(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and pattern.fullmatch(fold(text)) is not None


def date_end(parts: Sequence[str]) -> tuple[int, int] | None:
    """Return the start and end of the last date in the parts of a string.

    A bare year directly after a full date belongs to the symbol.

    Example:
        >>> date_end(["Law", "5 May 2004", "2004", "No. 7"])
        (1, 2)
        >>> date_end(["Report", "January 18", "2017"])
        (1, 3)
        >>> date_end(["Report", "Monday", "5 May 2004"])
        (1, 3)
    """
    found = _last_date(parts)
    if found and found[0] and _is(_WEEKDAY, parts[found[0] - 1]):
        return found[0] - 1, found[1]
    return found


def _last_date(parts: Sequence[str]) -> tuple[int, int] | None:
    for index in range(len(parts) - 1, -1, -1):
        if not is_date(parts[index]):
            continue
        if index and _YEAR.fullmatch(parts[index]):
            if _is(_BEFORE_YEAR, parts[index - 1]):
                return index - 1, index + 1
            if _is(_DAY_FIRST, parts[index - 1]):
                return index - 1, index
        return index, index + 1
    return None


def kind_of_symbol(text: str) -> str | None:
    """Return the kind of a document according to its symbol, `other` if it is not known.

    Returns:
        None if the text does not have the form of a symbol.

    Example:
        >>> kind_of_symbol("IRQ105461.E"), kind_of_symbol("EC/61/SC/CRP.5")
        ('response', 'other')
        >>> kind_of_symbol("including the Lahore group")
    """
    return _kind_of_symbol(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=2_048)
def _kind_of_symbol(text: str) -> str | None:
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(text)), None)


def is_symbol(text: str) -> bool:
    """Return whether a text has the form of a document symbol."""
    return kind_of_symbol(text) is not None


def symbol_start(parts: Sequence[str]) -> int:
    """Return where the symbol at the end of the parts starts; their number if there is none.

    Symbols have commas, so the longest run of parts that is a symbol is used; there may be several
    consecutive symbols. The first part is never used: a part must remain for the title.

    Example:
        >>> symbol_start(["Convention", "United Nations", "Treaty Series", "vol. 189", "p. 137"])
        1
    """
    for start in range(max(1, len(parts) - _MOST_PARTS), len(parts)):
        if is_symbol(", ".join(parts[start:])) or all(map(is_symbol, parts[start:])):
            return start
    return len(parts)
