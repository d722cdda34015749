"""The kinds of values that several formats share: text to value and value to text.

A format's table names one for each row. A form that only one format uses is a `Codec` of its
module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats.crosswalk import Codec
from refcite.formats.dateparts import read_date, write_date
from refcite.formats.draft import Draft
from refcite.formats.editions import edition_number
from refcite.formats.iso639 import bibliographic_code, tag_of_code
from refcite.formats.namelists import ET_AL, names_of
from refcite.formats.numbers import (
    bare_isbns,
    bare_issns,
    bare_pages,
    count_of_pages,
    is_isbn,
    is_issn,
    is_range,
    read_doi,
)
from refcite.formats.people import without_years
from refcite.identifiers import normal_doi
from refcite.keywords import split_keywords
from refcite.names import Name, is_et_al, is_single_letters, read_list, write_one
from refcite.problems import Problem
from refcite.richtext import plain

__all__ = [
    "APART",
    "COUNT",
    "DATABASE",
    "DATE",
    "DATE_PARTS",
    "DOI",
    "DOI_FIELD",
    "ISBN",
    "ISSN",
    "KEYWORDS",
    "LANGUAGE",
    "NAMES",
    "NOTES",
    "PAGES",
    "PLAIN",
    "PMID_OF_DATABASE",
    "RANGE",
    "join_keywords",
    "labelled",
    "only_with",
    "read_people",
    "with_edition_number",
]

_BOOK_NUMBER: Final = re.compile(r"(?:ISBN:? ?)?97[89](?:[- ]?[0-9]){9}[- ]?[0-9](?![0-9])")
_LINE_END: Final = re.compile(r"\r\n?|\n")


def read_people(
    text: str,
    draft: Draft,
    one: Callable[[str], Name] | None = None,
    *,
    is_straight: bool = False,
) -> tuple[Name, ...]:
    """Return the names of a field that should hold one, and report guesses.

    Args:
        text: The field's text.
        draft: The draft of the record.
        one: Reads one name; otherwise it is read in the inverted form.
        is_straight: Whether several words without a comma are a person's name in the format.
    """
    sure = _sure_names(text, one, is_straight)
    if sure is not None:
        return sure
    if is_et_al(text):
        draft.read_et_al(text)
        return ()
    text, years = without_years(text)
    if years:
        draft.report("unread-part", f"the years {years!r} after {text!r} are not part of the name")
    remedy = f"write each name in a separate field {draft.own}"
    return draft.names(names_of([text], remedy, one, is_straight=is_straight))


@lru_cache(maxsize=8192)
def _sure_names(
    text: str, one: Callable[[str], Name] | None, is_straight: bool
) -> tuple[Name, ...] | None:
    """Return the names of a text that contains only names, as almost all do; otherwise None."""
    if without_years(text)[1]:
        return None
    found = read_list(text, read=one or Name.of_inverted, is_straight=is_straight)
    return found.names if found.is_sure else None


def _joined_names(lists: list[tuple[Name, ...]]) -> tuple[Name, ...]:
    names = tuple(chain.from_iterable(lists))
    for name in names:
        if name.literal is not None and _are_initials(name):
            return tuple(_with_initials(names))
    return names


def _with_initials(names: Iterable[Name]) -> Iterator[Name]:
    """Yield names; single initials belong to the family name before them.

    EPPI-Reviewer writes a family name of two words and its initials as two authors.
    """
    held: Name | None = None
    for name in names:
        if held is not None and held.given is None and _are_initials(name):
            family = held.literal or held.inverted()
            held = Name.of_parts(family, name.literal or "")
            continue
        if held is not None:
            yield held
        held = name
    if held is not None:
        yield held


def _are_initials(name: Name) -> bool:
    return name.literal is not None and is_single_letters(name.literal)


def _each_name(names: tuple[Name, ...]) -> Iterable[tuple[Name, ...]]:
    return ((name,) for name in names)


NAMES: Final = Codec(
    read=read_people,
    write=lambda names: write_one(names[0]),
    join=_joined_names,
    split=_each_name,
    others=ET_AL,
    note="one a field: last, first, suffix",
)
"""One person per field, in the sort form; several words without a comma are an organisation."""


def _date(text: str, draft: Draft) -> Date:
    doubts: list[Any] = []
    date = Date.parse(text, day_first=draft.day_first, problems=doubts)
    draft.doubts(doubts)
    return date


DATE: Final = Codec(read=_date, write=str, note="EDTF")
"""A date in any usual form; written as EDTF."""

PLAIN: Final = Codec(write=plain, note="without markup")
"""Text whose markup the format cannot hold."""

DOI: Final = Codec(read=lambda text, draft: read_doi(text))
"""A DOI with or without a prefix; other text is rejected."""

DOI_FIELD: Final = Codec(read=lambda text, draft: normal_doi(text))
"""A DOI, or any other text, of a field that the format only has for DOIs."""


def _isbn(text: str, draft: Draft) -> str | None:
    # An ISBN is accepted even if its check digit is wrong.
    return bare_isbns(text) if is_isbn(text) or _BOOK_NUMBER.match(text) else None


ISBN: Final = Codec(read=_isbn, note="by its form")
ISSN: Final = Codec(
    read=lambda text, draft: bare_issns(text) if is_issn(text) else None, note="by its form"
)
PAGES: Final = Codec(lambda text, draft: bare_pages(text), plain, note="without pp.")
"""Pages of a work."""
COUNT: Final = Codec(lambda text, draft: count_of_pages(text), plain, note="without p.")
"""How many pages a work has."""
RANGE: Final = evolve(
    PAGES,
    read=lambda text, draft: bare_pages(text) if is_range(text) else None,
    note="a range, before a number",
)
"""A range of pages; other text is rejected."""


def join_keywords(words: Collection[str]) -> str:
    """Return keywords as one text: with commas between, or semicolons if one has a comma.

    Example:
        >>> join_keywords(["law", "war"]), join_keywords(["rights, human", "law"])
        ('law, war', 'rights, human; law')
    """
    return ("; " if any("," in word for word in words) else ", ").join(words)


KEYWORDS: Final = Codec(join=join_keywords, split=split_keywords, note="one a field")

NOTES: Final = Codec(join="\n".join, split=_LINE_END.split, note="one a field")
"""Notes, one line of text for each."""

LANGUAGE: Final = Codec(
    read=lambda text, draft: tag_of_code(text) or text,
    write=lambda tag: bibliographic_code(tag) or tag,
    note="code of three letters",
)

APART: Final = Codec(read=lambda text, draft: None, write=lambda value: None)
"""A value in several fields, which the code of the format reads and writes."""


def _date_of_parts(text: str, draft: Draft) -> Date | None:
    year, month, day, *_ = f"{text}\n\n".split("\n")
    doubts: list[Problem] = []
    date = read_date(year, month, day, doubts)
    draft.doubts(doubts)
    return date


DATE_PARTS: Final = Codec(
    read=_date_of_parts,
    write=lambda date: "\n".join(part.replace("\n", " ") for part in write_date(date)),
    note="with month and day, each in an element",
)
"""Year, month and day, one line for each, which the format's own code splits and joins."""

_LABEL: Final = re.compile(r"(ISBN|ISSN|DOI|PMID|PMCID)\b(?:-1[03])?\s*(?::\s*)?", re.IGNORECASE)


def with_edition_number(codec: Codec) -> Codec:
    """Return the codec of an edition: words for a number become it (`Second`, `3. Aufl.`).

    Args:
        codec: How the format reads and writes the text.

    Example:
        >>> with_edition_number(Codec()).read("Third edition", None)
        '3'
    """

    def read(field: Any, draft: Any) -> str | None:
        text = codec.read(field, draft)
        return edition_number(text) if isinstance(text, str) else text

    return evolve(codec, read=read)


def labelled(
    name: str, is_one: Callable[[str], object], *, clean: Callable[[str], str] = str
) -> Codec:
    """Return the codec of a number in a field of several kinds: its name before it, or its form.

    Args:
        name: The name of the number.
        is_one: Returns whether a text without a name is such a number.
        clean: Returns the value of the text after the name.

    Example:
        >>> labelled("ISSN", is_issn).write("0028-0836")
        'ISSN 0028-0836'
    """

    def read(text: str, draft: Draft) -> str | None:
        label = _LABEL.match(text)
        is_named = label[1].upper() == name if label else is_one(text)
        return clean(text[label.end() :] if label else text) or None if is_named else None

    return Codec(
        read, lambda text: f"{name} {text}", note="with its name before it, or by its form"
    )


def only_with(attribute: str, codec: Codec) -> Codec:
    """Return the codec of a value that a field only has if another has filled an attribute.

    Args:
        attribute: The attribute of the record.
        codec: How the format reads and writes the value.

    Example:
        >>> from refcite.formats.codecs import only_with
        >>> from refcite.formats.crosswalk import Codec, Spec
        >>> from refcite.formats.draft import Draft
        >>> series = only_with("title", Codec())
        >>> series.read("Tracts", Draft(Spec((), ()), "book")) is None, series.note
        (True, 'with title')
    """

    def read(field: Any, draft: Draft) -> Any:
        return codec.read(field, draft) if attribute in draft.values else None

    return evolve(codec, read=read, note=f"with {attribute.replace('_', '-')}")


_DATABASE_CODE: Final = re.compile(r"[a-z][a-z0-9]{1,7}")
_SMALL_NAMES: Final = frozenset(
    {
        "arxiv",
        "crossref",
        "dblp",
        "embase",
        "jstor",
        "medline",
        "openalex",
        "pubmed",
        "scopus",
        "ssrn",
    }
)
_PUBMED: Final = frozenset({"medline", "nlm", "pubmed"})


def _database(text: str, draft: Draft) -> str | None:
    is_code = _DATABASE_CODE.fullmatch(text) and text not in _SMALL_NAMES
    return None if is_code else text


DATABASE: Final = Codec(_database, plain, note="the name of a database, not its code")
"""The database from which the record comes. The codes of EBSCO (`a9h`) are not names."""


def _pmid(text: str, draft: Draft) -> str | None:
    source = str(draft.values.get("source", "")).casefold()
    return text if source in _PUBMED and text.isdecimal() else None


PMID_OF_DATABASE: Final = Codec(_pmid, note="of a record of PubMed")
"""The number of a record in its database, which is a variable only for PubMed: the PMID."""
