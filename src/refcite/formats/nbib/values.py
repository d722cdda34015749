"""Names, titles, dates and numbers as MEDLINE writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from refcite.dates import Date, Point
from refcite.names import Name, read_list, write_one
from refcite.names.grammar import is_suffix

__all__ = [
    "article_number",
    "chosen_issn",
    "place_in",
    "read_name",
    "read_pages",
    "read_short_name",
    "read_title",
    "short_name",
    "volume_in",
    "write_date",
    "write_day",
    "write_name",
    "write_title",
]

# Names

_INITIALS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,4}")


def read_name(text: str) -> Name:
    """Read a full name: `Last, First Suffix`.

    Example:
        >>> read_name("Rockefeller, John D 3rd")
        Name(family='Rockefeller', given='John D', suffix='3rd')
    """
    return Name.of_inverted(text)


def write_name(name: Name) -> str:
    """Return a name in full.

    Example:
        >>> write_name(Name(family="Rockefeller", given="John D", suffix="3rd"))
        'Rockefeller, John D 3rd'
    """
    if name.given and name.suffix and is_suffix(name.suffix.split()):
        text = f"{name.replace(suffix=None).inverted()} {name.suffix}"
        if read_list(text).names == (name,):
            return text
    return write_one(name)


def read_short_name(text: str) -> Name:
    """Read a name with initials: `Last FM Suffix`.

    Example:
        >>> read_short_name("van der Berg JA Jr")
        Name(family='Berg', given='J A', non_dropping_particle='van der', suffix='Jr')
    """
    if "," in text:
        return Name.of_inverted(text)  # as ERIC writes it
    words = text.split()
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1:]) else ""
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        return Name.of_parts(" ".join(words[:-1]), " ".join(words[-1]), suffix)
    return Name.of_inverted(text)


def short_name(name: Name) -> str:
    """Return a name with initials.

    Example:
        >>> short_name(Name(family="Sartre", given="Jean-Paul"))
        'Sartre JP'
    """
    if name.literal is not None:
        return name.literal
    parts = name.parts()
    words = re.split(r"[\s\-‐]+", name.given or "")
    initials = "".join(word[0].upper() for word in words if word and word[0].isalpha())
    return " ".join(filter(None, (parts.family, initials, parts.suffix.rstrip("."))))


# Titles


_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:al|etc|[Ii]nc|[Ll]td|[Cc]orp|Co|Jr|Sr|spp?|subsp|ssp|nov|vs|cf)|\b(?:[A-Za-z]\.)+[A-Za-z])"
    r"\.\Z"
)
"""Texts that end with their own full stop, after which MEDLINE adds none: `U.S.`, `et al.`"""
_LONGEST_ABBREVIATION: Final = 20


def read_title(text: str) -> str:
    """Return a title without the full stop that MEDLINE puts after each.

    Example:
        >>> read_title("On light."), read_title("What is light?"), read_title("Wait...")
        ('On light', 'What is light?', 'Wait...')
        >>> read_title("Lamps in the U.S."), read_title("[Translated title.]")
        ('Lamps in the U.S.', '[Translated title]')
    """
    if text.startswith("[") and text.endswith("]"):
        return f"[{read_title(text[1:-1])}]"
    if not text.endswith(".") or text.endswith("..."):
        return text
    return text if _ABBREVIATION.search(text[-_LONGEST_ABBREVIATION:]) else text[:-1]


def write_title(title: str) -> str:
    """Return a title as MEDLINE writes it.

    Example:
        >>> write_title("On light"), write_title("What is light?"), write_title("[Translated]")
        ('On light.', 'What is light?', '[Translated.]')
    """
    if title.startswith("[") and title.endswith("]"):
        return f"[{write_title(title[1:-1])}]"
    if title.endswith(("?", "!", "...")):
        return title
    return title if title.endswith(".") and read_title(title) == title else f"{title}."


# Dates

_SEASON_NAMES: Final = ("", "Spring", "Summer", "Fall", "Winter")
_MONTH_WORDS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTH_NAMES: Final = ("", *_MONTH_WORDS.split())


def write_date(date: Date) -> str:
    """Return a date as MEDLINE writes it, in EDTF if it has no form for it.

    Example:
        >>> write_date(Date.parse("2019-01/2019-02")), write_date(Date.of(2019, 3, 15))
        ('2019 Jan-Feb', '2019 Mar 15')
        >>> write_date(Date.parse("c. 1950"))
        '1950~'
    """
    text = _written(date)
    return text if text and Date.parse(text, problems=[]) == date else str(date)


def _written(date: Date) -> str | None:
    start, end = date.start, date.end
    if date.literal is not None:
        return date.literal
    if not isinstance(start, Point):
        return None
    if end is None:
        return _point(start)
    if not isinstance(end, Point):
        return None
    if start.year != end.year:
        return f"{_point(start)}-{_point(end)}"
    if start.month is not None and start.month == end.month and start.day and end.day:
        return f"{_point(start)}-{end.day}"
    return f"{_point(start)}-{_point(end)[5:]}"


def _point(point: Point) -> str:
    words = (
        f"{point.year:04}",
        _SEASON_NAMES[point.season or 0],
        _MONTH_NAMES[point.month or 0],
        str(point.day or ""),
    )
    return " ".join(filter(None, words))


def write_day(date: Date, separator: str = "") -> str:
    """Return a day in eight figures, in EDTF if it is not a day.

    Example:
        >>> write_day(Date.of(2019, 3, 5)), write_day(Date.of(2019, 3, 5), "/")
        ('20190305', '2019/03/05')
        >>> write_day(Date.of(2019, 3))
        '2019-03'
    """
    text = str(date)
    return text.replace("-", separator) if len(text) == 10 and date.day else text


# Numbers

_ISSN: Final = re.compile(r"\s*+(\d{4}-?\d{3}[\dXx])\s*+(?:\((\w+)\)\s*+)?")
_PART: Final = re.compile(
    r"(?:[a-z]+ ){0,3}[A-Za-z]{0,3}\d{1,12}[A-Za-z]?(?:-[A-Za-z]{0,3}\d{1,12}[A-Za-z]?)?"
)
_BETWEEN: Final = re.compile(r"[,;] ?")
_LONGEST_PAGES: Final = 200
_RANGE: Final = re.compile(
    r"([A-Za-z]{0,3})(?<!\d)(\d+)([A-Za-z]?)-([A-Za-z]{0,3})(\d+)([A-Za-z]?)"
)
_ARTICLE_NUMBER: Final = re.compile(r"([A-Za-z]{1,2}\d{1,8}|\d{1,6})(?: \[pii\])?")
_VOLUME: Final = re.compile(
    r"\b(?:1[5-9]|20)[0-9]{2}\b[^;:]{0,20};\s?(?P<volume>[^\s;:()][^;:()]{0,30})?"
    r"(?:\((?P<issue>[^;:()]{1,30})\))?:"
)
_PLACE: Final = re.compile(r"(?:;[^;:]*|(?:\A|\. )[\w() ]{0,40}):(?! )([^.;:]+)\.")


def chosen_issn(texts: Sequence[str]) -> str | None:
    """Return one of several ISSNs: the first without a label, otherwise the first not for linking.

    Example:
        >>> chosen_issn(["1234-5679 (Linking)", "0028-0836 (Electronic)"])
        '0028-0836'
    """
    found = [match for match in map(_ISSN.fullmatch, texts) if match]
    found.sort(key=lambda match: (match[2] is not None) + ((match[2] or "").lower() == "linking"))
    return found[0][1] if found else texts[0] if texts else None


def read_pages(text: str) -> str:
    """Return pages whose last numbers are written out; other text is unchanged.

    Example:
        >>> read_pages("101-9"), read_pages("S93-9"), read_pages("e12-5; author reply e15-6")
        ('101-109', 'S93-S99', 'e12-e15; author reply e15-e16')
        >>> read_pages("2019-12"), read_pages("Suppl A"), read_pages("45A-9A")
        ('2019-12', 'Suppl A', '45A-49A')
    """
    is_read = len(text) <= _LONGEST_PAGES and all(map(_PART.fullmatch, _BETWEEN.split(text)))
    return _RANGE.sub(_written_out, text) if is_read else text


def _written_out(found: re.Match[str]) -> str:
    letters, start, letter, other_letters, end, last_letter = found.groups()
    whole = start[: max(len(start) - len(end), 0)] + end
    if other_letters not in ("", letters) or int(whole) < int(start):
        return found[0]
    return f"{letters}{start}{letter}-{letters}{whole}{last_letter}"


def article_number(text: str) -> str | None:
    """Return the number of an article that an identifier in `LID` is, or None.

    Example:
        >>> article_number("e123 [pii]"), article_number("S0000-1111(19)30001-2 [pii]")
        ('e123', None)
    """
    found = _ARTICLE_NUMBER.fullmatch(text)
    return found[1] if found else None


def place_in(summary: str) -> str | None:
    """Return the pages, or the article's number, in the line that sums a citation up.

    Example:
        >>> place_in("J Light Res. 2019 Feb;12(3):e123. doi: 10.1000/abc.")
        'e123'
    """
    found = _PLACE.search(summary)
    return found[1].strip() if found else None


def volume_in(summary: str) -> dict[str, str]:
    """Return the volume and the issue in the line that sums a citation up.

    Example:
        >>> volume_in("J Light Res. 2019 Feb;12(3):e123. doi: 10.1000/abc.")
        {'volume': '12', 'issue': '3'}
        >>> volume_in("J Light Res. 2019;(3):12-4."), volume_in("J Light Res. 2019 Feb 3.")
        ({'issue': '3'}, {})
    """
    found = _VOLUME.search(summary)
    return {name: text for name, text in found.groupdict().items() if text} if found else {}
