"""The conversion of bytes to text: the contents of a file in any encoding."""

from __future__ import annotations

import codecs
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO, IncrementalNewlineDecoder, TextIOBase
from os import PathLike, fspath
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final, TypeGuard
from unicodedata import category

from attrs import evolve

from refcite.formats.archives import share_of, unpack, unpacked
from refcite.formats.containers import container_text, is_database, text_of_database
from refcite.formats.detection import MARC
from refcite.formats.progress import current_listener
from refcite.problems import InputError, Problem, Severity, UnknownFormatError, described
from refcite.record import Origin, Record

__all__ = [
    "BlockReader",
    "decode",
    "encoding_named_in",
    "head_of",
    "in_file",
    "is_container",
    "is_marc",
    "is_open",
    "name_of",
    "naming",
    "open_source",
    "read_source",
    "utf_8_text",
]

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTAINERS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\0")
"""The starts of files that are not text: ZIP archives, compound files of old programs, SQLite."""
_MARC: Final = re.compile(MARC.replace(r"\ufeff", r"\xef\xbb\xbf").encode("ascii"))
_SAMPLE: Final = 4096
_META_CHARSET: Final = re.compile(
    rb"<meta\s[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_COMMENT_ENCODING: Final = re.compile(
    rb"^[ \t]*%+[ \t]*(?:Encoding[ \t]*:|![ \t]*TeX[ \t]+encoding[ \t]*=)[ \t]*"
    rb"([A-Za-z][A-Za-z0-9_:. -]{1,40})",
    re.IGNORECASE | re.MULTILINE,
)
_XML_ENCODING: Final = re.compile(
    rb"\A\s{0,9}<\?xml\s[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']"
)
_LABELS: Final = {
    # The names used by JabRef and editors of TeX.
    **dict.fromkeys(("cp1252", "iso8859_1", "iso8859-1", "isolatin", "isolatin1"), "windows-1252"),
    **dict.fromkeys(("windows latin 1", "ansinew", "latin-1"), "windows-1252"),
    **dict.fromkeys(("macroman", "x-macroman", "macosroman", "applemac"), "mac-roman"),
    **dict.fromkeys(("utf8", "utf-8 unicode", "unicode (utf-8)"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "x-cp1252"), "windows-1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "ksc5601"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "windows-1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    **dict.fromkeys(("big5", "x-x-big5"), "big5hkscs"),
    "x-cp1251": "windows-1251",
}
_SEVEN_BITS: Final = frozenset({"iso-2022-jp"})
_REFUSED: Final = frozenset(
    {"utf-7", "utf-16", "utf-16le", "utf-16be", "utf-32", "idna", "punycode", "unicode_escape"}
    | {"raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_NO_TEXT: Final = frozenset({"Cc", "Cn", "Co", "Cs"})
"""Unicode's categories of controls, unassigned and private characters, and surrogates."""
_SPACES: Final = "\t\n\r\f"
_FEW: Final = 8
"""So many runs of NUL bytes may be in a short text that is one."""
_NULS: Final = re.compile(b"\0+")
_HALVES: Final = "surrogatepass"
"""Halves of surrogate pairs are decoded; the readers replace and report them."""
_REPLACED: Final = "replace"
_TOLD: Final = 5
"""The number of bytes that are not UTF-8 that are each reported."""
_ESCAPED: Final = "surrogateescape"
_FIRST_ESCAPE: Final = 0xDC00
_ESCAPES: Final = re.compile("[\udc80-\udcff]")
"""The characters to which Python decodes bytes that are not UTF-8."""
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f\udc80-\udcff]")
_OF_WINDOWS: Final = {
    # Five bytes have no meaning in Windows-1252; Latin-1 has a meaning for each.
    _FIRST_ESCAPE + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte)
    for byte in range(0x80, 0x100)
}
_BLOCK: Final = 1 << 20
_HELD: Final = 1 << 22
"""The largest size of the data of a pipe that is kept in memory."""
_OF_RECORDS: Final = "marc"
"""Not an encoding: each record has its own."""
_NUL: Final = "the input is not text: it contains NUL bytes"


def read_source(source: str | PathLike[str] | IO[str] | IO[bytes]) -> str | bytes:
    """Return the contents of a path or an open file.

    Raises:
        InputError: It cannot be read; the message states why.
    """
    _refuse_other(source)
    try:
        if isinstance(source, str | PathLike):
            path = _path(source)
            data = None if path.is_dir() else path.read_bytes()
            if data is None or is_database(data):
                with naming(name_of(source)):
                    return text_of_database(path)
            return data
        return source.read()
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from error


def _path(source: str | PathLike[str]) -> Path:
    """Return a path; `~` at its start is the user's home, if there is no file of this name."""
    path = Path(source)
    return path.expanduser() if path.parts[:1] == ("~",) and not path.exists() else path


def is_open(source: object) -> TypeGuard[IO[str] | IO[bytes]]:
    """Return whether a value is an open file."""
    return hasattr(source, "read") and not isinstance(source, PathLike)


def _refuse_other(source: object) -> None:
    """Raise an exception if a source is neither a path nor an open file."""
    if isinstance(source, str | PathLike) or is_open(source):
        return
    hint = ""
    if isinstance(source, bytes):
        hint = "; use refcite.loads to read text"
    elif isinstance(source, list | tuple | set):
        hint = "; use refcite.load([a, b]) to read several"
    raise InputError(f"a path or an open file is read, not {described(source)}{hint}")


_FILE_EXTENSION: Final = re.compile(r"\.[A-Za-z]{1,9}\Z")
_URL: Final = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]{1,20}://")


def _unreadable(source: object, error: Exception) -> InputError:
    """Return the error that a file cannot be read, with a hint if it is not a file."""
    name = name_of(source) or "the input"
    if isinstance(source, str) and _URL.match(source):
        return InputError(
            f"{name}: is a URL, not a file; download it, or use refcite.lookup to read the record"
            " of the work"
        )
    reason = getattr(error, "strerror", None) or str(error)
    is_text = (
        isinstance(source, str)
        and ("\n" in source or "{" in source)
        and _FILE_EXTENSION.search(source) is None
    )
    hint = "; use refcite.loads to read text" if is_text else ""
    return InputError(f"{name}: cannot be read: {reason}{hint}")


@contextmanager
def naming(file: str | None) -> Iterator[None]:
    """Add the input's name to the start of an exception about the input.

    Args:
        file: The name, if there is one.
    """
    try:
        yield
    except (InputError, UnknownFormatError) as error:
        if file is None or str(error).startswith(f"{file}: "):
            raise
        raise type(error)(f"{file}: {error}") from None


@contextmanager
def open_source(source: str | PathLike[str] | IO[str] | IO[bytes]) -> Iterator[IO[bytes]]:
    """Open a path, or an open file, so that it can be read again from the start.

    An input that can be read only once, such as a pipe, is copied to a temporary file. A compressed
    file is decompressed while it is read.

    Raises:
        InputError: It cannot be read; the message states why.
    """
    _refuse_other(source)
    with ExitStack() as stack:
        try:
            if isinstance(source, str | PathLike):
                binary: IO[bytes] = _opened(_path(source), stack, name_of(source))
            else:
                binary = _binary(source)
            if binary.seekable():
                file: IO[bytes] = binary
            else:
                held = stack.enter_context(SpooledTemporaryFile(_HELD))
                shutil.copyfileobj(binary, held)
                held.seek(0)
                file = held
        except (OSError, ValueError) as error:
            raise _unreadable(source, error) from error
        yield unpacked(file)


def _opened(path: Path, stack: ExitStack, name: str | None) -> IO[bytes]:
    """Return the file of a path; for a folder or a database, its text."""
    if not path.is_dir():
        file = stack.enter_context(path.open("rb"))
        if not file.seekable():
            return file
        start = file.read(_SAMPLE)
        file.seek(0)
        if not is_database(start):
            return file
    with naming(name):
        return BytesIO(text_of_database(path).encode(errors=_REPLACED))


def _binary(source: IO[str] | IO[bytes]) -> IO[bytes]:
    """Return the file with the bytes of an open file."""
    if not isinstance(source, TextIOBase):
        return source  # type: ignore[return-value]  # a file of text is a TextIOBase
    buffer: IO[bytes] | None = getattr(source, "buffer", None)
    return BytesIO(source.read().encode(errors="surrogatepass")) if buffer is None else buffer


def name_of(source: object) -> str | None:
    """Return the name of a path or an open file, if it has one."""
    if isinstance(source, str | PathLike):
        return str(fspath(source))
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else None


def is_container(start: bytes) -> bool:
    r"""Return whether a file may be a spreadsheet, a document or a database, by its first bytes.

    Example:
        >>> is_container(b"PK\x03\x04\x14"), is_container(b"id,title")
        (True, False)
    """
    return start.startswith(_CONTAINERS)


def is_marc(start: bytes) -> bool:
    """Return whether a file has records of MARC, each of which states its encoding.

    Example:
        >>> is_marc(b"00058nam a2200037   4500245000900000"), is_marc(b"id,title")
        (True, False)
    """
    return _MARC.match(start) is not None


def in_file(record: Record, file: str, format: str) -> Record:  # noqa: A002 - as in Origin
    """Return a record that a reader has just created, with the name of its file in its origin.

    Args:
        record: The record.
        file: The name of the file, which is not passed to readers.
        format: Name of the format, for a record whose reader gave it no origin.

    Example:
        >>> in_file(Record(id="a"), "refs.ris", "ris").origin.file
        'refs.ris'
    """
    origin = record.origin
    if origin is None:
        return record.replace(origin=Origin(format=format, file=file))
    if origin.file is None:
        # No other code has the record yet, and a copy of each record would be slow.
        object.__setattr__(origin, "file", file)
    elif origin.file != file:
        return record.replace(origin=evolve(origin, file=file))
    return record


def decode(data: str | bytes) -> tuple[str, list[Problem]]:
    r"""Return a text and the problems met in decoding it.

    A byte-order mark is used first, then UTF-8 is tried, then UTF-16 and UTF-32 without a mark,
    then the encoding that the head of a web page, of XML or of a BibTeX file names. The rest is
    UTF-8 except for some bytes, which are read as Windows-1252, the usual encoding of old
    bibliographies, with a warning. A spreadsheet becomes the text of its table, a document that of
    its citations, a database that of its items, a compressed file its text. If all lines end in a
    carriage return, as on old Macintosh computers, each becomes a line feed.

    Raises:
        InputError: The bytes are not text, or a spreadsheet or document cannot be read.

    Example:
        >>> decode("Zoë\r".encode("utf-16"))
        ('Zoë\n', [])
        >>> text, problems = decode("Zoë".encode("latin-1"))
        >>> text, problems[0].code
        ('Zoë', 'not-utf-8')
    """
    if isinstance(data, str):
        return _without_nuls(_with_line_feeds(data.removeprefix("\ufeff")))
    data, damages, _ = unpack(data)
    text, problems = _decoded(data)
    return _with_line_feeds(text), problems + damages


def _without_nuls(text: str) -> tuple[str, list[Problem]]:
    if "\0" not in text:
        return text, []
    return text.replace("\0", ""), [_nuls(text[: text.index("\0")], text.count("\0"))]


def _with_line_feeds(text: str) -> str:
    return text.replace("\r", "\n") if "\r" in text and "\n" not in text else text


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    if is_container(data):
        return container_text(data), []
    if is_marc(data):
        from refcite.formats.marc import marc_text  # imports the reader

        return marc_text(data)
    problems: list[Problem] = []
    mark, marked = _mark_of(data)
    if marked == "utf-8":
        data = data[len(mark) :]
    elif marked and b"\0" in data:
        return _decode_marked(data, marked), []
    elif marked:
        problems.append(_wrong_mark(marked))
        data = data[len(mark) :]
    if b"\0" in data:
        wide = _wide_encoding_of(data[:_SAMPLE]) if b"\0" in data[:_SAMPLE] else None
        if wide is not None:
            return _decode_wide(data, wide), problems
        problems.append(_nuls_of(data))
        data = data.replace(b"\0", b"")
    sample = data[:_SAMPLE]
    named = encoding_named_in(sample)
    if named in _SEVEN_BITS:
        return data.decode(named, errors="replace"), problems
    try:
        return data.decode(), problems
    except UnicodeDecodeError:
        found = _decode_named(data, named) if named else None
        if found is None:
            found, doubts = _decode_with_windows(data)
            problems += doubts
        return found, problems


def head_of(start: bytes) -> str:
    """Return the text of the first bytes of a file, to detect its format.

    The last character may be incomplete.

    Raises:
        InputError: The bytes are not text.

    Example:
        >>> head_of("@book{Zoë".encode("utf-16")[:-1])
        '@book{Zo'
    """
    sample = start[:_SAMPLE]
    encoding = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    if encoding is None and b"\0" in sample:
        encoding = _wide_encoding_of(sample)
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")("replace")
    return decoder.decode(start).removeprefix("\ufeff")


def utf_8_text(data: bytes) -> str:
    r"""Return the text of a file that is to be changed, with its byte-order mark if it has one.

    Raises:
        InputError: The file is not in UTF-8, so that it cannot be written again as it was.

    Example:
        >>> utf_8_text("\ufeffZoë\r".encode())
        '\ufeffZoë\r'
    """
    data, damages, _ = unpack(data)
    for damage in damages:
        raise InputError(f"{damage.message}; nothing is written to it")
    name = _other_encoding_of(data)
    if name is None:
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            name = f"not UTF-8 (byte {error.start} is not valid in it)"
    raise InputError(f"the encoding is {name}; save the file as UTF-8")


def _other_encoding_of(data: bytes) -> str | None:
    """Return the encoding of a text that can be decoded as UTF-8, but with another result."""
    if is_container(data):
        raise InputError(
            "the file is a spreadsheet or a document, not text; save it as a text file"
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding.upper() if encoding != "utf-8" else None
    sample = data[:_SAMPLE]
    if b"\0" in data:
        wide = _wide_encoding_of(sample) if b"\0" in sample else None
        if wide is None:
            raise InputError("the file contains NUL bytes; remove them")
        return wide.upper()
    named = encoding_named_in(sample)
    return named.upper() if named in _SEVEN_BITS else None


def _decode_named(data: bytes, named: str) -> str | None:
    _check_is_text(data[:_SAMPLE])
    try:
        text = data.decode(named, errors="replace")
    except LookupError:
        return None
    # A few wrong bytes are damage; many wrong bytes are another encoding.
    return text if text.count("\ufffd") * 50 <= len(data) else None


def encoding_named_in(head: bytes) -> str | None:
    """Return the encoding that a web page, XML or a BibTeX file names, under Python's name for it.

    In a BibTeX file, JabRef writes `% Encoding: Cp1252`, and editors of TeX read
    `% !TeX encoding = latin1`.

    Source: the HTML standard, "Determining the character encoding"; XML 1.0, 4.3.3; the Encoding
    standard, by
    which Latin-1 means Windows-1252 and `gb2312` GB 18030; JabRef's documentation; the manual of
    TeXworks.

    Example:
        >>> encoding_named_in(b'<html><head><meta charset="windows-1251">')
        'windows-1251'
        >>> encoding_named_in(b'<meta http-equiv=Content-Type content="text/html; charset=gb2312">')
        'gb18030'
        >>> encoding_named_in(b'<?xml version="1.0" encoding="ISO-8859-2"?>')
        'iso-8859-2'
        >>> encoding_named_in(b"% Encoding: ISO8859_1")
        'windows-1252'
        >>> encoding_named_in(b"<p>charset=koi8-r</p>")
    """
    found = (
        _XML_ENCODING.match(head) or _META_CHARSET.search(head) or _COMMENT_ENCODING.search(head)
    )
    label = " ".join(found[1].decode("ascii").lower().split()) if found else ""
    if not label:
        return None
    name = _LABELS.get(label, label)
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    # Pages must not choose codecs of Python that are not encodings of text.
    return name if getattr(codec, "_is_text_encoding", True) and name not in _REFUSED else None


def _mark_of(data: bytes) -> tuple[bytes, str]:
    """Return the byte-order mark with its encoding; nothing if there is none."""
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))


def _wrong_mark(encoding: str) -> Problem:
    # Text in UTF-16 or UTF-32 has spaces or ends of lines, and so NUL bytes.
    return Problem(
        severity=Severity.WARNING,
        code="broken-encoding",
        message=f"the file begins with the byte-order mark of {encoding.upper()}, but is in another"
        " encoding; the mark is omitted",
        line=1,
        column=1,
        hint="save the file as UTF-8",
    )


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, _HALVES).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(
            f"the input declares {encoding.upper()}, but byte {error.start} is not valid in it"
        ) from None


def _decode_wide(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, _HALVES)
    except UnicodeDecodeError as error:
        raise InputError(
            f"the input has the form of {encoding.upper()}, but byte {error.start} is not valid"
            " in it; save the file as UTF-8"
        ) from None


def _wide_encoding_of(sample: bytes) -> str | None:
    """Return the encoding of text with NUL bytes, if it is UTF-16 or UTF-32 without a mark.

    Of Latin letters, all the NUL bytes of UTF-16 are on one side. If others prevail, the text that
    is decoded must consist of assigned characters, which other data hardly ever do.

    Returns:
        The encoding; None for text with a few NUL bytes that are not part of it.

    Raises:
        InputError: It is not text.
    """
    for encoding in ("utf-32-le", "utf-32-be"):
        if len(sample) >= 8 and _is_text_in(encoding, sample):
            return encoding
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    by_count = ("utf-16-le", "utf-16-be") if odd > even else ("utf-16-be", "utf-16-le")
    if min(even, odd) * 10 <= max(even, odd) and max(even, odd) * 4 >= len(sample) // 2:
        return by_count[0]
    # A run of them is one damage, such as a part of the file that was never written.
    text = sample.replace(b"\0", b"")
    if not text or len(_NULS.findall(sample)) > max(_FEW, len(text) // 50):
        if _begun(sample, "utf-8") is None:
            for encoding in by_count:
                if _is_text_in(encoding, sample):
                    return encoding
        raise InputError(_NUL)
    _check_is_text(text)
    return None


def _is_text_in(encoding: str, sample: bytes) -> bool:
    """Return whether the start of a text is valid in an encoding, and consists of characters."""
    text = _begun(sample, encoding)
    return bool(text and text.strip()) and all(
        category(letter) not in _NO_TEXT or letter in _SPACES for letter in text or ""
    )


def _begun(sample: bytes, encoding: str) -> str | None:
    """Return the start of a text, whose last character may be incomplete; None if not valid."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None


def _nuls_of(data: bytes) -> Problem:
    return _nuls(data[: data.index(0)].decode(errors="replace"), data.count(0))


def _nuls(before: str, count: int) -> Problem:
    line, column = _place(before)
    return Problem(
        severity=Severity.WARNING,
        code="nul-byte",
        message="a NUL byte is omitted" if count == 1 else f"{count} NUL bytes are omitted",
        line=line,
        column=column,
        hint="check the line, and save the file again",
    )


def _decode_with_windows(data: bytes) -> tuple[str, list[Problem]]:
    """Read as UTF-8, and each invalid byte as Windows-1252."""
    _check_is_text(data[:_SAMPLE])
    text = data.decode(errors=_ESCAPED)
    others = _Others()
    others.look_at(text)
    return text.translate(_OF_WINDOWS), others.problems()


class _Others:
    """Counts the bytes of a text, in pieces, that are not UTF-8, with the places of the first."""

    def __init__(self) -> None:
        self._places: list[tuple[str, int, int]] = []
        self._count = 0
        self._is_mixed = False
        self._line, self._column = 1, 1
        self._ends_in_cr = False

    def look_at(self, text: str) -> None:
        """Read the next piece, in which each such byte is escaped."""
        if self._ends_in_cr and text[:1] == "\n":
            self._line -= 1
        for found in _ESCAPES.finditer(text):
            self._count += 1
            if len(self._places) < _TOLD:
                self._places.append((found[0], *self._behind(text[: found.start()])))
        self._line, self._column = self._behind(text)
        self._is_mixed = self._is_mixed or _BEYOND_ASCII.search(text) is not None
        self._ends_in_cr = text[-1:] == "\r"

    def _behind(self, text: str) -> tuple[int, int]:
        line, column = _place(text)
        return self._line + line - 1, column + (self._column - 1 if line == 1 else 0)

    def problems(self) -> list[Problem]:
        """Return the problems of these bytes: of the first, if the text has no other UTF-8."""
        if not self._is_mixed:
            return [_not_utf_8(*place, "the text was read") for place in self._places[:1]]
        problems = [_not_utf_8(*place, "it is read") for place in self._places]
        if self._count > len(problems):
            more = self._count - len(problems)
            last = problems[-1]
            problems[-1] = last.replace(message=f"{last.message}, and so are {more} others")
        return problems


def _place(before: str) -> tuple[int, int]:
    """Return the line and the column after a text, with any line ends."""
    line = 1 + before.count("\n") + before.count("\r") - before.count("\r\n")
    return line, len(before) - max(before.rfind("\n"), before.rfind("\r"))


def _check_is_text(sample: bytes) -> None:
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    if controls * 20 > len(sample):
        raise InputError("the input is not text: it contains control characters") from None


def _not_utf_8(escaped: str, line: int, column: int, what: str) -> Problem:
    byte = ord(escaped) - _FIRST_ESCAPE
    return Problem(
        severity=Severity.WARNING,
        code="not-utf-8",
        message=f"byte {byte:#04x} is not UTF-8; {what} as Windows-1252",
        line=line,
        column=column,
        hint="save the file as UTF-8",
    )


class BlockReader:
    """Reads a file of text in blocks, in any encoding, like `decode` for a whole text.

    Args:
        file: An open binary file that can be read again.

    Attributes:
        problems: The problems of finding the encoding; those of records that have their own
            encoding are added when they are read.
        head: The start of the text.

    Raises:
        InputError: The bytes are not text.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.problems: list[Problem] = []
        self._has_nuls = self._is_mixed = self._ends_lines_in_cr = False
        self._is_begun = False
        self._start = 0
        self._listener = current_listener()
        self._encoding = self._find_encoding()
        self.head = next(iter(self.blocks()), "")
        self._is_begun = True
        if "\r" in self.head and "\n" not in self.head:
            self._ends_lines_in_cr = True
            self.head = self.head.replace("\r", "\n")

    def __iter__(self) -> Iterator[str]:
        """Yield the text, and report the progress of the first iteration."""
        listener, self._listener = self._listener, None
        if listener is None:
            yield from self.blocks()
            return
        share = share_of(self._file)
        for block in self.blocks():
            # The text may be read again, from its start, before the next block is.
            finished = min(share(), 1.0)
            yield block
            listener(finished)

    @property
    def utf_8_start(self) -> int | None:
        """The offset of the text in the file, if its bytes are UTF-8; None for other bytes."""
        is_plain = self._encoding == "utf-8" and not self._has_nuls and not self._is_mixed
        return self._start if is_plain and not self._ends_lines_in_cr else None

    def blocks(self) -> Iterator[str]:
        """Yield the text.

        Raises:
            InputError: The text does not have the encoding of its start.
        """
        if self._encoding == _OF_RECORDS:
            from refcite.formats.marc import marc_blocks  # imports the reader

            met = self.problems if self._is_begun else []
            yield from marc_blocks(self._data(), met)
            return
        is_wide = self._encoding.startswith(("utf-16", "utf-32"))
        errors = _ESCAPED if self._is_mixed else _HALVES if is_wide else "strict"
        decoder: codecs.IncrementalDecoder | IncrementalNewlineDecoder
        decoder = codecs.getincrementaldecoder(self._encoding)(errors)
        if self._ends_lines_in_cr:
            decoder = IncrementalNewlineDecoder(decoder, translate=True)
        try:
            for data in self._data():
                text = decoder.decode(data, not data)
                yield text.translate(_OF_WINDOWS) if self._is_mixed else text
        except UnicodeDecodeError:
            name = self._encoding.upper()
            raise InputError(f"the input declares {name}, but is not valid in it") from None

    def _data(self) -> Iterator[bytes]:
        """Yield the bytes of the text; nothing at its end."""
        place = self._start
        while True:
            self._file.seek(place)  # the text may be iterated again before its end is reached
            data = self._file.read(_BLOCK)
            if not data:
                break
            place = self._file.tell()
            yield data.replace(b"\0", b"") if self._has_nuls else data
        yield b""

    def _find_encoding(self) -> str:
        sample = self._file.read(_SAMPLE)
        if is_marc(sample):
            return _OF_RECORDS
        mark, marked = _mark_of(sample)
        if marked and marked != "utf-8" and b"\0" in sample:
            return marked
        if marked:
            self._start = len(mark)
            sample = sample[len(mark) :]
            if marked != "utf-8":
                self.problems.append(_wrong_mark(marked))
        if b"\0" in sample:
            wide = _wide_encoding_of(sample)
            if wide is not None:
                return wide
        has_nuls, is_utf_8 = self._look_through()
        if has_nuls:
            self.problems.append(self._nuls())
            self._has_nuls = True
        if not is_utf_8:
            _check_is_text(sample.replace(b"\0", b""))
            named = encoding_named_in(sample)
            if named is not None and named != "utf-8":
                return named
            self._is_mixed = True
            self.problems += self._others().problems()
        return "utf-8"

    def _look_through(self) -> tuple[bool, bool]:
        """Return whether the text contains NUL bytes, and whether it is UTF-8 without them.

        Both are found in one pass, since each pass decompresses a compressed file again.
        """
        has_nuls, is_utf_8 = False, True
        decoder = codecs.getincrementaldecoder("utf-8")()
        for data in self._data():
            if b"\0" in data:
                has_nuls = True
                data = data.replace(b"\0", b"")
            try:
                if is_utf_8 and not (data and data.isascii() and not decoder.getstate()[0]):
                    decoder.decode(data, not data)
            except UnicodeDecodeError:
                is_utf_8 = False
        return has_nuls, is_utf_8

    def _nuls(self) -> Problem:
        """Return the problem of NUL bytes, wherever they are."""
        line, count, before = 1, 0, b""
        for data in self._data():
            if not count and data:
                before = data.partition(b"\0")[0]
                line += before.count(b"\n")
            count += data.count(0)
        column = _place(before.decode(errors="replace"))[1]
        return _nuls("", count).replace(line=line, column=column)

    def _others(self) -> _Others:
        decoder = codecs.getincrementaldecoder("utf-8")(_ESCAPED)
        found = _Others()
        for data in self._data():
            found.look_at(decoder.decode(data, not data))
        return found
