"""The same on a cluster: a scheduler and two worker processes of Dask on loopback."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import refcite
from refcite.jobs.manifest import MANIFEST

distributed = pytest.importorskip("distributed", reason="needs the extra dask")

pytestmark = [
    pytest.mark.long,
    # Dask closes the sockets of a killed worker late.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def client() -> Iterator[object]:
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=":0",
            worker_dashboard_address=None,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_with_a_worker_killed_in_the_middle_nothing_is_lost_or_doubled(
    client: object, tmp_path: Path
) -> None:
    files = []
    for number in range(24):
        files.append(tmp_path / f"part{number:02}.ris")
        entries = (f"TY  - BOOK\nID  - r{number}-{place}\nER  - \n\n" for place in range(500))
        files[-1].write_text("".join(entries), encoding="utf-8")
    out = tmp_path / "out"
    results = refcite.map_files(files, out, to="csl-jsonl", executor=client)  # type: ignore[arg-type]
    next(results)
    workers = client.run(os.getpid)  # type: ignore[attr-defined]
    os.kill(next(iter(workers.values())), signal.SIGKILL)
    found = results.in_order()
    assert [one.input for one in found] == [str(file) for file in files]
    assert [(one.records, one.error) for one in found] == [(500, None)] * 24
    for number, one in enumerate(found):
        assert one.output is not None
        written = [record.id for record in refcite.load(one.output)]
        assert written == [f"r{number}-{place}" for place in range(500)]
    outputs = {path.name for path in out.iterdir()}
    assert outputs == {MANIFEST, *(f"part{number:02}.ris.jsonl" for number in range(24))}
    assert len((out / MANIFEST).read_text(encoding="utf-8").splitlines()) == 24
    again = refcite.map_files(files, out, to="csl-jsonl", executor=client)  # type: ignore[arg-type]
    assert all(result.is_unchanged for result in again)
