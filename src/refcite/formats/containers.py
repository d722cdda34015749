"""Files that are not text: spreadsheets, documents and databases, which become a text."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from refcite.problems import InputError

__all__ = ["container_format", "container_text", "is_database", "text_of_database"]

_ZIP: Final = b"PK\x03\x04"
_DATABASE: Final = b"SQLite format 3\0"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The start of a compound file, such as those of Word and Excel before 2007."""
_ENCRYPTED: Final = "EncryptedPackage"
_OLD_WORD: Final = "WordDocument"
_OLD_EXCEL: Final = ("Workbook", "Book")
"""The streams in a compound file that show what it is."""
_ENTRY: Final = 128
"""The size of an entry in the directory of a compound file, which begins with the name."""
_OPEN_DOCUMENTS: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "xlsx",
}


def container_format(data: bytes) -> str | None:
    r"""Return the format of a file that is not text, by its contents; None for any other file.

    An archive with other contents is not one of them.

    Args:
        data: The whole file.

    Example:
        >>> container_format(b"PK\x03\x04"), container_format(b"id,title")
        (None, None)
    """
    if data.startswith(_COMPOUND):
        return None if _is_encrypted(data) or _is_old_word(data) else "xlsx"
    if data.startswith(_DATABASE):
        return "zotero"
    if not data.startswith(_ZIP):
        return None
    from refcite.formats.zipparts import Parts, names_in  # text files do not need it

    names = names_in(data)
    if "mimetype" in names and "content.xml" in names:
        kind = Parts(data, "document").read("mimetype")[:100]
        for start, format_ in _OPEN_DOCUMENTS.items():
            if kind.startswith(start):
                return format_
    for name in names:
        if name.startswith("xl/"):
            return "xlsx"
        if name.startswith("word/") and name.endswith(".xml"):
            return "docx"
    return None


def container_text(data: bytes) -> str:
    """Return the text of a spreadsheet or a document, for its reader.

    Args:
        data: The file.

    Raises:
        InputError: The file is damaged, too large or encrypted, or another kind of file.
    """
    kind = container_format(data)
    if kind == "docx":
        from refcite.formats.docx import document_text

        return document_text(data)
    if kind == "odt":
        from refcite.formats.odt import document_text as open_document_text

        return open_document_text(data)
    if kind == "zotero":
        from refcite.formats.zotero import database_text

        return database_text(data)
    if kind is None:
        _refuse(data)
    from refcite.formats.csv import sheet_text  # imports the reader of tables

    return sheet_text(data)


def is_database(start: bytes) -> bool:
    """Return whether a file is a database of SQLite, by its first bytes."""
    return start.startswith(_DATABASE)


def text_of_database(path: Path) -> str:
    """Return the text of a database, for its reader.

    Args:
        path: The path of the database, or of the folder that contains it.

    Raises:
        InputError: It is not Zotero's, or cannot be read.
    """
    from refcite.formats.zotero import database_text

    return database_text(path)


def _refuse(data: bytes) -> None:
    """Raise an exception about a document of a kind that is not read."""
    if data.startswith(_COMPOUND):
        if _is_encrypted(data):
            raise InputError(
                "the document is encrypted; open it in its program, and save it without a password"
            )
        raise InputError(
            "this is a document of Word before 2007 (.doc); open it in Word or LibreOffice, and"
            " save it as .docx"
        )
    from refcite.formats.zipparts import names_in

    names = names_in(data)
    if any(name.endswith(".iwa") or name.startswith("Index.zip") for name in names):
        raise InputError(
            "this is a document of Apple's Pages, Numbers or Keynote; export it to Word or CSV"
        )


def _is_encrypted(data: bytes) -> bool:
    return _has_stream(data, _ENCRYPTED)


def _is_old_word(data: bytes) -> bool:
    # A workbook may contain a document.
    is_workbook = any(_has_stream(data, name) for name in _OLD_EXCEL)
    return _has_stream(data, _OLD_WORD) and not is_workbook


def _has_stream(data: bytes, name: str) -> bool:
    """Return whether a compound file has a stream, in any of its folders."""
    sought = name.encode("utf-16-le") + b"\0\0"
    place = data.find(sought)
    while place >= 0 and place % _ENTRY:
        place = data.find(sought, place + 1)
    return place >= 0
