"""The house has floors, and each imports only what stands below it (docs/design.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "refcite"

FLOORS = {
    "vocabulary": 0,
    "problems": 0,
    "codes": 0,
    "hooks": 0,
    "record": 1,
    "richtext": 1,
    "names": 1,
    "dates": 1,
    "datetext": 1,
    "datewords": 1,
    "edtf": 1,
    "identifiers": 1,
    "keys": 1,
    "pasted": 1,
    "library": 2,
    "comparison": 2,
    "formats": 3,
    "csl": 3,
    "notebook": 4,
    "web": 4,
    "": 5,
    "serve": 5,
    "cli": 6,
    "__main__": 6,
}
NEIGHBOURS = {
    frozenset({"formats", "csl"}),
    frozenset({"notebook", "web"}),
    frozenset({"csl", "web"}),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(parts: tuple[str, ...]) -> str:
    return parts[0] if parts else ""


def _room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return _room(parts if parts != ("__init__",) else ())


def _imported_rooms(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            package, *rest = name.split(".")
            if package == "refcite":
                yield (rest[0] if rest and rest[0] in FLOORS else ""), node.lineno


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_below_it(path: Path) -> None:
    own = _room_of(path)
    assert own in FLOORS, f"{path.name} is on no floor: add it to docs/design.md and here"
    for room, line in _imported_rooms(path):
        if own == "" and path.name == "__init__.py":
            continue  # the top of the package names everything and runs nothing
        if room == own:
            continue
        assert frozenset({own, room}) not in NEIGHBOURS, f"{path}:{line}: imports a neighbour"
        assert FLOORS[room] <= FLOORS[own], f"{path}:{line}: imports from a floor above"


def test_the_floors_are_those_that_the_design_shows() -> None:
    text = (PACKAGE.parent.parent / "docs" / "design.md").read_text(encoding="utf-8")
    for room, floor in FLOORS.items():
        is_package = bool(room) and (PACKAGE / room).is_dir()
        name = "__init__.py" if not room else f"{room}/" if is_package else f"{room}.py"
        rows = [row for row in text.splitlines() if row.startswith(f"| {floor} |")]
        assert any(f"`{name}`" in row for row in rows), f"{room} is not in the table"
