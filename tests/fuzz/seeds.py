"""What fuzzing starts from: texts as each format's writer writes them, and words of the formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from refcite import Record
from refcite.formats import Format
from refcite.formats.files import decode
from refcite.vocabulary import VARIABLES, attribute_of
from tests.formats import documents, jats_documents, registry_works, tei_documents
from tests.formats.exports import EXPORTS
from tests.formats.samples import sample

__all__ = ["PIECES", "pieces_of", "seeds_of"]

EXAMPLES: Final = Path(__file__).resolve().parents[2] / "examples"
PAGES: Final = Path(__file__).resolve().parents[1] / "formats" / "pages"

_CITED: Final = documents.zotero(documents.CASTLE, documents.LAMPS)

_OF_REGISTRIES: Final = {
    "crossref": (
        *(json.dumps(one) for one, _ in registry_works.KINDS_OF_CROSSREF),
        json.dumps({"message": {"items": [registry_works.ARTICLE] * 2}}),
    ),
    "crossref-xml": (registry_works.UNIXREF,),
    "datacite": (json.dumps(registry_works.DATASET), registry_works.DATASET_XML),
    "docx": (decode(documents.word(f"<w:p>{documents.field(_CITED)}</w:p>"))[0],),
    "odt": (decode(documents.open_document(documents.reference_mark(_CITED)))[0],),
    "zotero": (
        json.dumps([{"key": "A", "data": {"itemType": "book", "title": "One", "date": "2020"}}]),
    ),
    "openalex": (
        *(json.dumps(one) for one, _ in registry_works.KINDS_OF_OPENALEX),
        json.dumps({"results": [registry_works.WORK, {**registry_works.WORK, "id": "W2"}]}),
    ),
    "jats": (jats_documents.ARTICLE, jats_documents.REFERENCES),
    "tei": (tei_documents.PDF, tei_documents.EDITION),
}
"""Texts in formats that are only read, or that have other forms than the written one."""

PIECES: Final = (
    *"{}[]()<>\"'\\@&,;:|=-#%$~0 a\n\t\0é",
    "{{",
    "}}",
    "[[",
    "<!--",
    "]]>",
    "<![CDATA[",
    "&amp;",
    "&#1;",
    "--",
    "\\u0000",
    "\r\n",
    "''",
    "1e9",
    "- ",
    "? ",
    "*a ",
    "&a ",
    "<a>",
    "</a>",
    " and ",
)
"""What opens, closes and separates in the formats."""


def seeds_of(format_: Format) -> Iterator[str]:
    """Yield texts in a format: a record of every type that it knows, alone and all together."""
    for path in (*EXAMPLES.glob("refworld-page.*"), *sorted(PAGES.glob("*.html"))):
        if format_.name in ("refworld", "html"):
            yield path.read_text(encoding="utf-8")
    yield from EXPORTS.get(format_.name, ())
    yield from _OF_REGISTRIES.get(format_.name, ())
    table = format_.mapping()
    if not format_.writes or table is None:
        return
    records = []
    for csl_type in table.carried_types():
        carried = table.carried(csl_type)
        values = {attribute_of(name): sample(name) for name in VARIABLES if name in carried}
        records.append(Record(id=csl_type, type=csl_type, **values))
    for record in records:
        yield format_.write([record])
    yield format_.write(records)


def pieces_of(format_: Format) -> Iterator[str]:
    """Yield words of a format, for a dictionary."""
    yield from PIECES
    table = format_.mapping()
    if table is not None:
        yield from (row.own for row in table.types)
        yield from (row.own for row in table.fields)
