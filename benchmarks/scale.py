"""Convert a synthetic dump with one process, all cores, and Dask; print records/s and memory.

Run it as `python -m benchmarks.scale [RECORDS]`; RECORDS is the number in each of the 40 files,
2,500 by default. The dump is RIS in `.gz`, the output CSL-JSON lines in `.gz`. Each way runs in a
separate process, and the time is that of the whole process, with the start of its workers. The
memory is the highest sum of the process and its children, measured twenty times a second. Dask is
skipped if it is not installed.
"""

from __future__ import annotations

import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

from benchmarks.ris import entries

FILES = 40
WAYS = ("one process", "all cores", "Dask")


def dump(folder: Path, count: int) -> list[Path]:
    """Write the files of the dump."""
    paths = []
    for number in range(FILES):
        paths.append(folder / f"part-{number:02}.ris.gz")
        with gzip.open(paths[-1], "wt", encoding="utf-8", compresslevel=1) as file:
            file.writelines(entries(count, seed=number))
    return paths


def convert(way: str, out: str, files: list[str]) -> None:
    """Convert the files in one of the ways; runs in a separate process."""
    import refcite

    if way == "Dask":
        import distributed

        with (
            distributed.LocalCluster(
                host="127.0.0.1",
                threads_per_worker=1,
                n_workers=os.cpu_count(),
                dashboard_address=":0",
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            results = list(
                refcite.map_files(files, out, to="csl-jsonl", compress="gz", executor=client)
            )
    else:
        workers = 1 if way == "one process" else None
        results = list(
            refcite.map_files(files, out, to="csl-jsonl", compress="gz", workers=workers)
        )
    assert all(result.error is None for result in results), results
    print(sum(result.records for result in results))


def memory_of(root: int) -> int:
    """Return the memory in bytes of a process and its descendants, on Linux."""
    children: dict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    page = os.sysconf("SC_PAGE_SIZE")
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            sizes[int(folder.name)] = int((folder / "statm").read_text().split()[1]) * page
        except (OSError, IndexError):
            continue  # it has ended
        children[int(parent)].append(int(folder.name))
    found, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        found += sizes.get(process, 0)
        waiting += children[process]
    return found


def measured(way: str, out: Path, files: list[Path]) -> tuple[int, float, float, float]:
    """Return the records, the seconds, those of all processors, and the MB of a way."""
    command = [sys.executable, "-m", "benchmarks.scale", "--way", way, str(out), *map(str, files)]
    start, before = time.perf_counter(), _processor_time()
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - start
        assert process.returncode == 0, f"{way} failed"
        assert process.stdout is not None
        return int(process.stdout.read()), seconds, _processor_time() - before, peak / 1e6


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    count = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 2_500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = dump(folder, count)
        size = sum(file.stat().st_size for file in files) / 1e6
        print(f"{FILES} files of {count:,} records, {size:.1f} MB, {os.cpu_count()} cores")
        print(f"{'way':<14}{'records/s':>12}{'seconds':>10}{'CPU s':>8}{'MB':>8}")
        for way in WAYS:
            if way == "Dask" and find_spec("distributed") is None:
                print(f"{way:<14}  not installed")
                continue
            out = folder / way.replace(" ", "-")
            records, seconds, used, memory = measured(way, out, files)
            print(
                f"{way:<14}{records / seconds:>12,.0f}{seconds:>10.1f}{used:>8.1f}{memory:>8,.0f}"
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        convert(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main()
