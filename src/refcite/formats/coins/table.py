"""The table of OpenURL's metadata formats: their genres and keys next to CSL's types and variables.

Source: the matrices of the KEV formats book, journal, dissertation, patent and dc in the registry
of ANSI/NISO Z39.88-2004. Works without a genre are in Dublin Core, whose `type` is then CSL's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from refcite.dates import Date, Point
from refcite.formats.codecs import APART, DATE, KEYWORDS, NAMES, PLAIN, with_edition_number
from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow, all_but
from refcite.formats.draft import Draft
from refcite.formats.numbers import split_range
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.vocabulary import ITEM_TYPES

__all__ = ["DC", "KEYS", "PREFIX", "SEASONS", "SPEC", "mapping", "text_of"]

PREFIX: Final = "info:ofi/fmt:kev:mtx:"
"""The text that is before the name of a metadata format."""

_GENRES: Final = {
    "article-journal": "journal/article",
    "article": "journal/preprint",
    "periodical": "journal/journal",
    "book": "book/book",
    "chapter": "book/bookitem",
    "paper-conference": "book/proceeding",
    "report": "book/report",
    "document": "book/document",
    "thesis": "dissertation",
    "patent": "patent",
}
_READ: Final = {
    "journal/issue": "periodical",
    "journal/proceeding": "paper-conference",
    "journal/conference": "paper-conference",
    "journal/unknown": "article-journal",
    "journal": "article-journal",
    "book/conference": "book",
    "book/unknown": "book",
    "book": "book",
}
"""Genres that are only read; a format without a genre also represents any other genre."""

_ARTICLES: Final = ("article", "article-journal")
_JOURNAL: Final = (*_ARTICLES, "periodical")
_PARTS: Final = ("chapter", "paper-conference")
_WHOLES: Final = ("book", "document", "report")
_BOOKS: Final = _PARTS + _WHOLES
_PAGED: Final = _BOOKS + _JOURNAL
DC: Final = all_but(*_GENRES)
"""The types that are written in Dublin Core."""

_AUTHORS: Final = "aulast aufirst auinit auinit1 auinitm ausuffix au aucorp"
_KEYS: Final = {
    "journal": (
        f"{_AUTHORS} genre atitle jtitle title stitle date chron ssn quarter volume part issue"
        " spage epage pages artnum issn eissn isbn coden sici"
    ),
    "book": (
        f"{_AUTHORS} genre atitle btitle title place pub date edition tpages series spage epage"
        " pages isbn issn bici"
    ),
    "dissertation": f"{_AUTHORS} title co cc inst advisor tpages date isbn degree",
    "patent": (
        "inventor invlast invfirst title co cc kind applcc applnumber number date appldate assignee"
        " pubdate prioritydate"
    ),
    "dc": (
        "title creator subject description publisher contributor date type format identifier source"
        " language relation coverage rights"
    ),
}
KEYS: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(keys.split()) for name, keys in _KEYS.items()
}
"""The keys of each metadata format, without `rft.`."""

SEASONS: Final = ("spring", "summer", "fall", "winter")


def text_of(name: Name) -> str:
    """Return a name in BibTeX's form, particles next to their parts.

    Example:
        >>> text_of(Name(family="King", given="Martin Luther", suffix="Jr."))
        'King, Jr., Martin Luther'
    """
    if name.literal is not None:
        return name.literal
    parts = name.parts()
    return ", ".join(filter(None, (parts.family, parts.suffix, parts.given)))


def _creator(text: str, draft: Draft) -> tuple[Name, ...]:
    return (Name.parse(text) if "," in text else Name(literal=text),)


def _written_date(date: Date) -> str | None:
    start = date.start
    if not isinstance(start, Point) or not 0 < start.year <= 9999:
        return None
    return "-".join(
        [f"{start.year:04}", *(f"{part:02}" for part in (start.month, start.day) if part)]
    )


def _written_season(date: Date) -> str | None:
    start = date.start
    if not isinstance(start, Point) or not start.season or not _written_date(date):
        return None
    return SEASONS[start.season - 1]


def _after(prefix: str) -> Codec:
    """Return the codec of an identifier after a prefix."""

    def read(text: str, draft: Draft) -> str | None:
        # No identifier begins or ends with spaces.
        return text[len(prefix) :].strip() if text.lower().startswith(prefix) else None

    return Codec(read, f"{prefix}{{}}".format, note=f"{prefix}…")


def _read_address(text: str, draft: Draft) -> str | None:
    if "://" not in text:
        return None
    doi = normal_doi(text)
    if doi != text:
        draft.put("DOI", doi)
    return text


_PEOPLE: Final = evolve(APART, note="the first person, all persons, an organisation")
_CREATORS: Final = evolve(
    NAMES,
    read=_creator,
    write=lambda names: text_of(names[0]),
    note="a name without a comma is a literal",
)
_DATE: Final = Codec(DATE.read, _written_date, note="a year, a month or a day")
_SEASON: Final = Codec(APART.read, _written_season, note="the season, with the year")
_PAGES: Final = "with rft.pages"
_FIRST: Final = Codec(
    APART.read, lambda text: _ends_of(text)[0] if _ends_of(text)[1] else None, note=_PAGES
)
_LAST: Final = Codec(APART.read, lambda text: _ends_of(text)[1], note=_PAGES)
_DOI: Final = _after("info:doi/")
_PMID: Final = _after("info:pmid/")
_ISBN: Final = _after("urn:isbn:")
_ISSN: Final = _after("urn:issn:")
_ADDRESS: Final = Codec(_read_address, lambda url: url if "://" in url else None, note="an address")


def _ends_of(pages: str) -> tuple[str, str | None]:
    return split_range(pages.replace("–", "-"))


SPEC: Final = Spec(
    types=(
        *(TypeRow(_GENRES.get(name, f"dc/{name}"), name) for name in ITEM_TYPES),
        *(TypeRow(own, name, writes=False) for own, name in _READ.items()),
    ),
    fields=(
        Row("rft_id", "DOI", _DOI),
        Row("rft_id", "PMID", _PMID),
        Row("rft_id", "ISBN", _ISBN, writes=False),
        Row("rft_id", "ISSN", _ISSN, writes=False),
        Row("rft_id", "URL", _ADDRESS),
        Row("rft.identifier", "DOI", _DOI, DC, writes=False),
        Row("rft.identifier", "PMID", _PMID, DC, writes=False),
        Row("rft.identifier", "ISBN", _ISBN, DC, writes=False),
        Row("rft.identifier", "ISSN", _ISSN, DC, writes=False),
        Row("rft.identifier", "URL", _ADDRESS, DC, writes=False),
        Row("rft.atitle", "title", PLAIN, _ARTICLES + _PARTS),
        Row("rft.jtitle", "title", PLAIN, ("periodical",)),
        Row("rft.btitle", "title", PLAIN, _WHOLES),
        Row("rft.title", "title", PLAIN, ("patent", "thesis", *DC)),
        Row(
            "rft.title", "title", PLAIN, _PAGED, writes=False, note="if there is no other"
        ),
        Row("rft.btitle", "title", PLAIN, ("patent", "thesis", *DC), writes=False),
        Row("rft.jtitle", "container-title", PLAIN, _ARTICLES),
        Row("rft.btitle", "container-title", PLAIN, _PARTS),
        Row("rft.jtitle", "container-title", PLAIN, (*_PARTS, *DC), writes=False),
        Row(
            "rft.title", "container-title", PLAIN, _ARTICLES + _PARTS, writes=False,
            note="with rft.atitle",
        ),
        Row("rft.source", "container-title", PLAIN, DC),
        Row("rft.stitle", "container-title-short", PLAIN, _ARTICLES),
        Row("rft.stitle", "title-short", PLAIN, ("periodical",)),
        Row(
            "rft.au",
            "author",
            _PEOPLE,
            (*_PAGED, "thesis"),
            label="rft.aulast, rft.aufirst, rft.ausuffix, rft.au, rft.aucorp",
        ),
        Row(
            "rft.inventor",
            "author",
            APART,
            ("patent",),
            label="rft.invlast, rft.invfirst, rft.inventor",
        ),
        Row("rft.creator", "author", _CREATORS, DC),
        Row("rft.contributor", "contributor", _CREATORS, DC),
        Row("rft.date", "issued", _DATE),
        Row("rft.ssn", "issued", _SEASON, _JOURNAL),
        Row("rft.appldate", "submitted", _DATE, ("patent",)),
        Row("rft.volume", "volume", PLAIN, _JOURNAL),
        Row("rft.issue", "issue", PLAIN, _JOURNAL),
        Row("rft.volume", "volume", PLAIN, (*_BOOKS, *DC), writes=False),
        Row("rft.issue", "issue", PLAIN, (*_BOOKS, *DC), writes=False),
        Row("rft.part", "part-number", PLAIN, _JOURNAL),
        Row("rft.artnum", "number", PLAIN, _JOURNAL),
        Row("rft.number", "number", PLAIN, ("patent",)),
        Row("rft.applnumber", "call-number", PLAIN, ("patent",)),
        Row("rft.pages", "page", PLAIN, _PAGED),
        Row("rft.spage", "page", _FIRST, _PAGED),
        Row("rft.epage", "page", _LAST, _PAGED),
        Row("rft.series", "collection-title", PLAIN, _BOOKS),
        Row("rft.edition", "edition", with_edition_number(PLAIN), _BOOKS),
        Row("rft.tpages", "number-of-pages", PLAIN, (*_BOOKS, "thesis")),
        Row("rft.pub", "publisher", PLAIN, _BOOKS),
        Row("rft.inst", "publisher", PLAIN, ("thesis",)),
        Row("rft.publisher", "publisher", PLAIN, DC),
        Row("rft.place", "publisher-place", PLAIN, _BOOKS),
        Row("rft.degree", "genre", PLAIN, ("thesis",)),
        Row("rft.co", "jurisdiction", PLAIN, ("patent",)),
        Row("rft.issn", "ISSN", PLAIN, _PAGED),
        Row("rft.eissn", "ISSN", PLAIN, _JOURNAL, writes=False),
        Row("rft.isbn", "ISBN", PLAIN, (*_PAGED, "thesis")),
        Row("rft.description", "abstract", PLAIN, DC),
        Row("rft.subject", "keyword", KEYWORDS, DC, note="one for each word"),
        Row("rft.language", "language", PLAIN, DC),
        Row("rft.rights", "license", PLAIN, DC),
        Row("rft.format", "medium", PLAIN, DC),
    ),
    known=frozenset(f"rft.{key}" for keys in KEYS.values() for key in keys),
)  # fmt: skip


def mapping() -> Spec:
    """Return the genres and keys next to CSL's types and variables.

    Example:
        >>> sorted(mapping().carried("thesis"))[:4]
        ['DOI', 'ISBN', 'PMID', 'URL']
    """
    return SPEC
