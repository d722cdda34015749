"""Texts in a form in which the spellings of databases are equal: letters, words and titles."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final

from attrs import frozen

from refcite.keys import without_accents

__all__ = [
    "Title",
    "folded",
    "is_series_mark",
    "number_of_word",
    "numbers_in",
    "sound",
    "title_of",
    "variants_of",
    "words_of",
]

_LONGEST: Final = 2000
"""Characters of a text that are compared."""
_MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_WORD: Final = re.compile(r"[^\W_]+")
_THOUSANDS: Final = re.compile(r"(?<=\d)[,.](?=\d{3}(?!\d))")
_APOSTROPHES: Final = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
# The Cyrillic and Greek letters in the transliteration that catalogues of libraries use without
# diacritics; Greek letters of formulas are also written with their names.
_CYRILLIC: Final = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэі", "abvgdeziiklmnoprstufyei", strict=True)),
        "ё": "e",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "iu",
        "я": "ia",
        "ў": "u",
        "ї": "i",
        "є": "e",
        "ґ": "g",
    }
)
_GREEK_NAMES_TEXT: Final = (
    "α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu"
    " ν nu ξ xi ο omicron π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega"
)
_GREEK_NAMES: Final = dict(zip(*[iter(_GREEK_NAMES_TEXT.split())] * 2, strict=True))
_GREEK_WORD: Final = re.compile("[α-ω]{2,}")
_GREEK: Final = str.maketrans({letter: name[0] for letter, name in _GREEK_NAMES.items()})
_GREEK_SINGLE: Final = str.maketrans({one: f" {name} " for one, name in _GREEK_NAMES.items()})
_HAS_GREEK: Final = re.compile("[α-ω]")
_HAS_CYRILLIC: Final = re.compile("[а-яёіїєґў]")


def folded(text: str) -> str:
    """Return a text in lower case without markup, references to characters and diacritics.

    Example:
        >>> folded("M&uuml;ller &amp; <i>Œdipe</i>"), folded("Толстой"), folded("TNF-α")
        ('muller & oedipe', 'tolstoi', 'tnf- alpha ')
    """
    text = text[:_LONGEST]
    if "&" in text:
        text = unescape(text)
        if "&" in text and ";" in text:  # `&amp;eacute;`
            text = unescape(text)
    if "<" in text:
        text = _MARKUP.sub("", text)
    text = text.casefold()
    if text.isascii():
        return text
    text = without_accents(text).casefold()
    if text.isascii():
        return text
    if _HAS_CYRILLIC.search(text):
        text = text.translate(_CYRILLIC)
    if _HAS_GREEK.search(text):
        text = _GREEK_WORD.sub(lambda found: found[0].translate(_GREEK), text)
        text = text.translate(_GREEK_SINGLE)
    return text


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded.

    Example:
        >>> words_of("The Children’s 1,000 «fables»")
        ['the', 'childrens', '1000', 'fables']
    """
    text = folded(text)
    if "'" in text or not text.isascii() or "`" in text:
        text = _APOSTROPHES.sub("", text)
    return _WORD.findall(_THOUSANDS.sub("", text))


_SOUNDS: Final = (
    # German umlauts, and the Latin ligatures.
    ("ae", "a"), ("oe", "o"), ("ue", "u"),
    # The transliterations of Slavic, Arabic, Greek and Chinese names.
    ("shch", "s"), ("sch", "s"), ("tch", "c"), ("tsch", "c"), ("sh", "s"), ("ch", "c"),
    ("zh", "z"), ("kh", "h"), ("gh", "g"), ("th", "t"), ("ph", "f"), ("dj", "j"), ("ts", "c"),
    ("tz", "c"), ("cz", "c"), ("ck", "k"), ("q", "k"), ("w", "v"), ("x", "ks"), ("ou", "u"),
    ("j", "i"), ("y", "i"), ("ee", "i"), ("oo", "u"),
)  # fmt: skip
_TWICE: Final = re.compile(r"([a-z])\1+")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return a folded word without the differences between transliterations.

    Example:
        >>> sound("mueller") == sound("muller"), sound("tchaikovsky") == sound("chaikovskii")
        (True, True)
    """
    for before, after in _SOUNDS:
        if before in word:
            word = word.replace(before, after)
    return _TWICE.sub(r"\1", word)


# Titles

_SMALL_TEXT: Final = (
    "a an and are as at by de der des die du el en et for from in is la las le les of on or"
    " the to und with von zur zum y"
)
_SMALL: Final = frozenset(_SMALL_TEXT.split())
_NUMBER_WORDS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve",
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth",
    "0 i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx",
)
_NUMBERS: Final = {
    word: str(number)
    for words in _NUMBER_WORDS
    for number, word in enumerate(words.split())
    if word != "i"  # the pronoun
}
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th)")
_SERIES_TEXT: Final = (
    "part parts pt volume vol number no teil band partie parte tome tomo book chapter phase study"
    " experiment paper report issue session lecture episode season series stage class type group"
    " grade level module unit section case cohort wave year annual day edition version update"
    # Parts, volumes and issues in other languages, folded.
    " bd bde abt abteilung folge halbband heft lfg lieferung nummer nr reihe fasc fascicule"
    " fascicolo fasciculus cahier livraison partes pars parte tomus liber numero numer parts"
    " vols aflevering deel dl del bind cast dil svazek sesit czesc tom zeszyt kotet resz szam cilt"
    " sayi kisim chast vypusk kniga nomer chastyna"
)
_SERIES: Final = frozenset(_SERIES_TEXT.split())
_DIGITS: Final = re.compile(r"\d+")
_SPELLINGS: Final = (
    ("our", "or"), ("ae", "e"), ("oe", "e"), ("isation", "ization"), ("yse", "yze"), ("ise", "ize"),
    ("ising", "izing"), ("ised", "ized"), ("tre", "ter"), ("ogue", "og"), ("ph", "f"), ("ll", "l"),
)  # fmt: skip
_UNKNOWN: Final = frozenset(
    ("unknown", "untitled", "notitle", "na", "none", "null", "title", "ohnetitel", "sanstitre",
     "titleunknown", "notitleavailable", "titlenotavailable", "nodata", "nan")
)  # fmt: skip


@frozen(eq=False)
class Title:
    """A title in the forms in which it is compared.

    Attributes:
        words: Its words, folded.
        joined: Its letters and figures only.
        main: The letters and figures before the subtitle; equal to `joined` without a subtitle.
        spelling: `joined` with one spelling for British and American English, without plurals.
        content: The words without articles, in this spelling.
        numbers: The numbers among the words, as figures.
    """

    words: tuple[str, ...]
    joined: str
    main: str
    spelling: str
    content: tuple[str, ...]
    numbers: tuple[str, ...]


@lru_cache(maxsize=100_000)
def _spelling(word: str) -> str:
    if word in _NUMBERS:
        return _NUMBERS[word]
    if found := _ORDINAL.fullmatch(word):
        return found[1]
    for before, after in _SPELLINGS:
        if before in word:
            word = word.replace(before, after)
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def number_of_word(word: str) -> str:
    """Return the number that a folded word is, empty for another word.

    Example:
        >>> number_of_word("xiv"), number_of_word("second"), number_of_word("lamp")
        ('14', '2', '')
    """
    return "1" if word == "i" else _NUMBERS.get(word, "")


def numbers_in(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the numbers among the words of a title, in order, as figures.

    Example:
        >>> numbers_in(("lamps", "part", "ii", "wr238605")), numbers_in(("part", "i"))
        (('2', '238605'), ('1',))
    """
    found: list[str] = []
    before = ""
    for word in words:
        if word in _NUMBERS:
            if len(word) > 1 or before in _SERIES:
                found.append(_NUMBERS[word])
        elif len(word) == 1 and word.isalpha():
            if before in _SERIES:
                found.append("1" if word == "i" else word)
        elif not word.isalpha():
            found += [digits.lstrip("0") or "0" for digits in _DIGITS.findall(word)]
        before = word
    return tuple(found)


_STARTS_MARK: Final = 2


def is_series_mark(words: tuple[str, ...]) -> bool:
    """Return whether words at the end of a title are the number of a part, a volume or a year.

    Example:
        >>> is_series_mark(("part", "ii", "the", "lamps")), is_series_mark(("2014",))
        (True, True)
        >>> is_series_mark(("a", "cohort", "study"))
        False
    """
    if not words:
        return False
    if words[0] in _SERIES and numbers_in(words[: _STARTS_MARK + 1]):
        return True
    if len(words) > _STARTS_MARK:
        return False
    return all(word in _SERIES or numbers_in(("part", word)) for word in words)


_MAIN: Final = re.compile(r"\s*(?::|\?|!|\.(?=\s)|\s[-–—―/=]+\s|--|—|;)\s*")


def title_of(text: str) -> Title | None:
    """Return a title in the forms in which it is compared, None if it is missing or unknown.

    Example:
        >>> title_of("Lamps in old houses: a <i>study</i>").main
        'lampsinoldhouses'
        >>> title_of("UNKNOWN")
    """
    words = tuple(words_of(text))
    joined = "".join(words)
    if not joined or joined in _UNKNOWN:
        return None
    main = joined
    if cut := _MAIN.search(text, min(len(text), 6)):
        main = "".join(words_of(text[: cut.start()])) or joined
    spelt = [_spelling(word) for word in words]
    content = tuple([one for word, one in zip(words, spelt, strict=True) if word not in _SMALL])
    return Title(words, joined, main, "".join(spelt), content, numbers_in(words))


_BRACKETED: Final = re.compile(r"\[([^\[\]]*)\]")
_MEDIA: Final = re.compile(
    r"\[\s*(?:internet|online|electronic resource|e-?book|computer file|on-?line|web ?site"
    r"|web ?page|cd-?rom|dvd|videorecording|video|podcast|blog|internet resource|elektronische"
    r" ressource|ressource électronique|recurso electrónico|corrected|see comments?[^\]]*|sic"
    r"|(?:article|paper|book) in [^\]]*|in [a-z]+|author'?s? transl[^\]]*|abstract|pdf|html"
    r"|preprint|with commentary|with discussion|editorial|letter|comment|review|text|print)\s*\]",
    re.IGNORECASE,
)
_SHORTEST_TRANSLATION: Final = 12


def variants_of(text: str) -> list[str]:
    """Return the titles in a text: the original, and a translation in brackets or after `=`.

    Example:
        >>> variants_of("[Lamps of the old houses].")
        ['Lamps of the old houses']
        >>> variants_of("Lampen alter Häuser [Lamps of old houses]")
        ['Lampen alter Häuser', 'Lamps of old houses']
        >>> variants_of("The handbook of lamps [Internet]")
        ['The handbook of lamps']
    """
    if "[" not in text and " = " not in text:
        return [text]
    text = _MEDIA.sub(" ", text[:_LONGEST])
    found = []
    stripped = text.strip(" .")
    if stripped.startswith("[") and stripped.endswith("]"):
        found.append(stripped[1:-1])
    elif end := _BRACKETED.search(stripped):
        inside = end[1].strip()
        if len(inside) > _SHORTEST_TRANSLATION and end.end() == len(stripped) and end.start():
            found += [stripped[: end.start()].strip(), inside]
    if not found:
        found = [one.strip() for one in text.split(" = ", 1)]
        if any(len(one) < _SHORTEST_TRANSLATION for one in found):
            found = [text.strip()]
    return found
