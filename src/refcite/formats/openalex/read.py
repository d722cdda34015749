"""Read the works of OpenAlex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from refcite.formats.draft import Draft
from refcite.formats.jsonvalues import mapping, mappings, text_of
from refcite.formats.jsonworks import Registry, read_works, stream_works
from refcite.formats.openalex.table import SPEC
from refcite.formats.preprints import preprint_server
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["draft_of", "read", "read_stream"]

_FORMAT: Final = "openalex"
_READ: Final = (
    *("id", "title", "display_name", "authorships", "publication_date", "publication_year"),
    *("doi", "language", "keywords", "abstract_inverted_index", "abstract"),
)
_KEPT: Final = ("grants", "funders", "awards", "mesh", "retraction_notice")
_KINDS: Final = {
    "editorial": "Editorial",
    "erratum": "Erratum",
    "letter": "Letter",
    "paratext": "Paratext",
    "preprint": "Preprint",
    "posted-content": "Preprint",
    "retraction": "Retraction",
    "review": "Review",
}
_BY_CROSSREF: Final = {
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "book-chapter": "chapter",
    "monograph": "book",
    "proceedings": "book",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
    "standard": "standard",
    "reference-entry": "entry",
    "peer-review": "review",
}
"""Crossref's types that specify OpenAlex's `article`, `review` and others."""
_NO_TITLE: Final = frozenset({"ebook platform", "metadata", "other"})
_SERIES: Final = frozenset({"book series", "conference series", "ebook series"})
_IDS: Final = frozenset({"openalex", "doi", "pmid", "pmcid", "mag"})
_VERSIONS: Final = frozenset({"submittedVersion", "acceptedVersion"})


def draft_of(work: dict[str, Any], line: int | None = None) -> Draft:
    """Return the data of a work.

    Args:
        work: The JSON object.
        line: The line where it starts.
    """
    own = text_of(work.get("type"))
    location = mapping(work.get("primary_location")) or mapping(work.get("host_venue"))
    source = mapping(location.get("source")) or (location if "display_name" in location else {})
    csl_type = _type(work, own, source)
    draft = Draft(SPEC, csl_type or "document", line=line)
    if csl_type is None:
        draft.unknown_type(own, of="OpenAlex", missing="the work has no type")
    else:
        draft.values["type"] = csl_type
        if own in _KINDS and (own != "preprint" or csl_type == "article"):
            draft.values["genre"] = _KINDS[own]
    number = line or 0
    fields: dict[str, list[tuple[str, Any, int]]] = {}

    def add(key: str, value: Any) -> None:
        if value:
            fields[key] = [(key, value, number)]

    for key in _READ:
        add(key, work.get(key))
    if "publication_date" in fields:
        fields.pop("publication_year", None)
    _add_source(add, source, csl_type)
    if csl_type == "thesis":
        add("institution", _institution(work))
    add("location/landing_page_url", location.get("landing_page_url"))
    add("location/license", location.get("license"))
    version = text_of(location.get("version"))
    if version in _VERSIONS and csl_type != "article":
        draft.extra["version"] = version
    biblio = mapping(work.get("biblio"))
    add("biblio/volume", biblio.get("volume"))
    add("biblio/issue", biblio.get("issue"))
    add("biblio/pages", _pages(biblio))
    ids = mapping(work.get("ids"))
    for key in ("doi", "pmid", "pmcid"):
        add(f"ids/{key}", ids.get(key))
    draft.line = line
    draft.read_grouped(fields)
    for key in _KEPT:
        if work.get(key):
            draft.extra[key] = work[key]
    name = text_of(source.get("display_name"))
    if name and name not in (
        draft.values.get(key) for key in ("container_title", "collection_title", "publisher")
    ):
        draft.extra["source"] = name
    rest = {key: one for key, one in ids.items() if key not in _IDS and one}
    if rest:
        draft.extra["ids"] = rest
    if work.get("is_retracted") is True:
        draft.report(
            "retracted-work",
            "the work was retracted, according to OpenAlex",
            Severity.WARNING,
            "find the notice before you cite it",
        )
    return draft


def _type(work: dict[str, Any], own: str | None, source: dict[str, Any]) -> str | None:
    known = SPEC.type_of(own) if own else None
    if known != "article-journal":
        return known
    by_crossref = _BY_CROSSREF.get(str(work.get("type_crossref")))
    if by_crossref is not None:
        return by_crossref
    kind = source.get("type")
    if kind == "conference":
        return "paper-conference"
    name = text_of(source.get("display_name"))
    return "article" if name and preprint_server(name) else known


def _add_source(add: Any, source: dict[str, Any], csl_type: str | None) -> None:
    name = text_of(source.get("display_name"))
    kind = text_of(source.get("type")) or ""
    server = preprint_server(name) if name else None
    publisher = source.get("host_organization_name") or source.get("publisher")
    if csl_type == "article":
        add("server", server or name)
        return
    if kind == "repository":
        # A repository publishes data and reports; an article is only held by it.
        if csl_type in {"dataset", "software", "report", "document", "webpage"}:
            add("server", name)
        return
    is_series = kind in _SERIES
    if kind not in _NO_TITLE and (is_series or csl_type != "book" or not kind):
        add("source/display_name", name)
    add("source/abbreviated_title", source.get("abbreviated_title"))
    add("source/issn", source.get("issn") or source.get("issn_l"))
    add("source/host_organization_name", publisher)


def _institution(work: dict[str, Any]) -> str | None:
    for authorship in mappings(work.get("authorships")):
        for one in mappings(authorship.get("institutions")):
            name = text_of(one.get("display_name"))
            if name:
                return name
    return None


def _pages(biblio: dict[str, Any]) -> str | None:
    first, last = text_of(biblio.get("first_page")), text_of(biblio.get("last_page"))
    return first if first == last else "-".join(filter(None, (first, last)))


def _works(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    results = value.get("results")
    for one in results if isinstance(results, list) else (value,):
        if isinstance(one, dict) and _is_work(one):
            yield one


def _is_work(value: dict[str, Any]) -> bool:
    """Return whether an object is a work, and not an author, a source or an institution."""
    name = value.get("id")
    is_other = isinstance(name, str) and "openalex.org/" in name and "openalex.org/W" not in name
    return not is_other and not _WORK.isdisjoint(value)


_WORK: Final = frozenset({"display_name", "title", "authorships", "doi", "publication_year"})

REGISTRY: Final = Registry(
    _FORMAT,
    "OpenAlex",
    _works,
    draft_of,
    unread=("referenced_works", "the cited works"),
    is_keyed=True,
)


def read(text: str) -> Library:
    """Read the works of OpenAlex: one, a list, or the lines of a snapshot.

    The id of a record is that of OpenAlex (`W2741809807`). The cited and related works, other
    locations, and what OpenAlex has computed (concepts, topics, counts) are not read.

    Args:
        text: The JSON.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''{"id": "https://openalex.org/W7", "title": "Lamps",
        ...     "type": "article", "publication_date": "2021-04-01", "biblio": {"volume": "3"},
        ...     "authorships": [{"author": {"display_name": "Ada Ferran"}}],
        ...     "abstract_inverted_index": {"Lamps": [0, 2], "beat": [1]}}''', "openalex")
        >>> library["W7"].author[0].family, library["W7"].abstract
        ('Ferran', 'Lamps beat Lamps')
    """
    return read_works(text, REGISTRY)


def read_stream(blocks: Iterable[str]) -> Iterator[Record | Problem]:
    """Read the works of OpenAlex that come in blocks.

    Args:
        blocks: The JSON, in pieces of any length.

    Yields:
        Records and problems, one by one.
    """
    return stream_works(blocks, REGISTRY)
