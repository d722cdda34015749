"""Names of databases that hold theses, not only records of them."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_repository"]

_REPOSITORY: Final = re.compile(
    r"\b(?:proquest|repositor(?:y|io)|archives?|dissertations|theses|etd)\b", re.IGNORECASE
)


def is_repository(name: str) -> bool:
    """Return whether a database or a publisher is a repository of theses, by its name.

    Example:
        >>> is_repository("ProQuest"), is_repository("Open WorldCat")
        (True, False)
    """
    return _REPOSITORY.search(name) is not None
