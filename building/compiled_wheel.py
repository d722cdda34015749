"""The build hook of the compiled wheel: modules of refcite become extension modules, by mypyc.

`pyproject.toml` lists the modules. The hook runs only if `HATCH_BUILD_HOOK_ENABLE_CUSTOM=true` is
set, as `make wheel-compiled` does. It writes nothing into the source: compiled modules next to the
sources would be imported by everything that uses the source.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["CompiledWheel", "compiled_modules"]

_PLUGIN: Final = Path(__file__).with_name("attrs_fields.py")


def compiled_modules(root: Path, config: dict[str, Any]) -> list[str]:
    """Return the files that are compiled, relative to `src`, in alphabetical order.

    Args:
        root: The folder of the project.
        config: The table of the hook in `pyproject.toml`: glob patterns in `compiled`, and files in
            `interpreted`, which are not compiled.

    Raises:
        ValueError: A pattern fits no file.
    """
    source = root / "src"
    interpreted = {file for pattern in config["interpreted"] for file in _files(source, pattern)}
    chosen = {file for pattern in config["compiled"] for file in _files(source, pattern)}
    return sorted(file for file in chosen - interpreted if not file.endswith("/__init__.py"))


def _files(source: Path, pattern: str) -> Iterator[str]:
    found = [path.relative_to(source).as_posix() for path in source.glob(pattern)]
    if not found:
        raise ValueError(f"pyproject.toml: no module fits {pattern!r}; remove or correct it")
    yield from found


class CompiledWheel(BuildHookInterface[Any]):
    """Compiles modules and adds them to the wheel, next to their sources."""

    _scratch: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the modules.

        Args:
            version: The kind of wheel; an editable one is not compiled.
            build_data: What hatchling adds to the wheel.
        """
        if version == "editable":
            return
        root = Path(self.root)
        self._scratch = Path(mkdtemp())
        for built in _compile(root / "src", compiled_modules(root, self.config), self._scratch):
            build_data["force_include"][str(built)] = built.relative_to(
                self._scratch / "built"
            ).as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the scratch folder."""
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)


def _compile(source: Path, modules: list[str], scratch: Path) -> list[Path]:
    """Compile modules into the folder `built` of a scratch folder, and return the files in it."""
    from mypyc.build import mypycify
    from setuptools import Distribution

    settings = scratch / "mypy.ini"
    settings.write_text(
        "[mypy]\nignore_missing_imports = true\n"
        f"mypy_path = {source}\nplugins = {_PLUGIN}\ncache_dir = {scratch / 'cache'}\n",
        encoding="utf-8",
    )
    # Tracebacks contain the paths that mypyc gets, relative to the working folder.
    with chdir(source):
        extensions = mypycify(
            [f"--config-file={settings}", *modules],
            group_name="refcite",
            target_dir=str(scratch / "c"),
            multi_file=True,
            debug_level="0",
        )
        command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib = str(scratch / "built")
        command.build_temp = str(scratch / "objects")
        command.ensure_finalized()
        command.run()
    return [path for path in (scratch / "built").rglob("*") if path.is_file()]
