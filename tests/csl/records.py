"""Records out of the CSL-JSON of fixtures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from refcite.formats import csl_json
from refcite.record import Record
from refcite.vocabulary import DATE_VARIABLES, NAME_VARIABLES, VARIABLES

__all__ = ["records_of"]

_LINE: Final = re.compile(r"([A-Za-z-]+):\s*(\S.*?)\s*")


def records_of(items: Iterable[dict[str, Any]]) -> list[Record]:
    """Return the records of CSL-JSON items, with the variables that are in their notes.

    Fixtures test the processor, which prints a DOI as the item has it. The reader removes the
    address before a DOI, so it is put back.
    """
    unfolded = [_unfolded(item) for item in items]
    return [
        record.replace(doi=str(item["DOI"])) if record.doi else record
        for item, record in zip(unfolded, csl_json.read(json.dumps(unfolded)), strict=True)
    ]


def _unfolded(item: dict[str, Any]) -> dict[str, Any]:
    """Take variables out of `note`, where Zotero's users keep what its fields have no place for."""
    kept: list[str] = []
    found: dict[str, Any] = {}
    for line in str(item.get("note", "")).split("\n"):
        pair = _LINE.fullmatch(line)
        # The variables of another edition have a prefix (CSL-M).
        variable = pair[1].removeprefix("alt-") if pair is not None else ""
        if pair is None or variable not in VARIABLES:
            kept.append(line)
        elif variable in NAME_VARIABLES:
            found.setdefault(pair[1], []).append(_name(pair[2]))
        elif variable in DATE_VARIABLES:
            found[pair[1]] = {"edtf": pair[2]}
        else:
            found[pair[1]] = pair[2]
    if not found:
        return item
    return {**item, **found, "note": "\n".join(kept)}


def _name(text: str) -> dict[str, str]:
    family, separator, given = text.partition("||")
    if not separator:
        return {"literal": text}
    return {"family": family.strip(), "given": given.strip()}
