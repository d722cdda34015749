"""The prose of the documentation and of the codes avoids the words that CONTRIBUTING.md lists."""

from __future__ import annotations

import re
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Final

import pytest

from refcite.codes import CODES, Code
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
MODULES: Final = (
    "refcite.codes",
    "refcite.comparison",
    "refcite.dates",
    "refcite.formats",
    "refcite.identifier_kinds",
    "refcite.library",
    "refcite.names",
    "refcite.problems",
    "refcite.record",
    "refcite.vocabulary",
)
"""Modules whose public docstrings are checked."""
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


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_the_explanation_of_a_code_uses_plain_words(code: Code) -> None:
    # The names of codes are fixed.
    assert avoided(f"{code.means}\n{code.matters}\n{code.do}") == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_describes_its_public_names_in_plain_words(name: str) -> None:
    module = import_module(name)
    described = [module, *(getattr(module, public) for public in getattr(module, "__all__", ()))]
    described += [
        member
        for one in described
        if isinstance(one, type)
        for public, member in vars(one).items()
        if not public.startswith("_")
    ]
    texts = {_without_examples(getdoc(one) or "") for one in described if _is_documented(one)}
    assert [found for text in texts for found in avoided(text)] == []


def _is_documented(one: object) -> bool:
    return isinstance(one, type | FunctionType | ModuleType | property | classmethod)


def _without_examples(text: str) -> str:
    return text.partition("Example:\n")[0]


def test_words_are_found_in_prose_alone() -> None:
    page = (
        "The page says so.\n\n```text\nIt said\n```\n\nIn `what is there`, it [stands](told.md).\n"
    )
    assert [line.partition("; ")[0] for line in avoided(page)] == [
        "line 1: 'says'",
        "line 7: 'stands'",
    ]
