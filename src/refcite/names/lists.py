"""Lists of names: how they say that there are more."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_et_al", "without_et_al"]

_ET_AL: Final = re.compile(
    r"(?:and |& )?others|et\.? alii|et\.? al|u\. ?a|und andere|et autres|y otros|等|ほか|他",
    re.IGNORECASE,
)
_AROUND: Final = " \t\r\n\xa0~,;.[]()"
_ENDS_LIST: Final = re.compile(
    r"(?:[\s,;&]|\band)+(?:et\.?\s+al|and\s+others|u\.\s?a)[\s,;.\])]*\Z|(?<=\w)等\Z", re.IGNORECASE
)
_LONGEST: Final = 40


def is_et_al(text: str) -> bool:
    """Tell whether what stands in the place of a name says that the list goes on.

    `others` alone is BibTeX's word, `et al.` that of most languages, `u. a.` German, 等 Chinese.

    Example:
        >>> [is_et_al(text) for text in ("et al.", "others", "et al.,", "u. a.", "Al Roe")]
        [True, True, True, True, False]
    """
    if len(text) > _LONGEST:
        return False
    return _ET_AL.fullmatch(" ".join(text.strip(_AROUND).split())) is not None


def without_et_al(text: str) -> tuple[str, bool]:
    """Return a name, or a list of names, without the "et al." behind it, and whether it had one.

    Example:
        >>> without_et_al("Roe, Ann, et al."), without_et_al("Roe A and others")
        (('Roe, Ann', True), ('Roe A', True))
        >>> without_et_al("Roe, Al.")
        ('Roe, Al.', False)
    """
    # What ends a list is short: no search runs through a long text.
    tail = text[-_LONGEST:]
    found = _ENDS_LIST.search(tail)
    if found is None or not text[: len(text) - len(tail) + found.start()].strip(_AROUND):
        return text, False
    return text[: len(text) - len(tail) + found.start()].rstrip(), True
