"""What refcite, citeproc-js and pandoc print for the same items in the same styles."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from refcite.csl.document.cites import Cite, Cluster
from refcite.csl.style.style_source import find_style
from tests.csl.engines import ENGINES as OWN
from tests.csl.engines import Job
from tests.csl.peers.plain_text import text_of_html, text_of_nodes
from tests.csl.records import records_of
from tests.shared import ROOT

__all__ = ["ENGINES", "Printed", "missing_programs", "print_with"]

ENGINES: Final = ("refcite", "citeproc-js", "pandoc")
LOCATOR: Final = "12"

Items = Sequence[Mapping[str, Any]]
Printed = dict[str, str]
"""The texts of one style by their places: `citation ID`, `later ID` (with a page), `entry ID`."""

_PLACE: Final = ROOT / "build" / "peers"
_CITEPROC: Final = ROOT / "node_modules" / "citeproc"


def missing_programs() -> list[str]:
    """Return what must be installed, with the command that installs it."""
    missing = []
    if shutil.which("node") is None:
        missing.append("node is missing; install Node.js")
    if not _CITEPROC.is_dir():
        missing.append("citeproc-js is missing; run: npm install --no-save citeproc")
    if _pandoc() is None:
        missing.append("pandoc is missing; run: pip install --target build/peers pypandoc_binary")
    return missing


def print_with(engine: str, items: Items, styles: Sequence[str]) -> dict[str, Printed]:
    """Print items with an engine: each is cited twice, then listed in the bibliography.

    Args:
        engine: One of `ENGINES`.
        items: CSL-JSON.
        styles: Ids of published styles.

    Returns:
        The texts of each style. A style that the engine does not print is omitted.
    """
    return {"refcite": _refcite, "citeproc-js": _citeproc_js, "pandoc": _pandoc_styles}[engine](
        items, styles
    )


def _citations(items: Items) -> list[tuple[str, str | None]]:
    ids = [str(item["id"]) for item in items]
    return [*((id_, None) for id_ in ids), *((id_, LOCATOR) for id_ in ids)]


def _places(items: Items) -> Iterator[str]:
    for id_, locator in _citations(items):
        yield f"{'later' if locator else 'citation'} {id_}"


def _refcite(items: Items, styles: Sequence[str]) -> dict[str, Printed]:
    # The records are printed as plain CSL: the rules of `refcite.csl.csl_items` do not apply.
    records = records_of(map(dict, items))
    clusters = [
        Cluster(cites=(Cite(record=id_, locator=locator),), note=note)
        for note, (id_, locator) in enumerate(_citations(items), start=1)
    ]
    found: dict[str, Printed] = {}
    for style in styles:
        done = OWN["refcite"](Job(style=style, records=records, clusters=clusters))
        found[style] = _printed(items, done.citations, zip(done.ids, done.entries, strict=True))
    return found


def _citeproc_js(items: Items, styles: Sequence[str]) -> dict[str, Printed]:
    job = {
        "package": str(_CITEPROC),
        "locales": str(files("citeproc") / "data" / "locales"),
        "items": list(items),
        "citations": _citations(items),
        "styles": {style: _xml(style) for style in styles},
    }
    script = Path(__file__).with_name("citeproc.js")
    output = _run(["node", str(script)], json.dumps(job))
    return {
        style: _printed(items, done["citations"], done["entries"].items())
        for style, done in json.loads(output).items()
        if "error" not in done
    }


def _xml(style: str) -> str:
    return find_style(style).xml.decode()


def _printed(items: Items, citations: Iterable[str], entries: Iterable[tuple[str, str]]) -> Printed:
    texts = zip(_places(items), map(text_of_html, citations), strict=True)
    return {**dict(texts), **{f"entry {id_}": text_of_html(html) for id_, html in entries}}


def _pandoc() -> str | None:
    spec = find_spec("pypandoc")
    folders = [_PLACE / "pypandoc", *([Path(spec.origin).parent] if spec and spec.origin else ())]
    for folder in folders:
        if (program := folder / "files" / "pandoc").exists():
            return str(program)
    return shutil.which("pandoc")


def _pandoc_styles(items: Items, styles: Sequence[str]) -> dict[str, Printed]:
    found: dict[str, Printed] = {}
    document = json.dumps(_document(items))
    program = _pandoc()
    assert program is not None
    with TemporaryDirectory() as name:
        works, source = Path(name, "works.json"), Path(name, "style.csl")
        works.write_text(json.dumps(list(items)), encoding="utf-8")
        for style in styles:
            source.write_text(_xml(style), encoding="utf-8")
            command = [program, "-f", "json", "-t", "json", "--citeproc"]
            command += [f"--bibliography={works}", f"--csl={source}"]
            output = _run(command, document)
            if output:
                found[style] = _printed_by_pandoc(json.loads(output), items)
    return found


def _document(items: Items) -> dict[str, Any]:
    """Return a document for pandoc with a paragraph for each citation."""
    return {
        "pandoc-api-version": [1, 23],
        "meta": {},
        "blocks": [
            {"t": "Para", "c": [_cite(id_, locator, number)]}
            for number, (id_, locator) in enumerate(_citations(items), start=1)
        ],
    }


def _cite(id_: str, locator: str | None, number: int) -> dict[str, Any]:
    text = [{"t": "Str", "c": ","}, {"t": "Space"}, {"t": "Str", "c": locator}] if locator else []
    citation = {
        "citationId": id_,
        "citationPrefix": [],
        "citationSuffix": text,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[citation], []]}


def _printed_by_pandoc(document: Mapping[str, Any], items: Items) -> Printed:
    *paragraphs, references = document["blocks"]
    if references["t"] != "Div":  # the style has no bibliography
        paragraphs, references = [*paragraphs, references], {"c": [None, []]}
    texts = dict(zip(_places(items), map(text_of_nodes, paragraphs), strict=True))
    for entry in references["c"][1]:
        identifier = entry["c"][0][0].removeprefix("ref-")
        texts[f"entry {identifier}"] = text_of_nodes(entry)
    return texts


def _run(command: Sequence[str], text: str) -> str:
    """Return what a program prints; an empty text if it fails."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return "" if done.returncode else done.stdout
