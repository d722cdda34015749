"""The parts of a document: of a ZIP archive, with limits on their sizes, or of one XML file."""

from __future__ import annotations

import io
import zipfile
import zlib
from lzma import LZMAError
from struct import error as StructError  # noqa: N812 - it is an exception
from typing import Final, Protocol

from refcite.formats.xmlread import XmlElement, attribute, children, entries, local_name
from refcite.problems import InputError, Problem

__all__ = ["LARGEST", "FlatParts", "Parts", "PartsOf", "as_characters", "names_in"]

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


class PartsOf(Protocol):
    """The parts of a document, by their names."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""

    def read(self, name: str) -> bytes:
        """Return a part; nothing if there is none of this name."""

    def xml(self, name: str, root: str, problems: list[Problem]) -> XmlElement | None:
        """Return the element of a part in XML; None if there is no such part."""


class FlatParts:
    """The parts of a document of Word that is one XML file (the flat form of its package).

    Args:
        text: The XML.
        problems: List to which problems of the XML are added.

    Attributes:
        names: The names of all parts in XML, in the order of the file.
    """

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self._parts: dict[str, XmlElement] = {}
        for entry in entries(text, ("part",), problems, "part"):
            for data in children(entry.element, "xmlData"):
                for one in children(data):
                    name = attribute(entry.element, "name").lstrip("/")
                    self._parts.setdefault(name, one)
        self.names = tuple(self._parts)

    def read(self, name: str) -> bytes:
        """Return a part as a text of its own; nothing if there is none of this name."""
        from lxml import etree

        part = self._parts.get(name)
        return etree.tostring(part, encoding="utf-8") if part is not None else b""

    def xml(self, name: str, root: str, problems: list[Problem]) -> XmlElement | None:
        """Return the element of a part; None if there is none with this name and element."""
        part = self._parts.get(name)
        return part if part is not None and local_name(part) == root else None


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
