"""What is said of an explanation, in a few words for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from refcite.csl.explanation import ExplainedSpan, Skipped

__all__ = ["said_of", "why_skipped"]

_MOST: Final = 3
_REASONS: Final = {
    "empty": "has no value",
    "substituted": "was printed in place of names",
    "no-term": "the locale has no such term",
    "nothing-printed": "nothing within was printed",
    "not-reached": "not tried",
    "not-needed": "an alternative before it was printed",
    "repeated-author": "the names are those of the entry before",
    "same-as-author": "it is the only author as well, and not repeated (--repeat-publisher does)",
}


def said_of(span: ExplainedSpan) -> str:
    """Return what a span is, in a word or two."""
    if span.variable is not None and span.kind == "variable":
        return span.variable
    if span.kind == "term":
        return f"term {span.term}"
    word = span.kind.replace("-", " ")
    return f"{word} (locale)" if span.source == "locale" else word


def why_skipped(variable: str, skipped: Sequence[Skipped]) -> list[str]:
    """Return, a line each, why a variable that a record has was not printed.

    Args:
        variable: The variable.
        skipped: The elements that would have printed it.
    """
    by_refcite = [one for one in skipped if one.reason == "same-as-author"]
    if by_refcite:
        return [_reason(one) for one in by_refcite]
    # That nothing was printed around it says less than what it was within.
    telling = [one for one in skipped if one.reason != "nothing-printed"] or list(skipped)
    # The narrowest says most: one that would print nothing but this variable.
    telling.sort(key=lambda one: len(one.variables))
    lines = [_reason(one) for one in telling[:_MOST]]
    if len(telling) > _MOST:
        others = sorted({one.where.line for one in telling[_MOST:] if one.where})
        lines.append(f"and so on in lines {', '.join(map(str, others))}")
    return lines


def _reason(skipped: Skipped) -> str:
    if skipped.reason == "condition":
        is_none = skipped.path[-1].attributes.get("match") == "none"
        # Of tests that must all hold, or must none, those that do as they must say nothing.
        reason = ", ".join(str(test) for test in skipped.tests if test.held == is_none)
    elif skipped.instead is not None:
        reason = f"not tried, as {skipped.instead.tag} in line {skipped.instead.line} holds"
    else:
        reason = _REASONS[skipped.reason]
    where = skipped.where
    return f"line {where.line:<5} <{where.element}>: {reason}" if where else reason
