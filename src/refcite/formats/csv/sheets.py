"""Spreadsheets as text: the sheet with references becomes a table, which is read like other tables.

python-calamine reads them. It is imported when the first spreadsheet is met.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from refcite.extras import install_command
from refcite.formats.csv.cells import Row, written_row
from refcite.formats.csv.read import known_columns
from refcite.problems import InputError

__all__ = ["sheet_text"]

_ZIP: Final = b"PK\x03\x04"
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError,
)  # fmt: skip
_PREFACE: Final = 20
_LARGEST: Final = 1 << 29
"""The maximum size of an unpacked spreadsheet in bytes."""
_MIMETYPE: Final = "mimetype"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument.spreadsheet"


def sheet_text(data: bytes) -> str:
    """Return the first sheet with a header row, as tab-separated text.

    A row of the sheet is a line of the text, so that problems are found in both; a line break in a
    cell becomes a space.

    Args:
        data: A workbook: `.xlsx`, `.xlsb`, `.xls` or `.ods`.

    Raises:
        InputError: It is not a spreadsheet, or is broken, or its reader is not installed.
    """
    if data.startswith(_ZIP):
        _check_archive(data)
    try:
        import python_calamine
    except ImportError:
        raise InputError(
            "a spreadsheet needs the package python-calamine;"
            f" install it with: {install_command('tables')}"
        ) from None
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = (
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        )
        return _best(sheets)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(f"the spreadsheet cannot be read: {error}") from None


def _check_archive(data: bytes) -> None:
    """Raise an exception if an archive contains no workbook, or one that is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(one.file_size for one in archive.infolist())
            kind = archive.read(_MIMETYPE)[:100] if _MIMETYPE in names else b""
    except _BROKEN as error:
        raise InputError(f"the input is not text, but a damaged archive: {error}") from None
    if not (any(name.startswith("xl/") for name in names) or kind.startswith(_OPEN_DOCUMENT)):
        raise InputError(
            "the input is not text, but a ZIP archive without a spreadsheet or a document in it"
        )
    if size > _LARGEST:
        raise InputError(
            f"the spreadsheet needs {size:,} bytes, but only {_LARGEST:,} are allowed;"
            " export it as CSV"
        )


def _best(sheets: Iterable[Sequence[Sequence[object]]]) -> str:
    first = ""
    for rows in sheets:
        texts = [[_text(cell) for cell in row] for row in rows]
        written = "".join(written_row(row, "\t", escape_formulas=False) for row in texts)
        if any(known_columns(Row(row, 1)) > 1 for row in texts[:_PREFACE]):
            return written
        first = first or written.strip("\t\r\n")
    return first


def _text(cell: object) -> str:
    """Return a cell as text: a whole number without a point, a date as ISO 8601 writes it."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split()) if isinstance(cell, str) else str(cell)
