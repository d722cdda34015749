"""Reading and writing records one after the other, for files that are larger than memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BufferedIOBase, RawIOBase
from os import PathLike
from pathlib import Path
from typing import IO, Unpack

from refcite.formats.archives import inner_name_of, problems_of
from refcite.formats.common_problems import empty_input
from refcite.formats.containers import container_format
from refcite.formats.files import (
    BlockReader,
    decode,
    in_file,
    is_container,
    name_of,
    naming,
    open_source,
)
from refcite.formats.losses import grouped, losses
from refcite.formats.options import ReadOptions, WriteOptions
from refcite.formats.output import write_file
from refcite.formats.registry import get_format, guess_format
from refcite.library import Library, identified
from refcite.problems import (
    FormatError,
    OutputError,
    Problem,
    RecordTypeError,
    described,
    report_or_warn,
)
from refcite.record import Record

__all__ = ["dump", "stream"]


def stream(
    source: str | PathLike[str] | IO[str] | IO[bytes],
    format: str | None = None,  # noqa: A002 - what every user calls it
    **options: Unpack[ReadOptions],
) -> Iterator[Record | Problem]:
    r"""Yield the records and problems of a file one after the other.

    CSL-JSON, as an array or lines, RIS and BibTeX are read in pieces, so that only the current
    piece is in memory. Files in other formats are read as a whole. An entry without an id is named
    by its position (`item-3`); an id that is used twice is only reported in BibTeX, at the end.
    Before the first entry of BibTeX that refers to another one, the file is read to its end, and
    the entries to which others refer are kept. A compressed file (`.gz`, `.zst`, `.zip`) is
    decompressed in pieces too.

    Args:
        source: A path, or an open file, text or binary.
        format: The input's format, such as `bibtex`; by default it is recognised from the
            file extension or the content. `refcite.formats.formats` lists the names.
        **options: Options of the reader of the format, such as `day_first`.

    Raises:
        InputError: The file cannot be read, or is not text.
        UnknownFormatError: The format does not exist, or is not recognised.
        FormatError: The reader of the format has no such option, or the format can only be
            written.

    Example:
        >>> import io
        >>> from refcite import stream
        >>> file = io.BytesIO(b'{"id": "a", "type": "book"}\n{"id": "b", "type": "song"}\n')
        >>> for found in stream(file, "csl-jsonl"):
        ...     print(found.id, found.type)
        a book
        b song
    """
    file = name_of(source)
    with naming(file), open_source(source) as opened:
        is_text = not is_container(opened.read(16))
        opened.seek(0)
        if not is_text:
            data = opened.read()
            name = format or container_format(data) or "xlsx"
            yield from _whole(decode(data)[0], name, file, options)
            yield from _named(problems_of(opened), file)
            return
        text = BlockReader(opened)
        yield from _named(text.problems, file)
        if _is_empty(text):
            yield from _named([*problems_of(opened), empty_input()], file)
            return
        chosen = (
            get_format(format) if format else guess_format(text.head, inner_name_of(opened, file))
        )
        if chosen.reads_streams:
            met = len(text.problems)
            yield from _named(chosen.read_stream(text, **options), file, chosen.name)
            yield from _named(text.problems[met:], file)
        else:
            opened.seek(0)
            yield from _whole(decode(opened.read())[0], chosen.name, file, options)
        yield from _named(problems_of(opened), file)


def _is_empty(text: BlockReader) -> bool:
    """Return whether a text is white space only."""
    return not text.head.strip() and not any(block.strip() for block in text.blocks())


def _whole(
    text: str, format_: str, file: str | None, options: ReadOptions
) -> Iterator[Record | Problem]:
    library = get_format(format_).read(text, **options)
    yield from _named(library.problems, file)
    yield from _named(library, file, format_)


def _named(
    found: Iterable[Record | Problem], file: str | None, name: str = ""
) -> Iterator[Record | Problem]:
    """Yield records and problems with the name of their file; `name` is that of the format."""
    if file is None:
        yield from found
        return
    for one in found:
        yield in_file(one, file, name) if isinstance(one, Record) else one.replace(file=file)


def dump(
    records: Record | Iterable[Record],
    target: str | PathLike[str] | IO[str],
    format: str | None = None,  # noqa: A002 - what every user calls it
    *,
    problems: list[Problem] | None = None,
    **options: Unpack[WriteOptions],
) -> None:
    """Write records to a file, in UTF-8.

    Records may come from a generator; in CSL-JSON, RIS and BibTeX, each is written immediately. An
    existing file is not changed before all records are written, and keeps its permissions, owner
    and links. Several threads and processes may write the same file: it contains the text of one
    of them.

    If the format cannot hold all variables, the output is read again to find losses, which takes
    time; `get_format(name).write` does not do this.

    Args:
        records: A library, any records, or one record. A record without an id receives the id that
            a `Library` sets.
        target: A path, or a file that is open for text. A path that ends in `.gz` or `.zst` is
            written compressed.
        format: A format's name, such as `bibtex`; by default it is recognised from the file
            extension. `refcite.formats.formats` lists the names.
        problems: A list to which each value is added that the format cannot hold. By default, such
            values are a `RefciteWarning`.
        **options: Options of the writer of the format, such as `key_pattern`.

    Raises:
        UnknownFormatError: The format does not exist, or is not recognised.
        FormatError: The format is only read, its writer does not have an option, it cannot
            hold a value, or neither a format nor a file name is set.
        OutputError: The file cannot be written.
        RecordTypeError: A value is not a record, or the target is neither a path nor a file.

    Example:
        >>> import io
        >>> import refcite
        >>> file = io.StringIO()
        >>> refcite.dump([refcite.Record(id="a", type="book", title="One")], file, "bibtex")
        >>> print(file.getvalue(), end="")
        @book{a,
          title = {One},
        }
    """
    _refuse_other(target)
    file = name_of(target)
    if format is None and file is None:
        raise FormatError("the format of an open file without a name is unknown; set format=")
    chosen = get_format(format) if format else guess_format(file=file)
    given: Iterable[Record] = records if isinstance(records, Library) else identified(records)
    if chosen.carries_all_with(options) or not chosen.reads:
        _write(chosen.write_stream(given, **options), target)
        return
    if not isinstance(given, Library):
        given = list(given)
    text = "".join(chosen.write_stream(given, **options))
    _write((text,), target)
    lost = list(losses(given, text, chosen, options))
    report_or_warn(grouped(lost) if problems is None else lost, problems, stacklevel=3)


def _refuse_other(target: object) -> None:
    """Raise an exception if a target is neither a path nor a file that is open for text."""
    if isinstance(target, RawIOBase | BufferedIOBase):
        raise OutputError("text cannot be written to a binary file; open it for text")
    if not isinstance(target, str | PathLike) and not hasattr(target, "write"):
        hint = ""
        if isinstance(target, Record | Iterable):
            hint = "; pass the records first, as in dump(records, 'refs.bib')"
        raise RecordTypeError(
            f"the target must be a path or an open file, not {described(target)}{hint}"
        )


def _write(pieces: Iterable[str], target: str | PathLike[str] | IO[str]) -> None:
    if isinstance(target, str | PathLike):
        write_file(Path(target), pieces)
        return
    for piece in pieces:
        target.write(piece)
