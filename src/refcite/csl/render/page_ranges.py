"""Page ranges (specification, "Page Ranges", appendix V).

A range is two numbers with a hyphen or dash between them. Both may have one and the same prefix
(`S213-S235`) or be Roman numerals; letters may follow. Numbers with different prefixes (`N110-P5`)
are not a range, and keep their hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal

__all__ = ["PageRangeFormat", "format_locator", "format_pages", "is_roman", "shortened"]

PageRangeFormat = Literal[
    "expanded", "minimal", "minimal-two", "chicago", "chicago-15", "chicago-16"
]

# Two words with a hyphen between them; with a third hyphen, the text is not a range.
_RANGE: Final = re.compile(
    r"(?<![^\s,;&(\[])([^\s,;&()\[\]\-\u2013]+)\s*[-\u2013]+\s*([^\s,;&()\[\]\-\u2013]+)(?![^\s,;&)\].])"
)
# The same with hyphens only: a dash there was chosen by the writer.
_HYPHENATED: Final = re.compile(
    r"(?<![^\s,;&(\[])([^\s,;&()\[\]\-\u2013]+)\s*-+\s*([^\s,;&()\[\]\-\u2013]+)(?![^\s,;&)\].])"
)
# Between parts in brackets: `2(a)-(c)`, `[39]-[52]`.
_BRACKETED: Final = re.compile(r"(?<=[)\]])-(?=[(\[])")
# Other dashes and hyphens between two numbers, which are typed for the same purpose.
_OTHER_DASHES: Final = re.compile(r"(?<=[0-9])\s*[\u2010-\u2012\u2014\u2015\u2212]+\s*(?=[0-9])")
_NUMBER: Final = re.compile(r"((?:[0-9]*[A-Za-z]+)?)([0-9]+)([a-z]*)(\.?)")
_ROMAN: Final = re.compile(
    r"(?=.)m*(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE
)
# No page has so many digits; Python rejects much longer numbers.
_LONGEST: Final = 100
_AMPERSAND: Final = re.compile(r"(?<=[0-9])\s*&\s*(?=[0-9])")


def format_pages(
    text: str,
    range_format: str | None,
    delimiter: str,
    ampersand: str = "&",
) -> str:
    """Return the `page` variable, or a locator of pages, with its ranges in the style's format.

    Args:
        text: Pages, such as `101-108, 120`.
        range_format: The style's `page-range-format` (`PageRangeFormat`); None, or a format that
            CSL does not have, leaves the numbers as they are.
        delimiter: The locale's `page-range-delimiter`.
        ampersand: The locale's symbol for "and".

    Example:
        >>> format_pages("1496-1504, 71-2", "minimal", "–")
        '1496–504, 71–2'
        >>> format_pages("101-108", "chicago", "–"), format_pages("N110 - 5", "expanded", "–")
        ('101–8', 'N110-5')
        >>> format_pages("101—108", "chicago", "–")
        '101–8'
    """
    if text.isdigit():
        return text
    if not text.isascii():
        text = _OTHER_DASHES.sub("-", text)
    shorten = _SHORTENERS.get(range_format or "")
    return _with_ranges(text, shorten, delimiter, ampersand)


def shortened(first: str, last: str, range_format: str | None) -> str:
    """Return the last number of a range as a format has it.

    Example:
        >>> shortened("1990", "1995", "minimal-two"), shortened("1990", "1995", None)
        ('95', '1995')
    """
    shorten = _SHORTENERS.get(range_format or "")
    if shorten is None or not (first.isdigit() and last.isdigit()) or len(first) != len(last):
        return last
    return shorten(first, last)


def format_locator(
    text: str, range_format: str | None, delimiter: str, ampersand: str = "&"
) -> str:
    """Return a locator, or a number, whose ranges are not shortened; its dashes stay.

    Example:
        >>> format_locator("200 - 201", "minimal", "–")
        '200–201'
    """
    if text.isdigit():
        return text
    return _with_ranges(text, None, delimiter, ampersand, _HYPHENATED)


def is_roman(text: str) -> bool:
    """Return whether a text is a Roman numeral.

    Example:
        >>> is_roman("xxviii"), is_roman("civil"), is_roman("")
        (True, False, False)
    """
    return _ROMAN.fullmatch(text) is not None


Shorten = Callable[[str, str], str]
"""Computes the last number of a range in a format from the first and the full last number."""


def _with_ranges(
    text: str,
    shorten: Shorten | None,
    delimiter: str,
    ampersand: str,
    ranges: re.Pattern[str] = _RANGE,
) -> str:
    if "&" in text:
        text = _AMPERSAND.sub(lambda _: f" {ampersand} ", text)
    if "\\-" in text:
        # A hyphen that the writer has protected forms no range.
        return text.replace("\\-", "-")
    if "-" not in text and "\u2013" not in text:
        return text
    text = _BRACKETED.sub(delimiter, text)
    return ranges.sub(lambda found: _range(found, shorten, delimiter), text)


def _range(found: re.Match[str], shorten: Shorten | None, delimiter: str) -> str:
    first, last = _NUMBER.fullmatch(found[1]), _NUMBER.fullmatch(found[2])
    if first is None or last is None:
        if is_roman(found[1]) and is_roman(found[2]):
            return f"{found[1]}{delimiter}{found[2]}"
        numbered = any(map(str.isdigit, found[1])) and any(map(str.isdigit, found[2]))
        return f"{found[1]}-{found[2]}" if numbered else found[0]
    if first[1] != last[1]:
        return f"{found[1]}-{found[2]}"
    if first[3] or last[3] or shorten is None:
        return f"{found[1]}{delimiter}{found[2]}"
    return _numbers(first, last, shorten, delimiter)


def _numbers(first: re.Match[str], last: re.Match[str], shorten: Shorten, delimiter: str) -> str:
    prefix, begin = first[1], first[2]
    whole = last[2]
    if len(whole) < len(begin):
        whole = begin[: len(begin) - len(whole)] + whole
    if len(whole) > _LONGEST or int(whole) <= int(begin):
        return f"{first[0]}{delimiter}{last[0]}"
    end = shorten(begin, whole)
    # A number that has lost digits has lost its prefix too.
    again = prefix if len(end) == len(whole) and shorten is _expanded else ""
    return f"{prefix}{begin}{delimiter}{again}{end}{last[4]}"


def _expanded(begin: str, end: str) -> str:
    return end


def _minimal(begin: str, end: str, least: int = 1) -> str:
    if len(begin) != len(end):
        return end
    same = 0
    while same < len(end) - least and begin[same] == end[same]:
        same += 1
    return end[same:]


def _minimal_two(begin: str, end: str) -> str:
    return _minimal(begin, end, 2)


def _chicago_15(begin: str, end: str) -> str:
    first, last = int(begin), int(end)
    if first > 100 and first % 100 and first // 100 == last // 100:
        return str(last % 100)
    if first >= 10_000:
        return str(last % 1000)
    return end


def _chicago_16(begin: str, end: str) -> str:
    first, last = int(begin), int(end)
    if first > 100 and first % 100:
        for digits in range(2, len(end)):
            if first // 10**digits == last // 10**digits:
                return str(last % 10**digits)
    return end


_SHORTENERS: Final[dict[str, Shorten]] = {
    "expanded": _expanded,
    "minimal": _minimal,
    "minimal-two": _minimal_two,
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
}
