"""What each code of a problem means, why it matters and what to do about it.

The table stands in `codes.toml`, the one place where codes are explained: `refcite check --explain
CODE` prints from it, and docs/problems.md is made from it.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Final

from attrs import frozen

__all__ = ["CODES", "Code", "as_markdown"]


@frozen
class Code:
    """One code of `refcite.Problem`.

    Attributes:
        name: The code, in kebab-case.
        means: What was met.
        matters: What comes of it.
        do: What to do about it.
        is_fixed: Whether `refcite check --fix` repairs it where the repair is safe.

    Example:
        >>> from refcite.codes import CODES
        >>> print(CODES["duplicate-id"].means)
        Two entries have one id.
    """

    name: str
    means: str
    matters: str
    do: str
    is_fixed: bool = False

    def __str__(self) -> str:
        fixed = " `refcite check --fix` does so where it is safe." if self.is_fixed else ""
        return f"{self.name}\n\n{self.means} {self.matters}\n\nWhat to do: {self.do}{fixed}"


def _read_groups() -> dict[str, tuple[Code, ...]]:
    table = tomllib.loads(files("refcite").joinpath("codes.toml").read_text(encoding="utf-8"))
    return {
        title: tuple(
            Code(name, code["means"], code["matters"], code["do"], code.get("fixed", False))
            for name, code in sorted(group.items())
        )
        for title, group in table.items()
    }


_GROUPS: Final = _read_groups()

CODES: Final[dict[str, Code]] = {code.name: code for group in _GROUPS.values() for code in group}
"""Every code of a problem, by its name, with what it means and what to do about it."""


def as_markdown() -> str:
    """Return the table as the text of docs/problems.md."""
    lines = [
        "# Problems",
        "",
        "<!-- Made from src/refcite/codes.toml: python -m refcite.codes > docs/problems.md -->",
        "",
        "`refcite check` reports what is wrong with references, each problem with a code.",
        "`refcite check --explain CODE` prints what stands here. `refcite check --fix` repairs, in",
        "BibTeX files, what is safe to repair.",
    ]
    for title, group in _GROUPS.items():
        lines += ["", f"## {title}"]
        for code in group:
            fixed = " `--fix` does so where it is safe." if code.is_fixed else ""
            lines += ["", f"### `{code.name}`", "", f"{code.means} {code.matters}", ""]
            lines.append(f"*What to do:* {code.do}{fixed}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(as_markdown(), end="")  # noqa: T201 - this is what it is run for
