"""The keys that a page of a site cites, with their places: a syntax without rendering of its own.

MkDocs renders the pages, by the plugin `refcite`.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import Final

from refcite.documents import markdown
from refcite.documents.clusters import CitedKeys
from refcite.documents.pages.reading import PageDocument

__all__ = ["cited_keys", "reason_for_mkdocs", "spelled"]

_METADATA: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_NOT_LINE_END: Final = re.compile(r"[^\n]")
_NAMES: Final = ("mkdocs.yml", "mkdocs.yaml")


def cited_keys(text: str) -> CitedKeys:
    r"""Return the keys that a page uses.

    Raises:
        FormatError: PyYAML is not installed, and the page has metadata.

    Example:
        >>> [one.key for one in cited_keys("!!! note\n\n    See [@a].\n").keys]
        ['a']
    """
    metadata = _METADATA.match(text)
    start = 0 if metadata is None else metadata.end()
    listed = markdown.cited_keys(text[:start])
    # All places remain those of the whole text.
    page = PageDocument(_NOT_LINE_END.sub(" ", text[:start]) + text[start:])
    keys = (one for one in page.all_keys() if not markdown.is_cross_reference(one.key))
    return CitedKeys(keys=(*keys, *listed.keys), cites_all=listed.cites_all)


def spelled(key: str) -> str:
    """Return a key as it is written after the sign `@`.

    Raises:
        FormatError: There is no form for the key.

    Example:
        >>> spelled("smith2001")
        'smith2001'
    """
    return markdown.spelled(key)


def reason_for_mkdocs(file: PurePath | None) -> str | None:
    """Return why a document is a page of MkDocs; None if nothing shows it.

    Args:
        file: Its path, None if it is not known.
    """
    if file is None:
        return None
    try:
        folder = Path(file).resolve().parent
        for one in (folder, *folder.parents):
            found = next((name for name in _NAMES if (one / name).is_file()), None)
            if found is not None:
                return f"there is the file {found} above it"
    except (OSError, ValueError):
        return None
    return None
