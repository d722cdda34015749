"""Keys that BibTeX, biblatex or LaTeX reject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import EachRule, Found, LibraryRule
from refcite.problems import Severity

__all__ = ["RULES"]

_REJECTED: Final = re.compile(r"""[\s"#%'(),={}~\\]""")
"""The signs that BibTeX, Biber or `\\cite` do not accept in a key."""


def _rejected(entry: Entry) -> Iterator[Found]:
    key = entry.record.id
    if entry.dialect is None or _REJECTED.search(key) is None:
        return
    signs = dict.fromkeys(_REJECTED.findall(key))
    shown = ", ".join("a space" if sign.isspace() else repr(sign) for sign in signs)
    yield Found(
        f"the key {key!r} contains {shown}, which BibTeX or biblatex rejects",
        "use letters, figures and : . + - _ /",
        payload=tuple(signs),
    )


def _differ_in_case(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Found]]:
    first: dict[tuple[str | None, str], str] = {}
    for entry in entries:
        if entry.dialect is None or not entry.record.id:
            continue
        origin = entry.record.origin
        place = origin.file if origin is not None else None
        key = entry.record.id
        other = first.setdefault((place, key.lower()), key)
        if other != key:
            message = f"the keys {key!r} and {other!r} differ only in upper and lower case"
            yield (
                entry,
                Found(message, "change one of them; BibTeX rejects the second", payload=(other,)),
            )


RULES: Final = (
    EachRule(code="rejected-key", severity=Severity.ERROR, find=_rejected),
    LibraryRule(code="key-case", severity=Severity.WARNING, find=_differ_in_case),
)
"""The rules about keys."""
