"""Every code that is raised is explained, and every code that is explained is raised."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from refcite.codes import CODES, as_markdown

ROOT = Path(__file__).resolve().parent.parent
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
# Who makes problems, or what becomes one.
MAKERS = {"Problem", "Fault", "_Edit", "_problem", "_report", "_fault", "report", "append"}


def _codes_in(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that give a code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            yield from (word.value for word in node.keywords if word.arg == "code")
            if name in MAKERS:
                for argument in node.args:
                    yield from argument.elts if isinstance(argument, ast.Tuple) else [argument]
        elif isinstance(node, ast.Assign):
            if any(isinstance(target, ast.Name) and target.id == "code" for target in node.targets):
                yield node.value
        elif isinstance(node, ast.For) and "code" in ast.unparse(node.target):
            yield from (one for row in ast.walk(node.iter) for one in getattr(row, "elts", []))
        elif isinstance(node, ast.FunctionDef):
            defaults = zip(reversed(node.args.args), reversed(node.args.defaults), strict=False)
            keywords = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            for parameter, default in (*defaults, *keywords):
                if parameter.arg == "code" and default is not None:
                    yield default


def _raised() -> Iterator[tuple[str, str]]:
    """Yield the codes with their files; one that is put together ends with an asterisk."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if not re.search("Problem|problems|Fault|report", source):
            continue
        tree = ast.parse(source)
        for expression in _codes_in(tree):
            for part in ast.walk(expression):
                start = part.values[0] if isinstance(part, ast.JoinedStr) else part
                text = start.value if isinstance(start, ast.Constant) else None
                if not isinstance(text, str):
                    continue
                if start is not part and re.fullmatch("[a-z]+-", text):
                    yield f"{text}*", path.name
                elif CODE.fullmatch(text) or text in CODES:
                    yield text, path.name


def test_what_is_raised_is_explained() -> None:
    unexplained = {
        f"{code} ({file})"
        for code, file in _raised()
        if code not in CODES
        and not (code.endswith("*") and any(name.startswith(code[:-1]) for name in CODES))
    }
    assert unexplained == set()


def test_what_is_explained_is_raised() -> None:
    raised = {code for code, _ in _raised()}
    starts = tuple(code[:-1] for code in raised if code.endswith("*"))
    assert len(raised) > 40
    assert {code for code in CODES if code not in raised and not code.startswith(starts)} == set()


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_an_explanation_is_made_of_sentences(code: object) -> None:
    one = CODES[code.name]  # type: ignore[attr-defined]  # pytest's parameters have no types
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", one.name)
    for sentence in (one.means, one.matters, one.do):
        assert sentence[0].isupper() or sentence[0] == "`"
        assert sentence.endswith(".")


def test_the_page_of_problems_is_up_to_date() -> None:
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "make it anew: python -m refcite.codes > docs/problems.md"
