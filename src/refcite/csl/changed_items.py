"""What the conversion of a record to an item changed, in explanations."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from refcite.csl.csl_items import csl_item
from refcite.csl.explain.explanation import Explanation, Reason, Setting, Skipped
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES, attribute_of

__all__ = ["with_changes"]

_NAMES: Final = frozenset(NAME_VARIABLES)


def with_changes(explanation: Explanation, record: Record, item: Record) -> Explanation:
    """Return an explanation that lists what the conversion of the record to an item changed.

    Args:
        explanation: The explanation of the item.
        record: The record.
        item: The item that the style formatted.
    """
    omitted: list[Skipped] = []
    settings: dict[str, Setting] = {}
    added: set[str] = set()
    for variable, attribute in ATTRIBUTES.items():
        given, used = getattr(record, attribute), getattr(item, attribute)
        if given == used or variable in _NAMES:
            continue
        if not used:
            reason: Reason = "same-as-author" if _is_repeated(record, variable) else "converted"
            omitted.append(Skipped(path=(), reason=reason, variables=(variable,)))
            continue
        settings[variable] = Setting(name="record", value=str(given) if given else "")
        if not given:
            added.add(variable)
    if not omitted and not settings:
        return explanation
    spans = [
        evolve(span, settings=(*span.settings, settings[span.variable]))
        if span.kind == "variable" and span.variable in settings
        else span
        for span in explanation.spans
    ]
    given_variables = [name for name in explanation.variables if name not in added]
    moved = [name for skipped in omitted for name in skipped.variables]
    return evolve(
        explanation,
        spans=tuple(spans),
        skipped=(*omitted, *explanation.skipped),
        variables=(*given_variables, *moved),
    )


def _is_repeated(record: Record, variable: str) -> bool:
    """Return whether a variable is omitted because it repeats the author or the site."""
    if variable not in ("publisher", "container-title"):
        return False
    return not getattr(csl_item(record), attribute_of(variable))
