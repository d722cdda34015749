"""Runs the code blocks of the documentation: files, commands, and Python.

The blocks of a page are taken in order, in a folder with a copy of `examples/`; works are looked up
on loopback:

- a block with a caption (`:caption: refs.bib`) is a file;
- a `console` block has commands after `$ `, each with the output that it must have. A command
  without output is run and must succeed. A line `...` stands for any lines;
- a `python` block with `>>>` is a doctest. All of a page are run by one Python, in the same folder:
  what it writes, the commands after it find, and the other way round;
- a YAML file with `steps` is a workflow: the commands of refcite in it must succeed.

`python -m tests.docs.blocks PAGE…` writes the output that the commands have into the pages.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import yaml
from attrs import evolve, frozen

from tests.docs.services import answering
from tests.waiting import HANG

ROOT = Path(__file__).resolve().parents[2]
ADDS_PAGES = ("refcite add http", "refcite add - ")
"""Pages stand at their own addresses, for which no server on loopback can answer."""
ENVIRONMENT = ".venv/"
"""Where `make demo` sets up, and where people are told to."""
ELSEWHERE = (
    *("make ", "pip ", "pre-commit ", "pytest ", "npm ", "python -m ", "python3 -m "),
    *(f". {ENVIRONMENT}", ENVIRONMENT),
    *("pandoc ", "pdflatex ", "jupyter nbconvert ", "mkdocs "),
    *ADDS_PAGES,
)
"""Commands that need a network or another program or take long, or make files of the repository;
that they exist is tested, and `make release-check` installs.
"""

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?:\{code-block\} ?)?(?P<language>[\w-]+)\n"
    r"(?P<options>(?::[\w-]+:[^\n]*\n)*)\n?(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_CAPTION = re.compile(r"^:caption: (.+)$", re.MULTILINE)
_MARK = "\x1e"
_ANY_LINES = "..."
_EXAMPLES: Final = """
import doctest, json, sys
parser, known = doctest.DocTestParser(), {"__name__": "__main__"}
runner = doctest.DocTestRunner(
    verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
)
for line in sys.stdin:
    said = []
    block = parser.get_doctest(json.loads(line), known, "the page", None, 0)
    block.globs = known
    runner.run(block, out=said.append, clear_globs=False)
    print(json.dumps("".join(said)), flush=True)
"""
"""Runs blocks, each of which is sent as a line of JSON, and answers with what is wrong with it."""


@frozen
class Block:
    """A fenced block of a page."""

    language: str
    caption: str | None
    body: str
    start: int
    """Where the body starts in the page's text."""

    @property
    def has_examples(self) -> bool:
        return self.language == "python" and self.caption is None


@frozen
class Command:
    """A command of a `console` block, with the output that it shows or has."""

    line: str
    output: str
    status: int = 0

    @property
    def runs_elsewhere(self) -> bool:
        return self.line.startswith(ELSEWHERE)

    @property
    def looks_works_up(self) -> bool:
        return self.line.startswith("refcite add ")

    @property
    def installs_a_folder(self) -> bool:
        return self.line.startswith("python -m pip install ./")


def blocks_of(page: str) -> Iterator[Block]:
    """Yield the blocks of a page's text."""
    for match in _FENCE.finditer(page):
        caption = _CAPTION.search(match["options"])
        yield Block(
            match["language"], caption[1] if caption else None, match["body"], match.start("body")
        )


def commands_of(body: str) -> Iterator[Command]:
    """Yield the commands of a `console` block."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        line = re.match(r"(?:.*\\\n)*.*\n", part)
        assert line is not None
        yield Command(line[0].strip(), part[line.end() :])


def agrees(shown: Command, had: Command) -> bool:
    """Tell whether a command had the output that it shows, or succeeded where it shows none."""
    if not shown.output.strip():
        return had.status == 0
    expected = "".join(
        r"(?:.*\n)*?" if line == _ANY_LINES else re.escape(f"{line}\n")
        for line in _even(shown.output).splitlines()
    )
    return had.status in (0, 1) and re.fullmatch(expected, _even(had.output)) is not None


def _even(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()) + "\n"


class Folder:
    """Where the blocks of one page are run; it is used in a `with` statement.

    Args:
        path: The folder; it is made.
        python: The Python that runs the commands.
        packages: Where it finds refcite, unless it is installed.
        mirrors: The environment under which `refcite add` asks a server on loopback; without it,
            works are not looked up.
        without: Modules that cannot be imported there, as where an extra is not installed.
    """

    def __init__(
        self,
        path: Path,
        python: str = sys.executable,
        packages: tuple[Path, ...] = (ROOT / "src",),
        mirrors: Mapping[str, str] | None = None,
        without: Iterable[str] = (),
    ) -> None:
        self.path = path
        self._mirrors = mirrors
        self._python = python
        self._examples: subprocess.Popen[str] | None = None
        self._programs = path.parent / "programs"
        self._installed = path.parent / "installed"
        absent = path.parent / "absent"
        self._packages = (absent, *packages)
        for folder in (path, self._programs, self._installed, absent):
            folder.mkdir()
        for name in without:
            raising = f"raise ModuleNotFoundError(\"No module named '{name}'\", name='{name}')\n"
            (absent / f"{name}.py").write_text(raising, encoding="utf-8")
        shutil.copytree(ROOT / "examples", path / "examples")
        for name, module in (("refcite", " -m refcite"), ("python", "")):
            script = self._programs / name
            script.write_text(f'#!/bin/sh\nexec "{python}"{module} "$@"\n', encoding="utf-8")
            script.chmod(0o755)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._examples is not None:
            with self._examples as process:
                process.kill()

    def wrong_examples(self, block: Block) -> str:
        """Run the Python of a block; return what doctest says of the examples that are wrong."""
        if self._examples is None:
            self._examples = subprocess.Popen(
                [self._python, "-W", "error", "-c", _EXAMPLES],
                cwd=self.path,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        assert self._examples.stdin is not None
        assert self._examples.stdout is not None
        self._examples.stdin.write(f"{json.dumps(block.body)}\n")
        self._examples.stdin.flush()
        return str(json.loads(self._examples.stdout.readline() or '"Python ended"'))

    def run(self, block: Block) -> list[tuple[Command, Command]]:
        """Run a block; return its commands, as they are shown and as they turned out."""
        if block.caption:
            file = self.path / block.caption
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.body, encoding="utf-8")
        if block.language == "console":
            commands = list(commands_of(block.body))
        elif block.language == "yaml":
            commands = list(_steps(yaml.safe_load(block.body)))
        else:
            return []
        for command in commands:
            if command.installs_a_folder:
                self._install(self.path / command.line.rpartition(" ./")[2])
        return self._run([one for one in commands if not self._is_left_out(one)])

    def _is_left_out(self, command: Command) -> bool:
        return command.runs_elsewhere or (command.looks_works_up and self._mirrors is None)

    def _run(self, commands: list[Command]) -> list[tuple[Command, Command]]:
        script = "".join(
            f"{one.line}\nstatus=$?; printf '{_MARK}%d{_MARK}' $status; (exit $status)\n"
            for one in commands
        )
        done = subprocess.run(
            ["bash", "-c", f"exec 2>&1\n{script}"],
            cwd=self.path,
            capture_output=True,
            check=False,
            timeout=HANG,
            env=self._environment(),
        )
        parts = done.stdout.decode().split(_MARK)
        return [
            (one, evolve(one, output=output, status=int(status)))
            for one, output, status in zip(commands, parts[::2], parts[1::2], strict=False)
        ]

    def _environment(self) -> dict[str, str]:
        packages = [*self._packages, self._installed, *self._sources()]
        return {
            **{name: os.environ[name] for name in ("LANG", "HOME") if name in os.environ},
            "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(map(str, packages)),
            "PYTHONUTF8": "1",
            **(self._mirrors or {}),
        }

    def _install(self, package: Path) -> None:
        """Let a package be found as pip would install it: its code and its entry points."""
        project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        info = self._installed / f"{project['name']}-{project['version']}.dist-info"
        info.mkdir()
        lines = [f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}"]
        (info / "METADATA").write_text("\n".join(lines), encoding="utf-8")
        points = [
            f"[{group}]\n" + "\n".join(f"{name} = {value}" for name, value in named.items())
            for group, named in project.get("entry-points", {}).items()
        ]
        (info / "entry_points.txt").write_text("\n".join(points), encoding="utf-8")
        (self._installed / f"{project['name']}.source").write_text(str(package), encoding="utf-8")

    def _sources(self) -> Iterator[str]:
        for found in self._installed.glob("*.source"):
            yield found.read_text(encoding="utf-8")


def _steps(document: object) -> Iterator[Command]:
    """Yield the commands of refcite in a workflow."""
    if isinstance(document, dict):
        run = document.get("run")
        if isinstance(run, str) and run.startswith("refcite "):
            yield Command(run.strip(), "")
        for value in document.values():
            yield from _steps(value)
    elif isinstance(document, list):
        for value in document:
            yield from _steps(value)


def update(page: Path) -> None:
    """Write the output that the commands of a page have into the page, where they show some."""
    text = page.read_text(encoding="utf-8")
    found = list(blocks_of(text))
    results = []
    with (
        tempfile.TemporaryDirectory() as scratch,
        answering(Path(scratch)) as mirrors,
        Folder(Path(scratch, "page"), mirrors=mirrors) as folder,
    ):
        for block in found:
            if block.has_examples:
                folder.wrong_examples(block)
            results.append(folder.run(block))
    for block, pairs in reversed(list(zip(found, results, strict=True))):
        body = block.body
        for shown, had in pairs:
            if block.language == "console" and shown.output.strip() and not agrees(shown, had):
                body = body.replace(
                    f"$ {shown.line}\n{shown.output}",
                    f"$ {shown.line}\n{_even(had.output)}" + "\n" * shown.output.endswith("\n\n"),
                )
        end = block.start + len(block.body)
        text = text[: block.start] + body + text[end:]
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        update(Path(name))
