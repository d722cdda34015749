"""Write records as citation templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from refcite.formats.wikipedia.dates import DateFormat, written_date
from refcite.formats.wikipedia.people import written_names
from refcite.formats.wikipedia.read import DISPLAYED, FORMAT, draft_of
from refcite.formats.wikipedia.scan import parts_of
from refcite.formats.wikipedia.table import (
    PREPRINT_TYPE,
    ROLES,
    parameters_of,
    template_of,
    type_of,
)
from refcite.formats.wikipedia.text import escaped, escaped_url
from refcite.problems import FormatError, near_matches
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES

__all__ = ["write"]

_ORDER: Final = (
    *("author", "contributor", "host", "interviewer", "issued", "original-date", "title"),
    *("URL", "editor", "translator", "container-title", "event-title", "event-place"),
    *("section", "collection-title", "genre", "medium", "scale", "edition", "publisher-place"),
    *("publisher", "volume", "issue", "number", "page", "language", "DOI", "ISBN", "ISSN"),
    *("PMID", "PMCID", "source", "accessed"),
)
"""The variables in the order in which they are written."""
_NAMES: Final = frozenset(ROLES.values())
_DATES: Final = frozenset(DATE_VARIABLES)
_PMCID: Final = re.compile(r"PMC([0-9]+)")
_SEVERAL_PAGES: Final = re.compile(r"[-–,;&\s]")
_ID: Final = re.compile(r"[^\s\"'<>=/\\\[\]{}#|](?:[^\"<>=\\\[\]{}#|\n]*[^\s\"'<>=/\\\[\]{}#|])?")
_NUMBERED: Final = re.compile(
    r"(?:author|editor|translator|contributor|interviewer)-(?:link|mask)\d+"
)
_BESIDE: Final = (
    "agency archive-date archive-format archive-url arxiv article-number asin at bibcode biorxiv"
    " call-sign cartography chapter-format chapter-url chapter-url-access citeseerx city class"
    " conference-url credits day degree display-authors display-contributors display-editors"
    " display-interviewers display-translators doi-access doi-broken-date eissn format hdl"
    " hdl-access id inset ismn jfm jstor jstor-access language lccn map map-url medrxiv message-id"
    " minutes mode month mr name-list-style no-pp oclc ol osti others page people postscript"
    " program publication-date publication-place quote quote-page quote-pages ref rfc s2cid sbn"
    " script-chapter script-quote script-title season section sections ssrn station string-end"
    " time time-caption title-link trans-chapter trans-quote trans-title transcript transcript-url"
    " url-access url-status version year zbl"
)
_KNOWN: Final = frozenset(_BESIDE.split())
"""Parameters that have no variable."""

Pairs = list[tuple[str, str]]


def write(
    records: Iterable[Record],
    *,
    date_format: DateFormat = "dmy",
    refs: bool = False,
    block: bool = False,
) -> str:
    """Return records as citation templates, each on a line of its own.

    Args:
        records: The records.
        date_format: How to write days: `dmy` for 18 January 2017, `mdy` for January 18, 2017,
            `iso` for 2017-01-18.
        refs: Whether to put each in a `<ref>`, named by its id.
        block: Whether to write a parameter on each line.

    Raises:
        FormatError: The form of dates is unknown.

    Example:
        >>> from refcite import Date, Name, Record, dumps
        >>> record = Record(id="roe", type="article-newspaper", title="<i>Ebb</i> | flow",
        ...                 author=(Name(family="Roe", given="Ann"),), issued=Date.of(2017, 1, 18))
        >>> print(dumps([record], "wikipedia", refs=True), end="")
        <ref name="roe">{{cite news |last=Roe |first=Ann |date=18 January 2017 \
|title=''Ebb'' {{!}} flow}}</ref>
    """
    if date_format not in get_args(DateFormat):
        near = near_matches(date_format, get_args(DateFormat))
        raise FormatError(f"dates are written as dmy, mdy or iso, not {date_format!r}{near}")
    return "".join(_line(record, date_format, refs, block) for record in records)


def _line(record: Record, date_format: DateFormat, refs: bool, block: bool) -> str:
    name = _template(record)
    before, after = ("\n| ", "\n") if block else (" |", "")
    equals = " = " if block else "="
    pairs = _pairs(record, name, date_format)
    parts = "".join(f"{before}{key}{equals}{value}" for key, value in pairs)
    text = f"{{{{{name}{parts}{after}}}}}"
    if not refs:
        return f"{text}\n"
    is_plain = _ID.fullmatch(record.id) and not record.id.isdigit()
    return f'<ref name="{record.id}">{text}</ref>\n' if is_plain else f"<ref>{text}</ref>\n"


def _template(record: Record) -> str:
    origin = record.origin
    if origin is not None and origin.format == FORMAT:
        name = str(origin.verbatim["template"])
        keys = [key for key, _ in _described(record, "dmy")]
        given = dict.fromkeys([*keys, *record.extra], "x")
        if type_of(name, given) == record.type and "\n" not in name:
            return name
    if record.type == "article" and isinstance(record.extra.get("arxiv"), str):
        return "cite arXiv"
    return template_of(record.type)


def _pairs(record: Record, name: str, date_format: DateFormat) -> Pairs:
    pairs = [(key, value) for key, value in _described(record, date_format) if value]
    known = _says(name, pairs)
    for key, value in record.extra.items():
        if _is_parameter(record, key, value) and key not in dict(pairs):
            more = [*pairs, (key, value)]
            # What would be read as something else is not written.
            if _says(name, more) == known:
                pairs = more
    return pairs


def _says(name: str, pairs: Pairs) -> tuple[str, dict[str, Any]]:
    draft = draft_of(name, [f"{key}={value}" for key, value in pairs])
    return draft.type, draft.values


def _is_parameter(record: Record, key: str, value: Any) -> bool:
    is_own = record.origin is not None and record.origin.format == FORMAT
    is_name = re.fullmatch(r"[A-Za-z][\w -]{0,40}", key) if is_own else None
    return (
        (key in _KNOWN or bool(_NUMBERED.fullmatch(key)) or is_name is not None)
        and isinstance(value, str)
        and value == value.strip() != ""
        and parts_of(value)
    )


def _described(record: Record, date_format: DateFormat) -> Iterator[tuple[str, str]]:
    parameters = parameters_of(record.type)[1]
    if record.type == "article" and "arxiv" not in record.extra:
        yield "type", PREPRINT_TYPE
    for variable in _ORDER:
        value = getattr(record, ATTRIBUTES[variable])
        if not value or variable not in parameters:
            continue
        key = parameters[variable]
        if variable in _NAMES:
            yield from written_names(variable, value)
            if ATTRIBUTES[variable] in record.et_al and variable in DISPLAYED:
                yield f"display-{variable}s", "etal"
        elif variable in _DATES:
            yield key, escaped(written_date(value, date_format))
        elif variable == "URL":
            yield key, escaped_url(value)
        elif variable == "PMCID":
            found = _PMCID.fullmatch(value)
            yield key, found[1] if found else ""
        elif variable == "page":
            yield "pages" if _SEVERAL_PAGES.search(value) else "page", escaped(value)
        else:
            yield key, escaped(value)
