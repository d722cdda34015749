"""Data without a tag in RIS: notes that other programs show, and refcite reads back.

Each is an `N1` of the form `csl:variable: value`. The value is unchanged text, or, if that would
not come through, JSON: a text in quotes, names in an array (in the form of `str(name)`), `null` for
nothing, and for `extra` an object. Dates are EDTF. `csl:et-al` has the variables whose names
continue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from refcite.dates import Date
from refcite.formats.draft import Draft
from refcite.formats.jsontext import encode
from refcite.names import Name
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES, VARIABLE_OF

__all__ = ["MARK", "Beyond", "read_beyond", "write_beyond"]

MARK: Final = "csl:"

_NOTE: Final = re.compile(r"csl:([A-Za-z_-]+):(?:\s+(.*))?", re.DOTALL)
_NAMES: Final = frozenset(ATTRIBUTES[variable] for variable in NAME_VARIABLES)
_DATES: Final = frozenset(ATTRIBUTES[variable] for variable in DATE_VARIABLES)
_OTHERS: Final = {"et-al": "et_al", "extra": "extra", "id": "id", "type": "type"}
_ALWAYS: Final = frozenset({"extra", "id", "type"})


@frozen
class Beyond:
    """An attribute with its value; None if the record has none."""

    attribute: str
    value: Any

    def fill(self, draft: Draft) -> None:
        """Set the value in a draft, in place of the existing one."""
        if self.attribute == "extra":
            draft.extra.update(self.value)
        elif self.value is None:
            draft.values.pop(self.attribute, None)
        else:
            draft.values[self.attribute] = self.value


def read_beyond(note: str) -> Beyond | None:
    """Return the data of a note about a record; None if it is only a note.

    Example:
        >>> read_beyond("csl:original-title: Das Schloss")
        Beyond(attribute='original_title', value='Das Schloss')
        >>> read_beyond("csl:nonsense: x") is None
        True
    """
    found = _NOTE.fullmatch(note)
    attribute = (ATTRIBUTES.get(found[1]) or _OTHERS.get(found[1])) if found else None
    if found is None or attribute is None:
        return None
    try:
        value = _value(found[2] or "")
    except (ValueError, RecursionError):
        return None
    if value is None and attribute not in _ALWAYS:
        return Beyond(attribute, None)
    if attribute in _NAMES:
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            return None
        return Beyond(attribute, tuple(map(Name.parse, value)))
    if attribute == "et_al":
        if not isinstance(value, list) or not all(one in NAME_VARIABLES for one in value):
            return None
        return Beyond(attribute, {ATTRIBUTES[one] for one in value})
    if attribute == "extra":
        return Beyond(attribute, value) if isinstance(value, dict) else None
    if not isinstance(value, str) or (attribute == "type" and value not in ITEM_TYPES):
        return None
    return Beyond(attribute, Date.parse(value) if attribute in _DATES else value)


def _value(text: str) -> Any:
    if text == "null" or text[:1] in ('"', "[", "{"):
        return json.loads(text)
    return text


def write_beyond(attribute: str, value: Any) -> str:
    """Return the note with the value of an attribute of a record.

    Raises:
        FormatError: A value of `extra` has no form in JSON.

    Example:
        >>> write_beyond("original_date", Date.of(1925))
        'csl:original-date: 1925'
        >>> write_beyond("director", (Name(family="Varda"), Name(literal="Ciné-Tamaris")))
        'csl:director: ["Varda", "{Ciné-Tamaris}"]'
    """
    name = "et-al" if attribute == "et_al" else VARIABLE_OF.get(attribute, attribute)
    return f"{MARK}{name}: {_text(value)}"


def _text(value: Any) -> str:
    if value is None or value == ():
        return "null"
    if isinstance(value, tuple):
        return encode([str(name) for name in value])
    if isinstance(value, frozenset):
        return encode(sorted(VARIABLE_OF[one] for one in value))
    if isinstance(value, Mapping):
        return encode(dict(value))
    text = str(value)
    return text if _is_plain(text) else encode(text)


def _is_plain(text: str) -> bool:
    return (
        text != ""
        and text == text.strip()
        and "\n" not in text
        and "\r" not in text
        and text[0] not in '"[{'
        and text != "null"
        and text.isprintable()
    )
