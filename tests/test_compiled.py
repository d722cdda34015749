"""The modules of the compiled wheel contain nothing that mypyc compiles to something else."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from building.compiled_wheel import compiled_modules

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HOOK = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
MODULES = compiled_modules(ROOT, HOOK)


def test_only_modules_of_the_processor_are_compiled() -> None:
    assert "refcite/csl/text/stream.py" in MODULES  # `refcite.builds` looks for this one
    assert all(module.startswith("refcite/csl/") for module in MODULES)
    assert not any(module.startswith("refcite/csl/explain/") for module in MODULES)
    assert not set(MODULES) & set(HOOK["interpreted"])


def test_a_pattern_without_a_module_is_an_error() -> None:
    with pytest.raises(ValueError, match="no module fits 'refcite/none"):
        compiled_modules(ROOT, {"compiled": ["refcite/none/*.py"], "interpreted": []})


@pytest.mark.parametrize("module", MODULES)
def test_no_class_has_two_methods_of_one_name(module: str) -> None:
    # mypyc drops all but one of them, where Python calls the decorator of each.
    tree = ast.parse((ROOT / "src" / module).read_text(encoding="utf-8"))
    for class_ in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        names = list(_methods(class_))
        assert len(names) == len(set(names)), f"{module}, class {class_.name}"


@pytest.mark.parametrize("module", MODULES)
def test_no_object_is_created_without_its_initialiser(module: str) -> None:
    # `Class.__new__(Class)` of a compiled class calls `__init__`, unlike that of Python.
    tree = ast.parse((ROOT / "src" / module).read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [f for f in calls if isinstance(f, ast.Attribute) and f.attr == "__new__"]


def test_no_interpreted_class_is_derived_from_a_compiled_one() -> None:
    source, derived = ROOT / "src", []
    for path in sorted(source.rglob("*.py")):
        if path.relative_to(source).as_posix() in MODULES:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        compiled = {
            name.asname or name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and f"{(node.module or '').replace('.', '/')}.py" in MODULES
            for name in node.names
        }
        for class_ in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            bases = {base.id for base in class_.bases if isinstance(base, ast.Name)}
            derived += [f"{path}: {class_.name}" for _ in bases & compiled]
    assert not derived


def _methods(class_: ast.ClassDef) -> Iterator[str]:
    for node in class_.body:
        if isinstance(node, ast.FunctionDef) and not any(
            isinstance(decorator, ast.Attribute) and decorator.attr in {"setter", "deleter"}
            for decorator in node.decorator_list
        ):
            yield node.name
