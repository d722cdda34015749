"""The marked sets, if they are found (`REFCITE_DEDUPE`)."""

from __future__ import annotations

import pytest

from refcite import Certainty, Library, Record, duplicates
from tests.dedupe.sets import MarkedSet, folder, marked_sets, pairs


def test_marked_sets_are_grouped_as_marked() -> None:
    base = folder()
    if base is None:
        pytest.skip("the marked sets were not found: set REFCITE_DEDUPE or REFCITE_SHARED")
    for one in marked_sets(base):
        groups = duplicates(one.library, certainty=Certainty.LIKELY)
        score = one.judged(group.positions for group in groups)
        assert score.found >= 0.97 * len(one.marked)
        assert score.wrong <= len(one.library) / 1000
    wrong = [
        pair.name
        for pair in pairs(base)
        if bool(duplicates(pair.records, certainty=Certainty.LIKELY)) != pair.is_same
    ]
    assert wrong == []


def test_a_set_that_keeps_a_record_without_a_mark_is_judged_so() -> None:
    library = Library([Record(id=name, title="One") for name in "abc"])
    kept = MarkedSet("one", library, frozenset({1}), keeps_one=True)
    assert (kept.judged([(0, 1)]).found, kept.judged([(0, 1)]).wrong) == (1, 0)
    assert kept.judged([(0, 1, 2)]).wrong == 1
    whole = MarkedSet("one", library, frozenset({0, 1}), keeps_one=False)
    assert (whole.judged([(0, 1, 2)]).found, whole.judged([(0, 1, 2)]).wrong) == (2, 1)
