"""Output files: a file keeps its contents until the new text is complete.

The text is first written to a temporary file, which then replaces the target (`write_file`). Its
name is that of the target between `.` and `.refcite0.part`, in the same folder. If a process is
killed, the next one that writes the target removes this file.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from io import BufferedWriter
from itertools import takewhile
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from attrs import frozen

from refcite.compression import (
    Compression,
    compressed,
    compression_of,
    compression_of_data,
    zstd_module,
)
from refcite.formats.locks import holds, locked
from refcite.problems import OutputError, RefciteError

__all__ = ["Change", "changing", "check_target", "is_stream", "write_file"]

_START: Final = 24
"""The maximum number of characters of a name in that of its temporary file."""
_MOST: Final = 1_000
"""The maximum number of simultaneous temporary files of one target."""
_BINARY: Final = getattr(os, "O_BINARY", 0)
_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY
_LINKS: Final = 40
"""The maximum number of links to a descriptor that are followed, as in Linux."""
_DESCRIPTORS: Final = ("/dev/fd", "/proc/self/fd")
_NOT_REPLACED: Final = frozenset({errno.EXDEV, errno.EBUSY, errno.EPERM, errno.EACCES})
"""A file that is a mount point, or is in a folder with the sticky bit, can only be overwritten."""
_NO_NEW_FILE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def write_file(path: Path, text: str | bytes | Iterable[str] | Iterable[bytes]) -> None:
    """Write a text in UTF-8, or bytes. If this fails, an existing file is unchanged.

    The file keeps its permissions, owner and extended attributes. A symbolic link continues to
    point to the file. A file with other hard links, or whose owner or folder does not permit to
    replace it, is overwritten when the text is complete. A pipe or a device, such as
    `/dev/stdout`, receives the text directly. A lone surrogate, which UTF-8 cannot
    represent, is written as a question mark. If the name of the file ends in `.gz` or `.zst`, the
    text is compressed.

    Args:
        path: The file.
        text: The text or the bytes, whole or in pieces.

    Raises:
        OutputError: It cannot be written; the message states why.
    """
    target = _target_of(path)
    pieces: Iterable[str | bytes] = (text,) if isinstance(text, str | bytes) else text
    data = _in_bytes(pieces, _compression_of(path))
    if target.opens is None:
        _replace(target, data)
        return
    with _reported(path):
        file = target.opens()
    try:
        for piece in data:
            with _reported(path):
                file.write(piece)
        with _reported(path):
            file.flush()
    finally:
        with suppress(OSError):  # it is reported already
            file.close()


def _in_bytes(pieces: Iterable[str | bytes], compression: Compression | None) -> Iterable[bytes]:
    encoded = (
        piece if isinstance(piece, bytes) else piece.encode(errors="replace") for piece in pieces
    )
    return encoded if compression is None else compressed(encoded, compression)


def _compression_of(path: Path) -> Compression | None:
    """Return the compression of a file by its name.

    Raises:
        OutputError: It cannot be written; the message states why.
    """
    found = compression_of(str(path))
    if found == "zst":
        try:
            zstd_module()
        except RefciteError as error:
            raise OutputError(f"{path}: cannot be written: {error}") from None
    return found


def check_target(path: Path) -> None:
    """Raise an error if it is already certain that a file cannot be written.

    Raises:
        OutputError: It cannot be written; the message states why.
    """
    target = _target_of(path)
    _compression_of(path)
    if target.opens is not None or target.status is not None:
        return
    folder = target.real.parent
    with _reported(path):
        if not stat.S_ISDIR(folder.stat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not _is_permitted(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, f"the folder {folder} is not writable")


def is_stream(path: Path) -> bool:
    """Return whether a path is a pipe, a device or an open descriptor, which has no old contents.

    Example:
        >>> is_stream(Path("refs.bib"))
        False
    """
    return _target_of(path).opens is not None


class Change:
    """A change of a file that is locked.

    Attributes:
        data: The contents of the file; None if it does not exist.
    """

    def __init__(self, target: _Target, data: bytes | None) -> None:
        self._target = target
        self.data = data

    def write(self, text: str) -> None:
        """Write the new contents in UTF-8, compressed like the old ones or according to the name.

        Raises:
            OutputError: They cannot be written, or a program that does not use the lock has
                changed the file.
        """
        try:
            old = compression_of_data(self.data or b"")
        except OutputError as error:
            raise OutputError(f"{self._target.path}: {error}") from None
        compression = old or _compression_of(self._target.path)
        _replace(self._target, _in_bytes((text,), compression), self._check, is_locked=True)

    def _check(self) -> None:
        if _contents(self._target) != self.data:
            raise OutputError(
                f"{self._target.path}: was changed by another program while it was written;"
                " nothing was written; run the command again"
            )


@contextmanager
def changing(path: Path) -> Iterator[Change]:
    """Lock a file and read it, so that its contents can be changed.

    Args:
        path: The file, which may not exist yet.

    Raises:
        OutputError: It cannot be read or written, or another program has locked it.
    """
    with ExitStack() as stack:
        target = _target_of(path)
        if target.opens is not None:
            raise OutputError(f"{path}: is a pipe or a device, whose contents cannot be changed")
        with _reported(path):
            stack.enter_context(locked(target.real))
        # The file may have been replaced before the lock was held.
        target = _target_of(path)
        yield Change(target, _contents(target))


# The target


@frozen
class _Target:
    """The file that a path names.

    Attributes:
        path: The path, for messages.
        real: The path of the file itself, without symbolic links.
        status: That of an existing file.
        opens: Opens a pipe, a device or a descriptor for writing; None for a file.
    """

    path: Path
    real: Path
    status: os.stat_result | None = None
    opens: Callable[[], BufferedWriter] | None = None


def _target_of(path: Path) -> _Target:
    """Return the file that a path names.

    Raises:
        OutputError: It is a folder, read-only, or cannot be found.
    """
    with _reported(path):
        descriptor = _descriptor_of(path)
        if descriptor is not None:
            return _Target(path, path, opens=lambda: _opened(descriptor))
        try:
            status = path.stat()
        except FileNotFoundError:
            return _Target(path, Path(os.path.realpath(path)))
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            return _Target(path, path, opens=lambda: path.open("wb"))
        real = Path(os.path.realpath(path))
        # Root may write to each file, but a removed permission means that it must not change.
        if not status.st_mode & 0o222 or not _is_permitted(real, os.W_OK):
            raise PermissionError(errno.EACCES, "the file is read-only; make it writable first")
        return _Target(path, real, status)


def _descriptor_of(path: Path) -> int | None:
    """Return the descriptor that a path such as `/dev/stdout` or `/dev/fd/63` names.

    If it is opened by its name on Linux, a file to which the shell redirects the output is opened
    again, and written from its start.
    """
    for _ in range(_LINKS):
        if path.name.isdecimal() and os.path.realpath(path.parent) in map(
            os.path.realpath, _DESCRIPTORS
        ):
            return int(path.name)
        try:
            path = path.parent / os.readlink(path)  # noqa: PTH115 - keeps the type of the path
        except OSError:
            return None
    return None


def _opened(descriptor: int) -> BufferedWriter:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()  # the printed text comes first
    return os.fdopen(os.dup(descriptor), "wb")


def _is_permitted(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _contents(target: _Target) -> bytes | None:
    with _reported(target.path):
        try:
            return target.real.read_bytes()
        except FileNotFoundError:
            return None


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Raise errors of the system as errors of the file."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"{path}: cannot be written: {reason}") from error


# Replacing


def _replace(
    target: _Target,
    pieces: Iterable[bytes],
    check: Callable[[], None] = lambda: None,
    *,
    is_locked: bool = False,
) -> None:
    """Write a text to a temporary file, and then to its target.

    Args:
        target: The file.
        pieces: The bytes of the text.
        check: Called immediately before the file is changed.
        is_locked: Whether the caller holds the lock of the file. It then contains a text that
            cannot be generated again, so it is replaced when the new one is on the disk.
    """
    with _reported(target.path):
        part = _Part(target)
    try:
        for piece in pieces:
            with _reported(target.path):
                part.file.write(piece)
        with _reported(target.path):
            part.file.flush()
            if is_locked:
                os.fsync(part.file.fileno())
            is_like = part.is_beside and part.takes_over(target)
        check()
        with _reported(target.path):
            if is_like and part.replaces(target):
                return
            with nullcontext() if is_locked else locked(target.real):
                part.overwrites(target)
    finally:
        part.remove()


class _Part:
    """The temporary file of a target.

    It is locked as long as it is in use, so that it can be distinguished from that of a process
    that was killed.

    Args:
        target: The target.

    Attributes:
        file: The open file.
        is_beside: Whether it is in the folder of the target, and can therefore replace it.
    """

    def __init__(self, target: _Target) -> None:
        self.is_beside = True
        try:
            handle, self._path = _new_part(target)
        except OSError as error:
            if target.status is None or error.errno not in _NO_NEW_FILE:
                raise
            # The file can be written, but its folder accepts no other file.
            handle, name = mkstemp(prefix=f"refcite-{target.real.name[:_START]}-", suffix=".part")
            self._path, self.is_beside = Path(name), False
        self.file = os.fdopen(handle, "wb")
        self._is_kept = False

    def takes_over(self, target: _Target) -> bool:
        """Set the owner, permissions and attributes of the file to those of its target.

        Returns:
            Whether it can replace the target, which has no other hard link and the same owner.
        """
        if target.status is None:
            return True
        if target.status.st_nlink > 1:
            return False
        own, wanted = os.fstat(self.file.fileno()), target.status
        if sys.platform != "win32" and (own.st_uid, own.st_gid) != (wanted.st_uid, wanted.st_gid):
            try:
                os.chown(self._path, wanted.st_uid, wanted.st_gid)
            except OSError:
                return False
        if stat.S_IMODE(own.st_mode) != stat.S_IMODE(wanted.st_mode):
            self._path.chmod(stat.S_IMODE(wanted.st_mode))
        _copy_attributes(target.real, self._path)
        return True

    def replaces(self, target: _Target) -> bool:
        """Put the file in the place of its target.

        Returns:
            Whether this was possible; if not, the target can only be overwritten.
        """
        if os.name == "nt":
            self.file.close()  # an open file cannot be renamed
        try:
            self._path.replace(target.real)
        except OSError as error:
            if target.status is None or error.errno not in _NOT_REPLACED:
                raise
            return False
        self._is_kept = True
        return True

    def overwrites(self, target: _Target) -> None:
        """Copy the file to its target.

        Raises:
            OutputError: The target could only be written in part; the message names the file
                that contains the text.
        """
        self._is_kept = True
        try:
            handle = os.open(target.real, os.O_WRONLY | _BINARY)
            with self._path.open("rb") as source, os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(source, file)
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
        except BaseException as error:
            self._save(target)
            if not isinstance(error, OSError):
                raise
            raise OutputError(
                f"{target.path}: is incomplete: {error.strerror}; the complete text is in"
                f" {self._path}"
            ) from error
        self._is_kept = False

    def _save(self, target: _Target) -> None:
        """Rename the file, so that it is not removed with the next temporary file."""
        if self.is_beside:
            with suppress(OSError):
                handle, name = mkstemp(
                    prefix=f"{target.real.name[:_START]}.", suffix=".saved", dir=self._path.parent
                )
                os.close(handle)
                self._path = self._path.replace(name)

    def remove(self) -> None:
        """Close the file; remove it, unless it contains the only text."""
        if os.name == "nt":
            self._close()  # an open file cannot be removed
        if not self._is_kept:
            # As long as it is locked, no other process creates a file with this name.
            with suppress(OSError):
                self._path.unlink()
        self._close()

    def _close(self) -> None:
        with suppress(OSError):  # a full disk is reported already
            self.file.close()


def _new_part(target: _Target) -> tuple[int, Path]:
    """Create and lock the temporary file of a target, next to it."""
    # A file with few permitted readers must not have more before.
    mode = 0o666 if target.status is None else 0o600
    for number in range(_MOST):
        path = _part_path(target, number)
        try:
            if path.exists():
                _remove_stale(path)
            handle = os.open(path, _NEW, mode)
        except FileExistsError:
            continue  # it is in use
        if holds(handle) is not False and _names(path, handle):
            later = (_part_path(target, other) for other in range(number + 1, _MOST))
            for stale in takewhile(Path.exists, later):
                _remove_stale(stale)
            return handle, path
        # Another process has read it as a stale one, and removes it.
        os.close(handle)
    raise FileExistsError(errno.EEXIST, "there are too many temporary files of it")


def _part_path(target: _Target, number: int) -> Path:
    return target.real.with_name(f".{target.real.name[:_START]}.refcite{number}.part")


def _remove_stale(path: Path) -> None:
    """Remove a temporary file if the process that created it has ended."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDWR)
        try:
            if holds(handle) and _names(path, handle):
                path.unlink()
        finally:
            os.close(handle)


def _names(path: Path, handle: int) -> bool:
    """Return whether a path names the file that is open."""
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(handle))
    except FileNotFoundError:
        return False


def _copy_attributes(source: Path, target: Path) -> None:
    """Copy extended attributes, such as access control lists, as far as the system permits."""
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(source):
                with suppress(OSError):
                    os.setxattr(target, name, os.getxattr(source, name))
