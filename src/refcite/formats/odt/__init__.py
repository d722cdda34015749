"""The works that reference managers and LibreOffice itself left in an OpenDocument text."""

from __future__ import annotations

from refcite.formats.citedworks import read_places
from refcite.formats.crosswalk import Spec
from refcite.formats.odt.marks import SPEC, read_mark
from refcite.formats.odt.package import document_text
from refcite.library import Library

__all__ = ["document_text", "mapping", "read"]

_MISSING = (
    "check that its citations are reference marks or bookmarks of Zotero, Mendeley or LibreOffice,"
    " and not plain text"
)


def read(text: str) -> Library:
    """Read the works that are cited in an OpenDocument text, in the order of their first citation.

    The document is passed to `load` or `loads` as a path or as bytes, which are converted to the
    text that this function reads. The URI of a work in Zotero or Mendeley is in `extra["uri"]`.
    The lines of problems are the numbers of paragraphs.

    Args:
        text: The text of the document, or its XML if it is saved as one XML file (`.fodt`).

    Returns:
        The records, with the problems in the library.

    Example:
        >>> import io, zipfile
        >>> from refcite import loads
        >>> file = io.BytesIO()
        >>> with zipfile.ZipFile(file, "w") as archive:
        ...     archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        ...     archive.writestr("content.xml", '<o:document-content xmlns:o="o" xmlns:t="t"><t:p>'
        ...                      '<t:bibliography-mark t:identifier="Kaf26" t:title="The Castle"'
        ...                      ' t:bibliography-type="book"/></t:p></o:document-content>')
        >>> loads(file.getvalue())["Kaf26"].title
        'The Castle'
    """
    if text.lstrip().startswith("<"):
        text = document_text(text)
    return read_places(text, "odt", "an OpenDocument text", _MISSING, read_mark)


def mapping() -> Spec:
    """Return the table of LibreOffice's own bibliography; Zotero and Mendeley store CSL-JSON.

    Example:
        >>> mapping().type_of("phdthesis")
        'thesis'
    """
    return SPEC
