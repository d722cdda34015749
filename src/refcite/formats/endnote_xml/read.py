"""Read EndNote's XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from refcite.dates import Date
from refcite.formats.draft import Draft, library_of
from refcite.formats.endnote_xml.styles import lines, read_markup
from refcite.formats.endnote_xml.table import SPEC, type_named
from refcite.formats.endnote_xml.types import GROUPS, HOUSEKEEPING, KEY_OWNER, PATHS
from refcite.formats.endnote_xml.values import read_issued
from refcite.formats.preprints import read_preprint
from refcite.formats.statuses import read_status
from refcite.formats.xmlread import Entry, XmlElement, children, entries, local_name, text_of
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["read"]

_UNSTYLED: Final = frozenset(("year", "isbn", "access-date", "electronic-resource-num"))
"""The elements whose text is not prose."""
_HOLDERS: Final = frozenset((*PATHS, "alt-periodical"))
"""The elements that may contain other elements in addition to styles."""

_JOURNAL_TITLES: Final = frozenset({"alt-title", "full-title", "secondary-title"})

_Texts = dict[str, list[str]]


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read an export of EndNote, or of a program that writes its XML.

    An element that CSL has no variable for is in the record's `extra` under its own name, such
    as `custom1`, `auth-address` or `pdf-urls`: as text, or as a list if there are several.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('<xml><records><record><ref-type name="Book">6</ref-type><titles>'
        ...                 '<title>On <style face="italic">E. coli</style></title></titles>'
        ...                 '</record></records></xml>', "endnote-xml")
        >>> library[0].title, library[0].type
        ('On <i>E. coli</i>', 'book')
    """
    problems: list[Problem] = []
    found = entries(text, ("record",), problems, "record")
    return library_of(
        (_record(entry, day_first) for entry in found),
        missing="there is no record of EndNote in this text: no element <record>",
        problems=problems,
    )


def _record(entry: Entry, day_first: bool | None) -> tuple[Record, Draft]:
    elements = list(_elements(entry.element))
    named = next((one for one in elements if local_name(one) == "ref-type"), None)
    name = str(named.get("name", "")) if named is not None else ""
    number = text_of(named)
    own = type_named(name, number)
    draft = Draft(SPEC, own.name if own else SPEC.default, day_first=day_first, line=entry.line)
    if own is None:
        draft.unknown_type(name or number, of="EndNote", missing="the record has no type")
    else:
        draft.values["type"] = own.type
        if SPEC.own_type(own.type) != own.name:
            draft.extra["ref-type"] = own.name
    if id_ := _id(elements):
        draft.values["id"] = id_
    texts: _Texts = {}
    for element in elements:
        if (element_name := local_name(element)) not in HOUSEKEEPING:
            found = texts.setdefault(element_name, [])
            found.extend(filter(None, map(str.strip, _texts(element_name, element))))
    if "abbr-1" in texts and not texts.keys() & _JOURNAL_TITLES:
        # The only name of the journal is its name.
        texts["full-title"] = texts["abbr-1"][:1]
    _read_issued(draft, texts)
    draft.read((key, text, entry.line) for key, found in texts.items() for text in found)
    read_preprint(draft.values["type"], draft.values, draft.extra, "secondary-title", "publisher")
    read_status(draft.values)
    return draft.record("endnote-xml"), draft


def _elements(record: XmlElement) -> Iterator[XmlElement]:
    """Yield the elements of a record, those that are in a group too."""
    for element in children(record):
        if local_name(element) in (*GROUPS, "foreign-keys"):
            yield from children(element)
        else:
            yield element


def _id(elements: Iterable[XmlElement]) -> str:
    """Return the key that refcite wrote, otherwise EndNote's number."""
    number = ""
    for element in elements:
        name = local_name(element)
        if name == "key" and element.get("app") == KEY_OWNER and (text := text_of(element)):
            return text
        if name == "rec-number":
            number = text_of(element) or number
    return number


def _texts(name: str, element: XmlElement) -> Iterator[str]:
    """Yield the texts of an element: one of each name, keyword, number and address."""
    if name in GROUPS["contributors"]:
        for author in children(element):
            for line in lines(text_of(author)).split("\n"):
                yield " ".join(line.split())
    elif name in _UNSTYLED:
        yield from lines(text_of(element)).split("\n")
    elif name == "keywords":
        for word in list(children(element)) or [element]:
            yield from read_markup(word).split("\n")
    elif name in _HOLDERS and (inner := _inner(element)):
        yield from (lines(text_of(one)) for one in inner)
    else:
        yield read_markup(element)


def _inner(element: XmlElement) -> list[XmlElement]:
    return [one for one in children(element) if local_name(one) != "style"]


def _read_issued(draft: Draft, texts: _Texts) -> None:
    years, days = texts.pop("year", []), texts.pop("pub-dates", [])
    year, day = "".join(years[:1]), "".join(days[:1])
    doubts: list[Problem] = []
    date = read_issued(year, day, doubts, day_first=draft.day_first)
    draft.doubts(doubts)
    if date:
        draft.put("issued", date)
    # A date of another year, or one that cannot be read, stays next to the year that is read.
    is_kept = date is not None and day != "" and date == Date.parse(year)
    texts["year"], texts["pub-dates"] = years[1:], days[0 if is_kept else 1 :]
