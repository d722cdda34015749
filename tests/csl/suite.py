"""Run the CSL test suite.

    python -m tests.csl.suite [FILTER …] [-v] [--csl-js] [--engine citeproc-py] [--json FILE]

prints the fixtures that fail (with `-v` what was wanted and what came), whose names contain one
of the filters, and the figures as the last line. With `--csl-js` the fixtures are citeproc-js's
own.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen
from click import echo

from refcite.csl.document.cites import Cite, Cluster
from refcite.record import Record
from tests.csl.engines import ENGINES, Job, Render, Rendering
from tests.csl.fixture import Fixture, csl_js_folder, fixtures, nonstandard, suite_folder
from tests.csl.records import records_of

__all__ = ["Outcome", "SuiteResult", "run_fixture", "run_suite"]

_POSITIONS: Final = ("first", "subsequent", "ibid", "ibid-with-locator")


@frozen
class Outcome:
    """What became of a fixture.

    Attributes:
        name: The fixture's name.
        wanted: What it says.
        got: What was printed, or the traceback.
        raised: The exception's name, where there was one.
    """

    name: str
    wanted: str
    got: str
    raised: str | None = None

    @property
    def passed(self) -> bool:
        """Whether both are the same."""
        return self.wanted == self.got


@frozen
class SuiteResult:
    """The outcomes of a run.

    Attributes:
        outcomes: One for each fixture.
        nonstandard: The names of those outside CSL 1.0.2.
    """

    outcomes: tuple[Outcome, ...]
    nonstandard: frozenset[str]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Those that do not pass."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)

    @property
    def areas(self) -> dict[str, tuple[int, int]]:
        """How many fixtures of each area pass, of how many."""
        totals = Counter(_area(outcome) for outcome in self.outcomes)
        passed = Counter(_area(outcome) for outcome in self.outcomes if outcome.passed)
        return {area: (passed[area], totals[area]) for area in sorted(totals)}

    @property
    def csl_js_figures(self) -> str:
        """The figure of a run of citeproc-js's own fixtures, and by area, as two lines."""
        areas = (f"{area} {passed}/{total}" for area, (passed, total) in self.areas.items())
        total = f"{_passed(self.outcomes)}/{len(self.outcomes)}"
        return f"csl-js by area: {', '.join(areas)}\ncsl-js: {total}"

    @property
    def figures(self) -> str:
        """The two figures, as one line."""
        standard = [out for out in self.outcomes if out.name not in self.nonstandard]
        return (
            f"csl-suite: standard {_passed(standard)}/{len(standard)},"
            f" all {_passed(self.outcomes)}/{len(self.outcomes)}"
        )


def _area(outcome: Outcome) -> str:
    return outcome.name.partition("_")[0]


def _passed(outcomes: Iterable[Outcome]) -> int:
    return sum(outcome.passed for outcome in outcomes)


def run_suite(folder: Path, render: Render, filters: Sequence[str] = ()) -> SuiteResult:
    """Run the fixtures of a folder whose names contain one of the filters."""
    chosen = (
        fixture
        for fixture in fixtures(folder)
        if not filters or any(part.lower() in fixture.name.lower() for part in filters)
    )
    outcomes = tuple(_outcome(fixture, render) for fixture in chosen)
    return SuiteResult(outcomes, frozenset(nonstandard(folder)))


def _outcome(fixture: Fixture, render: Render) -> Outcome:
    try:
        return Outcome(fixture.name, fixture.result, run_fixture(fixture, render))
    # An engine that fails must not end the run.
    except Exception as error:
        return Outcome(fixture.name, fixture.result, traceback.format_exc(), type(error).__name__)


def run_fixture(fixture: Fixture, render: Render) -> str:
    """Return what an engine prints for a fixture."""
    if fixture.citations is not None:
        return _run_document(fixture, render)
    records = _registered(fixture)
    if fixture.mode == "bibliography":
        sorts = "nosort" not in fixture.options
        done = render(
            Job(
                style=fixture.style,
                records=records,
                forced=(),
                sorts=sorts,
                abbreviations=fixture.abbreviations,
            )
        )
        return _bibliography(fixture, done, records)
    everything = [{"id": record.id} for record in records]
    clusters = fixture.citation_items or [everything]
    done = render(
        Job(
            style=fixture.style,
            records=records,
            clusters=[_cluster(items) for items in clusters],
            forced=[[_forced_position(item) for item in items] for items in clusters],
            # What a fixture does not list is cited as its works are listed.
            in_order=fixture.citation_items is None,
            abbreviations=fixture.abbreviations,
        )
    )
    return "\n".join(done.citations)


def _registered(fixture: Fixture) -> list[Record]:
    records = records_of(fixture.items)
    if fixture.bibentries is None:
        return records
    by_id = {record.id: record for record in records}
    return [by_id[str(id_)] for id_ in fixture.bibentries[-1]]


def _cluster(items: list[dict[str, Any]], note: int | None = None) -> Cluster:
    return Cluster(cites=tuple(map(_cite, items)), note=note)


def _cite(item: dict[str, Any]) -> Cite:
    modes = {"suppress-author": "suppress-author", "author-only": "author-only"}
    mode = next((modes[key] for key in modes if item.get(key)), "normal")
    locator = item.get("locator")
    return Cite(
        record=str(item["id"]),
        locator=None if locator is None else str(locator),
        label=(locator and item.get("label")) or "page",
        prefix=item.get("prefix") or "",
        suffix=item.get("suffix") or "",
        mode=mode,  # type: ignore[arg-type]  # one of the three
    )


def _forced_position(item: dict[str, Any]) -> tuple[str, bool]:
    return _POSITIONS[int(item.get("position", 0))], bool(item.get("near-note"))


def _bibliography(fixture: Fixture, done: Rendering, records: Sequence[Record]) -> str:
    if "header" in fixture.options:
        return _header(done)
    if fixture.bibsection is None:
        return done.bibliography
    shown = {item["id"]: _is_shown(item, fixture.bibsection) for item in fixture.items}
    entries = zip(done.ids, done.entries, strict=True)
    return evolve(done, entries=tuple(text for id_, text in entries if shown[id_])).bibliography


def _header(done: Rendering) -> str:
    parameters = {
        **done.layout,
        "bibend": done.end,
        "bibliography_errors": "",
        "bibstart": done.start,
        "done": "true",
        "entry_ids": ",".join(done.ids),
    }
    return "".join(f"{key}: {parameters[key]}\n" for key in sorted(parameters)).strip()


def _is_shown(item: dict[str, Any], section: dict[str, Any]) -> bool:
    """Tell whether citeproc-js's filter of a bibliography lets an item through."""

    def matches(rule: dict[str, Any]) -> bool:
        value = item.get(rule["field"], "")
        return rule["value"] in value if isinstance(value, list) else rule["value"] == value

    if any(map(matches, section.get("quash", ()))) and section.get("quash"):
        return False
    if "include" in section:
        return any(map(matches, section["include"]))
    if "exclude" in section:
        return not any(map(matches, section["exclude"]))
    if "select" in section:
        return all(map(matches, section["select"]))
    return True


def _run_document(fixture: Fixture, render: Render) -> str:
    """Take the steps of an edited document; return its citations, marked, or its bibliography."""
    assert fixture.citations is not None
    before: dict[str, Drawn] = {}
    lines: list[str] = []
    done = Rendering()
    for items in filter(None, (fixture.items, fixture.input2)):
        by_id = {record.id: record for record in records_of(items)}
        written: dict[str, list[dict[str, Any]]] = {}
        for step, earlier, later, *_ in fixture.citations:
            current = step["citationID"]
            written[current] = step["citationItems"]
            note = step.get("properties", {}).get("noteIndex", 0)
            names, notes = zip(*[*earlier, [current, note], *later], strict=True)
            clusters = [
                _cluster(written[name], note or None)
                for name, note in zip(names, notes, strict=True)
            ]
            ids = dict.fromkeys(cite.id for cluster in clusters for cite in cluster.cites)
            records = [by_id[id_] for id_ in ids]
            done = render(
                Job(
                    style=fixture.style,
                    records=records,
                    clusters=clusters,
                    abbreviations=fixture.abbreviations,
                )
            )
            drawn = _drawn(fixture.style, clusters, done)
            now = dict(zip(names, drawn, strict=True))
            lines = [
                f"{'..' if name != current and before.get(name) == now[name] else '>>'}"
                f"[{index}] {now[name][0]}"
                for index, name in enumerate(names)
            ]
            before = now
    if fixture.mode == "bibliography":
        return _bibliography(fixture, done, ())
    return "\n".join(lines)


Drawn = tuple[str, tuple[object, ...]]
"""A citation's text, and what it was drawn from beside its items.

The suite marks what citeproc-js had to render again, even where the same text came out: citations
of works whose number, or the note that cited them first, is another one than before.
"""


def _drawn(style: str, clusters: Sequence[Cluster], done: Rendering) -> list[Drawn]:
    numbers: dict[str, object] = {}
    notes: dict[str, object] = {}
    if 'variable="citation-number"' in style:
        numbers = {id_: number for number, id_ in enumerate(done.ids)}
    if 'variable="first-reference-note-number"' in style:
        for cluster in reversed(clusters):
            notes.update((cite.id, cluster.note) for cite in cluster.cites)
    return [
        (text, tuple((numbers.get(cite.id), notes.get(cite.id)) for cite in cluster.cites))
        for cluster, text in zip(clusters, done.citations, strict=True)
    ]


def _main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.csl.suite")
    parser.add_argument("filters", nargs="*", metavar="FILTER", help="part of a fixture's name")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="refcite")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what was wanted and got")
    parser.add_argument("--csl-js", action="store_true", help="run citeproc-js's own fixtures")
    parser.add_argument("--groups", action="store_true", help="count failures by group and error")
    options = parser.parse_args(arguments)
    folder = csl_js_folder() if options.csl_js else suite_folder()
    if folder is None:
        echo("the fixtures are not here: set REFCITE_CSL_SUITE, or REFCITE_CSL_JS")
        return 2
    result = run_suite(folder, ENGINES[options.engine], options.filters)
    for outcome in result.failed:
        mark = " (nonstandard)" if outcome.name in result.nonstandard else ""
        echo(f"FAIL {outcome.name}{mark}{f': {outcome.raised}' if outcome.raised else ''}")
        if options.verbose:
            echo(f"  wanted: {outcome.wanted}\n  got:    {outcome.got}\n")
    if options.groups:
        counts = Counter(outcome.name.partition("_")[0] for outcome in result.failed)
        counts.update(outcome.raised for outcome in result.failed if outcome.raised)
        echo("\n".join(f"{count:5} {name}" for name, count in counts.most_common()))
    echo(result.csl_js_figures if options.csl_js else result.figures)
    return int(bool(result.failed))


if __name__ == "__main__":
    sys.exit(_main())
