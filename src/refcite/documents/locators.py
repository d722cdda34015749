"""The text after a key, divided into the locator with its label, and the suffix.

The rules are those of pandoc's manual ("Citation syntax"): the label is a term of the document's
language, in any form; without a label, figures are pages. A locator may be in braces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from attrs import frozen

from refcite.csl.style.elements import LocaleData
from refcite.csl.style.locale import load_locale
from refcite.csl.style.schema import LOCATORS

__all__ = ["Located", "LocatorTerms", "locator_terms", "split_locator"]

LocatorTerms = Mapping[str, str]
"""The terms of a language in lower case, each with the label of CSL."""

_FORMS: Final = ("long", "short", "symbol")
_TERMS: Final = {"article-locator": ("article",), "title-locator": ("title",)}
"""CSL has no terms with the names of these locators in most languages."""
_LONGEST: Final = 40
"""No term of a language is longer."""
_ROMAN: Final = re.compile(
    r"(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})"
)
_TAG: Final = re.compile(r"<(i|b|sup|sub|sc|nocase|span)\b[^<>]*>.*?</\1>", re.DOTALL)
_EMPHASIS: Final = re.compile(r"</?(?:i|b|sc|span)\b[^<>]*>")
_RAISED: Final = re.compile(r"<(sup|sub)>.*?</\1>", re.DOTALL)
_FIRST_WORD: Final = re.compile(r"[0-9]+(?:[-\u2013][0-9]+)*(?!\w)")
_OPENING: Final = {"(": ")", "[": "]", "{": "}"}
_DEEPEST: Final = 20
"""Brackets in a locator may be nested so deeply."""


@frozen
class Located:
    """The parts of the text after a key.

    Attributes:
        label: The label of the locator, a term of CSL such as `page`; empty for a locator without
            a label in braces; None without a locator.
        locator: The locator, None if there is none.
        end: Where the locator ends, and the suffix starts.
        suffix: The suffix. A comma is put before a suffix that follows the cite directly.
    """

    label: str | None
    locator: str | None
    end: int
    suffix: str


@lru_cache(maxsize=16)
def locator_terms(language: str, overrides: tuple[LocaleData, ...] = ()) -> LocatorTerms:
    """Return the labels of locators in a language, in all their forms.

    Args:
        language: The language, such as `de-AT`.
        overrides: The `cs:locale` elements of a style.

    Example:
        >>> terms = locator_terms("de")
        >>> terms["s."], terms["kapitel"], terms["§"]
        ('page', 'chapter', 'section')
    """
    found: dict[str, str] = {}
    # A writer may use the terms of the language, whichever the style prints.
    for locale in (load_locale(language, overrides), load_locale(language)):
        for label in sorted(LOCATORS):
            for name in (label, *_TERMS.get(label, ())):
                for form in _FORMS:
                    term = locale.find_term(name, form)
                    for text in (term.single, term.multiple) if term is not None else ():
                        if text:
                            found.setdefault(text.strip().casefold(), label)
    return MappingProxyType(found)


def split_locator(text: str, terms: LocatorTerms) -> Located:
    """Divide the text after a key.

    Args:
        text: The text, to the next cite or the end of the citation. It may have the tags of
            CSL-JSON (`<i>`), which are not divided.
        terms: The labels in the document's language.

    Example:
        >>> terms = locator_terms("en")
        >>> split_locator(", pp. 33-35 and others", terms)
        Located(label='page', locator='33-35', end=11, suffix=' and others')
        >>> split_locator(" {chap. iv, vi}", terms)
        Located(label='chapter', locator='iv, vi', end=15, suffix='')
        >>> split_locator("and elsewhere", terms).suffix
        ', and elsewhere'
    """
    scanner = _Scanner(text)
    place = 1 if text.startswith(",") else 0
    place = scanner.after_space(place)
    found = _in_braces(scanner, place, terms) or _integrated(scanner, place, terms)
    if found is None:
        return Located(None, None, 0, _with_comma(text))
    label, locator, end = found
    locator = _without_emphasis(locator)
    if not locator:
        return Located(None, None, end, text[end:])
    return Located(label, locator, end, text[end:])


def _without_emphasis(locator: str) -> str:
    """Return a locator without formatting, unless it has words: numbers are sorted and compared."""
    if "<" not in locator:
        return locator
    bare = _EMPHASIS.sub("", locator)
    words = re.findall(r"[^\W\d_]+", _RAISED.sub("", bare))
    return bare if all(_ROMAN.fullmatch(word.lower()) for word in words) else locator


def _with_comma(text: str) -> str:
    if not text or text[0].isspace() or _is_punctuation(text[0]):
        return text
    return f", {text}"


def _in_braces(scanner: _Scanner, place: int, terms: LocatorTerms) -> tuple[str, str, int] | None:
    """Return label, locator and end of a locator in braces, which may be any text."""
    text = scanner.text
    if not text.startswith("{", place):
        return None
    depth, end = 0, place
    for end in range(place, len(text)):
        if text[end] == "{":
            depth += 1
        elif text[end] == "}":
            depth -= 1
            if not depth:
                break
    if depth:
        return None
    start = scanner.after_space(place + 1)
    labelled = scanner.label(start, terms, end, needs_number=False)
    if labelled is None:
        locator = text[place + 1 : end].strip()
        # Only figures are pages, as in pandoc.
        is_page = _FIRST_WORD.match(locator) is not None
        return "page" if is_page else "", locator, end + 1
    label, start = labelled
    return label, text[start:end].strip(), end + 1


def _integrated(scanner: _Scanner, place: int, terms: LocatorTerms) -> tuple[str, str, int] | None:
    """Return label, locator and end of a locator without braces."""
    labelled = scanner.label(place, terms, len(scanner.text), needs_number=True)
    label, start = labelled or ("page", place)
    # Without a label there must be figures: "vii" could be a word.
    is_part = _has_number if labelled is not None else _has_digit
    first = scanner.after_space(start) if labelled is not None else start
    end = scanner.word(first, is_part)
    if end is None:
        return None
    while True:
        separated = end + 1 if scanner.text[end : end + 1] in (",", ";") else end
        following = scanner.word(scanner.after_space(separated), is_part)
        if following is None:
            return label, scanner.text[first:end], end
        end = following


_Condition = Callable[[bool, bool], bool]
"""Whether a word can be part of a locator, if it has figures, or Roman figures."""


def _has_digit(digit: bool, roman: bool) -> bool:
    return digit


def _has_number(digit: bool, roman: bool) -> bool:
    return digit or roman


@frozen
class _Scanner:
    """Reads the words of a locator.

    Attributes:
        text: The text.
    """

    text: str

    def after_space(self, place: int) -> int:
        while place < len(self.text) and self.text[place].isspace():
            place += 1
        return place

    def label(
        self, place: int, terms: LocatorTerms, end: int, *, needs_number: bool
    ) -> tuple[str, int] | None:
        """Return the longest label at a place, and where it ends."""
        found: tuple[str, int] | None = None
        for stop in range(place + 1, min(end, place + _LONGEST) + 1):
            last = self.text[stop - 1]
            if last in "{}[]":
                break
            if last.isspace() or self._is_in_word(stop):
                continue
            label = terms.get(self.text[place:stop].strip().casefold())
            if label is None:
                continue
            if not needs_number or self.word(self.after_space(stop), _has_number) is not None:
                found = label, stop
        return found

    def _is_in_word(self, stop: int) -> bool:
        """Return whether a letter follows a letter, so that the word continues."""
        before, after = self.text[stop - 1], self.text[stop : stop + 1]
        return before.isalpha() and after.isalpha()

    def word(self, place: int, is_part: _Condition) -> int | None:
        """Return the end of one word of a locator, None if there is none at the place."""
        end, has_digit, has_roman = self._balanced(place, 0)
        if end == place or not is_part(has_digit, has_roman):
            return None
        return end

    def _balanced(self, place: int, depth: int) -> tuple[int, bool, bool]:
        """Return the end of units and brackets, and whether they have figures, or Roman ones."""
        text = self.text
        has_digit = has_roman = False
        while place < len(text):
            closing = _OPENING.get(text[place])
            if closing is not None:
                if depth >= _DEEPEST:
                    break
                end, digit, roman = self._balanced(place + 1, depth + 1)
                if not text.startswith(closing, end):
                    break
                end += 1
            else:
                end, digit, roman = self._unit(place)
                if end == place:
                    break
            has_digit, has_roman = has_digit or digit, has_roman or roman
            place = end
        return place, has_digit, has_roman

    def _unit(self, place: int) -> tuple[int, bool, bool]:
        """Return the end of a unit such as `12`, `1.2`, `A3` or `xi-xv`."""
        text = self.text
        end = self._run(place)
        while end > place and text.startswith(".", end):
            following = self._run(end + 1)
            if following == end + 1:
                break
            end = following
        unit = text[place:end]
        roman = bool(unit) and any(
            part and (part.islower() or part.isupper()) and _ROMAN.fullmatch(part.lower())
            for part in re.split("[-\u2013:.]", unit)
        )
        return end, any(map(str.isdecimal, unit)), roman

    def _run(self, place: int) -> int:
        text = self.text
        while place < len(text):
            if text[place] == "<" and (tag := _TAG.match(text, place)) is not None:
                place = tag.end()
            elif text[place].isspace() or _ends_unit(text[place]):
                break
            else:
                place += 1
        return place


def _ends_unit(character: str) -> bool:
    # A hyphen or dash is that of a range, a colon that between a volume and its pages.
    return character not in "-\u2013:" and _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")
