"""Dates that a BibTeX file writes in several forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import Found, LibraryRule
from refcite.problems import Severity

__all__ = ["RULES"]

_FEW: Final = 3
"""A form in fewer entries is not the usual one."""
_MONTH: Final = re.compile(r"\bmonth\s*=\s*([{\"]?)\s*([0-9]?)", re.IGNORECASE)


def _mixed_forms(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Found]]:
    years: dict[str, list[Entry]] = {}
    months: dict[str, list[Entry]] = {}
    for entry in entries:
        fields = entry.fields
        if "date" in fields:
            years.setdefault("date", []).append(entry)
        elif "year" in fields:
            years.setdefault("year", []).append(entry)
        if "month" in fields and (found := _MONTH.search(entry.raw)):
            form = "figures" if found[2] else "text" if found[1] else "a macro"
            months.setdefault(form, []).append(entry)
    yield from _rare("the date is in the field", years, "date")
    yield from _rare("the month is written as", months, "month")


def _rare(
    statement: str, forms: dict[str, list[Entry]], field: str
) -> Iterator[tuple[Entry, Found]]:
    """Yield the first entry with each form but the most frequent one."""
    if len(forms) < 2:
        return
    usual = max(forms, key=lambda form: len(forms[form]))
    if len(forms[usual]) < _FEW:
        return
    for form, found in forms.items():
        if form != usual:
            shown = repr(form) if field == "date" else form
            common = repr(usual) if field == "date" else usual
            message = (
                f"{statement} {shown} in {_entries(found)}, and {common} in"
                f" {_entries(forms[usual])}"
            )
            at = form if field == "date" else field
            yield found[0], Found(message, "use one form", at, (form, usual))


def _entries(found: Sequence[Entry]) -> str:
    return "one entry" if len(found) == 1 else f"{len(found)} entries"


RULES: Final = (LibraryRule(code="mixed-date-forms", severity=Severity.INFO, find=_mixed_forms),)
"""The rules about the forms of dates."""
