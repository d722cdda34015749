"""The metadata in the `meta` elements of each vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from refcite.formats.codecs import join_keywords
from refcite.formats.html.authors import names_in_list
from refcite.formats.html.metadata import (
    Metadata,
    date_among,
    language_code,
    stamp_among,
    text_in,
)
from refcite.formats.html.page import Page
from refcite.formats.html.tags import TABLES, normal_name
from refcite.formats.html.text import is_placeholder, tidy
from refcite.formats.htmltext import web_address
from refcite.formats.numbers import read_doi
from refcite.identifiers import fault_in_isbn, fault_in_issn
from refcite.problems import Problem
from refcite.vocabulary import NAME_VARIABLES

__all__ = ["CATALOGUES", "read_metas"]

_NAMES: Final = frozenset(NAME_VARIABLES)
_ISBN_LABEL: Final = re.compile(r"^(?:urn:)?isbn[:\s]*", re.IGNORECASE)
_ARXIV: Final = re.compile(
    r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z.-]+/\d{7}(?:v\d+)?)", re.IGNORECASE
)
_IDS: Final = re.compile(r"(?:PMC|PMID)?:? ?(\d+)\.?", re.IGNORECASE)
_YEAR_AND_MONTH: Final = re.compile(r"\A\s*(\d{4})/(0[1-9]|1[0-2])\s*\Z")
_LICENCE: Final = re.compile(r"https?://|\bCC[ -]|creative commons|public domain", re.IGNORECASE)

# The types of a vocabulary's own tag. OpenGraph's "article" and "website" mean any page.
_DUBLIN_CORE_TYPES: Final = (
    (r"text\.serial\.journal|journal ?article|\bjournal\b|research article", "article-journal"),
    (r"data ?set|collection of data", "dataset"),
    (r"thesis|dissertation", "thesis"),
    (r"technical report|\breports?\b|working paper", "report"),
    (r"book ?(?:chapter|part|section)|\bchapter\b", "chapter"),
    (r"conference|proceeding", "paper-conference"),
    (r"\bbook\b|monograph", "book"),
    (r"software|computer ?program", "software"),
    (r"moving ?image|video|film", "motion_picture"),
    (r"legislation|statute|\blaw\b|\bact\b", "legislation"),
    (r"news", "article-newspaper"),
    (r"pre-?print", "article"),
    (r"still ?image|image|photo", "graphic"),
    (r"\bmap\b", "map"),
    (r"patent", "patent"),
)
_EPRINTS_TYPES: Final = {
    "article": "article-journal",
    "book": "book",
    "book_section": "chapter",
    "conference_item": "paper-conference",
    "dataset": "dataset",
    "monograph": "report",
    "patent": "patent",
    "software": "software",
    "thesis": "thesis",
    "video": "motion_picture",
    "audio": "song",
    "image": "graphic",
}
_OPEN_GRAPH_TYPES: Final = {"video": "motion_picture", "music.": "song", "book": "book"}
"""The starts of the names of types."""

CATALOGUES: Final = frozenset({"Dublin Core", "EPrints", "Highwire", "PRISM"})
"""Vocabularies of catalogues: names are written with the family name first."""
_PROCEEDINGS: Final = re.compile(r"\bproc(?:eedings)?\b|lecture notes|transactions", re.IGNORECASE)

_ANY: Final = "webpage"
"""The type of a work that is only marked as a page."""

_Contents = dict[str, list[str]]


def read_metas(page: Page, day_first: bool | None = None) -> Iterator[Metadata]:
    """Yield the metadata of each vocabulary of `meta` elements.

    Args:
        page: The page.
        day_first: The reading of `01/02/2017`.

    Example:
        >>> from refcite.formats.html.page import page_of
        >>> page = page_of('<meta name="citation_title" content="A">'
        ...                '<meta name="citation_journal_title" content="B">')
        >>> next(read_metas(page)).values
        {'title': 'A', 'container-title': 'B'}
    """
    contents: _Contents = {}
    names: dict[str, str] = {}
    for meta in page.metas:
        name = names.get(meta.name)
        if name is None:
            name = names[meta.name] = normal_name(meta.name)
        contents.setdefault(name, []).append(meta.content)
    for source, table in TABLES.items():
        metadata = _read(source, table.items(), contents, page.base, day_first)
        if metadata is not None:
            yield metadata


def _read(
    source: str,
    table: Iterable[tuple[str, Sequence[str]]],
    contents: _Contents,
    base: str,
    day_first: bool | None,
) -> Metadata | None:
    values: dict[str, Any] = {}
    doubts: dict[str, tuple[Problem, ...]] = {}
    stamp = ""
    value: Any
    for variable, names in table:
        given = [text for name in names for text in contents.get(name, ())]
        if not given:
            continue
        if variable == "issued":
            if source == "Highwire":
                # It defines the form year/month/day: 2001/02 is never two years.
                given = [_YEAR_AND_MONTH.sub(r"\1-\2", text) for text in given]
            value, doubts[variable] = date_among(given, day_first)
            stamp = stamp_among(given, value)
        elif variable in _NAMES:
            for name in names:
                found = names_in_list(contents.get(name, ()), is_catalogue=source in CATALOGUES)
                value, doubts[variable] = found.names, found.problems
                if value:
                    break
        elif variable == "keyword":
            words = (tidy(text).strip(" ,;") for text in given)
            value = join_keywords(dict.fromkeys(word for word in words if not is_placeholder(word)))
        elif variable == "URL":
            addresses = (web_address(text, base) for text in given if "/" in text)
            value = next(filter(None, addresses), None)
        else:
            value = next(filter(None, map(_READERS.get(variable, text_in), given)), None)
        if value:
            values[variable] = value
    _join_pages(values)
    event = values.get("event-title")
    if event and _PROCEEDINGS.search(event):
        values.setdefault("container-title", values.pop("event-title"))
    csl_type = _type_of(source, values, contents)
    if not values and csl_type is None:
        return None
    is_sure = csl_type not in {None, _ANY}
    return Metadata(
        source=source,
        values=values,
        csl_type=csl_type,
        is_sure=is_sure,
        doubts=doubts,
        stamp=stamp,
    )


def _join_pages(values: dict[str, Any]) -> None:
    first, last = values.pop("page-first", None), values.pop("page-last", None)
    if first and "page" not in values:
        values["page"] = f"{first}-{last}" if last and last != first else first


# Values


def _isbn(text: str) -> str | None:
    isbn = _ISBN_LABEL.sub("", text.strip())
    return isbn if isbn and fault_in_isbn(isbn) is None else None


def _issn(text: str) -> str | None:
    issn = text.strip()
    return issn if issn and fault_in_issn(issn) is None else None


def _id(text: str) -> str | None:
    found = _IDS.fullmatch(text.strip()[:40])
    return found[1] if found else None


def _pmcid(text: str) -> str | None:
    found = _id(text)
    return f"PMC{found}" if found else None


def _arxiv(text: str) -> str | None:
    found = _ARXIV.fullmatch(text.strip())
    return f"arXiv:{found[1]}" if found else None


def _license(text: str) -> str | None:
    return tidy(text) if _LICENCE.search(text) else None


def _name(text: str) -> str | None:
    return None if "://" in text or "@" in text else text_in(text)


_READERS: Final[dict[str, Callable[[str], str | None]]] = {
    "DOI": read_doi,
    "ISBN": _isbn,
    "ISSN": _issn,
    "PMCID": _pmcid,
    "PMID": _id,
    "arxiv": _arxiv,
    "container-title": _name,
    "language": language_code,
    "license": _license,
    "publisher": _name,
}
"""The functions that read the variables whose values are not plain text."""


# Types


def _type_of(source: str, values: dict[str, Any], contents: _Contents) -> str | None:
    if source == "Highwire":
        return _highwire_type(values, contents)
    if source == "EPrints":
        return _EPRINTS_TYPES.get(_first(contents, "eprints.type"))
    if source == "Dublin Core":
        named = " | ".join(contents.get("dc.type", []) + contents.get("dcterms.type", [])).lower()
        return next((t for p, t in _DUBLIN_CORE_TYPES if re.search(p, named[:500])), None)
    if source == "OpenGraph":
        named = _first(contents, "og:type")
        found = (csl for start, csl in _OPEN_GRAPH_TYPES.items() if named.startswith(start))
        return next(found, _ANY if named else None)
    is_law = source == "meta" and any(name.startswith("eli:") for name in contents)
    return "legislation" if is_law else None


def _first(contents: _Contents, name: str) -> str:
    return next(iter(contents.get(name, ())), "").strip().lower()


def _highwire_type(values: dict[str, Any], contents: _Contents) -> str | None:
    if "arxiv" in values:
        return "article"
    for name, csl_type in (
        ("citation_dissertation_institution", "thesis"),
        ("citation_dissertation_name", "thesis"),
        ("citation_technical_report_institution", "report"),
        ("citation_technical_report_number", "report"),
        ("citation_patent_number", "patent"),
        ("citation_conference_title", "paper-conference"),
        ("citation_conference", "paper-conference"),
        ("citation_inbook_title", "chapter"),
        ("citation_book_title", "chapter"),
        ("citation_journal_title", "article-journal"),
    ):
        if name in contents:
            return csl_type
    if "ISBN" in values:
        return "book"
    return "article-journal" if "ISSN" in values else None
