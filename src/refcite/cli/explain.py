"""`refcite explain`: why entries look as they do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any, Final

from attrs import asdict, astuple

from refcite.cli.terminal import Line, Piece, echo, echo_document, echo_table, printable
from refcite.csl import ExplainedSpan, Explanation, Skipped, Where
from refcite.csl.output import NORMAL

__all__ = ["as_json", "print_explanations", "said_of", "why_skipped"]

_COLOURS: Final = {"record": "green", "document": "magenta", "locale": "yellow", "style": "dim"}
_LOOKS: Final = {"italic": "italic", "oblique": "italic", "bold": "bold", "underline": "underline"}
_OF_DOCUMENT: Final = frozenset(
    ("citation-number", "first-reference-note-number", "locator", "year-suffix")
)
_MOST: Final = 3
_WIDTH: Final = 96
_WIDEST: Final = 36
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


def print_explanations(explanations: Sequence[Explanation], output: str) -> None:
    """Print explanations as `text`, `json` or `html`."""
    if output == "html":
        from refcite.cli.explain_page import as_page

        echo_document([as_page(explanations), "\n"])
    elif output == "json":
        echo_document([as_json(explanations), "\n"])
    else:
        for number, explanation in enumerate(explanations):
            if number:
                echo([""])
            _print_explanation(explanation)


def _print_explanation(explanation: Explanation) -> None:
    title = printable(f"{explanation.id} ({explanation.area} of {explanation.style})")
    echo([((title, "bold"),), ("  ", *map(_coloured, explanation.spans)), ""])
    echo_table(map(_row, explanation.spans), indent=2)
    echo(_unprinted(explanation))
    echo(_empty(explanation))


def _coloured(span: ExplainedSpan) -> Piece:
    text = "\n  ".join(map(printable, span.text.split("\n")))
    looks = [_LOOKS[value] for value in astuple(span.format) if value in _LOOKS]
    return text, " ".join([_COLOURS[span.source], *looks])


def _row(span: ExplainedSpan) -> tuple[Line, ...]:
    tag = printable(span.where.tag)
    return (
        ((_quoted(span.text), _COLOURS[span.source]),),
        said_of(span),
        f"line {span.where.line}",
        (tag, (f"  in {printable(span.macros[-1])}", "dim")) if span.macros else tag,
    )


def _quoted(text: str) -> str:
    """Return a text in one line, in quotation marks, so that its spaces are seen."""
    shown = printable(text)
    if len(shown) > _WIDEST - 2:
        shown = f"{shown[: _WIDEST - 3]}…"
    return f'"{shown}"'


def said_of(span: ExplainedSpan) -> str:
    """Return what a span is, in a word or two."""
    if span.variable is not None and span.kind == "variable":
        return span.variable
    if span.kind == "term":
        return f"term {span.term}"
    word = span.kind.replace("-", " ")
    return f"{word} (locale)" if span.source == "locale" else word


def _unprinted(explanation: Explanation) -> Iterator[Line]:
    unprinted = explanation.unprinted
    if not unprinted:
        return
    yield ""
    yield (("  In the record, and not printed", "bold"),)
    nowhere = [variable for variable, skipped in unprinted.items() if not skipped]
    for variable, skipped in unprinted.items():
        for number, line in enumerate(why_skipped(variable, skipped)):
            yield f"  {variable if not number else '':<22}  {line}"
    if nowhere:
        pronoun = "it" if len(nowhere) == 1 else "them"
        yield f"  {', '.join(nowhere)}: this style has no place for {pronoun} here"


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


def _empty(explanation: Explanation) -> Iterator[Line]:
    """Yield the lines that say which variables the style asked for in vain."""
    asked: dict[str, set[int]] = {}
    for skipped in explanation.skipped:
        if skipped.reason == "empty" and skipped.where:
            for variable in skipped.variables:
                if variable not in explanation.variables and variable not in _OF_DOCUMENT:
                    asked.setdefault(variable, set()).add(skipped.where.line)
    if asked:
        yield ""
        yield (("  Asked for, and not in the record (line)", "bold"),)
        words = ", ".join(
            f"{variable}\u00a0({'/'.join(map(str, sorted(lines)))})"
            for variable, lines in asked.items()
        )
        for line in wrap(words, _WIDTH, break_on_hyphens=False):
            yield f"  {line}".replace("\u00a0", " ")


def as_json(explanations: Iterable[Explanation]) -> str:
    """Return explanations as JSON: an array with an object for each."""
    shown = [_object(explanation) for explanation in explanations]
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _object(explanation: Explanation) -> dict[str, Any]:
    return {
        "id": explanation.id,
        "style": explanation.style,
        "area": explanation.area,
        "text": explanation.text,
        "spans": [_span(span) for span in explanation.spans],
        "skipped": [_skipped(skipped) for skipped in explanation.skipped],
        "unprinted": list(explanation.unprinted),
    }


def _span(span: ExplainedSpan) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": span.text, "kind": span.kind, "source": span.source}
    if span.variable is not None:
        shown["variable"] = span.variable
    if span.term is not None:
        shown["term"] = span.term
    if span.format != NORMAL:
        shown["format"] = {
            name.replace("_", "-"): value for name, value in asdict(span.format).items() if value
        }
    return {**shown, "path": [_where(where) for where in span.path]}


def _skipped(skipped: Skipped) -> dict[str, Any]:
    shown: dict[str, Any] = {"reason": skipped.reason, "variables": list(skipped.variables)}
    if skipped.tests:
        shown["tests"] = [{"test": one.test, "held": one.held} for one in skipped.tests]
    if skipped.instead is not None:
        shown["instead"] = _where(skipped.instead)
    return {**shown, "path": [_where(where) for where in skipped.path]}


def _where(where: Where) -> dict[str, Any]:
    return {"element": where.element, "line": where.line, "attributes": dict(where.attributes)}
