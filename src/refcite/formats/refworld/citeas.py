"""A bare cite-as string, read from the right.

What stands at the right end is certain (`tail`), and so is the last date. What is left of the
date has borders that no punctuation marks: a table of publishers, the patterns of symbols and the
shape of persons' names find them; where they do not, the border is a guess and said to be one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve, field, frozen

from refcite.dates import Date
from refcite.formats.refworld.names import is_body, is_person
from refcite.formats.refworld.publishers import Publisher, Publishers, is_country
from refcite.formats.refworld.symbols import date_end, is_symbol, symbol_start
from refcite.formats.refworld.tail import Tail, read_tail
from refcite.formats.refworld.text import fold, plain
from refcite.formats.refworld.urls import Address, read_address
from refcite.problems import Problem, Severity

__all__ = ["CiteAs", "Hints", "read_cite_as"]


@frozen(kw_only=True)
class Hints:
    """What is known of a string from elsewhere, such as the page it stands on."""

    publisher: str | None = None
    symbol: str | None = None
    title: str | None = None
    is_legislation: bool = False


@frozen(kw_only=True)
class CiteAs:
    """The parts of a cite-as string.

    Attributes:
        authors: Who leads the string beside or instead of the publisher.
        publisher: The publisher; the court in a decision that stands under its title.
        title: The title.
        country: The country in brackets behind the title of a national law.
        symbol: The document symbol.
        issued: The date of the document.
        tail: What stands to the right of all that.
        address: What the address says, where it is one of Refworld's.
        leads: Whether the publisher stands before the title.
        problems: Borders that were guessed, and what could not be read.
    """

    authors: tuple[str, ...] = ()
    publisher: Publisher | None = None
    title: str = ""
    country: str | None = None
    symbol: str | None = None
    issued: Date | None = None
    tail: Tail = field(factory=lambda: Tail(head=""))
    address: Address | None = None
    leads: bool = False
    problems: tuple[Problem, ...] = ()


_LONGEST: Final = 6_000
_BULLET: Final = re.compile(
    r"^(?:[-–—*•·‣>|#]+ |\[\^?\w{1,4}\]:? |\(?\d{1,3}[.)] |(?:Cite as|CITE AS)\b ?[:|]? ?"
    r"|See(?: also)?:? (?=[^\W\d_a-z]))+"
)
_YEAR_BEHIND: Final = re.compile(r" \((\d{4}[a-z]?)\)$")
_COUNTRY: Final = re.compile(r" ?\[(?P<name>[^\[\]]{2,80})\](?=$|, )")
_COUNTRY_ROUND: Final = re.compile(r" \((?P<name>[^()]{2,60})\)$")
_LAW: Final = re.compile(
    r"\b(?:act|code|constitution|decree(?:-law)?|law|loi|ley|ordinance|ordonnance|proclamation"
    r"|statute|regulations?|d[ée]cret|gesetz)\b",
    re.IGNORECASE,
)
_SMALL_BEFORE: Final = re.compile(
    r"\b(?:a|and|at|between|by|for|from|in|of|on|or|the|to|with|against|under|v\.?)$", re.IGNORECASE
)
_CO_LEADING: Final = frozenset({"intergovernmental", "treaty-body"})
_COURTS: Final = frozenset({"court", "treaty-body"})


def read_cite_as(text: str, publishers: Publishers, hints: Hints | None = None) -> CiteAs | None:
    """Read one cite-as string, of the classic form, the form since 2023, or near to them.

    Args:
        text: The string; white space and entities do not matter.
        publishers: The known publishers.
        hints: What is known from the page.

    Returns:
        The parts, or None where the text is no such string.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> parts = read_cite_as("Freedom House, Freedom in the World 2018 - Kazakhstan,"
        ...     " 1 August 2018, available at: https://www.refworld.org/docid/5b7bcc75a.html"
        ...     " [accessed 1 November 2019]", known_publishers())
        >>> parts.publisher.name, parts.title, str(parts.issued)
        ('Freedom House', 'Freedom in the World 2018 - Kazakhstan', '2018-08-01')
    """
    if len(text) > 2 * _LONGEST:
        return None
    text = _BULLET.sub("", plain(text))
    if "," not in text or len(text) > _LONGEST:
        return None
    tail = read_tail(text)
    address = read_address(tail.url) if tail.url else None
    parts = [part for part in tail.head.replace(" ,", ",").split(", ") if part]
    span = date_end(parts)
    is_addressed = address is not None or tail.is_announced or tail.accessed is not None
    if not parts or (span and span[0] == 0) or not (span or is_addressed):
        return None
    start, end = span or (len(parts), len(parts))
    left = _read_left(parts[:start], parts[end:], tail, address, publishers, hints or Hints())
    if not _is_convincing(left, tail, address, has_date=span is not None):
        return None
    problems: list[Problem] = []
    issued = Date.parse(", ".join(parts[start:end]), problems=problems) if span else None
    return evolve(
        left,
        issued=issued,
        tail=tail,
        address=address,
        problems=(*left.problems, *tail.problems, *problems),
    )


def _is_convincing(left: CiteAs, tail: Tail, address: Address | None, *, has_date: bool) -> bool:
    """Tell whether a line is a citation and not just a line with an address or a date in it."""
    is_known = not left.problems and (left.publisher is not None or left.country is not None)
    is_addressed = address is not None or tail.is_announced or tail.accessed is not None
    return bool(left.title) and (
        (has_date and (is_known or is_addressed))
        or (is_addressed and is_known)
        or (address is not None and tail.accessed is not None)
    )


def _read_left(
    left: list[str],
    right: list[str],
    tail: Tail,
    address: Address | None,
    publishers: Publishers,
    hints: Hints,
) -> CiteAs:
    # In the classic form the symbol stands behind the date; in the form since 2023 before it.
    symbol = ", ".join(right) or None
    is_new = (not right and not tail.is_announced) or (address is not None and address.is_new)
    context = _Context(publishers=publishers, hints=hints, is_new=is_new, symbol=symbol)
    is_law = hints.is_legislation or (
        address is not None and (address.publisher == "NATLEGBOD" or address.type == "legislation")
    )
    leaders = _leaders(left, context)
    if leaders:
        return _under_leaders(left, leaders, context)
    return (
        _under_law(left, context, is_law=is_law)
        or _under_case(left, context, is_case=address is not None and address.type == "caselaw")
        or _before_publisher(left, context)
        or _under_persons(left, context)
        or _before_glued_publisher(left, context)
        or _under_guess(left, context, is_law=is_law)
    )


@frozen(kw_only=True)
class _Context:
    publishers: Publishers
    hints: Hints
    is_new: bool
    symbol: str | None

    def find(self, name: str) -> Publisher | None:
        """Return a known publisher; a year in brackets behind its name is the citer's."""
        return self.publishers.find(_YEAR_BEHIND.sub("", name))


def _leaders(parts: Sequence[str], context: _Context) -> list[tuple[Publisher, int]]:
    """Return the known names at the left, each with the index behind it."""
    settled = _settled(parts, context)
    if settled:
        return [settled]
    found: list[tuple[Publisher, int]] = []
    index = 0
    while True:
        next_ = _leader_at(parts, index, context)
        if next_ is None or (found and not _may_follow(found[-1][0], next_[0], context)):
            return found
        found.append(next_)
        index = next_[1]


def _settled(parts: Sequence[str], context: _Context) -> tuple[Publisher, int] | None:
    """Return the page's own publisher where it leads the string."""
    if not context.hints.publisher:
        return None
    wanted = fold(context.hints.publisher)
    for end in range(1, min(len(parts), wanted.count(",") + 2)):
        name = ", ".join(parts[:end])
        if fold(name) == wanted:
            return context.find(name) or Publisher(name, "unknown"), end
    return None


def _leader_at(parts: Sequence[str], start: int, context: _Context) -> tuple[Publisher, int] | None:
    # Something must be left for the title.
    most = min(len(parts) - 1, start + context.publishers.most_commas + 1)
    for end in range(most, start, -1):
        found = context.find(", ".join(parts[start:end]))
        if found:
            return Publisher(_YEAR_BEHIND.sub("", found.name), found.kind), end
    return None


def _may_follow(before: Publisher, after: Publisher, context: _Context) -> bool:
    """Tell whether a second name leads too; titles begin with names as well."""
    if context.is_new:
        return "news" not in (before.kind, after.kind)
    return before.kind in _CO_LEADING and after.kind in _CO_LEADING


def _under_leaders(
    parts: Sequence[str], leaders: list[tuple[Publisher, int]], context: _Context
) -> CiteAs:
    first, rest = leaders[0][0], parts[leaders[-1][1] :]
    authors = tuple(leader.name for leader, _ in leaders) if len(leaders) > 1 else ()
    publisher: Publisher | None = None if authors else first
    symbol = context.symbol
    if context.is_new:
        rest, last = _split_publisher(rest, context)
        if last and fold(last.name) != fold(first.name):
            authors, publisher = authors or (first.name,), last
        if symbol is None:
            rest, symbol = _split_symbol(rest, context)
    return CiteAs(
        authors=authors, publisher=publisher, title=", ".join(rest), symbol=symbol, leads=True
    )


def _split_publisher(
    parts: Sequence[str], context: _Context
) -> tuple[Sequence[str], Publisher | None]:
    """Split off a known name at the right end, leaving something for the title."""
    for start in range(max(1, len(parts) - context.publishers.most_commas - 1), len(parts)):
        found = context.find(", ".join(parts[start:]))
        if found:
            return parts[:start], found
    return parts, None


def _split_symbol(parts: Sequence[str], context: _Context) -> tuple[Sequence[str], str | None]:
    """Split off a symbol at the right end: the page's own, or what looks like one."""
    hint = context.hints.symbol
    start = len(parts) - (hint.count(", ") + 1 if hint else 0)
    if not (hint and start > 0 and fold(", ".join(parts[start:])) == fold(hint)):
        start = symbol_start(parts)
    return parts[:start], ", ".join(parts[start:]) or None


def _under_law(parts: Sequence[str], context: _Context, *, is_law: bool) -> CiteAs | None:
    """Read `TITLE [COUNTRY], SYMBOL`, the form of national laws."""
    text = ", ".join(parts)
    found = [
        bracket
        for bracket in _COUNTRY.finditer(text)
        if bracket.start()
        and (is_country(bracket["name"]) or (is_law and bracket.end() == len(text)))
    ]
    if not found:
        round_ = _COUNTRY_ROUND.search(text)
        if round_ and is_country(round_["name"]) and _LAW.search(text):
            found = [round_]
    if not found:
        return None
    bracket = found[-1]
    return CiteAs(
        title=text[: bracket.start()].rstrip(),
        country=bracket["name"],
        symbol=text[bracket.end() :].lstrip(", ") or context.symbol,
    )


def _under_case(parts: Sequence[str], context: _Context, *, is_case: bool) -> CiteAs | None:
    """Read `TITLE, SYMBOL, COURT`, the form of decisions."""
    problems: tuple[Problem, ...] = ()
    rest, court = _split_publisher(parts, context)
    if court is None and is_case and len(parts) > 1:
        rest, court = parts[:-1], Publisher(parts[-1], "court")
        problems = (_guess("court", parts[-1]),)
    if court is None or not (is_case or court.kind in _COURTS):
        return None
    title, symbol = _split_symbol(rest, context)
    if symbol is None and len(rest) > 1 and re.search(r"\d", rest[-1]):
        title, symbol = rest[:-1], rest[-1]
    return CiteAs(
        title=", ".join(title),
        symbol=symbol or context.symbol,
        publisher=court,
        problems=problems,
    )


def _before_publisher(parts: Sequence[str], context: _Context) -> CiteAs | None:
    """Read `AUTHOR, TITLE, SYMBOL, PUBLISHER`, where no known name leads."""
    rest, publisher = _split_publisher(parts, context)
    if publisher is None:
        return None
    authors: list[str] = []
    problems: tuple[Problem, ...] = ()
    while len(rest) > 1 and is_person(rest[0]):
        authors, rest = [*authors, rest[0]], rest[1:]
    if not authors and len(rest) > 1 and is_body(rest[0], context.publishers) and _is_name(rest[0]):
        problems = (_guess("author", rest[0]),)
        authors, rest = [rest[0]], rest[1:]
    symbol = context.symbol
    if symbol is None:
        rest, symbol = _split_symbol(rest, context)
    return CiteAs(
        authors=tuple(authors),
        publisher=publisher,
        title=", ".join(rest),
        symbol=symbol,
        problems=problems,
    )


def _is_name(text: str) -> bool:
    """Tell whether every longer word begins in upper case, as in the name of a body."""
    words = [word for word in text.split() if len(word) > 3]
    return bool(words) and all(not word[0].islower() for word in words) and len(words) < 10


def _under_persons(parts: Sequence[str], context: _Context) -> CiteAs | None:
    """Read `PERSON, TITLE`; in the classic form no person leads."""
    authors: list[str] = []
    rest = parts
    while context.is_new and len(rest) > 1 and is_person(rest[0]):
        authors, rest = [*authors, rest[0]], rest[1:]
    if not authors:
        return None
    symbol = context.symbol
    if symbol is None:
        rest, symbol = _split_symbol(rest, context)
    return CiteAs(
        authors=tuple(authors),
        title=", ".join(rest),
        symbol=symbol,
        problems=(_guess("author", authors[0]),),
    )


def _before_glued_publisher(parts: Sequence[str], context: _Context) -> CiteAs | None:
    """Read `TITLE PUBLISHER`, where the comma between them is lost."""
    words = parts[-1].split() if parts else []
    for start in range(max(1, len(words) - 16), len(words) - 2):
        before, name = " ".join(words[:start]), " ".join(words[start:])
        found = None if _SMALL_BEFORE.search(before) else context.publishers.find(name)
        if found:
            title = ", ".join([*parts[:-1], before])
            return CiteAs(title=title, publisher=found, symbol=context.symbol)
    return None


def _under_guess(parts: Sequence[str], context: _Context, *, is_law: bool) -> CiteAs:
    symbol = context.symbol
    if context.is_new and symbol is None:
        parts, symbol = _split_symbol(parts, context)
    is_title = is_law or context.hints.is_legislation or _is_title(parts, context)
    if is_title or len(parts) < 2:
        return CiteAs(title=", ".join(parts), symbol=symbol)
    name, title = parts[0], ", ".join(parts[1:])
    return CiteAs(
        publisher=Publisher(name, "unknown"),
        title=title,
        symbol=symbol,
        leads=True,
        problems=(_guess("publisher", name),),
    )


def _is_title(parts: Sequence[str], context: _Context) -> bool:
    """Tell whether the text before the first comma is a title's beginning, not a publisher."""
    hint = context.hints.title
    if hint:
        return fold(", ".join(parts)) == fold(hint) or fold(parts[0]) == fold(hint)
    return bool(_LAW.search(parts[0])) or is_symbol(parts[0]) or " v. " in parts[0]


_KNOW_IT: Final = "make the name known with publishers=[…]"


def _guess(what: str, name: str) -> Problem:
    is_grave = what == "publisher"
    border = "" if what == "court" else ", and what follows the comma for the title"
    return Problem(
        severity=Severity.WARNING if is_grave else Severity.INFO,
        code=f"guessed-{what}",
        message=f"{name!r} was taken for the {what}{border}",
        hint=_KNOW_IT if is_grave else None,
    )
