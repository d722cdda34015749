"""Text case (specification, "Text-case").

Where the specification and its own test suite differ, the suite decides: words in capitals keep
them in title case although the specification would lower them (`textcase_CapitalsUntouched`).
Sentence case lowers capitalised words and keeps other capitals, such as `DNA`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from refcite.csl.style.attributes import TextCase
from refcite.csl.text.stream import CLOSE, NOCASE, Span, Stream

__all__ = [
    "CASED_APART",
    "STOP_WORDS",
    "apply_case",
    "change_case",
    "change_case_of_parts",
    "lower",
    "upper",
]

STOP_WORDS: Final = frozenset(
    """
    a an the
    and but for nor or so yet
    about above across afore after against along alongside amid amidst among amongst anenst
    apropos apud around as aside astride at athwart atop barring before behind below beneath
    beside besides between beyond by circa despite down during except forenenst from given in
    inside into lest like modulo near next notwithstanding of off on onto out over per plus pro
    qua sans since than through throughout thru thruout till to toward towards under underneath
    until unto up upon versus via with within without
    al c ca et v vs
    d de van von
    """.split()  # noqa: SIM905 - words are read more easily without a hundred quotes
)
"""Words that title case leaves in lower case.

The articles, conjunctions and prepositions of the Chicago Manual of Style (15th to 17th edition),
on which the specification's `stop-words.json` is based, with the abbreviations of citations (`v.`,
`et al.`) and the particles of names.
"""

# A word includes its apostrophes and inner full stops, and ends at a hyphen, dash or slash.
_WORD: Final = re.compile(
    r"[^\s\-\u2010-\u2015/.,;:?!()\[\]{}\"'\u2018-\u201f«»‹›]+"
    r"(?:['\u2019.][^\s\-\u2010-\u2015/.,;:?!()\[\]{}\"'\u2018-\u201f«»‹›]+)*"
)
# Characters that may be between a colon and the word that gets a capital.
_BETWEEN: Final = frozenset(" \u00a0\"'\u2018\u201c([")


_HYPHENS: Final = ("-", "\u2010", "\u2011")
_TURKIC: Final = frozenset({"tr", "az"})
CASED_APART: Final = frozenset({*_TURKIC, "el"})
"""Languages with their own rules for capitals."""


def apply_case(case: TextCase, stream: Stream, start: int, language: str = "") -> None:
    """Change the case of the contents of a stream from `start` on, as one text."""
    if language[:2] not in CASED_APART:
        language = ""
    if len(stream) == start + 1:
        only = stream[start]
        if type(only) is str:
            stream[start] = change_case(case, only, language)
        return
    places: list[int] = []
    parts: list[tuple[str, bool]] = []
    shields: list[bool] = []
    for index in range(start, len(stream)):
        part = stream[index]
        if type(part) is str:
            places.append(index)
            parts.append((part, any(shields)))
        elif part is CLOSE:
            shields.pop()
        else:
            shields.append(part is NOCASE or (type(part) is Span and _shields(part)))
    for place, text in zip(places, change_case_of_parts(case, parts, language), strict=True):
        stream[place] = text


def _shields(span: Span) -> bool:
    """Whether a span keeps the case of its text: sub- and superscript and small capitals do."""
    form = span.format
    return form.vertical_align in ("sup", "sub") or form.font_variant == "small-caps"


@lru_cache(maxsize=2048)  # a document prints the same titles often
def change_case(case: TextCase, text: str, language: str = "") -> str:
    """Return a text in another case.

    Args:
        case: The required case. Title case is for English; the caller determines whether the
            item is.
        text: The text, without markup.
        language: The item's language, such as `tr`; Turkish and Greek have their own capitals.

    Example:
        >>> change_case("title", "a tale of two cities: the end")
        'A Tale of Two Cities: The End'
        >>> change_case("capitalize-first", "von Humboldt")
        'Von Humboldt'
    """
    return change_case_of_parts(case, ((text, False),), language)[0]


def change_case_of_parts(
    case: TextCase, parts: Sequence[tuple[str, bool]], language: str = ""
) -> list[str]:
    """Return a text that was cut at its markup in another case.

    Args:
        case: The case that the style requires.
        parts: Each piece of text, and whether its case is protected. The first and the
            last word may be in a protected piece.
        language: The item's language.

    Returns:
        The same number of pieces.

    Example:
        >>> change_case_of_parts("title", [("the growth of ", False), ("mRNA", True)])
        ['The Growth of ', 'mRNA']
    """
    if case in ("lowercase", "uppercase"):
        change = lower if case == "lowercase" else upper
        return [text if fixed else change(text, language) for text, fixed in parts]
    if len(parts) == 1:
        text, fixed = parts[0]
        edits = dict(_EDITORS[case](text, b"", language))
        return [text if fixed else _edited(text, 0, edits)]
    whole = "".join([text for text, _ in parts])
    edits = dict(_EDITORS[case](whole, _mask(parts), language))
    start, done = 0, []
    for text, fixed in parts:
        done.append(text if fixed else _edited(text, start, edits))
        start += len(text)
    return done


def _mask(parts: Sequence[tuple[str, bool]]) -> bytes:
    """Return 1 for each protected character of the whole text."""
    return b"".join([(b"\1" if fixed else b"\0") * len(text) for text, fixed in parts])


def lower(text: str, language: str = "") -> str:
    """Return a text in lower case, by the rules of a language.

    Example:
        >>> lower("DIYARBAKIR", "tr")
        'dıyarbakır'
    """
    if language[:2] in _TURKIC:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def upper(text: str, language: str = "") -> str:
    """Return a text in capitals, by the rules of a language.

    Example:
        >>> upper("diyarbakır", "tr"), upper("Αθήνα", "el")
        ('DİYARBAKIR', 'ΑΘΗΝΑ')
    """
    if language[:2] in _TURKIC:
        text = text.replace("i", "İ")
    elif language[:2] == "el":
        # Capitals have no tonos; they keep the diaeresis.
        text = normalize("NFC", normalize("NFD", text).replace("\u0301", ""))
    return text.upper()


def _edited(text: str, start: int, edits: dict[int, str]) -> str:
    """Put the characters of `edits` into a text that begins at `start` of the whole."""
    if not edits:
        return text
    return "".join([edits.get(index, char) for index, char in enumerate(text, start)])


Edits = Iterator[tuple[int, str]]
"""The index of each character that changes, with its replacement."""


def _words(text: str, mask: bytes) -> Iterator[tuple[int, str, bool]]:
    """Yield each word with its index and whether its first character may change."""
    for match in _WORD.finditer(text):
        start = match.start()
        yield start, match[0], not (mask and mask[start])


def _capital(text: str, index: int, language: str) -> tuple[int, str]:
    first = text[index]
    if first == "i" and language[:2] in _TURKIC:
        return index, "İ"
    # `title` makes ǅ of ǆ and Ss of ß, as a word's start needs it. Greek keeps its accent there.
    return index, first.title()


def _first(text: str, mask: bytes, language: str) -> Edits:
    for start, word, free in _words(text, mask):
        if free and _is_lower(word) and not _is_prefix(text, start, word, language):
            yield _capital(text, start, language)
        return


def _all(text: str, mask: bytes, language: str) -> Edits:
    for start, word, free in _words(text, mask):
        if free and _is_lower(word) and not _is_prefix(text, start, word, language):
            yield _capital(text, start, language)


def _sentence(text: str, mask: bytes, language: str) -> Edits:
    shouted = text.isupper() and " " in text.strip()
    first = True
    for start, word, free in _words(text, mask):
        if first and free and _is_lower(word):
            if not _is_prefix(text, start, word, language):
                yield _capital(text, start, language)
        elif shouted or (not first and _is_capitalised(word)):
            for index in range(start + first, start + len(word)):
                if not (mask and mask[index]):
                    yield index, lower(text[index], language)
        first = False


def _title(text: str, mask: bytes, language: str) -> Edits:
    words = list(_words(text, mask))
    last = len(words) - 1
    for number, (start, word, free) in enumerate(words):
        if (
            free
            and "." not in word
            and _is_lower(word)
            and _takes_capital(text, start, _own_part(word, start, mask), number, last)
        ):
            yield _capital(text, start, language)


def _takes_capital(text: str, start: int, word: str, number: int, last: int) -> bool:
    """Return whether title case gives a capital to a word in lower case."""
    if len(word) == 1 and _is_greek_letter(word):
        # A Greek letter is a sign, as in β-blocker or α-synuclein.
        return False
    if number == 0 or _follows_a_stop(text, start):
        return True
    if len(word) == 1:
        # A letter is a sign too: t-test, p-value, the x of an equation.
        return False
    if _begins_a_compound(text, start, word):
        return True
    # One letter before an apostrophe is an elided article: l'homme, d'Orsay.
    return number == last or (word[1] not in "'\u2019" and word not in STOP_WORDS)


def _is_greek_letter(letter: str) -> bool:
    return "\u0370" <= letter <= "\u03ff"


def _is_prefix(text: str, start: int, word: str, language: str) -> bool:
    """Return whether a word is a Greek letter that is a sign in another language: β-blocker."""
    if len(word) != 1 or not _is_greek_letter(word) or language[:2] == "el":
        return False
    return text[start + 1 : start + 2] in _HYPHENS


def _follows_a_stop(text: str, start: int) -> bool:
    index = start - 1
    while index >= 0 and text[index] in _BETWEEN:
        index -= 1
    return index >= 0 and text[index] in ":?!"


def _begins_a_compound(text: str, start: int, word: str) -> bool:
    end = start + len(word)
    return text[end : end + 1] == "-" and text[start - 1].isspace()


def _own_part(word: str, start: int, mask: bytes) -> str:
    """Return a word without the sub- or superscript after it, as in `x<sub>2</sub>`."""
    if not mask:
        return word
    end = mask.find(b"\1", start, start + len(word))
    return word if end < 0 else word[: end - start]


_EDITORS: Final[dict[str, Callable[[str, bytes, str], Edits]]] = {
    "capitalize-first": _first,
    "capitalize-all": _all,
    "sentence": _sentence,
    "title": _title,
}


def _is_lower(word: str) -> bool:
    return word == word.lower()


def _is_capitalised(word: str) -> bool:
    return word[0] != word[0].lower() and word[1:] == word[1:].lower()
