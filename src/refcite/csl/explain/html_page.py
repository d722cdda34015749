"""Explanations as HTML, without scripts and external resources.

The result is a complete page, or an output of a notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape as escape_html
from typing import Final

from attrs import asdict

from refcite.csl.backends.base import printable
from refcite.csl.explain.explanation import ExplainedSpan, Explanation
from refcite.csl.explain.wording import (
    in_place,
    label_of,
    lines_of,
    missing_variables,
    settings_of,
    unprinted_variables,
    unsupported_variables,
)

__all__ = ["as_fragment", "as_page"]

_PAGE_CSS: Final = """\
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 56rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 2.5rem 0 0.5rem; }
"""
# A notebook has its own rules, in particular for tables. Its theme may differ from the system's, so
# each text colour is set with a background colour.
_CSS: Final = """\
.refcite-explained { --ink: #1c1c1c; --paper: #fdfdfb; --edge: #8a8a8a; --record: #0b5d2e;
  --document: #7a1e7a; --locale: #7a4a00; --style: #555555; --tip: #ffffff; --room: 8.5rem;
  color: var(--ink); background: var(--paper); font: 1rem/1.6 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { .refcite-explained { --ink: #e8e8e6; --paper: #17181a;
  --edge: #8f8f8f; --record: #7fd8a0; --document: #e09be0; --locale: #e8be78; --style: #b0b0b0;
  --tip: #26282c; } }
@media (max-width: 40rem) { .refcite-explained { --room: 13rem; } }
.refcite-explained, .refcite-explained * { box-sizing: border-box; }
.refcite-explained .entry { position: relative; margin: 0.4rem 0 1rem; padding-bottom: var(--room);
  font-family: Georgia, serif; font-size: 1.15rem; line-height: 2; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.refcite-explained .piece { border-bottom: 2px solid transparent; border-radius: 2px; }
.refcite-explained .record { color: var(--record); border-color: currentColor; }
.refcite-explained .document { color: var(--document); border-color: currentColor; }
.refcite-explained .locale { color: var(--locale); border-color: currentColor; }
.refcite-explained .style { color: var(--style); }
.refcite-explained .piece:hover, .refcite-explained .piece:focus-within {
  outline: 2px solid currentColor; outline-offset: 1px; }
.refcite-explained .entry::after, .refcite-explained .tip { position: absolute; left: 0; right: 0;
  bottom: 0; height: calc(var(--room) - 1rem); box-sizing: border-box; padding: 0.5rem 0.7rem;
  border: 1px solid var(--edge); border-radius: 4px; font: 0.85rem/1.45 system-ui, sans-serif;
  white-space: normal; }
.refcite-explained .entry::after { color: var(--style); border-style: dotted;
  content: "Point at a piece of the entry, or move to it with the Tab key."; }
.refcite-explained .tip { display: none; z-index: 1; overflow: auto; color: var(--ink);
  background: var(--tip); user-select: none; }
.refcite-explained .piece:hover > .tip, .refcite-explained .piece:focus-within > .tip {
  display: block; }
.refcite-explained .piece:hover > .tip { z-index: 2; }
.refcite-explained .tip b, .refcite-explained .tip i { display: block; font-style: normal; }
.refcite-explained .tip code { font-size: 0.95em; }
.refcite-explained :not(pre) > code { color: inherit; background: none; padding: 0; }
.refcite-explained .italic { font-style: italic; }
.refcite-explained .oblique { font-style: oblique; }
.refcite-explained .small-caps { font-variant: small-caps; }
.refcite-explained .bold { font-weight: bold; }
.refcite-explained .light { font-weight: 300; }
.refcite-explained .underline { text-decoration: underline; }
.refcite-explained .sup { vertical-align: super; font-size: 0.75em; }
.refcite-explained .sub { vertical-align: sub; font-size: 0.75em; }
.refcite-explained .legend { padding: 0; list-style: none; }
.refcite-explained .legend li { display: inline-block; margin: 0 1.2rem 0 0; }
.refcite-explained table { border-collapse: collapse; width: 100%; margin: 0;
  table-layout: auto; color: inherit; font-size: 0.9rem; }
.refcite-explained .wide { overflow-x: auto; }
.refcite-explained tr:nth-child(n):nth-child(n) { background: none; }
.refcite-explained th, .refcite-explained td { padding: 0.25rem 0.6rem 0.25rem 0; text-align: left;
  vertical-align: top; border-bottom: 1px solid var(--edge); }
.refcite-explained td:first-child { white-space: pre-wrap; min-width: 8rem; }
.refcite-explained dt { font-weight: 600; } .refcite-explained dd { margin: 0 0 0.4rem 1.2rem; }
.refcite-explained summary { cursor: pointer; }
.refcite-explained.shown { padding: 0.2rem 1rem 0.6rem; max-width: 56rem; border-radius: 4px; }
.refcite-explained .title { font-weight: 600; }
"""
_COMMAND: Final = re.compile("`([^`]*)`")
_BETWEEN: Final = frozenset(("affix", "delimiter", "display", "quotes"))
_COLUMNS: Final = ("Text", "What", "Line", "Element", "Around it", "Shaped by")
_LEGEND: Final = (
    ("record", "from the record"),
    ("document", "from the document"),
    ("locale", "from the terms and date formats of the locale"),
    ("style", "from the style"),
)


def as_page(explanations: Sequence[Explanation]) -> str:
    """Return explanations as an HTML page.

    The reader can point at each piece of an entry; its description is shown below the entry. The
    Tab key moves to the pieces of interest and skips the text between them.
    """
    names = ", ".join(dict.fromkeys(explanation.style for explanation in explanations))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Explained: {_escape(names)}</title>",
            f'<style>\n{_PAGE_CSS}{_CSS}</style></head><body class="refcite-explained">',
            "<main><h1>How these entries are formatted</h1>",
            *_hint(dict.fromkeys(explanation.style for explanation in explanations)),
            *_legend(),
            *(
                line
                for number, explanation in enumerate(explanations)
                for line in _section(explanation, f"entry-{number}", "h2")
            ),
            "</main></body></html>",
        ]
    )


def as_fragment(explanation: Explanation, name: str) -> str:
    """Return an explanation as HTML for a place in another page, with its style sheet.

    Args:
        explanation: The explanation.
        name: The start of the ids of the elements; no other fragment of the page may have it.
    """
    return "\n".join(
        [
            f"<style>\n{_CSS}</style>",
            # A notebook would treat a heading as its own.
            *_section(explanation, name, 'p class="title"'),
            *_legend(),
            *_hint([explanation.style]),
        ]
    )


def _hint(styles: Iterable[str]) -> Iterator[str]:
    said = " ".join(_escape(lines_of(style)) for style in styles)
    yield "<p>" + _COMMAND.sub(r"<code>\1</code>", said)
    yield "Point at a piece, or move to it with the Tab key.</p>"


def _legend() -> Iterator[str]:
    yield '<ul class="legend">'
    yield from (f'<li><span class="{name}">■</span> {words}</li>' for name, words in _LEGEND)
    yield "</ul>"


def _section(explanation: Explanation, name: str, tag: str) -> Iterator[str]:
    """Yield the HTML of one explanation.

    Args:
        explanation: The explanation.
        name: The start of the ids of the elements.
        tag: The tag of the title.
    """
    title = f'<{tag} id="{name}">{_escape(explanation.id)}</{tag.split()[0]}>'
    yield f'<section aria-labelledby="{name}">{title}'
    spans = in_place(explanation)
    pieces = (_piece(span, f"{name}-{place}") for place, span in enumerate(spans))
    yield f'<p class="entry" dir="auto">{"".join(pieces)}</p>'
    yield "<details><summary>All pieces</summary>"
    yield from _table(explanation.spans)
    yield "</details>"
    yield from _lacking(explanation)
    yield "</section>"


def _lacking(explanation: Explanation) -> Iterator[str]:
    """Yield the variables that only the record has, and those that the record lacks."""
    nowhere = ["this style does not print it here"]
    found = unprinted_variables(explanation) | dict.fromkeys(
        unsupported_variables(explanation), nowhere
    )
    if found:
        yield "<details><summary>In the record, but not printed</summary><dl>"
        for variable, lines in found.items():
            yield f"<dt>{_escape(variable)}</dt>"
            yield from (f"<dd>{_escape(line)}</dd>" for line in lines)
        yield "</dl></details>"
    missing = missing_variables(explanation)
    if missing:
        words = (f"{variable} ({'/'.join(map(str, lines))})" for variable, lines in missing.items())
        yield "<details><summary>Used by the style, but not in the record (line)</summary>"
        yield f"<p>{_escape(', '.join(words))}</p></details>"


def _piece(span: ExplainedSpan, name: str) -> str:
    looks = [value for value in asdict(span.format).values() if value]
    classes = " ".join(["piece", span.source, *looks])
    around = " › ".join(span.macros)
    tip = [
        f"<b>{_escape(label_of(span))}</b> ",
        f"<code>{_escape(span.where.tag)}</code> line {span.where.line}",
        f"<i>in {_escape(around)}</i>" if around else "",
        *(f"<i>{_escape(shaping)}</i>" for shaping in settings_of(span)),
    ]
    said = f'<span class="tip" role="tooltip" id="{name}">{"".join(tip)}</span>'
    label = _escape(f"{label_of(span)}: {span.text}")
    # Tab does not stop at each comma: the table describes the signs between parts too.
    stop = -1 if span.kind in _BETWEEN else 0
    opening = (
        f'<span class="{_escape(classes)}" tabindex="{stop}" role="group" aria-label="{label}" '
        f'aria-describedby="{name}">'
    )
    return f"{opening}{_escape(span.text)}{said}</span>"


def _table(spans: Iterable[ExplainedSpan]) -> Iterator[str]:
    yield '<div class="wide" tabindex="0" role="region" aria-label="All pieces">'
    yield "<table><thead><tr>"
    yield from (f'<th scope="col">{word}</th>' for word in _COLUMNS)
    yield "</tr></thead><tbody>"
    for span in spans:
        around = " › ".join(f"{where.element} {where.line}" for where in span.path[:-1])
        shaping = "; ".join(settings_of(span))
        cells = (span.text, label_of(span), str(span.where.line), span.where.tag, around, shaping)
        yield f"<tr>{''.join(f'<td>{_escape(cell)}</td>' for cell in cells)}</tr>"
    yield "</tbody></table></div>"


def _escape(text: str) -> str:
    """Return a text such that HTML shows it as it is, without control characters."""
    return escape_html(printable(text))
