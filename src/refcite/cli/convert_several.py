"""`refcite convert` with several files, which become one.

Files are read as a whole, if this needs less than a gigabyte of memory. If they are larger
together, they are read twice, which takes twice the time, record by record: first to find equal
records and clashing ids, of which only the ids and digests of the values are kept, then to write
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from refcite.cli.convert import Out, written_whole
from refcite.cli.input import (
    STANDARD_INPUT,
    STANDARD_INPUT_NAME,
    read_files,
    standard_input,
    unread,
)
from refcite.cli.progress import Progress
from refcite.cli.report import report
from refcite.cli.terminal import echo_document
from refcite.compression import inner_name
from refcite.formats import Format, stream
from refcite.formats.files import open_source
from refcite.formats.output import check_target
from refcite.formats.progress import listening
from refcite.problems import InputError, Problem, UnknownFormatError
from refcite.record import Record
from refcite.union import Union

if TYPE_CHECKING:
    from refcite.collection.choice import Choice

__all__ = ["convert_several"]

_LARGE: Final = 1 << 26
"""Bytes of files that are read record by record; a record needs about 13 times its bytes."""
_COMPRESSED: Final = 8
"""How many times as large the contents of a compressed file may be."""


def convert_several(
    files: tuple[str, ...],
    source: str | None,
    target: Format | None,
    output: str | None,
    to_reader: dict[str, Any],
    to_writer: dict[str, Any],
    choice: Choice | None = None,
) -> bool:
    """Convert files to one, and report their problems; return whether a part could not be read.

    Args:
        files: Paths; `-` is standard input.
        source: The name of their format, or None to detect it from each file.
        target: The format to write; None for Parquet.
        output: Path of the file to write, or None for standard output.
        to_reader: Options of the readers.
        to_writer: Options of the writer.
        choice: The records to convert; None for all.
    """
    if target is not None:
        target.reject_unknown("write", to_writer)
    if output is not None:
        check_target(Path(output))
    is_streamed = target is None or (target.writes_streams and target.carries_all_with(to_writer))
    if is_streamed and not (choice is not None and choice.sort) and _are_large(files):
        return _convert_streams(files, source, target, output, to_reader, to_writer, choice)
    library, failed = read_files(files, source, choice=choice, **to_reader)
    # A file is not replaced by an empty one if no entry could be read.
    if failed and not library:
        return True
    if target is None:
        from refcite.frames import write_parquet  # imports pyarrow

        write_parquet(library, str(output))
        return failed
    with Progress("writing") as progress, listening(progress.update):
        written, lost = written_whole(library, Out(target, output, to_writer))
    failed |= report(lost)
    if output is None:
        echo_document([written])
    return failed


def _are_large(files: Iterable[str]) -> bool:
    """Return whether files are large together; the size of standard input is not known."""
    total = 0
    for file in files:
        if file == STANDARD_INPUT:
            return True
        try:
            size = Path(file).stat().st_size
        except (OSError, ValueError):
            continue  # the reader reports the problem
        total += size if inner_name(file) == file else _COMPRESSED * size
    return total >= _LARGE


def _convert_streams(
    files: tuple[str, ...],
    source: str | None,
    target: Format | None,
    output: str | None,
    to_reader: dict[str, Any],
    to_writer: dict[str, Any],
    choice: Choice | None,
) -> bool:
    with ExitStack() as stack:
        if output is not None:
            progress = stack.enter_context(Progress(Path(output).name))
            stack.enter_context(listening(progress.update))
        streams = [_opened(file, source, to_reader, stack) for file in files]
        several = _Streams(files, streams)
        several.survey()
        problems: list[Problem] = []
        records = several.records()
        if choice is not None:
            records = choice.among(records, problems)
        first = next(records, None)
        if first is not None or several.has_records or not several.has_errors:
            records = chain([first] if first else [], records)
            if target is None:
                from refcite.frames import write_parquet  # imports pyarrow

                write_parquet(records, str(output))
            else:
                Out(target, output, to_writer).write(records)
        report(problems)
    return several.has_errors


_Stream = Callable[[], Iterator[Record | Problem]]


def _opened(file: str, source: str | None, options: dict[str, Any], stack: ExitStack) -> _Stream:
    """Return a function that reads a file from its start."""
    if file != STANDARD_INPUT:
        return lambda: stream(file, source, **options)
    try:
        held: IO[bytes] = stack.enter_context(open_source(standard_input()))
    except InputError as error:
        found = unread(file, error)
        return lambda: iter((found,))

    def read() -> Iterator[Record | Problem]:
        held.seek(0)
        for one in stream(held, source, **options):
            if isinstance(one, Problem):
                one = one.replace(file=STANDARD_INPUT_NAME)
            yield one

    return read


class _Streams:
    """The records of several files, each of which is read twice.

    Attributes:
        has_errors: Whether a part of a file could not be read.
        has_records: Whether a file has a record.
    """

    def __init__(self, files: tuple[str, ...], streams: list[_Stream]) -> None:
        self.has_errors = self.has_records = False
        self._files = files
        self._streams = streams
        self._union = Union()

    def survey(self) -> None:
        """Read the files for the first time."""
        for number, found in enumerate(self._streams):
            records = (one for one in self._read(number, found) if isinstance(one, Record))
            self._union.survey(number, self._noted(records))
        self._union.decide()

    def records(self) -> Iterator[Record]:
        """Read the files for the second time, and report the problems."""
        for number, found in enumerate(self._streams):
            problems: list[Problem] = []
            changed = self._union.changed(
                number, self._without_problems(self._read(number, found)), problems
            )
            for record in changed:
                if problems:
                    report(problems)
                    problems.clear()
                yield record
            report(problems)

    def _noted(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            self.has_records = True
            yield record

    def _without_problems(self, found: Iterable[Record | Problem]) -> Iterator[Record]:
        for one in found:
            if isinstance(one, Problem):
                self.has_errors |= report([one])
            else:
                yield one

    def _read(self, number: int, found: _Stream) -> Iterator[Record | Problem]:
        try:
            yield from found()
        except (InputError, UnknownFormatError) as error:
            yield unread(self._files[number], error)
