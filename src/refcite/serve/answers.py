"""What the page is told of a text: its problems, records and bibliography, and its other forms.

Nothing here is kept: each answer is made of the text that was sent with the question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final, cast

from attrs import asdict, frozen

from refcite.csl import Bibliography, Output, Processor, style_ids
from refcite.formats import Format, dumps, formats, get_format, guess_format
from refcite.formats.files import decode
from refcite.formats.losses import grouped
from refcite.library import Library
from refcite.problems import (
    InputError,
    Problem,
    RefciteError,
    Severity,
    UnknownFormatError,
    UnknownStyleError,
)
from refcite.record import Record
from refcite.serve.markup import tree_of
from refcite.vocabulary import ATTRIBUTES

__all__ = [
    "MOST_ENTRIES",
    "MOST_PROBLEMS",
    "MOST_RECORDS",
    "OUTPUTS",
    "Asked",
    "TooMuchError",
    "bibliography",
    "decoded",
    "ending_of",
    "export",
    "export_bibliography",
    "records",
]

OUTPUTS: Final = {
    "text": ("Plain text", ".txt"),
    "html": ("HTML", ".html"),
    "markdown": ("Markdown", ".md"),
    "rst": ("reStructuredText", ".rst"),
    "latex": ("LaTeX", ".tex"),
    "typst": ("Typst", ".typ"),
}
"""The forms of a bibliography: what they are called, and the endings of their files."""

MOST_PROBLEMS: Final = 2_000
MOST_RECORDS: Final = 10_000
"""So many are shown; the counts say how many there are, and downloads have them all."""
MOST_ENTRIES: Final = 20_000
"""A bibliography of more is left to the command line."""

_VARIABLES: Final = {attribute: variable for variable, attribute in ATTRIBUTES.items()}
_ENDINGS: Final = {"hayagriva": ".yml", "coins": ".html"}


class TooMuchError(RefciteError):
    """More was asked than a page in the browser can show."""


@frozen(kw_only=True)
class Asked:
    """A text, and what was said of it.

    Attributes:
        data: The text, in any of the usual encodings.
        format: A format's name; None where the text tells.
        name: The name of the file it came from, whose ending may tell the format.
    """

    data: bytes
    format: str | None = None
    name: str | None = None

    def read(self) -> tuple[Library, Format | None]:
        """Return the records, with the problems met, and the format that was read.

        Raises:
            InputError: The bytes are not text.
            UnknownFormatError: Nothing tells the format, or there is none of this name.
        """
        text, problems = decode(self.data)
        if not text.strip():
            return Library(), None
        chosen = get_format(self.format) if self.format else guess_format(text, self.name)
        library = chosen.read(text)
        library.problems = [*problems, *library.problems]
        return library, chosen


def decoded(asked: Asked) -> dict[str, Any]:
    """Return the text of a file, and what was met in decoding it.

    Raises:
        InputError: The bytes are not text.
    """
    text, problems = decode(asked.data)
    return {"text": text, "problems": [_problem(one) for one in problems]}


def records(asked: Asked) -> dict[str, Any]:
    """Return the problems and the records of a text; that it cannot be read is a problem too."""
    try:
        library, chosen = asked.read()
    except (InputError, UnknownFormatError) as error:
        library, chosen = Library(problems=[_unread(error)]), None
    counts = Counter(problem.severity.value for problem in library.problems)
    return {
        "format": chosen and {"name": chosen.name, "title": chosen.title},
        "count": len(library),
        "records": [_record(one) for one in islice(library, MOST_RECORDS)],
        "problem_counts": {severity.value: counts[severity.value] for severity in Severity},
        "problems": [_problem(one) for one in library.problems[:MOST_PROBLEMS]],
    }


def bibliography(asked: Asked, style: str, locale: str | None) -> dict[str, Any]:
    """Return the formatted entries of a text's records, as trees, and how they are laid out.

    Args:
        asked: The text.
        style: A style's id; never a path or XML, which a page has no business to name.
        locale: A language, or None for the style's own.

    Raises:
        RefciteError: There is no such style or locale, the text cannot be read, or it holds more
            records than a page can show.
    """
    library, _ = asked.read()
    made = _bibliography(library, style, locale, "html")
    return {
        "entries": [{"id": entry.id, "text": tree_of(entry.text)} for entry in made],
        "layout": asdict(made.layout),
        "problems": [_problem(one) for one in made.problems[:MOST_PROBLEMS]],
    }


def _bibliography(
    library: Sequence[Record], style: str, locale: str | None, output: Output
) -> Bibliography:
    if style not in style_ids():
        raise UnknownStyleError(f"there is no style {style!r}")
    if len(library) > MOST_ENTRIES:
        raise TooMuchError(
            f"the page formats up to {MOST_ENTRIES:,} records, and these are {len(library):,};"
            " `refcite cite` formats any number"
        )
    processor = Processor(style, locale=locale, output=output, links=True)
    if processor.has_bibliography:
        processor.nocite(library)
        return processor.bibliography()
    return processor.first_citations(library)


def export(asked: Asked, to: str) -> dict[str, Any]:
    """Return a text's records in another format, with what that cannot carry.

    Args:
        asked: The text.
        to: A format's name.

    Raises:
        RefciteError: The text cannot be read, or the format cannot be written.
    """
    library, _ = asked.read()
    target = get_format(to)
    lost: list[Problem] = []
    text = dumps(library, target.name, problems=lost)
    return {
        "text": text,
        "name": f"references{ending_of(target)}",
        "problems": [_problem(one) for one in islice(grouped(lost), MOST_PROBLEMS)],
    }


def export_bibliography(asked: Asked, to: str, style: str, locale: str | None) -> dict[str, Any]:
    """Return a bibliography in one of the processor's output formats.

    Args:
        asked: The text.
        to: One of `OUTPUTS`.
        style: A style's id.
        locale: A language, or None for the style's own.

    Raises:
        RefciteError: As `bibliography` does.
    """
    library, _ = asked.read()
    made = _bibliography(library, style, locale, cast("Output", to))
    _, ending = OUTPUTS[to]
    return {
        "text": f"{made}\n" if made else "",
        "name": f"bibliography{ending}",
        "problems": [_problem(one) for one in made.problems[:MOST_PROBLEMS]],
    }


def ending_of(format_: Format) -> str:
    """Return the ending of files of a format, with its dot.

    Example:
        >>> ending_of(get_format("ris")), ending_of(get_format("biblatex"))
        ('.ris', '.bib')
    """
    if format_.name in _ENDINGS:
        return _ENDINGS[format_.name]
    if format_.extensions:
        return format_.extensions[0]
    beside = (one.extensions for one in formats() if one.module == format_.module)
    found = next((endings[0] for endings in beside if endings), None)
    return found or (".xml" if format_.name.endswith("-xml") else ".txt")


def _unread(error: RefciteError) -> Problem:
    code = "unknown-format" if isinstance(error, UnknownFormatError) else "unreadable-input"
    return Problem(severity=Severity.ERROR, code=code, message=str(error))


def _record(record: Record) -> dict[str, Any]:
    values = record.variables()
    names = values.get("author") or values.get("editor") or ()
    return {
        "id": record.id,
        "type": record.type,
        "line": record.origin.line if record.origin else None,
        "title": record.title or "",
        "names": "; ".join(map(str, names)),
        "issued": str(record.issued) if record.issued else "",
        "fields": [[_VARIABLES[name], _lines(value)] for name, value in values.items()],
        "extra": [[str(name), _lines(value)] for name, value in record.extra.items()],
    }


def _lines(value: object) -> list[str]:
    """Return a value as texts, one for each name of a list."""
    if isinstance(value, tuple | list):
        return [str(one) for one in cast("Iterable[object]", value)]
    return [str(value)]


def _problem(problem: Problem) -> dict[str, Any]:
    shown = ("code", "message", "line", "column", "hint", "key")
    return {"severity": problem.severity.value, **{name: getattr(problem, name) for name in shown}}
