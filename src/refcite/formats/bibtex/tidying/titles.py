"""The case of titles in BibTeX: sentence case, title case, and capitals in braces.

Text in braces, commands and mathematics are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from refcite.formats.bibtex.tidying.propernames import is_proper_name

__all__ = [
    "BARE_WORD",
    "TITLES",
    "in_sentence_case",
    "in_title_case",
    "protected_capitals",
    "unbraced",
]

TITLES: Final = frozenset(
    ["title", "subtitle", "booktitle", "booksubtitle", "maintitle", "shorttitle", "issuetitle"]
)
"""The fields whose case is changed."""
BARE_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MARKED: Final = re.compile(r"[{}\\$]")
_COMMAND: Final = re.compile(r"\\(?:[A-Za-z]+\s*|.)|\$[^$]*\$")
_BRACE: Final = re.compile(r"[{}]")
_INNER_CAPITAL: Final = re.compile(r"[^\W_][A-Z]")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDS_SENTENCE: Final = frozenset(":.?!–—")
_SMALL_TEXT: Final = (
    "a an and as at but by down for from in into like near nor of off on once onto or over past so"
    " than that the to up upon via vs when with yet de la le les du des der die das und et y"
)
_SMALL: Final = frozenset(_SMALL_TEXT.split())
_LONG: Final = 4
"""The smallest number of letters of a word that is probably no abbreviation."""
_MOST_SMALL: Final = 0.5
"""The share of words in lower case from which a title is in sentence case."""


def unbraced(raw: str) -> str:
    """Return a text with its groups, commands and formulas replaced by NUL characters.

    Example:
        >>> unbraced("On {DNA}") == "On " + chr(0) * 5
        True
    """
    if _MARKED.search(raw) is None:
        return raw
    text = _COMMAND.sub(lambda found: "\0" * len(found[0]), raw)
    out: list[str] = []
    depth = done = 0
    for brace in _BRACE.finditer(text):
        start, end = brace.span()
        part = text[done:start]
        out.append("\0" * len(part) if depth else part)
        out.append("\0")
        depth = depth + 1 if brace[0] == "{" else max(depth - 1, 0)
        done = end
    out.append(text[done:])
    return "".join(out)


def protected_capitals(raw: str) -> str | None:
    """Return a title with braces around the words with capitals inside; None if it has none.

    Example:
        >>> protected_capitals("The DNA of {RNA} on an iPhone")
        'The {DNA} of {RNA} on an {iPhone}'
        >>> protected_capitals("The lamps of Oslo")
    """
    bare = unbraced(raw)
    words = [
        word
        for word in BARE_WORD.finditer(bare)
        if any(_INNER_CAPITAL.search(part) for part in word[0].split("-"))
    ]
    letters = "".join(sign for sign in bare if sign.isalpha())
    if not words or sum(map(str.isupper, letters)) * 2 > len(letters):
        return None  # in a title in capitals, none is special
    out: list[str] = []
    done = 0
    for word in words:
        start, end = word.span()
        if bare[start - 1 : start] == "\0" or bare[end : end + 1] == "\0":
            return None
        out += [raw[done:start], "{", raw[start:end], "}"]
        done = end
    return "".join([*out, raw[done:]])


def in_sentence_case(raw: str) -> str:
    """Return a title in sentence case; names that are known, and words with capitals inside, stay.

    A title in which most words are in lower case is not changed.

    Example:
        >>> in_sentence_case("The Economics of Trade in Norway: An Overview of {OECD} Data")
        'The economics of trade in Norway: An overview of {OECD} data'
    """
    bare = unbraced(raw)
    words = [word for word in _WORD.finditer(bare) if word[0][0].isalpha()]
    long = [word[0] for word in words if word[0].lower() not in _SMALL]
    if len(long) < 2:
        return raw
    is_capital = _is_in_capitals(words)
    if not is_capital and sum(word.islower() for word in long) > len(long) * _MOST_SMALL:
        return raw

    def small(word: str, starts: bool) -> str:
        if is_capital:
            return (
                word.capitalize() if starts or is_proper_name(word.capitalize()) else word.lower()
            )
        if starts or word == "I" or not word[0].isupper() or (len(word) == 1 and word != "A"):
            return word
        if any(map(str.isupper, word[1:])) or any(map(str.isdigit, word)) or is_proper_name(word):
            return word
        return word.lower()

    return _changed(raw, bare, words, small)


def in_title_case(raw: str) -> str:
    """Return a title in title case: all words but articles, prepositions and conjunctions.

    Example:
        >>> in_title_case("The economics of trade in Norway: an overview")
        'The Economics of Trade in Norway: An Overview'
    """
    bare = unbraced(raw)
    words = [word for word in _WORD.finditer(bare) if word[0][0].isalpha()]
    if not words:
        return raw
    last = words[-1].start()
    is_capital = _is_in_capitals(words)

    def large(word: str, starts: bool) -> str:
        if is_capital:
            word = word.lower()
        if not word.islower() or (word in _SMALL and not starts):
            return word
        return word[0].upper() + word[1:]

    changed = _changed(raw, bare, words, large)
    word = raw[last : words[-1].end()]
    return changed[:last] + large(word, True) + changed[words[-1].end() :]


def _is_in_capitals(words: list[re.Match[str]]) -> bool:
    """Return whether a title is in capitals, and not only an abbreviation."""
    return all(word[0].isupper() for word in words) and (
        sum(len(word[0]) >= _LONG for word in words) > 1
    )


def _changed(
    raw: str, bare: str, words: list[re.Match[str]], change: Callable[[str, bool], str]
) -> str:
    out: list[str] = []
    done = 0
    for word in words:
        start, end = word.span()
        before = bare[:start].rstrip(" \t\n\"'`“‘(¿¡")
        starts = not before or before[-1] in _ENDS_SENTENCE
        is_next_to_group = bare[start - 1 : start] == "\0" or bare[end : end + 1] == "\0"
        text = raw[start:end] if is_next_to_group else change(raw[start:end], starts)
        if len(text) != end - start:
            text = raw[start:end]  # such as the capital of ß
        out += (raw[done:start], text)
        done = end
    return "".join((*out, raw[done:]))
