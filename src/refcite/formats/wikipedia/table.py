"""The table of Citation Style 1: its templates and parameters next to CSL's types and variables.

Source: "Help:Citation Style 1" and the documentation of the templates on the English Wikipedia.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats import codecs
from refcite.formats.codecs import with_edition_number
from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow, all_but
from refcite.formats.draft import Draft
from refcite.formats.wikipedia.text import bare, escaped, escaped_url, markup
from refcite.identifiers import normal_doi

__all__ = [
    "DATE",
    "PEOPLE",
    "PREPRINT",
    "SPEC",
    "canonical",
    "is_other_citation",
    "mapping",
    "type_of",
]

PREPRINT: Final = "Preprint"
"""The value of the parameter `type` for a preprint."""

_TYPES: Final = (
    TypeRow("cite journal", "article-journal"),
    TypeRow("cite magazine", "article-magazine"),
    TypeRow("cite news", "article-newspaper"),
    TypeRow("cite book", "book"),
    TypeRow("cite book", "chapter", label="cite book (chapter)"),
    TypeRow("cite episode", "broadcast"),
    TypeRow("cite document", "document"),
    TypeRow("cite document", "article", label=f"cite document (type: {PREPRINT})"),
    TypeRow("cite dictionary", "entry-dictionary"),
    TypeRow("cite encyclopedia", "entry-encyclopedia"),
    TypeRow("cite sign", "graphic"),
    TypeRow("cite interview", "interview"),
    TypeRow("cite court", "legal_case"),
    TypeRow("cite map", "map"),
    TypeRow("cite AV media", "motion_picture"),
    TypeRow("cite conference", "paper-conference"),
    TypeRow("cite report", "report"),
    TypeRow("cite speech", "speech"),
    TypeRow("cite thesis", "thesis"),
    TypeRow("cite web", "webpage"),
    *(
        TypeRow(own, csl, writes=False)
        for csl, names in (
            ("article", ("cite arXiv", "cite bioRxiv", "cite medRxiv", "cite SSRN")),
            ("article", ("cite CiteSeerX",)),
            ("broadcast", ("cite podcast", "cite serial")),
            ("document", ("cite AV media notes",)),
            ("webpage", ("cite mailing list", "cite newsgroup")),
            ("report", ("cite press release", "cite tech report")),
        )
        for own in names
    ),
    *(
        TypeRow(own, csl, reads=False)
        for own, names in (
            ("cite book", ("classic", "collection", "musical_score", "pamphlet")),
            ("cite encyclopedia", ("entry",)),
            ("cite document", ("manuscript",)),
            ("cite web", ("post", "post-weblog")),
            ("cite journal", ("review", "review-book")),
            ("cite AV media", ("song",)),
        )
        for csl in names
    ),
)
_REST: Final = all_but(*(row.csl for row in _TYPES if row.writes))

_REDIRECTS: Final = {
    "cite journal": "cite article, cite paper",
    "cite news": "cite newspaper",
    "cite press release": "cite press, cite pressrelease",
    "cite web": "cite website, cite webpage, cite url, web cite",
    "cite tech report": "cite techreport, cite technical report",
    "cite encyclopedia": "cite encyclopaedia",
    "cite AV media": "cite video, cite av, cite audio, cite film, cite dvd",
    "cite AV media notes": "cite music release notes",
    "cite episode": "cite episodes",
    "cite mailing list": "cite mailinglist",
    "cite newsgroup": "cite usenet",
    "cite SSRN": "cite ssrn paper",
    "cite conference": "cite proceedings",
    "cite thesis": "cite dissertation",
    "cite book": "cite chapter",
    "cite speech": "cite lecture",
    "cite document": "cite preprint",
}
"""Each template with the names that redirect to it."""


def _inverted(names: Mapping[str, str]) -> dict[str, str]:
    return {other: name for name, others in names.items() for other in others.split(", ")}


_NAMESPACE: Final = re.compile(r"(?:(?:safe)?subst: ?)?:?(?:template: ?)?")
_TEMPLATES: Final = {
    **_inverted(_REDIRECTS),
    **{row.own.casefold(): row.own for row in _TYPES},
    "citation": "citation",
}


# Values


def _read_date(text: str, draft: Draft) -> Date | None:
    text = markup(text)
    return codecs.DATE.read(text, draft) if text else None


def _read_year(text: str, draft: Draft) -> Date | None:
    issued: Date | None = draft.values.get("issued")
    if issued is None:
        return _read_date(text, draft)
    # Information in the date is not repeated.
    return issued if bare(text) == str(issued.year) else None


def _read_pmcid(text: str, draft: Draft) -> str | None:
    number = bare(text)
    return f"PMC{number}" if number.isdigit() else number or None


def _written_pmcid(number: str) -> str | None:
    found = _PMCID.fullmatch(number)
    return found[1] if found else None


def _written_pages(page: str) -> str | None:
    return escaped(page) if _SEVERAL_PAGES.search(page) else None


def _written_page(page: str) -> str | None:
    return None if _SEVERAL_PAGES.search(page) else escaped(page)


def _instead(text: str, draft: Draft, title: str = "") -> str | None:
    """Return a title in the place of one that is missing; it stays in `extra` all the same."""
    return None if "title" in draft.values else _kept(markup(title or text), text, draft)


def _kept(value: str, text: str, draft: Draft) -> str | None:
    if value:
        draft.keep(draft.own, text)
    return value or None


_LANGUAGE: Final = re.compile(r"\A\s*[a-z]{2,3}(?:-[A-Za-z]{2,4})?:\s*")
"""The language before a title in its own script."""
_PMCID: Final = re.compile(r"PMC([0-9]+)")
_SEVERAL_PAGES: Final = re.compile(r"[-–,;&\s]")

PEOPLE: Final = evolve(codecs.APART, note="the last for one literal name")
"""The names of a role, which are in several parameters each."""
DATE: Final = Codec(_read_date, note="in the form of the option date_format")
"""A date, which is written as the option states."""
_TEXT: Final = Codec(lambda text, draft: markup(text) or None, escaped)
_CODE: Final = Codec(lambda text, draft: bare(text) or None, escaped)
_DOI: Final = Codec(lambda text, draft: normal_doi(bare(text)) or None, escaped)
_URL: Final = Codec(_CODE.read, escaped_url)
_SCRIPT: Final = Codec(
    lambda text, draft: _instead(text, draft, _LANGUAGE.sub("", text)),
    note="if there is no title",
)
_INSTEAD: Final = Codec(
    lambda text, draft: _instead(text, draft), note="if there is no other title"
)
_ARCHIVED: Final = Codec(
    lambda text, draft: None if "url" in draft.values else _kept(bare(text), text, draft),
    note="if there is no url",
)
_NUMBER_OF_PMC: Final = Codec(_read_pmcid, _written_pmcid, note="without PMC")
_PAGES: Final = Codec(_TEXT.read, _written_pages)
_PAGE: Final = Codec(_TEXT.read, _written_page, note="if it is one")


# Parameters

_ARTICLES: Final = ("article-journal", "article-magazine", "article-newspaper")
_REVIEWS: Final = ("review", "review-book")
_ENTRIES: Final = ("entry", "entry-dictionary", "entry-encyclopedia")
_WEB: Final = ("post", "post-weblog", "webpage")
_FILMS: Final = ("motion_picture", "song")
_PAPERS: Final = ("paper-conference",)
_CASES: Final = ("legal_case",)
_HOLDERS: Final = (
    *("work", "journal", "newspaper", "magazine", "website", "periodical", "encyclopedia"),
    *("dictionary", "book-title", "program", "album"),
)
"""Each template accepts the others' names for the work that contains this one."""


_BESIDE: Final = (
    "agency archive-date archive-format archive-url arxiv article-number asin at bibcode biorxiv"
    " call-sign cartography chapter-format chapter-url chapter-url-access citeseerx city class"
    " conference-url credits day degree display-authors display-contributors display-editors"
    " display-interviewers display-translators doi-access doi-broken-date eissn format hdl"
    " hdl-access id inset ismn jfm jstor jstor-access language lccn map map-url medrxiv message-id"
    " minutes mode month mr name-list-style no-pp oclc ol osti others page people postscript"
    " program publication-date publication-place quote quote-page quote-pages ref rfc s2cid sbn"
    " script-chapter script-quote script-title season section sections ssrn station string-end"
    " time time-caption title-link trans-chapter trans-quote trans-title transcript transcript-url"
    " url-access url-status version year zbl"
)
"""Parameters that have no variable, or not in all types."""


def _people(role: str, *types: str) -> Row:
    """Return the row of the names of a role, whose parameters start with the variable's name."""
    return Row(role, role, PEOPLE, types, label=f"{role}-last, {role}-first, {role}")


# The rows are in the order in which they are written.
SPEC: Final = Spec(
    types=(*_TYPES, *(TypeRow("citation", name, reads=False) for name in _REST)),
    fields=(
        Row("author", "author", PEOPLE, label="last, first, author"),
        _people("contributor", "chapter"),
        _people("host", "broadcast"),
        _people("interviewer", "interview"),
        Row("date", "issued", DATE),
        Row("year", "issued", Codec(_read_year), writes=False, note="if there is no date"),
        Row("publication-date", "issued", DATE, writes=False, note="if there is no date"),
        Row("orig-date", "original-date", DATE),
        Row("chapter", "title", _TEXT, ("chapter",)),
        Row("map", "title", _TEXT, ("map",), writes=False),
        Row("chapter", "title", _TEXT, _ENTRIES[1:], writes=False),
        Row("litigants", "title", _TEXT, _CASES),
        Row("title", "title", _TEXT, all_but("chapter", *_CASES)),
        Row("title", "title", _TEXT, _CASES, writes=False),
        Row("script-chapter", "title", _SCRIPT, ("chapter",), writes=False),
        Row("script-title", "title", _SCRIPT, all_but("chapter"), writes=False),
        Row("trans-title", "title", _INSTEAD, all_but("chapter"), writes=False),
        Row("url", "URL", _URL),
        Row("chapter-url", "URL", _URL, writes=False, note="if there is no url"),
        Row("archive-url", "URL", _ARCHIVED, writes=False),
        _people("editor"),
        _people("translator"),
        Row("title", "container-title", _TEXT, ("chapter",)),
        Row("journal", "container-title", _TEXT, ("article-journal", *_REVIEWS)),
        Row("magazine", "container-title", _TEXT, ("article-magazine",)),
        Row("newspaper", "container-title", _TEXT, ("article-newspaper",)),
        Row("encyclopedia", "container-title", _TEXT, ("entry", "entry-encyclopedia")),
        Row("dictionary", "container-title", _TEXT, ("entry-dictionary",)),
        Row("book-title", "container-title", _TEXT, _PAPERS),
        Row("website", "container-title", _TEXT, _WEB),
        Row("series", "container-title", _TEXT, ("broadcast",)),
        Row("reporter", "container-title", _TEXT, _CASES),
        Row("work", "container-title", _TEXT, all_but(
            *_ARTICLES, *_REVIEWS, *_ENTRIES, *_PAPERS, *_WEB, *_CASES,
            "chapter", "broadcast", "book",
        )),
        *(
            Row(name, "container-title", _TEXT, all_but("chapter", "book"), writes=False)
            for name in _HOLDERS
        ),
        Row("title", "container-title", _TEXT, ("map", *_ENTRIES[1:]), writes=False),
        Row("conference", "event-title", _TEXT, _PAPERS),
        Row("event", "event-title", _TEXT, ("speech",)),
        Row("event", "event-title", _TEXT, _PAPERS, writes=False),
        Row("conference", "event-title", _TEXT, ("speech",), writes=False),
        Row("location", "event-place", _TEXT, ("speech",)),
        Row("department", "section", _TEXT, _ARTICLES + _REVIEWS),
        Row("series", "collection-title", _TEXT, all_but("broadcast")),
        Row("type", "genre", _TEXT, all_but("article", *_FILMS)),
        Row("type", "medium", _TEXT, _FILMS),
        Row("scale", "scale", _TEXT, ("map",)),
        Row("edition", "edition", with_edition_number(_TEXT)),
        Row("version", "version", _TEXT),
        Row("location", "publisher-place", _TEXT, all_but("speech")),
        Row("publication-place", "publisher-place", _TEXT, writes=False),
        Row("publisher", "publisher", _TEXT, all_but("broadcast")),
        Row("network", "publisher", _TEXT, ("broadcast",)),
        Row("vol", "volume", _TEXT, _CASES),
        Row("volume", "volume", _TEXT, all_but(*_CASES)),
        Row("volume", "volume", _TEXT, _CASES, writes=False),
        Row("issue", "issue", _TEXT, _ARTICLES + _REVIEWS),
        Row("number", "issue", _TEXT, _ARTICLES, writes=False, note="if there is no issue"),
        Row("number", "number", _TEXT, ("broadcast", "report")),
        Row("number", "number", _TEXT, ("document", "thesis"), writes=False),
        Row("article-number", "number", _TEXT, _ARTICLES + _REVIEWS),
        Row("id", "number", _TEXT, ("document", "report", "thesis"), writes=False),
        Row("opinion", "page", _TEXT, _CASES),
        Row("pages", "page", _PAGES, all_but(*_CASES)),
        Row("page", "page", _PAGE, all_but(*_CASES)),
        *(Row(name, "page", _TEXT, _CASES, writes=False) for name in ("page", "pages")),
        Row("court", "authority", _TEXT, _CASES),
        Row("language", "language", _TEXT),
        Row("doi", "DOI", _DOI),
        Row("isbn", "ISBN", _CODE),
        Row("issn", "ISSN", _CODE),
        Row("eissn", "ISSN", _CODE, writes=False, note="if there is no issn"),
        Row("pmid", "PMID", _CODE),
        Row("pmc", "PMCID", _NUMBER_OF_PMC),
        Row("via", "source", _TEXT),
        Row("access-date", "accessed", DATE),
    ),
    default="citation",
    known=frozenset(_BESIDE.split()),
    is_open=True,
)  # fmt: skip

_OWN: Final = SPEC.known | {row.own for row in SPEC.fields}
_ALIASES: Final = _inverted(
    {
        "access-date": "accessdate",
        "archive-date": "archivedate",
        "archive-url": "archiveurl",
        "arxiv": "eprint",
        "at": "sheet, sheets",
        "book-title": "booktitle",
        "chapter": "contribution, entry, article, chapter-title",
        "chapter-url": "chapterurl, contribution-url, entry-url, article-url, section-url",
        "conference": "meeting",
        "date": "airdate, air-date, publication-day",
        "department": "column",
        "display-authors": "displayauthors",
        "display-editors": "displayeditors",
        "edition": "ed",
        "encyclopedia": "encyclopaedia",
        "isbn": "isbn13",
        "language": "lang, in",
        "id": "docket",
        "location": "place, city",
        "orig-date": "origyear, orig-year, origdate",
        "page": "p",
        "pages": "pp",
        "publication-date": "publicationdate",
        "publication-place": "publicationplace",
        "publisher": "institution, distributor, university, newsgroup",
        "quote": "quotation",
        "title-link": "titlelink, episode-link, episodelink",
        "trans-chapter": "trans-contribution, trans-entry, trans-article",
        "trans-title": "trans_title, transtitle",
        "website": "mailing-list, mailinglist",
        "type": "medium, degree",
        "url-status": "urlstatus, dead-url, deadurl",
    }
)
"""Other names of parameters, with the parameter."""

_NUMBERED: Final = re.compile(
    r"(author|editor|translator|contributor|interviewer|host|subject|inventor|people)?-?"
    r"([0-9]{0,3})-?(last|first|surname|given|link|mask)?-?([0-9]{0,3})"
)
_PART: Final = {"last": "last", "surname": "last", "first": "first", "given": "first", None: ""}
_SAME: Final = {"subject": "author", "inventor": "author", "people": "author", None: "author"}


@lru_cache(maxsize=4096)
def canonical(name: str) -> tuple[str, int, str]:
    """Return the name of a parameter, and for names of persons the number and the part.

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
    name, lower = _ALIASES.get(name, name), name.lower()
    return _ALIASES.get(lower) or (lower if lower in _OWN else name), 0, ""


def type_of(template: str, given: Mapping[str, str]) -> str | None:
    """Return the CSL type of a template by its name and parameters; None if it is not a citation.

    Args:
        template: Its name.
        given: Its parameters that are not empty, under their canonical names.

    Example:
        >>> type_of("Cite_news", {}), type_of("citation", {"journal": "Waves"}), type_of("efn", {})
        ('article-newspaper', 'article-journal', None)
    """
    own = _TEMPLATES.get(_folded(template), "")
    if own == "citation":
        return _type_of_citation(given)
    found = SPEC.type_of(own)
    if found == "document" and given.get("type", "").casefold() == PREPRINT.casefold():
        return "article"
    return "chapter" if found == "book" and "chapter" in given else found


def is_other_citation(template: str) -> bool:
    """Return whether a template cites a work, but has parameters that this format does not read.

    Args:
        template: The template's name.

    Example:
        >>> [is_other_citation(name) for name in ("Cite tweet", "Literatur", "cite web", "efn")]
        [True, True, False, False]
    """
    name = _folded(template)
    return name not in _TEMPLATES and (name.startswith(_CITES) or name in _IN_OTHER_LANGUAGES)


_CITES: Final = ("cite ", "cita ", "citar ")
_IN_OTHER_LANGUAGES: Final = frozenset(["literatur", "internetquelle", "ouvrage", "lien web"])


def _folded(template: str) -> str:
    name = " ".join(template.replace("_", " ").split()).casefold()
    # "Template:Cite book", "subst:cite book"
    return _NAMESPACE.sub("", name) if ":" in name else name


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
        "isbn": "book",
        "website": "webpage",
    }
    found = next((name for key, name in by_key.items() if given.get(key)), None)
    if found is None and "arxiv" in given:
        return "article"
    if found is None and "publisher" in given and "url" not in given:
        return "book"
    return found or "document"


def mapping() -> Spec:
    """Return the templates and parameters next to CSL's types and variables.

    Example:
        >>> "accessed" in mapping().carried("webpage")
        True
    """
    return SPEC
