"""Fixtures of the CSL test suite: text files with named sections."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from tests.shared import shared_or_none

__all__ = ["Fixture", "csl_js_folder", "fixtures", "nonstandard", "suite_folder"]

_SECTION: Final = re.compile(
    r"^>>=+ ([A-Z0-9-]+) =+>>\n(.*?)^<<=+ \1 =+<<", re.DOTALL | re.MULTILINE
)


@frozen(kw_only=True)
class Fixture:
    """One test of the suite.

    Attributes:
        name: Its file name without ending, such as `sort_StripMarkup`.
        mode: `citation` or `bibliography`.
        options: What follows the mode after hyphens: `nosort`, `header`.
        style: The style's XML.
        items: CSL-JSON items, in input order.
        result: What is to be printed.
        citation_items: Clusters of CSL-JSON cite items; each stands alone, without a position.
        citations: Steps of an edited document: a cluster, those before it and those after it.
        input2: A second input, with which the steps are taken again.
        bibentries: Lists of ids; the last is what the bibliography holds.
        bibsection: Which entries the bibliography shows.
        abbreviations: Abbreviation lists, by jurisdiction, kind and full form.
        developer_options: Switches of citeproc-js.
    """

    name: str
    mode: str
    options: frozenset[str]
    style: str
    items: list[dict[str, Any]]
    result: str
    citation_items: list[list[dict[str, Any]]] | None = None
    citations: list[list[Any]] | None = None
    input2: list[dict[str, Any]] | None = None
    bibentries: list[list[str]] | None = None
    bibsection: dict[str, Any] | None = None
    abbreviations: dict[str, Any] | None = None
    developer_options: dict[str, Any] | None = None

    @classmethod
    def read(cls, path: Path) -> Fixture:
        """Read a fixture's file."""
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        sections = {match[1]: match[2] for match in _SECTION.finditer(text)}
        mode, *options = sections["MODE"].strip().split("-")

        def given(name: str) -> Any:
            return json.loads(sections[name]) if sections.get(name, "").strip() else None

        return cls(
            name=path.stem,
            mode=mode,
            options=frozenset(options),
            style=sections["CSL"].strip(),
            items=given("INPUT"),
            result=sections["RESULT"].strip("\n"),
            citation_items=given("CITATION-ITEMS"),
            citations=given("CITATIONS"),
            input2=given("INPUT2"),
            bibentries=given("BIBENTRIES"),
            bibsection=given("BIBSECTION"),
            abbreviations=given("ABBREVIATIONS"),
            developer_options=given("OPTIONS") or given("OPTIONZ"),
        )


def suite_folder() -> Path | None:
    """Return the folder of the suite: `$REFCITE_CSL_SUITE`, else the shared one, else None."""
    if chosen := os.environ.get("REFCITE_CSL_SUITE"):
        return Path(chosen)
    return shared_or_none("csl-suite")


def csl_js_folder() -> Path | None:
    """Return the folder of citeproc-js's own fixtures: `$REFCITE_CSL_JS`, else the shared one."""
    if chosen := os.environ.get("REFCITE_CSL_JS"):
        return Path(chosen)
    return shared_or_none("csl-suite-js")


def fixtures(folder: Path) -> Iterator[Fixture]:
    """Yield the fixtures of a folder, or of the folder `fixtures` in it, by name."""
    inner = folder / "fixtures"
    for path in sorted((inner if inner.is_dir() else folder).glob("*_*.txt")):
        yield Fixture.read(path)


def nonstandard(folder: Path) -> dict[str, str]:
    """Return the fixtures that test something outside CSL 1.0.2, with the reason."""
    # The list may stand beside the fixtures or one folder above them.
    for table in (folder / "nonstandard.tsv", folder.parent / "nonstandard.tsv"):
        if table.exists():
            with table.open(encoding="utf-8", newline="") as lines:
                rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
            return {row[0]: row[1] for row in rows[1:] if len(row) > 1}
    return {}
