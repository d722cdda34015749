"""Compressed files, which are decompressed while they are read.

gzip, Zstandard and ZIP are recognised by their first bytes, independent of the file name. Only a
piece of the text is in memory. Of a damaged file, the text before the damage is read, and a problem
is reported. Each time the text is read from its start, it is decompressed again, so that it needs
no space on the disk.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from io import SEEK_CUR, SEEK_END, BytesIO, RawIOBase
from typing import IO, TYPE_CHECKING, Any, Final, Protocol, cast

from attrs import frozen

from refcite.compression import GZIP, ZSTD, inner_name, zstd_module
from refcite.problems import InputError, Problem, RefciteError, Severity

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from _typeshed import WriteableBuffer

__all__ = ["Unpacked", "inner_name_of", "problems_of", "share_of", "unpack", "unpacked"]

_SAMPLE: Final = 512
_PIECE: Final = 1 << 15
"""The number of compressed bytes that are read at once."""
_MOST: Final = 1 << 20
"""The maximum number of bytes that are decompressed at once."""
_DEEPEST: Final = 3
"""The number of archives that may be in each other, such as `.gz` in `.zip`."""
_LARGEST: Final = 1 << 28
_HIGHEST_RATIO: Final = 250
"""A text that is read as a whole may not be both larger and more compressed than this: references
compress to a fourth or a tenth, and a decompression bomb to a thousandth or less."""
_SKIPPABLE: Final = b"\x2a\x4d\x18"
"""The end of the first four bytes of a frame without data. Source: RFC 8878, 3.1.2."""
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
"""The header of a member. Source: PKWARE's APPNOTE.TXT, 4.3.7."""
_ENCRYPTED: Final = 0x1
_STORED, _DEFLATED = 0, 8
_OFFICE: Final = re.compile(
    r"(?:\[Content_Types\]\.xml|mimetype)\Z|(?:xl|word|_rels)/.*\.(?:xml|rels)\Z"
    r"|Index\.zip\Z|Index/.*\.iwa\Z",
    re.DOTALL,
)
"""Members of the archives in which Excel, LibreOffice, Word and Apple store their files."""
_IGNORED: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
"""Members that systems add."""
_NAMED: Final = 3
_PARQUET: Final = b"PAR1"
_OTHERS: Final = (
    (0, b"BZh", "compressed with bzip2"),
    (0, b"\xfd7zXZ\0", "compressed with xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
)
"""Archives that are not read: the place of their mark, and the mark."""


class _Decompressor(Protocol):
    """The interface of the decompressors of the standard library."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Inflate:
    """zlib's decompressor, with the interface of the others.

    Args:
        form: The form of the data, as zlib's `wbits`.
    """

    def __init__(self, form: int) -> None:
        self._inflate = zlib.decompressobj(form)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflate.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        found = self._inflate.decompress(self._inflate.unconsumed_tail + data, max_length)
        # After a full piece, more may be waiting inside zlib.
        self.needs_input = len(found) < max_length and not self._inflate.unconsumed_tail
        return found


class _Copy:
    """The decompressor of a member that is stored as it is.

    Args:
        size: Its size.
    """

    unused_data = b""
    needs_input = True

    def __init__(self, size: int) -> None:
        self._size = size

    @property
    def eof(self) -> bool:
        return self._size <= 0

    def decompress(self, data: bytes, max_length: int) -> bytes:
        found = data[: self._size]
        self._size -= len(data)
        return found


@frozen
class _Body:
    """The compressed data in a file.

    Attributes:
        decompressor: Creates the decompressor of a member.
        start: The position of the first byte.
        size: The number of bytes, if the header contains it.
        name: The name of the file in a ZIP archive.
        begins: Returns whether bytes are the start of another member; None if only one is possible.
        crc: The checksum of the text, if it is not in the data.
        errors: The exceptions of the decompressor.
    """

    decompressor: Callable[[], _Decompressor]
    start: int = 0
    size: int = 0
    name: str | None = None
    begins: Callable[[bytes], bool] | None = None
    crc: int | None = None
    errors: tuple[type[Exception], ...] = (zlib.error,)


class Unpacked(RawIOBase):
    """The text of a compressed file, as a binary file that can be read again from its start.

    Attributes:
        name_inside: The name of the file in a ZIP archive, otherwise None.
    """

    def __init__(self, file: IO[bytes], body: _Body, damage: Problem | None = None) -> None:
        self._file = file
        self._body = body
        self.name_inside = body.name
        if body.name is None and isinstance(file, Unpacked) and file.name_inside:
            self.name_inside = inner_name(file.name_inside)
        self._damage = damage
        self._restart()

    def _restart(self) -> None:
        self._at = 0
        self._rest = memoryview(b"")
        self._pieces = self._whole_characters()

    # Reading

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position in the decompressed text."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to a position; the text is decompressed up to it."""
        if whence == SEEK_END:
            while self._next(_MOST):
                pass
            offset += self._at
        elif whence == SEEK_CUR:
            offset += self._at
        if offset < self._at:
            self._restart()
        while self._at < offset and self._next(offset - self._at):
            pass
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into a buffer, up to its size."""
        into = memoryview(buffer).cast("B")
        found = self._next(len(into))
        into[: len(found)] = found
        return len(found)

    def read(self, size: int | None = -1) -> bytes:
        """Return so many bytes, fewer only at the end; the whole rest for -1.

        Raises:
            InputError: The whole rest is requested, and is a decompression bomb.
        """
        whole = size is None or size < 0
        found: list[memoryview] = []
        count = 0
        while whole or count < cast("int", size):
            piece = self._next(_MOST if whole else cast("int", size) - count)
            if not piece:
                break
            found.append(piece)
            count += len(piece)
            if whole:
                self._reject_bomb()
        return b"".join(found)

    def _next(self, most: int) -> memoryview:
        """Return the next bytes; none at the end."""
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        found = self._rest[:most]
        self._rest = self._rest[most:]
        self._at += len(found)
        return found

    def _reject_bomb(self) -> None:
        if self._at > _LARGEST and self._at > _HIGHEST_RATIO * max(self._file.tell(), 1):
            raise InputError(
                f"the compressed text is more than {_HIGHEST_RATIO} times as large as its file,"
                " as in a decompression bomb; decompress the file first if it is not one"
            )

    # Decompressing

    def _whole_characters(self) -> Iterator[bytes]:
        """Yield the text; after a damage, without the start of a character of UTF-8 at its end."""
        held = b""
        for piece in self._members():
            if held:
                yield held
            held = piece
        yield _without_start(held) if self._damage is not None else held

    def _members(self) -> Iterator[bytes]:
        """Yield the text of all members."""
        body = self._body
        start, data = body.start, b""
        self._file.seek(start)
        lines, crc = 1, 0
        while True:
            decompressor = body.decompressor()
            produced = 0
            for piece in self._member(decompressor, data, start):
                if isinstance(piece, str):
                    self._report(piece, lines)
                    return
                if not piece:
                    continue
                produced += len(piece)
                lines += piece.count(b"\n")
                if body.crc is not None:
                    crc = zlib.crc32(piece, crc)
                yield piece
            if body.begins is None:
                if body.crc is not None and crc != body.crc:
                    self._report("the checksum of the archive does not fit its text", lines)
                return
            data = self._after(decompressor.unused_data)
            if not data:
                return
            start = self._file.tell() - len(data)
            if not body.begins(data):
                self._report(f"the data from byte {start} on are not part of the archive", lines)
                return

    def _member(
        self, decompressor: _Decompressor, data: bytes, start: int
    ) -> Iterator[bytes | str]:
        """Yield the text of a member; if it is damaged, the damage last."""
        produced = 0
        while not decompressor.eof:
            if decompressor.needs_input and not data:
                data = self._file.read(_PIECE)
                if not data:
                    yield f"the archive is cut off at byte {self._file.tell()}"
                    return
            piece_start = self._file.tell() - len(data)
            try:
                found = decompressor.decompress(data, _MOST)
            except self._body.errors:
                for found in self._saved(start, piece_start, produced):
                    yield found
                yield f"the archive is damaged at byte {self._file.tell()}"
                return
            data = b""
            produced += len(found)
            yield found

    def _saved(self, start: int, last: int, done: int) -> Iterator[bytes]:
        """Yield the text of a damaged member that was lost with the error.

        A decompressor that raises an error returns nothing of the same call. Therefore the member
        is decompressed again, and the piece with the damage byte by byte.

        Args:
            start: The position of the member.
            last: The position of the piece with the damage.
            done: The number of bytes of the text that are known.
        """
        decompressor = self._body.decompressor()
        self._file.seek(start)
        try:
            while not decompressor.eof:
                data = b""
                if decompressor.needs_input:
                    before = last - self._file.tell()
                    data = self._file.read(min(before, _PIECE) if before > 0 else 1)
                    if not data:
                        return
                found = decompressor.decompress(data, _MOST)
                skipped = min(done, len(found))
                done -= skipped
                yield found[skipped:]
        except self._body.errors:
            return

    def _after(self, data: bytes) -> bytes:
        """Return the bytes after a member and its padding; none at the end of the file."""
        while True:
            data = data.lstrip(b"\0")
            more = self._file.read(_PIECE) if len(data) < 4 else b""
            if not more:
                return data
            data += more

    def _report(self, what: str, line: int) -> None:
        # The problem of a missing directory has no place yet.
        if self._damage is None or self._damage.line is None:
            self._damage = _damage(what, line)

    @property
    def problems(self) -> list[Problem]:
        """The damages that were found so far."""
        inside = problems_of(self._file)
        return inside if self._damage is None else [*inside, self._damage]

    @property
    def share(self) -> Callable[[], float]:
        """A function that returns the share of the compressed file that has been read."""
        return share_of(self._file)


def _without_start(data: bytes) -> bytes:
    """Return bytes without an incomplete character of UTF-8 at their end."""
    for length in range(1, min(4, len(data)) + 1):
        byte = data[-length]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data[:-length] if length < needed else data
        if byte < 0x80:
            break
    return data


def _damage(what: str, line: int) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="damaged-archive",
        message=f"{what}; only the text before it was read",
        line=line,
        hint="copy or download the file again",
    )


# Recognising


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """Return the text of a compressed file as a binary file, or the same file if it is not one.

    A spreadsheet is not unpacked, although it is a ZIP archive.

    Args:
        file: A file that can be read again.

    Raises:
        InputError: It is an archive that is not read, or with several files, or is encrypted.

    Example:
        >>> import gzip, io
        >>> unpacked(io.BytesIO(gzip.compress(b"TY  - BOOK"))).read()
        b'TY  - BOOK'
    """
    for _ in range(_DEEPEST):
        start = file.read(_SAMPLE)
        file.seek(0)
        found = _unpacked_once(start, file)
        if found is None:
            _reject_other(start)
            return file
        file = cast("IO[bytes]", found)
    raise InputError(f"more than {_DEEPEST} archives are in each other; unpack the file first")


def unpack(data: bytes) -> tuple[bytes, list[Problem], str | None]:
    """Return the text of a compressed file, its damages, and its name in the archive.

    Raises:
        InputError: As `unpacked`, or the text is a decompression bomb.

    Example:
        >>> import gzip
        >>> unpack(gzip.compress(b"TY  - BOOK"))
        (b'TY  - BOOK', [], None)
    """
    file = unpacked(BytesIO(data))
    if not isinstance(file, Unpacked):
        return data, [], None
    text = file.read()
    return text, file.problems, file.name_inside


def problems_of(file: object) -> list[Problem]:
    """Return the damages of a compressed file that were found so far; none of another file."""
    return file.problems if isinstance(file, Unpacked) else []


def inner_name_of(file: object, name: str | None) -> str | None:
    """Return the name of a file by which its format is recognised.

    Args:
        file: The result of `unpacked`.
        name: The name of the compressed file.
    """
    inside = file.name_inside if isinstance(file, Unpacked) else None
    return inside or (None if name is None else inner_name(name))


def share_of(file: IO[bytes]) -> Callable[[], float]:
    """Return a function that returns the share of a file that has been read, from 0 to 1."""
    if isinstance(file, Unpacked):
        return file.share
    place = file.tell()
    size = max(file.seek(0, SEEK_END), 1)
    file.seek(place)
    return lambda: file.tell() / size


def _unpacked_once(start: bytes, file: IO[bytes]) -> Unpacked | None:
    if start.startswith(GZIP):
        body = _Body(lambda: _Inflate(16 + zlib.MAX_WBITS), begins=_begins_gzip)
        return Unpacked(file, body)
    if _begins_zstd(start):
        try:
            zstd = zstd_module()
        except RefciteError as error:
            raise InputError(str(error)) from None
        body = _Body(zstd.ZstdDecompressor, begins=_begins_zstd, errors=(zstd.ZstdError,))
        return Unpacked(file, body)
    return _unzipped(file) if start.startswith(_ZIPS) else None


def _begins_gzip(data: bytes) -> bool:
    return data.startswith(GZIP)


def _begins_zstd(data: bytes) -> bool:
    return data.startswith(ZSTD) or (data[1:4] == _SKIPPABLE and data[0] & 0xF0 == 0x50)


def _reject_other(start: bytes) -> None:
    if start.startswith(_PARQUET):
        raise InputError(
            "the file is a Parquet file, which is only written; read the file from which it was"
            " written"
        )
    for place, mark, what in _OTHERS:
        if start[place : place + len(mark)] == mark:
            raise InputError(f"the file is {what}, which is not read; unpack it first")


# ZIP


def _unzipped(file: IO[bytes]) -> Unpacked | None:
    """Return the only file of a ZIP archive; None if the archive is a spreadsheet."""
    import zipfile  # other files do not need it

    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # The directory at the end is missing, so the first file is read from its own header.
        file.seek(0)
        return _first_of_damaged(file)
    if any(_OFFICE.match(one.filename) for one in members):
        file.seek(0)
        return None
    found = [
        one
        for one in members
        if not one.is_dir()
        and not one.filename.startswith(_IGNORED)
        and not one.filename.endswith(_IGNORED)
    ]
    if len(found) != 1:
        names = ", ".join(one.filename for one in found[:_NAMED])
        more = ", …" if len(found) > _NAMED else ""
        what = f"{len(found)} files ({names}{more})" if found else "no file"
        raise InputError(
            f"the ZIP archive contains {what}, and only an archive with one file is read;"
            " unpack it and name its files"
        )
    member = found[0]
    if member.header_offset < 0:  # the directory contains a wrong place
        return _first_of_damaged(file)
    file.seek(member.header_offset)
    body = _body_of(file, member)
    if body is None:
        return _first_of_damaged(file)
    return Unpacked(file, body)


def _first_of_damaged(file: IO[bytes]) -> Unpacked | None:
    file.seek(0)
    body = _body_of(file, None)
    while body is not None and (body.name or "").endswith("/"):  # a folder
        file.seek(body.start + body.size)
        body = _body_of(file, None)
    if body is None:
        raise InputError(
            "the input is not text, but a damaged archive (ZIP); copy or download it again"
        )
    if _OFFICE.match(body.name or ""):
        file.seek(0)
        return None
    what = "the directory of the ZIP archive is missing or damaged"
    damage = Problem(
        severity=Severity.ERROR,
        code="damaged-archive",
        message=f"{what}; only its first file was read, {body.name!r}",
        hint="copy or download the file again",
    )
    return Unpacked(file, body, damage)


def _body_of(file: IO[bytes], member: ZipInfo | None) -> _Body | None:
    """Return the data of a member from its header; None if the header is damaged.

    Args:
        file: The archive, at the start of the header.
        member: Its entry in the directory of the archive, if there is one.
    """
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        return None
    fields: tuple[Any, ...] = _LOCAL.unpack(header)
    mark, _, flags, method, _, _, _, packed, _, name_length, extra_length = fields
    if mark != _ZIPS[0]:
        return None
    name = file.read(name_length).decode("utf-8" if flags & 0x800 else "cp437", "replace")
    if not name:
        return None
    crc = None
    if member is not None:
        # The header of a member that was written to a pipe has no size.
        name, packed, crc = member.filename, member.compress_size, member.CRC
    if flags & _ENCRYPTED:
        raise InputError("the ZIP archive is encrypted; unpack it first")
    start = file.tell() + extra_length
    if method == _DEFLATED:
        return _Body(lambda: _Inflate(-zlib.MAX_WBITS), start, packed, name, crc=crc)
    if method == _STORED:
        return _Body(lambda: _Copy(packed), start, packed, name, crc=crc)
    raise InputError(
        f"the ZIP archive is compressed by the method {method}, which is not read; unpack it first"
    )
