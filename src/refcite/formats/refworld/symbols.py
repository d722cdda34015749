"""What document symbols and dates look like inside a cite-as string."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["date_end", "is_date", "is_symbol", "kind_of_symbol", "symbol_start"]

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAYS: Final = r"\d{1,2}(?:st|nd|rd|th)?(?:\s*(?:[-–/&]|and|to)\s*\d{1,2}(?:st|nd|rd|th)?)?"
_POINT: Final = rf"(?:(?:{_DAYS} )?{_MONTH} |(?:Spring|Summer|Autumn|Fall|Winter) )?\d{{4}}"
_DATE: Final = re.compile(
    rf"(?:(?:circa|ca?\.) ?)?{_POINT}(?: ?(?:[-–/]|to) ?{_POINT})?"
    rf"|(?:{_DAYS} )?{_MONTH} ?(?:[-–/]|and|to) ?(?:{_DAYS} )?{_MONTH} \d{{4}}"
    r"|\d{4}-\d\d(?:-\d\d)?|\d{1,2}[./]\d{1,2}[./]\d{4}|n\.d\.|undated|no date",
    re.IGNORECASE,
)
_DAY_FIRST: Final = re.compile(rf"{_DAYS} {_MONTH} \d{{4}}", re.IGNORECASE)
_AMERICAN: Final = re.compile(rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}")

_ROMAN: Final = r"\([IVXLCDM]+\)"
_NUMBER: Final = r"[Nn](?:os?|o\.s|r)\.? ?°?"
_SERIES: Final = (
    r"Application|Appl|App|Appeal|Case|Cases|Communication|Complaint|Petition|File|Docket|Decision"
    r"|Judgment|Request|Research Paper|Working Paper|Policy Paper|Paper|Briefing Paper|Report"
    r"|Series|Index"
)

# Each kind of symbol with its pattern; what stands first is tried first.
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
    """Tell whether a part of a string is a date and nothing else.

    Example:
        >>> [is_date(text) for text in ("18 January 2017", "May 2020", "2012", "in 2012")]
        [True, True, True, False]
    """
    return len(text) <= _LONGEST and _DATE.fullmatch(text) is not None


def date_end(parts: Sequence[str]) -> tuple[int, int] | None:
    """Return where in the parts of a string the last date starts and ends.

    A bare year directly behind a full date belongs to the symbol.

    Example:
        >>> date_end(["Law", "5 May 2004", "2004", "No. 7"])
        (1, 2)
        >>> date_end(["Report", "January 18", "2017"])
        (1, 3)
    """
    for index in range(len(parts) - 1, -1, -1):
        if not is_date(parts[index]):
            continue
        if index and _YEAR.fullmatch(parts[index]):
            if _AMERICAN.fullmatch(parts[index - 1]):
                return index - 1, index + 1
            if _DAY_FIRST.fullmatch(parts[index - 1]):
                return index - 1, index
        return index, index + 1
    return None


def kind_of_symbol(text: str) -> str | None:
    """Return what a document symbol says of its document, `other` where it says nothing.

    Returns:
        None where the text does not look like a symbol.

    Example:
        >>> kind_of_symbol("IRQ105461.E"), kind_of_symbol("EC/61/SC/CRP.5")
        ('response', 'other')
        >>> kind_of_symbol("including the Lahore group")
    """
    if len(text) > _LONGEST:
        return None
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(text)), None)


def is_symbol(text: str) -> bool:
    """Tell whether a text looks like a document symbol."""
    return kind_of_symbol(text) is not None


def symbol_start(parts: Sequence[str]) -> int:
    """Return where the symbol at the end of the parts starts; their number where there is none.

    Symbols have commas, so the longest run of parts that is one is taken. The first part is
    never taken: something must be left for the title.

    Example:
        >>> symbol_start(["Convention", "United Nations", "Treaty Series", "vol. 189", "p. 137"])
        1
    """
    for start in range(max(1, len(parts) - _MOST_PARTS), len(parts)):
        if is_symbol(", ".join(parts[start:])):
            return start
    return len(parts)
