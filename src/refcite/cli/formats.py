"""`refcite formats`: the abilities of each format, and its mapping table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc
from textwrap import wrap
from typing import Final, Literal

from refcite.cli.named_options import value_of
from refcite.cli.terminal import Line, echo, echo_table, on_terminal
from refcite.formats import Format, formats, get_format
from refcite.problems import FormatError

__all__ = ["print_formats", "print_mapping"]

_WIDTH: Final = 98
_INDENT: Final = 13
_ARGUMENT: Final = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
_FIRST_SENTENCE: Final = re.compile(r".*?\.(?= [A-Z]|$)|.+")


def print_formats() -> None:
    """Print the list of all formats: the abilities of each, and the variables it cannot hold."""
    if on_terminal():
        echo_table(map(_row, formats()), ("format", "can", "files", "description"))
        echo(["", "`refcite formats NAME` shows a format's mapping table."])
    else:
        echo(_lines())


def _row(format_: Format) -> tuple[Line, ...]:
    in_short = "".join(f"\n{words}" for words, _ in _carried(format_))
    description = (format_.title, (in_short, "dim"))
    return ((format_.name, "bold"),), _abilities(format_), " ".join(_endings(format_)), description


def _lines() -> Iterator[str]:
    listed = [(format_, " ".join(_endings(format_))) for format_ in formats()]
    width = max(len(endings) for _, endings in listed)
    for format_, endings in listed:
        start = f"{format_.name:<12} {_abilities(format_):<15} {endings:<{width}}"
        yield f"{start} {format_.title}".rstrip()
        for _, whole in _carried(format_):
            yield from _wrapped(whole, indent=_INDENT)


def _endings(format_: Format) -> tuple[str, ...]:
    return (*format_.extensions, *format_.shared_extensions)


def _abilities(format_: Format) -> str:
    able = (("read", format_.reads), ("write", format_.writes))
    return " and ".join(word for word, can in able if can)


def _carried(format_: Format) -> Iterator[tuple[str, str]]:
    """Yield descriptions of the losses of a format: a short one, and one with all names."""
    table = format_.mapping()
    if format_.carries_all:
        yield "holds everything", "holds everything"
    elif table is not None and format_.writes:
        variables, types = table.not_carried(), table.types_not_carried()
        if variables:
            in_short = f"cannot hold {len(variables)} variables"
            yield in_short, f"cannot hold: {', '.join(variables)}"
        if types:
            yield f"changes {len(types)} types", f"changes the types: {', '.join(types)}"


def _wrapped(text: str, indent: int = 0) -> list[str]:
    return wrap(
        text,
        _WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_on_hyphens=False,
    )


def print_mapping(name: str) -> None:
    """Print the mapping table of a format, the variables it cannot hold, and its options.

    Raises:
        UnknownFormatError: There is no such format.
        FormatError: The format is from another package and has no table.
    """
    format_ = get_format(name)
    table = format_.mapping()
    if table is None:
        raise FormatError(f"the format {format_.name!r} has no mapping table")
    echo_table(((row.shown, row.arrow, row.csl) for row in table.types), ("type", "", "CSL type"))
    echo([""])
    echo_table(
        ((row.shown, row.arrow, row.variable, table.types_of(row)) for row in table.fields),
        ("field", "", "CSL variable", "in"),
    )
    for _, whole in _carried(format_):
        echo(["", *_wrapped(whole)])
    options = [*_options(format_, "read"), *_options(format_, "write")]
    if options:
        echo([""])
        echo_table(options, ("option", "to", "value", "meaning"))


def _options(format_: Format, name: Literal["read", "write"]) -> Iterator[tuple[str, ...]]:
    """Yield the options of a reader or a writer, with their meaning from its documentation."""
    documentation = getdoc(getattr(import_module(format_.module), name, None)) or ""
    arguments = documentation.partition("\nArgs:\n")[2].partition("\n\n")[0]
    described = {found[1]: " ".join(found[2].split()) for found in _ARGUMENT.finditer(arguments)}
    for option, annotation in format_.options_of(name).items():
        meaning = _FIRST_SENTENCE.match(described.get(option, ""))
        yield option, name, value_of(annotation), meaning[0] if meaning else ""
