"""Crossref's types and fields next to those of CSL.

Sources: the format of the REST API (github.com/CrossRef/rest-api-doc, `api_format.md`, and
api.crossref.org/swagger-docs) and its list of types (api.crossref.org/types).
"""

from __future__ import annotations

from typing import Any, Final

from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow
from refcite.formats.draft import Draft
from refcite.formats.jsoncodecs import (
    ABSTRACT,
    DATE_PARTS,
    DOI,
    KEYWORDS,
    LIST,
    NUMBER_AT_END,
    PAGES,
    SUBTITLE,
    TEXT,
    person_of,
)
from refcite.formats.jsonvalues import mappings, text_of
from refcite.identifiers import normal_doi
from refcite.names import Name, is_et_al
from refcite.vocabulary import DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES, VARIABLES

__all__ = ["ADMINISTRATION", "CSL_SPEC", "NAMES", "SPEC"]

_TYPES: Final = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-series": "book",
    "book-set": "book",
    "proceedings": "book",
    "proceedings-series": "book",
    "dissertation": "thesis",
    "posted-content": "article",
    "peer-review": "review",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "standard": "standard",
    "standard-series": "standard",
    "dataset": "dataset",
    "database": "dataset",
    "component": "figure",
    "journal": "periodical",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "grant": "document",
    "other": "document",
}

_BOOKS: Final = ("book", "report", "standard")
"""Works whose container is a series."""

ADMINISTRATION: Final = frozenset(
    {
        *("indexed", "deposited", "created", "score", "source", "prefix", "member"),
        *("content-domain", "reference-count", "references-count", "is-referenced-by-count"),
        *("reference", "journal-issue", "published", "publisher-id", "id", "citation-key"),
        *("link", "assertion", "issn-type", "isbn-type", "alternative-id", "archive"),
        *("update-policy", "free-to-read", "aliases"),
    }
)
"""Keys that describe the entry in the registry or are for machines, count, or repeat others; and
the cited works."""


_PARTS: Final = ("dropping-particle", "non-dropping-particle", "comma-suffix", "static-ordering")
_PLAIN: Final = frozenset({"family", "given", "suffix", "literal", "name", "sequence", *_PARTS})


def _people(value: Any, draft: Draft) -> tuple[Name, ...] | None:
    """Return names; persons with more than a name (an ORCID, an affiliation) are kept as well."""
    names: list[Name] = []
    more: list[dict[str, Any]] = []
    for person in mappings(value):
        name = _name(person)
        if name is not None:
            names.append(name)
        if not _PLAIN.issuperset(person):
            rest = {key: one for key, one in person.items() if one and key != "sequence"}
            if not _PLAIN.issuperset(rest):
                more.append(rest)
    if more:
        draft.keep(draft.own, more)
    if len(names) > 1 and is_et_al(names[-1].literal or names[-1].family or ""):
        draft.mark_et_al()
        del names[-1]
    return tuple(names) or None


def _name(person: dict[str, Any]) -> Name | None:
    get = person.get
    family, given = get("family"), get("given")
    if type(family) is str and type(given) is str and family.strip():
        suffix = get("suffix", "")
        if type(suffix) is str and not any(part in person for part in _PARTS):
            return person_of(family, given, suffix)
    family, given = text_of(family), text_of(given)
    if family:
        suffix = text_of(get("suffix")) or ""
        if any(part in person for part in _PARTS):
            return Name(
                family=family,
                given=given,
                suffix=suffix,
                dropping_particle=text_of(get("dropping-particle")),
                non_dropping_particle=text_of(get("non-dropping-particle")),
                comma_suffix=bool(get("comma-suffix")),
                static_ordering=bool(get("static-ordering")),
            )
        return Name.of_parts(family, given or "", suffix)
    body = text_of(get("literal")) or text_of(get("name"))
    if body:
        return Name(literal=body)
    return Name(family=given) if given else None


NAMES: Final = Codec(_people, note="an ORCID or affiliation also in extra")


def _licence(value: Any, draft: Draft) -> str | None:
    """Return the URL of the licence of the version of record, otherwise of the first one."""
    licences = mappings(value)
    if not licences:
        return text_of(value)
    urls = [(one.get("content-version") != "vor", text_of(one.get("URL"))) for one in licences]
    found = [url for _, url in sorted(urls, key=lambda one: one[0]) if url]
    return found[0] if found else None


LICENCE: Final = Codec(_licence, note="the URL, first of the version of record")


def _address(value: Any, draft: Draft) -> str | None:
    url = text_of(value)
    if url is None:
        return None
    # The DOI is a variable itself.
    return "" if normal_doi(url).casefold() == draft.values.get("doi", "").casefold() else url


ADDRESS: Final = Codec(_address, note="if it is not that of the DOI")


def _genre(value: Any, draft: Draft) -> str | None:
    text = text_of(value)
    if text is None:
        return None
    return text.replace("_", " ").replace("-", " ").capitalize() if text.islower() else text


GENRE: Final = Codec(_genre, note="as words")


_FIELDS: Final = (
    Row("title", "title", TEXT),
    Row("subtitle", "title", SUBTITLE),
    Row("short-title", "title-short", TEXT),
    Row("title-short", "title-short", TEXT),
    Row("original-title", "original-title", TEXT),
    Row("author", "author", NAMES),
    Row("editor", "editor", NAMES),
    Row("translator", "translator", NAMES),
    Row("chair", "chair", NAMES),
    Row("reviewer", "author", NAMES, types=("review",)),
    Row("container-title/series", "collection-title", TEXT, label="container-title",
        note="the first of two, of a part of a book"),
    Row("container-title", "collection-title", TEXT, types=_BOOKS),
    Row("container-title", "container-title", TEXT),
    Row("short-container-title", "container-title-short", TEXT),
    Row("institution/name", "publisher", TEXT, types=("article", "thesis")),
    Row("institution/place", "publisher-place", TEXT, types=("article", "thesis")),
    Row("publisher", "publisher", TEXT),
    Row("publisher-location", "publisher-place", TEXT),
    Row("institution/name", "publisher", TEXT),
    Row("institution/place", "publisher-place", TEXT),
    Row("group-title", "publisher", TEXT, types=("article",)),
    Row("standards-body/name", "authority", TEXT),
    Row("issued", "issued", DATE_PARTS),
    Row("published-print", "issued", DATE_PARTS),
    Row("published-online", "issued", DATE_PARTS),
    Row("posted", "issued", DATE_PARTS),
    Row("published-other", "issued", DATE_PARTS),
    Row("approved", "issued", DATE_PARTS),
    Row("content-created", "issued", DATE_PARTS),
    Row("published-online", "available-date", DATE_PARTS),
    Row("volume", "volume", TEXT),
    Row("issue", "issue", TEXT),
    Row("page", "page", PAGES),
    Row("article-number", "number", TEXT),
    Row("report-number", "number", TEXT),
    Row("number", "number", TEXT),
    Row("edition-number", "edition", TEXT),
    Row("part-number", "part-number", TEXT),
    Row("special-numbering", "supplement-number", TEXT),
    Row("degree", "genre", TEXT),
    Row("subtype", "genre", GENRE),
    Row("review/type", "genre", GENRE),
    Row("event/name", "event-title", TEXT),
    Row("event/location", "event-place", TEXT),
    Row("event/dates", "event-date", DATE_PARTS, label="event/start, event/end"),
    Row("DOI", "DOI", DOI),
    Row("resource/primary/URL", "URL", ADDRESS),
    Row("URL", "URL", ADDRESS),
    Row("ISBN", "ISBN", NUMBER_AT_END),
    Row("ISSN", "ISSN", NUMBER_AT_END),
    Row("abstract", "abstract", ABSTRACT),
    Row("subject", "keyword", KEYWORDS),
    Row("language", "language", TEXT),
    Row("license", "license", LICENCE),
)  # fmt: skip

SPEC: Final = Spec(
    types=tuple(TypeRow(own, csl, writes=False) for own, csl in _TYPES.items()),
    fields=_FIELDS,
    is_open=True,
    quiet=frozenset(
        {
            *(row.own for row in _FIELDS if row.variable in {"issued", "publisher", "number"}),
            *("container-title", "institution/place", "genre", "subtype", "review/type", "URL"),
        }
    ),
)
"""The table."""


def _csl_rows() -> tuple[Row, ...]:
    others = [name for name in VARIABLES if name not in {row.own for row in _FIELDS}]
    names, dates = frozenset(NAME_VARIABLES), frozenset(DATE_VARIABLES)
    return (
        Row("categories", "keyword", KEYWORDS),
        Row("copyright", "license", TEXT),
        Row("keyword", "keyword", LIST),
        *(
            Row(name, name, NAMES if name in names else DATE_PARTS if name in dates else TEXT)
            for name in others
        ),
    )


CSL_SPEC: Final = Spec(
    types=(*(TypeRow(name, name, writes=False) for name in ITEM_TYPES), *SPEC.types),
    fields=(*_FIELDS, *_csl_rows()),
    is_open=True,
    quiet=SPEC.quiet,
)
"""The table of the CSL-JSON of registries, which has Crossref's names next to those of CSL."""
