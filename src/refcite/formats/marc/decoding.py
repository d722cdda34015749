"""The bytes of MARC files as text: each record in the encoding that its leader states.

MARC-8 is converted by pymarc, which is imported when the first record in it is met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final
from unicodedata import normalize

from refcite.extras import install_command
from refcite.problems import InputError, Problem, Severity

__all__ = ["marc_blocks", "marc_text"]

_END: Final = b"\x1d"
_SEPARATOR: Final = re.compile(rb"([\x1d-\x1f])")
_CHARSET: Final = 9
_LATIN: Final = re.compile("[\udc80-\udcff]")


def marc_text(data: bytes) -> tuple[str, list[Problem]]:
    r"""Return the records of a file as one text, with its delimiters.

    Args:
        data: Records of ISO 2709, each in UTF-8 or MARC-8.

    Raises:
        InputError: A record is in MARC-8, and pymarc is not installed.

    Example:
        >>> marc_text("00000nam a2200000   4500\x1eZoë\x1d".encode())[0][-4:-1]
        'Zoë'
    """
    problems: list[Problem] = []
    return "".join(marc_blocks([data], problems)), problems


def marc_blocks(blocks: Iterable[bytes], problems: list[Problem]) -> Iterator[str]:
    """Yield the text of a file in blocks of whole records.

    Args:
        blocks: The bytes, in pieces of any length.
        problems: List to which problems are added.

    Raises:
        InputError: A record is in MARC-8, and pymarc is not installed.
    """
    held: list[bytes] = []
    number = 0
    for block in blocks:
        last = block.rfind(_END)
        if last < 0:
            held.append(block)
            continue
        held.append(block[: last + 1])
        whole = b"".join(held)
        held = [block[last + 1 :]]
        records = whole.split(_END)[:-1]
        yield "".join(
            f"{_record(one, number, problems)}\x1d"
            for number, one in enumerate(records, number + 1)
        )
        number += len(records)
    rest = b"".join(held)
    if rest.strip():
        yield _record(rest, number + 1, problems)


def _record(data: bytes, number: int, problems: list[Problem]) -> str:
    start = data.lstrip(b"\r\n \t\0\xef\xbb\xbf")
    is_unicode = start[_CHARSET : _CHARSET + 1] == b"a"
    if start.isascii() and (is_unicode or b"\x1b" not in start):
        return start.decode("ascii")
    try:
        text = start.decode()
    except UnicodeDecodeError:
        if is_unicode:
            problems.append(_mixed(number))
            return _with_latin(start)
        return _from_marc8(start, number, problems)
    if not is_unicode and b"\x1b" in start:
        return _from_marc8(start, number, problems)
    return text


def _from_marc8(data: bytes, number: int, problems: list[Problem]) -> str:
    """Return a record in MARC-8 as text; each subfield starts with the basic character sets."""
    convert = _converter()
    try:
        return "".join(
            part.decode("ascii") if part.isascii() and b"\x1b" not in part else convert(part)
            for part in _SEPARATOR.split(data)
        )
    except (ValueError, KeyError, IndexError, TypeError):
        problems.append(_mixed(number))
        return _with_latin(data)


@cache
def _converter() -> Callable[[bytes], str]:
    try:
        from pymarc.marc8 import MARC8ToUnicode
    except ImportError:
        raise InputError(
            "a record is in MARC-8, for which the package pymarc is needed;"
            f" install it with: {install_command('marc')}"
        ) from None
    converter: Any = MARC8ToUnicode  # its methods have no types
    # A converter keeps the character sets of the last part.
    return lambda part: normalize("NFC", str(converter(quiet=True).translate(part)))


def _with_latin(data: bytes) -> str:
    text = data.decode(errors="surrogateescape")
    return _LATIN.sub(lambda found: _character(found[0]), text)


def _character(escaped: str) -> str:
    byte = bytes([ord(escaped) - 0xDC00])
    return byte.decode("cp1252", "ignore") or byte.decode("latin-1")


def _mixed(number: int) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="not-utf-8",
        message=f"record {number} is not in the encoding that its leader states; bytes that are"
        " not UTF-8 are read as Windows-1252",
        hint="export the records in UTF-8",
    )
