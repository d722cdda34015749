"""The one table between BibTeX's and biblatex's types and fields and those of CSL, in both ways.

Sources: Patashnik, *BibTeXing*, § 3; the biblatex manual, §§ 2.1 and 2.2; CSL 1.0.2, appendices
III and IV. If one CSL variable has several fields, the first existing one is read and the
first is written; if one field has several meanings, the type determines it.

A CSL variable for which neither BibTeX nor biblatex has a field is written under its own name
(`reviewed-title`), or after `csl-` if that name has another meaning (`csl-number`).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from attrs import frozen

from refcite.formats.bibtex import kinds
from refcite.formats.bibtex.dialect import Dialect
from refcite.formats.crosswalk import Codec
from refcite.vocabulary import (
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TITLE_VARIABLES,
    VARIABLES,
    attribute_of,
)

__all__ = [
    "BOOKS",
    "CONTAINERS_OF_DATA",
    "DATE_FIELDS",
    "EDITOR_ROLES",
    "GENRE_OF_ENTRY_TYPE",
    "PUBLISHERS",
    "SUBTYPES",
    "TEXT_FIELDS",
    "TITLE_PARTS",
    "TYPES",
    "VERBATIM_FIELDS",
    "Meaning",
    "entry_type_of",
    "field_names",
    "meanings",
    "titled",
]


# Types

_OWN_TYPES: Final[dict[str, str]] = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "periodical": "periodical",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "manual": "book",
    "booklet": "pamphlet",
    "incollection": "chapter",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "inreference": "entry-encyclopedia",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "unpublished": "manuscript",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "misc": "document",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "standard": "standard",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "letter": "personal_communication",
    "artwork": "graphic",
    "image": "figure",
    "movie": "motion_picture",
    "video": "motion_picture",
    "music": "song",
    "audio": "song",
    "performance": "performance",
    "review": "review",
    **{name: name for name in ("interview", "map", "broadcast", "hearing", "speech", "bill")},
}

TYPES: Final[dict[str, str]] = {**_OWN_TYPES, **{n: n for n in ITEM_TYPES if n not in _OWN_TYPES}}
"""Entry types with the CSL types as which they are read.

A name that neither BibTeX, biblatex nor a style package uses can be that of a CSL type, such as
`@treaty` or `@webpage`. Such names are read, but not written: LaTeX styles do not define them."""

CONTAINERS_OF_DATA: Final = frozenset({"xdata", "set", "bibnote", "control", "ieeetranbstctl"})
"""Entry types that are no works; they are kept beside the records (`Library.containers`).

The last two are settings of REVTeX's and IEEE's styles."""

SUBTYPES: Final = {
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    **{name: name for name in ITEM_TYPES},
}
"""Values of `entrysubtype` that determine the CSL type."""

# The types of classic BibTeX that are written; all others are @misc with a subtype.
_CLASSIC: Final = (
    *("article", "book", "booklet", "incollection", "inproceedings", "misc", "techreport"),
    "unpublished",
)
_ENTRY_TYPES: Final[dict[Dialect, dict[str, str]]] = {
    "bibtex": {_OWN_TYPES[name]: name for name in _CLASSIC},
    "biblatex": {type_: name for name, type_ in reversed(_OWN_TYPES.items())},
}
_LIKE: Final = {
    "article-newspaper": "article",
    "article-magazine": "article",
    "review": "article",
    "review-book": "article",
    "periodical": "book",
    "thesis": "phdthesis",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "classic": "book",
    "collection": "book",
}

EDITOR_ROLES: Final = {
    "compiler": "compiler",
    "collaborator": "contributor",
    "organizer": "organizer",
    "director": "director",
    "producer": "producer",
    "illustrator": "illustrator",
    **{name: name for name in ("chair", "composer", "curator", "guest", "host", "interviewer")},
    **{name: name for name in ("narrator", "performer")},
}
"""Values of `editortype` and similar fields that mean a role in CSL, with this role."""

GENRE_OF_ENTRY_TYPE: Final = {"phdthesis": "phdthesis", "mastersthesis": "mathesis"}


def entry_type_of(type_: str, genre: str | None, dialect: Dialect) -> tuple[str, str | None]:
    """Return the entry type for a CSL type, and the `entrysubtype` that is needed to read it back.

    Example:
        >>> entry_type_of("report", None, "bibtex"), entry_type_of("report", None, "biblatex")
        (('techreport', None), ('report', None))
        >>> entry_type_of("article-newspaper", None, "bibtex")
        ('article', 'newspaper')
    """
    if type_ == "thesis":
        for entry_type, key in GENRE_OF_ENTRY_TYPE.items():
            if genre == kinds.GENRES[key]:
                return entry_type, None
        if dialect == "bibtex" and genre:
            return "phdthesis", None
        return "thesis", None
    usual = _ENTRY_TYPES[dialect].get(type_)
    if usual:
        return usual, None
    subtype = type_.removeprefix("article-")
    if SUBTYPES.get(subtype) != type_:
        subtype = type_
    return _LIKE.get(type_, "misc"), subtype


# Fields

_PERIODICAL: Final = frozenset(
    {
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "periodical",
        "review",
        "review-book",
    }
)
_IN_SERIES: Final = frozenset(
    {"book", "chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary"}
    | {"pamphlet", "collection", "classic"}
)
BOOKS: Final = frozenset({"book", "classic", "collection", "pamphlet"})
"""Types whose `maintitle` is the title of the whole work, and whose `title` is that of a volume."""

_THESIS: Final = frozenset({"thesis"})
_REPORT: Final = frozenset({"report"})
_ONLINE: Final = frozenset({"webpage", "post", "post-weblog"})
_MISC: Final = frozenset({"document", "manuscript"})
_PATENT: Final = frozenset({"patent"})
_CASES: Final = frozenset({"legal_case"})
_NEWSPAPER: Final = frozenset({"article-newspaper"})
_PAPERS: Final = frozenset({"paper-conference"})
_SPEECH: Final = frozenset({"speech"})


@frozen
class _Row:
    """One CSL variable and its fields; the first is the written one.

    A name that differs between the dialects is given as (BibTeX's, biblatex's).
    """

    variable: str
    names: tuple[str | tuple[str, str], ...]
    types: frozenset[str] | None = None
    without: frozenset[str] = frozenset()


PUBLISHERS: Final = ("publisher", "institution", "school", "organization", "howpublished")


def _publishers(*first: str | tuple[str, str]) -> tuple[str | tuple[str, str], ...]:
    named = {name for entry in first for name in ([entry] if isinstance(entry, str) else entry)}
    return (*first, *(name for name in PUBLISHERS if name not in named))


_ROWS: Final = (
    _Row("author", ("author",)),
    _Row("editor", ("editor",)),
    _Row("translator", ("translator",)),
    _Row("container-author", ("bookauthor",)),
    _Row("title", ("title",), without=BOOKS),
    _Row("title", ("title", "booktitle"), BOOKS),  # the book title is for the children
    _Row("container-title", (("journal", "journaltitle"), "booktitle"), _PERIODICAL),
    _Row("container-title", ("container-title",), BOOKS),
    _Row(
        "container-title",
        ("booktitle", ("journal", "journaltitle")),
        without=_PERIODICAL | BOOKS,
    ),
    _Row("container-title-short", ("shortjournal",), _PERIODICAL),
    _Row("collection-title", ("series",)),
    _Row("title-short", ("shorttitle",)),
    _Row("original-title", ("origtitle",)),
    _Row("issue", ("number", "issue"), _PERIODICAL),
    _Row("number", ("eid", "articleno", "article-number"), _PERIODICAL | _PAPERS),
    _Row("collection-number", ("number",), _IN_SERIES),
    _Row("number", ("number",), without=_PERIODICAL | _IN_SERIES),
    _Row("volume", ("volume",)),
    _Row("part-number", ("part",)),
    _Row("number-of-volumes", ("volumes",)),
    _Row("edition", ("edition",)),
    _Row("version", ("version",)),
    _Row("chapter-number", ("chapter",), without=_NEWSPAPER),
    _Row("section", (("section", "journalsubtitle"), "chapter"), _NEWSPAPER),
    _Row("page", ("pages",)),
    _Row("number-of-pages", ("pagetotal",)),
    _Row("publisher", _publishers(("school", "institution")), _THESIS),
    _Row("publisher", _publishers("institution"), _REPORT),
    _Row("publisher", _publishers("organization"), _ONLINE),
    _Row("publisher", _publishers(("howpublished", "organization")), _MISC),
    _Row("authority", ("institution", "organization", "court"), _CASES),
    _Row("publisher", ("publisher", "school", "howpublished"), _CASES),
    _Row("publisher", _publishers(), without=_THESIS | _REPORT | _ONLINE | _MISC | _CASES),
    _Row("event-place", ("venue", ("address", "location")), _SPEECH),
    _Row("publisher-place", (("address", "location"),), without=_PATENT | _SPEECH),
    _Row("jurisdiction", (("address", "location"),), _PATENT),
    _Row("original-publisher", ("origpublisher",)),
    _Row("original-publisher-place", ("origlocation",)),
    _Row("event-title", ("eventtitle",)),
    _Row("event-place", ("venue",), without=_SPEECH),
    _Row("genre", ("type",)),
    _Row("status", ("pubstate",)),
    _Row("note", ("note",)),
    _Row("annote", (("annote", "annotation"),)),
    _Row("abstract", ("abstract",)),
    _Row("keyword", ("keywords",)),
    _Row("language", ("langid", "hyphenation", "language")),
    _Row("DOI", ("doi",)),
    _Row("ISBN", ("isbn",)),
    _Row("ISSN", ("issn",)),
    _Row("PMID", ("pmid",)),
    _Row("PMCID", ("pmcid",)),
    _Row("URL", ("url",)),
    _Row("accessed", ("urldate",)),
    _Row("event-date", ("eventdate",)),
    _Row("original-date", ("origdate", "origyear")),
    _Row("call-number", ("library",)),
)

DATE_FIELDS: Final = ("date", "year", "month", "day")
"""The fields of `issued`."""


def titled(prefix: str) -> tuple[str, str, str]:
    """Return the fields of a title's three parts.

    Example:
        >>> titled("book")
        ('booktitle', 'booksubtitle', 'booktitleaddon')
    """
    return f"{prefix}title", f"{prefix}subtitle", f"{prefix}titleaddon"


TITLE_PARTS: Final = frozenset(
    name for prefix in ("", "main", "book", "journal", "issue") for name in titled(prefix)
) - {"title", "booktitle", "journaltitle"}
"""Fields that are joined to a title, or replace it."""

TEXT_FIELDS: Final = TITLE_PARTS.union(
    [
        "eventtitleaddon",
        "addendum",
        "issue",
        "shorttitle",
        "reprinttitle",
        "indextitle",
        "howpublished",
        "institution",
        "organization",
        "publisher",
        "school",
        "booktitle",
        "journal",
        "journaltitle",
        "shortseries",
    ]
)
"""Fields whose text goes to `extra` (some of them joined to a title): read as LaTeX."""

VERBATIM_FIELDS: Final = frozenset({"eprint", "file", "pdf"})
"""Fields whose text goes to `extra`, and that contain no commands (biblatex manual, § 2.2.1)."""

_KINDS: Final = {
    **dict.fromkeys(NAME_VARIABLES, kinds.NAMES),
    **dict.fromkeys(DATE_VARIABLES, kinds.DATE),
    **dict.fromkeys(TITLE_VARIABLES, kinds.TITLE),
    **dict.fromkeys(("URL", "ISBN", "ISSN", "PMID", "PMCID"), kinds.VERBATIM),
    **dict.fromkeys(NUMBER_VARIABLES, kinds.TEXT),
    "DOI": kinds.DOI,
    "page": kinds.PAGES,
    "language": kinds.LANGUAGE,
    "edition": kinds.EDITION,
    "genre": kinds.KEY,
    "status": kinds.KEY,
    "collection-title": kinds.SERIES,
    **dict.fromkeys(
        (
            "publisher",
            "publisher-place",
            "jurisdiction",
            "original-publisher",
            "original-publisher-place",
        ),
        kinds.LIST,
    ),
}


@frozen
class Meaning:
    """The meaning of a field in entries of one CSL type.

    Attributes:
        attribute: The attribute of `Record`.
        kind: The kind of value, with its reading.
        before: Fields with the same meaning that take precedence, if they exist.
        protect: For kinds that are only LaTeX, whether braces protect capitals; otherwise None.
            Most fields are of such a kind, and are read without calling it.
    """

    attribute: str
    kind: Codec
    before: tuple[str, ...] = ()
    protect: bool | None = None


@cache
def meanings(type_: str) -> dict[str, Meaning]:
    """Return each field that has a CSL variable in entries of this type.

    Example:
        >>> meanings("book")["number"].attribute, meanings("article-journal")["number"].attribute
        ('collection_number', 'issue')
    """
    found: dict[str, Meaning] = {}
    for variable, names in _rows_of(type_):
        before: tuple[str, ...] = ()
        for entry in names:
            for name in [entry] if isinstance(entry, str) else reversed(entry):
                if name not in found:
                    kind = _KINDS.get(variable, kinds.TEXT)
                    protect = kind is kinds.TITLE if kind in (kinds.TEXT, kinds.TITLE) else None
                    found[name] = Meaning(attribute_of(variable), kind, before, protect)
                    before = (*before, name)
    return found


@cache
def field_names(type_: str, dialect: Dialect) -> dict[str, tuple[str, Codec]]:
    """Return each attribute of `Record` with its field in entries of this type."""
    index = 0 if dialect == "bibtex" else 1
    return {
        attribute_of(variable): (
            names[0] if isinstance(names[0], str) else names[0][index],
            _KINDS.get(variable, kinds.TEXT),
        )
        for variable, names in _rows_of(type_)
    }


@cache
def _rows_of(type_: str) -> tuple[tuple[str, tuple[str | tuple[str, str], ...]], ...]:
    rows: dict[str, tuple[str | tuple[str, str], ...]] = {}
    taken: set[str] = {*DATE_FIELDS, "crossref", "xdata", "subtitle", "titleaddon", "maintitle"}
    for row in _ROWS:
        if (row.types is None or type_ in row.types) and type_ not in row.without:
            rows[row.variable] = row.names
            for entry in row.names:
                taken.update([entry] if isinstance(entry, str) else entry)
    for variable in VARIABLES:
        if variable not in rows and variable != "issued":
            name = variable.lower()
            rows[variable] = (f"csl-{name}" if name in taken else name,)
    return tuple(rows.items())
