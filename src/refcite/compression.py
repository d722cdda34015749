"""Compressed files by their names, and the compression of what is written.

`.gz` (gzip) is in the standard library. `.zst` (Zstandard) is in it from Python 3.14 on; before,
the extra `zstd` installs the same module under another name. `refcite.formats.archives` reads
these files.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import Any, Final, Literal

from refcite.extras import install_command
from refcite.problems import OutputError, RefciteError

__all__ = [
    "GZIP",
    "ZSTD",
    "Compression",
    "compressed",
    "compression_of",
    "compression_of_data",
    "inner_name",
    "zstd_module",
]

Compression = Literal["gz", "zst"]
"""A compression that can be written, by its file extension."""

_WRITTEN: Final[dict[str, Compression]] = {
    ".gz": "gz",
    ".gzip": "gz",
    ".zst": "zst",
    ".zstd": "zst",
}
_ONLY_READ: Final = ".zip"
GZIP: Final = b"\x1f\x8b\x08"
"""The first bytes of a member of gzip, whose only method is deflate. Source: RFC 1952, 2.3."""
ZSTD: Final = b"\x28\xb5\x2f\xfd"
"""The first bytes of a frame of Zstandard. Source: RFC 8878, 3.1.1."""
_GZIP_FORM: Final = 16 + zlib.MAX_WBITS
_GZIP_LEVEL: Final = 6
_ZSTD_LEVEL: Final = 3


def inner_name(name: str) -> str:
    """Return the name of a file without the extension of its compression.

    Example:
        >>> inner_name("data/refs.ris.gz"), inner_name("refs.ZIP"), inner_name("refs.bib")
        ('data/refs.ris', 'refs', 'refs.bib')
    """
    ending = PurePath(name).suffix
    is_compressed = ending.casefold() in {*_WRITTEN, _ONLY_READ}
    return name[: -len(ending)] if is_compressed else name


def compression_of(name: str) -> Compression | None:
    """Return the compression in which a file of this name is written; None for plain text.

    Raises:
        OutputError: The name is that of an archive that is only read.

    Example:
        >>> compression_of("refs.ris.gz"), compression_of("refs.ris")
        ('gz', None)
    """
    ending = PurePath(name).suffix.casefold()
    if ending == _ONLY_READ:
        raise OutputError(f"{name}: ZIP archives are read, but not written; use .gz or .zst")
    return _WRITTEN.get(ending)


def compression_of_data(data: bytes) -> Compression | None:
    """Return the compression of the contents of a file that is to be changed; None for plain text.

    Raises:
        OutputError: The file is an archive that is only read.

    Example:
        >>> compression_of_data(b"".join(compressed([b"One"], "gz"))), compression_of_data(b"One")
        ('gz', None)
    """
    if data.startswith(b"PK"):
        raise OutputError("ZIP archives are read, but not changed; unpack the file first")
    if data.startswith(GZIP):
        return "gz"
    return "zst" if data.startswith(ZSTD) else None


def compressed(pieces: Iterable[bytes], compression: Compression) -> Iterator[bytes]:
    """Yield bytes in compressed form; the same bytes always have the same result.

    The header contains neither a name nor a time.

    Args:
        pieces: The bytes, in pieces of any length.
        compression: The compression.

    Raises:
        RefciteError: The package for Zstandard is not installed; the message names the command.

    Example:
        >>> import gzip
        >>> gzip.decompress(b"".join(compressed([b"One, ", b"two"], "gz")))
        b'One, two'
    """
    if compression == "gz":
        deflate = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_FORM)
        for piece in pieces:
            yield deflate.compress(piece)
        yield deflate.flush()
        return
    zstd = zstd_module()
    parameter = zstd.CompressionParameter
    options = {parameter.compression_level: _ZSTD_LEVEL, parameter.checksum_flag: 1}
    compressor = zstd.ZstdCompressor(options=options)
    for piece in pieces:
        yield compressor.compress(piece)
    yield compressor.flush()


def zstd_module() -> Any:
    """Return the module for Zstandard, `compression.zstd` of Python 3.14 or its backport.

    Raises:
        RefciteError: It is not installed; the message names the command.
    """
    name = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    try:
        return import_module(name)
    except ImportError:
        raise RefciteError(
            f"Zstandard needs the module {name}; install it with: {install_command('zstd')}"
        ) from None
