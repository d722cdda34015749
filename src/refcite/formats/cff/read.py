"""Read a CITATION.cff: the preferred citation, the work itself, and its references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.cff.people import ANONYMOUS, place_of
from refcite.formats.cff.schema import AGENTS, ENTITIES
from refcite.formats.cff.table import BY_AUTHORITY, IN_BOOK, PREPRINT, SPEC
from refcite.formats.draft import Draft, library_of
from refcite.formats.yamltext import line_of, mapping, plain
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = [
    "CITATION_KEY",
    "DEFAULT_MESSAGE",
    "DESCRIBED",
    "FORMAT",
    "PREFERRED",
    "UNTITLED",
    "WORK",
    "draft_of",
    "read",
]

FORMAT: Final = "cff"
WORK: Final = "work"
PREFERRED: Final = "preferred-citation"
DEFAULT_MESSAGE: Final = "If you use this work, please cite it as below."
"""The message for a record without one: the schema requires it."""
UNTITLED: Final = "[untitled]"
"""The title for a record without one: the schema requires it."""
CITATION_KEY: Final = "citation key"
DESCRIBED: Final = ("DOI", "ISBN", "ISSN", "PMCID", "PMID")
"""Variables that are written as described identifiers if no separate key can hold them."""

_OF_REFERENCE: Final = ("type", "title", "authors")
_REQUIRED: Final = ("cff-version", "message", "title", "authors")
_OF_FILE: Final = frozenset({"cff-version", "message", PREFERRED, "references"})
_YEAR: Final = re.compile(r"[0-9]{1,4}")
_MONTH: Final = re.compile(r"0?[1-9]|1[012]")
_LISTS: Final = ("identifiers", "keywords", "languages", "license", "patent-states")


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read a CITATION.cff.

    The first record is the `preferred-citation` of the file, if it has one;
    then comes the work itself, then the `references`. A work that states only its preferred
    citation is not a separate record.

    Args:
        text: The file's text.
        day_first: Whether `01/02/2017` is 1 February or 2 January, if it represents a date.

    Returns:
        The records, with the problems in the library.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> from refcite import loads
        >>> library = loads('''
        ... cff-version: 1.2.0
        ... message: Please cite this.
        ... title: A Tool
        ... authors: [{family-names: Ito, given-names: Yuki}]
        ... date-released: 2021-03-04
        ... ''', "cff")
        >>> library[0].type, str(library[0].author[0]), str(library[0].issued)
        ('software', 'Ito, Yuki', '2021-03-04')
    """
    problems: list[Problem] = []
    data = mapping(text.removeprefix("\ufeff"), problems)
    works: list[tuple[str, dict[str, Any]]] = []
    if data.keys() & {*_REQUIRED, PREFERRED, "references"}:
        works += _works(data, problems)
    message = data.get("message")
    if not isinstance(message, str) or message == DEFAULT_MESSAGE:
        message = ""
    asking = WORK if any(place == WORK for place, _ in works) else PREFERRED
    found = (
        _record(place, fields, line_of(data), day_first, message if place == asking else "")
        for place, fields in works
    )
    missing = "the text has no work in the Citation File Format"
    return library_of(found, missing=missing, problems=problems)


def _works(data: dict[str, Any], problems: list[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    preferred = data.get(PREFERRED)
    if isinstance(preferred, dict):
        yield PREFERRED, preferred
    elif preferred:
        problems.append(_not_a_mapping(PREFERRED, preferred, line_of(data)))
    problems += [_missing(key, "the file", line_of(data)) for key in _REQUIRED if key not in data]
    work = {key: value for key, value in data.items() if key not in _OF_FILE}
    if work and not _is_frame(work, preferred):
        yield WORK, work
    references = data.get("references")
    for fields in references if isinstance(references, list) else ():
        if isinstance(fields, dict):
            yield "reference", fields
        else:
            problems.append(_not_a_mapping("a reference", fields, line_of(references)))
    if references and not isinstance(references, list):
        problems.append(_not_a_mapping("the list of references", references, line_of(data)))


def _is_frame(work: Mapping[str, Any], preferred: Any) -> bool:
    """Return whether a work contains only what the schema requires."""
    return (
        isinstance(preferred, dict)
        and work.keys() <= {"title", "authors"}
        and all(preferred.get(key) == value for key, value in work.items())
    )


def _record(
    place: str, fields: dict[str, Any], line: int, day_first: bool | None, message: str
) -> tuple[Record, Draft]:
    default = "software" if place == WORK else "generic"
    draft = draft_of(fields, default, day_first, line_of(fields, line))
    if message:
        draft.extra["message"] = plain(message)
    missing = [key for key in _OF_REFERENCE if key not in fields]
    if missing and place != WORK:
        draft.problems.append(_missing(" and ".join(missing), "a reference", draft.line))
    return draft.record(FORMAT, {"type": str(fields.get("type", "")), "place": place}), draft


def _missing(key: str, where: str, line: int | None) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="missing-field",
        message=f"{where} has no {key}, which the format requires",
        line=line,
        hint=f"write {key}",
    )


def _not_a_mapping(what: str, value: Any, line: int) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="entry-not-object",
        message=f"{what} does not have the required form: {str(plain(value))[:60]!r}",
        line=line_of(value, line),
    )


def draft_of(
    fields: Mapping[str, Any],
    default: str = "generic",
    day_first: bool | None = None,
    line: int | None = None,
) -> Draft:
    """Return the data of a reference, or of the work itself.

    Args:
        fields: Its keys.
        default: The type if none is set.
        day_first: The reading of `01/02/2017`.
        line: The line on which it starts.

    Example:
        >>> draft_of({"type": "thesis", "title": "On Law", "thesis-type": "PhD"}).values
        {'type': 'thesis', 'title': 'On Law', 'genre': 'PhD'}
    """
    source: dict[str, Any] = plain(fields)
    own = source.pop("type", default)
    csl_type = _type(own, source)
    draft = Draft(SPEC, csl_type or "document", day_first=day_first, line=line)
    draft.values["type"] = csl_type or "document"
    if csl_type is None:
        draft.unknown_type(own, hint="it is written back unchanged")
    if own in ("dictionary", "encyclopedia"):
        _name_by_term(source)
    draft.read([(key, value, line or 1) for key, value in _fields(draft, source)])
    _identify(draft, source.get("identifiers", []))
    # The rest of an entity, or of keys that belong together, is kept unchanged.
    for key in [key for key in draft.extra if key not in source and ("/" in key or "+" in key)]:
        del draft.extra[key]
        parts = key.partition("/")[0].split("+")
        draft.extra |= {part: source[part] for part in parts if part in source}
    return draft


def _type(own: Any, source: dict[str, Any]) -> str | None:
    for key, value, owns, named in (
        ("status", "preprint", ("article",), PREPRINT),
        ("collection-type", "book", ("book", "edited-work"), IN_BOOK),
    ):
        if own in owns and source.get(key) == value:
            del source[key]
            return SPEC.type_of(named)
    return SPEC.type_of(own) if isinstance(own, str) else None


def _name_by_term(source: dict[str, Any]) -> None:
    """Use `term` as the title, if the title is that of the work of reference."""
    for key in ("term", "entry"):
        term = source.get(key)
        if isinstance(term, str) and term and isinstance(source.get("title"), str):
            if "collection-title" not in source:
                source["collection-title"], source["title"] = source["title"], source.pop(key)
            return


def _fields(draft: Draft, source: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield keys and values in the form of the table; values of a wrong kind are kept."""
    joined = dict(source)
    _join_pages(joined)
    _join_year(draft, joined)
    rivals = ("publisher", "institution")
    if joined.keys() >= {*rivals} and draft.values["type"] not in BY_AUTHORITY:
        # One of them is the publisher; in its place the other would not be known from it.
        other = rivals[draft.values["type"] != "thesis"]
        draft.keep(other, joined.pop(other))
    for key, value in joined.items():
        if key in ENTITIES:
            yield from _entity(draft, key, value)
        elif key in AGENTS:
            if key != "authors" or value != [ANONYMOUS]:
                yield key, value
        elif key not in _LISTS and SPEC.knows(key) and not isinstance(value, str):
            message = f"{key} must be a text, not {str(value)[:60]!r}"
            hint = "it is kept unchanged"
            draft.report("wrong-kind", message, Severity.WARNING, hint)
            draft.keep(key, value)
        elif (isinstance(value, str) and not value.strip()) or key == "identifiers":
            pass  # nothing, or read after all other keys
        elif key != "title" or value != UNTITLED:
            yield key, value


def _join_pages(fields: dict[str, Any]) -> None:
    start, end = fields.get("start"), fields.get("end")
    if isinstance(start, str) and start:
        fields["start+end"] = fields.pop("start")
        if isinstance(end, str) and end:
            fields["start+end"] = f"{start}-{fields.pop('end')}"


def _join_year(draft: Draft, fields: dict[str, Any]) -> None:
    """Put the year to its month, and omit a date of issue that contradicts it."""
    year, month, issue = fields.get("year"), fields.get("month"), fields.get("issue-date")
    if not isinstance(year, str) or not year.strip():
        return
    if isinstance(issue, str):
        date = Date.parse(issue, day_first=draft.day_first)
        if date.literal is not None or str(date.year) != year:
            draft.keep("issue-date", fields.pop("issue-date"))
    fields["year+month"] = fields.pop("year")
    if isinstance(month, str) and _MONTH.fullmatch(month) and _YEAR.fullmatch(year):
        fields["year+month"] = f"{int(year):04}-{int(fields.pop('month')):02}"


def _entity(draft: Draft, key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the parts of an entity: its name, its place, its dates, and its other data."""
    if isinstance(value, str) and value.strip():
        value = {"name": value}
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or not value["name"]:
        draft.keep(key, value)
        return
    parts = dict(value)
    place_key = "location" if key == "conference" else "city"
    parts[place_key] = place_of(value)
    days = [parts.get(day) for day in ("date-start", "date-end")]
    if key == "conference" and all(isinstance(day, str) for day in days if day) and any(days):
        # An end without a start is read, and kept too: no day is written so.
        if parts.pop("date-start", None):
            parts.pop("date-end", None)
        parts["date-start+date-end"] = "/".join(dict.fromkeys(filter(None, days)))
    yield from ((f"{key}/{part}", inner) for part, inner in parts.items())


def _identify(draft: Draft, identifiers: Any) -> None:
    found = identifiers if isinstance(identifiers, list) else [identifiers]
    left = [one for one in found if not (isinstance(one, dict) and _is_taken(draft, one))]
    if left:
        draft.keep("identifiers", left)


def _is_taken(draft: Draft, identifier: Mapping[str, Any]) -> bool:
    """Read an identifier, and return whether it is completely read."""
    kind, value, described = (identifier.get(key) for key in ("type", "value", "description"))
    if not isinstance(value, str) or not value:
        return False
    if kind == "other" and described == CITATION_KEY:
        draft.values["id"] = value
        return True
    if kind == "other" and described in DESCRIBED:
        return draft.put(described, value)
    if kind == "doi":
        draft.put("DOI", normal_doi(value))
    elif kind == "url":
        draft.put("URL", value)
    return False
