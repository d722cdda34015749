"""Options that choose records: `--only`, `--where`, `--drop` and `--sort`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from refcite.collection.choice import Choice

__all__ = ["choice_of", "choosing"]

_KEY: Final = "refcite.cli.choosing"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        ctx.meta.setdefault(_KEY, {})[param.name] = value


_CHOOSING: Final = (
    click.option(
        "--only",
        metavar="KEY",
        multiple=True,
        expose_value=False,
        callback=_keep,
        help="Use only the record with this id; may be repeated.",
    ),
    click.option(
        "--where",
        metavar="CONDITION",
        multiple=True,
        expose_value=False,
        callback=_keep,
        help="Use only records that fulfil a condition, such as"
        " 'type=book and year>=2010 and keyword~asylum'.",
    ),
    click.option(
        "--sort",
        metavar="FIELDS",
        expose_value=False,
        callback=_keep,
        help="Sort the records, such as by year,author; -year starts with the latest. A style that"
        " sorts the bibliography itself keeps its order.",
    ),
    click.option(
        "--drop",
        metavar="FIELD",
        multiple=True,
        expose_value=False,
        callback=_keep,
        help="Remove a field from all records, such as abstract; may be repeated.",
    ),
)


def choosing(command: _Command) -> _Command:
    """Add the options that choose records to a command."""
    for option in reversed(_CHOOSING):
        command = option(command)
    return command


def choice_of(ctx: click.Context) -> Choice | None:
    """Return the choice of the user; None if no option was set.

    Raises:
        ConditionError: A condition is wrong.
        RecordTypeError: A field cannot be removed, or no field is given for the order.
    """
    given = ctx.meta.get(_KEY)
    if not given:
        return None
    from refcite.collection.choice import Choice

    drop = [name.strip() for text in given.get("drop", ()) for name in text.split(",")]
    return Choice.of_texts(
        given.get("only", ()), given.get("where", ()), filter(None, drop), given.get("sort")
    )
