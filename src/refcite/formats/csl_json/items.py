"""One record of CSL-JSON, read and written.

Values with several spellings in CSL-JSON (a number or a text, `shortTitle` or `title-short`) are
kept next to the value read from them. The writer uses the source's spelling if the record still has
that value, and its own if the value has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress, islice
from operator import attrgetter
from typing import Any, Final, TypeGuard

from refcite.formats.crosswalk import Spec, every_type, every_variable
from refcite.formats.csl_json.dates import decode_date, decode_simple_date, encode_date
from refcite.formats.csl_json.names import (
    KEPT,
    decode_names,
    encode_names,
    encode_names_anew,
    report_unread,
)
from refcite.formats.csl_json.notes import spread_note
from refcite.formats.draft import Draft
from refcite.identifiers import normal_doi
from refcite.problems import Problem, Severity, near_matches
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES

__all__ = ["FORMAT", "SPEC", "Spelling", "decode_item", "encode_item", "name_by_place"]

FORMAT: Final = "csl-json"
SPEC: Final = Spec(every_type(), every_variable())
"""CSL's types and variables: the format has just these."""

_ALIASES: Final = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short"}
_VARIABLE_OF: Final = {**{variable: variable for variable in ATTRIBUTES}, **_ALIASES}
"""Each key of CSL-JSON with the CSL variable that it means."""

_NAMES: Final = {variable: ATTRIBUTES[variable] for variable in NAME_VARIABLES}
_DATES: Final = {variable: ATTRIBUTES[variable] for variable in DATE_VARIABLES}
_TEXTS: Final = {
    variable: attribute
    for variable, attribute in ATTRIBUTES.items()
    if variable not in _NAMES and variable not in _DATES
}
_TYPES: Final = frozenset(ITEM_TYPES)
_TAKEN: Final = frozenset({"id", "type", *_VARIABLE_OF})
"""The keys to which CSL-JSON gives a meaning; a field in `extra` can have the same name."""

_ASIDE: Final = "refcite"
"""The key in `custom`, CSL-JSON's place for other data, under which such text is kept."""

_TEXTS_OF: Final = attrgetter(*_TEXTS.values())
_DATES_OF: Final = attrgetter(*_DATES.values())
_NAMES_OF: Final = attrgetter(*_NAMES.values())


_PARTS_OF_DATES: Final = frozenset(
    {"date-parts", "season", "circa", "literal", "raw", "edtf", "date-time", "timestamp"}
)
"""Keys of a date that are read, or that repeat these."""


class Spelling(dict[str, Any]):
    """The values of an item in its source's spelling, if the writer would use another.

    Attributes:
        read: The value read from each; with `id` or `type` if the source has none.
        order: The item's keys in the source's order.
        is_single: Whether the item was the whole text.
    """

    __slots__ = ("is_single", "order", "read")

    def __init__(self, order: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.read: dict[str, Any] = {}
        self.order = order
        self.is_single = False

    def keep(self, key: str, raw: Any, value: Any) -> None:
        """Remember that `raw` was read as `value`."""
        self[key] = raw
        self.read[key] = value


def decode_item(
    item: Mapping[str, Any],
    problems: list[Problem],
    line: int | None,
    day_first: bool | None = None,
    format: str = FORMAT,  # noqa: A002 - as in Origin
    *,
    note_fields: bool = False,
) -> Record:
    """Read an item.

    Args:
        item: The JSON object.
        problems: List to which doubts are added.
        line: Where the item starts in its text; None without a text.
        day_first: How to read `01/02/2017` in a `raw` date.
        format: Name of the format that the item comes from.
        note_fields: Whether lines such as `original-date: 1925` in the note are variables.

    Returns:
        The record; its id is empty if the item has none.
    """
    draft = _ItemDraft(line, day_first)
    record = draft.of_item(spread_note(item, draft) if note_fields else item, format)
    if draft.problems:
        # The same problem of each of a thousand authors is reported once.
        said, key = dict.fromkeys(draft.problems), record.id or None
        problems += [problem.replace(line=line, key=key) for problem in said]
    return record


def describes_work(item: Mapping[str, Any]) -> bool:
    """Return whether an object is empty, or has an id, a type or one of CSL's variables.

    Example:
        >>> describes_work({"id": "a"}), describes_work({"ok": True}), describes_work({"x": 1})
        (True, False, False)
    """
    return not item or not _OWN_KEYS.isdisjoint(item)


_OWN_KEYS: Final = frozenset({"id", "type", "custom", "categories", *_VARIABLE_OF})


def no_variable(item: Mapping[str, Any], line: int | None) -> Problem:
    """Return the problem of an object that is no item of CSL-JSON."""
    keys = ", ".join(map(repr, islice(item, 5))) or "none"
    return Problem(
        severity=Severity.ERROR,
        code="not-recognised",
        message=f"the object has no id, no type and no variable of CSL, and has no record; its"
        f" keys are: {keys[:200]}",
        line=line,
        hint="use the names of CSL-JSON, such as 'title'",
    )


def name_by_place(record: Record, given: str) -> Problem:
    """Remember that an entry had no id, and return the problems of it.

    Args:
        record: The record that was read.
        given: The id that was generated for it.
    """
    origin = record.origin
    if origin is not None and isinstance(origin.verbatim, Spelling):
        origin.verbatim.read["id"] = given
    return Problem(
        severity=Severity.WARNING,
        code="missing-id",
        message=f"the entry has no id; its new id is {given!r}",
        line=origin.line if origin else None,
        hint="add an id",
        key=given,
    )


class _ItemDraft(Draft):
    """The attributes of an item's record; the problems of it has no line before all is read."""

    __slots__ = ("_item", "_spelling")

    def __init__(self, line: int | None, day_first: bool | None) -> None:
        super().__init__(SPEC, "", day_first=day_first, line=line)
        self.line = None

    def of_item(self, item: Mapping[str, Any], format: str) -> Record:  # noqa: A002 - as in Origin
        """Return the record of an item."""
        self._item = item
        self._spelling = Spelling(tuple(item))
        values = self.values
        for key, raw in item.items():
            attribute = _TEXTS.get(key)
            if attribute is not None:
                if type(raw) is str:
                    values[attribute] = raw
                else:
                    self._read_text(key, attribute, raw)
            elif key in _NAMES:
                self._read_names(key, _NAMES[key], raw)
            elif key in _DATES:
                self._read_date(key, _DATES[key], raw)
            elif key != "id" and key != "type":
                self._read_other(key, raw)
        if "doi" in values:
            doi = values["doi"]
            if not doi.startswith("10.") or doi[-1].isspace():
                self._read_doi(doi)
        values["id"] = self._read_id()
        values["type"] = self._read_type()
        if type(item.get("custom")) is dict:
            self._take_aside(item["custom"])
        return self.record(format, self._spelling)

    def read_reissue(self, text: str) -> None:
        """Keep a literal date, which CSL-JSON distinguishes from others."""

    def _read_other(self, key: str, raw: Any) -> None:
        variable = _ALIASES.get(key)
        if variable is None or variable in self._item:
            self.extra[key] = raw
            return
        self._read_text(key, _TEXTS[variable], raw)

    def _read_doi(self, text: str) -> None:
        """Remove the resolver's URL, which styles would add before the DOI again."""
        doi = normal_doi(text.strip())
        if doi and doi != text:
            self.values["doi"] = doi
            self._spelling.keep("DOI", self._item["DOI"], doi)

    def _take_aside(self, custom: dict[str, Any]) -> None:
        """Move the fields that the writer has put into `custom` back to `extra`."""
        aside = custom.get(_ASIDE)
        if type(aside) is not dict:
            return
        known = self.extra
        taken = {key: raw for key, raw in aside.items() if key in _TAKEN and key not in known}
        if not taken:
            return
        self.extra |= taken
        left = {key: raw for key, raw in aside.items() if key not in taken}
        rest = {key: raw for key, raw in custom.items() if key != _ASIDE}
        if not rest and left.keys() == {"custom"} and not _holds_keys(left["custom"]):
            self.extra["custom"] = left["custom"]
        elif rest or left:
            self.extra["custom"] = {**rest, _ASIDE: left} if left else rest
        else:
            del self.extra["custom"]

    def _read_names(self, key: str, attribute: str, raw: Any) -> None:
        found = decode_names(raw, self)
        if found.names:
            self.values[attribute] = found.names
        elif raw:
            self.extra[key] = raw
            return
        if found.et_al:
            self.mark_et_al(attribute)
        if not found.exact:
            self._spelling.keep(key, raw, (found.names, found.et_al))

    def _read_date(self, key: str, attribute: str, raw: Any) -> None:
        date = decode_simple_date(raw)
        if date is not None:
            self.values[attribute] = date
            return
        date = decode_date(raw, self)
        if date is not None:
            self.values[attribute] = date
            parts = raw if isinstance(raw, dict) else ()
            unread = [part for part in parts if part not in _PARTS_OF_DATES]
            if unread:
                report_unread("a date", unread, self)
            # Compared as text, since 1 and True are equal in Python.
            if repr(encode_date(date)) != repr(raw):
                self._spelling.keep(key, raw, date)
        elif _says_something(raw):
            self.extra[key] = raw
        else:
            self._spelling.keep(key, raw, None)

    def _read_text(self, key: str, attribute: str, raw: Any) -> None:
        text = self._text(key, raw)
        if text is not None:
            self.values[attribute] = text
        elif raw is not None:
            self.extra[key] = raw
            return
        self._spelling.keep(key, raw, text)

    def _text(self, key: str, raw: Any) -> str | None:
        if isinstance(raw, str | None):
            return raw
        if isinstance(raw, bool):
            return "true" if raw else "false"
        if isinstance(raw, int | float):
            return str(raw)
        if isinstance(raw, list) and all(isinstance(part, str | int | float) for part in raw):
            # Crossref lists titles and ISSNs.
            return ", ".join(map(str, raw))
        message = f"{key} must be a text, not {raw!r:.60}"
        self.report("wrong-kind", message, Severity.WARNING, KEPT)
        return None

    def _read_id(self) -> str:
        raw = self._item.get("id")
        if isinstance(raw, str) and raw:
            return raw
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            self._spelling.keep("id", raw, str(raw))
            return str(raw)
        if "id" in self._item:
            self._spelling["id"] = raw
        return ""

    def _read_type(self) -> str:
        raw = self._item.get("type")
        if isinstance(raw, str) and raw in _TYPES:
            return raw
        if raw is None:
            self._spelling.read["type"] = "document"
            if "type" in self._item:
                self._spelling["type"] = None
            self.unknown_type(missing="the entry has no type", hint="add a type")
        else:
            near = near_matches(raw, ITEM_TYPES) if isinstance(raw, str) else ""
            self.unknown_type(raw, hint=f"it is written back unchanged{near}")
        return "document"


def _says_something(raw: Any) -> bool:
    """Return whether a date that was not read has any content."""
    if isinstance(raw, dict):
        return any(map(_says_something, raw.values()))
    if isinstance(raw, list):
        return any(map(_says_something, raw))
    return raw not in (None, "", 0, "0", False) and str(raw).strip() != ""


def encode_item(record: Record, format: str = FORMAT) -> dict[str, Any]:  # noqa: A002 - as in Origin
    """Return a record as a CSL-JSON object.

    A key of `extra` is written under its own name. One to which CSL-JSON gives a meaning (a
    such as a BibTeX field `language` with another value) is in `custom`, under `refcite`.
    `extra["type"]` is written in the place of the type `document`, unless it is one of CSL's.

    Args:
        record: The record.
        format: Name of the written format; values from it keep their spelling.

    Example:
        >>> encode_item(Record(id="a", type="book", title="One", extra={"custom": {"n": 1}}))
        {'id': 'a', 'type': 'book', 'title': 'One', 'custom': {'n': 1}}
    """
    item: dict[str, Any] = {"id": record.id, "type": record.type}
    # Most variables have no value, so that these are left out first.
    item |= {
        key: value
        for key, value in zip(_TEXTS, _TEXTS_OF(record), strict=True)
        if value is not None
    }
    dates = _DATES_OF(record)
    for variable, date in compress(zip(_DATES, dates, strict=True), dates):
        item[variable] = encode_date(date)
    lists = _NAMES_OF(record)
    et_al = record.et_al
    for variable, names in compress(zip(_NAMES, lists, strict=True), lists):
        item[variable] = encode_names(names, bool(et_al) and _NAMES[variable] in et_al)
    origin = record.origin
    spelling = origin.verbatim if origin is not None and origin.format == format else None
    known = spelling if isinstance(spelling, Spelling) else None
    if record.extra:
        _add_extra(item, record, known.order if known is not None else ())
    return item if known is None else _as_spelled(item, record, known)


def _add_extra(item: dict[str, Any], record: Record, source_keys: tuple[str, ...]) -> None:
    aside = {}
    for key, value in record.extra.items():
        if key == "type":
            is_own = _is_unknown_type(record.type, value)
            if not is_own and key in source_keys:
                continue  # the record has another type since
        else:
            # A value of the source under a key of CSL-JSON that could not be read is written back.
            is_own = key not in _TAKEN or (key in source_keys and key not in item)
        if is_own:
            item[key] = value
        else:
            aside[key] = value
    if aside:
        custom = item.get("custom")
        if "custom" not in item:
            item["custom"] = {_ASIDE: aside}
        elif _holds_keys(custom) and type(custom.get(_ASIDE, {})) is dict:
            item["custom"] = {**custom, _ASIDE: {**custom.get(_ASIDE, {}), **aside}}
        else:
            item["custom"] = {_ASIDE: {**aside, "custom": custom}}


def _holds_keys(custom: Any) -> TypeGuard[dict[str, Any]]:
    return type(custom) is dict and bool(custom)


def _is_unknown_type(type_: str, value: Any) -> bool:
    return type_ == "document" and value is not None and value not in ITEM_TYPES


def _as_spelled(item: dict[str, Any], record: Record, spelling: Spelling) -> dict[str, Any]:
    for key, value in spelling.read.items():
        variable = _VARIABLE_OF.get(key, key)
        attribute = ATTRIBUTES.get(variable, variable)
        now = getattr(record, attribute)
        if key in _NAMES:
            now = (now, attribute in record.et_al)
        if now == value:
            if key not in spelling:
                item.pop(key)  # the source has none
                continue
            if key in _ALIASES:
                item.pop(variable, None)
            item[key] = spelling[key]
        elif key in _NAMES and now[0]:
            item[key] = encode_names_anew(now[0], now[1], spelling[key], value[0])
    ordered = {key: item[key] for key in spelling.order if key in item}
    if len(ordered) < len(item):
        ordered |= {key: value for key, value in item.items() if key not in ordered}
    return ordered
