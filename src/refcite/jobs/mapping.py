"""`map_files`: convert many files into a folder."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from os import PathLike, fspath
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, Final, Unpack

from attrs import evolve

from refcite.compression import Compression, compression_of
from refcite.formats import get_format
from refcite.formats.options import ConvertOptions
from refcite.jobs.conversion import PARQUET, Conversion, FileResult, convert_one, failed
from refcite.jobs.executors import Executor, on_executor
from refcite.jobs.manifest import Manifest
from refcite.jobs.outputs import extension_of, outputs_of
from refcite.jobs.processes import in_processes, reject_import
from refcite.problems import FormatError, OutputError

__all__ = ["FileResults", "map_files"]

_PIPE: Final = "is a pipe or a device; save its text in a file, and convert this file"


class FileResults(Iterator[FileResult]):
    """The results of `map_files`: an iterator that yields each when its file is finished.

    `len()` is the number of files. The files are converted while the results are iterated; if the
    iteration ends early, the other files are not converted. A file is in the manifest before its
    result is yielded.

    Args:
        results: The results with the numbers of their files.
        count: The number of files.

    Example:
        >>> import tempfile
        >>> import refcite
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     results = refcite.map_files(["examples/refs.bib"], folder, to="ris", workers=1)
        ...     len(results), next(results).records
        (1, 4)
    """

    def __init__(self, results: Iterator[tuple[int, FileResult]], count: int) -> None:
        self._results = results
        self._count = count
        self._finished: dict[int, FileResult] = {}

    def __next__(self) -> FileResult:
        number, result = next(self._results)
        self._finished[number] = result
        return result

    def __len__(self) -> int:
        return self._count

    def in_order(self) -> list[FileResult]:
        """Convert the remaining files, and return all results in the order of the files.

        Example:
            >>> import tempfile
            >>> import refcite
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     files = ["examples/refs.bib"]
            ...     results = refcite.map_files(files, folder, to="ris", workers=1).in_order()
            >>> [result.records for result in results]
            [4]
        """
        for _ in self:
            pass
        return [result for _, result in sorted(self._finished.items())]

    def close(self) -> None:
        """End the processes; no more files are converted.

        Example:
            >>> import tempfile
            >>> import refcite
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     results = refcite.map_files(["a.ris", "b.ris"], folder, to="ris", workers=1)
            ...     results.close()
            ...     list(results)
            []
        """
        close = getattr(self._results, "close", None)
        if close is not None:
            close()


def map_files(
    files: Iterable[str | PathLike[str]],
    out_folder: str | PathLike[str],
    *,
    to: str,
    format: str | None = None,  # noqa: A002 - what every user calls it
    executor: Executor | None = None,
    workers: int | None = None,
    compress: Compression | None = None,
    base: str | PathLike[str] | None = None,
    **options: Unpack[ConvertOptions],
) -> FileResults:
    """Convert each file into a file of a folder, on all cores or on a cluster.

    The output of `a.ris` is `a.ris.jsonl`. If two files have the same name, the outputs are in the
    same subfolders as the inputs. Each output is written to a temporary file, and renamed when it
    is complete. The file `refcite-manifest.jsonl` in the folder has a line for each output with
    sizes, checksums and options. The next call converts only files that are new or changed, or
    whose output or options are. A file that cannot be converted affects no other file.

    Args:
        files: The paths of the files, also compressed ones; a path that occurs twice is used once.
        out_folder: The folder of the outputs; it is created if it does not exist.
        to: The output's format, or `parquet` (extra `arrow`).
        format: The input's format; by default it is detected from each file.
        executor: A `dask.distributed.Client`, or another object with `submit`, such as an executor
            of `concurrent.futures`. By default, processes of this machine are used. A cluster's
            workers need the same paths.
        workers: The number of processes without `executor`; by default that of the cores. With 1,
            no process is started. With more, a script calls this function below
            `if __name__ == "__main__":`.
        compress: `gz` or `zst`, to write compressed files (`a.ris.jsonl.gz`).
        base: A folder that contains all files; the outputs then keep the subfolders of the inputs.
        **options: Options of the writer of `to`, and of the readers.

    Returns:
        An iterator over one result for each file, in the order in which the files are finished.
        Its method `in_order` returns all in the order of the files. The files are converted while
        the results are iterated.

    Raises:
        UnknownFormatError: A format does not exist.
        FormatError: The format `to` is only read, or `format` only written, or has no such option.
        OutputError: The folder cannot be created, or an output would replace an input.

    Example:
        >>> import tempfile
        >>> import refcite
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     files = ["examples/refs.bib"]
        ...     results = refcite.map_files(files, folder, to="csl-jsonl", workers=1)
        ...     for result in results:
        ...         print(result.input, result.records, result.problems)
        examples/refs.bib 4 0
    """
    reject_import()
    if workers is not None and workers < 1:
        raise FormatError(f"the number of workers must be at least 1, not {workers}")
    target = None if to == PARQUET else get_format(to)
    if target is not None and not target.writes:
        raise FormatError(f"the format {target.name!r} can be read, but not written")
    if target is None and compress:
        raise FormatError("Parquet files are compressed already; omit compress=")
    source = get_format(format) if format else None
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    to_writer = {
        name: value
        for name, value in given.items()
        if target is not None and target.takes("write", name)
    }
    to_reader = {name: value for name, value in given.items() if name not in to_writer}
    if source is not None:
        if not source.reads:
            raise FormatError(f"the format {source.name!r} can be written, but not read")
        source.reject_unknown("read", to_reader)
    extension = f".{PARQUET}" if target is None else extension_of(target)
    extension += f".{compress}" if compress else ""
    compression_of(f"refs{extension}")
    folder = _created(Path(out_folder))
    inputs = _once(files)
    outputs = outputs_of(inputs, folder, extension, None if base is None else Path(base))
    common = Conversion(
        input="",
        output="",
        to=PARQUET if target is None else target.name,
        format=source.name if source else None,
        to_reader=to_reader,
        to_writer=to_writer,
    )
    conversions = [
        evolve(common, input=path, output=str(output))
        for path, output in zip(inputs, outputs, strict=True)
    ]
    return FileResults(_results(conversions, folder, executor, workers), len(conversions))


def _created(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be created: {error.strerror or error}") from None
    return folder


def _once(files: Iterable[str | PathLike[str]]) -> list[str]:
    """Return the paths of files, each path once; links to one file are different paths."""
    once: dict[str, str] = {}
    for file in files:
        path = fspath(file)
        folder, name = os.path.split(path)
        once.setdefault(os.path.join(os.path.realpath(folder), name), path)  # noqa: PTH118 - of texts
    return list(once.values())


def _results(
    conversions: list[Conversion], folder: Path, executor: Executor | None, workers: int | None
) -> Iterator[tuple[int, FileResult]]:
    manifest = Manifest(folder)
    pipes = {number for number, one in enumerate(conversions) if _is_pipe(one.input)}
    for number in sorted(pipes):
        yield number, failed(conversions[number], _PIPE)
    # Processes elsewhere may have another working directory.
    absolute = (
        (
            number,
            evolve(
                one,
                input=str(Path(one.input).absolute()),
                output=str(Path(one.output).absolute()),
                before=manifest.of(one.output),
            ),
        )
        for number, one in enumerate(conversions)
        if number not in pipes
    )
    with closing(_run(absolute, len(conversions) - len(pipes), executor, workers)) as results:
        for number, result in results:
            given = conversions[number]
            named = _named(result, given)
            if named.error is None and not named.is_unchanged:
                manifest.add(given, named)
            yield number, named
    manifest.sort()


def _is_pipe(path: str) -> bool:
    """Return whether a file can be read only once. Its checksum needs a second time."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - of a text
    except (OSError, ValueError):
        return False
    return not S_ISREG(mode) and not S_ISDIR(mode)


def _named(result: FileResult, given: Conversion) -> FileResult:
    """Return a result with the paths that the caller gave."""
    return evolve(
        result,
        input=given.input,
        output=given.output if result.output else None,
        examples=tuple(one.replace(file=given.input) for one in result.examples),
    )


def _run(
    conversions: Iterator[tuple[int, Conversion]],
    count: int,
    executor: Executor | None,
    workers: int | None,
) -> Generator[tuple[int, FileResult], None, None]:
    if executor is not None:
        return on_executor(executor, conversions)
    processes = min(workers or _cores(), count)
    if processes > 1:
        return in_processes(conversions, processes)
    return ((number, convert_one(conversion)) for number, conversion in conversions)


def _cores() -> int:
    """Return the number of cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
