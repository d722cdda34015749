"""The order of Chinese characters: by pinyin, or by strokes.

The files in `han` contain the characters of the block "CJK Unified Ideographs" in the order of
CLDR 48 for `zh` and `zh-TW` (Unicode License v3). Other characters come after them, in the order
of Unicode.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["han_order"]

_FOLDER: Final = Path(__file__).with_name("han")
# After digits, and before Latin letters.
_BEFORE_LETTERS: Final = "@"
_FIRST: Final = 0x4E00
_BY_STROKES: Final = frozenset(("zh-hant", "zh-hk", "zh-mo", "zh-tw"))


def han_order(language: str) -> Mapping[int, str] | None:
    """Return the keys of Chinese characters, for `str.translate`; None if it is not Chinese.

    Args:
        language: The language tag in lower case.

    Example:
        >>> keys = han_order("zh-cn")
        >>> sorted("王陈李", key=lambda text: text.translate(keys))
        ['陈', '李', '王']
    """
    if language[:2] != "zh" or language[2:3] not in ("", "-"):
        return None
    plain, _, order = language.partition("-u-co-")
    by_strokes = order == "stroke" or (plain in _BY_STROKES and order != "pinyin")
    return _keys("strokes" if by_strokes else "pinyin")


@cache
def _keys(name: str) -> Mapping[int, str]:
    characters = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").replace("\n", "")
    return {
        ord(character): f"{_BEFORE_LETTERS}{chr(_FIRST + place)}"
        for place, character in enumerate(characters)
    }
