"""The names of journals: several spellings in one library, and abbreviations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from refcite.collection.checks.entries import Entry, plain
from refcite.collection.checks.rules import FieldEdit, Fix, Found, LibraryRule
from refcite.problems import Severity

__all__ = ["RULES"]

_JOURNALS: Final = frozenset({"article-journal", "article-magazine", "article-newspaper"})
_WORDS: Final = re.compile(r"[^\W_]+\.?")
_CUT_OFF: Final = re.compile(r"\w\.(?=[\s,:;)A-Z]|$)")
"""The end of an abbreviation; `jungle.world` is none."""
_SIGNS: Final = re.compile(r"[\W_]+")
_SMALL_TEXT: Final = (
    "the of and in on for to a an & de la le les du des der die das und et für zur y el del e"
    " di und l d"
)
_SMALL: Final = frozenset(_SMALL_TEXT.split())
_CLEARLY: Final = 3
"""The number of letters that an abbreviation without a full stop omits from one word."""
_PLAIN: Final = re.compile(r"[\w .,:;()/-]+", re.ASCII)


def _by_name(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Return the entries of each spelling of a journal's name."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        name = entry.record.container_title
        if name and entry.record.type in _JOURNALS:
            found.setdefault(plain(name), []).append(entry)
    return found


def _folded(name: str) -> str:
    """Return a name without the differences of two spellings of the same words."""
    text = name.casefold().replace("&", " and ")
    return _SIGNS.sub(" ", text.removeprefix("the ")).strip()


def _is_abbreviation(name: str) -> bool:
    """Return whether a name has a word that is cut off with a full stop."""
    return _CUT_OFF.search(name) is not None


def _significant(name: str) -> list[str]:
    return [word for word in _WORDS.findall(name.casefold()) if word.rstrip(".") not in _SMALL]


def _abbreviates(short: list[str], full: list[str]) -> bool:
    """Return whether each word of a name abbreviates the word of another.

    Without full stops, as PubMed writes them, at least one word is clearly cut off.
    """
    if len(short) != len(full) or short == full:
        return False
    has_stops = any(word[-1] == "." for word in short)
    cut = [
        len(whole) - len(word.rstrip("."))
        for word, whole in zip(short, full, strict=True)
        if word == whole or (whole[-1] != "." and _cuts(word, whole, has_stops=has_stops))
    ]
    return len(cut) == len(full) and (has_stops or max(cut) >= _CLEARLY)


def _cuts(word: str, whole: str, *, has_stops: bool) -> bool:
    """Return whether a word abbreviates another: its start, or `Natl.` for `National`."""
    bare = word.rstrip(".")
    if whole.startswith(bare):
        return not has_stops or bare != word
    letters = iter(whole)
    return bare != word and bare[0] == whole[0] and all(sign in letters for sign in bare)


def _several_spellings(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Found]]:
    by_name = _by_name(entries)
    if len(by_name) < 2:
        return
    groups: dict[str, list[str]] = {}
    for name in by_name:
        groups.setdefault(_folded(name), []).append(name)
    better: dict[str, str] = {}
    for names in groups.values():
        best = max(names, key=lambda name: (not name.isupper(), len(by_name[name]), name))
        better |= {name: best for name in names if name != best}
    # Each abbreviation belongs to one full name, or is not compared.
    by_initials: dict[str, list[str]] = {}
    for name in by_name:
        if not _is_abbreviation(name) and name not in better:
            key = "".join(word[0] for word in _significant(name))
            by_initials.setdefault(key, []).append(name)
    for name in by_name:
        words = _significant(name)
        if len(words) < 2 or name in better:
            continue
        key = "".join(word[0] for word in words)
        full = [
            other for other in by_initials.get(key, ()) if _abbreviates(words, _significant(other))
        ]
        if len(full) == 1:
            better[name] = full[0]
    for name, other in better.items():
        for entry in by_name[name]:
            yield entry, _spelt(entry, name, other, len(by_name[other]))


def _spelt(entry: Entry, name: str, other: str, count: int) -> Found:
    field = "journaltitle" if "journaltitle" in entry.fields else "journal"
    raw = entry.raw_value(field)
    fix = None
    if raw is not None and raw.strip() == name and _PLAIN.fullmatch(other):
        edits = (FieldEdit(field, other),)
        changes = frozenset({"container_title"})
        fix = Fix("wrote the journal as in other entries", edits, changes, is_safe=False)
    times = "once" if count == 1 else f"{count} times"
    return Found(
        f"the journal {name!r} is also written {other!r} ({times}) in this library",
        "write the name in one way",
        field,
        (name, other),
        fix,
    )


def _without_full_name(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Found]]:
    by_name = _by_name(entries)
    full = [_significant(name) for name in by_name if not _is_abbreviation(name)]
    by_initials: dict[str, list[list[str]]] = {}
    for words in full:
        by_initials.setdefault("".join(word[0] for word in words), []).append(words)
    for name, found in by_name.items():
        if not _is_abbreviation(name):
            continue
        words = _significant(name)
        key = "".join(word[0] for word in words)
        if any(_abbreviates(words, other) for other in by_initials.get(key, ())):
            continue
        uses = Counter(entry.record.id for entry in found)
        message = f"the journal {name!r} is an abbreviation, and no entry has its full name"
        times = f"; {len(uses)} entries have it" if len(uses) > 1 else ""
        hint = "write the full name; a style can abbreviate it"
        yield found[0], Found(f"{message}{times}", hint, "journal", (name,))


RULES: Final = (
    LibraryRule(code="journal-spelling", severity=Severity.WARNING, find=_several_spellings),
    LibraryRule(
        code="abbreviated-journal",
        severity=Severity.INFO,
        find=_without_full_name,
    ),
)
"""The rules about the names of journals."""
