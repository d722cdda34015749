"""The changes that are known to make no difference: `equivalent.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.mutants.sites import Mutant

__all__ = ["Named", "equivalents", "named"]

Named = tuple[str, str, str, str]
"""The file, the function, and the lines before and after."""


def named(mutant: Mutant, source: str) -> Named:
    """Return what a change is known by, wherever in its file it stands."""
    return (mutant.path, mutant.inside, *mutant.changed(source))


def equivalents() -> dict[Named, str]:
    """Return the listed changes with the reason of each."""
    text = Path(__file__).with_name("equivalent.toml").read_text(encoding="utf-8")
    return {
        (one["file"], one["inside"], one["was"], one["becomes"]): one["reason"]
        for one in tomllib.loads(text).get("mutant", [])
    }
