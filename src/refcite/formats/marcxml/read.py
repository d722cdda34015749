"""Read MARCXML, in pieces, so that a file may be larger than memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from refcite.formats.draft import Draft, library_of_drafts, stream_drafts
from refcite.formats.marc import MarcField, MarcRecord, drafts_of
from refcite.formats.xmlread import Entry, XmlElement, local_name
from refcite.formats.xmlstream import stream_entries
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["FORMAT", "read", "read_stream"]

FORMAT: Final = "marcxml"
_MISSING: Final = "there is no record of MARC in this text: no <record> with fields in it"
_FIRST: Final = ("leader", "controlfield", "datafield")


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read MARCXML: one record, a collection, or the response of an SRU or OAI-PMH server.

    A field that CSL has no variable for is in the record's `extra` under its tag, as in
    `4#‡aRepaired‡c2001`: the indicators, with # for a blank, then `‡` before the code of each
    subfield. The subfields of a field that is partly read are under keys such as `245$c`, those of
    a name under `name/$d`.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''<record xmlns="http://www.loc.gov/MARC21/slim">
        ...     <leader>00000nam a2200000   4500</leader>
        ...     <datafield tag="245" ind1="0" ind2="0"><subfield code="a">Owls :</subfield>
        ...     <subfield code="b">a history.</subfield></datafield></record>''')
        >>> library[0].title
        'Owls: a history'
    """
    problems: list[Problem] = []
    drafts = _drafts([text.removeprefix("\ufeff")], problems, day_first)
    return library_of_drafts(drafts, problems, FORMAT, _MISSING, is_keyed=True)


def read_stream(
    blocks: Iterable[str], *, day_first: bool | None = None
) -> Iterator[Record | Problem]:
    """Yield the records and problems of a text in blocks; its control number is a record's id.

    Args:
        blocks: The XML, in pieces of any length.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.
    """
    problems: list[Problem] = []
    yield from stream_drafts(_drafts(blocks, problems, day_first), problems, FORMAT, _MISSING)


def _drafts(
    blocks: Iterable[str], problems: list[Problem], day_first: bool | None
) -> Iterator[Draft]:
    found = stream_entries(blocks, ("record",), problems, "record", first=_FIRST)
    return drafts_of(map(_record, found), problems, day_first)


def _record(entry: Entry) -> MarcRecord:
    """Return the fields in an element."""
    record = MarcRecord(line=entry.line)
    start = _line(entry.element)
    for element in entry.element:
        name = local_name(element)
        if name == "datafield":
            record.fields.append(_field(element, entry.line - start))
        elif name == "controlfield":
            record.controls.append((str(element.get("tag", "")).strip(), _text(element)))
        elif name == "leader":
            record.leader = _text(element)
    return record


def _field(element: XmlElement, lines: int) -> MarcField:
    indicators = "".join(
        (str(element.get(name) or " "))[0].replace("#", " ") for name in ("ind1", "ind2")
    )
    line = _line(element) + lines
    field = MarcField(str(element.get("tag", "")).strip(), indicators, line=line)
    for inner in element:
        if local_name(inner) == "subfield":
            code, text = str(inner.get("code", ""))[:1], _text(inner)
            if code and text.strip():
                field.subfields.append((code, text))
    return field


def _text(element: XmlElement) -> str:
    return "".join(map(str, element.itertext())) if len(element) else str(element.text or "")


def _line(element: XmlElement) -> int:
    line: Any = element.sourceline
    return int(line or 1)
