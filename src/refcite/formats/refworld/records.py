"""The conversion of the parts of a citation and the fields of a page to a record."""

from __future__ import annotations

import hashlib
from typing import Final

from refcite.dates import Point
from refcite.formats.namelists import of_names
from refcite.formats.refworld.document import Document
from refcite.formats.refworld.kinds import CSL_TYPES, kind_of
from refcite.formats.refworld.languages import title_language
from refcite.formats.refworld.names import leaders_at, read_authors
from refcite.formats.refworld.publishers import Publisher, Publishers
from refcite.formats.refworld.text import fold, slug
from refcite.formats.refworld.urls import Address, read_address
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record

__all__ = ["record_of"]

# In characters; users type an id in the documents that cite the work.
_LONGEST_LEADER: Final = 24
_LONGEST_TITLE: Final = 40


def record_of(said: Document, publishers: Publishers) -> tuple[Record, list[Problem]]:
    """Return the record of the data of a source, and its problems."""
    address = read_address(said.url) if said.url else None
    publisher = said.publisher
    publisher_kind = _kind_of_publisher(publisher, address, publishers)
    kind, is_sure = kind_of(said, publisher_kind, address)
    type_, genre = CSL_TYPES[kind]
    name = publisher.name if publisher else None
    problems = list(said.problems)
    authors = of_names(_authors(said, kind, publishers, problems))
    record = Record(
        id=_id(said, address),
        type=type_,
        genre=genre,
        title=said.title,
        author=authors.names,
        et_al=["author"] if authors.et_al else (),
        publisher=name,
        authority=_authority(kind, publisher),
        container_title=name if kind == "news" else None,
        # The style prints the jurisdiction of a law, so a law has it only if the site has it.
        jurisdiction=said.country or (None if type_ == "legislation" else said.jurisdiction),
        number=said.symbol,
        issued=said.issued,
        url=said.url,
        accessed=said.accessed,
        note=said.note,
        keyword=said.keyword,
        language=said.language or title_language(said.title),
        extra=said.extra,
        origin=Origin(format="refworld", line=said.line),
    )
    if not is_sure:
        problems.append(_guessed_type(record))
    return record, [problem.replace(key=record.id, line=said.line) for problem in problems]


def _kind_of_publisher(
    publisher: Publisher | None, address: Address | None, publishers: Publishers
) -> str | None:
    """Return the kind of the publisher: from the table, otherwise from the code in the URL."""
    if publisher is not None and publisher.kind != "unknown":
        return publisher.kind
    coded = publishers.of_code(address.publisher) if address else None
    return coded.kind if coded else None


def _authors(
    said: Document, kind: str, publishers: Publishers, problems: list[Problem]
) -> tuple[Name, ...]:
    if said.author:
        return read_authors(said.author, publishers, problems)
    if said.authors:
        return tuple(leader.name for leader in said.authors)
    # News, laws and treaties have no author unless one is named; a decision has one if the body is
    # before its title.
    is_author = CSL_TYPES[kind][0] == "report" or (kind == "case" and said.leads)
    if is_author and said.publisher is not None:
        # `Freedom House and Human Rights Watch` is one publisher and two authors.
        joined = leaders_at([said.publisher.name], 0, 1, publishers)
        leaders = joined[0] if joined else ()
        if leaders and all(leader.body for leader in leaders):
            return tuple(leader.name for leader in leaders)
        return (Name(literal=said.publisher.name),)
    return ()


def _authority(kind: str, publisher: Publisher | None) -> str | None:
    """Return the body that adopted or decided, except the common name of all parliaments."""
    if publisher is None or publisher.kind == "legislature":
        return None
    return publisher.name if kind in {"case", "legislation", "resolution"} else None


def _id(said: Document, address: Address | None) -> str:
    """Return `refworld-` and the document's id, otherwise a name from the known data."""
    if address is not None and address.docid:
        return f"refworld-{address.docid}"
    leader = (
        said.publisher.name
        if said.publisher
        else "-".join(leader.text for leader in said.authors[:1])
    )
    start = said.issued.start if said.issued else None
    year = str(start.year) if isinstance(start, Point) else ""
    parts = (_cut(slug(leader), _LONGEST_LEADER), _cut(slug(said.title), _LONGEST_TITLE), year)
    short = "-".join(part for part in parts if part)
    whole = "-".join((leader, said.title, str(said.issued or "")))
    if len(short) == len("-".join(part for part in (slug(leader), slug(said.title), year) if part)):
        return short
    # The omitted part still distinguishes two long titles.
    return f"{short}-{hashlib.sha256(fold(whole).encode()).hexdigest()[:6]}"


def _cut(text: str, length: int) -> str:
    """Return the words of a slug that fit into a length."""
    return text if len(text) <= length else text[: length + 1].rpartition("-")[0] or text[:length]


def _guessed_type(record: Record) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="guessed-type",
        message=f"the kind of this document is unknown; it was read as {record.type!r}",
        hint="the type decides what a style prints; correct it if it is another",
    )
