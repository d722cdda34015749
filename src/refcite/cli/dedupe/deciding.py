"""The decisions of a user about the groups, with one key for each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import click

from refcite.cli.terminal import echo
from refcite.collection.merge.cases import Case, Decision

__all__ = ["decide", "keys"]

_KEYS: Final = {"m": Decision.MERGED, "k": Decision.KEPT, "s": Decision.SKIPPED}
_MOST: Final = 9


def decide(cases: Iterable[Case], pressed: Iterator[str], show: Callable[[Case], None]) -> None:
    """Show groups and set the decision about each, until the user quits.

    Args:
        cases: The groups.
        pressed: The keys: `m` merges, `k` keeps all records, a figure keeps only that record, `s`
            skips the group, `q` quits. The end of the keys also quits.
        show: Shows a group.
    """
    for case in cases:
        show(case)
        count = min(len(case.records), _MOST)
        prompt = f"[m]erge, [k]eep all, [1-{count}] keep only this one, [s]kip, [q]uit? "
        while True:
            click.echo(prompt, nl=False, err=True)
            key = next(pressed, "q").lower()
            click.echo(key, err=True)
            if key in _KEYS:
                case.decision = _KEYS[key]
                break
            if key == "q":
                return
            if key.isdecimal() and 1 <= int(key) <= count:
                case.decision, case.chosen = Decision.CHOSEN, int(key) - 1
                break
            echo([f"{key!r} is not one of the keys"], err=True)


def keys() -> Iterator[str]:
    """Yield the keys that the user presses; from a pipe, its characters except white space."""
    if sys.stdin is None:
        return
    if sys.stdin.isatty():
        while True:
            yield click.getchar()
    while key := sys.stdin.read(1):
        if not key.isspace():
            yield key
