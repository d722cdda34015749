"""`refcite explain`: why entries look as they do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any, Final

from attrs import asdict, astuple

from refcite.cli.terminal import Line, Piece, echo, echo_document, echo_table, printable
from refcite.csl import ExplainedSpan, Explanation, Skipped, Where
from refcite.csl.explained import said_of, why_skipped
from refcite.csl.output import NORMAL

__all__ = ["as_json", "print_explanations"]

_COLOURS: Final = {"record": "green", "document": "magenta", "locale": "yellow", "style": "dim"}
_LOOKS: Final = {"italic": "italic", "oblique": "italic", "bold": "bold", "underline": "underline"}
_OF_DOCUMENT: Final = frozenset(
    ("citation-number", "first-reference-note-number", "locator", "year-suffix")
)
_WIDTH: Final = 96
_WIDEST: Final = 36


def print_explanations(explanations: Sequence[Explanation], output: str) -> None:
    """Print explanations as `text`, `json` or `html`."""
    if output == "html":
        from refcite.csl.explained_html import as_page

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
