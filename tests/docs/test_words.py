"""The prose of the documentation avoids the words that CONTRIBUTING.md lists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from refcite.formats.tables import START
from tests.docs.blocks import ROOT

AVOIDED: Final = {
    r"say|says|said|tell|tells|told": "report, state, specify, describe, show or contain",
    r"ask|asks|asked": "request, query, call or use",
    r"stand|stands|stood": "is, is in, is listed in or contains; for 'stand for', represent",
    r"goes on|go on|went on": "continues",
    r"has no word for|what is there": "cannot hold; the contents",
    r"in vain": "without result",
    r"in silence": "without a report",
    r"anew": "again",
}
"""Words, as regular expressions, with their replacements."""
OTHERS: Final = {
    "problems.md",
    "conformance.md",
    "variables.md",
    "command-line.md",
}
"""Pages that are generated, or whose text does not follow the rules yet."""
PAGES: Final = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    ROOT / "benchmarks" / "README.md",
    *(
        page
        for page in sorted((ROOT / "docs").rglob("*.md"))
        if page.name not in OTHERS and page.parent.name != "formats"
    ),
]
_CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`]*`|\]\([^)]*\)", re.MULTILINE | re.DOTALL)
_WORDS = [
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), advice) for words, advice in AVOIDED.items()
]


def avoided(text: str) -> list[str]:
    """Return the avoided words of a page, with their lines and replacements."""
    prose = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text.partition(START)[0])
    return [
        f"line {number}: {found!r}; write {advice}"
        for number, line in enumerate(prose.splitlines(), start=1)
        for words, advice in _WORDS
        for found in words.findall(line)
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_uses_plain_words(page: Path) -> None:
    assert avoided(page.read_text(encoding="utf-8")) == []


def test_words_are_found_in_prose_alone() -> None:
    page = (
        "The page says so.\n\n```text\nIt said\n```\n\nIn `what is there`, it [stands](told.md).\n"
    )
    assert [line.partition("; ")[0] for line in avoided(page)] == [
        "line 1: 'says'",
        "line 7: 'stands'",
    ]
