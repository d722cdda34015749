"""Change the source in random places, one at a time, and see whether the tests notice.

    python -m tests.mutants [--seed 1] [--count 100] [--only PREFIX] [--without PREFIX] [--jobs 2]
        [--tests PATH …]

`make mutants` calls it. A change that some test fails with, or that makes the tests hang, is
killed; the others are printed. What is found is kept in `build/mutants/results.jsonl`: a run that
was interrupted goes on where it was, until the source changes, and for those that survived, the
tests.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from queue import SimpleQueue
from typing import Final

from attrs import frozen

from tests.mutants.equivalent import equivalents, named
from tests.mutants.reach import FOLDER, ROOT, Reach, digest, file_of, measured
from tests.mutants.sites import Mutant, mutants_of
from tests.mutants.trial import Copy

RESULTS: Final = FOLDER / "results.jsonl"
MOST_TIME: Final = 0.4
"""The share of the time of all tests that is spent on a change.

The tests whose names share most words with the changed file run first, then the quickest.

It is a share, because the tests are slower where they are measured, and on a busy machine.
"""
WHOLE_ROOMS: Final = ("serve", "cli")
"""What runs in processes that are killed in the end cannot be measured: all tests of these run."""


@frozen
class Place:
    """A change, with what makes its result worth keeping.

    Attributes:
        mutant: The change.
        source: The text of the file.
        tests: The tests that are run, in this order.
        seconds: How long these take.
    """

    mutant: Mutant
    source: str
    tests: tuple[str, ...]
    seconds: float

    @property
    def key(self) -> str:
        """The change's name among the results."""
        one = self.mutant
        return digest("\n".join((one.path, self.source, f"{one.start} {one.end}", one.text)))


def _main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--only", default="src/refcite/", metavar="PREFIX")
    parser.add_argument("--without", default=[], action="append", metavar="PREFIX")
    parser.add_argument("--tests", default=[], nargs="+", metavar="PATH", help="no other tests")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    sources = {
        path: (ROOT / path).read_text(encoding="utf-8")
        for path in _files(options.only, tuple(options.without))
    }
    every = [one for path, source in sources.items() for one in mutants_of(path, source)]
    known = equivalents()
    chosen = random.Random(options.seed).sample(every, min(options.count, len(every)))
    equivalent = [one for one in chosen if named(one, sources[one.path]) in known]
    reach = measured(options.tests)
    places = [_place(one, sources[one.path], reach) for one in chosen if one not in equivalent]
    verdicts = _tried(places, options)
    survivors = [place for place in places if not verdicts[place.key]]
    for place in survivors:
        one = place.mutant
        reached = "" if place.tests else ", which no test reaches"
        print(f"\nSurvives: {one.path}:{one.line} in {one.inside or 'the module'}{reached}")
        print(one.diff(place.source))
    killed = len(places) - len(survivors)
    share = f"{killed / len(places):.0%}" if places else "nothing"
    print(
        f"mutants: {killed} of {len(places)} killed ({share}), {len(equivalent)} equivalent,"
        f" {len(every):,} possible, seed {options.seed}"
    )
    return 0


def _files(only: str, without: tuple[str, ...]) -> Iterator[str]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(only) and not name.startswith(without):
            yield name


def _place(mutant: Mutant, source: str, reach: Reach) -> Place:
    # A module's own lines run once, for whichever test comes first.
    is_measured = bool(mutant.inside) and bool(reach.of_line(mutant.path, mutant.line))
    found = reach.of_line(mutant.path, mutant.line) if is_measured else reach.of_file(mutant.path)
    tests: list[str] = []
    seconds = 0.0
    most = MOST_TIME * sum(reach.seconds.values())
    words = _words(mutant.path)
    shared = {file: len(words & _words(file)) for file in {file_of(test) for test in found}}
    for test in sorted(
        found, key=lambda test: (-shared[file_of(test)], reach.seconds.get(test, 0.0), test)
    ):
        took = reach.seconds.get(test, 0.0)
        if tests and seconds + took > most:
            break
        tests.append(test)
        seconds += took
    return Place(mutant, source, tuple(tests), seconds)


def _words(path: str) -> set[str]:
    """Return the words in the names of a file and its folders, without those of all files."""
    return set(re.split(r"[/_.]", path)) - {"src", "refcite", "formats", "tests", "test", "py", ""}


def _tried(places: Sequence[Place], options: argparse.Namespace) -> dict[str, bool]:
    """Return for each change whether it is killed; try those of which that is not known."""
    state = digest(
        " ".join(options.tests)
        + "".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("tests/**/*.py")))
    )
    verdicts: dict[str, bool] = {}
    if RESULTS.exists():
        for line in RESULTS.read_text(encoding="utf-8").splitlines():
            found = json.loads(line)
            if found["killed"] or found["tests"] == state:
                verdicts[found["key"]] = found["killed"]
    left = [place for place in places if place.key not in verdicts]
    copies: SimpleQueue[Copy] = SimpleQueue()
    with ExitStack() as stack, RESULTS.open("a", encoding="utf-8") as results:
        for number in range(min(options.jobs, len(left))):
            copies.put(stack.enter_context(Copy(str(number))))

        def attempt(place: Place) -> bool:
            copy = copies.get()
            try:
                return _is_killed(place, copy, rooms=not options.tests)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(max(options.jobs, 1)) as threads:
            waiting = {threads.submit(attempt, place): place for place in left}
            for number, done in enumerate(as_completed(waiting), 1):
                place, killed = waiting[done], done.result()
                verdicts[place.key] = killed
                kept = {"key": place.key, "killed": killed, "tests": state}
                results.write(json.dumps({**kept, "file": place.mutant.path}) + "\n")
                results.flush()
                where = f"{place.mutant.path}:{place.mutant.line}"
                verdict = "killed" if killed else "survives"
                print(f"{number}/{len(left)} {where} {verdict}", flush=True)
    return verdicts


def _is_killed(place: Place, copy: Copy, *, rooms: bool) -> bool:
    path, text = place.mutant.path, place.mutant.of(place.source)
    try:
        compile(text, path, "exec")
    except SyntaxError:
        return True
    if place.tests and not copy.passes(path, text, place.tests, 60 + 10 * place.seconds):
        return True
    room = path.removeprefix("src/refcite/").partition("/")[0]
    return rooms and room in WHOLE_ROOMS and not copy.passes(path, text, [f"tests/{room}"], 1800)


if __name__ == "__main__":
    sys.exit(_main())
