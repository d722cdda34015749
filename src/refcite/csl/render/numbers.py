"""`cs:number`, and the condition `is-numeric` (specification, "Number")."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal

from refcite.csl.render.page_ranges import format_locator, is_roman
from refcite.csl.style.locale import Locale
from refcite.csl.style.ordinals import long_ordinal, ordinal

__all__ = [
    "NumberForm",
    "format_number",
    "format_text_number",
    "is_identifier",
    "is_numeric",
    "is_plural",
    "roman",
]

NumberForm = Literal["numeric", "ordinal", "long-ordinal", "roman"]

# "D2", "2b", "L2d", "1st", "91/2": digits with letters around them; "iv", but no letters that
# make words, such as "mix".
_ONE: Final = r"(?:[^\W\d_]*[0-9]+[^\W\d_]*(?:/[0-9]+)*|[ivx]+)"
_ONE_NUMBER: Final = re.compile(_ONE)
# White space is tried from its first character only, so that the time stays linear.
_SEPARATOR: Final = r"(?:(?:(?<!\s)\s+)?(?:[,;&]|\\?[-\u2013]+)\s*|(?:,|(?<!\s))\s+and\s+)"
_NUMERIC: Final = re.compile(rf"\s*{_ONE}(?:{_SEPARATOR}{_ONE})*\s*")
# A number by itself: no fraction, and no part of "1,234".
_NUMBER: Final = re.compile(r"(?<![^\W_])(?<!/)(?<![0-9],)[0-9]+(?![^\W_]|/|,[0-9])")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
# White space is tried from its first character only, so that the time stays linear.
_COMMA: Final = re.compile(r"(?:(?<!\s)\s+)?,\s*")
_AMPERSAND: Final = re.compile(r"(?:(?<!\s)\s+)?&\s*")
_SEPARATED: Final = re.compile(
    r"[0-9][^\W\d_]*\s*(?:[,;&]|[-\u2013]+)\s*[^\W\d_]*[0-9]"
    r"|[0-9][^\W\d_]*,?\s+[^\W\d_]+\s+[^\W\d_]*[0-9]"
)
# A number in brackets, such as the last of "iv, vi-xi, (xv)"; not the part of "34(1)".
_BRACKETED: Final = re.compile(r"(?<![^\s,;&-])[(\[]([^()\[\]]+)[)\]](?![^\s,;&-])")
_PIECES: Final = re.compile(_SEPARATOR)
_IN_THOUSANDS: Final = re.compile(r"(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
_ROMAN_CAPITALS: Final = re.compile("[IVX]+")
_FREE: Final = frozenset(("locator", "page"))
_COUNTS: Final = frozenset({"number-of-pages", "number-of-volumes"})
# No term is higher than 99, and Python does not convert much longer numbers.
_LONGEST: Final = 100


def is_numeric(text: str) -> bool:
    """Return whether a variable is only numbers.

    Numbers may have letters around them, be small Roman numerals, and are in lists and ranges.

    Example:
        >>> [is_numeric(text) for text in ("2nd", "L2d", "2, 3", "2-4", "2 & 4", "91/2", "iv")]
        [True, True, True, True, True, True, True]
        >>> is_numeric("second"), is_numeric("2nd edition"), is_numeric("")
        (False, False, False)
    """
    return text.isdecimal() or _NUMERIC.fullmatch(text) is not None


def is_plural(text: str, variable: str) -> bool:
    """Return whether a label of this variable is plural.

    It is plural if there are several numbers, or if the variable is itself a count above one. A
    number variable with other words than numbers is an identifier, such as `ISO 9001-1`, and is
    singular; pages and locators may have words next to their numbers.

    Args:
        text: The text of the variable.
        variable: Its name, or `locator`.

    Example:
        >>> is_plural("3-5", "page"), is_plural("3 and 5", "locator"), is_plural("S3", "page")
        (True, True, False)
        >>> is_plural("3", "number-of-volumes"), is_plural("xi–xiv, 5", "page")
        (True, True)
        >>> is_plural("iv, (xv)", "locator"), is_plural("34(1)", "locator")
        (True, False)
        >>> is_plural("US 6,285,999 B1", "number"), is_plural("WP 19-05", "number")
        (False, False)
        >>> is_plural("12-14", "number"), is_plural("18-2059", "number")
        (True, False)
    """
    if text.isdigit():
        return variable in _COUNTS and text.lstrip("0") not in ("", "1")
    if variable == "number" and is_identifier(text):
        return False
    if _THOUSANDS.fullmatch(text):
        return variable in _COUNTS
    if "\\-" in text:
        return False
    if variable in _FREE and ("(" in text or "[" in text):
        text = _BRACKETED.sub(r"\1", text)
    if variable in _FREE and _SEPARATED.search(_IN_THOUSANDS.sub("1", text)):
        return True
    pieces = _numbers_in(text)
    return len(pieces) > 1


def is_identifier(text: str) -> bool:
    """Return whether two numbers are an identifier, and no range, such as a year and a number.

    The numbers of a range have the same length, ascend, and have no zero at the start.

    Example:
        >>> [is_identifier(text) for text in ("2022-07", "12-307", "07-12", "12-14", "12\u2013307")]
        [True, True, True, False, False]
    """
    first, hyphen, last = text.strip().partition("-")
    if not (hyphen and first.isdecimal() and last.isdecimal()):
        return False
    return len(first) != len(last) or first >= last or first.startswith("0")


def _numbers_in(text: str) -> list[str]:
    """Return the numbers of a list or range; nothing if a piece is no number."""
    pieces = _PIECES.split(text.strip())
    if all(map(_is_number, pieces)):
        return pieces
    # Not a capital beside a number, as in the case number C-145/18.
    return pieces if all(map(_ROMAN_CAPITALS.fullmatch, pieces)) else []


def _is_number(text: str) -> bool:
    """Return whether a text is one number; a letter such as the c of `12a-c` is none."""
    if _ONE_NUMBER.fullmatch(text):
        return True
    return len(text) > 1 and text.islower() and is_roman(text)


def format_number(
    text: str, form: NumberForm, locale: Locale, variable: str, gender: str | None = None
) -> str:
    """Return the text that `cs:number` prints for a variable.

    Args:
        text: The variable; text that is not numeric is printed unchanged.
        form: The element's `form`.
        locale: The language, for ordinals and dashes.
        variable: The variable's name, whose term has a gender in some languages.
        gender: The gender that the element specifies (CSL-M).

    Example:
        >>> from refcite.csl.style.locale import load_locale
        >>> english = load_locale("en-US")
        >>> format_number("2-4", "ordinal", english, "edition")
        '2nd–4th'
        >>> format_number("2,3&4", "numeric", english, "volume")
        '2, 3 & 4'
        >>> format_number("7", "long-ordinal", english, "edition")
        'seventh'
    """
    if text.isdecimal():
        return _form_of(form, locale, gender or locale.gender(variable))(text)
    if not is_numeric(text):
        return format_text_number(text, variable, locale)
    if not _THOUSANDS.search(text):
        text = _COMMA.sub(", ", text)
    text = _AMPERSAND.sub(f" {ampersand(locale)} ", text)
    text = format_text_number(text, variable, locale)
    if form == "numeric":
        return text
    change = _form_of(form, locale, gender or locale.gender(variable))
    return _NUMBER.sub(lambda found: change(found[0]), text)


def _form_of(form: NumberForm, locale: Locale, gender: str | None) -> Callable[[str], str]:
    def change(digits: str) -> str:
        if form == "numeric" or len(digits) > _LONGEST or not digits.isascii():
            return digits  # locales have ordinals for Western digits only
        if form == "roman":
            return roman(int(digits))
        write = ordinal if form == "ordinal" else long_ordinal
        return write(int(digits), locale, gender)

    return change


def format_text_number(text: str, variable: str, locale: Locale) -> str:
    """Return a number variable as `cs:text` prints it: hyphens in ranges become dashes.

    In what is not numeric, such as an identifier, hyphens stay.

    Example:
        >>> from refcite.csl.style.locale import load_locale
        >>> english = load_locale("en-US")
        >>> [format_text_number(text, "number", english) for text in ("3-4", "ISO 9001-1")]
        ['3–4', 'ISO 9001-1']
    """
    if text.isdigit():
        return text
    if not _numbers_in(text):
        return text.replace("\\-", "-")
    return format_locator(text, None, range_delimiter(locale), ampersand(locale))


def range_delimiter(locale: Locale) -> str:
    """Return the text between the numbers of a range."""
    return locale.term("page-range-delimiter") or "\u2013"


def ampersand(locale: Locale) -> str:
    """Return the symbol for "and"; a locale without one has `&`."""
    symbol = locale.term("and", "symbol")
    return symbol if symbol and symbol != locale.term("and") else "&"


_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(number: int) -> str:
    """Return a number as a Roman numeral in lower case; from 6000 on in digits.

    Example:
        >>> roman(1994), roman(6000)
        ('mcmxciv', '6000')
    """
    if not 0 < number < 6000:
        return str(number)
    written: list[str] = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written.append(letters * count)
    return "".join(written)
