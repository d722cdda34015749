"""The description of a format in the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from inspect import Parameter, signature
from itertools import chain
from typing import Any, Final, Literal, TypeAlias

from attrs import field, frozen

from refcite.characters import HALF_PAIR, first_surrogate, plain_text, without_surrogates
from refcite.formats.crosswalk import Spec
from refcite.formats.options import COMMON
from refcite.library import Library
from refcite.problems import FormatError, Problem, Severity, near_matches
from refcite.record import Record

__all__ = ["ENTRY_POINT_GROUP", "Format", "Objects"]

ENTRY_POINT_GROUP: Final = "refcite.formats"

Objects: TypeAlias = Mapping[str, Any] | Iterable[Mapping[str, Any]]
"""Parsed entries, or one parsed entry."""


@frozen(kw_only=True)
class Format:
    """A bibliographic format: how it is recognised and which module reads and writes it.

    The module is imported when it is first needed. It has a function `read(text, **options)`
    that returns a `Library`, or `write(records, **options)` that returns text, or both.

    A module whose texts may be larger than memory also has `read_stream(blocks, **options)`, which
    accepts text in pieces of any length and yields records and problems one by one, and
    `write_stream(records, **options)`, which yields text in pieces. `append(text, records)` adds
    records to a text without other changes; it is only needed if they cannot simply be written
    after the text. `mapping()` returns the mapping table. `read_objects(objects, **options)` reads
    parsed entries.

    A format that is converted in several processes has `block_end(data)`, which returns the last
    offset at which bytes can be divided between two entries, or 0, and `read_block(block, shared,
    **options)`, which reads such a part and generates no ids. The format of the output has
    `join_blocks(texts, **options)`, which joins the texts of several parts.

    Attributes:
        name: The name for users, such as `csl-json`.
        title: A short description.
        module: The module with `read` and `write`.
        extensions: File extensions, with the dot, in lower case.
        shared_extensions: File extensions that other formats use too; the text decides between the
            formats.
        pattern: A regular expression that matches near the start of a text in this format, in
            multi-line mode; empty if the format is only recognised by its name or file extension.
        reads: Whether the module has `read`.
        writes: Whether the module has `write`.
        write_options: Default values of options of `write`.
        carries_all: Whether the format is lossless, so that the output need not be checked.
        leaves_out: Options of `write` with which the format is not lossless.
        follows: Whether more records may simply be written after a text.
        nullable: Options for which None is a value, and not the same as a missing option.
        decides: Whether a text that matches `pattern` is in this format for any file name, unless
            it also matches the format of its file extension.
        is_keyed: Whether the entries of a file have ids. In other formats, the id of a record in a
            `Library` is generated from author, year and title.

    Example:
        >>> from refcite.formats import get_format
        >>> csv = get_format("csv")
        >>> csv.title, csv.extensions, csv.reads, csv.writes
        ('Table of comma-separated values with a header', ('.csv',), True, True)
    """

    name: str
    title: str
    module: str
    extensions: tuple[str, ...] = ()
    shared_extensions: tuple[str, ...] = ()
    pattern: str = ""
    reads: bool = True
    writes: bool = True
    write_options: Mapping[str, Any] = field(factory=dict, hash=False)
    carries_all: bool = False
    leaves_out: tuple[str, ...] = ()
    follows: bool = False
    nullable: tuple[str, ...] = ()
    decides: bool = False
    is_keyed: bool = True

    def read(self, text: str, **options: Any) -> Library:
        """Read a text; its errors are in the problems of the library.

        Options that are None are ignored, except those in `nullable`. A common option
        (`refcite.formats.options.COMMON`) that the reader does not use is not an error; it is
        reported (`unused-option`).

        Args:
            text: The text.
            **options: Options of the module's `read`, such as `day_first`.

        Raises:
            FormatError: The format can only be written, or its reader has no such option.

        Example:
            >>> from refcite.formats import get_format
            >>> get_format("bibtex").read("@book{a, title = {One}}")["a"].title
            'One'
        """
        if not self.reads:
            raise FormatError(f"the format {self.name!r} can be written, but not read")
        used, unused = self.used_options("read", options)
        text, halves = _without_halves(text)
        library: Library = self._call("read", text, used)
        library.problems[:0] = unused + halves
        return library

    def read_objects(self, objects: Objects, **options: Any) -> Library:
        """Read parsed dictionaries.

        Args:
            objects: The dictionaries, or one.
            **options: Options of the module's `read_objects`, such as `day_first`.

        Raises:
            FormatError: The format can only be read from text, or its reader has no such option.

        Example:
            >>> from refcite.formats import get_format
            >>> get_format("csl-json").read_objects([{"id": "a", "type": "book"}]).ids
            ('a',)
        """
        if not hasattr(import_module(self.module), "read_objects"):
            raise FormatError(
                f"the format {self.name!r} is read from text; objects are read as 'csl-json'"
            )
        used, unused = self.used_options("read_objects", options)
        library: Library = self._call("read_objects", objects, used)
        library.problems[:0] = unused
        return library

    def write(self, records: Iterable[Record], **options: Any) -> str:
        """Return the records as a text in this format.

        Options that are None are ignored.

        Args:
            records: A library, or any records.
            **options: Options of the module's `write`, such as `key_pattern`.

        Raises:
            FormatError: The format can only be read, its writer has no such option, or it cannot
                hold a value.

        Example:
            >>> from refcite import Record
            >>> from refcite.formats import get_format
            >>> print(get_format("csv").write([Record(id="a", type="book", title="One")]), end="")
            id,type,title
            a,book,One
        """
        if not self.writes:
            raise FormatError(f"the format {self.name!r} can be read, but not written")
        text: str = self._call("write", records, {**self.write_options, **options})
        return without_surrogates(text)

    def carries_all_with(self, options: Mapping[str, Any]) -> bool:
        """Return whether the format is lossless with these options.

        Example:
            >>> from refcite.formats import get_format
            >>> csv = get_format("csv")
            >>> csv.carries_all_with({"bom": True}), csv.carries_all_with({"columns": "id,title"})
            (True, False)
        """
        return self.carries_all and all(options.get(name) is None for name in self.leaves_out)

    def options_of(self, name: Literal["read", "write"]) -> dict[str, str]:
        """Return the options of the reader or the writer, each with its annotation.

        Example:
            >>> from refcite.formats import get_format
            >>> get_format("csl-json").options_of("write")
            {'lines': 'bool', 'indent': 'int | None'}
        """
        function = getattr(import_module(self.module), name, None)
        parameters = list(signature(function).parameters.values())[1:] if function else []
        return {one.name: str(one.annotation) for one in parameters}

    def takes(self, name: Literal["read", "write"], option: str) -> bool:
        """Return whether the reader or the writer has an option.

        Args:
            name: `read` or `write`.
            option: The option.

        Example:
            >>> from refcite.formats import get_format
            >>> get_format("csl-json").takes("write", "indent")
            True
        """
        known = signature(getattr(import_module(self.module), name)).parameters
        return option in known or any(one.kind is Parameter.VAR_KEYWORD for one in known.values())

    def mapping(self) -> Spec | None:
        """Return the mapping table of types and fields to CSL, or None if the module has none.

        The function `mapping` of the module returns the table; it receives the `write_options` for
        which it has parameters.

        Example:
            >>> from refcite.formats import get_format
            >>> table = get_format("ris").mapping()
            >>> [row.own for row in table.fields if row.variable == "abstract"]
            ['AB', 'N2']
        """
        module = import_module(self.module)
        if not hasattr(module, "mapping"):
            return None
        known = signature(module.mapping).parameters
        table: Spec = module.mapping(
            **{option: value for option, value in self.write_options.items() if option in known}
        )
        return table

    @property
    def reads_streams(self) -> bool:
        """Whether a text can be read in pieces."""
        return self.reads and hasattr(import_module(self.module), "read_stream")

    @property
    def writes_streams(self) -> bool:
        """Whether a text can be written in pieces."""
        return self.writes and hasattr(import_module(self.module), "write_stream")

    def read_stream(self, blocks: Iterable[str], **options: Any) -> Iterator[Record | Problem]:
        r"""Yield the records and the problems of a text in pieces.

        Args:
            blocks: The text, in pieces of any length. A reader may iterate over it several times;
                if it is an iterator, it may be copied to a temporary file.
            **options: Options of the module's `read_stream`, such as `day_first`.

        Raises:
            FormatError: The format cannot be read in pieces, or its reader has no such option.

        Example:
            >>> from refcite.formats import get_format
            >>> found = get_format("ris").read_stream(["TY  - BO", "OK\nTI  - One\nER  - \n"])
            >>> [record.title for record in found]
            ['One']
        """
        if not self.reads_streams:
            raise FormatError(f"the format {self.name!r} cannot be read in pieces")
        used, unused = self.used_options("read_stream", options)
        halves: list[Problem] = []
        clean: Iterable[str] = _WithoutHalves(blocks, halves)
        if iter(blocks) is blocks:
            clean = iter(clean)  # the reader detects by this that it can be iterated only once
        found: Iterator[Record | Problem] = self._call("read_stream", clean, used)
        return chain(unused, _with_problems(found, halves))

    def write_stream(self, records: Iterable[Record], **options: Any) -> Iterator[str]:
        """Yield the records as a text in pieces; in one piece if the format has no others.

        Args:
            records: The records, such as from a generator.
            **options: Options of the module's `write_stream`, or otherwise of its `write`.

        Raises:
            FormatError: The format can only be read, its writer has no such option, or it cannot
                hold a value.

        Example:
            >>> from refcite import Record
            >>> from refcite.formats import get_format
            >>> works = (Record(id=id, type="book") for id in ("a", "b"))
            >>> print("".join(get_format("csl-jsonl").write_stream(works)), end="")
            {"id": "a", "type": "book"}
            {"id": "b", "type": "book"}
        """
        if not self.writes_streams:
            return iter((self.write(records, **options),))
        pieces: Iterator[str] = self._call(
            "write_stream", records, {**self.write_options, **options}
        )
        return map(without_surrogates, pieces)

    def used_options(
        self, name: str, options: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], list[Problem]]:
        """Return the options that a reader uses, and problems for ignored common options.

        Args:
            name: The name of the reader in the module.
            options: The options.
        """
        candidates = [option for option in COMMON if option in options]
        if not candidates:
            return options, []
        known = signature(getattr(import_module(self.module), name)).parameters
        if any(parameter.kind is Parameter.VAR_KEYWORD for parameter in known.values()):
            return options, []
        unused = [option for option in candidates if option not in known]
        used = {option: value for option, value in options.items() if option not in unused}
        return used, [
            _unused(option, self.name) for option in unused if options[option] is not None
        ]

    def _call(self, name: str, subject: object, options: Mapping[str, Any]) -> Any:
        self.reject_unknown(name, options)
        given = {
            option: value
            for option, value in options.items()
            if value is not None or option in self.nullable
        }
        return getattr(import_module(self.module), name)(subject, **given)

    def reject_unknown(self, name: str, options: Mapping[str, Any]) -> None:
        """Raise an exception if a function of the module does not have an option.

        Raises:
            FormatError: The option does not exist; the message names similar options.
        """
        given = [option for option, value in options.items() if value is not None]
        if not given:
            return
        parameters = signature(getattr(import_module(self.module), name)).parameters
        if any(parameter.kind is Parameter.VAR_KEYWORD for parameter in parameters.values()):
            return
        for option in given:
            if option not in parameters:
                known = {*parameters, *(COMMON if name.startswith("read") else ())}
                near = _TO if option == "to" else near_matches(option, known)
                raise FormatError(
                    f"the format {self.name!r} has no option {option!r} to {name}{near}"
                )


_TO: Final = "; the name of the format is the argument format="
"""The hint for `to`, the output's format, which only `convert` has."""


def _without_halves(text: str, lines: int = 0) -> tuple[str, list[Problem]]:
    """Return a text without halves of surrogate pairs, and the problem if it has any.

    Args:
        text: The text.
        lines: The number of lines before it.
    """
    first = first_surrogate(text)
    if first is None:
        return plain_text(text), []
    clean = without_surrogates(text)
    if "\ufffd" not in clean:
        return clean, []  # all halves are parts of pairs
    before = text[:first]
    return clean, [
        Problem(
            severity=Severity.WARNING,
            code="lone-surrogate",
            message=f"the text contains {HALF_PAIR}",
            line=lines + before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
            hint="write the character itself",
        )
    ]


class _WithoutHalves:
    """A text in pieces, without halves of surrogate pairs; the first of them is reported once.

    It can be iterated again if the pieces can.

    Args:
        blocks: The pieces.
        problems: The list to which the problem is added.
    """

    def __init__(self, blocks: Iterable[str], problems: list[Problem]) -> None:
        self._blocks = blocks
        self._problems = problems
        self._is_reported = False

    def __iter__(self) -> Iterator[str]:
        lines = 0
        for block in self._blocks:
            clean, halves = _without_halves(block, lines)
            if halves and not self._is_reported:
                self._problems.extend(halves)
                self._is_reported = True
            lines += block.count("\n")
            yield clean


def _with_problems(
    found: Iterator[Record | Problem], problems: list[Problem]
) -> Iterator[Record | Problem]:
    """Yield what is found, and each problem that is added to a list meanwhile."""
    for one in found:
        if problems:
            yield from problems
            problems.clear()
        yield one
    yield from problems


def _unused(option: str, name: str) -> Problem:
    return Problem(
        severity=Severity.INFO,
        code="unused-option",
        message=f"the reader of {name} does not use the option {option!r}",
    )
