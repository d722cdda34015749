"""Reading and writing: the formats in which references are kept.

Each format is a module with `read` and `write`; this package finds it by name, by file ending or
by content. Another package adds a format through the entry-point group `refcite.formats`, whose
value is a `Format`.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import IO, Unpack

from refcite.formats.adding import append
from refcite.formats.base import Format
from refcite.formats.files import decode, is_spreadsheet, name_of, read_source
from refcite.formats.losses import losses
from refcite.formats.options import ReadOptions, WriteOptions
from refcite.formats.registry import formats, get_format, guess_format
from refcite.formats.streams import dump, stream
from refcite.library import Library
from refcite.problems import InputError, Problem, ReadError, Severity
from refcite.record import Record

__all__ = [
    "Format",
    "append",
    "convert",
    "dump",
    "dumps",
    "formats",
    "get_format",
    "guess_format",
    "load",
    "loads",
    "losses",
    "stream",
]


def load(
    source: str | PathLike[str] | IO[str] | IO[bytes],
    format: str | None = None,  # noqa: A002 - what every user calls it
    *,
    strict: bool = False,
    **options: Unpack[ReadOptions],
) -> Library:
    """Read a file of references.

    Args:
        source: A path, or an open file, text or binary.
        format: A format's name, such as `bibtex`; by default what the file's ending or its content
            tells. `refcite.formats.formats` lists the names.
        strict: Raise at the first error instead of collecting it.
        **options: What the format's reader takes beside, such as `day_first`.

    Returns:
        The records, with the problems met.

    Raises:
        InputError: The file cannot be read, or is not text.
        UnknownFormatError: There is no such format, or nothing tells it.
        FormatError: The format's reader does not know an option, or the format is only written.
        ReadError: With `strict`, the first error.

    Example:
        >>> import io
        >>> import refcite
        >>> file = io.StringIO('[{"id": "a", "type": "book", "title": "One"}]')
        >>> refcite.load(file)["a"].title
        'One'
    """
    return loads(read_source(source), format, file=name_of(source), strict=strict, **options)


def loads(
    text: str | bytes,
    format: str | None = None,  # noqa: A002 - what every user calls it
    *,
    file: str | None = None,
    strict: bool = False,
    **options: Unpack[ReadOptions],
) -> Library:
    """Read references from a text.

    Args:
        text: The text, or its bytes in any of the usual encodings.
        format: A format's name, such as `bibtex`; by default what `file`'s ending or the text
            tells. `refcite.formats.formats` lists the names.
        file: A name for the problems' places.
        strict: Raise at the first error instead of collecting it.
        **options: What the format's reader takes beside, such as `day_first`.

    Raises:
        InputError: The bytes are not text.
        UnknownFormatError: There is no such format, or nothing tells it.
        FormatError: The format's reader does not know an option, or the format is only written.
        ReadError: With `strict`, the first error.

    Example:
        >>> import refcite
        >>> refcite.loads("@book{a, title = {One}}")["a"].title
        'One'
        >>> library = refcite.loads("@book{a, date = {01/02/2017}}", "bibtex", day_first=True)
        >>> str(library["a"].issued)
        '2017-02-01'
    """
    try:
        decoded, problems = decode(text)
    except InputError as error:
        raise InputError(f"{file}: {error}" if file else str(error)) from None
    if decoded.strip():
        if not format and isinstance(text, bytes) and is_spreadsheet(text):
            format = "xlsx"  # noqa: A001 - as above
        chosen = get_format(format) if format else guess_format(decoded, file)
        library = chosen.read(decoded, **options)
    else:
        library = Library(problems=[_empty()])
    found = [*problems, *library.problems]
    library.problems = [problem.replace(file=file) for problem in found] if file else found
    if strict:
        for problem in library.problems:
            if problem.severity is Severity.ERROR:
                raise ReadError(problem)
    return library


def dumps(
    records: Iterable[Record],
    format: str,  # noqa: A002 - as above
    *,
    problems: list[Problem] | None = None,
    **options: Unpack[WriteOptions],
) -> str:
    """Return records as a text.

    Args:
        records: A library, or any records.
        format: A format's name, such as `bibtex`; `refcite.formats.formats` lists them.
        problems: A list to which is added what the format has no place for, field by field. The
            text is then read back, which takes its time.
        **options: What the format's writer takes, such as `key_pattern`.

    Raises:
        UnknownFormatError: There is no such format.
        FormatError: The format is only read, its writer does not know an option, or a value has no
            form in it.

    Example:
        >>> from refcite import Date, Record, dumps
        >>> print(dumps([Record(id="a", type="book", title="One")], "csl-jsonl"), end="")
        {"id": "a", "type": "book", "title": "One"}
        >>> report = Record(type="report", title="One", publisher="UNHCR", scale="1:10",
        ...                 issued=Date.of(2018))
        >>> lost = []
        >>> text = dumps([report], "refworld", problems=lost)
        >>> print(lost[-1])
        warning: refworld has no place for scale [not-carried]
    """
    chosen = get_format(format)
    if problems is None:
        return chosen.write(records, **options)
    records = list(records)
    text = chosen.write(records, **options)
    problems.extend(losses(records, text, chosen, options))
    return text


def convert(text: str | bytes, *, to: str, source: str | None = None, strict: bool = False) -> str:
    """Return a text of references in another format.

    Args:
        text: The text.
        to: Name of the format to write.
        source: Name of the format to read; by default what the text looks like.
        strict: Raise at the first error; without it, what can be read is converted. Use `loads`
            and `dumps` to see the problems.

    Raises:
        InputError: The bytes are not text.
        UnknownFormatError: There is no such format, or nothing tells it.
        FormatError: The format `to` is only read, or `source` only written.
        ReadError: With `strict`, the first error.

    Example:
        >>> from refcite import convert
        >>> print(convert('{"id": "a", "type": "book", "title": "One"}', to="csl-jsonl"), end="")
        {"id": "a", "type": "book", "title": "One"}
    """
    target = get_format(to)
    return target.write(loads(text, source, strict=strict))


def _empty() -> Problem:
    return Problem(severity=Severity.ERROR, code="empty-input", message="the input is empty")
