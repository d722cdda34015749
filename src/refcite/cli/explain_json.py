"""Explanations as JSON: each element of the style once, with references by number."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from attrs import asdict

from refcite.csl import ExplainedSpan, Explanation, Setting, Skipped, Where
from refcite.csl.style.attributes import NORMAL

__all__ = ["as_json"]


def as_json(explanations: Iterable[Explanation]) -> str:
    """Return explanations as JSON: an array with an object for each.

    In an object, `elements` lists the elements of the style. Every `path`, `where` and `instead`
    contains their numbers, counted from 0; the last number of a path is the element itself.
    """
    shown = [_Object(explanation).whole() for explanation in explanations]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


class _Object:
    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._numbers: dict[tuple[str, int, tuple[tuple[str, str], ...]], int] = {}

    def whole(self) -> dict[str, Any]:
        explanation = self._explanation
        return {
            "id": explanation.id,
            "style": explanation.style,
            "area": explanation.area,
            "text": explanation.text,
            "spans": [self._span(span) for span in explanation.spans],
            "skipped": [self._skipped(skipped) for skipped in explanation.skipped],
            "unprinted": list(explanation.unprinted),
            "elements": [
                {"element": element, "line": line, "attributes": dict(attributes)}
                for element, line, attributes in self._numbers
            ],
        }

    def _span(self, span: ExplainedSpan) -> dict[str, Any]:
        shown: dict[str, Any] = {"text": span.text, "kind": span.kind, "source": span.source}
        if span.variable is not None:
            shown["variable"] = span.variable
        if span.term is not None:
            shown["term"] = span.term
        if span.format != NORMAL:
            shown["format"] = {
                name.replace("_", "-"): value
                for name, value in asdict(span.format).items()
                if value
            }
        if span.settings:
            shown["settings"] = [self._setting(setting) for setting in span.settings]
        return {**shown, "path": self._path(span.path)}

    def _setting(self, setting: Setting) -> dict[str, Any]:
        shown: dict[str, Any] = {"name": setting.name, "value": setting.value}
        if setting.works:
            shown["works"] = list(setting.works)
        return {**shown, "where": self._number(setting.where) if setting.where else None}

    def _skipped(self, skipped: Skipped) -> dict[str, Any]:
        shown: dict[str, Any] = {"reason": skipped.reason, "variables": list(skipped.variables)}
        if skipped.left_out:
            shown["left_out"] = skipped.left_out
            shown["settings"] = [self._setting(setting) for setting in skipped.settings]
        if skipped.tests:
            shown["match"] = skipped.match
            shown["tests"] = [{"test": one.test, "held": one.held} for one in skipped.tests]
        if skipped.instead is not None:
            shown["instead"] = self._number(skipped.instead)
        return {**shown, "path": self._path(skipped.path)}

    def _path(self, path: Iterable[Where]) -> list[int]:
        return [self._number(where) for where in path]

    def _number(self, where: Where) -> int:
        key = (where.element, where.line, tuple(where.attributes.items()))
        return self._numbers.setdefault(key, len(self._numbers))
