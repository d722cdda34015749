"""URLs and DOIs: DOIs in the wrong field, URLs that are not one URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import EachRule, FieldEdit, Fix, Found
from refcite.identifiers import fault_in_doi, normal_doi
from refcite.problems import Severity

__all__ = ["RULES"]

_SCHEME: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:|www\.|[\w-]+\.[a-z])", re.IGNORECASE)
_SPACE: Final = re.compile(r"\S\s+\S")
_PLAIN_DOI: Final = re.compile(r"[\w./()<>;:-]+", re.ASCII)
"""A DOI that LaTeX prints in any field as it is."""


def _doi_in(url: str) -> str | None:
    """Return the DOI of which a text is the URL."""
    if "doi" not in url.lower() and not url.startswith("10."):
        return None
    doi = normal_doi(url.strip())
    return doi if doi != url.strip() or url.startswith("10.") else None


def _is_doi(url: str) -> str | None:
    doi = _doi_in(url)
    return doi if doi is not None and fault_in_doi(doi) is None else None


def _doi_in_url(entry: Entry) -> Iterator[Found]:
    url = entry.record.url
    if not url or entry.record.doi:
        return
    doi = _is_doi(url)
    if doi is None:
        return
    fix = None
    raw = entry.raw_value("url") if "url" in entry.fields and "doi" not in entry.fields else None
    if raw is not None and raw.strip() == url and _PLAIN_DOI.fullmatch(doi):
        fix = Fix(
            "moved the DOI from 'url' to 'doi'",
            (FieldEdit("url", doi, "doi"),),
            frozenset({"url", "doi"}),
        )
    yield Found(
        f"the URL {url!r} is that of a DOI, and the entry has no DOI",
        f"write the DOI {doi} in 'doi'" if entry.dialect else f"set the DOI {doi}",
        "url",
        (doi,),
        fix,
    )


def _repeated_doi(entry: Entry) -> Iterator[Found]:
    record = entry.record
    if not record.url or not record.doi:
        return
    doi = _is_doi(record.url)
    if doi is None or doi.lower() != record.doi.lower():
        return
    fix = None
    if "url" in entry.fields:
        edit = FieldEdit("url", None)
        fix = Fix("removed the URL of the DOI", (edit,), frozenset({"url"}), is_safe=False)
    message = f"the URL {record.url!r} repeats the DOI"
    yield Found(message, "remove the URL", "url", (doi,), fix)


def _space_in_url(entry: Entry) -> Iterator[Found]:
    url = entry.record.url
    if not url or _SPACE.search(url) is None:
        return
    shown = url if len(url) <= 80 else f"{url[:79]}…"
    hint = "remove the space, or write it as %20"
    if url.count("://") > 1:
        hint = "keep one URL in the field"
    elif _SCHEME.match(url) is None:
        hint = "remove it, since it is not a URL"
    yield Found(f"the URL {shown!r} contains a space", hint, "url", (url,))


RULES: Final = (
    EachRule(code="doi-in-url", severity=Severity.WARNING, find=_doi_in_url),
    EachRule(code="repeated-doi", severity=Severity.INFO, find=_repeated_doi, is_default=False),
    EachRule(code="space-in-url", severity=Severity.WARNING, find=_space_in_url),
)
"""The rules about URLs and DOIs."""
