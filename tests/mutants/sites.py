"""Where the source can be changed, and how.

Each change replaces one piece of text, so that all the rest of a file stays as it was. Left alone
is what no test can notice: docstrings, annotations, `__all__`, what only type checkers read; and
the words of messages (texts with a space in them).
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from attrs import frozen

__all__ = ["Mutant", "mutants_of"]

_COMPARISONS: Final = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "==": "!=",
    "!=": "==",
    "is": "is not",
    "is not": "is",
    "in": "not in",
    "not in": "in",
}
_COMPARISON: Final = re.compile(r"is\s+not|not\s+in|is|in|[<>=!]=|[<>]")
_ARITHMETIC: Final = {
    "+": "-",
    "-": "+",
    "*": "//",
    "//": "*",
    "/": "*",
    "%": "//",
    "&": "|",
    "|": "&",
    "^": "&",
    "<<": ">>",
    ">>": "<<",
}
_OPERATOR: Final = re.compile(r"//|<<|>>|\*\*|[-+*/%&|^]")
_COMMENT: Final = re.compile(r"#.*")
_NOT_RUN: Final = frozenset({"TYPE_CHECKING", "__name__"})
_NOT_READ: Final = frozenset({"__all__", "__slots__"})
_OF_TYPES: Final = frozenset({"cast", "TypeVar", "NewType"})


@frozen
class Mutant:
    """One change of a file.

    Attributes:
        path: The file, from the root of the repository.
        line: The line on which it is, from 1.
        inside: The function or class around it, by its qualified name; empty in a module's body.
        start: Where the text that is replaced starts.
        end: Where it ends.
        text: What stands there instead.
    """

    path: str
    line: int
    inside: str
    start: int
    end: int
    text: str

    def of(self, source: str) -> str:
        """Return the changed source."""
        return source[: self.start] + self.text + source[self.end :]

    def changed(self, source: str) -> tuple[str, str]:
        """Return the lines that are changed, before and after, without the spaces around them."""
        first = source.rfind("\n", 0, self.start) + 1
        last = source.find("\n", self.end)
        last = len(source) if last < 0 else last
        was = source[first:last]
        becomes = source[first : self.start] + self.text + source[self.end : last]
        return " ".join(was.split()), " ".join(becomes.split())

    def diff(self, source: str) -> str:
        """Return the change as a unified diff."""
        lines = (source.splitlines(keepends=True), self.of(source).splitlines(keepends=True))
        return "".join(difflib.unified_diff(*lines, self.path, self.path, n=2))


def mutants_of(path: str, source: str) -> list[Mutant]:
    """Return every change of a file, in the order of its text.

    Args:
        path: The file, from the root of the repository.
        source: Its text.

    Example:
        >>> source = "def f(x):\\n    return x > 1\\n"
        >>> [one.of(source).splitlines()[1].strip() for one in mutants_of("f.py", source)]
        ['return None', 'return x >= 1', 'return x > 2']
    """
    found = _Finder(path, source).found()
    return sorted(set(found), key=lambda one: (one.start, one.end, one.text))


class _Finder:
    def __init__(self, path: str, source: str) -> None:
        self._path = path
        self._source = source
        self._data = source.encode()
        self._starts = [0]
        for line in self._data.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def found(self) -> Iterator[Mutant]:
        yield from self._in(ast.parse(self._source), "")

    def _in(self, node: ast.AST, inside: str) -> Iterator[Mutant]:
        if _is_left_alone(node):
            return
        for start, end, text in self._changes(node):
            if self._source[start:end] != text:
                line = self._source.count("\n", 0, start) + 1
                yield Mutant(self._path, line, inside, start, end, text)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = f"{inside}.{node.name}".lstrip(".")
        for child in _children(node):
            yield from self._in(child, inside)

    def _changes(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        match node:
            case ast.Compare():
                operands = [node.left, *node.comparators]
                for left, right in pairwise(operands):
                    yield from self._between(left, right, _COMPARISON, _COMPARISONS)
            case ast.BoolOp():
                swapped = {"and": "or", "or": "and"}
                for left, right in pairwise(node.values):
                    yield from self._between(left, right, re.compile("and|or"), swapped)
            case ast.BinOp():
                yield from self._between(node.left, node.right, _OPERATOR, _ARITHMETIC)
            case ast.AugAssign():
                yield from self._between(node.target, node.value, _OPERATOR, _ARITHMETIC)
                yield (*self._place(node), "pass")
            case ast.UnaryOp(op=ast.Not()):
                yield self._place(node)[0], self._place(node.operand)[0], ""
            case ast.Constant():
                yield from self._constant(node)
            case ast.Return(value=value) if value is not None:
                yield (*self._place(value), "None")
            case ast.Call():
                yield from self._arguments(node)
            case ast.If() | ast.IfExp():
                yield (*self._place(node.test), "False")
            case ast.comprehension():
                for condition in node.ifs:
                    yield (*self._place(condition), "True")
            case ast.Continue():
                yield (*self._place(node), "break")
            case ast.Break():
                yield (*self._place(node), "continue")
            case ast.Raise() | ast.Expr(value=ast.Call() | ast.Await()):
                yield (*self._place(node), "pass")

    def _constant(self, node: ast.Constant) -> Iterator[tuple[int, int, str]]:
        place, value = self._place(node), node.value
        if isinstance(value, bool):
            yield (*place, str(not value))
        elif isinstance(value, int | float):
            yield (*place, str(value + 1))
        elif isinstance(value, str) and value and " " not in value:
            literal = self._source[slice(*place)]
            if re.match("[rR]?[\"']", literal):  # no part of an f-string
                yield (*place, '""')

    def _arguments(self, node: ast.Call) -> Iterator[tuple[int, int, str]]:
        """Leave out each argument that has a name."""
        for keyword in node.keywords:
            if keyword.arg is not None:
                start, end = self._place(keyword)
                comma = re.compile(r"\s*,").match(self._source, end)
                yield start, comma.end() if comma else end, ""

    def _between(
        self, left: ast.AST, right: ast.AST, what: re.Pattern[str], swapped: dict[str, str]
    ) -> Iterator[tuple[int, int, str]]:
        """Change the operator that stands between two expressions."""
        start, end = self._place(left)[1], self._place(right)[0]
        blank = _COMMENT.sub(lambda found: " " * len(found[0]), self._source[start:end])
        found = what.search(blank)
        if found is not None:
            name = " ".join(found[0].split())
            if name in swapped:
                yield start + found.start(), start + found.end(), swapped[name]

    def _place(self, node: ast.AST) -> tuple[int, int]:
        """Return where the text of a node starts and ends; the parser counts bytes."""
        assert isinstance(node, ast.expr | ast.stmt | ast.keyword)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        if self._source.isascii():
            return start, end
        first = len(self._data[:start].decode())
        return first, first + len(self._data[start:end].decode())


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):
            return True  # a docstring, of an attribute too
        case ast.If(test=test):
            named = {one.id for one in ast.walk(test) if isinstance(one, ast.Name)}
            return bool(named & _NOT_RUN)
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in _NOT_READ
        case ast.Call(func=ast.Name(id=name)):
            return name in _OF_TYPES
        case ast.FunctionDef(decorator_list=[ast.Name(id="overload"), *_]):
            return True
        case ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr():
            return True
    return False


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in a node, but for annotations, decorators and the parameters of types."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        if isinstance(node, ast.ClassDef) and name == "keywords":
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST):
                yield one
