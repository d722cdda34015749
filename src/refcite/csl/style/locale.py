"""Locales: terms, date formats and options, found along CSL's fallback chain.

The overrides of a style come first, then the locale files that citeproc-py ships (specification,
"Locale Fallback"). Each form of a term, each date format and each option is looked up separately.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from refcite.csl.style.elements import DateElement, LocaleData, TermData
from refcite.csl.style.locale_files import locale_file, primary_dialect, shipped_locale

__all__ = ["Locale", "Ordinal", "load_locale"]

_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))?", re.IGNORECASE)
_FORM_FALLBACK: Final = {
    "verb-short": ("verb-short", "verb", "long"),
    "symbol": ("symbol", "short", "long"),
    "verb": ("verb", "long"),
    "short": ("short", "long"),
    "long": ("long",),
}
# CSL 1.0.1 renamed terms of 1.0; styles use either name.
_OTHER_NAMES: Final = {
    "event": "event-title",
    "event-title": "event",
    "number-of-volumes": "volume",
    "editortranslator": "editor-translator",
    "editor-translator": "editortranslator",
}


@frozen
class Ordinal:
    """An ordinal suffix with its numbers (specification, "Ordinal Suffixes")."""

    text: str
    match: str | None = None


class Locale:
    """The terms, dates and options in force for one style and one language.

    Args:
        tag: The language, such as `en-US`.
        sources: The locale data, in order of precedence.

    Attributes:
        tag: The language.
        ordinals: `ordinal`, `ordinal-00` … with the gender form, and their suffixes.
        long_ordinals: `long-ordinal-01` … with the gender form, and their words.
        limit_day_ordinals_to_day_1: The locale option of the same name.
        punctuation_in_quote: The locale option of the same name.
    """

    def __init__(self, tag: str, sources: Iterable[LocaleData]) -> None:
        self.tag = tag
        self._terms: dict[tuple[str, str], TermData] = {}
        self._dates: dict[str, DateElement] = {}
        self._genders: dict[str, str] = {}
        ordinals: dict[tuple[str, str | None], Ordinal] = {}
        long_ordinals: dict[tuple[str, str | None], str] = {}
        in_quote: bool | None = None
        limit: bool | None = None
        for source in sources:
            # Ordinals are replaced as a group: all come from the first source that has any.
            mine: dict[tuple[str, str | None], Ordinal] = {}
            for term in source.terms:
                if term.name == "ordinal" or term.name.startswith("ordinal-"):
                    mine[term.name, term.gender_form] = Ordinal(term.single, term.match)
                elif term.name.startswith("long-ordinal-"):
                    long_ordinals.setdefault((term.name, term.gender_form), term.single)
                else:
                    self._terms.setdefault((term.name, term.form), term)
                    if term.gender:
                        self._genders.setdefault(term.name, term.gender)
            if not ordinals:
                ordinals = mine
            for date in source.dates:
                self._dates.setdefault(str(date.form), date)
            in_quote = source.punctuation_in_quote if in_quote is None else in_quote
            limit = source.limit_day_ordinals_to_day_1 if limit is None else limit
        self.ordinals: Mapping[tuple[str, str | None], Ordinal] = MappingProxyType(ordinals)
        self.long_ordinals: Mapping[tuple[str, str | None], str] = MappingProxyType(long_ordinals)
        self.punctuation_in_quote = bool(in_quote)
        self.limit_day_ordinals_to_day_1 = bool(limit)

    def term(self, name: str, form: str = "long", plural: bool = False) -> str | None:
        """Return a term's text, in the requested form or the next available form, or None."""
        found = self.find_term(name, form)
        if found is not None:
            return found.multiple if plural else found.single
        if name.startswith(("ordinal", "long-ordinal")):
            words = self.long_ordinals.get((name, None))
            if words is not None:
                return words
            suffix = self.ordinals.get((name, None))
            return None if suffix is None else suffix.text
        return None

    def find_term(self, name: str, form: str = "long") -> TermData | None:
        """Return a term, except ordinals, in the requested form or the next available form."""
        if name == "sub verbo":
            name = "sub-verbo"
        for known in (name, _OTHER_NAMES.get(name)):
            if known is None:
                continue
            for fallback in _FORM_FALLBACK.get(form, ("long",)):
                found = self._terms.get((known, fallback))
                if found is not None:
                    return found
        return None

    def gender(self, name: str) -> str | None:
        """Return the gender of a term, which is a noun, `feminine` or `masculine`, or None."""
        return self._genders.get(name)

    def date(self, form: str) -> DateElement | None:
        """Return the localized date format, `numeric` or `text`."""
        return self._dates.get(form)


def load_locale(tag: str | None, overrides: tuple[LocaleData, ...] = ()) -> Locale:
    """Return the locale for a language.

    Args:
        tag: The language, `de` or `de-AT`. If there is no such locale, the nearest one is used, and
            finally American English.
        overrides: The `cs:locale` elements of the style.

    Example:
        >>> load_locale("fr").term("page", "short", plural=True)
        'p.'
        >>> load_locale("de-AT").term("month-01"), load_locale("xx").term("month-01")
        ('Jänner', 'January')
        >>> load_locale("sr-Latn-RS").term("and"), load_locale("sr").term("and")
        ('i', 'i')
    """
    language, dialect = _parts_of(tag)
    primary = primary_dialect(language)
    nearest = f"{language}-{dialect}" if dialect else primary or language
    chosen = shipped_locale(tag or "en-US") or nearest
    sources = [
        *(one for one in overrides if _normal(one.language) == chosen.lower()),
        *(one for one in overrides if _normal(one.language) == language),
        *(one for one in overrides if one.language is None),
    ]
    names = [chosen, primary, "en-US"]
    for name in dict.fromkeys(name for name in names if name):
        data = locale_file(name)
        if data is not None:
            sources.append(data)
    return Locale(chosen, sources)


def _parts_of(tag: str | None) -> tuple[str, str]:
    match = _TAG.match(tag or "")
    if match is None:
        return "en", "US"
    return match[1].lower(), (match[2] or "").upper()


def _normal(language: str | None) -> str | None:
    return None if language is None else language.replace("_", "-").lower()
