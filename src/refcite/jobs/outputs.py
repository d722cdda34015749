"""The names of the outputs, made of the whole names of the inputs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from unicodedata import normalize

from refcite.formats import Format, formats
from refcite.problems import OutputError

__all__ = ["extension_of", "outputs_of"]

_OTHERS: Final = {"refworld": ".txt"}


def extension_of(target: Format) -> str:
    """Return the file extension of a format.

    Example:
        >>> from refcite.formats import get_format
        >>> extension_of(get_format("csl-jsonl")), extension_of(get_format("biblatex"))
        ('.jsonl', '.bib')
    """
    same = (one for one in formats() if one.module == target.module)
    for one in (target, *same):
        for extension in (*one.extensions, *one.shared_extensions):
            return extension
    return _OTHERS.get(target.name, f".{target.name}")


def outputs_of(
    files: Sequence[str], folder: Path, extension: str, base: Path | None = None
) -> list[Path]:
    """Return the path of the output of each file.

    `a.ris` becomes `a.ris.jsonl`, directly in the folder. If two files have the same name, each
    output is in the same subfolder as its input is below the folder that all inputs have in
    common.

    Args:
        files: The paths of the inputs, each once.
        folder: The folder of the outputs.
        extension: The extension that is added.
        base: The folder below which the subfolders of the inputs are kept in any case.

    Raises:
        OutputError: An output would replace an input, or an input is not below `base`.

    Example:
        >>> paths = outputs_of(["in/2023/a.gz", "in/2024/a.gz"], Path("out"), ".jsonl")
        >>> [path.as_posix() for path in paths]
        ['out/2023/a.gz.jsonl', 'out/2024/a.gz.jsonl']
    """
    names = [Path(file).name for file in files]
    if base is None and len({_folded(name) for name in names}) == len(names):
        places = names
    else:
        places = _below(files, base)
    outputs = [folder / f"{place}{extension}" for place in places]
    inputs = {os.path.realpath(file): file for file in files}
    for output in outputs:
        replaced = inputs.get(os.path.realpath(output))
        if replaced is not None:
            raise OutputError(f"{replaced}: would be replaced by an output; use another folder")
    return outputs


def _below(files: Sequence[str], base: Path | None) -> list[str]:
    paths = [os.path.abspath(file) for file in files]  # noqa: PTH100 - links are not resolved
    top = os.path.abspath(base) if base else os.path.commonpath(map(os.path.dirname, paths))  # noqa: PTH100
    for path in paths:
        if os.path.commonpath([top, path]) != top:
            raise OutputError(f"{path}: is not in the folder {top}; set another as base")
    return [os.path.relpath(path, top) for path in paths]


def _folded(name: str) -> str:
    """Return a name as file systems compare it that ignore case."""
    return normalize("NFC", name).casefold()
