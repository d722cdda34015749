"""The formats, found by a name, a file extension or a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from os import PathLike, fspath
from pathlib import PurePath
from typing import Final

from refcite.compression import inner_name
from refcite.formats.base import ENTRY_POINT_GROUP, Format
from refcite.formats.detection import (
    CROSSREF_XML,
    DATACITE_XML,
    DUBLIN_CORE,
    FLAT_OPEN_DOCUMENT,
    FLAT_WORD,
    HTML_PAGE,
    JATS,
    MARC,
    MARCXML,
    TEI,
    WEB_OF_SCIENCE,
    ZOTERO_RDF,
    format_of_page,
    registry_of,
    xml_root,
)
from refcite.problems import FormatError, UnknownFormatError, described, did_you_mean, near_matches

__all__ = ["formats", "get_format", "guess_format"]

_JSON_LD: Final = r"\s*[\[{][\s\S]{0,4000}?\"@(?:context|graph|id|type)\"\s*:"
"""JSON with a keyword of JSON-LD near its start."""

_BUILT_IN: Final = (
    Format(
        name="csl-json",
        title="CSL-JSON: the input of citation processors",
        module="refcite.formats.csl_json",
        extensions=(".json", ".csljson"),
        pattern=(
            rf"\A(?!{_JSON_LD})"
            r"\s*(?:\[\s*(?:\{|\]|\Z)|\{\s*(?:\"|\}|\Z))"
        ),
        carries_all=True,
        decides=True,
    ),
    Format(
        name="csl-jsonl",
        title="CSL-JSON, one record per line",
        module="refcite.formats.csl_json",
        extensions=(".jsonl", ".ndjson"),
        write_options={"lines": True},
        carries_all=True,
    ),
    Format(
        name="hayagriva",
        title="Hayagriva: the YAML format of Typst",
        module="refcite.formats.hayagriva",
        shared_extensions=(".yaml", ".yml"),
        # A key with fields under it, the first of which is one of an entry.
        pattern=(
            r"\A(?:(?:[ \t]*(?:#[^\n]*)?|---[ \t]*)\r?\n)*+[^\s:#\[{-][^\n:]*:[ \t]*\r?\n[ \t]+"
            r"(?:type|title|author|date|parent|abstract|genre|editor|affiliated|publisher|location"
            r"|organization|issue|volume|volume-total|chapter|edition|page-range|page-total|time-range"
            r"|runtime|url|serial-number|language|archive|archive-location|call-number|note)"
            r":(?:[ \t]|\r?$)"
        ),
        follows=True,
    ),
    # Before CSL-YAML, since it may have a list of references too.
    Format(
        name="cff",
        title="Citation File Format: the CITATION.cff of software and data",
        module="refcite.formats.cff",
        extensions=(".cff",),
        shared_extensions=(".yaml", ".yml"),
        pattern=r"^cff-version[ \t]*:",
    ),
    Format(
        name="csl-yaml",
        title="CSL-JSON as YAML: the references of pandoc documents",
        module="refcite.formats.csl_yaml",
        extensions=(".yaml", ".yml"),
        pattern=r"^references:[ \t]*\r?$|\A(?:---[ \t]*\r?\n)?\s*-[ \t]+[A-Za-z-]+:[ \t]",
        carries_all=True,
    ),
    Format(
        name="ris",
        title="RIS: the export of databases and publishers",
        module="refcite.formats.ris",
        extensions=(".ris",),
        pattern=r"^[ \t\ufeff]*TY {0,2}-[ \t]*\w",
        is_keyed=False,
        carries_all=True,
        follows=True,
        decides=True,
    ),
    # Before MEDLINE's own format, whose tags it has too.
    Format(
        name="ovid",
        title="Ovid's labelled text: Medline, Embase, PsycInfo, ERIC",
        module="refcite.formats.ovid",
        extensions=(".ovd", ".ovid"),
        pattern=(
            r"^\ufeff?VN {1,2}- Ovid|\A\s{0,99}<1\s?\.? ?>[ \t]*\r?\n(?:[A-Z][A-Z0-9] {1,2}- "
            r"|(?:Unique Identifier|Accession Number|Database|Title|Authors?|Source)[ \t]*\r?\n\s)"
        ),
        writes=False,
        decides=True,
    ),
    Format(
        name="nbib",
        title="PubMed and MEDLINE, tagged",
        module="refcite.formats.nbib",
        extensions=(".nbib", ".medline"),
        pattern=r"^\ufeff?PMID {0,2}-[ \t]*\d|^(?:OWN |STAT|FAU |JT  )- ",
        is_keyed=False,
        follows=True,
        decides=True,
    ),
    Format(
        name="pubmed-xml",
        title="PubMed's XML: articles and books",
        module="refcite.formats.pubmed_xml",
        shared_extensions=(".xml",),
        pattern=(
            r"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticleSet|PubmedBookArticle"
            r"|MedlineCitationSet|BookDocumentSet)[\s>]"
        ),
        writes=False,
        decides=True,
    ),
    Format(
        name="refer",
        title="EndNote's tagged format, also called Refer",
        module="refcite.formats.refer",
        extensions=(".enw", ".refer"),
        pattern=r"\A\s{0,99}%[0A-Z][ \t]+\S[^\n]*\n(?:(?!%)[^\n]*\n){0,99}%[0-9A-Z?@!] ",
        follows=True,
        decides=True,
    ),
    Format(
        name="endnote-xml",
        title="EndNote's XML export",
        module="refcite.formats.endnote_xml",
        shared_extensions=(".xml",),
        pattern=r"<ref-type[\s>]|<xml>\s{0,99}<records\b",
        decides=True,
    ),
    Format(
        name="mods",
        title="MODS: the XML format of libraries",
        module="refcite.formats.mods",
        extensions=(".mods",),
        shared_extensions=(".xml",),
        pattern=r"http://www\.loc\.gov/mods/(?:v3)?[\"']|<mods(?:Collection)?>",
        decides=True,
    ),
    Format(
        name="word-xml",
        title="Word's bibliography sources, XML",
        module="refcite.formats.word_xml",
        shared_extensions=(".xml",),
        pattern=(
            r"\bschemas\.openxmlformats\.org/officeDocument/2006/bibliography"
            r"|\bpurl\.oclc\.org/ooxml/officeDocument/bibliography"
        ),
        decides=True,
    ),
    Format(
        name="marc",
        title="MARC 21: the records of library catalogues (ISO 2709)",
        module="refcite.formats.marc",
        extensions=(".mrc", ".marc", ".mrc8", ".iso2709"),
        pattern=MARC,
        writes=False,
        decides=True,
    ),
    Format(
        name="marcxml",
        title="MARCXML: records of library catalogues, MARC 21 in XML",
        module="refcite.formats.marcxml",
        extensions=(".marcxml", ".mrcx"),
        shared_extensions=(".xml",),
        pattern=MARCXML,
        decides=True,
    ),
    Format(
        name="tei",
        title="TEI P5: the references of a document; GROBID's output",
        module="refcite.formats.tei",
        extensions=(".tei",),
        shared_extensions=(".xml",),
        pattern=TEI,
        decides=True,
    ),
    Format(
        name="jats",
        title="JATS: articles and the works that they cite, XML",
        module="refcite.formats.jats",
        extensions=(".jats", ".nxml"),
        shared_extensions=(".xml",),
        pattern=JATS,
        decides=True,
    ),
    Format(
        name="zotero-rdf",
        title="Zotero's RDF: items with notes, attachments and collections",
        module="refcite.formats.zotero_rdf",
        extensions=(".rdf",),
        shared_extensions=(".xml",),
        pattern=ZOTERO_RDF,
        writes=False,
        decides=True,
        is_keyed=False,
    ),
    Format(
        name="crossref",
        title="Crossref's own JSON: the REST API and the public data files",
        module="refcite.formats.crossref",
        shared_extensions=(".json",),
        writes=False,
        decides=True,
    ),
    Format(
        name="crossref-xml",
        title="Crossref's XML: Unixref, and deposits",
        module="refcite.formats.crossref_xml",
        shared_extensions=(".xml",),
        pattern=CROSSREF_XML,
        writes=False,
        decides=True,
    ),
    Format(
        name="datacite",
        title="DataCite's own JSON and XML: metadata of the schema 4",
        module="refcite.formats.datacite",
        shared_extensions=(".json", ".xml"),
        pattern=DATACITE_XML,
        decides=True,
    ),
    # After the formats that a response of OAI-PMH may contain.
    Format(
        name="oai-dc",
        title="Dublin Core in XML, alone and in OAI-PMH",
        module="refcite.formats.oai_dc",
        shared_extensions=(".xml",),
        pattern=DUBLIN_CORE,
        writes=False,
        decides=True,
    ),
    Format(
        name="openalex",
        title="OpenAlex's own JSON: works of its API and of its snapshots",
        module="refcite.formats.openalex",
        shared_extensions=(".json",),
        writes=False,
        decides=True,
    ),
    Format(
        name="zotero",
        title="Zotero's data folder, its database, and its own JSON",
        module="refcite.formats.zotero",
        extensions=(".sqlite",),
        shared_extensions=(".json",),
        writes=False,
        decides=True,
    ),
    Format(
        name="bibtex",
        title="BibTeX",
        module="refcite.formats.bibtex",
        extensions=(".bib", ".bibtex"),
        pattern=r"^[ \t\ufeff]*@[A-Za-z]+\s*[{(]",
        carries_all=True,
        follows=True,
        decides=True,
    ),
    Format(
        name="biblatex",
        title="BibTeX with the types and fields of biblatex",
        module="refcite.formats.bibtex",
        write_options={"dialect": "biblatex"},
        carries_all=True,
        follows=True,
    ),
    Format(
        name="csv",
        title="Table of comma-separated values with a header",
        module="refcite.formats.csv",
        extensions=(".csv",),
        # Two columns that every table of references has, or a spreadsheet's mark.
        pattern=(
            r"(?i)\A(?:sep=.\r?\n)?\"?(?:id|key|item type|type|titles?|authors?|year|doi|pmid|pt"
            r"|(?:article|document) title|author(?:\(s\)|/s| names)|lens id|publication (?:type|id)"
            r"|reference type|identifier|itemid|rank|cites|bibliographytype)\"?"
            r"[,;\t|]\"?[A-Za-z][\w /().#&-]{0,40}\"?(?:[,;\t|]|\r?$)"
            r"|\A\"?About the data: Exported on |\A\"?SEARCH QUERY\"?,"
        ),
        carries_all=True,
        leaves_out=("columns",),
    ),
    Format(
        name="tsv",
        title="Table of tab-separated values with a header",
        module="refcite.formats.csv",
        extensions=(".tsv", ".tab"),
        write_options={"delimiter": "\t"},
        carries_all=True,
        leaves_out=("columns",),
    ),
    Format(
        name="xlsx",
        title="Spreadsheet with a header, such as Excel's",
        module="refcite.formats.csv",
        extensions=(".xlsx", ".xls", ".xlsb", ".ods"),
        writes=False,
    ),
    Format(
        name="docx",
        title="Word documents: the works that their citations contain",
        module="refcite.formats.docx",
        extensions=(".docx", ".docm", ".dotx", ".dotm"),
        pattern=FLAT_WORD,
        writes=False,
        is_keyed=False,
    ),
    Format(
        name="odt",
        title="OpenDocument texts: the works that their citations contain",
        module="refcite.formats.odt",
        extensions=(".odt", ".ott", ".fodt"),
        pattern=FLAT_OPEN_DOCUMENT,
        writes=False,
        is_keyed=False,
    ),
    Format(
        name="wos",
        title="Web of Science, tagged",
        module="refcite.formats.wos",
        extensions=(".ciw", ".isi"),
        pattern=WEB_OF_SCIENCE,
        writes=False,
        decides=True,
    ),
    Format(
        name="refworks",
        title="RefWorks, tagged",
        module="refcite.formats.refworks",
        pattern=(
            r"\A\s{0,99}Refworks Export Tagged Format"
            r"|^[ \t\ufeff]*RT [A-Z][A-Za-z/, ]{2,40}\r?\n(?:[A-Z][A-Z0-9]|U1[0-5]|PMC?ID) \S"
        ),
        writes=False,
        decides=True,
    ),
    Format(
        name="coins",
        title="COinS: OpenURL in the spans of web pages",
        module="refcite.formats.coins",
        shared_extensions=(".html", ".htm"),
        # Spans alone; a whole page that has some is HTML.
        pattern=r"\A\s*<span[^<>]{0,200}\bZ3988\b",
        follows=True,
    ),
    Format(
        name="wikipedia",
        title="Citation templates of Wikipedia",
        module="refcite.formats.wikipedia",
        extensions=(".wiki", ".wikitext", ".mediawiki"),
        pattern=r"(?i)\{\{[ \t]*(?:cite[ _][a-z]|citation[ \t]*[|\n])",
        follows=True,
    ),
    Format(
        name="schema-org",
        title="Schema.org's JSON-LD: works described by web pages and repositories",
        module="refcite.formats.schema_org",
        extensions=(".jsonld",),
        shared_extensions=(".json",),
        pattern=rf"\A{_JSON_LD}",
        carries_all=True,
    ),
    Format(
        name="html",
        title="Web pages: the metadata in their HTML",
        module="refcite.formats.html",
        extensions=(".html", ".htm", ".xhtml"),
        pattern=HTML_PAGE,
        writes=False,
        nullable=("accessed",),
    ),
    Format(
        name="refworld",
        title="Refworld pages (text or HTML) and cite-as strings",
        module="refcite.formats.refworld",
        nullable=("accessed",),
        # Words that are on its pages, labels of their metadata, or a date in the form of a cite-as
        # string, with a comma before it.
        pattern=(
            r"(?i)refworld|\becoi\b|\bcite as\b|\[accessed |publication date|available at:|UNHCR"
            r"|^[^\w\n]{0,40}(?:publisher|document source|citation / document|judicial body)\b"
            r"|^[^\w\n]{0,40}story date\b"
            r"|\bjudicial body:|\[[A-Z]{3}[0-9]{4,6}(?:\.[EFX]{1,2})?\]"
            r"|, (?:[0-3]?[0-9] )?(?:January|February|March|April|May|June|July|August|September"
            r"|October|November|December) [0-9]{4}\b"
        ),
    ),
)

# The form of a text is visible near its start; comments before it are rarely longer.
_HEAD_LENGTH: Final = 65_536
_LONGEST_NAME: Final = 255
"""The maximum length of a file name."""
_CALLED: Final = {
    "csl": ("csl-json", "csl-yaml"),
    "endnote": ("endnote-xml", "refer"),
    "excel": ("xlsx", "csv"),
    "latex": ("bibtex", "biblatex"),
    "pubmed": ("nbib", "pubmed-xml"),
    "tex": ("bibtex", "biblatex"),
    "typst": ("hayagriva", "bibtex"),
    "word": ("word-xml", "docx"),
}
"""Common names of formats that have other names here, the most likely first."""
_START: Final = 4_096
"""The length of the start that can show a format other than that of the file extension."""


def formats() -> tuple[Format, ...]:
    """Return all formats: the built-in ones, then those that other packages add.

    Raises:
        FormatError: Another package has a format that cannot be imported, or is not a `Format`.

    Example:
        >>> from refcite.formats import formats
        >>> [format.name for format in formats()][:2]
        ['csl-json', 'csl-jsonl']
    """
    return (*_BUILT_IN, *_added())


@cache
def _added() -> tuple[Format, ...]:
    return tuple(_load_added())


def _load_added() -> Iterator[Format]:
    from importlib.metadata import entry_points  # it imports 30 modules, such as those of e-mail

    for point in entry_points(group=ENTRY_POINT_GROUP):
        try:
            added = point.load()
        except Exception as error:
            raise FormatError(
                f"the package {point.value!r} offers the format {point.name!r},"
                f" but cannot be imported: {error}"
            ) from error
        if not isinstance(added, Format):
            raise FormatError(
                f"the entry point {point.name!r} of the group {ENTRY_POINT_GROUP} must be"
                f" a refcite.formats.Format, not {type(added).__name__}"
            )
        yield added


def get_format(name: str) -> Format:
    """Return the format of a name.

    Args:
        name: The name, such as `csl-json`, in any case; or a file extension that belongs to one
            format only, such as `bib`.

    Raises:
        UnknownFormatError: The format does not exist; the message names similar ones.

    Example:
        >>> from refcite.formats import get_format
        >>> get_format("bibtex").extensions
        ('.bib', '.bibtex')
        >>> get_format("bib").name
        'bibtex'
    """
    if not isinstance(name, str):
        raise UnknownFormatError(
            f"a format is specified by its name, such as 'bibtex', not by {described(name)}"
        )
    folded = name.casefold()
    for format_ in _in_order():
        if format_.name == folded:
            return format_
    ending = f".{folded.removeprefix('.')}"
    owner = _owner(ending)
    sharing = [format_ for format_ in formats() if ending in format_.shared_extensions]
    if owner is not None and not sharing:
        return owner
    meant = [format_.name for format_ in (owner, *sharing) if format_ is not None]
    meant = meant or list(_CALLED.get(folded, ()))
    names = [format_.name for format_ in formats()]
    near = did_you_mean(meant) or near_matches(name, names)
    raise UnknownFormatError(f"there is no format {name!r}; known: {', '.join(names)}{near}")


def guess_format(text: str | None = None, file: str | PathLike[str] | None = None) -> Format:
    r"""Return the format of a text, from its form and the file extension.

    If formats share a file extension, the form of the text decides between them. A text that does
    not have the form of the format of its file extension, but clearly of another format, is in the
    other: MEDLINE in a file `.ris`. If the form is not recognised, or without a text, the file
    extension decides. Of a compressed file, it is the one before `.gz`, `.zst` or `.zip`.

    Args:
        text: The text, or None.
        file: The name of the file, or None.

    Raises:
        UnknownFormatError: The format is not recognised.

    Example:
        >>> from refcite.formats import guess_format
        >>> guess_format("PMID- 31209238\nTI  - One.\n", "export.ris").name
        'nbib'
        >>> guess_format("@book{knuth, title={TAOCP}}").name, guess_format(file="a.json").name
        ('bibtex', 'csl-json')
        >>> guess_format('{"@context": "https://schema.org"}', "codemeta.json").name
        'schema-org'
    """
    ending = PurePath(inner_name(fspath(file))).suffix.casefold() if file is not None else ""
    head = (text or "")[:_HEAD_LENGTH]
    if "\r" in head and "\n" not in head:
        head = head.replace("\r", "\n")
    owner = _owner(ending) if ending else None
    sharing = [one for one in _BUILT_IN if ending in one.shared_extensions] if ending else []
    among = [one for one in _BUILT_IN if one in sharing or one is owner]
    found = _looks_like(head, among) if among else None
    root = xml_root(head)
    if found is None and owner is not None:
        found = _decided(head, owner)
        if found is None and (root is None or owner.name == "html" or owner not in _BUILT_IN):
            found = owner
    found = found or _looks_like(head, _in_order())
    if found is not None:
        return found
    if file is None and _is_file_name(head):
        raise UnknownFormatError(
            f"the text {head!r} is the name of a file; use refcite.load to read the file"
        )
    if root is not None:
        what = f"this XML (it starts with <{root}>) is in none"
    else:
        what = "this text is in none" if text is not None else _unclear(ending, sharing)
    names = ", ".join(format_.name for format_ in formats())
    raise UnknownFormatError(f"{what} of the known formats ({names}); name its format")


def _is_file_name(text: str) -> bool:
    """Return whether a text is the name of a file that can be read, and not its contents."""
    if not 0 < len(text) <= _LONGEST_NAME or "\n" in text:
        return False
    ending = PurePath(inner_name(text)).suffix.casefold()
    return bool(ending) and any(
        ending in (*one.extensions, *one.shared_extensions) for one in _BUILT_IN
    )


def _decided(head: str, owner: Format) -> Format | None:
    """Return the format that a text clearly has, if it differs from its file extension."""
    if owner not in _BUILT_IN:
        return None
    is_marked_up = head[:_START].lstrip("\ufeff \t\r\n")[:1] == "<"
    others = (
        one
        for one in _BUILT_IN
        if one.decides
        and one.module != owner.module
        # The styles of a page can have the form of BibTeX.
        and (not is_marked_up or ".xml" in one.shared_extensions)
    )
    return _looks_like(head[:_START], others)


def _owner(ending: str) -> Format | None:
    return next((one for one in _in_order() if ending in one.extensions), None)


def _looks_like(head: str, among: Iterable[Format]) -> Format | None:
    """Return the first format whose form a text has."""
    if not head:
        return None
    named = format_of_page(head) or registry_of(head)
    if named is not None:
        return next((format_ for format_ in among if format_.name == named), None)
    root = xml_root(head)
    for format_ in among:
        # Any XML may contain the words of Refworld's pages.
        if root is not None and format_.name == "refworld":
            continue
        if format_.reads and format_.pattern and re.search(format_.pattern, head, re.MULTILINE):
            return format_
    return None


def _unclear(ending: str, sharing: Sequence[Format]) -> str:
    if sharing:
        shared = ", ".join(format_.name for format_ in sharing)
        return f"the file extension {ending!r} is shared by {shared}, and does not identify one"
    return f"the file extension {ending!r} does not identify one"


def _in_order() -> Iterator[Format]:
    yield from _BUILT_IN
    # Other packages are only imported if none of the built-in formats fits.
    yield from _added()
