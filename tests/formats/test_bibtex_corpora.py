"""Files that other people wrote, through other formats and back: no field may be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from refcite.formats import bibtex, csl_json
from refcite.formats.bibtex import split as splitter
from refcite.formats.bibtex.blocks import Kind
from refcite.formats.bibtex.dialect import Dialect
from refcite.formats.bibtex.mapping import CONTAINERS_OF_DATA, DATE_FIELDS, meanings
from refcite.formats.bibtex.split import split
from refcite.library import Library
from refcite.record import Record
from tests.formats.strategies import unprotected
from tests.shared import shared_or_none


def _files() -> list[Path]:
    base = shared_or_none("corpora")
    return sorted(base.glob("*/*.bib")) if base else []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")


def _through_json(library: Library) -> Library:
    return csl_json.read(csl_json.write(library))


def _said(record: Record, name: str) -> str:
    """Return what a field says, so that `journal` and `journaltitle` are one."""
    meaning = meanings(record.type).get(name)
    if name in DATE_FIELDS:
        return "issued"
    return meaning.attribute if meaning else name


def _fields(text: str) -> list[list[tuple[str, bool]]]:
    """Return the field names of each work's entry, with whether the field is empty."""
    blocks, _ = split(text)
    return [
        [(name.lower(), not value) for name, value in block.fields]
        for block in blocks
        if block.kind is Kind.ENTRY and block.type not in CONTAINERS_OF_DATA
    ]


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_bibtex_through_csl_json_and_back_keeps_every_field(path: Path, dialect: Dialect) -> None:
    text = _text(path)
    library = bibtex.read(text)
    written = bibtex.write(_through_json(library), dialect=dialect)
    back = bibtex.read(written)
    assert unprotected(back) == unprotected(library)
    pairs = zip(library, _fields(text), _fields(written), strict=True)
    lost = [
        (record.id, name)
        for record, before, after in pairs
        for name, is_empty in before
        if not is_empty
        and _said(record, name) not in {_said(record, other) for other, _ in after}
        and not _is_said_otherwise(record, name)
    ]
    assert lost == []


def _is_said_otherwise(record: Record, name: str) -> bool:
    """Tell whether the record says what the field said under another of its attributes."""
    if name == "volume":
        return bool(record.collection_number)  # of the series
    if name in {"howpublished", "eprint"}:
        return bool(record.url)
    if name in {"editor", "editortype"}:
        return any(record.variables().get(role) for role in ("compiler", "organizer", "director"))
    if name == "type":
        return record.type == "thesis" and bool(record.genre)  # @phdthesis
    return name == "entrysubtype" and record.type != "document"


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
def test_plain_entries_are_what_the_careful_splitter_reads(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = _text(path).replace("\r\n", "\n")
    blocks, faults = split(text)
    monkeypatch.setattr(splitter, "plain_entry", lambda text, start: None)
    careful, their_faults = split(text)
    described = [
        [(b.kind, b.key, b.fields, b.start, b.end) for b in one] for one in (blocks, careful)
    ]
    assert described[0] == described[1]
    assert sorted(map(repr, faults)) == sorted(map(repr, their_faults))
