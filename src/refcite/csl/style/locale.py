"""Locales: terms, date formats and options, found along CSL's fallback chain.

The overrides of a style come first, then the user's locale files, then those that citeproc-py ships
(specification, "Locale Fallback"). Each form of a term, each date format and each option is looked
up separately.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from refcite.csl.style.elements import DateElement, LocaleData, TermData
from refcite.csl.style.finder import SHIPPED, Finder
from refcite.csl.style.locale_files import known_locale, locale_data
from refcite.problems import Problem

__all__ = ["Locale", "Ordinal", "language_of", "load_locale", "locale_tag"]

_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))?", re.IGNORECASE)
_FORM_FALLBACK: Final = {
    "verb-short": ("verb-short", "verb", "long"),
    "symbol": ("symbol", "short", "long"),
    # Of CSL-M: the other forms are those of the label.
    "static": ("static",),
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
        limit_day_ordinals_to_day_1: The locale option of that name.
        page_delimiter: The delimiter of page ranges.
        punctuation_in_quote: The locale option of that name.
        problems: The problems of the locale files.
    """

    def __init__(self, tag: str, sources: Iterable[LocaleData]) -> None:
        self.tag = tag
        # Terms of the language, with all their forms, are looked up before those of English.
        self._terms: dict[tuple[str, str], TermData] = {}
        self._fallback: dict[tuple[str, str], TermData] = {}
        self._dates: dict[str, DateElement] = {}
        self._genders: dict[str, str] = {}
        ordinals: dict[tuple[str, str | None], Ordinal] = {}
        long_ordinals: dict[tuple[str, str | None], str] = {}
        in_quote: bool | None = None
        limit: bool | None = None
        problems: list[Problem] = []
        for source in sources:
            problems += source.problems
            # Ordinals are replaced as a group: all come from the first source that has any.
            mine: dict[tuple[str, str | None], Ordinal] = {}
            words: dict[tuple[str, str | None], str] = {}
            terms: dict[tuple[str, str], TermData] = {}
            foreign = _is_foreign(source, tag)
            for term in source.terms:
                if term.name == "ordinal" or term.name.startswith("ordinal-"):
                    mine[term.name, term.gender_form] = Ordinal(term.single, term.match)
                elif term.name.startswith("long-ordinal-"):
                    words[term.name, term.gender_form] = term.single
                else:
                    # Of two terms with the same name and form in one file, the last one is used.
                    terms[term.name, term.form] = term
                    if term.gender and not foreign:
                        self._genders.setdefault(term.name, term.gender)
            target = self._fallback if foreign else self._terms
            for key, term in terms.items():
                target.setdefault(key, term)
            if not foreign:
                # A word in one gender replaces those in all genders.
                known = {name for name, _ in long_ordinals}
                long_ordinals |= {key: word for key, word in words.items() if key[0] not in known}
            if not ordinals:
                ordinals = mine
            for date in source.dates:
                self._dates.setdefault(str(date.form), date)
            in_quote = source.punctuation_in_quote if in_quote is None else in_quote
            limit = source.limit_day_ordinals_to_day_1 if limit is None else limit
        self.ordinals: Mapping[tuple[str, str | None], Ordinal] = MappingProxyType(ordinals)
        self.long_ordinals: Mapping[tuple[str, str | None], str] = MappingProxyType(long_ordinals)
        self.page_delimiter = self.term("page-range-delimiter") or "\u2013"
        self.punctuation_in_quote = bool(in_quote)
        self.limit_day_ordinals_to_day_1 = bool(limit)
        self.problems = tuple(problems)

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
        forms = _FORM_FALLBACK.get(form, ("long",))
        other = _OTHER_NAMES.get(name)
        names = (name,) if other is None else (name, other)
        if form == "symbol":
            # A sign such as "&" is the same in all languages; their words come after it.
            sign = self._terms.get((name, form)) or self._fallback.get((name, form))
            if sign is not None and sign.single and not sign.single.isalpha():
                return sign
        for terms in (self._terms, self._fallback):
            for known in names:
                for fallback in forms:
                    found = terms.get((known, fallback))
                    if found is None:
                        continue
                    if found.single or fallback == form:
                        return found
                    # An empty term in another form does not hide this form in American English.
                    exact = self._fallback.get((known, form))
                    return exact if exact is not None and exact.single else found
        return None

    def follow(self, document: Locale) -> None:
        """Use the options that depend on the language of the document, not on that of an item.

        citeproc-js does so in the layouts for some languages: the delimiter of page ranges, unless
        it is a hyphen, and the place of punctuation next to quotation marks.
        """
        self.punctuation_in_quote = document.punctuation_in_quote
        if document.page_delimiter != "-":
            self.page_delimiter = document.page_delimiter

    def gender(self, name: str) -> str | None:
        """Return the gender of a term, which is a noun, `feminine` or `masculine`, or None."""
        return self._genders.get(name)

    def date(self, form: str) -> DateElement | None:
        """Return the localized date format, `numeric` or `text`."""
        return self._dates.get(form)


def language_of(tag: str) -> str:
    """Return the language of a tag.

    Example:
        >>> language_of("zh-CN"), language_of("EN")
        ('zh', 'en')
    """
    return _parts_of(tag)[0]


def locale_tag(tag: str, finder: Finder = SHIPPED) -> str:
    """Return the locale for a language tag: with the dialect that is taken if it names none.

    Args:
        tag: The language tag.
        finder: Finds the user's locales.

    Example:
        >>> locale_tag("en"), locale_tag("en-gb"), locale_tag("zh")
        ('en-US', 'en-GB', 'zh-CN')
    """
    language, dialect = _parts_of(tag)
    nearest = f"{language}-{dialect}" if dialect else finder.primary_dialect(language) or language
    return known_locale(tag, finder) or nearest


def load_locale(
    tag: str | None, overrides: tuple[LocaleData, ...] = (), finder: Finder = SHIPPED
) -> Locale:
    """Return the locale for a language.

    Args:
        tag: The language, `de` or `de-AT`. If there is no such locale, the nearest one is used, and
            finally American English.
        overrides: The `cs:locale` elements of the style.
        finder: Finds the user's locales.

    Example:
        >>> load_locale("fr").term("page", "short", plural=True)
        'p.'
        >>> load_locale("de-AT").term("month-01"), load_locale("xx").term("month-01")
        ('Jänner', 'January')
        >>> load_locale("sr-Latn-RS").term("and"), load_locale("sr").term("and")
        ('i', 'i')
    """
    language, _ = _parts_of(tag)
    primary = finder.primary_dialect(language)
    chosen = locale_tag(tag or "en-US", finder)
    sources = [
        # Of two `cs:locale` for the same language, the last one is used.
        *(one for one in reversed(overrides) if _normal(one.language) == chosen.lower()),
        *(one for one in reversed(overrides) if _normal(one.language) == language),
        *(one for one in reversed(overrides) if one.language is None),
    ]
    names = [chosen, primary, "en-US"]
    for name in dict.fromkeys(name for name in names if name):
        sources += locale_data(name, finder)
    return Locale(chosen, sources)


def _is_foreign(source: LocaleData, tag: str) -> bool:
    """Return whether locale data are in another language, as those of American English may be."""
    return source.language is not None and source.language[:2].lower() != tag[:2].lower()


def _parts_of(tag: str | None) -> tuple[str, str]:
    match = _TAG.match(tag or "")
    if match is None:
        return "en", "US"
    return match[1].lower(), (match[2] or "").upper()


def _normal(language: str | None) -> str | None:
    return None if language is None else language.replace("_", "-").lower()
