"""The kinds of values in fields: from LaTeX to value."""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.bibtex.dating import read_date
from refcite.formats.bibtex.draft import EntryDraft
from refcite.formats.bibtex.latex_read import read_verbatim
from refcite.formats.bibtex.people import read_names, split_list
from refcite.formats.crosswalk import Codec
from refcite.formats.editions import edition_number
from refcite.formats.languages import read_language
from refcite.identifiers import normal_doi

__all__ = [
    "ARTICLES",
    "DATE",
    "DOI",
    "EDITION",
    "GENRES",
    "KEY",
    "KEYS",
    "LANGUAGE",
    "LIST",
    "NAMES",
    "PAGES",
    "SERIES",
    "TEXT",
    "TITLE",
    "VERBATIM",
]

_LISTS: Final = frozenset({"location", "origlocation", "origpublisher"})
_PLACES: Final = frozenset({"location", "address", "origlocation"})
_BIBLATEX: Final = frozenset({"date", "location", "journaltitle", "langid", "urldate"})
_DASHES: Final = re.compile(r"(?:(?<!\s)\s+)?(?<!-)---?(?!-)\s*")
_ONE_RANGE: Final = re.compile(r"[A-Za-z0-9]++--[A-Za-z0-9]++")

GENRES: Final = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "technical report",
    "resreport": "research report",
    "software": "computer software",
    "datacd": "data CD",
    "audiocd": "audio CD",
    "patent": "patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "U.S. patent",
    "patreq": "patent request",
    "patreqde": "German patent request",
    "patreqeu": "European patent request",
    "patreqfr": "French patent request",
    "patrequk": "British patent request",
    "patrequs": "U.S. patent request",
}
"""biblatex's bibliography strings for `type` (manual, § 4.9.2.14), with their text."""

KEYS: Final = {
    **GENRES,
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "prepublished": "pre-published",
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States of America",
}
"""All bibliography strings that represent a whole value or an item of a list."""

ARTICLES: Final = frozenset({"article", "journal article", "research article"})
"""Kinds of article that add nothing to the type, as Web of Science has them."""

_SERIES: Final = {"newseries": "new series", "oldseries": "old series"}
"""biblatex's bibliography strings for `series`."""


TEXT: Final = Codec(lambda raw, draft: draft.latex(raw))
TITLE: Final = Codec(
    lambda raw, draft: draft.latex(raw, protect=True), note="braces protect capitals"
)
NAMES: Final = Codec(lambda raw, draft: draft.names(read_names(raw)))
DATE: Final = Codec(read_date, note="EDTF")
VERBATIM: Final = Codec(lambda raw, draft: read_verbatim(raw), note="verbatim")
DOI: Final = Codec(
    lambda raw, draft: normal_doi(read_verbatim(raw)), note="without https://doi.org/"
)
EDITION: Final = Codec(
    lambda raw, draft: edition_number(draft.latex(raw)), note="words for a number become it"
)
LANGUAGE: Final = Codec(lambda raw, draft: read_language(draft.latex(raw)), note="BCP 47 tag")
SERIES: Final = Codec(
    lambda raw, draft: _SERIES.get(raw) or draft.latex(raw, protect=True),
    note="text, or bibliography string",
)


def _pages(raw: str, draft: EntryDraft) -> str:
    if _ONE_RANGE.fullmatch(raw):
        return raw.replace("--", "-")  # as nearly all are
    if "--" in raw:
        raw = "".join(_range_read(part) for part in re.split(r"([,;])", raw))
    return draft.latex(raw)


def _range_read(piece: str) -> str:
    """Read one range: a single `--` is CSL's hyphen; with other hyphens it is an en dash."""
    found = _DASHES.findall(piece)
    sign = "-" if len(found) == 1 and piece.count("-") == found[0].count("-") else "–"
    return _DASHES.sub(sign, piece)


def _key(raw: str, draft: EntryDraft) -> str:
    text = draft.latex(raw)
    return KEYS.get(text, text)


def _list(raw: str, draft: EntryDraft) -> str:
    """Read a literal list: places are joined by a semicolon, publishers as biblatex prints them.

    `and` separates items in biblatex only: `publisher = {Simon and Schuster}` is one publisher in
    classic BibTeX.
    """
    if draft.own not in _LISTS and _BIBLATEX.isdisjoint(draft.fields):
        return draft.latex(raw)
    items = split_list(raw) if "and" in raw.lower() else [raw]
    read = [_key(item, draft) for item in items if item]
    if len(read) < 2 or draft.own in _PLACES:
        return "; ".join(read)
    return f"{', '.join(read[:-1])} and {read[-1]}"


PAGES: Final = Codec(_pages, note="ranges with --")
KEY: Final = Codec(_key, note="bibliography string, or text")
LIST: Final = Codec(_list, note="literal list")
