"""Write the lock files in `requirements/` anew: every release that make installs, and no other.

    python -m tests.locking

`make lock` calls it, in an environment that has uv. One resolution covers all the lock files, for
every Python that refcite supports, so that they agree with each other.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

__all__ = ["ROOT", "floors", "normal"]

ROOT: Final = Path(__file__).resolve().parent.parent
LOCKS: Final = {
    "build": ("requirements/build.in",),
    "demo": ("requirements/build.in", "pyproject.toml"),
    "browser": ("requirements/browser.in",),
    # All extras but `icu`: PyICU has no wheels, and needs the library and headers of ICU.
    "test": (
        "requirements/build.in",
        "pyproject.toml",
        *(
            f"--extra={name}"
            for name in (
                *("yaml", "tables", "marc", "web", "serve", "zstd", "dask", "arrow"),
                *("journals", "sphinx", "mkdocs", "lsp", "docs", "dev"),
            )
        ),
    ),
}
"""What each lock file is made from."""

_HEAD: Final = "# Made by `make lock` from {}. Do not edit.\n"
_REQUIREMENT: Final = re.compile(r"([\w.-]+)(?:\[[^]]*\])?\s*(?:>=\s*([\w.]+))?")


def normal(name: str) -> str:
    """Return a package's name as lock files spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def floors() -> dict[str, str]:
    """Return the oldest release of each package that `pyproject.toml` lets a user have."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["docx"], *extras["yaml"]]
    wanted += [*extras["tables"], *extras["marc"], *extras["web"], *extras["serve"]]
    wanted += [*extras["zstd"], *extras["dask"], *extras["arrow"], *extras["journals"]]
    wanted += [*extras["sphinx"], *extras["mkdocs"], *extras["lsp"]]
    found = {}
    for one in wanted:
        match = _REQUIREMENT.match(one)
        assert match, one
        assert match[2], f"{one} has no floor"
        found[normal(match[1])] = match[2]
    return found


def _main() -> None:
    scratch = ROOT / "build" / "lock"
    scratch.mkdir(parents=True, exist_ok=True)
    everything = scratch / "everything.txt"
    everything.unlink(missing_ok=True)
    _compile(everything, "--universal", *dict.fromkeys(_sources()))
    for name, sources in LOCKS.items():
        lock = ROOT / "requirements" / f"{name}.txt"
        lock.unlink(missing_ok=True)
        _compile(lock, "--universal", "--constraints", str(everything), *sources)
        _say(lock, " and ".join(one for one in sources if not one.startswith("--")))
    _lock_the_floors(scratch)


def _sources() -> Iterator[str]:
    for sources in LOCKS.values():
        yield from sources


def _lock_the_floors(scratch: Path) -> None:
    """Lock the floors with what tests them, which is as in the other lock where that goes."""
    wanted = scratch / "floors.in"
    wanted.write_text("".join(f"{name}=={version}\n" for name, version in floors().items()))
    # Of pylatexenc, pure Python, the oldest release is available as source only.
    only_wheels = ("--only-binary", ",".join(name for name in floors() if name != "pylatexenc"))
    names = (
        *("docx", "yaml", "tables", "web", "serve", "zstd", "dask", "arrow"),
        *("journals", "sphinx", "mkdocs", "lsp"),
    )
    extras = tuple(f"--extra={name}" for name in names)
    _compile(scratch / "floors.txt", *only_wheels, str(wanted), "pyproject.toml", *extras)
    # What tests may ask for newer releases than refcite does; the floors hold all the same.
    lock = ROOT / "requirements" / "lowest.txt"
    # What stands in the file that is to be written is what uv prefers.
    lock.write_text((ROOT / "requirements" / "test.txt").read_text(encoding="utf-8"))
    sources = ("requirements/build.in", "pyproject.toml", *extras, "--extra", "dev")
    _compile(lock, *only_wheels, "--override", str(wanted), *sources)
    _say(lock, "the floors in pyproject.toml, for Python 3.11")


def _compile(lock: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--python-version", "3.11"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    subprocess.run([*command, "-o", str(lock), *arguments], cwd=ROOT, check=True)


def _say(lock: Path, source: str) -> None:
    lock.write_text(_HEAD.format(source) + lock.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    _main()
