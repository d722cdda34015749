"""Fuzz every reader for a bounded time: `python -m tests.fuzz [--seconds N] [FORMAT…]`.

No input may raise anything but a `RefciteError`. Inputs of up to 1 MB may take 5 s and 500 MB at
the most. What is read of small inputs is written in every format, and read again: no writer may
raise an exception, write what is not valid, or lose a value without a report.

Each reader gets the same share of the time, half of it with inputs of 1 MB, half with small ones;
atheris, where it is installed, runs beside them. What fails is kept in build/fuzz/.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from time import monotonic

from refcite.formats import Format, formats, get_format
from tests.fuzz.back import tried_apart
from tests.fuzz.large import MOST_MEGABYTES, MOST_SECONDS, inputs_of, read_apart
from tests.fuzz.seeds import pieces_of, seeds_of
from tests.fuzz.shapes import ODD, shapes_of

AT_ONCE = 20
LONGEST_WORD = 60
"""For the dictionary of libFuzzer, in bytes."""
KEPT = Path(__file__).resolve().parents[2] / "build" / "fuzz"


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz every reader for a bounded time.")
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--seconds", type=float, default=600.0, help="for all readers together")
    parser.add_argument("--seed", type=int, default=1, help="of the random choices")
    given = parser.parse_args()
    chosen = [get_format(name) for name in given.formats] or [one for one in formats() if one.reads]
    share = given.seconds / len(chosen)
    has_atheris = importlib.util.find_spec("atheris") is not None
    if not has_atheris:
        print("atheris is not installed: no input is mutated")
    heads = f"{'large':>6} {'slowest':>9} {'largest':>9} {'small':>6} {'guided':>9}"
    print(f"{'format':<12} {heads}  faults")
    faults = 0
    # Two at a time: guided runs have a process of their own.
    with ThreadPoolExecutor(1) as other:
        for format_ in chosen:
            guided = other.submit(_guided, format_, share, given.seed) if has_atheris else None
            found, line = _large(format_, share / 2, random.Random(given.seed))
            small, count = _small(format_, share / 2, random.Random(given.seed))
            runs, trouble = guided.result() if guided else ("-", [])
            found += small + trouble
            print(f"{line} {count:>6} {runs:>9}  {len(found) or 'none'}", flush=True)
            for fault in found:
                print(f"    {fault}")
            faults += len(found)
    print(f"limits: {MOST_SECONDS:.0f} s, {MOST_MEGABYTES} MB; {faults} faults")
    return int(bool(faults))


def _large(format_: Format, seconds: float, chance: random.Random) -> tuple[list[str], str]:
    """Read inputs of 1 MB until the time is over; return the faults, and a line of the table."""
    end = monotonic() + seconds
    faults: list[str] = []
    count, slowest, largest = 0, 0.0, 0.0
    for what, text in _until(end, inputs_of(format_, chance)):
        reading = read_apart(format_, text)
        count += 1
        slowest, largest = max(slowest, reading.seconds), max(largest, reading.megabytes)
        if reading.fault:
            path = _keep(format_.name, f"large-{count}", _bytes(text))
            faults.append(f"{what}: {reading.fault.strip()} ({path})")
    return faults, f"{format_.name:<12} {count:>6} {slowest:>7.2f} s {largest:>6.0f} MB"


def _small(format_: Format, seconds: float, chance: random.Random) -> tuple[list[str], int]:
    """Try small inputs until the time is over; return the faults, each kind once, and a count."""
    end = monotonic() + seconds
    faults: dict[str, str] = {}
    count = 0
    shapes = shapes_of(format_, chance)
    while monotonic() < end:
        some = [next(shapes) for _ in range(AT_ONCE)]
        for number, fault in tried_apart(format_, [text for _, text in some]):
            if fault.kind not in faults:
                what, text = some[min(number, AT_ONCE - 1)]
                name = f"small-{count + number}"
                path = _keep(format_.name, name, _bytes(text))
                faults[fault.kind] = f"{what[:100]}: {fault.what} ({path})"
        count += AT_ONCE
    return list(faults.values()), count


def _until(end: float, inputs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for one in inputs:
        if monotonic() > end:
            return
        yield one


def _guided(format_: Format, seconds: float, seed: int) -> tuple[str, list[str]]:
    """Run atheris for some time; return how many inputs it tried, and the faults."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus"
        corpus.mkdir()
        shapes = (text for _, text in islice(shapes_of(format_, random.Random(seed)), 100))
        for number, text in enumerate((*seeds_of(format_), *shapes)):
            (corpus / str(number)).write_bytes(text.encode("utf-8", "surrogatepass"))
        words = folder / "words"
        pieces = [one for one in (*pieces_of(format_), *ODD) if len(_bytes(one)) <= LONGEST_WORD]
        words.write_text("\n".join(map(_quoted, pieces)), "utf-8")
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.fuzz.guided", format_.name, str(corpus)),
                f"-max_total_time={max(int(seconds), 1)}",
                f"-timeout={MOST_SECONDS:.0f}",
                f"-rss_limit_mb={MOST_MEGABYTES}",
                f"-seed={seed}",
                f"-dict={words}",
                f"-artifact_prefix={folder}/fault-",
                "-max_len=100000",
                "-print_final_stats=1",
            ],
            capture_output=True,
            check=False,
        )
        said = done.stderr.decode(errors="replace") + done.stdout.decode(errors="replace")
        runs = next(
            (line.split()[-1] for line in said.splitlines() if "executed_units" in line), "?"
        )
        faults = []
        for path in sorted(folder.glob("fault-*")):
            kept = _keep(format_.name, path.name, path.read_bytes())
            faults.append(f"atheris: {_last_words(said)} ({kept})")
        if done.returncode and not faults:
            faults.append(f"atheris did not run: {said[-500:]}")
        return runs, faults


def _last_words(said: str) -> str:
    lines = [line for line in said.splitlines() if "Error" in line or "ERROR" in line]
    return lines[0] if lines else "no message"


def _bytes(piece: str) -> bytes:
    return piece.encode("utf-8", "surrogatepass")


def _quoted(piece: str) -> str:
    text = "".join(
        char
        if char.isascii() and char.isprintable() and char not in '"\\'
        else "".join(f"\\x{byte:02x}" for byte in _bytes(char))
        for char in piece
    )
    return f'"{text}"'


def _keep(format_name: str, name: str, data: bytes) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{format_name}-{name}"
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
