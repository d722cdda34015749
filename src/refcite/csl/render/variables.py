"""Reading variables: each name in a style is converted once to a function of the context."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, Final

from refcite.csl.render.context import Context
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES

__all__ = [
    "ADDRESSES",
    "DATES",
    "IDENTIFIED_BY_NUMBER",
    "NAMES",
    "NUMBERS",
    "NUMBERS_BY_TEXT",
    "OF_DOCUMENT",
    "PART_OF",
    "ReadText",
    "attribute_for",
    "presence_of",
    "short_of",
    "sources_of",
    "text_reader",
    "variable_read",
]

ReadText = Callable[[Context], str | None]

NAMES: Final = frozenset(NAME_VARIABLES)
DATES: Final = frozenset(DATE_VARIABLES)
NUMBERS: Final = frozenset(NUMBER_VARIABLES)
NUMBERS_BY_TEXT: Final = frozenset(
    (
        "chapter-number",
        "collection-number",
        "edition",
        "issue",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "volume",
    )
)
"""The variables that `cs:text` formats as numbers."""

IDENTIFIED_BY_NUMBER: Final = frozenset(
    ("bill", "legal_case", "legislation", "patent", "regulation", "standard", "treaty")
)
"""The types of item whose `number` is one identifier, and never a range."""
_SITE: Final = re.compile(r"[a-z]+://[^/?#]+")
ADDRESSES: Final = frozenset(("DOI", "PMCID", "PMID", "URL"))
"""The variables whose text leads to a work."""

_FIRST_PAGE: Final = re.compile(r"^\s*([^\s,&\u2013\u2014-]+)")


def attribute_for(variable: str) -> str | None:
    """Return the attribute of `Record` for a CSL variable, None if there is none."""
    return ATTRIBUTES.get(variable)


def short_of(variable: str) -> str | None:
    """Return the variable that has the short form of another, None if there is none.

    Example:
        >>> short_of("title"), short_of("title-short")
        ('title-short', None)
    """
    short = f"{variable}-short"
    return short if not variable.endswith("-short") and short in ATTRIBUTES else None


def text_reader(variable: str, form: str = "long") -> ReadText:
    """Return the function that reads a text or number variable of an item.

    Args:
        variable: The variable, with its name in the style. A variable that CSL does not define is
            looked up in the record's `extra`.
        form: `short` reads the short form if there is one.
    """
    short = short_of(variable) if form == "short" else None
    if short is None and form == "short" and variable == "URL":
        return _host
    if short is not None:
        read_short, read_long = _plain_reader(short), _plain_reader(variable)
        return lambda ctx: read_short(ctx) or read_long(ctx)
    return _SPECIAL.get(variable) or _plain_reader(variable)


def variable_read(variable: str, form: str) -> Callable[[Context], str]:
    """Return a function for the variable that `text_reader` reads: the short form if it is set."""
    short = short_of(variable) if form == "short" else None
    if short is None:
        return lambda ctx: variable
    has_short = presence_of(short)
    return lambda ctx: short if has_short(ctx) else variable


def _plain_reader(variable: str) -> ReadText:
    attribute = ATTRIBUTES.get(variable)
    if attribute is None:
        return _extra_reader(variable)
    if variable in NAMES or variable in DATES:
        return lambda ctx: None
    get: Callable[[Record], str | None] = attrgetter(attribute)
    return lambda ctx: get(ctx.record)


def _extra_reader(variable: str) -> ReadText:
    def read(ctx: Context) -> str | None:
        value = ctx.record.extra.get(variable)
        return value if isinstance(value, str) else None if value is None else str(value)

    return read


def _host(ctx: Context) -> str | None:
    """Return the address of the site, which is the short form of an address (CSL-M)."""
    found = _SITE.match(ctx.record.url or "")
    return found[0] if found else ctx.record.url


def _language(ctx: Context) -> str | None:
    """Return the language; of a work with another edition, the language of the latter (CSL-M)."""
    return ctx.item.other_language or ctx.record.language


def _page_first(ctx: Context) -> str | None:
    record = ctx.record
    if record.page_first:
        return record.page_first
    found = _FIRST_PAGE.match(record.page) if record.page else None
    return found[1] if found else None


def _locator(ctx: Context) -> str | None:
    return ctx.locator


def _year_suffix(ctx: Context) -> str | None:
    return ctx.year_suffix or None


def _first_note(ctx: Context) -> str | None:
    return None if ctx.first_note is None else str(ctx.first_note)


def _first_container_note(ctx: Context) -> str | None:
    """Return the note that cited the container first; the work itself, if it is in none."""
    note = getattr(ctx, "first_container_note", ctx.first_note)
    return None if note is None else str(note)


def _citation_number(ctx: Context) -> str | None:
    return str(ctx.number) if ctx.number else None


_OF_DOCUMENT: Final[dict[str, ReadText]] = {
    "citation-number": _citation_number,
    "first-container-reference-note-number": _first_container_note,
    "first-reference-note-number": _first_note,
    "locator": _locator,
    "year-suffix": _year_suffix,
}


def _part_of_title(variable: str, place: int) -> ReadText:
    """Return what reads the main title or the subtitle, of the title if it is not given (CSL-M)."""

    def read(ctx: Context) -> str | None:
        given = ctx.record.extra.get(variable)
        if given:
            return str(given)
        main, colon, rest = (ctx.record.title or "").partition(": ")
        return (main or None) if place == 0 else rest if colon and rest else None

    return read


_SPECIAL: Final[dict[str, ReadText]] = {
    **_OF_DOCUMENT,
    "language": _language,
    "page-first": _page_first,
    "title-main": _part_of_title("title-main", 0),
    "title-sub": _part_of_title("title-sub", 1),
}
OF_DOCUMENT: Final = frozenset(_OF_DOCUMENT)
"""The variables that never have a value in a record."""
PART_OF: Final = {"page": "page-first"}
"""Variables that are read from another variable if they have no value, by that variable."""


@cache
def sources_of(variable: str, form: str = "long") -> tuple[str, ...] | None:
    """Return the variables of the record that `text_reader` reads, of which one must have a value.

    Args:
        variable: The variable.
        form: `short` includes the short form.

    Returns:
        The variables; None if the text comes from the document or from the record's `extra`.

    Example:
        >>> sources_of("title", "short"), sources_of("page-first"), sources_of("locator")
        (('title-short', 'title'), ('page-first', 'page'), None)
    """
    if variable == "page-first":
        return "page-first", "page"
    if variable in _SPECIAL or variable not in ATTRIBUTES:
        return None
    short = short_of(variable) if form == "short" else None
    return (variable,) if short is None else (short, variable)


@cache
def presence_of(variable: str) -> Callable[[Context], bool]:
    """Return a function that tests whether a variable has a value ("variable" condition)."""
    read = _SPECIAL.get(variable)
    if read is not None:
        return lambda ctx: bool(read(ctx))
    attribute = ATTRIBUTES.get(variable)
    if attribute is None:
        reader = _extra_reader(variable)
        return lambda ctx: bool(reader(ctx))
    get: Callable[[Record], Any] = attrgetter(attribute)
    return lambda ctx: bool(get(ctx.record))
