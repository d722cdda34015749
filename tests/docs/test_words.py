"""The prose of the documentation and of the source avoids the words that CONTRIBUTING.md lists."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
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
    r"lie|lies": "is, is in",
    r"takes? for|taken for": "read as, interpret as",
    r"whatever|whoever": "any, independent of",
    r"nobody|somebody": "no person, no process; another person",
    r"the like|their like": "similar",
    r"mend|mends|mended|heed": "repair; respect",
    r"in (?:its|their) turn|for itself": "later; separately",
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
SOURCE: Final = ROOT / "src" / "refcite"
PACKAGES: Final = [
    SOURCE,
    *sorted({file.parent for file in SOURCE.rglob("*.py")} - {SOURCE}),
]
_CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`]*`|\]\([^)]*\)", re.MULTILINE | re.DOTALL)
_WORDS_OF_MESSAGE = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")
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


@pytest.mark.parametrize("package", PACKAGES, ids=lambda one: one.relative_to(SOURCE).as_posix())
def test_the_docstrings_comments_and_messages_of_a_package_use_plain_words(package: Path) -> None:
    assert [
        f"{file.name}:{line}: {found}"
        for file in sorted(package.glob("*.py"))
        for line, text in prose(file.read_text(encoding="utf-8"))
        for found in avoided(text)
    ] == []


def prose(source: str) -> Iterator[tuple[int, str]]:
    """Yield the docstrings, messages and comments of a module, with their lines.

    A message is a text with two words in lower case, one after the other.
    """
    tree = ast.parse(source)
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if node in docstrings:
            yield node.lineno, node.value.partition("Example:\n")[0]
        elif _WORDS_OF_MESSAGE.search(node.value):
            yield node.lineno, node.value
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_the_prose_of_a_module_is_found() -> None:
    source = '''
"""A module."""
asked = 1  # A comment
raise ValueError(f"{asked} is too long") from None
"""An attribute.

Example:
    >>> told()
"""
_TABLE = "STAND LEGAL"
'''
    assert sorted(prose(source)) == [
        (2, "A module."),
        (3, "# A comment"),
        (4, " is too long"),
        (5, "An attribute.\n\n"),
    ]


def test_words_are_found_only_in_prose() -> None:
    page = (
        "The page says so.\n\n```text\nIt said\n```\n\nIn `what is there`, it [stands](told.md).\n"
    )
    assert [line.partition("; ")[0] for line in avoided(page)] == [
        "line 1: 'says'",
        "line 7: 'stands'",
    ]
