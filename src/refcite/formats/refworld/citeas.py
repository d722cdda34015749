"""A bare cite-as string, read from the right.

The right end is certain (`availability`), and so is the last date. The borders in the text to the
left of the date have no punctuation (`description`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve, field, frozen

from refcite.dates import Date
from refcite.datetext import is_no_date
from refcite.formats.refworld.availability import Availability, read_availability
from refcite.formats.refworld.description import Context, Description, Hints, read_description
from refcite.formats.refworld.publishers import Publishers
from refcite.formats.refworld.sentences import is_page, without_signal
from refcite.formats.refworld.symbols import date_end, is_date, kind_of_symbol
from refcite.formats.refworld.text import plain
from refcite.formats.refworld.urls import Address, read_address
from refcite.problems import Problem, Severity

__all__ = ["CiteAs", "Hints", "read_cite_as"]


@frozen(kw_only=True)
class CiteAs:
    """The parts of a cite-as string.

    Attributes:
        description: The parts to the left of the date, and the symbol on either side of it.
        issued: The date of the document.
        availability: The URL, notes and access date at the right end.
        locator: The page or paragraph after the date and the symbol.
        address: The data in the URL, if it is one of Refworld's.
        problems: The guessed borders, and the text that could not be read.
    """

    description: Description
    issued: Date | None = None
    availability: Availability = field(factory=lambda: Availability(head=""))
    locator: str | None = None
    address: Address | None = None
    problems: tuple[Problem, ...] = ()


_LONGEST: Final = 6_000
_BULLET: Final = re.compile(
    r"^(?:[-–—*•·‣>|#]+ |\[\^?\w{1,4}\]:? |\(?\d{1,3}[.)] |(?:Cite as|CITE AS)\b ?(?:[:|] ?)?)+"
)
_COMMA_INSIDE: Final = re.compile(r",([\"”’»“])(?= |$)")
_QUOTED: Final = re.compile(
    r"\"([^\"“”]+)\"|[“„]([^“”„\"]+)[”“]|‘([^‘]+)’|«([^«»]+)»|'(?=\S)((?:[^']|'(?=\w))+)'"
)
_MONTH_FIRST: Final = re.compile(r"\(([^\W\d_]{3,9}\.?) (\d{1,2}), (\d{4})\)")
_IN_BRACKETS: Final = re.compile(r" \((?P<date>[^()]{6,40})\)(?: (?P<symbol>\S[^()]{0,60}))?$")
_MONTH: Final = re.compile(r"[^\W\d_]{3}")
_WITH_PAGES: Final = frozenset({"treaty", "legislation"})
_ADDRESS: Final = re.compile(r"<?(?:https?://|www\.)\S*", re.IGNORECASE)
# A longer text after a URL is prose that contains the URL.
_LONGEST_REMARK: Final = 60


def read_cite_as(
    text: str,
    publishers: Publishers,
    hints: Hints | None = None,
    *,
    day_first: bool | None = None,
) -> CiteAs | None:
    """Read one cite-as string, of the classic form, the form since 2023, or similar.

    Args:
        text: The string; white space and entities are ignored.
        publishers: The known publishers.
        hints: The data from the page.
        day_first: The reading of `01/02/2017`.

    Returns:
        The parts, or None if the text is not such a string.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> parts = read_cite_as("Freedom House, Freedom in the World 2018 - Kazakhstan,"
        ...     " 1 August 2018, available at: https://www.refworld.org/docid/5b7bcc75a.html"
        ...     " [accessed 1 November 2019]", known_publishers())
        >>> parts.description.publisher.name, parts.description.title, str(parts.issued)
        ('Freedom House', 'Freedom in the World 2018 - Kazakhstan', '2018-08-01')
    """
    if len(text) > 2 * _LONGEST:
        return None
    text = without_signal(_BULLET.sub("", plain(text)))
    if "," not in text or len(text) > _LONGEST:
        return None
    availability = read_availability(text, day_first=day_first)
    address = read_address(availability.url) if availability.url else None
    # Markdown contains marks of emphasis.
    head = _COMMA_INSIDE.sub(r"\1,", availability.head.replace(" ,", ","))
    head = _MONTH_FIRST.sub(r"(\2 \1 \3)", head)
    stripped = (part.strip("*_ ") for part in head.split(", "))
    parts = [part for part in stripped if part and not _ADDRESS.fullmatch(part)]
    if date_end(parts) is None:
        parts = _with_date_in_brackets(parts)
    start, end = date_end(parts) or (len(parts), len(parts))
    has_date = start < end
    if start == 0 or not (has_date or _is_addressed(availability, address)):
        return None
    symbol, locator = _split_locator(parts[end:])
    context = _context_of(symbol, availability, address, publishers, hints or Hints())
    description = read_description(parts[:start], context)
    if not _is_convincing(description, availability, address, has_date=has_date):
        return None
    problems: list[Problem] = []
    issued = None
    date = ", ".join(parts[start:end])
    if has_date and not is_no_date(date):
        issued = Date.parse(date, day_first=day_first, problems=problems)
    elif not has_date:
        problems.append(_NO_DATE)
    return CiteAs(
        description=evolve(description, title=_unquoted(description.title)),
        locator=locator,
        issued=issued,
        availability=availability,
        address=address,
        problems=(*description.problems, *availability.problems, *problems),
    )


def _context_of(
    symbol: str,
    availability: Availability,
    address: Address | None,
    publishers: Publishers,
    hints: Hints,
) -> Context:
    known = address or Address()
    # In the classic form, the symbol is after the date; in the form since 2023, before it.
    is_new = not symbol and not availability.is_announced
    return Context(
        publishers=publishers,
        hints=hints,
        symbol=symbol or None,
        is_new=is_new or known.is_new,
        is_law=hints.is_legislation or known.is_law,
        is_case=known.type == "caselaw",
    )


def _is_addressed(availability: Availability, address: Address | None) -> bool:
    """Return whether a string has an end that only citations have."""
    if address is None or not address.docid:
        return availability.is_announced or availability.accessed is not None
    return availability.accessed is not None or len(availability.remark or "") <= _LONGEST_REMARK


def _is_convincing(
    description: Description, availability: Availability, address: Address | None, *, has_date: bool
) -> bool:
    """Return whether a line is a citation, and not only a line with a URL or a date."""
    is_known = not description.problems and (
        description.publisher is not None or description.country is not None
    )
    is_addressed = _is_addressed(availability, address)
    return bool(description.title) and (
        (has_date and (is_known or is_addressed))
        or (is_addressed and is_known)
        or (address is not None and availability.accessed is not None)
    )


def _with_date_in_brackets(parts: list[str]) -> list[str]:
    """Divide a last part such as `Title (18 January 2017) A/1/2` into title, date and symbol.

    A date must have a month: titles also end with years in brackets.
    """
    for at in range(len(parts) - 1, -1, -1):
        found = _IN_BRACKETS.search(parts[at])
        if found and is_date(found["date"]) and _MONTH.search(found["date"]):
            divided = [parts[at][: found.start()], found["date"], found["symbol"] or ""]
            return [*parts[:at], *filter(None, divided), *parts[at + 1 :]]
    return parts


def _split_locator(parts: Sequence[str]) -> tuple[str, str | None]:
    """Return the symbol after the date, and the page or paragraph that a citer adds to it.

    In the place of publication of a treaty, the page is a part of the symbol.
    """
    whole = ", ".join(parts)
    end = len(parts)
    while end and is_page(parts[end - 1]):
        end -= 1
    if end == len(parts) or "Series" in whole or kind_of_symbol(whole) in _WITH_PAGES:
        return whole, None
    return ", ".join(parts[:end]), ", ".join(parts[end:])


def _unquoted(title: str) -> str:
    """Return a title without the quotation marks that a citer puts around the whole title."""
    found = _QUOTED.fullmatch(title)
    return next(filter(None, found.groups())).strip() if found else title


_NO_DATE: Final = Problem(
    severity=Severity.WARNING,
    code="no-date",
    message="no date was found in the string",
    hint="write the date of the document between commas after the title: 18 January 2017",
)
