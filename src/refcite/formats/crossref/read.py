"""Read the works of Crossref's REST API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from refcite.formats.crossref.table import ADMINISTRATION, SPEC
from refcite.formats.crosswalk import Spec
from refcite.formats.draft import Draft
from refcite.formats.jsonvalues import mapping, mappings, text_of, texts
from refcite.formats.jsonworks import Registry, read_works, stream_works
from refcite.formats.preprints import preprint_server, read_preprint
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["draft_of", "read", "read_stream"]

_FORMAT: Final = "crossref"
_IN_A_BOOK: Final = frozenset({"chapter", "paper-conference", "entry"})
_WITHDRAWN: Final = {
    "retraction": "retracted",
    "partial_retraction": "retracted in part",
    "withdrawal": "withdrawn",
    "removal": "removed",
    "expression_of_concern": "marked with an expression of concern",
}


def draft_of(work: dict[str, Any], line: int | None = None, spec: Spec = SPEC) -> Draft:
    """Return the data of a work.

    Args:
        work: The JSON object.
        line: The line where it starts.
        spec: The table; that of CSL-JSON for the responses of content negotiation.
    """
    own = work.get("type")
    csl_type = spec.type_of(own) if isinstance(own, str) else None
    draft = Draft(spec, csl_type or "document", line=line)
    if csl_type is None:
        draft.unknown_type(own, of="Crossref", missing="the work has no type")
    else:
        draft.values["type"] = csl_type
    fields = {
        key: [(key, value, line or 0)]
        for key, value in work.items()
        if value and key not in ADMINISTRATION
    }
    fields.pop("type", None)
    _divide_objects(fields, line or 0)
    _divide_containers(fields, csl_type, line or 0)
    draft.line = line
    if "DOI" in fields:  # before the URLs, which may contain only the DOI
        draft.read_grouped({"DOI": fields.pop("DOI")})
    if "issued" not in fields and "published" in work:
        fields["issued"] = [("issued", work["published"], line or 0)]
    draft.read_grouped(fields)
    _read_server(draft, csl_type)
    _report_withdrawals(draft, work)
    return draft


_Fields = dict[str, list[tuple[str, Any, int]]]

_OBJECTS: Final = {
    "event": ("name", "location"),
    "institution": ("name", "place"),
    "standards-body": ("name",),
    "review": ("type",),
}
"""Objects with the keys that have a variable."""


def _divide_objects(fields: _Fields, line: int) -> None:
    """Replace objects with the fields in them; several institutions are one of several names."""
    for name, keys in _OBJECTS.items():
        if name not in fields:
            continue
        found = mappings(fields[name][0][1])
        if not found:
            continue
        del fields[name]
        first, *others = found
        for key, value in first.items():
            if not value:
                continue
            path = f"{name}/{key}"
            fields[path] = [(path, value, line)]
        if name == "event":
            _join_dates(fields, first, line)
        if others:
            path = f"{name}/others"
            fields[path] = [(path, others, line)]
        for key in keys:
            path = f"{name}/{key}"
            if path in fields and text_of(fields[path][0][1]) is None:
                del fields[path]
    resource = fields.get("resource")
    if resource is not None:
        url = text_of(mapping(mapping(resource[0][1]).get("primary")).get("URL"))
        if url:
            path = "resource/primary/URL"
            fields[path] = [(path, url, line)]
            if len(mapping(resource[0][1])) == 1:
                del fields["resource"]


def _join_dates(fields: _Fields, event: dict[str, Any], line: int) -> None:
    sides = [_parts(event.get(side)) for side in ("start", "end")]
    if sides[0]:
        path = "event/dates"
        fields[path] = [(path, {"date-parts": [side for side in sides if side]}, line)]
        for side in ("start", "end"):
            fields.pop(f"event/{side}", None)


def _parts(value: Any) -> list[int]:
    parts = mapping(value).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    return [one for one in first if type(one) is int] if isinstance(first, list) else []


def _divide_containers(fields: _Fields, csl_type: str | None, line: int) -> None:
    if csl_type not in _IN_A_BOOK or "container-title" not in fields:
        return
    containers = texts(fields["container-title"][0][1])
    if len(containers) > 1:
        # The series comes first, then the book.
        path = "container-title/series"
        fields[path] = [(path, containers[:-1], line)]
        fields["container-title"] = [("container-title", containers[-1], line)]


def _read_server(draft: Draft, csl_type: str | None) -> None:
    """Read the server of a preprint; Crossref has it as the institution or as a group of titles."""
    values, extra = draft.values, draft.extra
    if csl_type == "article":
        group = extra.get("group-title")
        server = preprint_server(group) if isinstance(group, str) else None
        if server and "institution/name" not in extra and "publisher" in values:
            extra["publisher"] = values["publisher"]
            values["publisher"] = server
            del extra["group-title"]
    elif csl_type is not None:
        read_preprint(csl_type, values, extra, "container-title", "publisher")


def _report_withdrawals(draft: Draft, work: dict[str, Any]) -> None:
    """Report notices that withdraw the work (Crossref's Crossmark and Retraction Watch)."""
    for update in mappings(work.get("updated-by")):
        kind = str(update.get("type"))
        if kind in _WITHDRAWN:
            draft.report(
                "retracted-work",
                f"the work was {_WITHDRAWN[kind]} (notice: {text_of(update.get('DOI'))})",
                Severity.WARNING,
                "read the notice before you cite it",
            )


def _works(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    message = value.get("message")
    if isinstance(message, dict):
        value = message
    items = value.get("items")
    if isinstance(items, list):
        yield from (one for one in items if isinstance(one, dict))
    elif "DOI" in value or "title" in value:
        yield value


REGISTRY: Final = Registry(
    _FORMAT,
    "Crossref",
    _works,
    draft_of,
    unread=("reference", "the cited works"),
)


def read(text: str) -> Library:
    """Read the JSON of Crossref: a work, a list of works, a file of its public data, or lines.

    The works that a work cites (`reference`) are not read. Fields for which CSL has no variable,
    such as `funder`, are in the record's `extra`, without the dates and counts of the registry's
    own entry.

    Args:
        text: The JSON.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''{"status": "ok", "message-type": "work", "message": {
        ...     "DOI": "10.5555/lamp", "type": "journal-article", "title": ["On <i>lamps</i>"],
        ...     "author": [{"given": "Ada", "family": "Ferran"}],
        ...     "issued": {"date-parts": [[2021, 4]]}}}''', "crossref")
        >>> library[0].title, library[0].doi, str(library[0].issued)
        ('On <i>lamps</i>', '10.5555/lamp', '2021-04')
    """
    return read_works(text, REGISTRY)


def read_stream(blocks: Iterable[str]) -> Iterator[Record | Problem]:
    """Read the JSON of Crossref that comes in blocks; a work has an id by its place.

    Args:
        blocks: The JSON, in pieces of any length.

    Yields:
        Records and problems, one by one.
    """
    return stream_works(blocks, REGISTRY)
