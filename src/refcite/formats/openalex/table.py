"""OpenAlex's types and fields next to those of CSL.

Source: the documentation of the object `Work` (https://developers.openalex.org, and
https://docs.openalex.org/api-entities/works/work-object), with the fields of earlier versions
(`host_venue`, Crossref's types as `type`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow
from refcite.formats.draft import Draft
from refcite.formats.jsoncodecs import DOI, ISO_DATE, LIST, PAGES, TEXT
from refcite.formats.jsonvalues import joined, mappings, text_of
from refcite.formats.people import name_of_text, person
from refcite.names import Name

__all__ = ["SPEC"]

_TYPES: Final = {
    "article": "article-journal",
    "book": "book",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-series": "book",
    "book-set": "book",
    "component": "figure",
    "database": "dataset",
    "dataset": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "editorial": "article-journal",
    "erratum": "article-journal",
    "grant": "document",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "letter": "article-journal",
    "libguides": "webpage",
    "monograph": "book",
    "other": "document",
    "paratext": "document",
    "peer-review": "review",
    "posted-content": "article",
    "preprint": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "proceedings-series": "book",
    "reference-book": "book",
    "reference-entry": "entry",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "retraction": "article-journal",
    "review": "article-journal",
    "software": "software",
    "standard": "standard",
    "supplementary-materials": "document",
}


def _people(value: Any, draft: Draft) -> tuple[Name, ...] | None:
    names: list[Name] = []
    details: list[dict[str, Any]] = []
    for one in mappings(value):
        get = one.get
        author = get("author")
        author = author if isinstance(author, dict) else {}
        raw = text_of(get("raw_author_name"))
        shown = text_of(author.get("display_name")) or raw
        if shown is None:
            continue
        names.append(_name_of(shown, raw if raw and "," in raw else "", bool(author.get("orcid"))))
        detail = {
            "raw_author_name": raw if raw != shown else None,
            "orcid": author.get("orcid"),
            "raw_affiliation_strings": get("raw_affiliation_strings"),
        }
        detail = {key: found for key, found in detail.items() if found}
        if detail:
            details.append({"display_name": shown, **detail})
    if details:
        draft.extra["authorships"] = details
    return tuple(names) or None


@lru_cache(maxsize=8192)
def _name_of(shown: str, inverted: str, is_person: bool) -> Name:
    """Return a name, whose family name is that of the inverted spelling if both agree."""
    family = inverted.partition(",")[0].strip()
    given = shown[: -len(family)] if family else ""
    if given.endswith(" ") and shown[len(given) :].casefold() == family.casefold():
        return Name.of_parts(shown[len(given) :], given.strip())
    name = name_of_text(shown)
    # The words of an organisation, `de los`, are also those of names; people have an ORCID.
    return person(shown) if is_person and name.literal is not None else name


NAMES: Final = Codec(
    _people, note="divided by their form; ORCIDs, affiliations and other spellings in extra"
)


def _last_part(value: Any, draft: Draft) -> str | None:
    text = text_of(value)
    return text.rstrip("/").rpartition("/")[2] if text else None


ID: Final = Codec(_last_part, note="without the URL before it")


def _pmcid(value: Any, draft: Draft) -> str | None:
    text = _last_part(value, draft)
    return f"PMC{text}" if text and text.isdecimal() else text


PMCID: Final = Codec(_pmcid, note="with PMC")


def _keywords(value: Any, draft: Draft) -> str | None:
    if not isinstance(value, list):
        return None
    words = (
        text_of(one.get("display_name") or one.get("keyword"))
        if isinstance(one, dict)
        else text_of(one)
        for one in value
    )
    return joined(filter(None, words)) or ""


KEYWORDS: Final = Codec(_keywords, note="the names, with commas")


def _abstract(value: Any, draft: Draft) -> str | None:
    """Return the text of an inverted index: each word with its places."""
    if not isinstance(value, dict):
        return None
    places: dict[int, str] = {}
    for word, found in value.items():
        if isinstance(found, list):
            for place in found:
                if type(place) is int:
                    places[place] = word
    return " ".join([places[place] for place in sorted(places)]) or ""


ABSTRACT: Final = Codec(_abstract, note="the words in their order")


def _address(value: Any, draft: Draft) -> str | None:
    text = text_of(value)
    return "" if text and "//doi.org/" in text and "doi" in draft.values else text


ADDRESS: Final = Codec(_address, note="if it is not that of the DOI")

_LOCATION: Final = "primary_location"
_IN_SERIES: Final = ("book", "report", "standard", "thesis", "dataset", "software")

SPEC: Final = Spec(
    types=tuple(TypeRow(own, csl, writes=False) for own, csl in _TYPES.items()),
    fields=(
        Row("id", "id", ID),
        Row("title", "title", TEXT),
        Row("display_name", "title", TEXT),
        Row("authorships", "author", NAMES, label="authorships/author/display_name"),
        Row("publication_date", "issued", ISO_DATE),
        Row("publication_year", "issued", ISO_DATE),
        Row("source/display_name", "collection-title", TEXT, types=_IN_SERIES,
            label=f"{_LOCATION}/source/display_name", note="of a book series"),
        Row("source/display_name", "container-title", TEXT,
            label=f"{_LOCATION}/source/display_name"),
        Row("source/abbreviated_title", "container-title-short", TEXT,
            label=f"{_LOCATION}/source/abbreviated_title"),
        Row("source/issn", "ISSN", LIST, label=f"{_LOCATION}/source/issn",
            note="all; otherwise issn_l"),
        Row("institution", "publisher", TEXT, types=("thesis",),
            label="authorships/institutions/display_name", note="the first"),
        Row("server", "publisher", TEXT, label=f"{_LOCATION}/source/display_name",
            note="of a repository"),
        Row("source/host_organization_name", "publisher", TEXT,
            label=f"{_LOCATION}/source/host_organization_name"),
        Row("biblio/volume", "volume", TEXT),
        Row("biblio/issue", "issue", TEXT),
        Row("biblio/pages", "page", PAGES, label="biblio/first_page, biblio/last_page"),
        Row("doi", "DOI", DOI),
        Row("ids/doi", "DOI", DOI),
        Row("ids/pmid", "PMID", ID),
        Row("ids/pmcid", "PMCID", PMCID),
        Row("location/landing_page_url", "URL", ADDRESS, label=f"{_LOCATION}/landing_page_url"),
        Row("location/license", "license", TEXT, label=f"{_LOCATION}/license"),
        Row("language", "language", TEXT),
        Row("keywords", "keyword", KEYWORDS),
        Row("abstract_inverted_index", "abstract", ABSTRACT),
        Row("abstract", "abstract", TEXT),
    ),
    is_open=True,
    quiet=frozenset({
        "display_name", "source/display_name", "institution", "server",
        "source/host_organization_name", "publication_year", "ids/doi", "abstract",
    }),
)  # fmt: skip
"""The table."""
