"""Runs tests with changed source, in a copy of the repository."""

from __future__ import annotations

import compileall
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from py_compile import PycInvalidationMode
from typing import Final, Self

from tests.mutants.reach import FOLDER, ROOT
from tests.shared import shared_or_none

__all__ = ["Copy"]

_COPIED: Final = ("benchmarks", "docs", "examples", "requirements", "src", "styles", "tests")


class Copy:
    """A copy of the repository, in which a file is changed for as long as tests run.

    Args:
        name: The name of its folder.
    """

    def __init__(self, name: str) -> None:
        self._root = FOLDER / "copies" / name

    def __enter__(self) -> Self:
        shutil.rmtree(self._root, ignore_errors=True)
        self._root.mkdir(parents=True)
        for one in ROOT.iterdir():
            if one.is_file():
                shutil.copy2(one, self._root)
            elif one.name in _COPIED:
                without = shutil.ignore_patterns("__pycache__", "node_modules")
                shutil.copytree(one, self._root / one.name, ignore=without)
        # Two versions of a file may have one size and time; their contents differ.
        compileall.compile_dir(
            self._root / "src", quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH
        )
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._root, ignore_errors=True)

    def passes(self, path: str, text: str, tests: Sequence[str], seconds: float) -> bool:
        """Tell whether tests pass with another text for a file, within some seconds."""
        file = self._root / path
        before = file.read_text(encoding="utf-8")
        file.write_text(text, encoding="utf-8")
        try:
            return self._run(tests, seconds)
        finally:
            file.write_text(before, encoding="utf-8")

    def _run(self, tests: Sequence[str], seconds: float) -> bool:
        chosen = self._root / "tests.txt"
        chosen.write_text("\n".join(tests), encoding="utf-8")
        shared = shared_or_none()
        environment = {
            **os.environ,
            "PYTHONPATH": str(self._root / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "REFCITE_SITE": str(ROOT / "build" / "docs"),
            **({"REFCITE_SHARED": str(shared)} if shared else {}),
        }
        command = [sys.executable, "-m", "pytest", "-x", "--tb=no", "-m", "not long"]
        with subprocess.Popen(
            [*command, "-p", "no:cacheprovider", f"@{chosen}"],
            cwd=self._root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                # pytest's own number for "no test was run" is no failure.
                return process.wait(seconds) in {0, 5}
            except subprocess.TimeoutExpired:
                return False
            finally:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what the tests have left running, which is in a session of its own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
