"""The services for each kind of identifier, their requests and their responses.

PMID and PMCID are requested from the Literature Citation Exporter, not E-utilities: it responds for
both in CSL-JSON, for which there is a reader, in a few kilobytes. `efetch` responds in two document
types, PubMed's and JATS, the second with the article's whole text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from attrs import frozen

from refcite.identifier_kinds import Identifier, Kind
from refcite.web.cache import Response
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
    """A service for one kind of identifier.

    Attributes:
        name: Its name in messages; empty for a page, whose URL is sufficient.
        request: Returns its request.
        read: Returns the work in its response.
        is_registry: Whether a work that it does not contain does not exist.
    """

    name: str
    request: Callable[[Identifier, Settings], Request]
    read: Callable[[Response, Identifier], Found]
    is_registry: bool = False


def _doi_org(identifier: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.doi}/{_in_path(identifier)}", _CSL)


def _crossref(identifier: Identifier, settings: Settings) -> Request:
    query = {"mailto": settings.mailto} if settings.mailto else {}
    return Request(f"{settings.crossref}/works/{_in_path(identifier)}", _JSON, query)


def _datacite(identifier: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.datacite}/dois/{_in_path(identifier)}", _JSON)


def _arxiv(identifier: Identifier, settings: Settings) -> Request:
    return Request(
        f"{settings.arxiv}/query", _ATOM, {"id_list": identifier.value, "max_results": "1"}
    )


def _pubmed(identifier: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.ncbi}/pubmed/", _CSL, {"format": "csl", "id": identifier.value})


def _pubmed_central(identifier: Identifier, settings: Settings) -> Request:
    number = identifier.value.removeprefix("PMC")
    return Request(f"{settings.ncbi}/pmc/", _CSL, {"format": "csl", "id": number})


def _open_library(identifier: Identifier, settings: Settings) -> Request:
    query = {"bibkeys": f"ISBN:{identifier.value}", "jscmd": "data", "format": "json"}
    return Request(f"{settings.open_library}/api/books", _JSON, query)


def _google_books(identifier: Identifier, settings: Settings) -> Request:
    return Request(f"{settings.google_books}/volumes", _JSON, {"q": f"isbn:{identifier.value}"})


def _page(identifier: Identifier, settings: Settings) -> Request:
    return Request(identifier.value, _PAGE)


def _in_path(identifier: Identifier) -> str:
    return quote(identifier.value, safe="/:;()")


SOURCES: Final[dict[Kind, tuple[Source, ...]]] = {
    "doi": (
        Source("doi.org", _doi_org, lambda response, _: read_csl(response), is_registry=True),
        Source("Crossref", _crossref, lambda response, _: read_crossref(response)),
        Source("DataCite", _datacite, lambda response, _: read_datacite(response)),
    ),
    "arxiv": (Source("arXiv", _arxiv, read_arxiv),),
    "pmid": (Source("PubMed", _pubmed, lambda response, _: read_csl(response)),),
    "pmcid": (Source("PubMed Central", _pubmed_central, lambda response, _: read_csl(response)),),
    "isbn": (
        Source("Open Library", _open_library, read_open_library),
        Source("Google Books", _google_books, read_google_books),
    ),
    "url": (Source("", _page, lambda response, _: read_page(response)),),
}
"""The sources of each kind, in the order in which they are used."""
