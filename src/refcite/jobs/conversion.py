"""The conversion of one file into another: a function that any process can call."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from attrs import evolve, field, frozen

from refcite.formats import dump, stream
from refcite.problems import Problem, RefciteError, Severity
from refcite.record import Record

__all__ = ["PARQUET", "Conversion", "FileResult", "convert_one", "failed"]

PARQUET: Final = "parquet"
"""The output that is not a text, and therefore none of the formats."""
_EXAMPLES: Final = 10


@frozen(kw_only=True)
class Conversion:
    """The conversion of a file: its paths, formats and options, which can be pickled.

    Attributes:
        input: Path of the file that is read.
        output: Path of the file that is written.
        to: Name of the output's format, or `parquet`.
        format: Name of the input's format; None to detect it from the file.
        to_reader: Options of the reader.
        to_writer: Options of the writer.
        before: The line of the manifest about the output; empty if there is none.

    Example:
        >>> from refcite.jobs import Conversion
        >>> Conversion(input="a.ris", output="out/a.ris.jsonl", to="csl-jsonl").settings["to"]
        'csl-jsonl'
    """

    input: str
    output: str
    to: str
    format: str | None = None
    to_reader: Mapping[str, Any] = field(factory=dict)
    to_writer: Mapping[str, Any] = field(factory=dict)
    before: Mapping[str, Any] = field(factory=dict, eq=False, repr=False)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that determine the output, as values of JSON."""
        options = {**self.to_reader, **self.to_writer}
        return {
            "to": self.to,
            "format": self.format,
            "options": {
                name: value if isinstance(value, str | int | float | bool) else str(value)
                for name, value in sorted(options.items())
                if value is not None
            },
            "refcite": _version(),
        }


@cache
def _version() -> str:
    """Return the version of refcite, since another may write another output."""
    try:
        return version("refcite")
    except PackageNotFoundError:
        return ""


@frozen(kw_only=True)
class FileResult:
    """The result of the conversion of a file.

    Attributes:
        input: Path of the file that was read.
        output: Path of the file that was written; None if none was.
        records: The number of records in the output.
        problems: The number of problems, including values that the output cannot hold.
        errors: The number of problems of severity `error`.
        seconds: The time that the conversion took.
        codes: The number of problems of each code.
        examples: The first problems of the file, at most ten.
        error: Why nothing was written; None if the file was converted.
        is_unchanged: Whether an earlier run had written the output from the same input with the
            same options, so that nothing was done. The numbers are those of that run.
        input_size, input_sha256: Size in bytes and checksum of the input; None if it was not read.
        output_size, output_sha256: Those of the output.

    Example:
        >>> from refcite.jobs import FileResult
        >>> result = FileResult(input="a.ris", output="out/a.ris.jsonl", records=2, seconds=0.5)
        >>> print(result)
        a.ris -> out/a.ris.jsonl: 2 records, 0 problems, 0.50 s
    """

    input: str
    output: str | None = None
    records: int = 0
    problems: int = 0
    errors: int = 0
    seconds: float = 0.0
    codes: Mapping[str, int] = field(factory=dict)
    examples: tuple[Problem, ...] = ()
    error: str | None = None
    is_unchanged: bool = False
    input_size: int | None = None
    input_sha256: str | None = None
    output_size: int | None = None
    output_sha256: str | None = None

    def __str__(self) -> str:
        if self.error is not None:
            return f"{self.input}: not converted: {self.error}"
        counts = f"{_count(self.records, 'record')}, {_count(self.problems, 'problem')}"
        took = "unchanged" if self.is_unchanged else f"{self.seconds:.2f} s"
        return f"{self.input} -> {self.output}: {counts}, {took}"


def _count(count: int, name: str) -> str:
    return f"{count:,} {name}{'s' * (count != 1)}"


def failed(conversion: Conversion, error: str) -> FileResult:
    """Return the result for a file that could not be converted."""
    return FileResult(input=conversion.input, error=error, errors=1, problems=1)


def convert_one(conversion: Conversion) -> FileResult:
    r"""Convert a file, unless its output is there already, and return the result.

    The output is written to a temporary file, and renamed when it is complete. No exception is
    raised for an input that cannot be read: the result contains the error. If no record could be
    read from an input with errors, nothing is written.

    Args:
        conversion: The paths, formats and options.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from refcite.jobs import Conversion, convert_one
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     source, target = f"{folder}/a.ris", f"{folder}/a.ris.jsonl"
        ...     _ = Path(source).write_text("TY  - BOOK\nTI  - Lamps\nER  - \n")
        ...     result = convert_one(Conversion(input=source, output=target, to="csl-jsonl"))
        >>> result.records, result.problems, result.error
        (1, 0, None)
    """
    start = perf_counter()
    try:
        result = _converted(conversion)
    except RefciteError as error:
        result = failed(conversion, _without_name(str(error), conversion))
    except OSError as error:
        result = failed(conversion, error.strerror or str(error))
    except Exception as error:
        result = failed(conversion, f"{type(error).__name__}: {error}")
    return result if result.is_unchanged else evolve(result, seconds=perf_counter() - start)


def _without_name(message: str, conversion: Conversion) -> str:
    return message.removeprefix(f"{conversion.input}: ").removeprefix(f"{conversion.output}: ")


def _converted(conversion: Conversion) -> FileResult:
    size, checksum = _checksum(conversion.input)
    known = _known(conversion, size, checksum)
    if known is not None:
        return known
    found = _Found()
    lost: list[Problem] = []
    records = found.records_of(stream(conversion.input, conversion.format, **conversion.to_reader))
    # Records contain no cycles, and a search for cycles takes a third of the time.
    thresholds = gc.get_threshold()
    gc.set_threshold(100_000, 50, 1_000)
    try:
        first = next(records, None)
        if first is None and found.first_error is not None:
            return evolve(found.result(conversion), error=found.first_error.message)
        Path(conversion.output).parent.mkdir(parents=True, exist_ok=True)
        _write(_chained(first, records), conversion, lost)
    finally:
        gc.set_threshold(*thresholds)
    for problem in lost:
        found.add(problem)
    output_size, output_checksum = _checksum(conversion.output)
    return evolve(
        found.result(conversion),
        output=conversion.output,
        input_size=size,
        input_sha256=checksum,
        output_size=output_size,
        output_sha256=output_checksum,
    )


def _write(records: Iterator[Record], conversion: Conversion, lost: list[Problem]) -> None:
    if conversion.to == PARQUET:
        from refcite.frames import write_parquet  # imports pyarrow

        write_parquet(records, conversion.output)
        return
    dump(records, conversion.output, conversion.to, problems=lost, **conversion.to_writer)


def _chained(first: Record | None, rest: Iterator[Record]) -> Iterator[Record]:
    if first is not None:
        yield first
    yield from rest


class _Found:
    """Counts what is read.

    Attributes:
        first_error: The first problem of severity `error`.
    """

    def __init__(self) -> None:
        self.first_error: Problem | None = None
        self._records = 0
        self._errors = 0
        self._codes: Counter[str] = Counter()
        self._examples: list[Problem] = []

    def records_of(self, found: Iterator[Record | Problem]) -> Iterator[Record]:
        """Yield the records, and count the problems between them."""
        for one in found:
            if isinstance(one, Record):
                self._records += 1
                yield one
            else:
                self.add(one)

    def add(self, problem: Problem) -> None:
        self._codes[problem.code] += 1
        if len(self._examples) < _EXAMPLES:
            self._examples.append(problem)
        if problem.severity is Severity.ERROR:
            self._errors += 1
            self.first_error = self.first_error or problem

    def result(self, conversion: Conversion) -> FileResult:
        return FileResult(
            input=conversion.input,
            records=self._records,
            problems=self._codes.total(),
            errors=self._errors,
            codes=dict(self._codes),
            examples=tuple(self._examples),
        )


# Results of an earlier run


def _known(conversion: Conversion, size: int, checksum: str) -> FileResult | None:
    """Return the result of an earlier run if input, options and output are still the same."""
    before = conversion.before
    if (
        before.get("settings") != conversion.settings
        or before.get("input_sha256") != checksum
        or before.get("input_size") != size
    ):
        return None
    try:
        output_size, output_checksum = _checksum(conversion.output)
    except OSError:
        return None
    if (output_size, output_checksum) != (before.get("output_size"), before.get("output_sha256")):
        return None
    return FileResult(
        input=conversion.input,
        output=conversion.output,
        is_unchanged=True,
        records=before.get("records", 0),
        problems=before.get("problems", 0),
        errors=before.get("errors", 0),
        seconds=before.get("seconds", 0.0),
        codes=before.get("codes", {}),
        input_size=size,
        input_sha256=checksum,
        output_size=output_size,
        output_sha256=output_checksum,
    )


def _checksum(path: str) -> tuple[int, str]:
    with Path(path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return file.tell(), digest.hexdigest()
