"""Short texts about an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from refcite.csl.explain.explanation import ExplainedSpan, Explanation, Setting, Skipped
from refcite.csl.render.variables import OF_DOCUMENT
from refcite.csl.style.finder import Finder

__all__ = [
    "in_place",
    "label_of",
    "lines_of",
    "missing_variables",
    "settings_of",
    "unprinted_variables",
    "unsupported_variables",
]

_MOST: Final = 3
_REASONS: Final = {
    "empty": "has no value",
    "substituted": "was printed in place of names",
    "no-term": "the locale has no such term",
    "nothing-printed": "nothing in it was printed",
    "not-reached": "not tested",
    "not-needed": "an earlier alternative was printed",
    "repeated-author": "the names are the same as in the previous entry",
    "same-as-author": "it is the only author, or the site (use --repeat-publisher to repeat it)",
    "converted": "refcite omits it, or prints it as another variable, in this style",
    "short-form": "its short form was printed",
    "same-names": "the names are the same as the others here and are printed once",
}
_IN_LOCALE: Final = ("term", "date", "date-part")


def lines_of(style: str) -> str:
    """Return the file to which the lines of a style belong.

    Args:
        style: Its name in an explanation: an id, or a path.
    """
    if Finder.of().path_of(style) is None:
        return f"Line numbers refer to {style}."
    return f"Line numbers refer to the output of `refcite styles --xml {style}`."


def in_place(explanation: Explanation) -> list[ExplainedSpan]:
    """Return the pieces of an entry without the break before a block that begins it."""
    first, *others = explanation.spans or (None,)
    if first is None:
        return []
    text = first.text.lstrip("\n")
    return [evolve(first, text=text), *others] if text else others


def label_of(span: ExplainedSpan) -> str:
    """Return the kind or variable of a span, in one or two words."""
    if span.variable is not None and span.kind == "variable":
        return span.variable
    if span.kind == "term":
        return f"term {span.term}"
    word = span.kind.replace("-", " ")
    return f"{word} (locale)" if span.source == "locale" else word


def settings_of(span: ExplainedSpan) -> list[str]:
    """Return the settings that changed a span, other than those of the elements around it."""
    return [_said(one) for one in span.settings if one.where not in span.path]


def _said(setting: Setting) -> str:
    if setting.name == "record":
        has = f'"{setting.value}"' if setting.value else "no value"
        return f"changed by refcite: the record has {has}"
    option = f'{setting.name}="{setting.value}"'
    if setting.where is None:
        return f"{option} is the default of CSL"
    place = f"line {setting.where.line}"
    if setting.name in _IN_LOCALE:
        return f"{setting.where.tag} {place}"
    return f"{option} of <{setting.where.element}> {place}{_as_others(setting.works)}"


def _as_others(works: Sequence[str]) -> str:
    """Return the works that make a year suffix necessary."""
    if not works:
        return ""
    named = ", ".join(works[:_MOST])
    more = f" and {len(works) - _MOST} more" if len(works) > _MOST else ""
    return (
        f", as {named}{more} {'is' if len(works) == 1 else 'are'} cited by the same names and year"
    )


def unprinted_variables(explanation: Explanation) -> dict[str, list[str]]:
    """Return the variables of a record that are not or only partly in an entry, with the reasons.

    Variables that the style does not print are not included; see `unsupported_variables`.
    """
    found = {**explanation.cut, **explanation.unprinted}
    return {
        variable: _why_skipped(found[variable])
        for variable in explanation.variables
        if found.get(variable)
    }


def unsupported_variables(explanation: Explanation) -> list[str]:
    """Return the variables of a record that the style never prints for works of its type."""
    return [variable for variable, skipped in explanation.unprinted.items() if not skipped]


def missing_variables(explanation: Explanation) -> dict[str, list[int]]:
    """Return the variables that a style uses and a record lacks, each with the lines."""
    missing: dict[str, set[int]] = {}
    for skipped in explanation.skipped:
        if skipped.reason == "empty" and skipped.where:
            for variable in skipped.variables:
                if variable not in explanation.variables and variable not in OF_DOCUMENT:
                    missing.setdefault(variable, set()).add(skipped.where.line)
    return {variable: sorted(lines) for variable, lines in missing.items()}


def _why_skipped(skipped: Sequence[Skipped]) -> list[str]:
    """Return the reasons why a variable of a record was not printed, one per line."""
    by_refcite = [one for one in skipped if one.reason in ("same-as-author", "converted")]
    if by_refcite:
        return [_reason(one) for one in by_refcite]
    # The reason of the element itself is more precise than that of the elements around it.
    causes = [one for one in skipped if one.reason != "nothing-printed"] or list(skipped)
    # An element that prints only this variable is the most precise.
    causes.sort(key=lambda one: len(one.variables))
    lines = [_reason(one) for one in causes[:_MOST]]
    if len(causes) > _MOST:
        others = sorted({one.where.line for one in causes[_MOST:] if one.where})
        lines.append(f"and so on in lines {', '.join(map(str, others))}")
    return lines


def _reason(skipped: Skipped) -> str:
    if skipped.reason == "condition":
        is_none = skipped.match == "none"
        # Only the tests with the wrong result are a reason.
        reason = ", ".join(str(test) for test in skipped.tests if test.held == is_none)
        if is_none:
            reason = f"none may be true: {reason}"
    elif skipped.reason == "et-al":
        limits = ", ".join(f'{one.name}="{one.value}"' for one in skipped.settings)
        count = "1 name is" if skipped.left_out == 1 else f"{skipped.left_out} names are"
        reason = f"{count} omitted, because of {limits}"
    elif skipped.instead is not None:
        reason = f"not tested, because {skipped.instead.tag} in line {skipped.instead.line} is true"
    else:
        reason = _REASONS[skipped.reason]
    where = skipped.where
    return f"line {where.line:<5} <{where.element}>: {reason}" if where else reason
