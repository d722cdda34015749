"""MyST Markdown, as mystmd and MyST-Parser read it.

Source: the guide of mystmd, "Citations and Bibliography" and "Directives & Roles", and the usage of
sphinxcontrib-bibtex for the other roles.

Roles and directives are what pandoc's Markdown has not; the rest is read as it is there.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.documents.clusters import CitedKeys
from refcite.documents.markdown.document import is_cross_reference
from refcite.documents.metadata import settings_of
from refcite.documents.myst.document import MystDocument
from refcite.documents.myst.project import project_metadata
from refcite.problems import FormatError

__all__ = ["MystDocument", "cited_keys", "project_metadata", "read", "spelled"]

_SIMPLE: Final = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*+")


def read(text: str) -> MystDocument:
    """Return a document.

    Example:
        >>> [one.start for one in read("As {cite:t}`a` says [@b].").all_citations()]
        [3, 20]
    """
    return MystDocument(text)


def cited_keys(text: str) -> CitedKeys:
    """Return the keys and the DOIs that a document cites.

    Raises:
        FormatError: PyYAML is not installed, and the document has metadata.

    Example:
        >>> found = cited_keys("As {cite:t}`a` and [](doi:10.1000/182).")
        >>> [one.key for one in found.keys], [one.key for one in found.dois]
        (['a'], ['10.1000/182'])
    """
    document = MystDocument(text)
    settings = settings_of(document.metadata)
    listed = document.nocite(settings)
    keys = [one for one in document.all_keys() if not is_cross_reference(one.key)]
    dois = [one for one in document.all_dois() if document.doi_of(one.key) is not None]
    ids = (str(one.get("id", "")) for one in settings.references)
    return CitedKeys(
        keys=(
            *(one for one in keys if document.doi_of(one.key) is None),
            *(one for one in listed if one.key != "*"),
        ),
        cites_all=any(one.key == "*" for one in listed),
        bibliographies=tuple(path.as_posix() for path in settings.bibliography),
        defined=frozenset(filter(None, ids)),
        dois=tuple(dois),
    )


def spelled(key: str) -> str:
    """Return a key as it is written, both in roles and after the sign `@`.

    Raises:
        FormatError: The key cannot be written in both.

    Example:
        >>> spelled("smith:2001")
        'smith:2001'
    """
    if _SIMPLE.fullmatch(key) is None:
        raise FormatError(
            f"MyST has no form for the key {key!r} that is the same in roles and after '@'"
        )
    return key
