"""The number of an edition, in words: `Second`, `3rd ed.`, `2. Auflage`.

CSL styles print a number as "2nd ed.", in the language of the text, and other text unchanged.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["edition_number"]

_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte dreizehnte"
    " vierzehnte fünfzehnte sechzehnte siebzehnte achtzehnte neunzehnte zwanzigste",
    "première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième"
    " onzième douzième treizième quatorzième quinzième seizième dix-septième dix-huitième"
    " dix-neuvième vingtième",
)
_NUMBERS: Final = {
    **{word: n for words in _ORDINALS for n, word in enumerate(words.split(), start=1)},
    **dict.fromkeys(("premier", "1re", "1ère", "1er"), 1),
    **dict.fromkeys(("seconde", "2nde"), 2),
    "siebente": 7,
}
_TEN_WORDS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS: Final = {word: 10 * n for n, word in enumerate(_TEN_WORDS.split(), start=2)}
_SIGNS: Final = "\\.|st|nd|rd|th|e|ème|te|re|ère|er|de|nde|ª|º"
_FIGURES: Final = re.compile(
    rf"0*([1-9][0-9]{{0,2}})(?:{_SIGNS}|<sup>(?:{_SIGNS}|è?me|a|o)</sup>)?"
)
_NOUN: Final = re.compile(
    r"[ \u00a0]*(?:\(?(?:edition|edn|ed|éd|édition|auflage|aufl|ausgabe|ausg|edición|edizione"
    r"|edição)\.?\)?)\Z"
)
_LONGEST: Final = 40


def edition_number(text: str) -> str:
    """Return the number in a text, or the text if it contains more than a number.

    Args:
        text: The edition in a source, in English, German or French.

    Example:
        >>> [edition_number(text) for text in ("Second", "3rd ed.", "2. Auflage", "2e éd.", "4")]
        ['2', '3', '2', '2', '4']
        >>> edition_number("2<sup>nd</sup>"), edition_number("Twenty-first edition")
        ('2', '21')
        >>> edition_number("Rev. ed."), edition_number("Second, revised edition")
        ('Rev. ed.', 'Second, revised edition')
    """
    if len(text) > _LONGEST or text.isdecimal():
        return text
    word = _NOUN.sub("", text.strip().casefold()).strip(" \u00a0")
    number = _NUMBERS.get(word)
    if number is None and word.endswith(("r", "s", "n")):
        number = _NUMBERS.get(word[:-1])  # zweiter, zweites
    if number is not None:
        return str(number)
    tens, _, ones = word.partition("-")
    if tens in _TENS and _NUMBERS.get(ones, 10) < 10:
        return str(_TENS[tens] + _NUMBERS[ones])  # twenty-first
    figures = _FIGURES.fullmatch(word)
    return figures[1] if figures else text
