"""Word and OpenDocument files for the tests, with the smallest contents that they need."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BIBLIOGRAPHY = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{prefix}="{_URN}:{prefix}:1.0"' for prefix in ("office", "text", "meta", "field")
)
CASTLE: dict[str, Any] = {
    "id": 17,
    "type": "book",
    "title": "The Castle",
    "author": [{"family": "Kafka", "given": "Franz"}],
    "issued": {"date-parts": [["1926"]]},
}
LAMPS: dict[str, Any] = {
    "id": 18,
    "type": "article-journal",
    "title": "Lamps",
    "author": [{"family": "Ferran", "given": "Ada"}],
    "issued": {"date-parts": [[2021, 4]]},
}


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive with these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


def word(body: str, **parts: str) -> bytes:
    """Return a Word document with a body, and other parts: `footnotes`, `custom`, `item1` …"""
    places = {
        "footnotes": "word/footnotes.xml",
        "endnotes": "word/endnotes.xml",
        "custom": "docProps/custom.xml",
        "header1": "word/header1.xml",
        "links": "word/_rels/document.xml.rels",
        "item1": "customXml/item1.xml",
        "webextension1": "word/webextensions/webextension1.xml",
    }
    return packed(
        {
            "_rels/.rels": f'<Relationships xmlns="r"><Relationship Type="{RELATION}/'
            'officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            **{places[name]: text for name, text in parts.items()},
        }
    )


def notes(kind: str, *texts: str) -> str:
    """Return the part with notes, numbered from 1."""
    inner = "".join(
        f'<w:{kind} w:id="{n}"><w:p>{text}</w:p></w:{kind}>' for n, text in enumerate(texts, 1)
    )
    return f'<w:{kind}s xmlns:w="{W}">{inner}</w:{kind}s>'


def citation(*items: Mapping[str, Any], uri: str = "http://zotero.org/users/1/items/") -> str:
    """Return the JSON of a citation; each item has a URI that ends in its id."""
    cited = [
        {"id": one["id"], "uris": [f"{uri}{one['id']}"] if uri else [], "itemData": one}
        for one in items
    ]
    return json.dumps({"citationID": "x", "citationItems": cited})


def zotero(*items: Mapping[str, Any]) -> str:
    """Return the code of a field of Zotero."""
    return f" ADDIN ZOTERO_ITEM CSL_CITATION {citation(*items)} "


def field(code: str, result: str = "(shown)", data: str = "") -> str:
    """Return a complex field whose code is cut into several runs, as Word does."""
    half = len(code) // 2
    held = f"<w:fldData>{base64.b64encode(data.encode()).decode()}</w:fldData>" if data else ""
    pieces = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(one)}</w:instrText></w:r>'
        for one in (code[:half], code[half:])
    )
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{held}</w:fldChar></w:r>{pieces}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def properties(name: str, text: str, size: int = 60) -> str:
    """Return the properties of a document, with the code of a bookmark cut into pieces."""
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    inner = "".join(
        f'<property name="{name}_{n}"><vt:lpwstr>{escape(one)}</vt:lpwstr></property>'
        for n, one in enumerate(pieces, 1)
    )
    return f'<Properties xmlns="p" xmlns:vt="v">{inner}</Properties>'


def open_document(body: str, meta: str = "") -> bytes:
    """Return a text document of OpenDocument with a body, and properties."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_NAMES}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_NAMES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
        }
    )


def flat_word(body: str) -> str:
    """Return a Word document as one XML file."""
    with zipfile.ZipFile(io.BytesIO(word(body))) as archive:
        parts = "".join(
            f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{archive.read(name).decode()}'
            "</pkg:xmlData></pkg:part>"
            for name in archive.namelist()
        )
    names = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    return f'<?xml version="1.0"?>\n<pkg:package {names}>{parts}</pkg:package>'


def flat_open_document(body: str, meta: str = "", pages: str = "") -> str:
    """Return a text document of OpenDocument as one XML file."""
    return (
        f'<?xml version="1.0"?>\n<office:document {_NAMES}'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:meta>{meta}</office:meta><office:master-styles>{pages}</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def reference_mark(name: str) -> str:
    """Return a reference mark of OpenDocument."""
    quoted = quoteattr(name)
    return (
        f"<text:reference-mark-start text:name={quoted}/>(shown)"
        f"<text:reference-mark-end text:name={quoted}/>"
    )
