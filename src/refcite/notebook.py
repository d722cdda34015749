"""The display of records, libraries, bibliographies and explanations in a notebook.

Notebooks request HTML, Markdown and LaTeX from an object (`refcite.hooks.Shown`), and the classes
call this module. Records are shown as formatted entries, in the style set by `use`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2s
from html import escape as escape_html
from itertools import islice
from operator import index
from os import PathLike
from typing import Final

from attrs import evolve, frozen

from refcite.csl import Bibliography, Entry, Explanation, Processor
from refcite.csl.backends import find_backend
from refcite.csl.backends.base import printable
from refcite.csl.bibliographies import in_formats
from refcite.csl.explain.html_page import as_fragment
from refcite.csl.style.finder import StyleFolders
from refcite.csl.styled_works import styled_works
from refcite.library import Library
from refcite.problems import Problem, RefciteError, Severity
from refcite.record import Record

__all__ = ["use"]


@frozen(kw_only=True)
class _Settings:
    style: str | PathLike[str] = "apa"
    locale: str | None = None
    styles: StyleFolders | None = None
    most: int = 50


@frozen(kw_only=True)
class _Display:
    """The displayed text, in one output format.

    Attributes:
        bibliography: The entries; in another format if they are not available in this one.
        notes: Notes about the entries, one line each.
        problems: The problems, of which the first are shown.
    """

    bibliography: Bibliography
    notes: Sequence[str] = ()
    problems: Sequence[Problem] = ()


_OUTPUTS: Final = {"text/html": "html", "text/markdown": "markdown", "text/latex": "latex"}
_PROBLEMS: Final = 10
# Disambiguation compares all cited works, and a display should not take many seconds.
_LARGEST: Final = 10_000
_CSS: Final = """\
.refcite { max-width: 48em; line-height: 1.4; }
.refcite .csl-entry { margin: 0 0 0.5em; overflow-wrap: anywhere; }
.refcite .hanging .csl-entry { padding-left: 2em; text-indent: -2em; }
.refcite .hanging .csl-entry * { text-indent: 0; }
.refcite .second-field .csl-entry { display: flex; flex-wrap: wrap; }
.refcite .csl-heading { margin: 1em 0 0.5em; font-weight: bold; }
.refcite .csl-left-margin { flex: 0 0 3em; }
.refcite .csl-right-inline { flex: 1 1 0; min-width: 60%; }
.refcite .csl-block { flex: 1 0 100%; }
.refcite .csl-indent { flex: 1 0 100%; padding-left: 2em; }
.refcite .problems { margin: 0.5em 0; padding-left: 1.2em; opacity: 0.85; }
.refcite .more { font-style: italic; }
"""
_settings = _Settings()
_times_shown: Final = Counter[str]()


def use(
    style: str | PathLike[str] | None = None,
    *,
    locale: str | None = None,
    most: int | None = None,
    styles: StyleFolders | None = None,
) -> None:
    """Set how notebooks show records and libraries.

    Options that are not set keep their values, but a new style is used with its own locale.

    Args:
        style: A style's id, the path of a `.csl` file, or a style's XML; initially `apa`.
        locale: Locale such as `fr-FR`; by default the locale of the style.
        most: Maximum number of entries shown for a library, at least 1; initially 50.
        styles: A folder of your own styles and locales, or several, as for `Processor`.

    Raises:
        StyleError: There is no such style or locale, or the style is not valid.
        RefciteError: `most` is not a whole number of at least 1.

    Example:
        >>> from refcite import Record, notebook
        >>> notebook.use("chicago-notes-bibliography")
        >>> print(Record(id="k", type="book", title="The Castle")._repr_markdown_())
        *The Castle*. n.d.
        >>> notebook.use(locale="nl-NL")
        >>> print(Record(id="k", type="book", title="The Castle")._repr_markdown_())
        *The Castle*. z.d.
        >>> notebook.use("apa")
    """
    global _settings
    chosen = _settings
    if most is not None:
        chosen = evolve(chosen, most=_number(most))
    if styles is not None:
        # An iterator would be empty at the second use.
        if not isinstance(styles, str | PathLike) and isinstance(styles, Iterable):
            styles = tuple(styles)
        chosen = evolve(chosen, styles=styles)
    if style is not None:
        chosen = evolve(chosen, style=style, locale=locale)
    elif locale is not None:
        chosen = evolve(chosen, locale=locale)
    if chosen != evolve(_settings, most=chosen.most):
        # Report a wrong name here, and not for each object.
        Processor(chosen.style, locale=chosen.locale, styles=chosen.styles)
    _settings = chosen


def _number(most: int) -> int:
    try:
        number = index(most)
    except TypeError:
        number = 0
    if number < 1:
        raise RefciteError(f"most must be a whole number of at least 1, not {most!r}")
    return number


def shown(
    what: Record | Library | Bibliography | Explanation, kind: str | None = None
) -> dict[str, str]:
    """Return the display of an object in a notebook, by media type.

    Args:
        what: The object; an explanation is shown only as HTML.
        kind: The only requested media type: `text/html`, `text/markdown` or `text/latex`.
    """
    outputs = {one: output for one, output in _OUTPUTS.items() if kind in (None, one)}
    if isinstance(what, Explanation):
        return {one: _explained(what) for one in outputs if one == "text/html"}
    if isinstance(what, Bibliography):
        displays = _of_bibliography(what, outputs.values())
    else:
        displays = _of_records(what, outputs.values())
    return {
        one: _WRITERS[output](displays[output])
        for one, output in outputs.items()
        if output in displays
    }


def _of_bibliography(bibliography: Bibliography, outputs: Iterable[str]) -> dict[str, _Display]:
    wanted = list(outputs)
    found = in_formats(bibliography, wanted)
    if "html" in wanted:
        found.setdefault("html", bibliography)
    # Infos describe the style, which the reader of a notebook has chosen, or highlighted names.
    problems = [
        one
        for one in bibliography.problems
        if one.severity is not Severity.INFO or one.code == "highlighted-by-initials"
    ]
    notes = [] if bibliography or problems else ["No entries."]
    return {
        output: _Display(bibliography=one, notes=notes, problems=problems)
        for output, one in found.items()
    }


def _of_records(what: Record | Library, outputs: Iterable[str]) -> dict[str, _Display]:
    problems: list[Problem] = getattr(what, "problems", [])
    records = [what] if isinstance(what, Record) else what
    try:
        styled = styled_works(
            islice(records, _LARGEST),
            _settings.style,
            locale=_settings.locale,
            styles=_settings.styles,
        )
        made = styled.formatted(outputs, _settings.most)
    except RefciteError as error:
        # The style existed when it was chosen.
        empty = Bibliography(entries=())
        lost = [_lost_style(error), *problems]
        return {output: _Display(bibliography=empty, problems=lost) for output in outputs}
    displays = {}
    for output, bibliography in made.items():
        left_out = len(styled.works) - len(bibliography) - len(bibliography.problems)
        displays[output] = _Display(
            bibliography=bibliography,
            notes=list(_notes(len(records), left_out)),
            problems=[*problems, *bibliography.problems],
        )
    return displays


def _notes(count: int, left_out: int) -> Iterable[str]:
    if not count:
        yield "No records."
    beyond = max(count - _LARGEST, 0)
    if left_out or beyond:
        yield f"… and {left_out + beyond:,} more"
    if beyond:
        yield (
            f"Only the first {_LARGEST:,} records were sorted and disambiguated;"
            " use refcite.bibliography for any number."
        )


def _lost_style(error: RefciteError) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="unusable-style",
        message=str(error),
        hint="choose another style with refcite.notebook.use",
    )


def _problem_texts(problems: Sequence[Problem]) -> Iterable[str]:
    for problem in problems[:_PROBLEMS]:
        yield " ".join(str(problem).split())
    if len(problems) > _PROBLEMS:
        yield f"… and {len(problems) - _PROBLEMS:,} more problems"


# Writing


def _html(display: _Display) -> str:
    bibliography = display.bibliography
    layout = bibliography.layout
    classes = [
        "csl-bib-body",
        *(["hanging"] if layout.hanging_indent else []),
        *(["second-field"] if layout.second_field_align else []),
    ]
    is_html = bibliography.output == "html"

    def written(entries: Iterable[Entry]) -> list[str]:
        return [
            f'<div class="csl-entry" title="{_escape(entry.id)}">'
            f"{entry.text if is_html else _escape(entry.text)}</div>"
            for entry in entries
        ]

    entries = []
    for heading, of_section in bibliography.sections:
        # Not an element for headings, which notebooks list in their tables of contents.
        entries.append(f'<div class="csl-heading">{_escape(heading)}</div>')
        entries += written(of_section)
    entries = entries or written(bibliography)
    problems = [f"<li>{_escape(text)}</li>" for text in _problem_texts(display.problems)]
    parts = [
        f"<style>{_CSS}</style>",
        *([f'<div class="{" ".join(classes)}">', *entries, "</div>"] if entries else []),
        *(f'<p class="more">{_escape(note)}</p>' for note in display.notes),
        *(['<ul class="problems">', *problems, "</ul>"] if problems else []),
    ]
    return _framed("\n".join(parts), "refcite")


def _explained(explanation: Explanation) -> str:
    # The same explanation may be shown twice, and ids must be unique in the whole notebook. A
    # number alone would start again with the next kernel, while the outputs of the last kernel
    # remain.
    digest = blake2s(as_fragment(explanation, "").encode(), digest_size=6).hexdigest()
    _times_shown[digest] += 1
    name = f"refcite-{digest}-{_times_shown[digest]}"
    return _framed(as_fragment(explanation, name), "refcite-explained shown")


def _framed(inner: str, classes: str) -> str:
    """Return HTML in a `div` of some classes, in which a dollar sign does not begin a formula."""
    # MathJax, in its different versions, skips elements with these classes.
    return f'<div class="{classes} tex2jax_ignore mathjax_ignore">{inner}\n</div>'


def _markdown(display: _Display) -> str:
    problems = [f"- {_escaped(text, 'markdown')}" for text in _problem_texts(display.problems)]
    parts = [
        str(display.bibliography).rstrip("\n"),
        *(f"*{_escaped(note, 'markdown')}*" for note in display.notes),
        "\n".join(problems),
    ]
    return "\n\n".join(filter(None, parts))


def _latex(display: _Display) -> str:
    problems = [rf"\item {_escaped(text, 'latex')}" for text in _problem_texts(display.problems)]
    parts = [
        str(display.bibliography).rstrip("\n"),
        *(rf"\emph{{{_escaped(note, 'latex')}}}" for note in display.notes),
        "\n".join([r"\begin{itemize}", *problems, r"\end{itemize}"]) if problems else "",
    ]
    return "\n\n".join(filter(None, parts))


def _escape(text: str) -> str:
    return escape_html(printable(text))


def _escaped(text: str, output: str) -> str:
    backend = find_backend(output)
    return backend.finish(backend.escape(text))


_WRITERS: Final[dict[str, Callable[[_Display], str]]] = {
    "html": _html,
    "markdown": _markdown,
    "latex": _latex,
}
