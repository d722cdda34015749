"""`refcite convert`: small files as a whole, large ones record by record."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from os import SEEK_END
from pathlib import Path
from typing import IO, Any, Final

from refcite.cli.input import STANDARD_INPUT, grouped, report, unread
from refcite.cli.progress import Progress
from refcite.formats import Format, dump, guess_format, loads, losses, stream
from refcite.formats.files import decode, open_source, write_file
from refcite.problems import InputError, Problem, Severity, UnknownFormatError
from refcite.record import Record

__all__ = ["convert_file"]

_LARGE: Final = 1 << 22
"""From this many bytes on a file is read record by record, where its format can be."""
_HEAD: Final = 1 << 16


def convert_file(
    file: str, source: Format | None, target: Format, output: str | None, **options: Any
) -> bool:
    """Convert a file and report what is wrong with it; tell whether something could not be read.

    Args:
        file: A path, or `-` for standard input.
        source: Its format, or None where the file tells.
        target: The format to write.
        output: Path of the file to write, or None for standard output.
        **options: What the reader takes.
    """
    # Records hold no cycles; to look for some would take a third of the time.
    gc.set_threshold(100_000, 50, 1_000)
    try:
        opened = sys.stdin.buffer if file == STANDARD_INPUT else file
        with open_source(opened) as text:
            name = "<stdin>" if file == STANDARD_INPUT else file
            size = text.seek(0, SEEK_END)
            text.seek(0)
            if size >= _LARGE and target.writes_streams:
                head = decode(text.read(_HEAD))[0]
                chosen = source or guess_format(head, name)
                text.seek(0)
                if chosen.reads_streams:
                    found = stream(text, chosen.name, **options)
                    return _convert_stream(found, name, target, output, lambda: text.tell() / size)
            return _convert_whole(text, name, source, target, output, options)
    except (InputError, UnknownFormatError) as error:
        return report([unread(file, error)])


def _convert_whole(
    text: IO[bytes],
    name: str,
    source: Format | None,
    target: Format,
    output: str | None,
    options: dict[str, Any],
) -> bool:
    with Progress(name):
        library = loads(text.read(), source.name if source else None, file=name, **options)
        written = None
        if library or not library.has_errors:
            written = target.write(library)
            lost = grouped(losses(library, written, target))
            if output:
                write_file(Path(output), [written])
    failed = report(library.problems)
    if written is not None:
        failed |= report(lost)
        if not output:
            _print([written])
    return failed


def _convert_stream(
    found: Iterable[Record | Problem],
    name: str,
    target: Format,
    output: str | None,
    share: Callable[[], float],
) -> bool:
    told = _Told(name)
    records = told.records(found)
    if output is None:
        first = next(records, None)
        if first is not None or not told.has_errors:
            _print(target.write_stream(chain([first] if first else [], records)))
        return told.has_errors
    with Progress(name, share) as told.progress:
        first = next(records, None)
        # Where nothing was read, a file that is there already stays as it is.
        if first is not None or not told.has_errors:
            dump(chain([first] if first else [], records), output, target.name)
    return told.has_errors


class _Told:
    """Reports problems between records.

    Attributes:
        has_errors: Whether one was an error.
        progress: The bar that makes room for them, where there is one.
    """

    def __init__(self, name: str) -> None:
        self.has_errors = False
        self.progress: Progress | None = None
        self._name = name

    def records(self, found: Iterable[Record | Problem]) -> Iterator[Record]:
        """Yield the records alone."""
        for one in found:
            if isinstance(one, Record):
                yield one
                continue
            self.has_errors |= one.severity is Severity.ERROR
            if self.progress is not None:
                self.progress.clear()
            report([one.replace(file=self._name)])


def _print(pieces: Iterable[str]) -> None:
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()
