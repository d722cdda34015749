"""A record as the fields of a MARC record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from refcite.formats.crosswalk import kept, written
from refcite.formats.iso639 import bibliographic_code
from refcite.formats.marc.fields import CONTROL, MarcField, MarcRecord, kept_field
from refcite.formats.marc.hosts import host_fields
from refcite.formats.marc.people import name_field
from refcite.formats.marc.table import SPEC
from refcite.formats.marc.types import OWN, leader_of, type_of
from refcite.formats.marc.works import GENRE, heading_words
from refcite.keywords import split_keywords
from refcite.names import Name
from refcite.record import Record

__all__ = ["record_fields"]

_KEY: Final = re.compile(r"[0-9]{3}(?:\$[a-z0-9])?")
_LEADER: Final = re.compile(
    r"[0-9 ]{5}[\da-zA-Z ][\da-zA-Z][\da-zA-Z ]{3}22[0-9 ]{5}[\da-zA-Z ]{3}4500"
)
_INDICATORS: Final = {
    "024": "7 ",
    "245": "10",
    "264": " 1",
    "490": "0 ",
    "520": "  ",
    "711": "2 ",
    "765": "0 ",
    "773": "0 ",
    "787": "08",
    "852": "8 ",
    "856": "4 ",
    "655": " 7",
}
_SINGLE: Final = frozenset(
    ("210", "245", "264", "300", "490", "502", "534", "711", "765", "773", "787", "856")
)
"""Tags of which one field is written, with all subfields."""
_ORDER: Final = "anptdbckfghxz"
_NUMBERS: Final = {
    "773$g/volume": "volume:",
    "773$g/number": "number:",
    "773$g/pages": "pages:",
}
_NAMES: Final = "700"
_ADDED: Final = frozenset((_NAMES, "710", "720"))
"""Added entries of names, whose order is that of the names."""
_UNITS: Final = {"300/pages": " p.", "300/volumes": " v."}
_IDENTIFIERS: Final = {"024/doi": "doi", "024/pmid": "pmid", "024/pmcid": "pmcid"}
_ARTICLES: Final = {
    "en": ("The ", "An ", "A "),
    "de": ("Der ", "Die ", "Das ", "Ein ", "Eine "),
    "fr": ("Le ", "La ", "Les ", "L'", "L’", "Un ", "Une "),
    "es": ("El ", "La ", "Los ", "Las ", "Un ", "Una "),
    "it": ("Il ", "Lo ", "La ", "I ", "Gli ", "Le ", "L'", "L’", "Un ", "Una "),
}
_FILL: Final = "|"


class _Fields:
    """The fields of one record, which are added one by one."""

    def __init__(self) -> None:
        self.fields: list[MarcField] = []
        self._single: dict[str, MarcField] = {}

    def add(self, tag: str, code: str, text: str, indicators: str = "") -> MarcField:
        field = self._single.get(tag)
        if field is None:
            field = MarcField(tag, indicators or _INDICATORS.get(tag, "  "))
            self.fields.append(field)
            if tag in _SINGLE:
                self._single[tag] = field
        field.subfields.append((code, text))
        return field


def record_fields(record: Record) -> MarcRecord:
    """Return a record as leader and fields, with what was kept of a MARC record.

    Args:
        record: The record.

    Example:
        >>> made = record_fields(Record(title="Owls", extra={"300$b": "ill."}))
        >>> [(field.tag, field.shown()) for field in made.fields]
        [('245', '00‡aOwls'), ('300', '##‡bill.'), ('655', '#7‡adocument‡2csl')]
    """
    fields = _Fields()
    controls: list[tuple[str, str]] = []
    has_main = False
    held = [one for tag, text in kept(record, _KEY.fullmatch) if (one := kept_field(tag, text))]
    words = _words_of(held, record)
    for row, said in written(SPEC, record):
        own = row.own
        if isinstance(said, Name):
            is_main = not has_main and row.variable == "author"
            has_main = has_main or is_main
            fields.fields.append(_name(said, row.variable, "1" if is_main else "7", record))
        elif own == "001":
            controls.append((own, said))
        elif own in _IDENTIFIERS:
            fields.add("024", "a", said).subfields.append(("2", _IDENTIFIERS[own]))
        elif own == "653":
            if said not in words:
                fields.add(own, "a", said)
        elif own == "655/genre":
            fields.add("655", "a", said).subfields.append(("2", GENRE))
        elif own == "041$a":
            _add_language(fields, said)
        elif own == "245$h":
            fields.add("245", "h", f"[{said}]")
        elif own == "787$t":
            fields.add("787", "i", "Review of:")
            fields.add("787", "t", said)
        elif own in _NUMBERS:
            fields.add("773", "g", f"{_NUMBERS[own]}{said}")
        elif own in _UNITS:
            fields.add("300", "a", f"{said}{_UNITS[own]}")
        else:
            tag, _, code = own.partition("$")
            fields.add(tag, code or ("h" if tag == "852" else "a"), said)
    fields.add("655", "a", record.type).subfields.append(("2", OWN))
    _put_kept(fields, controls, held, record)
    made = MarcRecord(leader_of(record.type), controls, fields.fields)
    _finish(made, record)
    return made


def _name(name: Name, variable: str, tag: str, record: Record) -> MarcField:
    field = name_field(name, variable, tag)
    place = next(i for i, (code, _) in enumerate(field.subfields) if code == "e")
    for key, names in record.extra.items():
        if re.fullmatch(r"name/\$[a-z0-9]", key) and isinstance(names, Mapping):
            found: Any = names.get(str(name))
            texts = found if isinstance(found, list | tuple) else ()
            added = [(key[-1], text) for text in texts if isinstance(text, str)]
            field.subfields[place:place] = added
            place += len(added)
    return field


def _add_language(fields: _Fields, tag: str) -> None:
    code = bibliographic_code(tag)
    if code:
        fields.add("041", "a", code)
    else:
        fields.add("041", "a", tag, " 7").subfields.append(("2", "rfc5646"))


def _words_of(held: list[MarcField], record: Record) -> set[str]:
    """Return the keywords that the kept headings contain; other headings are removed."""
    words: set[str] = set()
    current = {word.strip() for word in split_keywords(record.keyword or "")}
    for field in [one for one in held if one.tag[0] == "6"]:
        found = heading_words(field)
        if current.issuperset(found):
            words.update(found)
        else:
            held.remove(field)
    return words


def _put_kept(
    fields: _Fields, controls: list[tuple[str, str]], held: list[MarcField], record: Record
) -> None:
    language = bool(record.language)
    for key, text in kept(record, _KEY.fullmatch):
        tag, _, code = key.partition("$")
        if CONTROL.fullmatch(tag):
            if tag != "001":
                controls.append((tag, text))
        elif code:
            if key == "773$g" and not _put_numbers(fields, text):
                continue
            if tag in _SINGLE:
                fields.add(tag, code, text)
            else:
                last = next((one for one in reversed(fields.fields) if one.tag == tag), None)
                (last or fields.add(tag, code, text)).subfields.extend(
                    [(code, text)] if last else []
                )
    for field in held:
        if field.tag == "041" and language:
            fields.fields[:] = [one for one in fields.fields if one.tag != "041"]
            language = False
        if field.tag == "852":
            mark = " ".join(" ".join(one.split()) for one in field.all("khijlm"))
            if mark == record.call_number:
                fields.fields[:] = [
                    one for one in fields.fields
                    if one.tag != "852" or one in held
                ]  # fmt: skip
        fields.fields.append(field)


def _put_numbers(fields: _Fields, text: str) -> bool:
    """Remove the numbers that a kept text of a host states; return whether it still is right."""
    host = next((one for one in fields.fields if one.tag == "773"), None)
    said = {
        f"{_NUMBERS[own]}{value}"
        for own, value, _ in host_fields(MarcField("773", subfields=[("g", text)]))
        if own in _NUMBERS
    }
    if host is None or not said:
        return True
    given = {value for code, value in host.subfields if code == "g"}
    if not said <= given:
        return False
    host.subfields = [one for one in host.subfields if one[0] != "g" or one[1] not in said]
    return True


def _finish(made: MarcRecord, record: Record) -> None:
    """Order the fields, and add the leader and 008."""
    made.fields.sort(key=lambda one: _NAMES if one.tag in _ADDED else one.tag)  # stable
    for field in made.fields:
        if field.tag == "245":
            field.subfields.sort(key=lambda one: _ORDER.find(one[0]) % 99)
            field.indicators = (
                f"{int(any(one.tag[0] == '1' for one in made.fields))}{_skipped(record)}"
            )
        elif field.tag == "773":
            field.subfields.sort(key=lambda one: _ORDER.find(one[0]) % 99)
    leader = record.extra.get("leader")
    if isinstance(leader, str) and _LEADER.fullmatch(leader):
        before = MarcRecord(leader, made.controls, [one for one in made.fields if one.tag != "655"])
        if type_of(before) == record.type:
            made.leader = leader
    if not any(tag == "008" for tag, _ in made.controls):
        made.controls.append(("008", _fixed(record)))
    made.controls.sort(key=lambda one: one[0])


def _skipped(record: Record) -> int:
    """Return how many characters of the title are not sorted: those of an article."""
    title = record.title or ""
    for article in _ARTICLES.get((record.language or "")[:2], ()):
        if title.startswith(article):
            return len(article)
    return 0


def _fixed(record: Record) -> str:
    """Return the coded data of field 008: year and language; the rest is not coded."""
    year = record.issued.year if record.issued is not None else None
    dates = f"s{year:04d}    " if year and 0 < year < 10_000 else f"n{'u' * 8}"
    code = bibliographic_code((record.language or "").partition("-")[0]) or "und"
    return f"{_FILL * 6}{dates}xx {_FILL * 17}{code}{_FILL * 2}"
