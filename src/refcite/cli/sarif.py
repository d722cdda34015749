"""Problems as SARIF 2.1.0, which code hosts and editors show next to the lines concerned."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_from_bytes

from refcite import __version__
from refcite.cli.input import STANDARD_INPUT_NAME
from refcite.codes import CODES, Code
from refcite.problems import Problem, Severity

__all__ = ["as_sarif"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(problems: Iterable[Problem], root: Path) -> dict[str, Any]:
    """Return problems as a SARIF log with one run (OASIS SARIF 2.1.0, § 3.13).

    Args:
        problems: The problems. Standard input is not an artifact: for its problems, the line is in
            the message.
        root: The folder to which the URLs of files are relative; those of other files are absolute.

    Example:
        >>> log = as_sarif([Problem(severity=Severity.ERROR, code="missing-comma",
        ...                         message="a comma is missing", file="./a b.bib", line=3)],
        ...                Path.cwd())
        >>> result = log["runs"][0]["results"][0]
        >>> result["ruleId"], result["level"]
        ('missing-comma', 'error')
        >>> result["locations"][0]["physicalLocation"]["artifactLocation"]
        {'uri': 'a%20b.bib'}
    """
    found = list(problems)
    names = sorted({problem.code for problem in found})
    driver = {
        "name": "refcite",
        "version": __version__,
        "rules": [_rule(name) for name in names],
    }
    results = [_result(problem, names.index(problem.code), root) for problem in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str) -> dict[str, Any]:
    code = CODES.get(name)  # a format of another package has its own codes
    return {"id": name} if code is None else _described(code)


def _described(code: Code) -> dict[str, Any]:
    return {
        "id": code.name,
        "shortDescription": {"text": code.means},
        "fullDescription": {"text": f"{code.means} {code.matters}"},
        "help": {"text": code.do},
    }


def _result(problem: Problem, index: int, root: Path) -> dict[str, Any]:
    is_in_file = problem.file is not None and problem.file != STANDARD_INPUT_NAME
    place = f"line {problem.line}: " if problem.line and not is_in_file else ""
    hint = f" ({problem.hint})" if problem.hint else ""
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{place}{problem.message}{hint}"},
    }
    location: dict[str, Any] = {}
    if problem.file is not None and is_in_file:
        location["physicalLocation"] = _physical(problem, _address(problem.file, root))
    if problem.key:
        location["logicalLocations"] = [{"name": problem.key}]
    return {**result, "locations": [location]} if location else result


def _physical(problem: Problem, address: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": address}}
    if problem.line:
        place["region"] = {"startLine": problem.line}
        if problem.column:
            place["region"]["startColumn"] = problem.column
    return place


def _address(file: str, root: Path) -> str:
    """Return a reference relative to a folder, or an absolute URL (RFC 3986, § 4).

    A colon is escaped: in the first segment of a relative reference it would end a scheme.
    """
    path = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links
    if not path.is_relative_to(root):
        return path.as_uri()
    return quote_from_bytes(os.fsencode(path.relative_to(root).as_posix()), safe="/")
