"""Keywords: several in one text, as the variable `keyword` contains them."""

from __future__ import annotations

import re

__all__ = ["split_keywords"]


def split_keywords(text: str) -> list[str]:
    """Return the keywords of a text: between semicolons, otherwise between commas.

    Example:
        >>> split_keywords("asylum; Geneva, city"), split_keywords("asylum, Geneva")
        (['asylum', 'Geneva, city'], ['asylum', 'Geneva'])
    """
    return [word for word in re.split(r";\s*" if ";" in text else r",\s*", text) if word]
