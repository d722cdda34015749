"""One item of CSL-YAML, as CSL-JSON would have it, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from refcite.dates import Bound, Date, Point
from refcite.formats.csl_json import encode_item
from refcite.formats.yamltext import Plain
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, NAME_VARIABLES

__all__ = ["FORMAT", "plain_item", "yaml_item"]

FORMAT: Final = "csl-yaml"

_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_NAMES: Final = frozenset(NAME_VARIABLES)
_DATES: Final = {variable: ATTRIBUTES[variable] for variable in DATE_VARIABLES}
_TEXTS: Final = (
    frozenset({*ATTRIBUTES, "id", "shortTitle", "journalAbbreviation"}) - _NAMES - _DATES.keys()
)
_LONGEST_NUMBER: Final = 1000
_SPELLINGS: Final = {name.lower(): name for name in ATTRIBUTES if name.isupper()}
_DAY: Final = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_OLD_RANGE: Final = re.compile(rf"({_DAY})_({_DAY})")
_FLAGS: Final = frozenset({"comma-suffix", "static-ordering", "parse-names"})


def plain_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item in which each scalar has the type that CSL requires, or otherwise YAML's.

    Example:
        >>> plain_item({"volume": Plain("012"), "note": Plain(""), "custom": Plain("12")})
        {'volume': '012', 'note': None, 'custom': 12}

        Pandoc accepts the names of variables in small letters, and a text in place of a name:

        >>> plain_item({"doi": "10.1/x", "author": "Médecins du Monde"})
        {'DOI': '10.1/x', 'author': [{'literal': 'Médecins du Monde'}]}
    """
    named = ((_SPELLINGS.get(key, key), value) for key, value in item.items())
    return {key: _value(key, value) for key, value in named}


def _value(key: str, value: Any) -> Any:
    if key in _TEXTS:
        return _texts(value)
    if key in _NAMES:
        return _names(value)
    if key in _DATES:
        return _date(value)
    return _resolved(value)


def _texts(value: Any) -> Any:
    """Return a value with all scalars as text."""
    if isinstance(value, str):
        return None if isinstance(value, Plain) and value in _NOTHING else str(value)
    if isinstance(value, dict):
        return {key: _texts(inner) for key, inner in value.items()}
    return [_texts(inner) for inner in value]


def _names(value: Any) -> Any:
    if isinstance(value, list):
        return [_name(part) for part in value]
    name = _name(value)
    return None if name is None else [name]


def _name(value: Any) -> Any:
    """Return a name; a text is a literal name, and a list in it is one text, as in pandoc."""
    if isinstance(value, dict):
        return {
            key: _resolved(part) if key in _FLAGS else _joined(_texts(part))
            for key, part in value.items()
        }
    text = _texts(value)
    return {"literal": text} if isinstance(text, str) and text.strip() else text


def _joined(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return " ".join(value)
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str):
        return _texts(value)
    value = _resolved(value)
    if isinstance(value, dict) and len(value) == 1 and "literal" in value:
        # A range in old files of pandoc.
        years = _OLD_RANGE.fullmatch(str(value["literal"]))
        return value if years is None else f"{years[1]}/{years[2]}"
    if isinstance(value, dict) and "year" in value:
        value = [value]
    if isinstance(value, list) and value and all(map(_has_year, value)):
        return _date_of_old_pandoc(value)
    return value


def _has_year(part: Any) -> bool:
    return isinstance(part, dict) and "year" in part


def _date_of_old_pandoc(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a date of pandoc before version 2.11: one or two mappings with `year` and `month`."""
    names = ("year", "month", "day")
    if len(parts) > 1:
        parts = [_with_season_as_month(part) for part in parts]
    date: dict[str, Any] = {
        "date-parts": [[part[name] for name in names if name in part] for part in parts]
    }
    for part in parts:
        date.update((key, value) for key, value in part.items() if key not in names)
    return date


def _with_season_as_month(part: dict[str, Any]) -> dict[str, Any]:
    """Return one side of a range, with the number that EDTF has for its season."""
    season = str(part.get("season", ""))
    if season not in ("1", "2", "3", "4") or "month" in part:
        return part
    others = {key: value for key, value in part.items() if key != "season"}
    return {**others, "month": 20 + int(season)}


def _resolved(value: Any) -> Any:
    """Return the value of YAML 1.2, if it is written unchanged here."""
    if isinstance(value, dict):
        return {key: _resolved(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner) for inner in value]
    if not isinstance(value, Plain):
        return value
    if value in _NOTHING:
        return None
    if value in _TRUE or value in _FALSE:
        return value in _TRUE
    for kind in (int, float):
        number = _number(value, kind)
        if number is not None:
            return number
    return str(value)


def _number(text: str, kind: type[int] | type[float]) -> float | None:
    if not text[-1:].isdigit() or len(text) > _LONGEST_NUMBER:
        return None
    try:
        number = kind(text)
    except ValueError:
        return None
    # PyYAML writes 1e+16 as 1.0e+16.
    return number if text in (str(number), str(number).replace("e", ".0e", 1)) else None


def yaml_item(record: Record) -> dict[str, Any]:
    """Return a record as an item of CSL-YAML; dates are EDTF if that is lossless."""
    item = encode_item(record, format=FORMAT)
    for variable, attribute in _DATES.items():
        date = getattr(record, attribute)
        if date is not None and isinstance(item.get(variable), dict) and _is_edtf(date):
            item[variable] = str(date)
    return item


def _is_edtf(date: Date) -> bool:
    sides = [side for side in (date.start, date.end) if side is not None]
    return (
        date.literal is None
        and date.season_name is None
        and all(isinstance(side, Point) or side is Bound.OPEN for side in sides)
    )
