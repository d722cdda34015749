"""Variables in a note: the lines `key: value` that Zotero's users put into "Extra".

citeproc-js and Zotero read such lines, and `{:key: value}` within a line, as CSL variables; Better
BibTeX reads `tex.key: value` as a BibTeX field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.csl_json.dates import encode_date
from refcite.formats.draft import Draft
from refcite.problems import Severity
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES

__all__ = ["spread_note"]

_LINE: Final = re.compile(r"[ \t]*([A-Za-z][\w.-]*(?: [\w.-]+){0,3}):[ \t]*(.*\S)[ \t]*")
_BRACED: Final = re.compile(r"\{:([A-Za-z][\w.-]*(?: [\w.-]+){0,3}):[ \t]*([^{}\n]*)\}")
_VARIABLES: Final = {
    variable.casefold().replace("_", "-"): variable
    for variable in (*ATTRIBUTES, "type")
    if variable != "note"
}
_NAMES: Final = frozenset(NAME_VARIABLES)
_DATES: Final = frozenset(DATE_VARIABLES)
_TEX: Final = "tex."
# Juris-M's prefix of the variables of a translation or reprint.
_ALTERNATIVE: Final = "alt-"


def spread_note(item: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    r"""Return an item with the variables of its note in their places.

    `type` overrides the item's type; a name is added to those in the note; any other variable is
    set if it is empty. Lines with other keys, or for set variables, remain in the note.

    Args:
        item: The item.
        draft: Collects problems.

    Example:
        >>> from refcite.formats.crosswalk import Spec
        >>> note = "original-date: 1925\nauthor: Kafka || Franz\nRead it"
        >>> item = spread_note({"note": note}, Draft(Spec((), ()), ""))
        >>> item["note"], item["original-date"], item["author"]
        ('Read it', {'date-parts': [[1925]]}, [{'family': 'Kafka', 'given': 'Franz'}])
    """
    note = item.get("note")
    if not isinstance(note, str) or ":" not in note:
        return dict(item)
    spread = _Spread(item, draft)
    left = []
    for row in note.splitlines():
        found = _LINE.fullmatch(row)
        if found and spread.takes(found[1], found[2]):
            continue
        rest = _BRACED.sub(spread.replace, row) if "{:" in row else row
        if rest == row or rest.strip():
            left.append(rest.rstrip() if rest != row else row)
    if spread.count:
        spread.item["note"] = "\n".join(left).strip()
        if not spread.item["note"]:
            del spread.item["note"]
    return spread.item


class _Spread:
    """An item to which the variables in its note are added.

    Attributes:
        item: The item.
        count: The number of added variables.
    """

    def __init__(self, item: Mapping[str, Any], draft: Draft) -> None:
        self.item = dict(item)
        self.count = 0
        self._own = frozenset(key for key, value in item.items() if value not in (None, "", []))
        self._draft = draft

    def replace(self, found: re.Match[str]) -> str:
        return "" if self.takes(found[1], found[2].strip()) else found[0]

    def takes(self, key: str, value: str) -> bool:
        """Put a value into its place; False if it has none."""
        if key.casefold().startswith(_TEX):
            return self._put(key[len(_TEX) :], value)
        name = key.casefold().replace(" ", "-").replace("_", "-")
        kind = _VARIABLES.get(name.removeprefix(_ALTERNATIVE))
        if kind is None:
            return False
        variable = f"{_ALTERNATIVE}{kind}" if name.startswith(_ALTERNATIVE) else kind
        if variable == "type":
            return self._put_type(value)
        if kind in _NAMES:
            return self._put_name(variable, value)
        if kind in _DATES:
            date = Date.parse(value)
            if date.literal is not None:
                self._report(f"the date {value[:60]!r} of {variable} could not be read")
                return False
            return self._put(variable, encode_date(date))
        return self._put(variable, value)

    def _put(self, key: str, value: Any) -> bool:
        if not key or key in self._own or key in self.item:
            if key:
                self._report(f"the item already has {key}")
            return False
        self.item[key] = value
        self.count += 1
        return True

    def _put_type(self, value: str) -> bool:
        wanted = value.strip()
        if wanted not in ITEM_TYPES:
            self._report(f"{wanted[:60]!r} is not a type of CSL")
            return False
        self.item["type"] = wanted
        self.count += 1
        return True

    def _put_name(self, variable: str, value: str) -> bool:
        if variable in self._own:
            self._report(f"the item already has {variable}")
            return False
        family, bars, given = (part.strip() for part in value.partition("||"))
        name = {"family": family, "given": given} if bars else {"literal": value}
        self.item.setdefault(variable, []).append(name)
        self.count += 1
        return True

    def _report(self, reason: str) -> None:
        message = f"a line of the note is not read: {reason}"
        hint = "it remains in the note"
        self._draft.report("unread-note-field", message, Severity.WARNING, hint)
