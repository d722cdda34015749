"""What is written is read by other programs: BibTeX by bibtexparser and pandoc, CSL-JSON by pandoc
and citeproc-js.

pandoc is taken from the path or from the package `pypandoc_binary`, citeproc-js from `node_modules`
(`npm install --no-save citeproc`); neither is needed for anything else.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string

from refcite.csl.style.style_source import find_style
from refcite.dates import Point
from refcite.formats import dumps, get_format
from refcite.record import Record
from refcite.vocabulary import VARIABLES, attribute_of
from tests.formats.samples import sample
from tests.shared import ROOT
from tests.waiting import HANG

CITEPROC = ROOT / "node_modules" / "citeproc"
SCRIPT = r"""
const CSL = require(process.argv[1]);
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const items = new Map(given.items.map((item) => [item.id, item]));
const engine = new CSL.Engine(
  {
    retrieveLocale: () => given.locale,
    retrieveItem: (id) => items.get(id),
  },
  given.style,
);
engine.updateItems([...items.keys()]);
console.log(JSON.stringify(engine.makeBibliography()[0].entry_ids.flat()));
"""


def works() -> list[Record]:
    """Return a work of every type that CSL-JSON and BibTeX have, with every variable."""
    table = get_format("csl-json").mapping()
    assert table is not None
    values = {attribute_of(name): sample(name) for name in VARIABLES if name != "year-suffix"}
    return [
        Record(id=csl_type.replace("_", "-"), type=csl_type, **values)
        for csl_type in table.carried_types()
    ]


@cache
def _pandoc() -> str | None:
    if found := shutil.which("pandoc"):
        return found
    spec = find_spec("pypandoc")
    path = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else None
    return str(path) if path and path.exists() else None


def pandoc(text: str, source: str) -> list[dict[str, Any]]:
    """Return what pandoc reads, as CSL-JSON; a warning is a fault."""
    program = _pandoc()
    if program is None:
        pytest.skip("pandoc is not installed")
    done = subprocess.run(
        [program, "-f", source, "-t", "csljson", "--fail-if-warnings"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_bibtexparser_reads_every_entry_and_field(dialect: str) -> None:
    text = dumps(works(), dialect)
    found = parse_string(text)
    assert found.failed_blocks == []
    assert [entry.key for entry in found.entries] == [work.id for work in works()]
    for entry, work in zip(found.entries, works(), strict=True):
        alone = dumps([work], dialect)
        assert len(entry.fields) == sum(" = " in line for line in alone.splitlines())


def _date_parts(work: Record) -> list[int]:
    start = work.issued and work.issued.start
    assert isinstance(start, Point)
    return [part for part in (start.year, start.month, start.day) if part is not None]


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_pandoc_reads_every_entry(dialect: str) -> None:
    found = {item["id"]: item for item in pandoc(dumps(works(), dialect), dialect)}
    assert list(found) == [work.id for work in works()]
    for work in works():
        item = found[work.id]
        assert item["author"] == [
            {"family": name.family, "given": name.given} for name in work.author
        ]
        assert item["issued"]["date-parts"] == [_date_parts(work)]
        assert item["DOI"] == work.doi


def test_pandoc_reads_csl_json() -> None:
    text = dumps(works(), "csl-json")
    written = json.loads(text)
    found = pandoc(text, "csljson")
    assert [item["id"] for item in found] == [item["id"] for item in written]
    for item, before in zip(found, written, strict=True):
        assert item["type"] == before["type"]
        assert item["author"] == before["author"]
        assert item["issued"]["date-parts"] == before["issued"]["date-parts"]
        assert item.keys() >= before.keys()


@pytest.mark.skipif(
    not (shutil.which("node") and CITEPROC.is_dir()),
    reason="citeproc-js is not there: it needs node and `npm install --no-save citeproc`",
)
def test_citeproc_js_makes_a_bibliography_of_csl_json() -> None:
    items = json.loads(dumps(works(), "csl-json"))
    locale = files("citeproc") / "data" / "locales" / "locales-en-US.xml"
    given = {
        "items": items,
        "style": find_style("apa").xml.decode(),
        "locale": locale.read_text(encoding="utf-8"),
    }
    done = subprocess.run(
        ["node", "-e", SCRIPT, str(CITEPROC)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(json.loads(done.stdout)) == sorted(item["id"] for item in items)
