"""Problems as SARIF 2.1.0, which code hosts and editors show beside the lines they concern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

from refcite import __version__
from refcite.codes import CODES, Code
from refcite.problems import Problem, Severity

__all__ = ["as_sarif"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return problems as a SARIF log with one run (OASIS SARIF 2.1.0, § 3.13).

    Example:
        >>> log = as_sarif([Problem(severity=Severity.ERROR, code="missing-comma",
        ...                         message="a comma is missing", file="a b.bib", line=3)])
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
    results = [_result(problem, names.index(problem.code)) for problem in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str) -> dict[str, Any]:
    code = CODES.get(name)  # a format of another package has codes of its own
    return {"id": name} if code is None else _described(code)


def _described(code: Code) -> dict[str, Any]:
    return {
        "id": code.name,
        "shortDescription": {"text": code.means},
        "fullDescription": {"text": f"{code.means} {code.matters}"},
        "help": {"text": code.do},
    }


def _result(problem: Problem, index: int) -> dict[str, Any]:
    hint = f" ({problem.hint})" if problem.hint else ""
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.message + hint},
    }
    location: dict[str, Any] = {}
    if problem.file:
        place: dict[str, Any] = {"artifactLocation": {"uri": _address(problem.file)}}
        if problem.line:
            place["region"] = {"startLine": problem.line}
            if problem.column:
                place["region"]["startColumn"] = problem.column
        location["physicalLocation"] = place
    if problem.key:
        location["logicalLocations"] = [{"name": problem.key}]
    return {**result, "locations": [location]} if location else result


def _address(file: str) -> str:
    """Return a relative reference; a colon in its first segment would be taken for a scheme."""
    address = quote(file.replace("\\", "/"), safe="/")
    return f"file://{address}" if address.startswith("/") else address
