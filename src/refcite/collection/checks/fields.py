"""Fields that a type of work requires, and those that its readers expect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.models import ATTRIBUTES, Need, model_of
from refcite.collection.checks.rules import EachRule, Found
from refcite.problems import Severity

__all__ = ["RULES"]

_NAMES: Final = {"bibtex": "BibTeX", "biblatex": "biblatex"}
_PAIR: Final = 2
_FORTHCOMING: Final = frozenset({"volume", "pages", "number", "page", "issue"})
"""Fields that a work has when it has been printed."""


def _missing_required(entry: Entry) -> Iterator[Found]:
    model = model_of(entry.dialect, entry.type)
    if model is None:
        return
    missing = [need for need in model[0] if not _has(entry, need)]
    if missing:
        shown = _shown(missing)
        verb = "is" if len(missing) == 1 else "are"
        if entry.dialect is None:
            message = f"{shown} {verb} missing; citation styles need it for the type {entry.type!r}"
            if len(missing) > 1:
                message = message.replace("need it", "need them")
        else:
            program = _NAMES[entry.dialect]
            message = f"{shown} {verb} missing, which {program} requires for @{entry.type}"
        hint = "add the missing field" if len(missing) == 1 else "add the missing fields"
        if entry.dialect is not None and {("school",), ("institution",)} & set(missing):
            hint += ", or choose another type"
        yield Found(message, hint, payload=tuple("/".join(need) for need in missing))


def _missing_recommended(entry: Entry) -> Iterator[Found]:
    model = model_of(entry.dialect, entry.type)
    if model is None:
        return
    missing = [need for need in model[1] if not _has(entry, need)]
    if missing and entry.record.status:
        missing = [need for need in missing if _FORTHCOMING.isdisjoint(need)]
    if missing:
        shown = _shown(missing)
        verb = "is" if len(missing) == 1 else "are"
        message = f"{shown} {verb} missing, which readers expect for {entry.type!r}"
        yield Found(message, "add it if it exists", payload=tuple("/".join(n) for n in missing))


def _has(entry: Entry, need: Need) -> bool:
    """Return whether an entry has one of several fields, its own or an inherited one."""
    record, fields = entry.record, entry.fields
    for field in need:
        attribute = ATTRIBUTES.get(field)
        if attribute is not None and getattr(record, attribute):
            return True
        if field in fields and (attribute is None or _is_kept(entry, field)):
            return True
    return False


def _is_kept(entry: Entry, field: str) -> bool:
    """Return whether a field has a value, which is not in its usual attribute."""
    place = entry.place(field)
    return place is None or bool(entry.raw[place.value : place.end].strip('{}" \t\n'))


def _shown(missing: list[Need]) -> str:
    """Return the missing fields in words."""
    if len(missing) == 1 and len(missing[0]) == _PAIR:
        return " or ".join(map(repr, missing[0]))
    return " and ".join(map(_one_of, missing))


def _one_of(need: Need) -> str:
    shown = ", ".join(map(repr, need))
    return shown if len(need) == 1 else f"one of {shown}"


RULES: Final = (
    EachRule(code="missing-required-field", severity=Severity.WARNING, find=_missing_required),
    EachRule(code="missing-recommended-field", severity=Severity.INFO, find=_missing_recommended),
)
"""The rules about missing fields."""
