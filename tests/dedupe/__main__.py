"""Measure the search for duplicates on marked sets: `make dedupe`."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from refcite import Certainty, duplicates
from tests.dedupe import bib_dedupe_peer, sets

_Value = TypeVar("_Value")
_ROUNDS: Final = 3


def main() -> int:
    base = sets.folder()
    if base is None:
        print("skipped: the marked sets were not found; set REFCITE_DEDUPE or REFCITE_SHARED")
        return 0
    print("set\tprogram\trecords\tmarked\tfound\tsensitivity\twrong\tCPU s\tms a record")
    for marked in sets.marked_sets(base):
        _show(marked)
    _show_pairs(list(sets.pairs(base)))
    return 0


def _show(marked: sets.MarkedSet) -> None:
    spent: dict[str, float] = {}
    for lowest in (Certainty.LIKELY, Certainty.CERTAIN):
        groups, spent[lowest] = _best(partial(duplicates, marked.library, certainty=lowest))
        _row(marked, f"refcite {lowest}", [group.positions for group in groups], spent[lowest])
    if not bib_dedupe_peer.is_installed():
        print("bib-dedupe is not installed, and is not compared; `make dedupe` installs it")
        return
    found, seconds = bib_dedupe_peer.groups_of(marked.library)
    _row(marked, "bib-dedupe", found, seconds)
    print(f"{marked.name}\trefcite is {seconds / spent[Certainty.LIKELY]:.0f} times as fast")


def _row(
    marked: sets.MarkedSet, program: str, groups: list[tuple[int, ...]], seconds: float
) -> None:
    score, count = marked.judged(groups), len(marked.library)
    share = 100 * score.found / len(marked.marked) if marked.marked else 0.0
    print(
        marked.name, program, count, len(marked.marked), score.found, f"{share:.1f} %", score.wrong,
        f"{seconds:.3f}", f"{1000 * seconds / count:.3f}", sep="\t",
    )  # fmt: skip


def _show_pairs(pairs: list[sets.Pair]) -> None:
    right = 0
    for pair in pairs:
        is_found = bool(duplicates(pair.records, certainty=Certainty.LIKELY))
        right += is_found == pair.is_same
        if is_found != pair.is_same:
            print(f"pairs.json\t{pair.name} is {'found' if is_found else 'not found'}")
    if pairs:
        print(f"pairs.json\t{right} of {len(pairs)} pairs are right")


def _best(call: Callable[[], _Value]) -> tuple[_Value, float]:
    """Return the value of a call with the least time of several."""
    runs = [_timed(call) for _ in range(_ROUNDS)]
    return runs[0][0], min(seconds for _, seconds in runs)


def _timed(call: Callable[[], _Value]) -> tuple[_Value, float]:
    """Return the value of a call with its CPU time, and that of processes that it started."""
    start = _spent()
    value = call()
    return value, _spent() - start


def _spent() -> float:
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
