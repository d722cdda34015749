"""The elements of a citation in JATS next to CSL's variables.

A row's key is an element of `element-citation`, with the attribute that defines its meaning:
`pub-id[pub-id-type=doi]`. The data of the article itself are in other elements (`article-meta`,
`journal-meta`); they are read under the same keys.

Sources: the tag library of JATS 1.3, Journal Publishing and Journal Archiving; the recommendations
of JATS4R on citations.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve, frozen

from refcite.dates import Date
from refcite.formats import codecs
from refcite.formats.codecs import with_edition_number
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow, all_but
from refcite.formats.dateparts import MONTHS, read_date, write_date
from refcite.formats.draft import Draft
from refcite.formats.iso639 import tag_of_code
from refcite.formats.namelists import NamesOfTexts
from refcite.formats.numbers import (
    bare_isbns,
    bare_issns,
    bare_pages,
    split_range,
)
from refcite.formats.xmlmarkup import marked_element
from refcite.formats.xmlwrite import Element
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.problems import Problem
from refcite.richtext import Kind, plain
from refcite.vocabulary import ITEM_TYPES, NAME_VARIABLES

__all__ = [
    "ARTICLES", "AS_TITLE", "GROUP", "NAMES", "PARTS", "ROLES", "SPEC", "XLINK", "DateParts",
    "mapping", "title_tag",
]  # fmt: skip

ARTICLES: Final = (
    "article", "article-journal", "article-magazine", "article-newspaper", "review", "review-book",
)  # fmt: skip
_CHAPTERS: Final = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia")
PARTS: Final = (*ARTICLES, *_CHAPTERS, "dataset", "paper-conference", "post", "post-weblog")
"""Types whose title is not written as `source`, also if they have no container."""

XLINK: Final = "http://www.w3.org/1999/xlink"

AS_TITLE: Final = "source[title]"
"""The key of the `source` of a work that has no other title."""

GROUP: Final = "person-group[person-group-type={}]"

_MARKS: Final[dict[Kind, str]] = {
    "i": "italic", "b": "bold", "sup": "sup", "sub": "sub", "sc": "sc",
}  # fmt: skip


def title_tag(csl_type: str) -> str:
    """Return the element of the title of a work that is in another.

    Example:
        >>> title_tag("chapter"), title_tag("dataset"), title_tag("article-journal")
        ('chapter-title', 'data-title', 'article-title')
    """
    if csl_type in _CHAPTERS:
        return "chapter-title"
    return "data-title" if csl_type == "dataset" else "article-title"


# Values


@frozen
class DateParts:
    """The parts of a date in JATS.

    Attributes:
        year: The year.
        month: The month, or the season.
        day: The day.
        iso: The attribute `iso-8601-date`.
    """

    year: str = ""
    month: str = ""
    day: str = ""
    iso: str = ""

    def __str__(self) -> str:
        """Return the parts that are given."""
        return self.iso or "-".join(filter(None, (self.year, self.month, self.day)))


_LETTER: Final = re.compile(r"([0-9]{4})[a-z]")
_ISO: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def _read_date(parts: DateParts, draft: Draft) -> Date | None:
    # "2010b" is the year with the letter of the citation.
    letter = _LETTER.fullmatch(parts.year)
    year = letter[1] if letter else parts.year
    doubts: list[Problem] = []
    found = read_date(year, parts.month, parts.day, doubts)
    if _ISO.fullmatch(parts.iso) and (found is None or found.literal is not None):
        return Date.parse(parts.iso)
    if _ISO.fullmatch(parts.iso) and found is not None and not (parts.month or parts.day):
        other = Date.parse(parts.iso)
        if other.literal is None and other.year == found.year and found.month is None:
            found = other if found == Date.of(found.year or 0) else found
    draft.doubts(doubts)
    return found


def _write_date(date: Date) -> Element:
    year, month, day = write_date(date)
    tag = "month"
    if month in MONTHS:
        month = f"{MONTHS.index(month) + 1:02}"
    elif date.season is not None:
        tag = "season"
    if day.isdecimal():
        day = f"{int(day):02}"
    text = str(date)
    iso = {"iso-8601-date": text} if date.season is None and _ISO.fullmatch(text) else {}
    parts = [Element("year", iso, year), Element(tag, text=month), Element("day", text=day)]
    return Element("date", children=[part for part in parts if part.text])


_DATE: Final = Codec(_read_date, _write_date, note="year, month or season, day")


def _write_day(date: Date) -> Element:
    literal = date.literal
    text = literal if literal and Date.parse(literal) == date else str(date)
    iso = {"iso-8601-date": text} if date.season is None and _ISO.fullmatch(text) else {}
    return Element(attributes=iso, text=text)


_DAY: Final = Codec(codecs.DATE.read, _write_day, note="iso-8601-date; otherwise the text, EDTF")


def _read_names(found: NamesOfTexts, draft: Draft) -> tuple[Name, ...]:
    names = draft.names(found)
    if not names and found.et_al:
        draft.read_et_al("et al.")
    return names


def _write_name(names: tuple[Name, ...]) -> Element | None:
    name = names[0]
    if name.literal is not None:
        return Element("collab", text=name.literal)
    parts = name.parts()
    texts = {"surname": parts.family, "given-names": parts.given, "suffix": parts.suffix}
    inner = [Element(tag, text=text) for tag, text in texts.items() if text]
    return Element("name", children=inner) if parts.family or parts.given else None


NAMES: Final = evolve(
    codecs.NAMES,
    read=_read_names,
    write=_write_name,
    others="etal",
    note="name with surname, given-names, suffix; string-name; collab; etal",
)


def _marked(kind: Kind) -> Element | None:
    return Element(_MARKS[kind]) if kind in _MARKS else None


def _write_title(text: str) -> Element:
    return marked_element(text, "", _marked, {})


_TITLE: Final = Codec(write=_write_title, note="with its subtitle and markup")


def _write_pages(text: str) -> Element:
    first, last = split_range(text)
    if last is None:
        return Element("page-range", text=plain(text))
    return Element(children=[Element("fpage", text=first), Element("lpage", text=last)])


_PAGES: Final = Codec(
    lambda text, draft: bare_pages(text), _write_pages, note="fpage and lpage; page-range"
)


def _write_address(text: str) -> Element:
    attributes = {"ext-link-type": "uri", "xlink:href": text, "xmlns:xlink": XLINK}
    return Element("ext-link", attributes, text)


_URL: Final = Codec(write=_write_address, note="ext-link or uri")
_LANGUAGE: Final = Codec(lambda text, draft: tag_of_code(text) or text, plain)
_PLAIN: Final = codecs.PLAIN

ROLES: Final = {
    **{name: name for name in NAME_VARIABLES},
    "allauthors": "author",
    "all-authors": "author",
    "authors": "author",
    "inventor": "author",
    "editors": "editor",
    "ed": "editor",
    "guest-editor": "editor",
    "guesteditor": "editor",
    "handling editor": "editor",
    "handling-editor": "editor",
    "academic-editor": "editor",
    "volume-editor": "editor",
    "translators": "translator",
    "trans": "translator",
    "transed": "editor-translator",
    "series-editor": "collection-editor",
    "artist": "author",
    "producers": "producer",
}
"""The variables of the values of `person-group-type` and `contrib-type`."""

_TEXTS: Final = (
    "annote", "archive", "archive-place", "archive_collection", "archive_location", "authority",
    "call-number", "chapter-number", "citation-key", "collection-number", "dimensions", "division",
    "event", "genre", "jurisdiction", "license", "medium", "number-of-volumes",
    "original-publisher", "original-publisher-place", "original-title", "part-number",
    "part-title", "printing-number", "references", "reviewed-genre", "reviewed-title", "scale",
    "section", "source", "status", "title-short",
)  # fmt: skip
"""Variables without an element, which are comments with CSL's name as their content type."""
_TYPES: Final = (
    ("journal", "article-journal"), ("magazine", "article-magazine"),
    ("newspaper", "article-newspaper"), ("preprint", "article"), ("book", "book"),
    ("chapter", "chapter"), ("confproc", "paper-conference"), ("data", "dataset"),
    ("software", "software"), ("thesis", "thesis"), ("report", "report"), ("patent", "patent"),
    ("standard", "standard"), ("web", "webpage"), ("letter", "personal_communication"),
)  # fmt: skip
_ALSO: Final = {
    "article-journal": "journal-article periodical article",
    "article-newspaper": "news newspaper-article",
    "article": "pre-print eprint",
    "book": "monograph edited-book ebook e-book book-review",
    "chapter": "book-chapter book-part",
    "paper-conference": "conf-proc conference conference-proceeding conference-proceedings"
    " conf-paper proceedings confpaper meeting",
    "dataset": "dataset database data-set",
    "software": "computer-program code computer_program",
    "thesis": "dissertation",
    "report": "gov govdoc government working-paper workingpaper technical-report discussion",
    "standard": "std",
    "webpage": "webpage website web-page electronic internet wiki uri",
    "personal_communication": "commun personal-communication",
    "legislation": "law legal legal-doc act statute",
    "legal_case": "case",
    "motion_picture": "video film audiovisual movie",
    "broadcast": "podcast broadcast",
    "manuscript": "unpublished",
    "post-weblog": "blog",
    "review": "review",
    "speech": "presentation lecture poster",
}
_WRITTEN: Final = {csl: own for own, csl in _TYPES}


def _types() -> tuple[TypeRow, ...]:
    rows = [TypeRow(_WRITTEN.get(name, name), name) for name in ITEM_TYPES]
    known = {row.own for row in rows}
    for csl_type, words in _ALSO.items():
        rows += [TypeRow(w, csl_type, writes=False) for w in words.split() if w not in known]
    return tuple(rows)


def _read(own: str, variable: str, kind: Codec = TEXT, label: str = "", note: str = "") -> Row:
    """Return a row that is only read, if there is no better value."""
    return Row(own, variable, kind, writes=False, label=label, note=note)


_ID: Final = "pub-id[pub-id-type={}]"

SPEC: Final = Spec(
    types=_types(),
    fields=(
        Row("@id", "id"),
        _read("comment[content-type=citekey]", "id"),
        *(Row(GROUP.format(name), name, NAMES) for name in NAME_VARIABLES),
        Row("article-title", "title", _TITLE, note="chapter-title, data-title, source, by type"),
        _read("chapter-title", "title"),
        _read("part-title", "title"),
        _read("data-title", "title"),
        _read(AS_TITLE, "title", label="source", note="if there is no other title"),
        Row("source", "container-title", _TITLE, all_but("book"),
            note="of the article: journal-title"),
        Row("comment[content-type=container-title]", "container-title", _PLAIN, ("book",)),
        Row("source[content-type=abbreviated]", "container-title-short", _TITLE,
            note="of the article: abbrev-journal-title"),
        Row("date", "issued", _DATE, label="year, month, day"),
        Row("date-in-citation[content-type=access-date]", "accessed", _DAY),
        Row("date-in-citation[content-type=original-date]", "original-date", _DAY),
        Row("date-in-citation[content-type=available-date]", "available-date", _DAY,
            note="of the article: pub-date, electronic"),
        Row("date-in-citation[content-type=submitted]", "submitted", _DAY,
            note="of the article: history/date, received"),
        Row("conf-name", "event-title", _PLAIN),
        Row("conf-loc", "event-place", _PLAIN),
        Row("conf-date", "event-date", _DAY),
        Row("edition", "edition", with_edition_number(_PLAIN)),
        Row("publisher-name", "publisher", _PLAIN),
        Row("publisher-loc", "publisher-place", _PLAIN),
        _read("institution", "publisher"),
        Row("volume", "volume", _PLAIN),
        Row("issue", "issue", _PLAIN),
        Row("issue-title", "volume-title", _PLAIN),
        Row("supplement", "supplement-number", _PLAIN),
        Row("fpage", "page", _PAGES),
        Row("elocation-id", "number", _PLAIN, ARTICLES),
        Row("patent", "number", _PLAIN, ("patent",)),
        Row("std", "number", _PLAIN, ("standard",)),
        Row("pub-id[pub-id-type=other]", "number", _PLAIN,
            all_but(*ARTICLES, "patent", "standard")),
        _read("pub-id[pub-id-type=accession]", "number"),
        _read("elocation-id", "number"),
        Row("size[units=page]", "number-of-pages",
            evolve(codecs.COUNT, write=plain)),
        Row("series", "collection-title", _TITLE),
        Row("version", "version", _PLAIN),
        Row("isbn", "ISBN", Codec(lambda text, draft: bare_isbns(text), plain)),
        Row("issn", "ISSN", Codec(lambda text, draft: bare_issns(text), plain)),
        Row(_ID.format("doi"), "DOI", Codec(lambda text, draft: normal_doi(text), plain)),
        Row(_ID.format("pmid"), "PMID", _PLAIN),
        Row(_ID.format("pmcid"), "PMCID", _PLAIN),
        Row("ext-link", "URL", _URL),
        Row("@xml:lang", "language", _LANGUAGE),
        _read("comment[content-type=language]", "language"),
        Row("comment[content-type=abstract]", "abstract", _PLAIN, note="of the article: abstract"),
        Row("comment[content-type=keyword]", "keyword", codecs.KEYWORDS,
            note="of the article: kwd"),
        Row("comment", "note", codecs.NOTES),
        *(
            Row(f"comment[content-type={name}]", name, _PLAIN,
                note="of the article: license" if name == "license" else "")
            for name in _TEXTS
        ),
    ),
    is_open=True,
    quiet=frozenset(("issn", "isbn", "institution", _ID.format("accession"), "elocation-id")),
)  # fmt: skip


def mapping() -> Spec:
    """Return the elements of JATS next to CSL's types and variables.

    Example:
        >>> mapping().type_of("confproc"), mapping().own_type("article-journal")
        ('paper-conference', 'journal')
    """
    return SPEC
