"""The reference is whole: public names, parameters, and examples that run as they stand."""

from __future__ import annotations

import doctest
import re

import pytest

from refcite.vocabulary import ATTRIBUTES
from refcite.web.settings import BASES
from refcite.web.sources import SOURCES
from tests.docs.blocks import ROOT
from tests.docs.reference import Entry, entries, public_names

CALLED = [entry for entry in entries() if entry.is_called]
DESCRIBED_ELSEWHERE = {
    "refcite.Record": frozenset(ATTRIBUTES.values()),  # reference/variables.md lists them
}
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
WEB = (ROOT / "docs" / "reference" / "web.md").read_text(encoding="utf-8")

all_called = pytest.mark.parametrize("entry", CALLED, ids=lambda entry: entry.name)


def test_everything_public_is_in_the_reference() -> None:
    assert public_names() - {entry.name for entry in entries()} == set()


@all_called
def test_every_parameter_is_described(entry: Entry) -> None:
    known = entry.described | DESCRIBED_ELSEWHERE.get(entry.name, frozenset())
    assert entry.parameters - known == set()


@all_called
def test_there_is_an_example_and_it_runs_in_an_empty_namespace(entry: Entry) -> None:
    example = doctest.DocTestParser().get_doctest(entry.docstring, {}, entry.name, None, None)
    assert example.examples, f"{entry.name} has no example"
    said: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=FLAGS).run(example, out=said.append)
    assert not failed, "".join(said)


def test_the_sources_of_each_kind_are_named_in_their_order() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", WEB, re.MULTILINE))
    said = {kind: rows.get(kind) for kind in SOURCES}
    asked = {kind: ", ".join(source.name for source in found) for kind, found in SOURCES.items()}
    assert said == {**asked, "url": "the page itself"}


def test_the_variables_of_the_environment_are_named() -> None:
    said = dict(re.findall(r"^\| `(REFCITE_\w+)`[^|]* \| `(\w+)`", WEB, re.MULTILINE))
    assert said == {
        **{f"REFCITE_{name.upper()}_URL": name for name in BASES},
        **{f"REFCITE_{name.upper()}": name for name in ("mailto", "cache", "proxy")},
    }
