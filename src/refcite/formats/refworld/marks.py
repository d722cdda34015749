"""The numbers of footnotes at the start of lines."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from refcite.datewords import MONTHS, fold

__all__ = ["Mark", "mark_at"]


@frozen
class Mark:
    """The number at the start of a note.

    Attributes:
        number: The number; None for a letter, a Roman number or a sign.
        rest: The text after it.
        is_bare: Whether it is a number without a sign, which may also belong to the text.
        is_footnote: Whether only footnotes have this form of number; paragraphs also have `4.`.
    """

    number: int | None
    rest: str
    is_bare: bool = False
    is_footnote: bool = False


_SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FIGURES: Final = str.maketrans(_SUPERSCRIPTS, "0123456789")
_UPPER: Final = r"[^\W\d_a-zà-öø-ÿ]"
_TEXT: Final = rf"(?=(?-i:{_UPPER})|[\"“”‘„«(\[<*_]|(?i:ibid|id|see|cf|but see|voir|v[ée]ase)\b)"
# A year is not the number of a note: `[2019] EWCA Civ 1`.
_NUMBER: Final = r"(?!(?:1[89]|20)\d\d\b)\d{1,4}"
# A label with a full stop or a bracket, after which the text may begin without a space.
_FOOTNOTE: Final = re.compile(
    rf"(?:\[\^?(?P<square>{_NUMBER})\](?::|\.)?(?: |{_TEXT})"
    rf"|(?P<super>[{_SUPERSCRIPTS}]{{1,4}})[).:]? ?(?=\S)"
    rf"|\^\[?(?P<caret>{_NUMBER})\]?\^?[.:)]? ?(?=\S)"
    rf"|<sup>\W?(?P<sup>{_NUMBER})\W?</sup> ?(?=\S)"
    rf"|(?:fn|ftn|footnote|endnote)s?\.? ?(?P<label>{_NUMBER})[.:)\]]?(?: [-–—])? (?=\S)"
    rf"|(?:n|nn|note|en)\.? ?(?P<note>{_NUMBER})[.:)\]](?: [-–—])? ?(?=\S)"
    rf"|n\.? ?(?P<short>{_NUMBER}) {_TEXT}"
    r"|(?P<sign>[†‡§]{1,3}) ?(?=\S))",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    rf"(?:\((?P<round>{_NUMBER})\)|(?P<point>{_NUMBER})(?:[.:)\]/]{{1,2}}|(?= [-–—] )))"
    rf"(?: [-–—])?(?: |{_TEXT})"
    r"|(?:\((?:[a-z]|[ivxlc]{1,7})\)|\[(?:[a-z]|[ivxlc]{1,7})\]|(?:[a-z]|[ivxlc]{2,7})\)"
    r"|[ivxlc]{2,7}\.) (?=\S)"
)
_BARE: Final = re.compile(rf"(?P<bare>\d{{1,3}}) ?{_TEXT}")
_MONTH: Final = re.compile(
    rf"(?:(?:de )?(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b|of \w|and \d)"
)


def mark_at(text: str) -> Mark | None:
    """Return the number of a note at the start of a line.

    Args:
        text: The line, its white space collapsed.

    Example:
        >>> [mark.number for mark in map(mark_at, ("[7] A", "¹⁵ A", "fn. 16: A", "4.A")) if mark]
        [7, 15, 16, 4]
        >>> mark_at("12 UNHCR").is_bare, mark_at("12 March 2019"), mark_at("[2019] EWCA Civ 1")
        (True, None, None)
    """
    found = _FOOTNOTE.match(text) or _NUMBERED.match(text) or _BARE.match(text)
    if not found:
        return None
    rest = text[found.end() :].lstrip()
    if _MONTH.match(fold(rest[:20])):
        return None
    label = next(filter(None, found.groupdict().values()), "")
    figures = label.translate(_FIGURES)
    return Mark(
        number=int(figures) if figures.isdecimal() else None,
        rest=rest,
        is_bare=found.re is _BARE,
        is_footnote=found.re is _FOOTNOTE,
    )
