"""The elements of Crossref's schema as works in the form of its JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from refcite.formats.crossref_xml.table import BOOK_TYPES, COMPONENT_TYPES, TYPES
from refcite.formats.xmlread import XmlElement, child, children, local_name, text_of

__all__ = ["ENTRIES", "works_of"]

ENTRIES: Final = (
    *("journal", "book", "conference", "dissertation", "report-paper", "standard", "database"),
    *("posted_content", "peer_review", "sa_component", "pending_publication", "grant"),
)
"""The elements that contain a work, with the works that are parts of it."""

_Work = dict[str, Any]

_ROLES: Final = {
    "author": "author",
    "first-author": "author",
    "editor": "editor",
    "chair": "chair",
    "translator": "translator",
    "reviewer": "reviewer",
    "review-assistant": "reviewer",
    "stats-reviewer": "reviewer",
    "reviewer-external": "reviewer",
    "reader": "reader",
}
_MEDIA: Final = {"print": "published-print", "online": "published-online"}
_DATES: Final = {
    "posted_date": "posted",
    "acceptance_date": "accepted",
    "approval_date": "approved",
    "creation_date": "content-created",
    "update_date": "content-updated",
    "review_date": "published-other",
}
_NUMBERS: Final = {
    "article-number": "article-number",
    "article_number": "article-number",
    "articlenumber": "article-number",
    "report-number": "report-number",
    "report_number": "report-number",
}
_LAST_MONTH: Final = 24
"""The last number of a month that CSL-JSON reads, a season; 31 to 34 are quarters."""


def works_of(entry: XmlElement) -> Iterator[_Work]:
    """Yield the works of an entry: its parts, or if it has none, itself.

    Args:
        entry: One of `ENTRIES`.
    """
    name = local_name(entry)
    if name == "journal":
        yield from _in_journal(entry)
    elif name == "book":
        yield from _in_book(entry)
    elif name == "conference":
        yield from _in_conference(entry)
    elif name == "database":
        yield from _in_database(entry)
    elif name == "sa_component":
        for component in entry.iter():
            if local_name(component) == "component":
                yield {"type": TYPES["component"], **_work(component)}
    elif name == "grant":
        yield _grant(entry)
    else:
        yield from _alone(entry, name)


# Works and their containers


def _in_journal(journal: XmlElement) -> Iterator[_Work]:
    metadata = child(journal, "journal_metadata")
    of_journal = _work(metadata)
    titles = [text_of(one) for one in _all(metadata, "full_title")]
    short = [text_of(one) for one in _all(metadata, "abbrev_title")]
    host = {
        "container-title": titles[:1],
        "short-container-title": short[:1],
        "ISSN": of_journal.get("ISSN"),
        "language": of_journal.get("language"),
    }
    issue = child(journal, "journal_issue")
    of_issue = _work(issue)
    numbers = {key: of_issue.get(key) for key in ("volume", "issue", "special-numbering")}
    if issue is None:
        numbers = {"volume": _text(journal, "journal_volume", "volume")}
    articles = list(children(journal, "journal_article"))
    for article in articles:
        own = _work(article)
        dates = {} if _is_dated(own) else _dates_of(of_issue)
        yield {"type": "journal-article", **host, **numbers, **dates, **own}
    if articles:
        return
    if issue is not None and of_issue.get("DOI"):
        yield {"type": "journal-issue", **host, **of_issue}
    elif titles or of_journal:
        yield {"type": "journal", **of_journal, "title": titles[:1], **host, "container-title": []}


def _in_book(book: XmlElement) -> Iterator[_Work]:
    metadata = next(
        (
            one
            for one in children(book)
            if local_name(one) in {"book_metadata", "book_series_metadata", "book_set_metadata"}
        ),
        None,
    )
    whole = {**_series(metadata), **_work(metadata)}
    items = list(children(book, "content_item"))
    for item in items:
        yield _part(item, whole, COMPONENT_TYPES, "book-chapter")
    if not items:
        yield {"type": BOOK_TYPES.get(str(book.get("book_type")), "book"), **whole}


def _part(item: XmlElement, whole: _Work, types: dict[str, str], default: str) -> _Work:
    """Return a part of a book, of a report or of a standard."""
    own = _work(item)
    series = whole.get("container-title", [])
    host = {
        "container-title": [*series, *whole.get("title", [])[:1]],
        "container-author": whole.get("author"),
        "editor": whole.get("editor"),
        "collection-editor": whole.get("collection-editor"),
        "series-number": whole.get("series-number"),
        **{
            key: whole.get(key)
            for key in ("publisher", "publisher-location", "ISBN", "ISSN", "edition-number",
                        "volume", "language", "institution")
        },
    }  # fmt: skip
    dates = {} if _is_dated(own) else _dates_of(whole)
    kind = types.get(str(item.get("component_type")), default)
    return {"type": kind, **{key: one for key, one in host.items() if one}, **dates, **own}


def _series(metadata: XmlElement | None) -> _Work:
    series = child(metadata, "series_metadata") if metadata is not None else None
    if series is None:
        series = child(metadata, "set_metadata") if metadata is not None else None
    if series is None:
        return {}
    found = _work(series)
    fields: _Work = {
        "container-title": found.get("title", []),
        "ISSN": found.get("ISSN"),
        "series-number": text_of(child(series, "series_number")) or None,
        "collection-editor": found.get("editor"),
    }
    return fields | {key: found[key] for key in ("volume", "ISBN") if key in found}


def _in_conference(conference: XmlElement) -> Iterator[_Work]:
    metadata = next(
        (
            one
            for one in children(conference)
            if local_name(one) in {"proceedings_metadata", "proceedings_series_metadata"}
        ),
        None,
    )
    whole = {**_series(metadata), **_work(metadata), **_event(conference)}
    title = [_markup(one) for one in _all(metadata, "proceedings_title")]
    if title:
        whole["title"] = title[:1]
    editors = _work(conference)
    whole |= {key: editors[key] for key in ("editor", "chair") if key in editors}
    papers = list(children(conference, "conference_paper"))
    for paper in papers:
        own = _work(paper)
        dates = {} if _is_dated(own) else _dates_of(whole)
        host = {key: one for key, one in whole.items() if key not in _OF_WHOLE_ONLY}
        host["container-title"] = [*whole.get("container-title", []), *title[:1]]
        yield {"type": "proceedings-article", **host, **dates, **own}
    if not papers:
        yield {"type": "proceedings", **whole}


_OF_WHOLE_ONLY: Final = frozenset(
    {
        *("title", "subtitle", "original-title", "DOI", "resource", "author", "abstract"),
        *("published-print", "published-online", "published-other", "page", "alternative-id"),
    }
)


def _event(conference: XmlElement) -> _Work:
    metadata = child(conference, "event_metadata")
    if metadata is None:
        return {}
    date = child(metadata, "conference_date")
    event: _Work = {
        "name": text_of(child(metadata, "conference_name")),
        "acronym": text_of(child(metadata, "conference_acronym")),
        "theme": text_of(child(metadata, "conference_theme")),
        "number": text_of(child(metadata, "conference_number")),
        "location": text_of(child(metadata, "conference_location")),
        "sponsor": [text_of(one) for one in _all(metadata, "conference_sponsor")],
    }
    if date is not None:
        for side in ("start", "end"):
            event[side] = _side(date, side)
        if not date.attrib and text_of(date):
            event["date"] = text_of(date)
    return {"event": {key: one for key, one in event.items() if one}}


def _side(date: XmlElement, side: str) -> _Work | None:
    parts = [str(date.get(f"{side}_{part}") or "") for part in ("year", "month", "day")]
    return _date_of(*parts)


def _in_database(database: XmlElement) -> Iterator[_Work]:
    metadata = child(database, "database_metadata")
    whole = _work(metadata)
    sets = list(children(database, "dataset"))
    for one in sets:
        own = _work(one)
        host = {
            "container-title": whole.get("title", [])[:1],
            **{key: whole[key] for key in ("publisher", "publisher-location", "institution",
                                           "language") if whole.get(key)},
        }  # fmt: skip
        dates = {} if _is_dated(own) else _dates_of(whole)
        yield {"type": "dataset", **host, **dates, **own}
    if not sets:
        yield {"type": "database", **whole}


def _alone(entry: XmlElement, name: str) -> Iterator[_Work]:
    metadata = next(
        (one for one in children(entry) if local_name(one).startswith(f"{name}_")
         and local_name(one).endswith("metadata")),
        entry,
    )  # fmt: skip
    whole = {**_series(metadata), **_work(metadata)}
    if name == "posted_content":
        whole["subtype"] = str(entry.get("type") or "preprint")
        whole["language"] = whole.get("language") or entry.get("language")
    if name == "peer_review":
        review = {
            "type": entry.get("type"),
            "stage": entry.get("stage"),
            "recommendation": entry.get("recommendation"),
            "revision-round": entry.get("revision-round"),
            "running-number": text_of(child(entry, "running_number")),
        }
        whole["review"] = {key: str(one) for key, one in review.items() if one}
    numbers = whole.get("alternative-id", [])
    if name in {"report-paper", "standard"} and numbers and "report-number" not in whole:
        whole["report-number"], *others = numbers
        whole["other-number"] = others
    if name == "pending_publication":
        publication = child(entry, "publication")
        of_host = _work(publication)
        whole["container-title"] = [text_of(one) for one in _all(publication, "full_title")]
        whole["ISSN"] = of_host.get("ISSN")
        whole["DOI"] = text_of(child(entry, "doi")) or whole.get("DOI")
    items = list(children(entry, "content_item"))
    for item in items:
        yield _part(item, whole, {}, "report-component" if name == "report-paper" else "standard")
    if not items:
        yield {"type": TYPES[name], **whole}


def _grant(grant: XmlElement) -> _Work:
    work = _work(grant)
    project = child(grant, "project")
    titles = [_markup(one) for one in _all(project, "project-title")]
    people = [_person(one) for one in grant.iter() if local_name(one) == "person"]
    number = text_of(child(grant, "award-number"))
    return {
        "type": "grant",
        **work,
        "title": titles[:1],
        "author": people,
        **({"number": number} if number else {}),
    }


# One element


def _work(element: XmlElement | None) -> _Work:
    """Return the fields of an element of a work, or of the metadata of its container."""
    if element is None:
        return {}
    work: _Work = {}
    for one in children(element):
        read = _READERS.get(local_name(one))
        if read is not None:
            read(one, work)
    language = element.get("language")
    if language:
        work["language"] = str(language)
    return {key: value for key, value in work.items() if value}


def _read_titles(element: XmlElement, work: _Work) -> None:
    if "title" in work:
        return
    for name, key in (
        ("title", "title"),
        ("subtitle", "subtitle"),
        ("original_language_title", "original-title"),
    ):
        work[key] = [found for one in children(element, name) if (found := _markup(one).strip())]


def _read_contributors(element: XmlElement, work: _Work) -> None:
    for one in children(element):
        _read_contributor(one, work)


def _read_contributor(element: XmlElement, work: _Work) -> None:
    name = local_name(element)
    role = _ROLES.get(str(element.get("contributor_role") or "author"), "author")
    if name == "person_name":
        work.setdefault(role, []).append(_person(element))
    elif name == "organization" and text_of(element):
        work.setdefault(role, []).append({"name": " ".join(text_of(element).split())})


def _person(element: XmlElement) -> _Work:
    person: _Work = {}
    for one in children(element):
        name, text = local_name(one), " ".join(text_of(one).split())
        if name in {"given_name", "givenName"}:
            person["given"] = text
        elif name in {"surname", "familyName"}:
            person["family"] = text
        elif name in {"suffix", "ORCID"}:
            person[name] = text
        elif name == "affiliation":
            person.setdefault("affiliation", []).append({"name": text})
        elif name == "affiliations":
            for institution in children(one, "institution"):
                found = text_of(child(institution, "institution_name"))
                if found:
                    person.setdefault("affiliation", []).append({"name": found})
    return person


def _read_date(element: XmlElement, work: _Work) -> None:
    name = local_name(element)
    key = _DATES.get(name)
    if key is None:
        key = _MEDIA.get(str(element.get("media_type") or "print"), "published-other")
    date = _date_of(
        *(text_of(child(element, part)) for part in ("year", "month", "day")),
    )
    if date is not None:
        work.setdefault(key, date)


def _date_of(year: str, month: str, day: str) -> _Work | None:
    if not year.isdecimal():
        return None
    parts = [int(year)]
    if month.isdecimal() and 1 <= int(month) <= _LAST_MONTH:
        parts.append(int(month))
        if day.isdecimal() and 1 <= int(day) <= 31 and int(month) <= 12:
            parts.append(int(day))
    return {"date-parts": [parts]}


def _is_dated(work: _Work) -> bool:
    return not _PUBLISHED.isdisjoint(work)


_PUBLISHED: Final = frozenset({"published-print", "published-online", "published-other"})


def _dates_of(work: _Work) -> _Work:
    return {key: work[key] for key in (*_PUBLISHED, "approved", "content-created") if key in work}


def _read_pages(element: XmlElement, work: _Work) -> None:
    first, last = text_of(child(element, "first_page")), text_of(child(element, "last_page"))
    if first and last.startswith(f"{first}-"):
        first = ""  # the last page contains both
    pages = f"{first}-{last}" if first and last and first != last else first or last
    others = text_of(child(element, "other_pages"))
    work["page"] = ", ".join(filter(None, (pages, others)))


def _read_publisher(element: XmlElement, work: _Work) -> None:
    work["publisher"] = " ".join(text_of(child(element, "publisher_name")).split())
    work["publisher-location"] = text_of(child(element, "publisher_place"))


def _read_institution(element: XmlElement, work: _Work) -> None:
    found = {
        "name": text_of(child(element, "institution_name")),
        "acronym": [text_of(one) for one in children(element, "institution_acronym")],
        "place": text_of(child(element, "institution_place")),
        "department": [text_of(one) for one in children(element, "institution_department")],
    }
    work.setdefault("institution", []).append({key: one for key, one in found.items() if one})


def _read_numbers(element: XmlElement, work: _Work) -> None:
    numbers = [element] if local_name(element) == "item_number" else children(element)
    for one in numbers:
        kind = str(one.get("item_number_type") or "").casefold()
        key = _NUMBERS.get(kind)
        if key:
            work.setdefault(key, text_of(one))
        elif text_of(one) and one.get("id_type") != "doi":
            work.setdefault("alternative-id", []).append(text_of(one))


def _read_doi(element: XmlElement, work: _Work) -> None:
    work["DOI"] = text_of(child(element, "doi"))
    url = text_of(child(element, "resource"))
    if url:
        work["resource"] = {"primary": {"URL": url}}


def _read_abstract(element: XmlElement, work: _Work) -> None:
    if "abstract" not in work or not element.get("abstract-type"):
        work.setdefault("abstract", _markup(element))


def _read_program(element: XmlElement, work: _Work) -> None:
    """Read the licences and the funders of a program, which may be inside Crossmark."""
    for one in element.iter():
        name = local_name(one)
        if name == "license_ref":
            licence = {"URL": text_of(one), "content-version": str(one.get("applies_to") or "vor")}
            work.setdefault("license", []).append(licence)
        elif name == "assertion" and one.get("name") == "funder_name":
            funder = {"name": " ".join((one.text or "").split())}
            work.setdefault("funder", []).append(funder)
        elif name == "assertion" and one.get("name") == "award_number":
            work.setdefault("award", []).append(text_of(one))
        elif name == "update":
            update = {"DOI": text_of(one), "type": str(one.get("type") or "")}
            work.setdefault("update-to", []).append(update)


def _read_standards_body(element: XmlElement, work: _Work) -> None:
    work["standards-body"] = {
        "name": text_of(child(element, "standards_body_name")),
        "acronym": text_of(child(element, "standards_body_acronym")),
    }


def _read_designators(element: XmlElement, work: _Work) -> None:
    found = [text_of(one) for one in element.iter() if local_name(one) == "std_designator"]
    work["number"] = found[0] if found else None


def _add(key: str, element: XmlElement, work: _Work) -> None:
    work.setdefault(key, []).append(text_of(element))


_ONE: Final = {
    "volume": "volume",
    "issue": "issue",
    "special_numbering": "special-numbering",
    "edition_number": "edition-number",
    "part_number": "part-number",
    "component_number": "component-number",
    "group_title": "group-title",
    "degree": "degree",
    "contract_number": "contract-number",
    "proceedings_subject": "proceedings-subject",
    "coden": "coden",
}


def _read_one(element: XmlElement, work: _Work) -> None:
    work.setdefault(_ONE[local_name(element)], text_of(element))


def _read_inner(element: XmlElement, work: _Work) -> None:
    for key, value in _work(element).items():
        work.setdefault(key, value)


def _read_citations(element: XmlElement, work: _Work) -> None:
    work["reference"] = len(element)


_READERS: Final[dict[str, Callable[[XmlElement, _Work], None]]] = {
    **dict.fromkeys(_ONE, _read_one),
    **dict.fromkeys(("publication_date", *_DATES), _read_date),
    "titles": _read_titles,
    "contributors": _read_contributors,
    "person_name": _read_contributor,
    "organization": _read_contributor,
    "pages": _read_pages,
    "publisher": _read_publisher,
    "institution": _read_institution,
    "publisher_item": _read_numbers,
    "item_number": _read_numbers,
    "doi_data": _read_doi,
    "abstract": _read_abstract,
    "description": _read_abstract,
    "program": _read_program,
    "crossmark": _read_program,
    "standards_body": _read_standards_body,
    "designators": _read_designators,
    "journal_volume": _read_inner,
    "database_date": _read_inner,
    "citation_list": _read_citations,
    "isbn": lambda element, work: _add("ISBN", element, work),
    "issn": lambda element, work: _add("ISSN", element, work),
}


def _all(element: XmlElement | None, name: str) -> list[XmlElement]:
    return [] if element is None else [one for one in children(element, name) if text_of(one)]


def _text(element: XmlElement, *path: str) -> str | None:
    return text_of(child(element, *path)) or None


def _markup(element: XmlElement) -> str:
    """Return the contents of an element with the tags in it."""
    if not len(element):
        text = text_of(element)
        return text.replace("&", "&amp;").replace("<", "&lt;") if "&" in text else text
    source = etree.tostring(element, encoding="unicode", with_tail=False)
    return source[source.index(">") + 1 : source.rindex("<")]
