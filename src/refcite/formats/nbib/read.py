"""Read MEDLINE's tagged format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from refcite.formats.common_problems import outside_entry
from refcite.formats.draft import Draft, Field, library_of
from refcite.formats.htmltext import entities_of
from refcite.formats.namelists import names_of
from refcite.formats.nbib.eric import (
    eric_number,
    fields_of_eric,
    is_of_eric,
    type_of_eric,
    values_of_thesis,
)
from refcite.formats.nbib.table import ARTICLES, GENRES, JOURNAL_ARTICLE, SPEC
from refcite.formats.nbib.values import (
    article_number,
    chosen_issn,
    place_in,
    read_name,
    read_pages,
    read_short_name,
    volume_in,
)
from refcite.formats.numbers import is_isbn
from refcite.library import Library
from refcite.names import Name, is_et_al
from refcite.problems import Problem

__all__ = ["FORMAT", "OF_AUTHORS", "draft_of", "publication_type", "read"]

FORMAT: Final = "nbib"
OF_AUTHORS: Final = ("AUID", "AD")
"""Tags that belong to the author before them."""

_LINE: Final = re.compile(r"\r\n?|\n")
_TAG: Final = re.compile(r"([A-Z][A-Z0-9]{1,3}|EISSN) {0,2}-(?:[ \t]+(.*)|)")
_SPACE: Final = re.compile(r"[ \t\f\v]{2,}|[\t\f\v]")
_BEFORE_JOURNAL_ARTICLE: Final = ("article", "article-newspaper")
_PEOPLE: Final = {"FAU": "author", "AU": "author", "CN": "author", "FED": "editor", "ED": "editor"}
_SHORT: Final = {"AU": "FAU", "ED": "FED"}
"""Tags of names with initials, each with that of the name in full, which states more."""
_APART: Final = frozenset({"PT", "SO", *_PEOPLE, *OF_AUTHORS})
"""Tags that are not read by the rows of the table."""


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read records of PubMed and MEDLINE.

    A tag that CSL has no variable for is in the record's `extra` under its own name: as text,
    or as a list if it is several times. `AD` and `AUID` are lists with a list for each
    author.

    Args:
        text: The lines, with any line ends.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> text = "PMID- 1\nTI  - On light.\nFAU - Ito, Yuki\nDP  - 2019 Jan-Feb\n"
        >>> library = loads(text, "nbib")
        >>> library[0].title, library[0].author[0].family, str(library[0].issued)
        ('On light', 'Ito', '2019-01/2019-02')
    """
    problems: list[Problem] = []
    entries = list(_entries(text, problems))
    return library_of(
        (
            (draft.record(FORMAT, {"fields": fields}), draft)
            for fields in entries
            for draft in (draft_of(fields, day_first),)
        ),
        missing="there is no record of MEDLINE in this text: no line starts with 'PMID- '",
        problems=problems,
    )


# Lines

_Lines = tuple[str, list[str], int]
"""A tag, the lines of its value, and the number of the first."""


def _entries(text: str, problems: list[Problem]) -> Iterator[list[Field]]:
    """Yield the tags of each record, which ends at an empty line, or at another PMID.

    A line without a tag continues the value before it.
    """
    found: list[_Lines] = []
    is_after_blank, is_reported = True, False
    for number, line in enumerate(_LINE.split(text.removeprefix("\ufeff")), start=1):
        line = line.rstrip()
        if not line:
            is_after_blank = True
            continue
        tagged = _TAG.fullmatch(line) if line[0].isupper() else None
        if tagged:
            is_next = tagged[1] == "PMID" and any(tag == "PMID" for tag, _, _ in found)
            if found and (is_after_blank or is_next):
                yield _joined(found)
                found = []
            found.append((tagged[1], [(tagged[2] or "").strip()], number))
            is_reported = False
        elif found and (line[0] in " \t" or not is_after_blank):
            found[-1][1].append(line.strip())
        elif not is_reported:
            problems.append(outside_entry(line, number))
            is_reported = True
        is_after_blank = False
    if found:
        yield _joined(found)


def _joined(found: Sequence[_Lines]) -> list[Field]:
    return [
        (
            tag,
            _SPACE.sub(" ", lines[0] if len(lines) == 1 else " ".join(filter(None, lines))),
            number,
        )
        for tag, lines, number in found
    ]


# Records


def draft_of(fields: Sequence[Field], day_first: bool | None = None) -> Draft:
    """Return the data of the tags of an entry."""
    said = [field for field in entities_of(fields) if field[1]]
    tags = {tag for tag, _, _ in said}
    types = [text for tag, text, _ in said if tag == "PT"]
    is_eric = "OWN" in tags and is_of_eric(said)
    type_ = type_of_eric(said) if is_eric else _type_of(types, tags)
    draft = Draft(SPEC, type_ or "document", day_first=day_first, line=fields[0][2])
    draft.values["type"] = type_ or "document"
    if type_ is None:
        missing = "no publication type, journal or book states the type of the work"
        draft.unknown_type(missing=missing, hint="add its type in a line 'PT  - '")
    elif SPEC.own_type(type_) in types:
        types.remove(SPEC.own_type(type_))
    genre = next((text for text in GENRES if text in types), None)
    if genre is not None:
        draft.values["genre"] = genre
        types.remove(genre)
    for text in types:
        draft.keep("PT", text)
    _read_people(draft, said, tags)
    if is_eric:
        of_thesis = values_of_thesis(said) if type_ == "thesis" else {}
        draft.values |= of_thesis
        said = fields_of_eric(said, type_ or "", has_seller="source" in of_thesis)
    issn = chosen_issn([text for tag, text, _ in said if tag == "IS" and not is_isbn(text)])
    if issn is not None:
        # Tags with a qualifier are kept in `extra` with it.
        draft.values["issn"] = issn
    draft.read([field for field in said if field[0] not in _APART])
    _read_instead(draft, said)
    number = draft.values.get("pmid") or (eric_number(said) if is_eric else None)
    if number:
        draft.put("id", number)
    return draft


def _read_instead(draft: Draft, fields: Sequence[Field]) -> None:
    """Fill empty variables from other tags with the same information."""
    values = draft.values
    if "container_title" not in values and "container_title_short" in values:
        values["container_title"] = values["container_title_short"]
    if values["type"] not in ARTICLES:
        return
    if "volume" not in values and "issue" not in values:
        summary = next((text for tag, text, _ in fields if tag == "SO"), "")
        values.update(volume_in(summary))
    if "page" in values or "number" in values:
        return
    place = next((place_in(text) for tag, text, _ in fields if tag == "SO"), None)
    if place:
        is_number = article_number(place) and not place.isdigit()
        values["number" if is_number else "page"] = place if is_number else read_pages(place)


def publication_type(named: Sequence[str]) -> str | None:
    """Return the CSL type that publication types show, None if they show none.

    Args:
        named: The publication types of a work.

    Example:
        >>> publication_type(["Journal Article", "Preprint"]), publication_type(["Review"])
        ('article', None)
    """
    known = list(filter(None, map(SPEC.type_of, named)))
    if JOURNAL_ARTICLE in named:
        before = (csl_type for csl_type in known if csl_type in _BEFORE_JOURNAL_ARTICLE)
        return next(before, "article-journal")
    return known[0] if known else None


def _type_of(named: Sequence[str], tags: set[str]) -> str | None:
    """Return the CSL type; None if nothing shows."""
    found = publication_type(named)
    if found is not None:
        return found
    if "BTI" in tags:
        return "chapter" if "TI" in tags else "book"
    return None if tags.isdisjoint(("JT", "TA", "JID")) else "article-journal"


def _read_people(draft: Draft, fields: Sequence[Field], tags: set[str]) -> None:
    """Read names, and the text that is next to those of authors as lists with a list for each."""
    names: dict[str, list[Name]] = {"author": [], "editor": []}
    beside: dict[str, dict[int, list[str]]] = {tag: {} for tag in OF_AUTHORS}
    for tag, text, _ in fields:
        if tag in beside:
            # An address before all authors is the first author's.
            place = max(len(names["author"]) - 1, 0)
            beside[tag].setdefault(place, []).append(text)
        elif tag in _PEOPLE and _SHORT.get(tag) not in tags:
            attribute = _PEOPLE[tag]
            draft.own = tag
            if names[attribute] and is_et_al(text):
                draft.mark_et_al(attribute)
            else:
                names[attribute] += _people(draft, tag, text)
    draft.values.update((attribute, tuple(found)) for attribute, found in names.items() if found)
    authors = range(len(names["author"]) or 1)
    for tag, of_author in beside.items():
        if of_author:
            draft.extra[tag] = [of_author.get(place, []) for place in authors]


def _people(draft: Draft, tag: str, text: str) -> tuple[Name, ...]:
    if tag == "CN":
        return (Name(literal=text),)
    one = read_short_name if tag in _SHORT else read_name
    return draft.names(
        names_of([text], "write each name on a separate line FAU", one), _PEOPLE[tag]
    )
