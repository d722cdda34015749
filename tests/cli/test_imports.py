"""The modules that a command imports before it does its work."""

from __future__ import annotations

import subprocess
import sys

import pytest

_RUN = """
import sys
from refcite.cli import main
sys.argv = ["refcite", *sys.argv[1:]]
try:
    main()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


def _imported(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_the_version_needs_no_command() -> None:
    assert not _imported("--version") & {"click", "attrs", "refcite.cli.app", "refcite.record"}


@pytest.mark.parametrize("arguments", [["--help"], ["convert", "--help"], ["styles", "--help"]])
def test_help_needs_no_format_and_no_style(arguments: list[str]) -> None:
    imported = _imported(*arguments)
    assert not imported & {"refcite.formats", "refcite.csl", "refcite.codes", "refcite.record"}


def test_a_search_for_styles_needs_no_format_record_or_processor() -> None:
    imported = _imported("styles", "apa")
    assert "refcite.csl.style.style_search" in imported
    assert not imported & {"refcite.formats", "refcite.record", "refcite.dates", "refcite.names"}
    assert not imported & {"refcite.csl.processor", "refcite.csl.render", "lxml"}
