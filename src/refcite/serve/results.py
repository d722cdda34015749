"""The results for a text: its problems, records and bibliography, and its other formats.

Nothing is kept between requests: each result is computed from the text in the request.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, Final, cast

from attrs import asdict

from refcite.collection.duplicates import Certainty, duplicates
from refcite.collection.merge import merge_groups
from refcite.csl import Bibliography, GroupBy, Output, Processor, style_ids
from refcite.csl.backends import EXTENSIONS
from refcite.formats import Format, dumps, formats, get_format, guess_format
from refcite.formats.files import decode
from refcite.formats.losses import grouped
from refcite.library import Library
from refcite.names import Name
from refcite.problems import (
    InputError,
    Problem,
    RefciteError,
    Severity,
    UnknownFormatError,
    UnknownStyleError,
)
from refcite.record import Record
from refcite.richtext import plain
from refcite.serve.markup import tree_of
from refcite.serve.sent_texts import PAGES, Found, SentText, SentTexts
from refcite.vocabulary import VARIABLE_OF

__all__ = [
    "MOST_ENTRIES",
    "MOST_PROBLEMS",
    "MOST_RECORDS",
    "OUTPUTS",
    "TooMuchError",
    "bibliography",
    "decoded",
    "ending_of",
    "export",
    "export_bibliography",
    "records",
    "shown_problem",
    "shown_value",
]

_PAGE: Final = "html-page"
OUTPUTS: Final = {
    "text": "Plain text",
    _PAGE: "HTML (a whole page)",
    "html": "HTML (a part of a page)",
    "markdown": "Markdown",
    "rst": "reStructuredText",
    "latex": "LaTeX",
    "typst": "Typst",
    "rtf": "RTF, for word processors",
    "docx": "Word document (DOCX)",
}
"""The output formats of a bibliography with their titles, and HTML as a whole page."""

MOST_PROBLEMS: Final = 2_000
MOST_RECORDS: Final = 10_000
"""The maximum number shown; the counts include all, and downloads contain all."""
MOST_ENTRIES: Final = 20_000
"""Larger bibliographies are only formatted on the command line."""

_BINARY: Final = frozenset({"docx"})
_ENDINGS: Final = {"hayagriva": ".yml", "coins": ".html"}


class TooMuchError(RefciteError):
    """A result has more records than a page in the browser can show."""


def decoded(sent: SentText) -> dict[str, Any]:
    """Return the text of a file, the problems of its decoding, and its format.

    Raises:
        InputError: The bytes are not text.
    """
    text, problems = decode(sent.data)
    try:
        chosen = guess_format(text, sent.name)
    except UnknownFormatError:
        chosen = None
    return {
        "text": text,
        "problems": [shown_problem(one) for one in problems],
        "format": chosen and _format(chosen),
    }


def records(sent: SentText | SentTexts) -> dict[str, Any]:
    """Return the problems and the records of a text; an unreadable text is a problem."""
    try:
        found = sent.read()
    except (InputError, UnknownFormatError) as error:
        found = Found(library=Library(problems=[_unread(error, sent)]))
    library, chosen = found.library, found.format
    counts = Counter(problem.severity.value for problem in library.problems)
    files = {file.name: place for place, file in enumerate(found.files)}
    problems = sorted(
        library.problems, key=lambda one: (files.get(one.file or "", 0), *_place(one))
    )
    return {
        "format": chosen and _format(chosen),
        "detected_by": found.detected_by,
        "files": [
            {"name": one.name, "format": one.format and _format(one.format), "count": one.count}
            for one in found.files
        ],
        "count": len(library),
        "records": [_record(one) for one in islice(library, MOST_RECORDS)],
        "problem_counts": {severity.value: counts[severity.value] for severity in Severity},
        "problems": [shown_problem(one) for one in problems[:MOST_PROBLEMS]],
    }


def bibliography(
    sent: SentText | SentTexts, style: str, locale: str | None, group_by: str | None = None
) -> dict[str, Any]:
    """Return the formatted entries of a text's records, as trees, and their layout.

    Args:
        sent: The text.
        style: A style's id; a path or XML is not allowed here.
        locale: A locale, or None for the locale of the style.
        group_by: `type`, `keyword` or `language`, for sections; None for none.

    Raises:
        RefciteError: There is no such style or locale, the text cannot be read, or it has more
            records than a page can show.
    """
    library = sent.read().library
    made = _bibliography(library, style, locale, "html", group_by)
    return {
        "entries": [
            {"id": entry.id, "text": tree_of(entry.text), "section": entry.section}
            for entry in made
        ],
        "layout": asdict(made.layout),
        "problems": [shown_problem(one) for one in made.problems[:MOST_PROBLEMS]],
    }


def _bibliography(
    library: Sequence[Record],
    style: str,
    locale: str | None,
    output: Output,
    group_by: str | None,
) -> Bibliography:
    if style not in style_ids():
        raise UnknownStyleError(f"there is no style {style!r}")
    if len(library) > MOST_ENTRIES:
        raise TooMuchError(
            f"the page formats up to {MOST_ENTRIES:,} records, but there are {len(library):,};"
            " use `refcite cite` for any number of records"
        )
    processor = Processor(style, locale=locale, output=output, links=True)
    sections = cast("GroupBy | None", group_by)
    if processor.has_bibliography:
        processor.nocite(library)
        return processor.bibliography(sections=sections)
    return processor.first_citations(library, sections=sections)


def export(sent: SentText | SentTexts, to: str, merge: str | None = None) -> dict[str, Any]:
    """Return a text's records in another format, with the problems about lost values.

    Args:
        sent: The text.
        to: A format's name.
        merge: The lowest certainty of duplicates that are merged; None merges none.

    Raises:
        RefciteError: The text cannot be read, or the format cannot be written.
    """
    library = sent.read().library
    if merge in tuple(Certainty):
        library = merge_groups(library, duplicates(library, certainty=merge)).library
    target = get_format(to)
    lost: list[Problem] = []
    text = dumps(library, target.name, problems=lost)
    return {
        "text": text,
        "name": f"references{ending_of(target)}",
        # A group's message names its entries.
        "problems": [
            shown_problem(one.replace(key=None)) for one in islice(grouped(lost), MOST_PROBLEMS)
        ],
    }


def export_bibliography(
    sent: SentText | SentTexts, to: str, style: str, locale: str | None, group_by: str | None = None
) -> dict[str, Any]:
    """Return a bibliography in one of the processor's output formats.

    Args:
        sent: The text.
        to: One of `OUTPUTS`.
        style: A style's id.
        locale: A locale, or None for the locale of the style.
        group_by: `type`, `keyword` or `language`, for sections; None for none.

    Raises:
        RefciteError: As `bibliography` does, or the package for the format is not installed.
    """
    library = sent.read().library
    output = cast("Output", "html" if to == _PAGE else to)
    made = _bibliography(library, style, locale, output, group_by)
    written = BytesIO()
    if made:
        made.save(written, standalone=to == _PAGE)
    data = written.getvalue()
    is_text = output not in _BINARY
    return {
        # JSON has no bytes.
        "text" if is_text else "base64": data.decode() if is_text else b64encode(data).decode(),
        "name": f"bibliography{EXTENSIONS[output]}",
        "problems": [shown_problem(one) for one in made.problems[:MOST_PROBLEMS]],
    }


def ending_of(format_: Format) -> str:
    """Return the file extension of a format, with its dot.

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


def _unread(error: RefciteError, sent: SentText | SentTexts) -> Problem:
    if not isinstance(error, UnknownFormatError):
        return Problem(severity=Severity.ERROR, code="unreadable-input", message=str(error))
    if sent.format:
        return Problem(severity=Severity.ERROR, code="unknown-format", message=str(error))
    return Problem(
        severity=Severity.ERROR,
        code="unknown-format",
        message="the text has none of the formats that this page reads, such as BibTeX, RIS,"
        " CSL-JSON or a web page",
        hint="choose the format under “Format”; for formatted references and bare DOIs, which"
        " the page cannot read, use “refcite add” with the DOIs at the terminal",
    )


def _format(format_: Format) -> dict[str, Any]:
    return {
        "name": format_.name,
        "title": _short_title(format_),
        "is_page": format_.name in PAGES,
        # Whether several files, joined, are one file of this format.
        "follows": format_.follows,
    }


def _short_title(format_: Format) -> str:
    """Return the title of a format, without the description after a colon."""
    return format_.title.partition(":")[0]


def _place(problem: Problem) -> tuple[bool, int, int]:
    return problem.line is None, problem.line or 0, problem.column or 0


def shown_value(value: object) -> str:
    """Return a value of a field as one text.

    Example:
        >>> shown_value((Name(family="Roe", given="Ann"), Name(literal="WHO"))), shown_value(None)
        ('Roe, Ann; WHO', '')
    """
    return "" if value is None else "; ".join(_lines(value))


def _record(record: Record) -> dict[str, Any]:
    values = record.variables()
    role = "author" if record.author else "editor"
    names, is_more = getattr(record, role), role in record.et_al
    return {
        "id": record.id,
        "type": record.type,
        "line": record.origin.line if record.origin else None,
        "file": record.origin.file if record.origin else None,
        "title": plain(record.title or ""),
        "names": "; ".join([*map(_shown, names), *(["et al."] if is_more else [])]),
        "issued": str(record.issued) if record.issued else "",
        "fields": [
            [VARIABLE_OF[name], [*_lines(value), *(["et al."] if name in record.et_al else [])]]
            for name, value in values.items()
        ],
        # Fields without a CSL variable are shown unchanged.
        "extra": [[str(name), [str(value)]] for name, value in record.extra.items()],
    }


def _lines(value: object) -> list[str]:
    """Return a value as texts, one for each name of a list."""
    if isinstance(value, tuple | list):
        return [_shown(one) for one in cast("Iterable[object]", value)]
    return [_shown(value)]


def _shown(value: object) -> str:
    """Return a value as a text without markup; a name in its usual form, without braces."""
    if not isinstance(value, Name):
        return plain(str(value))
    if value.literal is not None:
        return value.literal
    parts = value.parts()
    return ", ".join(filter(None, (parts.family, parts.suffix, parts.given)))


def shown_problem(problem: Problem) -> dict[str, Any]:
    """Return the values of a problem for the page."""
    shown = ("code", "message", "file", "line", "column", "hint", "key")
    return {"severity": problem.severity.value, **{name: getattr(problem, name) for name in shown}}
