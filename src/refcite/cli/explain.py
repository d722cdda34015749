"""`refcite explain`: how entries are formatted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final

from attrs import astuple

from refcite.cli.terminal import (
    Line,
    Piece,
    console,
    echo,
    echo_document,
    echo_table,
    on_terminal,
    printable,
)
from refcite.csl import ExplainedSpan, Explanation
from refcite.csl.explain.wording import (
    in_place,
    label_of,
    lines_of,
    missing_variables,
    settings_of,
    unprinted_variables,
    unsupported_variables,
)
from refcite.library import Library
from refcite.problems import near_matches

__all__ = ["known_keys", "print_explanations"]

_COLOURS: Final = {"record": "green", "document": "magenta", "locale": "yellow", "style": "dim"}
_LOOKS: Final = {"italic": "italic", "oblique": "italic", "bold": "bold", "underline": "underline"}
_WIDTH: Final = 98
_WIDEST: Final = 36
_MARGIN: Final = 26
"""The column of the reason why a variable was omitted, after its name."""


def known_keys(keys: Iterable[str], library: Library) -> list[str]:
    """Return the keys that are in a library; report the others, with similar keys."""
    known: list[str] = []
    for key in keys:
        if library.get(key) is not None:
            known.append(key)
        else:
            near = near_matches(key, library.ids)
            message = f"Error: there is no record {key!r} in the library{near}"
            echo([printable(message)], err=True)
    return known


def print_explanations(explanations: Sequence[Explanation], output: str) -> None:
    """Print explanations as `text`, `json` or `html`."""
    if output == "html":
        from refcite.csl.explain.html_page import as_page

        echo_document([as_page(explanations), "\n"])
    elif output == "json":
        from refcite.cli.explain_json import as_json

        echo_document([as_json(explanations), "\n"])
    else:
        for number, explanation in enumerate(explanations):
            if number:
                echo([""])
            _print_explanation(explanation)
        for style in dict.fromkeys(explanation.style for explanation in explanations):
            echo(["", ((printable(lines_of(style)), "dim"),)])


def _print_explanation(explanation: Explanation) -> None:
    title = printable(f"{explanation.id} ({explanation.area} of {explanation.style})")
    echo([((title, "bold"),), ("  ", *map(_coloured, in_place(explanation))), ""])
    echo_table(map(_row, explanation.spans), indent=2)
    echo(_unprinted_variables(explanation))
    echo(_missing_variables(explanation))


def _coloured(span: ExplainedSpan) -> Piece:
    text = "\n  ".join(map(printable, span.text.split("\n")))
    looks = [_LOOKS[value] for value in astuple(span.format) if value in _LOOKS]
    return text, " ".join([_COLOURS[span.source], *looks])


def _row(span: ExplainedSpan) -> tuple[Line, ...]:
    place = f"line {span.where.line:<4} {printable(span.where.tag)}"
    around = f"  in {printable(span.macros[-1])}" if span.macros else ""
    shaping = "".join(f"; {printable(one)}" for one in settings_of(span))
    return (
        ((_quoted(span.text), _COLOURS[span.source]),),
        label_of(span),
        (place, (f"{around}{shaping}", "dim")),
    )


def _quoted(text: str) -> str:
    """Return a text in one line, in quotation marks that show its spaces."""
    shown = printable(text)
    room = min(_WIDEST, _width() // 4) - 2 if on_terminal() else _WIDEST - 2
    if len(shown) > room:
        shown = f"{shown[: room - 1]}…"
    return f'"{shown}"'


def _width() -> int:
    """Return the maximum length of a line."""
    return min(_WIDTH, console().width) if on_terminal() else _WIDTH


def _unprinted_variables(explanation: Explanation) -> Iterator[Line]:
    """Yield the lines about variables of the record that are not in the entry."""
    found, nowhere = unprinted_variables(explanation), unsupported_variables(explanation)
    if not found and not nowhere:
        return
    yield ""
    yield (("  In the record, but not printed", "bold"),)
    for variable, lines in found.items():
        for number, line in enumerate(lines):
            name = variable if not number else ""
            first, *others = _broken(printable(line), _MARGIN)
            yield f"  {name:<{_MARGIN - 4}}  {first}"
            yield from (" " * _MARGIN + other for other in others)
    if nowhere:
        pronoun = "it" if len(nowhere) == 1 else "them"
        words = f"{', '.join(nowhere)}: this style does not print {pronoun} here"
        yield from (f"  {line}" for line in _broken(words, 2))


def _missing_variables(explanation: Explanation) -> Iterator[Line]:
    """Yield the lines about variables that the style uses and the record lacks."""
    missing = missing_variables(explanation)
    if missing:
        yield ""
        yield (("  Used by the style, but not in the record (line)", "bold"),)
        words = ", ".join(
            f"{variable}\u00a0({'/'.join(map(str, lines))})" for variable, lines in missing.items()
        )
        for line in wrap(words, _width() - 2, break_on_hyphens=False):
            yield f"  {line}".replace("\u00a0", " ")


def _broken(line: str, margin: int) -> list[str]:
    """Return a line in pieces that fit on the terminal next to a margin; otherwise one piece."""
    if not on_terminal():
        return [line]
    return wrap(line, max(_width() - margin, _MARGIN), break_on_hyphens=False)
