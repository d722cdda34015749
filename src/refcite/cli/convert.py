"""`refcite convert`: small files as a whole, large ones record by record."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from os import SEEK_END
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from attrs import frozen

from refcite.cli.input import STANDARD_INPUT, STANDARD_INPUT_NAME, standard_input, unread
from refcite.cli.progress import Progress
from refcite.cli.report import report
from refcite.cli.terminal import echo_document
from refcite.formats import Format, dump, guess_format, loads, losses, stream
from refcite.formats.archives import Unpacked, inner_name_of, problems_of
from refcite.formats.files import head_of, is_container, open_source
from refcite.formats.losses import grouped
from refcite.formats.output import check_target, write_file
from refcite.formats.progress import listening, part, reporting
from refcite.library import Library
from refcite.problems import InputError, Problem, UnknownFormatError
from refcite.record import Record

if TYPE_CHECKING:
    from refcite.collection.choice import Choice
    from refcite.formats.parallel import Lost

__all__ = ["LARGE", "Out", "convert_file", "convert_to_parquet", "written_whole"]

LARGE: Final = 1 << 22
"""Larger files are read record by record, if their format supports it."""
_VERY_LARGE: Final = 20_000_000
"""Files of so many bytes are converted by all processors."""
_HEAD: Final = 1 << 16
_EMPTY: Final = len("[]\n")
"""The greatest length of a text without records."""
_READ: Final = 0.5
_WRITTEN: Final = 0.8
"""The shares of the time until all is read, and until all is written."""


def convert_file(
    file: str,
    source: Format | None,
    target: Format,
    output: str | None,
    to_reader: dict[str, Any],
    to_writer: dict[str, Any],
    jobs: int | None = None,
    choice: Choice | None = None,
    cited_in: Sequence[str] = (),
) -> bool:
    """Convert a file and report its problems; return whether a part could not be read.

    Args:
        file: A path, or `-` for standard input.
        source: Its format, or None to detect it from the file.
        target: The format to write.
        output: Path of the file to write, or None for standard output.
        to_reader: Options of the reader; those that are None are not passed.
        to_writer: Options of the writer, likewise.
        jobs: The number of processes for a large file; by default, that of the processors if the
            file is very large.
        choice: The records to convert; None for all. Then one process converts the file.
        cited_in: Documents; only the entries that they cite are written.
    """
    target.reject_unknown("write", to_writer)
    if output is not None:
        check_target(Path(output))
    # Records contain no cycles; a search for cycles would need a third of the time.
    gc.set_threshold(100_000, 50, 1_000)
    try:
        opened = standard_input() if file == STANDARD_INPUT else file
        with open_source(opened) as text:
            name = STANDARD_INPUT_NAME if file == STANDARD_INPUT else file
            # The values that a format cannot hold are only found if the whole output is read again.
            is_lossless = target.carries_all_with(to_writer)
            start = b""
            is_sorted = choice is not None and choice.sort is not None
            streams = target.writes_streams and is_lossless and not is_sorted and not cited_in
            if streams and _has(LARGE, text):
                start = text.read(_HEAD)
                text.seek(0)
            if start and not is_container(start):
                chosen = source or guess_format(head_of(start), inner_name_of(text, name))
                if chosen.reads_streams:
                    out = Out(target, output, to_writer)
                    from refcite.formats.parallel import convert_blocks, file_text, processors

                    if choice is not None:
                        jobs = 1  # the other processes return text, and not records
                    elif jobs is None:
                        jobs = processors() if _has(_VERY_LARGE, text) else 1
                    divided = file_text(text, chosen, target, to_writer) if jobs > 1 else None
                    if divided is not None:
                        pieces = convert_blocks(
                            divided, chosen, target, to_reader, to_writer, jobs=jobs, file=name
                        )
                        return _convert_blocks(pieces, name, out)
                    found = stream(text, chosen.name, **to_reader)
                    return _convert_stream(found, name, out, choice)
            out = Out(target, output, to_writer)
            return _convert_whole(text, name, source, out, to_reader, choice, cited_in)
    except (InputError, UnknownFormatError) as error:
        return report([unread(file, error)])


def _has(count: int, text: IO[bytes]) -> bool:
    """Return whether a text has so many bytes; of a compressed file, the text in it."""
    size = text.seek(count) if isinstance(text, Unpacked) else text.seek(0, SEEK_END)
    text.seek(0)
    return size >= count


@frozen
class Out:
    """The output: format, path and options of the writer.

    Attributes:
        target: The format.
        path: The file; None for standard output.
        options: The options of the writer.
    """

    target: Format
    path: str | None
    options: dict[str, Any]

    def write(self, records: Iterable[Record]) -> None:
        """Write records one after the other."""
        if self.path:
            dump(records, self.path, self.target.name, **self.options)
        else:
            echo_document(self.target.write_stream(records, **self.options))

    def text(self, library: Library) -> str:
        """Return the text of a library, and report the progress."""
        # A writer that needs all records at once reports its progress itself.
        is_reported = not self.target.writes_streams or bool(library.containers)
        records = library if is_reported else reporting(library, len(library))
        return "".join(self.target.write_stream(records, **self.options))


def _convert_whole(
    text: IO[bytes],
    name: str,
    source: Format | None,
    out: Out,
    to_reader: dict[str, Any],
    choice: Choice | None,
    cited_in: Sequence[str],
) -> bool:
    about_documents: list[Problem] = []
    with Progress(Path(name).name) as progress, listening(progress.update):
        with part(0.0, _READ):
            data = text.read()
            library = loads(data, _format_name(text, source, data), file=name, **to_reader)
            library.problems += [one.replace(file=name) for one in problems_of(text)]
        failed = library.has_errors
        written: str | None = None
        lost: list[Problem] = []
        if library or not failed:
            library = library if choice is None else choice.of(library)
            if cited_in:
                from refcite.cli.documents import only_cited

                library, about_documents = only_cited(library, cited_in)
            written, lost = written_whole(library, out)
    failed = report([*library.problems, *about_documents])
    if written is not None:
        failed |= report(lost)
        if not out.path:
            echo_document([written])
    return failed


def written_whole(library: Library, out: Out) -> tuple[str, list[Problem]]:
    """Write a library to a file, if there is one; return the text, and values that were lost.

    Args:
        library: The records.
        out: The output.
    """
    with part(_READ, _WRITTEN):
        written = out.text(library)
    with part(_WRITTEN, 1.0):
        lost = list(grouped(losses(library, written, out.target, out.options)))
    if out.path:
        write_file(Path(out.path), [written])
    return written, lost


def _format_name(text: IO[bytes], source: Format | None, data: bytes) -> str | None:
    """Return the name of the input's format; None if `loads` detects it."""
    if source is not None:
        return source.name
    # `loads` receives the name of a ZIP archive, and not that of the file in it.
    if isinstance(text, Unpacked) and text.name_inside and data.strip():
        return guess_format(head_of(data[:_HEAD]), text.name_inside).name
    return None


def _convert_stream(
    found: Iterable[Record | Problem], name: str, out: Out, choice: Choice | None = None
) -> bool:
    told_by = _Told(name)
    records = told_by.records(found, choice)
    with ExitStack() as stack:
        # Records are printed immediately, and a bar would be printed between them.
        if out.path:
            progress = stack.enter_context(Progress(Path(name).name))
            stack.enter_context(listening(progress.update))
        first = next(records, None)
        # If nothing was read, an existing file is not changed.
        if first is not None or told_by.has_records or not told_by.has_errors:
            out.write(chain([first] if first else [], records))
    return told_by.has_errors


def _convert_blocks(pieces: Iterator[bytes | Problem | Lost], name: str, out: Out) -> bool:
    """Write the texts of blocks and report their problems."""
    has_errors = False

    def texts() -> Iterator[bytes]:
        nonlocal has_errors
        for piece in pieces:
            if isinstance(piece, bytes):
                yield piece
            elif isinstance(piece, Problem):
                has_errors |= report([piece.replace(file=name)])

    with ExitStack() as stack:
        stack.callback(pieces.close)  # type: ignore[attr-defined]  # it is a generator
        if out.path:
            progress = stack.enter_context(Progress(Path(name).name))
            stack.enter_context(listening(progress.update))
        found = texts()
        first = next(found, b"")
        # If nothing was read, an existing file is not changed.
        if len(first) > _EMPTY or not has_errors:
            if out.path:
                write_file(Path(out.path), chain([first], found))
            else:
                echo_document(piece.decode() for piece in chain([first], found))
    return has_errors


class _Told:
    """Reports problems between records.

    Attributes:
        has_errors: Whether one was an error.
        has_records: Whether there was a record, also if it was not chosen.
    """

    def __init__(self, name: str) -> None:
        self.has_errors = self.has_records = False
        self._name = name

    def records(
        self, found: Iterable[Record | Problem], choice: Choice | None = None
    ) -> Iterator[Record]:
        """Yield only the records, of which some may be chosen."""
        if choice is None:
            yield from self._all(found)
            return
        problems: list[Problem] = []
        yield from choice.among(self._all(found), problems)
        report(problems)

    def _all(self, found: Iterable[Record | Problem]) -> Iterator[Record]:
        for one in found:
            if isinstance(one, Record):
                self.has_records = True
                yield one
                continue
            self.has_errors |= report([one.replace(file=self._name)])


def convert_to_parquet(
    file: str,
    source: Format | None,
    output: str,
    to_reader: dict[str, Any],
    choice: Choice | None = None,
) -> bool:
    """Convert a file to Parquet and report its problems; return whether a part could not be read.

    Args:
        file: A path, or `-` for standard input.
        source: Its format, or None to detect it from the file.
        output: Path of the file to write.
        to_reader: Options of the reader; those that are None are not passed.
        choice: The records to convert; None for all.
    """
    from refcite.frames import write_parquet  # imports pyarrow

    check_target(Path(output))
    name = STANDARD_INPUT_NAME if file == STANDARD_INPUT else file
    told_by = _Told(name)
    try:
        opened = standard_input() if file == STANDARD_INPUT else file
        found = stream(opened, source.name if source else None, **to_reader)
        is_sorted = choice is not None and choice.sort is not None
        records = told_by.records(found, None if is_sorted else choice)
        if choice is not None and is_sorted:
            records = iter(choice.of(Library(records)))
        with Progress(Path(name).name) as progress, listening(progress.update):
            first = next(records, None)
            if first is not None or not told_by.has_errors:
                write_parquet(chain([first] if first else [], records), output)
    except (InputError, UnknownFormatError) as error:
        return report([unread(file, error)])
    return told_by.has_errors
