"""The inputs of the search for duplicates, each with its contents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from refcite.cli.input import STANDARD_INPUT, STANDARD_INPUT_NAME, standard_input, unread
from refcite.cli.progress import Progress
from refcite.cli.report import report
from refcite.formats import get_format, loads
from refcite.formats.files import read_source
from refcite.formats.progress import listening
from refcite.library import Library
from refcite.problems import InputError, UnknownFormatError
from refcite.record import Record

if TYPE_CHECKING:
    from refcite.collection.choice import Choice

__all__ = ["Source", "Sources", "clashing", "joined", "read_sources"]


@frozen
class Source:
    """An input.

    Attributes:
        file: Its name, as the user wrote it.
        contents: Its bytes; the text of a database or a folder.
        format: The format that the user has set; None if it was detected.
        library: Its records.
    """

    file: str
    contents: bytes | str
    format: str | None
    library: Library

    @property
    def own_format(self) -> str | None:
        """The name of the format of its records."""
        origin = self.library[0].origin if self.library else None
        return origin.format if origin else self.format


@frozen
class Sources:
    """The inputs and their records.

    Attributes:
        inputs: The inputs.
        library: The records of all, in their order.
        failed: Whether a part could not be read.
    """

    inputs: tuple[Source, ...]
    library: Library
    failed: bool

    def file_of(self, position: int) -> str:
        """Return the name of the input of a record."""
        for source in self.inputs:
            if position < len(source.library):
                return source.file
            position -= len(source.library)
        raise IndexError(position)

    def name_of(self, position: int) -> str:
        """Return a short name of the input of a record: without the folder, if this is clear."""
        file = self.file_of(position)
        short = Path(file).name
        others = {one.file for one in self.inputs if Path(one.file).name == short}
        return short if short and len(others) == 1 else file


def read_sources(
    files: Iterable[str],
    format: str | None,  # noqa: A002
    choice: Choice | None = None,
    **options: Any,
) -> Sources:
    """Read files and report their problems.

    Args:
        files: Paths; `-` is standard input.
        format: The name of their format, or None to detect it.
        choice: The records to use, in the order of the files; None for all.
        **options: The options of the readers.

    Raises:
        ConditionError: No record has a field of a condition.
        RecordValueError: No record has one of the ids.
    """
    if format:
        get_format(format)  # a wrong name is a wrong use, for any contents of the files
    inputs: list[Source] = []
    everything: list[Record] = []
    failed = False
    for file in files:
        name = STANDARD_INPUT_NAME if file == STANDARD_INPUT else file
        try:
            with Progress(Path(name).name) as progress, listening(progress.update):
                contents = standard_input().read() if file == STANDARD_INPUT else read_source(file)
                library = loads(contents, format, file=name, **options)
        except (InputError, UnknownFormatError) as error:
            failed |= report([unread(file, error)])
            continue
        failed |= report(library.problems)
        everything += library
        if choice is not None:
            library = evolve(choice, sort=None).applied(library)
        inputs.append(Source(name, contents, format, library))
    if choice is not None and everything:
        choice.check(everything)
    return Sources(tuple(inputs), joined(one.library for one in inputs), failed)


def joined(libraries: Iterable[Library]) -> Library:
    """Return a library with the records of all, also those that are equal.

    An id that two libraries use is not a problem here: they often have the same work.
    """
    made = Library()
    for library in libraries:
        made.containers += library.containers
        for record in library:
            made.append(record)
    made.problems.clear()
    return made


def clashing(records: Iterable[Record]) -> Library:
    """Return records as a library, with a problem for each id that works of two files have."""
    made = Library()
    for record in records:
        count = len(made.problems)
        made.append(record)
        first = made[record.id]
        if len(made.problems) > count and _file(first) == _file(record):
            made.problems.pop()  # it has been reported when the file was read
    return made


def _file(record: Record) -> str | None:
    return record.origin.file if record.origin else None
