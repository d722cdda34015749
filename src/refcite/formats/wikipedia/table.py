"""The table of Citation Style 1: its templates and parameters beside CSL's types and variables.

Source: "Help:Citation Style 1" and the documentation of the templates on the English Wikipedia.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from refcite.formats.crosswalk import Row, Spec, TypeRow
from refcite.vocabulary import ITEM_TYPES

__all__ = [
    "PREPRINT_TYPE",
    "ROLES",
    "canonical",
    "mapping",
    "parameters_of",
    "template_of",
    "type_of",
]

PREPRINT_TYPE: Final = "Preprint"

IN_BOOK: Final = "cite book (chapter)"
PREPRINT: Final = "cite document (type: Preprint)"
_OTHER: Final = "citation"

_TYPES: Final = (
    TypeRow(PREPRINT, "article"),
    TypeRow("cite journal", "article-journal"),
    TypeRow("cite magazine", "article-magazine"),
    TypeRow("cite news", "article-newspaper"),
    TypeRow("cite book", "book"),
    TypeRow(IN_BOOK, "chapter"),
    TypeRow("cite episode", "broadcast"),
    TypeRow("cite document", "document"),
    TypeRow("cite dictionary", "entry-dictionary"),
    TypeRow("cite encyclopedia", "entry-encyclopedia"),
    TypeRow("cite sign", "graphic"),
    TypeRow("cite interview", "interview"),
    TypeRow("cite map", "map"),
    TypeRow("cite AV media", "motion_picture"),
    TypeRow("cite conference", "paper-conference"),
    TypeRow("cite report", "report"),
    TypeRow("cite speech", "speech"),
    TypeRow("cite thesis", "thesis"),
    TypeRow("cite web", "webpage"),
    # Only read.
    TypeRow("cite arXiv", "article", writes=False),
    TypeRow("cite bioRxiv", "article", writes=False),
    TypeRow("cite medRxiv", "article", writes=False),
    TypeRow("cite SSRN", "article", writes=False),
    TypeRow("cite CiteSeerX", "article", writes=False),
    TypeRow("cite podcast", "broadcast", writes=False),
    TypeRow("cite serial", "broadcast", writes=False),
    TypeRow("cite AV media notes", "document", writes=False),
    TypeRow("cite mailing list", "webpage", writes=False),
    TypeRow("cite newsgroup", "webpage", writes=False),
    TypeRow("cite press release", "report", writes=False),
    TypeRow("cite tech report", "report", writes=False),
    # Only written.
    TypeRow("cite book", "classic", reads=False),
    TypeRow("cite book", "collection", reads=False),
    TypeRow("cite encyclopedia", "entry", reads=False),
    TypeRow("cite document", "manuscript", reads=False),
    TypeRow("cite book", "musical_score", reads=False),
    TypeRow("cite book", "pamphlet", reads=False),
    TypeRow("cite web", "post", reads=False),
    TypeRow("cite web", "post-weblog", reads=False),
    TypeRow("cite journal", "review", reads=False),
    TypeRow("cite journal", "review-book", reads=False),
    TypeRow("cite AV media", "song", reads=False),
)
_NAMED: Final = {row.csl for row in _TYPES if row.writes}
_REST: Final = tuple(
    TypeRow(_OTHER, name, reads=False) for name in ITEM_TYPES if name not in _NAMED
)

_REDIRECTS: Final = {
    "cite article": "cite journal",
    "cite paper": "cite journal",
    "cite newspaper": "cite news",
    "cite press": "cite press release",
    "cite pressrelease": "cite press release",
    "cite website": "cite web",
    "cite webpage": "cite web",
    "cite url": "cite web",
    "web cite": "cite web",
    "cite techreport": "cite tech report",
    "cite technical report": "cite tech report",
    "cite encyclopaedia": "cite encyclopedia",
    "cite video": "cite av media",
    "cite av": "cite av media",
    "cite audio": "cite av media",
    "cite film": "cite av media",
    "cite dvd": "cite av media",
    "cite music release notes": "cite av media notes",
    "cite episodes": "cite episode",
    "cite mailinglist": "cite mailing list",
    "cite usenet": "cite newsgroup",
    "cite ssrn paper": "cite ssrn",
    "cite proceedings": "cite conference",
    "cite dissertation": "cite thesis",
    "cite chapter": "cite book",
    "cite lecture": "cite speech",
    "cite preprint": "cite document",
}

_ARTICLES: Final = (
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "review",
    "review-book",
)
_ENTRIES: Final = ("entry", "entry-dictionary", "entry-encyclopedia")
_WEB: Final = ("post", "post-weblog", "webpage")
_FILMS: Final = ("motion_picture", "song")
_PAPERS: Final = ("paper-conference",)


def _all_but(*types: str) -> tuple[str, ...]:
    return tuple(name for name in ITEM_TYPES if name not in types)


_FIELDS: Final = (
    Row("last, first, author", "author", note="author for one literal name"),
    Row("editor-last, editor-first, editor", "editor"),
    Row("translator-last, translator-first, translator", "translator"),
    Row("contributor-last, contributor-first, contributor", "contributor", types=("chapter",)),
    Row("interviewer-last, interviewer-first, interviewer", "interviewer", types=("interview",)),
    Row("host-last, host-first, host", "host", types=("broadcast",)),
    Row("title", "title", types=_all_but("chapter")),
    Row("chapter", "title", types=("chapter",)),
    Row("title", "container-title", types=("chapter",)),
    Row("journal", "container-title", types=("article-journal", "review", "review-book")),
    Row("magazine", "container-title", types=("article-magazine",)),
    Row("newspaper", "container-title", types=("article-newspaper",)),
    Row("encyclopedia", "container-title", types=("entry", "entry-encyclopedia")),
    Row("dictionary", "container-title", types=("entry-dictionary",)),
    Row("book-title", "container-title", types=_PAPERS),
    Row("website", "container-title", types=_WEB),
    Row("series", "container-title", types=("broadcast",)),
    Row(
        "work",
        "container-title",
        types=_all_but(*_ARTICLES, *_ENTRIES, *_PAPERS, *_WEB, "chapter", "broadcast", "book"),
    ),
    Row("series", "collection-title", types=_all_but("broadcast")),
    Row("conference", "event-title", types=_PAPERS),
    Row("event", "event-title", types=("speech",)),
    Row("location", "event-place", types=("speech",)),
    Row("location", "publisher-place", types=_all_but("speech")),
    Row("publisher", "publisher", types=_all_but("broadcast")),
    Row("network", "publisher", types=("broadcast",)),
    Row("date", "issued", note="as the option date_format says"),
    Row("orig-date", "original-date"),
    Row("access-date", "accessed"),
    Row("volume", "volume"),
    Row("issue", "issue", types=_ARTICLES),
    Row("number", "number", types=("broadcast", "report")),
    Row("number", "number", types=("document", "thesis"), writes=False),
    Row("pages", "page", note="page where it is one"),
    Row("edition", "edition"),
    Row("department", "section", types=_ARTICLES),
    Row("type", "genre", types=_all_but("article", *_FILMS)),
    Row("type", "medium", types=_FILMS),
    Row("scale", "scale", types=("map",)),
    Row("language", "language"),
    Row("via", "source"),
    Row("isbn", "ISBN"),
    Row("issn", "ISSN"),
    Row("doi", "DOI"),
    Row("pmid", "PMID"),
    Row("pmc", "PMCID", note="without PMC"),
    Row("url", "URL"),
    Row("chapter-url", "URL", writes=False, note="where there is no url"),
    Row("publication-date", "issued", writes=False, note="where there is no date"),
    Row("year", "issued", writes=False, note="where there is no date"),
    Row("eissn", "ISSN", writes=False, note="where there is no issn"),
)

ROLES: Final[Mapping[str, str]] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "contributor": "contributor",
    "interviewer": "interviewer",
    "host": "host",
}
"""Each word that parameters of names start with, with the variable."""

_ALIASES: Final = {
    "access-date": "accessdate",
    "archive-date": "archivedate",
    "archive-url": "archiveurl",
    "article-number": "",
    "arxiv": "eprint",
    "at": "sheet, sheets",
    "bibcode": "",
    "book-title": "booktitle",
    "chapter": "contribution, entry, article, section, chapter-title",
    "chapter-url": "chapterurl, contribution-url, entry-url, article-url, section-url",
    "conference": "event, meeting",
    "date": "airdate, air-date, publication-day",
    "department": "column",
    "dictionary": "",
    "display-authors": "displayauthors",
    "display-editors": "displayeditors",
    "doi": "DOI",
    "edition": "ed",
    "encyclopedia": "encyclopaedia",
    "id": "ID",
    "isbn": "ISBN, ISBN13, isbn13",
    "issn": "ISSN",
    "eissn": "EISSN",
    "issue": "number",
    "journal": "periodical",
    "jstor": "JSTOR",
    "language": "lang, in",
    "location": "place, city",
    "network": "",
    "number": "",
    "oclc": "OCLC",
    "orig-date": "origyear, orig-year, origdate",
    "page": "p",
    "pages": "pp",
    "pmc": "PMC",
    "pmid": "PMID",
    "publication-date": "publicationdate",
    "publication-place": "publicationplace",
    "publisher": "institution, distributor, university, newsgroup",
    "quote": "quotation",
    "script-title": "",
    "title-link": "titlelink, episode-link, episodelink",
    "trans-chapter": "trans-contribution, trans-entry, trans-article",
    "trans-title": "trans_title, transtitle",
    "type": "medium, degree",
    "url": "URL",
    "url-access": "",
    "url-status": "urlstatus, dead-url, deadurl",
    "version": "",
    "website": "",
    "work": "program, album",
}
"""Each parameter with what else it is called."""

_CONTAINERS: Final = (
    *("work", "journal", "newspaper", "magazine", "website", "periodical", "encyclopedia"),
    *("dictionary", "book-title"),
)

_NUMBERED: Final = re.compile(
    r"(author|editor|translator|contributor|interviewer|host|subject|inventor|people)?-?"
    r"([0-9]{0,3})-?(last|first|surname|given|link|mask)?-?([0-9]{0,3})"
)
_PART: Final = {"last": "last", "surname": "last", "first": "first", "given": "first", None: ""}
_SAME: Final = {"subject": "author", "inventor": "author", "people": "author", None: "author"}


@lru_cache(maxsize=4096)
def canonical(name: str) -> tuple[str, int, str]:
    """Return what a parameter is: its name, and for names of persons which one and which part.

    Example:
        >>> canonical("accessdate"), canonical("editor2-last"), canonical("first3")
        (('access-date', 0, ''), ('editor', 2, 'last'), ('author', 3, 'first'))
    """
    found = _NUMBERED.fullmatch(name.lower())
    if found and name and not (found[2] and found[4]) and (found[1] or found[3]):
        role = _SAME.get(found[1], found[1])
        place = int(found[2] or found[4] or 1)
        if found[3] in ("link", "mask"):
            return f"{role}-{found[3]}{place}", 0, ""
        return role, place, _PART[found[3]]
    return _canonical_names().get(name) or _canonical_names().get(name.lower()) or name, 0, ""


@cache
def _canonical_names() -> dict[str, str]:
    names = {
        alias: name for name, aliases in _ALIASES.items() for alias in aliases.split(", ") if alias
    }
    own = ("number", "event", "section", "sections", "periodical", "program", "album")
    return names | {name: name for name in (*_ALIASES, *_CONTAINERS, *own)}


def type_of(template: str, given: Mapping[str, str]) -> str | None:
    """Return the CSL type of a template by its name and parameters; None where it cites nothing.

    Args:
        template: Its name.
        given: Its parameters that are not empty, under their canonical names.

    Example:
        >>> type_of("Cite_news", {}), type_of("citation", {"journal": "Waves"}), type_of("efn", {})
        ('article-newspaper', 'article-journal', None)
    """
    name = " ".join(template.replace("_", " ").split()).casefold()
    name = _REDIRECTS.get(name, name)
    if name == _OTHER:
        return _type_of_citation(given)
    found = _read_types().get(name)
    if found == "document" and given.get("type", "").casefold() == PREPRINT_TYPE.casefold():
        return "article"
    return "chapter" if found == "book" and "chapter" in given else found


@cache
def _read_types() -> dict[str, str]:
    return {row.own.casefold(): row.csl for row in _TYPES if row.reads and "(" not in row.own}


def _type_of_citation(given: Mapping[str, str]) -> str:
    by_key = {
        "journal": "article-journal",
        "periodical": "article-journal",
        "magazine": "article-magazine",
        "newspaper": "article-newspaper",
        "encyclopedia": "entry-encyclopedia",
        "dictionary": "entry-dictionary",
        "chapter": "chapter",
        "conference": "paper-conference",
        "book-title": "paper-conference",
        "degree": "thesis",
        "isbn": "book",
        "website": "webpage",
    }
    found = next((name for key, name in by_key.items() if given.get(key)), None)
    if found is None and "arxiv" in given:
        return "article"
    if found is None and "publisher" in given and "url" not in given:
        return "book"
    return found or "document"


@cache
def template_of(csl_type: str) -> str:
    """Return the template that is written for a CSL type.

    Example:
        >>> template_of("chapter"), template_of("treaty")
        ('cite book', 'citation')
    """
    own = next((row.own for row in _TYPES if row.csl == csl_type and row.writes), _OTHER)
    return own.partition(" (")[0]


@cache
def parameters_of(csl_type: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the variable of each parameter that is read, the parameter of each that is written.

    Example:
        >>> parameters_of("chapter")[1]["container-title"]
        'title'
    """
    rows = [row for row in _FIELDS if row.is_for(csl_type)]
    read = {row.own: row.variable for row in rows if row.reads}
    container = next(
        (row.own for row in rows if row.variable == "container-title" and row.writes), None
    )
    if container is not None and container in (*_CONTAINERS, "series"):
        # Each template takes the others' names for the work that holds this one.
        others = (*_CONTAINERS, "program", "album")
        read = {name: "container-title" for name in others if name not in read} | read
    return read, {row.variable: row.own for row in rows if row.writes}


def mapping() -> Spec:
    """Return the templates and parameters beside CSL's types and variables.

    Example:
        >>> "accessed" in mapping().carried("webpage")
        True
    """
    return Spec((*_TYPES, *_REST), _FIELDS)
