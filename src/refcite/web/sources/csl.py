"""The CSL-JSON of registries, and Crossref's own JSON, which is similar.

Crossref, DataCite and the other agencies send CSL-JSON for content negotiation at doi.org
(https://citation.crosscite.org/docs.html), as does PubMed's Literature Citation Exporter.
`refcite.formats.crossref` reads both. Both contain much data that describes the registry's entry
and not the work (its depositor, checks, links for machines, the cited works); these are ignored.
"""

from __future__ import annotations

from typing import Any, Final

from refcite.formats.crossref import CSL_SPEC, SPEC, draft_of
from refcite.formats.crosswalk import Spec
from refcite.formats.jsonvalues import mapping, mappings
from refcite.web.cache import Response
from refcite.web.failures import UnusableResponseError
from refcite.web.sources.values import Found, json_of, record_of

__all__ = ["read_crossref", "read_csl"]

_NOT_THE_WORKS: Final = frozenset(
    {"accessed", "source", "archive", "citation-key", "references", "resource"}
)
"""Keys of the service, not of the work; the URL of a work that has a DOI is its DOI."""


def read_csl(response: Response) -> Found:
    """Read a response of content negotiation or of the Literature Citation Exporter."""
    items = mappings(json_of(response))
    if not items:
        raise UnusableResponseError("the response contains no work")
    return _found(items[0], CSL_SPEC)


def read_crossref(response: Response) -> Found:
    """Read a response of Crossref's `/works/{doi}`."""
    work = mapping(mapping(json_of(response)).get("message"))
    if not work:
        raise UnusableResponseError("the response contains no work")
    return _found(work, SPEC)


def _found(work: dict[str, Any], spec: Spec) -> Found:
    draft = draft_of({key: work[key] for key in work if key not in _NOT_THE_WORKS}, spec=spec)
    if not {"title", "container_title"} & draft.values.keys():
        raise UnusableResponseError("the response contains no title")
    return record_of(draft)
