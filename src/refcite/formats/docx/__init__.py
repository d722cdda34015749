"""The works that reference managers and Word itself left in a Word document."""

from __future__ import annotations

from refcite.formats.citedworks import read_places
from refcite.formats.crosswalk import Spec
from refcite.formats.csl_json import mapping as csl_mapping
from refcite.formats.docx.package import document_text
from refcite.library import Library

__all__ = ["document_text", "mapping", "read"]

_MISSING = (
    "check that its citations are fields of Zotero, Mendeley, EndNote or Word, and not plain text"
)


def read(text: str) -> Library:
    """Read the works that are cited in a Word document, in the order of their first citation.

    The document is passed to `load` or `loads` as a path or as bytes, which are converted to the
    text that this function reads. Word's sources that are not cited follow at the end. The URI of
    a work in Zotero or Mendeley is in `extra["uri"]`. The lines of problems are the numbers of
    paragraphs.

    Args:
        text: The text of the document, or its XML if it is saved as one XML file.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> import io, zipfile
        >>> from refcite import loads
        >>> code = ('ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [{"itemData":'
        ...         '{"type": "book", "title": "The Castle"}}]}').replace('"', "&quot;")
        >>> file = io.BytesIO()
        >>> with zipfile.ZipFile(file, "w") as archive:
        ...     archive.writestr("word/document.xml", '<w:document xmlns:w="urn:w"><w:body><w:p>'
        ...                      f'<w:fldSimple w:instr="{code}"/></w:p></w:body></w:document>')
        >>> loads(file.getvalue())[0].title
        'The Castle'
    """
    if text.lstrip().startswith("<"):
        text = document_text(text)
    return read_places(text, "docx", "a Word document", _MISSING)


def mapping() -> Spec:
    """Return CSL's types and variables, which Zotero and Mendeley store in documents.

    Example:
        >>> mapping().not_carried()
        ()
    """
    return csl_mapping()
