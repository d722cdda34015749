"""The services: which of them know a kind of identifier, what they are asked, how they answer.

PMID and PMCID are asked of the Literature Citation Exporter and not of E-utilities: it answers for
both in CSL-JSON, for which there is a reader, in a few kilobytes. `efetch` answers in two document
types, PubMed's and JATS, the second with the article's whole text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from attrs import frozen

from refcite.identifier_kinds import Identifier, Kind
from refcite.web.cache import Answer
from refcite.web.fetch import Request
from refcite.web.settings import Settings
from refcite.web.sources.arxiv import read_arxiv
from refcite.web.sources.books import read_google_books, read_open_library
from refcite.web.sources.csl import read_crossref, read_csl
from refcite.web.sources.datacite import read_datacite
from refcite.web.sources.pages import read_page
from refcite.web.sources.values import Found

__all__ = ["SOURCES", "Source"]

_JSON: Final = "application/json"
_CSL: Final = "application/vnd.citationstyles.csl+json"
_ATOM: Final = "application/atom+xml"
_PAGE: Final = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"


@frozen
class Source:
    """A service that knows works by one kind of identifier.

    Attributes:
        name: What people call it; nothing for a page, which speaks for itself.
        request: Returns what it is asked.
        read: Returns the work of its answer.
        is_registry: Whether what it does not know does not exist.
    """

    name: str
    request: Callable[[Identifier, Settings], Request]
    read: Callable[[Answer, Identifier], Found]
    is_registry: bool = False


def _doi_org(asked: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.doi}/{_in_path(asked)}", _CSL)


def _crossref(asked: Identifier, settings: Settings) -> Request:
    query = {"mailto": settings.mailto} if settings.mailto else {}
    return Request(f"{settings.crossref}/works/{_in_path(asked)}", _JSON, query)


def _datacite(asked: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.datacite}/dois/{_in_path(asked)}", _JSON)


def _arxiv(asked: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.arxiv}/query", _ATOM, {"id_list": asked.value, "max_results": "1"})


def _pubmed(asked: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.ncbi}/pubmed/", _CSL, {"format": "csl", "id": asked.value})


def _pubmed_central(asked: Identifier, settings: Settings) -> Request:
    number = asked.value.removeprefix("PMC")
    return Request(f"{settings.ncbi}/pmc/", _CSL, {"format": "csl", "id": number})


def _open_library(asked: Identifier, settings: Settings) -> Request:
    query = {"bibkeys": f"ISBN:{asked.value}", "jscmd": "data", "format": "json"}
    return Request(f"{settings.open_library}/api/books", _JSON, query)


def _google_books(asked: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.google_books}/volumes", _JSON, {"q": f"isbn:{asked.value}"})


def _page(asked: Identifier, settings: Settings) -> Request:
    return Request(asked.value, _PAGE)


def _in_path(asked: Identifier) -> str:
    return quote(asked.value, safe="/:;()")


SOURCES: Final[dict[Kind, tuple[Source, ...]]] = {
    "doi": (
        Source("doi.org", _doi_org, lambda answer, _: read_csl(answer), is_registry=True),
        Source("Crossref", _crossref, lambda answer, _: read_crossref(answer)),
        Source("DataCite", _datacite, lambda answer, _: read_datacite(answer)),
    ),
    "arxiv": (Source("arXiv", _arxiv, read_arxiv),),
    "pmid": (Source("PubMed", _pubmed, lambda answer, _: read_csl(answer)),),
    "pmcid": (Source("PubMed Central", _pubmed_central, lambda answer, _: read_csl(answer)),),
    "isbn": (
        Source("Open Library", _open_library, read_open_library),
        Source("Google Books", _google_books, read_google_books),
    ),
    "url": (Source("", _page, lambda answer, _: read_page(answer)),),
}
"""The sources of each kind, in the order in which they are asked."""
