"""`refcite convert --out-dir`: many files into a folder, on all cores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from refcite.cli.terminal import echo, printable
from refcite.formats import Format

if TYPE_CHECKING:
    from refcite.compression import Compression

__all__ = ["convert_files"]


def convert_files(
    files: Iterable[str],
    folder: str,
    target: str,
    source: Format | None,
    compress: str | None,
    options: dict[str, Any],
    workers: int | None = None,
) -> bool:
    """Convert files, and print a line for each when it is finished.

    Args:
        files: Their paths.
        folder: The folder of the outputs.
        target: The name of the format to write, or `parquet`.
        source: The format of the files, or None to detect it from each.
        compress: `gz`, `zst` or None.
        options: Options of the readers and the writer.
        workers: The number of processes; None for all cores.

    Returns:
        Whether a part of a file could not be read.
    """
    from refcite.jobs import map_files

    results = map_files(
        files,
        folder,
        to=target,
        format=source.name if source else None,
        compress=cast("Compression | None", compress),
        workers=workers,
        **options,
    )
    failed = False
    for result in results:
        echo([printable(str(result))], err=result.error is not None)
        failed |= result.errors > 0
    return failed
