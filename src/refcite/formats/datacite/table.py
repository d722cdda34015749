"""DataCite's types and fields next to those of CSL.

Sources: the DataCite Metadata Schema 4.6 (https://datacite-metadata-schema.readthedocs.io), and its
form in JSON, of the REST API and of content negotiation (https://support.datacite.org/docs/api).
"""

from __future__ import annotations

from typing import Any, Final

from refcite.dates import Date
from refcite.edtf import Point
from refcite.formats.codecs import join_keywords, read_people
from refcite.formats.crosswalk import Codec, Row, Spec
from refcite.formats.datacite.types import DEFAULT_TYPE, TYPES, divided
from refcite.formats.draft import Draft
from refcite.formats.iso639 import tag_of_code
from refcite.formats.jatstext import clean_paragraphs
from refcite.formats.jsoncodecs import ISO_DATE, PAGES, SUBTITLE, person_of
from refcite.formats.jsonvalues import joined, mapping, mappings, text_of
from refcite.formats.numbers import count_of_pages
from refcite.identifiers import normal_doi
from refcite.keywords import split_keywords
from refcite.names import Name, is_organisation
from refcite.richtext import plain

__all__ = [
    "CONTRIBUTORS", "PART_OF", "ROLES", "SPEC", "UNKNOWN", "VARIABLE_ROLES", "is_unknown",
    "name_of",
]  # fmt: skip

UNKNOWN: Final = ":unav"
"""The value of a mandatory property that is not available (schema, appendix 3)."""
_UNKNOWN: Final = frozenset(
    f"({code})" for code in (":unac", ":unal", ":unap", ":unas", ":unav", ":unkn", ":none",
                             ":null", ":tba", ":etal")
)  # fmt: skip


_SIGNS: Final = frozenset("(:")


def is_unknown(text: str) -> bool:
    """Return whether a text is one of the codes for a missing value.

    Example:
        >>> is_unknown("(:unav)"), is_unknown(":unav"), is_unknown("Unavailable")
        (True, True, False)
    """
    return text[:1] in _SIGNS and (text in _UNKNOWN or f"({text})" in _UNKNOWN)


def _text(value: Any, draft: Draft) -> str | None:
    text = text_of(value)
    if text is None:
        return None
    return "" if is_unknown(text) else text


TEXT: Final = Codec(_text, plain, note="without markup")


# Names

ROLES: Final = frozenset({"Editor", "Translator", "Producer"})
"""The types of contributors that are variables."""
CONTRIBUTORS: Final = frozenset(
    {
        *("DataCollector", "DataCurator", "DataManager", "Other", "ProjectLeader"),
        *("ProjectManager", "ProjectMember", "RelatedPerson", "Researcher", "ResearchGroup"),
        *("Supervisor", "WorkPackageLeader"),
    }
)
"""Those that are the variable `contributor`; the others are services, funders and owners."""
VARIABLE_ROLES: Final = ROLES | CONTRIBUTORS


def _people(value: Any, draft: Draft) -> tuple[Name, ...] | None:
    names: list[Name] = []
    for person in mappings(value):
        names += _names(person, draft)
    return tuple(names) or None


def _names(person: dict[str, Any], draft: Draft) -> tuple[Name, ...]:
    family, given = person.get("familyName"), person.get("givenName")
    kind = person.get("nameType")
    if type(family) is str and type(given) is str and family.strip() and kind != "Organizational":
        return (person_of(family, given),)
    family, given = text_of(family), text_of(given)
    if family and kind != "Organizational":
        return (Name.of_parts(family, given or ""),)
    whole = text_of(person.get("name")) or family or given or ""
    if not whole or is_unknown(whole):
        return ()
    if kind == "Organizational":
        return (Name(literal=whole),)
    if kind == "Personal":
        return (Name.of_inverted(whole) if "," in whole else Name.parse(whole),)
    return (Name(literal=whole),) if is_organisation(whole) else read_people(whole, draft)


def write_name(name: Name) -> dict[str, Any]:
    """Return a name as an object of DataCite.

    Example:
        >>> write_name(Name(family="Ferran", given="Ada"))["name"]
        'Ferran, Ada'
    """
    if name.literal is not None:
        return {"name": name.literal, "nameType": "Organizational"}
    family, given, suffix = name.parts()
    given = ", ".join(filter(None, (given, suffix)))
    whole = ", ".join(filter(None, (family, given)))
    parts = {"familyName": family, "givenName": given}
    return {"name": whole, "nameType": "Personal"} | {key: t for key, t in parts.items() if t}


NAMES: Final = Codec(
    _people,
    write_name,
    join=lambda lists: tuple(name for names in lists for name in names),
    split=lambda names: names,
)


# Dates


def _write_date(date: Date) -> str | None:
    """Return a date in the form of ISO 8601; None if it is approximate, in words or a season."""
    sides = [side for side in (date.start, date.end) if side is not None]
    plain_sides = all(
        isinstance(side, Point)
        and side.season is None
        and str(side).replace("-", "").isdecimal()
        and side.year >= 0
        for side in sides
    )
    return str(date) if sides and date.literal is None and plain_sides else None


DATE: Final = Codec(ISO_DATE.read, _write_date, note="ISO 8601, with its precision")


def _write_year(date: Date) -> str | None:
    year = date.year
    return f"{year:04}" if year is not None and 0 <= year <= 9999 else None


YEAR: Final = Codec(ISO_DATE.read, _write_year, note="the year")


# Other values


def _subjects(value: Any, draft: Draft) -> str | None:
    found = [text for one in mappings(value) if (text := text_of(one.get("subject")))]
    return join_keywords(dict.fromkeys(found)) or None


SUBJECTS: Final = Codec(_subjects, plain, split=lambda text: dict.fromkeys(split_keywords(text)))


def _language(value: Any, draft: Draft) -> str | None:
    code = _text(value, draft)
    return (tag_of_code(code) or code) if code else code


LANGUAGE: Final = Codec(_language, plain, note="a code of three letters becomes a tag")


def _licence(value: Any, draft: Draft) -> str | None:
    rights = mappings(value)
    addresses = [text_of(one.get("rightsUri")) for one in rights]
    texts = [text_of(one.get("rights")) for one in rights]
    return next(filter(None, (*addresses, *texts)), None)


LICENCE: Final = Codec(_licence, plain, note="the first URL, otherwise the first text")
DOI: Final = Codec(lambda value, draft: normal_doi(text_of(value) or "") or None, plain)
ABSTRACT: Final = Codec(
    lambda value, draft: clean_paragraphs(value),
    lambda text: "<br>".join(plain(text).split("\n")),
    note="<br> between paragraphs",
)


def _pages(value: Any, draft: Draft) -> str | None:
    text = PAGES.read(value, draft)
    # Titles and volumes have been deposited as the first page.
    return text if text and (text[0].isdecimal() or text[-1].isdecimal() or len(text) < 8) else None


PAGE: Final = Codec(_pages, plain, note="firstPage, lastPage")


def _size(value: Any, draft: Draft) -> str | None:
    text = text_of(value) or ""
    number = count_of_pages(text)
    return number if number != text else None


def _size_of_range(value: Any, draft: Draft) -> str | None:
    text = text_of(value) or ""
    pages, _, word = text.rpartition(" ")
    is_range = word.casefold() in {"pages", "page", "pp", "pp."} and pages[:1].isdecimal()
    return pages.replace(" ", "") if is_range and any(dash in pages for dash in "-–—") else None


def _arxiv(value: Any, draft: Draft) -> str | None:
    text = text_of(value)
    return f"arXiv:{text}" if text and text[0].isdecimal() else text


ARXIV: Final = Codec(_arxiv, note="with arXiv: before it")
COUNT: Final = Codec(_size, lambda text: f"{plain(text)} pages", note="a number of pages")
RANGE: Final = Codec(_size_of_range, note="a range of pages")
_MANY: Final = Codec(
    _text,
    plain,
    join=lambda found: joined(found) or "",
    split=lambda text: [one for one in text.split(", ") if one],
    note="one each",
)


PART_OF: Final = ("article-journal", "article-magazine", "article-newspaper", "chapter", "entry",
                  "entry-dictionary", "entry-encyclopedia", "paper-conference", "review",
                  "review-book", "article")  # fmt: skip
_ALONE: Final = tuple(
    dict.fromkeys(row.csl for row in TYPES if row.writes and row.csl not in PART_OF)
)
_FREE_GENRE: Final = tuple(
    row.csl for row in TYPES if row.writes and not divided(row.own)[1] and row.csl != "document"
)

_HOST: Final = "relatedItems[IsPublishedIn]"
_SERIES: Final = "relatedItems[IsPartOf]"

SPEC: Final = Spec(
    types=TYPES,
    fields=(
        Row("types/resourceType", "genre", TEXT, types=_FREE_GENRE, note="if it is not the type"),
        Row("titles", "title", TEXT),
        Row("titles[Subtitle]", "title", SUBTITLE, writes=False),
        Row("creators", "author", NAMES),
        Row("contributors[Editor]", "editor", NAMES),
        Row("contributors[Translator]", "translator", NAMES),
        Row("contributors[Producer]", "producer", NAMES),
        Row("contributors[Other]", "contributor", NAMES,
            note="also collectors, curators, leaders, managers, members of projects, researchers"),
        Row("publisher", "publisher", TEXT),
        Row("dates[Issued]", "issued", DATE),
        Row("publicationYear", "issued", YEAR),
        Row("dates[Available]", "available-date", DATE),
        Row("dates[Submitted]", "submitted", DATE),
        Row(f"{_HOST}/title", "container-title", TEXT),
        Row(f"{_HOST}/volume", "volume", TEXT, needs="container-title"),
        Row(f"{_HOST}/issue", "issue", TEXT, needs="container-title"),
        Row(f"{_HOST}/pages", "page", PAGE, label=f"{_HOST}/firstPage, lastPage",
            needs="container-title"),
        Row(f"{_HOST}/number", "number", TEXT, needs="container-title"),
        Row(f"{_HOST}/edition", "edition", TEXT, needs="container-title"),
        Row(f"{_HOST}/editors", "editor", NAMES, writes=False),
        Row(f"{_HOST}/publisher", "publisher", TEXT, writes=False),
        Row(f"{_HOST}/ISSN", "ISSN", TEXT, writes=False),
        Row(f"{_HOST}/ISBN", "ISBN", TEXT, writes=False),
        Row(f"{_SERIES}/title", "collection-title", TEXT),
        Row(f"{_SERIES}/volume", "collection-number", TEXT, needs="collection-title"),
        Row("container/title", "container-title", TEXT, writes=False, types=PART_OF),
        Row("container/title", "collection-title", TEXT, writes=False, types=_ALONE),
        Row("container/volume", "volume", TEXT, writes=False),
        Row("container/issue", "issue", TEXT, writes=False),
        Row("container/pages", "page", PAGE, writes=False,
            label="container/firstPage, lastPage"),
        Row("container/ISSN", "ISSN", TEXT, writes=False),
        Row("container/ISBN", "ISBN", TEXT, writes=False),
        Row("relatedIdentifiers[IsPartOf]/ISSN", "ISSN", _MANY),
        Row("relatedIdentifiers[IsPartOf]/ISBN", "ISBN", _MANY, types=PART_OF),
        Row("alternateIdentifiers/ISBN", "ISBN", _MANY, types=_ALONE),
        Row("alternateIdentifiers/ISSN", "ISSN", _MANY, writes=False),
        Row("alternateIdentifiers/PMID", "PMID", TEXT),
        Row("alternateIdentifiers/PMCID", "PMCID", TEXT),
        Row("alternateIdentifiers/arXiv", "number", ARXIV, writes=False),
        Row("sizes", "number-of-pages", COUNT),
        Row("sizes", "page", RANGE, writes=False),
        Row("subjects", "keyword", SUBJECTS),
        Row("language", "language", LANGUAGE),
        Row("version", "version", TEXT),
        Row("rightsList", "license", LICENCE),
        Row("descriptions[Abstract]", "abstract", ABSTRACT),
        Row("doi", "DOI", DOI),
        Row("url", "URL", TEXT),
    ),
    default=DEFAULT_TYPE,
    is_open=True,
    quiet=frozenset({"publicationYear", "container/title", f"{_HOST}/publisher",
                     f"{_HOST}/editors", "container/ISSN", "alternateIdentifiers/ISSN",
                     "relatedIdentifiers[IsPartOf]/ISSN", "container/volume", "container/issue",
                     "container/pages"}),
)  # fmt: skip
"""The table. The kind of a title, a date or another part is in brackets."""


def name_of(value: Any) -> Any:
    """Return the name of the publisher, which is an object since schema 4.5."""
    return mapping(value).get("name") if isinstance(value, dict) else value
