"""Takes the tour of README.md with the refcite that an environment has installed.

`python -m tests.release ENVIRONMENT`: it holds the wheel and what that needs, nothing else.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.docs.blocks import ROOT, Folder, agrees, blocks_of

_WHERE = "import pathlib, refcite; print(pathlib.Path(refcite.__file__).parent)"


def main(environment: Path) -> None:
    """Run the Python and the commands of README.md; end with an error where one is wrong."""
    python = environment.absolute() / "bin" / "python"
    package = Path(_output(python, "-c", _WHERE))
    data = (
        "styles/refworld.csl",
        "styles/oscola-international.csl",
        "formats/refworld/publishers.toml",
        "serve/page/page.js",
    )
    for needed in ("py.typed", *data):
        assert (package / needed).exists(), f"the wheel lacks {needed}"
    assert environment.absolute() in package.parents, package
    with tempfile.TemporaryDirectory() as scratch:
        commands = 0
        with Folder(Path(scratch, "tour"), str(python), packages=()) as folder:
            for block in blocks_of((ROOT / "README.md").read_text(encoding="utf-8")):
                if block.has_examples:
                    wrong = folder.wrong_examples(block)
                    assert not wrong, wrong
                for shown, had in folder.run(block):
                    assert agrees(shown, had), f"$ {shown.line}\n{had.output}"
                    commands += 1
    assert commands, "README.md shows no command"
    version = _output(python, "-m", "refcite", "--version")
    print(f"{version}: the tour of README.md and its {commands} commands are as they are shown.")


def _output(python: Path, *arguments: str) -> str:
    done = subprocess.run(
        [python, "-I", *arguments], capture_output=True, text=True, check=True, cwd=python.parent
    )
    return done.stdout.strip()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
