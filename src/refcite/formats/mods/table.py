"""The places of CSL's variables in a MODS record, and how their values are read and written.

The one table is used in both ways. A row's key is a path (see `refcite.formats.mods.paths`), its
codec reads an element, marks the read parts in the draft, and returns the text or the element
that is written.

Source: the MODS schema, version 3.7, and its User Guidelines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import Any, Final

from attrs import evolve
from lxml import etree

from refcite.formats import codecs
from refcite.formats.codecs import with_edition_number
from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow, all_but
from refcite.formats.draft import Draft
from refcite.formats.iso639 import bibliographic_code, is_tag, tag_of_code
from refcite.formats.mods.dates import DateText, write_dates
from refcite.formats.mods.paths import Tree
from refcite.formats.mods.people import RELATORS, name_of, others_of, titles_of, years_of
from refcite.formats.mods.source import source_of
from refcite.formats.mods.types import AUTHORITY, HOSTED, IN_BOOKS
from refcite.formats.numbers import bare_isbns, bare_issns, bare_pages, split_range
from refcite.formats.xmlread import Entry, XmlElement, child, children, local_name, text_of
from refcite.formats.xmlwrite import Element, element_text
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.richtext import plain
from refcite.vocabulary import ITEM_TYPES, NAME_VARIABLES

__all__ = [
    "ACCESSED", "CONFERENCE", "DATE", "HOST", "NAMES", "SPEC", "VARIABLES_NAMESPACE", "ModsDraft",
    "line_of", "mapping", "name_levels", "role_of",
]  # fmt: skip

VARIABLES_NAMESPACE: Final = "urn:refcite:csl"
"""The namespace of CSL variables in `extension`, for which MODS has no element."""

_TOPICS: Final = frozenset(("topic", "geographic", "temporal", "genre", "occupation"))
_BEFORE_NEXT: Final = (" :", " ;", " /", " =")
"""The punctuation before the next part of a title (ISBD)."""
_SIZE: Final = re.compile(r"(?<!\s)\s+[:;+]\s")


class ModsDraft(Draft):
    """A draft that records which elements have been read; the others are kept.

    Args:
        spec: The table.
        entry: The record's element.
        day_first: How to read `01/02/2017`.

    Attributes:
        tree: The elements.
        used: Those that have been read.
    """

    __slots__ = ("tree", "used")

    def __init__(self, spec: Spec, entry: Entry, day_first: bool | None) -> None:
        super().__init__(spec, "", day_first=day_first, line=entry.line)
        self.tree = Tree(entry.element)
        self.used: set[XmlElement] = set()

    def free(self, path: str) -> Iterator[XmlElement]:
        """Yield the elements on a path that have not been read yet."""
        return (element for element in self.tree.find(path) if element not in self.used)

    def use_name(self, element: XmlElement, name: Name) -> None:
        """Mark a name as read; other data of the person are kept under the name."""
        self.used.add(element)
        beside = [(local_name(inner), source_of(inner)) for inner in others_of(element)]
        if years := years_of(element):
            beside.append(("namePart", f'<namePart type="date">{element_text(years)}</namePart>'))
        for title in titles_of(element, name):
            source = f'<namePart type="termsOfAddress">{element_text(title)}</namePart>'
            beside.append(("namePart", source))
            message = f"the title {title!r} of {str(name)!r} is not part of the name"
            self.report("unread-part", message)
        for tag, source in beside:
            self.extra.setdefault(f"name/{tag}", {}).setdefault(str(name), []).append(source)


def line_of(element: XmlElement | None) -> str:
    """Return the text in an element as one line."""
    return " ".join(text_of(element).split())


def without_mark(text: str) -> str:
    """Return a text without the punctuation that catalogues put before the next one (ISBD).

    Example:
        >>> without_mark("Geneva :"), without_mark("UNHCR,"), without_mark("Inc.")
        ('Geneva', 'UNHCR', 'Inc.')
    """
    bare = text[:-1].rstrip()
    is_mark = text.endswith((*_BEFORE_NEXT, ","))
    return bare if is_mark and bare else text


def _lines_of(element: XmlElement) -> str:
    return "\n".join(line.strip() for line in text_of(element).splitlines())


def _text(
    element: XmlElement, draft: ModsDraft, of: Callable[[XmlElement], str] = line_of
) -> str | None:
    text = of(element)
    if not text or element.get("invalid") == "yes":
        return None
    draft.used.add(element)
    return text


def _isbn(element: XmlElement, draft: ModsDraft) -> str | None:
    text = _text(element, draft)
    return bare_isbns(text) if text else None


def _issn(element: XmlElement, draft: ModsDraft) -> str | None:
    text = _text(element, draft)
    return bare_issns(text) if text else None


def _doi(element: XmlElement, draft: ModsDraft) -> str | None:
    text = _text(element, draft)
    return normal_doi(text) if text else None


LINE: Final = Codec(_text, plain)
IMPRINT: Final = Codec(
    lambda element, draft: _text(element, draft, lambda one: without_mark(line_of(one))),
    plain,
    note="without the punctuation of catalogues at its end",
)
PROSE: Final = Codec(lambda element, draft: _text(element, draft, _lines_of), plain)
NOTES: Final = evolve(PROSE, join="\n".join)
DOI: Final = Codec(_doi, plain)
BOOK_NUMBER: Final = Codec(_isbn, plain, note="without its qualifier")
SERIAL_NUMBER: Final = Codec(_issn, plain, note="without its qualifier")


def _extended(element: XmlElement, draft: ModsDraft) -> str | None:
    is_own = etree.QName(element).namespace == VARIABLES_NAMESPACE
    return _text(element, draft) if is_own else None


EXTENDED: Final = Codec(_extended, plain, note=f"in the namespace {VARIABLES_NAMESPACE}")


def _title(element: XmlElement, draft: ModsDraft) -> str | None:
    parts = [child(element, tag) for tag in ("title", "nonSort", "subTitle")]
    title, article, subtitle = map(line_of, parts)
    if title.endswith(_BEFORE_NEXT):
        title = title[:-1].rstrip()
    if subtitle.endswith(_BEFORE_NEXT):
        subtitle = subtitle[:-1].rstrip()
    if not title or parts[0] in draft.used:
        return None
    draft.used.update(part for part in parts if part is not None)
    if article:
        space = "" if article.endswith(("'", "’", "-")) else " "
        title = f"{article}{space}{title}"
    return f"{title}: {subtitle}" if subtitle else title


def _written_title(title: str) -> Element:
    return Element(children=[Element("title", text=plain(title))])


TITLE: Final = Codec(_title, _written_title, note="with nonSort and subTitle")


def _keywords(element: XmlElement, draft: ModsDraft) -> tuple[str, ...] | None:
    parts = list(children(element))
    if not parts or any(local_name(part) not in _TOPICS for part in parts):
        return None
    draft.used.add(element)
    words = (word.strip() for part in parts for word in line_of(part).split("--"))
    return tuple(filter(None, words)) or None


def _joined_keywords(lists: list[tuple[str, ...]]) -> str:
    words = dict.fromkeys(chain.from_iterable(lists))
    return ("; " if any("," in word for word in words) else ", ").join(words)


def _written_keyword(word: str) -> Element:
    return Element(children=[Element("topic", text=plain(word))])


KEYWORDS: Final = evolve(
    codecs.KEYWORDS,
    read=_keywords,
    write=_written_keyword,
    join=_joined_keywords,
    note="one a subject",
)


def _language(element: XmlElement, draft: ModsDraft) -> str | None:
    terms = [term for term in children(element, "languageTerm") if line_of(term)]
    if not terms or element.get("objectPart"):
        return None
    draft.used.add(element)
    codes = [term for term in terms if term.get("type") == "code"]
    text = line_of((codes or terms)[0])
    return (tag_of_code(text) if codes else None) or text


def _written_language(text: str) -> Element:
    code = bibliographic_code(text)
    if code:
        attributes = {"type": "code", "authority": "iso639-2b"}
    elif is_tag(text):
        attributes = {"type": "code", "authority": "rfc5646"}
    else:
        attributes = {"type": "text"}
    return Element(children=[Element("languageTerm", attributes, code or text)])


LANGUAGE: Final = Codec(_language, _written_language, note="iso639-2b or rfc5646")


def _counted(words: str, written: str, *, is_bare: bool = False) -> Codec:
    """Return the codec of a number that has a word after it, or none if that is usual."""
    pattern = re.compile(rf"(.*\S)\s*\b(?:{words})\.?", re.DOTALL)

    def read(element: XmlElement, draft: ModsDraft) -> str | None:
        whole = line_of(element)
        # "xii, 352 p. : ill. ; 24 cm": illustrations and size are after.
        text = _SIZE.split(whole, maxsplit=1)[0]
        found = pattern.fullmatch(text)
        if not found and not (is_bare and text.isdigit()):
            return None
        if text == whole:
            draft.used.add(element)
        return found[1] if found else text

    return Codec(read, lambda number: f"{number} {written}", note="with p. or v.")


NUMBER_OF_PAGES: Final = _counted("p|pp|pages?|S|Seiten", "p.", is_bare=True)
NUMBER_OF_VOLUMES: Final = _counted("v|vols?|volumes?", "v.")


def _pages(element: XmlElement, draft: ModsDraft) -> str | None:
    for tags in (("start", "end"), ("list",)):
        parts = [part for tag in tags if (part := child(element, tag)) is not None]
        text = "-".join(filter(None, map(line_of, parts)))
        if text:
            for tag in tags:
                draft.used.update(children(element, tag))
            return bare_pages(text)
    return None


def _written_pages(text: str) -> Element:
    start, end = split_range(text)
    said = {"list": text} if end is None else {"start": start, "end": end}
    return Element(children=[Element(tag, text=part) for tag, part in said.items()])


PAGES: Final = Codec(_pages, _written_pages, note="start and end, or a list")


def _written_date(text: DateText) -> Element:
    return Element(attributes=text.attributes(), text=text.text)


DATE: Final = Codec(
    write=_written_date, split=write_dates, note="w3cdtf, edtf, marc; points and qualifiers"
)
"""Dates are read together: two elements may be one range, or state one date twice."""


def _accessed(element: XmlElement, draft: ModsDraft) -> Any:
    text = str(element.get("dateLastAccessed", "")).strip()
    return codecs.DATE.read(text, draft) if text else None


ACCESSED: Final = Codec(_accessed, note="dateCaptured, if there is no URL")


def _conference(element: XmlElement, draft: ModsDraft) -> str | None:
    name = name_of(element)
    if name is None:
        return None
    draft.use_name(element, name)
    return name.literal or str(name)


NAMES: Final = Codec(write=lambda name: name, split=iter, others="etal")
"""Names are read level by level: one element may be of several roles."""
CONFERENCE: Final = Codec(_conference, lambda title: Name(literal=plain(title)))


# The table

HOST: Final = "relatedItem[type=host]"
_SERIES: Final = "relatedItem[type=series]"
_ORIGINAL: Final = "relatedItem[type=original]"
_REVIEWED: Final = "relatedItem[type=reviewOf]"

_EXTENDED: Final = (
    "archive-place", "archive_collection", "authority", "citation-key", "division", "event",
    "event-place", "jurisdiction", "printing-number", "references", "status",
)  # fmt: skip
"""Variables that MODS has no element for, and that belong to the work all the same."""

_OF_OTHERS: Final = {
    "container-author": (HOST, "author"),
    "collection-editor": (_SERIES, "editor"),
    "original-author": (_ORIGINAL, "author"),
    "reviewed-author": (_REVIEWED, "author"),
}
"""The names that are in a related item, and their role there."""


def role_of(variable: str) -> str:
    """Return the role of a variable's names, as the variable that it has at the item.

    Example:
        >>> role_of("container-author"), role_of("translator")
        ('author', 'translator')
    """
    return _OF_OTHERS[variable][1] if variable in _OF_OTHERS else variable


def _name(
    variable: str, level: str = "", types: tuple[str, ...] = (), *, writes: bool = True
) -> Row:
    path = f"{level}/name" if level else "name"
    role = role_of(variable)
    label = f"{path}, {RELATORS[role][0] if role in RELATORS else role}"
    return Row(path, variable, NAMES, types, label=label, writes=writes)


def _names() -> Iterator[Row]:
    for variable in NAME_VARIABLES:
        if variable == "editor":
            yield _name(variable, types=all_but(*IN_BOOKS))
            yield _name(variable, types=IN_BOOKS, writes=False)
        elif variable not in _OF_OTHERS:
            yield _name(variable)
    yield _name("container-author", HOST)
    yield _name("editor", HOST, IN_BOOKS)
    for variable in ("collection-editor", "original-author", "reviewed-author"):
        yield _name(variable, _OF_OTHERS[variable][0])


def _read(path: str, variable: str, kind: Codec = LINE) -> Row:
    """Return a row that is only read, if there is no better value."""
    return Row(path, variable, kind, writes=False)


_ALWAYS: Final = (
    Row("titleInfo[]", "title", TITLE),
    Row("titleInfo[type=abbreviated]", "title-short", TITLE),
    Row("titleInfo[]/partNumber", "part-number", LINE),
    Row("titleInfo[]/partName", "part-title", LINE),
    Row("name[type=conference]", "event-title", CONFERENCE),
    Row("genre[]", "genre", LINE),
    Row("originInfo/dateIssued", "issued", DATE),
    Row("originInfo/dateOther[type=available]", "available-date", DATE),
    Row("originInfo/dateOther[type=submitted]", "submitted", DATE),
    Row("originInfo/dateOther[type=event]", "event-date", DATE),
    _read(f"{HOST}/originInfo/dateIssued", "issued", DATE),
    _read(f"{HOST}/part/date", "issued", DATE),
    _read("part/date", "issued", DATE),
    _read("originInfo/copyrightDate", "issued", DATE),
    _read("originInfo/dateCreated", "issued", DATE),
    Row("language", "language", LANGUAGE, label="language/languageTerm"),
    Row("physicalDescription/form[]", "medium", LINE),
    Row("physicalDescription/extent", "number-of-pages", NUMBER_OF_PAGES),
    Row("physicalDescription/extent", "number-of-volumes", NUMBER_OF_VOLUMES),
    Row("physicalDescription/note[type=dimensions]", "dimensions", LINE),
    Row("abstract", "abstract", PROSE),
    Row("note[]", "note", NOTES),
    Row("note[type=annotation]", "annote", PROSE),
    Row("note[type=version identification]", "version", LINE),
    # Before the keywords, so that it is no part of a keyword's subject.
    Row("subject/cartographics/scale", "scale", LINE),
    Row("subject", "keyword", KEYWORDS, label="subject/topic"),
    Row("classification[]", "call-number", LINE),
    Row(f"{HOST}/titleInfo[]", "container-title", TITLE),
    Row(f"{HOST}/titleInfo[type=abbreviated]", "container-title-short", TITLE),
    # If the title has no element without an attribute.
    *(
        _read(f"{level}titleInfo{step}", variable, TITLE)
        for level, variable in (
            ("", "title"),
            (f"{HOST}/", "container-title"),
            (f"{_SERIES}/", "collection-title"),
        )
        for step in ("[type=uniform]", "")
    ),
    _read(f"{HOST}/name[type=conference]", "event-title", CONFERENCE),
    _read(f"{HOST}/part/detail[type=number]/number", "issue"),
    Row(f"{_SERIES}/titleInfo[]", "collection-title", TITLE),
    Row(f"{_SERIES}/part/detail[type=volume]/number", "collection-number", LINE),
    _read(f"{_SERIES}/titleInfo[]/partNumber", "collection-number"),
    _read(f"{HOST}/{_SERIES}/titleInfo[]", "collection-title", TITLE),
    _read(f"{HOST}/{_SERIES}/part/detail[type=volume]/number", "collection-number"),
    _read(f"{HOST}/{HOST}/titleInfo[]", "collection-title", TITLE),
    Row(f"{_ORIGINAL}/titleInfo[]", "original-title", TITLE),
    Row(f"{_ORIGINAL}/originInfo/publisher", "original-publisher", LINE),
    Row(f"{_ORIGINAL}/originInfo/place/placeTerm[type=text]", "original-publisher-place", LINE),
    Row(f"{_ORIGINAL}/originInfo/dateIssued", "original-date", DATE),
    Row(f"{_REVIEWED}/titleInfo[]", "reviewed-title", TITLE),
    Row(f"{_REVIEWED}/genre", "reviewed-genre", LINE),
    Row("identifier[type=doi]", "DOI", DOI),
    Row("identifier[type=pmid]", "PMID", LINE),
    _read("identifier[type=pubmed]", "PMID"),
    Row("identifier[type=pmcid]", "PMCID", LINE),
    _read("identifier[type=pmc]", "PMCID"),
    Row("location/physicalLocation[]", "archive", LINE),
    Row("location/shelfLocator", "archive_location", LINE),
    Row("location/url", "URL", LINE),
    Row("location/url", "accessed", ACCESSED, label="location/url@dateLastAccessed"),
    _read("originInfo/dateCaptured", "accessed", DATE),
    _read("identifier[type=uri]", "URL"),
    Row("accessCondition[type=use and reproduction]", "license", LINE),
    Row("recordInfo/recordContentSource", "source", LINE),
    Row("part/detail[type=number]/number", "number", LINE),
    Row("part/detail[type=chapter]/number", "chapter-number", LINE),
    Row("part/detail[type=section]/number", "section", LINE),
)
_OF_HOST: Final = (
    Row("originInfo/publisher", "publisher", IMPRINT),
    Row("originInfo/place/placeTerm[type=text]", "publisher-place", IMPRINT),
    Row("originInfo/edition", "edition", with_edition_number(LINE)),
    Row("identifier[type=issn]", "ISSN", SERIAL_NUMBER),
    Row("part/detail[type=volume]/number", "volume", LINE),
    Row("part/detail[type=volume]/title", "volume-title", LINE),
    Row("part/detail[type=issue]/number", "issue", LINE),
    Row("part/detail[type=supplement]/number", "supplement-number", LINE),
    Row("part/extent[unit=pages]", "page", PAGES),
    _read("part/extent", "page", PAGES),
)
"""The data of the work that contains another, or of the work itself if there is none."""


def _levels(row: Row, hosted: tuple[str, ...]) -> Iterator[Row]:
    inner = evolve(row, own=f"{HOST}/{row.own}")
    yield evolve(inner, types=hosted)
    yield evolve(row, types=hosted, writes=False)
    alone = all_but(*hosted)
    yield evolve(row, types=alone)
    yield evolve(inner, types=alone, writes=False)


def _rows() -> Iterator[Row]:
    yield from _ALWAYS
    for row in _OF_HOST:
        yield from _levels(row, HOSTED)
    yield from _levels(Row("identifier[type=isbn]", "ISBN", BOOK_NUMBER), IN_BOOKS)
    for name in _EXTENDED:
        yield Row(f"extension/variables/{name}", name, EXTENDED)


SPEC: Final = Spec(
    tuple(
        TypeRow(name, name, label=f"genre[authority={AUTHORITY}]: {name}") for name in ITEM_TYPES
    ),
    # Written rows take precedence over rows that are only read.
    (*_names(), *sorted(_rows(), key=lambda row: not row.writes)),
)


@cache
def name_levels(csl_type: str) -> dict[str, dict[str, str]]:
    """Return for each path to names the variable of each role there.

    Example:
        >>> name_levels("chapter")[f"{HOST}/name"]
        {'author': 'container-author', 'editor': 'editor'}
    """
    levels: dict[str, dict[str, str]] = {}
    for row in SPEC.readers(csl_type):
        if row.kind is NAMES:
            levels.setdefault(row.own, {})[role_of(row.variable)] = row.variable
    return levels


def mapping() -> Spec:
    """Return the places of CSL's types and variables in MODS.

    Example:
        >>> [row.shown for row in mapping().fields if row.variable == "original-author"]
        ['relatedItem[type=original]/name, aut']
    """
    return SPEC
