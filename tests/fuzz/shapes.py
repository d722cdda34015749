"""Small inputs: entries with odd pieces in them, and with parts of other formats."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from refcite.formats import Format, formats, get_format
from tests.fuzz.seeds import pieces_of, seeds_of

__all__ = ["ODD", "shapes_of"]

_MOST_SEEDS: Final = 40
_OF_OTHERS: Final = 5
_LONGEST: Final = 25_000

_VALUES: Final = (
    "Kafka",
    "Franz",
    "The ",
    "house",
    "title",
    "publisher",
    "10.1000",
    "12",
    "20",
    "1",
)
"""Words of the values in the seeds; a piece in them leaves the rest of an entry as it was."""

ODD: Final = (
    # Rows of punctuation, which are emphasis, rules, rests or nothing.
    *(sign * count for sign in "*_~=-+#`.:;,|/\\!?'\"&%$@^()[]{}<>" for count in (3, 40)),
    # Characters that are no text, and pairs of surrogates as the formats write them.
    *("\0", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\ufdd0"),
    *("\ud83d", "\ude00", "\ud83d\ude00", "\\ud83d", "\\ude00", "\\ud83d\\ude00", "\\ude00\\ud83d"),
    *("&#xD83D;", "&#55357;&#56832;", "&#0;", "&#x1;", "&#x110000;", "&#999999999999;", "\\u0000"),
    # Digits of other kinds, and numbers that are too long.
    *("²", "¹⁹⁹⁸", "①", "٣", "１９９８", "1e9999", "-0", "0x10", "NaN", "Infinity", "1_000"),
    *("9" * 5000, "-" + "9" * 5000, "1." + "0" * 5000, "9" * 400 + "-" + "9" * 400),
    # Signs of one format in another.
    *("---\n", "...\n", "\n\n", "\r", "\r\n", "ER  - \n", "TY  - JOUR\n", "%0 Book\n", "PMID- 1\n"),
    *("@book{a,", "}\n", "{{cite book", "}}", "<a>", "</a>", "<![CDATA[", "]]>", "&amp;", "&lt;"),
    *("true", "null", "[]", "{}", '""', "- a: b\n", "? x\n", ": ", "# ", "!!int x", "*a", "&a "),
)
"""What readers and writers are to survive at any place of an entry."""


def shapes_of(format_: Format, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield small inputs with what each is, without end."""
    own = _seeds(format_.name) or ("",)
    others = [
        (other.name, seed)
        for other in formats()
        if other.name != format_.name
        for seed in _seeds(other.name)[:_OF_OTHERS]
    ]
    words = [*ODD, *pieces_of(format_)]
    while True:
        seed = chance.choice(own)
        if chance.random() < 0.3:
            name, other = chance.choice(others)
            start = chance.randrange(len(other))
            part = other[start : start + chance.choice((20, 200, 2000))]
            place, end = _place(seed, chance)
            yield f"a part of {name} in an entry", seed[:place] + part + seed[end:]
            continue
        used = []
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            word = chance.choice(words)
            place, end = _place(seed, chance)
            seed = seed[:place] + word + seed[end:]
            used.append(word if len(word) < 40 else f"{word[:20]}…")
        yield f"{', '.join(map(repr, used))} in an entry", seed


@cache
def _seeds(name: str) -> tuple[str, ...]:
    """Return small seeds of a format; to write them takes a second."""
    seeds = (seed for seed in seeds_of(get_format(name)) if 0 < len(seed) < _LONGEST)
    return tuple(islice(seeds, _MOST_SEEDS))


def _place(text: str, chance: random.Random) -> tuple[int, int]:
    """Return where something is put: in a value, at a place, or instead of a word there."""
    place = chance.randrange(len(text) + 1)
    kind = chance.random()
    if kind < 0.5:
        value = chance.choice(_VALUES)
        found = text.find(value, place)
        if found >= 0:
            return found, found + len(value) * chance.randrange(2)
    if kind < 0.7:
        return place, place
    end = text.find("\n" if kind < 0.8 else " ", place)
    return place, min(len(text) if end < 0 else end, place + 30)
