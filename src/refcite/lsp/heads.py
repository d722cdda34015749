"""What documents and projects state about their bibliography: files, style and language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from attrs import field, frozen

from refcite.documents.auxiliary import read_aux
from refcite.documents.latex import cited_keys
from refcite.documents.markdown import MarkdownDocument
from refcite.documents.metadata import Settings, settings_of
from refcite.documents.myst.project import is_address, project_metadata
from refcite.formats import yamltext
from refcite.lsp.texts import Place
from refcite.problems import Problem, RefciteError

__all__ = [
    "Head",
    "Named",
    "aux_files",
    "front_matter",
    "head_of_latex",
    "head_of_markdown",
    "project_settings",
    "root_of_latex",
]

_END: Final = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_START: Final = re.compile(r"---[ \t]*$")
_LONGEST: Final = 2_000
"""The number of lines of the longest metadata block."""
_COMMANDS: Final = ("\\bibliography{", "\\addbibresource", "\\nobibliography{")
_ROOT: Final = re.compile(r"[ \t]*%[ \t]*!\s*T[eE]X\s+root\s*=\s*(.+?)\s*$")
_SUBFILE: Final = re.compile(r"\\documentclass\[([^\]]+)\]\{subfiles\}")
_FIRST_LINES: Final = 30
_PROJECTS: Final = ("_quarto.yml", "_quarto.yaml", "_metadata.yml")


@frozen
class Named:
    """A bibliography file that a document names.

    Attributes:
        name: The name as it is written.
        path: Its path.
        start: Where the name starts in the document.
        end: Where it ends.
    """

    name: str
    path: Path
    start: Place
    end: Place


@frozen(kw_only=True)
class Head:
    """What a document states about its bibliography.

    Attributes:
        named: The bibliography files.
        style: The style, None if it names none.
        language: The language, None if it names none.
        problems: The problems of the metadata.
    """

    named: tuple[Named, ...] = ()
    style: str | None = None
    language: str | None = None
    problems: tuple[Problem, ...] = field(factory=tuple)


# Markdown


def front_matter(lines: list[str]) -> str:
    r"""Return the metadata block at the start of a document, empty if there is none.

    Example:
        >>> front_matter(["---\n", "csl: apa\n", "---\n", "Text.\n"])
        '---\ncsl: apa\n---\n'
    """
    if _START.match(lines[0].rstrip("\r\n")) is None:
        return ""
    for number, line in enumerate(lines[1:_LONGEST], 1):
        if _END.match(line.rstrip("\r\n")) is not None:
            return "".join(lines[: number + 1])
    return ""


def head_of_markdown(front: str, folder: Path) -> Head:
    """Return the head of a document in Markdown.

    Args:
        front: Its metadata block.
        folder: Its folder.

    Raises:
        FormatError: PyYAML is not installed.
    """
    if not front:
        return Head()
    document = MarkdownDocument(front.replace("\r\n", "\n").replace("\r", "\n"))
    problems: list[Problem] = []
    metadata = document.metadata
    settings = settings_of(metadata, folder, problems)
    names = metadata.get("bibliography")
    written = [str(one) for one in (names if isinstance(names, list) else [names])]
    return Head(
        named=tuple(_placed(document.text, zip(written, settings.bibliography, strict=False))),
        style=settings.style,
        language=settings.language,
        problems=(*document.problems, *problems),
    )


def _placed(text: str, named: Iterable[tuple[str, Path]]) -> Iterator[Named]:
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if "bibliography" in line), 0)
    for name, path in named:
        for number, line in enumerate(lines[first:], first):
            start = line.find(name, len("bibliography") if number == first else 0)
            if start >= 0:
                yield Named(name, path, Place(number, start), Place(number, start + len(name)))
                break
        else:
            yield Named(name, path, Place(first, 0), Place(first, len(lines[first])))


def project_settings(document: Path, root: Path | None) -> Iterator[Settings]:
    """Yield the settings of the projects of a document, the nearest ones first.

    Projects are those of Quarto and of MyST.

    Args:
        document: The path of the document.
        root: The folder of the workspace, above which nothing is read.

    Raises:
        FormatError: PyYAML is not installed.
    """
    for parent in document.parents:
        for name in _PROJECTS:
            path = parent / name
            if path.is_file():
                try:
                    text = path.read_text(encoding="utf-8")
                except (OSError, UnicodeDecodeError):
                    continue
                found = yamltext.plain(yamltext.mapping(text, []))
                yield settings_of(found, parent, [])
        if root is None or parent == root:
            break
    yield settings_of(project_metadata(document, []))


# LaTeX


def head_of_latex(text: str, folder: Path) -> Head:
    r"""Return the head of a document in LaTeX.

    Only the lines with one of the commands are read, so that it is fast for long documents.

    Args:
        text: The document.
        folder: The folder from which its files are named.

    Example:
        >>> head = head_of_latex("\\cite{a}\n\\bibliography{refs}\n", Path("book"))
        >>> head.named[0].path.as_posix(), head.named[0].start
        ('book/refs.bib', Place(line=1, column=14))
    """
    named: list[tuple[int, Named]] = []
    for command in _COMMANDS:
        at = text.find(command)
        while at >= 0:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("}", at)
            end = len(text) if end < 0 else end + 1
            piece = text[start:end]
            for name in cited_keys(piece).bibliographies:
                written = name if name in piece else name.removesuffix(".bib")
                place = start + piece.find(written, at - start + len(command) - 1)
                if is_address(name) or place < at:
                    continue
                line = text.count("\n", 0, place)
                column = place - (text.rfind("\n", 0, place) + 1)
                named.append(
                    (
                        place,
                        Named(
                            written,
                            folder / name,
                            Place(line, column),
                            Place(line, column + len(written)),
                        ),
                    )
                )
            at = text.find(command, end)
    named.sort(key=lambda one: one[0])
    return Head(named=tuple(one for _, one in named))


def root_of_latex(lines: list[str], folder: Path) -> Path | None:
    """Return the main file that a LaTeX file names, None if it names none."""
    for line in lines[:_FIRST_LINES]:
        found = _ROOT.match(line.rstrip("\r\n")) or _SUBFILE.search(line)
        if found is not None:
            path = folder / found[1]
            return path if path.suffix else path.with_name(f"{path.name}.tex")
    return None


def aux_files(path: Path) -> list[Path]:
    """Return the bibliography files that the auxiliary file of a LaTeX document names."""
    aux = path.with_suffix(".aux")
    if not aux.is_file():
        return []
    try:
        found = read_aux(aux)
    except RefciteError:
        return []  # LaTeX writes it, and what is wrong with it is reported by `refcite bbl`
    return [
        path.parent / (one.value if one.value.endswith(".bib") else f"{one.value}.bib")
        for one in found.bibliographies
    ]
