"""The order of texts in a language by ICU, which contains all tailorings of CLDR.

PyICU is the extra `icu`. As in `collation.py`, words are compared one by one, punctuation and case
are ignored, and a number is compared by its value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final
from unicodedata import category

__all__ = ["icu_collator", "is_installed"]

_BEFORE_ALL: Final = "\ufffe"
"""The character that CLDR's collation orders before all others, also before spaces."""
_KEPT: Final = frozenset(" `^+<=>|~$")


def is_installed() -> bool:
    """Return whether PyICU is installed."""
    return _icu() is not None


def icu_collator(language: str, separator: str) -> Callable[[str], str] | None:
    """Return the function that computes the sort keys of a language, None without PyICU.

    Args:
        language: A tag such as `sv-SE` or, with the name of another order, `de-u-co-phonebk`.
        separator: Is between the parts of a name, and before everything.
    """
    icu = _icu()
    if icu is None:
        return None
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    collator.setStrength(icu.Collator.SECONDARY)
    collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)
    collator.setAttribute(
        icu.UCollAttribute.ALTERNATE_HANDLING, icu.UCollAttributeValue.NON_IGNORABLE
    )
    sort_key = collator.getSortKey

    def key(text: str) -> str:
        if not text.replace(" ", "").isalnum():
            text = "".join([_BEFORE_ALL if c == separator else c for c in text if _counts(c)])
        # The bytes of a key as characters, so that it has the type of the other keys.
        found: bytes = sort_key(text)
        return found.decode("latin-1")

    def _counts(character: str) -> bool:
        if character == separator or character in _KEPT:
            return True
        return category(character)[0] not in "PZC"

    return key


@cache
def _icu() -> Any:
    """Return the module of PyICU, None if it is not installed or its library is missing."""
    try:
        import icu
    except ImportError:
        return None
    # Another folder with this name may be on the path.
    return icu if hasattr(icu, "Collator") else None
