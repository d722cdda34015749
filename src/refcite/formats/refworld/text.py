"""White space, entities and quotation marks of captured text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from refcite.formats.htmltext import entities_read

__all__ = ["fold", "is_html", "plain", "slug"]

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_QUOTES: Final = str.maketrans("‘’‚‛′´`“”„‟″", "'''''''" + '"' * 5)
# A single opening tag may be in any text; a closed one is markup.
_TAG: Final = re.compile(
    r"<!doctype html|<html\b|</(?:a|body|dl|div|h[1-6]|html|li|main|p|span|table|t[dhr]|ul)\s*>",
    re.IGNORECASE,
)
_HEAD_LENGTH: Final = 20_000


def is_html(text: str) -> bool:
    """Return whether a text is HTML.

    Example:
        >>> is_html("<table><tr><td>Publisher</td></tr></table>"), is_html("a <b and c> d")
        (True, False)
    """
    return _TAG.search(text[:_HEAD_LENGTH]) is not None


def plain(text: str) -> str:
    """Return a text with entities read, invisible characters removed and white space collapsed.

    Example:
        >>> plain("Law  &amp;\u00a0policy\u00ad ")
        'Law & policy'
    """
    return " ".join(entities_read(text).translate(_INVISIBLE).split())


def fold(text: str) -> str:
    """Return the form in which names are compared: without regard to case and the forms of quotes.

    Example:
        >>> fold("The High Commissioner’s  Programme")
        "the high commissioner's programme"
    """
    return " ".join(text.translate(_QUOTES).casefold().split())


def slug(text: str) -> str:
    """Return the words of a text in ASCII and lower case, joined by hyphens.

    Example:
        >>> slug("Haïti : l'État (2010)")
        'haiti-l-etat-2010'
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", letters))
