"""The text to the left of the date in a cite-as string: names, title, symbol, publisher.

Its borders have no punctuation. A table of publishers, the patterns of symbols and the form of
persons' names find the borders; otherwise a border is guessed, and reported as a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from refcite.formats.refworld.names import Leader, is_body, leaders_at
from refcite.formats.refworld.publishers import Publisher, Publishers, is_country, is_same_name
from refcite.formats.refworld.symbols import is_symbol, symbol_start
from refcite.formats.refworld.text import fold
from refcite.problems import Problem, Severity

__all__ = ["Context", "Description", "Hints", "read_description"]


@frozen(kw_only=True)
class Hints:
    """Data about a string from another source, such as its page."""

    publisher: str | None = None
    symbol: str | None = None
    title: str | None = None
    is_legislation: bool = False


@frozen(kw_only=True)
class Description:
    """The parts to the left of the date.

    Attributes:
        authors: The leading names of the string in addition to, or in place of, the publisher.
        publisher: The publisher; the court in a decision that begins with its title.
        title: The title.
        country: The country in brackets after the title of a national law.
        symbol: The document symbol, on whichever side of the date.
        leads: Whether the publisher is before the title.
        problems: The guessed borders.
    """

    authors: Sequence[Leader] = ()
    publisher: Publisher | None = None
    title: str = ""
    country: str | None = None
    symbol: str | None = None
    leads: bool = False
    problems: tuple[Problem, ...] = ()


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
# Words that are in titles, but not in persons' names.
_ABSTRACT: Final = re.compile(
    r"\b\w{3,}(?:[st]ion|\w{2}ment|lessness|olog(?:y|ie)|ism)s?\b", re.IGNORECASE
)
_CO_LEADING: Final = frozenset({"intergovernmental", "treaty-body"})
_COURTS: Final = frozenset({"court", "treaty-body"})


@frozen(kw_only=True)
class Context:
    """Additional data for reading the parts to the left of the date.

    Attributes:
        publishers: The known publishers.
        hints: The data from the page.
        symbol: The symbol after the date.
        is_new: Whether the string is of the form since 2023, or may be.
        is_law: Whether it is that of a national law, according to its URL or its page.
        is_case: Whether its URL is that of a decision.
    """

    publishers: Publishers
    hints: Hints = Hints()
    symbol: str | None = None
    is_new: bool = False
    is_law: bool = False
    is_case: bool = False

    def find(self, name: str) -> Publisher | None:
        """Return a known publisher; a year in brackets after its name is the citer's."""
        return self.publishers.find(_YEAR_BEHIND.sub("", name))


def read_description(parts: Sequence[str], context: Context) -> Description:
    """Read the text to the left of the date.

    Args:
        parts: The texts between its commas.
        context: The additional data.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> found = read_description(["Jane Doe and John Roe", "Title", "UNHCR"],
        ...                          Context(publishers=known_publishers(), is_new=True))
        >>> [leader.text for leader in found.authors], found.title, found.publisher.name
        (['Jane Doe', 'John Roe'], 'Title', 'UNHCR')
    """
    return (
        _under_bodies(parts, context)
        or _under_law(parts, context)
        or _under_case(parts, context)
        or _under_authors(parts, context)
        or _before_glued_publisher(parts, context)
        or _under_guess(parts, context)
    )


def _under_bodies(parts: Sequence[str], context: Context) -> Description | None:
    """Read `PUBLISHER, TITLE`, or several bodies that lead as authors."""
    bodies, end = _bodies(parts, context)
    if not bodies:
        return None
    first, rest = bodies[0].body, parts[end:]
    authors = bodies if len(bodies) > 1 else ()
    publisher = None if authors else first
    symbol = context.symbol
    if context.is_new:
        rest, last = _split_publisher(rest, context)
        if last and first and not is_same_name(last.name, first.name):
            authors, publisher = bodies, last
        rest, symbol = _symbol_of(rest, context)
    return Description(
        authors=authors, publisher=publisher, title=", ".join(rest), symbol=symbol, leads=True
    )


def _bodies(parts: Sequence[str], context: Context) -> tuple[Sequence[Leader], int]:
    """Return the known bodies at the left, and the index after them."""
    settled = _settled(parts, context)
    if settled:
        return settled
    found: list[Leader] = []
    index = 0
    while True:
        next_ = _leaders_at(parts, index, context)
        if next_ is None:
            return found, index
        names, end = next_
        bodies = [name.body for name in names if name.body]
        if len(bodies) < len(names) or (found and not _may_follow(found[-1], names[0], context)):
            return found, index
        if len(names) > 1 and not context.is_new:
            # The classic form has one publisher, though it may be two bodies.
            return [Leader(parts[index], evolve(bodies[0], name=parts[index]))], end
        found.extend(names)
        index = end


def _settled(parts: Sequence[str], context: Context) -> tuple[Sequence[Leader], int] | None:
    """Return the page's own publisher if it leads the string."""
    wanted = context.hints.publisher
    if not wanted:
        return None
    for end in range(1, min(len(parts), wanted.count(",") + 2)):
        name = ", ".join(parts[:end])
        if is_same_name(name, wanted):
            return [Leader(name, context.find(name) or Publisher(name, "unknown"))], end
    return None


def _leaders_at(
    parts: Sequence[str], start: int, context: Context
) -> tuple[Sequence[Leader], int] | None:
    # A part must remain for the title.
    end = min(len(parts) - 1, start + context.publishers.most_commas + 1)
    bare = [_YEAR_BEHIND.sub("", part) for part in parts[start:end]]
    found = leaders_at(bare, 0, len(bare), context.publishers) if bare else None
    return (found[0], start + found[1]) if found else None


def _may_follow(before: Leader, after: Leader, context: Context) -> bool:
    """Return whether a second body leads too; titles can also begin with names."""
    kinds = [leader.body.kind if leader.body else "" for leader in (before, after)]
    return "news" not in kinds if context.is_new else _CO_LEADING.issuperset(kinds)


def _split_publisher(
    parts: Sequence[str], context: Context
) -> tuple[Sequence[str], Publisher | None]:
    """Split off a known name at the right end, and leave a part for the title."""
    for start in range(max(1, len(parts) - context.publishers.most_commas - 1), len(parts)):
        found = context.find(", ".join(parts[start:]))
        if found:
            return parts[:start], found
    return parts, None


def _symbol_of(parts: Sequence[str], context: Context) -> tuple[Sequence[str], str | None]:
    """Return the symbol after the date, otherwise split off the one before it."""
    if context.symbol is not None:
        return parts, context.symbol
    return _split_symbol(parts, context)


def _split_symbol(parts: Sequence[str], context: Context) -> tuple[Sequence[str], str | None]:
    """Split off a symbol at the right end: the page's own, or a text in the form of one."""
    hint = context.hints.symbol
    start = len(parts) - (hint.count(", ") + 1 if hint else 0)
    if not (hint and start > 0 and fold(", ".join(parts[start:])) == fold(hint)):
        start = symbol_start(parts)
    return parts[:start], ", ".join(parts[start:]) or None


def _under_law(parts: Sequence[str], context: Context) -> Description | None:
    """Read `TITLE [COUNTRY], SYMBOL`, the form of national laws."""
    text = ", ".join(parts)
    found = [
        bracket
        for bracket in _COUNTRY.finditer(text)
        if bracket.start()
        and (is_country(bracket["name"]) or (context.is_law and bracket.end() == len(text)))
    ]
    if not found:
        round_ = _COUNTRY_ROUND.search(text)
        if round_ and is_country(round_["name"]) and _LAW.search(text):
            found = [round_]
    if not found:
        return None
    bracket = found[-1]
    return Description(
        title=text[: bracket.start()].rstrip(),
        country=bracket["name"],
        symbol=text[bracket.end() :].lstrip(", ") or context.symbol,
    )


def _under_case(parts: Sequence[str], context: Context) -> Description | None:
    """Read `TITLE, SYMBOL, COURT`, the form of decisions."""
    problems: tuple[Problem, ...] = ()
    rest, court = _split_publisher(parts, context)
    if court is None and context.is_case and len(parts) > 1:
        rest, court = parts[:-1], Publisher(parts[-1], "court")
        problems = (_guess("court", parts[-1], "court, and the text before it as the title"),)
    if court is None or not (context.is_case or court.kind in _COURTS):
        return None
    title, symbol = _split_symbol(rest, context)
    if symbol is None and len(rest) > 1 and re.search(r"\d", rest[-1]):
        title, symbol = rest[:-1], rest[-1]
    return Description(
        title=", ".join(title),
        symbol=symbol or context.symbol,
        publisher=court,
        problems=problems,
    )


def _under_authors(parts: Sequence[str], context: Context) -> Description | None:
    """Read `AUTHOR, TITLE, SYMBOL, PUBLISHER`, if no known body leads.

    In the classic form no author leads, unless a publisher is before the date.
    """
    rest, publisher = _split_publisher(parts, context)
    if publisher is None and not context.is_new:
        return None
    rest, symbol = _symbol_of(rest, context)
    authors, end, problems = _authors(rest, context, is_sure=publisher is not None)
    if not authors and publisher is None:
        return None
    if not authors and len(rest) > 1 and _is_name_of_body(rest[0], context):
        authors, end = [Leader(rest[0])], 1
        problems = (_guess("author", rest[0], f"author{_REST}"),)
    return Description(
        authors=authors,
        publisher=publisher,
        title=", ".join(rest[end:]),
        symbol=symbol,
        problems=problems,
    )


def _authors(
    parts: Sequence[str], context: Context, *, is_sure: bool
) -> tuple[Sequence[Leader], int, tuple[Problem, ...]]:
    """Return the persons at the left, the bodies among them, the next index, and the problems."""
    found: list[Leader] = []
    problems: list[Problem] = []
    index = 0
    while True:
        next_ = _leaders_at(parts, index, context)
        if next_ is None:
            break
        names, end = next_
        text = ", ".join(parts[index:end])
        if any(name.is_person for name in names) and _ABSTRACT.search(text):
            if found:
                problems.append(_guess("author", text, "beginning of the title, not as an author"))
                break
            is_sure = False
        # A list with "and" before its end is certain; two capitalised words may be a title's.
        is_closed = len(names) > 1
        if not is_sure or (found and names[0].is_person and not is_closed):
            problems.append(_guess("author", text, f"author{_REST}"))
        found.extend(names)
        index = end
        if is_closed:
            break
    return found, index, tuple(problems)


def _is_name_of_body(text: str, context: Context) -> bool:
    """Return whether a text may name a body: every longer word begins in upper case."""
    if not is_body(text, context.publishers):
        return False
    words = [word for word in text.split() if len(word) > 3]
    return bool(words) and all(not word[0].islower() for word in words) and len(words) < 10


def _before_glued_publisher(parts: Sequence[str], context: Context) -> Description | None:
    """Read `TITLE PUBLISHER`, in which the comma between them is missing."""
    words = parts[-1].split() if parts else []
    for start in range(max(1, len(words) - 16), len(words) - 2):
        before, name = " ".join(words[:start]), " ".join(words[start:])
        found = None if _SMALL_BEFORE.search(before) else context.publishers.find(name)
        if found:
            title = ", ".join([*parts[:-1], before])
            return Description(title=title, publisher=found, symbol=context.symbol)
    return None


def _under_guess(parts: Sequence[str], context: Context) -> Description:
    symbol = context.symbol
    if context.is_new:
        parts, symbol = _symbol_of(parts, context)
    if context.is_law or len(parts) < 2 or _is_title(parts, context):
        return Description(title=", ".join(parts), symbol=symbol)
    name, title = parts[0], ", ".join(parts[1:])
    return Description(
        publisher=Publisher(name, "unknown"),
        title=title,
        symbol=symbol,
        leads=True,
        problems=(_guess("publisher", name, f"publisher{_REST}"),),
    )


def _is_title(parts: Sequence[str], context: Context) -> bool:
    """Return whether the text before the first comma is a title's beginning, not a publisher."""
    hint = context.hints.title
    if hint:
        return fold(", ".join(parts)) == fold(hint) or fold(parts[0]) == fold(hint)
    return bool(_LAW.search(parts[0])) or is_symbol(parts[0]) or " v. " in parts[0]


_REST: Final = ", and the text after the comma as the title"
_KNOW_IT: Final = "add the names of bodies with publishers=[…]"


def _guess(subject: str, name: str, what: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code=f"guessed-{subject}",
        message=f"{name!r} was read as the {what}",
        hint=_KNOW_IT,
    )
