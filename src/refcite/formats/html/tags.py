"""The meaning of the names of `meta` elements: one table for each vocabulary.

Sources: Google Scholar's inclusion guidelines (Highwire Press tags), the Dublin Core Metadata
Initiative's terms, PRISM, the tags of EPrints and bepress, the Open Graph protocol, Twitter's
cards. More reliable names are first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

__all__ = ["TABLES", "normal_name"]


def _table(text: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for word in text.split():
        variable, sign, name = word.partition("=")
        if sign:
            names = table[variable] = [name]
        else:
            names.append(word)
    return {variable: tuple(names) for variable, names in table.items()}


_HIGHWIRE: Final = _table(
    """
    title=citation_title
    author=citation_author citation_authors
    editor=citation_editor
    translator=citation_translator
    issued=citation_publication_date citation_date citation_cover_date citation_online_date
        citation_year
    container-title=citation_journal_title citation_inbook_title citation_book_title
    event-title=citation_conference_title citation_conference
    container-title-short=citation_journal_abbrev
    collection-title=citation_series_title
    volume=citation_volume
    issue=citation_issue
    page-first=citation_firstpage
    page-last=citation_lastpage
    DOI=citation_doi citation_id
    ISSN=citation_issn citation_eissn
    ISBN=citation_isbn
    PMID=citation_pmid
    PMCID=citation_pmcid
    arxiv=citation_arxiv_id
    publisher=citation_publisher
    institution=citation_dissertation_institution citation_technical_report_institution
    genre=citation_dissertation_name
    number=citation_technical_report_number citation_patent_number
    edition=citation_edition
    abstract=citation_abstract
    language=citation_language
    keyword=citation_keywords citation_keyword
    URL=citation_abstract_html_url citation_public_url citation_fulltext_html_url
    section=citation_section
    """
)
_EPRINTS: Final = _table(
    """
    title=eprints.title
    author=eprints.creators_name eprints.creators
    editor=eprints.editors_name
    issued=eprints.date
    container-title=eprints.publication eprints.book_title
    event-title=eprints.event_title
    event-place=eprints.event_location
    collection-title=eprints.series
    volume=eprints.volume
    issue=eprints.number
    page=eprints.pagerange
    number-of-pages=eprints.pages
    DOI=eprints.id_number eprints.doi
    ISSN=eprints.issn
    ISBN=eprints.isbn
    publisher=eprints.publisher
    institution=eprints.institution
    publisher-place=eprints.place_of_pub
    abstract=eprints.abstract
    keyword=eprints.keywords
    language=eprints.language
    URL=eprints.official_url
    """
)
_PRISM: Final = _table(
    """
    container-title=prism.publicationname
    issued=prism.publicationdate prism.coverdate
    volume=prism.volume
    issue=prism.number prism.issueidentifier
    page-first=prism.startingpage
    page-last=prism.endingpage
    page=prism.pagerange
    DOI=prism.doi
    ISSN=prism.issn prism.eissn
    ISBN=prism.isbn
    URL=prism.url
    section=prism.section
    """
)
_DUBLIN_CORE: Final = _table(
    """
    title=dc.title dcterms.title
    author=dc.creator dcterms.creator dc.creator.personalname dc.author
    contributor=dc.contributor dcterms.contributor
    editor=dc.contributor.editor
    issued=dcterms.issued dc.date.issued dc.date dcterms.date
        dcterms.created dc.date.created
    container-title=dc.source dcterms.ispartof dc.relation.ispartof
    volume=dc.source.volume dc.citation.volume
    issue=dc.source.issue dc.citation.issue
    page=dc.identifier.pagenumber
    DOI=dc.identifier.doi dc.identifier dcterms.identifier
    ISSN=dc.source.issn dc.identifier.issn
    ISBN=dc.identifier.isbn dc.identifier
    publisher=dc.publisher dcterms.publisher
    abstract=dcterms.abstract dc.description.abstract dc.description dcterms.description
    keyword=dc.subject dcterms.subject dc.subject.keyword
    language=dc.language dcterms.language
    license=dcterms.license dc.rights.license dcterms.rights dc.rights
    URL=dc.identifier.uri dc.identifier dcterms.identifier
    edition=dc.edition
    """
)
_OPEN_GRAPH: Final = _table(
    """
    title=og:title
    author=article:author book:author og:article:author article:author_name
    director=video:director
    performer=music:musician
    issued=article:published_time og:article:published_time book:release_date video:release_date
        music:release_date
    ISBN=book:isbn
    abstract=og:description
    keyword=article:tag book:tag video:tag
    section=article:section og:article:section
    language=og:locale
    URL=og:url
    container-title=video:series
    """
)
_TWITTER: Final = _table(
    """
    title=twitter:title
    abstract=twitter:description
    URL=twitter:url
    """
)
_META: Final = _table(
    """
    title=eli:title parsely-title sailthru.title title headline
    author=byl parsely-author sailthru.author author authors article.author
    issued=eli:date_publication eli:date_document parsely-pub-date sailthru.date publish-date
        publish_date publishdate publication_date pubdate publicationdate datepublished
        article.published article_date_original article:published date cxenseparse:publishtime
        published
    abstract=description
    keyword=news_keywords keywords sailthru.tags
    language=language content-language
    section=parsely-section
    URL=parsely-link syndication-source
    ISBN=isbn
    publisher=publisher
    """
)

TABLES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "Highwire": _HIGHWIRE,
    "EPrints": _EPRINTS,
    "PRISM": _PRISM,
    "Dublin Core": _DUBLIN_CORE,
    "OpenGraph": _OPEN_GRAPH,
    "Twitter": _TWITTER,
    "meta": _META,
}
"""For each vocabulary and variable, the names that may contain it, the most reliable first."""

_PREFIXES: Final = ("bepress_", "wkhealth_")
_VOCABULARY: Final = re.compile(r"(dc|dcterms|eprints|prism)[.:_](.+)", re.DOTALL)


_PUBLISHED: Final = re.compile(
    r"(?:^|[.:_-])(?:first)?(?:publish(?:ed)?|publication|pub|posted|issued?|created?)"
    r"[._:-]?(?:date|time|at|on)(?:time)?$"
    r"|(?:^|[.:_-])(?:original)?date[._-]?(?:first)?(?:published|posted|issued|created)$"
    r"|(?:^|[.:_-])(?:doc|display|article)_?date$|firstpublished$"
)
"""The form of names for the date of publication that are in no vocabulary."""
_DATED: Final = [table for table in TABLES.values() if "issued" in table]


@lru_cache(maxsize=4096)
def normal_name(name: str) -> str:
    """Return the name of a `meta` in the form of the tables.

    Example:
        >>> normal_name("DC:Date:issued"), normal_name("bepress_citation_title")
        ('dc.date.issued', 'citation_title')
        >>> normal_name("vr:published_time"), normal_name("article:modified_time")
        ('published', 'article:modified_time')
    """
    name = name.lower()
    if _PUBLISHED.search(name) and not any(name in table["issued"] for table in _DATED):
        return "published"
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    found = _VOCABULARY.match(name)
    return f"{found[1]}.{found[2].replace(':', '.')}" if found else name
