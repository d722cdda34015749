"""DataCite's REST API: `/dois/{doi}` (JSON:API; DataCite metadata schema 4)."""

from __future__ import annotations

from typing import Any, Final

from refcite.dates import Date
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.problems import Problem
from refcite.record import Record
from refcite.vocabulary import ITEM_TYPES
from refcite.web.cache import Response
from refcite.web.failures import UnusableResponseError
from refcite.web.sources.values import (
    Found,
    clean_paragraphs,
    date_of,
    joined,
    json_of,
    mapping,
    mappings,
    text_of,
    texts,
    titled,
)

__all__ = ["read_datacite"]

_TYPES: Final = {
    "audiovisual": "motion_picture",
    "book": "book",
    "bookchapter": "chapter",
    "collection": "collection",
    "computationalnotebook": "software",
    "conferencepaper": "paper-conference",
    "conferenceproceeding": "book",
    "datapaper": "article-journal",
    "dataset": "dataset",
    "dissertation": "thesis",
    "event": "event",
    "image": "graphic",
    "journal": "periodical",
    "journalarticle": "article-journal",
    "peerreview": "review",
    "preprint": "article",
    "report": "report",
    "software": "software",
    "sound": "song",
    "standard": "standard",
}
"""`resourceTypeGeneral` (schema 4.6, appendix 1) with CSL's types."""


def read_datacite(response: Response) -> Found:
    """Read a response of DataCite's `/dois/{doi}`."""
    entry = mapping(mapping(mapping(json_of(response)).get("data")).get("attributes"))
    title = _title(entry)
    if not title:
        raise UnusableResponseError("the response contains no title")
    problems: list[Problem] = []
    container = mapping(entry.get("container"))
    pages = [text_of(container.get(side)) for side in ("firstPage", "lastPage")]
    type_, genre = _type(mapping(entry.get("types")))
    record = Record(
        id="found",
        type=type_,
        genre=genre,
        title=title,
        author=_names(mappings(entry.get("creators"))),
        editor=_contributors(entry, "Editor"),
        translator=_contributors(entry, "Translator"),
        issued=_issued(entry, problems),
        publisher=_publisher(entry.get("publisher")),
        container_title=_container_title(container),
        volume=text_of(container.get("volume")),
        issue=text_of(container.get("issue")),
        page=joined(filter(None, pages), "-"),
        keyword=joined(texts([one.get("subject") for one in mappings(entry.get("subjects"))])),
        language=text_of(entry.get("language")),
        version=text_of(entry.get("version")),
        license=_license(entry),
        abstract=_abstract(entry),
        doi=normal_doi(text_of(entry.get("doi")) or "") or None,
        url=text_of(entry.get("url")),
    )
    return Found(record, problems)


def _title(entry: dict[str, Any]) -> str | None:
    titles = mappings(entry.get("titles"))
    main = [one.get("title") for one in titles if not one.get("titleType")]
    below = [one.get("title") for one in titles if one.get("titleType") == "Subtitle"]
    return titled(text_of(main or [one.get("title") for one in titles]), text_of(below))


def _type(types: dict[str, Any]) -> tuple[Any, str | None]:
    general = text_of(types.get("resourceTypeGeneral")) or ""
    named = text_of(types.get("resourceType"))
    genre = named if named and named.casefold() != general.casefold() else None
    if general.casefold() == "preprint":
        genre = genre or "Preprint"
    known = _TYPES.get(general.casefold())
    citeproc = text_of(types.get("citeproc"))
    return known or (citeproc if citeproc in ITEM_TYPES else "document"), genre


def _names(people: list[dict[str, Any]]) -> tuple[Name, ...]:
    return tuple(name for name in map(_name, people) if name is not None)


def _name(person: dict[str, Any]) -> Name | None:
    family, given = text_of(person.get("familyName")), text_of(person.get("givenName"))
    if family:
        return Name.of_parts(family, given or "")
    whole = text_of(person.get("name"))
    if not whole:
        return None
    is_person = person.get("nameType") == "Personal" and "," in whole
    return Name.parse(whole) if is_person else Name(literal=whole)


def _contributors(entry: dict[str, Any], role: str) -> tuple[Name, ...]:
    people = mappings(entry.get("contributors"))
    return _names([one for one in people if one.get("contributorType") == role])


def _issued(entry: dict[str, Any], problems: list[Problem]) -> Date | None:
    by_type = {
        text_of(one.get("dateType")): text_of(one.get("date"))
        for one in mappings(entry.get("dates"))
    }
    return date_of(by_type.get("Issued") or text_of(entry.get("publicationYear")), problems)


def _publisher(value: Any) -> str | None:
    found = text_of(mapping(value).get("name")) if isinstance(value, dict) else text_of(value)
    return None if found in {"(:unav)", "(:unkn)", "(:none)"} else found


def _container_title(container: dict[str, Any]) -> str | None:
    # A repository's collection is not the container of the work.
    return None if container.get("type") == "DataRepository" else text_of(container.get("title"))


def _license(entry: dict[str, Any]) -> str | None:
    rights = mappings(entry.get("rightsList"))
    addresses = [one.get("rightsUri") for one in rights]
    return text_of(addresses) or text_of([one.get("rights") for one in rights])


def _abstract(entry: dict[str, Any]) -> str | None:
    for one in mappings(entry.get("descriptions")):
        if one.get("descriptionType") == "Abstract":
            return clean_paragraphs(one.get("description"))
    return None
