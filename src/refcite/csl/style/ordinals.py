"""A locale's ordinals: suffixes and words, by number and gender.

Source: CSL 1.0.2, "Ordinal Suffixes", "Long Ordinals" and "Gender-specific Ordinals".
"""

from __future__ import annotations

from refcite.csl.style.locale import Locale

__all__ = ["long_ordinal", "ordinal"]


def ordinal(number: int, locale: Locale, gender: str | None) -> str:
    """Return a number with its ordinal suffix.

    Args:
        number: The number.
        locale: The language.
        gender: The gender of the counted noun, if the language has genders.

    Example:
        >>> from refcite.csl.style.locale import load_locale
        >>> [ordinal(number, load_locale("en-US"), None) for number in (1, 12, 22, 103)]
        ['1st', '12th', '22nd', '103rd']
    """
    # A locale that has genders may have no form without a gender.
    forms = (gender, None, "feminine", "masculine") if gender else (None, "feminine", "masculine")
    suffixes = (_suffix(number, locale, form) for form in forms)
    return f"{number}{next(filter(None, suffixes), '')}"


def _suffix(number: int, locale: Locale, gender: str | None) -> str | None:
    """Return the suffix in one gender form: the most exact match is used."""
    terms = locale.ordinals
    if not any(name == "ordinal" for name, _ in terms) and ("ordinal-04", gender) in terms:
        old = terms.get((_name_in_csl_1_0(number), gender))
        return old.text if old else None
    for value, match in _matches(number):
        term = terms.get((f"ordinal-{value:02}", gender))
        if term is not None and (term.match or _default_match(value)) in match:
            return term.text
    default = terms.get(("ordinal", gender))
    return default.text if default else None


def _name_in_csl_1_0(number: int) -> str:
    """Return the term of a number in CSL 1.0, which has four and no default."""
    last = number % 10
    plain = last in (1, 2, 3) and number % 100 not in (11, 12, 13)
    return f"ordinal-0{last}" if plain else "ordinal-04"


def _matches(number: int) -> list[tuple[int, tuple[str, ...]]]:
    """Return the term numbers that may apply, the most exact first, with their kinds of match."""
    found: list[tuple[int, tuple[str, ...]]] = []
    if number < 100:
        found.append((number, ("whole-number",)))
    found.append((number % 100, ("last-two-digits",)))
    found.append((number % 10, ("last-digit",)))
    return found


def _default_match(value: int) -> str:
    return "last-digit" if value < 10 else "last-two-digits"


def long_ordinal(number: int, locale: Locale, gender: str | None) -> str:
    """Return a number from 1 to 10 as an ordinal word, any other with its suffix.

    A number for which the locale has no word has its suffix too.

    Example:
        >>> from refcite.csl.style.locale import load_locale
        >>> english = load_locale("en-US")
        >>> long_ordinal(2, english, None), long_ordinal(11, english, None)
        ('second', '11th')
    """
    name = f"long-ordinal-{number:02}"
    terms = locale.long_ordinals
    words = (terms.get((name, form)) for form in (gender, None, "feminine", "masculine"))
    return next(filter(None, words), None) or ordinal(number, locale, gender)
