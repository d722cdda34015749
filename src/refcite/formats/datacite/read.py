"""Read the metadata of DataCite: JSON, or XML of the schema 4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from refcite.formats.datacite.table import CONTRIBUTORS, PART_OF, ROLES, SPEC, is_unknown, name_of
from refcite.formats.datacite.types import genre_of, type_of
from refcite.formats.datacite.xml import works_of
from refcite.formats.draft import Draft, library_of, stream_drafts
from refcite.formats.jsonvalues import joined, mapping, mappings, text_of, texts
from refcite.formats.jsonworks import Registry, read_works, stream_works
from refcite.formats.xmlread import Entry, entries
from refcite.formats.xmlstream import stream_entries
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["draft_of", "read", "read_stream"]

_FORMAT: Final = "datacite"
_ADMINISTRATION: Final = frozenset(
    {
        *("id", "prefix", "suffix", "state", "source", "isActive", "reason", "created", "event"),
        *("registered", "published", "updated", "metadataVersion", "schemaVersion", "providerId"),
        *("clientId", "agency", "xml", "landingPage", "type", "relationships", "viewCount"),
        *("downloadCount", "referenceCount", "citationCount", "partCount", "partOfCount"),
        *("versionCount", "versionOfCount", "viewsOverTime", "downloadsOverTime"),
        *("citationsOverTime", "mode", "crosscite", "types", "titles", "creators"),
        *("contributors", "dates", "publisher", "container", "relatedItems", "identifiers"),
        *("alternateIdentifiers", "relatedIdentifiers", "descriptions", "sizes"),
    }
)
"""Keys that describe the entry in the registry or count, and those that are read in parts."""
_OF_SUBJECT: Final = ("subjectScheme", "valueUri", "classificationCode", "schemeUri")
_NUMBERS: Final = {
    "isbn": "ISBN", "issn": "ISSN", "eissn": "ISSN", "lissn": "ISSN", "pmid": "PMID",
    "pmcid": "PMCID", "arxiv": "arXiv",
}  # fmt: skip

_Fields = dict[str, list[tuple[str, Any, int]]]


def draft_of(work: dict[str, Any], line: int | None = None) -> Draft:
    """Return the data of a work.

    Args:
        work: The attributes of the work.
        line: The line where it starts.
    """
    types = mapping(work.get("types"))
    host = _related_item(work, "IsPublishedIn")
    csl_type = type_of(types, text_of(host.get("relatedItemType")) or "")
    draft = Draft(SPEC, csl_type or "document", line=line)
    if csl_type is None:
        draft.unknown_type(
            text_of(types.get("resourceTypeGeneral")),
            of="DataCite",
            missing="the work has no type",
        )
    else:
        draft.values["type"] = csl_type
    fields = _Parts(draft, line or 0)
    genre = genre_of(types, csl_type or "document")
    if genre:
        draft.values["genre"] = genre
    for key, value in work.items():
        if value and key not in _ADMINISTRATION:
            fields.add(key, value)
    fields.add("publisher", name_of(work.get("publisher")))
    _add_titles(fields, work)
    _add_people(fields, work)
    _add_dates(fields, work)
    _add_containers(fields, work, host)
    _add_identifiers(fields, work)
    _add_descriptions(fields, work)
    for size in texts(work.get("sizes")):
        fields.add("sizes", size)
    _keep_details(draft, work)
    draft.line = line
    draft.read_grouped(fields.found)
    return draft


class _Parts:
    """The fields of a work."""

    def __init__(self, draft: Draft, line: int) -> None:
        self.found: _Fields = {}
        self.draft = draft
        self._line = line

    def add(self, key: str, value: Any) -> None:
        if value:
            self.found.setdefault(key, []).append((key, value, self._line))


def _add_titles(fields: _Parts, work: dict[str, Any]) -> None:
    titles = mappings(work.get("titles"))
    main = [one for one in titles if not one.get("titleType")] or titles[:1]
    for place, one in enumerate(main):
        if place:
            fields.draft.keep("titles", one)
        else:
            fields.add("titles", one.get("title"))
    for one in titles:
        if one in main:
            continue
        if (
            one.get("titleType") == "Subtitle"
            and "titles[Subtitle]" not in fields.found
            and not _is_translated(one, main, titles)
        ):
            fields.add("titles[Subtitle]", one.get("title"))
        elif one.get("title"):
            fields.draft.keep("titles", one)


def _is_translated(
    subtitle: dict[str, Any], main: list[dict[str, Any]], titles: list[dict[str, Any]]
) -> bool:
    """Return whether a subtitle is in the language of a translated title, and not of the title."""
    language = subtitle.get("lang")
    if not language or any(one.get("lang") == language for one in main):
        return False
    return any(
        one.get("lang") == language for one in titles if one.get("titleType") == "TranslatedTitle"
    )


def _add_people(fields: _Parts, work: dict[str, Any]) -> None:
    creators = mappings(work.get("creators"))
    if any(not one.get("familyName") for one in creators):
        creators = [one for one in creators if not is_unknown(str(one.get("name") or ""))]
    fields.add("creators", creators)
    if any(one.get("nameIdentifiers") or one.get("affiliation") for one in creators):
        fields.draft.extra["creators"] = creators
    by_role: dict[str, list[dict[str, Any]]] = {}
    is_more = False
    for one in mappings(work.get("contributors")):
        role = str(one.get("contributorType") or "Other")
        if role not in ROLES:
            is_more = is_more or role != "Other"
            role = "Other" if role in CONTRIBUTORS else ""
        is_more = bool(is_more or one.get("nameIdentifiers") or one.get("affiliation"))
        if role:
            by_role.setdefault(role, []).append(one)
    for role, people in by_role.items():
        fields.add(f"contributors[{role}]", people)
    if is_more:
        fields.draft.extra["contributors"] = work["contributors"]


_DATES: Final = frozenset({"Issued", "Available", "Submitted"})


def _add_dates(fields: _Parts, work: dict[str, Any]) -> None:
    for one in mappings(work.get("dates")):
        kind = str(one.get("dateType"))
        key = f"dates[{kind}]"
        if kind in _DATES and key not in fields.found:
            fields.add(key, one.get("date"))
        elif one.get("date"):
            fields.draft.keep("dates", one)
    if "dates[Issued]" in fields.found:
        fields.found.pop("publicationYear", None)


def _related_item(work: dict[str, Any], relation: str) -> dict[str, Any]:
    items = mappings(work.get("relatedItems"))
    return next((one for one in items if one.get("relationType") == relation), {})


def _add_containers(fields: _Parts, work: dict[str, Any], host: dict[str, Any]) -> None:
    series = _related_item(work, "IsPartOf")
    is_part = fields.draft.values.get("type") in PART_OF
    if not host and is_part and series.get("relatedItemType") != "Collection":
        host, series = series, {}
    for item, path in ((host, "IsPublishedIn"), (series, "IsPartOf")):
        _add_item(fields, item, f"relatedItems[{path}]")
    for item in mappings(work.get("relatedItems")):
        if item is not host and item is not series:
            fields.draft.keep("relatedItems", item)
    container = mapping(work.get("container"))
    if not container and is_part and not host:
        container = _of_series(work)
    if not container:
        return
    if container.get("type") == "DataRepository" or (not is_part and not _is_series(container)):
        # A repository's collection is not the container of the work.
        if container.get("title"):
            fields.draft.extra["container"] = container
        return
    fields.add("container/title", container.get("title"))
    fields.add("container/volume", container.get("volume"))
    fields.add("container/issue", container.get("issue"))
    fields.add("container/pages", _pages(container))
    kind = str(container.get("identifierType") or "").upper()
    if kind in {"ISSN", "ISBN"}:
        fields.add(f"container/{kind}", container.get("identifier"))


_SERIES: Final = re.compile(
    r"(?P<title>[^,;]{2,200})[,;] ?"
    r"(?:(?:Volume|Vol\.?|Band|Bd\.?|v\.) ?)?(?P<volume>[0-9]{1,9}|[IVXLC]{1,12})\b"
    r"(?:\s?\((?P<issue>[^()]{1,30})\)"
    r"|, (?:Number|Issue|No\.?|Nr\.?|Heft|Iss\.?) ?(?P<issue2>[\w/-]{1,20}))?"
    r"(?:[,:] ?(?:pp?\.? ?)?(?P<firstPage>[0-9]{1,9})(?:[-\u2013](?P<lastPage>[0-9]{1,9}))?)?"
    r"(?:[,.; ].{0,60})?",
    re.IGNORECASE,
)
"""Information about the series of an article: journal, volume, number and pages."""


def _of_series(work: dict[str, Any]) -> dict[str, Any]:
    """Return the container that DataCite makes of a description, as its JSON has it.

    The form is that of its documentation, `Annals of Ebb, 12(3), 5-9`.
    """
    for one in mappings(work.get("descriptions")):
        if one.get("descriptionType") == "SeriesInformation":
            text = " ".join((text_of(one.get("description")) or "").split())
            found = _SERIES.fullmatch(text[:_LONGEST_SERIES])
            if found:
                parts = found.groupdict()
                parts["issue"] = parts["issue"] or parts.pop("issue2")
                return {key: value for key, value in parts.items() if value}
    return {}


_LONGEST_SERIES: Final = 400


def _is_series(container: dict[str, Any]) -> bool:
    return str(container.get("type") or "Series").endswith("Series")


def _pages(item: dict[str, Any]) -> str | None:
    found = [text for side in ("firstPage", "lastPage") if (text := text_of(item.get(side)))]
    return joined(found, "-")


def _add_item(fields: _Parts, item: dict[str, Any], path: str) -> None:
    if not item:
        return
    titles = mappings(item.get("titles"))
    main = [one for one in titles if not one.get("titleType")] or titles
    fields.add(f"{path}/title", main[0].get("title") if main else None)
    for key in ("volume", "issue", "number", "edition"):
        fields.add(f"{path}/{key}", item.get(key))
    fields.add(f"{path}/pages", _pages(item))
    fields.add(f"{path}/publisher", item.get("publisher"))
    people = mappings(item.get("contributors"))
    editors = [one for one in people if one.get("contributorType") == "Editor"]
    fields.add(f"{path}/editors", editors)
    identifier = mapping(item.get("relatedItemIdentifier"))
    kind = _NUMBERS.get(str(identifier.get("relatedItemIdentifierType")).casefold(), "")
    if kind in {"ISSN", "ISBN"}:
        fields.add(f"{path}/{kind}", identifier.get("relatedItemIdentifier"))
    elif identifier:
        fields.draft.keep("relatedItems", item)


def _add_identifiers(fields: _Parts, work: dict[str, Any]) -> None:
    doi = normal_doi(text_of(work.get("doi")) or "").casefold()
    both = chain(mappings(work.get("alternateIdentifiers")), mappings(work.get("identifiers")))
    seen: set[tuple[str, str]] = set()
    for one in both:
        kind = str(one.get("alternateIdentifierType") or one.get("identifierType") or "")
        number = text_of(one.get("alternateIdentifier") or one.get("identifier"))
        if number is None or (kind, number) in seen:
            continue
        seen.add((kind, number))
        if kind.casefold() == "doi":
            if doi and normal_doi(number).casefold() != doi:
                fields.draft.keep("identifiers", one)
            elif not doi:
                fields.add("doi", number)
                doi = normal_doi(number).casefold()
        elif kind.casefold() in _NUMBERS:
            fields.add(f"alternateIdentifiers/{_NUMBERS[kind.casefold()]}", number)
        elif number != work.get("url"):
            fields.draft.keep(
                "alternateIdentifiers",
                {"alternateIdentifier": number, "alternateIdentifierType": kind},
            )
    if not doi and (found := normal_doi(text_of(work.get("id")) or "")).startswith("10."):
        fields.add("doi", found)
    for one in mappings(work.get("relatedIdentifiers")):
        kind = _NUMBERS.get(str(one.get("relatedIdentifierType")).casefold(), "")
        is_host = str(one.get("relationType")) in {"IsPartOf", "IsPublishedIn"}
        if is_host and kind in {"ISSN", "ISBN"}:
            fields.add(f"relatedIdentifiers[IsPartOf]/{kind}", one.get("relatedIdentifier"))
        else:
            fields.draft.keep("relatedIdentifiers", one)


def _add_descriptions(fields: _Parts, work: dict[str, Any]) -> None:
    found = mappings(work.get("descriptions"))
    abstracts = [one for one in found if one.get("descriptionType") == "Abstract"]
    language = text_of(work.get("language")) or ""
    chosen = next(
        (one for one in abstracts if language and one.get("lang") == language),
        abstracts[0] if abstracts else None,
    )
    for one in found:
        if one is chosen:
            fields.add("descriptions[Abstract]", one.get("description"))
        elif one.get("description"):
            fields.draft.keep("descriptions", one)


def _keep_details(draft: Draft, work: dict[str, Any]) -> None:
    """Keep lists that contain more than their variables."""
    subjects = mappings(work.get("subjects"))
    if any(len(one) > 1 and any(map(one.get, _OF_SUBJECT)) for one in subjects):
        draft.extra["subjects"] = subjects
    rights = mappings(work.get("rightsList"))
    if len(rights) > 1 or any(len([one for one in r.values() if one]) > 1 for r in rights):
        draft.extra["rightsList"] = rights
    publisher = mapping(work.get("publisher"))
    if any(one for key, one in publisher.items() if key not in {"name", "lang"}):
        draft.extra["publisher"] = publisher


def _works(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    data = value.get("data", value)
    for one in data if isinstance(data, list) else (data,):
        attributes = one.get("attributes", one) if isinstance(one, dict) else None
        if isinstance(attributes, dict) and not _WORK.isdisjoint(attributes):
            yield attributes


_WORK: Final = frozenset({"titles", "creators", "types", "doi", "publicationYear"})

REGISTRY: Final = Registry(_FORMAT, "DataCite", _works, draft_of)
_ENTRIES: Final = ("resource",)
_MISSING: Final = "there is no work of DataCite in this text: no element <resource>"


def read(text: str) -> Library:
    """Read the metadata of DataCite: JSON or XML of the schema 4, one work, a list or lines.

    A field for which CSL has no variable is in the record's `extra` under its name in the JSON,
    also if the text is XML. Counts and dates of the registry's own entry are not.

    Args:
        text: The JSON or the XML.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''{"data": {"id": "10.5555/d", "type": "dois", "attributes": {
        ...     "doi": "10.5555/d", "titles": [{"title": "Lamps"}], "publicationYear": 2020,
        ...     "creators": [{"name": "Ferran, Ada", "nameType": "Personal"}],
        ...     "types": {"resourceTypeGeneral": "Dataset"}}}}''', "datacite")
        >>> library[0].title, library[0].type, library[0].author[0].family
        ('Lamps', 'dataset', 'Ferran')
    """
    text = text.removeprefix("\ufeff")
    if not _is_xml(text):
        return read_works(text, REGISTRY)
    problems: list[Problem] = []
    drafts = [draft_of(work, line) for work, line in _works_in(entries(
        text, _ENTRIES, problems, "work"))]  # fmt: skip
    return library_of(
        ((draft.record(_FORMAT), draft) for draft in drafts), missing=_MISSING, problems=problems
    )


def _is_xml(text: str) -> bool:
    return text[:1000].lstrip("\ufeff \t\r\n").startswith("<")


def _works_in(found: Iterable[Entry]) -> Iterator[tuple[dict[str, Any], int]]:
    for entry in found:
        for work in works_of(entry.element):
            yield work, entry.line


def read_stream(blocks: Iterable[str]) -> Iterator[Record | Problem]:
    """Read the metadata of DataCite that come in blocks; a work has an id by its place.

    Args:
        blocks: The JSON or the XML, in pieces of any length.

    Yields:
        Records and problems, one by one.
    """
    remaining = iter(blocks)
    first = next(remaining, "")
    blocks = chain((first,), remaining)
    if not _is_xml(first):
        yield from stream_works(blocks, REGISTRY)
        return
    problems: list[Problem] = []
    found = stream_entries(blocks, _ENTRIES, problems, "work")
    drafts = (draft_of(work, line) for work, line in _works_in(found))
    yield from stream_drafts(drafts, problems, _FORMAT, _MISSING)
