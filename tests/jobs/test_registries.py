"""Dumps of registries, in many compressed files, on processes and on Dask."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from benchmarks import pubmed, registries

import refcite

pytestmark = pytest.mark.long
FILES = 20
RECORDS = 25
FORMATS = ("crossref", "datacite", "openalex", "pubmed-xml")


def dump_of(name: str, folder: Path) -> dict[Path, list[str | None]]:
    """Write the dump of a registry, and return the titles in each file."""
    if name == "pubmed-xml":
        texts = ["".join(pubmed.pieces(RECORDS, seed)) for seed in range(FILES)]
    else:
        lines = list(getattr(registries, name)(FILES * RECORDS))
        texts = ["\n".join(lines[place::FILES]) + "\n" for place in range(FILES)]
    folder.mkdir()
    titles = {}
    for number, text in enumerate(texts):
        path = folder / f"part-{number:02}.gz"
        path.write_bytes(gzip.compress(text.encode()))
        titles[path] = [record.title for record in refcite.loads(text, name)]
    return titles


@contextmanager
def processes() -> Iterator[None]:
    """Yield no executor, so that processes of this machine are used."""
    yield None


@contextmanager
def cluster() -> Iterator[Any]:
    """Yield a client of Dask with two workers."""
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=":0",
            worker_dashboard_address=None,
        ) as scheduler,
        distributed.Client(scheduler) as client,
    ):
        yield client


@pytest.mark.parametrize("executor", [processes, cluster])
def test_no_record_of_a_dump_is_lost_or_doubled(executor: Any, tmp_path: Path) -> None:
    """Each format is detected from the content: the names of the files do not contain it."""
    titles: dict[Path, list[str | None]] = {}
    for name in FORMATS:
        titles |= dump_of(name, tmp_path / name)
    out = tmp_path / "out"
    with executor() as used:
        results = refcite.map_files(
            titles, out, to="csl-jsonl", executor=used, workers=2, compress="gz"
        ).in_order()
    assert [one.input for one in results] == list(map(str, titles))
    for result, (path, expected) in zip(results, titles.items(), strict=True):
        assert (result.records, result.errors, result.error) == (RECORDS, 0, None)
        written = out / path.parent.name / f"{path.name}.jsonl.gz"
        assert [record.title for record in refcite.load(written)] == expected
        formats = {one.origin.format for one in refcite.load(path) if one.origin is not None}
        assert formats == {path.parent.name}
