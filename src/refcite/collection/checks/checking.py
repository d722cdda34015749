"""The check of a library: all rules in one pass, the selection of codes, and silenced entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import Final

from attrs import field, frozen

from refcite.collection.checks import (
    addresses,
    dates,
    fields,
    journals,
    keys,
    languages,
    numbers,
    people,
    titles,
    works,
)
from refcite.collection.checks.entries import Dialect, Entry, entries_of
from refcite.collection.checks.retractions import FindNotices, retraction_rule
from refcite.collection.checks.rules import EachRule, Finding, LibraryRule
from refcite.collection.checks.selection import Selection
from refcite.collection.checks.silencing import Silencer, comments_in, comments_of
from refcite.collector import collector_paused
from refcite.formats import load
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["RULES", "Checked", "Checks", "check", "check_library"]

RULES: Final[tuple[EachRule | LibraryRule, ...]] = (
    *keys.RULES,
    *fields.RULES,
    *works.RULES,
    *addresses.RULES,
    *numbers.RULES,
    *people.RULES,
    *titles.RULES,
    *languages.RULES,
    *journals.RULES,
    *dates.RULES,
)
"""Every rule that needs nothing but the library."""

_RAISED: Final = {"bad-doi": Severity.WARNING}
"""Codes of readers that are more severe in a check than in a conversion."""


@frozen(kw_only=True)
class Checks:
    """The settings of a check.

    Attributes:
        selection: The codes that are reported.
        dialect: The data model of entries in BibTeX.
        retractions: Files with lists of retracted works.
        find_notices: A call that finds notices of retraction by DOI.
    """

    selection: Selection = field(factory=Selection)
    dialect: Dialect = "auto"
    retractions: tuple[str | PathLike[str], ...] = ()
    find_notices: FindNotices | None = None


@frozen
class Checked:
    """The result of a check.

    Attributes:
        problems: The problems, in the order of their places.
        findings: Those that were found by rules, with their repairs.
    """

    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]


def check(
    source: Library | Iterable[Record] | str | PathLike[str],
    *,
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: Severity | str = Severity.INFO,
    dialect: Dialect = "auto",
    retractions: Iterable[str | PathLike[str]] = (),
    find_notices: FindNotices | None = None,
) -> list[Problem]:
    """Return the problems of a library: those of its reader, and those that rules find.

    The configuration in files is only used by the command line. A comment before an entry silences
    its problems (`% refcite: ignore doi-in-url`); the comments of formats other than BibTeX are
    only found if `source` is a path.

    Args:
        source: A library, any records, or the path of a file.
        select: The codes to report: codes, starts of codes (`missing`), families
            (`titles`) or `all`; by default those that are not a matter of taste.
        extend_select: More codes.
        ignore: Codes that are not reported.
        severity: The lowest severity that is reported: `info`, `warning` or `error`.
        dialect: The data model of entries in BibTeX: `bibtex`, `biblatex`, or `auto`, which decides
            from the types and fields of the file.
        retractions: Files with lists of retracted works, in the columns of Retraction Watch.
        find_notices: A call that accepts DOIs in lower case, and returns a `Notice` for each
            retracted one.

    Returns:
        The problems, file by file, in the order of their lines.

    Raises:
        SelectionError: A code or a severity is not known.
        InputError: The file, or a list of retracted works, cannot be read.
        UnknownFormatError: The format of the file cannot be recognised.

    Example:
        >>> from refcite import check, loads
        >>> library = loads("@book{a, author = {Ann Roe}, title = {Lamps}, year = 2019}", "bibtex")
        >>> for problem in check(library):
        ...     print(f"{problem.line}: {problem.message}")
        1: 'publisher' is missing, which BibTeX requires for @book
    """
    checks = Checks(
        selection=Selection.of(select, extend_select, ignore, severity),
        dialect=dialect,
        retractions=tuple(retractions),
        find_notices=find_notices,
    )
    if isinstance(source, str | PathLike):
        from refcite.formats.files import decode, read_source

        library = load(source)
        text, _ = decode(read_source(source))
        return list(check_library(library, checks, text=text).problems)
    library = source if isinstance(source, Library) else Library(source)
    return list(check_library(library, checks).problems)


def check_library(library: Library, checks: Checks, *, text: str | None = None) -> Checked:
    """Return the problems of a library, with their repairs.

    Args:
        library: The library.
        checks: The settings.
        text: The text from which it was read, in which comments are found; without it, those of
            BibTeX are.

    Raises:
        InputError: A list of retracted works cannot be read.

    Example:
        >>> from refcite import Library, Record
        >>> library = Library([Record(id="a", type="book", url="https://doi.org/10.1000/1")])
        >>> checks = Checks(selection=Selection.of(["doi-in-url"]))
        >>> check_library(library, checks).findings[0].payload
        ('10.1000/1',)
    """
    selection = checks.selection
    with collector_paused():
        findings = [
            finding
            for finding in _findings(entries_of(library, checks.dialect), checks)
            if selection.is_severe(finding.problem.severity)
        ]
    problems = [
        raised
        for problem in library.problems
        if selection.has(problem.code)
        and selection.is_severe((raised := _raised(problem)).severity)
    ]
    # The rule describes the year more exactly than the reader.
    years = {
        (one.problem.file, one.problem.key)
        for one in findings
        if one.problem.code == "implausible-year"
    }
    if years:
        problems = [
            one for one in problems if one.code != "unread-date" or (one.file, one.key) not in years
        ]
    silencers = _silencers(library, text)
    if silencers:
        problems = [one for one in problems if not _is_silenced(one, silencers)]
        findings = [one for one in findings if not _is_silenced(one.problem, silencers)]
        if selection.has("unused-ignore") and selection.is_severe(Severity.WARNING):
            for silencer in silencers.values():
                problems += silencer.unused(selection)
    problems += [finding.problem for finding in findings]
    files = {name: place for place, name in enumerate(_files(problems))}
    problems.sort(key=lambda one: (files[one.file], one.line or 0, one.column or 0))
    return Checked(tuple(problems), tuple(findings))


def _files(problems: Iterable[Problem]) -> dict[str | None, None]:
    return dict.fromkeys(problem.file for problem in problems)


def _raised(problem: Problem) -> Problem:
    severity = _RAISED.get(problem.code)
    return problem if severity is None else problem.replace(severity=severity)


def _findings(entries: Sequence[Entry], checks: Checks) -> Iterator[Finding]:
    selection = checks.selection
    chosen: list[EachRule | LibraryRule] = [
        rule for rule in RULES if selection.has(rule.code, is_default=rule.is_default)
    ]
    if (checks.retractions or checks.find_notices) and selection.has("retracted-work"):
        chosen.append(retraction_rule(checks.retractions, checks.find_notices))
    each = [(rule, rule.find) for rule in chosen if isinstance(rule, EachRule)]
    for entry in entries:
        for rule, find in each:
            for found in find(entry):
                yield rule.finding(entry, found)
    for one in chosen:
        if isinstance(one, LibraryRule):
            for entry, found in one.find(entries):
                yield one.finding(entry, found)


def _silencers(library: Library, text: str | None) -> dict[str | None, Silencer]:
    """Return the comments of each file."""
    works = (*library, *library.containers)
    if text is None:
        by_file: dict[str | None, list[Record]] = {}
        for record in works:
            if record.origin is not None:
                by_file.setdefault(record.origin.file, []).append(record)
        found = {file: list(comments_of(records)) for file, records in by_file.items()}
    else:
        comments = list(comments_in(text))
        file = next((one.origin.file for one in works if one.origin is not None), None)
        by_file = {file: list(works)}
        found = {file: comments}
    return {
        file: Silencer(comments, _starts(by_file[file]), file)
        for file, comments in found.items()
        if comments
    }


def _starts(records: Iterable[Record]) -> Iterator[int]:
    for record in records:
        if record.origin is not None and record.origin.line:
            yield record.origin.line


def _is_silenced(problem: Problem, silencers: dict[str | None, Silencer]) -> bool:
    silencer = silencers.get(problem.file)
    return silencer is not None and silencer.silences(problem)
