"""Count the lines of code of a folder: `python -m benchmarks.lines src/refcite/formats`.

A line counts where a token stands on it; blank lines, comments and docstrings do not. Files whose
names follow the folder are left out.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter
from pathlib import Path

_NO_CODE = frozenset(
    {
        tokenize.COMMENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
        tokenize.INDENT,
        tokenize.NEWLINE,
        tokenize.NL,
    }
)


def lines_of_code(source: str) -> int:
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def main(folder: str, *left_out: str) -> None:
    root = Path(folder)
    counts: Counter[str] = Counter()
    for path in sorted(root.rglob("*.py")):
        if path.name not in left_out:
            part = path.relative_to(root).parts[0]
            counts[part] += lines_of_code(path.read_text(encoding="utf-8"))
    for part, count in counts.items():
        print(f"{count:6} {part}")
    print(f"{counts.total():6} in all")


if __name__ == "__main__":
    main(*sys.argv[1:])
