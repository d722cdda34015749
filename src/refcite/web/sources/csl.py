"""The CSL-JSON of registries, and Crossref's own JSON, which is similar.

Crossref, DataCite and the other agencies send CSL-JSON for content negotiation at doi.org
(https://citation.crosscite.org/docs.html), as does PubMed's Literature Citation Exporter.
Crossref's REST API has lists in place of texts, and its own types. Both contain much data that
describes the registry's entry and not the work (its depositor, checks, links for machines, the
cited works); these are ignored.
"""

from __future__ import annotations

from typing import Any, Final

from refcite.formats.csl_json import decode_item
from refcite.identifiers import normal_doi
from refcite.problems import Problem, Severity
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES
from refcite.web.cache import Response
from refcite.web.failures import UnusableResponseError
from refcite.web.sources.values import (
    Found,
    clean_paragraphs,
    joined,
    json_of,
    mapping,
    mappings,
    text_of,
    texts,
    titled,
)

__all__ = ["read_crossref", "read_csl"]

_TYPES: Final = {
    "book-part": "chapter",
    "book-section": "chapter",
    "book-chapter": "chapter",
    "book-track": "chapter",
    "book-series": "book",
    "book-set": "book",
    "database": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "monograph": "book",
    "other": "document",
    "peer-review": "review",
    "posted-content": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "proceedings-series": "book",
    "reference-book": "book",
    "reference-entry": "entry",
    "report-component": "report",
    "report-series": "report",
}
"""Crossref's types (https://api.crossref.org/types) with CSL's."""

_OTHER_NAMES: Final = {
    "article-number": "number",
    "categories": "keyword",
    "copyright": "license",
    "edition-number": "edition",
    "publisher-location": "publisher-place",
    "report-number": "number",
    "short-container-title": "container-title-short",
    "short-title": "title-short",
    "subject": "keyword",
}
"""Keys that represent a CSL variable, and are used if the variable itself is missing."""

_LISTS: Final = {"ISBN": ", ", "ISSN": ", ", "keyword": ", "}
"""Variables that contain all values of a list; the others contain the first."""

_NOT_THE_WORKS: Final = frozenset({"accessed", "source", "archive", "citation-key", "references"})
_NAME_PARTS: Final = (
    *("family", "given", "suffix", "literal", "dropping-particle", "non-dropping-particle"),
    *("comma-suffix", "static-ordering"),
)
_IN_A_BOOK: Final = frozenset({"chapter", "paper-conference", "entry"})
_WITHDRAWN: Final = {
    "retraction": "retracted",
    "partial_retraction": "retracted in part",
    "withdrawal": "withdrawn",
    "removal": "removed",
    "expression_of_concern": "marked with an expression of concern",
}


def read_csl(response: Response) -> Found:
    """Read a response of content negotiation or of the Literature Citation Exporter."""
    items = mappings(json_of(response))
    if not items:
        raise UnusableResponseError("the response contains no work")
    return _found(items[0])


def read_crossref(response: Response) -> Found:
    """Read a response of Crossref's `/works/{doi}`."""
    work = mapping(mapping(json_of(response)).get("message"))
    if not work:
        raise UnusableResponseError("the response contains no work")
    return _found(work)


def _found(work: dict[str, Any]) -> Found:
    problems: list[Problem] = []
    item = _item(work)
    if not item.get("title") and not item.get("container-title"):
        raise UnusableResponseError("the response contains no title")
    record = decode_item(item, problems, line=1).replace(origin=None)
    notices = [problem.replace(line=None, key=None) for problem in problems]
    return Found(record, [*notices, *_withdrawals(work)])


def _item(work: dict[str, Any]) -> dict[str, Any]:
    """Return a work as a CSL-JSON item with CSL's keys only."""
    item: dict[str, Any] = {"id": "found", "type": _type(work)}
    for variable in ATTRIBUTES:
        if variable in work and variable not in _NOT_THE_WORKS:
            item[variable] = _value(variable, work[variable])
    for key, variable in _OTHER_NAMES.items():
        if key in work and not item.get(variable):
            item[variable] = _value(variable, work[key])
    item["title"] = titled(text_of(work.get("title")), text_of(work.get("subtitle")))
    item["abstract"] = clean_paragraphs(work.get("abstract"))
    _add_identifiers(item, work)
    _add_containers(item, work)
    _add_institution(item, work)
    _add_event(item, work)
    return {key: value for key, value in item.items() if value}


def _type(work: dict[str, Any]) -> Any:
    found = work.get("type")
    if not isinstance(found, str):
        return "document"
    return found if found in ITEM_TYPES else _TYPES.get(found, found)


def _value(variable: str, value: Any) -> Any:
    if variable in NAME_VARIABLES:
        return [name for name in map(_name, mappings(value)) if name]
    if variable in DATE_VARIABLES:
        return value if isinstance(value, dict) else None
    if variable == "license":
        return _license(value)
    if variable in _LISTS:
        return joined(texts(value), _LISTS[variable])
    return text_of(value)


def _name(person: dict[str, Any]) -> dict[str, Any]:
    parts = {part: person[part] for part in _NAME_PARTS if person.get(part)}
    body = text_of(person.get("name"))
    return parts or ({"literal": body} if body else {})


def _license(value: Any) -> str | None:
    """Return the URL of the licence of the version of record, otherwise of the first one."""
    licences = mappings(value)
    licences.sort(key=lambda one: one.get("content-version") != "vor")
    return text_of([one.get("URL") for one in licences]) if licences else text_of(value)


def _add_identifiers(item: dict[str, Any], work: dict[str, Any]) -> None:
    doi = normal_doi(item.get("DOI") or "")
    item["DOI"] = doi
    if normal_doi(item.get("URL") or "").casefold() == doi.casefold():
        item["URL"] = None  # it contains only the DOI
    isbns = [isbn.rpartition("/")[2] for isbn in texts(work.get("ISBN"))]
    item["ISBN"] = joined(isbns)


def _add_containers(item: dict[str, Any], work: dict[str, Any]) -> None:
    containers = texts(work.get("container-title"))
    if len(containers) > 1 and item["type"] in _IN_A_BOOK:
        # The series comes first, then the book.
        item["collection-title"], item["container-title"] = containers[0], containers[-1]


def _add_institution(item: dict[str, Any], work: dict[str, Any]) -> None:
    institution = next(iter(mappings(work.get("institution"))), {})
    name = text_of(institution.get("name"))
    # The institution of a preprint is its server, that of a thesis its university.
    if name and (item["type"] in {"article", "thesis"} or not item.get("publisher")):
        item["publisher"] = name
        item["publisher-place"] = text_of(institution.get("place")) or item.get("publisher-place")
    if not item.get("genre"):
        degree = text_of(work.get("degree"))
        is_preprint = work.get("subtype") == "preprint"
        item["genre"] = degree or ("Preprint" if is_preprint else None)


def _add_event(item: dict[str, Any], work: dict[str, Any]) -> None:
    event = mapping(work.get("event"))
    if not event:
        return
    item.pop("event", None)
    item["event-title"] = text_of(event.get("name"))
    item["event-place"] = text_of(event.get("location"))
    sides = [_parts(event.get(side)) for side in ("start", "end")]
    item["event-date"] = {"date-parts": [side for side in sides if side]} if sides[0] else None


def _parts(value: Any) -> list[int]:
    parts = mapping(value).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    return [one for one in first if isinstance(one, int)] if isinstance(first, list) else []


def _withdrawals(work: dict[str, Any]) -> list[Problem]:
    """Report notices that withdraw the work (Crossref's Crossmark and Retraction Watch)."""
    return [
        Problem(
            severity=Severity.WARNING,
            code="retracted-work",
            message=f"the work was {_WITHDRAWN[kind]} (notice: {text_of(update.get('DOI'))})",
            hint="read the notice before you cite it",
        )
        for update in mappings(work.get("updated-by"))
        if (kind := str(update.get("type"))) in _WITHDRAWN
    ]
