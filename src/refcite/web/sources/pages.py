"""Any page of the web: fetched, and read by the reader of the format `html`."""

from __future__ import annotations

import codecs
import re
from typing import Final

from refcite.dates import Date
from refcite.formats import loads
from refcite.web.cache import Response
from refcite.web.failures import NotFoundError, UnusableResponseError
from refcite.web.sources.values import Found

__all__ = ["read_page"]

_FORMAT: Final = "html"
_PAGES: Final = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_HEAD: Final = 4096
_META: Final = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)


def read_page(response: Response) -> Found:
    """Read a page; it was accessed on the day on which it was fetched."""
    if response.media_type not in _PAGES:
        failure = UnusableResponseError(f"the response is not a page, but {response.media_type}")
        failure.hint = "use the URL of the page that describes it, or its DOI"
        raise failure
    if not response.body.strip():
        raise UnusableResponseError("the page is empty")
    day = response.fetched.astimezone()
    library = loads(
        _decoded(response),
        _FORMAT,
        url=response.url,
        accessed=Date.of(day.year, day.month, day.day),
    )
    if not library:
        raise NotFoundError("the page contains no data about the work")
    return Found(library[0], [one.replace(line=None, column=None) for one in library.problems])


def _decoded(response: Response) -> str | bytes:
    """Return a page as text if the server or the page names an encoding (HTML, § 13.2.3.2)."""
    body = response.body
    if body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body
    meta = _META.search(body[:_HEAD])
    for name in (response.charset, meta[1].decode("ascii") if meta else None):
        try:
            # Browsers read Latin-1 as Windows-1252 (Encoding standard, § 4.2).
            codec = codecs.lookup(name or "").name
            return body.decode("cp1252" if codec in {"iso8859-1", "ascii"} else codec, "replace")
        except (LookupError, ValueError):
            continue
    return body
