"""A plug-in of pytest that tells coverage which test runs, and writes how long each takes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

_SECONDS: dict[str, float] = {}
_FAILED: set[str] = set()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let what runs from here on count for the test, its fixtures included."""
    current = coverage.Coverage.current()
    if current is not None:
        current.switch_context(f"{item.nodeid} (all)")
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how long a test took, and whether it passed."""
    _SECONDS[report.nodeid] = _SECONDS.get(report.nodeid, 0.0) + report.duration
    if report.failed:
        _FAILED.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the times of the tests that passed, where all of them are known."""
    if not hasattr(session.config, "workerinput"):
        passed = {name: took for name, took in _SECONDS.items() if name not in _FAILED}
        Path(os.environ["REFCITE_MUTANTS_TIMES"]).write_text(json.dumps(passed), encoding="utf-8")
