"""The order of texts in a bibliography.

The algorithm is that of the Unicode Collation Algorithm with ignored punctuation ("shifted"),
reduced to the needs of a sort key, so that no table of 40,000 weights and no ICU is loaded:

1. Letters are compared without accents and case. Words are compared one by one, so *De la Cruz*
   is before *Dean*; punctuation is ignored, so *O'Neill* is next to *Oneill* (both as
   citeproc-js configures ICU).
2. Digits in a row are one number: *Part 9* is before *Part 10*. Numbers are before letters.
3. Letters that a language treats as separate are in its own order: Swedish *Ö* after *Z*,
   Spanish *Ñ* after *N*, Czech *Ch* after *H*.
4. A language's own script comes before the others: Cyrillic before Latin in Russian (CLDR's
   reordering).
5. Of texts that are the same so far, the one with fewer accents is first: *Muller* before
   *Müller*.

Chinese characters are in the order of Unicode (radical and strokes), as in CLDR's root collation.
In Chinese they are in the order of pinyin or of strokes (`han_order.py`), before Latin letters.

A tag may name another order (`-u-co-`): German and Austrian phone books (`de-u-co-phonebk`), the
traditional Spanish one (`es-u-co-trad`), Chinese strokes (`zh-u-co-stroke`).

If PyICU is installed, ICU computes the keys (`icu_collation.py`). Without it, these are missing:
the readings of Chinese characters in Japanese and Korean, the vowels before consonants in Thai and
Lao, the syllables of Khmer and Burmese, the letters that Urdu, Pashto and Kurdish add to Persian,
the order of accents from the end in Canadian French, the order of accents among each other (*ả*
before *ã* in Vietnamese), the readings of Chinese characters in certain words, and Chinese
characters outside the block "CJK Unified Ideographs", which follow the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final
from unicodedata import category, combining, normalize

from refcite.csl.text.han_order import han_order
from refcite.csl.text.icu_collation import icu_collator
from refcite.csl.text.text_case import lower

__all__ = ["SEPARATOR", "SortKey", "collation_key", "collator", "tailored_collator"]

SortKey = str
"""The sort key of a text."""

SEPARATOR: Final = "\x01"
"""Is between the parts of a name. It sorts before everything, spaces too: *López, M.* is before
*López de Molina, G.* (APA manual, 7th edition, § 9.45)."""

# Letters that Unicode does not decompose, with the letters under which readers look for them.
_SPELLED: Final = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d",
    "ĸ": "k", "ŋ": "n", "ſ": "s", "ƒ": "f", "þ": "th", "ə": "e", "ɓ": "b", "ɗ": "d", "ŀ": "l",
    "ʻ": "", "ʼ": "", "ʹ": "", "ʺ": "", "ʾ": "", "ʿ": "",
}  # fmt: skip

# The additional letters of each language, each with the letter that it follows or equals.
_TAILORED: Final = {
    "sv": "å>z ä>å ö>ä æ=ä ø=ö ü=y",
    "fi": "å>z ä>å ö>ä æ=ä ø=ö ü=y",
    "da": "æ>z ä=æ ø>æ ö=ø å>ø aa=å ü=y",
    "nb": "æ>z ä=æ ø>æ ö=ø å>ø aa=å ü=y",
    "nn": "æ>z ä=æ ø>æ ö=ø å>ø aa=å ü=y",
    "no": "æ>z ä=æ ø>æ ö=ø å>ø aa=å ü=y",
    "is": "á>a ð>d é>e í>i ó>o ú>u ý>y þ>z æ>þ ä=æ ö>æ ø=ö å>ö",
    "es": "ñ>n",
    "gl": "ñ>n",
    "et": "š>s z>š ž>z õ>w ä>õ ö>ä ü>ö",
    "cs": "č>c ch>h ř>r š>s ž>z",
    "sk": "ä>a č>c ch>h ô>o š>s ž>z",
    "pl": "ą>a ć>c ę>e ł>l ń>n ó>o ś>s ź>z ż>ź",
    "hr": "č>c ć>č dž>d đ>dž lj>l nj>n š>s ž>z",
    "bs": "č>c ć>č dž>d đ>dž lj>l nj>n š>s ž>z",
    "sl": "č>c ć>č đ>d š>s ž>z",
    "hu": "cs>c dz>d dzs>dz gy>g ly>l ny>n ö>o ő=ö sz>s ty>t ü>u ű=ü zs>z",
    "lt": "č>c š>s y=i ž>z",
    "lv": "č>c ģ>g ķ>k ļ>l ņ>n š>s y=i ž>z",
    "ro": "ă>a â>ă î>i ș>s ş=ș ț>t ţ=ț",
    "tr": "ç>c ğ>g ı>h ö>o ş>s ü>u",
    "az": "ç>c ə>e ğ>g x>h ı>x ö>o q>k ş>s ü>u w>z",
    "vi": "ă>a â>ă đ>d ê>e ô>o ơ>ô ư>u",
    "cy": "ch>c dd>d ff>f ng>g ll>l ph>p rh>r th>t",
    "sq": "ç>c dh>d ë>e gj>g ll>l nj>n rr>r sh>s th>t xh>x zh>z",
    "ca": "ŀ=l",
    "eo": "ĉ>c ĝ>g ĥ>h ĵ>j ŝ>s ŭ>u",
    "fo": "æ>z ä=æ ø>æ ö=ø å>ø aa=å ü=y",
    "uk": "ґ>г є>е і>и ї>і й>и",
    "be": "ё>е і>з й>і ў>у",
    "kk": "ә>а ё>е ғ>г қ>к ң>н ө>о ұ>у ү>ұ һ>х і>ы",
    "ky": "ё>е ң>н ө>о ү>у",
    "mn": "ө>о ү>у",
    "sr": "ђ>д ј>и љ>л њ>н ћ>т џ>ч č>c ć>č dž>d đ>dž lj>l nj>n š>s ž>z",
    "mk": "ѓ>д ѕ>з ј>и љ>л њ>н ќ>т џ>ч",
    "ar": "آ=اا ء=ا ؤ=ا ئ=ا ة=ت ى=ي",
    "fa": "آ>ء ء>ا أ=ء إ=ء ؤ=ء ئ=ء پ>ب چ>ج ژ>ز ک=ك گ>ك ه>و ی=ي",
    "he": "ך=כ ם=מ ן=נ ף=פ ץ=צ",
    "de-u-co-phonebk": "ä=ae ö=oe ü=ue",
    "de-at-u-co-phonebk": "ä>a ö>o ü>u ß>ss",
    "es-u-co-trad": "ch>c ll>l ñ>n",
}  # fmt: skip

# Languages whose readers expect Latin letters after those of their own script.
_OTHER_SCRIPTS: Final = frozenset(
    "ar be bg el fa he hi hy ka kk ko ky mk mn ru sr th uk ur".split()  # noqa: SIM905 - shorter
)
_LATIN: Final = re.compile("[a-z]")
# Of the Cyrillic letters with marks, only this one is separate in CLDR's root collation.
_SHORT_I: Final = "и\u0306"
_SHORT_I_KEY: Final = "и\uffff0"
_DIGITS: Final = re.compile(r"[0-9]+")
# Symbols are before digits and letters; punctuation is ignored.
_ASCII: Final = {
    **{code: None for code in range(128) if not chr(code).isalnum()},
    **{ord(sign): chr(3 + place) for place, sign in enumerate("`^+<=>|~$")},
    ord(SEPARATOR): "\x01",
    ord(" "): "\x02",
}
# Ends the letters, so that accents decide only between texts with the same letters.
_ACCENTS: Final = "\x00"

Collator = Callable[[str], SortKey]


def collation_key(text: str) -> SortKey:
    """Return the key by which texts sort in English and in languages without additional letters.

    Args:
        text: The text, without markup. `SEPARATOR` is between parts of a name.

    Example:
        >>> sorted(["Zola", "Öst", "Oates", "O'Neill", "Part 10", "Part 9"], key=collation_key)
        ['Oates', "O'Neill", 'Öst', 'Part 9', 'Part 10', 'Zola']
    """
    return _key(text, None)


@cache
def collator(language: str) -> Collator:
    """Return the function that computes the sort keys of a language, by ICU if it is installed.

    Args:
        language: A tag such as `sv-SE` or `de-DE-u-co-phonebk`; a language without rules is sorted
            like English.

    Example:
        >>> sorted(["Öst", "Zola", "Ahl"], key=collator("sv-SE"))
        ['Ahl', 'Zola', 'Öst']
    """
    return icu_collator(language, SEPARATOR) or tailored_collator(language)


def tailored_collator(language: str) -> Collator:
    """Return the function that computes the sort keys of a language without ICU.

    Args:
        language: A tag, as for `collator`.

    Example:
        >>> sorted(["Muffin", "Müller", "Mueller"], key=tailored_collator("de-u-co-phonebk"))
        ['Mueller', 'Müller', 'Muffin']
    """
    tag = language.replace("_", "-").lower()
    han = han_order(tag)
    if han is not None:
        return lambda text: _key(text, None).translate(han)
    primary = tag.partition("-")[0]
    plain, _, order = tag.partition("-u-")
    named = (f"{name}-u-{order}" for name in (plain, primary))
    rules = next((_TAILORED[name] for name in (*named, primary) if name in _TAILORED), None)
    tailored = None if rules is None else _Tailored(rules, tag)
    if primary in _OTHER_SCRIPTS:
        return lambda text: _LATIN.sub(_behind_its_script, _key(text, tailored))
    return collation_key if tailored is None else lambda text: _key(text, tailored)


def _behind_its_script(letter: re.Match[str]) -> str:
    return f"\U0010f800{letter[0]}"


class _Tailored:
    """The letters of one language, each with its letters in the key."""

    def __init__(self, rules: str, language: str) -> None:
        self._language = language
        self.equals = "=" in rules
        self._keys: dict[str, str] = {}
        followers: dict[str, int] = {}
        for rule in rules.split():
            if "=" in rule:
                letter, _, same = rule.partition("=")
                self._keys[letter] = self._keys.get(same, same)
                continue
            letter, _, before = rule.partition(">")
            base = self._keys.get(before, before)
            followers[base] = followers.get(base, 0) + 1
            # The highest character sorts it after every word that continues after `base`.
            self._keys[letter] = f"{base}\uffff{chr(0x30 + followers[base])}"
        spellings = sorted(self._keys, key=len, reverse=True)
        self._sub = re.compile("|".join(map(re.escape, spellings))).sub

    def __call__(self, text: str) -> str:
        lowered = normalize("NFC", lower(text, self._language))
        return self._sub(lambda found: self._keys[found[0]], lowered)


def _key(text: str, tailored: _Tailored | None) -> SortKey:
    accents = ""
    lowered = text.casefold() if tailored is None else tailored(text)
    if lowered.isascii():
        letters = lowered
    else:
        taken_apart = normalize("NFKD", lowered)
        if _SHORT_I in taken_apart:
            taken_apart = taken_apart.replace(_SHORT_I, _SHORT_I_KEY)
        letters = "".join([_SPELLED.get(char, char) for char in taken_apart if not _is_mark(char)])
        if letters != lowered:
            accents = _ACCENTS + taken_apart
    if tailored is not None and tailored.equals and not text.isascii():
        # What equals other letters differs from them only as an accent does.
        accents = _ACCENTS + normalize("NFKD", text.casefold())
    letters = letters.translate(_ASCII)
    if not letters.isascii():
        letters = "".join([char for char in letters if _counts(char)])
    if _DIGITS.search(letters):
        letters = _DIGITS.sub(_number, letters)
    return letters + accents


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and combining(char) != 0


def _counts(char: str) -> bool:
    return char < "\x80" or char == "\uffff" or category(char)[0] not in "PZC"


def _number(found: re.Match[str]) -> str:
    digits = found[0].lstrip("0")
    # A number with more digits is greater; "0" keeps it before every letter.
    return f"0{chr(0x30 + min(len(digits), 0x30))}{digits}"
