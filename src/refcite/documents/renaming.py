"""Keys changed in documents, in citations only."""

from __future__ import annotations

from collections.abc import Mapping

from refcite.documents.syntaxes import find_syntax

__all__ = ["rename_keys"]


def rename_keys(text: str, mapping: Mapping[str, str], syntax: str = "markdown") -> str:
    """Return a document in which keys are changed in citations, and nothing else.

    All keys are changed at once, so that two keys can be exchanged.

    Args:
        text: The document.
        mapping: The new keys by the old ones.
        syntax: The syntax of the document: `markdown`, `myst`, `mkdocs`, `latex` or
            `notebook`.

    Raises:
        UnknownFormatError: There is no such syntax.
        FormatError: The keys of this syntax cannot be changed, or it cannot write a new key.

    Example:
        >>> from refcite.documents import rename_keys
        >>> rename_keys("See [@a; @b] and `@a`.", {"a": "b", "b": "https://example.org/"})
        'See [@b; @{https://example.org/}] and `@a`.'
    """
    found = find_syntax(syntax)
    new = {old: found.spelled(key) for old, key in mapping.items() if old != key}
    pieces: list[str] = []
    place = 0
    for one in sorted(found.cited_keys(text).keys, key=lambda key: key.start):
        if one.key in new and one.start >= place:
            pieces += (text[place : one.start], new[one.key])
            place = one.end
    return "".join([*pieces, text[place:]])
