"""The list of what refcite prints differently on purpose."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

__all__ = [
    "below_floors",
    "disagreements",
    "golden_deviations",
    "manual_deviations",
    "suite_deviations",
]

_FILE: Final = Path(__file__).with_name("deviations.toml")


def suite_deviations() -> dict[str, str]:
    """Return fixtures with the reason why they fail."""
    return dict(tomllib.loads(_FILE.read_text(encoding="utf-8")).get("suite", {}))


def golden_deviations() -> dict[str, str]:
    """Return golden strings with the reason why they differ."""
    groups = tomllib.loads(_FILE.read_text(encoding="utf-8")).get("golden", ())
    return {place: group["reason"] for group in groups for place in group["strings"]}


def manual_deviations() -> dict[str, str]:
    """Return forms of the manuals with the reason why they are printed differently."""
    return dict(tomllib.loads(_FILE.read_text(encoding="utf-8")).get("manuals", {}))


def below_floors(figures: Mapping[str, int]) -> list[str]:
    """Return which figures are below those that must not fall.

    Args:
        figures: The figures by name, as in the table `floors`.
    """
    floors = tomllib.loads(_FILE.read_text(encoding="utf-8"))["floors"]
    return [
        f"{name} is {figure}, and was {floors[name]}"
        for name, figure in figures.items()
        if figure < floors[name]
    ]


def disagreements(listed: Iterable[str], failed: Iterable[str], run: Iterable[str]) -> list[str]:
    """Return what the list and the run do not agree on; entries that were not run are left out.

    Args:
        listed: What the list says fails.
        failed: What failed.
        run: What was run.
    """
    known, broken = set(listed) & set(run), set(failed)
    return [
        *(f"fails and is on no list: {name}" for name in sorted(broken - known)),
        *(f"is on the list and passes: {name}" for name in sorted(known - broken)),
    ]
