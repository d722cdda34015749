"""Time each regular expression of refcite on texts that are made of pieces of itself.

Run it as `python -m benchmarks.patterns [MODULE ...]`, with the start of the names of modules. For
each pattern, the pieces are what its parts match: a character of each set, each alternative, each
part that may be repeated. A text is a start that the pattern begins to match, a piece that is
repeated to 2,000 characters, and an end that the pattern does not match. If that takes long, so do
texts of two and four times the length. A row is printed for each pattern whose time grows more than
linearly, with the text that shows it; the last line counts the patterns.

A row is a place to look, not a fault: the code around a pattern may limit the length of its input,
or reduce spaces to one before. `LIMITED` contains the patterns for which this is known; their rows
show what limits them. A pattern whose methods in its module are only `match` and
`fullmatch` is timed with these; the others with `findall`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice, permutations
from re import _constants as sre  # the tree of a pattern has no public names
from re import _parser
from typing import Any, Final

import refcite

LENGTH: Final = 2_000
LONG: Final = 0.004
"""Seconds from which a text of this length is looked at more closely."""
LIMIT: Final = 1.0
"""Seconds of processor time after which a text is given up."""
LINEAR: Final = 6.0
"""How much longer a text of four times the length may take."""
ALWAYS: Final = (" ", "a", "1", "A", "-", ",", ".", "\n", "a ", "A ", "1 ", ", ", "(", "<", "é")
ENDS: Final = ("", "\x00")
SAMPLES: Final = "ax A1.-,é(<\"'\n;"
CATEGORIES: Final = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_NOT_SPACE: "x",
    sre.CATEGORY_NOT_WORD: ".",
}

LIMITED: Final = {
    "refcite.formats.bibtex.blocks.CONTINUATION": "only matched, at the end of an entry",
    "refcite.formats.bibtex.dating._MONTH_DAY": "only matched as a whole",
    "refcite.formats.editions._NOUN": "40 characters",
    "refcite.formats.html.authors._BETWEEN": "2,000 characters, single spaces",
    "refcite.formats.html.authors._TAIL": "2,000 characters, single spaces",
    "refcite.formats.html.bylines._OWNER": "120 characters",
    "refcite.formats.nbib.values._ABBREVIATION": "20 characters",
    "refcite.formats.people._DEGREES": "300 characters",
    "refcite.formats.refworld.availability._ABBREVIATION": "12 characters",
    "refcite.formats.refworld.names._ROLE": "500 characters",
    "refcite.formats.refworld.symbols._DATE": "120 characters",
    "refcite.formats.refworld.symbols._PATTERNS": "120 characters",
    "refcite.names.lists._ENDS_LIST": "the last 40 characters",
}
"""What limits the input of patterns that grow more than linearly on their own."""


class TooSlowError(Exception):
    """A text took longer than the limit."""


def patterns(prefixes: tuple[str, ...]) -> dict[re.Pattern[Any], str]:
    """Return the patterns of modules, by the start of their names, with their variables' names."""
    found: dict[re.Pattern[Any], str] = {}

    def collect(value: object, name: str) -> None:
        if isinstance(value, re.Pattern):
            found.setdefault(value, name)
        elif isinstance(value, dict):
            for key, held in value.items():
                collect(key, name)
                collect(held, name)
        elif isinstance(value, list | tuple | set | frozenset):
            for held in value:
                collect(held, name)

    for module in pkgutil.walk_packages(refcite.__path__, "refcite."):
        if not module.name.startswith(prefixes) or module.name.endswith("__main__"):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError as error:
            print(f"{module.name}: not imported ({error})", file=sys.stderr)
            continue
        for name, value in list(vars(loaded).items()):
            collect(value, f"{module.name}.{name}")
    return found


class Sampler:
    """Makes texts that the parts of a pattern match.

    Attributes:
        pieces: The texts of its parts.
    """

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        text = pattern.pattern
        source = text.decode("latin-1") if isinstance(text, bytes) else text
        flags = pattern.flags & ~(re.UNICODE if isinstance(text, bytes) else 0)
        self._tree = list(_parser.parse(source, flags))
        self.pieces: dict[str, None] = {}
        self.starts = list(
            dict.fromkeys(self._text(self._tree[:end]) for end in range(len(self._tree) + 1))
        )

    def _text(self, items: Iterable[Any]) -> str:
        return "".join(self._of(operation, value) for operation, value in items)

    def _of(self, operation: Any, value: Any) -> str:
        match operation:
            case sre.LITERAL:
                return chr(value)
            case sre.NOT_LITERAL:
                return "a" if value != ord("a") else "b"
            case sre.ANY:
                return "a"
            case sre.IN:
                return self._piece(_member(value))
            case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
                least, _, repeated = value
                return self._piece(self._text(repeated)) * max(1, min(least, 5))
            case sre.SUBPATTERN:
                return self._piece(self._text(value[3]))
            case sre.ATOMIC_GROUP:
                return self._piece(self._text(value))
            case sre.BRANCH:
                branches = [self._piece(self._text(branch)) for branch in value[1]]
                return branches[0]
            case sre.ASSERT | sre.ASSERT_NOT:
                self._piece(self._text(value[1]))
        return ""

    def _piece(self, text: str) -> str:
        if 0 < len(text) < 60:
            self.pieces[text] = None
        return text


def _member(items: list[Any]) -> str:
    """Return a character of a set."""
    if items[0][0] is sre.NEGATE:
        inverse = re.compile("".join(map(_excluded, items[1:])) or "x^")
        return next((one for one in SAMPLES if not inverse.match(one)), "~")
    operation, value = items[0]
    if operation is sre.LITERAL:
        return chr(value)
    return chr(value[0]) if operation is sre.RANGE else CATEGORIES.get(value, "a")


def _excluded(item: tuple[Any, Any]) -> str:
    operation, value = item
    if operation is sre.LITERAL:
        return f"|{re.escape(chr(value))}"
    if operation is sre.RANGE:
        return f"|[{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}]"
    return f"|[{CATEGORIES.get(value, '')}]" if CATEGORIES.get(value) else ""


def seconds(pattern: re.Pattern[Any], text: str, anchored: bool) -> float:
    """Return how long a pattern needs for a text, at most the limit."""
    data: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        if anchored:
            pattern.match(data)
            pattern.fullmatch(data)
        else:
            pattern.findall(data)
    except TooSlowError:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def is_anchored(name: str) -> bool:
    """Return whether a module calls only `match` and `fullmatch` of a pattern."""
    module, _, variable = name.rpartition(".")
    source = inspect.getsource(sys.modules[module])
    used = set(re.findall(rf"\b{re.escape(variable)}\.(\w+)", source)) - {"pattern"}
    return bool(used) and used <= {"match", "fullmatch"}


def texts(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the start, the piece and the end of each text for a pattern."""
    sampler = Sampler(pattern)
    own = list(sampler.pieces)
    pairs = (first + second for first, second in islice(permutations(own[:6], 2), 12))
    starts = [*sampler.starts[:2], *sampler.starts[2:][-2:]]
    for piece in dict.fromkeys([*own[:20], *ALWAYS, *pairs]):
        for start in starts:
            for end in ENDS:
                yield start, piece, end


def row(pattern: re.Pattern[Any], name: str) -> str | None:
    """Return the row of a pattern, None if it is linear on all its texts."""
    anchored = is_anchored(name)
    for start, piece, end in texts(pattern):

        def taken(times: int, start: str = start, piece: str = piece, end: str = end) -> float:
            text = start + piece * (times * LENGTH // len(piece)) + end
            return min(seconds(pattern, text, anchored) for _ in range(2))

        first = taken(1)
        if first < LONG:
            continue
        second, fourth = taken(2), taken(4)
        if fourth >= LIMIT or fourth > LINEAR * first:
            times = " ".join(f"{1000 * one:7.0f}" for one in (first, second, fourth))
            return f"{times}  {name}  {start[:30]!r} + {piece[:30]!r} … + {end!r}"
    return None


def main(prefixes: list[str]) -> None:
    """Print the table."""

    def give_up(*_: object) -> None:
        raise TooSlowError

    signal.signal(signal.SIGVTALRM, give_up)
    found = patterns(tuple(prefixes) or ("refcite.",))
    print("    n/ms   2n/ms   4n/ms  pattern, text")
    rows = known = 0
    for pattern, name in found.items():
        line = row(pattern, name)
        if line is not None:
            rows += 1
            known += name in LIMITED
            print(line, f"({LIMITED[name]})" if name in LIMITED else "", flush=True)
    print(
        f"patterns: {rows} of {len(found)} grow more than linearly on their own;"
        f" the input of {known} of them is limited"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
