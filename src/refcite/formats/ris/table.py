"""The types of RIS, and the meaning of each tag in each type: one table for both directions.

Sources: the RIS format specification of Reference Manager (tags `A1`, `T1`, `Y1`, `JF`, `N2` …) and
its revision of 2011, shared with EndNote, in which the meaning of a tag depends on the type
(`T2` is a journal, a book or a series). Cases that neither defines follow programs; each such
choice is in the documentation of the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from attrs import evolve

from refcite.formats.codecs import NOTES, with_edition_number
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow, gathered
from refcite.formats.ris import values
from refcite.formats.ris.beyond import MARK
from refcite.vocabulary import ITEM_TYPES, VARIABLES

__all__ = ["ORDER", "SPEC", "code_named", "mapping", "places_of", "seconds_of"]

# Types

_TYPES: Final = (
    ("JOUR", "article-journal", "Journal Article"),
    ("ABST", "article-journal", "Abstract"),
    ("MPCT", "motion_picture", "Film or Broadcast"),
    ("ADVS", "motion_picture", "Audiovisual Material"),
    ("DATA", "dataset", "Dataset"),
    ("AGGR", "dataset", "Aggregated Database"),
    ("CLSWK", "classic", "Classical Work"),
    ("ANCIENT", "classic", "Ancient Text"),
    ("ART", "graphic", "Artwork"),
    ("BILL", "bill", "Bill"),
    ("BLOG", "post-weblog", "Blog"),
    ("BOOK", "book", "Book"),
    ("CASE", "legal_case", "Case"),
    ("CHAP", "chapter", "Book Section"),
    ("FIGURE", "figure", "Figure"),
    ("CHART", "figure", "Chart or Table"),
    ("COMP", "software", "Computer Program"),
    ("CONF", "paper-conference", "Conference Proceedings"),
    ("CPAPER", "paper-conference", "Conference Paper"),
    ("CTLG", "book", "Catalog"),
    ("DBASE", "dataset", "Online Database"),
    ("DICT", "entry-dictionary", "Dictionary"),
    ("EBOOK", "book", "Electronic Book"),
    ("ECHAP", "chapter", "Electronic Book Section"),
    ("EDBOOK", "book", "Edited Book"),
    ("EJOUR", "article-journal", "Electronic Article"),
    ("ELEC", "webpage", "Web Page"),
    ("ENCYC", "entry-encyclopedia", "Encyclopedia"),
    ("EQUA", "figure", "Equation"),
    ("GEN", "document", "Generic"),
    ("RPRT", "report", "Report"),
    ("GOVDOC", "report", "Government Document"),
    ("GRANT", "document", "Grant"),
    ("HEAR", "hearing", "Hearing"),
    ("PCOMM", "personal_communication", "Personal Communication"),
    ("ICOMM", "personal_communication", "Internet Communication"),
    ("INPR", "article-journal", "In Press"),
    ("JFULL", "periodical", "Journal"),
    ("LEGAL", "regulation", "Legal Rule or Regulation"),
    ("MANSCPT", "manuscript", "Manuscript"),
    ("MAP", "map", "Map"),
    ("MGZN", "article-magazine", "Magazine Article"),
    ("MULTI", "motion_picture", "Online Multimedia"),
    ("MUSIC", "musical_score", "Music"),
    ("NEWS", "article-newspaper", "Newspaper Article"),
    ("PAMP", "pamphlet", "Pamphlet"),
    ("PAT", "patent", "Patent"),
    ("SER", "book", "Serial"),
    ("SLIDE", "speech", "Slide"),
    ("SOUND", "song", "Sound Recording"),
    ("STAND", "standard", "Standard"),
    ("STAT", "legislation", "Statute"),
    ("THES", "thesis", "Thesis"),
    ("UNBILL", "bill", "Unenacted Bill"),
    ("UNPB", "manuscript", "Unpublished Work"),
    ("VIDEO", "motion_picture", "Video Recording"),
)
"""The types of the specification of 2011, which has all of those before it: the code, CSL's type,
and its name in EndNote, which some programs write in place of the code. Of several codes of one
type the first is written."""
_NAMED: Final = {"".join(title.casefold().split()): code for code, _, title in _TYPES} | {
    "grnt": "GRANT",
    "unpd": "UNPB",
    "web": "ELEC",  # of EndNote and Zotero
    "case": "CASE",
    "legalcase": "CASE",
    "websitepage": "ELEC",
    "website": "ELEC",
}
_WRITTEN_AS: Final = {
    "article": "UNPB",
    "broadcast": "MPCT",
    "entry": "ENCYC",
    "interview": "PCOMM",
    "performance": "ADVS",
    "post": "ICOMM",
    "review": "JOUR",
    "review-book": "JOUR",
    "treaty": "LEGAL",
}
"""The code that is written for a CSL type without an equivalent; for others it is `GEN`."""


def _type_rows() -> Iterator[TypeRow]:
    own = {csl_type: code for code, csl_type, _ in reversed(_TYPES)}
    for code, csl_type, _ in _TYPES:
        yield TypeRow(code, csl_type, writes=own[csl_type] == code)
    for csl_type in ITEM_TYPES:
        if csl_type not in own:
            yield TypeRow(_WRITTEN_AS.get(csl_type, "GEN"), csl_type, reads=False)


@lru_cache(maxsize=256)
def code_named(text: str) -> str | None:
    """Return the code that the value of `TY` means, or None.

    Example:
        >>> code_named("jour"), code_named("Journal Article"), code_named("XXXX")
        ('JOUR', 'JOUR', None)
    """
    code = text.upper()
    return code if SPEC.type_of(code) else _NAMED.get("".join(text.casefold().split()))


# Tags


def _row(
    own: str,
    variable: str,
    kind: Codec = values.LINE,
    codes: str = "",
    *,
    reads: bool = True,
    writes: bool = True,
) -> Row:
    return Row(own, variable, kind, tuple(codes.split()), reads=reads, writes=writes)


_EDITION: Final = with_edition_number(values.LINE)
_ARTICLES: Final = "ABST INPR JFULL JOUR"
_BOOKS: Final = "BOOK CLSWK EBOOK EDBOOK"
_RECORDINGS: Final = "ADVS SOUND VIDEO"
_PERFORMED: Final = "ADVS MPCT SLIDE SOUND VIDEO"
_PAPERS: Final = "CONF CPAPER"
_HELD: Final = f"{_PAPERS} SLIDE"
_PARTS: Final = "CHAP DICT ECHAP ENCYC"
_ACTS: Final = "BILL STAT UNBILL"
_SERIES: Final = "BOOK CLSWK COMP EDBOOK ELEC MAP MULTI RPRT UNPB"
_SEEN: Final = "EBOOK EJOUR ELEC MULTI"
_NUMBERED: Final = "DBASE GOVDOC LEGAL PAT RPRT STAND"
_ARCHIVED: Final = """ADVS ANCIENT ART CHART FIGURE ICOMM MANSCPT MAP MPCT MUSIC PAMP PCOMM SLIDE
    SOUND UNPB VIDEO"""
"""Works that an archive or repository may hold; of others a database only has the record."""
_WITH_ISBN: Final = f"""{_BOOKS} {_PARTS} {_PAPERS} {_RECORDINGS} BLOG COMP CTLG ELEC HEAR MAP PAMP
    SER SLIDE THES"""
_WITH_ISSN: Final = f"{_ARTICLES} EJOUR MGZN NEWS"
_OTHERWISE: Final = " ".join(
    code for code, _, _ in _TYPES if code not in f"{_NUMBERED} {_WITH_ISBN} {_WITH_ISSN}".split()
)

_MEANINGLESS: Final = {
    "A2": "CASE MPCT STAT",
    "A3": "CASE PAT",
    "A4": "CASE CONF DATA",
    "CT": "FIGURE",
    "ET": "GRANT PAT",
    "NV": "GRANT LEGAL MGZN NEWS PAT STAND STAT",
    "RI": "DATA STAT",
    "SE": "GRANT PAT",
    "T3": "CASE EJOUR PAT STAND STAT",
    "VL": "GRANT",
}
"""Types in which a tag has no meaning that CSL has."""

_ROWS: Final = (
    # Titles
    _row("T1", "title"),
    _row("TI", "title"),
    _row("CT", "title"),
    _row("BT", "title", codes=f"{_BOOKS} SER UNPB"),
    _row("JF", "container-title"),
    _row("C3", "container-title", codes=_PAPERS),
    _row("BT", "container-title", codes=f"{_PARTS} MUSIC"),
    _row("T2", "container-title"),
    _row("T2", "container-title", codes=_PAPERS),
    _row("BT", "container-title"),
    _row("JO", "container-title"),
    _row("J2", "container-title-short"),
    _row("JA", "container-title-short"),
    _row("JO", "container-title-short"),
    _row("J1", "container-title-short"),
    _row("NV", "container-title-short", codes="CASE"),
    _row("T2", "collection-title", codes=f"{_BOOKS} COMP CTLG MAP MPCT MULTI RPRT UNPB"),
    _row("T3", "collection-title"),
    _row("T3", "collection-title", codes=f"{_BOOKS} RPRT"),
    _row("T2", "collection-title", codes="SER"),
    _row("T2", "event-title", codes=f"{_PAPERS} SLIDE"),
    _row("T2", "archive_collection", codes="MANSCPT"),
    _row("T3", "volume-title", codes="ANCIENT"),
    _row("C5", "volume-title", codes="EJOUR"),
    _row("ST", "title-short"),
    _row("RI", "reviewed-title"),
    # Names
    _row("AU", "author", values.NAMES),
    _row("A1", "author", values.NAMES),
    _row("A3", "author", values.NAMES, "EDBOOK"),
    _row("A2", "author", values.OTHER_NAMES, "BILL SLIDE UNBILL"),
    _row("AU", "director", values.NAMES, "MPCT"),
    _row("A1", "director", values.NAMES, "MPCT"),
    _row("AU", "composer", values.NAMES, "MUSIC"),
    _row("A1", "composer", values.NAMES, "MUSIC"),
    _row("A2", "collection-editor", values.EDITOR_OF_SERIES, _SERIES),
    _row("A2", "editor", values.NAMES, _SERIES, writes=False),
    _row("AU", "editor", values.NAMES, "EDBOOK"),
    _row("A1", "editor", values.NAMES, "EDBOOK"),
    _row("A2", "editor", values.NAMES),
    _row("A3", "editor", values.NAMES, "BOOK CLSWK"),
    _row("A4", "editor", values.NAMES, "SER"),
    _row("ED", "editor", values.NAMES),
    _row("A3", "collection-editor", values.NAMES),
    _row("A4", "translator", values.NAMES),
    _row("A2", "performer", values.NAMES, _RECORDINGS),
    _row("A4", "performer", values.NAMES, "MPCT"),
    _row("C1", "performer", values.OTHER_NAMES, _PERFORMED),
    _row("A2", "producer", values.NAMES, "DATA"),
    _row("A3", "producer", values.NAMES, "MPCT"),
    _row("A4", "producer", values.NAMES, "MUSIC"),
    _row("A2", "recipient", values.NAMES, "ICOMM PCOMM"),
    _row("A2", "contributor", values.NAMES, "THES"),
    _row("A3", "contributor", values.NAMES, "THES"),
    _row("A3", "illustrator", values.NAMES, "BLOG"),
    _row("C2", "container-author", values.NAMES, "CHAP"),
    # Dates
    _row("PY", "issued", values.DATE),
    _row("DA", "issued", values.DATE),
    _row("Y1", "issued", values.DATE),
    _row("ET", "issued", values.DATE, "AGGR DBASE"),
    _row("Y2", "accessed", values.DATE),
    _row("DA", "accessed", values.DATE, "AGGR DBASE EBOOK ECHAP EJOUR MULTI"),
    _row("C1", "accessed", values.ACCESS_PART, _SEEN, writes=False),
    _row("C2", "accessed", values.ACCESS_PART, _SEEN, writes=False),
    _row("M1", "accessed", values.ACCESS_PART, "ELEC", writes=False),
    _row("VL", "accessed", values.ACCESS_PART, "BLOG ELEC", writes=False),
    _row("ET", "available-date", values.EPUB, _ARTICLES),
    _row("SE", "available-date", values.DATE, "EJOUR"),
    _row("SE", "original-date", values.DATE, "DATA"),
    _row("SE", "submitted", values.DATE, "CASE"),
    _row("C2", "submitted", values.DATE, "PAT"),
    # Pages and other numbers
    _row("SP", "page"),
    _row("SP", "number-of-pages", values.EXTENT, f"{_BOOKS} THES"),
    _row("SP", "page", values.LINE, f"{_BOOKS} THES"),
    _row("EP", "page", values.END),
    _row("M1", "page", codes="LEGAL NEWS STAND", writes=False),
    _row("M2", "page", values.START, f"{_ARTICLES} EJOUR", writes=False),
    _row("M2", "status", values.STATUS, f"{_ARTICLES} EJOUR", writes=False),
    _row("SE", "page", codes="BOOK CLSWK EDBOOK MANSCPT MGZN", writes=False),
    _row("M2", "number-of-pages", codes="PAMP"),
    _row("SE", "number-of-pages", codes="CTLG"),
    _row("VL", "volume"),
    _row("VL", "volume", codes="BLOG ELEC", writes=False),
    _row("C6", "volume", codes="STAT"),
    _row("IS", "issue"),
    _row("CP", "issue"),
    _row("M1", "issue", codes="CONF EJOUR GOVDOC MGZN"),
    _row("M1", "issue", values.SHORT_ISSUE, _ARTICLES, writes=False),
    _row("C2", "issue", codes="NEWS"),
    _row("C6", "issue", codes="RPRT"),
    _row("NV", "number-of-volumes"),
    _row("IS", "number-of-volumes", codes="CHAP"),
    _row("C7", "number", codes=f"{_ARTICLES} EJOUR"),
    _row("VL", "number", codes="PAMP"),
    _row("NV", "number", codes="CTLG DATA MANSCPT"),
    _row("SV", "number", codes="CASE"),
    _row("C2", "number", codes="SER"),
    _row("M1", "number"),
    _row("M1", "number", codes="ELEC", writes=False),
    _row("M1", "number", codes="MANSCPT RPRT"),
    _row("NV", "number", codes="EJOUR ICOMM PCOMM"),
    _row("SE", "number", codes="BLOG"),
    _row("SV", "collection-number", codes=f"{_PARTS} SER"),
    _row("NV", "collection-number", codes="RPRT"),
    _row("M1", "collection-number", codes="BOOK CLSWK CTLG EDBOOK PAMP SER"),
    _row("T3", "supplement-number", codes="LEGAL"),
    _row("M1", "chapter-number", codes="ECHAP"),
    _row("SE", "chapter-number", codes="CHAP SER"),
    _row("ET", "chapter-number", codes=f"{_ACTS} HEAR"),
    _row("T2", "section", codes="HEAR"),
    _row("SE", "section"),
    _row("SE", "section", codes="HEAR"),
    _row("C1", "section", codes="CHAP ECHAP SER"),
    _row("ET", "edition", _EDITION),
    _row("ET", "edition", _EDITION, codes=_ARTICLES),
    _row("VL", "edition", _EDITION, codes="COMP"),
    _row("ET", "version", codes="CHART COMP DATA EQUA FIGURE"),
    _row("NV", "version", codes="EBOOK"),
    _row("SE", "version", codes="DICT"),
    _row("VL", "version", codes="PAT"),
    _row("DO", "DOI", values.DOI),
    _row("L3", "DOI", values.DOI_ALONE, writes=False),
    _row("C2", "PMCID", codes=_ARTICLES),
    _row("C3", "PMCID", codes="EJOUR"),
    _row("C7", "PMCID", codes="EBOOK ECHAP"),
    _row("SN", "ISSN", values.ISSN, f"{_WITH_ISBN} {_WITH_ISSN} {_OTHERWISE}"),
    _row("SN", "ISBN", values.ISBN, f"{_WITH_ISBN} {_WITH_ISSN} {_OTHERWISE}"),
    _row("SN", "ISBN", values.NO_SERIAL, _WITH_ISBN, writes=False),
    _row("SN", "ISSN", values.NO_SERIAL, _WITH_ISSN, writes=False),
    _row("SN", "number", values.NO_SERIAL, _OTHERWISE, writes=False),
    _row("SN", "ISBN", values.ISBN_13, _NUMBERED),
    _row("SN", "ISSN", values.ISSN, _NUMBERED, reads=False),
    _row("SN", "number", values.NO_BOOK, _NUMBERED),
    # Publishers and places
    _row("PB", "publisher"),
    _row("C5", "publisher", codes="STAT"),
    _row("PB", "publisher", codes="STAT"),
    _row("A2", "publisher", codes="CTLG PAMP"),
    _row("A3", "publisher", codes="RPRT", writes=False),
    _row("T3", "publisher", codes="BLOG"),
    _row("C1", "publisher-place", codes=_PAPERS),
    _row("CY", "publisher-place"),
    _row("PP", "publisher-place"),
    _row("CY", "publisher-place", values.PLACE_OF_PUBLISHER, _HELD),
    _row("CY", "event-place", codes=_HELD),
    _row("CY", "jurisdiction", codes="PAT STAT"),
    _row("A2", "authority", codes="LEGAL PAT"),
    _row("C1", "authority", codes="GOVDOC"),
    _row("PB", "authority", codes="CASE"),
    _row("T3", "authority", codes="BILL HEAR UNBILL"),
    _row("A2", "division", codes="GOVDOC"),
    _row("A4", "division", codes="RPRT"),
    _row("T2", "division", codes="THES"),
    _row("T3", "division", codes="UNPB"),
    _row("PB", "archive", codes="MANSCPT"),
    _row("DB", "archive", codes=f"{_ARCHIVED} THES"),
    _row("DP", "archive", values.REPOSITORY, "THES", writes=False),
    _row("DB", "source", values.DATABASE, writes=False),
    _row("DP", "source"),
    _row("DP", "source", codes="THES"),
    _row("AN", "archive_location", codes=_ARCHIVED),
    _row("AN", "number", codes="THES", writes=False),
    _row("AN", "PMID", values.PMID, writes=False),
    _row("AV", "archive_location"),
    _row("M1", "call-number", codes="PAT"),
    _row("CN", "call-number"),
    _row("LB", "citation-label"),
    # Kinds of work
    _row("M3", "DOI", values.DOI_OR_KIND, writes=False),
    _row("C2", "genre", codes="MUSIC"),
    _row("C3", "genre", codes="DATA"),
    _row("C4", "genre", codes="MPCT"),
    _row("M3", "genre", values.KIND),
    _row("M3", "genre", codes="CASE MUSIC"),
    _row("VL", "genre", codes="THES"),
    _row("C1", "medium", codes="MUSIC"),
    _row("C5", "medium", codes="ADVS MPCT MULTI SLIDE SOUND VIDEO"),
    _row("M1", "medium", codes="COMP"),
    _row("M3", "medium", codes="MPCT"),
    _row("C3", "dimensions", codes=f"{_RECORDINGS} ART MAP SLIDE"),
    _row("M1", "dimensions", codes="ART"),
    _row("SP", "dimensions", codes="COMP MAP MPCT"),
    _row("C1", "scale", codes="MAP"),
    _row("C6", "status", codes="PAT"),
    _row("M1", "status", codes="GRANT"),
    _row("OP", "references", codes=f"{_ACTS} CASE HEAR LEGAL"),
    _row("C5", "references", codes="PAT"),
    # Texts
    _row("LA", "language"),
    _row("UR", "URL"),
    _row("N2", "abstract", TEXT),
    _row("AB", "abstract", TEXT),
    _row("KW", "keyword", values.KEYWORDS),
    _row("N1", "note", NOTES),
    _row("RN", "annote", TEXT),
    _row("ID", "id"),
)


def _completed() -> Iterator[Row]:
    """Yield the rows, those without types for the types in which their tag has no other meaning."""
    named = {tag: set(codes.split()) for tag, codes in _MEANINGLESS.items()}
    for row in _ROWS:
        named.setdefault(row.own, set()).update(row.types)
    for row in _ROWS:
        others = named[row.own]
        rest = tuple(code for code, _, _ in _TYPES if code not in others) if others else ()
        yield row if row.types else evolve(row, types=rest)


_ORDER: Final = (
    "AU A2 A3 A4 A1 ED TI T1 CT T2 T3 C3 BT JF J2 JA JO J1 ST PY DA Y1 VL IS CP NV SV ET SE M1 M2 "
    "SP EP PB CY PP C1 C2 C4 C5 C6 C7 C8 SN DO UR L1 L2 L3 L4 Y2 LA DB DP AN AV CN LB M3 OP RI RP "
    "TT TA CA AD AB N2 KW RN U1 U2 U3 U4 U5 N1 ID"
)
ORDER: Final = tuple(_ORDER.split())
"""The tags of the specifications in the order in which they are written.

Of two that mean the same, the one that is written is first."""

SPEC: Final = Spec(
    tuple(_type_rows()),
    tuple(_completed()),
    typed_by="own",
    default="GEN",
    known=frozenset(("TY", "ER", *ORDER)),
)
"""Types and tags, those that count first before the others."""


def _place(row: Row) -> int:
    return ORDER.index(row.own)


@cache
def places_of(code: str) -> dict[str, tuple[Row, ...]]:
    """Return for each variable the tags that can hold it, the written one first.

    Example:
        >>> [row.own for row in places_of("CONF")["container-title"]]
        ['T2', 'C3', 'BT', 'JF', 'JO']
    """
    places: dict[str, tuple[Row, ...]] = {}
    for row in sorted(SPEC.writers(code), key=_place):
        places[row.variable] = (*places.get(row.variable, ()), row)
    return places


@cache
def seconds_of(code: str) -> frozenset[str]:
    """Return the variables that have a tag only if it does not fill another before.

    Example:
        >>> "event-place" in seconds_of("CONF"), "event-place" in seconds_of("BOOK")
        (True, False)
    """
    first: dict[str, str] = {}
    for row in SPEC.readers(code):
        first.setdefault(row.own, row.variable)
    return frozenset(
        variable
        for variable, rows in places_of(code).items()
        if all(first.get(row.own, variable) != variable for row in rows)
    )


# Documentation


def mapping() -> Spec:
    """Return the tags of each type next to CSL's variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "DOI"]
        ['DO', 'L3', 'M3']
    """
    types = (
        row if row.reads else TypeRow(f"{row.own}, N1 - {MARK}type", row.csl) for row in SPEC.types
    )
    return Spec(tuple(types), gathered({type_: _shown(type_) for type_ in ITEM_TYPES}))


def _shown(csl_type: str) -> Iterator[Row]:
    code = SPEC.own_type(csl_type)
    places = places_of(code)
    ordered = sorted(SPEC.readers(code), key=_place)
    for variable in VARIABLES:
        rows = [row for row in ordered if row.variable == variable]
        first = places.get(variable, (None,))[0]
        if first not in rows:
            yield Row(f"N1 - {MARK}{variable}", variable)
        for row in rows:
            yield evolve(row, types=(), writes=row is first)
