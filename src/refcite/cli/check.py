"""`refcite check`: report the problems of references."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import frozen

from refcite.cli.check_settings import CommandLine, Settings, settings_of
from refcite.cli.input import STANDARD_INPUT, read_files
from refcite.cli.report import STYLES, report
from refcite.cli.terminal import Piece, echo, echo_document, echo_table, printable
from refcite.codes import CODES
from refcite.collection.checks import RULES, Finding, check_library
from refcite.formats.files import decode, read_source
from refcite.library import Library
from refcite.problems import Problem, RefciteError, Severity, near_matches
from refcite.record import Record
from refcite.union import Union

if TYPE_CHECKING:
    from refcite.collection.choice import Choice

__all__ = [
    "check_files",
    "counted",
    "explain",
    "list_rules",
    "notices_online",
]

_GROUPED: Final = 3
"""The largest number of problems of severity info with one code that are listed one by one."""
_LINES: Final = 5
"""The number of lines that a group of problems names."""
_MARK: Final = b"refcite:"
_LARGEST: Final = 1 << 28
_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_RULES: Final = {rule.code: place for place, rule in enumerate(RULES, 1)}
_LAST: Final = {"unknown-command": 1, "unprotected-capitals": 2}
"""Codes that are frequent, and less important than others of their severity."""
# Without these, nothing of the file was checked, so that they cannot be ignored.
_UNREAD: Final = frozenset({"unreadable-input", "unknown-format"})


@frozen
class _File:
    """A checked file, with its problems and the repairs of some of them."""

    name: str
    records: int
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...] = ()


# Explaining


def explain(ctx: click.Context, param: click.Parameter, code: str | None) -> None:
    """Print the meaning of a code and end the command."""
    if code is None or ctx.resilient_parsing:
        return
    known = CODES.get(code)
    if known is None:
        near = near_matches(code, CODES) or f"; use one of {', '.join(sorted(CODES))}"
        raise click.BadParameter(f"there is no code {code!r}{near}", ctx, param)
    click.echo(str(known))
    ctx.exit()


def list_rules(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the rules with their severities, families and meanings, and end the command."""
    if not value or ctx.resilient_parsing:
        return
    for rule in (*RULES, None):
        code = CODES[rule.code] if rule is not None else CODES["retracted-work"]
        severity = rule.severity if rule is not None else Severity.WARNING
        optional = " (optional)" if rule is not None and not rule.is_default else ""
        click.echo(f"{code.name}: {severity.value}, {code.family}{optional}\n  {code.means}")
    ctx.exit()


# Checking


def check_files(
    files: tuple[str, ...],
    source: str | None,
    output: str,
    given: CommandLine,
    *,
    statistics: bool = False,
    documents: tuple[str, ...] = (),
    choice: Choice | None = None,
    **options: Any,
) -> bool:
    """Print the problems of files; return whether one of them is severe.

    An id that is used for different works in several files is reported with the later one.

    Args:
        files: Paths; `-` is standard input.
        source: A format's name, or None to detect it from the files.
        output: `text` (problems to standard error, counts to standard output), `json`, `sarif` or
            `github`.
        given: The options of the command line.
        statistics: Print only the number of problems with each code.
        documents: Documents whose keys are compared with the records of all files.
        choice: The records whose problems are printed; None for all.
        **options: The options of the readers.
    """
    settings = [settings_of(file, given) for file in files]
    checked: list[_File] = []
    records: list[Record] = []
    failed = False
    union = Union()
    for number, (file, chosen) in enumerate(zip(files, settings, strict=True)):
        library, _ = read_files((file,), source, everything=True, quiet=True, **options)
        records += library
        if len(files) > 1:
            union.survey(number, library, is_keyed=library.is_keyed)
            library.problems += union.problems(number, library)
        one = _check(file, library if choice is None else choice.applied(library), chosen)
        failed |= any(chosen.fail_on.is_severe(problem.severity) for problem in one.problems)
        checked.append(one)
        if output == "text" and not statistics:
            _print(one, is_listed=bool(given.select))
    if choice is not None and records:
        choice.check(records)
    if documents:
        chosen = settings_of(STANDARD_INPUT, given)  # those of the current folder
        one = _check_documents(records, documents, chosen)
        failed |= any(chosen.fail_on.is_severe(problem.severity) for problem in one.problems)
        checked.append(one)
        if output == "text" and not statistics:
            report(one.problems, everything=True, quoted=True)
    if output == "sarif":
        echo_document([json.dumps(_as_sarif(checked), indent=2, ensure_ascii=False), "\n"])
    elif output == "github":
        from refcite.cli.github import as_workflow_commands

        problems = (problem for one in checked for problem in one.problems)
        lines = as_workflow_commands(problems, root_of(Path.cwd()))
        echo_document(f"{line}\n" for line in lines)
    elif output == "json":
        shown = {"statistics": _statistics(checked)} if statistics else _as_json(checked)
        echo_document([json.dumps(shown, indent=2, ensure_ascii=False), "\n"])
    elif statistics:
        rows = [[str(row["count"]), row["severity"], row["code"]] for row in _statistics(checked)]
        echo_table(rows, ("count", "severity", "code"))
    else:
        _print_repairs(checked)
    return failed


def _check(file: str, library: Library, settings: Settings) -> _File:
    checked = check_library(library, settings.checks, text=_text_of(file))
    problems = checked.problems
    unread = [one for one in library.problems if one.code in _UNREAD and one not in problems]
    return _File(file, len(library), (*unread, *problems), checked.findings)


def _check_documents(
    records: Sequence[Record], documents: tuple[str, ...], settings: Settings
) -> _File:
    from refcite.cli.documents import about_documents

    found = about_documents(Library(records), documents)
    selection = settings.checks.selection
    problems = [
        one for one in found if selection.has(one.code) and selection.is_severe(one.severity)
    ]
    return _File(" ".join(documents), 0, tuple(problems))


def _text_of(file: str) -> str | None:
    """Return the text of a file that may have comments for this command, otherwise None."""
    path = Path(file)
    try:
        if file == STANDARD_INPUT or not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        if _MARK not in path.read_bytes():
            return ""
        return decode(read_source(path))[0]
    except (OSError, ValueError, RefciteError):
        return None  # the reader reported the problem


def _print(one: _File, *, is_listed: bool) -> None:
    report(_grouped(one.problems, is_listed=is_listed), everything=True, quoted=True)
    records = _count(one.records, "record")
    separated = (piece for count in counted(one.problems) for piece in (", ", count))
    echo([(f"{printable(one.name)}: ", records, *separated)])


def _grouped(problems: Sequence[Problem], *, is_listed: bool) -> Iterator[Problem]:
    """Yield the problems, the most severe ones first, and those of one code together.

    Many problems of severity info with one code are one line, unless the codes were selected.
    """
    by_code: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        by_code.setdefault((problem.severity, problem.code), []).append(problem)
    for severity, code in sorted(by_code, key=_importance):
        found = by_code[severity, code]
        if is_listed or severity is not Severity.INFO or len(found) <= _GROUPED:
            yield from found
        else:
            yield _group(code, found)


def _importance(key: tuple[Severity, str]) -> tuple[int, int, int]:
    """Return the position of a code: problems of the text first, then those that rules find."""
    severity, code = key
    return _ORDER[severity], _LAST.get(code, 0), _RULES.get(code, 0)


def _group(code: str, found: Sequence[Problem]) -> Problem:
    lines = [one.line for one in found if one.line is not None]
    shown = ", ".join(map(str, dict.fromkeys(lines[:_LINES])))
    more = " and others" if len(lines) > _LINES else ""
    place = f" in lines {shown}{more}" if lines else ""
    means = CODES[code].means if code in CODES else found[0].message
    statement = means.partition(". ")[0].rstrip(".")
    return Problem(
        severity=Severity.INFO,
        code=code,
        message=f"{len(found)} times{place}: {statement[0].lower()}{statement[1:]}",
        hint=f"--select {code} lists them",
        file=found[0].file,
    )


def counted(problems: Iterable[Problem]) -> Iterator[Piece]:
    """Yield the number of problems of each severity."""
    counts = Counter(problem.severity for problem in problems)
    for severity in Severity:
        if counts[severity]:
            yield _count(counts[severity], severity.value), STYLES[severity]


def _count(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1 and name != 'info')}"


def _print_repairs(checked: Iterable[_File]) -> None:
    fixes = [one.fix for file in checked for one in file.findings if one.fix is not None]
    safe = sum(fix.is_safe for fix in fixes)
    unsafe = len(fixes) - safe
    parts = [f"{_count(safe, 'problem')} can be repaired with --fix"] if safe else []
    if unsafe:
        parts.append(f"{_count(unsafe, 'problem')} can be repaired with --fix --unsafe-fixes")
    if parts:
        click.echo("; ".join(parts), err=True)


def _statistics(checked: Iterable[_File]) -> list[dict[str, Any]]:
    counts = Counter(
        (_ORDER[one.severity], one.severity.value, one.code)
        for file in checked
        for one in file.problems
    )
    return [
        {"code": code, "severity": severity, "count": count}
        for (_, severity, code), count in sorted(
            counts.items(), key=lambda item: (item[0][0], -item[1], item[0][2])
        )
    ]


def _as_json(checked: Iterable[_File]) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": one.name,
                "records": one.records,
                "counts": dict(Counter(problem.code for problem in one.problems).most_common()),
                "problems": _problems_as_json(one),
            }
            for one in checked
        ]
    }


def _problems_as_json(file: _File) -> list[dict[str, Any]]:
    fixes = {
        id(one.problem): "safe" if one.fix.is_safe else "unsafe"
        for one in file.findings
        if one.fix is not None
    }
    return [
        _problem_as_json(problem) | ({"fix": fixes[id(problem)]} if id(problem) in fixes else {})
        for problem in file.problems
    ]


def _problem_as_json(problem: Problem) -> dict[str, Any]:
    names = ("severity", "code", "message", "line", "column", "hint", "key")
    values = {name: getattr(problem, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _as_sarif(checked: Iterable[_File]) -> dict[str, Any]:
    from refcite.cli.sarif import as_sarif

    problems = (problem for one in checked for problem in one.problems)
    return as_sarif(problems, root_of(Path.cwd()))


def root_of(folder: Path) -> Path:
    """Return the root of the repository that contains a folder, otherwise the folder itself.

    Code hosts identify the files of a repository by their relative paths.
    """
    around = (folder, *folder.parents)
    return next((one for one in around if (one / ".git").exists()), folder)


def notices_online(dois: Sequence[str]) -> dict[str, Any]:
    """Return the notices of retraction of works, according to the registries of their DOIs."""
    from refcite.collection.checks import Notice
    from refcite.web import lookup

    found: dict[str, Notice] = {}
    for problem in lookup(dois).problems:
        if problem.code == "retracted-work" and problem.file:
            found[problem.file.lower()] = Notice("retraction", message=problem.message)
        elif problem.severity is Severity.ERROR:
            report([problem.replace(severity=Severity.WARNING)])
    return found
