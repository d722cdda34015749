"""Documents of our own, rendered by refcite and by pandoc.

`make documents` runs this module. Each document in `texts/` goes through `pandoc --citeproc`, and
through refcite: as rendered Markdown, and as pandoc's tree through the filter if it is installed.
All results are converted to plain text by pandoc and compared. `differences.toml` lists those that
differ, with the reason; it is checked both ways.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from click import echo

from refcite import render
from refcite.csl.style.style_source import find_style

__all__ = ["TEXTS", "Comparison", "compared", "pandoc_program"]

TEXTS: Final = Path(__file__).parent / "texts"
DIFFERENCES: Final = Path(__file__).parent / "differences.toml"
_PEERS: Final = Path(__file__).parents[2] / "build" / "peers" / "pypandoc" / "files"
_STYLE: Final = re.compile(r"^csl: (.+)\.csl$", re.MULTILINE)
# Without its list of abbreviations, pandoc would make the space after "p." a no-break space, in
# texts that it reads, and not in those that its citation processor writes.
_PLAIN: Final = ("--to", "plain", "--wrap", "none", "--abbreviations", "none.txt")
_RAISED: Final = re.compile(r"\^\([^\n]*\)")
FILTER: Final = "refcite-pandoc"


def pandoc_program() -> str | None:
    """Return the path of pandoc, None if it is not installed."""
    return shutil.which("pandoc", path=str(_PEERS)) or shutil.which("pandoc")


def filter_program() -> str | None:
    """Return the path of the filter of this environment, or of another one; None without any."""
    here = Path(sys.executable).parent  # it may be missing in PATH
    return shutil.which(FILTER, path=str(here)) or shutil.which(FILTER)


class Comparison:
    """A document with the results of pandoc and refcite as plain text.

    Attributes:
        name: The name of the document.
        expected: The text with pandoc's citations.
        found: The texts with refcite's, by the way: `markdown` or `filter`.
    """

    def __init__(self, name: str, expected: str, found: dict[str, str]) -> None:
        self.name = name
        self.expected = expected
        self.found = found

    def differing(self) -> Iterator[str]:
        """Yield the ways whose result differs from pandoc's."""
        return (way for way, text in self.found.items() if text != self.expected)


def compared(program: str, names: list[str] | None = None) -> Iterator[Comparison]:
    """Yield the comparison of each document.

    Args:
        program: The path of pandoc.
        names: Names of documents, None for all.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copy(TEXTS / "refs.json", folder)
        (folder / "none.txt").touch()
        for source in sorted(TEXTS.glob("*.md")):
            if names and source.stem not in names:
                continue
            text = source.read_text(encoding="utf-8")
            style = _STYLE.search(text)
            if style is not None:
                found = find_style(style[1])
                (folder / f"{style[1]}.csl").write_bytes(found.xml)
            file = folder / source.name
            file.write_text(text, encoding="utf-8")
            rendered = render(text, file=file).text
            ways = {"markdown": _plain(program, folder, rendered)}
            if (filter_ := filter_program()) is not None:
                ways["filter"] = _plain(program, folder, text, "--filter", filter_)
            expected = _plain(program, folder, text, "--citeproc")
            yield Comparison(source.stem, expected, ways)


def _plain(program: str, folder: Path, text: str, *options: str) -> str:
    command = [program, "--from", "markdown", *_PLAIN, *options]
    done = subprocess.run(
        command,
        input=text,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    # A raised text of Markdown cannot contain a space that allows a line break.
    return _RAISED.sub(lambda raised: raised[0].replace("\u00a0", " "), done.stdout.strip())


def known_differences() -> dict[str, dict[str, str]]:
    """Return the reasons of known differences, by way and name."""
    with DIFFERENCES.open("rb") as file:
        found: dict[str, dict[str, str]] = tomllib.load(file)
    return found


def main(names: list[str]) -> int:
    """Print the comparison; return 1 if the list of differences is wrong."""
    program = pandoc_program()
    if program is None:
        echo("pandoc is not installed; `make peers` installs it into build/peers")
        return 1
    known = known_differences()
    counts: dict[str, list[int]] = {}
    wrong = 0
    for one in compared(program, names):
        differing = set(one.differing())
        for way in one.found:
            count = counts.setdefault(way, [0, 0])
            count[0] += way not in differing
            count[1] += 1
            is_known = one.name in known.get(way, {})
            if (way in differing) != is_known:
                wrong += 1
                echo(f"{one.name} ({way}): {'listed, but equal' if is_known else 'differs'}")
                if names:
                    _show(one.expected, one.found[way])
    for way, (equal, total) in counts.items():
        echo(f"{way}: {equal} of {total} documents are equal to pandoc's")
    return int(bool(wrong))


def _show(expected: str, found: str) -> None:
    from difflib import ndiff

    for line in ndiff(expected.splitlines(), found.splitlines()):
        if line[0] != " ":
            echo(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
