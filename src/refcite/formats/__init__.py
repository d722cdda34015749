"""Reading and writing the formats of references.

Each format is a module with `read` and `write`; this package finds it by name, by file extension
or by content. Another package adds a format through the entry-point group `refcite.formats`, whose
value is a `Format`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import IO, Any, Unpack

from refcite.collector import collector_paused
from refcite.formats.adding import append
from refcite.formats.archives import unpack
from refcite.formats.base import Format, Objects
from refcite.formats.common_problems import empty_input
from refcite.formats.containers import container_format
from refcite.formats.files import (
    decode,
    in_file,
    is_open,
    name_of,
    naming,
    read_source,
)
from refcite.formats.losses import grouped, losses
from refcite.formats.options import COMMON, ConvertOptions, ReadOptions, WriteOptions
from refcite.formats.registry import formats, get_format, guess_format
from refcite.formats.several import combined
from refcite.formats.streams import dump, stream
from refcite.library import Library, identified
from refcite.problems import (
    FormatError,
    InputError,
    Problem,
    ReadError,
    Severity,
    UnknownFormatError,
    near_matches,
    report_or_warn,
)
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
    source: str
    | PathLike[str]
    | IO[str]
    | IO[bytes]
    | Sequence[str | PathLike[str] | IO[str] | IO[bytes]],
    format: str | None = None,  # noqa: A002 - what every user calls it
    *,
    strict: bool = False,
    **options: Unpack[ReadOptions],
) -> Library:
    """Read a file of references, or several files into one library.

    A file may be compressed (`.gz`, `.zst`, `.zip`). Of several files, equal records are read once.
    A record whose id is used for another work in an earlier file gets a new id (`roe2019a`). Both
    are reported in the problems, as `equal-records` and `renamed-id`.

    Args:
        source: A path, or an open file, text or binary; or a list of them, in any formats.
        format: The input's format, such as `bibtex`; by default it is recognised from the
            file extension or the content. `refcite.formats.formats` lists the names.
        strict: Raise an exception at the first error instead of adding it to the problems.
        **options: Options of the reader of the format, such as `day_first`.

    Returns:
        The records, with the problems found.

    Raises:
        InputError: The file cannot be read, or is not text.
        UnknownFormatError: The format does not exist, or is not recognised.
        FormatError: The reader of the format has no such option, or the format can only be
            written.
        ReadError: With `strict`, the first error.

    Example:
        >>> import io
        >>> import refcite
        >>> file = io.StringIO('[{"id": "a", "type": "book", "title": "One"}]')
        >>> refcite.load(file)["a"].title
        'One'
        >>> files = [io.StringIO(f"@book{{a, title = {{{title}}}}}") for title in ("A", "B", "A")]
        >>> refcite.load(files).ids
        ('a', 'a-2')
    """
    if isinstance(source, Sequence) and not isinstance(source, str):
        libraries = [load(one, format, strict=strict, **options) for one in source]
        return combined(libraries, **options) if libraries else Library()
    return loads(read_source(source), format, file=name_of(source), strict=strict, **options)


def loads(
    text: str | bytes | Objects,
    format: str | None = None,  # noqa: A002 - what every user calls it
    *,
    file: str | None = None,
    strict: bool = False,
    **options: Unpack[ReadOptions],
) -> Library:
    """Read references from a text, or from dictionaries of CSL-JSON.

    Args:
        text: The text; its bytes in any of the usual encodings, which may be compressed; or parsed
            CSL-JSON, a list of dictionaries or one of them. Values in it that are None or NaN are
            ignored.
        format: The input's format, such as `bibtex`; by default it is recognised from the
            extension of `file` or the text. `refcite.formats.formats` lists the names.
        file: The file name for the location of problems.
        strict: Raise an exception at the first error instead of adding it to the problems.
        **options: Options of the reader of the format, such as `day_first`.

    Raises:
        InputError: The bytes are not text.
        UnknownFormatError: The format does not exist, or is not recognised.
        FormatError: The reader of the format has no such option, or the format can only be
            written.
        ReadError: With `strict`, the first error.

    Example:
        >>> import refcite
        >>> refcite.loads("@book{a, title = {One}}")["a"].title
        'One'
        >>> library = refcite.loads("@book{a, date = {01/02/2017}}", "bibtex", day_first=True)
        >>> str(library["a"].issued)
        '2017-02-01'
        >>> refcite.loads([{"id": "a", "type": "book", "title": "One"}], "csl-json")["a"].title
        'One'
    """
    with naming(file):
        entries, problems, chosen = _entries_of(text, format, file)
        library = _read(entries, chosen, options)
    return _checked(library, chosen, problems, file, strict)


def _entries_of(
    text: str | bytes | Objects, name: str | None, file: str | None
) -> tuple[str | Objects, list[Problem], Format | None]:
    """Return the decoded text or the objects, the problems of decoding, and the format.

    The format of an empty text is None.
    """
    if isinstance(text, str | bytes):
        damages: list[Problem] = []
        if isinstance(text, bytes):
            text, damages, inside = unpack(text)
            file = inside or file
        decoded, problems = decode(text)
        problems += damages
        if not decoded.strip():
            return "", problems, None
        if not name and isinstance(text, bytes):
            name = container_format(text)
        return decoded, problems, get_format(name) if name else guess_format(decoded, file)
    if is_open(text):
        raise InputError("text is read, not an open file; use refcite.load to read a file")
    objects = _listed(text)
    if _are_records(objects):
        raise InputError(
            "these are records already; use Library(records) to collect them, or"
            " dumps(records, 'ris') to write them"
        )
    return objects, [], get_format(name) if name else _format_of_objects(objects)


def _read(entries: str | Objects, chosen: Format | None, options: Mapping[str, Any]) -> Library:
    if chosen is None:
        return Library(problems=[empty_input()])
    with collector_paused():
        if isinstance(entries, str):
            return chosen.read(entries, **options)
        return chosen.read_objects(entries, **options)


def _listed(objects: Any) -> Any:
    """Return objects that may come from a generator as a list, which can be read twice."""
    is_one = isinstance(objects, str | bytes | Mapping) or not isinstance(objects, Iterable)
    return objects if is_one else list(objects)


def _are_records(objects: Any) -> bool:
    first = objects[0] if isinstance(objects, list) and objects else objects
    return isinstance(first, Record)


def _format_of_objects(objects: Any) -> Format:
    first = objects[0] if isinstance(objects, list) and objects else objects
    if isinstance(first, Mapping) and any(str(key).startswith("@") for key in first):
        raise UnknownFormatError(
            "the objects have the form of JSON-LD, which is read from text: write"
            " loads(json.dumps(objects), 'schema-org')"
        )
    return get_format("csl-json")


def _checked(
    library: Library,
    chosen: Format | None,
    problems: Iterable[Problem],
    file: str | None,
    strict: bool,
) -> Library:
    """Return a library with the file name in its records and problems."""
    found = [*problems, *library.problems]
    if file is not None:
        found = [problem.replace(file=file) for problem in found]
        for place, record in enumerate(library):
            named = in_file(record, file, chosen.name if chosen else "")
            if named is not record:
                library[place] = named
    library.problems = found
    if strict:
        for problem in found:
            if problem.severity is Severity.ERROR:
                raise ReadError(problem)
    return library


def dumps(
    records: Record | Iterable[Record],
    format: str,  # noqa: A002 - as above
    *,
    problems: list[Problem] | None = None,
    **options: Unpack[WriteOptions],
) -> str:
    """Return records as a text.

    If the format cannot hold all variables, the output is read again to find losses, which takes
    time; `get_format(name).write` does not do this.

    Args:
        records: A library, any records, or one record. A record without an id receives the
            id that a `Library` sets.
        format: A format's name, such as `bibtex`; `refcite.formats.formats` lists them.
        problems: A list to which each value is added that the format cannot hold. By default, such
            values are a `RefciteWarning`.
        **options: Options of the writer of the format, such as `key_pattern`.

    Raises:
        UnknownFormatError: There is no such format.
        FormatError: The format is only read, its writer does not have an option, or a value has no
            form in it.
        RecordTypeError: A value is not a record.

    Example:
        >>> from refcite import Record, dumps
        >>> print(dumps(Record(id="a", type="book", title="One"), "csl-jsonl"), end="")
        {"id": "a", "type": "book", "title": "One"}
        >>> report = Record(type="report", title="One", publisher="UNHCR", scale="1:10",
        ...                 issued=2018)
        >>> lost = []
        >>> text = dumps([report], "refworld", problems=lost)
        >>> print(lost[-1])
        warning: refworld cannot hold scale [not-carried]
    """
    text, lost = _written(records, get_format(format), options)
    report_or_warn(grouped(lost) if problems is None else lost, problems, stacklevel=3)
    return text


def _written(
    records: Record | Iterable[Record], chosen: Format, options: Mapping[str, Any]
) -> tuple[str, list[Problem]]:
    """Return records as a text, and the values that it does not contain."""
    given = records if isinstance(records, Library) else list(identified(records))
    with collector_paused():
        text = chosen.write(given, **options)
        return text, list(losses(given, text, chosen, options))


def convert(
    text: str | bytes | Objects | Record | Iterable[Record] | IO[str] | IO[bytes],
    *,
    to: str,
    format: str | None = None,  # noqa: A002 - as above
    strict: bool = False,
    problems: list[Problem] | None = None,
    jobs: int = 1,
    **options: Unpack[ConvertOptions],
) -> str:
    """Return a text of references in another format.

    Args:
        text: The text, or another value that `loads` reads; an open file; or records.
        to: The output's format.
        format: The input's format; by default that of the text. Records have none.
        strict: Raise at the first error; without it, the valid entries are converted.
        problems: A list to which problems are added: those of reading, and values that the format
            `to` cannot hold. By default, entries that could not be read and values that were lost
            are a `RefciteWarning`.
        jobs: The number of processes that convert a text of more than 1 MB. The result is the
            same. It is used for texts in RIS, BibTeX and CSL-JSON with one object per line, and for
            output in RIS, BibTeX and CSL-JSON.
        **options: Options of the writer of `to`, such as `key_pattern`, and of the reader of
            `format`, such as `day_first`. An option of both is passed to the writer.

    Raises:
        InputError: The bytes are not text.
        UnknownFormatError: The format does not exist, or is not recognised.
        FormatError: The format `to` is only read, or `format` only written, or neither has an
            option, or `format` is set for records, or `jobs` is not a positive number.
        WorkerError: One of several processes has ended unexpectedly.
        RecordTypeError: A value in records is not a record.
        ReadError: With `strict`, the first error.

    Example:
        >>> from refcite import convert
        >>> print(convert('{"id": "a", "type": "book", "title": "One"}', to="csl-jsonl"), end="")
        {"id": "a", "type": "book", "title": "One"}
        >>> print(convert("@book{a, title={One}, date={01/02/2017}}", to="csl-jsonl",
        ...               day_first=True), end="")
        {"id": "a", "type": "book", "title": "One", "issued": {"date-parts": [[2017, 2, 1]]}}
    """
    target = get_format(to)
    if not isinstance(jobs, int) or jobs < 1:
        raise FormatError(f"jobs must be a number of processes, at least 1, not {jobs!r}")
    file = name_of(text) if is_open(text) else None
    given: Any = read_source(text) if is_open(text) else _listed(text)
    if _are_records(given):
        if format is not None:
            raise FormatError(f"records are not read as {format!r}; omit format=")
        library = Library()
        written, lost = _written(given, target, options)
    else:
        with naming(file):
            entries, met, source = _entries_of(given, format, file)
            to_reader, to_writer = _parted(options, source, target)
            divided = _divided(entries, source, target, to_reader, to_writer, jobs, file)
            if divided is None:
                read = _read(entries, source, to_reader)
        if divided is not None:
            written, found, lost = divided
            library = _checked(Library(problems=found), source, met, file, strict)
        else:
            library = _checked(read, source, met, file, strict)
            written, lost = _written(library, target, to_writer)
    if problems is None:
        unread = [one for one in library.problems if one.severity is Severity.ERROR]
        report_or_warn([*unread, *grouped(lost)], None, stacklevel=3)
    else:
        problems += [*library.problems, *lost]
    return written


def _divided(
    text: str | Objects,
    source: Format | None,
    target: Format,
    to_reader: Mapping[str, Any],
    to_writer: Mapping[str, Any],
    jobs: int,
    file: str | None,
) -> tuple[str, list[Problem], list[Problem]] | None:
    """Convert a text in several processes.

    Returns:
        The output, the problems of reading, and the values that were lost; None if one process has
        to convert the text.
    """
    if jobs == 1 or source is None or not isinstance(text, str):
        return None
    from refcite.formats import parallel  # it is rarely used

    try:
        held = parallel.HeldText(text.encode())
    except UnicodeEncodeError:
        return None  # half of a surrogate pair
    if not parallel.can_divide(held, source, target, to_writer):
        return None
    texts: list[bytes] = []
    problems: list[Problem] = []
    lost: list[Problem] = []
    for one in parallel.convert_blocks(
        held, source, target, to_reader, to_writer, jobs=jobs, in_library=True, file=file
    ):
        if isinstance(one, bytes):
            texts.append(one)
        elif isinstance(one, Problem):
            problems.append(one)
        else:
            lost.append(one.problem)
    return b"".join(texts).decode(), problems, lost


def _parted(
    options: Mapping[str, Any], source: Format | None, target: Format
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options of the reader, and those of the writer."""
    to_reader: dict[str, Any] = {}
    to_writer: dict[str, Any] = {}
    for name, value in options.items():
        if target.takes("write", name):
            to_writer[name] = value
        elif source is None or name in COMMON or source.takes("read", name):
            to_reader[name] = value
        else:
            near = near_matches(name, source.options_of("read") | target.options_of("write"))
            raise FormatError(
                f"neither the reader of {source.name!r} nor the writer of {target.name!r} has an"
                f" option {name!r}{near}"
            )
    return to_reader, to_writer


def __dir__() -> list[str]:
    return list(__all__)
