"""Whether a style requires legal works in the form of `oscola-international`.

Most styles do not. So the patterns for legal works are only loaded for a style that does.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.style.style_source import StyleSource

__all__ = ["requires_legal_works"]

_STYLE: Final = re.compile(rb"https://refcite\.org/styles/oscola-international[<\"']")


def requires_legal_works(style: StyleSource) -> bool:
    """Return whether a style is `oscola-international` or a copy of it.

    A copy has the address of this style as its id or in a `cs:link`, such as the one with
    `rel="self"` that the style contains.

    Example:
        >>> from refcite.csl.style.style_source import find_style
        >>> requires_legal_works(find_style("oscola-international"))
        True
        >>> requires_legal_works(find_style("oscola"))
        False
    """
    return _STYLE.search(style.xml) is not None
