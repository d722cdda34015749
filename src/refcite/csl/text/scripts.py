"""Scripts that, like Latin, write given names first and put spaces between words."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["has_romanesque", "is_romanesque"]

_SCRIPTS: Final = (
    "\u0e01-\u0e5b\u00c0-\u017f\u0370-\u03ff\u0400-\u052f\u0590-\u05d4\u05d6-\u05ff"
    "\u1f00-\u1fff\u0600-\u06ff\u200c\u200d\u200e\u0218\u0219\u021a\u021b\u202a-\u202e"
)
_ANYWHERE: Final = re.compile(f"[-0-9a-zA-Z{_SCRIPTS}]")
_AT_START: Final = re.compile(f"[&a-zA-Z{_SCRIPTS}]")


def is_romanesque(text: str) -> bool:
    """Whether a text starts in a script that writes given name before family name."""
    return _AT_START.match(text) is not None


def has_romanesque(text: str) -> bool:
    """Whether a text has a letter or digit of such a script anywhere."""
    return _ANYWHERE.search(text) is not None
