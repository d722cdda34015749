"""How records, libraries and bibliographies show themselves in a notebook.

Notebooks ask an object for `_repr_html_`, `_repr_markdown_` and `_repr_latex_`; the classes ask
this module. What is shown is the formatted entry in a style that `use` chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice
from os import PathLike
from typing import Final

from attrs import evolve, frozen

from refcite.csl import Bibliography, Output, Processor
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["bibliography_as", "shown_as", "use"]


@frozen(kw_only=True)
class _Settings:
    style: str | PathLike[str] = "apa"
    locale: str | None = None
    most: int = 50


_PROBLEMS: Final = 10
_CSS: Final = """\
.refcite { max-width: 48em; line-height: 1.4; }
.refcite .csl-entry { margin: 0 0 0.5em; overflow-wrap: anywhere; }
.refcite .hanging .csl-entry { padding-left: 2em; text-indent: -2em; }
.refcite .hanging .csl-entry * { text-indent: 0; }
.refcite .second-field .csl-entry { display: flex; flex-wrap: wrap; }
.refcite .csl-left-margin { flex: 0 0 3em; }
.refcite .csl-right-inline { flex: 1 1 0; min-width: 60%; }
.refcite .csl-block { flex: 1 0 100%; }
.refcite .csl-indent { flex: 1 0 100%; padding-left: 2em; }
.refcite .problems { margin: 0.5em 0; padding-left: 1.2em; opacity: 0.85; }
.refcite .more { font-style: italic; }
"""
_settings = _Settings()


def use(
    style: str | PathLike[str] | None = None,
    *,
    locale: str | None = None,
    most: int | None = None,
) -> None:
    """Choose how notebooks show records and libraries.

    Args:
        style: A style's id, the path of a `.csl` file, or a style's XML; at first `apa`.
        locale: Language such as `fr-FR`; by default the style's own.
        most: How many entries of a library are shown; at first 50.

    Raises:
        StyleError: There is no such style, or it is broken.

    Example:
        >>> from refcite import Record, notebook
        >>> notebook.use("chicago-notes-bibliography")
        >>> Record(id="k", type="book", title="The Castle")._repr_markdown_()
        '*The Castle*. n.d.'
        >>> notebook.use("apa")
    """
    global _settings
    if style is not None:
        Processor(style, locale=locale)  # a wrong name is said here and not by each object
        _settings = evolve(_settings, style=style, locale=locale)
    if most is not None:
        _settings = evolve(_settings, most=most)


def shown_as(kind: Output, shown: Record | Library) -> str:
    """Return a record or a library as a notebook shows it.

    Args:
        kind: `html`, `markdown` or `latex`.
        shown: The record, or the library.
    """
    records = [shown] if isinstance(shown, Record) else list(islice(shown, _settings.most))
    bibliography = _bibliography(records, kind)
    if kind != "html":
        return str(bibliography).rstrip("\n")
    left_out = 0 if isinstance(shown, Record) else len(shown) - len(records)
    problems = [*getattr(shown, "problems", ()), *bibliography.problems]
    return _page(bibliography, problems, left_out)


def bibliography_as(kind: Output, shown: Bibliography) -> str | None:
    """Return a bibliography as a notebook shows it.

    Args:
        kind: `html`, `markdown` or `latex`.
        shown: The bibliography, in any output format.

    Returns:
        The text, or None where the bibliography was made for another output format.
    """
    if kind == "html":
        return _page(shown, shown.problems, 0)
    return str(shown).rstrip("\n") if shown.output == kind else None


def _bibliography(records: Sequence[Record], output: Output) -> Bibliography:
    processor = Processor(_settings.style, locale=_settings.locale, output=output, links=True)
    if processor.has_bibliography:
        processor.nocite(records)
        return processor.bibliography()
    return processor.first_citations(records)


def _page(bibliography: Bibliography, problems: Sequence[Problem], left_out: int) -> str:
    layout = bibliography.layout
    classes = [
        "csl-bib-body",
        *(["hanging"] if layout.hanging_indent else []),
        *(["second-field"] if layout.second_field_align else []),
    ]
    parts = [f'<div class="refcite"><style>{_CSS}</style>', f'<div class="{" ".join(classes)}">']
    is_html = bibliography.output == "html"
    for entry in bibliography:
        text = entry.text if is_html else escape(entry.text)
        parts.append(f'<div class="csl-entry" title="{escape(entry.id)}">{text}</div>')
    parts.append("</div>")
    if left_out:
        parts.append(f'<p class="more">… and {left_out:,} more</p>')
    parts += _problem_lines(problems)
    return "\n".join([*parts, "</div>"])


def _problem_lines(problems: Sequence[Problem]) -> Iterable[str]:
    if not problems:
        return
    yield '<ul class="problems">'
    for problem in problems[:_PROBLEMS]:
        yield f"<li>{escape(str(problem))}</li>"
    if len(problems) > _PROBLEMS:
        yield f'<li class="more">… and {len(problems) - _PROBLEMS:,} more problems</li>'
    yield "</ul>"
