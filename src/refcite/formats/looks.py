"""How web pages look near their start: by this the format of a text is guessed.

Kept apart from the readers, so that guessing imports none of them.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["HTML_PAGE", "format_of_page", "is_refworld_page"]

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


def format_of_page(head: str) -> str | None:
    r"""Return the name of the format of a web page, or None where the text is none.

    Styles and scripts in a page may look like other formats (`@media (…)` like BibTeX), so this
    is asked before their patterns.

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
    """Tell whether the start of an HTML page is that of a page of Refworld.

    Example:
        >>> is_refworld_page("<title>Refworld | Freedom in the World 2018 - Kazakhstan</title>")
        True
        >>> is_refworld_page('<a href="https://www.refworld.org/docid/5b7bcc75a.html">here</a>')
        False
    """
    if "refworld" not in head.lower():
        return False
    return re.search(_REFWORLD_SIGNS, head, re.IGNORECASE) is not None
