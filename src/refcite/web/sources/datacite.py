"""DataCite's REST API: `/dois/{doi}` (JSON:API), whose response `formats/datacite` reads."""

from __future__ import annotations

from refcite.formats.datacite import draft_of
from refcite.formats.jsonvalues import mapping
from refcite.web.cache import Response
from refcite.web.failures import UnusableResponseError
from refcite.web.sources.values import Found, json_of, record_of

__all__ = ["read_datacite"]


def read_datacite(response: Response) -> Found:
    """Read a response of DataCite's `/dois/{doi}`."""
    draft = draft_of(mapping(mapping(mapping(json_of(response)).get("data")).get("attributes")))
    if "title" not in draft.values:
        raise UnusableResponseError("the response contains no title")
    return record_of(draft)
