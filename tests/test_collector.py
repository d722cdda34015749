"""Pauses of the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import refcite
from refcite.collector import collector_paused


@pytest.fixture(autouse=True)
def _running() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_the_collector_runs_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), collector_paused():
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_collector_that_the_user_disabled_stays_disabled() -> None:
    gc.disable()
    with collector_paused(), collector_paused():
        pass
    refcite.bibliography([refcite.Record(id="a", title="Ants")])
    assert not gc.isenabled()


def test_pauses_of_several_threads_end_with_the_last() -> None:
    both_paused, one_ended = Barrier(2), Barrier(2)

    def first() -> None:
        with collector_paused():
            both_paused.wait()
        one_ended.wait()

    def last() -> bool:
        with collector_paused():
            both_paused.wait()
            one_ended.wait()
            return gc.isenabled()

    with ThreadPoolExecutor(2) as threads:
        threads.submit(first)
        assert threads.submit(last).result() is False
    assert gc.isenabled()


def test_many_new_objects_become_old_ones_and_frozen_objects_stay_frozen() -> None:
    with collector_paused():
        kept = [[number] for number in range(60_000)]
    assert gc.get_count()[0] < len(kept)
    gc.freeze()
    try:
        with collector_paused():
            more = [[number] for number in range(60_000)]
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
    assert len(more) == len(kept)
