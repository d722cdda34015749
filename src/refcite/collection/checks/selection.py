"""The selection of codes: single codes, prefixes, families and all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from attrs import frozen

from refcite.codes import CODES
from refcite.problems import RefciteError, Severity, near_matches

__all__ = ["ALL", "Selection", "SelectionError", "families"]

ALL: Final = "all"
_RANKS: Final = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}


class SelectionError(RefciteError, ValueError):
    """No code, prefix or family has the name; the message names similar ones."""


@cache
def families() -> dict[str, frozenset[str]]:
    """Return the codes of each family, which is a section of the page on problems.

    Example:
        >>> "doi-in-url" in families()["urls-and-dois"]
        True
    """
    found: dict[str, set[str]] = {}
    for code in CODES.values():
        found.setdefault(code.family, set()).add(code.name)
    return {name: frozenset(codes) for name, codes in found.items()}


def _rank_in(name: str, code: str, family: str) -> int:
    """Return how closely a selector describes a code; 0 if it does not."""
    if name == code:
        return 4
    if code.startswith(f"{name}-"):
        return 3
    if name == family:
        return 2
    return 1 if name == ALL else 0


@frozen
class Selection:
    """The codes that are reported.

    A selector is a code (`doi-in-url`), the start of codes (`missing` for `missing-comma` and
    others), a family (`titles`) or `all`. If selectors contradict each other, the more
    specific one decides: a code, then the start of codes, then a family, then `all`. Of two that
    are equally specific, the one that ignores decides.

    Attributes:
        select: The selectors of the codes; None for the default.
        extend: Selectors of more codes, such as those that are not used by default.
        ignore: Selectors of codes that are not reported.
        severity: The lowest severity that is reported.
    """

    select: tuple[str, ...] | None = None
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = Severity.INFO

    @classmethod
    def of(
        cls,
        select: Iterable[str] | None = None,
        extend: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severity: Severity | str = Severity.INFO,
    ) -> Selection:
        """Return a selection whose names are known.

        Raises:
            SelectionError: A name is not a code, the start of codes or a family, or a severity is
                not one.

        Example:
            >>> Selection.of(["doi-in-url"]).has("space-in-url")
            False
        """
        chosen = None if select is None else _known(select)
        try:
            least = Severity(severity)
        except ValueError:
            names = [one.value for one in Severity]
            near = near_matches(str(severity), names) or f"; use {', '.join(names)}"
            raise SelectionError(f"{severity!r} is not a severity{near}") from None
        return cls(chosen, _known(extend), _known(ignore), least)

    def has(self, code: str, *, is_default: bool = True) -> bool:
        """Return whether problems with a code are reported.

        Args:
            code: The code.
            is_default: Whether it is reported if nothing is selected.
        """
        family = CODES[code].family if code in CODES else ""
        selected = max(
            (_rank_in(name, code, family) for name in (*(self.select or ()), *self.extend)),
            default=0,
        )
        if self.select is None and is_default:
            selected = max(selected, 1)
        ignored = max((_rank_in(name, code, family) for name in self.ignore), default=0)
        return selected > ignored

    def is_severe(self, severity: Severity) -> bool:
        """Return whether problems of a severity are reported."""
        return _RANKS[severity] >= _RANKS[self.severity]


def _known(names: Iterable[str]) -> tuple[str, ...]:
    chosen = tuple(
        part for name in names for part in re.split(r"[,\s]+", name.strip().lower()) if part
    )
    for name in chosen:
        if name == ALL or name in CODES or name in families():
            continue
        if not any(code.startswith(f"{name}-") for code in CODES):
            near = near_matches(name, (*CODES, *families()))
            hint = near or "; `refcite check --rules` lists codes and families"
            raise SelectionError(f"no code, start of codes or family is named {name!r}{hint}")
    return chosen
