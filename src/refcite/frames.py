"""Records as Arrow tables and Parquet files, for data frames and databases.

The schema is the same for all records, so that tables and files can be combined. The page
docs/reference/frames.md lists its columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from refcite.extras import install_command
from refcite.formats.output import write_file
from refcite.formats.streams import stream
from refcite.library import identified
from refcite.problems import Problem, RecordTypeError, RefciteError, Severity, report_or_warn
from refcite.record import Record
from refcite.surrogates import clean_record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, NAME_VARIABLES

if TYPE_CHECKING:
    import pyarrow

__all__ = ["batches", "schema", "to_frame", "write_parquet"]

_BATCH: Final = 10_000
"""The number of records that are in memory at once."""
_DATES: Final = tuple(ATTRIBUTES[variable] for variable in DATE_VARIABLES)
_NAMES: Final = tuple(ATTRIBUTES[variable] for variable in NAME_VARIABLES)
_PARTS: Final = (
    "family",
    "given",
    "dropping_particle",
    "non_dropping_particle",
    "suffix",
    "literal",
)
_COMPRESSION: Final = "zstd"

Found = Record | Problem


def schema() -> pyarrow.Schema:
    """Return the schema of all tables and files.

    Raises:
        RefciteError: pyarrow is not installed; the message names the command.

    Example:
        >>> from refcite.frames import schema
        >>> schema().field("issued_year").type, schema().field("title").type
        (DataType(int64), DataType(string))
    """
    arrow = _arrow()
    text = arrow.string()
    names = arrow.list_(arrow.struct([(part, text) for part in _PARTS]))
    fields = [
        arrow.field("id", text, nullable=False),
        arrow.field("type", text, nullable=False),
    ]
    for attribute in ATTRIBUTES.values():
        fields.append(arrow.field(attribute, names if attribute in _NAMES else text))
        if attribute in _DATES:
            fields.append(arrow.field(f"{attribute}_year", arrow.int64()))
    fields.append(arrow.field("et_al", arrow.list_(text)))
    fields.append(arrow.field("extra", arrow.map_(text, text)))
    return arrow.schema(fields)


def to_frame(
    source: str | PathLike[str] | Iterable[Found], *, problems: list[Problem] | None = None
) -> pyarrow.Table:
    """Return records as an Arrow table, which pandas, polars and DuckDB read without a copy.

    Args:
        source: A library, any records, the result of `refcite.stream`, or the path of a file.
        problems: A list to which the problems in `source` are added. By default, errors are a
            `RefciteWarning`.

    Raises:
        RefciteError: pyarrow is not installed; the message names the command.
        InputError: The file cannot be read.
        RecordTypeError: A value is not a record.

    Example:
        >>> import refcite
        >>> table = refcite.to_frame("examples/refs.bib")
        >>> table.num_rows, table.column("issued_year").to_pylist()
        (4, [2014, 2012, 2014, 2019])
        >>> table.column("author")[2].as_py()[0]["family"]
        'Zetter'
    """
    arrow = _arrow()
    found: list[Problem] = []
    table = arrow.Table.from_batches(_batches(source, found), schema())
    _report(found, problems)
    return table


def batches(
    source: str | PathLike[str] | Iterable[Found],
    *,
    size: int = _BATCH,
    problems: list[Problem] | None = None,
) -> pyarrow.RecordBatchReader:
    """Return records as batches of an Arrow table, for libraries that are larger than memory.

    DuckDB and other programs read the batches one after the other. Only one is in memory.

    Args:
        source: The same as for `to_frame`.
        size: The maximum number of records in a batch.
        problems: A list to which the problems in `source` are added while they are read; without
            it, they are ignored.

    Raises:
        RefciteError: pyarrow is not installed; the message names the command.

    Example:
        >>> from refcite.frames import batches
        >>> [batch.num_rows for batch in batches("examples/refs.bib", size=3)]
        [3, 1]
    """
    found = [] if problems is None else problems
    return _arrow().RecordBatchReader.from_batches(schema(), _batches(source, found, size))


def write_parquet(
    source: str | PathLike[str] | Iterable[Found],
    target: str | PathLike[str],
    *,
    problems: list[Problem] | None = None,
) -> int:
    """Write records to a Parquet file, in batches, so that they may be larger than memory.

    An existing file is not changed before all records are written.

    Args:
        source: The same as for `to_frame`.
        target: The path of the file.
        problems: A list to which the problems in `source` are added. By default, errors are a
            `RefciteWarning`.

    Returns:
        The number of records.

    Raises:
        RefciteError: pyarrow is not installed; the message names the command.
        InputError: The source cannot be read.
        OutputError: The file cannot be written.

    Example:
        >>> import tempfile
        >>> import refcite
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     refcite.write_parquet("examples/refs.bib", f"{folder}/refs.parquet")
        4
    """
    _arrow()
    found: list[Problem] = []
    sink = _Sink()
    write_file(Path(target), _parquet(_batches(source, found), sink))
    _report(found, problems)
    return sink.records


class _Sink:
    """Collects what the writer of Parquet writes, so that it is written to a file in pieces."""

    closed = False

    def __init__(self) -> None:
        self.records = 0
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since the last call."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


def _parquet(found: Iterator[pyarrow.RecordBatch], sink: _Sink) -> Iterator[bytes]:
    from pyarrow.parquet import ParquetWriter

    writer = ParquetWriter(sink, schema(), compression=_COMPRESSION)
    try:
        for batch in found:
            sink.records += batch.num_rows
            writer.write_batch(batch)
            yield sink.taken()
    finally:
        writer.close()
    yield sink.taken()


def _report(found: list[Problem], problems: list[Problem] | None) -> None:
    if problems is None:
        found = [one for one in found if one.severity is Severity.ERROR]
    report_or_warn(found, problems, stacklevel=4)


def _batches(
    source: str | PathLike[str] | Iterable[Found], problems: list[Problem], size: int = _BATCH
) -> Iterator[pyarrow.RecordBatch]:
    arrow = _arrow()
    columns = schema()
    records = identified(_records(source, problems))

    def batch(chunk: list[Record]) -> pyarrow.RecordBatch:
        values = _columns(chunk)
        arrays = [
            arrow.array(values[one.name], one.type)
            if one.name in values
            else arrow.nulls(len(chunk), one.type)
            for one in columns
        ]
        return arrow.RecordBatch.from_arrays(arrays, schema=columns)

    while chunk := list(islice(records, size)):
        try:
            yield batch(chunk)
        except UnicodeEncodeError:  # half of a surrogate pair, which is rare
            yield batch([clean_record(record) for record in chunk])


def _records(
    source: str | PathLike[str] | Iterable[Found], problems: list[Problem]
) -> Iterator[Record]:
    if isinstance(source, Record):
        source = [source]
    found = stream(source) if isinstance(source, str | PathLike) else source
    for one in found:
        if isinstance(one, Record):
            yield one
        elif isinstance(one, Problem):
            problems.append(one)
        else:
            raise RecordTypeError(f"a record is expected, not {one!r}")


def _columns(records: list[Record]) -> dict[str, list[Any]]:
    """Return the columns in which at least one record has a value."""
    count = len(records)
    columns: dict[str, list[Any]] = {
        "id": [record.id for record in records],
        "type": [record.type for record in records],
    }

    def put(column: str, row: int, value: object) -> None:
        if column not in columns:
            columns[column] = [None] * count
        columns[column][row] = value

    for row, record in enumerate(records):
        for attribute, value in record.variables().items():
            if attribute in _NAMES:
                put(attribute, row, [_name(name) for name in value])
            elif attribute in _DATES:
                put(attribute, row, str(value))
                if value.year is not None and abs(value.year) < 1 << 63:
                    put(f"{attribute}_year", row, value.year)
            else:
                put(attribute, row, value)
        if record.et_al:
            put("et_al", row, sorted(record.et_al))
        if record.extra:
            put("extra", row, [(key, _text(value)) for key, value in record.extra.items()])
    return columns


def _name(name: Any) -> dict[str, str | None]:
    return {part: getattr(name, part) for part in _PARTS}


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise RefciteError(
            f"Arrow tables need the package pyarrow; install it with: {install_command('arrow')}"
        ) from None
    return pyarrow
