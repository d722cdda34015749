r"""The auxiliary files of LaTeX (`.aux`): the citations, the bibliography files and the style.

BibTeX reads four commands, each at the start of a line: `\citation`, `\bibdata`, `\bibstyle` and
`\@input`, which names the auxiliary file of an included file.

Source: O. Patashnik, "BibTeXing", and the documentation of BibTeX's program (`bibtex.web`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from refcite.formats.files import decode, read_source
from refcite.problems import InputError, Problem, RefciteError, Severity

__all__ = ["AuxFile", "AuxValue", "find_bibliography", "read_aux"]

_COMMAND: Final = re.compile(
    r"\\(citation|bibdata|bibstyle|@input)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
)
_BIBLATEX: Final = re.compile(r"\\abx@aux@|\\bibstyle\{biblatex\}")
_STYLE_PREFIX: Final = "csl:"
_DEEPEST: Final = 100
"""Included files may be nested so deeply."""


@frozen
class AuxValue:
    """A value of a command in an auxiliary file.

    Attributes:
        value: A key, the name of a bibliography file, or a style.
        file: The auxiliary file.
        line: Its line, counted from 1.
    """

    value: str
    file: str
    line: int


@define(kw_only=True)
class AuxFile:
    r"""The commands of an auxiliary file and of those that it includes.

    Attributes:
        keys: The cited keys in the order of the document, each once, at its first place.
        cites_all: Whether all entries are listed (`\nocite{*}`).
        bibliographies: The names of the bibliography files.
        style: The argument of `\bibliographystyle`, None without one.
        problems: The problems.
    """

    keys: list[AuxValue] = field(factory=list)
    cites_all: bool = False
    bibliographies: list[AuxValue] = field(factory=list)
    style: AuxValue | None = None
    problems: list[Problem] = field(factory=list)

    def csl_style(self) -> str | None:
        r"""Return the CSL style that the document names, None if it names none.

        A path is relative to the folder of the file.

        Raises:
            RefciteError: It names a style of BibTeX, which is no CSL style.

        Example:
            >>> AuxFile(style=AuxValue("csl:apa", "main.aux", 2)).csl_style()
            'apa'
        """
        found = self.style
        if found is None:
            return None
        if not found.value.startswith(_STYLE_PREFIX):
            raise RefciteError(
                f"{found.file}:{found.line}: the style {found.value!r} is one of BibTeX; write"
                r" \bibliographystyle{csl:apa}, with the id of a CSL style, or add --style"
            )
        style = found.value.removeprefix(_STYLE_PREFIX).strip()
        path = Path(found.file).parent / style
        return str(path) if path.suffix == ".csl" and path.is_file() else style


def read_aux(path: str | os.PathLike[str]) -> AuxFile:
    r"""Read an auxiliary file, and those that it includes.

    Args:
        path: The file; the extension `.aux` may be omitted.

    Raises:
        InputError: The file cannot be read.
        RefciteError: The document uses biblatex, whose auxiliary files only biber reads; or it has
            no `\bibliography`.
    """
    main = Path(path)
    if main.suffix != ".aux" and not main.is_file():
        main = main.with_name(f"{main.name}.aux")
    reader = _Reader(main.parent)
    reader.read(main, _text_of(main), 0)
    found = reader.found
    if not found.bibliographies:
        raise RefciteError(
            rf"{main}: it names no bibliography file; add \bibliography{{refs}} to the document,"
            " and run LaTeX again"
        )
    return found


def _text_of(path: Path) -> str:
    return decode(read_source(path))[0]


class _Reader:
    """Reads auxiliary files, each once.

    Args:
        folder: The folder of the main file, from which LaTeX names the others.
    """

    def __init__(self, folder: Path) -> None:
        self.found = AuxFile()
        self._folder = folder
        self._read: set[Path] = set()
        self._keys: set[str] = set()
        self._has_files = False

    def read(self, path: Path, text: str, depth: int) -> None:
        self._read.add(path.resolve())
        for number, line in enumerate(text.split("\n"), 1):
            if not line.startswith("\\"):
                continue
            if _BIBLATEX.match(line):
                raise RefciteError(
                    f"{path}:{number}: the document uses biblatex, whose files only biber reads;"
                    " use natbib, or no package, with refcite"
                )
            command = _COMMAND.match(line)
            if command is not None:
                self._command(command[1], command[2], path, number, depth)

    def _command(self, name: str, value: str, path: Path, line: int, depth: int) -> None:
        if name == "citation":
            for key in _listed(value):
                self._cite(AuxValue(key, str(path), line))
        elif name == "@input":
            self._include(value.strip(), path, line, depth)
        elif name == "bibstyle":
            if self.found.style is None:
                self.found.style = AuxValue(value.strip(), str(path), line)
            else:
                self._report_second(r"\bibliographystyle", path, line)
        elif not self._has_files:
            self._has_files = True
            names = (AuxValue(one, str(path), line) for one in _listed(value))
            self.found.bibliographies.extend(names)
        else:
            self._report_second(r"\bibliography", path, line)

    def _cite(self, key: AuxValue) -> None:
        if key.value == "*":
            self.found.cites_all = True
        elif key.value not in self._keys:
            self._keys.add(key.value)
            self.found.keys.append(key)

    def _include(self, name: str, path: Path, line: int, depth: int) -> None:
        included = self._folder / name
        if included.resolve() in self._read:
            self._report(
                "repeated-aux-file", f"the file {name} is already included", path, line, None
            )
            return
        if depth >= _DEEPEST:
            self._report("unreadable-input", "files are nested too deeply", path, line, None)
            return
        try:
            text = _text_of(included)
        except InputError as error:
            reason = str(error).removeprefix(f"{included}: ")
            self._report(
                "missing-aux-file",
                f"the file {name} cannot be read: {reason}",
                path,
                line,
                "run LaTeX again without \\includeonly",
            )
            return
        self.read(included, text, depth + 1)

    def _report_second(self, command: str, path: Path, line: int) -> None:
        self._report(
            "repeated-aux-command",
            f"the document has a second {command}, which is not used",
            path,
            line,
            "remove it",
        )

    def _report(self, code: str, message: str, path: Path, line: int, hint: str | None) -> None:
        self.found.problems.append(
            Problem(
                severity=Severity.WARNING,
                code=code,
                message=message,
                file=str(path),
                line=line,
                hint=hint,
            )
        )


def _listed(value: str) -> Iterator[str]:
    return (one.strip() for one in value.split(",") if one.strip())


# Bibliography files


def find_bibliography(name: str, folder: Path) -> Path | None:
    """Return the path of a bibliography file, None if it is not found.

    A name without an extension is that of a BibTeX file. The file is searched in the folder of the
    auxiliary file, in the current folder, and in those of the environment variables `BIBINPUTS`
    and `TEXINPUTS`. A folder in them that ends with `//` is searched with its subfolders.

    Args:
        name: The name in the document.
        folder: The folder of the auxiliary file.
    """
    names = [name] if name.endswith(".bib") else [f"{name}.bib", name]
    for place in (folder, Path(), *_searched()):
        for one in names:
            path = place / one
            try:
                if path.is_file():
                    return path
            except (OSError, ValueError):  # a name that no file can have
                continue
    return None


def _searched() -> Iterator[Path]:
    for variable in ("BIBINPUTS", "TEXINPUTS"):
        for part in os.environ.get(variable, "").split(os.pathsep):
            name = part.removeprefix("!!")
            root = Path(name.rstrip("/") or "/").expanduser() if name else None
            if root is None or not root.is_dir():
                continue
            yield root
            if name.endswith("//"):
                yield from (Path(place) for place, _, _ in os.walk(root) if Path(place) != root)
