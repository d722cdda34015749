"""Pandoc's Markdown, with R Markdown and Quarto.

Source: pandoc's manual, "Citation syntax", and Quarto's guide, "Cross references".

The text is read by a scanner of refcite's own. A renderer for CommonMark divides text differently
(metadata, notes, formulas, fenced divs and citations are pandoc's), and none returns the places of
inline elements, which are needed to leave every other byte as it was.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.documents.clusters import CitedKeys
from refcite.documents.markdown.document import MarkdownDocument, is_cross_reference
from refcite.documents.metadata import settings_of
from refcite.problems import FormatError

__all__ = ["MarkdownDocument", "cited_keys", "is_cross_reference", "read", "spelled"]

_SIMPLE: Final = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*+")
_IN_BRACES: Final = re.compile(r"[^\s{}]+")


def read(text: str) -> MarkdownDocument:
    """Return a document.

    Example:
        >>> [one.start for one in read("As @a says [@b].").all_citations()]
        [3, 11]
    """
    return MarkdownDocument(text)


def cited_keys(text: str) -> CitedKeys:
    """Return the keys that a document uses, without those of cross-references.

    Raises:
        FormatError: PyYAML is not installed, and the document has metadata.

    Example:
        >>> [one.key for one in cited_keys("As @a says [see @b, p. 3]; @fig-map.").keys]
        ['a', 'b']
    """
    document = MarkdownDocument(text)
    settings = settings_of(document.metadata)
    listed = document.nocite(settings)
    ids = (str(one.get("id", "")) for one in settings.references)
    return CitedKeys(
        keys=(
            *(one for one in document.all_keys() if not is_cross_reference(one.key)),
            *(one for one in listed if one.key != "*"),
        ),
        cites_all=any(one.key == "*" for one in listed),
        bibliographies=tuple(path.as_posix() for path in settings.bibliography),
        defined=frozenset(filter(None, ids)),
    )


def spelled(key: str) -> str:
    """Return a key as it is written after the sign `@`: in braces if it needs them.

    Raises:
        FormatError: Pandoc's Markdown has no form for the key.

    Example:
        >>> spelled("smith2001"), spelled("https://example.org/x/")
        ('smith2001', '{https://example.org/x/}')
    """
    if _SIMPLE.fullmatch(key) is not None:
        return key
    if _IN_BRACES.fullmatch(key) is None:
        raise FormatError(f"Markdown has no form for the key {key!r}: it has a space or a brace")
    return f"{{{key}}}"
