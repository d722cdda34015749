"""Each layer imports only layers below it (docs/design.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "refcite"

FLOORS = {
    "vocabulary": 0,
    "problems": 0,
    "characters": 0,
    "codes": 0,
    "builds": 0,
    "collector": 0,
    "extras": 0,
    "hooks": 0,
    "hints": 0,
    "record": 1,
    "handwritten": 1,
    "surrogates": 1,
    "richtext": 1,
    "names": 1,
    "dates": 1,
    "datetext": 1,
    "datephrases": 1,
    "datewords": 1,
    "edtf": 1,
    "identifiers": 1,
    "keys": 1,
    "keywords": 1,
    "identifier_kinds": 1,
    "compression": 1,
    "fields": 1,
    "library": 2,
    "comparison": 2,
    "union": 2,
    "formats": 3,
    "csl": 3,
    "collection": 4,
    "frames": 4,
    "jobs": 5,
    "documents": 5,
    "notebook": 4,
    "web": 4,
    "": 5,
    "serve": 5,
    "cli": 6,
    "pandoc": 6,
    "nbconvert": 6,
    "mkdocs": 6,
    "lsp": 6,
    "__main__": 6,
}
NEIGHBOURS = {
    frozenset({"formats", "csl"}),
    frozenset({"notebook", "web"}),
    frozenset({"csl", "web"}),
}
MODULES = sorted(PACKAGE.rglob("*.py"))
FORMATS = {
    path.parent.name: frozenset(import_module(f"refcite.formats.{path.parent.name}").__all__)
    for path in PACKAGE.glob("formats/*/__init__.py")
}
"""The packages in `formats/`, each with the names that it offers."""
# The packages of the citation processor, the lowest layer first (docs/csl-design.md).
CSL_LAYERS = ("style", "backends", "text", "render", "document", "explain", "legal", "")


def _room(parts: tuple[str, ...]) -> str:
    return parts[0] if parts else ""


def _room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return _room(parts if parts != ("__init__",) else ())


@cache
def _imported(path: Path) -> Sequence[tuple[str, int]]:
    """Return the names of refcite's that a module imports, each with its line."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
    return [(name, line) for name, line in found if name.split(".")[0] == "refcite"]


def _imported_rooms(path: Path) -> Iterator[tuple[str, int]]:
    for name, line in _imported(path):
        _, *rest = name.split(".")
        yield (rest[0] if rest and rest[0] in FLOORS else ""), line


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


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_of_a_format_others_import_only_what_it_offers(path: Path) -> None:
    parts = path.relative_to(PACKAGE).parts
    own = parts[1] if len(parts) > 2 and parts[0] == "formats" else ""
    for name, line in _imported(path):
        match name.split("."):
            case ["refcite", "formats", other, *rest] if other in FORMATS and other != own:
                is_offered = len(rest) == 1 and rest[0] in FORMATS[other]
                assert is_offered, f"{path}:{line}: {name} is not in the __all__ of {other}"


def test_the_floors_are_those_that_the_design_shows() -> None:
    text = (PACKAGE.parent.parent / "docs" / "design.md").read_text(encoding="utf-8")
    for room, floor in FLOORS.items():
        is_package = bool(room) and (PACKAGE / room).is_dir()
        name = "__init__.py" if not room else f"{room}/" if is_package else f"{room}.py"
        rows = [row for row in text.splitlines() if row.startswith(f"| {floor} |")]
        assert any(f"`{name}`" in row for row in rows), f"{room} is not in the table"


# Cycles


def _name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {_name_of(path): path for path in MODULES}


def _imported_modules(path: Path) -> dict[str, int]:
    """Return the modules that one imports, anywhere in it, each with a line.

    Imports within functions count, as they run; so do those for type checkers alone, since a module
    that names the types of another knows of it. What does not count is that Python runs a package's
    `__init__.py` before its modules, and what `__init__.py` and `hooks.py` have as text.
    """
    found: dict[str, int] = {}
    for name, line in _imported(path):
        module = name if name in NAMES else name.rpartition(".")[0]
        if module in NAMES:
            found.setdefault(module, line)
    return found


def test_no_modules_import_each_other_in_a_cycle() -> None:
    left = {name: set(_imported_modules(path)) - {name} for name, path in NAMES.items()}
    # A module that imports none of the others, or that none of them imports, is in no cycle.
    while free := left.keys() - (
        {name for name, imported in left.items() if imported} & set().union(*left.values())
    ):
        left = {name: imported - free for name, imported in left.items() if name not in free}
    assert not left


def _csl_layer(module: str) -> str | None:
    """Return the layer of a module in the citation processor, None for any other module."""
    parts = module.split(".")
    if parts[:2] != ["refcite", "csl"]:
        return None
    return parts[2] if parts[2:] and (PACKAGE / "csl" / parts[2]).is_dir() else ""


CSL = [name for name in NAMES if _csl_layer(name) is not None]


@pytest.mark.parametrize("module", CSL)
def test_a_layer_of_the_citation_processor_imports_only_itself_and_lower_ones(module: str) -> None:
    own = CSL_LAYERS.index(_csl_layer(module) or "")
    for imported, line in _imported_modules(NAMES[module]).items():
        room = _csl_layer(imported)
        if room is not None:
            assert CSL_LAYERS.index(room) <= own, (
                f"{module}:{line}: imports {imported}, from a higher layer"
            )


def test_the_design_of_the_citation_processor_lists_its_modules() -> None:
    folders = {path.name for path in (PACKAGE / "csl").iterdir() if (path / "__init__.py").exists()}
    assert folders == set(CSL_LAYERS) - {""}
    text = (PACKAGE.parent.parent / "docs" / "csl-design.md").read_text(encoding="utf-8")
    for path in (NAMES[module] for module in CSL):
        if path.name != "__init__.py":
            assert f"`{path.name}`" in text, f"{path.name} is not in docs/csl-design.md"


@pytest.mark.parametrize("page", ["design.md", "csl-design.md"])
def test_every_module_that_a_page_on_the_design_names_exists(page: str) -> None:
    root = PACKAGE.parent.parent
    text = (root / "docs" / page).read_text(encoding="utf-8")
    folders = [PACKAGE, *(root / name for name in ("tests", "benchmarks", "building", "docs"))]
    paths = [path.as_posix() for folder in folders for path in folder.rglob("*.py")]
    for name in re.findall(r"`([\w/]+\.py)`", text):
        assert any(path.endswith(f"/{name}") for path in paths), f"{page} names {name}"


# The picture

PICTURE = PACKAGE.parent.parent / "docs" / "explanation" / "layers.svg"
BOX = ("x", "y", "width", "height")


def _drawn(floor: int) -> tuple[float, set[str]]:
    """Return how far down the picture shows a floor, and its rooms."""
    # The file stands in a page of HTML, so that it needs no namespace.
    (group,) = ET.parse(PICTURE).getroot().findall(f"g[@data-floor='{floor}']")
    boxes = [{name: float(box.get(name, 0)) for name in BOX} for box in group.findall("rect")]
    (top,) = {box["y"] for box in boxes}
    rooms = [text for text in group.findall("text") if text.get("class") == "room"]
    assert len(rooms) == len(boxes)
    for text, box in zip(rooms, boxes, strict=True):
        assert box["x"] < float(text.get("x", 0)) < box["x"] + box["width"]
        assert top < float(text.get("y", 0)) < top + box["height"]
    return top, {text.text or "" for text in rooms}


@pytest.mark.parametrize("floor", range(2, 7))
def test_the_picture_shows_the_rooms_of_a_floor(floor: int) -> None:
    _, rooms = _drawn(floor)
    assert rooms == {room or "refcite" for room, at in FLOORS.items() if at == floor}


def test_the_picture_shows_the_floors_above_each_other() -> None:
    tops = [_drawn(floor)[0] for floor in range(7)]
    assert tops == sorted(set(tops), reverse=True)


@pytest.mark.parametrize("floor", range(2))
def test_the_foot_of_the_picture_has_rooms_that_are_there(floor: int) -> None:
    (shown,) = _drawn(floor)[1]
    named = set(shown.removesuffix(" …").split(" · "))
    assert named < {room for room, at in FLOORS.items() if at == floor}


def test_the_title_of_the_picture_says_what_it_shows() -> None:
    title = ET.parse(PICTURE).findtext("title") or ""
    for floor in range(2, 7):
        named = title.partition(f"Layer {floor}: ")[2].partition(". ")[0]
        for room in _drawn(floor)[1]:
            assert room in named, f"{room} is not on layer {floor} in the title"
