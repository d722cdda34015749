"""Numeric character references to halves of surrogate pairs, as in `&#xD83D;&#xDE00;`.

XML and HTML allow no such references, but programs write them that hold text in UTF-16. HTML reads
each as U+FFFD (HTML standard, "Numeric character reference end state"). Here, two that belong
together are read as their character.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.problems import Problem, Severity

__all__ = ["HALVES", "IS_HALF", "with_pairs", "without_half_references"]

_HALF: Final = (
    r"&\#(?:0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3])(?![0-9])"
    r"|[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}(?![0-9a-fA-F]));?"
)
# The first reference is not in a group: `re` finds the fixed start of a pattern fast.
HALVES: Final = re.compile(f"{_HALF}(?:{_HALF})*")
"""Consecutive references to halves."""
IS_HALF: Final = (
    "{} is half of a surrogate pair; two that belong together are read as one character, others"
    " as U+FFFD"
)
_LONGEST: Final = 40


def with_pairs(found: re.Match[str]) -> str:
    r"""Return the characters of consecutive references to halves.

    Example:
        >>> HALVES.sub(with_pairs, "&#xD83D;&#xDE00; &#56832;") == "😀 \ufffd"
        True
    """
    numbers = re.findall(r"[xX]?[0-9a-fA-F]+", found[0])
    codes = [int(text[1:], 16) if text[0] in "xX" else int(text) for text in numbers]
    units = b"".join(code.to_bytes(2, "little") for code in codes)
    return units.decode("utf-16-le", "replace")


def without_half_references(text: str, problems: list[Problem]) -> str:
    """Return HTML or wikitext with the characters of references to halves.

    Args:
        text: The text.
        problems: List to which one problem is added if there are such references.

    Example:
        >>> without_half_references("Owls &#55358;&#56713;", met := []), met[0].code
        ('Owls 🦉', 'lone-surrogate')
    """
    first = HALVES.search(text) if "&#" in text else None
    if first is None:
        return text
    before = text[: first.start()]
    shown = first[0] if len(first[0]) <= _LONGEST else f"{first[0][: _LONGEST - 1]}…"
    problems.append(
        Problem(
            severity=Severity.WARNING,
            code="lone-surrogate",
            message=IS_HALF.format(repr(shown)),
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
            hint="write the character itself",
        )
    )
    return HALVES.sub(with_pairs, text)
