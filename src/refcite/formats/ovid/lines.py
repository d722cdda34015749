"""The lines of Ovid's text: with codes (`TI  - On light`), or with labels in words above texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from refcite.formats.common_problems import outside_entry
from refcite.formats.draft import Field
from refcite.problems import Problem

__all__ = ["entries_of"]

_LINE_END: Final = re.compile(r"\r\n?|\n")
_NUMBER: Final = re.compile(r"<\d{1,7}\s*\.?\s*>")
_CODED: Final = re.compile(r"(?:XP  - )?([A-Z][A-Z0-9]{1,4}) {1,2}-(?:\s+(.*)|\s*)")
_LABEL: Final = re.compile(r"[A-Z][\w /&()'.-]{1,59}:?")
_CODES_TEXT: Final = """
    AN: accession number
    UI: unique identifier; medline identifier; pmid
    PM: pubmed id; medline pmid
    DB: database
    AU: author; authors; author/editor; inventor
    FA: author full name; authors full name; author's full name
    ED: editor; editors; book editor; book editors; editor(s)
    IN: institution; author affiliation; affiliation
    TI: title
    OT: original title
    BT: book title
    SO: source
    AS: abbreviated source
    JN: journal name; journal; journal title; publication name
    NJ: nlm journal name
    VI: volume
    IP: issue; issue/part; part
    PG: page; pages; pagination
    DP: date of publication; publication date
    YR: year of publication; publication year; year
    PB: publisher
    PU: publishing information; publisher information
    LC: place of publication
    CP: country of publication
    ET: edition; edition statement
    SE: series title; series; monograph series
    IS: issn; issn print
    ES: issn electronic; electronic issn
    IL: issn linking
    IB: isbn
    DO: digital object identifier; doi
    PT: publication type; publication types
    DT: document type
    LG: language; languages
    AB: abstract
    KW: keyword heading; keywords; author keywords; keyword
    ID: key concepts; identifiers
    SH: subject headings; mesh subject headings; mesh headings; index terms
    CF: conference information; conference
    PN: patent number
    PA: patent assignee
    XL: link to the ovid full text or citation; link to the external link resolver; url; link
    RO: copyright; copyright information
    UP: update; update code; update date
"""
_CODES: Final = {
    label.strip(): line.strip()[:2]
    for line in _CODES_TEXT.strip().splitlines()
    for label in line.partition(":")[2].split(";")
}
"""The codes of fields by their labels in words."""


def entries_of(text: str, problems: list[Problem]) -> Iterator[list[Field]]:
    r"""Yield the fields of each record, by their codes.

    A record starts with its number, `<1. >`, or if there is none, with the field `VN` or the first
    field again. Fields with labels in words have the codes of the same fields; other labels are
    their own codes.

    Args:
        text: The text.
        problems: List to which lines are added that belong to no record.

    Example:
        >>> [fields[0] for fields in entries_of("<1>\nTitle\n  On light\n", [])]
        [('TI', 'On light', 2)]
    """
    found: list[tuple[str, list[str], int]] = []
    first = ""
    is_in_record = is_reported = False
    lines = _LINE_END.split(text)
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if _NUMBER.fullmatch(stripped):
            if found:
                yield _joined(found)
            found, is_in_record = [], True
            continue
        coded = _CODED.match(line)
        if coded:
            code = coded[1]
            first = first or code
            starts = code == "VN" or (code == first and not is_in_record)
            if starts and any(code == one for one, _, _ in found):
                yield _joined(found)
                found = []
            found.append((code, [(coded[2] or "").strip()], number))
        elif not stripped:
            continue
        elif is_in_record and not line[:1].isspace() and _is_label(lines, number):
            label = stripped.rstrip(":")
            found.append((_CODES.get(label.casefold(), label), [], number))
        elif found:
            found[-1][1].append(stripped)
        elif not is_reported:
            problems.append(outside_entry(line, number))
            is_reported = True
    if found:
        yield _joined(found)


def _is_label(lines: list[str], number: int) -> bool:
    """Return whether a line is a label: the text after it is indented."""
    following = lines[number] if number < len(lines) else ""
    return (
        following[:1].isspace()
        and bool(following.strip())
        and _LABEL.fullmatch(lines[number - 1].strip()) is not None
    )


def _joined(found: list[tuple[str, list[str], int]]) -> list[Field]:
    return [(code, " ".join(filter(None, lines)), number) for code, lines, number in found]
