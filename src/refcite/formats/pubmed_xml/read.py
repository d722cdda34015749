"""Read PubMed's XML, in pieces, so that a file may be larger than memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.common_problems import first_reported, no_entries
from refcite.formats.draft import Draft
from refcite.formats.nbib import GENRES, publication_type
from refcite.formats.preprints import read_preprint
from refcite.formats.pubmed_xml.elements import Work, work_of
from refcite.formats.pubmed_xml.table import SPEC
from refcite.formats.xmlread import Entry, entries
from refcite.keys import id_by_place
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["FORMAT", "read", "read_stream"]

FORMAT: Final = "pubmed-xml"
_NAMES: Final = ("PubmedArticle", "PubmedBookArticle")
_INNER_NAMES: Final = ("MedlineCitation", "BookDocument")
"""The records in files without the data that PubMed adds."""
_START: Final = re.compile(rb"<(?:(Pubmed(?:Book)?Article)|MedlineCitation|BookDocument)(?=[\s>])")
_LONGEST_END: Final = len("</PubmedBookArticle>")
_PLAIN: Final = ["Journal Article"]
_PIECE: Final = 1 << 18
_ROOT: Final = (
    b'<PubmedArticleSet xmlns:mml="http://www.w3.org/1998/Math/MathML"'
    b' xmlns:xlink="http://www.w3.org/1999/xlink">'
)
_ROOT_END: Final = b"</PubmedArticleSet>"
_MISSING: Final = (
    "there is no record of PubMed in this text: no element <PubmedArticle> or <PubmedBookArticle>"
)


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read records of PubMed in XML.

    An element that CSL has no variable for is in the record's `extra` under its own name, such as
    `MeshHeading` or `CommentsCorrections`: as text, or as a list if there are several.
    `Affiliation` and `Identifier` are lists with a list for each author.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads("<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>"
        ...     "<Article><ArticleTitle>On <i>E. coli</i>.</ArticleTitle></Article>"
        ...     "</MedlineCitation></PubmedArticle></PubmedArticleSet>", "pubmed-xml")
        >>> library[0].id, library[0].title
        ('1', 'On <i>E. coli</i>')
    """
    library = Library(is_keyed=False)
    for found in _found([text], day_first, is_named=False):
        if isinstance(found, Record):
            library.adopt(found)
        else:
            library.problems.append(found)
    return library


def read_stream(
    blocks: Iterable[str], *, day_first: bool | None = None
) -> Iterator[Record | Problem]:
    """Yield the records and problems of a text in blocks; its PMID is the id of a record.

    Args:
        blocks: The text, in pieces of any length.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.
    """
    return _found(blocks, day_first, is_named=True)


def _found(
    blocks: Iterable[str], day_first: bool | None, *, is_named: bool
) -> Iterator[Record | Problem]:
    reported: set[str] = set()
    count = 0
    for line, piece in _pieces(blocks):
        problems: list[Problem] = []
        for entry in _entries_of(piece, line, problems):
            count += 1
            draft = _draft(work_of(entry.element, entry.line + line), day_first)
            if is_named:
                draft.values.setdefault("id", id_by_place(count))
            record = draft.record(FORMAT)
            key = record.id or None
            if draft.problems:
                for problem in first_reported(draft.problems, reported):
                    yield problem.replace(key=key, line=problem.line or draft.start)
            yield record
        yield from problems
    if not count:
        yield no_entries(_MISSING)


# Pieces of the text


def _pieces(blocks: Iterable[str]) -> Iterator[tuple[int, bytes]]:
    """Yield pieces of whole records in UTF-8, each with the number of lines before it.

    Text before the first record of a piece, such as the start of the file, is a part of it.
    """
    held: list[bytes] = []
    line = 0
    ends: tuple[bytes, ...] = ()
    for block in blocks:
        for start in range(0, len(block), _PIECE):
            part = block[start : start + _PIECE].encode("utf-8", "replace")
            if held:
                # An end may be in two pieces.
                before = held.pop()
                held += (before[:-_LONGEST_END], before[-_LONGEST_END:] + part)
                part = held.pop()
            ends = ends or tuple(f"</{name}>".encode() for name in _names_in(part))
            cut = 0
            for end in ends:
                found = part.rfind(end, cut)  # after the last end of the other kind
                cut = found + len(end) if found >= 0 else cut
            if not cut:
                held.append(part)
                continue
            whole = b"".join((*held, part[:cut]))
            held = [part[cut:]]
            yield line, whole
            line += whole.count(b"\n")
    rest = b"".join(held)
    if _START.search(rest):
        yield line, rest


def _names_in(text: bytes) -> tuple[str, ...]:
    """Return the names of the records in a text, by the first one; none if it has none."""
    found = _START.search(text)
    return () if found is None else _NAMES if found[1] else _INNER_NAMES


def _entries_of(piece: bytes, line: int, problems: list[Problem]) -> list[Entry]:
    """Return the records of a piece, and the problems of those that are broken."""
    first = _START.search(piece)
    start = first.start() if first else 0
    # Empty lines before the first record, so that those of the parser are right.
    text = b"".join((_ROOT, b"\n" * piece.count(b"\n", 0, start), piece[start:], _ROOT_END))
    doubts: list[Problem] = []
    found = entries(text, _names_in(piece) or _NAMES, doubts, "record")
    problems += [
        problem.replace(line=problem.line + line) if problem.line else problem for problem in doubts
    ]
    return found


# Records


def _draft(work: Work, day_first: bool | None) -> Draft:
    """Return the data of a record."""
    types = work.types
    csl_type = publication_type(types)
    if work.is_of_book:
        csl_type = "chapter" if work.is_chapter else "book"
    draft = Draft(SPEC, csl_type or "article-journal", day_first=day_first, line=work.line)
    values = draft.values
    values["type"] = csl_type or "article-journal"
    draft.extra.update(work.extra)
    if types != _PLAIN:
        own = SPEC.own_type(values["type"])
        genre = next((text for text in GENRES if text in types), None)
        if genre is not None:
            values["genre"] = genre
        for text in types:
            if text not in (genre, own, *_PLAIN):
                draft.keep("PublicationType", text)
    for (role, in_book), names in work.names.items():
        is_container = in_book and role == "author" and work.is_chapter
        attribute = "container_author" if is_container else role
        if names:
            values[attribute] = (*values.get(attribute, ()), *names)
    if work.is_partial and "author" in values:
        draft.mark_et_al("author")
    for key, lists in work.beside.items():
        if any(lists):
            draft.extra[key] = lists
    draft.read(work.fields)
    values.pop("id", None)
    if pmid := values.get("pmid"):
        values["id"] = pmid
    if values["type"] == "article":
        read_preprint("article-journal", values, draft.extra, "Title", "PublisherName")
    return draft
