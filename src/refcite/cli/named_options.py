"""Options of formats on the command line: `--option NAME=VALUE`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import click

from refcite.characters import number_in
from refcite.formats import Format

__all__ = ["named_options", "value_of"]

_TRUTHS: Final = {
    **dict.fromkeys(("yes", "true", "on", "1"), True),
    **dict.fromkeys(("no", "false", "off", "0"), False),
}

_SEVERAL: Final = ("Iterable", "Sequence", "tuple", "list")


def named_options(
    named: Iterable[str], source: Format | None, target: Format | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options for the reader and the options for the writer.

    Args:
        named: Each of the form `name=value`.
        source: The input format, if it is known.
        target: The output format; None for Parquet, which has no options.

    Raises:
        click.UsageError: There is no `=`, or the value does not fit the option.
    """
    to_reader: dict[str, Any] = {}
    to_writer: dict[str, Any] = {}
    for words in named:
        name, equals, text = words.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise click.UsageError(f"--option {words!r} has no value; write --option NAME=VALUE")
        of_writer = target.options_of("write") if target else {}
        if name in of_writer:
            to_writer[name] = _value(name, text, of_writer[name])
        else:
            known = source.options_of("read").get(name, "str") if source else ""
            to_reader[name] = _value(name, text, known)
    return to_reader, to_writer


def value_of(annotation: str) -> str:
    """Return a description of the values of an option on the command line.

    Example:
        >>> value_of("bool | None"), value_of("Sequence[str] | None")
        ('yes or no', 'a;b;c')
    """
    if "bool" in annotation:
        return "yes or no"
    if annotation.startswith("int"):
        return "a number"
    return "a;b;c" if annotation.startswith(_SEVERAL) else "text"


def _value(name: str, text: str, annotation: str) -> Any:
    """Parse a value according to the annotation of the option, or according to its form."""
    if not annotation and text.lower() in _TRUTHS and not text.isdigit():
        annotation = "bool"
    if "bool" in annotation:
        if text.lower() not in _TRUTHS:
            raise click.UsageError(f"--option {name} has the value {text!r}; use yes or no")
        return _TRUTHS[text.lower()]
    if annotation.startswith("int"):
        number = number_in(text)
        if number is None:
            raise click.UsageError(f"--option {name} has the value {text!r}; use a whole number")
        return number
    if annotation.startswith(_SEVERAL):
        return [part.strip() for part in text.split(";")]
    return text
