"""Inputs of a megabyte, each read in a process of its own that is measured."""

from __future__ import annotations

import multiprocessing
import random
import resource
import traceback
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from time import process_time
from typing import Final

from attrs import frozen

from refcite import RefciteError
from refcite.formats import Format, loads
from tests.fuzz.seeds import PIECES, pieces_of, seeds_of
from tests.fuzz.shapes import ODD

__all__ = ["MOST_MEGABYTES", "MOST_SECONDS", "Reading", "inputs_of", "read_apart"]

SIZE: Final = 1_000_000
MOST_SECONDS: Final = 5.0
MOST_MEGABYTES: Final = 500
_PATIENCE: Final = 60.0


@frozen
class Reading:
    """What became of an input.

    Attributes:
        seconds: The processor's time that reading took.
        megabytes: The most memory that the process had.
        failure: What went wrong, or nothing.
    """

    seconds: float = 0.0
    megabytes: float = 0.0
    failure: str = ""

    @property
    def fault(self) -> str:
        """What breaks the rules, or nothing."""
        if self.failure:
            return self.failure
        if self.seconds > MOST_SECONDS:
            return f"{self.seconds:.1f} s"
        return f"{self.megabytes:.0f} MB" if self.megabytes > MOST_MEGABYTES else ""


def inputs_of(format_: Format, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield inputs with what each is, without end.

    First entries, then pieces alone and inside of an entry, then what a few pieces and parts of
    entries make together; all of them repeated.
    """
    seeds = [*seeds_of(format_)] or [""]
    for seed in (seeds[0], seeds[-1]):
        if seed:
            yield "entries repeated", (seed * (SIZE // len(seed) + 1))[:SIZE]
    for piece in PIECES:
        many = piece * (SIZE // len(piece.encode()))
        yield f"{piece!r} alone", many
        seed = chance.choice(seeds)
        place = chance.randrange(len(seed) + 1)
        yield f"{piece!r} at {place} of an entry", seed[:place] + many + seed[place:]
    parts = (part for seed in seeds for part in _parts(seed, chance) if part)
    words = [*pieces_of(format_), *ODD, *parts]
    while True:
        before, unit, behind = (
            "".join(chance.choices(words, k=chance.randint(least, 5))) for least in (0, 1, 0)
        )
        many = unit * (SIZE // len(unit.encode(errors="surrogatepass")))
        yield f"{unit!r} repeated behind {before!r}", before + many + behind


def _parts(seed: str, chance: random.Random) -> Iterator[str]:
    """Yield some short parts of a text."""
    for _ in range(20):
        place = chance.randrange(len(seed) + 1)
        yield seed[place : place + chance.randint(1, 20)]


def read_apart(format_: Format, text: str) -> Reading:
    """Read a text in another process, and measure that."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_read, args=(format_.name, text, there)
    )
    process.start()
    there.close()
    found = None
    if here.poll(_PATIENCE):
        with suppress(EOFError):
            found = here.recv()
    if found is None:
        process.kill()
    process.join()
    if found is None:
        return Reading(failure=f"no answer in {_PATIENCE:.0f} s, or the process died")
    return Reading(*found)


def _read(name: str, text: str, there: Connection) -> None:
    # What needs more than this ends with a MemoryError, and not with the machine.
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    failure = ""
    start = process_time()
    try:
        with suppress(RefciteError):
            loads(text, name)
    except BaseException:
        failure = traceback.format_exc(limit=-4)
    seconds = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    there.send((seconds, peak, failure))
