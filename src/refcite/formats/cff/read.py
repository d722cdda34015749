"""Read a CITATION.cff: what it asks to be cited, the work itself, and its references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from refcite.formats.cff.draft import draft_of
from refcite.formats.cff.values import plain
from refcite.formats.csl_yaml.text import line_of, mapping
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record

__all__ = ["DEFAULT_MESSAGE", "FORMAT", "PREFERRED", "WORK", "read"]

FORMAT: Final = "cff"
WORK: Final = "work"
PREFERRED: Final = "preferred-citation"
DEFAULT_MESSAGE: Final = "If you use this work, please cite it as below."
"""What is written where a record has no message: the schema wants one."""

_OF_REFERENCE: Final = ("type", "title", "authors")
_REQUIRED: Final = ("cff-version", "message", "title", "authors")
_OF_FILE: Final = frozenset({"cff-version", "message", "preferred-citation", "references"})


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read a CITATION.cff.

    The first record is what the file asks to be cited, its `preferred-citation`, where it has one;
    then comes the work itself, then the `references`. A work that says no more than its preferred
    citation is no record of its own.

    Args:
        text: The file's text.
        day_first: Whether `01/02/2017` is 1 February or 2 January, where it stands for a date.

    Returns:
        The records, with what is wrong in the library's problems.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> from refcite import loads
        >>> library = loads('''
        ... cff-version: 1.2.0
        ... message: Please cite this.
        ... title: A Tool
        ... authors: [{family-names: Ito, given-names: Yuki}]
        ... date-released: 2021-03-04
        ... ''', "cff")
        >>> library[0].type, str(library[0].author[0]), str(library[0].issued)
        ('software', 'Ito, Yuki', '2021-03-04')
    """
    library = Library(is_keyed=False)
    data = mapping(text.removeprefix("\ufeff"), library.problems)
    if not data.keys() & {*_REQUIRED, PREFERRED, "references"}:
        if not library.problems:
            library.problems.append(_no_entries())
        return library
    for place, fields in _works(data, library.problems):
        library.append(_record(place, fields, data, library.problems, day_first))
    return library


def _works(data: dict[str, Any], problems: list[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    preferred = data.get(PREFERRED)
    if isinstance(preferred, dict):
        yield PREFERRED, preferred
    elif preferred:
        problems.append(_not_a_mapping(PREFERRED, preferred, line_of(data)))
    problems += [_missing(key, "the file", line_of(data)) for key in _REQUIRED if key not in data]
    work = {key: value for key, value in data.items() if key not in _OF_FILE}
    if work and not _is_frame(work, preferred):
        yield WORK, work
    references = data.get("references")
    for fields in references if isinstance(references, list) else ():
        if isinstance(fields, dict):
            yield "reference", fields
        else:
            problems.append(_not_a_mapping("a reference", fields, line_of(references)))
    if references and not isinstance(references, list):
        problems.append(_not_a_mapping("the list of references", references, line_of(data)))


def _is_frame(work: Mapping[str, Any], preferred: Any) -> bool:
    """Tell whether a work only repeats what the schema wants of it."""
    return (
        isinstance(preferred, dict)
        and work.keys() <= {"title", "authors"}
        and all(preferred.get(key) == work[key] for key in work.keys() & {"title", "authors"})
    )


def _record(
    place: str,
    fields: dict[str, Any],
    data: Mapping[str, Any],
    problems: list[Problem],
    day_first: bool | None,
) -> Record:
    is_work = place == WORK
    draft = draft_of(fields, "software" if is_work else "generic", day_first)
    line = line_of(fields, line_of(data))
    values, extra = draft.values, draft.extra
    message = data.get("message")
    if (is_work or place == PREFERRED) and isinstance(message, str) and message:
        frames_preferred = isinstance(data.get(PREFERRED), dict) and not is_work
        is_only = not frames_preferred or _is_frame(
            {key: value for key, value in data.items() if key not in _OF_FILE}, data[PREFERRED]
        )
        if is_only and message != DEFAULT_MESSAGE:
            extra["message"] = plain(message)
    identifier = values.pop("id", "")
    if not is_work:
        missing = [key for key in _OF_REFERENCE if key not in fields]
        if missing:
            draft.problems.append(_missing(" and ".join(missing), "a reference", line))
    problems.extend(
        problem.replace(line=problem.line or line, key=identifier or None)
        for problem in draft.problems
    )
    origin = Origin(
        format=FORMAT, verbatim={"type": str(fields.get("type", "")), "place": place}, line=line
    )
    return Record(id=identifier, type=draft.type, extra=extra, origin=origin, **values)  # type: ignore[arg-type]  # types come from the table


def _no_entries() -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="no-entries",
        message="the text has no key of the Citation File Format",
        hint="see whether it is the right file",
    )


def _missing(key: str, where: str, line: int) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="missing-field",
        message=f"{where} has no {key}, which the format requires",
        line=line,
        hint=f"write {key}",
    )


def _not_a_mapping(what: str, value: Any, line: int) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="entry-not-object",
        message=f"{what} must be of another form than {str(plain(value))[:60]!r}",
        line=line_of(value, line),
    )
