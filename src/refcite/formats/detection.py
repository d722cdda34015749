"""Detection of web pages, XML and the JSON of registries by the start of a text.

The module is separate from the readers, so that the detection imports none of them.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.vocabulary import ITEM_TYPES

__all__ = [
    "CROSSREF_XML",
    "DATACITE_XML",
    "DUBLIN_CORE",
    "FLAT_OPEN_DOCUMENT",
    "FLAT_WORD",
    "HTML_PAGE",
    "JATS",
    "MARC",
    "MARCXML",
    "OF_REGISTRY",
    "TEI",
    "WEB_OF_SCIENCE",
    "ZOTERO_RDF",
    "format_of_page",
    "is_refworld_page",
    "registry_of",
    "xml_root",
]

_REFWORLD_SIGNS: Final = (
    r"<link\b(?=[^>]{0,400}canonical)[^>]{0,400}refworld\.org"
    r"|<meta\b(?=[^>]{0,400}og:(?:url|site_name))[^>]{0,400}refworld"
    r"|<title[^>]{0,200}>\s*(?:UNHCR\W{1,5})?Refworld\b"
    r"|<title[^>]{0,200}>[^<]{0,400}\bRefworld\s*</title"
    r"|\bcite as\b[\s\S]{0,1500}?refworld\.org/"
)
"""Pages of Refworld, not those that link to it."""

HTML_PAGE: Final = (
    r"(?i)\A\s*(?:<\?xml\s[^>]{0,200}>\s*)?(?><!--(?!\[if)(?:(?!-->)[\s\S]){0,2000}-->\s*){0,9}"
    r"<(?:!doctype\s+html|html\b|head\b|meta\s|title\b)"
)
"""A web page."""

WEB_OF_SCIENCE: Final = (
    r"\A[\s\ufeff]*(?:FN (?:Clarivate|Thomson|ISI)\b|FN [^\r\n]{1,80}[\r\n]{1,2}VR "
    r"|PT [A-Z][a-z]{0,12} ?[\r\n]{1,2}[A-Z][A-Z0-9] \S)"
)
"""The tagged text of Web of Science."""


def format_of_page(head: str) -> str | None:
    r"""Return the name of the format of a web page, or None if the text is not a web page.

    Styles and scripts in a page may have the form of other formats (`@media (…)` like BibTeX), so
    this is checked before their patterns.

    Args:
        head: The start of the text.

    Example:
        >>> format_of_page("<!doctype html><title>Refworld | Chad</title>")
        'refworld'
        >>> format_of_page("<html><style>\n@media (print) {}"), format_of_page("@book{a, ")
        ('html', None)
    """
    if re.match(HTML_PAGE, head) is None:
        return None
    return "refworld" if is_refworld_page(head) else "html"


def is_refworld_page(head: str) -> bool:
    """Return whether the start of an HTML page is that of a page of Refworld.

    Example:
        >>> is_refworld_page("<title>Refworld | Freedom in the World 2018 - Kazakhstan</title>")
        True
        >>> is_refworld_page('<a href="https://www.refworld.org/docid/5b7bcc75a.html">here</a>')
        False
    """
    # Few pages contain the word in any spelling.
    if not any(word in head for word in ("efworld", "EFWORLD", "efWorld")):
        return False
    return re.search(_REFWORLD_SIGNS, head, re.IGNORECASE) is not None


# The JSON of registries

_JSON_START: Final = re.compile(r"[\s\ufeff]*[\[{]")
_OF_OPENALEX: Final = re.compile(r"\"https?://openalex\.org/[A-Z]\d+\"")
_WORK_OF_OPENALEX: Final = re.compile(
    r"\"(?:authorships|abstract_inverted_index|primary_location|host_venue|display_name)\"\s*:"
    r"|\"id\"\s*:\s*\"https?://openalex\.org/W\d"
)
_OF_CROSSREF: Final = re.compile(r"\"message(?:-type\"\s*:\s*\"|\"\s*:\s*\{)")
_WORK_OF_CROSSREF: Final = re.compile(
    r"\"(?:reference-count|is-referenced-by-count|references-count)\"\s*:"
    r"|\"type\"\s*:\s*\"(?:journal-(?:article|issue|volume)|proceedings-(?:article|series)"
    r"|book-(?:chapter|part|section|track|series|set)|posted-content|peer-review|edited-book"
    r"|reference-(?:book|entry)|monograph|report-(?:series|component)|dissertation)\""
)
_TITLE_IN_LIST: Final = re.compile(r"\"title\"\s*:\s*\[")
_OF_DATACITE: Final = re.compile(
    r"\bdatacite\.org/schema/kernel|\"type\"\s*:\s*\"dois\"|\"schemaVersion\"\s*:"
    r"|\"resourceTypeGeneral\"\s*:"
)
_TYPES_OF_DATACITE: Final = re.compile(r"\"types\"\s*:\s*\{")
_CREATORS_OF_DATACITE: Final = re.compile(r"\"creators\"\s*:\s*\[")
_OF_ZOTERO: Final = re.compile(
    r"[\s\ufeff]*\{\"source\": \"zotero\.sqlite\"|\"itemType\"\s*:\s*\"[a-z][A-Za-z]{2,40}\""
)
_LINKED: Final = re.compile(r"\"@context\"\s*:")

OF_REGISTRY: Final = {
    "crossref": "Crossref",
    "datacite": "DataCite",
    "openalex": "OpenAlex",
    "zotero": "Zotero",
}
"""The formats of registries and programs whose keys have other meanings than those of CSL-JSON."""

CROSSREF_XML: Final = (
    r"<(?:[\w.-]+:)?(?:doi_batch|doi_records?|crossref_result|crossref)[\s>]"
    r"|\bcrossref\.org/(?:schema|xschema|qrschema)/"
)
"""The XML of Crossref: Unixref, and deposits."""

MARC: Final = (
    r"\A[ \t\r\n\ufeff]{0,9}[0-9 ]{5}[a-z ]{3}[^\x1d-\x1f]{2}2[2 ][0-9 ]{5}[^\x1d-\x1f]{7}"
    r"[0-9A-Za-z]{3}[0-9]{9}"
)
"""The leader of the first record of MARC in ISO 2709, with the start of its directory."""

MARCXML: Final = (
    r"\bloc\.gov/MARC21/slim[\"']|\binfo:lc/xmlns/marcxchange-v"
    r"|<(?:[\w.-]{1,20}:)?leader>\s{0,99}[0-9 ]{5}[a-z ][a-z]{2}[ a-z]{2}22"
)
"""MARC records in XML: by the namespace, or the leader of the first."""

ZOTERO_RDF: Final = r"<(?:[\w.-]{1,20}:)?RDF\s[^<>]{0,4000}\bzotero\.org/namespaces/export#"
"""Zotero's RDF: the namespace of its own elements in the root."""

DATACITE_XML: Final = r"\A[\s\ufeff]*<[\s\S]{0,4000}?\bdatacite\.org/schema/kernel"
"""The XML of DataCite, alone or in the response of an OAI-PMH service."""

DUBLIN_CORE: Final = (
    r"\bopenarchives\.org/OAI/2\.0/|<(?:[\w.-]{1,40}:)?(?:OAI-PMH|oai_dc:dc|qualifieddc)[\s>]"
    r"|\A[\s\ufeff]*(?:<\?xml[^>]{0,200}>\s*)?<(?:[\w.-]{1,40}:)?(?:dc|dcterms|metadata)\s"
    r"[^<>]{0,2000}\bpurl\.org/dc/(?:elements/1\.|terms/)"
)
"""Dublin Core, alone or in the response of an OAI-PMH service."""

JATS: Final = (
    r"<(?:article-meta|book-meta|book-part-meta|ref-list|element-citation|mixed-citation|nlm-citation|pmc-articleset)[\s>]"
    r"|<article\s[^<>]{0,1000}\b(?:dtd-version|article-type)\s?="
    r"|-//NLM//DTD (?:JATS|Journal|Archiving|Article Authoring)"
)
"""Articles in the Journal Article Tag Suite, and in the NLM tag suite before it."""

TEI: Final = (
    r"\sxmlns(?::[\w.-]{1,40})?\s?=\s?[\"']http://www\.tei-c\.org/ns/1\.0[\"']"
    r"|<(?:TEI(?:\.2)?|teiCorpus|listBibl|biblStruct)[\s>]"
)
"""Texts of the Text Encoding Initiative."""

FLAT_WORD: Final = (
    r"\A\{\"document\": \"docx\"\}$"
    r"|<(?:[\w.-]{1,20}:)?package\s[^<>]{0,1000}\bschemas\.microsoft\.com/office/2006/xmlPackage"
)
"""A Word document: the text of its citations, or the document as one XML file."""

FLAT_OPEN_DOCUMENT: Final = (
    r"\A\{\"document\": \"odt\"\}$"
    r"|<(?:[\w.-]{1,20}:)?document\s[^<>]{0,8000}\bvnd\.oasis\.opendocument\.text"
)
"""An OpenDocument text: the text of its citations, or the document as one XML file."""


def registry_of(head: str) -> str | None:
    """Return the format of a registry whose JSON a text is; None for any other text.

    Such JSON has the form of CSL-JSON, so this is checked before the patterns of the formats.

    Args:
        head: The start of the text.

    Example:
        >>> registry_of('{"status": "ok", "message-type": "work", "message": {}}')
        'crossref'
        >>> registry_of('[{"id": "a", "type": "book"}]')
    """
    if not _JSON_START.match(head) or _LINKED.search(head) or _is_csl(head):
        return None
    if _OF_ZOTERO.search(head):
        return "zotero"
    if _OF_OPENALEX.search(head) and _WORK_OF_OPENALEX.search(head):
        return "openalex"
    if _OF_CROSSREF.search(head) or (
        _WORK_OF_CROSSREF.search(head) and _TITLE_IN_LIST.search(head)
    ):
        return "crossref"
    if _OF_DATACITE.search(head) or (
        _TYPES_OF_DATACITE.search(head) and _CREATORS_OF_DATACITE.search(head)
    ):
        return "datacite"
    return None


_CSL_ITEM: Final = re.compile(
    r"[\s\ufeff]*\[?\s*\{\s*\"id\"\s*:\s*(?:\"((?:[^\"\\]|\\.)*+)\"|[0-9.]+)\s*,"
    r"\s*\"type\"\s*:\s*\"([a-z_-]{3,24})\""
)


def _is_csl(head: str) -> bool:
    """Return whether a text starts with an item of CSL-JSON, as it is written by this program.

    Such an item may have keys of a registry, from which its record was read.
    """
    found = _CSL_ITEM.match(head)
    return (
        found is not None
        and found[2] in ITEM_TYPES
        and not (found[1] or "").startswith("https://openalex.org/")
    )


_XML_ROOT: Final = re.compile(
    r"[\s\ufeff]*(<\?xml\b[^>]{0,200}>\s*)?(?>(?:<!--(?:(?!-->)[\s\S]){0,2000}-->|<![A-Z][^<>\[]{0,400}>)\s*){0,9}"
    r"<([A-Za-z_][\w:.-]{0,60})"
)
_OF_HTML_TEXT: Final = """
    a article aside b blockquote body br center cite dd div dl dt em figure font footer form h1 h2
    h3 h4 h5 h6 head header hr html i img li link main meta nav ol p pre script section small span
    strong style sub sup table tbody td th time title tr u ul
"""
_OF_HTML: Final = frozenset(_OF_HTML_TEXT.split())


def xml_root(head: str) -> str | None:
    """Return the name of the element with which a text of XML starts; None if it is not XML.

    Elements of HTML mean a web page, or a part of one.

    Example:
        >>> xml_root("<?xml version='1.0'?><PubmedArticleSet>"), xml_root("<div>Cite as</div>")
        ('PubmedArticleSet', None)
    """
    found = _XML_ROOT.match(head)
    if found is None or found[2].lower() in _OF_HTML:
        return None
    return found[2] if found[1] or f"</{found[2]}" in head or "xmlns" in head[:2000] else None
