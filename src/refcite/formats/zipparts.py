"""The parts of a ZIP archive that is a document, with limits on their sizes."""

from __future__ import annotations

import io
import zipfile
import zlib
from lzma import LZMAError
from struct import error as StructError  # noqa: N812 - it is an exception
from typing import Final

from refcite.formats.xmlread import XmlElement, entries
from refcite.problems import InputError, Problem

__all__ = ["LARGEST", "Parts", "as_characters", "names_in"]

LARGEST: Final = 1 << 27
"""The maximum number of bytes of all parts that are read, unpacked."""
_MOST_NAMES: Final = 100_000
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError, LZMAError, StructError,
)  # fmt: skip


def names_in(data: bytes) -> tuple[str, ...]:
    """Return the names of the parts of an archive; nothing if it is damaged.

    Example:
        >>> names_in(b"PK")
        ()
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except _BROKEN:
        return ()


class Parts:
    """The parts of a document that is a ZIP archive.

    Args:
        data: The archive.
        what: The name of the document in messages, such as `Word document`.

    Attributes:
        names: The names of all parts, in the order of the archive.

    Raises:
        InputError: The archive is damaged.
    """

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        self._left = LARGEST
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise self._damaged(error) from None
        self.names = tuple(self._archive.namelist())[:_MOST_NAMES]
        self._known = frozenset(self.names)

    def read(self, name: str) -> bytes:
        """Return a part, unpacked; nothing if the archive has none of this name.

        Args:
            name: The name.

        Raises:
            InputError: The part is damaged or encrypted, or all parts together are too large.
        """
        if name not in self._known:
            return b""
        try:
            with self._archive.open(name) as part:
                # The size that the archive states may be wrong.
                data = part.read(self._left + 1)
        except _BROKEN as error:
            raise self._damaged(error) from None
        self._left -= len(data)
        if self._left < 0:
            raise InputError(
                f"the {self._what} needs more than {LARGEST:,} bytes unpacked;"
                " divide it into several documents"
            )
        return data

    def xml(self, name: str, root: str, problems: list[Problem]) -> XmlElement | None:
        """Return the element of a part in XML; None if the archive has no such part.

        Args:
            name: The name of the part.
            root: The local name of the element.
            problems: List to which problems are added.
        """
        data = self.read(name)
        if not data:
            return None
        found: list[Problem] = []
        root_found = entries(as_characters(data), (root,), found, "part")
        problems += [
            one.replace(message=f"in the part {name!r}: {one.message}", line=None, column=None)
            for one in found
        ]
        return root_found[0].element if root_found else None

    def _damaged(self, error: Exception) -> InputError:
        return InputError(
            f"the {self._what} is damaged: {error}; open it in its program, and save it again"
        )


def as_characters(data: bytes) -> str:
    """Return the text of a part in XML, which is UTF-8 or has the byte-order mark of UTF-16.

    Example:
        >>> as_characters("<a/>".encode("utf-16"))
        '<a/>'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")
